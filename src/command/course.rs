//! `langnghe rounds pause | resume`: for a while no new form is begun.

use chrono::NaiveDateTime;
use clap::Subcommand;

use crate::command::rounds::{find, moment};
use crate::command::{CommandError, note};
use crate::state::State;
use crate::store::round_steps::{self, NewStep};
use crate::store::rounds::RoundRow;
use crate::survey::audit::Action as Done;
use crate::survey::round::{Gate, Pause, Step};
use crate::vietnamese;

/// What can be done while a round is open.
#[derive(Debug, Clone, Subcommand)]
pub(super) enum Course {
    /// Let no new form be begun until some time; forms already begun are taken
    Pause {
        /// Its short name
        round: String,
        /// Until this moment on a clock in Việt Nam, as 2026-12-01T22:00
        #[arg(long, value_parser = moment)]
        until: NaiveDateTime,
        /// Why, for those who look at the round later
        #[arg(long)]
        reason: String,
    },
    /// Let a round go on that pauses
    Resume {
        /// Its short name
        round: String,
        /// Why, for those who look at the round later
        #[arg(long, default_value = "")]
        reason: String,
    },
}

impl Course {
    /// Does it.
    ///
    /// # Errors
    /// One sentence that says what to do.
    pub(super) fn run(self, state: &State) -> Result<(), CommandError> {
        match self {
            Self::Pause { round, until, reason } => pause(state, &find(state, &round)?, until, &reason),
            Self::Resume { round, reason } => resume(state, &find(state, &round)?, &reason),
        }
    }
}

fn pause(state: &State, round: &RoundRow, until: NaiveDateTime, reason: &str) -> Result<(), CommandError> {
    let (slug, now) = (&round.slug, state.clock.now());
    if round.window().gate(now) != Gate::Open {
        return Err(CommandError::Said(format!("{slug} is not open, so it cannot pause")));
    }
    if until <= now || until >= round.closes_at {
        let closes = vietnamese::moment(round.closes_at);
        return Err(CommandError::Said(format!(
            "{slug} can pause until a moment to come, before it closes at {closes}"
        )));
    }
    state.store.write_now(|db| {
        round_steps::pause(db, round.id, Some(Pause { since: now, until }))?;
        note(db, now, round.owner_id, Done::RoundPaused, slug)
    })?;
    told(state, round.id, Step::Paused, Some(until), reason)?;
    eprintln!("{slug} pauses until {}; forms begun before are taken.", vietnamese::moment(until));
    Ok(())
}

fn resume(state: &State, round: &RoundRow, reason: &str) -> Result<(), CommandError> {
    let (slug, now) = (&round.slug, state.clock.now());
    if round.window().gate(now) != Gate::Paused {
        return Err(CommandError::Said(format!("{slug} does not pause")));
    }
    state.store.write_now(|db| {
        round_steps::pause(db, round.id, None)?;
        note(db, now, round.owner_id, Done::RoundResumed, slug)
    })?;
    told(state, round.id, Step::Resumed, None, reason)?;
    eprintln!("{slug} is open until {}.", vietnamese::moment(round.closes_at));
    Ok(())
}

/// Writes down what was done to a round, and why.
pub(super) fn told(
    state: &State,
    round_id: i64,
    step: Step,
    until: Option<NaiveDateTime>,
    reason: &str,
) -> Result<(), CommandError> {
    let step = NewStep { step, at: state.clock.now(), until, reason, account_id: None };
    Ok(state.store.write_now(|db| round_steps::note(db, round_id, step))?)
}
