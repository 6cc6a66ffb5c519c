//! How many forms have come in, live: by unit, and within a unit by level.

use std::collections::{BTreeMap, HashMap};

use chrono::{NaiveDateTime, TimeDelta};

use crate::catalogue::{Catalogue, Published};
use crate::store::rounds::RoundRow;
use crate::store::tallies::Inflow;
use crate::store::{Db, StoreError, rounds, tallies};
use crate::survey::code::Level;
use crate::survey::round::{Goal, forms_expected};
use crate::vietnamese;
use crate::web::words::Words;

/// In its first days a round says nothing about a school yet.
const PATIENCE: TimeDelta = TimeDelta::days(2);

/// The share, in tenths of a percent, below which a school needs a reminder now: as much of what is hoped for as of the
/// round's time has passed. None in the first days, before opening and after closing.
pub(super) fn slow_below(round: &RoundRow, now: NaiveDateTime, goal: Goal) -> Option<i64> {
    let opens_at = round.opens_at?;
    let (passed, whole) = (now - opens_at, round.closes_at - opens_at);
    let is_time = passed >= PATIENCE && now < round.closes_at && round.frozen_at.is_none();
    is_time.then(|| goal.per_mille() * passed.num_minutes() / whole.num_minutes().max(1))
}

/// Forms that came in, of those that could.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Count {
    /// Forms that came in.
    pub n: i64,
    /// Forms that could come in; empty: unknown.
    pub eligible: Option<i64>,
}

impl Count {
    /// The share in tenths of a percent, rounded half up.
    pub(super) fn per_mille(self) -> Option<i64> {
        let eligible = self.eligible.filter(|eligible| *eligible > 0)?;
        Some((self.n * 2000 + eligible) / (2 * eligible))
    }

    /// `43,7 %`.
    pub(super) fn share(self, words: Words) -> Option<String> {
        self.per_mille().map(|tenths| percent(tenths, words))
    }

    /// `4.318 / 9.870`; only the first where the second is unknown.
    pub(super) fn of(self, words: Words) -> String {
        let n = words.number(self.n);
        self.eligible.map_or_else(|| n.clone(), |eligible| format!("{n} / {}", words.number(eligible)))
    }
}

/// Tenths of a percent as readers of this language write them: `43,7 %`.
pub(super) fn percent(tenths: i64, words: Words) -> String {
    words.percent(tenths)
}

/// One unit of a round.
#[derive(Debug, Clone)]
pub(super) struct UnitCount {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// All its levels together.
    pub all: Count,
    /// Each level, by its code.
    pub levels: Vec<(String, Count)>,
    /// Whether it was taken out of the round; its forms stay.
    pub is_removed: bool,
}

/// A round's numbers.
#[derive(Debug, Clone)]
pub(super) struct Progress {
    /// Every unit, by name.
    pub units: Vec<UnitCount>,
    /// Forms of all units, of the levels whose number of people is known: the base of the share.
    pub counted: Count,
    /// All forms.
    pub n: i64,
}

impl Progress {
    /// Reads the numbers of a round.
    pub(super) fn load(db: &mut Db, catalogue: &Catalogue, round: &RoundRow) -> Result<Self, StoreError> {
        let forms = catalogue.of_round(db, round.id)?;
        let levels: HashMap<i64, &str> = forms.iter().map(|form| (form.id, level_of(form))).collect();
        let targets = rounds::targets(db, round.id)?;
        let inflow = tallies::inflow(db, round.id)?;
        let mut counts: BTreeMap<i64, BTreeMap<String, Count>> = BTreeMap::new();
        for target in &targets {
            let questionnaires = forms.iter().map(|form| &form.questionnaire);
            let count = Count { n: 0, eligible: forms_expected(&target.level, target.eligible, questionnaires) };
            counts.entry(target.unit_id).or_default().insert(target.level.clone(), count);
        }
        let asked: Vec<i64> = counts.keys().copied().collect();
        for Inflow { version_id, unit_id, n, .. } in inflow {
            let level = levels.get(&version_id).copied().unwrap_or_default();
            counts.entry(unit_id).or_default().entry(level.to_owned()).or_default().n += n;
        }
        let mut units: Vec<UnitCount> = rounds::units(db, round.id)?
            .into_iter()
            .filter_map(|unit| Some(UnitCount::new(unit.id, unit.name, counts.remove(&unit.id)?, &asked)))
            .collect();
        units.sort_by(|a, b| vietnamese::compare(&a.name, &b.name));
        Ok(Self::sum(units))
    }

    fn sum(units: Vec<UnitCount>) -> Self {
        let n = units.iter().map(|unit| unit.all.n).sum();
        let known: Vec<Count> = units
            .iter()
            .flat_map(|unit| &unit.levels)
            .map(|(_, count)| *count)
            .filter(|c| c.eligible.is_some())
            .collect();
        let eligible = known.iter().filter_map(|count| count.eligible).sum();
        let counted =
            Count { n: known.iter().map(|count| count.n).sum(), eligible: (!known.is_empty()).then_some(eligible) };
        Self { units, counted, n }
    }

    /// Units that are asked now.
    pub(super) fn asked(&self) -> impl Iterator<Item = &UnitCount> {
        self.units.iter().filter(|unit| !unit.is_removed)
    }

    /// All units for a list: those from which nothing has come first, then the smallest shares, the fewest forms, by name.
    /// Units that were taken out stand last, if forms came from them.
    pub(super) fn in_order(&self) -> Vec<&UnitCount> {
        let mut units: Vec<&UnitCount> = self.units.iter().filter(|unit| !unit.is_removed || unit.all.n > 0).collect();
        units.sort_by_key(|unit| {
            (unit.is_removed, unit.all.n > 0, unit.all.per_mille().unwrap_or(i64::MAX), unit.all.n)
        });
        units
    }

    /// Units that are asked and from which nothing has come.
    pub(super) fn silent(&self) -> i64 {
        i64::try_from(self.asked().filter(|unit| unit.all.n == 0).count()).unwrap_or(i64::MAX)
    }
}

impl UnitCount {
    fn new(id: i64, name: String, levels: BTreeMap<String, Count>, asked: &[i64]) -> Self {
        let n = levels.values().map(|count| count.n).sum();
        // one unknown level makes the whole unknown
        let eligible = levels.values().map(|count| count.eligible).sum();
        let is_removed = !asked.contains(&id);
        let mut levels: Vec<(String, Count)> = levels.into_iter().collect();
        levels.sort_by_key(|(level, _)| Level::from_code(level));
        Self { id, name, all: Count { n, eligible }, levels, is_removed }
    }
}

fn level_of(form: &std::sync::Arc<Published>) -> &'static str {
    form.questionnaire.level_code()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::text::Lang;

    fn unit(id: i64, levels: &[(&str, i64, Option<i64>)]) -> UnitCount {
        let levels =
            levels.iter().map(|(level, n, eligible)| ((*level).to_owned(), Count { n: *n, eligible: *eligible }));
        UnitCount::new(id, format!("Trường {id}"), levels.collect(), &[1, 2])
    }

    #[test]
    fn shares_are_rounded_half_up_and_written_as_readers_expect() {
        let share = |n, eligible, words| Count { n, eligible }.share(words);
        assert_eq!(share(4318, Some(9870), Words::VI).as_deref(), Some("43,7\u{a0}%"));
        assert_eq!(share(1, Some(16), Words(Lang::EN)).as_deref(), Some("6.3%"));
        assert_eq!((share(5, None, Words::VI), share(5, Some(0), Words::VI)), (None, None));
        let of = |words| Count { n: 1200, eligible: Some(35_128) }.of(words);
        assert_eq!((of(Words::VI), of(Words(Lang::EN))), ("1.200 / 35.128".to_owned(), "1,200 / 35,128".to_owned()));
        assert_eq!(Count { n: 0, eligible: None }.of(Words::VI), "0");
    }

    #[test]
    fn the_silent_come_first_then_the_smallest_shares() {
        let units = [(1, 9, Some(100)), (2, 1, Some(1000)), (3, 0, Some(10)), (4, 2, Some(2000)), (5, 0, None)];
        let units = units.map(|(id, n, eligible)| {
            let levels = BTreeMap::from([("thcs".to_owned(), Count { n, eligible })]);
            UnitCount::new(id, format!("Trường {id}"), levels, &[1, 2, 3, 4])
        });
        let progress = Progress::sum(units.to_vec());
        assert_eq!(progress.in_order().iter().map(|unit| unit.id).collect::<Vec<_>>(), [3, 2, 4, 1]);
    }

    #[test]
    fn a_school_is_slow_only_against_the_time_that_has_passed() {
        use crate::store::tests::at;
        let day = 86_400;
        let mut round = crate::web::manage::rounds::stage::tests::round(Some(0), None);
        round.closes_at = at(10 * day);
        let below = |now| slow_below(&round, at(now), Goal::USUAL);
        assert_eq!((below(2 * day - 1), below(2 * day), below(5 * day)), (None, Some(40), Some(100)));
        assert_eq!(below(10 * day), None);
    }

    #[test]
    fn the_share_counts_only_where_the_number_of_people_is_known() {
        let units =
            vec![unit(1, &[("tieu_hoc", 30, Some(100)), ("moi_cap", 7, None)]), unit(2, &[("thcs", 0, Some(100))])];
        let progress = Progress::sum(units);
        assert_eq!((progress.n, progress.counted), (37, Count { n: 30, eligible: Some(200) }));
        assert_eq!(progress.units[0].all, Count { n: 37, eligible: None });
        assert_eq!(progress.silent(), 1);
    }

    #[test]
    fn a_unit_that_was_taken_out_is_neither_asked_nor_silent() {
        let progress = Progress::sum(vec![unit(3, &[("thcs", 0, None)])]);
        assert_eq!((progress.asked().count(), progress.silent()), (0, 0));
    }
}
