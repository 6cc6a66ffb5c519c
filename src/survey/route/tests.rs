//! Questions that decide about each other, in whatever order they stand.

use super::super::raw::RawAnswers;
use super::super::submission::{Submission, parse, restore};
use super::*;

fn questionnaire(questions: &str) -> Result<Questionnaire, String> {
    let text = format!(
        r#"{{"code": "thu", "instrument": "khao_sat", "audience": "phu_huynh", "languages": ["vi"], "title": {{"vi": "Thử"}},
        "sections": [{{"code": "A", "title": {{"vi": "A"}}, "questions": [
        {questions}]}}]}}"#
    );
    Questionnaire::parse(&text).map_err(|mistakes| mistakes.iter().map(|m| format!("{m}\n")).collect())
}

/// A question of this code and kind, with more properties.
fn ask(code: &str, kind: &str, more: &str) -> String {
    let comma = if more.is_empty() { "" } else { "," };
    format!(r#"{{"code": "{code}", "kind": "{kind}", "label": {{"vi": "{code}?"}}{comma} {more}}}"#)
}

const SCHOOLS: &str = r#""choices": [
    {"code": "hoa_mai", "label": {"vi": "Hoa Mai"}, "cap": "th"},
    {"code": "le_loi", "label": {"vi": "Lê Lợi"}, "cap": "thcs"}], "choice_filter": "cap = ${cap}""#;

fn occasion() -> Occasion {
    Occasion { now: "2026-09-05T08:15:30".parse().unwrap(), lang: Lang::VI }
}

fn send(questionnaire: &Questionnaire, answers: &str) -> Result<Submission, Vec<Violation>> {
    let raw: RawAnswers<'_> = serde_json::from_str(answers).unwrap();
    parse(questionnaire, &raw, occasion())
}

fn stored(questionnaire: &Questionnaire, answers: &str) -> String {
    send(questionnaire, answers).unwrap().document(questionnaire)
}

fn wrong(questionnaire: &Questionnaire, answers: &str) -> Vec<(String, Reason)> {
    send(questionnaire, answers).unwrap_err().into_iter().map(|v| (v.question, v.reason)).collect()
}

#[test]
fn a_question_may_hang_on_one_that_stands_after_it() {
    let first = ask("A1", "text", r#""relevant": "${A2} = 'co'""#);
    let asked = questionnaire(&[first, ask("A2", "text", ""), ask("A3", "text", "")].join(",")).unwrap();
    assert_eq!(asked.order, [1, 0, 2]);
    assert_eq!(stored(&asked, r#"{"A1": "x", "A2": "co"}"#), r#"{"A1":"x","A2":"co","A3":null}"#);
    assert_eq!(stored(&asked, r#"{"A1": "x", "A2": "khong"}"#), r#"{"A2":"khong","A3":null}"#);
}

#[test]
fn a_circle_is_named_with_its_questions_and_its_place() {
    let questions = [
        ask("A1", "text", r#""relevant": "1 = 1 and ${A3} = 'co'""#),
        ask("A2", "calculate", r#""calculation": "if(${A1} = '', 1, 2)""#),
        ask("A3", "text", r#""relevant": "${A2} = 1""#),
    ];
    let mistake = questionnaire(&questions.join(",")).unwrap_err();
    let place = "line 3: $.sections[0].questions[0].relevant: relevant of A1, column 11: ";
    assert!(mistake.starts_with(place) && mistake.contains("A1 → A3 → A2 → A1"), "{mistake}");
    let alone = questionnaire(&ask("B1", "text", r#""relevant": "${B1} = 'x'""#)).unwrap_err();
    assert!(alone.contains("B1 → B1"), "{alone}");
}

#[test]
fn two_questions_may_bound_and_need_each_other() {
    let questions = [
        ask("from", "integer", r#""constraint": ". <= ${to} or ${to} = ''", "required": "${to} = ''""#),
        ask("to", "integer", r#""constraint": ". >= ${from} or ${from} = ''", "required": "${from} = ''""#),
    ];
    let asked = questionnaire(&questions.join(",")).unwrap();
    assert!(send(&asked, r#"{"from": 2, "to": 3}"#).is_ok() && send(&asked, r#"{"to": 3}"#).is_ok());
    let both = |reason: Reason| vec![("from".to_owned(), reason.clone()), ("to".to_owned(), reason)];
    assert_eq!(wrong(&asked, r#"{"from": 4, "to": 3}"#), both(Reason::Constraint(None)));
    assert_eq!(wrong(&asked, "{}"), both(Reason::Required));
}

#[test]
fn a_calculation_is_done_here_whatever_is_sent_for_it() {
    let questions = [
        ask("tuoi", "calculate", r#""calculation": "int((today() - ${sinh}) div 365.25)""#),
        ask("lon", "calculate", r#""calculation": "${tuoi} >= 6""#),
        ask("sinh", "text", r#""constraint": "regex(., '[0-9]{4}-[0-9]{2}-[0-9]{2}')""#),
        ask("lop", "text", r#""relevant": "${lon}""#),
    ];
    let questions = questions.join(",").replace("today() - ${sinh}", "today() - decimal-date-time(${sinh})");
    let asked = questionnaire(&questions).unwrap();
    let sent = r#"{"sinh": "2015-03-08", "lop": "5A", "tuoi": "99", "lon": "false"}"#;
    let document = r#"{"tuoi":"11","lon":"true","sinh":"2015-03-08","lop":"5A"}"#;
    assert_eq!(stored(&asked, sent), document);
    assert_eq!(
        stored(&asked, r#"{"sinh": "2024-03-08", "lop": "5A"}"#),
        r#"{"tuoi":"2","lon":"false","sinh":"2024-03-08"}"#
    );
    let raw: RawAnswers<'_> = serde_json::from_str(document).unwrap();
    assert_eq!(restore(&asked, &raw).unwrap().document(&asked), document);
    assert_eq!(wrong(&asked, r#"{"tuoi": "99"}"#), [("sinh".to_owned(), Reason::NothingAnswered)]);
    assert_eq!(asked.decided_by(3), BTreeSet::from([2]), "what decides is the answer, not what was worked out");
}

#[test]
fn a_choice_that_does_not_go_with_the_other_answers_is_refused() {
    let asked = questionnaire(&[ask("truong", "select_one", SCHOOLS), ask("cap", "text", "")].join(",")).unwrap();
    assert!(send(&asked, r#"{"truong": "hoa_mai", "cap": "th"}"#).is_ok());
    assert_eq!(wrong(&asked, r#"{"truong": "le_loi", "cap": "th"}"#), [("truong".to_owned(), Reason::NotOffered)]);
    assert_eq!(
        stored(&asked, r#"{"truong": "hoa_mai", "cap": "thpt"}"#),
        r#"{"cap":"thpt"}"#,
        "nothing to choose from"
    );
    let several =
        questionnaire(&[ask("truong", "select_multiple", SCHOOLS), ask("cap", "text", "")].join(",")).unwrap();
    let sent = r#"{"truong": ["hoa_mai", "le_loi"], "cap": "th"}"#;
    assert_eq!(wrong(&several, sent), [("truong".to_owned(), Reason::NotOffered)]);
    assert_eq!(several.decided_by(0), BTreeSet::from([1]));
}

/// A condition of so many characters.
fn long(letters: usize) -> String {
    format!(r#""relevant": "${{A2}} = 1{}""#, " ".repeat(letters - "${A2} = 1".len()))
}

#[test]
fn an_expression_of_two_thousand_letters_is_read() {
    assert!(questionnaire(&[ask("A1", "text", &long(2000)), ask("A2", "integer", "")].join(",")).is_ok());
}

#[test]
fn mistakes_between_questions_say_where_they_are_and_what_to_write() {
    for (question, told) in [
        (ask("A1", "text", r#""required": "${A2} + 1""#), "required of A1, column 1: this gives a number"),
        (ask("A1", "text", r#""required": "${A9} = 1""#), "required of A1, column 1: no question has the code `A9`"),
        (
            ask("A1", "text", r#""constraint": "regex(., 'a(')""#),
            "constraint of A1, column 12: this group is not closed",
        ),
        (ask("A1", "text", r#""relevant": "${ghi_chu} = 1""#), "column 1: no question has the code `ghi_chu`"),
        (
            ask("A1", "calculate", r#""calculation": "format-date(now(), '%H')""#),
            "column 13: now() would keep the minute",
        ),
        (ask("A1", "calculate", r#""calculation": "${A3}""#), "column 1: a calculation gives one value"),
        (
            ask("A1", "text", r#""relevant": "${A4} = 'khongg'""#),
            "relevant of A1, column 9: `${A4}` is never 'khongg': correct the code, its choices are co, 02, other",
        ),
        (ask("A1", "text", r#""relevant": "not(selected(${A3}, 'c'))""#), "column 21: `${A3}` is never 'c'"),
        (ask("A1", "text", r#""relevant": "3 != ${A4} or ${A4} = 2""#), "column 1: `${A4}` is never '3'"),
        (ask("A1", "text", &long(2001)), "column 2001: an expression has at most 2000 characters"),
        (ask("A1", "calculate", ""), "\"calculation\" is missing"),
        (ask("A1", "text", r#""calculation": "1""#), "a question of kind text has no \"calculation\""),
        (ask("A1", "select_one", &SCHOOLS.replace("cap =", "cop =")), "no choice has the property `cop`"),
        (
            ask("A1", "select_one", &SCHOOLS.replace("\"thcs\"", "\"thcs\", \"cop\": \"x\"")),
            "choices[1].cop: \"cop\" is not a property",
        ),
        (ask("A1", "select_one", &SCHOOLS.replace("\"thcs\"", "5")), "a property of a choice is a text"),
        (
            ask("A1", "text", r#""constraint_message": {"vi": "Ít hơn ${A2}"}"#),
            "constraint_message: answers can be shown",
        ),
        (
            ask("A1", "text", r#""hint": {"vi": "Xin ${A7}"}"#),
            "hint.vi: text of A1, column 5: no question has the code `A7`",
        ),
        (ask("A1", "text", r#""hint": {"vi": "Xin ${ A2}"}"#), "hint.vi: text of A1, column 5: expected the code"),
    ] {
        let others = [
            ask("A2", "integer", ""),
            ask(
                "A3",
                "select_multiple",
                r#""choices": [{"code": "a", "label": {"vi": "a"}}, {"code": "b", "label": {"vi": "b"}}]"#,
            ),
            ask(
                "A4",
                "select_one",
                r#""or_other": true, "choices": [{"code": "co", "label": {"vi": "Có"}}, {"code": "02", "label": {"vi": "2"}}]"#,
            ),
            ask("ghi_chu", "note", ""),
            ask("cap", "text", ""),
        ];
        let mistakes = questionnaire(&[question, others.join(",")].join(",")).unwrap_err();
        assert!(mistakes.contains(told) && mistakes.lines().count() == 1, "{told}: {mistakes}");
    }
}

#[test]
fn the_title_of_a_section_may_mention_answers_and_nothing_else() {
    let titled = |title: &str| {
        let text = r#"{"code": "thu", "instrument": "khao_sat", "audience": "phu_huynh", "languages": ["vi"], "title": {"vi": "Thử"},
            "sections": [{"code": "A", "title": {"vi": "TITLE"}, "questions": [QUESTIONS]}]}"#;
        let questions = [ask("A1", "text", ""), ask("ghi", "note", ""), ask("A2", "integer", r#""min": 5, "max": 1"#)];
        let questions = if title.contains("A2") { questions.join(",") } else { questions[..2].join(",") };
        Questionnaire::parse(&text.replace("TITLE", title).replace("QUESTIONS", &questions))
    };
    let asked = titled("Về ${A1}").unwrap();
    let raw: RawAnswers<'_> = serde_json::from_str(r#"{"A1": "lớp 6"}"#).unwrap();
    assert_eq!(Route::of(&asked, &raw, occasion()).told(asked.sections[0].title.get(Lang::VI)), "Về lớp 6");
    for (title, told) in [
        ("Về ${A7}", "line 2: $.sections[0].title.vi: text of A, column 4: no question has the code `A7`"),
        ("Về ${ghi}", "column 4: no question has the code `ghi`"),
        ("Về ${A1", "column 4: expected the code of a question and `}`"),
        ("Về ${A2}", "min"),
    ] {
        let mistakes = titled(title).unwrap_err();
        assert!(mistakes.len() == 1 && mistakes[0].to_string().contains(told), "{told}: {mistakes:?}");
    }
}

#[test]
fn a_mistake_in_one_question_is_not_told_again_at_those_that_look_at_it() {
    let questions = [
        ask("A1", "integer", r#""min": 5, "max": 1"#),
        ask("A2", "calculate", r#""calculation": "${A1} +""#),
        ask("A3", "text", r#""relevant": "${A1} > 1""#),
        ask("A4", "text", r#""relevant": "${A2} > 1""#),
    ];
    let mistakes = questionnaire(&questions.join(",")).unwrap_err();
    assert_eq!(mistakes.lines().count(), 2, "{mistakes}");
}

#[test]
fn a_label_shows_an_answer_as_people_know_it() {
    let asked = questionnaire(
        &[ask("truong", "select_one", SCHOOLS), ask("cap", "text", ""), ask("ngay", "text", "")].join(","),
    )
    .unwrap();
    let raw: RawAnswers<'_> =
        serde_json::from_str(r#"{"truong": "hoa_mai", "cap": "th", "ngay": "2026-09-05"}"#).unwrap();
    let route = Route::of(&asked, &raw, occasion());
    assert_eq!([route.said("truong"), route.said("ngay"), route.said("khac")], ["Hoa Mai", "05/09/2026", ""]);
}

#[test]
fn a_page_shows_what_its_own_answers_may_yet_decide() {
    let questions = [
        ask("A1", "text", ""),
        ask("A2", "text", r#""relevant": "${A1} = 'co'""#),
        ask("A3", "text", r#""relevant": "${A2} = 'co'""#),
    ];
    let asked = questionnaire(&questions.join(",")).unwrap();
    let raw = RawAnswers::default();
    let whole = Route::of(&asked, &raw, occasion());
    assert_eq!(
        [0, 1, 2].map(|place| (whole.is_asked(place), whole.is_open(place))),
        [(true, true), (false, true), (false, true)]
    );
    let second = Route::of(&asked, &raw, occasion()).on_page(1..2);
    assert!(!second.is_open(1), "what decides stands on another page");
    let raw: RawAnswers<'_> = serde_json::from_str(r#"{"A1": "co"}"#).unwrap();
    let second = Route::of(&asked, &raw, occasion()).on_page(1..2);
    assert_eq!(
        (second.is_open(1), second.logic()),
        (true, Some(r#"{"known":{"A1":"co"},"now":"2026-09-05T08:15:30"}"#.to_owned()))
    );
}
