# People: accounts and roles
desk-people = People
people-total = { $n ->
    [one] One account of your unit and those below it
   *[other] { $shown } accounts of your unit and those below it
}
people-find = Find somebody
people-find-hint = Name, login or unit; diacritics may be left out
people-none = Nobody was found. Try fewer letters, or leave out the diacritics.
people-more = There are { $shown } more. Type a name or a unit to find them.
people-name = Name
people-unit = Unit
people-roles = Roles
people-role-at = { $role } ({ $unit })
people-no-role = No role yet
people-last = Last signed in
people-never = Never
people-standing = State
people-invited = Invitation not taken up
people-active = In use
people-stopped = Stopped

role-quan_tri = Administrator
role-chu_tri = Lead
role-soan_phieu = Questionnaire writer
role-duyet = Approver
role-dau_moi = Contact of the unit
role-xu_ly = Opinion handler
role-phan_tich = Analyst
role-giam_sat = Front observer
role-about-quan_tri = Invites people, gives roles, imports units and reads the log.
role-about-chu_tri = Plans rounds, chooses schools, hands out codes, opens and closes rounds; imports units.
role-about-soan_phieu = Writes questionnaires.
role-about-duyet = Approves questionnaires and the opening of rounds that others prepared.
role-about-dau_moi = Is told what concerns the unit and reads its published results; never sees single forms.
role-about-xu_ly = Reads opinions with words of danger at once and passes them on.
role-about-phan_tich = Reads figures, downloads single forms and makes API tokens.
role-about-giam_sat = Reads published results and enters forms for people who cannot; changes nothing.
people-roles-phuong = For people of departments, offices, wards and communes
people-roles-truong = For people of schools
people-roles-mat_tran = For people of the Fatherland Front

people-invite = Invite somebody
people-invite-intro = A one-time link is made. Send it by Zalo, or print it as a slip.
people-invite-make = Make the invitation
people-login-hint = At least 3 small letters without diacritics, digits or . _ - @, such as an.nguyen
people-login-wrong = A login has 3 to 64 small letters without diacritics, digits or . _ - @.
people-login-taken = Somebody has this login already. Choose another one.
people-name-wrong = Write the person’s name, at most 120 characters.
people-unit-hint = The code, or some words of the name; diacritics may be left out
people-unit-several = There are several such units. Choose one of them below.
people-unit-none = There is no such unit among those that you look after.
people-unit-which = Which unit?
people-roles-missing = Choose at least one role.
people-role-misfit = People of { $kind } cannot have the role { $role }.

token-scope-rows = You may not read single forms, so you cannot make a token that does.

people-link-title = Link to set a password
people-link-until = Works once, until { $until }.
people-link-once = The link is shown only now. Copy or print it; if it gets lost, make a new one.
people-link-copy = Send it by Zalo
people-link-message = Message
people-message = Hello { $name }, { $inviter } ({ $unit }) sends you the link to Lắng Nghe. Open it and set a password; it works once, until { $until }: { $url } Please do not pass it on.
people-slip = Invitation slip
people-slip-how = A5. Only this slip is printed.
people-slip-title = Invitation
people-slip-text = Dear { $name }: { $inviter } ({ $unit }) invites you. Scan the code below with your phone, or type the address, and set a password.
people-slip-until = Works until
people-slip-qr = QR code of the link to set a password
people-slip-secret = The code works once. Please do not pass it on.

people-scope = Roles on the unit
people-scope-hint = Roles hold for this unit and all below it.
people-scope-choose = Choose
people-roles-at = Given on { $unit }
people-roles-save = Save the roles
people-link = Forgotten password or lost link
people-link-text = A new link replaces all earlier ones that were not used. The password stays until a new one is set.
people-link-make = Make a new link
people-own = This is your own account; you cannot stop it or hand it over. Ask another administrator.
people-hand-over = Hand over
people-hand-over-text = All roles of { $name } go to somebody else, and this account stops at once.
people-hand-over-to = Login of whoever takes over
people-hand-over-to-hint = Somebody with an account, or a new login
people-hand-over-name = Name, for somebody new
people-hand-over-name-hint = Somebody new belongs to the same unit and gets a link to set a password. Leave it empty for somebody who has an account.
people-hand-over-sure = I want to hand over all work of { $name }
people-hand-over-now = Hand over and stop the account
people-hand-over-unknown = There is no account with this login. For somebody new, write the name.
people-hand-over-same = Somebody else has to take over.
people-hand-over-misfit = This person belongs to another unit and cannot have all these roles.
people-is-stopped = This account is stopped. Let it be used again first.
people-last-keeper = This is the last administrator of the top unit. Make somebody else administrator first.
people-stop = Stop the account
people-stop-text = The person is signed out everywhere at once and cannot sign in. Roles are kept in case the account is used again.
people-stop-sure = I want to stop the account of { $name }
people-restart = Let it be used again
people-restart-text = The person can sign in with the password as before, with the roles above.

people-done-invited = { $name } is invited.
people-done-link = A new link for { $name } was made. Earlier links no longer work.
people-done-roles = The roles are saved.
people-done-stopped = The account is stopped, and signed out everywhere.
people-done-restarted = The account can be used again.
people-done-handed-over = Handed over. This person has all the roles now, and the old account is stopped.
people-done-handed-over-new = Handed over to { $name }; the old account is stopped.
