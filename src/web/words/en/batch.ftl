# Forms on paper, typed in bundles

desk-paper = Forms on paper
mode-paper = On paper
batch-list = Forms on paper
batch-list-intro = Each box of forms is a bundle: write down what the cover says, type each form with digits, compare and close. Nobody of the school that is asked about types its forms.
batch-new = New bundle
batch-new-intro = As the cover says. The program then gives the bundle a number: please write it on the cover and number the forms from 1.
batch-none = There is no bundle yet.
batch-batch = Bundle
batch-number = Bundle { $number }
batch-day = Collected on
batch-entered-of = Typed / valid
batch-is-open = Being typed
batch-is-closed = Closed
batch-round = Choose a round
batch-no-round = No round takes forms on paper now: it has to be open, or closed for less than 24 hours, with figures not frozen, and without one-time codes.
batch-school = School and channel
batch-form = Questionnaire
batch-day-opened = The day the box was opened
batch-seal = Seal
batch-seal-hint = The number of the seal, and who was there when the box was opened. No names of people who answered.
batch-twice = Type twice
batch-twice-text = Each form is typed a second time, best by somebody else; where both differ, somebody looks at the sheet again.
batch-begin = Begin
batch-made = The bundle has begun. Please write its number on the cover.
batch-corrected = The numbers are corrected.
batch-wrong-school = Please choose a school.
batch-wrong-form = This questionnaire is not one of the school. Those of the school: { $forms }.
batch-wrong-day = The box is opened between the opening and the closing of the round, and not after today.
batch-wrong-number = Please give a number from 1 to { $most }.
batch-wrong-returned = No more forms can come back than were handed out.
batch-wrong-valid = No more forms can be valid than came back.
batch-wrong-typed = Form no. { $number } was typed, so no fewer can have come back.
batch-entered = Typed
batch-waiting = { $n ->
    [one] { $shown } waits for a second reading or a comparison
   *[other] { $shown } wait for a second reading or a comparison
}
batch-type-first = Type form no. { $number }
batch-type-second = Second reading: form no. { $number }
batch-compare-next = Compare form no. { $number }
batch-sheets = Forms that were typed
batch-no-sheet = No form was typed yet.
batch-sheet = Form no. { $number }
batch-once = Waits for a second reading
batch-differs = Both readings differ
batch-settled = Ready
batch-sent = Counted
batch-turned-away = Not counted: there were enough
batch-correct = Correct the numbers of the cover
batch-close = Close the bundle
batch-close-text = The forms are then sent to the round and counted once; what was typed is deleted and cannot be changed any more. Close it before the figures freeze.
batch-note = { $entered } forms were typed, the cover says { $valid } valid ones. Why do they differ?
batch-note-said = Why the number differs from the cover:
batch-note-missing = Please say why the number typed differs from the valid one, or correct the cover.
batch-sure = I compared the number of forms with the cover.
batch-not-sure = Please tick that you compared.
batch-close-now = Close and send
batch-closed = The bundle is closed and its forms are counted.
batch-closed-already = This bundle is closed and cannot be changed any more.
batch-nothing-typed = No form was typed yet.
batch-still-waiting = { $n ->
    [one] { $shown } form waits for a second reading or a comparison.
   *[other] { $shown } forms wait for a second reading or a comparison.
}
batch-unsent = { $n ->
    [one] { $shown } form of this bundle was not sent yet.
   *[other] { $shown } forms of this bundle were not sent yet.
}
batch-send-on = Go on sending
batch-too-late = The round takes no more forms: the rest of this bundle is not counted.
batch-busy = The server is busy and some forms were not sent. Please press “Go on sending” in some minutes; what was sent is not counted twice.
batch-no-way = This school has no code in the round any more, so the forms could not be sent.
batch-frozen = { $n ->
    [one] The figures were frozen when { $shown } form was not sent; it is not counted.
   *[other] The figures were frozen when { $shown } forms were not sent; they are not counted.
}
batch-turned-away-n = { $n ->
    [one] { $shown } form was not counted because there were enough.
   *[other] { $shown } forms were not counted because there were enough.
}
batch-keys = Type the number beside the box that was marked; the next field comes by itself. Enter: next field. Backspace in an empty field: the one before. Leave empty what was left empty.
batch-again = second reading
batch-own = You typed this form the first time. If you can, let somebody else type it again.
batch-put-right = Something has to be looked at again; it is said beside each question.
batch-keep = Keep
batch-kept = Form no. { $number } is kept.
batch-remove = Delete this form
batch-remove-sure = Delete all that was typed of form no. { $number } for good.
batch-removed = Form no. { $number } was deleted.
batch-other = Other, in words
batch-tick = 1 if ticked
batch-date = day, month and year as digits: 05092026
batch-time = hours and minutes as digits: 0730
batch-several = all numbers one after the other
batch-order = the numbers in their order, the first one first
batch-compare = Compare form no. { $number }
batch-compare-text = The two readings differ in these questions. Please look at the sheet and choose.
batch-first = First:
batch-second = Second:
batch-neither = Neither; the sheet says:
batch-nothing = left empty
batch-decide = Please choose a reading.
batch-decide-now = Keep what was chosen
batch-decided = Form no. { $number } is settled.
audit-paper-batch-made = Began a bundle of forms on paper
audit-paper-batch-edited = Corrected the numbers of a bundle
audit-paper-batch-closed = Closed a bundle of forms on paper
batch-between = a number from { $min } to { $max }
batch-form-of-school = As the school has it (where there is only one)
batch-which-form = This school has several questionnaires: { $forms }. Please choose that of the batch; it stands at the foot of each page.
batch-aside = According to question { $questions } this form does not ask this question. Please look at the sheet and put right what was mistyped.
batch-stands-there = The sheet says so (this answer does not count)
batch-stands-there-not = Please look at the sheet.
batch-asides-title = Answers that do not count
batch-asides-text = They stand on paper although the other answers of the sheet do not lead to the question. Whoever typed has looked at the sheet; they count as not asked.
batch-asides = Question { $question }: { $sheets } sheets
batch-taken = While you were typing, somebody else finished sheet { $number }. What you typed is still below and not saved. If yours is another sheet, type it under a free number; saving here replaces theirs.
