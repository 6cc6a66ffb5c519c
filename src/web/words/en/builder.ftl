# Writing a questionnaire: saving by itself, dragging, completion, recordings, scales, translations
q-auto-saving = Saving…
q-auto-saved = Saved { $time }
q-auto-offline = Not saved: no connection. What you typed is kept on this computer and will be saved when there is one.
q-auto-signed-out = Your session has ended. Please sign in in another tab; what you typed is still here and will be saved.
q-auto-clash = Not saved: somebody has just changed the same thing. Please choose below.
q-kept = Something typed at { "{" }time{ "}" } in question { "{" }code{ "}" } has not been saved:
q-kept-drop = Discard it
q-tabs = Write or preview
q-tab-write = Write
q-unfinished = { $n ->
    [one] One question is not finished and left out of the preview.
   *[other] { $shown } questions are not finished and left out of the preview.
}
q-drag = Drag question { $code } elsewhere, or press Alt with arrow up or down
q-drag-title = Drag to move (Alt ↑, Alt ↓)
q-moved = Question { $code } is now number { $n } of { $m } in section “{ $section }”.
q-file-departs = The file says that it was made from an official template, but question { $code } is not as in the template. Make it as it is there, or take the line "based_on" out of the file.
q-wrong-recording = the recording { $a } does not lie beside the questionnaire. Send the file again, or take the recording out.

q-recordings = Recordings
q-recordings-hint = Whoever reads with difficulty can listen. One file per language, MP3, Ogg Opus or Ogg Vorbis, 30 seconds and 300 KB at most.
q-recording-hear = Listen in { $lang }
q-recording-file = Sound file in { $lang }
q-recording-send = Send recording
q-recording-replace = Replace recording
q-recording-remove = Remove recording
q-recording-missing = The questionnaire names the file { $name }, which is not here.
q-recording-none = Please choose a sound file.
q-recording-heavy = The file is larger than { $kb } KB. Save it with one channel at 24 to 48 kbit/s.
q-recording-long = The recording takes { $n } seconds; few people listen for more than { $most }. Record the question alone.
q-recording-no-audio = The file is not a recording in MP3, Ogg Opus or Ogg Vorbis. Convert it; changing its name is not enough.
q-recordings-full = The questionnaire has { $n } recordings, so no more are taken.
q-said-recorded = Recording saved. Please listen to it.
q-said-unrecorded = Recording removed.

q-scales = Scales
q-scales-lead = Several questions share a scale: what is changed here changes all of them.
q-scale-edit = Make or change scales
q-scale-unused = No question is on this scale.
q-scale-used = Questions on it: { $codes }
q-scale-core = A scale of the official template: numbers and words stay; translations may be added.
q-scale-point-code = Points of step { $n }
q-scale-number = Points
q-scale-outside-hint = A choice outside the scale that does not count, such as “Does not apply”. Leave the line empty if everybody must choose a step.
q-scale-outside-code = Code of the choice outside the scale
q-scale-outside-label = Text of the choice outside the scale, { $lang }
q-scale-remove = Delete scale
q-scale-in-use = Not deleted: questions are on this scale. Put them on another one first.
q-scale-new = New scale
q-scale-name = Name
q-scale-name-hint = Small letters, digits, underscores, such as level. Only writers see it.
q-scale-name-wrong = The name has 1 to 32 small letters, digits or underscores and begins with a letter.
q-scale-taken = There is a scale { $scale } already. Please choose another name.
q-scale-start = Begin with
q-scale-start-nam = Satisfaction, five steps
q-scale-start-bon = Satisfaction, four steps (none in the middle)
q-scale-start-tan_suat = How often, five steps
q-scale-start-dong_y = Agreement, five steps
q-scale-start-trong = Two steps to fill in
q-scale-add = Make scale
q-scale-points-wrong = Not saved: a scale has 2 to { $most } steps.
q-scale-codes-wrong = Not saved: each step has a whole number of its own, the lowest for the worst.
q-scale-outside-wrong = Not saved: the choice outside the scale needs a code that no step has, such as 9.

q-translate = Translations
q-translate-lead = Every text beside its translation. The questionnaire can be used when every language is complete.
q-translate-none = The questionnaire is in Vietnamese only.
q-translate-add = Add a language on the cover
q-translate-all = Show every text
q-translate-missing = Show only what is missing
q-translate-done = Nothing is missing in { $lang }.
q-text = Text
q-text-cover = Cover: { $property }
q-text-section = Title of section { $code }
q-text-question = Question { $code }: { $property }
q-text-choice = Question { $question }: choice or row { $code }
q-text-point = Scale { $scale }: step { $code }
q-text-outside = Scale { $scale }: outside it

q-version-saved = save { $n }
q-version-published = release { $n }
q-published = Versions that rounds asked
q-published-at = Published, rounds
q-diff-published-before = Compare with the release before

fn-true = always holds
fn-false = never holds
fn-not = the opposite: not(condition)
fn-if = if(condition, value if it holds, value if not)
fn-coalesce = the first if it was answered, otherwise the second
fn-selected = whether this choice was made: selected(question, 'code')
fn-count-selected = how many choices were made
fn-string-length = how many letters the answer has
fn-number = reads an answer as a number
fn-int = cuts the fraction off
fn-round = rounds: round(number, digits)
fn-min = the smallest of the numbers
fn-max = the largest of the numbers
fn-sum = the sum, without what was not answered
fn-today = the day on which the form was begun
fn-now = day and time at which the form was begun
fn-date = reads a date, or turns days into one
fn-format-date = writes a date: format-date(date, '%d/%m/%Y')
fn-decimal-date-time = a date as days, to reckon with
fn-decimal-time = a time as part of a day
fn-regex = whether the answer fits a pattern: regex(., 'pattern')
fn-jr-choice-name = the label of a choice instead of its code

# More mistakes in expressions
q-wrong-after-brace = column { $a }: the code of a question comes right after the brace. Choose one from the list.
q-wrong-closing-brace = column { $a }: the closing brace after the code { $b } is missing.
q-wrong-arguments = column { $a }: the function { $b } takes {$c}.
q-mistakes-more = Show { $shown } more
