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
people-roles-co_quan = For people of departments, offices, wards and communes
people-roles-truong = For people of schools
people-roles-mat_tran = For people of the Fatherland Front and mass organisations

people-invite = Invite somebody
people-invite-intro = A one-time link is made. Send it by mail or Zalo, or print it as a slip.
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

# Audit log
desk-audit = Log
audit-intro = Who did what in the unit and those below it. Nothing about what forms say; nobody can change or delete it.
audit-download = Download the log (CSV)
audit-at = When
audit-person = Who
audit-deed = What
audit-every-deed = Everything
audit-subject = To what
audit-from = From
audit-to = Until the end of
audit-none = There is no such line.
audit-older = Older lines
audit-command-line = Command line of the server
audit-program = The program “{ $name }”
audit-sign-in = Signed in
audit-sign-in-blocked = Wrong password several times, had to wait
audit-totp-wrong = Right password, but wrong telephone codes several times, had to wait
audit-link-used = Set a password with a link
audit-password-changed = Changed the password
audit-sessions-ended = Ended sessions
audit-totp-on = Turned codes by telephone on
audit-totp-off = Turned codes by telephone off
audit-totp-reset = Took codes by telephone from somebody else
audit-person-invited = Invited somebody
audit-link-made = Made a new link
audit-roles-changed = Changed roles
audit-person-stopped = Stopped an account
audit-person-restarted = Let an account be used again
audit-handed-over = Handed over
audit-round-made = Made a round
audit-method-decided = Decided how the results of a round are worked out
audit-table-chosen = Chose a cross-table to be published with the results of a round
audit-table-dropped = Took a cross-table out of the results of a round that will be published
audit-round-edited = Edited a round
audit-round-deleted = Deleted a draft
audit-round-opened = Opened a round
audit-campaign-made = Made a campaign
audit-campaign-edited = Edited a campaign
audit-campaign-deleted = Deleted a campaign
audit-contact-limit-changed = Changed how often people may be asked
audit-approval-asked = Submitted a round for approval
audit-approval-given = Approved a round
audit-approval-refused = Sent a round back
audit-approval-rule-changed = Changed the two-person rule
audit-round-extended = Changed when a round closes
audit-round-paused = Paused a round
audit-round-resumed = Let a round go on
audit-round-closed = Closed a round
audit-round-frozen = Froze the figures
audit-codes-made = Made one-time codes
audit-collector-made = Made a new link for a school
audit-collector-revoked = Revoked a link of a school
audit-rows-exported = Downloaded single forms
audit-forms-excluded = Left forms out of every figure
audit-forms-included = Took forms back into the figures
audit-themes-changed = Changed themes of open answers
audit-answers-exported = Downloaded open answers
audit-rows-fetched = A program downloaded single forms
audit-questionnaire-published = Published a questionnaire
audit-token-made = Made an API token
audit-token-revoked = Revoked an API token
audit-alert-handled = Handled an opinion to read at once
audit-words-changed = Changed the words of danger
audit-heads-reminded = Reminded contacts of schools
audit-unit-changed = Added or corrected a unit
audit-unit-succeeded = Recorded a reorganisation
audit-succession-cancelled = Cancelled a recorded reorganisation
audit-kind-added = Added a kind of units
audit-kind-changed = Changed a kind of units
audit-kind-removed = Removed a kind of units
audit-units-imported = Imported units
audit-backup-made = Copied all data into a file
audit-log-exported = Downloaded the log

# Codes by telephone: the second step of signing in
second-heading = Codes by telephone
second-about = When it is on, signing in also takes six digits that an app on your telephone makes. Whoever knows the password still cannot get in.
second-in-use = It is on: signing in also takes six digits from your telephone.
second-codes-left = { $n ->
    [one] One code on paper is left.
   *[other] { $shown } codes on paper are left.
}
second-on = Turn on
second-off = Turn off
second-is-off = Codes by telephone are off. The password is enough from now on.
second-scan = Open an authenticator app on your telephone (such as Google Authenticator or Microsoft Authenticator) and scan this picture.
second-qr = QR code for the authenticator app
second-type = If it cannot be scanned, type this into the app:
second-try = The six digits that the app shows
second-on-now = Try and turn on
second-is-on = Codes by telephone are on.
second-codes = Codes on paper
second-codes-text = These codes are shown only now. Print them or write them down and keep them safe: without your telephone, each lets you sign in once.
second-codes-kept = I have kept them
second-title = Enter the code
second-digits = Six digits from your telephone, or a code on paper
second-go-on = Continue
second-wrong = The code is wrong or was used already. Wait for the next one and try again.
second-wait-seconds = Too many wrong codes. Please try again in { $n ->
    [one] { $shown } second
   *[other] { $shown } seconds
}.
second-wait-minutes = Too many wrong codes. Please try again in { $minutes } minutes, from { $clock } (Việt Nam time).
second-crowded = Too many passwords and codes were tried from your network. Please try again in { $n ->
    [one] { $shown } second
   *[other] { $shown } seconds
}.
second-hint = Without your telephone and without codes on paper, ask an administrator to take the second step away.
people-codes = Codes by telephone
people-codes-text = If the telephone is gone and no code on paper is left, you can take the second step away. The password is enough from then on. Call the person first.
people-codes-take = Take the second step away
people-done-codes = The second step was taken away.
account-ended = The session was ended.
account-session-began = Signed in
account-session-used = Last used
account-session-this = This device
account-session-end = End
account-session-others = End all other sessions
people-own-link = Change your password on the page “Account”.
