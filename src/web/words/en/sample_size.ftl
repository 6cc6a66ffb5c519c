size-title = How many forms are enough?
size-lead = The size of a random sample, 95% sure. With an open link, more forms do not make the results more representative.
size-pupils = Pupils altogether
size-margin = Margin of error (%)
size-round = For each school of a round
size-no-round = No round
size-do = Work it out
size-for = With { $pupils } pupils
size-yamane = forms, by Yamane (Slovin)
size-exact = forms, by the exact formula for a finite population
size-yamane-steps = { $all } / (1 + { $all } × { $e }²), rounded up to { $n }
size-exact-steps = m / (1 + (m − 1) / { $all }), m = 1.96² × 0.25 / { $e }², rounded up to { $n }
size-school = School
size-all = All of them taken together
size-pupils-short = Pupils
size-yamane-short = Yamane
size-exact-short = Exact formula
size-n = Forms so far
size-short = not enough
size-reached = Margin
size-more = more forms than pupils
size-unknown = The number of pupils is not known for: { $schools }. These schools are not in the table.
size-to-units = Add the numbers of pupils
size-how = How this is worked out
size-how-yamane = Yamane (also called Slovin): n = N / (1 + N·e²), where N is the number of pupils and e the margin of error. Easy to remember and often quoted in plans.
size-how-exact = The exact formula for a finite population and a share of 50% (which takes the most forms): m = 1.96² × 0.25 / e², then n = m / (1 + (m − 1)/N). Both are rounded up.
size-how-margin = The margin of the forms so far: 1.96 × √(0.25/n × (N − n)/(N − 1)). It means something only where people were drawn at random.
size-margin-wrong = Please give a margin from 0.1 to 50 with at most one decimal, for example 5 or 2.5.
size-pupils-wrong = Please give a whole number from 1 to { $most }.
size-round-wrong = There is no such round. Please choose one from the list.
size-nobody = This round asks no group that is counted in pupils, so there is no total to work a sample out of.
