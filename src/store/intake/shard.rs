//! Whose counter rows a writer writes.
//!
//! On PostgreSQL several writers count the same round, each in rows of its own: none waits for another, and what a row holds
//! is known to the one who wrote it last. So a writer reads each of its rows once and then only writes. SQLite has one writer,
//! who does the same until another process has written.

use std::collections::HashMap;

use super::super::tallies::{Counts, TallyKey};
use super::super::{Db, StoreError};
use super::postgres;

/// More rows than one writer keeps in mind; about 50 MB with long questionnaires.
const MOST_KNOWN: usize = 20_000;

/// The rows of one writer; to be dropped when a transaction fails, because then it is not known what they hold.
#[derive(Debug, Default)]
pub struct Shard {
    pub(super) number: i64,
    /// What the rows hold that were read or written.
    pub(super) known: HashMap<TallyKey, Counts>,
    /// SQLite's mark of what other connections wrote, when `known` was read.
    pub(super) seen: Option<i64>,
}

impl Shard {
    /// Takes one that no other connection holds, for as long as this connection lives.
    ///
    /// # Errors
    /// The database failed, or more writers are at work than there are shards.
    pub fn take(db: &mut Db) -> Result<Self, StoreError> {
        match db {
            Db::Sqlite(_) => Ok(Self::default()),
            Db::Pg(connection) => Ok(Self { number: postgres::take_shard(connection)?, ..Self::default() }),
        }
    }

    /// Forgets everything when it has become too much.
    pub(super) fn make_room(&mut self) {
        if self.known.len() > MOST_KNOWN {
            self.known.clear();
        }
    }
}
