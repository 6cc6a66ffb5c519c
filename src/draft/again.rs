//! A round of an earlier year again.

use std::collections::HashSet;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

use super::{Drafted, channels, parse, put_units};
use crate::store::rounds::{Cover, NewRound, RoundRow};
use crate::store::{Db, StoreError, questionnaires, quotas, round_steps, rounds, unit_choices, units};
use crate::survey::questionnaire::Questionnaire;

/// A round of an earlier year again.
#[derive(Debug, Clone, Copy)]
pub struct Again<'a> {
    /// What it is called.
    pub title: &'a str,
    /// Its name in URLs.
    pub slug: &'a str,
    /// By how much every date is later.
    pub later: TimeDelta,
    /// Units that have ended by this day are left out.
    pub today: NaiveDate,
}

/// Drafts a round like an earlier one: the same versions of its questionnaires, units, channels and settings; none where no unit
/// is left to be asked.
///
/// # Errors
/// [`StoreError::Exists`] when the slug is taken; the database failed.
pub fn again(
    db: &mut Db,
    round: &RoundRow,
    again: Again<'_>,
    now: NaiveDateTime,
) -> Result<Option<Drafted>, StoreError> {
    let forms = questionnaires::of_round(db, round.id)?;
    let parsed: Vec<Questionnaire> = forms.iter().map(|row| parse(&row.content)).collect::<Result<_, _>>()?;
    let asked: HashSet<i64> = rounds::targets(db, round.id)?.into_iter().map(|target| target.unit_id).collect();
    let units = units_again(db, round, &asked, again.today)?;
    if units.is_empty() {
        return Ok(None);
    }
    let gone = rounds::units(db, round.id)?.into_iter().filter(|u| asked.contains(&u.id) && !units.contains(&u.id));
    let mut left_out: Vec<String> = gone.map(|unit| unit.name).collect();
    let versions: Vec<i64> = forms.iter().map(|row| row.id).collect();
    let cover = Cover {
        title: again.title,
        contact: &round.contact,
        closes_at: round.closes_at + again.later,
        results_by: round.results_by.map(|day| day + again.later),
    };
    let minimum_group = round.minimum_group;
    let new = NewRound { slug: again.slug, cover, owner_id: round.owner_id, minimum_group, versions: &versions };
    let round_id = rounds::insert(db, &new, now)?;
    let channels = channels(db, round.id)?;
    put_units(db, round_id, &parsed, &units, &channels, now)?;
    // a rule may give units that were never asked: that they are not asked again is no loss
    let put: HashSet<i64> = rounds::targets(db, round_id)?.into_iter().map(|target| target.unit_id).collect();
    let unfit = rounds::units(db, round.id)?.into_iter().filter(|u| asked.contains(&u.id) && units.contains(&u.id));
    left_out.extend(unfit.filter(|unit| !put.contains(&unit.id)).map(|unit| unit.name));
    rounds::set_access(db, round_id, round.access()?)?;
    let quotas = quotas::of_round(db, round.id)?;
    quotas::replace(db, round_id, round.unit_most, &quotas)?;
    rounds::allow_pictures(db, round_id, round.pictures_allowed_at.map(|_| now))?;
    round_steps::seal(db, round_id, round.sealed_at.map(|_| now))?;
    if let Some(choice) = unit_choices::of_round(db, round.id)? {
        unit_choices::put(db, round_id, &choice)?;
    }
    Ok(Some(Drafted { round_id, left_out }))
}

/// The units of an earlier round that there are still; where they were chosen by a rule, what that gives now.
fn units_again(db: &mut Db, round: &RoundRow, asked: &HashSet<i64>, today: NaiveDate) -> Result<Vec<i64>, StoreError> {
    let (choice, below) = (unit_choices::of_round(db, round.id)?, units::subtree(db, round.owner_id)?);
    let is_wanted = |stored: &units::Stored| match &choice {
        Some(choice) => asked.contains(&stored.id) || (below.contains(&stored.id) && choice.gives(&stored.unit)),
        None => asked.contains(&stored.id),
    };
    Ok(units::valid_on(db, today)?.into_iter().filter(is_wanted).map(|stored| stored.id).collect())
}
