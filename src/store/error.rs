//! What can go wrong at the database.

/// A failed database operation, with a sentence for whoever runs the program.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// `DATABASE_URL` is not one of the two supported forms.
    #[error("DATABASE_URL must look like sqlite:PATH or postgres://user@host/name, not {0:?}")]
    Url(String),
    /// The database could not be opened.
    #[error(
        "cannot open the database {target}: {reason}. Check DATABASE_URL and that the server or folder is reachable"
    )]
    Open {
        /// Where it was looked for, without password.
        target: String,
        /// What the driver said.
        reason: String,
    },
    /// Another process serves from the same SQLite file.
    #[error("another langnghe already serves from {0}; stop it first, or use PostgreSQL for several instances")]
    Busy(String),
    /// Somebody counts forms while their tallies should be rewritten.
    #[error(
        "langnghe is running on {0}; stop `serve` and `simulate` on every machine that uses it, then do this again"
    )]
    Serving(String),
    /// The schema is missing or older than this program.
    #[error(
        "the database has not been migrated to this version; run `langnghe migrate` (or `langnghe serve`, which does it)"
    )]
    NotMigrated,
    /// A migration failed.
    #[error("the database could not be migrated: {0}")]
    Migration(String),
    /// Something that must be unique exists already.
    #[error("{0} already exists")]
    Exists(&'static str),
    /// A round of which no unit would get a form.
    #[error("none of these units has a level that the questionnaires are about; choose others")]
    NobodyAsked,
    /// Stored data does not read as what it should be.
    #[error("stored {what} cannot be read: {reason}")]
    Corrupt {
        /// Which kind of row.
        what: &'static str,
        /// Why.
        reason: String,
    },
    /// The pool had no connection in time, or the worker was stopped.
    #[error("no database connection was free: {0}")]
    Unavailable(String),
    /// Any other failure of a query.
    #[error("database: {0}")]
    Query(#[from] diesel::result::Error),
}

impl StoreError {
    /// Stored text that no longer parses.
    pub fn corrupt(what: &'static str, reason: impl std::fmt::Display) -> Self {
        Self::Corrupt { what, reason: reason.to_string() }
    }

    /// Whether the cause is a broken uniqueness rule.
    pub fn is_duplicate(&self) -> bool {
        use diesel::result::{DatabaseErrorKind, Error};
        matches!(self, Self::Query(Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _)))
    }
}
