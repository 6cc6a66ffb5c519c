//! `/manage/questionnaires/{id}/cover`: what does not belong to one question – titles, languages, whom it asks, scales.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde_json::json;

use super::change::{Outcome, Standing, Stop};
use super::conflict;
use super::own::{Own, load};
use super::save::plain;
use super::writing::Writing;
use crate::state::State;
use crate::survey::code::{Audience, Level};
use crate::survey::manuscript::{Fact, Manuscript, Object, Owner, Passage, facts, string};
use crate::survey::text::Lang;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::languages::{called, offered};
use crate::web::manage::fields::Fields;
use crate::web::manage::said;
use crate::web::manage::trouble::Trouble;
use crate::web::session::{Officer, Writer};
use crate::web::words::Words;

#[derive(Template)]
#[template(path = "web/manage/questionnaires/cover.html")]
struct CoverPage {
    desk: DeskFrame,
    trouble: Trouble,
    id: i64,
    title: String,
    revision: i64,
    texts: Vec<TextRow>,
    audience: String,
    audiences: Vec<(&'static str, String)>,
    level: String,
    levels: Vec<(&'static str, String)>,
    minutes: String,
    languages: Vec<Ticked>,
    /// Codes of languages that are not offered.
    other_languages: String,
    /// The questions that keep figures apart: as many fields as there may be.
    strata: Vec<String>,
    /// The questions that could.
    single: Vec<(String, String)>,
}

/// A language that can be ticked.
struct Ticked {
    code: String,
    name: String,
    is_ticked: bool,
}

/// So many questions may keep figures apart.
const STRATA: usize = 2;

/// A text with a field for each language.
struct TextRow {
    /// What it is.
    name: String,
    /// Name of the field, language, what it is called, the text.
    fields: Vec<(String, Lang, String, String)>,
}

/// `GET /manage/questionnaires/{id}/cover`
pub(super) async fn show(
    request: HttpRequest,
    officer: Writer,
    state: web::Data<State>,
    id: web::Path<i64>,
) -> Result<HttpResponse, Failure> {
    let own = load(&state, &officer, *id).await?;
    page(&request, &officer, &own, Trouble::default())
}

fn page(request: &HttpRequest, officer: &Officer, own: &Own, trouble: Trouble) -> Result<HttpResponse, Failure> {
    let words = officer.words;
    let cover = own.sheet.cover();
    let named = |group: &str, code: &'static str| (code, words.say(&format!("{group}-{code}")));
    let texts = passages(&own.sheet);
    let page = CoverPage {
        desk: DeskFrame::new(request, officer, Room::Questionnaires),
        id: own.row.id,
        title: own.row.title.clone(),
        revision: own.row.revision,
        texts: texts.map(|text| TextRow::new(&text, &trouble, words)).collect(),
        audience: string(cover, "audience").to_owned(),
        audiences: Audience::ALL.iter().map(|audience| named("audience", audience.code())).collect(),
        level: string(cover, "level").to_owned(),
        levels: Level::ALL.iter().map(|level| named("level", level.code())).collect(),
        minutes: cover.get("minutes").map(ToString::to_string).unwrap_or_default(),
        languages: languages(&own.sheet, &trouble, words),
        other_languages: trouble.value("other-languages", "").to_owned(),
        strata: strata(&own.sheet, &trouble),
        single: single(&own.sheet, words),
        trouble,
    };
    said::show(request, &page.trouble, &page)
}

/// What the questionnaire speaks besides Vietnamese, and what else it is offered in.
fn languages(sheet: &Manuscript, trouble: &Trouble, words: Words) -> Vec<Ticked> {
    let spoken = sheet.languages();
    let others = offered().filter(|lang| !spoken.contains(lang));
    let all = spoken.iter().copied().chain(others).filter(|lang| *lang != Lang::VI);
    let typed = trouble.fields();
    let ticked = |lang: Lang| match typed.is_empty() {
        true => spoken.contains(&lang),
        false => typed.has("languages", lang.code()),
    };
    all.map(|lang| Ticked { code: lang.to_string(), name: called(&lang, words), is_ticked: ticked(lang) }).collect()
}

/// The codes in the fields for strata, empty ones at the end.
fn strata(sheet: &Manuscript, trouble: &Trouble) -> Vec<String> {
    let listed = sheet.cover().get("strata").and_then(|list| list.as_array()).into_iter().flatten();
    let mut codes: Vec<String> = match trouble.fields().is_empty() {
        true => listed.filter_map(|code| code.as_str()).map(str::to_owned).collect(),
        false => trouble.fields().all("strata").map(str::to_owned).collect(),
    };
    codes.resize(codes.len().max(STRATA), String::new());
    codes
}

/// Questions with one answer of several: code and what is asked.
fn single(sheet: &Manuscript, words: Words) -> Vec<(String, String)> {
    let questions =
        sheet.all().map(|(_, question)| question).filter(|question| string(question, "kind") == "select_one");
    let name = |question: &Object| {
        let code = string(question, "code");
        (code.to_owned(), format!("{code} – {}", Manuscript::text_of(question, "label", words.0)))
    };
    questions.map(name).collect()
}

/// The texts of this page: those of the questionnaire itself and of its indices.
fn passages(sheet: &Manuscript) -> impl Iterator<Item = Passage> {
    let belongs = |passage: &Passage| matches!(passage.owner, Owner::Cover | Owner::Index(_));
    sheet.passages().into_iter().filter(belongs)
}

impl TextRow {
    fn new(text: &Passage, trouble: &Trouble, words: Words) -> Self {
        let field = |(lang, value): &(Lang, String)| {
            let name = format!("{}-{lang}", text.key);
            let value = trouble.value(&name, value).to_owned();
            (name, *lang, called(lang, words), value)
        };
        let name = match &text.owner {
            Owner::Index(code) => words.with("q-index-title", "code", code),
            _ => super::mistake::property(text.property, words),
        };
        Self { name, fields: text.texts.iter().map(field).collect() }
    }
}

/// `POST /manage/questionnaires/{id}/cover`
pub(super) async fn save(writing: Writing) -> Result<HttpResponse, Failure> {
    let (sent, words, back) = (writing.fields.clone(), writing.officer.words, writing.page());
    match writing.change(move |standing| saved(standing, &sent, words)).await? {
        Outcome::Saved(_) => Ok(said::see_other(&writing.state, &writing.officer, back, &words.say("q-said-saved"))),
        Outcome::Trouble(trouble) => {
            let own = writing.load().await?;
            page(&writing.request, &writing.officer, &own, trouble.typed(writing.fields))
        }
        Outcome::Clash(clash) => conflict::page(&writing, &back, "cover", clash, &writing.fields),
    }
}

fn saved(standing: &Standing, fields: &Fields, words: Words) -> Result<Manuscript, Stop> {
    let own = &standing.own;
    let mut changed = own.sheet.clone();
    for mut text in passages(&own.sheet) {
        for (lang, value) in &mut text.texts {
            if let Some(sent) = fields.all(&format!("{}-{lang}", text.key)).next() {
                *value = plain(sent);
            }
        }
        changed.set_passage(&text);
    }
    if changed.title(Lang::VI).is_empty() {
        return Err(Stop::Trouble(Trouble::at("title", words.say("q-title-wrong"))));
    }
    changed.set_languages(&spoken(&own.sheet, fields, words)?);
    match fields.one("minutes").parse::<u32>() {
        Ok(minutes) if (1..=120).contains(&minutes) => changed.set("minutes", Some(json!(minutes))),
        _ => return Err(Stop::Trouble(Trouble::at("minutes", words.say("q-minutes-wrong")))),
    }
    if let Some(audience) = Audience::from_code(fields.one("audience")) {
        changed.set("audience", Some(json!(audience.code())));
    }
    changed.set("level", Level::from_code(fields.one("level")).map(|level| json!(level.code())));
    let listed = codes(fields, "strata");
    changed.set("strata", (!listed.is_empty()).then(|| json!(listed)));
    let theirs = cover_facts(&own.sheet);
    if cover_facts(&standing.base) != theirs && !fields.has("keep", "1") {
        return Err(Stop::Clash(cover_facts(&changed), Some(theirs)));
    }
    Ok(changed)
}

/// The codes in all fields of this name; a field may hold several.
fn codes<'a>(fields: &'a Fields, name: &'a str) -> Vec<&'a str> {
    let mut codes = Vec::new();
    for code in fields.all(name).flat_map(|field| field.split([',', ' ', ';'])).filter(|code| !code.is_empty()) {
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    codes
}

/// The languages that were chosen: Vietnamese, then those that it speaks already, in their order, then new ones.
fn spoken(sheet: &Manuscript, fields: &Fields, words: Words) -> Result<Vec<Lang>, Stop> {
    let wrong = || Stop::Trouble(Trouble::at("languages", words.say("q-languages-wrong")));
    let chosen = [codes(fields, "languages"), codes(fields, "other-languages")].concat();
    let chosen: Vec<Lang> = chosen.into_iter().map(str::parse).collect::<Result<_, _>>().map_err(|_| wrong())?;
    let before = sheet.languages();
    let (known, new): (Vec<Lang>, Vec<Lang>) = chosen.into_iter().partition(|lang| before.contains(lang));
    let known = before.into_iter().filter(|lang| known.contains(lang) || *lang == Lang::VI);
    Ok(known.chain(new).collect())
}

/// What this page is about; scales have a page of their own.
fn cover_facts(sheet: &Manuscript) -> Vec<Fact> {
    facts(sheet.cover()).into_iter().filter(|(name, _)| name != "scales").collect()
}
