//! `langnghe serve`

use std::net::{SocketAddr, TcpListener};

use clap::Args;

use crate::app::{self, Watched};
use crate::command::{CommandError, open_and_migrate};
use crate::config::{DataConfig, ListenConfig, MailConfig, NotAProxy, TrustedProxies};
use crate::mail::{Mailer, Settings};
use crate::state::State;
use crate::store::danger_words;

/// Serving
#[derive(Debug, Clone, Args)]
pub struct ServeCommand {
    #[command(flatten)]
    listen: ListenConfig,
    #[command(flatten)]
    mail: MailConfig,
}

impl ServeCommand {
    /// Migrates, then serves until SIGTERM.
    ///
    /// # Errors
    /// One sentence that says what to do.
    pub fn run(self, config: &DataConfig) -> Result<(), CommandError> {
        let mail = mail_settings(&self.mail, config)?;
        let doors = Doors::open(&self.listen)?;
        let state = open_and_migrate(config)?;
        eprintln!("Serving {} on http://{}", state.public_url, self.listen.listen);
        until_stopped(state, doors, &mail)
    }
}

/// How mail leaves, or what is wrong with the environment.
pub(super) fn mail_settings(mail: &MailConfig, data: &DataConfig) -> Result<Settings, CommandError> {
    Settings::read(mail, data).map_err(|error| CommandError::Said(error.to_string()))
}

/// The addresses that are listened on.
pub(super) struct Doors {
    public: TcpListener,
    watched: Watched,
    proxies: TrustedProxies,
    operator: String,
}

impl Doors {
    /// Takes the ports, or says what is in the way.
    pub(super) fn open(config: &ListenConfig) -> Result<Self, CommandError> {
        let said = |error: NotAProxy| CommandError::Said(error.to_string());
        let proxies = TrustedProxies::parse(&config.trusted_proxies).map_err(said)?;
        let public = bind(config.listen, "LISTEN")?;
        let watched = match config.metrics_listen {
            None => Watched::Nowhere,
            Some(address) if address == config.listen => Watched::InPublic,
            Some(address) => Watched::Apart(bind(address, "METRICS_LISTEN")?),
        };
        Ok(Self { public, watched, proxies, operator: config.operator.trim().to_owned() })
    }
}

fn bind(address: SocketAddr, variable: &str) -> Result<TcpListener, CommandError> {
    TcpListener::bind(address).map_err(|error| {
        CommandError::Said(format!(
            "cannot listen on {address}: {error}. Stop the program that uses this port, or set {variable} to another \
             address"
        ))
    })
}

/// Serves until SIGTERM or Ctrl-C; whatever was accepted is on disk when it returns.
pub(super) fn until_stopped(mut state: State, doors: Doors, mail: &Settings) -> Result<(), CommandError> {
    state.mail = Mailer::new(&state.store, &state.secret, &state.clock, mail);
    state.proxies = doors.proxies;
    state.operator = doors.operator.into();
    let _alone = state.store.serve_alone()?;
    let now = state.clock.now();
    state.store.write_now(|db| danger_words::seed_if_empty(db, now))?;
    state.catalogue.refresh()?;
    let said = |error: std::io::Error| CommandError::Said(format!("the server stopped: {error}"));
    app::run(state, doors.public, doors.watched).map_err(said)
}
