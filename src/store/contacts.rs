//! How often people are asked: the limit that an office sets, and who is asked by which round.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::dialect::both;
use super::rounds::{self, RoundRow};
use super::schema::{contact_limit, unit};
use super::{Db, StoreError, questionnaires, units};
use crate::survey::campaign::{Contact, Crowd, Term, USUAL_CONTACTS, crowded};
use crate::survey::code::EVERY_LEVEL;
use crate::survey::questionnaire::Questionnaire;
use crate::vietnamese::local;

/// How often one audience of one school may be asked in a term by rounds of this unit: its own limit, or that of the nearest
/// unit above it.
///
/// # Errors
/// The database failed.
pub fn most(db: &mut Db, unit_id: i64) -> Result<i64, StoreError> {
    for above in units::line(db, unit_id)? {
        let own: Option<i64> = contact_limit::table.find(above).select(contact_limit::most).first(db).optional()?;
        if let Some(most) = own {
            return Ok(most);
        }
    }
    Ok(USUAL_CONTACTS)
}

/// The limits that were set: unit, its name, and how often.
///
/// # Errors
/// The database failed.
pub fn limits(db: &mut Db) -> Result<Vec<(i64, String, i64)>, StoreError> {
    Ok(contact_limit::table
        .inner_join(unit::table)
        .order(unit::code)
        .select((contact_limit::unit_id, unit::name, contact_limit::most))
        .load(db)?)
}

/// Sets the limit for a unit and everything below it that has none of its own.
///
/// # Errors
/// The database failed.
pub fn set(db: &mut Db, unit_id: i64, most: i64, by: i64, now: NaiveDateTime) -> Result<(), StoreError> {
    let values = (contact_limit::most.eq(most), contact_limit::changed_at.eq(now), contact_limit::changed_by.eq(by));
    both!(db, |c| diesel::insert_into(contact_limit::table)
        .values((contact_limit::unit_id.eq(unit_id), values))
        .on_conflict(contact_limit::unit_id)
        .do_update()
        .set(values)
        .execute(c))?;
    Ok(())
}

/// Whom a round asks when it is opened at this time.
fn contact(db: &mut Db, round: &RoundRow, opens_at: NaiveDateTime) -> Result<Contact, StoreError> {
    let targets = rounds::targets(db, round.id)?;
    let mut asked = Vec::new();
    for row in questionnaires::of_round(db, round.id)? {
        let Ok(questionnaire) = Questionnaire::parse(&row.content) else { continue };
        let level = questionnaire.level_code();
        let own = targets.iter().filter(|target| level == EVERY_LEVEL || target.level == level);
        asked.extend(own.map(|target| (questionnaire.audience, target.unit_id)));
    }
    asked.sort_unstable();
    asked.dedup();
    Ok(Contact { title: round.title.clone(), term: Term::of(local(opens_at).date()), asked })
}

/// Whom a round asks more often in its term than its office wants, with the other rounds that ask them. A round that has no
/// opening time is taken to open now.
///
/// # Errors
/// The database failed.
pub fn of_round(db: &mut Db, round: &RoundRow, now: NaiveDateTime) -> Result<Vec<Crowd>, StoreError> {
    let own = contact(db, round, round.opens_at.unwrap_or(now))?;
    let mut others = Vec::new();
    for other in rounds::all(db)?.into_iter().filter(|other| other.id != round.id) {
        let Some(opens_at) = other.opens_at else { continue };
        if Term::of(local(opens_at).date()) == own.term {
            others.push(contact(db, &other, opens_at)?);
        }
    }
    Ok(crowded(&own, &others, most(db, round.owner_id)?))
}
