//! `/manage/questionnaires/new`: from a template, from nothing, or from a file.

use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::mistake::Line;
use super::own::document;
use super::recordings;
use crate::state::State;
use crate::store::StoreError;
use crate::store::questionnaire_drafts::{self, NewDraft};
use crate::survey::audit::Action;
use crate::survey::code::{Audience, Level};
use crate::survey::manuscript::{Beginning, Manuscript, skeleton};
use crate::survey::questionnaire::Mistake;
use crate::survey::round::{parse_slug, slug_of};
use crate::survey::templates;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::manage::fields::Fields;
use crate::web::manage::said;
use crate::web::manage::trouble::Trouble;
use crate::web::session::{Officer, Writer};

const TITLE_LETTERS: usize = 200;

/// Both forms, with what was typed, and below the second what is wrong with the file.
#[derive(Template)]
#[template(path = "web/manage/questionnaires/begin.html")]
struct BeginPage {
    desk: DeskFrame,
    trouble: Trouble,
    /// The template that was chosen; empty: none.
    from: String,
    templates: Vec<(&'static str, &'static str)>,
    audiences: Vec<(&'static str, String)>,
    levels: Vec<(&'static str, String)>,
    mistakes: Vec<Line>,
}

/// `GET /manage/questionnaires/new`
pub(super) async fn show(request: HttpRequest, officer: Writer) -> Result<HttpResponse, Failure> {
    let from = form_urlencoded::parse(request.query_string().as_bytes());
    let from = from.into_iter().find(|(name, _)| name == "from").map(|(_, code)| code.into_owned());
    page(&request, &officer, from.unwrap_or_default(), Trouble::default(), &[])
}

/// The page as it stands after something was tried.
pub(super) fn page(
    request: &HttpRequest,
    officer: &Officer,
    from: String,
    trouble: Trouble,
    mistakes: &[Mistake],
) -> Result<HttpResponse, Failure> {
    let words = officer.words;
    let named = |group: &str, code: &'static str| (code, words.say(&format!("{group}-{code}")));
    let page = BeginPage {
        desk: DeskFrame::new(request, officer, Room::Questionnaires),
        from,
        templates: templates::all()
            .iter()
            .map(|template| (template.questionnaire.code.as_str(), template.questionnaire.title.get(words.0)))
            .collect(),
        audiences: Audience::ALL.iter().map(|audience| named("audience", audience.code())).collect(),
        levels: Level::ALL.iter().map(|level| named("level", level.code())).collect(),
        mistakes: mistakes.iter().map(|mistake| Line::new(mistake, None, words)).collect(),
        trouble,
    };
    said::show(request, &page.trouble, &page)
}

/// `POST /manage/questionnaires/new`
pub(super) async fn make(
    request: HttpRequest,
    officer: Writer,
    state: web::Data<State>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::sent(&officer, &body)?;
    let from = fields.one("from").to_owned();
    let made = match begun(&fields, &officer) {
        Ok(new) => insert(&state, &officer, new).await?,
        Err(trouble) => Err(trouble),
    };
    match made {
        Ok(answer) => Ok(answer),
        Err(trouble) => page(&request, &officer, from, trouble.typed(fields), &[]),
    }
}

/// Stores a new questionnaire and leads to it; or says that its code is taken.
pub(super) async fn insert(
    state: &State,
    officer: &Officer,
    new: NewDraft,
) -> Result<Result<HttpResponse, Trouble>, Failure> {
    let (writer, now) = (officer.clone(), state.clock.now());
    let made = state.store.write(move |db| {
        let id = questionnaire_drafts::insert(db, &new, writer.account_id, now)?;
        if let Some(template) = &new.based_on {
            recordings::adopt(db, id, &document(&new.content)?, template, now)?;
        }
        writer.note(db, now, new.owner_id, Action::QuestionnaireMade, &new.code)?;
        Ok(id)
    });
    let made = made.await;
    match made {
        Ok(id) => {
            let to = format!("/manage/questionnaires/{id}");
            Ok(Ok(said::see_other(state, officer, to, &officer.words.say("q-said-made"))))
        }
        Err(StoreError::Exists(_)) => Ok(Err(Trouble::at("code", officer.words.say("q-code-taken")))),
        Err(other) => Err(other.into()),
    }
}

/// What is to be made, or what is wrong with it.
fn begun(fields: &Fields, officer: &Officer) -> Result<NewDraft, Trouble> {
    let words = officer.words;
    let mut trouble = Trouble::default();
    let title = fields.one("title");
    if title.is_empty() || title.chars().count() > TITLE_LETTERS {
        trouble.add("title", words.say("q-title-wrong"));
    }
    let code = match fields.one("code") {
        "" => slug_of(title),
        typed => typed.to_owned(),
    };
    if !title.is_empty() && parse_slug(&code).is_err() {
        trouble.add("code", words.say("q-code-wrong"));
    } else if templates::find(&code).is_some() {
        trouble.add("code", words.say("q-code-taken"));
    }
    let template = templates::find(fields.one("from"));
    if template.is_none() && !fields.one("from").is_empty() {
        trouble.add("from", words.say("q-from-wrong"));
    }
    let audience = Audience::from_code(fields.one("audience")).unwrap_or(Audience::PhuHuynh);
    let level = Level::from_code(fields.one("level"));
    if !trouble.is_none() {
        return Err(trouble);
    }
    let sheet = match template.map(|template| Manuscript::parse(template.text)) {
        Some(Ok(sheet)) => sheet.copied(&code, title),
        _ => skeleton(&Beginning { code: code.clone(), title: title.to_owned(), audience, level }),
    };
    Ok(NewDraft {
        owner_id: officer.post(),
        code,
        title: sheet.name(),
        based_on: template.map(|template| template.questionnaire.code.clone()),
        content: sheet.text(),
    })
}
