//! `/manage/alerts`: free texts with words of danger, and the list of those words. Nothing here says who wrote.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::state::State;
use crate::store::alerts::{self, Alert};
use crate::store::{danger_words, units};
use crate::survey::danger::{Matcher, Word};
use crate::vietnamese;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::page::{self, see_other};
use crate::web::session::{Officer, Steering};
use crate::web::words::Words;

/// What waits for a reader, what was handled, and the words.
#[derive(Template)]
#[template(path = "web/manage/alerts.html")]
struct AlertsPage {
    desk: DeskFrame,
    open: Vec<Card>,
    open_count: i64,
    handled: Vec<Card>,
    words: Vec<String>,
    done: Option<String>,
    problem: Option<String>,
    typed: String,
}

/// One alert as the page shows it.
struct Card {
    id: i64,
    unit: String,
    question: String,
    round: String,
    date: String,
    found: String,
    /// The text in pieces, and which of them are marked; nothing if the submission was withdrawn.
    text: Option<Vec<(bool, String)>>,
    handled: Option<String>,
}

impl Card {
    fn new(alert: Alert, words: Words) -> Result<Self, Failure> {
        let handled = alert.handled_at.map(|at| words.with("alert-handled-on", "date", vietnamese::moment(at)));
        let text = alert.text.as_deref().map(|text| marked(text, &alert.words)).transpose()?;
        Ok(Self {
            id: alert.id,
            found: alert.words.join(", "),
            unit: alert.unit_name,
            question: alert.question,
            round: alert.round_title,
            date: vietnamese::date(alert.raised_on),
            text,
            handled,
        })
    }
}

/// The text cut at the words that were found when it came in.
fn marked(text: &str, found: &[String]) -> Result<Vec<(bool, String)>, Failure> {
    let matcher = Matcher::new(found.iter().filter_map(|word| Word::parse(word).ok()))
        .map_err(|error| Failure::Unknown(error.to_string()))?;
    let (mut pieces, mut end) = (Vec::new(), 0);
    for span in matcher.spans(text) {
        pieces.push((false, text[end..span.start].to_owned()));
        pieces.push((true, text[span.clone()].to_owned()));
        end = span.end;
    }
    pieces.push((false, text[end..].to_owned()));
    pieces.retain(|(_, piece)| !piece.is_empty());
    Ok(pieces)
}

/// What happened just before.
#[derive(Deserialize)]
pub struct Done {
    #[serde(default)]
    done: String,
}

/// `GET /manage/alerts`
pub async fn show(
    request: HttpRequest,
    officer: Steering,
    state: web::Data<State>,
    query: web::Query<Done>,
) -> Result<HttpResponse, Failure> {
    let done = ["handled", "added", "known", "removed"].into_iter().find(|done| *done == query.done);
    let done = done.map(|done| officer.words.say(&format!("alerts-done-{done}")));
    page::show(&AlertsPage { done, ..load(&request, &officer, &state).await? })
}

async fn load(request: &HttpRequest, officer: &Officer, state: &State) -> Result<AlertsPage, Failure> {
    let unit_id = officer.unit_id;
    let (open, open_count, handled, words) = state
        .store
        .read(move |db| {
            let mine = units::subtree(db, unit_id)?;
            let open = alerts::open(db, &mine)?;
            let count = alerts::count_open(db, &mine)?;
            Ok((open, count, alerts::handled(db, &mine)?, danger_words::all(db)?))
        })
        .await?;
    let cards = |alerts: Vec<Alert>| alerts.into_iter().map(|alert| Card::new(alert, officer.words)).collect();
    let (open, handled): (Result<_, Failure>, Result<_, Failure>) = (cards(open), cards(handled));
    Ok(AlertsPage {
        desk: DeskFrame::new(request, officer, Room::Alerts),
        open: open?,
        open_count,
        handled: handled?,
        words: words.iter().map(|word| word.as_str().to_owned()).collect(),
        done: None,
        problem: None,
        typed: String::new(),
    })
}

/// A form with nothing in it but its proof.
#[derive(Deserialize)]
pub struct PlainForm {
    #[serde(rename = "_csrf")]
    csrf: String,
}

/// `POST /manage/alerts/{id}/handled`
pub async fn handle(
    officer: Steering,
    state: web::Data<State>,
    id: web::Path<i64>,
    sent: web::Form<PlainForm>,
) -> Result<HttpResponse, Failure> {
    officer.check_csrf(&sent.csrf)?;
    let (id, unit, account, now) = (id.into_inner(), officer.unit_id, officer.account_id, state.clock.now());
    // pressed twice, or by two people: it is handled all the same
    state
        .store
        .write(move |db| {
            let mine = units::subtree(db, unit)?;
            alerts::handle(db, id, account, &mine, now)
        })
        .await?;
    Ok(see_other("/manage/alerts?done=handled"))
}

/// A word to add or remove.
#[derive(Deserialize)]
pub struct WordForm {
    #[serde(rename = "_csrf")]
    csrf: String,
    word: String,
}

/// `POST /manage/alerts/words`
pub async fn add_word(
    request: HttpRequest,
    officer: Steering,
    state: web::Data<State>,
    sent: web::Form<WordForm>,
) -> Result<HttpResponse, Failure> {
    officer.check_csrf(&sent.csrf)?;
    let Ok(word) = Word::parse(&sent.word) else {
        let problem = Some(officer.words.say("alerts-word-wrong"));
        let typed = sent.into_inner().word;
        let page = AlertsPage { problem, typed, ..load(&request, &officer, &state).await? };
        return page::show_as(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    let now = state.clock.now();
    let is_new = state.store.write(move |db| danger_words::add(db, &word, now)).await?;
    Ok(see_other(if is_new { "/manage/alerts?done=added#words" } else { "/manage/alerts?done=known#words" }))
}

/// `POST /manage/alerts/words/remove`
pub async fn remove_word(
    officer: Steering,
    state: web::Data<State>,
    sent: web::Form<WordForm>,
) -> Result<HttpResponse, Failure> {
    officer.check_csrf(&sent.csrf)?;
    let word = Word::parse(&sent.word).map_err(|_| Failure::Bad(officer.words.say("alerts-word-wrong")))?;
    state.store.write(move |db| danger_words::remove(db, &word)).await?;
    Ok(see_other("/manage/alerts?done=removed#words"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_marked_and_nothing_is_lost() {
        let text = "Cháu BỊ ĐÁNH <b> rồi sợ đi học.";
        let pieces = marked(text, &["bị đánh".to_owned(), "sợ đi học".to_owned()]).unwrap();
        let hits: Vec<&str> = pieces.iter().filter(|(hit, _)| *hit).map(|(_, piece)| piece.as_str()).collect();
        assert_eq!(hits, ["BỊ ĐÁNH", "sợ đi học"]);
        assert_eq!(pieces.iter().map(|(_, piece)| piece.as_str()).collect::<String>(), text);
    }
}
