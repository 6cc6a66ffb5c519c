# Letters about what was done to an account
people-link-last = The last link or mail address of this account was set by { $name }, { $at }.
news-subject = Something changed about your account { $login }
news-text =
    Dear { $name },

    something changed about your account { $login } in the survey system Lắng Nghe:

    { $what }
    Done by: { $by }
    At: { $at }

    If you know of this and agree, you need not do anything.

    { $ask }

    This letter holds no link. If another like it does, please do not open that.
news-ask = If you did not want this, please tell at once, by telephone or in person: { $names }.
news-ask-leader = If you did not want this, please tell the head of your office at once, by telephone or in person.
news-by-holder = whoever uses the account or holds a link
news-link-made = There is a new link that sets the password.
news-password-set = The password was set with a link.
news-password-changed = The password was changed.
news-mail-changed = The address to which links go was changed; mail does not come to this address any more.
news-codes-gone = The code of the telephone is no longer asked for when signing in.
news-roles-changed = The roles were changed.
news-stopped = The account was stopped; nobody can sign in with it.
news-restarted = The account can be used again.
