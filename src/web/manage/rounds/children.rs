//! `/manage/rounds/{slug}/notice`: what parents are told before their children are asked. The law lets parents decide for those
//! who are not sixteen; anonymous as it is, a form for pupils is not opened before they have been told.

use actix_web::web::{self, Data};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::form::RoundForm;
use super::stage::Stage;
use super::trouble::Trouble;
use super::{read, said};
use crate::state::State;
use crate::store::rounds::RoundRow;
use crate::store::{Db, StoreError, parents_notices, questionnaires, rounds};
use crate::survey::access::Right;
use crate::survey::audit::Action;
use crate::survey::questionnaire::Questionnaire;
use crate::survey::round::asks_children;
use crate::survey::text::without_hidden;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::session::{Officer, Planner, Steering};

/// A notice has at most so many letters: two pages.
const MOST_LETTERS: usize = 6000;
/// And at least so many: a title is no notice.
const LEAST_LETTERS: usize = 60;

#[derive(Template)]
#[template(path = "web/manage/rounds/children.html")]
struct NoticePage {
    desk: DeskFrame,
    said: Option<String>,
    trouble: Trouble,
    round: RoundRow,
    /// The notice; where there is none yet, a proposal.
    text: String,
    /// Whether there is one.
    is_there: bool,
    /// Whether the round asks children at all.
    is_needed: bool,
    /// Whether it can still be changed.
    is_draft: bool,
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
    let values = [
        ("owner", owner),
        ("title", round.title.clone()),
        ("closes", words.moment(round.closes_at)),
        ("contact", round.contact.clone()),
    ];
    let page = NoticePage {
        desk: DeskFrame::new(request, officer, Room::Rounds),
        said: said::said(request, state, officer),
        is_there: text.is_some(),
        text: text.unwrap_or_else(|| words.fill("children-proposal", values)),
        is_needed,
        is_draft: !Stage::of(&round, state.clock.now()).has_begun(),
        round,
        trouble,
    };
    said::show(request, &page.trouble, &page)
}

/// `POST …/notice`
pub(super) async fn save(form: RoundForm<Planner>) -> Result<HttpResponse, Failure> {
    let RoundForm { officer, fields, .. } = &form;
    let (words, now, by) = (form.words(), form.now(), officer.account_id);
    let text: String = without_hidden(fields.one("text")).trim().chars().take(MOST_LETTERS).collect();
    let done = form
        .change(Action::RoundEdited, move |db, round| {
            if Stage::of(&round, now).has_begun() {
                return Ok(Err(Trouble::page(words.say("said-too-late"))));
            }
            if text.chars().count() < LEAST_LETTERS {
                return Ok(Err(Trouble::at("text", words.say("children-wrong"))));
            }
            parents_notices::put(db, round.id, &text, by, now)?;
            Ok(Ok(words.say("said-notice-saved")))
        })
        .await?;
    form.answer(done, "/notice", page).await
}
