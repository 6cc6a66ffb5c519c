//! The attacker with a linear program after single answers, where tables were chosen for publication: of two questions, and of
//! a question by groups. Everything that these tables say is pooled with the groups of all releases.

use proptest::prelude::*;

use super::few::Few;
use super::linear::{Attack, Kind, crossed};
use super::round::{CHOICES, K, Person, Place, QUESTIONS, chain, make, pair, people, place_of, stands_in};
use super::*;
use crate::analysis::{Chosen, Crosstab};

/// Two questions, and an answer to each.
type Spot = [(usize, usize); 2];

/// Everything that nobody may know for certain and the attacker does, one sentence each.
fn pinned(people: &[Person], releases: &[Release], tables: &[Crosstab]) -> Vec<String> {
    let (without, with) = (Attack::of(people, releases), Attack::of(people, releases).and(tables));
    let there: Vec<&Person> = people.iter().filter(|person| person.until >= releases.len()).collect();
    let mut pinned = of_the_few(&there, &with, tables);
    pinned.extend(of_withheld_groups(&there, &with, tables));
    pinned.extend(of_groups(&there, (&with, &without), tables));
    pinned
}

/// What fewer than `K` of a school in one grade, or by one channel, answered: to one question, and to two that are crossed.
fn of_the_few(there: &[&Person], attack: &Attack, tables: &[Crosstab]) -> Vec<String> {
    let mut pinned = Vec::new();
    for few in Few::all(there) {
        for (question, choice) in (0..QUESTIONS).flat_map(|question| (0..CHOICES).map(move |choice| (question, choice)))
        {
            let n = few.count(&|person| person.answers[question] == choice);
            let gave = |kind: &Kind| few.holds(kind.0) && kind.1[question] == choice;
            if n > 0 && !few.is_told(question, choice) && attack.pins(n, &gave) {
                pinned.push(format!("{}, {n} said {choice} to {question}", few.name()));
            }
        }
        for spot in spots(tables) {
            let is_told = spot.iter().any(|(question, choice)| few.is_told(*question, *choice));
            let n = few.count(&|person| spot.iter().all(|(question, choice)| person.answers[*question] == *choice));
            let gave =
                |kind: &Kind| few.holds(kind.0) && spot.iter().all(|(question, choice)| kind.1[*question] == *choice);
            if n > 0 && !is_told && attack.pins(n, &gave) {
                pinned.push(format!("{}, {n} said {spot:?}", few.name()));
            }
        }
    }
    pinned
}

/// Cells of the tables of two questions that are shown.
fn spots(tables: &[Crosstab]) -> Vec<Spot> {
    let pairs = tables.iter().filter(|table| !table.suppressed).filter_map(crossed);
    let cells = || (0..CHOICES).flat_map(|row| (0..CHOICES).map(move |column| (row, column)));
    pairs.flat_map(|(one, other)| cells().map(move |(row, column)| [(one, row), (other, column)])).collect()
}

/// What was answered in groups that a table by groups withholds because too few answered in them.
fn of_withheld_groups(there: &[&Person], attack: &Attack, tables: &[Crosstab]) -> Vec<String> {
    let mut pinned = Vec::new();
    for table in tables.iter().filter(|table| crossed(table).is_none()) {
        let question = place_of(&table.question).unwrap();
        let answers = |is_meant: &dyn Fn(&Person) -> bool| -> Vec<usize> {
            let meant = there.iter().filter(|person| is_meant(person)).map(|person| person.answers[question]);
            meant.filter(|answer| *answer < CHOICES).collect()
        };
        let all = answers(&|_| true);
        for line in table.rows.iter().filter(|line| line.cells.iter().any(|cell| cell.suppressed)) {
            let inside = |place: Place| stands_in(place, &table.by, &line.key);
            let few = answers(&|person| inside(person.place()));
            for choice in (0..CHOICES).filter(|choice| few.contains(choice) && (few.len() as u64) < K) {
                let n = few.iter().filter(|answer| **answer == choice).count();
                let gave = |kind: &Kind| inside(kind.0) && kind.1[question] == choice;
                let is_told = all.len() as u64 >= 3 * K && all.iter().all(|answer| *answer == choice);
                if !is_told && attack.pins(n, &gave) {
                    pinned.push(format!("withheld {} {}: {n} said {choice} to {question}", table.by, line.key));
                }
            }
        }
    }
    pinned
}

/// Small cells of a table of two questions within a group, which no table shows, where the table says more than the groups do.
fn of_groups(there: &[&Person], (with, without): (&Attack, &Attack), tables: &[Crosstab]) -> Vec<String> {
    let mut pinned = Vec::new();
    let keys = ["unit", "channel", "grade"]
        .into_iter()
        .flat_map(|by| (0..2).map(move |key| (by, format!("{}{key}", &by[..1]))));
    for (by, key) in keys {
        for spot in spots(tables) {
            let such = |answers: &[usize]| spot.iter().all(|(question, choice)| answers[*question] == *choice);
            let n = there.iter().filter(|p| stands_in(p.place(), by, &key) && such(&p.answers)).count();
            let gave = |kind: &Kind| stands_in(kind.0, by, &key) && such(&kind.1);
            if (1..K).contains(&(n as u64)) && with.pins(n, &gave) && !without.pins(n, &gave) {
                pinned.push(format!("{by} {key}: {n} said {spot:?}"));
            }
        }
    }
    pinned
}

fn tables() -> impl Strategy<Value = Vec<Chosen>> {
    any::<bool>().prop_map(|all| if all { chain() } else { pair() })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn chosen_tables_of_one_release_pin_no_single_answer(people in people(1, 160), tables in tables()) {
        let releases = make(&people, 1, &tables);
        prop_assert_eq!(pinned(&people, &releases, &releases[0].crosstabs), Vec::<String>::new());
    }

    #[test]
    fn a_chosen_table_that_is_withheld_takes_no_other_figure_away(people in people(1, 60), tables in tables()) {
        let with = make(&people, 1, &tables).remove(0);
        let is_shown = |chosen: &Chosen| {
            with.crosstabs.iter().any(|table| (&table.by, &table.question) == (&chosen.by, &chosen.question) && !table.suppressed)
        };
        let shown: Vec<Chosen> = tables.iter().filter(|chosen| is_shown(chosen)).cloned().collect();
        let without = make(&people, 1, &shown).remove(0);
        let told = with.crosstabs.iter().filter(|table| !table.suppressed).cloned().collect();
        prop_assert_eq!(with.crosstabs.len(), tables.len());
        prop_assert_eq!(Release { crosstabs: told, ..with }, without);
    }

    #[test]
    fn chosen_tables_after_an_interim_release_pin_no_single_answer(people in people(2, 160), tables in tables()) {
        let releases = make(&people, 2, &tables);
        prop_assert_eq!(pinned(&people, &releases, &releases[1].crosstabs), Vec::<String>::new());
    }
}
