//! Synthetic parents, counted the naive way, against the module.

mod attack;
mod crossed;
mod exactness;
mod few;
mod figures;
mod linear;
mod round;
mod routed;
mod solver;
mod timing;

use std::collections::BTreeMap;

use super::*;

/// One parent's form: what is known of it, and the position of the choice made per question.
#[derive(Clone, Debug)]
struct Form {
    questionnaire: usize,
    unit: usize,
    level: usize,
    channel: usize,
    grade: usize,
    answers: Vec<Reply>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reply {
    NotAsked,
    Skipped,
    NotApplicable,
    Choice(usize),
}

const POINTS: [i64; 5] = [1, 2, 3, 4, 5];

fn rating() -> Measure {
    let codes = POINTS.iter().map(i64::to_string).collect();
    Measure::Rating { codes, points: POINTS.to_vec() }
}

/// A questionnaire of ratings A1, A2, …; the last one is the overall question.
fn questionnaire(code: &str, questions: usize) -> Questionnaire {
    let codes: Vec<String> = (1..=questions).map(|number| format!("A{number}")).collect();
    let measured = |code: &String| Measured { code: code.clone(), measure: rating(), depends_on: Vec::new() };
    Questionnaire {
        code: code.to_owned(),
        version: 1,
        title: BTreeMap::from([("vi".to_owned(), "Phiếu".to_owned())]),
        levels: Vec::new(),
        strata: vec!["grade".to_owned()],
        questions: codes.iter().map(measured).collect(),
        indices: vec![Index { code: "A".to_owned(), questions: codes.clone() }],
        expectation: None,
        overall: codes.last().cloned(),
    }
}

fn form(unit: usize, level: usize, choice: usize) -> Form {
    let answers = vec![Reply::Choice(choice)];
    Form { questionnaire: 0, unit, level, channel: 0, grade: 0, answers }
}

/// `number` parents of a school level whose answers differ.
fn parents(number: usize, unit: usize, level: usize) -> Vec<Form> {
    (0..number).map(|parent| form(unit, level, parent % 5)).collect()
}

/// Packs forms into the finest cells.
fn atoms(forms: &[Form]) -> Vec<Atom> {
    let mut cells: BTreeMap<_, Vec<&Form>> = BTreeMap::new();
    for form in forms {
        let key = (form.questionnaire, form.unit, form.level, form.channel, form.grade);
        cells.entry(key).or_default().push(form);
    }
    cells.into_values().map(|forms| atom(&forms)).collect()
}

fn atom(forms: &[&Form]) -> Atom {
    let form = forms[0];
    let questions = 0..form.answers.len();
    Atom {
        questionnaire: form.questionnaire,
        unit: format!("u{}", form.unit),
        level: format!("l{}", form.level),
        channel: format!("c{}", form.channel),
        strata: vec![("grade".to_owned(), format!("g{}", form.grade))],
        n: forms.len() as u64,
        questions: questions.map(|question| counts(forms, question)).collect(),
        joints: Vec::new(),
    }
}

fn counts(forms: &[&Form], question: usize) -> Counts {
    let count =
        |wanted: &dyn Fn(Reply) -> bool| forms.iter().filter(|form| wanted(form.answers[question])).count() as u64;
    Counts {
        asked: count(&|reply| reply != Reply::NotAsked),
        answered: count(&|reply| matches!(reply, Reply::Choice(_))),
        not_applicable: count(&|reply| reply == Reply::NotApplicable),
        choices: (0..5).map(|choice| count(&|reply| reply == Reply::Choice(choice))).collect(),
        sum: 0,
        bins: Vec::new(),
    }
}

fn closing(asked: &[Questionnaire], forms: &[Form], k: u64, earlier: &[Earlier]) -> Release {
    Release::build(asked, &atoms(forms), &[], k, earlier, Moment::Closing { tables: &[] }).unwrap()
}

/// Whether a form is in a group, told from names only.
fn belongs(form: &Form, questionnaire: Option<usize>, by: &str, key: &str) -> bool {
    let own = questionnaire.is_none_or(|questionnaire| questionnaire == form.questionnaire);
    own && match by {
        "total" => true,
        "unit" => key == format!("u{}", form.unit),
        "level" => key == format!("l{}", form.level),
        "channel" => key == format!("c{}", form.channel),
        "grade" => key == format!("g{}", form.grade),
        _ => panic!("an unknown table {by}"),
    }
}

/// All groups of a release with their questionnaires and tables.
fn groups(release: &Release) -> Vec<(Option<usize>, &str, &Group)> {
    let round = release.tables.iter().map(|table| (None, table));
    let sheets = release.questionnaires.iter().enumerate();
    let sheets = sheets.flat_map(|(at, sheet)| sheet.tables.iter().map(move |table| (Some(at), table)));
    let tables = round.chain(sheets);
    tables.flat_map(|(at, table)| table.groups.iter().map(move |g| (at, table.by.as_str(), g))).collect()
}

fn group<'a>(release: &'a Release, questionnaire: Option<usize>, by: &str, key: &str) -> &'a Group {
    let mut all = groups(release).into_iter();
    all.find(|(at, kind, group)| *at == questionnaire && *kind == by && group.key == key).unwrap().2
}
