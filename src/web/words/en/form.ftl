audience-phu_huynh = parents and carers
audience-hoc_sinh = pupils
audience-hoc_vien = learners
audience-can_bo = school staff
audience-nhan_dan = residents
level-mam_non = Nursery and kindergarten
level-tieu_hoc = Primary (grades 1–5)
level-thcs = Lower secondary (grades 6–9)
level-thpt = Upper secondary (grades 10–12)
level-gdtx = Continuing education
level-moi_cap = All levels
channel-truong = The school
channel-mat_tran = The Fatherland Front
channel-doan_the = Mass organisations

question-required = answer needed
question-other = Other
question-other-text = Please say what
question-several = You can choose more than one.
question-audio = Listen to the question
question-audio-stop = Stop
question-listen = Read this question aloud
form-listen = Read the questions aloud

violation-required = Please answer this question.
violation-unknown-question = The form has no question “{ $name }”; it was left out. Please send again.
violation-unknown-choice = That choice is not part of this question. Please choose again.
violation-repeated = An answer to this question stands twice, or there is one too many. Please choose again.
violation-wrong-type = That is not the kind of answer this question takes. Please choose or type again.
violation-not-a-number = Please type digits only, such as 15.
violation-out-of-range = Please give a number from { $min } to { $max }.
violation-too-small = Please give a number of { $min } or more.
violation-too-large = Please give a number of { $max } or less.
violation-off-step = Please choose one of the values shown.
violation-too-long = Longer than { $max } characters. Please take out { $over }.
violation-control-character = There is an unreadable character in this answer. Please delete it and type again.
violation-constraint = This answer does not fit. Please check it.
violation-nothing-answered = Nothing is filled in yet. Please answer at least one question.

start-length = About { $minutes } minutes, { $questions } questions. Skip whatever you would rather not answer.
start-anonymous = No names asked; no phone number or network address kept.
start-free = However you answer, or if you don't, nobody is affected.
start-until = Open until { $closes }.
start-purpose = Please tell us what the school does well and what should change. We do not ask your name; answers are put together to see what to improve first.
start-which = Which form would you like to answer?
start-which-child = Which level does your child attend?
start-which-first = Please choose a line, then Start.
start-i-am = I answer as one of the { $audience }
start-i-am-level = I answer as one of the { $audience } – { $level }
start-which-hint = One form for each child. When you finish, you can answer for another child.
start-begin = Start
start-card = About { $minutes } minutes, no names asked. Open until { $closes }.
og-locale = en_GB
share-picture = { $title }. { $unit }. { $description }
card-minutes = About { $minutes } minutes
card-anonymous = No names asked
card-closes = Open until { $closes }
start-kept-title = What this form keeps, and what it doesn't
start-kept = Kept
start-kept-answers = Your answers
start-kept-unit = School and level
start-kept-day = The day you sent it, not the hour
start-kept-how = The language chosen, who gave out the code, whether it was sent before or after closing
start-not-kept = Not kept
start-not-names = Your name or your child's
start-not-phone = Phone number, Zalo account
start-not-device = Network address, device, location
start-screenshot = Nobody may ask to see your form, or for a screenshot of it.
start-screenshot-more = If someone does, please tell the office named at the foot of this page.
start-not-petition = This form asks for opinions; it is not a petition. Complaints and denunciations have a procedure of their own at the citizens' reception office.
start-notice = Who asks, what for, and who sees it?
notice-who = Who asks
notice-contact = Questions:
notice-what-for = What for
notice-what = What is collected
notice-what-text = Only your answers; you may skip any question except those marked “answer needed”. The form is anonymous: nothing in it tells who answered.
notice-who-sees = Who sees it, and what is published
notice-who-sees-text = Analysts of the office that asks. Schools and everyone else only get figures for groups of { $k } or more forms. Nothing you write is published before a person has read it and taken out whatever could identify someone.
notice-others = Please do not write
notice-others-text = Other people's names, phone numbers or private matters.
notice-rights = Your rights
notice-rights-text = Skip any question, not send the form, ask and be answered. Because forms are anonymous, one that has been sent cannot be found again to change or delete it.

danger-title = Is a child in danger?
danger-text = Please do not report it through this form. Call the national child protection line now, free, day and night:
danger-call = Call 111

form-skip-to = Skip to the questions
form-intro = { $parts } parts, about { $minutes } minutes. Skip whatever you would rather not answer, except questions marked “answer needed”.
form-part = Part { $part } of { $parts } · about { $minutes } min left
form-send = Send the form
form-sending = Sending…
form-after = You will get a receipt code. No names asked; no phone number or network address kept.
form-key-lost = The form has not been sent yet. Your answers are still on this page: please press Send once more.
form-offline = Not sent yet: the connection is lost. Your answers are still on this phone; the page sends them as soon as there is a connection.
form-wrong-short = Please check
form-wrong-title = { $n ->
    [one] Not sent yet: one answer needs another look
   *[other] Not sent yet: { $shown } answers need another look
 }
form-wrong-text = Everything you filled in is still here. Tap a line to go to that question.

receipt-title = Form received. Thank you!
receipt-text = Your opinion has been recorded and counts once. You can close this page.
receipt-another = Answer for another child
receipt-another-nhan-dan = Send another opinion
receipt-another-khac = Somebody else answers on this device
receipt-code = Receipt code
receipt-code-text = Write it down if you like. It only shows that a form was sent: nobody can see your answers with it.
receipt-screenshot = You don't need to send this code or a screenshot to anyone, not even a teacher.
receipt-next = What happens next
receipt-today = Today
receipt-today-text = Your form is part of the overall figures.
receipt-closes-text = Last moment to answer.
receipt-then = After that
receipt-then-text = { $owner } puts the overall figures together; no single form is shown.

shut-early-title = Not open yet
shut-early-text = Forms are taken from { $opens } to { $closes }.
shut-draft-text = This round is being prepared.
shut-early-advice = Please keep the link or the sheet with the QR code and come back later. The code stays the same.
shut-closed-title = This round has ended
shut-closed-text = No new forms since { $closes }. Thank you for coming back.
shut-grace-advice = A form opened before then can still be sent for 24 hours: go back to the page you were filling in and send it.
shut-closed-advice = If you would like to add something, please ask the school or the office named at the foot of this page.

unknown-short = Code not found
unknown-title = There is no code “{ $code }”
unknown-text = It may have been mistyped, or is no longer used. A code has 6 letters and digits, without 0, 1, I, L and O.
unknown-retype = Type the code printed on the sheet
unknown-open = Open the form
unknown-scan = Please scan the QR code again, holding the phone about 20 cm away.
unknown-ask = Still nothing? Please ask the school.
unknown-fake = A QR sticker glued over the sheet may be a fake: check the address before you answer.

conflict-title = For another child, or still the form you just sent?
conflict-title-nhan-dan = Is this another opinion, or still the form you just sent?
conflict-title-khac = Is this somebody else's form, or still the one just sent?
conflict-text = A form was sent from this device a moment ago. The one you just filled in has other answers. Nothing is lost; please choose:
conflict-another = Answer for another child
conflict-another-nhan-dan = Send another opinion
conflict-another-khac = Somebody else's form
conflict-another-text = The earlier form stays as it is. This one counts as a new form.
conflict-another-send = Send as a new form
conflict-same = Still the same form
conflict-same-text = A form that was sent cannot be changed, because nobody knows who sent which. The earlier form stays as it was sent.
conflict-keep = Keep the earlier form

busy-title = Many people are sending forms right now
busy-text = Your form has not been sent yet. Your answers are still on this page. Please wait about 20 seconds and send again.
busy-send = Send again
busy-once = Sending several times still counts once.

failed-title = Your form has not been sent yet
failed-text = The server has a problem. Your answers are still on this page: please wait a minute and send again. If that fails, please tell the school this code: { $reference }.

submit-not-utf8 = The text of the form could not be read. Please reload the page, fill it in and send it again.
