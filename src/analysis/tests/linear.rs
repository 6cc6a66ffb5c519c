//! An attacker with a linear program, who knows the releases of a round and nothing else.
//!
//! Whatever the tokens of all readers show together is the release itself, so that is what is pooled here: every group of every
//! table, every question, every cross-table, of all releases. Unknown is how many people there are of each kind – place,
//! answers to all three questions – in each period; everything published is an equation about them.

use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOutcome};
use proptest::prelude::*;

use super::*;
use crate::analysis::{Chosen, Crosstab, Joint};

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

fn asked() -> Questionnaire {
    let mut asked = questionnaire("parents", QUESTIONS);
    for question in &mut asked.questions {
        let codes = (1..=CHOICES).map(|code| code.to_string()).collect();
        question.measure = Measure::Single { codes, other: false };
    }
    (asked.indices, asked.overall) = (Vec::new(), None);
    asked
}

fn tables() -> Vec<Chosen> {
    let pair = |by: &str, question: &str| Chosen {
        questionnaire: "parents".to_owned(),
        version: 1,
        by: by.to_owned(),
        question: question.to_owned(),
    };
    vec![pair("A1", "A2"), pair("A2", "A3")]
}

fn packed(people: &[Person], moment: usize) -> Vec<Atom> {
    let mut cells: BTreeMap<(usize, usize, usize), Vec<&Person>> = BTreeMap::new();
    for person in people.iter().filter(|person| person.since <= moment && moment < person.until) {
        cells.entry(person.place()).or_default().push(person);
    }
    let atom = |((unit, channel, grade), people): ((usize, usize, usize), Vec<&Person>)| Atom {
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

/// The releases of these people; the last one is the closing release and has the tables.
fn make(people: &[Person], releases: usize) -> Vec<Release> {
    make_with(people, releases, &tables())
}

pub(super) fn make_with(people: &[Person], releases: usize, chosen: &[Chosen]) -> Vec<Release> {
    let mut earlier: Vec<Earlier> = Vec::new();
    for moment in 0..releases {
        let atoms = packed(people, moment);
        let tables = if moment + 1 == releases { chosen } else { &[] };
        let release = Release::build(&[asked()], &atoms, &[], K, &earlier, Moment::Closing { tables }).unwrap();
        earlier.push(Earlier { release, atoms });
    }
    earlier.into_iter().map(|earlier| earlier.release).collect()
}

/// Unit, channel, grade.
type Place = (usize, usize, usize);

impl Person {
    pub(super) fn place(&self) -> Place {
        (self.unit, self.channel, self.grade)
    }
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

/// An unknown number of people of one kind: place, answers, and the moment.
type Kind = (Place, [usize; QUESTIONS], usize);

/// What is published, as sums of unknown numbers.
struct Attack {
    kinds: Vec<Kind>,
    equations: Vec<(Vec<usize>, u64)>,
    /// Whether forms only come, so that kinds are counted by the period in which they came.
    only_come: bool,
    last: usize,
}

impl Attack {
    fn of(releases: &[Release], places: &[Place], only_come: bool) -> Self {
        let mut kinds = Vec::new();
        for moment in 0..releases.len() {
            for &place in places {
                for code in 0..OUTCOMES.pow(QUESTIONS as u32) {
                    let answers = std::array::from_fn(|question| code / OUTCOMES.pow(question as u32) % OUTCOMES);
                    kinds.push((place, answers, moment));
                }
            }
        }
        let mut attack = Self { kinds, equations: Vec::new(), only_come, last: releases.len() - 1 };
        for (moment, release) in releases.iter().enumerate() {
            attack.learn_groups(release, moment);
        }
        attack
    }

    fn learn_groups(&mut self, release: &Release, moment: usize) {
        for (_, by, group) in groups(release) {
            let Some(figures) = &group.figures else { continue };
            let inside = |kind: &Kind| stands_in(kind.0, by, &group.key);
            self.learn(moment, figures.n, &inside);
            for (question, told) in figures.questions.iter().enumerate() {
                for (choice, cell) in told.answers.iter().flat_map(|told| told.distribution.iter().enumerate()) {
                    self.learn(moment, cell.n, &|kind| inside(kind) && kind.1[question] == choice);
                }
            }
        }
    }

    fn learn_table(&mut self, pair: (usize, usize), table: &Crosstab) {
        for (row, line) in table.rows.iter().enumerate() {
            if let Some(n) = line.n {
                self.learn(self.last, n, &|kind| kind.1[pair.0] == row && kind.1[pair.1] < CHOICES);
            }
            for (column, cell) in line.cells.iter().enumerate() {
                if let Some(n) = cell.n {
                    self.learn(self.last, n, &|kind| kind.1[pair.0] == row && kind.1[pair.1] == column);
                }
            }
        }
    }

    fn learn(&mut self, moment: usize, n: u64, holds: &dyn Fn(&Kind) -> bool) {
        self.equations.push((self.those(moment, holds), n));
    }

    fn those(&self, moment: usize, holds: &dyn Fn(&Kind) -> bool) -> Vec<usize> {
        let counted = |kind: &Kind| if self.only_come { kind.2 <= moment } else { kind.2 == moment };
        (0..self.kinds.len()).filter(|&at| counted(&self.kinds[at]) && holds(&self.kinds[at])).collect()
    }

    /// The least and the most that there can be of something at the last release.
    fn bounds(&self, holds: &dyn Fn(&Kind) -> bool) -> (f64, f64) {
        let wanted = self.those(self.last, holds);
        let bound = |direction| {
            let mut problem = Problem::new(direction);
            let variables: Vec<_> = (0..self.kinds.len())
                .map(|at| problem.add_var(if wanted.contains(&at) { 1.0 } else { 0.0 }, (0.0, f64::INFINITY)))
                .collect();
            for (kinds, n) in &self.equations {
                let sum: Vec<_> = kinds.iter().map(|&at| (variables[at], 1.0)).collect();
                problem.add_constraint(&sum, ComparisonOp::Eq, *n as f64);
            }
            match problem.solve().unwrap() {
                SolveOutcome::Solution(solution) => solution.objective(),
                other => panic!("{other:?}"),
            }
        };
        (bound(OptimizationDirection::Minimize), bound(OptimizationDirection::Maximize))
    }
}

/// What the attacker wins, one sentence each.
fn won(people: &[Person], releases: &[Release], tables: &[Crosstab]) -> Vec<String> {
    let mut places: Vec<Place> = people.iter().map(Person::place).collect();
    places.sort_unstable();
    places.dedup();
    let only_come = people.iter().all(|person| person.until >= releases.len());
    let without = Attack::of(releases, &places, only_come);
    let mut with = Attack::of(releases, &places, only_come);
    for (table, pair) in tables.iter().zip([(0, 1), (1, 2)]) {
        with.learn_table(pair, table);
    }
    let last = releases.len() - 1;
    let there: Vec<&Person> = people.iter().filter(|person| person.until > last).collect();
    let mut won = Vec::new();
    for (table, pair) in tables.iter().zip([(0, 1), (1, 2)]).filter(|(table, _)| !table.suppressed) {
        for (row, column) in (0..CHOICES).flat_map(|row| (0..CHOICES).map(move |column| (row, column))) {
            let holds = |kind: &Kind| kind.1[pair.0] == row && kind.1[pair.1] == column;
            let own = there.iter().filter(|p| p.answers[pair.0] == row && p.answers[pair.1] == column).count() as u64;
            if (1..K).contains(&own) {
                let (least, most) = with.bounds(&holds);
                let (low, high) = without.bounds(&holds);
                let enough = (high - low).min(K as f64) - 1e-6;
                if most - least < enough {
                    won.push(format!("{}: cell {row},{column} of {own} is in {least}..{most}", table.question));
                }
            }
            won.extend(alike(&there, (&with, &without), pair, (row, column)));
        }
    }
    won
}

/// Whether it came out that all of a small row or column answered alike.
fn alike(
    there: &[&Person],
    (with, without): (&Attack, &Attack),
    pair: (usize, usize),
    spot: (usize, usize),
) -> Vec<String> {
    let mut won = Vec::new();
    for ((line, told), (at, answer)) in [(pair, spot), ((pair.1, pair.0), (spot.1, spot.0))] {
        let of = there.iter().filter(|p| p.answers[line] == at && p.answers[told] < CHOICES);
        let answers: Vec<usize> = of.map(|person| person.answers[told]).collect();
        let same = answers.iter().all(|one| *one == answer);
        if answers.is_empty() || !same || answers.len() as u64 >= 3 * K {
            continue;
        }
        let others = |kind: &Kind| kind.1[line] == at && kind.1[told] < CHOICES && kind.1[told] != answer;
        if with.bounds(&others).1 < 1e-6 && without.bounds(&others).1 > 1.0 {
            won.push(format!("all {} of line {at} said {answer}", answers.len()));
        }
    }
    won
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_linear_program_finds_a_small_cell_in_one_release(people in people(1, 160)) {
        let releases = make(&people, 1);
        prop_assert_eq!(won(&people, &releases, &releases[0].crosstabs), Vec::<String>::new());
    }

    #[test]
    fn no_linear_program_finds_a_small_cell_in_two_releases(people in people(2, 160)) {
        let releases = make(&people, 2);
        prop_assert_eq!(won(&people, &releases, &releases[1].crosstabs), Vec::<String>::new());
    }
}

/// Two schools with enough forms that a table can be shown in part.
fn plenty() -> Vec<Person> {
    let mut people = Vec::new();
    for parent in 0..400_usize {
        let first = [0, 0, 0, 0, 1, 1, 1, 0, 1, 0][parent % 10];
        let second = [0, 1, 0, 0, 1, 0, 1][parent % 7];
        let mut answers = [first, second, parent % 3];
        match parent {
            // two who say something that few say, and some who say it otherwise
            10 | 20 => answers = [2, 2, 0],
            30..45 => answers[0] = 2,
            50..66 => answers[1] = 2,
            _ => {}
        }
        people.push(Person { unit: parent % 2, channel: 0, grade: parent % 4 / 2, answers, since: 0, until: 1 });
    }
    people
}

/// A careless publisher: hides the small cells and nothing else.
fn careless(table: &Crosstab, people: &[Person], pair: (usize, usize)) -> Crosstab {
    let mut table = table.clone();
    for (row, line) in table.rows.iter_mut().enumerate() {
        line.n = Some(people.iter().filter(|p| p.answers[pair.0] == row && p.answers[pair.1] < CHOICES).count() as u64);
        for (column, cell) in line.cells.iter_mut().enumerate() {
            let n = people.iter().filter(|p| p.answers[pair.0] == row && p.answers[pair.1] == column).count() as u64;
            cell.n = (!(1..K).contains(&n)).then_some(n);
        }
    }
    table
}

#[test]
fn a_table_is_shown_in_part_and_a_careless_one_would_give_the_small_cell_away() {
    let people = plenty();
    let releases = make(&people, 1);
    let tables = &releases[0].crosstabs;
    let cells = || tables[0].rows.iter().flat_map(|row| &row.cells);
    assert!(!tables[0].suppressed);
    assert!(tables[0].rows[2].cells[2].suppressed, "two people");
    let (hidden, shown) = (cells().filter(|cell| cell.suppressed).count(), cells().filter(|c| !c.suppressed).count());
    assert!(hidden >= 2 && shown >= 3, "{hidden} hidden, {shown} shown");
    assert_eq!(won(&people, &releases, tables), Vec::<String>::new());
    let careless: Vec<Crosstab> =
        tables.iter().zip([(0, 1), (1, 2)]).map(|(table, pair)| careless(table, &people, pair)).collect();
    assert!(!won(&people, &releases, &careless).is_empty(), "the attacker finds two people in the careless table");
}

#[test]
fn what_is_attacked_are_tables_that_are_shown_in_part() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    for releases in [1, 2] {
        let in_part = (0..40).filter(|_| {
            let people = people(releases, 160).new_tree(&mut runner).unwrap().current();
            let tables = make(&people, releases).pop().unwrap().crosstabs;
            tables.iter().any(|table| !table.suppressed && table.hidden > 0)
        });
        let in_part = in_part.count();
        assert!(in_part >= 8, "{in_part} of 40 rounds with {releases} releases");
    }
}
