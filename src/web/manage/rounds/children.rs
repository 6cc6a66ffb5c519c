//! `/manage/rounds/{slug}/notice`: what parents are told before their children are asked. The law lets parents decide for those
//! who are not sixteen; anonymous as it is, a form for pupils is not opened before they have been told. The page shows the letter
//! as it was written, with its places, and as parents read it.

use actix_web::web::{self, Data};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::form::RoundForm;
use super::merge::{Standing, Stands, hidden, merged};
use super::stage::Stage;
use super::trouble::Trouble;
use super::{read, said};
use crate::state::State;
use crate::store::rounds::RoundRow;
use crate::store::{Db, StoreError, parents_notices, questionnaires, rounds};
use crate::survey::access::Right;
use crate::survey::audit::Action;
use crate::survey::notice::{self, Placeholder, Wrong};
use crate::survey::questionnaire::Questionnaire;
use crate::survey::round::asks_children;
use crate::survey::text::without_hidden;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::respond::letter;
use crate::web::session::{Officer, Planner, Steering};
use crate::web::words::Words;

#[derive(Template)]
#[template(path = "web/manage/rounds/children.html")]
struct NoticePage {
    desk: DeskFrame,
    said: Option<String>,
    trouble: Trouble,
    round: RoundRow,
    /// The letter; where there is none yet, a proposal.
    text: String,
    /// The same, or what was just typed, as parents read it.
    told: String,
    /// What would stand there for ever although it can change.
    hints: Vec<String>,
    /// The places and what stands for them now.
    places: Vec<(String, String)>,
    /// Whether there is one.
    is_there: bool,
    /// Whether the round asks children at all.
    is_needed: bool,
    /// Whether it can still be changed.
    is_draft: bool,
    /// What the field stands at, hidden in the form.
    was: Vec<(String, String)>,
}

/// Whether a round asks children, whose parents have to be told.
pub(super) fn is_needed(db: &mut Db, round_id: i64) -> Result<bool, StoreError> {
    let rows = questionnaires::of_round(db, round_id)?;
    let asked: Vec<Questionnaire> = rows.iter().filter_map(|row| Questionnaire::parse(&row.content).ok()).collect();
    Ok(asks_children(&asked))
}

/// `GET …/notice`
pub(super) async fn show(
    request: HttpRequest,
    officer: Steering,
    state: Data<State>,
    slug: web::Path<String>,
) -> Result<HttpResponse, Failure> {
    page(&request, &officer, &state, &slug, Trouble::default()).await
}

async fn page(
    request: &HttpRequest,
    officer: &Officer,
    state: &State,
    slug: &str,
    trouble: Trouble,
) -> Result<HttpResponse, Failure> {
    let words = officer.words;
    let (round, text, is_needed, owner) = read(state, officer, slug, |db, round| {
        let text = parents_notices::of_round(db, round.id)?;
        let (is_needed, owner) = (is_needed(db, round.id)?, rounds::owner_name(db, round.owner_id)?);
        Ok((round, text, is_needed, owner))
    })
    .await?;
    let is_there = text.is_some();
    let was = hidden(&standing(text.clone()), &trouble);
    let proposal = || Words::VI.fill("children-proposal", [("owner", owner), ("title", round.title.clone())]);
    let text = text.unwrap_or_else(proposal);
    let is_draft = !Stage::of(&round, state.clock.now()).has_begun();
    // once it has begun, only what parents really read is shown, whatever was sent
    let shown = if is_draft { trouble.value("text", &text) } else { &text };
    let page = NoticePage {
        desk: DeskFrame::new(request, officer, Room::Rounds),
        said: said::said(request, state, officer),
        told: letter(shown, round.closes_at, &round.contact),
        hints: hints(shown, &round, words),
        places: places(&round),
        is_there,
        text,
        is_needed,
        is_draft,
        was,
        round,
        trouble,
    };
    said::show(request, &page.trouble, &page)
}

/// Every place as it is typed, with what it stands for.
fn places(round: &RoundRow) -> Vec<(String, String)> {
    let place = |place: &Placeholder| {
        let typed = format!("{{{place}}}");
        let told = letter(&typed, round.closes_at, &round.contact);
        (typed, told)
    };
    Placeholder::ALL.iter().map(place).collect()
}

/// What was written by hand although it can change: a hint, because a letter may name other days, too.
fn hints(text: &str, round: &RoundRow, words: Words) -> Vec<String> {
    let days = notice::days_by_hand(text);
    let days = (!days.is_empty()).then(|| words.with("children-hint-day", "days", days.join(", ")));
    let is_named = !round.contact.is_empty() && text.contains(&round.contact);
    let contact = is_named.then(|| words.with("children-hint-contact", "contact", round.contact.clone()));
    days.into_iter().chain(contact).collect()
}

fn refusal(wrong: &Wrong, words: Words) -> String {
    let known: Vec<String> = Placeholder::ALL.iter().map(|place| format!("{{{place}}}")).collect();
    match wrong {
        Wrong::Short => words.say("children-wrong"),
        Wrong::Open => words.with("children-wrong-open", "known", known.join(", ")),
        Wrong::Unknown(name) => {
            words.fill("children-wrong-place", [("place", format!("{{{name}}}")), ("known", known.join(", "))])
        }
    }
}

/// `POST …/notice`: saved, or only looked at.
pub(super) async fn save(form: RoundForm<Planner>) -> Result<HttpResponse, Failure> {
    if form.fields.one("wish") == "look" {
        return form.refuse(Trouble::default(), page).await;
    }
    let (words, now, by, sent) = (form.words(), form.now(), form.officer.account_id, form.fields.clone());
    let done = form.change(Action::RoundEdited, move |db, round| {
        if Stage::of(&round, now).has_begun() {
            return Ok(Err(Trouble::page(words.say("said-too-late"))));
        }
        let known = parents_notices::of_round(db, round.id)?;
        let fields = match merged(&sent, &standing(known), words) {
            Ok(fields) => fields,
            Err(trouble) => return Ok(Err(trouble)),
        };
        let text: String = without_hidden(fields.one("text")).trim().chars().take(notice::LONGEST).collect();
        if let Some(wrong) = notice::check(&text) {
            return Ok(Err(Trouble::at("text", refusal(&wrong, words)).typed(fields)));
        }
        parents_notices::put(db, round.id, &text, by, now)?;
        Ok(Ok(words.say("said-notice-saved")))
    });
    let done = done.await?;
    form.answer(done, "/notice", page).await
}

/// The form's field as it is stored.
fn standing(text: Option<String>) -> Standing {
    vec![("text", Stands::At(text.unwrap_or_default()))]
}
