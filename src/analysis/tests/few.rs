//! The attacker with a linear program once more, after what the few of a school answered who are in one grade or came by one
//! channel. All tables of all releases are pooled, and there are no negative numbers of people.
//!
//! Unknown is, per place, period and question, how many gave each answer; the questions of a place have the same people.

use proptest::prelude::*;

use super::round::{CHOICES, K, OUTCOMES, Person, Place, QUESTIONS, make, people, places, stands_in};
use super::solver::Sums;
use super::*;

/// Place, period, question, outcome.
type Unknown = (Place, usize, usize, usize);

struct Attack {
    unknowns: Vec<Unknown>,
    sums: Sums,
    only_come: bool,
    last: usize,
}

impl Attack {
    fn of(people: &[Person], releases: &[Release]) -> Self {
        let spots =
            || places(people).into_iter().flat_map(|place| (0..releases.len()).map(move |period| (place, period)));
        let mut unknowns = Vec::new();
        for (place, period) in spots() {
            let all = (0..QUESTIONS * OUTCOMES).map(|at| (place, period, at / OUTCOMES, at % OUTCOMES));
            unknowns.extend(all);
        }
        let only_come = people.iter().all(|person| person.until >= releases.len());
        let mut attack = Self { sums: Sums::of(unknowns.len()), unknowns, only_come, last: releases.len() - 1 };
        for (place, period) in spots() {
            let of = |question: usize| {
                (0..OUTCOMES).map(|outcome| attack.at((place, period, question, outcome))).collect::<Vec<_>>()
            };
            let asked: Vec<Vec<usize>> = (0..QUESTIONS).map(of).collect();
            asked[1..].iter().for_each(|same| attack.sums.learn(same.clone(), asked[0].clone(), 0));
        }
        releases.iter().enumerate().for_each(|(moment, release)| attack.learn(release, moment));
        attack
    }

    fn at(&self, unknown: Unknown) -> usize {
        self.unknowns.iter().position(|one| *one == unknown).unwrap()
    }

    fn learn(&mut self, release: &Release, moment: usize) {
        for (_, by, group) in groups(release) {
            let Some(figures) = &group.figures else { continue };
            let inside = |place: Place| stands_in(place, by, &group.key);
            self.sums.learn(self.those(moment, 0, &|place, _| inside(place)), Vec::new(), figures.n);
            for (question, told) in figures.questions.iter().enumerate() {
                for (choice, cell) in told.answers.iter().flat_map(|told| told.distribution.iter().enumerate()) {
                    let sum = self.those(moment, question, &|place, outcome| inside(place) && outcome == choice);
                    self.sums.learn(sum, Vec::new(), cell.n);
                }
            }
        }
    }

    fn those(&self, moment: usize, question: usize, holds: &dyn Fn(Place, usize) -> bool) -> Vec<usize> {
        let counted = |period: usize| if self.only_come { period <= moment } else { period == moment };
        let is_meant =
            |(place, period, asked, outcome): Unknown| asked == question && counted(period) && holds(place, outcome);
        (0..self.unknowns.len()).filter(|&at| is_meant(self.unknowns[at])).collect()
    }
}

/// Fewer than `K` people of a school who are in one grade or came by one channel.
pub(super) struct Few<'a> {
    school: String,
    by: &'static str,
    key: String,
    there: &'a [&'a Person],
}

impl<'a> Few<'a> {
    /// All of them among those who are there.
    pub(super) fn all(there: &'a [&'a Person]) -> Vec<Self> {
        let pairs = (0..2).flat_map(|unit| ["channel", "grade"].map(|by| (unit, by)));
        let few = |(unit, by, key): (usize, &'static str, usize)| Self {
            school: format!("u{unit}"),
            by,
            key: format!("{}{key}", &by[..1]),
            there,
        };
        let all = pairs.flat_map(|(unit, by)| (0..2).map(move |key| (unit, by, key))).map(few);
        all.filter(|few| (1..K).contains(&(few.count(&|_| true) as u64))).collect()
    }

    pub(super) fn holds(&self, place: Place) -> bool {
        stands_in(place, "unit", &self.school) && stands_in(place, self.by, &self.key)
    }

    /// How many of them are such.
    pub(super) fn count(&self, is_such: &dyn Fn(&Person) -> bool) -> usize {
        self.there.iter().filter(|person| self.holds(person.place()) && is_such(person)).count()
    }

    pub(super) fn name(&self) -> String {
        format!("{} {}: {} people", self.school, self.key, self.count(&|_| true))
    }

    /// Whether all of a large group gave an answer: that may be told, and says what all of its parts did.
    pub(super) fn is_told(&self, question: usize, choice: usize) -> bool {
        let alike = |is_meant: &dyn Fn(Place) -> bool| {
            let answers = self.there.iter().filter(|person| is_meant(person.place())).map(|p| p.answers[question]);
            let answers: Vec<usize> = answers.filter(|answer| *answer < CHOICES).collect();
            answers.iter().all(|answer| *answer == choice) && answers.len() as u64 >= 3 * K
        };
        alike(&|_| true)
            || alike(&|place| stands_in(place, "unit", &self.school))
            || alike(&|place| stands_in(place, self.by, &self.key))
    }
}

/// What few answered and the attacker knows for certain, one sentence each.
fn pinned(people: &[Person], releases: &[Release]) -> Vec<String> {
    let attack = Attack::of(people, releases);
    let there: Vec<&Person> = people.iter().filter(|person| person.until >= releases.len()).collect();
    let mut pinned = Vec::new();
    for few in Few::all(&there) {
        for (question, choice) in (0..QUESTIONS).flat_map(|question| (0..CHOICES).map(move |choice| (question, choice)))
        {
            let gave = few.count(&|person| person.answers[question] == choice);
            if gave == 0 || few.is_told(question, choice) {
                continue;
            }
            let wanted = attack.those(attack.last, question, &|place, outcome| few.holds(place) && outcome == choice);
            if attack.sums.pin(&wanted, gave as u64) {
                pinned.push(format!("{}, {gave} said {choice} to {question}", few.name()));
            }
        }
    }
    pinned
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_release_pins_nothing_of_the_few_of_a_school(people in people(1, 160)) {
        prop_assert_eq!(pinned(&people, &make(&people, 1, &[])), Vec::<String>::new());
    }

    #[test]
    fn two_releases_pin_nothing_of_the_few_of_a_school(people in people(2, 160)) {
        prop_assert_eq!(pinned(&people, &make(&people, 2, &[])), Vec::<String>::new());
    }
}

/// Two schools of 41 and 40, two grades; one parent of the round says 2, of school 0 and grade 1, where three are.
fn rare() -> Vec<Person> {
    let person = |at: usize, grade: usize| Person {
        unit: at % 2,
        channel: 0,
        grade,
        answers: [at / 2 % 2, at / 4 % 2, at / 8 % 2],
        since: 0,
        until: 1,
    };
    let mut people: Vec<Person> = (0..80).map(|at| person(at, usize::from(at % 2 == 1 && at < 40 || at < 4))).collect();
    people.push(Person { answers: [2, 0, 1], ..person(0, 1) });
    people
}

#[test]
fn the_one_who_is_dissatisfied_is_not_found_by_school_and_grade() {
    let people = rare();
    let releases = make(&people, 1, &[]);
    assert_eq!(pinned(&people, &releases), Vec::<String>::new());
    let hidden = |by: &str, key: &str, question: usize| {
        group(&releases[0], Some(0), by, key).figures.as_ref().unwrap().questions[question].suppressed
    };
    assert!(!hidden("unit", "u0", 0), "the school's own results stay");
    assert!(hidden("grade", "g0", 0) && hidden("grade", "g1", 0));
    assert!(!hidden("grade", "g1", 1) && !hidden("grade", "g1", 2), "what is said by many is told of the grades");
}

#[test]
fn a_careless_release_would_let_the_attacker_win() {
    let people = rare();
    let mut asked = make(&people, 1, &[]);
    let hidden = |release: &mut Release| {
        let tables = &mut release.questionnaires[0].tables;
        let table = tables.iter_mut().find(|table| table.by == "grade").unwrap();
        for (grade, group) in table.groups.iter_mut().enumerate() {
            let of = people.iter().filter(|person| person.grade == grade).map(|person| person.answers[0]);
            let of: Vec<usize> = of.collect();
            let count = |choice: usize| of.iter().filter(|answer| **answer == choice).count() as u64;
            let cell = |choice: usize| Cell { code: choice.to_string(), n: count(choice), percent: String::new() };
            let answers = Answers {
                asked: of.len() as u64,
                answered: of.len() as u64,
                not_applicable: 0,
                distribution: (0..CHOICES).map(cell).collect(),
                mean: None,
                top_two_box: None,
            };
            group.figures.as_mut().unwrap().questions[0].answers = Some(answers);
        }
    };
    hidden(&mut asked[0]);
    assert!(!pinned(&people, &asked).is_empty());
}

#[test]
fn what_is_attacked_are_releases_that_tell_answers_by_several_kinds_of_group() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let tells = |release: &Release, by: &str| {
        let tables = release.questionnaires[0].tables.iter().filter(|table| table.by == by);
        let figures = tables.flat_map(|table| &table.groups).filter_map(|group| group.figures.as_ref());
        figures.flat_map(|figures| &figures.questions).any(|question| !question.suppressed)
    };
    let several = (0..40).filter(|_| {
        let people = people(1, 160).new_tree(&mut runner).unwrap().current();
        let release = make(&people, 1, &[]).remove(0);
        ["unit", "grade"].iter().all(|by| tells(&release, by))
    });
    let several = several.count();
    assert!(several >= 8, "{several} of 40 rounds");
}
