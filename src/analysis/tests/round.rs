//! Small rounds of people whose answers are known, and their releases, for an attacker who knows the releases alone.

use proptest::prelude::*;

use super::*;
use crate::analysis::{Chosen, Joint};

pub(super) const K: u64 = 4;
pub(super) const CHOICES: usize = 3;
/// A choice or no answer.
pub(super) const OUTCOMES: usize = CHOICES + 1;
pub(super) const QUESTIONS: usize = 3;

/// What is known of a person, the answers, and from which release on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Person {
    pub(super) unit: usize,
    pub(super) channel: usize,
    pub(super) grade: usize,
    /// Positions of choices; [`CHOICES`] for none.
    pub(super) answers: [usize; QUESTIONS],
    pub(super) since: usize,
    /// The first release that no longer counts the form.
    pub(super) until: usize,
}

/// Unit, channel, grade.
pub(super) type Place = (usize, usize, usize);

impl Person {
    pub(super) fn place(&self) -> Place {
        (self.unit, self.channel, self.grade)
    }
}

/// Where there are people.
pub(super) fn places(people: &[Person]) -> Vec<Place> {
    let mut places: Vec<Place> = people.iter().map(Person::place).collect();
    places.sort_unstable();
    places.dedup();
    places
}

/// Whether somebody who is there belongs to a group.
pub(super) fn stands_in((unit, channel, grade): Place, by: &str, key: &str) -> bool {
    match by {
        "unit" => key == format!("u{unit}"),
        "channel" => key == format!("c{channel}"),
        "grade" => key == format!("g{grade}"),
        _ => true,
    }
}

fn asked() -> Questionnaire {
    let mut asked = questionnaire("parents", QUESTIONS);
    for question in &mut asked.questions {
        let codes = (1..=CHOICES).map(|code| code.to_string()).collect();
        question.measure = Measure::Single { codes, other: false };
    }
    (asked.indices, asked.overall) = (Vec::new(), None);
    asked
}

/// The place of the question with this code.
pub(super) fn place_of(code: &str) -> Option<usize> {
    (0..QUESTIONS).find(|question| code == format!("A{}", question + 1))
}

fn chosen(tables: &[(&str, &str)]) -> Vec<Chosen> {
    let table = |(by, question): &(&str, &str)| Chosen {
        questionnaire: "parents".to_owned(),
        version: 1,
        by: (*by).to_owned(),
        question: (*question).to_owned(),
    };
    tables.iter().map(table).collect()
}

/// Two tables of two questions, and tables by groups of each of the three.
pub(super) fn chain() -> Vec<Chosen> {
    chosen(&[("A1", "A2"), ("A2", "A3"), ("unit", "A1"), ("grade", "A2"), ("channel", "A3")])
}

/// One table of two questions, and tables by each kind of group of both.
pub(super) fn pair() -> Vec<Chosen> {
    let groups =
        [("unit", "A1"), ("grade", "A1"), ("channel", "A1"), ("unit", "A2"), ("grade", "A2"), ("channel", "A2")];
    chosen(&[&[("A1", "A2")][..], &groups].concat())
}

fn packed(people: &[Person], moment: usize) -> Vec<Atom> {
    let mut cells: BTreeMap<Place, Vec<&Person>> = BTreeMap::new();
    for person in people.iter().filter(|person| person.since <= moment && moment < person.until) {
        cells.entry(person.place()).or_default().push(person);
    }
    let atom = |((unit, channel, grade), people): (Place, Vec<&Person>)| Atom {
        questionnaire: 0,
        unit: format!("u{unit}"),
        level: "l0".to_owned(),
        channel: format!("c{channel}"),
        strata: vec![("grade".to_owned(), format!("g{grade}"))],
        n: people.len() as u64,
        questions: (0..QUESTIONS).map(|question| tally(&people, question)).collect(),
        joints: vec![joint(&people, 0, 1), joint(&people, 1, 2)],
    };
    cells.into_iter().map(atom).collect()
}

fn tally(people: &[&Person], question: usize) -> Counts {
    let choices: Vec<u64> = (0..CHOICES)
        .map(|choice| people.iter().filter(|person| person.answers[question] == choice).count() as u64)
        .collect();
    Counts { asked: people.len() as u64, answered: choices.iter().sum(), choices, ..Counts::default() }
}

fn joint(people: &[&Person], rows: usize, columns: usize) -> Joint {
    let code = |question: usize| format!("A{}", question + 1);
    let mut joint = Joint { rows: code(rows), columns: code(columns), counts: Vec::new() };
    people.iter().for_each(|person| joint.add(person.answers[rows], person.answers[columns]));
    joint
}

/// The releases of these people; the last one is the closing release and has the tables that were chosen.
pub(super) fn make(people: &[Person], releases: usize, chosen: &[Chosen]) -> Vec<Release> {
    let mut earlier: Vec<Earlier> = Vec::new();
    for moment in 0..releases {
        let atoms = packed(people, moment);
        let tables = if moment + 1 == releases { chosen } else { &[] };
        let release = Release::build(&[asked()], &atoms, &[], K, &earlier, Moment::Closing { tables }).unwrap();
        earlier.push(Earlier { release, atoms });
    }
    earlier.into_iter().map(|earlier| earlier.release).collect()
}

pub(super) fn people(releases: usize, most: usize) -> impl Strategy<Value = Vec<Person>> {
    let answer = prop_oneof![8 => Just(0), 5 => Just(1), 1 => Just(2), 1 => Just(CHOICES)];
    let stay = (0..releases, prop_oneof![9 => Just(releases), 1 => 0..=releases]);
    let place = (0..2_usize, prop_oneof![4 => Just(0), 1 => Just(1)], prop_oneof![3 => Just(0), 1 => Just(1)]);
    let person = (place, [answer.clone(), answer.clone(), answer], stay);
    let person = person.prop_map(|((unit, channel, grade), answers, (since, until))| Person {
        unit,
        channel,
        grade,
        answers,
        since,
        until: until.max(since + 1),
    });
    prop::collection::vec(person, 20..most)
}
