//! What holds for every change to every template.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::survey::code::Audience;
use crate::survey::question::KindName;
use crate::survey::templates;

fn template(n: usize) -> Manuscript {
    let all = templates::all();
    Manuscript::parse(all[n % all.len()].text).unwrap()
}

fn primary() -> Manuscript {
    Manuscript::parse(templates::find("hai-long-tieu-hoc").unwrap().text).unwrap()
}

fn none() -> BTreeSet<String> {
    BTreeSet::new()
}

/// All questions by code, without their places.
fn contents(sheet: &Manuscript) -> Vec<(String, Object)> {
    let mut all: Vec<_> = sheet.all().map(|(place, question)| (sheet.address(place), question.clone())).collect();
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all
}

fn place(sheet: &Manuscript, n: usize) -> Place {
    let all: Vec<Place> = sheet.all().map(|(place, _)| place).collect();
    all[n % all.len()]
}

#[test]
fn a_questionnaire_from_nothing_has_no_mistakes() {
    for level in [None, Some(crate::survey::code::Level::Thcs)] {
        let beginning =
            Beginning { code: "rieng".into(), title: "Phiếu riêng".into(), audience: Audience::PhuHuynh, level };
        assert_eq!(skeleton(&beginning).read().unwrap().level, level);
    }
}

#[test]
fn a_file_that_is_no_json_is_refused_with_its_line() {
    let mistake = Manuscript::parse("{\n  \"code\": \"a\",\n  \"title\" }").unwrap_err();
    assert_eq!(mistake.line, 3);
    assert!(mistake.message.contains("column"), "{mistake}");
    assert!(Manuscript::parse("[]").is_err());
}

#[test]
fn another_code_is_told_to_everything_that_mentions_it() {
    let mut sheet = primary();
    let place = sheet.find("ban_tru").unwrap();
    let mut question = sheet.at(place).unwrap().clone();
    question.insert("code".into(), json!("o_lai_trua"));
    sheet.put(place, question);
    sheet.rename("ban_tru", "o_lai_trua");
    assert_eq!(string(sheet.at(sheet.find("B4").unwrap()).unwrap(), "relevant"), "${o_lai_trua} = 'co'");
    assert!(sheet.read().is_ok(), "{:?}", sheet.read().err());
}

#[test]
fn what_is_left_out_is_forgotten_by_indices_and_strata() {
    let mut sheet = primary();
    for code in ["A1", "khoi_lop", "F2"] {
        let place = sheet.find(code).unwrap();
        sheet.remove(place).unwrap();
    }
    assert!(sheet.read().is_ok(), "{:?}", sheet.read().err());
    assert_eq!(sheet.cover().get("overall"), None);
}

#[test]
fn the_items_of_a_template_keep_code_kind_choices_and_wording() {
    let core = Core::of(primary());
    let mut own = primary().copied("phieu-rieng", "Phiếu của phường");
    assert_eq!((core.departures(&own), core.forbidden(&own)), (vec![], None));
    own.add_question(0, KindName::Text, &core.codes()).unwrap();
    let place = own.find("A1").unwrap();
    own.remove(place);
    assert_eq!(core.departures(&own), [Departure::LeftOut("A1".into())]);
    assert_eq!(core.forbidden(&own), None);
    let place = own.find("khoi_lop").unwrap();
    let languages = [Lang::VI, Lang::EN];
    let mut edit = QuestionEdit::of(own.at(place).unwrap(), &languages);
    edit.choices.pop();
    let fewer = edit.apply(own.at(place).unwrap(), &languages, &none());
    own.put(place, fewer);
    assert_eq!(core.forbidden(&own), Some(Departure::Changed("khoi_lop".into())));
}

#[test]
fn a_translation_may_be_added_to_an_item_and_its_wording_not_be_changed() {
    let core = Core::of(primary());
    let mut own = primary();
    let (place, languages) = (own.find("A2").unwrap(), ["vi", "en", "km"].map(|code| code.parse().unwrap()));
    let mut edit = QuestionEdit::of(own.at(place).unwrap(), &languages);
    edit.texts[0].1[2].1 = "ថ្លៃសិក្សា".into();
    let translated = edit.apply(own.at(place).unwrap(), &languages, &none());
    own.put(place, translated);
    assert_eq!(core.departures(&own), []);
    edit.texts[0].1[0].1 = "Học phí".into();
    let reworded = edit.apply(own.at(place).unwrap(), &languages, &none());
    own.put(place, reworded);
    assert_eq!(core.forbidden(&own), Some(Departure::Reworded("A2".into())));
}

#[test]
fn the_points_of_an_official_scale_keep_their_names() {
    let core = Core::of(primary());
    let text = primary().text();
    assert!(text.contains("Rất không hài lòng"));
    let turned = Manuscript::parse(&text.replace("Rất không hài lòng", "Rất hài lòng")).unwrap();
    assert!(matches!(core.forbidden(&turned), Some(Departure::Changed(_))));
}

#[test]
fn a_difference_names_what_was_added_removed_moved_and_changed() {
    let old = primary();
    let mut new = old.clone();
    new.shift(old.find("B1").unwrap(), Direction::Down);
    let gone = new.find("C1").unwrap();
    new.remove(gone);
    let added = new.add_question(1, KindName::Text, &none()).unwrap();
    let what = |code: &str| {
        let changes = diff(&old, &new);
        changes.into_iter().find(|change| change.code == code).map(|change| change.what)
    };
    assert_eq!(what(&added), Some(vec![What::Added]));
    assert_eq!(what("C1"), Some(vec![What::Removed]));
    assert!(what("B1") == Some(vec![What::Moved]) || what("B2") == Some(vec![What::Moved]));
    assert_eq!(what("D1"), None);
}

proptest! {
    #[test]
    fn a_form_that_changed_nothing_leaves_the_question_as_it_was(n in 0usize..9, q in 0usize..60) {
        let sheet = template(n);
        let question = sheet.at(place(&sheet, q)).unwrap().clone();
        let edit = QuestionEdit::of(&question, &sheet.languages());
        prop_assert_eq!(edit.apply(&question, &sheet.languages(), &none()), question);
    }

    #[test]
    fn an_edit_changes_no_other_question(n in 0usize..9, q in 0usize..60, label in "\\PC{1,40}", step in 0u8..6) {
        let old = template(n);
        let at = place(&old, q);
        let code = old.address(at);
        let mut new = old.clone();
        match step {
            0 => drop(new.shift(at, Direction::Up)),
            1 => drop(new.shift(at, Direction::Down)),
            2 => drop(new.remove(at)),
            3 => drop(new.duplicate(at, &none())),
            4 => drop(new.add_question(at.0, KindName::Integer, &none())),
            _ => {
                let mut edit = QuestionEdit::of(old.at(at).unwrap(), &old.languages());
                edit.texts[0].1[0].1 = label;
                new.put(at, edit.apply(old.at(at).unwrap(), &old.languages(), &none()));
            }
        }
        let others = |sheet: &Manuscript| {
            contents(sheet).into_iter().filter(|(c, _)| *c != code && old.find(c).is_some()).collect::<Vec<_>>()
        };
        prop_assert_eq!(others(&old), others(&new));
        prop_assert!(diff(&old, &new).len() <= 2);
    }

    #[test]
    fn equal_versions_do_not_differ_and_a_file_reads_as_it_was_written(n in 0usize..9) {
        let sheet = template(n);
        prop_assert_eq!(diff(&sheet, &sheet), vec![]);
        prop_assert_eq!(Manuscript::parse(&sheet.text()).unwrap(), sheet);
    }

    #[test]
    fn moving_there_and_back_is_as_if_nothing_had_happened(n in 0usize..9, q in 0usize..60) {
        let old = template(n);
        let (at, mut new) = (place(&old, q), old.clone());
        let code = old.address(at);
        if new.shift(at, Direction::Down) {
            let there = new.find(&code).unwrap();
            new.shift(there, Direction::Up);
            prop_assert_eq!(new, old);
        }
    }

    #[test]
    fn a_copy_has_codes_of_its_own_and_no_mistake_is_new(n in 0usize..9, q in 0usize..60) {
        let mut sheet = template(n);
        let at = place(&sheet, q);
        sheet.duplicate(at, &none()).unwrap();
        let read = sheet.read();
        prop_assert!(read.is_ok(), "{:?}", read.err());
    }
}

#[test]
fn a_section_goes_before_another_or_to_the_end_and_nothing_is_lost() {
    let text = r#"{"sections": [{"code": "A", "questions": []}, {"code": "B", "questions": []}, {"code": "C", "questions": []}]}"#;
    for (from, before, order) in
        [(0, Some(2), "BAC"), (0, None, "BCA"), (2, Some(0), "CAB"), (1, Some(1), "ABC"), (9, Some(0), "ABC")]
    {
        let mut sheet = Manuscript::parse(text).unwrap();
        sheet.move_section_to(from, before);
        let codes: String = sheet.sections().into_iter().map(|section| string(section, "code")).collect();
        assert_eq!(codes, order, "{from} before {before:?}");
    }
}
