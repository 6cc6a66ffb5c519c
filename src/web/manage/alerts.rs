//! `/manage/alerts`: free texts with words of danger, and the list of those words. Nothing here says who wrote.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::catalogue::Catalogue;
use crate::state::State;
use crate::store::alerts::{self, Alert, Part, Verdict};
use crate::store::{Db, StoreError, danger_words};
use crate::survey::audit::Action;
use crate::survey::danger::{Matcher, Word};
use crate::vietnamese;
use crate::web::deed::Deed;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::page::{self, see_other};
use crate::web::session::Reader;
use crate::web::words::Words;
use crate::web::wrong::Wrong;

/// How many alerts stand on a page.
const ON_A_PAGE: i64 = 20;

/// What waits for a reader or what was read, and the words.
#[derive(Template)]
#[template(path = "web/manage/alerts.html")]
struct AlertsPage {
    desk: DeskFrame,
    /// Whether those are shown that were read.
    is_seen: bool,
    cards: Vec<Card>,
    /// Open, and handled.
    counts: (i64, i64),
    pager: Pager,
    words: Vec<String>,
    done: Option<String>,
    wrong: Wrong,
    /// The word that has to be typed again.
    typed: String,
}

impl AlertsPage {
    fn page(&self, number: i64) -> Option<String> {
        let seen = if self.is_seen { "show=seen&" } else { "" };
        (1..=self.pager.last).contains(&number).then(|| format!("/manage/alerts?{seen}page={number}"))
    }

    fn page_before(&self) -> Option<String> {
        self.page(self.pager.number - 1)
    }

    fn page_after(&self) -> Option<String> {
        self.page(self.pager.number + 1)
    }
}

/// Which page of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Pager {
    number: i64,
    last: i64,
}

impl Pager {
    /// The page asked for, or the nearest that there is: what stood on it may be handled by now.
    fn new(wanted: i64, count: i64) -> Self {
        let last = ((count + ON_A_PAGE - 1) / ON_A_PAGE).max(1);
        Self { number: wanted.clamp(1, last), last }
    }

    fn part(self) -> Part {
        Part { offset: (self.number - 1) * ON_A_PAGE, limit: ON_A_PAGE }
    }
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
    fn new((alert, question): (Alert, String), words: Words) -> Result<Self, Failure> {
        let how = if alert.dismissed_at.is_some() { "alert-dismissed-on" } else { "alert-handled-on" };
        let handled = alert.handled_at.map(|at| words.with(how, "date", vietnamese::moment(at)));
        let text = alert.text.as_deref().map(|text| marked(text, &alert.words)).transpose()?;
        Ok(Self {
            id: alert.id,
            found: alert.words.join(", "),
            unit: alert.unit_name,
            question,
            round: alert.round_title,
            date: vietnamese::date(alert.raised_on),
            text,
            handled,
        })
    }
}

/// What the question said, in the version that asked it; its code where no version has it.
fn question_of(db: &mut Db, catalogue: &Catalogue, alert: &Alert, words: Words) -> Result<String, StoreError> {
    let versions = catalogue.of_round(db, alert.round_id)?;
    let asked = versions.iter().filter(|version| alert.version_id.is_none_or(|id| id == version.id));
    let found = asked.filter_map(|version| {
        let place = version.questionnaire.place(&alert.question)?;
        version.questionnaire.questions.get(place).map(|question| question.label.get(words.0).to_owned())
    });
    Ok(found.into_iter().next().unwrap_or_else(|| alert.question.clone()))
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

/// Which page, and what happened just before.
#[derive(Deserialize)]
pub struct Query {
    #[serde(default)]
    show: String,
    #[serde(default)]
    page: i64,
    #[serde(default)]
    done: String,
    /// A word that cannot be added.
    word: Option<String>,
}

/// What a change can have done; the page says it afterwards.
const DONE: [&str; 5] = ["passed-on", "false-alarm", "added", "known", "removed"];

/// `GET /manage/alerts`
pub async fn show(
    request: HttpRequest,
    officer: Reader,
    state: web::Data<State>,
    query: web::Query<Query>,
) -> Result<HttpResponse, Failure> {
    let (reader, catalogue, words) = (officer.0.clone(), state.catalogue.clone(), officer.words);
    let (is_seen, wanted) = (query.show == "seen", query.page);
    let (counts, pager, found, list) = state
        .store
        .read(move |db| {
            let mine = reader.reach(db)?;
            let counts = alerts::counts(db, &mine)?;
            let pager = Pager::new(wanted, if is_seen { counts.1 } else { counts.0 });
            let part = pager.part();
            let found = if is_seen { alerts::handled(db, &mine, part)? } else { alerts::open(db, &mine, part)? };
            let mut asked = Vec::new();
            for alert in found {
                let question = question_of(db, &catalogue, &alert, words)?;
                asked.push((alert, question));
            }
            Ok((counts, pager, asked, danger_words::all(db)?))
        })
        .await?;
    let done = DONE.into_iter().find(|done| *done == query.done);
    let wrong = query.word.as_ref().map(|_| Wrong::one("word", words.say("alerts-word-wrong"))).unwrap_or_default();
    let cards: Result<Vec<Card>, Failure> = found.into_iter().map(|found| Card::new(found, words)).collect();
    page::show(&AlertsPage {
        desk: DeskFrame::new(&request, &officer, Room::Alerts),
        is_seen,
        cards: cards?,
        counts,
        pager,
        words: list.iter().map(|word| word.as_str().to_owned()).collect(),
        done: done.map(|done| words.say(&format!("alerts-done-{done}"))),
        wrong,
        typed: query.into_inner().word.unwrap_or_default(),
    })
}

/// What the reader found, and on which page.
#[derive(Deserialize)]
pub struct VerdictForm {
    #[serde(rename = "_csrf")]
    csrf: String,
    verdict: String,
    #[serde(default)]
    page: i64,
}

/// `POST /manage/alerts/{id}/handled`
pub async fn handle(
    officer: Reader,
    state: web::Data<State>,
    id: web::Path<i64>,
    sent: web::Form<VerdictForm>,
) -> Result<HttpResponse, Failure> {
    officer.check_csrf(&sent.csrf)?;
    let verdict = match sent.verdict.as_str() {
        "passed-on" => Verdict::PassedOn,
        "false-alarm" => Verdict::FalseAlarm,
        _ => return Err(Failure::Bad(officer.words.say("staff-form-broken"))),
    };
    let (id, account, now) = (id.into_inner(), officer.account_id, state.clock.now());
    let verdict_code = sent.verdict.clone();
    // pressed twice, or by two people: it is handled all the same
    state
        .store
        .write(move |db| {
            let mine = officer.reach(db)?;
            let is_handled = alerts::handle(db, id, account, &mine, verdict, now)?;
            if is_handled {
                let deed = Deed::with(Action::AlertHandled, [&verdict_code]);
                officer.note(db, now, officer.post(), deed, &id.to_string())?;
            }
            Ok(is_handled)
        })
        .await?;
    Ok(see_other(format!("/manage/alerts?done={}&page={}", sent.verdict, sent.page)))
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
    officer: Reader,
    state: web::Data<State>,
    sent: web::Form<WordForm>,
) -> Result<HttpResponse, Failure> {
    officer.check_csrf(&sent.csrf)?;
    let Ok(word) = Word::parse(&sent.word) else {
        // the address says what is wrong, so that the page can be loaded again and in the other language
        let typed: String = sent.word.chars().take(80).collect();
        let query = form_urlencoded::Serializer::new(String::new()).append_pair("word", &typed).finish();
        return Ok(see_other(format!("/manage/alerts?{query}#words")));
    };
    let now = state.clock.now();
    let added = state.store.write(move |db| {
        let is_new = danger_words::add(db, &word, now)?;
        if is_new {
            officer.note(db, now, officer.post(), Action::WordsChanged, word.as_str())?;
        }
        Ok(is_new)
    });
    let is_new = added.await?;
    Ok(see_other(if is_new { "/manage/alerts?done=added#words" } else { "/manage/alerts?done=known#words" }))
}

/// `POST /manage/alerts/words/remove`
pub async fn remove_word(
    officer: Reader,
    state: web::Data<State>,
    sent: web::Form<WordForm>,
) -> Result<HttpResponse, Failure> {
    officer.check_csrf(&sent.csrf)?;
    let word = Word::parse(&sent.word).map_err(|_| Failure::Bad(officer.words.say("alerts-word-wrong")))?;
    let now = state.clock.now();
    let removed = state.store.write(move |db| {
        danger_words::remove(db, &word)?;
        officer.note(db, now, officer.post(), Action::WordsChanged, word.as_str())
    });
    removed.await?;
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

    #[test]
    fn a_page_that_is_empty_by_now_becomes_the_last_one() {
        let page = |wanted, count| (Pager::new(wanted, count).number, Pager::new(wanted, count).last);
        assert_eq!([page(0, 0), page(3, 40), page(3, 41)], [(1, 1), (2, 2), (3, 3)]);
    }
}
