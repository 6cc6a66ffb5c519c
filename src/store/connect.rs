//! Opening a database and handing out its connections.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use diesel::r2d2::{self, ManageConnection};
use parking_lot::FairMutex;

use super::dialect::{open_postgres, open_sqlite, prepare_writer};
use super::{Db, StoreError};

/// Which database, parsed from `DATABASE_URL`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// `sqlite:PATH`
    Sqlite(PathBuf),
    /// `postgres://…`
    Postgres(String),
}

impl DatabaseUrl {
    /// Reads the two supported forms.
    ///
    /// # Errors
    /// [`StoreError::Url`] for any other scheme: a mistyped word must not become a new SQLite file.
    pub fn parse(text: &str) -> Result<Self, StoreError> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(text.to_owned()));
        }
        match text.strip_prefix("sqlite:").map(|path| path.strip_prefix("//").unwrap_or(path)) {
            Some(path) if !path.is_empty() => Ok(Self::Sqlite(PathBuf::from(path))),
            _ => Err(StoreError::Url(without_password(text))),
        }
    }

    /// Locks a SQLite file against a second server, until the returned file is dropped.
    pub(super) fn lock(path: &Path) -> Result<File, StoreError> {
        let lock = path.with_extension("lock");
        let open = |e: std::io::Error| StoreError::Open { target: lock.display().to_string(), reason: e.to_string() };
        let file = File::create(&lock).map_err(open)?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(std::fs::TryLockError::WouldBlock) => Err(StoreError::Busy(path.display().to_string())),
            Err(std::fs::TryLockError::Error(error)) => Err(open(error)),
        }
    }

    /// The address without its password, for messages.
    pub fn shown(&self) -> String {
        match self {
            Self::Sqlite(path) => path.display().to_string(),
            Self::Postgres(url) => without_password(url),
        }
    }
}

fn without_password(url: &str) -> String {
    match (url.find("://"), url.rfind('@')) {
        (Some(scheme), Some(at)) if at > scheme => {
            let user = url[scheme + 3..at].split(':').next().unwrap_or_default();
            format!("{}://{user}{}", &url[..scheme], &url[at..])
        }
        _ => url.to_owned(),
    }
}

/// Which of the two databases is behind a [`Store`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    /// The embedded one.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

/// The database, cheap to clone.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    url: DatabaseUrl,
    pool: r2d2::Pool<Opener>,
    /// SQLite's only writer; fair, so that a busy intake cannot starve an officer's click.
    writer: Option<FairMutex<Db>>,
}

/// Connections kept for reading (and, on PostgreSQL, for staff's writes).
const POOL_SIZE: u32 = 6;

impl Store {
    /// Opens the database; makes the SQLite file when it is missing.
    ///
    /// # Errors
    /// [`StoreError::Open`] with what to check.
    pub fn open(url: &DatabaseUrl) -> Result<Self, StoreError> {
        let opener = Opener(url.clone());
        let mut first = opener.connect()?;
        let writer = match url {
            DatabaseUrl::Sqlite(_) => {
                prepare_writer(&mut first)?;
                Some(FairMutex::new(first))
            }
            DatabaseUrl::Postgres(_) => None,
        };
        let pool = r2d2::Pool::builder()
            .max_size(POOL_SIZE)
            .min_idle(Some(0))
            .connection_timeout(Duration::from_secs(5))
            .error_handler(Box::new(r2d2::NopErrorHandler))
            .build_unchecked(opener);
        Ok(Self(Arc::new(Inner { url: url.clone(), pool, writer })))
    }

    /// Which database this is.
    pub fn backend(&self) -> Backend {
        match self.0.url {
            DatabaseUrl::Sqlite(_) => Backend::Sqlite,
            DatabaseUrl::Postgres(_) => Backend::Postgres,
        }
    }

    /// Where the database is, without password.
    pub fn shown(&self) -> String {
        self.0.url.shown()
    }

    /// The SQLite file, if that is what this is.
    pub fn sqlite_path(&self) -> Option<&Path> {
        match &self.0.url {
            DatabaseUrl::Sqlite(path) => Some(path),
            DatabaseUrl::Postgres(_) => None,
        }
    }

    /// A connection of its own, outside the pool: for the intake's writers and long exports.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn connect(&self) -> Result<Db, StoreError> {
        Opener(self.0.url.clone()).connect()
    }

    /// Reads on the calling thread.
    ///
    /// # Errors
    /// Those of `work`, and [`StoreError::Unavailable`].
    pub fn read_now<T>(&self, work: impl FnOnce(&mut Db) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let mut db = self.0.pool.get().map_err(|e| StoreError::Unavailable(e.to_string()))?;
        work(&mut db)
    }

    /// Reads on the calling thread, on a connection of its own, everything as it was at one moment: forms that come in
    /// meanwhile are not seen. On SQLite nobody waits, but the WAL grows until `work` ends, because no checkpoint passes the
    /// oldest reader: use it for one round, not for all.
    ///
    /// # Errors
    /// Those of `work`, and [`StoreError::Open`].
    pub fn read_at_once<T>(&self, work: impl FnOnce(&mut Db) -> Result<T, StoreError>) -> Result<T, StoreError> {
        use diesel::connection::SimpleConnection;
        let mut db = self.connect()?;
        db.batch_execute(match db {
            Db::Pg(_) => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
            Db::Sqlite(_) => "BEGIN",
        })?;
        // nothing was written: the transaction may end with the connection
        work(&mut db)
    }

    /// Writes on the calling thread, in one transaction.
    ///
    /// # Errors
    /// Those of `work`; nothing is kept then.
    pub fn write_now<T>(&self, work: impl FnOnce(&mut Db) -> Result<T, StoreError>) -> Result<T, StoreError> {
        match &self.0.writer {
            Some(writer) => writer.lock().atomically(work),
            None => self.read_now(|db| db.atomically(work)),
        }
    }

    /// SQLite's only writer (elsewhere a connection of the pool), for work that begins and ends its own transactions.
    ///
    /// # Errors
    /// Those of `work`, and [`StoreError::Unavailable`].
    pub fn alone<T>(&self, work: impl FnOnce(&mut Db) -> Result<T, StoreError>) -> Result<T, StoreError> {
        match &self.0.writer {
            Some(writer) => work(&mut writer.lock()),
            None => self.read_now(work),
        }
    }

    /// Reads without blocking the caller's thread.
    ///
    /// # Errors
    /// As [`Store::read_now`].
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Db) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let store = self.clone();
        blocking(move || store.read_now(work)).await
    }

    /// Writes in one transaction without blocking the caller's thread.
    ///
    /// # Errors
    /// As [`Store::write_now`].
    pub async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Db) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let store = self.clone();
        blocking(move || store.write_now(work)).await
    }

    /// Takes the right to serve from this SQLite file, held until the returned file is dropped.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when another process holds it.
    pub fn serve_alone(&self) -> Result<Option<File>, StoreError> {
        self.sqlite_path().map(DatabaseUrl::lock).transpose()
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(error) => Err(StoreError::Unavailable(error.to_string())),
    }
}

/// Opens connections for the pool. The backend is chosen by us: diesel's derived `establish` tries one after the other
/// and hides the real error.
#[derive(Debug)]
struct Opener(DatabaseUrl);

impl Opener {
    fn connect(&self) -> Result<Db, StoreError> {
        match &self.0 {
            DatabaseUrl::Sqlite(path) => open_sqlite(&path.to_string_lossy()).map(Db::Sqlite),
            DatabaseUrl::Postgres(url) => open_postgres(url, &self.0.shown()).map(Db::Pg),
        }
    }
}

impl ManageConnection for Opener {
    type Connection = Db;
    type Error = StoreError;

    fn connect(&self) -> Result<Db, StoreError> {
        Opener::connect(self)
    }

    fn is_valid(&self, db: &mut Db) -> Result<(), StoreError> {
        use diesel::connection::SimpleConnection;
        Ok(db.batch_execute("SELECT 1")?)
    }

    fn has_broken(&self, _: &mut Db) -> bool {
        std::thread::panicking()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistyped_scheme_is_refused_and_the_password_is_not_repeated() {
        let error = DatabaseUrl::parse("postgre://an:secret@db/langnghe").unwrap_err().to_string();
        assert!(error.contains("postgre://an@db/langnghe"), "{error}");
        assert!(DatabaseUrl::parse("langnghe.db").is_err());
        assert_eq!(DatabaseUrl::parse("sqlite:a/b.db").unwrap(), DatabaseUrl::Sqlite("a/b.db".into()));
    }
}
