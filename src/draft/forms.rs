//! Other questionnaires and channels for a round that nobody could answer yet.

use std::collections::BTreeSet;

use chrono::NaiveDateTime;

use super::renew::settle;
use super::{channels, own_recordings, parse, recording};
use crate::store::rounds::RoundRow;
use crate::store::{Db, StoreError, collectors, questionnaires, rounds, units};
use crate::survey::code::Channel;
use crate::survey::questionnaire::Questionnaire;
use crate::survey::round::{levels_asked, minimum_group};

/// A questionnaire that a round shall ask with.
#[derive(Debug, Clone)]
pub enum Wanted {
    /// The version that the round has.
    Kept(i64),
    /// This text.
    New(String),
}

/// Lets a round that nobody could answer yet ask with these questionnaires through these channels, and returns the names of units
/// that it asks no more, because none of their levels is asked. Numbers of pupils that somebody corrected and quotas stay as far
/// as there is a place for them; codes of channels that are left are revoked, since they may be printed.
///
/// # Errors
/// [`StoreError::NobodyAsked`] when no unit of the round would be left, and then nothing is changed; a questionnaire that does not
/// read; the database failed.
pub fn ask_with(
    db: &mut Db,
    round: &RoundRow,
    wanted: &[Wanted],
    through: &[Channel],
    now: NaiveDateTime,
) -> Result<Vec<String>, StoreError> {
    let known = questionnaires::of_round(db, round.id)?;
    let text = |wanted: &Wanted| match wanted {
        Wanted::New(text) => Some(text.clone()),
        Wanted::Kept(id) => known.iter().find(|row| row.id == *id).map(|row| row.content.clone()),
    };
    let texts: Vec<String> = wanted.iter().filter_map(text).collect();
    let asked: Vec<Questionnaire> = texts.iter().map(|text| parse(text)).collect::<Result<_, _>>()?;
    let left_out = left_out(db, round, &asked)?;
    let mut versions = Vec::new();
    for (wanted, questionnaire) in wanted.iter().zip(&asked) {
        versions.push(match wanted {
            Wanted::Kept(id) => *id,
            Wanted::New(text) => publish(db, questionnaire, text, now)?,
        });
    }
    questionnaires::put(db, round.id, &versions)?;
    rounds::set_minimum(db, round.id, minimum_group(&asked).max(round.minimum_group))?;
    put_channels(db, round, through, now)?;
    settle(db, round.id, now)?;
    Ok(left_out)
}

/// The units of the round at whose levels none of these asks.
fn left_out(db: &mut Db, round: &RoundRow, asked: &[Questionnaire]) -> Result<Vec<String>, StoreError> {
    let targets: BTreeSet<i64> = rounds::targets(db, round.id)?.into_iter().map(|target| target.unit_id).collect();
    let own = units::all(db)?.into_iter().filter(|stored| targets.contains(&stored.id));
    let (left, out): (Vec<_>, Vec<_>) = own.partition(|stored| !levels_asked(&stored.unit, asked).is_empty());
    if left.is_empty() {
        return Err(StoreError::NobodyAsked);
    }
    Ok(out.into_iter().map(|stored| stored.unit.name).collect())
}

fn publish(db: &mut Db, questionnaire: &Questionnaire, text: &str, now: NaiveDateTime) -> Result<i64, StoreError> {
    let own = own_recordings(db, questionnaire)?;
    let found = questionnaire.recordings(text, |name| recording(&own, &questionnaire.code, name));
    let recordings = found.map_err(|found| super::mistaken(&found))?;
    questionnaires::publish(db, &questionnaire.code, text, &recordings, now)
}

/// Codes for every unit and channel, and none that works for other channels.
fn put_channels(db: &mut Db, round: &RoundRow, through: &[Channel], now: NaiveDateTime) -> Result<(), StoreError> {
    let before = channels(db, round.id)?;
    for row in collectors::of_round(db, round.id)? {
        if row.revoked_at.is_none() && !through.contains(&row.channel()?) {
            collectors::revoke(db, row.id, now)?;
        }
    }
    let new: Vec<Channel> = through.iter().filter(|channel| !before.contains(channel)).copied().collect();
    let units: BTreeSet<i64> = rounds::units(db, round.id)?.into_iter().map(|unit| unit.id).collect();
    for unit_id in units {
        for channel in &new {
            if collectors::live(db, round.id, unit_id, *channel)?.is_none() {
                collectors::insert(db, round.id, unit_id, *channel, now)?;
            }
        }
    }
    Ok(())
}
