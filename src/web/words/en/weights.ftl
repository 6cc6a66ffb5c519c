analyse-weights = Weights
weights-lead = Where one school sends many forms and another few, counts lean towards the first. Here each form stands for the pupils of its school and level that it represents; both ways stand side by side.
weights-n = forms with a weight
weights-effect = design effect (Kish); that is, because some schools send many forms and others few, it would take so many times the forms to be as sure as with even numbers; 1 is even
weights-effective = effective sample size; that is, weighted figures are as sure as those of so many forms sent evenly by all schools
weights-none-title = Nothing to put side by side
weights-none = It takes forms and the number of pupils of at least one level of one school.
weights-no-pupils = Number of pupils not known, so not in the weighted figures: { $cells }.
weights-aside = Both ways on this page are of the { $n } forms whose school has a known number of pupils, so counts may differ from other pages. Another { $aside } forms, whose number of pupils is not known, are in neither.
weights-no-forms = No form yet, so nobody speaks for them: { $cells }.
weights-more = More forms than pupils (both parents may have answered for a child): { $cells }.
weights-single = One form alone, which is held against the whole round for intervals (they become wider, never narrower): { $cells }.
weights-question = Question
weights-domain = Domain
weights-all-domains = All domains together
weights-share = Satisfied, counted
weights-base = Satisfied / answers
weights-mean = Mean, counted
weights-share-weighted = Satisfied, weighted
weights-mean-weighted = Mean, weighted
weights-difference = Difference (points)
weights-how = Each form of a school and level h weighs N / n: pupils divided by forms. Weighted share = Σ weights of the satisfied / Σ weights of those who answered. Domains put questions together, and then levels, by the round’s rules (levels that count by their forms count by their pupils where forms have weights) and have no interval: one person answers several of their questions, and counts do not tell whose answers belong together. Schools and levels without forms, or whose pupils are not known, are named and left out; the program does not guess. Differences are taken before rounding, so their last digit may be off by one from the two shares beside them.
weights-how-cost = Design effect = n·Σw² / (Σw)²; effective sample size = n / design effect. Weights put right that some schools sent more than others; they do not turn an open link into a representative sample.
weights-none-audience = Forms of this group ({ $audience }) do not stand for pupils, so there is no number of people to weight by. The counts are on the page of all questions.
weights-none-rated = No rated question has answers. This page compares satisfied shares and means only; polls and slips are on the page of all questions.
