//! Releases during fieldwork, and of whole provinces.

use super::*;
use crate::analysis::search::Effort;

fn interim(before: &[Earlier], candidate: &[Form], now: &[Form]) -> Result<Release, Refused> {
    let now = atoms(now);
    let asked = [questionnaire("parents", 1)];
    Release::build(&asked, &atoms(candidate), &[], 10, before, Moment::Interim { now: &now })
}

#[test]
fn a_candidate_waits_until_as_much_has_come_again() {
    let candidate = [parents(12, 0, 0), parents(12, 1, 0)].concat();
    assert_eq!(interim(&[], &candidate, &candidate), Err(Refused::TooSoon));
    let now = [candidate.clone(), parents(9, 0, 0)].concat();
    assert_eq!(interim(&[], &candidate, &now), Err(Refused::TooSoon));
    assert!(!may_release(None, &atoms(&candidate), &atoms(&now), 10));
    let now = [candidate.clone(), parents(10, 0, 0), parents(10, 1, 0)].concat();
    assert!(may_release(None, &atoms(&candidate), &atoms(&now), 10));
    let release = interim(&[], &candidate, &now).unwrap();
    assert!(groups(&release).iter().all(|(_, _, group)| !group.suppressed));
}

#[test]
fn a_school_that_stands_still_is_left_out_of_an_interim_release() {
    let candidate = [parents(40, 0, 0), parents(40, 1, 0), parents(40, 2, 0)].concat();
    let now = [candidate.clone(), parents(20, 0, 0), parents(20, 1, 0)].concat();
    let release = interim(&[], &candidate, &now).unwrap();
    let hidden = |key: &str| group(&release, None, "unit", key).suppressed;
    assert!(hidden("u2"));
    assert!(!hidden("u0") && !hidden("u1"));
}

#[test]
fn what_an_interim_release_showed_the_closing_release_can_show_too() {
    let candidate = [parents(40, 0, 0), parents(40, 1, 0)].concat();
    let now = [candidate.clone(), parents(20, 0, 0), parents(20, 1, 0)].concat();
    let release = interim(&[], &candidate, &now).unwrap();
    let earlier = [Earlier { release, atoms: atoms(&candidate) }];
    let release = closing(&[questionnaire("parents", 1)], &now, 10, &earlier);
    assert!(groups(&release).iter().all(|(_, _, group)| !group.suppressed));
}

/// Plausible forms without a random generator: a linear congruence.
fn province(forms: usize, questions: usize) -> Vec<Form> {
    let mut state = 12_345_u64;
    let mut draw = |sides: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % sides
    };
    let forms = (0..forms).map(|_| {
        let level = draw(5);
        let answers = (0..questions).map(|_| Reply::Choice(4 - draw(5) * draw(5) / 5)).collect();
        Form {
            questionnaire: level,
            unit: draw(44),
            level,
            channel: draw(9).saturating_sub(6),
            grade: draw(5),
            answers,
        }
    });
    forms.collect()
}

#[test]
fn a_province_is_told_by_school_whatever_its_size() {
    let asked: Vec<Questionnaire> = (0..5).map(|level| questionnaire(&level.to_string(), 5)).collect();
    for size in [2_000, 20_000, 200_000] {
        let tallies = atoms(&province(size, 5));
        let release = Release::build(&asked, &tallies, &[], 10, &[], Moment::Closing { tables: &[] }).unwrap();
        let shown = groups(&release).iter().filter(|(_, _, group)| !group.suppressed).count();
        assert!(shown > 150, "{shown} groups shown of {size} forms");
    }
}

#[test]
fn an_interim_release_that_is_too_hard_is_not_made() {
    let asked = [questionnaire("parents", 1)];
    let candidate = [parents(12, 0, 0), parents(12, 1, 0)].concat();
    let now = atoms(&[candidate.clone(), parents(10, 0, 0), parents(10, 1, 0)].concat());
    let interim = |effort: Effort| {
        let moment = Moment::Interim { now: &now };
        Release::build_within(&effort, &asked, &atoms(&candidate), &[], 10, &[], moment)
    };
    assert!(interim(Effort::whole()).is_ok());
    assert_eq!(interim(Effort::of(1, 1)), Err(Refused::TooHard));
}

/// Packs forms into the finest cells, with how the answers to these pairs of questions came together.
fn crossed(forms: &[Form], pairs: &[(usize, usize)]) -> Vec<Atom> {
    let place = |reply: Reply| match reply {
        Reply::Choice(choice) => choice,
        _ => POINTS.len(),
    };
    let mut cells: BTreeMap<_, Vec<&Form>> = BTreeMap::new();
    for form in forms {
        cells.entry((form.questionnaire, form.unit, form.channel, form.grade)).or_default().push(form);
    }
    let joint = |forms: &[&Form], (row, column): (usize, usize)| {
        let code = |question: usize| format!("A{}", question + 1);
        let mut joint = Joint { rows: code(row), columns: code(column), counts: Vec::new() };
        forms.iter().for_each(|form| joint.add(place(form.answers[row]), place(form.answers[column])));
        joint
    };
    let atom =
        |forms: Vec<&Form>| Atom { joints: pairs.iter().map(|pair| joint(&forms, *pair)).collect(), ..atom(&forms) };
    cells.into_values().map(atom).collect()
}

#[test]
fn two_hundred_schools_with_sixty_questions_and_five_tables_are_told() {
    let forms: Vec<Form> = province(12_000, 60)
        .into_iter()
        .enumerate()
        .map(|(at, form)| Form { questionnaire: at % 4, level: at % 4, unit: at % 200, ..form })
        .collect();
    let asked: Vec<Questionnaire> = (0..4).map(|level| questionnaire(&level.to_string(), 60)).collect();
    let pairs = [(0, 1), (1, 2), (2, 3), (3, 4), (5, 6)];
    let pair = |(row, column): &(usize, usize)| Chosen {
        questionnaire: "0".to_owned(),
        version: 1,
        by: format!("A{}", row + 1),
        question: format!("A{}", column + 1),
    };
    let (tables, tallies): (Vec<Chosen>, _) = (pairs.iter().map(pair).collect(), crossed(&forms, &pairs));
    let moment = Moment::Closing { tables: &tables };
    let release = Release::build(&asked, &tallies, &[], 10, &[], moment).unwrap();
    assert!(release.crosstabs.iter().any(|table| !table.suppressed), "{:?}", release.crosstabs);
}
