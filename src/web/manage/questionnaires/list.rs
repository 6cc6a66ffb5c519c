//! `/manage/questionnaires`: own questionnaires, and the official templates to begin with.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::own::{Own, load};
use crate::state::State;
use crate::store::questionnaire_drafts;
use crate::store::rounds;
use crate::survey::audit::Action;
use crate::survey::questionnaire::Questionnaire;
use crate::survey::templates;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::manage::said;
use crate::web::manage::trouble::Trouble;
use crate::web::session::{Officer, Writer};
use crate::web::words::Words;

#[derive(Template)]
#[template(path = "web/manage/questionnaires/list.html")]
struct ListPage {
    desk: DeskFrame,
    said: Option<String>,
    trouble: Trouble,
    own: Vec<Row>,
    archived: Vec<Row>,
    templates: Vec<Official>,
}

struct Row {
    id: i64,
    title: String,
    about: String,
    changed: String,
    /// How many mistakes keep it out of rounds.
    mistakes: i64,
}

struct Official {
    code: &'static str,
    title: &'static str,
    about: String,
}

impl Row {
    fn new(own: Own, owner: Option<String>, words: Words) -> Self {
        let asked = |read: Questionnaire| read.questions.iter().filter(|question| question.is_asked()).count();
        let (mistakes, questions) = (own.mistakes().len(), own.sheet.read().ok().map(asked));
        let row = own.row;
        let count = questions.map(|n| words.count("q-questions", whole(n)));
        let parts = [Some(row.code), count, owner].into_iter().flatten();
        Self {
            id: row.id,
            title: row.title,
            about: parts.collect::<Vec<_>>().join(" · "),
            changed: words.moment(row.changed_at),
            mistakes: whole(mistakes),
        }
    }
}

fn whole(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// `GET /manage/questionnaires`
pub(super) async fn show(
    request: HttpRequest,
    officer: Writer,
    state: web::Data<State>,
) -> Result<HttpResponse, Failure> {
    let (reader, words) = (officer.0.clone(), officer.words);
    let rows = state
        .store
        .read(move |db| {
            let below = reader.reach(db)?;
            let mut rows = Vec::new();
            for row in questionnaire_drafts::of_units(db, &below)? {
                let owner =
                    (row.owner_id != reader.post()).then(|| rounds::owner_name(db, row.owner_id)).transpose()?;
                rows.push((Own::read(db, row)?, owner));
            }
            Ok(rows)
        })
        .await?;
    let (archived, own): (Vec<_>, Vec<_>) = rows.into_iter().partition(|(own, _)| own.row.archived_at.is_some());
    let shown = |rows: Vec<(Own, Option<String>)>| {
        rows.into_iter().map(|(own, owner)| Row::new(own, owner, words)).collect::<Vec<_>>()
    };
    let page = ListPage {
        desk: DeskFrame::new(&request, &officer, Room::Questionnaires),
        said: said::said(&request, &state, &officer),
        trouble: Trouble::default(),
        own: shown(own),
        archived: shown(archived),
        templates: templates::all().iter().map(|template| official(template, words)).collect(),
    };
    said::show(&request, &page.trouble, &page)
}

fn official(template: &'static templates::Template, words: Words) -> Official {
    let questionnaire = &template.questionnaire;
    let asked = questionnaire.questions.iter().filter(|question| question.is_asked()).count();
    let audience = words.say(&format!("audience-{}", questionnaire.audience));
    Official {
        code: &questionnaire.code,
        title: questionnaire.title.get(words.0),
        about: format!("{audience} · {}", words.count("q-questions", whole(asked))),
    }
}

/// `GET /manage/questionnaires/{id}/file.json`: the file, as other installations and people with an editor want it.
pub(super) async fn file(
    officer: Writer,
    state: web::Data<State>,
    id: web::Path<i64>,
) -> Result<HttpResponse, Failure> {
    let own = load(&state, &officer, *id).await?;
    let name = format!("attachment; filename=\"{}.json\"", own.row.code);
    Ok(HttpResponse::Ok()
        .insert_header(("Content-Type", "application/json; charset=utf-8"))
        .insert_header(("Content-Disposition", name))
        .insert_header(("Cache-Control", "no-store"))
        .body(own.sheet.from_template(own.row.based_on.as_deref()).text()))
}

/// What is asked for with one press.
#[derive(Deserialize)]
pub(super) struct Archive {
    _csrf: String,
    /// Whether it comes back.
    back: Option<String>,
}

/// `POST /manage/questionnaires/{id}/archive`: out of the list and of new rounds; rounds that ask it go on.
pub(super) async fn archive(
    officer: Writer,
    state: web::Data<State>,
    id: web::Path<i64>,
    form: web::Form<Archive>,
) -> Result<HttpResponse, Failure> {
    officer.check_csrf(&form._csrf)?;
    let own = load(&state, &officer, *id).await?;
    let now = state.clock.now();
    let since = form.back.is_none().then_some(now);
    let (name, deed) = match since {
        Some(_) => ("q-said-archived", Action::QuestionnaireArchived),
        None => ("q-said-back", Action::QuestionnaireRestored),
    };
    let (id, owner, code, writer) = (own.row.id, own.row.owner_id, own.row.code, officer.0.clone());
    let done = state.store.write(move |db| {
        questionnaire_drafts::archive(db, id, since)?;
        writer.note(db, now, owner, deed, &code)
    });
    done.await?;
    Ok(to_list(&state, &officer, &officer.words.with(name, "title", own.row.title)))
}

/// To the list, which says this.
fn to_list(state: &State, officer: &Officer, sentence: &str) -> HttpResponse {
    said::see_other(state, officer, "/manage/questionnaires", sentence)
}
