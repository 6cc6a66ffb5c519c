//! `/manage/questionnaires/{id}/history`: everything that was saved, what differs between two versions, and the way back.

use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::change::save;
use super::mistake::property;
use super::own::{document, load, mine};
use crate::state::State;
use crate::store::StoreError;
use crate::store::questionnaire_drafts::{self, HistoryRow};
use crate::survey::manuscript::{Change, Entry, What, diff, redone, undone};
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::manage::fields::Fields;
use crate::web::manage::said;
use crate::web::manage::trouble::Trouble;
use crate::web::session::{Officer, Writer};
use crate::web::words::Words;

#[derive(Template)]
#[template(path = "web/manage/questionnaires/history.html")]
struct HistoryPage {
    desk: DeskFrame,
    trouble: Trouble,
    id: i64,
    title: String,
    /// The revision that is there now.
    current: i64,
    rows: Vec<Row>,
    /// The two versions that are compared.
    from: i64,
    to: i64,
    changes: Vec<Line>,
}

struct Row {
    revision: i64,
    about: String,
    restores: Option<i64>,
}

/// One question that differs.
pub struct Line {
    /// What it is called.
    pub name: String,
    /// What happened to it.
    pub sentences: Vec<String>,
    /// Property, before, after.
    pub values: Vec<(String, String, String)>,
}

/// The revisions that undo and redo would bring back.
pub(super) fn steps(history: &[HistoryRow]) -> (Option<i64>, Option<i64>) {
    let entries: Vec<Entry> =
        history.iter().map(|row| Entry { revision: row.revision, restores: row.restores }).collect();
    (undone(&entries), redone(&entries))
}

/// `GET /manage/questionnaires/{id}/history`
pub(super) async fn show(
    request: HttpRequest,
    officer: Writer,
    state: web::Data<State>,
    id: web::Path<i64>,
) -> Result<HttpResponse, Failure> {
    let own = load(&state, &officer, *id).await?;
    let (id, words, current) = (*id, officer.words, own.row.revision);
    let asked = |wanted: &str| {
        let mut pairs = form_urlencoded::parse(request.query_string().as_bytes());
        pairs.find(|(name, _)| name == wanted).and_then(|(_, value)| value.parse::<i64>().ok())
    };
    let to = asked("to").unwrap_or(current);
    let from = asked("from").unwrap_or((to - 1).max(1));
    let (rows, old, new) = state
        .store
        .read(move |db| {
            let rows = questionnaire_drafts::history(db, id)?;
            let old = questionnaire_drafts::content_of(db, id, from)?;
            Ok((rows, old, questionnaire_drafts::content_of(db, id, to)?))
        })
        .await?;
    let (Some(old), Some(new)) = (old, new) else { return Err(Failure::NotFound) };
    let changes = differences(&old, &new, words)?;
    let page = HistoryPage {
        desk: DeskFrame::new(&request, &officer, Room::Questionnaires),
        trouble: Trouble::default(),
        id,
        title: own.row.title,
        current,
        rows: rows
            .into_iter()
            .map(|row| Row {
                revision: row.revision,
                about: format!("{} · {}", words.moment(row.changed_at), row.name),
                restores: row.restores,
            })
            .collect(),
        from,
        to,
        changes,
    };
    said::show(&request, &page.trouble, &page)
}

/// What differs between two files, question by question.
///
/// # Errors
/// One of them is no document.
pub fn differences(old: &str, new: &str, words: Words) -> Result<Vec<Line>, StoreError> {
    let changes = diff(&document(old)?, &document(new)?);
    Ok(changes.into_iter().map(|change| Line::new(change, words)).collect())
}

impl Line {
    fn new(change: Change, words: Words) -> Self {
        let name = match change.code.as_str() {
            "" => words.say("q-cover"),
            code => format!("{code} · {}", change.label),
        };
        let mut line = Self { name, sentences: Vec::new(), values: Vec::new() };
        for what in change.what {
            match what {
                What::Added => line.sentences.push(words.say("q-diff-added")),
                What::Removed => line.sentences.push(words.say("q-diff-removed")),
                What::Moved => line.sentences.push(words.say("q-diff-moved")),
                What::Changed { property, old, new } => line.values.push((named(&property, words), old, new)),
            }
        }
        line
    }
}

/// A property, with its language where it has one.
pub(super) fn named(path: &str, words: Words) -> String {
    match path.split_once('.') {
        Some((name, lang)) => format!("{} ({lang})", property(name, words)),
        None => property(path, words),
    }
}

/// Undo or redo.
pub(super) async fn step(
    state: &State,
    officer: &Officer,
    id: i64,
    seen: i64,
    wish: &str,
) -> Result<HttpResponse, Failure> {
    let is_undo = wish == "undo";
    bring_back(state, officer, id, Some(seen), move |history| {
        let (undone, redone) = steps(history);
        if is_undo { undone } else { redone }
    })
    .await
}

/// `POST /manage/questionnaires/{id}/history`: back to a version.
pub(super) async fn restore(
    officer: Writer,
    state: web::Data<State>,
    id: web::Path<i64>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::sent(&officer, &body)?;
    let wanted = fields.number("to");
    bring_back(&state, &officer, *id, None, move |history| {
        let row = history.iter().find(|row| Some(row.revision) == wanted)?;
        Some(row.restores.unwrap_or(row.revision))
    })
    .await
}

async fn bring_back(
    state: &State,
    officer: &Officer,
    id: i64,
    seen: Option<i64>,
    which: impl FnOnce(&[HistoryRow]) -> Option<i64> + Send + 'static,
) -> Result<HttpResponse, Failure> {
    let (who, now) = (officer.clone(), state.clock.now());
    let done = state
        .store
        .write(move |db| {
            questionnaire_drafts::hold(db, id)?;
            let Some(own) = mine(db, &who, id)? else { return Ok(None) };
            if seen.is_some_and(|seen| seen != own.row.revision) {
                // what would be undone is somebody else's
                return Ok(Some("q-changed-since"));
            }
            let nothing = "q-said-nothing";
            let Some(revision) = which(&questionnaire_drafts::history(db, id)?) else { return Ok(Some(nothing)) };
            let Some(content) = questionnaire_drafts::content_of(db, id, revision)? else { return Ok(Some(nothing)) };
            let sheet = document(&content)?;
            if sheet != own.sheet {
                save(db, &own, &sheet, Some(revision), who.account_id, now)?;
            }
            Ok(Some("q-said-restored"))
        })
        .await?
        .ok_or(Failure::NotFound)?;
    let sentence = officer.words.say(done);
    Ok(said::see_other(state, officer, format!("/manage/questionnaires/{id}"), &sentence))
}
