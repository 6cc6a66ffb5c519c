//! `/manage/questionnaires/{id}/xem`: the form as a phone shows it. One with mistakes cannot be drawn; then they are named.

use actix_web::http::header::{CONTENT_SECURITY_POLICY, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::mistake::Line;
use super::own::load;
use crate::state::State;
use crate::store::rounds;
use crate::web::error::Failure;
use crate::web::page;
use crate::web::respond::preview::{self, Preview};
use crate::web::session::Writer;
use crate::web::words::Words;

/// As everywhere, but the desk may show it in a frame.
const POLICY: &str = "default-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; \
                      form-action 'none'; frame-ancestors 'self'";

/// The page where there is nothing to be seen yet.
#[derive(Template)]
#[template(path = "web/manage/questionnaires/not_yet.html")]
struct NotYetPage {
    words: Words,
    title: String,
    mistakes: Vec<Line>,
}

/// `GET /manage/questionnaires/{id}/xem`
pub(super) async fn show(
    request: HttpRequest,
    officer: Writer,
    state: web::Data<State>,
    id: web::Path<i64>,
) -> Result<HttpResponse, Failure> {
    let own = load(&state, &officer, *id).await?;
    let found = own.sheet.read().err().unwrap_or_default();
    if !found.is_empty() {
        // addresses lead to a question of the editor, which is not this page
        let line = |mistake| Line { address: None, ..Line::new(mistake, Some(&own.sheet), officer.words) };
        let mistakes = found.iter().map(line).collect();
        let mut answer = page::show(&NotYetPage { words: officer.words, title: own.row.title, mistakes })?;
        answer.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
        return Ok(answer);
    }
    // a parameter of its own: `lang` would change the language of the desk
    let mut pairs = form_urlencoded::parse(request.query_string().as_bytes());
    let asked = pairs.find(|(name, _)| name == "tieng").and_then(|(_, lang)| lang.parse().ok());
    let words = asked.map_or(Words::VI, Words);
    let owner = own.row.owner_id;
    let unit_name = state.store.read(move |db| rounds::owner_name(db, owner)).await?;
    let row = own.row;
    let preview = Preview { code: row.code, content: row.content, title: row.title, unit_name, unit_id: owner };
    preview::page(&state, preview, words)
}
