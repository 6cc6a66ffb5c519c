//! An attacker with a linear program, who knows the releases of a round and nothing else.
//!
//! Whatever the tokens of all readers show together is the release itself, so that is what is pooled here: every group of every
//! table, every question, every chosen table, of all releases. Unknown is how many people there are of each kind – place,
//! answers to all three questions – in each period; everything published is an equation about them. That a cell is withheld
//! is none: it may be small or hide another one that is.

use proptest::prelude::*;

use super::round::{CHOICES, K, OUTCOMES, Person, Place, QUESTIONS, chain, make, people, place_of, places, stands_in};
use super::solver::Sums;
use super::*;
use crate::analysis::Crosstab;

/// An unknown number of people of one kind: place, answers, and the moment.
pub(super) type Kind = (Place, [usize; QUESTIONS], usize);

/// What is published, as sums of unknown numbers.
pub(super) struct Attack {
    kinds: Vec<Kind>,
    sums: Sums,
    /// Whether forms only come, so that kinds are counted by the period in which they came.
    only_come: bool,
    last: usize,
}

impl Attack {
    /// What the groups of all releases say.
    pub(super) fn of(people: &[Person], releases: &[Release]) -> Self {
        let mut kinds = Vec::new();
        for (moment, place) in
            (0..releases.len()).flat_map(|moment| places(people).into_iter().map(move |p| (moment, p)))
        {
            for code in 0..OUTCOMES.pow(QUESTIONS as u32) {
                let answers = std::array::from_fn(|question| code / OUTCOMES.pow(question as u32) % OUTCOMES);
                kinds.push((place, answers, moment));
            }
        }
        let only_come = people.iter().all(|person| person.until >= releases.len());
        let mut attack = Self { sums: Sums::of(kinds.len()), kinds, only_come, last: releases.len() - 1 };
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

    /// And what chosen tables say, of either kind: bases and cells. Per cents follow from these.
    pub(super) fn and(mut self, tables: &[Crosstab]) -> Self {
        tables.iter().for_each(|table| self.learn_table(table));
        self
    }

    fn learn_table(&mut self, table: &Crosstab) {
        let column = place_of(&table.question).unwrap();
        for (row, line) in table.rows.iter().enumerate() {
            let inside = |kind: &Kind| match place_of(&table.by) {
                Some(question) => kind.1[question] == row,
                None => stands_in(kind.0, &table.by, &line.key),
            };
            if let Some(n) = line.n {
                self.learn(self.last, n, &|kind| inside(kind) && kind.1[column] < CHOICES);
            }
            for (choice, n) in line.cells.iter().enumerate().filter_map(|(choice, cell)| Some((choice, cell.n?))) {
                self.learn(self.last, n, &|kind| inside(kind) && kind.1[column] == choice);
            }
        }
    }

    fn learn(&mut self, moment: usize, n: u64, holds: &dyn Fn(&Kind) -> bool) {
        self.sums.learn(self.those(moment, holds), Vec::new(), n);
    }

    fn those(&self, moment: usize, holds: &dyn Fn(&Kind) -> bool) -> Vec<usize> {
        let counted = |kind: &Kind| if self.only_come { kind.2 <= moment } else { kind.2 == moment };
        (0..self.kinds.len()).filter(|&at| counted(&self.kinds[at]) && holds(&self.kinds[at])).collect()
    }

    /// The least and the most that there can be of something at the last release.
    pub(super) fn bounds(&self, holds: &dyn Fn(&Kind) -> bool) -> (f64, f64) {
        self.sums.bounds(&self.those(self.last, holds))
    }

    /// Whether it is known for certain that there are `n` at the last release, as there are in truth.
    pub(super) fn pins(&self, n: usize, holds: &dyn Fn(&Kind) -> bool) -> bool {
        self.sums.pin(&self.those(self.last, holds), n as u64)
    }
}

/// The two questions of a table that has two.
pub(super) fn crossed(table: &Crosstab) -> Option<(usize, usize)> {
    Some((place_of(&table.by)?, place_of(&table.question)?))
}

/// What the attacker wins, one sentence each.
fn won(people: &[Person], releases: &[Release], tables: &[Crosstab]) -> Vec<String> {
    let without = Attack::of(people, releases);
    let with = Attack::of(people, releases).and(tables);
    let last = releases.len() - 1;
    let there: Vec<&Person> = people.iter().filter(|person| person.until > last).collect();
    let mut won = Vec::new();
    let shown = tables.iter().filter(|table| !table.suppressed);
    for (table, pair) in shown.filter_map(|table| Some((table, crossed(table)?))) {
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_linear_program_finds_a_small_cell_in_one_release(people in people(1, 160)) {
        let releases = make(&people, 1, &chain());
        prop_assert_eq!(won(&people, &releases, &releases[0].crosstabs), Vec::<String>::new());
    }

    #[test]
    fn no_linear_program_finds_a_small_cell_in_two_releases(people in people(2, 160)) {
        let releases = make(&people, 2, &chain());
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
fn careless(table: &Crosstab, people: &[Person]) -> Crosstab {
    let mut table = table.clone();
    let Some(pair) = crossed(&table) else { return table };
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
    let releases = make(&people, 1, &chain());
    let tables = &releases[0].crosstabs;
    let cells = || tables[0].rows.iter().flat_map(|row| &row.cells);
    assert!(!tables[0].suppressed);
    assert!(tables[0].rows[2].cells[2].suppressed, "two people");
    let (hidden, shown) = (cells().filter(|cell| cell.suppressed).count(), cells().filter(|c| !c.suppressed).count());
    assert!(hidden >= 2 && shown >= 3, "{hidden} hidden, {shown} shown");
    assert_eq!(won(&people, &releases, tables), Vec::<String>::new());
    let careless: Vec<Crosstab> = tables.iter().map(|table| careless(table, &people)).collect();
    assert!(!won(&people, &releases, &careless).is_empty(), "the attacker finds two people in the careless table");
}

#[test]
fn what_is_attacked_are_tables_that_are_shown_in_part() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    for releases in [1, 2] {
        let in_part = (0..40).filter(|_| {
            let people = people(releases, 160).new_tree(&mut runner).unwrap().current();
            let tables = make(&people, releases, &chain()).pop().unwrap().crosstabs;
            let crossing = tables.iter().filter(|table| crossed(table).is_some());
            crossing.filter(|table| !table.suppressed && table.hidden > 0).count() > 0
        });
        let in_part = in_part.count();
        assert!(in_part >= 8, "{in_part} of 40 rounds with {releases} releases");
    }
}
