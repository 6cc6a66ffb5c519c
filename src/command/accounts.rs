//! `langnghe accounts …`

use std::io::{self, Write};

use chrono::TimeDelta;
use clap::{Args, Subcommand};

use crate::command::{CommandError, note, open, output};
use crate::config::DataConfig;
use crate::secret::{digest, random_token};
use crate::state::State;
use crate::store::accounts::AccountRow;
use crate::store::roles::{self, Granting};
use crate::store::{accounts, links, units};
use crate::survey::access::{Grant, Login, Role};
use crate::survey::audit::Action as Done;
use crate::survey::unit::UnitKind;
use crate::vietnamese;

/// Accounts of staff
#[derive(Debug, Clone, Args)]
pub struct AccountsCommand {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Clone, Subcommand)]
enum Action {
    /// Add an account and print the link with which its owner sets a password
    Add {
        /// What the person signs in with: 3 to 64 of a–z 0–9 . _ - @
        login: Login,
        /// The person's name
        #[arg(long)]
        name: String,
        /// The code of the person's unit
        #[arg(long)]
        unit: String,
        /// What the person is trusted with, on that unit and all below it; may be given several times. Without it, all
        /// that people of such a unit can have: quan_tri, chu_tri, soan_phieu, duyet, xu_ly, phan_tich in offices,
        /// dau_moi in schools, giam_sat in the Fatherland Front
        #[arg(long)]
        role: Vec<Role>,
        #[command(flatten)]
        link: LinkArgs,
    },
    /// Print a new link for an account, for a forgotten password or a link that ran out
    Link {
        /// Whose
        login: Login,
        #[command(flatten)]
        link: LinkArgs,
    },
    /// List all accounts
    List,
}

#[derive(Debug, Clone, Args)]
struct LinkArgs {
    /// How long the link works
    #[arg(long, default_value_t = 72, value_parser = clap::value_parser!(i64).range(1..=8760))]
    hours: i64,
}

impl AccountsCommand {
    /// Does what was asked for; the link or the list goes to stdout.
    ///
    /// # Errors
    /// One sentence that says what to do.
    pub fn run(self, config: &DataConfig) -> Result<(), CommandError> {
        let state = open(config)?;
        match self.action {
            Action::Add { login, name, unit, role, link } => {
                print_link(&add_with(&state, &login, &name, &unit, &role, link.hours)?, link)
            }
            Action::Link { login, link } => print_link(&new_link(&state, &login, link.hours)?, link),
            Action::List => {
                let all = state.store.read_now(accounts::list)?;
                output::print(|out| all.iter().try_for_each(|row| Ok(print_row(out, row)?)))
            }
        }
    }
}

/// Adds an account with all roles that people of its unit can have, and returns its one-time link.
///
/// # Errors
/// The unit is unknown, the login is taken, or the database failed.
pub fn add(state: &State, login: &Login, name: &str, unit: &str, hours: i64) -> Result<String, CommandError> {
    add_with(state, login, name, unit, &[], hours)
}

fn add_with(
    state: &State,
    login: &Login,
    name: &str,
    unit: &str,
    wanted: &[Role],
    hours: i64,
) -> Result<String, CommandError> {
    let name = vietnamese::nfc(name.trim());
    if name.is_empty() {
        return Err(CommandError::Said("--name must not be empty; give the person's name".to_owned()));
    }
    let (url, hash) = new_url(state);
    let now = state.clock.now();
    let done = state.store.write_now(|db| {
        let Some(found) = units::by_code(db, unit)? else { return Ok(Err(unknown_unit(unit))) };
        if let Some(role) = wanted.iter().find(|role| !role.fits(found.unit.kind.nature)) {
            return Ok(Err(misfit(*role, &found.unit.kind)));
        }
        let account = if wanted.is_empty() {
            accounts::add(db, login, &name, found.id, now)?
        } else {
            let account = accounts::add_bare(db, login, &name, found.id, now)?;
            let grants: Vec<Grant> = wanted.iter().map(|role| Grant { role: *role, unit_id: found.id }).collect();
            roles::grant(db, account, &grants, Granting { by: None, at: now })?;
            account
        };
        links::add(db, &hash, account, now + TimeDelta::hours(hours))?;
        note(db, now, found.id, Done::PersonInvited, login.as_str())?;
        Ok(Ok(()))
    })?;
    done.map(|()| url)
}

/// What to say about a role that people of such a unit cannot have.
fn misfit(role: Role, kind: &UnitKind) -> CommandError {
    let known: Vec<&str> = Role::of(kind.nature).map(Role::code).collect();
    CommandError::Said(format!("nobody of a unit of kind {kind} can be {role}; use {}", known.join(", ")))
}

/// Makes a new one-time link for an account; earlier ones stop working.
///
/// # Errors
/// There is no such account, or the database failed.
pub fn new_link(state: &State, login: &Login, hours: i64) -> Result<String, CommandError> {
    let (url, hash) = new_url(state);
    let now = state.clock.now();
    let account_known = state.store.write_now(|db| {
        let Some(account) = accounts::by_login(db, login)? else { return Ok(false) };
        links::add(db, &hash, account.id, now + TimeDelta::hours(hours))?;
        note(db, now, account.unit_id, Done::LinkMade, login.as_str())?;
        Ok(true)
    })?;
    if account_known {
        Ok(url)
    } else {
        Err(CommandError::Said(format!(
            "there is no account {login}, or it was disabled; `langnghe accounts list` shows all"
        )))
    }
}

/// What to say about a code that no unit has.
pub(super) fn unknown_unit(code: &str) -> CommandError {
    CommandError::Said(format!("there is no unit with the code {code}; import it first with `langnghe units import`"))
}

fn new_url(state: &State) -> (String, [u8; 32]) {
    let token = random_token();
    (format!("{}/link/{token}", state.public_url), digest(token.as_bytes()))
}

fn print_link(url: &str, link: LinkArgs) -> Result<(), CommandError> {
    output::print_line(&url)?;
    eprintln!("This link works once, for {} hours. Give it to nobody but the account's owner.", link.hours);
    Ok(())
}

fn print_row(out: &mut dyn Write, row: &AccountRow) -> io::Result<()> {
    let state = match row {
        AccountRow { is_disabled: true, .. } => "disabled",
        AccountRow { is_ready: false, .. } => "waiting for its first password",
        _ => "active",
    };
    writeln!(out, "{}\t{}\t{}\t{state}", row.login, row.unit, row.name)
}
