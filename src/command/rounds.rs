//! `langnghe rounds …`

use chrono::{NaiveDateTime, TimeDelta};
use clap::{Args, Subcommand};

use crate::command::{CommandError, open};
use crate::config::DataConfig;
use crate::release;
use crate::state::State;
use crate::store::rounds::RoundRow;
use crate::store::{collectors, rounds, tallies};
use crate::survey::round::Gate;
use crate::vietnamese;

/// Rounds
#[derive(Debug, Clone, Args)]
pub struct RoundsCommand {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Clone, Subcommand)]
enum Action {
    /// List all rounds: short name, state, submissions, title
    List,
    /// Open a round now
    Open {
        /// Its short name
        round: String,
        /// For so many days from now, instead of until the closing time it has
        #[arg(long, value_parser = clap::value_parser!(i64).range(1..=366))]
        days: Option<i64>,
    },
    /// Close a round now; forms already begun are taken for 24 hours more
    Close {
        /// Its short name
        round: String,
        /// Freeze the figures at once and make the closing release
        #[arg(long)]
        freeze: bool,
    },
    /// Print the codes and addresses of a round
    Links {
        /// Its short name
        round: String,
    },
}

impl RoundsCommand {
    /// Does what was asked for; lists go to stdout.
    ///
    /// # Errors
    /// One sentence that says what to do.
    pub fn run(self, config: &DataConfig) -> Result<(), CommandError> {
        let state = open(config)?;
        match self.action {
            Action::List => list(&state),
            Action::Open { round, days } => open_round(&state, &find(&state, &round)?, days),
            Action::Close { round, freeze } => close(&state, &find(&state, &round)?, freeze),
            Action::Links { round } => links(&state, &find(&state, &round)?),
        }
    }
}

/// The round of this short name.
pub(super) fn find(state: &State, slug: &str) -> Result<RoundRow, CommandError> {
    let found = state.store.read_now(|db| rounds::by_slug(db, slug))?;
    found.ok_or_else(|| CommandError::Said(format!("there is no round {slug:?}; `langnghe rounds list` shows all")))
}

fn list(state: &State) -> Result<(), CommandError> {
    let now = state.clock.now();
    for round in state.store.read_now(rounds::all)? {
        let n = state.store.read_now(|db| tallies::submissions(db, round.id))?;
        println!("{}\t{}\t{n}\t{}", round.slug, state_of(&round, now), round.title);
    }
    Ok(())
}

fn state_of(round: &RoundRow, now: NaiveDateTime) -> &'static str {
    match round.window().gate(now) {
        Gate::NotYet => "draft",
        Gate::Open => "open",
        Gate::Grace => "grace",
        Gate::Closed => "closed",
    }
}

fn open_round(state: &State, round: &RoundRow, days: Option<i64>) -> Result<(), CommandError> {
    let now = state.clock.now();
    if round.frozen_at.is_some() {
        return Err(CommandError::Said(format!("the figures of {} are frozen; make a new round", round.slug)));
    }
    let closes_at = days.map_or(round.closes_at, |days| now + TimeDelta::days(days));
    if closes_at <= now {
        return Err(CommandError::Said(format!("{} has closed already; add --days to open it again", round.slug)));
    }
    state.store.write_now(|db| {
        rounds::close_at(db, round.id, closes_at)?;
        rounds::open(db, round.id, now)
    })?;
    eprintln!("{} is open until {}.", round.slug, vietnamese::moment(closes_at));
    Ok(())
}

fn close(state: &State, round: &RoundRow, freeze: bool) -> Result<(), CommandError> {
    let now = state.clock.now();
    if round.opens_at.is_none() {
        return Err(CommandError::Said(format!("{} was never opened", round.slug)));
    }
    if now < round.closes_at {
        state.store.write_now(|db| rounds::close_at(db, round.id, now))?;
    }
    if freeze && round.frozen_at.is_none() {
        release::freeze(state, round)?;
        eprintln!("{} is closed, its figures are frozen and released.", round.slug);
    } else {
        eprintln!("{} is closed; forms begun before are taken for 24 hours more.", round.slug);
    }
    Ok(())
}

fn links(state: &State, round: &RoundRow) -> Result<(), CommandError> {
    for collector in state.store.read_now(|db| collectors::of_round(db, round.id))? {
        if collector.revoked_at.is_none() {
            let address = format!("{}/k/{}", state.public_url, collector.code);
            println!(
                "{}\t{}\t{}\t{address}\t{}",
                collector.code, collector.unit_code, collector.channel, collector.unit_name
            );
        }
    }
    Ok(())
}
