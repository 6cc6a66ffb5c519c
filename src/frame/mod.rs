//! Frames: a round's forms by column, so that any question can be crossed with any other in milliseconds.
//!
//! A frame is made from the rows and made anew when they changed: of a small round when somebody asks, of a large one by the
//! regular look ([`due`]), so that nobody waits for it. [`look`] says how a round's frame stands, [`Variables`] what can be
//! crossed in it, [`cross`] counts.

mod content;
mod cross;
pub mod exclusion;
pub mod quality;
mod sheet;
mod variable;

use std::time::Duration;

use chrono::TimeDelta;

use self::sheet::Sheets;
use crate::analysis::frame::Encoding;
use crate::state::State;
use crate::store::frames::{self, Head, Maker, Mark};
use crate::store::rounds::RoundRow;
use crate::store::{Db, StoreError, retention, rounds, submissions};
use crate::survey::question::Measure;

pub use self::content::{Block, Content};
pub use self::cross::{Filter, Gone, Wanted, cross};
pub use self::variable::{Class, Key, Label, Variable, Variables};

/// Up to so many forms a frame is made while somebody waits for it: a few tenths of a second.
pub const AT_ONCE: i64 = 20_000;
/// For so long the frame of a larger round is good enough while forms come in; for a million forms twice as long, and so on, so
/// that making frames never takes more than a small part of the time.
const REST: TimeDelta = TimeDelta::minutes(5);
/// Forms in a page.
const PAGE: i64 = 2000;
/// How often is looked whether another instance has made what is wanted, and how long it sleeps in between.
const LOOKS: u32 = 40;
const NAP: Duration = Duration::from_millis(100);

/// How a round's frame stands.
#[derive(Debug, Clone)]
pub enum Standing {
    /// It can be read.
    Ready {
        /// What it says about itself, as it is stored.
        head: Box<Head>,
        /// The same, read.
        content: Box<Content>,
        /// Forms that came or went since.
        since: i64,
    },
    /// It is being made, or will be in some seconds.
    Awaited,
    /// The forms are deleted: there will be none.
    Forgotten,
}

/// The frame of a round as it is now; a small one is made if it is missing or out of date. Not for the threads of requests.
///
/// # Errors
/// The database failed, or a stored form is damaged.
pub fn look(state: &State, round: &RoundRow) -> Result<Standing, StoreError> {
    for _ in 0..LOOKS {
        let (known, now, is_forgotten) = state.store.read_now(|db| read(db, round.id))?;
        if is_forgotten {
            return Ok(Standing::Forgotten);
        }
        let is_fresh = known.as_ref().is_some_and(|head| head.mark == now);
        if is_fresh || (now.counted > AT_ONCE && known.is_some()) {
            return ready(known, now);
        }
        if now.counted > AT_ONCE {
            return Ok(Standing::Awaited);
        }
        if !make(state, round)? {
            std::thread::sleep(NAP);
        }
    }
    Ok(Standing::Awaited)
}

fn read(db: &mut Db, round_id: i64) -> Result<(Option<Head>, Mark, bool), StoreError> {
    Ok((frames::newest(db, round_id)?, frames::mark(db, round_id)?, retention::is_forgotten(db, round_id)?))
}

fn ready(known: Option<Head>, now: Mark) -> Result<Standing, StoreError> {
    let Some(head) = known else { return Ok(Standing::Awaited) };
    let content = serde_json::from_str(&head.content).map_err(|error| StoreError::corrupt("frame", error))?;
    let since = now.since(&head.mark);
    Ok(Standing::Ready { head: Box::new(head), content, since })
}

/// Makes the frames that are due, each round on its own.
///
/// # Errors
/// The rounds could not be listed; the next look does it again.
pub fn due(state: &State) -> Result<(), StoreError> {
    for round in state.store.read_now(rounds::all)? {
        if let Err(error) = keep(state, &round) {
            tracing::error!(round = round.slug, %error, "a round's frame could not be made; it is tried again");
        }
        if state.intake.is_stopping() {
            break;
        }
    }
    Ok(())
}

/// Makes the frame of a large round where it is out of date, and forgets that of a small one that holds what was withdrawn.
fn keep(state: &State, round: &RoundRow) -> Result<(), StoreError> {
    let known = state.store.read_now(|db| frames::newest(db, round.id))?;
    // figures that are frozen do not change
    let is_final = |head: &Head| round.frozen_at.is_some_and(|frozen| frozen <= head.taken_at);
    if round.opens_at.is_none() || known.as_ref().is_some_and(is_final) {
        return Ok(());
    }
    let (known, now, is_forgotten) = state.store.read_now(|db| read(db, round.id))?;
    let is_fresh = known.as_ref().is_some_and(|head| head.mark == now);
    if is_forgotten || is_fresh {
        return Ok(());
    }
    let holds_withdrawn = known.as_ref().is_some_and(|head| head.mark.withdrawn != now.withdrawn);
    if now.counted <= AT_ONCE {
        return if holds_withdrawn { state.store.write_now(|db| frames::delete(db, round.id)) } else { Ok(()) };
    }
    let rested = |head: &Head| state.clock.now() - head.taken_at >= rest(head.forms);
    if holds_withdrawn || round.frozen_at.is_some() || known.as_ref().is_none_or(rested) {
        make(state, round)?;
    }
    Ok(())
}

fn rest(forms: i64) -> TimeDelta {
    REST * i32::try_from(1 + forms / 1_000_000).unwrap_or(i32::MAX)
}

/// Makes the frame of a round; says whether there is a new one, or was before it had its turn. Other instances may be at it.
///
/// # Errors
/// The database failed, or a stored form is damaged.
pub fn make(state: &State, round: &RoundRow) -> Result<bool, StoreError> {
    let _turn = state.framing.lock();
    let (known, now, is_forgotten) = state.store.read_now(|db| read(db, round.id))?;
    if is_forgotten || known.is_some_and(|head| head.mark == now) {
        return Ok(true);
    }
    let at = state.clock.now();
    // forms that come in while it is made are not in it, and do not count as if they were
    state.store.read_at_once(|db| {
        let mark = frames::mark(db, round.id)?;
        let Some(maker) = Maker::take(&state.store, round.id, &mark, at)? else { return Ok(false) };
        fill(state, db, round, maker)?;
        Ok(true)
    })
}

fn fill(state: &State, db: &mut Db, round: &RoundRow, maker: Maker) -> Result<(), StoreError> {
    let mut sheets = Sheets::of(&state.catalogue.of_round(db, round.id)?);
    let (mut after, mut forms) = (Vec::new(), 0);
    loop {
        let page = submissions::page(db, round.id, &after, PAGE)?;
        let Some(last) = page.last() else { break };
        after.clone_from(&last.id);
        for row in &page {
            forms += 1;
            if let Some((block, columns)) = sheets.push(row)? {
                maker.put(block, &columns)?;
            }
        }
        if state.intake.is_stopping() {
            return Err(StoreError::Unavailable("the server is stopping".to_owned()));
        }
    }
    let (rest, content) = sheets.rest();
    for (block, columns) in rest {
        maker.put(block, &columns)?;
    }
    let content = serde_json::to_string(&content).map_err(|error| StoreError::corrupt("frame", error))?;
    maker.finish(forms, &content, state.clock.now())
}

/// How the answers to a question are written; none where nothing is counted.
fn encoding(measure: &Measure) -> Option<Encoding> {
    match measure {
        Measure::Rating { codes, .. } | Measure::Single { codes, .. } | Measure::Class { codes } => {
            Some(Encoding::of_places(codes.len()))
        }
        Measure::Multiple { codes } => Some(Encoding::Several(codes.len())),
        Measure::Rank { positions, .. } => Some(Encoding::Order(*positions)),
        Measure::Number(_) => Some(Encoding::Number),
        Measure::Counted => Some(Encoding::Place),
        Measure::Text => Some(Encoding::Text),
        Measure::Nothing => None,
    }
}
