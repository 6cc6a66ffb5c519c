method-items-mean-of-items = The score and share of a domain are the simple mean of its items; those of the whole form are the simple mean of the domains.
method-items-pooled = The score and share of a domain and of the whole form are worked out over all answers together: each answer weighs the same.
method-groups-simple = Groups (levels, audiences) are combined by their simple mean: each group weighs the same.
method-groups-by-answers = Groups (levels, audiences) are combined by a mean weighted by the answers of each group.
method-groups-by-pupils = Groups (levels, audiences) are combined by a mean weighted by the pupils of each group, Σ N·S / Σ N.
method-above-counted = Expectations met by more than 100% count as they were given.
method-above-capped = Expectations met by more than 100% count as 100%.
method-places-1 = “Not used / don’t know” is not in the base; shares have 1 decimal, scores have 2, rounded half-up.
method-places-2 = “Not used / don’t know” is not in the base; shares and scores have 2 decimals, rounded half-up.
method-reach-open-link = Anybody could open the link: the results are the opinion of those who answered. They represent nobody else and have no confidence interval.
method-reach-everybody = Everybody was invited and no sample was drawn: there is no sampling error and no confidence interval; the results may still be off because some did not answer.
method-reach-drawn = Those who answered were drawn at random from everybody: 95% confidence intervals of shares are Wilson’s, with the finite population correction where the number of pupils is known.
method-reach-drawn-stratified = Those who answered were drawn at random within each level of each school: 95% confidence intervals are those of a stratified sample, with the finite population correction where the number of pupils is known.

method-label-open-link = Not representative
method-label-everybody = Everybody invited
method-label-drawn = Random sample
method-label-drawn-stratified = Stratified random sample

no-interval-open-link = No confidence interval: anybody could open the link, no sample was drawn.
no-interval-everybody = No confidence interval: everybody was invited, there is no sampling error.
no-interval-more = No confidence interval: { $n } forms came in, more than the { $pupils } pupils (both parents may have answered for a child).
no-estimate-more = How sure this is cannot be worked out: more forms than pupils at { $cells } (both parents may have answered for a child).
no-estimate-single = How sure this is cannot be worked out: a single form from { $cells }.
uncombined-nothing = There are no figures to combine yet.
uncombined-no-pupils = Cannot be combined by pupils yet: the number of pupils is not known for { $groups }. Please add it on the page of the round’s schools; the program does not guess.
