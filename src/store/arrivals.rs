//! When forms came in, as counts that tell as little as possible: the running hour by school, which is emptied when it is over;
//! then the day by school, today's hours of the round as a whole, and the largest hour of each school without when it was.
//! A form itself keeps its date only, and no two of these counts together say more about one form than that.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta, Timelike};
use diesel::prelude::*;

use super::dialect::both;
use super::schema::{arrival, arrival_day, arrival_hour, arrival_peak};
use super::{Db, StoreError};
use crate::vietnamese;

/// A writer that looked at the clock just before the hour was over has committed by now.
const SETTLED: TimeDelta = TimeDelta::minutes(1);

/// Whole hours since 1970, UTC.
pub(super) fn hour_of(utc: NaiveDateTime) -> i64 {
    utc.and_utc().timestamp().div_euclid(3600)
}

/// The day in Việt Nam, and the hour of that day, in which an hour lies.
fn local_hour(hour: i64) -> Option<(NaiveDate, u32)> {
    let begins = vietnamese::local(chrono::DateTime::from_timestamp(hour.checked_mul(3600)?, 0)?.naive_utc());
    Some((begins.date(), begins.hour()))
}

/// What came in from one unit, withdrawn forms included.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OfUnit {
    /// Forms by day in Việt Nam.
    pub days: BTreeMap<NaiveDate, i64>,
    /// The most forms in one hour.
    pub peak: i64,
    /// Forms with enough ratings to tell whether all are the same.
    pub rated: i64,
    /// Of these, forms in which all are.
    pub alike: i64,
}

/// When the forms of a round came in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Arrivals {
    /// By the number of the unit.
    pub units: BTreeMap<i64, OfUnit>,
    /// Forms of all units in each hour of today that has had some.
    pub hours: BTreeMap<u32, i64>,
}

impl Arrivals {
    /// Forms of all units by day.
    pub fn days(&self) -> BTreeMap<NaiveDate, i64> {
        let mut days = BTreeMap::new();
        for (day, n) in self.units.values().flat_map(|unit| &unit.days) {
            *days.entry(*day).or_insert(0) += n;
        }
        days
    }
}

/// The arrivals of a round.
///
/// # Errors
/// The database failed.
pub fn of_round(db: &mut Db, round_id: i64, today: NaiveDate) -> Result<Arrivals, StoreError> {
    let mut arrivals = Arrivals::default();
    let days: Vec<(i64, NaiveDate, i64, i64, i64)> = arrival_day::table
        .filter(arrival_day::round_id.eq(round_id))
        .select((arrival_day::unit_id, arrival_day::day, arrival_day::n, arrival_day::rated, arrival_day::alike))
        .load(db)?;
    for (unit_id, day, n, rated, alike) in days {
        arrivals.units.entry(unit_id).or_default().add(day, n, rated, alike);
    }
    let peaks: Vec<(i64, i64)> = arrival_peak::table
        .filter(arrival_peak::round_id.eq(round_id))
        .select((arrival_peak::unit_id, arrival_peak::n))
        .load(db)?;
    for (unit_id, n) in peaks {
        arrivals.units.entry(unit_id).or_default().peak = n;
    }
    let hours: Vec<(i64, i64)> = arrival_hour::table
        .filter(arrival_hour::round_id.eq(round_id))
        .select((arrival_hour::hour, arrival_hour::n))
        .load(db)?;
    for (hour, n) in hours {
        arrivals.add_hour(hour, n, today);
    }
    let running: Vec<Running> =
        arrival::table.filter(arrival::round_id.eq(round_id)).select(Running::as_select()).load(db)?;
    for ((_, unit_id, hour), row) in summed(running) {
        arrivals.add_hour(hour, row.n, today);
        let unit = arrivals.units.entry(unit_id).or_default();
        unit.peak = unit.peak.max(row.n);
        if let Some((day, _)) = local_hour(hour) {
            unit.add(day, row.n, row.rated, row.alike);
        }
    }
    Ok(arrivals)
}

/// How many forms of each unit came in within these days, both of them included, and withdrawn forms with them.
///
/// # Errors
/// The database failed.
pub fn within(
    db: &mut Db,
    round_id: i64,
    (from, to): (Option<NaiveDate>, Option<NaiveDate>),
) -> Result<BTreeMap<i64, i64>, StoreError> {
    let is_within = |day: &NaiveDate| from.is_none_or(|from| *day >= from) && to.is_none_or(|to| *day <= to);
    let counted = |unit: OfUnit| unit.days.iter().filter(|(day, _)| is_within(day)).map(|(_, n)| n).sum();
    // hours are wanted of no day
    let arrivals = of_round(db, round_id, NaiveDate::MIN)?;
    Ok(arrivals.units.into_iter().map(|(unit, arrived)| (unit, counted(arrived))).collect())
}

impl OfUnit {
    fn add(&mut self, day: NaiveDate, n: i64, rated: i64, alike: i64) {
        *self.days.entry(day).or_insert(0) += n;
        self.rated += rated;
        self.alike += alike;
    }
}

impl Arrivals {
    fn add_hour(&mut self, hour: i64, n: i64, today: NaiveDate) {
        if let Some((_, hour)) = local_hour(hour).filter(|(day, _)| *day == today) {
            *self.hours.entry(hour).or_insert(0) += n;
        }
    }
}

/// One writer's count of an hour.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = arrival)]
struct Running {
    round_id: i64,
    unit_id: i64,
    hour: i64,
    n: i64,
    rated: i64,
    alike: i64,
}

/// By round, unit and hour, writers added up.
fn summed(rows: Vec<Running>) -> BTreeMap<(i64, i64, i64), Running> {
    let mut sums = BTreeMap::new();
    for row in rows {
        let key = (row.round_id, row.unit_id, row.hour);
        match sums.entry(key) {
            std::collections::btree_map::Entry::Vacant(place) => {
                place.insert(row);
            }
            std::collections::btree_map::Entry::Occupied(mut sum) => {
                let sum: &mut Running = sum.get_mut();
                sum.n += row.n;
                sum.rated += row.rated;
                sum.alike += row.alike;
            }
        }
    }
    sums
}

/// Whether an hour is over that was not yet settled.
///
/// # Errors
/// The database failed.
pub fn is_due(db: &mut Db, now: NaiveDateTime) -> Result<bool, StoreError> {
    let over = arrival::table.filter(arrival::hour.lt(hour_of(now - SETTLED)));
    Ok(diesel::select(diesel::dsl::exists(over)).get_result(db)?)
}

/// Empties the hours that are over into what is kept of them. Call it in a transaction: each row is taken by one process only.
///
/// # Errors
/// The database failed.
pub fn settle(db: &mut Db, now: NaiveDateTime) -> Result<(), StoreError> {
    let over = arrival::hour.lt(hour_of(now - SETTLED));
    let rows: Vec<Running> =
        both!(db, |c| diesel::delete(arrival::table.filter(over)).returning(Running::as_returning()).get_results(c))?;
    for ((round_id, unit_id, hour), row) in summed(rows) {
        keep_hour(db, round_id, hour, row.n)?;
        keep_peak(db, round_id, unit_id, row.n)?;
        if let Some((day, _)) = local_hour(hour) {
            keep_day(db, &row, day)?;
        }
    }
    let today = vietnamese::utc(vietnamese::local(now).date().and_time(chrono::NaiveTime::MIN));
    diesel::delete(arrival_hour::table.filter(arrival_hour::hour.lt(hour_of(today)))).execute(db)?;
    Ok(())
}

fn keep_hour(db: &mut Db, round_id: i64, hour: i64, n: i64) -> QueryResult<usize> {
    both!(db, |c| diesel::insert_into(arrival_hour::table)
        .values((arrival_hour::round_id.eq(round_id), arrival_hour::hour.eq(hour), arrival_hour::n.eq(n)))
        .on_conflict((arrival_hour::round_id, arrival_hour::hour))
        .do_update()
        .set(arrival_hour::n.eq(arrival_hour::n + n))
        .execute(c))
}

fn keep_peak(db: &mut Db, round_id: i64, unit_id: i64, n: i64) -> QueryResult<()> {
    both!(db, |c| diesel::insert_into(arrival_peak::table)
        .values((arrival_peak::round_id.eq(round_id), arrival_peak::unit_id.eq(unit_id), arrival_peak::n.eq(n)))
        .on_conflict_do_nothing()
        .execute(c))?;
    diesel::update(arrival_peak::table.find((round_id, unit_id)).filter(arrival_peak::n.lt(n)))
        .set(arrival_peak::n.eq(n))
        .execute(db)?;
    Ok(())
}

fn keep_day(db: &mut Db, row: &Running, day: NaiveDate) -> QueryResult<usize> {
    both!(db, |c| diesel::insert_into(arrival_day::table)
        .values((
            arrival_day::round_id.eq(row.round_id),
            arrival_day::unit_id.eq(row.unit_id),
            arrival_day::day.eq(day),
            arrival_day::n.eq(row.n),
            arrival_day::rated.eq(row.rated),
            arrival_day::alike.eq(row.alike),
        ))
        .on_conflict((arrival_day::round_id, arrival_day::unit_id, arrival_day::day))
        .do_update()
        .set((
            arrival_day::n.eq(arrival_day::n + row.n),
            arrival_day::rated.eq(arrival_day::rated + row.rated),
            arrival_day::alike.eq(arrival_day::alike + row.alike),
        ))
        .execute(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;
    use crate::store::tests::{at, empty_store};

    /// So many forms of unit 7 at this time, counted by this writer.
    fn arrive(store: &Store, when: NaiveDateTime, shard: i64, n: i64) {
        let row = (
            (
                arrival::round_id.eq(1),
                arrival::unit_id.eq(7),
                arrival::hour.eq(hour_of(when)),
                arrival::shard.eq(shard),
            ),
            (arrival::n.eq(n), arrival::rated.eq(n), arrival::alike.eq(1)),
        );
        store.write_now(|db| Ok(diesel::insert_into(arrival::table).values(row).execute(db)?)).unwrap();
    }

    fn read(store: &Store, now: NaiveDateTime) -> Arrivals {
        store.read_now(|db| of_round(db, 1, vietnamese::local(now).date())).unwrap()
    }

    #[test]
    fn what_is_read_is_the_same_before_and_after_an_hour_is_settled_and_hours_of_yesterday_are_gone() {
        let (_database, store) = empty_store();
        // the story begins at midnight UTC: seven in the morning in Việt Nam
        let (first, second, now) = (at(60), at(3700), at(3 * 3600));
        arrive(&store, first, 0, 4);
        arrive(&store, first, 1, 5);
        arrive(&store, second, 0, 2);
        let before = read(&store, now);
        assert_eq!((before.hours.clone(), before.units[&7].peak), (BTreeMap::from([(7, 9), (8, 2)]), 9));
        assert!(store.read_now(|db| is_due(db, now)).unwrap());
        store.write_now(|db| settle(db, now)).unwrap();
        assert!(!store.read_now(|db| is_due(db, now)).unwrap());
        assert_eq!(read(&store, now), before);
        let tomorrow = now + TimeDelta::days(1);
        store.write_now(|db| settle(db, tomorrow)).unwrap();
        let kept = read(&store, now);
        assert_eq!((kept.hours, kept.units), (BTreeMap::new(), before.units));
    }

    #[test]
    fn the_hour_that_is_running_is_left_alone_and_a_late_writer_is_added() {
        let (_database, store) = empty_store();
        arrive(&store, at(3599), 0, 30);
        store.write_now(|db| settle(db, at(3650))).unwrap();
        arrive(&store, at(3599), 1, 1);
        store.write_now(|db| settle(db, at(3661))).unwrap();
        let unit = read(&store, at(3700)).units[&7].clone();
        assert_eq!((unit.peak, unit.rated, unit.alike, unit.days.values().sum::<i64>()), (31, 31, 2, 31));
    }
}
