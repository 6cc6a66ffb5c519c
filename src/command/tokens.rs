//! `langnghe tokens …`

use std::io::{self, Write};

use chrono::TimeDelta;
use clap::{Args, Subcommand};

use crate::command::accounts::unknown_unit;
use crate::command::{CommandError, note, open, output};
use crate::config::DataConfig;
use crate::secret::new_api_token;
use crate::state::State;
use crate::store::tokens::{self, NewToken, TokenRow};
use crate::store::units;
use crate::survey::access::Scope;
use crate::survey::audit::Action as Done;
use crate::vietnamese;

/// Tokens with which programs read the API
#[derive(Debug, Clone, Args)]
pub struct TokensCommand {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Clone, Subcommand)]
enum Action {
    /// Make a token and print it; it cannot be shown again
    Add {
        /// The program it is for
        name: String,
        /// What it may read: aggregates, submissions; may be given several times
        #[arg(long, required = true, value_delimiter = ',')]
        scope: Vec<Scope>,
        /// The code of the unit below which it may read
        #[arg(long)]
        unit: String,
        /// How many days it works; without this: until it is revoked
        #[arg(long, value_parser = clap::value_parser!(i64).range(1..=3660))]
        days: Option<i64>,
    },
    /// List all tokens
    List,
    /// Revoke a token
    Revoke {
        /// Its number in the list
        id: i64,
    },
}

impl TokensCommand {
    /// Does what was asked for; the token or the list goes to stdout.
    ///
    /// # Errors
    /// One sentence that says what to do.
    pub fn run(self, config: &DataConfig) -> Result<(), CommandError> {
        let state = open(config)?;
        match self.action {
            Action::Add { name, scope, unit, days } => {
                output::print_line(&add(&state, &name, &scope, &unit, days)?)?;
                eprintln!("Keep this token safe: it is not stored and cannot be shown again.");
            }
            Action::List => {
                let now = state.clock.now();
                let all = state.store.read_now(tokens::list)?;
                output::print(|out| all.iter().try_for_each(|row| Ok(print_row(out, row, row.is_valid(now))?)))?;
            }
            Action::Revoke { id } => revoke(&state, id)?,
        }
        Ok(())
    }
}

/// Makes a token and returns it.
///
/// # Errors
/// The unit is unknown, or the database failed.
pub fn add(state: &State, name: &str, scopes: &[Scope], unit: &str, days: Option<i64>) -> Result<String, CommandError> {
    let name = vietnamese::nfc(name.trim());
    if name.is_empty() {
        return Err(CommandError::Said("NAME must not be empty; name the program that gets the token".to_owned()));
    }
    let (token, hash) = new_api_token();
    let now = state.clock.now();
    let unit_known = state.store.write_now(|db| {
        let Some(unit_id) = units::id_by_code(db, unit)? else { return Ok(false) };
        let expires_at = days.map(|days| now + TimeDelta::days(days));
        let new = NewToken { name, scopes: scopes.iter().copied().collect(), unit_id, expires_at };
        tokens::add(db, &hash, &new, now)?;
        note(db, now, unit_id, Done::TokenMade, &new.name)?;
        Ok(true)
    })?;
    if unit_known { Ok(token) } else { Err(unknown_unit(unit)) }
}

fn revoke(state: &State, id: i64) -> Result<(), CommandError> {
    let now = state.clock.now();
    let revoked = state.store.write_now(|db| {
        let Some(unit_id) = tokens::unit_of(db, id)? else { return Ok(false) };
        let is_new = tokens::revoke(db, id, now)?;
        if is_new {
            note(db, now, unit_id, Done::TokenRevoked, &id.to_string())?;
        }
        Ok(is_new)
    });
    if revoked? {
        eprintln!("Token {id} was revoked.");
        Ok(())
    } else {
        Err(CommandError::Said(format!(
            "there is no token {id} that could be revoked; `langnghe tokens list` shows all"
        )))
    }
}

fn print_row(out: &mut dyn Write, row: &TokenRow, is_valid: bool) -> io::Result<()> {
    let expires = row.expires_at.map_or_else(|| "-".to_owned(), |at| vietnamese::local(at).format("%F %R").to_string());
    let state = match (row.revoked_at, is_valid) {
        (Some(_), _) => "revoked",
        (None, true) => "active",
        (None, false) => "expired",
    };
    writeln!(out, "{}\t{}\t{}\t{}\t{expires}\t{state}", row.id, row.name, row.scopes, row.unit_code)
}
