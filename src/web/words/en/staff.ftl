# Pages of staff
desk-skip = Skip to the content
desk-nav = Menu
desk-group-ask = Asking
desk-group-listen = Listening
desk-group-system = System
desk-rounds = Rounds
desk-units = Units
desk-alerts = Opinions to read at once
desk-alerts-short = Read at once
desk-waiting = opinions not read
desk-urgent = { $n ->
    [one] One opinion to read at once
   *[other] { $shown } opinions to read at once
}
desk-urgent-many = More than { $n } opinions to read at once
desk-tokens = API tokens
desk-account = Account
other-language = Tiếng Việt
other-language-code = vi
sign-out = Sign out
staff-form-elsewhere = This request came from another site, so nothing was saved. Please open our page again and repeat it there.
staff-form-broken = The form was incomplete, so nothing was saved. Please open the page again and repeat it.

# Signing in
sign-in = Sign in
sign-in-for-staff = For staff
sign-in-failed = Not signed in
login = Login
password = Password
sign-in-wrong = The login or the password is not right. Please check both and try again.
sign-in-wait-seconds = Too many wrong passwords. Please try again in { $n ->
    [one] { $shown } second
   *[other] { $shown } seconds
}.
sign-in-wait-minutes = Too many wrong passwords. Please try again in { $minutes } minutes, from { $clock } (Việt Nam time).
sign-in-crowded = Too many passwords were tried from your network. Please try again in { $n ->
    [one] { $shown } second
   *[other] { $shown } seconds
}.
sign-in-busy = Many people are signing in at this moment. Please try again in a few seconds.
sign-in-ended = Your session has ended, so this was not saved. Please sign in again.

# One-time link
link-title = Set your password
link-greeting = Welcome, { $name }. Please set a password to begin.
link-save = Save the password and sign in
link-once = This link works once. Please do not pass it on.
link-gone-title = This link no longer works
link-gone-text = It was used already, has expired or was not copied completely. If you have set your password, you can sign in now; if not, ask the administrator for a new link.
password-new = New password
password-again = New password once more
password-rule = At least { $shown } characters. A long sentence that is easy to remember beats a difficult word; do not use your login.
password-short = The password needs at least { $shown } characters. You may use a whole sentence.
password-login = The password is too close to your login and easy to guess. Please choose another one.
password-common = Many people use this password, so it is easy to guess. Please choose another one.
password-differs = The two passwords are not the same. Please type both again.

# Account
account-change = Change the password
account-changed = The password was changed. Other devices that were signed in with the old one were signed out.
account-current-wrong = The current password is not right. Please type it again.
account-sessions = { $n ->
    [one] Signed in on { $shown } device
   *[other] Signed in on { $shown } devices
}
account-sessions-hint = If you ever signed in on a shared computer, sign out everywhere and sign in again.
account-sign-out-everywhere = Sign out everywhere
password-current = Current password
account-no-round = No round has been assigned to this account.
account-no-round-text = Rounds are run by the Department, wards and communes; whoever runs one sends you its QR codes and results. Here you can change your password and sign out on other devices.

# API tokens
token-hint = For other programs to read figures. One token for each program; it can be revoked at any time.
token-description = Description of the API for programmers (OpenAPI 3.1)
token-none = There is no token yet.
token-made = The token “{ $name }” was made. Copy it now: it is shown only once.
token-new = New token
token-new-button = Make the token
token-name = Name of the program
token-scopes = May read
token-unit = Scope
token-expires = Last day
token-no-expiry = No last day
token-do = Action
token-revoke = Revoke
token-revoked-on = Revoked on { $date }
token-expired = Expired
token-name-wrong = Please give the program's name, at most 120 characters.
token-scope-missing = Please choose at least one thing that the program may read.
token-expiry-wrong = Please choose the last day, today or later.
token-unit-wrong = Please choose a unit within your own scope.
scope-aggregates = Aggregates
scope-aggregates-hint = Releases only; groups that are too small are hidden.
scope-submissions = Single submissions
scope-submissions-hint = Only for analysts of the steering unit.
token-done-revoked = The token was revoked. The program that used it can no longer read figures.
token-done-made-before = This token exists already and was shown once, so it is not shown again. If you did not copy it, please revoke it and make a new one.

# A form sent after the session ended
kept-title = Send what was not saved?
kept-text = You are signed in again. What you filled in was not saved, but it is still here; send it again and it is done.
kept-send = Send it again
kept-leave = Leave it, open the page
desk-contents = Menu
