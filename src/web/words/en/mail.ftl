# Mail: invitations, forgotten passwords
mail-address = Mail address
mail-address-hint = May stay empty. With an address, links are sent by mail, and a forgotten password can be set anew without help.
mail-address-wrong = This is not a mail address. For example: an.nguyen@example.vn
mail-address-save = Save the address
mail-address-text = Links to set a password go to this address. Empty: no mail is sent.
mail-link-also = Send the link to { $address }
mail-link-sent = The link is also on its way to { $address }. If no mail arrives, use the link or the slip below.
mail-no-server = No mail server is set up: mails become files, which the operator passes on.
people-done-mail = The mail address was saved.
audit-mail-changed = Changed somebody’s mail address
audit-link-asked = A link to set a new password was asked for

mail-link-subject = Your link to set a password for Lắng Nghe
mail-link-text =
    Dear { $name },

    { $inviter } ({ $unit }) sends you a link to enter the opinion system Lắng Nghe with the login { $login }.

    Open this link and set a password. It works once, until { $until }:

    { $url }

    Please do not pass this mail on. If you did not expect it, ignore it and tell the sender.

forgotten-title = Forgotten password
forgotten-text = Write your login or your mail address. A link to set a new password goes to your mail.
forgotten-who = Login or mail address
forgotten-send = Send the link
forgotten-sent-title = Look into your mail
forgotten-sent = If there is such an account and it has a mail address, a link is on its way. It works for one hour.
forgotten-nothing = No mail, or no mail address in your account? Ask the administrator for a new link.
mail-forgotten-subject = Set a new password for Lắng Nghe
mail-forgotten-text =
    Dear { $name },

    Somebody has just asked to set a new password for the login { $login }.

    If it was you, open this link and set a new password. It works once, until { $until }:

    { $url }

    If it was not you, ignore this mail: your password stays as it is.
forgotten-no-mail = This installation sends no mail yet, so you cannot set a new password here by yourself.
forgotten-whom = See or call whoever is administrator at your office, or at the office above it. The administrator opens People, chooses your name, makes a new link and hands it to you; with that link you set a password.
