# What is printed and sent for a round: posters, letters, forms on paper, cover sheets

kit-title = Print and share
kit-intro = Posters, letters and forms on paper: choose for whom, then take one PDF for all or a file per school.
kit-for-whom = For which schools
kit-choose = Choose
kit-chosen = { $n ->
    [one] { $shown } code chosen
   *[other] { $shown } codes chosen
}
kit-language = Language
kit-papers = Papers
kit-paper = Paper
kit-zip = ZIP, a file per school
kit-too-many = A file holds { $most } schools at most. Please choose a ward and take them in parts.
kit-ap-phich-a4 = Poster A4
kit-ap-phich-a4-text = For the gate and the notice board: a large QR, address and code in letters, the closing date.
kit-ap-phich-a5 = Poster A5, two on an A4 page
kit-ap-phich-a5-text = Cut in half along the marks; for desks, classrooms and counters.
kit-thu = Letter
kit-thu-text = To those who are asked: who asks and why, how long it takes, until when, whom to ask; with the QR.
kit-phieu-giay = Form on paper
kit-phieu-giay-text = The form of the web on paper, with the same item codes, for people without a phone. A4, fit for both sides.
kit-to-bia = Cover sheet of a batch
kit-to-bia-text = Lies on top of each bundle of forms: unit, channel, day, forms handed out, returned and valid, the seal.
kit-more = To phones
kit-messages = Invitations for Zalo and SMS
kit-messages-codes = Invitations for Zalo
kit-messages-text = A message per school to copy.
kit-messages-sms = The SMS is without diacritics and has 160 characters at most.
kit-picture = The poster as a picture for Zalo (PNG)
kit-picture-text = With this school’s QR, to go with the message in a class group.
kit-codes = Slips with one-time codes
kit-codes-text = Make codes and take the sheets to cut, per school or per class.
kit-browser = See the posters in the browser
kit-browser-text = The A4 sheets as the browser prints them.
links-picture = Picture for Zalo
poster-slip-short = A one-time code from a slip is needed.

letter-dated = Date: ………………………
letter-title = { $whom ->
    [phu_huynh] A LETTER TO PARENTS AND CARERS
    [hoc_sinh] A LETTER TO PUPILS
    [hoc_vien] A LETTER TO LEARNERS
    [can_bo] A LETTER TO STAFF
   *[other] AN OPEN LETTER
}
letter-subject = About: { $round }
letter-to-phu_huynh = To the parents and carers of the children at { $unit }
letter-to-hoc_sinh = To the pupils of { $unit }
letter-to-hoc_vien = To the learners of { $unit }
letter-to-can_bo = To the staff of { $unit }
letter-to-nhan_dan = To all citizens
letter-to-nobody-else = To all who are asked about { $unit }
letter-why = { $whom ->
    [nhan_dan] { $owner } holds “{ $round }” and asks for your opinion.
   *[other] { $owner } holds “{ $round }” and asks for your opinion about { $unit }.
}
letter-anonymous = { $whom ->
    [hoc_sinh] Answering is voluntary and takes about { $minutes } minutes; leave out what you do not want to answer. The form asks for no name and keeps no phone number or network address; opinions are put together, and nobody at your school sees a single form. Whatever you answer, or if you do not, your learning and marks are not affected. Nobody may tell you what to answer, or ask to see your form.
    [nhan_dan] Answering is voluntary and takes about { $minutes } minutes. The form asks for no name and keeps no phone number or network address; opinions are put together, and no single form is published. Whatever you answer, or if you do not, nobody is affected. Nobody may be told what to answer, or asked to show a form.
   *[other] Answering is voluntary and takes about { $minutes } minutes. The form asks for no name and keeps no phone number or network address; opinions are put together, and nobody there sees a single form. Whatever you answer, or if you do not, nobody is affected. Nobody may be told what to answer, or asked to show a form.
}
letter-until = Forms are taken until { $closes }.
letter-paper = { $whom ->
    [hoc_sinh] If you have no smartphone, you can answer on paper at your school.
   *[other] Whoever has no smartphone may ask for a form on paper where this letter is given out.
}
letter-codes = { $whom ->
    [phu_huynh] A slip with a one-time code comes with this letter: each family draws one, and nobody notes who got which.
   *[other] A slip with a one-time code comes with this letter: each person draws one, and nobody notes who got which.
}
letter-results = The overall results and what will be done are published by { $day }.
letter-contact = If you have questions: { $contact }.
letter-or = or open
letter-ending = With thanks.

cover-title = COVER SHEET OF A BATCH
cover-unit = Unit
cover-channel = Channel
cover-form = Questionnaire
cover-batch = Batch no. (given by the program)
cover-day = Collected on
cover-seal = Sealed box, no.
cover-handed-out = Forms handed out
cover-returned = Forms returned
cover-valid = Valid forms
cover-rule-count = Open the box before at least two people; count the forms and write down the three numbers.
cover-rule-number = Write the batch number and number each form from 1 in the field “For the office”.
cover-rule-valid = A valid form has at least one answer that can be read. Empty forms and copies of one another are put aside and not counted as valid.
cover-rule-enter = Nobody of the school that is asked about opens the box or enters its forms. Keep the forms by batch until the results are published.
cover-gives = Handed over by (signature, name)
cover-takes = Received by (signature, name)

paper-office = For the office
paper-batch-number = Batch no.
paper-form-number = Form no.
paper-unit = Unit asked about:
paper-how = How to answer: put an X in the box; if it is the wrong one, fill that box and mark another. Write no name. An asterisk * marks what has to be answered; leave empty what you do not want to answer.
paper-return = Please put the form into the sealed box or an envelope before { $closes }.
paper-contact = Questions: { $contact }.
paper-foot = Questionnaire { $form }, version { $version }
paper-page = Page { $page }/{ $pages }
paper-answer-to = (your answer to { $question })
paper-other = Other, please write:
paper-tick = Put an X if you agree
paper-one = (choose one)
paper-several = (choose all that apply)
paper-at-most-several = (choose { $max } at most)
paper-order = (write 1 to { $positions } into the boxes; 1 is the most important)
paper-between = (a number from { $min } to { $max })
paper-steps = ({ $which })
paper-from = (a number from { $min })
paper-to = (a number up to { $max })
paper-only-if = Only if { $condition }.
paper-only-if-several = { $questions }: only if { $condition }.
paper-skip-to = If not, please go on to { $question }.
paper-depends-somehow = Whether you are asked depends on what you answered above; leave it empty if it does not concern you.
paper-depends = This depends on your answers to { $questions }; leave it empty if it is not about you.
paper-and = and
paper-or = or
paper-is = you chose { $answer } in { $question }
paper-is-not = you did not choose { $answer } in { $question }
paper-answered = you answered { $question }
paper-unanswered = you left { $question } empty
paper-below = { $question } is below { $number }
paper-at-most = { $question } is { $number } or less
paper-above = { $question } is above { $number }
paper-at-least = { $question } is { $number } or more

slips-make-pdf = Make codes and take the PDF to cut
slips-classes = By class
slips-classes-hint = Choose one school above, then write a class and its number of slips per line, such as: 1A1 35. Each class begins on a new page and stands on its slips; the program does not keep which codes went to which class.
slips-classes-wrong = A line is not right: each has a class and a number of slips, such as “1A1 35”.
slips-classes-school = To make slips by class, please choose one school.
