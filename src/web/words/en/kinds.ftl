# Kinds of units
kinds-title = Kinds of units
kinds-link = Kinds of units
kinds-lead = Each unit is of a kind. You give kinds their names and their place; the group decides what people of such units can do.
kinds-name = Kind
kinds-code = Code of the kind
kinds-nature = Group
kinds-place = Where it stands
kinds-units = Units
kinds-place-any = At the top, or below any office
kinds-place-below-any = Below any office
kinds-place-top-or-below = At the top, or below: { $kinds }
kinds-place-below = Below: { $kinds }
kinds-new = Add a kind
kinds-change-title = Change the kind: { $name }
kinds-name-vi = Name in Vietnamese
kinds-name-en = Name in English (empty: as in Vietnamese)
kinds-nature-text-co_quan = Plans and opens rounds, and sees what comes from the units below; such as a department or a ward’s people’s committee.
kinds-nature-text-truong = Is asked about; has levels, pupils and classes; such as a school or a centre for continuing education.
kinds-nature-text-mat_tran = Reads what is published and enters forms for people who cannot; the Front’s channel.
kinds-nature-text-doan_the = Reads what is published and enters forms for people who cannot; the channel of mass organisations, such as a labour federation.
unit-nature-co_quan = Office
unit-nature-truong = School
unit-nature-mat_tran = Fatherland Front
unit-nature-doan_the = Mass organisation
kinds-at-top = Can stand at the top, with nothing above it
kinds-below-hint = Below which kinds does it stand in administration? If none is ticked, below any office (but not one of the same kind). Units that there are stay where they are.
kinds-below-one = Below { $name }
kinds-code-hint = Leave it empty and it follows from the name. Excel and CSV files carry the code, so it cannot be changed later.
kinds-add = Add the kind
kinds-save = Save
kinds-remove = Remove this kind
kinds-leave = Leave it as it is
kinds-not-yours = All share this list; whoever looks after the units at the top can change it. Please ask them if you need another kind.
kinds-done-kind-added = Added the kind { $name }.
kinds-done-kind-changed = Saved the kind { $name }.
kinds-done-kind-removed = Removed the kind { $name }.
kinds-wrong-nature = Please choose the group of this kind.
kinds-wrong-code = A code has 2 to 24 small letters without diacritics, digits and underscores, and begins with a letter; for example trung_tam_gdtx.
kinds-wrong-name = Please write the name of the kind, 2 to 80 characters.
kinds-wrong-taken = There is a kind with this name or code (diacritics make no difference). Please choose another name, so that files are not misread.
kinds-wrong-nowhere = This kind would stand nowhere: not at the top, and only below itself. Please tick more.
kinds-wrong-in-use = There are units of this kind, so it cannot be removed. It can be renamed.
kinds-wrong-named = Another kind is said to stand below this one. Please change that one first.
kinds-wrong-last = This is the only kind of office or of school, so it cannot be removed. It can be renamed.
kinds-wrong-gone = Somebody else has just removed this kind. Please look at the list again.

# Recorded classes
slips-recorded = Recorded classes of
slips-recorded-fill = Fill them in
slips-recorded-hint = Slips are shared out evenly by the recorded number of pupils; please correct them by the size of each class.

# A school that ends
school-over = This school has ended; its last day was { $last }.
school-ends = The last day of this school is { $last }.
school-by = Decision: { $basis }.
school-heirs = Taken over by: { $names }.
school-over-rounds = Rounds that are open take forms for this school until they close, and this page stays; later rounds ask at whoever takes over.
