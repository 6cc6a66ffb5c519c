# To be read at once
alerts-lead = Texts with a word from the list below. Somebody should read them today; the program decides nothing and does not know who wrote.
alerts-words-link = Change the list of words
alerts-none = Nothing needs to be read at once
alerts-none-text = As soon as a text has a word from the list, it appears here.
alerts-open-count = { $n ->
    [one] One text that nobody has read.
   *[other] { $shown } texts that nobody has read, oldest first.
}
alert-question = question { $code }
alert-unread = Not read yet
alert-received = Received { $date }
alert-words = words: { $words }
alert-withdrawn = The sender withdrew this form, so the text is gone.
alert-handle = Read and passed on
alert-call = Call 111 (child protection line)
alerts-handled = Read
alert-handled-on = Read at { $date }
alerts-done-handled = Noted. Thank you.
alerts-done-added = The word was added. It counts for forms sent from now on.
alerts-done-known = This word is in the list already.
alerts-done-removed = The word was removed from the list.
alerts-words = List of words
alerts-words-lead = Capitals and the place of a tone mark do not matter. A word with diacritics matches the same diacritics, or a text without any; a word without diacritics matches every spelling. Words that are too common raise many false alarms.
alerts-words-none = The list is empty, so no text will be reported. Please add at least a few words.
alerts-word-label = Add a word or phrase
alerts-word-add = Add
alerts-word-remove = Remove { $word }
alerts-word-wrong = A word needs 2 to 60 letters or digits. Please type it again.
