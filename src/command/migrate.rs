//! `langnghe migrate`

use crate::command::{CommandError, open_and_migrate};
use crate::config::DataConfig;

/// Brings the database to this version.
///
/// # Errors
/// One sentence that says what to do.
pub fn run(config: &DataConfig) -> Result<(), CommandError> {
    let state = open_and_migrate(config)?;
    eprintln!("{} is at this version.", state.store.shown());
    Ok(())
}
