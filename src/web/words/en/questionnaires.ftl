# Questionnaires
desk-questionnaires = Questionnaires
begin-own = Your own questionnaires
begin-official = Official templates
q-lead = Write your own from an official template, from nothing or from a file. One without mistakes can be chosen for a round.
q-new = New questionnaire
q-upload = Upload a file
q-own = Your own questionnaires
q-none = None yet. The quickest way is to copy an official template and add your own questions.
q-questionnaire = Questionnaire
q-state = State
q-changed = Last changed
q-do = What to do
q-usable = Ready
q-mistakes = { $n ->
    [one] { $shown } thing to correct
   *[other] { $shown } things to correct
}
q-questions = { $n ->
    [one] { $shown } question
   *[other] { $shown } questions
}
q-download = Download JSON
q-archive = Put away
q-archived = Put away
q-bring-back = Bring back
q-official = Official templates
q-official-lead = Copy one to translate it, leave questions out or add your own. Items of the template keep their code and answers, so that results can be compared.
q-copy = Copy and edit
q-said-archived = “{ $title }” was put away. Rounds that use it do not change.
q-said-back = “{ $title }” is back in the list.
q-said-made = The questionnaire was made. Look through it, change it and add questions below.
q-title = Title
q-title-hint = Those who answer see it at the top of the form.
q-title-wrong = Please give a title of at most 200 characters.
q-code = Code
q-code-hint = Used in data files, such as hai-long-hoa-ban. Leave it empty and it follows from the title. It never changes afterwards.
q-code-wrong = The code has 3 to 48 small letters without diacritics, digits and hyphens.
q-code-taken = Another questionnaire has this code. Please choose another.
q-from = Begin with
q-from-hint = Copying an official template is quickest.
q-from-wrong = There is no such template. Please choose another.
q-from-nothing = An empty questionnaire (one rating, one suggestion)
q-begin-whom = If you begin with an empty one
q-audience = Whom it asks
q-level = Level of schooling
q-make = Make it
q-upload-title = Or upload a file
q-file = Questionnaire file
q-file-hint = A JSON file downloaded here or written in the same format, in UTF-8, at most 256 KB.
q-file-none = Please choose a file.
q-file-large = The file is larger than 256 KB and was not taken. Please check that it is a questionnaire.
q-file-not-utf8 = The file is not in UTF-8 and could not be read. Please save it as UTF-8 and upload it again.
q-file-mistakes = { $n ->
    [one] The file has { $shown } thing to correct and was not taken:
   *[other] The file has { $shown } things to correct and was not taken:
}
q-file-official = The file has the code { $code } of an official template. Please change "code" in the file, or copy the template here.
q-file-taken = Another questionnaire has the code { $code }. Please change "code" in the file.
q-upload-button = Upload and check

# Names of properties
q-property-code = Code
q-property-kind = Kind
q-property-label = Question
q-property-hint = Hint
q-property-audio = Recording
q-property-required = Required
q-property-relevant = When it is asked
q-property-constraint = What an answer must fulfil
q-property-constraint_message = Message when it does not
q-property-default = Answer given beforehand
q-property-calculation = Calculation
q-property-choice_filter = Filter of choices
q-property-scale = Scale
q-property-rows = Rows
q-property-choices = Choices
q-property-or_other = Offers “other”
q-property-min = Smallest
q-property-max = Largest
q-property-step = Step
q-property-appearance = How it is shown
q-property-min_length = Least letters
q-property-max_length = Most letters
q-property-title = Title
q-property-purpose = Purpose
q-property-minutes = Minutes it takes
q-property-languages = Languages
q-property-level = Level of schooling
q-property-audience = Whom it asks
q-property-instrument = Instrument
q-property-scales = Scales
q-property-strata = Questions that split figures
q-property-indices = Indices
q-property-expectation = Question about expectations
q-property-overall = Question about overall satisfaction
q-property-sections = Parts

# Things to correct

# The editor
q-said-saved = Saved.
q-said-restored = That version was brought back. Press Undo if you change your mind.
q-said-nothing = There is nothing to undo or redo.
q-code-fixed = Not saved: the code { $code } never changes once it is given.
q-core-changed = Not saved: { $code } is an item of the official template and keeps its kind, scale and choices. To ask something else, add a question of your own.
q-core-reworded = Not saved: { $code } is an item of the official template and keeps its wording. You may translate it, or add a question of your own.
q-said-restored-theirs = That took back a change by { $name }. Press Redo to keep it.
q-changed-since = Not done: somebody else has just changed this. Below is the latest version; please look and try again.
q-section-no-title = Please name the new part.
q-based-on = from the template “{ $title }”
q-translated = { $lang }: { $n } of { $m } texts
q-cover = General
q-preview = Preview
q-history = Versions
q-json = JSON file
q-is-archived = This questionnaire was put away and is not offered for new rounds.
q-undo = Undo
q-redo = Redo
q-no-mistakes = The questionnaire has no mistakes and can be used for a new round.
q-mistakes-hint = Once they are corrected it can be chosen for a round.
q-left-out = { $n ->
    [one] { $shown } item of the template was left out; its results cannot be compared with others:
   *[other] { $shown } items of the template were left out; their results cannot be compared with others:
}
q-restore-item = Bring back
q-edit = Edit
q-section-title = Title of the part
q-section-up = Move part { $code } up
q-section-down = Move part { $code } down
q-section-remove = Remove part { $code } with its questions
q-no-label = (no question yet)
q-conditional = on a condition
q-core = item of the template
q-up = Move { $code } up
q-down = Move { $code } down
q-duplicate = Duplicate { $code }
q-remove = Remove { $code }
q-add = Add a question
q-add-kind = Kind of the question to be added to { $code }
q-add-section = Add a part
q-save = Save
q-close = Close
q-core-hint = An item of the official template: code, kind, choices and wording stay; you may translate it and change hint and condition.
q-hint-label = { "${" }code{ "}" } in it shows the answer to the question with that code.
q-hint-hint = A small line below the question. Leave it empty if none is needed.
q-hint-relevant = Left empty it is always asked. For example: { "${" }ban_tru{ "}" } = 'co'
q-hint-constraint = A point is the answer. For example: . >= 1 and . <= 180
q-hint-calculation = For example: { "${" }A1{ "}" } + { "${" }A2{ "}" }
q-hint-choice_filter = For example: cap = { "${" }cap_hoc{ "}" }
q-hint-required-when = For example: { "${" }A1{ "}" } <= 2
q-hint-default = The code of a choice, or the value that an untouched form shows.
q-required-no = Not required
q-required-yes = Required
q-required-when = Required when
q-appearance-line = One line
q-appearance-multiline = Several lines
q-appearance-list = A list to tap
q-appearance-minimal = A drop-down list
q-choices-hint = Leave a code empty and it follows from the label. Codes that exist do not change.
q-choice-code = Code of line { $n }
q-choice-label = Label of line { $n }, { $lang }
q-choice-up = Move line { $n } up
q-choice-down = Move line { $n } down
q-choice-drop = Remove line { $n }
q-exclusive = goes with no other
q-or-other = Offers “other” with a text
q-paste = Paste lines from Excel
q-paste-hint = One choice per line: the label alone, or code and label (two columns). Choices that exist stay as they are.
q-languages-hint = Vietnamese is always there. Whatever stands in a language that is taken away goes with it.
q-languages-wrong = Other languages: please write codes of two or three small letters.
q-minutes-wrong = Please give a number of minutes from 1 to 120.
q-strata-hint = At most two questions of the kind “One of several”, such as the grade: figures are kept apart by their choices.
q-index-title = Title of index { $code }
q-json-lead = For people who know the format: the whole file, where no form has what must be changed.
q-json-label = The file
q-json-wrong = Not saved: this is not JSON. What was typed stands below.
q-not-yet = It cannot be shown yet, because there are things to correct:
q-versions = Everything that was saved
q-version = Version
q-version-now = now
q-version-restores = Brings back version { $n }
q-saved-by = When, by whom
q-diff-title = From { $from } to { $to }
q-diff-none = The two versions are the same.
q-diff-added = New.
q-diff-removed = Removed.
q-diff-moved = Moved.
q-diff-before = Compare with the one before
q-diff-now = Compare with now
q-restore = Bring back
q-clash = Somebody has just changed the same thing
q-clash-text = Yours was not saved yet, and nothing is lost. Look at both and choose which to keep; the other stays in Versions or on this page.
q-clash-gone = While you were editing, somebody removed this question. Nothing is lost: keep yours, or go with what was saved.
q-clash-property = Property
q-clash-mine = Yours
q-clash-theirs = What was saved
q-clash-keep-mine = Keep mine
q-clash-keep-theirs = Go with what was saved

# Kinds of questions
kind-rating = Rating on a scale
kind-matrix = Several ratings in a table
kind-select_one = One of several
kind-select_multiple = Several of several
kind-rank = Ranking
kind-integer = Whole number
kind-decimal = Number with a fraction
kind-range = Slider
kind-date = Day
kind-time = Time of day
kind-text = Answer in words
kind-acknowledge = Box to tick
kind-image = Pictures
kind-note = Information, no question
kind-calculate = Worked out from others

# Reading hints
q-reading = look at the wording
q-reading-minutes = { $n ->
    [one] about { $shown } minute
   *[other] about { $shown } minutes
}
q-reading-long = A sentence of { $n } syllables, which many read twice. Please split or shorten it.
q-reading-two = It seems to ask two things at once (“{ $words }”). Please make two questions.
q-reading-abbreviation = Many parents may not know the abbreviation “{ $words }”. Please write it out.
q-reading-leading = The wording suggests an answer (“{ $words }”). Please ask neutrally.

# Question library
q-library = Question library
q-library-lead = Questions of official templates and of your other questionnaires. What you insert is a copy with a new code; the other questionnaire does not change.
q-library-find = Find
q-library-search = Search
q-library-none = No such question. Please try fewer words.
q-library-more = There are more. Please type more words to narrow them down.
q-library-section = Insert into part
q-library-take = Insert a copy
q-said-taken = A copy was inserted at the end of the part.
form-preview = A preview: it can be filled in but not sent, and nothing is kept.

# Mistakes in expressions
q-too-large = Not saved: the questionnaire is too long (over 256 KB). Please leave out questions or choices, or make two of it.
