//! `/manage/rounds/{slug}/invitations`: who is invited by mail, which letters go out, and what became of them. Addresses are for
//! whoever plans the round; no page tells who has answered.

mod addresses;
mod list;
mod write;

use std::collections::BTreeMap;

use actix_web::web::{self, ServiceConfig, get, post};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::stage::Stage;
use super::trouble::Trouble;
use super::{fields, read, said, to_the_page};
use crate::invitation::{Card, Entry};
use crate::secret::Secret;
use crate::state::State;
use crate::store::invitations::{self, Invitee, Mailing};
use crate::store::outbox::{self, Counts};
use crate::store::rounds::RoundRow;
use crate::store::{Db, StoreError, collectors, rounds};
use crate::survey::round::Access;
use crate::vietnamese::compare;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::session::{Officer, Planner};
use crate::web::words::Words;

/// Registers the pages of this room.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/manage/rounds/{slug}/invitations", get().to(show))
        .route("/manage/rounds/{slug}/invitations/list", post().to(list::take))
        .route("/manage/rounds/{slug}/invitations/addresses", post().to(addresses::change_list))
        .route("/manage/rounds/{slug}/invitations/write", get().to(write::show))
        .route("/manage/rounds/{slug}/invitations/write", post().to(write::send))
        .route("/manage/rounds/{slug}/invitations/stop", post().to(write::stop))
        .route("/manage/rounds/{slug}/{page:invitations}/{_:list|addresses|stop}", get().to(to_the_page));
}

#[derive(Template)]
#[template(path = "web/manage/rounds/invitations/show.html")]
struct InvitationsPage {
    desk: DeskFrame,
    said: Option<String>,
    trouble: Trouble,
    round: RoundRow,
    is_codes: bool,
    stage: Stage,
    /// What keeps all mail from leaving, in sentences.
    mail_trouble: Option<(String, String)>,
    has_server: bool,
    schools: Vec<School>,
    invited: usize,
    unspent: i64,
    counts: Counts,
    letters: Vec<LetterRow>,
    /// Addresses that get no mail: which, and why.
    silent: Vec<(String, String)>,
    /// What was pasted, to be shown again.
    pasted: String,
    /// The same with the text of old fonts in Unicode.
    converted: Option<String>,
    mistakes: Vec<(String, String)>,
    /// What a trial of the list found.
    tried: Option<String>,
}

/// A school of the round.
struct School {
    id: i64,
    name: String,
    invited: usize,
}

impl School {
    /// So few that whoever reads single forms might guess.
    fn is_few(&self, round: &RoundRow) -> bool {
        self.invited > 0 && (self.invited as i64) < round.minimum_group
    }
}

/// A letter that was planned.
struct LetterRow {
    id: i64,
    kind: String,
    subject: String,
    due: String,
    queued: String,
    state: String,
    tone: &'static str,
    may_stop: bool,
}

impl LetterRow {
    fn new(mailing: &Mailing, words: Words, now: chrono::NaiveDateTime) -> Self {
        let (state, tone) = match (mailing.stopped_at, mailing.done_at) {
            (Some(_), _) => ("invitations-stopped", "warn"),
            (None, Some(_)) => ("invitations-done", ""),
            (None, None) if mailing.due_at > now => ("invitations-planned", ""),
            (None, None) => ("invitations-running", "ok"),
        };
        Self {
            id: mailing.id,
            kind: words.say(&format!("mailing-{}", mailing.kind)),
            subject: mailing.subject.clone(),
            due: words.moment(mailing.due_at),
            queued: words.number(mailing.queued),
            state: words.say(state),
            tone,
            may_stop: mailing.stopped_at.is_none() && mailing.done_at.is_none(),
        }
    }
}

/// Everything that the page shows besides words.
struct Found {
    round: RoundRow,
    entries: Vec<Entry>,
    people: Vec<Invitee>,
    unspent: i64,
    counts: Counts,
    mailings: Vec<Mailing>,
    trouble: Option<(outbox::Trouble, chrono::NaiveDateTime, String)>,
}

/// What a form brought back.
#[derive(Default)]
struct Back {
    trouble: Trouble,
    pasted: String,
    converted: Option<String>,
    mistakes: Vec<(String, String)>,
    tried: Option<String>,
}

/// `GET …/invitations`
async fn show(
    request: HttpRequest,
    officer: Planner,
    state: web::Data<State>,
    slug: web::Path<String>,
) -> Result<HttpResponse, Failure> {
    page(&request, &officer, &state, &slug, Back::default()).await
}

async fn page(
    request: &HttpRequest,
    officer: &Officer,
    state: &State,
    slug: &str,
    back: Back,
) -> Result<HttpResponse, Failure> {
    let (words, now) = (officer.words, state.clock.now());
    let found = read(state, officer, slug, |db, round| find(db, round)).await?;
    let count = |id: i64| found.people.iter().filter(|person| person.unit_id == id).count();
    let mut schools: Vec<School> = found
        .entries
        .iter()
        .map(|entry| School { id: entry.unit_id, name: entry.name.clone(), invited: count(entry.unit_id) })
        .collect();
    schools.sort_by(|a, b| compare(&a.name, &b.name));
    let trouble = |(kind, since, reply): &(outbox::Trouble, _, String)| {
        let values = [("since", words.moment(*since)), ("reply", reply.clone())];
        (words.say(&format!("mail-trouble-{kind}")), words.fill("mail-trouble-since", values))
    };
    let page = InvitationsPage {
        desk: DeskFrame::new(request, officer, Room::Rounds),
        said: said::said(request, state, officer),
        is_codes: found.round.access()? == Access::Codes,
        stage: Stage::of(&found.round, now),
        mail_trouble: found.trouble.as_ref().map(trouble),
        has_server: state.mail.carrier().is_smtp(),
        invited: found.people.len(),
        unspent: found.unspent,
        counts: found.counts,
        letters: found.mailings.iter().map(|mailing| LetterRow::new(mailing, words, now)).collect(),
        silent: silent(&found.people, &state.secret, words),
        schools,
        trouble: back.trouble,
        pasted: back.pasted,
        converted: back.converted,
        mistakes: back.mistakes,
        tried: back.tried,
        round: found.round,
    };
    said::show(request, &page.trouble, &page)
}

fn find(db: &mut Db, round: RoundRow) -> Result<Found, StoreError> {
    Ok(Found {
        entries: entries(db, round.id)?,
        people: invitations::all(db, round.id)?,
        unspent: invitations::unspent(db, round.id)?,
        counts: outbox::counts(db, round.id)?,
        mailings: invitations::mailings(db, round.id)?,
        trouble: outbox::trouble(db)?,
        round,
    })
}

/// Schools that the round asks and that have a link.
fn entries(db: &mut Db, round_id: i64) -> Result<Vec<Entry>, StoreError> {
    let asked: Vec<i64> = rounds::targets(db, round_id)?.into_iter().map(|target| target.unit_id).collect();
    let mut entries = BTreeMap::new();
    for row in collectors::of_round(db, round_id)? {
        if row.revoked_at.is_none() && asked.contains(&row.unit_id) {
            let entry = Entry { unit_id: row.unit_id, code: row.unit_code, name: row.unit_name };
            entries.entry(row.unit_id).or_insert(entry);
        }
    }
    Ok(entries.into_values().collect())
}

/// Who gets no mail, and why; never who has answered.
fn silent(people: &[Invitee], secret: &Secret, words: Words) -> Vec<(String, String)> {
    let reason = |person: &Invitee| match (person.left_at, person.refused_at) {
        (Some(_), _) => Some(words.say("invitations-left")),
        (None, Some(_)) => Some(words.say("invitations-refused")),
        (None, None) => None,
    };
    let row = |person: &Invitee| {
        let card = Card::open(secret, &person.mark, &person.sealed)?;
        reason(person).map(|reason| (card.address.to_string(), reason))
    };
    people.iter().filter_map(row).collect()
}
