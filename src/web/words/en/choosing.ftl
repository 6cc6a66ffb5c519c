check-mend = Mend
check-done = Done
check-missing = Missing
check-advice = Worth a look
check-closing = It closes at a time to come.
check-contact = It says whom to ask.
check-schools = Schools are chosen.
check-links = The schools have QR codes.
check-notice = There is a letter to parents; people who answer can read it on the first page.
check-approved = A second person has approved it.
check-no-codes = The round takes one-time codes, but none have been made to hand out.
check-no-results = People are not told by which day they hear the result.
check-no-number = The plan of this round has no number yet.
check-crowd = Some people were asked often this term.
check-try = Fill in the form once on a phone: a trial is neither stored nor counted.
open-no-notice = The round asks pupils, most of whom are not sixteen, so their parents have to be told first. Please write the letter to parents before you open it.
children-title = Letter to parents
children-intro = This round asks pupils under sixteen. Their parents are told first: who asks, what, what for, and that nobody has to. The letter is on the first page of the form; the school sends it before the round opens.
children-not-needed = This round asks no pupils, so no letter is needed.
children-text = The letter
children-hint = One line for each paragraph. It can be changed until the round opens.
children-hint-proposal = This is a proposal, not saved yet. Please read it, put it right and save it.
children-wrong = This letter is too short. Please say who asks, what, what for, and what parents do who do not agree.
children-save = Save the letter
children-none = There is no letter.
children-proposal =
    Kính gửi cha mẹ học sinh,

    { $owner } lấy ý kiến học sinh trong đợt “{ $title }”, đến { "{" }han{ "}" }, để nhà trường và cơ quan quản lý phục vụ các em tốt hơn.

    Phiếu không hỏi tên, số điện thoại, lớp cụ thể hay tài khoản; không ai biết phiếu nào của em nào. Các em trả lời hoặc không trả lời đều không ảnh hưởng đến việc học và đánh giá.

    Khi đợt mở, cha mẹ quét mã QR của trường là xem được mọi câu hỏi. Nếu không muốn con trả lời, cha mẹ chỉ cần nói với con; không phải báo ai và không cần lý do.

    Mọi thắc mắc xin hỏi: { "{" }lien_he{ "}" }.
said-notice-saved = The letter to parents is saved.
parents-notice = Letter to parents
parents-notice-back = To the first page of the form
choice-title = Choose schools by rule
choice-link = Choose schools by rule
choice-intro = By level, by who runs them, by ward; single schools are put in or taken out on the page before. The rule is kept, and used again next year.
choice-too-late = The round has begun, so the list no longer follows the rule; put in or take out single schools on the page of its schools.
choice-how = How
choice-by-rule = By the rule below
choice-by-rule-hint = With the schools that were put in by hand, without those that were taken out.
choice-by-hand = Only schools chosen by hand
choice-by-hand-hint = Whatever is ticked below.
choice-levels = Levels
choice-types = Run by
choice-wards = Below the office
choice-none-is-all = Nothing ticked means every school.
choice-hands = Chosen by hand
choice-also = Always in
choice-except = Always out
choice-forget = Forget these choices by hand
choice-gives = { $n ->
    [one] The rule gives one school now
   *[other] The rule gives { $shown } schools now
}
choice-would-give = { $n ->
    [one] This rule would give one school
   *[other] This rule would give { $shown } schools
}
choice-new = Put in:
choice-gone = Taken out:
choice-same = Just as the round has them.
choice-list = See the list
choice-try = Preview
choice-take = Save and apply
choice-nobody = This rule gives no school with a level of the questionnaires.
said-chosen = { $n ->
    [one] The round now asks one school.
   *[other] The round now asks { $shown } schools.
}
settings-title = Settings
settings-intro = Everything that is settled about the round, in plain words. It can be changed until the round opens.
settings-fixed = The round has begun: what people were told stays as it is.
settings-change = Change
settings-see = See
settings-when = When
settings-mode = How people answer
settings-mode-text = By themselves on their own phone or computer, on a device for everybody at the school, or with an officer of the ward or the Front who enters the form for them.
settings-most = How many forms
settings-most-any = Any number.
settings-most-unit = At most { $most } from each school.
settings-most-groups = { $n ->
    [one] One group has a limit of its own.
   *[other] { $shown } groups have limits of their own.
}
settings-anonymous = Anonymous
settings-anonymous-text = Always: no names, phone numbers, network addresses or times are stored. Nobody can switch this off.
settings-seen = Who sees results
settings-seen-text = The office in charge sees figures; everybody else sees what is published, where groups of fewer than { $k } forms are hidden.
sealed-yes = Sealed: nobody sees answers before the figures are frozen.
sealed-no = Not sealed: whoever has the right sees answers during fieldwork.
settings-interim-yes = Yes, when enough new forms have come that nobody is given away.
settings-interim-no = No; published only after the figures are frozen.
settings-pictures-yes = Takes pictures, where questions ask for them.
settings-pictures-no = Takes no pictures.
settings-two = A second person has to approve it before it opens.
settings-one = The office does not require a second person.
settings-minimum = Publish only groups of at least so many forms
settings-minimum-hint = Not fewer than { $least }; a larger number protects people better.
settings-minimum-wrong = Please give a number from { $least } to { $most }.
settings-minimum-save = Save
said-minimum = Only groups of at least { $k } forms are published now.
