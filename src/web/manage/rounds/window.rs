//! Opening, extending, closing and freezing a round.

use actix_web::web::{self, Bytes};
use actix_web::{HttpResponse, web::Data};

use super::fields::Fields;
use super::{change, read};
use crate::release;
use crate::state::State;
use crate::store::rounds;
use crate::survey::round::Gate;
use crate::web::error::Failure;
use crate::web::page::see_other;
use crate::web::session::Steering;

fn back(slug: &str, said: &str) -> HttpResponse {
    see_other(format!("/manage/rounds/{slug}?said={said}"))
}

/// `POST …/open`: now, or at the day and time that were given.
pub(super) async fn open(
    officer: Steering,
    state: Data<State>,
    slug: web::Path<String>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::read(&body);
    officer.check_csrf(fields.one("_csrf"))?;
    let now = state.clock.now();
    let wants_later = !fields.one("day").is_empty();
    let Some(at) = (if wants_later { fields.moment() } else { Some(now) }) else {
        return Ok(back(&slug, "said-wrong-time"));
    };
    let outcome = change(&state, &officer, &slug, move |db, round| {
        let begun = round.opens_at.is_some_and(|opened| opened <= now);
        if begun || round.frozen_at.is_some() {
            return Ok(Err("said-too-late"));
        }
        if at < now || at >= round.closes_at {
            return Ok(Err("said-wrong-time"));
        }
        rounds::open(db, round.id, at).map(Ok)
    })
    .await?;
    Ok(back(&slug, outcome.err().unwrap_or("said-opened")))
}

/// `POST …/extend`: another closing time, later than now.
pub(super) async fn extend(
    officer: Steering,
    state: Data<State>,
    slug: web::Path<String>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::read(&body);
    officer.check_csrf(fields.one("_csrf"))?;
    let now = state.clock.now();
    let Some(at) = fields.moment().filter(|at| *at > now) else { return Ok(back(&slug, "said-wrong-time")) };
    let outcome = change(&state, &officer, &slug, move |db, round| {
        if round.frozen_at.is_some() {
            return Ok(Err("said-too-late"));
        }
        if round.opens_at.is_some_and(|opens_at| at <= opens_at) {
            return Ok(Err("said-wrong-time"));
        }
        rounds::close_at(db, round.id, at).map(Ok)
    })
    .await?;
    Ok(back(&slug, outcome.err().unwrap_or("said-extended")))
}

/// `POST …/close`: no new form from now on.
pub(super) async fn close(
    officer: Steering,
    state: Data<State>,
    slug: web::Path<String>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::read(&body);
    officer.check_csrf(fields.one("_csrf"))?;
    if fields.one("sure") != "1" {
        return Ok(back(&slug, "said-not-sure"));
    }
    let now = state.clock.now();
    let outcome = change(&state, &officer, &slug, move |db, round| {
        if round.window().gate(now) != Gate::Open {
            return Ok(Err("said-too-late"));
        }
        rounds::close_at(db, round.id, now).map(Ok)
    })
    .await?;
    Ok(back(&slug, outcome.err().unwrap_or("said-closed")))
}

/// `POST …/freeze`: after closing, without waiting for late forms.
pub(super) async fn freeze(
    officer: Steering,
    state: Data<State>,
    slug: web::Path<String>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::read(&body);
    officer.check_csrf(fields.one("_csrf"))?;
    if fields.one("sure") != "1" {
        return Ok(back(&slug, "said-not-sure"));
    }
    let round = read(&state, &officer, &slug, |_, round| Ok(round)).await?;
    let gate = round.window().gate(state.clock.now());
    if round.frozen_at.is_some() || !matches!(gate, Gate::Grace | Gate::Closed) {
        return Ok(back(&slug, "said-too-late"));
    }
    let worker = state.clone();
    let done = web::block(move || {
        release::freeze(&worker, &round)?;
        worker.catalogue.refresh()
    })
    .await;
    done.map_err(|error| Failure::Unknown(error.to_string()))??;
    Ok(back(&slug, "said-frozen"))
}

/// `POST …/interim`: whether releases are made during fieldwork.
pub(super) async fn interim(
    officer: Steering,
    state: Data<State>,
    slug: web::Path<String>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::read(&body);
    officer.check_csrf(fields.one("_csrf"))?;
    let allowed_at = (fields.one("allow") == "1").then(|| state.clock.now());
    let outcome = change(&state, &officer, &slug, move |db, round| {
        if round.frozen_at.is_some() {
            return Ok(Err("said-too-late"));
        }
        rounds::allow_interim(db, round.id, allowed_at).map(Ok)
    })
    .await?;
    let done = if allowed_at.is_some() { "said-interim-on" } else { "said-interim-off" };
    Ok(back(&slug, outcome.err().unwrap_or(done)))
}
