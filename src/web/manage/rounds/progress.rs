//! How many forms have come in, live: by unit, and within a unit by level.

use std::collections::{BTreeMap, HashMap};

use crate::catalogue::{Catalogue, Published};
use crate::store::rounds::RoundRow;
use crate::store::tallies::Inflow;
use crate::store::{Db, StoreError, rounds, tallies};
use crate::survey::text::Lang;
use crate::vietnamese;
use crate::web::words::Words;

/// Below this share of those asked, a school needs a word.
pub(super) const SLOW_PERCENT: i64 = 20;

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
    fn per_mille(self) -> Option<i64> {
        let eligible = self.eligible.filter(|eligible| *eligible > 0)?;
        Some((self.n * 2000 + eligible) / (2 * eligible))
    }

    /// The share in whole percent for a meter, which ends at 100.
    pub(super) fn percent(self) -> Option<i64> {
        Some((self.per_mille()? / 10).min(100))
    }

    /// `43,7 %`.
    pub(super) fn share(self, words: Words) -> Option<String> {
        let tenths = self.per_mille()?;
        let (whole, tenth) = (tenths / 10, tenths % 10);
        Some(if words.0 == Lang::EN { format!("{whole}.{tenth}%") } else { format!("{whole},{tenth}\u{a0}%") })
    }

    /// `4.318 / 9.870`; `–` where the second is unknown.
    pub(super) fn of(self) -> String {
        let eligible = self.eligible.map_or_else(|| "–".to_owned(), vietnamese::count);
        format!("{} / {eligible}", vietnamese::count(self.n))
    }
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
            let count = Count { n: 0, eligible: target.eligible };
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
        Self { id, name, all: Count { n, eligible }, levels: levels.into_iter().collect(), is_removed }
    }
}

fn level_of(form: &std::sync::Arc<Published>) -> &'static str {
    form.questionnaire.level_code()
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert_eq!(Count { n: 12, eligible: Some(10) }.percent(), Some(100));
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
