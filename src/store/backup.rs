//! Copies of the embedded database. PostgreSQL has `pg_dump` for this.
//!
//! Whatever arrives is looked at as a copy beside the database and takes its place in one rename at the very end: a restore
//! that is refused, fails or is killed leaves the database as it was.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::dialect::{new_private_file, open_sqlite};
use super::schema::meta;
use super::{DatabaseUrl, Db, Store, StoreError, migrate};

/// Why a backup was not made or not restored: a sentence that says what to do. Nothing was changed then.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The database is PostgreSQL.
    #[error("backup and restore here are for SQLite; for PostgreSQL use pg_dump and pg_restore")]
    NotHere,
    /// Damaged, or never a database of ours.
    #[error(
        "{file} is not a backup of this program: {reason}. Nothing was changed; name a file that `langnghe backup` made"
    )]
    NotABackup {
        /// The file.
        file: PathBuf,
        /// Why not.
        reason: String,
    },
    /// Its schema has something that this program does not know.
    #[error(
        "{file} was made by a newer langnghe (schema {version}). Nothing was changed; install that version and restore with it"
    )]
    Newer {
        /// The file.
        file: PathBuf,
        /// The first migration that is not known here.
        version: String,
    },
    /// It belongs to another key.
    #[error(
        "{file} was made with another key. Nothing was changed; put its key into $DATA_DIR/secret.key or SECRET_KEY and restore again"
    )]
    OtherKey {
        /// The file.
        file: PathBuf,
    },
    /// Somebody has the database open.
    #[error(
        "{database} is in use by another program. Nothing was changed; stop it (`langnghe serve` first) and restore again"
    )]
    InUse {
        /// The database.
        database: PathBuf,
    },
    /// A file cannot be read or written.
    #[error("{path}: {source}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Anything else of the database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What SQLite keeps beside a database. Left beside another one, it would be played into that.
const COMPANIONS: [&str; 3] = ["-wal", "-shm", "-journal"];

fn of_file(path: &Path) -> impl Fn(io::Error) -> BackupError + '_ {
    |source| BackupError::File { path: path.to_owned(), source }
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Copies the database into a new file, consistent although it is in use; returns its size in bytes. Whoever finds the file
/// under its name finds all of it.
///
/// # Errors
/// PostgreSQL; or the file cannot be written.
pub fn into_file(store: &Store, file: &Path) -> Result<u64, BackupError> {
    let unfinished = Leaving(with_ending(file, ".part"));
    unfinished.remove();
    new_private_file(&unfinished.0).map_err(of_file(file))?;
    store.read_now(|db| match db {
        Db::Pg(_) => Ok(Err(BackupError::NotHere)),
        Db::Sqlite(connection) => {
            let copied = diesel::sql_query("VACUUM INTO ?")
                .bind::<Text, _>(unfinished.0.to_string_lossy())
                .execute(connection)
                .map_err(|error| of_file(file)(io::Error::other(error.to_string())));
            Ok(copied)
        }
    })??;
    leave_out_the_unfinished(&unfinished.0).map_err(|error| of_file(file)(io::Error::other(error.to_string())))?;
    let copy = File::open(&unfinished.0).map_err(of_file(file))?;
    copy.sync_all().map_err(of_file(file))?;
    std::fs::rename(&unfinished.0, file).map_err(of_file(file))?;
    Ok(copy.metadata().map_err(of_file(file))?.len())
}

/// Forms that somebody is in the middle of belong in no backup; their bytes are overwritten, not only unlinked. Frames can be
/// made again, and may hold for some minutes what a form said that was withdrawn.
fn leave_out_the_unfinished(copy: &Path) -> Result<(), StoreError> {
    let mut db = open_sqlite(&copy.to_string_lossy())?;
    Ok(db.batch_execute(
        "PRAGMA journal_mode = DELETE; PRAGMA secure_delete = ON;
         DELETE FROM unfinished_picture; DELETE FROM unfinished_part; DELETE FROM unfinished;
         DELETE FROM frame_column; DELETE FROM frame;
         UPDATE outbox SET sealed = NULL, failed_at = queued_at, failure = 'restored' WHERE sealed IS NOT NULL;",
    )?)
}

/// Puts a backup in the place of the database, brought to this version. The database that was there is renamed and its new
/// name returned. `fingerprint` is the key's.
///
/// # Errors
/// [`BackupError`]; nothing was changed.
pub fn from_file(url: &DatabaseUrl, file: &Path, fingerprint: &str) -> Result<Option<PathBuf>, BackupError> {
    let DatabaseUrl::Sqlite(named) = url else { return Err(BackupError::NotHere) };
    // behind a link, the file that the link leads to is replaced, not the link
    let database = named.canonicalize().unwrap_or_else(|_| named.clone());
    require_whole(file, &database)?;
    if let Some(folder) = database.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(of_file(folder))?;
    }
    let _alone = DatabaseUrl::lock(named)?;
    let arriving = Leaving(with_ending(&database, ".arriving"));
    arriving.remove();
    copy(file, &arriving.0)?;
    prepare(&arriving.0, file, fingerprint)?;
    settle(&database)?;
    swap(&arriving.0, &database)
}

/// A backup is one file. A database that is in use is several, of which the last changes may not stand in the first.
fn require_whole(file: &Path, database: &Path) -> Result<(), BackupError> {
    let refused = |reason: String| Err(BackupError::NotABackup { file: file.to_owned(), reason });
    if !file.is_file() {
        return refused("there is no such file".to_owned());
    }
    if file.canonicalize().is_ok_and(|file| file == database) {
        return refused("it is the database itself".to_owned());
    }
    let mut beside = ["-wal", "-journal"].iter().map(|ending| with_ending(file, ending));
    match beside.find(|beside| beside.metadata().is_ok_and(|found| found.len() > 0)) {
        Some(beside) => refused(format!("it is a database in use, as {} beside it shows", beside.display())),
        None => Ok(()),
    }
}

/// A file that goes away with what SQLite keeps beside it, unless it was renamed before.
struct Leaving(PathBuf);

impl Leaving {
    fn remove(&self) {
        let _ = std::fs::remove_file(&self.0);
        for ending in COMPANIONS {
            let _ = std::fs::remove_file(with_ending(&self.0, ending));
        }
    }
}

impl Drop for Leaving {
    fn drop(&mut self) {
        self.remove();
    }
}

/// Not `fs::copy`, which would also copy that a backup may only be read.
fn copy(from: &Path, to: &Path) -> Result<(), BackupError> {
    let mut source = File::open(from).map_err(of_file(from))?;
    let mut copy = new_private_file(to).map_err(of_file(to))?;
    io::copy(&mut source, &mut copy).map_err(of_file(to))?;
    Ok(())
}

#[derive(QueryableByName)]
struct Said {
    #[diesel(sql_type = Text)]
    said: String,
}

/// Checks everything that can be wrong with a copy, and brings it to this version.
fn prepare(copy: &Path, file: &Path, fingerprint: &str) -> Result<(), BackupError> {
    let refused = |reason: String| BackupError::NotABackup { file: file.to_owned(), reason };
    let unreadable = |error: diesel::result::Error| refused(error.to_string());
    let mut db = open_sqlite(&copy.to_string_lossy()).map_err(|error| match error {
        StoreError::Open { reason, .. } => refused(reason),
        other => other.into(),
    })?;
    let found: Said = diesel::sql_query("SELECT integrity_check AS said FROM pragma_integrity_check LIMIT 1")
        .get_result(&mut db)
        .map_err(unreadable)?;
    if found.said != "ok" {
        return Err(refused(found.said));
    }
    db.batch_execute("SELECT id FROM submission LIMIT 1; SELECT version FROM __diesel_schema_migrations LIMIT 1")
        .map_err(unreadable)?;
    let known: Option<String> =
        meta::table.find("secret_fingerprint").select(meta::value).first(&mut db).optional().map_err(unreadable)?;
    if let Some(version) = migrate::unknown_to_us(&mut db)? {
        return Err(BackupError::Newer { file: file.to_owned(), version });
    }
    if known.is_some_and(|known| known != fingerprint) {
        return Err(BackupError::OtherKey { file: file.to_owned() });
    }
    migrate::sqlite(&mut db)?;
    // one file again, which can be renamed without leaving anything behind
    db.batch_execute("PRAGMA journal_mode = DELETE").map_err(StoreError::from)?;
    drop(db);
    File::open(copy).and_then(|copy| copy.sync_all()).map_err(of_file(copy))
}

/// Brings the database that is there into one file, which also shows whether anybody has it open: SQLite gives the change of
/// mode only to its last user. A file that SQLite cannot read is moved as it is.
fn settle(database: &Path) -> Result<(), BackupError> {
    if !database.exists() {
        return Ok(());
    }
    let in_use = || BackupError::InUse { database: database.to_owned() };
    let Ok(mut db) = SqliteConnection::establish(&database.to_string_lossy()) else { return Ok(()) };
    let mode = db
        .batch_execute("PRAGMA busy_timeout = 1000")
        .and_then(|()| diesel::sql_query("PRAGMA journal_mode = DELETE").load::<Mode>(&mut db));
    match mode {
        Ok(modes) if modes.iter().all(|mode| mode.journal_mode == "delete") => Ok(()),
        Ok(_) => Err(in_use()),
        Err(error) if error.to_string().contains("locked") => Err(in_use()),
        Err(_) => Ok(()),
    }
}

#[derive(QueryableByName)]
struct Mode {
    #[diesel(sql_type = Text)]
    journal_mode: String,
}

/// The old one gets another name, then the new one takes its place in one step.
fn swap(arriving: &Path, database: &Path) -> Result<Option<PathBuf>, BackupError> {
    let kept = free_name(database);
    for ending in COMPANIONS {
        let beside = with_ending(database, ending);
        if beside.exists() {
            std::fs::rename(&beside, with_ending(&kept, ending)).map_err(of_file(&beside))?;
        }
    }
    let was_there = database.exists();
    if was_there && std::fs::hard_link(database, &kept).is_err() {
        // a file system without links: for a moment there is no database, but never half of one
        std::fs::rename(database, &kept).map_err(of_file(database))?;
    }
    if let Err(error) = std::fs::rename(arriving, database) {
        if was_there {
            let _ = std::fs::rename(&kept, database);
        }
        return Err(of_file(database)(error));
    }
    if let Some(Ok(folder)) = database.parent().map(File::open) {
        folder.sync_all().map_err(of_file(database))?;
    }
    Ok(was_there.then_some(kept))
}

/// `….before-restore-` and the time, not taken yet.
fn free_name(database: &Path) -> PathBuf {
    let stamp = chrono::Utc::now().format("%Y%m%d-%H%M%S");
    let first = with_ending(database, &format!(".before-restore-{stamp}"));
    let others = (2..).map(|n| with_ending(&first, &format!("-{n}")));
    std::iter::once(first.clone()).chain(others).find(|name| !name.exists()).unwrap_or(first)
}
