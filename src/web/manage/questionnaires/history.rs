//! `/manage/questionnaires/{id}/history`: everything that was saved, what differs between two versions, and the way back.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::change::save;
use super::own::{Own, document, load, mine};
use super::worded::{named, value};
use super::writing::Writing;
use crate::state::State;
use crate::store::questionnaire_drafts::{self, HistoryRow, Occasion};
use crate::store::questionnaires::{self, PublishedRow};
use crate::store::{Db, StoreError};
use crate::survey::manuscript::{Change, Entry, Piece, What, diff, redone, undone, wordings};
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
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
    /// The versions that rounds asked, the latest first.
    published: Vec<Release>,
    /// What the two versions that are compared are called.
    from: String,
    to: String,
    changes: Vec<Line>,
}

/// A version that rounds asked.
struct Release {
    version: i64,
    about: String,
    rounds: String,
    /// The one before.
    before: Option<i64>,
}

struct Row {
    revision: i64,
    /// The one that was saved before.
    before: Option<i64>,
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
    pub values: Vec<(String, Vec<Piece>, Vec<Piece>)>,
}

/// The revisions that undo and redo would bring back.
pub(super) fn steps(history: &[HistoryRow]) -> (Option<i64>, Option<i64>) {
    let entries: Vec<Entry> =
        history.iter().map(|row| Entry { revision: row.revision, restores: row.restores }).collect();
    (undone(&entries), redone(&entries))
}

/// A version that can be compared: something saved, or something that rounds asked.
#[derive(Debug, Clone, Copy)]
enum Version {
    Saved(i64),
    Published(i64),
}

impl Version {
    /// `12`, or `b2`.
    fn parse(text: &str) -> Option<Self> {
        match text.strip_prefix('b') {
            Some(number) => number.parse().ok().map(Self::Published),
            None => text.parse().ok().map(Self::Saved),
        }
    }

    fn name(self, words: Words) -> String {
        match self {
            Self::Saved(revision) => words.with("q-version-saved", "n", revision),
            Self::Published(version) => words.with("q-version-published", "n", version),
        }
    }

    fn content(self, db: &mut Db, id: i64, code: &str) -> Result<Option<String>, StoreError> {
        match self {
            Self::Saved(revision) => questionnaire_drafts::content_of(db, id, revision),
            Self::Published(version) => questionnaires::content_of(db, code, version),
        }
    }
}

/// What the page reads from the database.
struct Material {
    rows: Vec<HistoryRow>,
    published: Vec<PublishedRow>,
    /// Both versions; none: there is no such version.
    texts: Option<(String, String)>,
    from: Version,
    to: Version,
}

impl Material {
    fn read(db: &mut Db, officer: &Officer, own: &Own, asked: [Option<Version>; 2]) -> Result<Self, StoreError> {
        let (id, code) = (own.row.id, &own.row.code);
        let rows = questionnaire_drafts::history(db, id)?;
        let below = officer.reach(db)?;
        let to = asked[1].unwrap_or(Version::Saved(own.row.revision));
        let from = asked[0].unwrap_or_else(|| before(&rows, to));
        let (old, new) = (from.content(db, id, code)?, to.content(db, id, code)?);
        Ok(Self { published: questionnaires::of_code(db, code, &below)?, rows, texts: old.zip(new), from, to })
    }
}

/// What was saved before this.
fn before(rows: &[HistoryRow], version: Version) -> Version {
    let Version::Saved(revision) = version else { return version };
    let earlier = rows.iter().map(|row| row.revision).filter(|known| *known < revision).max();
    Version::Saved(earlier.unwrap_or(revision))
}

/// `GET /manage/questionnaires/{id}/history`
pub(super) async fn show(
    request: HttpRequest,
    officer: Writer,
    state: web::Data<State>,
    id: web::Path<i64>,
) -> Result<HttpResponse, Failure> {
    let own = load(&state, &officer, *id).await?;
    let words = officer.words;
    let asked = |wanted: &str| {
        let mut pairs = form_urlencoded::parse(request.query_string().as_bytes());
        pairs.find(|(name, _)| name == wanted).and_then(|(_, value)| Version::parse(&value))
    };
    let (asked, reader, title, current) =
        ([asked("from"), asked("to")], officer.0.clone(), own.row.title.clone(), own.row.revision);
    let found = state.store.read(move |db| Material::read(db, &reader, &own, asked)).await?;
    let (old, new) = found.texts.ok_or(Failure::NotFound)?;
    let changes = differences(&old, &new, words)?;
    let page = HistoryPage {
        desk: DeskFrame::new(&request, &officer, Room::Questionnaires),
        trouble: Trouble::default(),
        id: *id,
        title,
        current,
        rows: rows(&found.rows, words),
        published: releases(&found.published, words),
        from: found.from.name(words),
        to: found.to.name(words),
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

fn rows(history: &[HistoryRow], words: Words) -> Vec<Row> {
    let row = |(n, row): (usize, &HistoryRow)| Row {
        revision: row.revision,
        before: history.get(n + 1).map(|row| row.revision),
        about: format!("{} · {}", words.moment(row.changed_at), row.name),
        restores: row.restores,
    };
    history.iter().enumerate().map(row).collect()
}

fn releases(published: &[PublishedRow], words: Words) -> Vec<Release> {
    let release = |(n, row): (usize, &PublishedRow)| Release {
        version: row.version,
        about: words.moment(row.published_at),
        rounds: row.rounds.join(", "),
        before: published.get(n + 1).map(|row| row.version),
    };
    published.iter().enumerate().map(release).collect()
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
                What::Changed { property, old, new } => {
                    let (old, new) = (value(&property, &old, words), value(&property, &new, words));
                    let (old, new) = wordings(&old, &new);
                    line.values.push((named(&property, words), old, new));
                }
            }
        }
        line
    }
}

/// Undo or redo.
pub(super) async fn step(writing: &Writing) -> Result<HttpResponse, Failure> {
    let is_undo = writing.fields.one("do") == "undo";
    bring_back(writing, Some(writing.seen), move |history| {
        let (undone, redone) = steps(history);
        if is_undo { undone } else { redone }
    })
    .await
}

/// `POST /manage/questionnaires/{id}/history`: back to a version.
pub(super) async fn restore(writing: Writing) -> Result<HttpResponse, Failure> {
    let wanted = writing.fields.number("to");
    bring_back(&writing, None, move |history| {
        let row = history.iter().find(|row| Some(row.revision) == wanted)?;
        Some(row.restores.unwrap_or(row.revision))
    })
    .await
}

async fn bring_back(
    writing: &Writing,
    seen: Option<i64>,
    which: impl FnOnce(&[HistoryRow]) -> Option<i64> + Send + 'static,
) -> Result<HttpResponse, Failure> {
    let (who, id, now) = (writing.officer.clone(), writing.id, writing.state.clock.now());
    let done = writing
        .state
        .store
        .write(move |db| {
            questionnaire_drafts::hold(db, id)?;
            let Some(own) = mine(db, &who, id)? else { return Ok(None) };
            if seen.is_some_and(|seen| seen != own.row.revision) {
                // what would be undone is somebody else's
                return Ok(Some(who.words.say("q-changed-since")));
            }
            let nothing = || Ok(Some(who.words.say("q-said-nothing")));
            let history = questionnaire_drafts::history(db, id)?;
            let Some(revision) = which(&history) else { return nothing() };
            let Some(content) = questionnaire_drafts::content_of(db, id, revision)? else { return nothing() };
            let sheet = document(&content)?;
            if sheet != own.sheet {
                save(db, &own, &sheet, Occasion::Restores(revision), who.account_id, now)?;
            }
            let newest = history.into_iter().max_by_key(|row| row.revision);
            let others = newest.filter(|row| seen.is_some() && row.name != who.name);
            Ok(Some(match others {
                Some(row) => who.words.with("q-said-restored-theirs", "name", row.name),
                None => who.words.say("q-said-restored"),
            }))
        })
        .await?
        .ok_or(Failure::NotFound)?;
    Ok(said::see_other(&writing.state, &writing.officer, writing.page(), &done))
}
