//! The sub-commands: one file each.

// what is printed goes through `output::print`, which ends quietly when nobody reads any more
#![deny(clippy::print_stdout)]

pub mod accounts;
mod admission;
pub mod backup;
pub mod check;
mod course;
pub mod demo;
pub mod export;
pub mod migrate;
mod output;
pub mod rounds;
pub mod serve;
pub mod simulate;
pub mod tokens;
pub mod units;
pub mod verify;

use std::path::PathBuf;

use chrono::NaiveDateTime;

use crate::clock::Clock;
use crate::config::{DataConfig, NotAnAddress};
use crate::secret::{Secret, SecretError};
use crate::state::State;
use crate::store::audit::{self, Entry};
use crate::store::backup::BackupError;
use crate::store::{DatabaseUrl, Db, Store, StoreError, meta, units as stored_units};
use crate::survey::audit::Action;

/// Why a command failed: one sentence that says what to do. The program then exits with 1.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A setting.
    #[error(transparent)]
    PublicUrl(#[from] NotAnAddress),
    /// A copy of the database.
    #[error(transparent)]
    Backup(#[from] BackupError),
    /// The key.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// The data folder cannot be made or written.
    #[error("cannot write to the data folder {folder}: {source}. Set DATA_DIR to a folder that this user may write to")]
    Folder {
        /// Which.
        folder: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The key is not the one this database was used with.
    #[error("SECRET_KEY is not the key that this database was made with; give every instance the same key")]
    OtherKey,
    /// Reading or writing a file.
    #[error("{path}: {source}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// No SQLite file of this name.
    #[error("there is no database at {}. Check DATABASE_URL and DATA_DIR, or make one with `langnghe migrate`", .0.display())]
    NoDatabase(PathBuf),
    /// Anything else, already a whole sentence.
    #[error("{0}")]
    Said(String),
}

/// Opens the database (which must be migrated) and everything a command may need.
///
/// # Errors
/// One sentence that says what to do.
pub fn open(config: &DataConfig) -> Result<State, CommandError> {
    let (store, secret) = open_existing(config)?;
    store.require_migrated()?;
    ready(store, secret, config)
}

/// Opens the database and brings it to this version first.
///
/// # Errors
/// As [`open`].
pub fn open_and_migrate(config: &DataConfig) -> Result<State, CommandError> {
    let (store, secret) = open_unmigrated(config)?;
    store.migrate()?;
    ready(store, secret, config)
}

/// Opens the database alone: without the intake, whose writers count as long as they live.
///
/// # Errors
/// As [`open`].
fn open_store(config: &DataConfig) -> Result<Store, CommandError> {
    let (store, secret) = open_existing(config)?;
    store.require_migrated()?;
    check_key(&store, &secret)?;
    Ok(store)
}

fn ready(store: Store, secret: Secret, config: &DataConfig) -> Result<State, CommandError> {
    check_key(&store, &secret)?;
    let mut state = State::new(store, secret, Clock::default(), &config.public_url()?)?;
    state.exports = config.data_dir.join("exports").into();
    Ok(state)
}

/// Only `migrate`, `serve` and `demo` make a database: a mistyped name must not become one.
fn open_existing(config: &DataConfig) -> Result<(Store, Secret), CommandError> {
    match DatabaseUrl::parse(&config.database_url())? {
        DatabaseUrl::Sqlite(path) if !path.exists() => Err(CommandError::NoDatabase(path)),
        DatabaseUrl::Sqlite(_) | DatabaseUrl::Postgres(_) => open_unmigrated(config),
    }
}

fn open_unmigrated(config: &DataConfig) -> Result<(Store, Secret), CommandError> {
    config.public_url()?;
    let url = DatabaseUrl::parse(&config.database_url())?;
    let needs_folder = matches!(url, DatabaseUrl::Sqlite(_)) || config.secret_key.is_none();
    if needs_folder {
        make_folder(config)?;
    }
    let secret = match &config.secret_key {
        Some(hex) => Secret::parse(hex)?,
        None => Secret::load_or_make(&config.data_dir)?,
    };
    Ok((Store::open(&url)?, secret))
}

fn make_folder(config: &DataConfig) -> Result<(), CommandError> {
    use std::os::unix::fs::DirBuilderExt;
    let folder = config.data_dir.clone();
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(&folder)
        .map_err(|source| CommandError::Folder { folder, source })
}

/// Remembers the key's fingerprint at first use and refuses another one later.
fn check_key(store: &Store, secret: &Secret) -> Result<(), CommandError> {
    let mine = secret.fingerprint();
    let known = store.read_now(|db| meta::get(db, "secret_fingerprint"))?;
    match known {
        Some(known) if known == mine => Ok(()),
        Some(_) => Err(CommandError::OtherKey),
        None => Ok(store.write_now(|db| meta::put(db, "secret_fingerprint", &mine))?),
    }
}

/// A progress bar on a terminal, silence elsewhere.
fn bar(length: u64) -> indicatif::ProgressBar {
    let style = indicatif::ProgressStyle::with_template("{bar:40} {human_pos}/{human_len} {eta}");
    let bar = indicatif::ProgressBar::new(length);
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// The same about all units: whoever is at the top reads it.
fn note_at_the_top(db: &mut Db, at: NaiveDateTime, action: Action, subject: &str) -> Result<(), StoreError> {
    stored_units::tops(db)?.into_iter().try_for_each(|unit_id| note(db, at, unit_id, action, subject))
}

/// Writes into the audit log what is done on the command line: by nobody with an account.
fn note(db: &mut Db, at: NaiveDateTime, unit_id: i64, action: Action, subject: &str) -> Result<(), StoreError> {
    audit::note(db, Entry { at, account_id: None, unit_id, action, subject, detail: "" })
}
