//! What differs between SQLite and PostgreSQL.

use std::fs::{File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::{PgConnection, SqliteConnection};

use super::StoreError;

/// A connection to either database. Not named `Connection`: that is diesel's trait.
#[derive(diesel::MultiConnection)]
pub enum Db {
    /// PostgreSQL.
    Pg(PgConnection),
    /// The embedded SQLite.
    Sqlite(SqliteConnection),
}

/// Runs the same diesel text on whichever connection is inside; for what [`Db`] itself cannot compile (`ON CONFLICT`).
macro_rules! both {
    ($db:expr, |$inner:ident| $body:expr) => {
        match $db {
            $crate::store::Db::Pg($inner) => $body,
            $crate::store::Db::Sqlite($inner) => $body,
        }
    };
}
pub(crate) use both;

/// The advisory lock that stands for the figures of all rounds.
const FIGURES: i64 = 0x6c6d_0000;
/// Shards of counters are advisory locks from here on.
pub(super) const SHARD_LOCKS: i64 = 0x6c6e_0000;
/// More writers than any installation runs.
pub(super) const MOST_SHARDS: i64 = 256;

/// Counting up to a quota is an advisory lock per round from here on.
const QUOTA_LOCKS: i64 = 0x6c6f_0000_0000;

/// The advisory lock that stands for who may do what.
const PEOPLE: i64 = 0x6c70_0000;

/// The advisory lock of whoever sends mail.
const MAIL: i64 = 0x6c71_0000;

/// Making the frame of a round is an advisory lock per round from here on.
const FRAME_LOCKS: i64 = 0x6c72_0000_0000;

impl Db {
    /// Until the end of the transaction nobody else counts forms of this round up to a quota: what is counted now is what there
    /// is.
    pub(super) fn count_alone(&mut self, round_id: i64) -> QueryResult<()> {
        match self {
            Db::Pg(connection) => {
                connection.batch_execute(&format!("SELECT pg_advisory_xact_lock({})", QUOTA_LOCKS + round_id))
            }
            // holds the only write lock already
            Db::Sqlite(_) => Ok(()),
        }
    }

    /// Until the end of the transaction nobody else changes accounts and roles: two who take each other's last right at once
    /// do so one after the other.
    ///
    /// # Errors
    /// The database failed.
    pub fn change_people_alone(&mut self) -> Result<(), StoreError> {
        match self {
            Db::Pg(connection) => Ok(connection.batch_execute(&format!("SELECT pg_advisory_xact_lock({PEOPLE})"))?),
            // holds the only write lock already
            Db::Sqlite(_) => Ok(()),
        }
    }

    /// Takes the right to send mail for as long as this connection lives; false: another instance has it.
    ///
    /// # Errors
    /// The database failed.
    pub fn send_alone(&mut self) -> Result<bool, StoreError> {
        match self {
            Db::Pg(connection) => {
                let lock = format!("pg_try_advisory_lock({MAIL})");
                Ok(diesel::select(diesel::dsl::sql::<diesel::sql_types::Bool>(&lock)).get_result(connection)?)
            }
            // no second server opens the file
            Db::Sqlite(_) => Ok(true),
        }
    }

    /// Takes the right to make the frame of a round for as long as this connection lives; false: another instance has it.
    ///
    /// # Errors
    /// The database failed.
    pub(super) fn frame_alone(&mut self, round_id: i64) -> Result<bool, StoreError> {
        match self {
            Db::Pg(connection) => {
                let lock = format!("pg_try_advisory_lock({})", FRAME_LOCKS + round_id);
                Ok(diesel::select(diesel::dsl::sql::<diesel::sql_types::Bool>(&lock)).get_result(connection)?)
            }
            // no second server opens the file
            Db::Sqlite(_) => Ok(true),
        }
    }

    /// Runs `work` in one transaction; on SQLite it takes the write lock at once, because a transaction that reads first
    /// and writes later is refused when another writer came between.
    pub fn atomically<T, E>(&mut self, work: impl FnOnce(&mut Db) -> Result<T, E>) -> Result<T, E>
    where
        E: From<diesel::result::Error>,
    {
        let begin = match self {
            Db::Pg(_) => "BEGIN",
            Db::Sqlite(_) => "BEGIN IMMEDIATE",
        };
        self.between(begin, work)
    }

    /// As [`Db::atomically`], and no round's figures freeze between beginning and commit. A lock in memory, because row locks
    /// that two writers share are written to PostgreSQL's log at each batch; taken in the round trip that begins the
    /// transaction, before anything is read.
    pub(super) fn before_freezing<T, E>(&mut self, work: impl FnOnce(&mut Db) -> Result<T, E>) -> Result<T, E>
    where
        E: From<diesel::result::Error>,
    {
        match self {
            Db::Pg(_) => self.between(&format!("BEGIN; SELECT pg_advisory_xact_lock_shared({FIGURES})"), work),
            Db::Sqlite(_) => self.atomically(work),
        }
    }

    /// Waits, within a transaction that freezes figures, until forms under way are committed; new ones wait for it.
    pub(super) fn wait_for_forms(&mut self) -> QueryResult<()> {
        match self {
            Db::Pg(connection) => connection.batch_execute(&format!("SELECT pg_advisory_xact_lock({FIGURES})")),
            // holds the only write lock already
            Db::Sqlite(_) => Ok(()),
        }
    }

    /// Tries something within a transaction; where it fails, what it did is undone and the transaction goes on.
    pub(super) fn attempt<T>(&mut self, work: impl FnOnce(&mut Db) -> QueryResult<T>) -> QueryResult<T> {
        self.batch_execute("SAVEPOINT attempt")?;
        let outcome = work(self);
        if outcome.is_err() {
            self.batch_execute("ROLLBACK TO SAVEPOINT attempt")?;
        }
        self.batch_execute("RELEASE SAVEPOINT attempt")?;
        outcome
    }

    fn between<T, E>(&mut self, begin: &str, work: impl FnOnce(&mut Db) -> Result<T, E>) -> Result<T, E>
    where
        E: From<diesel::result::Error>,
    {
        self.batch_execute(begin)?;
        match work(self) {
            Ok(value) => {
                if let Err(error) = self.batch_execute("COMMIT") {
                    self.abandon();
                    return Err(error.into());
                }
                Ok(value)
            }
            Err(error) => {
                self.abandon();
                Err(error)
            }
        }
    }

    fn abandon(&mut self) {
        if let Err(error) = self.batch_execute("ROLLBACK") {
            tracing::warn!(%error, "a transaction could not be rolled back");
        }
    }
}

/// A new file that only its owner may read: free texts and hashes of passwords go into it. SQLite gives the files that it
/// makes beside a database the same rights.
///
/// # Errors
/// There is one of this name, or it cannot be made.
pub(super) fn new_private_file(path: &Path) -> std::io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

/// Opens SQLite with the durability that a 201 promises: every commit is on disk before the reply.
///
/// # Errors
/// The file cannot be opened or is not a database.
pub(super) fn open_sqlite(path: &str) -> Result<SqliteConnection, StoreError> {
    let open = |reason: String| StoreError::Open { target: path.to_owned(), reason };
    // where there is one already, or none can be made, SQLite knows better what to say
    let _ = new_private_file(Path::new(path));
    let mut connection = SqliteConnection::establish(path).map_err(|e| open(e.to_string()))?;
    connection
        .batch_execute(
            "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
             PRAGMA foreign_keys = ON; PRAGMA cache_size = -8000; PRAGMA wal_autocheckpoint = 16000;",
        )
        .map_err(|e| open(e.to_string()))?;
    Ok(connection)
}

/// What the only writer keeps of the database in memory: the pages of random keys come back soon.
pub(super) fn prepare_writer(db: &mut Db) -> Result<(), StoreError> {
    Ok(db.batch_execute("PRAGMA cache_size = -65536")?)
}

/// Opens PostgreSQL; a commit waits for the disk even where the server's default was relaxed.
///
/// # Errors
/// The server cannot be reached or refuses.
pub(super) fn open_postgres(url: &str, shown: &str) -> Result<PgConnection, StoreError> {
    // libpq writes several lines, with a question at the end; the first says what happened
    let open = |reason: String| StoreError::Open {
        target: shown.to_owned(),
        reason: reason.lines().next().unwrap_or_default().trim().to_owned(),
    };
    let mut connection = PgConnection::establish(url).map_err(|e| open(e.to_string()))?;
    connection
        .batch_execute("SET synchronous_commit = on; SET timezone = 'UTC'; SET client_min_messages = warning")
        .map_err(|e| open(e.to_string()))?;
    Ok(connection)
}
