rounds-total = { $rounds } rounds, { $open } open.
rounds-new = New round
rounds-first = Make the first round
rounds-none-title = No rounds yet
rounds-none = Make one from a questionnaire that comes with the product, choose schools, and print QR codes for parents.
rounds-no-units-title = No schools yet
rounds-no-units = First import the list of your offices and schools.
rounds-units-known = { $n ->
    [one] one school is known
   *[other] { $shown } schools are known
 }
rounds-round = Round
rounds-span = Period
rounds-share = Answered
rounds-n = Forms / pupils
rounds-stage = State
rounds-schools = { $n ->
    [one] one school
   *[other] { $shown } schools
 }
level-short-moi_cap = All levels
stage-draft = Draft
stage-planned = Planned
stage-open = Open
stage-closed = Closed
stage-frozen = Figures frozen
stage-draft-until = Not open; planned to close { $at }
stage-planned-from = Opens { $at }
stage-open-until = Open until { $at }
stage-late-until = Forms begun before closing are taken until { $at }
stage-closed-since = Closed since { $at }
stage-frozen-since = Figures frozen { $at }
left-days = { $n ->
    [one] 1 day
   *[other] { $shown } days
 }
left-hours = { $n ->
    [one] 1 hour
   *[other] { $shown } hours
 }
left-minutes = { $shown } min
span-until = until { $day }

begin-intro = Saved as a draft; parents see nothing before you open the round.
begin-errors = Not saved yet. Please see the notes below; everything you typed is still here.
begin-1 = 1. Name and period
begin-title = Name of the round
begin-title-hint = Parents see this name.
begin-title-wrong = Please give the round a name of at most 120 letters.
begin-slug = Short name
begin-slug-hint = For addresses, such as phu-huynh-hk1. Left empty, it is made from the name.
begin-slug-wrong = A short name has 3 to 48 small letters without marks, digits and hyphens.
begin-slug-taken = Another round has this short name. Please choose another.
begin-closes-day = Open until
begin-closes-time = at
begin-closes-wrong = Please choose a closing time that lies ahead.
begin-contact = Contact
begin-contact-hint = Office and telephone for parents' questions; printed on the form and on posters.
begin-2 = 2. Questionnaires
begin-2-hint = Choose one or more. A school with several levels has one QR code; the form asks the level first.
begin-template-wrong = Please choose at least one questionnaire.
begin-3 = 3. Schools
begin-3-hint = Schools without a level of the chosen questionnaires are left out.
begin-unit-wrong = Please choose at least one school.
begin-whole = Choose all
begin-whole-hint = Every school here is asked. Clear the box above to choose one by one.
begin-pupils = { $n ->
    [one] 1 pupil
   *[other] { $shown } pupils
 }
begin-4 = 4. Channels
begin-4-hint = Each school has a code of its own for each channel.
begin-save = Save draft
begin-leave = Leave without saving

show-links = Codes and links
show-print = Print QR codes
show-csv = Download CSV
show-schools = Schools, fewest forms first
show-school = School
show-k = Numbers of forms are live. Everybody else only gets figures for groups of { $k } forms or more.
show-units = Correct schools and pupil numbers
tile-n = forms
tile-late = { $shown } late
tile-share = answered ({ $base })
tile-left = left
tile-silent = schools without a form
row-waiting = Not open
row-silent = No forms yet
row-slow = Needs a reminder
row-going = Coming in
open-title = Open the round
open-text = From then on anyone with the QR code can answer. Questionnaires cannot be changed any more.
open-now = Open now
open-later = Open later
open-day = Opens on
open-time = at
open-at = Plan
window-title = Period and publication
extend-day = Open until
extend-time = at
extend = Change closing time
close = Close early
close-text = No new forms at any school. Forms being filled in can still be sent for 24 hours.
close-now = Close now
freeze = Freeze the figures now
freeze-text = Late forms are not waited for. Frozen figures cannot change, and go to those who receive them.
freeze-now = Freeze
interim-title = Figures during fieldwork
interim-text = Normally results stay sealed until the figures are frozen. If you allow interim figures, recipients see them once enough new forms have come in.
interim-allow = Allow interim figures
interim-stop = Stop interim figures
said-opened = The opening time is set.
said-extended = The closing time was changed.
said-closed = The round is closed. Forms being filled in can still be sent for 24 hours.
said-frozen = The figures are frozen and released.
said-interim-on = Interim figures are allowed.
said-interim-off = Interim figures have stopped.
said-too-late = Not done: the round has moved on. Below is how it stands now.
said-wrong-time = Not done: please choose a valid time that lies ahead and before closing.
said-not-sure = Not done: please tick the box first.

targets-intro = Taking a school out stops its codes; forms that came in still count.
targets-level = Level
targets-eligible = Pupils
targets-do = Actions
targets-save = Save
targets-remove = Take out
targets-add = Add a school
targets-add-hint = It must have a level of the round's questionnaires.
targets-add-now = Add
targets-wrong = This school or code is not part of the round. Please reload the page.

links-intro = One code per school, for the whole round. Paste the invitation into the class's Zalo group, or print the poster.
links-code = Code
links-url = Link
links-revoked = revoked
links-message = Invitation to copy
links-message-text = Please tell us what you think of { $unit }: { $url } (about 5 minutes, no names asked, until { $closes }). No need to send anyone a screenshot.
links-new = Make a new code
links-qr = QR picture
links-print = Print
links-revoke = Revoke

posters-intro = { $n ->
    [one] One A4 sheet.
   *[other] { $shown } A4 sheets, one per code.
 } Put them up at the gate and on notice boards.
posters-how = To print: Ctrl and P, paper A4, margins “none”.
posters-back = Back
poster-invite = Tell us what you think of { $unit }
poster-lead = What is going well? What should change first?
poster-qr = QR code of the form, code { $code }
poster-scan = Scan with Zalo or your phone's camera
poster-or = or open
poster-code = Code { $code }
poster-minutes = About { $minutes } minutes
poster-minutes-text = nothing to install, no sign-in
poster-names = No names asked
poster-names-text = no phone number or network address kept
poster-free = Nobody is affected
poster-free-text = however you answer
poster-until = Open until
poster-help = Help:
poster-warning = Nobody may ask to see your form or a screenshot. If another QR code is stuck over this one, please tell the school. Child in danger: call 111.
