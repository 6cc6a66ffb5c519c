//! Frames: a round's forms by column. A frame is made under a number of its own and read when it is finished, so that nobody ever
//! sees half of one; the one before goes in the same transaction.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable};

use super::schema::{frame, frame_column, round, tally};
use super::{Db, Store, StoreError};

/// Of which state of a round's forms something tells. Each form that comes adds one to `counted`, each that is withdrawn takes one
/// from it and adds one to `withdrawn`: no two states have the same numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Forms that count.
    pub counted: i64,
    /// Forms that were withdrawn.
    pub withdrawn: i64,
}

impl Mark {
    /// How many forms came or went since an earlier mark.
    pub fn since(&self, earlier: &Self) -> i64 {
        let gone = self.withdrawn - earlier.withdrawn;
        self.counted - earlier.counted + 2 * gone
    }
}

/// Changes whenever the columns of a frame mean something else than before: older frames are made anew then.
const FORMAT: i64 = 2;

impl std::fmt::Display for Mark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{FORMAT}.{}.{}", self.counted, self.withdrawn)
    }
}

impl Mark {
    /// Reads what was written; none for a frame of another format.
    fn parse(text: &str) -> Option<Self> {
        let mut numbers = text.split('.').map(|number| number.parse::<i64>().ok());
        let mut next = || numbers.next().flatten();
        if next()? != FORMAT {
            return None;
        }
        Some(Self { counted: next()?, withdrawn: next()? })
    }
}

/// The state of a round's forms now.
///
/// # Errors
/// The database failed.
pub fn mark(db: &mut Db, round_id: i64) -> Result<Mark, StoreError> {
    let sum = diesel::dsl::sql::<Nullable<BigInt>>("CAST(sum(n) AS BIGINT)");
    let counted: Option<i64> = tally::table.filter(tally::round_id.eq(round_id)).select(sum).first(db)?;
    let withdrawn = round::table.find(round_id).select(round::withdrawn).first(db)?;
    Ok(Mark { counted: counted.unwrap_or(0), withdrawn })
}

/// A finished frame.
#[derive(Debug, Clone)]
pub struct Head {
    /// The round.
    pub round_id: i64,
    /// Its number.
    pub number: i64,
    /// Of which state of the forms it tells.
    pub mark: Mark,
    /// When they were as it tells, UTC.
    pub taken_at: NaiveDateTime,
    /// How many forms it has.
    pub forms: i64,
    /// Its blocks and dictionaries, as JSON.
    pub content: String,
}

/// The frame of a round, if one is finished and of the format that this program writes.
///
/// # Errors
/// The database failed.
pub fn newest(db: &mut Db, round_id: i64) -> Result<Option<Head>, StoreError> {
    type Row = (i64, i64, String, NaiveDateTime, i64, String);
    let columns = (frame::round_id, frame::number, frame::mark, frame::taken_at, frame::forms, frame::content);
    let row: Option<Row> = frame::table
        .filter(frame::round_id.eq(round_id))
        .filter(frame::finished_at.is_not_null())
        .order(frame::number.desc())
        .select(columns)
        .first(db)
        .optional()?;
    Ok(row.and_then(|(round_id, number, mark, taken_at, forms, content)| {
        Some(Head { round_id, number, mark: Mark::parse(&mark)?, taken_at, forms, content })
    }))
}

/// Columns of one block, by name; a name that it does not have is missing.
///
/// # Errors
/// The database failed.
pub fn columns(db: &mut Db, of: &Head, block: i64, names: &[&str]) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
    Ok(frame_column::table
        .filter(frame_column::round_id.eq(of.round_id))
        .filter(frame_column::number.eq(of.number))
        .filter(frame_column::block.eq(block))
        .filter(frame_column::name.eq_any(names))
        .select((frame_column::name, frame_column::bytes))
        .load(db)?)
}

/// Whoever makes the frame of a round, alone: on PostgreSQL among all instances, for as long as this lives.
pub struct Maker {
    store: Store,
    round_id: i64,
    number: i64,
    _alone: Option<Db>,
}

impl Maker {
    /// Takes the right to make a frame, and forgets what somebody else left unfinished; none while another instance makes one.
    ///
    /// # Errors
    /// The database failed.
    pub fn take(store: &Store, round_id: i64, mark: &Mark, at: NaiveDateTime) -> Result<Option<Self>, StoreError> {
        let alone = match store.backend() {
            super::Backend::Sqlite => None,
            super::Backend::Postgres => {
                let mut own = store.connect()?;
                if !own.frame_alone(round_id)? {
                    return Ok(None);
                }
                Some(own)
            }
        };
        let number = store.write_now(|db| begin(db, round_id, mark, at))?;
        Ok(Some(Self { store: store.clone(), round_id, number, _alone: alone }))
    }

    /// Keeps the columns of a block.
    ///
    /// # Errors
    /// The database failed.
    pub fn put(&self, block: i64, columns: &[(String, Vec<u8>)]) -> Result<(), StoreError> {
        self.store.write_now(|db| {
            for (name, bytes) in columns {
                let key = (frame_column::round_id.eq(self.round_id), frame_column::number.eq(self.number));
                let own = (frame_column::block.eq(block), frame_column::name.eq(name), frame_column::bytes.eq(bytes));
                diesel::insert_into(frame_column::table).values((key, own)).execute(db)?;
            }
            Ok(())
        })
    }

    /// Lets the frame be read, and forgets the one before.
    ///
    /// # Errors
    /// The database failed.
    pub fn finish(self, forms: i64, content: &str, at: NaiveDateTime) -> Result<(), StoreError> {
        self.store.write_now(|db| {
            diesel::update(frame::table.find((self.round_id, self.number)))
                .set((frame::finished_at.eq(at), frame::forms.eq(forms), frame::content.eq(content)))
                .execute(db)?;
            Ok(())
        })?;
        // a block at a time: the intake must not wait for long
        while self.store.write_now(|db| self.forget_a_block(db))? {}
        Ok(())
    }

    /// Forgets a block of what stood before; the heads, when there is none left.
    fn forget_a_block(&self, db: &mut Db) -> Result<bool, StoreError> {
        let older = frame_column::table
            .filter(frame_column::round_id.eq(self.round_id))
            .filter(frame_column::number.lt(self.number));
        let last: Option<i64> = older.select(diesel::dsl::max(frame_column::block)).first(db)?;
        match last {
            Some(block) => diesel::delete(older.filter(frame_column::block.eq(block))).execute(db)?,
            None => diesel::delete(
                frame::table.filter(frame::round_id.eq(self.round_id)).filter(frame::number.lt(self.number)),
            )
            .execute(db)?,
        };
        Ok(last.is_some())
    }
}

fn begin(db: &mut Db, round_id: i64, mark: &Mark, at: NaiveDateTime) -> Result<i64, StoreError> {
    let of_round = frame::table.filter(frame::round_id.eq(round_id));
    diesel::delete(of_round.filter(frame::finished_at.is_null())).execute(db)?;
    let last: Option<i64> = of_round.select(diesel::dsl::max(frame::number)).first(db)?;
    let number = last.unwrap_or(0) + 1;
    diesel::insert_into(frame::table)
        .values((
            frame::round_id.eq(round_id),
            frame::number.eq(number),
            frame::mark.eq(mark.to_string()),
            frame::taken_at.eq(at),
            frame::forms.eq(0),
            frame::content.eq(""),
        ))
        .execute(db)?;
    Ok(number)
}

/// Forgets the frames of a round.
///
/// # Errors
/// The database failed.
pub fn delete(db: &mut Db, round_id: i64) -> Result<(), StoreError> {
    diesel::delete(frame::table.filter(frame::round_id.eq(round_id))).execute(db)?;
    Ok(())
}
