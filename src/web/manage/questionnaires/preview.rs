//! `/manage/questionnaires/{id}/xem`: the form as a phone shows it. One with mistakes cannot be drawn; then they are named.

use actix_web::http::header::{CONTENT_SECURITY_POLICY, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::mistake::Line;
use super::own::{Own, load};
use crate::state::State;
use crate::store::rounds;
use crate::survey::manuscript::Manuscript;
use crate::survey::questionnaire::Mistake;
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

/// `GET /manage/questionnaires/{id}/xem`. With `khung`, in the frame beside the editor, what is not finished yet is left out.
pub(super) async fn show(
    request: HttpRequest,
    officer: Writer,
    state: web::Data<State>,
    id: web::Path<i64>,
) -> Result<HttpResponse, Failure> {
    let own = load(&state, &officer, *id).await?;
    let asked = |wanted: &str| {
        let mut pairs = form_urlencoded::parse(request.query_string().as_bytes());
        pairs.find(|(name, _)| name == wanted).map(|(_, value)| value.into_owned())
    };
    let in_frame = request.headers().get("Sec-Fetch-Dest").is_some_and(|place| place == "iframe");
    let readable = match in_frame || asked("khung").is_some() {
        true => own.sheet.mended().map(|sheet| with_shown(sheet, asked("cau").as_deref(), officer.words)),
        false => Some(own.sheet.clone()).filter(|_| own.mistakes().is_empty()),
    };
    let Some(readable) = readable else { return not_yet(own, officer.words) };
    // a parameter of its own: `lang` would change the language of the desk
    let words = asked("tieng").and_then(|lang| lang.parse().ok()).map_or(Words::VI, Words);
    let owner = own.row.owner_id;
    let unit_name = state.store.read(move |db| rounds::owner_name(db, owner)).await?;
    let preview = Preview {
        code: own.row.code,
        content: readable.text(),
        title: own.row.title,
        unit_name,
        unit_id: owner,
        recordings: own.recordings,
    };
    preview::page(&state, preview, words)
}

/// With the question that is being edited, even where its condition would hide it.
fn with_shown(sheet: Manuscript, address: Option<&str>, words: Words) -> Manuscript {
    let place = address.and_then(|address| sheet.find(address));
    let remark = |condition: &str| words.with("q-shown-when", "condition", condition);
    place.and_then(|place| sheet.shown(place, remark)).unwrap_or(sheet)
}

/// What keeps it from being drawn.
fn not_yet(own: Own, words: Words) -> Result<HttpResponse, Failure> {
    // addresses lead to a question of the editor, which is not this page
    let line = |mistake: &Mistake| Line { address: None, ..Line::new(mistake, Some(&own.sheet), words) };
    let mistakes = own.mistakes().iter().map(line).collect();
    let mut answer = page::show(&NotYetPage { words, title: own.row.title, mistakes })?;
    answer.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    Ok(answer)
}
