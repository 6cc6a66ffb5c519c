//! From the code in an address to what is behind it.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, web};
use chrono::NaiveDateTime;
use serde::Deserialize;
use uuid::Uuid;

use super::notice::{self, Turned};
use crate::catalogue::Entrance;
use crate::intake::receipt::read_stamp;
use crate::state::State;
use crate::survey::collector::CollectorCode;
use crate::survey::text::Lang;
use crate::web::error::Failure;
use crate::web::front;
use crate::web::page::see_other;
use crate::web::words::Words;

#[derive(Deserialize)]
struct Wanted {
    lang: Option<String>,
}

/// The language that the address asks for, Vietnamese otherwise.
pub(super) fn words(request: &HttpRequest) -> Words {
    let wanted =
        web::Query::<Wanted>::from_query(request.query_string()).ok().and_then(|query| query.into_inner().lang);
    named(wanted.as_deref())
}

/// The same for a form's `_lang`. It need not be a language that the interface speaks, nor one that there is.
pub(super) fn named(lang: Option<&str>) -> Words {
    Words(lang.and_then(|code| code.parse().ok()).unwrap_or(Lang::VI))
}

/// What is behind this code; an unknown or revoked one is a page that says what to do.
pub(super) async fn entrance(state: &State, typed: &str, words: Words) -> Result<Arc<Entrance>, Turned> {
    let found = known(state, typed, words).await?;
    if found.is_live() { Ok(found) } else { Err(unknown(typed, words)) }
}

/// As [`entrance`], for a form with this key and stamp: it may still be sent for a while after its code was revoked.
pub(super) async fn entrance_of_form(
    state: &State,
    typed: &str,
    words: Words,
    (key, stamp): (Option<Uuid>, Option<&str>),
) -> Result<(Arc<Entrance>, Option<NaiveDateTime>), Turned> {
    let found = known(state, typed, words).await?;
    let begun = key.zip(stamp).and_then(|(key, stamp)| read_stamp(&state.secret, found.code, key, stamp));
    if found.is_live() || found.takes(state.clock.now(), begun) {
        Ok((found, begun))
    } else {
        Err(unknown(typed, words))
    }
}

/// What is behind this code, live or not: whoever has begun a form there is told what became of it.
pub(super) async fn entrance_begun(state: &State, typed: &str, words: Words) -> Result<Arc<Entrance>, Turned> {
    known(state, typed, words).await
}

async fn known(state: &State, typed: &str, words: Words) -> Result<Arc<Entrance>, Turned> {
    let code: CollectorCode = typed.parse().map_err(|_| unknown(typed, words))?;
    let found = state.catalogue.entrance(code).await.map_err(|error| Turned::Failed(error.into()))?;
    found.ok_or_else(|| unknown(typed, words))
}

fn unknown(typed: &str, words: Words) -> Turned {
    Turned::Unknown { typed: typed.chars().take(12).collect(), words }
}

#[derive(Deserialize)]
pub(super) struct Typed {
    ma: Option<String>,
    lang: Option<String>,
}

/// `GET /k?ma=…`: the code typed by hand.
pub(super) async fn find(query: web::Query<Typed>) -> Result<HttpResponse, Failure> {
    let words = named(query.lang.as_deref());
    let typed: String =
        query.ma.as_deref().unwrap_or("").chars().filter(|c| c.is_ascii_alphanumeric()).take(12).collect();
    if typed.is_empty() {
        return front::in_words(words);
    }
    match typed.parse::<CollectorCode>() {
        Ok(code) => Ok(see_other(format!("/k/{code}?lang={}", words.0))),
        Err(_) => notice::unknown(&typed, words),
    }
}

/// `GET /k/{code}/`: a slash too many, as some apps and fingers add it.
pub(super) async fn without_slash(request: HttpRequest) -> HttpResponse {
    let path = request.uri().path().trim_end_matches('/');
    let query = request.uri().query().map_or_else(String::new, |query| format!("?{query}"));
    see_other(format!("{path}{query}"))
}
