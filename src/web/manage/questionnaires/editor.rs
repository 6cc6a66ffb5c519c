//! `/manage/questionnaires/{id}`: the outline, with one question or section of it open as a form.

use std::collections::BTreeSet;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::check::looking_ahead;
use super::history::steps;
use super::mistake::Line;
use super::own::{Own, core_of, load};
use super::question::QuestionForm;
use super::sentence;
use crate::state::State;
use crate::store::questionnaire_drafts;
use crate::survey::manuscript::{Departure, Manuscript, Place, QuestionEdit, Texts, hints, string};
use crate::survey::question::KindName;
use crate::survey::templates;
use crate::survey::text::Lang;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::languages::called;
use crate::web::manage::said;
use crate::web::manage::trouble::Trouble;
use crate::web::page::see_other;
use crate::web::session::{Officer, Writer};
use crate::web::words::Words;

#[derive(Template)]
#[template(path = "web/manage/questionnaires/editor.html")]
struct EditorPage {
    desk: DeskFrame,
    said: Option<String>,
    trouble: Trouble,
    id: i64,
    title: String,
    code: String,
    revision: i64,
    is_archived: bool,
    /// The title of the template that it was made from.
    based_on: Option<String>,
    sections: Vec<Part>,
    kinds: Vec<(&'static str, String)>,
    mistakes: Vec<Line>,
    /// Items of the template that were left out: code and label.
    left_out: Vec<(String, String)>,
    /// How long it takes, about.
    minutes: String,
    /// How far it is translated, language by language.
    translated: Vec<String>,
    can_undo: bool,
    can_redo: bool,
    /// Under which name a browser keeps what is not saved yet: another for each account and questionnaire.
    keep: String,
    /// What the frame beside the editor leaves out because it is not finished.
    unfinished: i64,
    /// The question that is open: the frame shows it even where its condition would hide it.
    looked_at: Option<String>,
}

struct Part {
    address: String,
    code: String,
    title: String,
    relevant: String,
    /// What is wrong with its condition.
    errors: Vec<String>,
    /// That its condition looks at questions standing later; empty where it does not.
    ahead: String,
    items: Vec<Item>,
    /// The form of the section itself, where it is open.
    open: Option<Texts>,
}

struct Item {
    address: String,
    code: String,
    label: String,
    kind: String,
    is_core: bool,
    is_conditional: bool,
    /// Whether its condition looks at a question standing later.
    looks_ahead: bool,
    is_required: bool,
    /// Whether its wording is hard to read; an item of the template is not the office's to change.
    has_hints: bool,
    open: Option<Box<QuestionForm>>,
}

/// What of the outline is open.
pub(super) enum Open {
    /// Nothing.
    Nothing,
    /// The question with this address, as it stands or as it was typed.
    Question(String, Option<QuestionEdit>),
    /// The section with this address, as it stands or as it was typed.
    Section(String),
}

impl Open {
    /// What the address of the page asks for.
    fn asked(request: &HttpRequest) -> Self {
        let mut open = Self::Nothing;
        for (name, value) in form_urlencoded::parse(request.query_string().as_bytes()) {
            match name.as_ref() {
                "cau" => open = Self::Question(value.into_owned(), None),
                "phan" => open = Self::Section(value.into_owned()),
                _ => {}
            }
        }
        open
    }
}

/// `GET /manage/questionnaires/{id}`
pub(super) async fn show(
    request: HttpRequest,
    officer: Writer,
    state: web::Data<State>,
    id: web::Path<i64>,
) -> Result<HttpResponse, Failure> {
    let own = load(&state, &officer, *id).await?;
    page(&request, &officer, &state, own, Open::asked(&request), Trouble::default()).await
}

/// To the page on which these forms stand.
pub(super) async fn to_the_page(path: web::Path<(i64, String)>) -> HttpResponse {
    see_other(format!("/manage/questionnaires/{}", path.0))
}

/// The page with what is open and what is wrong.
pub(super) async fn page(
    request: &HttpRequest,
    officer: &Officer,
    state: &State,
    own: Own,
    open: Open,
    trouble: Trouble,
) -> Result<HttpResponse, Failure> {
    let words = officer.words;
    let id = own.row.id;
    let history = state.store.read(move |db| questionnaire_drafts::history(db, id)).await?;
    let (undone, redone) = steps(&history);
    let mistakes = own.mistakes();
    let minutes = i64::try_from(own.sheet.minutes()).unwrap_or(i64::MAX);
    let page = EditorPage {
        desk: DeskFrame::new(request, officer, Room::Questionnaires),
        said: said::said(request, state, officer),
        id,
        title: own.row.title.clone(),
        code: own.row.code.clone(),
        revision: own.row.revision,
        is_archived: own.row.archived_at.is_some(),
        based_on: own.row.based_on.as_deref().map(|code| template_title(code, words)),
        sections: parts(&own, &open, words),
        kinds: KindName::ALL.iter().map(|kind| (kind.code(), words.say(&format!("kind-{kind}")))).collect(),
        mistakes: mistakes.iter().map(|mistake| Line::new(mistake, Some(&own.sheet), words)).collect(),
        left_out: left_out(&own, words),
        minutes: words.count("q-reading-minutes", minutes),
        translated: translated(&own.sheet, words),
        can_undo: undone.is_some(),
        can_redo: redone.is_some(),
        keep: format!("{}-{}", officer.account_id, own.row.id),
        unfinished: i64::try_from(own.sheet.mended().map_or(0, |mended| own.sheet.questions_more_than(&mended)))
            .unwrap_or(i64::MAX),
        looked_at: match &open {
            Open::Question(address, _) => Some(address.clone()),
            Open::Section(_) | Open::Nothing => None,
        },
        trouble,
    };
    said::show(request, &page.trouble, &page)
}

fn template_title(code: &str, words: Words) -> String {
    templates::find(code).map_or(code, |template| template.questionnaire.title.get(words.0)).to_owned()
}

fn parts(own: &Own, open: &Open, words: Words) -> Vec<Part> {
    let sheet = &own.sheet;
    let core: BTreeSet<String> = own.reserved();
    let sections = sheet.sections().into_iter().enumerate();
    sections
        .map(|(s, section)| {
            let address = sheet.section_address(s);
            let questions = Manuscript::questions(section).into_iter().enumerate();
            let is_open = matches!(open, Open::Section(asked) if *asked == address);
            let texts = sheet.languages().into_iter().map(|lang| (lang, exact(section, "title", lang))).collect();
            Part {
                code: string(section, "code").to_owned(),
                title: Manuscript::text_of(section, "title", words.0).to_owned(),
                relevant: string(section, "relevant").to_owned(),
                errors: if is_open { wrong_condition(own, s, words) } else { Vec::new() },
                ahead: looking_ahead(&sheet.section_looks_ahead(s), words),
                items: questions.map(|(q, _)| item(own, (s, q), &core, open, words)).collect(),
                open: is_open.then_some(texts),
                address,
            }
        })
        .collect()
}

/// What is wrong with the condition of a section.
fn wrong_condition(own: &Own, section: usize, words: Words) -> Vec<String> {
    let path = format!("$.sections[{section}].relevant");
    let mistakes = own.mistakes().into_iter().filter(|mistake| mistake.path == path);
    mistakes.map(|mistake| sentence::said(&mistake.message, words)).collect()
}

/// A text in this language, empty where it is missing.
fn exact(object: &crate::survey::manuscript::Object, name: &str, lang: Lang) -> String {
    let text = object.get(name).and_then(|texts| texts.get(lang.code())).and_then(|text| text.as_str());
    text.unwrap_or_default().to_owned()
}

fn item(own: &Own, place: Place, core: &BTreeSet<String>, open: &Open, words: Words) -> Item {
    let address = own.sheet.address(place);
    let empty = Default::default();
    let question = own.sheet.at(place).unwrap_or(&empty);
    let code = string(question, "code").to_owned();
    let edit = match open {
        Open::Question(asked, typed) if *asked == address => {
            Some(typed.clone().unwrap_or_else(|| QuestionEdit::of(question, &own.sheet.languages())))
        }
        _ => None,
    };
    let kind = KindName::from_code(string(question, "kind"));
    Item {
        label: Manuscript::text_of(question, "label", words.0).to_owned(),
        kind: kind.map(|kind| words.say(&format!("kind-{kind}"))).unwrap_or_default(),
        is_core: core.contains(&code),
        is_conditional: question.contains_key("relevant"),
        looks_ahead: !own.sheet.looks_ahead(place).is_empty(),
        is_required: question.get("required").is_some_and(|required| *required != false),
        has_hints: !core.contains(&code) && !hints(question).is_empty(),
        open: edit.map(|edit| Box::new(QuestionForm::new(own, place, edit, words))),
        address,
        code,
    }
}

/// The items of the template that are not there, with their labels.
fn left_out(own: &Own, words: Words) -> Vec<(String, String)> {
    let Some(core) = &own.core else { return Vec::new() };
    let label = |code: &str| core.item(code).map(|item| Manuscript::text_of(item, "label", words.0).to_owned());
    let departures = core.departures(&own.sheet).into_iter();
    departures
        .filter_map(|departure| match departure {
            Departure::LeftOut(code) => Some((label(&code).unwrap_or_default(), code)),
            _ => None,
        })
        .map(|(label, code)| (code, label))
        .collect()
}

fn translated(sheet: &Manuscript, words: Words) -> Vec<String> {
    let sentence = |(lang, n, m): (Lang, usize, usize)| {
        words.fill("q-translated", [("lang", called(&lang, words)), ("n", n.to_string()), ("m", m.to_string())])
    };
    sheet.translated().into_iter().map(sentence).collect()
}

/// The template that has an item, for bringing it back.
pub(super) fn core_item(template: &str, code: &str) -> Option<crate::survey::manuscript::Object> {
    core_of(template)?.item(code).cloned()
}
