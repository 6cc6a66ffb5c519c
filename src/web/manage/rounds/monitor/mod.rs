//! `/manage/rounds/{slug}/progress`: how a round is going, as it goes. The numbers come anew by themselves: through a stream,
//! or by asking from time to time where that does not get through; without script there is a link.

mod chart;
mod figures;
mod part;
pub(super) mod stream;

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, ETAG, HeaderValue, IF_NONE_MATCH};
use actix_web::web::{self};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

pub(super) use self::figures::{Figures, Standing};
use self::part::Part;
use super::form::RoundForm;
use super::trouble::Trouble;
use super::{read, said};
use crate::state::State;
use crate::store::goals;
use crate::store::rounds::RoundRow;
use crate::survey::access::Right;
use crate::survey::audit::Action;
use crate::survey::round::Goal;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::page;
use crate::web::session::{Officer, Planner, Steering};

/// The page around the live part.
#[derive(Template)]
#[template(path = "web/manage/rounds/monitor/page.html")]
struct MonitorPage {
    desk: DeskFrame,
    said: Option<String>,
    trouble: Trouble,
    round: RoundRow,
    goal: String,
    goal_field: String,
    is_frozen: bool,
    is_open: bool,
    part: Part,
}

/// `GET …/progress`
pub(super) async fn show(
    request: HttpRequest,
    officer: Steering,
    state: web::Data<State>,
    slug: web::Path<String>,
) -> Result<HttpResponse, Failure> {
    with_trouble(&request, &officer, &state, &slug, Trouble::default()).await
}

/// The figures of a round as they are now.
pub(super) async fn figures(state: &State, officer: &Officer, slug: &str) -> Result<Figures, Failure> {
    let (catalogue, now) = (state.catalogue.clone(), state.clock.now());
    read(state, officer, slug, move |db, round| Figures::read(db, &catalogue, round, now)).await
}

async fn with_trouble(
    request: &HttpRequest,
    officer: &Officer,
    state: &State,
    slug: &str,
    trouble: Trouble,
) -> Result<HttpResponse, Failure> {
    let figures = figures(state, officer, slug).await?;
    let per_mille = figures.goal.per_mille();
    let page = MonitorPage {
        desk: DeskFrame::new(request, officer, Room::Rounds),
        said: said::said(request, state, officer),
        goal: officer.words.percent(per_mille),
        goal_field: trouble.value("goal", &(per_mille / 10).to_string()).to_owned(),
        is_frozen: figures.round.frozen_at.is_some(),
        is_open: figures.stage == super::stage::Stage::Open,
        part: Part::new(&figures, officer.words),
        round: figures.round,
        trouble,
    };
    said::show(request, &page.trouble, &page)
}

/// `GET …/progress/part`: the live part alone, or that nothing has moved.
pub(super) async fn part(
    request: HttpRequest,
    officer: Steering,
    state: web::Data<State>,
    slug: web::Path<String>,
) -> Result<HttpResponse, Failure> {
    let figures = figures(&state, &officer, &slug).await?;
    let tag = format!("\"{}-{}\"", figures.id(), officer.words.interface());
    let known = request.headers().get(IF_NONE_MATCH).is_some_and(|sent| sent.as_bytes() == tag.as_bytes());
    let mut response = match known {
        true => HttpResponse::NotModified().finish(),
        false => page::html(StatusCode::OK, Part::new(&figures, officer.words).alone()?),
    };
    // the browser may keep it, but asks each time
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(ETAG, tag);
    }
    Ok(response)
}

/// `POST …/progress/goal`: what a school should reach, in whole per cent.
pub(super) async fn set_goal(form: RoundForm<Planner>) -> Result<HttpResponse, Failure> {
    let fields = &form.fields;
    let words = form.words();
    let typed = fields.one("goal").trim_end_matches('%').trim().parse::<i64>().ok();
    let goal = typed.and_then(|percent| percent.checked_mul(10)).and_then(Goal::new);
    let done = form
        .change(Action::RoundEdited, move |db, round| {
            let Some(goal) = goal else { return Ok(Err(Trouble::at("goal", words.say("monitor-goal-wrong")))) };
            goals::set(db, round.id, goal)?;
            Ok(Ok(words.with("monitor-goal-set", "goal", words.percent(goal.per_mille()))))
        })
        .await?;
    form.answer(done, "/progress", with_trouble).await
}
