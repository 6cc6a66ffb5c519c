//! What happens by itself: letters are written when their time has come, some at a time, so that each says what is true when it
//! goes out – above all whether its code is still unspent.

use chrono::NaiveDateTime;

use super::{Card, Values, address_of, fill};
use crate::mail::{self, Address, Delivery, Letter, Unsubscribe};
use crate::state::State;
use crate::store::invitations::{self, Invitee, Mailing, MailingKind};
use crate::store::rounds::RoundRow;
use crate::store::{Db, StoreError, collectors, outbox, rounds, units};
use crate::survey::round::{GRACE, Gate};
use crate::vietnamese;

/// So many invitees at a time.
const SOME: i64 = 100;
/// No more are written while so many of the round wait.
const BACKLOG: i64 = 300;

/// Writes letters that are due, and forgets lists whose rounds are over.
///
/// # Errors
/// The database failed.
pub fn due(state: &State) -> Result<(), StoreError> {
    let now = state.clock.now();
    for round_id in state.store.read_now(|db| invitations::over(db, now - GRACE))? {
        state.store.write_now(|db| invitations::forget(db, round_id, now))?;
    }
    for mailing in state.store.read_now(|db| invitations::due(db, now))? {
        while state.store.write_now(|db| some(db, state, mailing.id, mailing.round_id, now))? {}
    }
    Ok(())
}

/// Writes some letters of a mailing; tells whether there may be more to write now.
fn some(db: &mut Db, state: &State, mailing_id: i64, round_id: i64, now: NaiveDateTime) -> Result<bool, StoreError> {
    let Some(round) = rounds::by_id(db, round_id)? else { return Ok(false) };
    invitations::mark_refused(db, round_id, now)?;
    // read within the transaction: another instance may just have written some
    let mailing = invitations::mailings(db, round_id)?.into_iter().find(|mailing| mailing.id == mailing_id);
    let Some(mailing) = mailing.filter(|mailing| mailing.stopped_at.is_none() && mailing.done_at.is_none()) else {
        return Ok(false);
    };
    match round.window().gate(now) {
        Gate::Open => {}
        Gate::NotYet | Gate::Paused => return Ok(false),
        Gate::Grace | Gate::Closed => {
            outbox::stop_round(db, round_id, now)?;
            invitations::moved_on(db, mailing.id, mailing.upto, 0, Some(now))?;
            return Ok(false);
        }
    }
    if outbox::counts(db, round_id)?.waiting >= BACKLOG {
        return Ok(false);
    }
    let (reached, upto) = invitations::next(db, &mailing, SOME)?;
    let is_last = upto == mailing.upto;
    let mut written = 0;
    for invitee in &reached {
        written += i64::from(write(db, state, &round, &mailing, invitee, now)?);
    }
    // an invitation goes on: whoever is put on the list later gets it
    let is_done = is_last && mailing.kind()? == MailingKind::Reminder;
    if !is_last || is_done {
        invitations::moved_on(db, mailing.id, upto, written, is_done.then_some(now))?;
    }
    Ok(!is_last)
}

fn write(
    db: &mut Db,
    state: &State,
    round: &RoundRow,
    mailing: &Mailing,
    invitee: &Invitee,
    now: NaiveDateTime,
) -> Result<bool, StoreError> {
    let Some(card) = Card::open(&state.secret, &invitee.mark, &invitee.sealed) else { return Ok(false) };
    // whose school has lost its link cannot be let in
    let Some((poster, school)) = poster(db, round.id, invitee.unit_id)? else { return Ok(false) };
    let leave = address_of(&state.public_url, &state.secret, invitee.id);
    let name = if card.name.is_empty() { mailing.nameless.clone() } else { card.name };
    let values = Values {
        link: format!("{}/k/{poster}?ma={}", state.public_url, card.code),
        name,
        school,
        closes: vietnamese::moment(round.closes_at),
        leave: leave.clone(),
    };
    let unsubscribe = Some(Unsubscribe { url: leave });
    let letter = Letter { unsubscribe, ..letter(mailing, &values, card.address) };
    let about: [&[u8]; 3] = [b"mailing", &mailing.id.to_be_bytes(), &invitee.id.to_be_bytes()];
    let delivery = Delivery { about: &about, round_id: Some(round.id), due_at: now, until: round.closes_at };
    let Some(mail_id) = mail::queue(db, &state.secret, &letter, &delivery, now)? else { return Ok(false) };
    invitations::queued(db, mailing.id, invitee.id, mail_id)?;
    Ok(true)
}

/// The code of a school's poster that is good, and the school's name.
fn poster(db: &mut Db, round_id: i64, unit_id: i64) -> Result<Option<(String, String)>, StoreError> {
    let live = collectors::of_round(db, round_id)?;
    let found = live.into_iter().find(|row| row.unit_id == unit_id && row.revoked_at.is_none());
    let Some(found) = found else { return Ok(None) };
    Ok(units::by_id(db, unit_id)?.map(|stored| (found.code, stored.unit.name)))
}

/// The letter with these values.
pub fn letter(mailing: &Mailing, values: &Values, to: Address) -> Letter {
    Letter {
        to,
        lang: mailing.lang.clone(),
        subject: fill(&mailing.subject, values),
        text: format!("{}\n\n{}", fill(&mailing.text, values).trim_end(), fill(&mailing.notice, values)),
        unsubscribe: None,
    }
}
