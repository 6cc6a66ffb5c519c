//! `langnghe backup` and `langnghe restore`

use std::path::PathBuf;

use clap::Args;

use crate::command::{CommandError, note_at_the_top, open};
use crate::config::DataConfig;
use crate::secret::Secret;
use crate::store::DatabaseUrl;
use crate::store::backup::{self, BackupError};
use crate::survey::audit::Action as Done;

/// Where to put the copy
#[derive(Debug, Clone, Args)]
pub struct BackupCommand {
    /// A file that does not exist yet
    file: PathBuf,
}

impl BackupCommand {
    /// Copies the database while it is in use.
    ///
    /// # Errors
    /// One sentence that says what to do.
    pub fn run(self, config: &DataConfig) -> Result<(), CommandError> {
        let state = open(config)?;
        if self.file.exists() {
            return Err(CommandError::Said(format!("{} exists already; give another name", self.file.display())));
        }
        let bytes = backup::into_file(&state.store, &self.file)?;
        let (now, name) = (state.clock.now(), self.file.display().to_string());
        state.store.write_now(|db| note_at_the_top(db, now, Done::BackupMade, &name))?;
        eprintln!("{bytes} bytes written to {}.", self.file.display());
        eprintln!("The key ($DATA_DIR/secret.key or SECRET_KEY) is not in it: keep a copy of that in another place.");
        Ok(())
    }
}

/// What to put in the database's place
#[derive(Debug, Clone, Args)]
pub struct RestoreCommand {
    /// A file that `langnghe backup` made
    file: PathBuf,
}

impl RestoreCommand {
    /// Puts a backup in the place of the database; the database that was there is kept beside it.
    ///
    /// # Errors
    /// One sentence that says what to do.
    pub fn run(self, config: &DataConfig) -> Result<(), CommandError> {
        let url = DatabaseUrl::parse(&config.database_url())?;
        let DatabaseUrl::Sqlite(_) = url else { return Err(BackupError::NotHere.into()) };
        let kept = backup::from_file(&url, &self.file, &key(config)?.fingerprint())?;
        eprintln!("{} is now the database {}.", self.file.display(), url.shown());
        match kept {
            Some(kept) => eprintln!("The database that was there before is kept as {}.", kept.display()),
            None => eprintln!("There was no database before."),
        }
        Ok(())
    }
}

/// The key that is there; a backup is worth nothing with one that is made now.
fn key(config: &DataConfig) -> Result<Secret, CommandError> {
    match &config.secret_key {
        Some(hex) => Ok(Secret::parse(hex)?),
        None if config.data_dir.join("secret.key").exists() => Ok(Secret::load_or_make(&config.data_dir)?),
        None => Err(CommandError::Said(format!(
            "there is no key in {}. Copy the secret.key that belongs to the backup there, or set SECRET_KEY, and restore again",
            config.data_dir.display()
        ))),
    }
}
