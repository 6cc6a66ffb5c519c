//! Alerts: free texts with words of danger, until a person of the steering unit has read them.

use std::collections::{HashMap, HashSet};

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::accounts::line_of;
use super::schema::{alert, round, submission, unit};
use super::{Db, StoreError};

/// What the intake found in one answer.
#[derive(Debug, Clone, Copy)]
pub struct NewAlert<'a> {
    /// The round.
    pub round_id: i64,
    /// The school.
    pub unit_id: i64,
    /// The submission.
    pub submission_id: &'a [u8],
    /// The name of the answer in the submission's document: a question's code.
    pub question: &'a str,
    /// The words of the list that occur.
    pub words: &'a [&'a str],
    /// The submission's date.
    pub raised_on: NaiveDate,
}

/// An alert as the page shows it; nothing here says who wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    /// Its number.
    pub id: i64,
    /// The round.
    pub round_id: i64,
    /// The version of the questionnaire that asked; nothing if the submission was withdrawn since.
    pub version_id: Option<i64>,
    /// The round's title.
    pub round_title: String,
    /// The school.
    pub unit_name: String,
    /// The question's code.
    pub question: String,
    /// The words that were found when it came in.
    pub words: Vec<String>,
    /// The free text; nothing if the submission was withdrawn since.
    pub text: Option<String>,
    /// The day it came in.
    pub raised_on: NaiveDate,
    /// When somebody marked it as handled.
    pub handled_at: Option<NaiveDateTime>,
    /// Set with it when the words meant no harm.
    pub dismissed_at: Option<NaiveDateTime>,
}

/// What a reader found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Somebody has to act, and knows.
    PassedOn,
    /// The words meant no harm.
    FalseAlarm,
}

/// Some of many: so many from this place on.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    /// How many come before.
    pub offset: i64,
    /// How many at most.
    pub limit: i64,
}

/// Raises alerts; call it in the transaction that stores the submissions.
///
/// # Errors
/// The database failed.
pub fn insert(db: &mut Db, alerts: &[NewAlert<'_>]) -> Result<(), StoreError> {
    for new in alerts {
        diesel::insert_into(alert::table)
            .values((
                alert::round_id.eq(new.round_id),
                alert::unit_id.eq(new.unit_id),
                alert::submission_id.eq(new.submission_id),
                alert::question.eq(new.question),
                // words are letters, digits and spaces, so that a comma separates them
                alert::words.eq(new.words.join(",")),
                alert::raised_on.eq(new.raised_on),
            ))
            .execute(db)?;
    }
    Ok(())
}

/// Alerts that nobody has handled, oldest first, of rounds that one of these units owns.
///
/// # Errors
/// The database failed.
pub fn open(db: &mut Db, owners: &HashSet<i64>, part: Part) -> Result<Vec<Alert>, StoreError> {
    let owners = owners_of_rounds(db, owners)?;
    let rows = selected()
        .filter(round::owner_id.eq_any(owners))
        .filter(alert::handled_at.is_null())
        .order(alert::id)
        .limit(part.limit)
        .offset(part.offset)
        .load::<Row>(db)?;
    rows.into_iter().map(Alert::read).collect()
}

/// Alerts that were handled, the last first, of rounds that one of these units owns.
///
/// # Errors
/// The database failed.
pub fn handled(db: &mut Db, owners: &HashSet<i64>, part: Part) -> Result<Vec<Alert>, StoreError> {
    let owners = owners_of_rounds(db, owners)?;
    let rows = selected()
        .filter(round::owner_id.eq_any(owners))
        .filter(alert::handled_at.is_not_null())
        .order((alert::handled_at.desc(), alert::id.desc()))
        .limit(part.limit)
        .offset(part.offset)
        .load::<Row>(db)?;
    rows.into_iter().map(Alert::read).collect()
}

/// How many alerts are open and how many handled, of rounds that one of these units owns.
///
/// # Errors
/// The database failed.
pub fn counts(db: &mut Db, owners: &HashSet<i64>) -> Result<(i64, i64), StoreError> {
    let owners = owners_of_rounds(db, owners)?;
    let mine = || alert::table.inner_join(round::table).filter(round::owner_id.eq_any(owners.clone()));
    let open = mine().filter(alert::handled_at.is_null()).count().get_result(db)?;
    Ok((open, mine().filter(alert::handled_at.is_not_null()).count().get_result(db)?))
}

/// Of more alerts than these, pages say only that there are more.
pub const MOST_WAITING: i64 = 999;

/// How many alerts wait for somebody who reads those of these units and of all below them; at most one more than
/// [`MOST_WAITING`]. Every page of staff asks, whatever a round of millions has raised: so it looks into the index of open alerts
/// once for each round, walks up from the few units that own them, never down to thousands of schools, and stops counting early.
///
/// # Errors
/// The database failed.
pub fn waiting(db: &mut Db, roots: &[i64]) -> Result<i64, StoreError> {
    if roots.is_empty() {
        return Ok(0);
    }
    let waits = alert::table.filter(alert::round_id.eq(round::id)).filter(alert::handled_at.is_null());
    let rounds: Vec<(i64, i64)> =
        round::table.filter(diesel::dsl::exists(waits)).select((round::id, round::owner_id)).load(db)?;
    let mut owners = HashMap::new();
    for (_, owner) in &rounds {
        if !owners.contains_key(owner) {
            let line = line_of(db, *owner)?;
            owners.insert(*owner, roots.contains(owner) || line.iter().any(|unit| roots.contains(unit)));
        }
    }
    let mine: Vec<i64> = rounds.iter().filter(|(_, owner)| owners[owner]).map(|(id, _)| *id).collect();
    let waiting = alert::table
        .filter(alert::round_id.eq_any(mine))
        .filter(alert::handled_at.is_null())
        .select(alert::round_id)
        .limit(MOST_WAITING + 1);
    Ok(i64::try_from(waiting.load::<i64>(db)?.len()).unwrap_or(MOST_WAITING))
}

/// Marks an alert as handled; says whether it was open and of a round that one of these units owns. Two people who press
/// a button at once: the first is kept.
///
/// # Errors
/// The database failed.
pub fn handle(
    db: &mut Db,
    id: i64,
    account_id: i64,
    owners: &HashSet<i64>,
    verdict: Verdict,
    now: NaiveDateTime,
) -> Result<bool, StoreError> {
    let owner: Option<i64> =
        alert::table.inner_join(round::table).filter(alert::id.eq(id)).select(round::owner_id).first(db).optional()?;
    if !owner.is_some_and(|owner| owners.contains(&owner)) {
        return Ok(false);
    }
    let dismissed_at = (verdict == Verdict::FalseAlarm).then_some(now);
    let rows = diesel::update(alert::table.find(id).filter(alert::handled_at.is_null()))
        .set((alert::handled_at.eq(now), alert::handled_by.eq(account_id), alert::dismissed_at.eq(dismissed_at)))
        .execute(db)?;
    Ok(rows > 0)
}

/// Those of the units that own rounds: a handful, where a subtree may have thousands of schools.
fn owners_of_rounds(db: &mut Db, units: &HashSet<i64>) -> Result<Vec<i64>, StoreError> {
    let mut owners: Vec<i64> = round::table.select(round::owner_id).distinct().load(db)?;
    owners.retain(|owner| units.contains(owner));
    Ok(owners)
}

#[derive(Queryable)]
struct Row {
    id: i64,
    round_id: i64,
    round_title: String,
    unit_name: String,
    question: String,
    words: String,
    raised_on: NaiveDate,
    handled_at: Option<NaiveDateTime>,
    dismissed_at: Option<NaiveDateTime>,
    version_id: Option<i64>,
    answers: Option<String>,
}

#[diesel::dsl::auto_type(no_type_alias)]
fn selected() -> _ {
    alert::table
        .inner_join(round::table)
        .inner_join(unit::table)
        .left_join(
            submission::table.on(submission::round_id.eq(alert::round_id).and(submission::id.eq(alert::submission_id))),
        )
        .select((
            alert::id,
            round::id,
            round::title,
            unit::name,
            alert::question,
            alert::words,
            alert::raised_on,
            alert::handled_at,
            alert::dismissed_at,
            submission::version_id.nullable(),
            submission::answers.nullable(),
        ))
}

impl Alert {
    fn read(row: Row) -> Result<Self, StoreError> {
        let text = row.answers.map(|json| answer(&json, &row.question)).transpose()?.flatten();
        Ok(Self {
            id: row.id,
            round_id: row.round_id,
            version_id: row.version_id,
            round_title: row.round_title,
            unit_name: row.unit_name,
            question: row.question,
            words: row.words.split(',').map(str::to_owned).collect(),
            text,
            raised_on: row.raised_on,
            handled_at: row.handled_at,
            dismissed_at: row.dismissed_at,
        })
    }
}

fn answer(json: &str, question: &str) -> Result<Option<String>, StoreError> {
    let answers: serde_json::Value = serde_json::from_str(json).map_err(|e| StoreError::corrupt("submission", e))?;
    Ok(answers.get(question).and_then(|text| text.as_str()).map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use diesel::connection::SimpleConnection;

    use super::*;
    use crate::store::tests::{at, store_with_account};

    const ROUNDS: &str = "INSERT INTO round (id, slug, title, owner_id, minimum_group, contact, created_at, closes_at)
        VALUES (1, 'dot-1', 'Đợt 1', 2, 10, '', '2026-01-01 00:00:00', '2026-02-01 00:00:00'),
               (2, 'dot-so', 'Đợt của Sở', 1, 10, '', '2026-01-01 00:00:00', '2026-02-01 00:00:00');
        INSERT INTO submission VALUES
        (1, {id}, 3, 'truong', 1, 'vi', 'web', FALSE, '2026-01-02', '{\"A1\":\"5\",\"G2\":\"con bị đánh\"}', 'unknown');";

    const ALL: Part = Part { offset: 0, limit: 100 };

    fn raise(db: &mut Db, round_id: i64, submission_id: &[u8]) -> Result<(), StoreError> {
        let raised_on = at(0).date();
        let words = &["bị đánh", "sợ đi học"];
        insert(db, &[NewAlert { round_id, unit_id: 3, submission_id, question: "G2", words, raised_on }])
    }

    #[test]
    fn an_alert_is_open_until_the_owner_of_its_round_handles_it() {
        let (_database, store, account) = store_with_account();
        let (ward, province) = (HashSet::from([2, 3]), HashSet::from([1, 2, 3]));
        store
            .write_now(|db| {
                let id = match db {
                    Db::Pg(_) => r"'\x01'",
                    Db::Sqlite(_) => "x'01'",
                };
                db.batch_execute(&ROUNDS.replace("{id}", id))?;
                raise(db, 1, &[1])?;
                raise(db, 2, &[9])
            })
            .unwrap();
        let seen = store.read_now(|db| open(db, &ward, ALL)).unwrap();
        assert_eq!(seen.len(), 1);
        assert_eq!(seen[0].text.as_deref(), Some("con bị đánh"));
        assert_eq!(seen[0].words, ["bị đánh", "sợ đi học"]);
        let all = store.read_now(|db| open(db, &province, ALL)).unwrap();
        assert_eq!(all.len(), 2);
        // its submission is gone
        assert_eq!(all[1].text, None);

        let waits = |unit| store.read_now(|db| waiting(db, &[unit])).unwrap();
        assert_eq!((waits(1), waits(2), waits(3)), (2, 1, 0));
        let handle_it = |id, owners: &HashSet<i64>, verdict| {
            store.write_now(|db| handle(db, id, account, owners, verdict, at(9))).unwrap()
        };
        assert!(!handle_it(all[1].id, &ward, Verdict::PassedOn));
        assert!(handle_it(seen[0].id, &ward, Verdict::FalseAlarm));
        assert!(!handle_it(seen[0].id, &ward, Verdict::PassedOn));
        assert_eq!((waits(1), waits(2)), (1, 0));
        let done = store.read_now(|db| handled(db, &ward, ALL)).unwrap();
        assert_eq!((done[0].handled_at, done[0].dismissed_at), (Some(at(9)), Some(at(9))));
        assert_eq!(store.read_now(|db| counts(db, &province)).unwrap(), (1, 1));
    }
}
