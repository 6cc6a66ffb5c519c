# Classes
unit-column-classes-mam-non = Groups in kindergarten
unit-column-classes-tieu-hoc = Primary classes
unit-column-classes-thcs = Lower secondary classes
unit-column-classes-thpt = Upper secondary classes
unit-column-classes-gdtx = Continuing education classes
unit-error-not-classes = Not a number of classes. Write a number from 1 to 200, or their names separated by commas, each once; for example 1A, 1B, 2A.
unit-error-classes-without-pupils = There are classes but no pupils at this level. Write the number of pupils, or empty this cell.

# One unit
unit-new = Add a unit
unit-add = Add the unit
unit-added = { $name } was added.
unit-choose = Choose
unit-save = Save
unit-saved = Saved.
unit-former = formerly { $names }
unit-last-day = Last day
unit-people = Pupils and classes by level
unit-classes = Number of classes, or their names
unit-classes-count = { $n ->
    [one] { $shown } class
   *[other] { $shown } classes
}
unit-classes-hint = Leave levels empty that the school does not teach. For classes write their number (24) or their names (1A, 1B, 2A); names are for printing slips by class and never for results.
unit-correct-hint = Correct here what was written wrongly. When a unit is renamed, merged, split or put below another office, use:
unit-code-taken = Another unit has this code, or had it before it ended: old figures go by it. Please choose a new code.
unit-code-hint = 2 to 24 capital letters, digits and hyphens; for example TH-HOA-MAI. A unit keeps its code under a new name.
unit-stories = Reorganisations
unit-above = What stood above it, and when
superior-hanh_chinh = Administrative superior
superior-chuyen_mon = Professional superior
superior-none = (none)
superior-same = (as in administration)
superior-since = From
superior-respect = In respect of

# Reorganisations
change-link = Record a reorganisation
change-lead = Choose what happened or will happen. You see first what would change; nothing is written down until you press Record. Forms always belong to the unit of the day on which they were sent.
change-what = What happens?
change-doi_ten = Renamed
change-sap_nhap = Merged
change-tach = Split
change-chuyen_cap = Moved
change-text-doi_ten = The same unit, a new name
change-text-sap_nhap = Several units become one
change-text-tach = One unit becomes several
change-text-chuyen_cap = The same unit, another superior
change-choose = Please choose what happens.
change-new-name = New name
change-with = { $name } merges with
change-with-hint = Tick the units that merge. The one that they become a part of need not be ticked.
change-more = Codes of other units that are not in the list
change-into = Into
change-into-new = a new unit (write its code and name below)
change-code = Code of the new unit
change-name = Name of the new unit
change-heirs = It is split into
change-heirs-hint = Write one to four new units; leave the others empty. Shares are of the pupils that go there and come to 100%.
change-heir-code = Code of unit { $n }
change-heir-name = Name of unit { $n }
change-heir-share = Share in %, unit { $n }
change-goes-on = { $name } goes on
change-goes-on-hint = The shares then come to less than 100%; the rest stays with it.
change-day = From
change-day-hint = The first day of the new order. It may be a day to come: the change is made on that day.
change-day-wrong = Please choose a day.
change-basis = Legal basis
change-basis-hint = Number, date and issuer of the decision.
change-basis-wrong = Please write the legal basis, 3 to 300 characters.
change-by = By { $basis }
change-look = Look first
change-will = What will change
change-record = Record
change-leave = Leave, go back
change-done = Recorded.
change-name-wrong = Please write a name of at most 200 characters.
change-wrong-unit = A code is not that of a unit that exists before that day. Please check codes and day.
change-wrong-same = A unit is named twice, or no other unit is named.
change-wrong-kinds = The units are not of one kind: schools merge with schools, offices with offices of their kind.
change-wrong-shares = Each share is from 1 to 100%; they come to 100% over at least two units, or to less where the old unit goes on.
change-wrong-nothing = Nothing would be different.
change-wrong-superior = What stands above must be an office that exists, no school, and not below this unit itself.
change-wrong-same-kind = An office does not stand below one of its own kind, as no ward stands below a ward. Please choose a higher office; if the two become one, please use “Merge”.
change-wrong-place = Units of this kind do not stand below the kind of office that was chosen. Please choose another, or change the place of the kind in “Kinds of units”.
change-wrong-top = Units of this kind always stand below another. Please choose what stands above it in administration or in professional matters.
change-recorded-before = This is recorded already: the same change of the same unit on the same day. It is not recorded again.
change-not-yours = A unit is not below yours, or would no longer be afterwards. Please ask the office above to record it.
story-doi_ten = From { $day }: renamed from “{ $old }” to “{ $new }”.
story-sap_nhap = From { $day }: { $old } merged into { $new }.
story-tach = From { $day }: { $old } split into { $new }.
story-chuyen_cap = From { $day }: { $old } has other superiors.
effect-name = From { $day } { $old } is called { $new }. Its code, QR codes and accounts stay; it is still found by the old name.
effect-ends = { $name } ends with { $last }.
effect-begins = { $name } ({ $code }) begins on { $day } with { $pupils } pupils.
effect-keeps = { $name } goes on; from { $day } it keeps { $pupils } pupils.
effect-moves = From { $day } this is the { $respect }: { $above }, of { $units }.
effect-moves-none = From { $day }, nothing stands above in administration: { $units }.
effect-moves-same = From { $day }, whoever stands above in administration also does in professional matters: { $units }.
effect-units = { $n ->
    [one] { $shown } unit
   *[other] { $shown } units
}
effect-round = The round “{ $round }” asks about { $name }: its old QR codes take forms for the old unit until the round closes.
effect-accounts = Accounts of a unit that ends do not move by themselves; please hand them over under People.

# Example lists
preset-title = No list yet? Begin with an example
preset-text = Example units are put below yours so that you can look around; this can be taken back.
preset-2026 = 2026: wards and the province
preset-2022 = 2022: a district office
preset-look = Look at the example first

# A change whose day has not come is cancelled
cancel-link = Cancel this change
cancel-text = Everything that this change wrote down is taken back: units that were to end go on, units that were to begin are gone, names and superiors stay as they are. The log keeps that it was recorded and cancelled.
cancel-reason = Why it is cancelled
cancel-reason-wrong = Please say why, in 3 to 300 characters.
cancel-do = Cancel this change
cancel-done = The change is cancelled. Everything that was written down for that day is taken back.
cancel-kept = A new unit has accounts or is in use, so it stays in the list as never founded: { $names }.
cancel-gone = This change is gone: somebody else may just have cancelled it.
cancel-due = The day of this change has come, so it cannot be cancelled: forms and reports since then follow the new organisation. If the decision was revoked, please record the opposite change (rename, split, merge or move) with its own day and basis.
cancel-past = A change whose day has come cannot be cancelled. If the decision was revoked, please record the opposite change with its own day and basis; a school that begins again gets a new code, old figures stay with the old one.
cancel-built-upon = { $name } begins with this change, and another change or unit stands upon it. Please cancel that change, or move those units, first.
cancel-not-yours = This change is also about units that are not yours. Please ask the office above to cancel it.
unit-never = Never founded
