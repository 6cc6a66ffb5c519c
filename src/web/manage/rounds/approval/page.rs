//! The page: where the round stands, what changed, the forms, and what can be done.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::NaiveDateTime;

use super::changes::{self, Form, Setting};
use super::{Case, has_not_begun};
use crate::state::State;
use crate::store::approvals::{self, ApprovalRow};
use crate::store::rounds::RoundRow;
use crate::store::{Db, StoreError, audit, units};
use crate::survey::access::Right;
use crate::survey::approval::{Standing, Verdict, may_be_the_same};
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::manage::rounds::trouble::Trouble;
use crate::web::manage::rounds::{read, said};
use crate::web::session::{Officer, Steering};
use crate::web::words::Words;

/// Two people.
#[derive(Template)]
#[template(path = "web/manage/rounds/approval/page.html")]
struct ApprovalPage {
    desk: DeskFrame,
    said: Option<String>,
    trouble: Trouble,
    round: RoundRow,
    case: Shown,
}

/// What the page shows of a round.
struct Shown {
    label: Option<(String, &'static str)>,
    sentence: String,
    /// What names the submission that the page shows.
    fingerprint: String,
    /// What differs from the last approval; none: there was none.
    changed: Option<Vec<Setting>>,
    settings: Vec<(String, String)>,
    forms: Vec<Form>,
    past: Vec<Past>,
    /// This officer can submit it.
    may_submit: bool,
    /// This officer can decide.
    may_decide: bool,
    /// Why this officer, who approves, does not approve this.
    barred: Option<String>,
    /// This officer can take newer versions of its questionnaires.
    may_renew: bool,
}

/// A submission and what became of it.
struct Past {
    tone: &'static str,
    label: String,
    lines: Vec<String>,
}

/// `GET …/approval`
pub(in crate::web::manage::rounds) async fn show(
    request: HttpRequest,
    officer: Steering,
    state: web::Data<State>,
    slug: web::Path<String>,
) -> Result<HttpResponse, Failure> {
    page(&request, &officer, &state, &slug, Trouble::default()).await
}

/// The page as the round stands now, with what was just not done.
pub(super) async fn page(
    request: &HttpRequest,
    officer: &Officer,
    state: &State,
    slug: &str,
    trouble: Trouble,
) -> Result<HttpResponse, Failure> {
    let (viewer, now) = (officer.clone(), state.clock.now());
    let (round, case) = read(state, officer, slug, move |db, round| {
        let case = Shown::read(db, &viewer, &round, now)?;
        Ok((round, case))
    })
    .await?;
    let page = ApprovalPage {
        desk: DeskFrame::new(request, officer, Room::Rounds),
        said: said::said(request, state, officer),
        trouble,
        round,
        case,
    };
    said::show(request, &page.trouble, &page)
}

impl Shown {
    fn read(db: &mut Db, officer: &Officer, round: &RoundRow, now: NaiveDateTime) -> Result<Self, StoreError> {
        let (words, line) = (officer.words, units::line(db, round.owner_id)?);
        let case = Case::read(db, round, now)?;
        let rows = approvals::of_round(db, round.id)?;
        let names = changes::names(db)?;
        let approved = rows.iter().find(|row| row.approved_at.is_some()).map(ApprovalRow::dossier).transpose()?;
        let changed = approved.map(|was| changes::changed(&was, &case.now, &names, words));
        let is_draft = has_not_begun(round, now, words).is_ok();
        let barred = barred(db, officer, round, &case, now)?;
        let approves = officer.may_at(Right::Approve, &line) && is_draft && case.standing == Standing::Waiting;
        Ok(Self {
            label: case.label(words),
            sentence: sentence(&case, words),
            fingerprint: case.last.as_ref().map(|row| row.fingerprint.clone()).unwrap_or_default(),
            changed,
            settings: changes::settings(&case.now, &names, words),
            forms: changes::forms(db, round, words)?,
            past: past(db, &rows, &case, words)?,
            may_submit: is_draft && case.standing.may_be_submitted() && officer.may_at(Right::Open, &line),
            may_decide: approves && barred.is_none(),
            barred: barred.filter(|_| approves),
            may_renew: is_draft && officer.may_at(Right::Plan, &line),
        })
    }
}

/// Why this officer must not decide, as a sentence.
pub(super) fn barred(
    db: &mut Db,
    officer: &Officer,
    round: &RoundRow,
    case: &Case,
    now: NaiveDateTime,
) -> Result<Option<String>, StoreError> {
    let own = officer.account_id;
    if case.last.as_ref().is_some_and(|row| row.submitted_by == own) {
        return Ok(Some(officer.words.say("approval-barred-submitted")));
    }
    let wrote = approvals::authors(db, round)?.contains(&own);
    if wrote {
        return Ok(Some(officer.words.say("approval-barred-changed")));
    }
    linked(db, officer, round, case, now)
}

/// Whoever made a link for an account can have opened it: beside that person it is no second one.
fn linked(
    db: &mut Db,
    officer: &Officer,
    round: &RoundRow,
    case: &Case,
    now: NaiveDateTime,
) -> Result<Option<String>, StoreError> {
    let submitted = case.last.as_ref().map(|row| row.submitted_by);
    let first: Vec<i64> = submitted.into_iter().chain(approvals::last_changed_by(db, round)?).collect();
    let Some((at, by)) = audit::last_entry_by(db, &officer.login, &first)? else { return Ok(None) };
    if !may_be_the_same(at, now) {
        return Ok(None);
    }
    let name = approvals::names(db, &[by])?.into_iter().next().map(|(_, name)| name).unwrap_or_default();
    Ok(Some(officer.words.fill("approval-barred-link", [("name", name), ("at", officer.words.moment(at))])))
}

fn sentence(case: &Case, words: Words) -> String {
    words.say(match case.standing {
        Standing::Changed(Verdict::Approved) if case.has_begun => "approval-changed-since-text",
        Standing::Approved => "approval-approved-text",
        _ if case.has_begun => "approval-without-text",
        Standing::New if case.is_needed => "approval-new-text",
        Standing::New => "approval-not-needed-text",
        Standing::Waiting => "approval-waiting-text",
        Standing::Returned => "approval-returned-text",
        Standing::Changed(Verdict::Approved) => "approval-changed-text",
        Standing::Changed(_) => "approval-changed-waiting-text",
    })
}

/// What nobody decided about, and nobody can any more, is said so: another submission came after it, or the round was changed.
fn past(db: &mut Db, rows: &[ApprovalRow], case: &Case, words: Words) -> Result<Vec<Past>, StoreError> {
    let people: Vec<i64> = rows.iter().flat_map(|row| row.decided_by.into_iter().chain([row.submitted_by])).collect();
    let names = approvals::names(db, &people)?;
    let name = |id: i64| names.iter().find(|(known, _)| *known == id).map(|(_, name)| name.clone()).unwrap_or_default();
    let quoted = |text: &String| (!text.is_empty()).then(|| words.with("approval-quoted", "text", text));
    let entry = |row: &ApprovalRow| {
        let (label, tone) = match row.verdict() {
            Verdict::Waiting if case.is_awaited(row) => ("approval-undecided", "warn"),
            Verdict::Waiting => ("approval-superseded", "off"),
            Verdict::Approved => ("approval-approved", ""),
            Verdict::Returned => ("approval-returned", "bad"),
        };
        let by = [("at", words.moment(row.submitted_at)), ("name", name(row.submitted_by))];
        let mut lines = vec![words.fill("approval-submitted-by", by)];
        lines.extend(quoted(&row.note));
        if let Some((at, by)) = row.approved_at.or(row.returned_at).zip(row.decided_by) {
            lines.push(words.fill("approval-decided-by", [("at", words.moment(at)), ("name", name(by))]));
            lines.extend(quoted(&row.reason));
        }
        lines.push(words.with("approval-fingerprint", "fingerprint", short(&row.fingerprint)));
        Past { tone, label: words.say(label), lines }
    };
    Ok(rows.iter().map(entry).collect())
}

/// As much of a fingerprint as fits on paper: `3F2A 91C0 77E4`.
fn short(fingerprint: &str) -> String {
    let signs: Vec<char> = fingerprint.chars().take(12).flat_map(char::to_uppercase).collect();
    signs.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}
