//! `/manage/questionnaires/{id}/library`: questions of official templates and of the area's own questionnaires, to be taken over.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::change::{Outcome, Standing, Stop};
use super::own::{document, load};
use super::recordings;
use super::writing::Writing;
use crate::state::State;
use crate::store::{Db, StoreError, questionnaire_drafts};
use crate::survey::manuscript::{Manuscript, string};
use crate::survey::templates;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::manage::fields::Fields;
use crate::web::manage::said;
use crate::web::manage::trouble::Trouble;
use crate::web::session::{Officer, Writer};
use crate::web::words::Words;

/// More than anybody reads through; the search narrows it down.
const MOST: usize = 60;

#[derive(Template)]
#[template(path = "web/manage/questionnaires/library.html")]
struct LibraryPage {
    desk: DeskFrame,
    trouble: Trouble,
    id: i64,
    title: String,
    revision: i64,
    query: String,
    /// Address and title of each section.
    sections: Vec<(String, String)>,
    rows: Vec<Row>,
    is_cut: bool,
}

struct Row {
    /// The code of the questionnaire that it stands in.
    source: String,
    address: String,
    label: String,
    about: String,
}

/// `GET /manage/questionnaires/{id}/library`
pub(super) async fn show(
    request: HttpRequest,
    officer: Writer,
    state: web::Data<State>,
    id: web::Path<i64>,
) -> Result<HttpResponse, Failure> {
    page(&request, &officer, &state, *id, Trouble::default()).await
}

async fn page(
    request: &HttpRequest,
    officer: &Officer,
    state: &State,
    id: i64,
    trouble: Trouble,
) -> Result<HttpResponse, Failure> {
    let own = load(state, officer, id).await?;
    let words = officer.words;
    let mut pairs = form_urlencoded::parse(request.query_string().as_bytes());
    let query = pairs.find(|(name, _)| name == "q").map(|(_, query)| query.into_owned()).unwrap_or_default();
    let reader = officer.clone();
    let sources = state.store.read(move |db| sources(db, &reader)).await?;
    let others = sources.iter().filter(|source| source.code() != own.row.code);
    let mut rows: Vec<Row> = others.flat_map(|source| found(source, &query, words)).collect();
    let is_cut = rows.len() > MOST;
    rows.truncate(MOST);
    let sections = own.sheet.sections().into_iter().enumerate();
    let title = |section| Manuscript::text_of(section, "title", words.0).to_owned();
    let page = LibraryPage {
        desk: DeskFrame::new(request, officer, Room::Questionnaires),
        id,
        revision: own.row.revision,
        sections: sections.map(|(s, section)| (own.sheet.section_address(s), title(section))).collect(),
        title: own.row.title,
        query,
        rows,
        is_cut,
        trouble,
    };
    said::show(request, &page.trouble, &page)
}

/// All questionnaires that an officer may take from: the area's first.
fn sources(db: &mut Db, officer: &Officer) -> Result<Vec<Manuscript>, StoreError> {
    let below = officer.reach(db)?;
    let own = questionnaire_drafts::of_units(db, &below)?;
    let mut all: Vec<Manuscript> = own.iter().map(|row| document(&row.content)).collect::<Result<_, _>>()?;
    all.extend(templates::all().iter().filter_map(|template| Manuscript::parse(template.text).ok()));
    Ok(all)
}

fn found(source: &Manuscript, query: &str, words: Words) -> Vec<Row> {
    let row = |(place, question)| Row {
        source: source.code().to_owned(),
        address: source.address(place),
        label: Manuscript::text_of(question, "label", words.0).to_owned(),
        about: format!("{} · {}", source.title(words.0), words.say(&format!("kind-{}", string(question, "kind")))),
    };
    let questions = source.search(query).into_iter();
    questions.filter(|(_, question)| question.contains_key("kind")).map(row).collect()
}

/// `POST /manage/questionnaires/{id}/library`
pub(super) async fn save(writing: Writing) -> Result<HttpResponse, Failure> {
    let (fields, words) = (writing.fields.clone(), writing.officer.words);
    let reader = writing.officer.clone();
    let sources = writing.state.store.read(move |db| sources(db, &reader)).await?;
    match writing.change(move |standing| taken(standing, &sources, &fields, words)).await? {
        Outcome::Saved(_) => {
            let (id, source, now) = (writing.id, writing.fields.one("source").to_owned(), writing.state.clock.now());
            let sheet = writing.load().await?.sheet;
            writing.state.store.write(move |db| recordings::adopt(db, id, &sheet, &source, now)).await?;
            Ok(said::see_other(&writing.state, &writing.officer, writing.page(), &words.say("q-said-taken")))
        }
        Outcome::Trouble(trouble) => {
            page(&writing.request, &writing.officer, &writing.state, writing.id, trouble).await
        }
        Outcome::Clash(_) => Err(Failure::Conflict(words.say("q-changed-since"))),
    }
}

fn taken(standing: &Standing, sources: &[Manuscript], fields: &Fields, words: Words) -> Result<Manuscript, Stop> {
    let gone = || Stop::page(words, "q-changed-since");
    let mut changed = standing.own.sheet.clone();
    let section = changed.find_section(fields.one("section")).ok_or_else(gone)?;
    let source = sources.iter().find(|source| source.code() == fields.one("source")).ok_or_else(gone)?;
    let place = source.find(fields.one("question")).ok_or_else(gone)?;
    changed.take_over(source, place, section, &standing.own.reserved()).ok_or_else(gone)?;
    Ok(changed)
}
