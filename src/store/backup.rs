//! Copies of the embedded database. PostgreSQL has `pg_dump` for this.

use std::path::{Path, PathBuf};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::dialect::open_sqlite;
use super::{DatabaseUrl, Db, Store, StoreError};

/// Copies the database into a new file, consistent although it is in use; returns its size in bytes.
///
/// # Errors
/// PostgreSQL; or the file cannot be written.
pub fn into_file(store: &Store, file: &Path) -> Result<u64, StoreError> {
    let failed = |reason: String| StoreError::Open { target: file.display().to_string(), reason };
    store.read_now(|db| match db {
        Db::Pg(_) => Err(not_here()),
        Db::Sqlite(connection) => {
            diesel::sql_query("VACUUM INTO ?")
                .bind::<Text, _>(file.to_string_lossy())
                .execute(connection)
                .map_err(|error| failed(error.to_string()))?;
            Ok(())
        }
    })?;
    let copy = std::fs::File::open(file).map_err(|error| failed(error.to_string()))?;
    copy.sync_all().map_err(|error| failed(error.to_string()))?;
    Ok(copy.metadata().map_err(|error| failed(error.to_string()))?.len())
}

/// Puts a backup in the place of the database. The database that was there is renamed and its new name returned.
///
/// # Errors
/// PostgreSQL; a server is running; the file is no backup; or a file cannot be written.
pub fn from_file(url: &DatabaseUrl, file: &Path) -> Result<Option<PathBuf>, StoreError> {
    let DatabaseUrl::Sqlite(path) = url else { return Err(not_here()) };
    if !file.is_file() {
        return Err(StoreError::Open {
            target: file.display().to_string(),
            reason: "there is no such file".to_owned(),
        });
    }
    let failed =
        |error: std::io::Error| StoreError::Open { target: path.display().to_string(), reason: error.to_string() };
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    let arriving = with_ending(path, "arriving");
    std::fs::copy(file, &arriving).map_err(failed)?;
    if let Err(error) = examine(&arriving, file) {
        let _ = std::fs::remove_file(&arriving);
        return Err(error);
    }
    let _alone = DatabaseUrl::lock(path)?;
    let kept = if path.exists() { Some(set_aside(path).map_err(failed)?) } else { None };
    std::fs::rename(&arriving, path).map_err(failed)?;
    Ok(kept)
}

fn not_here() -> StoreError {
    StoreError::Unsupported("backup and restore here are for SQLite; for PostgreSQL use pg_dump and pg_restore")
}

/// Refuses what is damaged or never was a database of ours.
fn examine(copy: &Path, file: &Path) -> Result<(), StoreError> {
    let refused = |reason: String| StoreError::Open {
        target: file.display().to_string(),
        reason: format!("not a backup of this program: {reason}"),
    };
    let mut connection = open_sqlite(&copy.to_string_lossy()).map_err(|error| refused(error.to_string()))?;
    #[derive(QueryableByName)]
    struct Verdict {
        #[diesel(sql_type = Text)]
        integrity_check: String,
    }
    let verdict: Verdict = diesel::sql_query("PRAGMA integrity_check(1)")
        .get_result(&mut connection)
        .map_err(|error| refused(error.to_string()))?;
    if verdict.integrity_check != "ok" {
        return Err(refused(verdict.integrity_check));
    }
    connection
        .batch_execute(
            "SELECT value FROM meta LIMIT 1; SELECT id FROM submission LIMIT 1; PRAGMA journal_mode = DELETE",
        )
        .map_err(|error| refused(error.to_string()))
}

/// Renames the database with what belongs to it, so that nothing is lost by a restore.
fn set_aside(path: &Path) -> std::io::Result<PathBuf> {
    let stamp = chrono::Utc::now().format("%Y%m%d-%H%M%S");
    let kept = with_ending(path, &format!("before-restore-{stamp}"));
    for ending in ["-wal", "-shm"] {
        let beside = |path: &Path| PathBuf::from(format!("{}{ending}", path.display()));
        if beside(path).exists() {
            std::fs::rename(beside(path), beside(&kept))?;
        }
    }
    std::fs::rename(path, &kept)?;
    Ok(kept)
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    PathBuf::from(format!("{}.{ending}", path.display()))
}
