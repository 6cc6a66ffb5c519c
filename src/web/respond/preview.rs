//! A questionnaire as parents would see it, drawn by what draws their forms. It belongs to no round, and cannot be sent.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_SECURITY_POLICY, HeaderValue};
use chrono::TimeDelta;

use super::form::{Sheet, render};
use crate::catalogue::{Entrance, Published};
use crate::state::State;
use crate::store::questionnaires::VersionRow;
use crate::store::rounds::RoundRow;
use crate::survey::code::Channel;
use crate::survey::collector::CollectorCode;
use crate::survey::raw::RawAnswers;
use crate::survey::round::Access;
use crate::web::error::Failure;
use crate::web::words::Words;

/// As everywhere, but nothing can be sent from here, and the desk may show it in a frame.
const POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/// What is looked at.
#[derive(Debug, Clone)]
pub struct Preview {
    /// The questionnaire's code.
    pub code: String,
    /// Its file, without mistakes.
    pub content: String,
    /// What it is called, in the place of a round's title.
    pub title: String,
    /// Who would ask, in the place of a school's name.
    pub unit_name: String,
    /// That unit.
    pub unit_id: i64,
}

/// The whole form on one page.
///
/// # Errors
/// The file has mistakes, or the template failed.
pub fn page(state: &State, preview: Preview, words: Words) -> Result<HttpResponse, Failure> {
    let Preview { code, content, title, unit_name, unit_id } = preview;
    let form = Published::read(&VersionRow { id: 0, code, version: 1, content })?;
    let now = state.clock.now();
    let round = RoundRow {
        id: 0,
        slug: String::new(),
        title,
        owner_id: unit_id,
        minimum_group: 0,
        contact: String::new(),
        created_at: now,
        opens_at: Some(now),
        closes_at: now + TimeDelta::days(1),
        frozen_at: None,
        interim_allowed_at: None,
        withdrawn: 0,
        access: Access::Open.code().to_owned(),
        unit_most: None,
        pictures_allowed_at: None,
        results_by: None,
        paused_at: None,
        paused_until: None,
        sealed_at: None,
    };
    let form = Arc::new(form);
    let entrance = Entrance {
        // no code is ever looked up: the page names none
        code: CollectorCode::from_random([0; 16]),
        stopped_at: None,
        round,
        owner_name: unit_name.clone(),
        unit_id,
        unit_code: String::new(),
        unit_name,
        channel: Channel::Truong,
        forms: vec![Arc::clone(&form)],
        access: Access::Open,
        plan: None,
        quotas: Arc::from([]),
    };
    let sheet = Sheet { preview: true, ..Sheet::fresh(state, &entrance, RawAnswers::default()) };
    let words = words.among(&entrance.languages());
    let mut page = render(StatusCode::OK, &entrance, &form, words, &sheet, &[])?;
    page.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    Ok(page)
}
