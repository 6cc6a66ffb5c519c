//! `/manage/questionnaires/{id}/translate`: every text side by side with its translation into one language.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::change::{Clash, Outcome, Standing, Stop};
use super::conflict;
use super::mistake::property;
use super::own::{Own, load};
use super::save::plain;
use super::writing::Writing;
use crate::state::State;
use crate::survey::manuscript::{Fact, Manuscript, Owner, Passage};
use crate::survey::text::Lang;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::languages::called;
use crate::web::manage::fields::Fields;
use crate::web::manage::said;
use crate::web::manage::trouble::Trouble;
use crate::web::session::{Officer, Writer};
use crate::web::words::Words;

#[derive(Template)]
#[template(path = "web/manage/questionnaires/translate.html")]
struct TranslatePage {
    desk: DeskFrame,
    said: Option<String>,
    trouble: Trouble,
    id: i64,
    title: String,
    revision: i64,
    /// The language that is written; none: the questionnaire is in Vietnamese only.
    into: Option<Lang>,
    language: String,
    /// The languages, with how many of how many texts stand in each.
    languages: Vec<Progress>,
    /// Whether only what is missing is shown.
    only_missing: bool,
    rows: Vec<Row>,
}

struct Progress {
    lang: Lang,
    name: String,
    there: usize,
    all: usize,
}

impl Progress {
    /// Whole per cent, 100 only when nothing is missing.
    fn percent(&self) -> usize {
        (self.there * 100).checked_div(self.all).unwrap_or(100)
    }
}

struct Row {
    key: String,
    name: String,
    vietnamese: String,
    text: String,
    /// Whether the template says it.
    is_fixed: bool,
}

/// `GET /manage/questionnaires/{id}/translate`
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
    let into = asked("sang").and_then(|lang| lang.parse().ok());
    page(&request, &officer, &state, &own, (into, asked("thieu").is_some()), Trouble::default())
}

fn page(
    request: &HttpRequest,
    officer: &Officer,
    state: &State,
    own: &Own,
    (asked, only_missing): (Option<Lang>, bool),
    trouble: Trouble,
) -> Result<HttpResponse, Failure> {
    let words = officer.words;
    let others: Vec<Lang> = own.sheet.languages().into_iter().filter(|lang| *lang != Lang::VI).collect();
    let into = asked.filter(|lang| others.contains(lang)).or_else(|| others.first().copied());
    let progress = |(lang, there, all): (Lang, usize, usize)| Progress { lang, name: called(&lang, words), there, all };
    let page = TranslatePage {
        desk: DeskFrame::new(request, officer, Room::Questionnaires),
        said: said::said(request, state, officer),
        id: own.row.id,
        title: own.row.title.clone(),
        revision: own.row.revision,
        language: into.map(|lang| called(&lang, words)).unwrap_or_default(),
        languages: own
            .sheet
            .translated()
            .into_iter()
            .filter(|(lang, ..)| others.contains(lang))
            .map(progress)
            .collect(),
        only_missing,
        rows: into.map(|lang| rows(own, lang, only_missing, words)).unwrap_or_default(),
        into,
        trouble,
    };
    said::show(request, &page.trouble, &page)
}

fn rows(own: &Own, lang: Lang, only_missing: bool, words: Words) -> Vec<Row> {
    let known = own.core.as_ref().map(|core| core.texts()).unwrap_or_default();
    let held = |passage: &Passage| {
        let same =
            |known: &&Passage| known.key == passage.key && !matches!(known.owner, Owner::Cover | Owner::Section(_));
        let is_seldom = matches!(passage.property, "hint" | "constraint_message");
        known.iter().find(same).is_some_and(|known| !is_seldom && !known.text(lang).is_empty())
    };
    let passages = own.sheet.passages().into_iter().filter(|passage| !passage.text(Lang::VI).is_empty());
    let shown = passages.filter(|passage| !only_missing || passage.text(lang).is_empty());
    shown
        .map(|passage| Row {
            name: name(&passage, words),
            vietnamese: passage.text(Lang::VI).to_owned(),
            text: passage.text(lang).to_owned(),
            is_fixed: held(&passage),
            key: passage.key,
        })
        .collect()
}

/// What a text is.
fn name(passage: &Passage, words: Words) -> String {
    let property = property(passage.property, words);
    match &passage.owner {
        Owner::Cover => words.with("q-text-cover", "property", property),
        Owner::Section(code) => words.with("q-text-section", "code", code),
        Owner::Question(code) => words.fill("q-text-question", [("code", code.clone()), ("property", property)]),
        Owner::Choice(question, code) => {
            words.fill("q-text-choice", [("question", question.clone()), ("code", code.clone())])
        }
        Owner::Point(scale, code) => words.fill("q-text-point", [("scale", scale.clone()), ("code", code.clone())]),
        Owner::Outside(scale) => words.with("q-text-outside", "scale", scale),
        Owner::Index(code) => words.with("q-index-title", "code", code),
    }
}

/// `POST /manage/questionnaires/{id}/translate`
pub(super) async fn save(writing: Writing) -> Result<HttpResponse, Failure> {
    let (sent, words) = (writing.fields.clone(), writing.officer.words);
    let into: Lang = writing.fields.one("into").parse().map_err(|_| Failure::NotFound)?;
    let missing = writing.fields.has("thieu", "1");
    match writing.change(move |standing| translated(standing, &sent, into, words)).await? {
        Outcome::Saved(_) => {
            let only = if missing { "&thieu=1" } else { "" };
            let to = format!("{}/translate?sang={into}{only}", writing.page());
            Ok(said::see_other(&writing.state, &writing.officer, to, &words.say("q-said-saved")))
        }
        Outcome::Trouble(trouble) => {
            let own = writing.load().await?;
            page(&writing.request, &writing.officer, &writing.state, &own, (Some(into), missing), trouble)
        }
        Outcome::Clash(clash) => both(&writing, clash).await,
    }
}

/// Both versions. What this officer did not touch is not sent once more: it may be somebody else's by now.
async fn both(writing: &Writing, clash: Clash) -> Result<HttpResponse, Failure> {
    let own = writing.load().await?;
    let passages = own.sheet.passages();
    let called = |(key, text): &Fact| {
        let passage = passages.iter().find(|passage| passage.key == *key);
        (passage.map_or_else(|| key.clone(), |passage| name(passage, writing.officer.words)), text.clone())
    };
    let is_own = |name: &str| matches!(name, "into" | "thieu") || clash.mine.iter().any(|(key, _)| key == name);
    let fields = writing.fields.only(is_own);
    let theirs = clash.theirs.map(|theirs| theirs.iter().map(called).collect());
    let shown = Clash { mine: clash.mine.iter().map(called).collect(), theirs, revision: clash.revision };
    conflict::page(writing, &writing.page(), "translate", shown, &fields)
}

/// Each text that this officer changed; where somebody else changed the same one, both are shown.
fn translated(standing: &Standing, fields: &Fields, into: Lang, words: Words) -> Result<Manuscript, Stop> {
    let mut changed = standing.own.sheet.clone();
    if !changed.languages().contains(&into) {
        return Err(Stop::page(words, "q-changed-since"));
    }
    let before = standing.base.passages();
    let seen = |key: &str| before.iter().find(|passage| passage.key == key).map_or("", |passage| passage.text(into));
    let (mut mine, mut theirs): (Vec<Fact>, Vec<Fact>) = (Vec::new(), Vec::new());
    let mut touched: Vec<Fact> = Vec::new();
    for mut passage in standing.own.sheet.passages() {
        let Some(typed) = fields.all(&passage.key).next().map(plain) else { continue };
        let (seen, now) = (seen(&passage.key).to_owned(), passage.text(into).to_owned());
        if typed == seen || typed == now {
            continue;
        }
        touched.push((passage.key.clone(), typed.clone()));
        if seen != now {
            mine.push((passage.key.clone(), typed.clone()));
            theirs.push((passage.key.clone(), now));
        }
        passage.texts.iter_mut().filter(|(lang, _)| *lang == into).for_each(|(_, text)| text.clone_from(&typed));
        changed.set_passage(&passage);
    }
    if mine.is_empty() || fields.has("keep", "1") {
        return Ok(changed);
    }
    let others = touched.iter().filter(|(key, _)| !mine.iter().any(|(known, _)| known == key));
    theirs.extend(others.clone().map(|(key, _)| (key.clone(), seen(key).to_owned())));
    mine.extend(others.cloned().collect::<Vec<_>>());
    Err(Stop::Clash(mine, Some(theirs)))
}
