//! `langnghe serve`

use std::net::{SocketAddr, TcpListener};

use clap::Args;

use crate::app;
use crate::command::{CommandError, open_and_migrate};
use crate::config::{DataConfig, ListenConfig};
use crate::state::State;
use crate::store::danger_words;

/// Serving
#[derive(Debug, Clone, Args)]
pub struct ServeCommand {
    #[command(flatten)]
    listen: ListenConfig,
}

impl ServeCommand {
    /// Migrates, then serves until SIGTERM.
    ///
    /// # Errors
    /// One sentence that says what to do.
    pub fn run(self, config: &DataConfig) -> Result<(), CommandError> {
        let listener = bind(self.listen.listen)?;
        let state = open_and_migrate(config)?;
        eprintln!("Serving {} on http://{}", state.public_url, self.listen.listen);
        until_stopped(state, listener)
    }
}

/// Takes the port, or says who may have it.
pub(super) fn bind(address: SocketAddr) -> Result<TcpListener, CommandError> {
    TcpListener::bind(address).map_err(|error| {
        CommandError::Said(format!(
            "cannot listen on {address}: {error}. Stop the program that uses this port, or set LISTEN to another address"
        ))
    })
}

/// Serves until SIGTERM or Ctrl-C; whatever was accepted is on disk when it returns.
pub(super) fn until_stopped(state: State, listener: TcpListener) -> Result<(), CommandError> {
    let _alone = state.store.serve_alone()?;
    let now = state.clock.now();
    state.store.write_now(|db| danger_words::seed_if_empty(db, now))?;
    state.catalogue.refresh()?;
    let said = |error: std::io::Error| CommandError::Said(format!("the server stopped: {error}"));
    app::run(state, listener).map_err(said)
}
