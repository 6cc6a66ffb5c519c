# Letters of a round
invitations-title = Mail invitations
invitations-intro = Each address gets a link of its own that works once. The system knows whose link was used, so that nobody is reminded in vain; nobody knows what that person answered. Schools do not see this list.
invitations-no-codes = Inviting by mail takes a round with one-time codes.
invitations-tile-people = addresses
invitations-tile-unspent = links not used
invitations-tile-sent = mails sent
invitations-tile-waiting = mails waiting
invitations-tile-refused = mails refused
invitations-tile-unconfirmed = mails not confirmed
invitations-tile-given-up = mails given up
invitations-letters = Letters of the round
invitations-no-letter = There is no letter yet. Add addresses, then write the invitation.
invitations-subject = Subject
invitations-due = Sent from
invitations-written = Mails
invitations-planned = Waits for its time
invitations-running = Being sent
invitations-stays = Sent; goes to whoever is added
invitations-done = Sent to all
invitations-stopped = Stopped
invitations-stop = Stop
invitations-said-stopped = Stopped. Waiting mails do not go out any more; those that were sent arrive.
invitations-nothing-to-stop = This letter was stopped before.
invitations-write = Write the invitation
invitations-remind = Write a reminder
invitations-add = Add addresses
invitations-add-text = An Excel or CSV file with a column of mail addresses; columns of names and school codes are optional. Or paste one address per line. With one wrong row, no row is added.
invitations-for-school = School, where the list names none
invitations-school-in-list = Named in the list
invitations-file = File with the list
invitations-pasted = Or paste the list
invitations-add-now = Add to the list
invitations-try = Check first
invitations-row = Row
invitations-mistake = To put right
invitations-list-wrong = Something in the list must be put right. No address was added.
invitations-converted = The list was typed for an old font (VNI or TCVN3) and stands in Unicode below. Look at it, then add it.
invitations-tried = { $n ->
    [one] The list has no mistakes: one address. Press “Add to the list”.
   *[other] The list has no mistakes: { $shown } addresses. Press “Add to the list”.
}
invitations-added = Added: { $new }. Known before: { $known }. Want no mail: { $left }.
invitations-schools = By school
invitations-few = Fewer than { $k } addresses: whoever reads single forms of this school might guess who answered. Invite more people, or hand out codes on paper.
invitations-silent = Addresses that get no more mail
invitations-why = Why
invitations-left = Asked for no more mail
invitations-refused = Mail does not arrive
invitations-back = Mail that came back, or addresses to delete
invitations-back-text = Paste addresses, or the whole mail about what was not delivered: addresses are found in it. Deleting an address also voids its unused link.
invitations-addresses = Addresses
invitations-mark = Mark as not working
invitations-remove = Delete from the list
invitations-nobody-meant = None of these addresses is on the list of the round.
invitations-marked = { $n ->
    [one] One address was marked as not working.
   *[other] { $shown } addresses were marked as not working.
}
invitations-removed = { $n ->
    [one] One address was deleted.
   *[other] { $shown } addresses were deleted.
}
invitations-kept = Addresses are kept encrypted and deleted when the round takes no more forms, 24 hours after closing. That somebody wants no mail is remembered, without the address.

list-error-address = “{ $found }” is not a mail address.
list-error-school = The round does not ask about “{ $found }”, or that school has no link in use.
list-error-no-school = The row of { $found } names no school. Choose one above, or add a column of school codes.
list-error-legacy = “{ $found }” was typed for an old font (VNI or TCVN3).
list-error-name = The name is longer than 120 characters: { $found }
list-error-nobody = There is no row. Choose a file or paste a list.
list-error-many = At most { $most } addresses can be added at once. Split the list into several files.

mailing-invitation = Invitation
mailing-reminder = Reminder
mailing-invitation-title = Write the invitation
mailing-reminder-title = Write a reminder
mailing-invitation-intro = Goes to every address on the list once the round is open. Whoever is added later gets it later.
mailing-reminder-intro = Goes only to those who were invited and whose link is unused at that moment.
mailing-invitation-subject = Your opinion about { "{" }truong{ "}" }
mailing-invitation-text =
    Dear { "{" }ten{ "}" },

    We would like your opinion about { "{" }truong{ "}" }. It takes a few minutes, without name and without signing in. Good or bad, every opinion helps.

    The link below is yours alone and works once, until { "{" }han{ "}" }:

    { "{" }duong_dan{ "}" }

    Thank you.
mailing-reminder-subject = Reminder: your opinion about { "{" }truong{ "}" } until { "{" }han{ "}" }
mailing-reminder-text =
    Dear { "{" }ten{ "}" },

    Your own link for an opinion about { "{" }truong{ "}" } has not been used. If you wish, please answer before { "{" }han{ "}" }:

    { "{" }duong_dan{ "}" }

    If you answered in another way, or do not wish to, please ignore this mail. Thank you.
mailing-notice =
    Why you get this mail: { $owner } asks for your opinion. The system knows whose link was used, so that nobody is reminded in vain, but not who answered what: the form is not tied to the address. The school does not see who is invited. Please do not pass the link on. Addresses are deleted from the system after { $until }. Contact: { $contact }

    No more mail: { $leave }
invitations-nameless = parent
placeholder-duong-dan = the personal link; it must be there
placeholder-ten = the name in the list, or “parent”
placeholder-truong = the name of the school
placeholder-han = time and day of closing
letter-error-empty = Write something here.
letter-error-long = This is longer than { $most } characters.
letter-error-unknown = There is no placeholder { $name }. They are listed above.
letter-error-open = There is a { "{" } without its { "}" }.
letter-error-no-link = The letter has no link: add { "{" }duong_dan{ "}" }.
letter-error-link = The subject cannot carry the link.
invitations-from = From
invitations-text = Text
invitations-places = Placeholders:
invitations-always = Always added below
invitations-when = Sent from
invitations-when-text = Time in Việt Nam. A moment that has passed means at once, if the round is open.
invitations-day = Day
invitations-time = Time
invitations-moment-wrong = Choose a day and a time.
invitations-too-late = The round is closed by then. Choose an earlier moment, or extend the round.
invitations-repeated = There is such a letter already. To replace it, stop the old one first.
invitations-plan = Plan it
invitations-planned-for = Planned: sent from { $due }.
invitations-look = Preview
invitations-look-title = The letter as it arrives
invitations-test = Send a trial
invitations-test-to = Trial to this address
invitations-test-text = A trial carries a code that is not real and spends none.
invitations-test-subject = [Trial] { $subject }
invitations-test-sent = The trial is on its way to { $address }.

mail-trouble-unreachable = Mail cannot leave: the mail server does not answer.
mail-trouble-tls = Mail cannot leave: the certificate of the mail server is not trusted.
mail-trouble-no_tls = Mail cannot leave: the mail server offers no encryption.
mail-trouble-password = Mail cannot leave: the mail server refuses the user or the password.
mail-trouble-sender = Mail cannot leave: the mail server refuses the sender’s address.
mail-trouble-busy = The mail server asks to come back later.
mail-trouble-folder = Mail cannot be written into its folder.
mail-trouble-home = The mails are kept and go out by themselves once the server takes them; please tell whoever runs this installation.
mail-trouble-since = Since { $since }. Mails are kept and tried again; please tell the operator. { $reply }

leave-title = No more mail
leave-short = Invitations by mail
leave-text = { $owner } sends invitations to your address. Press the button, and this office sends you no more invitations and reminders.
leave-over = This round is over and your address was deleted. Pressing the button does no harm.
leave-now = Send me no more mail
leave-link-stays = The link in the mail that you have still works, should you wish to answer.
leave-done-title = Noted
leave-done = This office sends no more mail to your address. A mail that is on its way may still arrive. The link that you have still works.

audit-invitees-added = Added addresses to invite
audit-invitees-changed = Deleted or marked addresses
audit-mailing-planned = Planned a letter
audit-mailing-stopped = Stopped a letter
