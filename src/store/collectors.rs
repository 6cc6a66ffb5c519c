//! Collectors: one way into a round for one unit and channel.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{collector, unit};
use super::{Db, StoreError, meta};
use crate::survey::code::Channel;
use crate::survey::collector::CollectorCode;

/// One collector with its unit's names.
#[derive(Debug, Clone, Queryable)]
pub struct CollectorRow {
    /// Internal id.
    pub id: i64,
    /// The short code.
    pub code: String,
    /// Its round.
    pub round_id: i64,
    /// Its unit.
    pub unit_id: i64,
    /// Its channel's code.
    pub channel: String,
    /// When it stopped.
    pub revoked_at: Option<NaiveDateTime>,
    /// The unit's code.
    pub unit_code: String,
    /// The unit's name.
    pub unit_name: String,
}

impl CollectorRow {
    /// The channel as a type.
    ///
    /// # Errors
    /// The row holds a channel that this version does not know.
    pub fn channel(&self) -> Result<Channel, StoreError> {
        self.channel.parse().map_err(|error| StoreError::corrupt("channel", error))
    }
}

const COLUMNS: (
    collector::id,
    collector::code,
    collector::round_id,
    collector::unit_id,
    collector::channel,
    collector::revoked_at,
    unit::code,
    unit::name,
) = (
    collector::id,
    collector::code,
    collector::round_id,
    collector::unit_id,
    collector::channel,
    collector::revoked_at,
    unit::code,
    unit::name,
);

/// How often a new code may meet an old one before something must be wrong.
const TRIES: usize = 20;

/// Makes a collector with a fresh code.
///
/// # Errors
/// The database failed.
pub fn insert(
    db: &mut Db,
    round_id: i64,
    unit_id: i64,
    channel: Channel,
    now: NaiveDateTime,
) -> Result<CollectorCode, StoreError> {
    for _ in 0..TRIES {
        let code = CollectorCode::from_random(crate::secret::random());
        let taken: i64 = collector::table.filter(collector::code.eq(code.as_str())).count().get_result(db)?;
        if taken > 0 {
            continue;
        }
        diesel::insert_into(collector::table)
            .values((
                collector::code.eq(code.as_str()),
                collector::round_id.eq(round_id),
                collector::unit_id.eq(unit_id),
                collector::channel.eq(channel.code()),
                collector::created_at.eq(now),
            ))
            .execute(db)?;
        meta::bump_revision(db)?;
        return Ok(code);
    }
    Err(StoreError::Exists("every code that was tried"))
}

/// The collector of this code.
///
/// # Errors
/// The database failed.
pub fn by_code(db: &mut Db, code: CollectorCode) -> Result<Option<CollectorRow>, StoreError> {
    Ok(collector::table
        .inner_join(unit::table)
        .filter(collector::code.eq(code.as_str()))
        .select(COLUMNS)
        .first(db)
        .optional()?)
}

/// A round's collectors, by unit.
///
/// # Errors
/// The database failed.
pub fn of_round(db: &mut Db, round_id: i64) -> Result<Vec<CollectorRow>, StoreError> {
    Ok(collector::table
        .inner_join(unit::table)
        .filter(collector::round_id.eq(round_id))
        .order((unit::code, collector::id))
        .select(COLUMNS)
        .load(db)?)
}

/// The code that is good for a unit and channel of a round, if there is one.
///
/// # Errors
/// The database failed.
pub fn live(db: &mut Db, round_id: i64, unit_id: i64, channel: Channel) -> Result<Option<String>, StoreError> {
    Ok(collector::table
        .filter(collector::round_id.eq(round_id))
        .filter(collector::unit_id.eq(unit_id))
        .filter(collector::channel.eq(channel.code()))
        .filter(collector::revoked_at.is_null())
        .select(collector::code)
        .first(db)
        .optional()?)
}

/// Stops a collector: a lost or copied poster. What came in stays.
///
/// # Errors
/// The database failed.
pub fn revoke(db: &mut Db, id: i64, now: NaiveDateTime) -> Result<(), StoreError> {
    diesel::update(collector::table.find(id)).set(collector::revoked_at.eq(now)).execute(db)?;
    meta::bump_revision(db)
}
