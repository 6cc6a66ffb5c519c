//! `/manage/questionnaires/{id}/json`: the whole file as text, for what no form knows.

use actix_multipart::Multipart;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::change::{Outcome, Standing, Stop, change};
use super::conflict;
use super::mistake::Line;
use super::own::load;
use super::upload;
use crate::state::State;
use crate::survey::manuscript::{LARGEST_FILE, Manuscript, diff};
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::manage::said;
use crate::web::manage::trouble::Trouble;
use crate::web::session::{Officer, Writer};

#[derive(Template)]
#[template(path = "web/manage/questionnaires/json.html")]
struct JsonPage {
    desk: DeskFrame,
    trouble: Trouble,
    id: i64,
    title: String,
    revision: i64,
    text: String,
    mistakes: Vec<Line>,
}

/// `GET /manage/questionnaires/{id}/json`
pub(super) async fn show(
    request: HttpRequest,
    officer: Writer,
    state: web::Data<State>,
    id: web::Path<i64>,
) -> Result<HttpResponse, Failure> {
    page(&request, &officer, &state, *id, None, Trouble::default()).await
}

async fn page(
    request: &HttpRequest,
    officer: &Officer,
    state: &State,
    id: i64,
    typed: Option<String>,
    trouble: Trouble,
) -> Result<HttpResponse, Failure> {
    let own = load(state, officer, id).await?;
    let text = typed.unwrap_or_else(|| own.sheet.text());
    // by lines of the text, which is what its reader has before them
    let found = match Manuscript::parse(&text) {
        Ok(_) => crate::survey::questionnaire::Questionnaire::parse(&text).err().unwrap_or_default(),
        Err(mistake) => vec![mistake],
    };
    let page = JsonPage {
        desk: DeskFrame::new(request, officer, Room::Questionnaires),
        id,
        title: own.row.title,
        revision: own.row.revision,
        mistakes: found.iter().map(|mistake| Line::new(mistake, None, officer.words)).collect(),
        text,
        trouble,
    };
    said::show(request, &page.trouble, &page)
}

/// `POST /manage/questionnaires/{id}/json`
pub(super) async fn save(
    request: HttpRequest,
    officer: Writer,
    state: web::Data<State>,
    id: web::Path<i64>,
    form: Multipart,
) -> Result<HttpResponse, Failure> {
    let words = officer.words;
    let sent = upload::read(form, LARGEST_FILE, words).await?;
    officer.check_csrf(&sent.csrf)?;
    let Some(bytes) = sent.file else {
        return page(&request, &officer, &state, *id, None, Trouble::at("file", words.say("q-file-large"))).await;
    };
    let text = crate::vietnamese::nfc(&String::from_utf8_lossy(&bytes));
    let sheet = match Manuscript::parse(&text) {
        // which template it keeps stands beside the file and is not for the file to say
        Ok(mut sheet) => {
            sheet.take_template();
            sheet
        }
        Err(_) => {
            let trouble = Trouble::at("file", words.say("q-json-wrong"));
            return page(&request, &officer, &state, *id, Some(text), trouble).await;
        }
    };
    let seen = sent.revision.parse().unwrap_or(0);
    let keep = sent.keep;
    match change(&state, &officer, *id, seen, None, move |standing| saved(standing, sheet, keep)).await? {
        Outcome::Saved(_) => {
            let to = format!("/manage/questionnaires/{id}");
            Ok(said::see_other(&state, &officer, to, &words.say("q-said-saved")))
        }
        Outcome::Trouble(trouble) => page(&request, &officer, &state, *id, Some(text), trouble).await,
        Outcome::Clash(clash) => {
            let back = format!("/manage/questionnaires/{id}");
            conflict::page_with_file(&request, &officer, &back, clash, &text)
        }
    }
}

/// The file as it was typed, where nobody changed anything meanwhile.
fn saved(standing: &Standing, sheet: Manuscript, keep: bool) -> Result<Manuscript, Stop> {
    if standing.base == standing.own.sheet || keep {
        return Ok(sheet);
    }
    let of = |new: &Manuscript| {
        let changes = diff(&standing.base, new).into_iter();
        changes.map(|change| (change.code, change.label)).collect::<Vec<_>>()
    };
    Err(Stop::Clash(of(&sheet), Some(of(&standing.own.sheet))))
}
