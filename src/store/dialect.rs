//! What differs between SQLite and PostgreSQL.

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

impl Db {
    /// Runs `work` in one transaction; on SQLite it takes the write lock at once, because a transaction that reads first
    /// and writes later is refused when another writer came between.
    pub fn atomically<T, E>(&mut self, work: impl FnOnce(&mut Db) -> Result<T, E>) -> Result<T, E>
    where
        E: From<diesel::result::Error>,
    {
        let (begin, commit, rollback) = match self {
            Db::Pg(_) => ("BEGIN", "COMMIT", "ROLLBACK"),
            Db::Sqlite(_) => ("BEGIN IMMEDIATE", "COMMIT", "ROLLBACK"),
        };
        self.batch_execute(begin)?;
        match work(self) {
            Ok(value) => {
                if let Err(error) = self.batch_execute(commit) {
                    self.abandon(rollback);
                    return Err(error.into());
                }
                Ok(value)
            }
            Err(error) => {
                self.abandon(rollback);
                Err(error)
            }
        }
    }

    fn abandon(&mut self, rollback: &str) {
        if let Err(error) = self.batch_execute(rollback) {
            tracing::warn!(%error, "a transaction could not be rolled back");
        }
    }
}

/// Opens SQLite with the durability that a 201 promises: every commit is on disk before the reply.
///
/// # Errors
/// The file cannot be opened or is not a database.
pub(super) fn open_sqlite(path: &str) -> Result<SqliteConnection, StoreError> {
    let open = |reason: String| StoreError::Open { target: path.to_owned(), reason };
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
