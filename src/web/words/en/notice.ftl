# The letter to parents: its places, hints, and the printed one

children-places = Closing time and contact may change after the letter is written, so write them as places; they are filled in whenever the letter is shown or printed:
children-look = See how parents will read it
children-told = Parents will read
children-print = Print this letter for each school
children-no-contact = the office that asks
children-wrong-place = There is no place { $place }. Those that can be used: { $known }.
children-wrong-open = A { "{" } has no { "}" } that goes with it. Places that can be used: { $known }.
children-hint-day = The letter says a day: { $days }. If that is when the round closes, write { "{" }han{ "}" } instead: when the round is extended, the letter says the new time by itself.
children-hint-contact = The letter says the contact “{ $contact }”. Write { "{" }lien_he{ "}" } instead: when the contact changes, the letter says the new one by itself.
kit-thu-cha-me = Letter to parents of pupils
kit-thu-cha-me-text = Tells parents beforehand: the words of the approved letter, with the school’s name and the QR of the letter on the web. To be given out before the round opens.
kit-no-notice = This round asks pupils and has no letter to their parents yet.
kit-write-notice = Write it
notice-print-title = A LETTER TO THE PARENTS OF PUPILS
notice-print-unit = To the parents and carers of the pupils of { $unit }
notice-print-scan = Scan to read this letter on a phone
notice-print-foot = { $unit } · { $round }
kit-directly-below = Directly below { $office }
kit-below-none = Below no office
kit-below = Ward, or office above
cover-level = Level
