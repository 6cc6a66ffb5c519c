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
begin-slug-reserved = “{ $slug }” is the address of one of our own pages. Please choose another short name.
begin-closes-day = Last day
begin-closes-time = Closing time
begin-day-wrong = Please choose the last day.
begin-time-wrong = Please choose a closing time, such as 22:00.
begin-closes-past = The closing time must lie ahead.
begin-contact = Contact
begin-contact-hint = Office and telephone for parents' questions; printed on the form and on posters.
begin-results = Result promised by
begin-results-hint = Printed on the receipt, so that people know when the overall result is there. Leave it empty if no day can be promised.
begin-results-wrong = The result cannot be promised for a day before the closing day.
begin-contact-wrong = Please give a contact: people need to know whom to ask, and the telephone.
open-no-contact = There is no contact yet, so the round cannot open. Press “Edit draft” and give the office and telephone that people may ask.
begin-2 = 2. Questionnaires
begin-2-hint = Choose one or more. A school with several levels has one QR code; the form asks the level first.
begin-template-wrong = Please choose at least one questionnaire.
begin-3 = 3. Schools
begin-3-hint = Schools without a level of the chosen questionnaires are left out.
begin-unit-wrong = Please choose at least one school.
begin-no-level = None of the chosen schools has a level of the questionnaires. Please add schools or choose other questionnaires.
begin-all = { $n ->
    [one] The only school
   *[other] All { $shown } schools
 }
begin-all-hint = Every school is asked. Clear the box above to choose wards or single schools.
begin-ticked = { $shown } chosen
begin-whole = Choose all
begin-whole-hint = Every school here is asked. Clear the box above to choose one by one.
begin-pupils = { $n ->
    [one] 1 pupil
   *[other] { $shown } pupils
 }
begin-4 = 4. Channels
begin-4-hint = Each school has a code of its own for each channel.
begin-always = always there
begin-save = Save draft
begin-leave = Leave without saving
edit-title = Edit draft
edit-intro = To change questionnaires or channels, delete this draft and make a new round.
edit-save = Save
edit-closes-before-opening = The round must close after it opens as planned.
delete = Delete draft
delete-sure = Delete this unopened round for good. Its QR codes, printed ones too, stop working.

show-links = Codes and links
show-print = Print QR codes
show-csv = Download CSV
show-schools = Schools, those without forms first
show-school = School
show-n = Forms
show-forms = Questionnaires
show-form = { $title } (version { $version })
show-no-contact = none given
show-slow = “Needs a reminder”: forms from fewer than { $percent } of pupils, for the time that has passed on the way to { $hoped } at closing.
show-k = Numbers of forms are live. Everybody else only gets figures for groups of { $k } forms or more.
show-units = Correct schools and pupil numbers
tile-n = forms
tile-late = { $shown } late
tile-share = answered ({ $base })
tile-left = left
tile-silent = schools without a form
tile-none = schools without a form
row-waiting = Not open
row-silent = No forms yet
row-slow = Needs a reminder
row-going = Coming in
row-some = Has forms
row-none = No forms
row-removed = Taken out
open-title = Open the round
open-text-codes = From then on whoever has a slip with a one-time code can answer. Please make and hand out the slips from the page “Way in and quotas”. Questionnaires, name and contact cannot be changed any more.
open-text = From then on anyone with the QR code can answer. Questionnaires, name and contact cannot be changed any more.
open-now = Open now
open-sure = I have checked questionnaires, schools and closing time. An open round cannot become a draft again.
open-later = Open later
open-day = Opens on
open-time = Opening time
open-at = Plan
open-wrong-time = Please choose a time that lies ahead and before closing ({ $closes }).
open-past-closing = Cannot be opened: the closing time has passed. Please change it under “Edit draft” first.
open-no-school = There is no school in this round yet. Please add some before opening.
open-no-link = Cannot be opened: the codes of all schools are revoked. Please make new ones under “Codes and links”.
window-title = Period and publication
extend = Change closing time
extend-wrong-time = Please choose a closing time that lies ahead and after opening. The old one is kept.
close = Close early
close-text = No new forms at any school. Forms being filled in can still be sent for 24 hours.
close-now = Close now
freeze = Freeze the figures now
freeze-late = Whoever began before the closing time can send until { $at }. Then the figures freeze by themselves, and not before, because people were promised that.
freeze-text = Late forms are not waited for. Frozen figures cannot change, and go to those who receive them.
freeze-now = Freeze
interim-title = Figures during fieldwork
interim-text = Normally results stay sealed until the figures are frozen. If you allow interim figures, recipients see them once enough new forms have come in.
interim-allow = Allow interim figures
interim-stop = Stop interim figures
said-opened-codes = The round is open. Whoever has a slip with a one-time code can answer from now on.
said-opened = The round is open. Anyone who scans a code can answer from now on.
said-planned = Will open: { $at }.
said-saved = The draft is saved. What is left to do stands under “Open the round” below.
said-left-out = { $n ->
    [one] One chosen school has no level of the questionnaires and is not asked.
   *[other] { $shown } chosen schools have no level of the questionnaires and are not asked.
 }
said-edited = The draft was changed.
said-deleted = The draft “{ $title }” was deleted.
said-extended = The closing time was changed: open until { $at }.
said-closed = The round is closed. Forms being filled in can still be sent for 24 hours.
said-frozen = The figures are frozen and released.
said-interim-on = Interim figures are allowed.
said-interim-off = Interim figures have stopped.
merge-both = While you were editing, somebody else changed this field to: “{ $value }”. Your text is still in the field. Save again to keep yours, or change it to theirs and save.
merge-empty = (empty)
said-too-late = Not done: the round has moved on. Below is how it stands now.
said-frozen-already = Not done: the figures of this round are frozen and cannot change any more.
said-not-sure = Not done: please tick the box first.

targets-intro = Correct numbers of pupils, take schools out or add some. Forms that came in always count.
targets-title = Schools and pupils
targets-frozen = The figures are frozen: schools and numbers of pupils cannot be changed any more.
targets-eligible = Pupils
targets-eligible-wrong = Please write the number of pupils in digits, from 0 to 100,000, such as 1,200. The old number is kept.
targets-unknown = number not known
targets-unknown-now = number not known
targets-unknown-short = not known
targets-do = Actions
targets-save = Save
targets-remove = Take out
targets-remove-text = The school’s codes stop; posters on its walls no longer work. { $n ->
    [0] No forms have come in.
    [one] The one form that came in still counts.
   *[other] The { $shown } forms that came in still count.
 } The school can be brought back.
targets-remove-sure = Take the school out
targets-removed = Schools that were taken out
targets-removed-text = Their codes take no forms; forms that came in still count.
targets-return = Bring back
targets-all-in = Every school with a level of the questionnaires is in the round.
targets-add-which = Choose a school…
targets-no-such-school = Please choose a school from the list.
targets-known-already = { $unit } is in the round already; if it was taken out, press “Bring back”.
targets-misfit = { $unit } has no level of the round’s questionnaires and cannot be added.
said-corrected = { $unit }: { $pupils } pupils are noted.
said-unknown = { $unit }: the number of pupils is noted as not known. The share of answers leaves this school out.
said-removed = { $unit } was taken out. Its codes have stopped.
said-returned = { $unit } is back. Its old codes work again.
said-added = { $unit } was added. Its codes stand under “Codes and links”.
targets-add = Add a school
targets-add-hint = It must have a level of the round's questionnaires.
targets-add-now = Add
targets-wrong = This school or code is not part of the round. Please reload the page.

links-intro = One code per school and channel, for the whole round. Paste the invitation into the class’s Zalo group, or print the poster.
links-code = Code
links-url = Link
links-revoked = revoked
links-sms = SMS without diacritics, { $n } of 160 letters:
links-sms-label = SMS without diacritics
links-copy-sms = Copy the SMS
links-sms-text = { $unit } asks for your opinion, { $minutes } minutes, no names: { $url } Until { $closes }
links-message = Invitation to copy
links-message-text =
    You are invited to answer “{ $round }” – { $unit }.
    { $url }
    About { $minutes } minutes, no names asked, open until { $closes }.
    It is voluntary: whether and how you answer affects nobody. Please do not send screenshots to anyone.
links-message-text-codes =
    You are invited to answer “{ $round }” – { $unit }.
    { $url }
    You need the paper slip with the one-time code that was handed out: open the link above and type the code, or scan the QR code on the slip. Please give your code to nobody.
    About { $minutes } minutes, no names asked, open until { $closes }.
    It is voluntary: whether and how you answer affects nobody. Please do not send screenshots to anyone.
links-copy = Copy the invitation
links-copied = Copied
links-copy-failed = Not copied: please select the text and copy it
links-new = Make a new code
links-qr = Download QR
links-print = Print
links-revoke = Revoke code
links-revoke-text = Whoever scans a poster with this code is told that it no longer works. Forms that came in still count. A revoked code cannot be used again; a new one can be made afterwards.
links-revoke-sure = Revoke code { $code }
links-old = Revoked before: { $codes }
links-live-already = The school has code { $code } for this channel. To change it, revoke that code first.
links-find = Find a school or code
links-find-now = Find
links-find-all = Show all
links-none = No school or code matches “{ $q }”.
links-not-open = The round is not open: whoever scans a code now is told so.
links-closed = The round is closed: codes take no new forms.
links-frozen = The figures are frozen: codes take no forms any more.
said-revoked = Code { $code } of { $unit } was revoked.
said-new-code = The new code is { $code }. Please print a new poster and take the old one down.

posters-intro = { $n ->
    [one] One A4 sheet.
   *[other] { $shown } A4 sheets, one per code.
 } Put them up at the gate and on notice boards.
posters-how = To print: Ctrl and P, paper A4, margins “none”.
posters-channel = Channel
posters-all = All
posters-choose = Choose
posters-none = There is nothing to print for this choice.
posters-all-of-round = Show all posters
poster-invite = Tell us what you think of { $unit }
poster-lead = No names are asked. All answers are put together, to see what should be done first.
poster-qr = QR code of the form, code { $code }
poster-scan = Scan with Zalo or your phone's camera
poster-slip = You need the paper slip with the one-time code that was handed out: type that code when you are asked.
poster-or = or open
poster-code = Code { $code }
poster-for = Poster for: { $channel } · Code { $code }
poster-minutes = About { $minutes } minutes
poster-minutes-text = nothing to install, no sign-in
poster-names = No names asked
poster-names-text = no phone number or network address kept
poster-free = Nobody is affected
poster-free-text = however you answer
poster-until = Open until
poster-help = Help:
poster-warning = { $whom ->
    [hoc_sinh] Nobody may ask to see your form or a screenshot. If another QR code is stuck over this one, tell a teacher. You or a friend in danger: call 111.
    [nhan_dan] Nobody may ask to see your form or a screenshot. If another QR code is stuck over this one, please tell those who put it up. Child in danger: call 111.
   *[other] Nobody may ask to see your form or a screenshot. If another QR code is stuck over this one, please tell the school. Child in danger: call 111.
}
desk-assist = Enter for somebody
assist-title = Enter a form for somebody
assist-intro = For people who cannot answer on a device themselves: the elderly, people with poor eyesight, people without a telephone.
assist-rule-consent = Only with that person’s consent. Ask for no name and write none down.
assist-rule-read = Read out every question and every choice word for word. Suggest nothing, explain nothing in your own way, answer nothing yourself.
assist-rule-flag = Such forms are marked and reported apart. Staff of the school that is asked about may not enter any.
assist-none = No round is open now in the area of this unit.
assist-begin = Enter a form
assist-find = Find a school
assist-not-found = No school matches “{ $q }”.
show-modes = How forms came in
mode-web = On people’s own devices
mode-api = Through another program
mode-kiosk = On a device for everybody
mode-assisted = Entered by an officer
links-kiosk = Device for everybody
links-try = Try the form
forms-title = Questionnaires and channels
forms-intro = Can be changed until the round opens. A school none of whose levels is asked leaves the round; an approved round has to be approved again.
forms-questionnaires = Questionnaires
forms-kept = In this round now
forms-channels = Channels
forms-channels-hint = Each school has a code of its own for each channel. Without a channel its codes stop working, also on sheets that are printed.
forms-nobody = No school of the round has a level that these questionnaires ask about. Choose others, or add schools first.
said-forms = The questionnaires and channels are saved. Please look through the schools below.
said-forms-left-out = No longer asked: { $units }.
