# Pages of staff
desk-skip = Skip to the content
desk-nav = Rooms
desk-rounds = Rounds
desk-units = Units
desk-alerts = Opinions to read at once
desk-tokens = API tokens
desk-account = Account
other-language = Tiếng Việt
other-language-code = vi
sign-out = Sign out
staff-form-stale = This page was opened in another session, so nothing was saved. Please reload it and try again.
staff-form-elsewhere = This request came from another site, so nothing was saved. Please open our page again and repeat it there.
staff-form-broken = The form was incomplete. Please go back, reload the page and try again.
