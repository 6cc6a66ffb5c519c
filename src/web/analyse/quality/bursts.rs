//! Schools from which most forms came at once: in one hour, or on one day. The rule is that of the page of signs.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::analysis::signs::{Observed, Sign, signs, uncompared};
use crate::catalogue::Catalogue;
use crate::store::rounds::NamedUnit;
use crate::store::{Db, StoreError, arrivals};
use crate::vietnamese::{self, compare};
use crate::web::manage::rounds::observed;
use crate::web::words::Words;

/// In rounds of fewer days a day with most forms says nothing.
const LEAST_DAYS: usize = 3;

/// When forms came, by school.
pub(super) struct Came {
    schools: BTreeMap<i64, Observed>,
    /// The day on which most came, and how many.
    largest: BTreeMap<i64, (NaiveDate, u64)>,
}

/// Reads when forms came.
///
/// # Errors
/// The database failed.
pub(super) fn read(db: &mut Db, catalogue: &Catalogue, round: i64, today: NaiveDate) -> Result<Came, StoreError> {
    let arrived = arrivals::of_round(db, round, today)?.units;
    let days: BTreeSet<&NaiveDate> = arrived.values().flat_map(|unit| unit.days.keys()).collect();
    let largest = |days: &BTreeMap<NaiveDate, i64>| {
        let (day, n) = days.iter().max_by_key(|(_, n)| **n)?;
        Some((*day, u64::try_from(*n).ok()?))
    };
    let largest = if days.len() < LEAST_DAYS {
        BTreeMap::new()
    } else {
        arrived.iter().filter_map(|(unit, arrived)| Some((*unit, largest(&arrived.days)?))).collect()
    };
    Ok(Came { schools: observed(db, catalogue, round, today)?, largest })
}

/// A school with a burst.
pub(super) struct BurstRow {
    pub name: String,
    pub said: Vec<String>,
    /// Where the forms of its largest day are counted.
    pub address: Option<String>,
}

impl Came {
    /// Schools with a burst, by name.
    pub(super) fn rows(&self, units: &[NamedUnit], words: Words) -> Vec<BurstRow> {
        let (hours, days) = (bursts(self.schools.values().cloned()), bursts(self.by_day()));
        let found = self.schools.keys().zip(hours.into_iter().zip(days));
        let mut rows: Vec<BurstRow> = found
            .filter_map(|(unit, burst)| self.row(units.iter().find(|one| one.id == *unit)?, burst, words))
            .collect();
        rows.sort_by(|a, b| compare(&a.name, &b.name));
        rows
    }

    fn row(&self, unit: &NamedUnit, (hour, day): (Option<Burst>, Option<Burst>), words: Words) -> Option<BurstRow> {
        let count = |n: u64| words.number(i64::try_from(n).unwrap_or(i64::MAX));
        let largest = self.largest.get(&unit.id).map(|(day, _)| *day);
        let hour = hour.map(|(peak, n)| words.fill("quality-burst-hour", [("k", count(peak)), ("n", count(n))]));
        let day = day.zip(largest).map(|((peak, n), day)| {
            words.fill("quality-burst-day", [("k", count(peak)), ("n", count(n)), ("day", vietnamese::date(day))])
        });
        let said: Vec<String> = [hour, day].into_iter().flatten().collect();
        let address = largest.map(|day| format!("?unit={}&from={day}&to={day}#days", unit.code));
        (!said.is_empty()).then(|| BurstRow { name: unit.name.clone(), said, address })
    }

    /// How many schools had most of their forms at once and cannot be compared with others.
    pub(super) fn uncompared(&self) -> usize {
        let (hours, days) = (self.schools.values().cloned().collect::<Vec<_>>(), self.by_day().collect::<Vec<_>>());
        uncompared(&hours).max(uncompared(&days))
    }

    /// The same schools, each with its largest day in the place of its largest hour.
    fn by_day(&self) -> impl Iterator<Item = Observed> {
        let peak = |unit: &i64| self.largest.get(unit).map_or(0, |(_, n)| *n);
        self.schools.iter().map(move |(unit, school)| Observed { peak: peak(unit), ..school.clone() })
    }
}

/// So many forms at once, of so many.
type Burst = (u64, u64);

fn bursts(schools: impl Iterator<Item = Observed>) -> Vec<Option<Burst>> {
    let burst = |sign: Sign| match sign {
        Sign::Burst { peak, n } => Some((peak, n)),
        Sign::Told { .. } | Sign::Alike(_) | Sign::Best(_) => None,
    };
    let schools: Vec<Observed> = schools.collect();
    signs(&schools).into_iter().map(|found| found.into_iter().find_map(burst)).collect()
}
