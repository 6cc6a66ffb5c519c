# Watching a round
monitor-title = Progress
monitor-link = Progress
monitor-still = Figures as of when the page was opened. Press “Reload the figures” for the latest.
monitor-live = The figures change by themselves as forms come in.
monitor-asking = The figures are renewed every half minute.
monitor-lost = The connection to the server is lost; trying again. The figures below may be old.
monitor-ended = The page is no longer renewed: the session has ended or the right to see it has changed. Please reload the page.
monitor-reload = Reload the figures
monitor-today = forms today
monitor-today-short = Today
monitor-silent = schools without forms, or silent for more than 3 days
monitor-outlook = At closing there will be about { $likely } forms ({ $low } to { $high }).
monitor-outlook-how = Reckoned from the last { $days } whole days: the time that is left is taken to be like their average, their poorest and their richest day.
monitor-outlook-early = It is too early to say how many forms there will be at closing: that takes two whole days after the day of opening.
monitor-hours = Today, by the hour
monitor-hours-heading = Hour
monitor-hours-few = The hours are shown once there are { $k } forms today, so that nobody can guess who has just answered.
monitor-hour = { $from }:00–{ $to }:00
monitor-hour-few = fewer than { $n }
monitor-hour-tick = { $hour }h
monitor-days = By day
monitor-days-heading = Day
monitor-table = Show the figures as a table
monitor-schools = Schools, those that need attention first
monitor-last = Last form
monitor-quiet = { $n ->
    [one] Silent for { $shown } day
   *[other] Silent for { $shown } days
}
monitor-met = Reached
monitor-read-at = Figures at { $time }.
monitor-goal-says = What each school should reach: forms for { $goal } of its pupils.
monitor-note = The charts include forms that were withdrawn later. A school learns only whether it has reached the goal and sees no other school; there are no figures by class.
monitor-goal = Goal
monitor-goal-change = Change the goal
monitor-goal-hint = Forms per 100 pupils, from 1 to 100. Schools see whether they have reached it.
monitor-goal-wrong = Please write a whole number from 1 to 100.
monitor-goal-save = Save the goal
monitor-goal-set = The goal is now { $goal }.

# Signs
signs-title = Unusual signs
signs-link = See other unusual signs
signs-lead = Hints for asking a school in good faith. No sign is proof; each says how it is reckoned. Only the steering unit sees this page.
signs-none = No school has a sign by the rules below.
signs-uncompared = { $n } schools had more than half of their forms at once, but there are not enough schools to compare with, so they are not called unusual: a school needs { $forms } forms or more, and { $others } others of its level with as many.
signs-what = Signs
signs-rules = The rules
signs-told-all = In the whole round { $n } people ticked “I was told what to choose”.
signs-limits = Forms from before this page existed are not looked at for “the same mark everywhere” and busy hours.
signs-sealed = This round keeps its results sealed until it is over, so the two signs about marks are not shown yet.
sign-told = { $k } of { $n } forms were ticked “I was told what to choose” by their senders.
sign-alike = { $k } of { $n } forms ({ $share }) have the same mark everywhere. At { $others } other schools of the level { $median } is usual; more than { $limit } is quite unlike them.
sign-best = { $share } of the ratings are the best mark ({ $k } of { $n }). At { $others } other schools of the level { $median } is usual; more than { $limit } is quite unlike them.
sign-burst = { $k } of the school’s { $n } forms came within one hour. It may have been a parents’ evening.
sign-rule-told = Told what to choose: { $least } forms or more, and { $share }% of the school’s forms or more, were ticked.
sign-rule-alike = The same mark everywhere: quite unlike schools of the same level – the share of forms with one mark for every question is above what is usual there by { $distance } percentage points at least, and by much more than those schools differ among themselves. Only forms with 10 ratings or more and schools with { $forms } forms or more are looked at, where there are { $others } others to compare with.
sign-rule-best = The best mark: quite unlike schools of the same level – the share of ratings with the best mark is above theirs, compared in the same way.
sign-formula-title = The formula, for statisticians
sign-formula = Limit = median of the other schools of the level + max({ $distance } percentage points; 3 × 1.4826 × median absolute deviation). In a normal distribution 1.4826 × the median absolute deviation is the standard deviation; a few unusual schools do not move a median.
sign-rule-burst = Within one hour: an hour with { $least } forms or more, and more than half of the school’s, and quite unlike schools of its level; where there are not enough to compare with, nothing is said. Only the largest number is kept, not the hour.

# A school’s page
desk-school = My school
school-lead = Rounds that ask people about the school, as of the end of { $day }.
school-none = No round asks about the school now.
school-until = Takes forms until { $at }
school-closed = Closed { $at }
school-goal = { $goal } of the pupils
school-state = Result
school-met = Reached
school-not-counted = Not counted yet: figures go to the end of the day before
school-not-met = Not yet reached
school-unknown = This round reckons no share
school-note = “Reached” means that there are enough forms for the number of pupils; it says nothing about the answers. Answering is voluntary: please do not ask who has answered, collect screenshots or compare classes.

# Reminding the contacts of schools
remind-link = Remind silent schools
remind-title = Remind schools
remind-lead = A letter to the contacts of schools from which nothing came, or nothing for more than 3 days. Each school is reminded once a day at most.
remind-none = No school is silent. There is nobody to remind.
remind-whom = Remind these schools
remind-today = reminded today
remind-no-mail = no mail address: please copy the message below
remind-to = to { $names }
remind-preview = Look at the letter
remind-send = Send the reminders
remind-copy = Messages for schools without mail
remind-copy-hint = Copy and send it by Zalo, or print it. Mail addresses of contacts are kept under People.
remind-not-open = The round takes no forms now, so nobody is reminded.
remind-nobody = Nothing was sent: the schools were reminded today, are not silent any more, or have no mail address.
remind-done = Sent { $mails } reminders to { $schools } schools.
remind-mail-subject = Round “{ $round }”: { $school }
remind-mail-text =
    To { $school },

    the round “{ $round }” takes forms until { $closes }. Lately no form about the school has come in.

    Please check whether the QR codes are posted and have been sent to those who are asked, and tell them again that answering is voluntary and anonymous. Please do not ask who has answered, collect screenshots or suggest what to choose.

    Contact: { $contact }

    { $url }
