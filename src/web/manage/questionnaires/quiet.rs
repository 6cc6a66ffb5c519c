//! Answers to a page that saves by itself: what became of it, and when.

use actix_web::HttpResponse;
use serde_json::json;

use super::writing::Writing;
use crate::vietnamese;
use crate::web::manage::trouble::Trouble;

/// It is saved under this revision; `place` is the part of the page where it stands now, if that may be another.
pub(super) fn saved(writing: &Writing, revision: i64, place: Option<&str>) -> HttpResponse {
    let time = vietnamese::local(writing.state.clock.now()).format("%H:%M").to_string();
    let said = writing.officer.words.with("q-auto-saved", "time", time);
    answer(HttpResponse::Ok(), json!({ "revision": revision, "said": said, "place": place }))
}

/// Something was moved under this revision; the sentence says where to.
pub(super) fn moved(revision: i64, said: &str) -> HttpResponse {
    answer(HttpResponse::Ok(), json!({ "revision": revision, "said": said }))
}

/// It is not, because of this.
pub(super) fn refused(trouble: &Trouble) -> HttpResponse {
    answer(HttpResponse::UnprocessableEntity(), json!({ "said": trouble.first() }))
}

fn answer(mut response: actix_web::HttpResponseBuilder, body: serde_json::Value) -> HttpResponse {
    response.insert_header(("Cache-Control", "no-store")).json(body)
}
