//! `/manage/questionnaires/{id}/scales`: scales that several questions share.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::change::{Outcome, Standing, Stop};
use super::conflict;
use super::own::{Own, load};
use super::save::plain;
use super::writing::Writing;
use crate::state::State;
use crate::survey::manuscript::{ChoiceEdit, Fact, Manuscript, ScaleEdit, ScaleStart};
use crate::survey::text::Lang;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::languages::called;
use crate::web::manage::fields::Fields;
use crate::web::manage::said;
use crate::web::manage::trouble::Trouble;
use crate::web::session::{Officer, Writer};
use crate::web::words::Words;

/// Empty lines for new points.
const BLANK: usize = 2;
/// More points than anybody tells apart.
const MOST: usize = 12;

#[derive(Template)]
#[template(path = "web/manage/questionnaires/scales.html")]
struct ScalesPage {
    desk: DeskFrame,
    said: Option<String>,
    trouble: Trouble,
    id: i64,
    title: String,
    revision: i64,
    scales: Vec<ScaleView>,
    starts: Vec<(&'static str, String)>,
}

struct ScaleView {
    name: String,
    /// The codes of the questions on it.
    used: Vec<String>,
    /// Whether items of the template are on it, whose points stay what they are.
    is_core: bool,
    points: Vec<PointView>,
    outside: PointView,
}

struct PointView {
    code: String,
    /// Name of the field, language, what it is called, the text, and whether the template holds it fast.
    texts: Vec<(String, Lang, String, String, bool)>,
}

/// `GET /manage/questionnaires/{id}/scales`
pub(super) async fn show(
    request: HttpRequest,
    officer: Writer,
    state: web::Data<State>,
    id: web::Path<i64>,
) -> Result<HttpResponse, Failure> {
    let own = load(&state, &officer, *id).await?;
    page(&request, &officer, &state, &own, Trouble::default())
}

fn page(
    request: &HttpRequest,
    officer: &Officer,
    state: &State,
    own: &Own,
    trouble: Trouble,
) -> Result<HttpResponse, Failure> {
    let words = officer.words;
    let typed = trouble.fields().one("scale").to_owned();
    let scales = own.sheet.scales().into_iter().filter_map(|name| {
        let typed = (typed == name).then(|| overlaid(&own.sheet.scale(name)?, trouble.fields(), &own.sheet)).flatten();
        ScaleView::new(own, name, typed, words)
    });
    let page = ScalesPage {
        desk: DeskFrame::new(request, officer, Room::Questionnaires),
        said: said::said(request, state, officer),
        id: own.row.id,
        title: own.row.title.clone(),
        revision: own.row.revision,
        scales: scales.collect(),
        starts: ScaleStart::ALL
            .iter()
            .map(|start| (start.code(), words.say(&format!("q-scale-start-{start}"))))
            .collect(),
        trouble,
    };
    said::show(request, &page.trouble, &page)
}

impl ScaleView {
    fn new(own: &Own, name: &str, typed: Option<ScaleEdit>, words: Words) -> Option<Self> {
        let known = own.core.as_ref().and_then(|core| core.scale(name));
        let used = own.sheet.on_scale(name);
        let is_core = known.is_some() && used.iter().any(|code| own.reserved().contains(code));
        // languages in which the template says it
        let first = known.filter(|_| is_core).and_then(|scale| scale.get("choices")?.get(0)?.get("label")?.as_object());
        let fixed: Vec<Lang> =
            first.into_iter().flat_map(|texts| texts.keys()).filter_map(|lang| lang.parse().ok()).collect();
        let edit = typed.or_else(|| own.sheet.scale(name))?;
        let languages = own.sheet.languages();
        let view = |prefix: &str, point: &ChoiceEdit| {
            let text = |lang: &Lang| {
                let text = point.label.iter().find(|(known, _)| known == lang).map(|(_, text)| text.clone());
                (
                    format!("{prefix}-label-{lang}"),
                    *lang,
                    called(lang, words),
                    text.unwrap_or_default(),
                    fixed.contains(lang),
                )
            };
            PointView { code: point.code.clone(), texts: languages.iter().map(text).collect() }
        };
        let blank = ChoiceEdit { code: String::new(), label: Vec::new(), exclusive: false };
        let blanks = if is_core { 0 } else { BLANK };
        let points = edit.points.iter().chain(std::iter::repeat_n(&blank, blanks));
        Some(Self {
            points: points.map(|point| view("point", point)).collect(),
            outside: view("outside", edit.outside.as_ref().unwrap_or(&blank)),
            name: name.to_owned(),
            used,
            is_core,
        })
    }
}

/// `POST /manage/questionnaires/{id}/scales`
pub(super) async fn save(writing: Writing) -> Result<HttpResponse, Failure> {
    let (sent, words) = (writing.fields.clone(), writing.officer.words);
    let back = format!("{}/scales", writing.page());
    match writing.change(move |standing| changed(standing, &sent, words)).await? {
        Outcome::Saved(_) => Ok(said::see_other(&writing.state, &writing.officer, back, &words.say("q-said-saved"))),
        Outcome::Trouble(trouble) => {
            let own = writing.load().await?;
            page(&writing.request, &writing.officer, &writing.state, &own, trouble.typed(writing.fields))
        }
        Outcome::Clash(clash) => conflict::page(&writing, &writing.page(), "scales", clash, &writing.fields),
    }
}

fn changed(standing: &Standing, fields: &Fields, words: Words) -> Result<Manuscript, Stop> {
    let own = &standing.own;
    let mut changed = own.sheet.clone();
    let name = fields.one("scale");
    match fields.one("do") {
        "add" => {
            let start =
                ScaleStart::from_code(fields.one("start")).ok_or_else(|| Stop::page(words, "q-changed-since"))?;
            new_name(&own.sheet, fields.one("name"), words)?;
            changed.new_scale(fields.one("name"), start);
        }
        "remove" if !changed.remove_scale(name) => return Err(Stop::page(words, "q-scale-in-use")),
        "remove" => {}
        _ => {
            let now = own.sheet.scale(name).ok_or_else(|| Stop::page(words, "q-changed-since"))?;
            let edit = overlaid(&now, fields, &own.sheet).ok_or_else(|| Stop::page(words, "q-changed-since"))?;
            sensible(&edit, words)?;
            changed.set_scale(name, &edit);
            if standing.base.scale(name).as_ref() != Some(&now) && !fields.has("keep", "1") && edit != now {
                return Err(Stop::Clash(facts(&edit), Some(facts(&now))));
            }
        }
    }
    Ok(changed)
}

fn new_name(sheet: &Manuscript, name: &str, words: Words) -> Result<(), Stop> {
    let fine = (1..=32).contains(&name.len())
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    match (fine, sheet.scales().contains(&name)) {
        (true, false) => Ok(()),
        (true, true) => Err(Stop::Trouble(Trouble::at("name", words.with("q-scale-taken", "scale", name)))),
        (false, _) => Err(Stop::Trouble(Trouble::at("name", words.say("q-scale-name-wrong")))),
    }
}

/// What the file would not take is said here already, beside what was typed.
fn sensible(edit: &ScaleEdit, words: Words) -> Result<(), Stop> {
    let codes: Vec<Option<i64>> = edit.points.iter().map(|point| point.code.parse().ok()).collect();
    let mut known = std::collections::BTreeSet::new();
    let is_wrong = codes.iter().any(|code| code.is_none_or(|code| !known.insert(code)));
    let outside = edit.outside.as_ref().map(|point| point.code.as_str());
    let is_inside = outside.is_some_and(|code| edit.points.iter().any(|point| point.code == code));
    let sentence = match () {
        () if codes.len() < 2 || codes.len() > MOST => words.with("q-scale-points-wrong", "most", MOST),
        () if is_wrong => words.say("q-scale-codes-wrong"),
        () if is_inside || outside == Some("") => words.say("q-scale-outside-wrong"),
        () => return Ok(()),
    };
    Err(Stop::Trouble(Trouble::at("scale", sentence)))
}

/// A scale with what was sent about it; none where nothing was.
fn overlaid(now: &ScaleEdit, fields: &Fields, sheet: &Manuscript) -> Option<ScaleEdit> {
    let points = sent("point", fields, sheet);
    if points.is_empty() {
        return None;
    }
    let outside = sent("outside", fields, sheet).into_iter().next();
    let is_there = |point: &ChoiceEdit| !point.code.is_empty() || point.label.iter().any(|(_, text)| !text.is_empty());
    Some(ScaleEdit {
        points: points.into_iter().filter(is_there).collect(),
        outside: if fields.all("outside-code").next().is_some() {
            outside.filter(is_there)
        } else {
            now.outside.clone()
        },
    })
}

fn sent(prefix: &str, fields: &Fields, sheet: &Manuscript) -> Vec<ChoiceEdit> {
    let column = |name: String| fields.all(&name).map(plain).collect::<Vec<String>>();
    let labels: Vec<(Lang, Vec<String>)> =
        sheet.languages().into_iter().map(|lang| (lang, column(format!("{prefix}-label-{lang}")))).collect();
    let text = |n: usize| labels.iter().map(move |(lang, texts)| (*lang, texts.get(n).cloned().unwrap_or_default()));
    let codes = column(format!("{prefix}-code")).into_iter().enumerate();
    codes.map(|(n, code)| ChoiceEdit { code, label: text(n).collect(), exclusive: false }).collect()
}

/// A scale as people read it.
fn facts(scale: &ScaleEdit) -> Vec<Fact> {
    let line = |point: &ChoiceEdit| {
        let texts: Vec<&str> =
            point.label.iter().map(|(_, text)| text.as_str()).filter(|text| !text.is_empty()).collect();
        format!("{} – {}", point.code, texts.join(" / "))
    };
    let points = scale.points.iter().chain(&scale.outside).map(line).collect::<Vec<_>>();
    vec![("scales".to_owned(), points.join("\n"))]
}
