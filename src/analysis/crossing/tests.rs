//! Which tables go together, and what a table shows.

use std::collections::BTreeMap;

use super::super::input::{Atom, Counts, Measure, Measured, Questionnaire};
use super::super::{Moment, Release};
use super::guard::Guard;
use super::joint::Grid;
use super::{Chosen, Crosstab, Joint, MOST_TABLES, Unfit, Withheld};

fn asked() -> Questionnaire {
    let single =
        |codes: &[&str]| Measure::Single { codes: codes.iter().map(|&code| code.to_owned()).collect(), other: false };
    let question = |code: &str, measure: Measure, depends_on: &[&str]| Measured {
        code: code.to_owned(),
        measure,
        depends_on: depends_on.iter().map(|&code| code.to_owned()).collect(),
    };
    Questionnaire {
        code: "parents".to_owned(),
        version: 1,
        title: BTreeMap::new(),
        levels: vec!["tieu_hoc".to_owned()],
        strata: vec!["grade".to_owned()],
        questions: vec![
            question("grade", single(&["1", "2"]), &[]),
            question("A1", single(&["1", "2"]), &[]),
            question("A2", single(&["1", "2"]), &[]),
            question("A3", single(&["1", "2"]), &[]),
            question("A4", single(&["1", "2"]), &["A3"]),
            question("G1", Measure::Multiple { codes: vec!["x".to_owned()] }, &[]),
            question("G2", Measure::Text, &[]),
        ],
        indices: Vec::new(),
        expectation: None,
        overall: None,
    }
}

fn table(by: &str, question: &str) -> Chosen {
    Chosen { questionnaire: "parents".to_owned(), version: 1, by: by.to_owned(), question: question.to_owned() }
}

fn fits(by: &str, question: &str, others: &[(&str, &str)]) -> Result<(), Unfit> {
    let others: Vec<Chosen> = others.iter().map(|(by, question)| table(by, question)).collect();
    table(by, question).fits(&[asked()], &others)
}

#[test]
fn tables_that_close_a_ring_do_not_go_together() {
    assert_eq!(fits("A1", "A2", &[]), Ok(()));
    assert_eq!(fits("A2", "A3", &[("A1", "A2")]), Ok(()));
    assert_eq!(fits("A1", "A3", &[("A1", "A2"), ("A2", "A3")]), Err(Unfit::Ring));
    assert_eq!(fits("A3", "A4", &[]), Err(Unfit::Ring), "A3 decides whether A4 is asked");
    assert_eq!(fits("A1", "A4", &[("A1", "A3")]), Err(Unfit::Ring));
}

#[test]
fn groups_cross_with_anything_that_is_listed() {
    for (by, question) in [("unit", "A1"), ("channel", "G1"), ("grade", "A4")] {
        assert_eq!(fits(by, question, &[("A1", "A2")]), Ok(()), "{by} {question}");
    }
    assert_eq!(fits("level", "A1", &[]), Err(Unfit::Unknown("level".to_owned())), "it is about one level");
    assert_eq!(fits("unit", "G2", &[]), Err(Unfit::Unlisted("G2".to_owned())));
}

#[test]
fn what_makes_no_table_is_refused_by_name() {
    assert_eq!(fits("A1", "A1", &[]), Err(Unfit::Itself));
    assert_eq!(fits("A1", "grade", &[]), Err(Unfit::Stratum("grade".to_owned())));
    assert_eq!(fits("A1", "G1", &[]), Err(Unfit::Unlisted("G1".to_owned())));
    assert_eq!(fits("A1", "B9", &[]), Err(Unfit::Unknown("B9".to_owned())));
    assert_eq!(fits("A2", "A1", &[("A1", "A2")]), Err(Unfit::Twice), "turned");
    assert_eq!(fits("A1", "A2", &[("unit", "A1"); MOST_TABLES]), Err(Unfit::Many));
}

fn grid(rows: &[&[u64]]) -> Grid<u64> {
    let mut grid = Grid::new(rows.len(), rows[0].len());
    for (row, values) in rows.iter().enumerate() {
        for (column, value) in values.iter().enumerate() {
            *grid.at_mut((row, column)) = *value;
        }
    }
    grid
}

/// The hidden cells among the answers and the numbers of rows; the last row stands nowhere.
fn hidden(blocks: &[Grid<u64>], k: u64) -> Option<Vec<(usize, usize)>> {
    let hidden = Guard::new(blocks.to_vec(), k)?.hide()?;
    Some(hidden.places().filter(|spot| spot.0 + 1 < hidden.rows && hidden.at(*spot)).collect())
}

#[test]
fn a_small_cell_takes_the_cheapest_three_others_with_it() {
    let block = grid(&[&[2, 30, 0], &[40, 20, 0], &[50, 60, 0], &[0, 0, 0]]);
    assert_eq!(hidden(&[block], 10), Some(vec![(0, 0), (0, 1), (1, 0), (1, 1)]));
}

#[test]
fn those_without_an_answer_hide_a_small_cell_at_no_price() {
    let block = grid(&[&[2, 30, 0], &[40, 20, 0], &[50, 60, 0], &[15, 15, 0]]);
    assert_eq!(hidden(&[block], 10), Some(vec![(0, 0), (0, 1)]), "their row is not published");
}

#[test]
fn a_table_without_small_cells_is_shown_whole() {
    let block = grid(&[&[20, 30, 1], &[40, 20, 2], &[5, 6, 0]]);
    assert_eq!(hidden(&[block], 10), Some(Vec::new()), "that few gave no answer tells nothing");
}

#[test]
fn where_no_exchange_is_possible_the_table_is_not_shown() {
    let few = grid(&[&[2, 0, 0], &[0, 0, 0], &[0, 0, 0]]);
    let rest = grid(&[&[0, 30, 0], &[40, 20, 0], &[0, 0, 0]]);
    assert_eq!(hidden(&[few.clone(), rest], 10), Some(vec![(0, 0), (0, 1), (1, 0), (1, 1)]));
    // everybody who could exchange stands in another block
    let apart = [grid(&[&[0, 30, 0], &[0, 0, 0], &[0, 0, 0]]), grid(&[&[0, 0, 0], &[40, 0, 0], &[0, 0, 0]])];
    assert_eq!(hidden(&[few, apart[0].clone(), apart[1].clone()], 10), None);
}

#[test]
fn a_small_row_that_answered_alike_does_not_say_so() {
    let block = grid(&[&[12, 0, 0], &[40, 50, 0], &[0, 0, 0]]);
    let hidden = hidden(&[block], 10).unwrap();
    assert!(hidden.contains(&(0, 0)) && hidden.contains(&(0, 1)), "{hidden:?}");
}

/// One school, by what was said to A1, A3 and A4, which is asked of those who said “1” to A3; places of answers, 2 for none.
fn school(forms: &[(usize, [usize; 3])]) -> Vec<Atom> {
    let all = || forms.iter().flat_map(|(n, answers)| std::iter::repeat_n(answers, *n));
    let tally = |at: Option<usize>| {
        let count = |choice| all().filter(|answers| at.is_some_and(|at| answers[at] == choice)).count() as u64;
        let choices = vec![count(0), count(1)];
        Counts { asked: choices.iter().sum(), answered: choices.iter().sum(), choices, ..Counts::default() }
    };
    let mut joint = Joint { rows: "A1".to_owned(), columns: "A4".to_owned(), counts: Vec::new() };
    all().for_each(|answers| joint.add(answers[0], answers[2]));
    let (none, text) = (tally(None), Counts { choices: Vec::new(), ..tally(None) });
    vec![Atom {
        questionnaire: 0,
        unit: "u0".to_owned(),
        level: "tieu_hoc".to_owned(),
        channel: "truong".to_owned(),
        strata: Vec::new(),
        n: all().count() as u64,
        questions: vec![
            none.clone(),
            tally(Some(0)),
            none,
            tally(Some(1)),
            tally(Some(2)),
            Counts { choices: vec![0], ..text.clone() },
            text,
        ],
        joints: vec![joint],
    }]
}

fn published(forms: &[(usize, [usize; 3])]) -> Crosstab {
    let tables = [table("A1", "A4")];
    let moment = Moment::Closing { tables: &tables };
    Release::build(&[asked()], &school(forms), &[], 10, &[], moment).unwrap().crosstabs.remove(0)
}

#[test]
fn that_all_of_a_small_row_were_asked_is_not_told() {
    let others = [(60, [1, 0, 0]), (50, [1, 0, 1]), (40, [1, 1, 2])];
    let some = published(&[&others[..], &[(12, [0, 0, 0]), (11, [0, 0, 1]), (12, [0, 1, 2])]].concat());
    assert_eq!((some.suppressed, some.hidden), (false, 0), "a third of the first row was not asked: {some:?}");
    let all = published(&[&others[..], &[(12, [0, 0, 0]), (11, [0, 0, 1])]].concat());
    assert!(all.suppressed || all.rows[0].cells.iter().all(|cell| cell.suppressed), "23 who were all asked: {all:?}");
}

#[test]
fn a_table_that_was_not_counted_at_an_earlier_release_is_withheld() {
    let now =
        school(&[(60, [1, 0, 0]), (50, [1, 0, 1]), (40, [1, 1, 2]), (30, [0, 0, 0]), (30, [0, 0, 1]), (30, [0, 1, 2])]);
    let mut before = school(&[(30, [1, 0, 0]), (25, [1, 0, 1]), (20, [1, 1, 2]), (30, [0, 0, 0])]);
    before[0].joints.clear();
    let release = Release::build(&[asked()], &before, &[], 10, &[], Moment::Closing { tables: &[] }).unwrap();
    let earlier = [super::super::Earlier { release, atoms: before }];
    let tables = [table("A1", "A4")];
    let release = Release::build(&[asked()], &now, &[], 10, &earlier, Moment::Closing { tables: &tables }).unwrap();
    assert!(release.crosstabs[0].suppressed, "nobody knows how the answers came together then");
    assert_eq!(release.crosstabs[0].why, Some(Withheld::Late), "it is not for want of forms");
}
