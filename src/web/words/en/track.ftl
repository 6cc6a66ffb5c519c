track-short = Look up a receipt
track-title = Was the form sent?
track-intro = Type the receipt code that was shown after sending. This page only says whether a form was sent; nobody can see your answers with it.
track-hint = 20 letters and digits, with or without spaces. Capitals and small letters, O and 0, I, L and 1 are read the same.
track-ask = Look up
track-link = Look up a receipt
track-link-sent = Sent a form already? Look up the receipt
track-link-wrong-box = A code of 20 letters and digits is a receipt; type it at
track-link-later = Want to check later whether it was sent? Type this code at

track-found-title = This form was sent
track-found-text = The form with this receipt code was received and counts once.
track-round = Round
track-sent = Sent
track-closed = Forms are no longer taken.
track-nothing-else = With this code nobody can read, change or delete the form; nor is its day or its school shown here.
track-another = Look up another code

track-unknown-title = No form has this code yet
track-unknown-text = The code has its 20 letters and digits, but no form with it was received.
track-unreadable-title = This is not a receipt code
track-unreadable-text = A receipt code has 20 letters and digits without accents. You typed { $signs }, or a sign that codes do not use.
track-check = Please check
track-check-groups = Compare each group of four with what you wrote down.
track-check-keyboard = Switch Vietnamese typing (Telex, VNI) off: it may turn two letters into one with an accent.
track-check-poster = The six letters and digits printed below a QR open a form; they are not a receipt code.
track-check-sent = If you never saw “Form received”, it was not sent: go back to the page you were filling in and send it. Sending several times still counts once.
track-check-ask = Still nothing? Please ask the office named at the foot of the form. You need not give the code to anyone.
