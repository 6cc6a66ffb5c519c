//! Questionnaires of one or a few questions, for the tests of the kinds; and what all kinds must do.

use proptest::prelude::*;

use super::super::questionnaire::Questionnaire;
use super::super::raw::{Raw, RawAnswers};
use super::super::route::Occasion;
use super::super::submission;
use super::super::violation::Reason;
use super::*;
use crate::survey::text::Lang;

const OCCASION: Occasion = Occasion { now: chrono::NaiveDateTime::MIN, lang: Lang::VI };

/// A questionnaire that asks these, as they stand in a file.
pub(super) fn asked(questions: &str) -> Questionnaire {
    let text = format!(
        r#"{{"code": "thu", "instrument": "khao_sat", "audience": "phu_huynh", "languages": ["vi"], "title": {{"vi": "Thử"}},
        "scales": {{"s": {{"choices": [{{"code": "1", "label": {{"vi": "Kém"}}}}, {{"code": "2", "label": {{"vi": "Tốt"}}}}],
        "not_applicable": {{"code": "9", "label": {{"vi": "Không rõ"}}}}}}}},
        "sections": [{{"code": "P", "title": {{"vi": "P"}}, "questions": [{questions}]}}]}}"#
    );
    Questionnaire::parse(&text).unwrap()
}

/// What is stored of these answers, or why they are refused.
pub(super) fn stored(questions: &str, answers: &str) -> Result<String, Vec<Reason>> {
    let questionnaire = asked(questions);
    let raw: RawAnswers<'_> = serde_json::from_str(answers).unwrap();
    let submission = submission::parse(&questionnaire, &raw, OCCASION);
    let submission = submission.map_err(|found| found.into_iter().map(|one| one.reason).collect::<Vec<_>>())?;
    Ok(submission.document(&questionnaire))
}

/// Why these answers are refused.
pub(super) fn violations(questions: &str, answers: &str) -> Vec<Reason> {
    stored(questions, answers).err().unwrap_or_default()
}

/// The cells of the first question in an export of this stored answer.
pub(super) fn exported(questions: &str, answer: &str, style: ExportStyle) -> Vec<String> {
    let mut cells = Cells::default();
    let raw: Raw<'_> = serde_json::from_str(answer).unwrap();
    asked(questions).questions[0].kind.export(&raw, None, style, &mut cells);
    cells.0
}

/// One question of every kind.
const EVERY_KIND: &str = r#"
    {"code": "rating", "kind": "rating", "scale": "s", "label": {"vi": "?"}},
    {"code": "matrix", "kind": "matrix", "scale": "s", "label": {"vi": "?"}, "rows": [{"code": "row", "label": {"vi": "?"}}]},
    {"code": "one", "kind": "select_one", "or_other": true, "label": {"vi": "?"},
     "choices": [{"code": "a", "label": {"vi": "A"}}, {"code": "b", "label": {"vi": "B"}}]},
    {"code": "list", "kind": "select_one", "appearance": "minimal", "default": "b", "label": {"vi": "?"},
     "choices": [{"code": "a", "label": {"vi": "A"}}, {"code": "b", "label": {"vi": "B"}}]},
    {"code": "several", "kind": "select_multiple", "min": 2, "max": 3, "label": {"vi": "?"},
     "choices": [{"code": "a", "label": {"vi": "A"}}, {"code": "b", "label": {"vi": "B"}}, {"code": "c", "label": {"vi": "C"}},
      {"code": "d", "label": {"vi": "D"}}, {"code": "none", "label": {"vi": "Không có"}, "exclusive": true}]},
    {"code": "rank", "kind": "rank", "max": 2, "label": {"vi": "?"},
     "choices": [{"code": "a", "label": {"vi": "A"}}, {"code": "b", "label": {"vi": "B"}}, {"code": "c", "label": {"vi": "C"}}]},
    {"code": "integer", "kind": "integer", "min": -5, "max": 5000, "label": {"vi": "?"}},
    {"code": "decimal", "kind": "decimal", "min": -5.5, "max": 5000, "label": {"vi": "?"}},
    {"code": "range", "kind": "range", "min": 0, "max": 100, "step": 10, "label": {"vi": "?"}},
    {"code": "date", "kind": "date", "min": "2026-01-01", "label": {"vi": "?"}},
    {"code": "time", "kind": "time", "max": "18:00", "label": {"vi": "?"}},
    {"code": "text", "kind": "text", "min_length": 2, "max_length": 20, "label": {"vi": "?"}},
    {"code": "sum", "kind": "calculate", "calculation": "${integer} + 1", "label": {"vi": "?"}},
    {"code": "read", "kind": "acknowledge", "label": {"vi": "?"}},
    {"code": "image", "kind": "image", "max": 2, "label": {"vi": "?"}},
    {"code": "note", "kind": "note", "label": {"vi": "?"}}"#;

#[test]
fn the_list_of_kinds_is_tried_out_whole() {
    let questionnaire = asked(EVERY_KIND);
    for name in KindName::ALL {
        assert!(questionnaire.questions.iter().any(|question| question.kind_name == *name), "{name}");
    }
    assert_eq!(
        questionnaire.scripts().into_iter().collect::<Vec<_>>(),
        ["alone.js", "pictures.js", "rank.js", "search.js"]
    );
}

struct Count(usize);

impl Row for Count {
    fn cell(&mut self, _: &str) {
        self.0 += 1;
    }
}

#[test]
fn as_many_columns_are_written_as_are_named() {
    let questionnaire = asked(EVERY_KIND);
    let answers = r#"{"several": ["a", "b"], "rank": ["b"], "decimal": "4,5", "date": "5/9/2026", "one": "other"}"#;
    let raw: RawAnswers<'_> = serde_json::from_str(answers).unwrap();
    for split in [false, true] {
        let style = ExportStyle { labels: None, split, comma: true };
        for question in &questionnaire.questions {
            let mut cells = Count(0);
            let stored = raw.get(&question.code).cloned().unwrap_or(Raw::Null);
            question.kind.export(&stored, None, style, &mut cells);
            assert_eq!(cells.0, question.kind.columns("X", style).len(), "{}", question.code);
        }
    }
}

#[test]
fn several_have_a_least_and_a_most_and_none_of_these_stands_alone() {
    let why = |codes: &str| violations(EVERY_KIND, &format!(r#"{{"several": {codes}}}"#));
    assert_eq!(why(r#"["a"]"#), [Reason::TooFew { min: 2 }]);
    assert_eq!(why(r#"["a", "b", "c", "d"]"#), [Reason::TooMany { max: 3, have: 4 }]);
    assert!(matches!(why(r#"["a", "none", "b"]"#).as_slice(), [Reason::NotTogether { .. }]));
    assert_eq!(why(r#"["none"]"#), []);
    assert_eq!(violations(EVERY_KIND, r#"{"text": " a "}"#), [Reason::TooShort { min: 2 }]);
}

#[test]
fn an_untouched_form_shows_the_default_and_a_touched_one_what_was_typed() {
    let questionnaire = asked(EVERY_KIND);
    let question = &questionnaire.questions[questionnaire.place("list").unwrap()];
    assert_eq!(question.filled(&RawAnswers::default(), true), Some(&Raw::One("b".into())));
    let typed = RawAnswers::from_form([("list".to_owned(), String::new())]);
    assert_eq!(question.filled(&typed, false), Some(&Raw::One("".into())));
}

const QUESTION: &str = "$.sections[0].questions[0]";

#[test]
fn what_a_file_gets_wrong_is_named_where_it_stands() {
    let mistakes = |question: &str| {
        let text = format!(
            r#"{{"code": "thu", "instrument": "khao_sat", "audience": "phu_huynh", "languages": ["vi"],
            "title": {{"vi": "?"}}, "scales": {{"s": {{"choices": [{{"code": "1", "label": {{"vi": "A"}}}}, {{"code": "2", "label": {{"vi": "B"}}}}]}}}},
            "sections": [{{"code": "P", "title": {{"vi": "P"}}, "questions": [{{"code": "A", "label": {{"vi": "?"}}, {question}}}]}}]}}"#
        );
        let found = Questionnaire::parse(&text).unwrap_err().into_iter();
        let own = found.filter_map(|one| Some(format!("{}: {}", one.path.strip_prefix(QUESTION)?, one.message)));
        own.collect::<Vec<_>>()
    };
    let choices =
        r#""choices": [{"code": "a", "label": {"vi": "A"}, "exclusive": true}, {"code": "b", "label": {"vi": "B"}}]"#;
    for (question, expected) in [
        (
            r#""kind": "date", "min": "31/2/2026""#.to_owned(),
            ".min: min must be a date in quotes such as \"2026-09-05\"",
        ),
        (r#""kind": "time", "max": 7"#.to_owned(), ".max: max must be a time in quotes such as \"07:30\""),
        (
            r#""kind": "decimal", "min": 1.125"#.to_owned(),
            ".min: min must be a number with at most two digits behind its point",
        ),
        (r#""kind": "integer", "min": true"#.to_owned(), ".min: a number, or a date or time as a text, is needed here"),
        (r#""kind": "integer", "min": 5, "max": 4"#.to_owned(), ".min: min 5 is above max 4"),
        (
            r#""kind": "integer", "default": "x""#.to_owned(),
            ".default: the question itself does not take this as an answer",
        ),
        (
            format!(r#""kind": "rank", "max": 3, {}"#, choices.replace(r#", "exclusive": true"#, "")),
            ": of 2 choices, from min 1 to max 3 cannot be chosen: 1 ≤ min ≤ max",
        ),
        (format!(r#""kind": "select_one", {choices}"#), ".choices: only a select_multiple has an exclusive choice"),
        (
            r#""kind": "text", "appearance": "minimal""#.to_owned(),
            ".appearance: here the appearance can only be multiline",
        ),
        (r#""kind": "text", "step": 2"#.to_owned(), ".step: a question of kind text has no \"step\" (only range)"),
        (
            r#""kind": "matrix", "scale": "s", "rows": [{"code": "A", "label": {"vi": "?"}}]"#.to_owned(),
            ".rows[0].code: another question has the code \"A\"",
        ),
        (r#""kind": "matrix", "scale": "s", "rows": []"#.to_owned(), ".rows: at least one row is needed"),
    ] {
        assert_eq!(mistakes(&question), [expected], "{question}");
    }
}

/// Anything that a program may send for one question.
fn anything() -> impl Strategy<Value = Raw<'static>> {
    let text = || {
        prop_oneof![
            "[a-d]|none|other|OK|9",
            "-?[0-9]{0,6}[.,]?[0-9]{0,3}",
            "[0-9]{1,4}[-/:h][0-9]{1,2}[-/]?[0-9]{0,4}",
            "\\PC{0,24}"
        ]
    };
    prop_oneof![
        Just(Raw::Null),
        Just(Raw::Foreign),
        text().prop_map(|text| Raw::One(text.into())),
        proptest::collection::vec(text(), 0..6).prop_map(|list| Raw::Many(list.into_iter().map(Into::into).collect())),
    ]
}

proptest! {
    #[test]
    fn whatever_is_sent_is_refused_or_stored_as_it_reads_back(place in 0..15usize, raw in anything(), other in anything()) {
        let questionnaire = asked(EVERY_KIND);
        let question = &questionnaire.questions[place % questionnaire.questions.len()];
        let mut sent = RawAnswers::default();
        sent.set(question.code.clone(), raw);
        if question.kind.takes_other() {
            sent.set(format!("{}_other", question.code), other);
        }
        if let Ok(submission) = submission::parse(&questionnaire, &sent, OCCASION) {
            let document = submission.document(&questionnaire);
            let stored: RawAnswers<'_> = serde_json::from_str(&document).unwrap();
            let restored = submission::restore(&questionnaire, &stored).unwrap();
            let answers = |submission: &submission::Submission| -> Vec<_> {
                submission.slots.iter().map(|slot| slot.answer().cloned()).collect()
            };
            prop_assert_eq!(answers(&restored), answers(&submission));
            let layout = crate::survey::layout::Layout::of(&questionnaire);
            let mut cells = vec![0; layout.len()];
            layout.count(&questionnaire, &submission.slots, &mut cells);
        }
    }

    #[test]
    fn imagined_answers_are_answers(seed in any::<u64>()) {
        let questionnaire = asked(EVERY_KIND);
        let mut dice = Dice::new(seed);
        for question in &questionnaire.questions {
            let raw = match question.kind.imagine(&mut dice) {
                Imagined::Skip => continue,
                Imagined::One(text) => Raw::One(text.into()),
                Imagined::Many(codes) => Raw::Many(codes.into_iter().map(Into::into).collect()),
                Imagined::Other(_) => Raw::One("other".into()),
            };
            // a text may be longer than this question takes
            let read = question.kind.read(&raw, None);
            prop_assert!(matches!(read, Ok(Some(_)) | Err(Reason::TooLong { .. })), "{} {:?}: {:?}", question.code, raw, read);
        }
    }
}
