admission-title = Way in and quotas
admission-intro = Choose before the round opens; afterwards it cannot be changed, so that the same rules hold for everybody.
admission-settled = The round has opened, so its way in and its quotas can no longer be changed.
admission-access = Who can answer
admission-access-wrong = Please choose one of the two.
admission-open = Whoever has the QR code or the link
admission-open-text = The simplest way. Publish it as “not representative”.
admission-codes = One-time codes, one per family or per person asked
admission-codes-text = Hand out paper slips with codes; each code sends one form. Nobody can tell which code sent which form.
said-admission = The way in and the quotas are saved.
admission-schools = Schools
limits-title = Quotas
limits-text = The most forms that count. Empty: no limit. Forms that were taken back do not count.
limits-unit = At most from each school
limits-wrong = Please write a number from 1 up, or nothing.
limits-left = Quota
limits-still = { $left } more
limits-full = full
limits-any = no limit
limits-strata = By group
limits-strata-text = The most forms of each group that count in the whole round, all schools together.
limits-group = Group
limits-no-group = Group not known
limits-group-hint = The groups of the school that is chosen. Choose another school and press Try to see its groups.
limits-trial = Try a form
limits-trial-text = See whether a form sent now would be taken. Nothing is counted.
limits-trial-text-later = See whether a form sent when the round opens would be taken. Nothing is counted.
limits-already = Assume so many forms have come in
limits-already-hint = Optional. Assumed for the school and for the group, to see what happens when a quota is full.
limits-try = Try
limits-trial-left = { $when ->
    [later] When the round opens, { $about }: taken, { $left } more.
    [assumed] With { $already } forms in, { $about }: taken, { $left } more.
   *[now] { $about }: taken, { $left } more.
 }
limits-trial-full = { $when ->
    [later] When the round opens, { $about }: full; the page “Enough forms have come in” is shown.
    [assumed] With { $already } forms in, { $about }: full; the page “Enough forms have come in” is shown.
   *[now] { $about }: full; the page “Enough forms have come in” is shown.
 }
limits-trial-any = { $when ->
    [later] When the round opens, { $about }: taken, no limit.
    [assumed] With { $already } forms in, { $about }: taken, no limit.
   *[now] { $about }: taken, no limit.
 }
limits-trial-no-school = This school is not in the round. Please choose again.
limits-trial-no-pair = { $school } does not have the group that was chosen. Please choose one of its groups and press Try.
limits-trial-wrong-number = Please write a number of forms from 0 up, or nothing.
slips-title = Slips with one-time codes
slips-make = Make one-time codes
slips-before = Codes are shown once, to be printed: the system keeps no code, only a check mark. If you close the page before printing, other codes must be made; codes that are made and not handed out are lost.
slips-each = Each school of the round
slips-how-many = Codes for each school
slips-sure = I shall print now, hand out one slip per family, or per person asked, and not note who gets which code.
slips-not-sure = Please tick that you will print now.
slips-make-now = Make codes and open the page to print
slips-open = This round is open to everybody and uses no codes. Choose codes and save first.
slips-number = Please write a number from 1 up; at most { $most } codes are printed at a time, all schools together.
slips-made-already = Codes have been made since this page was opened: the round now has { $issued }. Codes on sheets that were not printed are lost. To make more, please tick and press once again.
slips-school = This school is not in the round, or has no QR code.
slips-used = Codes used / made
slips-once = This page cannot be opened again. Print it now, or save it as a PDF where only you can open it.
slips-how = Cut along the lines, shuffle, and let people draw from a box. The order on paper is shuffled already.
slips-count = { $shown } slips
slips-qr = QR code that opens the form with this code
slips-line = Scan the QR code, or open { $address } and type the code. Until { $closes }.
slips-unlinked = Each code sends one form. Nobody knows which code sent which form.
pressure-title = Respondents who say they were told what to answer
pressure-text = How many ticked “I was told which answers to choose” at the end of the form. Only the steering unit sees this number; it is not known which forms they were, and schools do not see it. Anybody can tick it, so it is a reason to ask, not a proof.
pressure-none = Nobody has said so.
pressure-n = How many said so
