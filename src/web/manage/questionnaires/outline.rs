//! `POST /manage/questionnaires/{id}/outline`: adding, moving, copying, taking out; undo and redo.

use actix_web::HttpResponse;

use super::change::{Outcome, Standing, Stop};
use super::editor::{self, Open, core_item};
use super::writing::Writing;
use super::{history, quiet};
use crate::survey::manuscript::{Direction, Manuscript, string};
use crate::survey::question::KindName;
use crate::survey::text::Lang;
use crate::web::error::Failure;
use crate::web::manage::fields::Fields;
use crate::web::manage::said;
use crate::web::manage::trouble::Trouble;
use crate::web::words::Words;

/// `POST /manage/questionnaires/{id}/outline`
pub(super) async fn save(writing: Writing) -> Result<HttpResponse, Failure> {
    if let "undo" | "redo" = writing.fields.one("do") {
        return history::step(&writing).await;
    }
    let (fields, words) = (writing.fields.clone(), writing.officer.words);
    // where the page goes afterwards: to what is new, or to what was moved
    let (led, leads) = std::sync::mpsc::channel();
    let outcome = writing.change(move |standing| {
        let (changed, place) = done(standing, &fields, words)?;
        let now = whereabouts(&changed, &fields, words);
        // nobody listens where the request was given up
        let _ = led.send((place, now));
        Ok(changed)
    });
    match outcome.await? {
        Outcome::Saved(revision) => {
            let (place, now) = leads.try_recv().unwrap_or_default();
            if writing.is_quiet() {
                return Ok(quiet::moved(revision, &now));
            }
            let to = format!("{}{place}", writing.page());
            Ok(said::see_other(&writing.state, &writing.officer, to, &words.say("q-said-saved")))
        }
        Outcome::Trouble(trouble) if writing.is_quiet() => Ok(quiet::refused(&trouble)),
        Outcome::Trouble(trouble) => again(&writing, trouble).await,
        Outcome::Clash(_) => again(&writing, Trouble::page(words.say("q-changed-since"))).await,
    }
}

async fn again(writing: &Writing, trouble: Trouble) -> Result<HttpResponse, Failure> {
    let own = writing.load().await?;
    editor::page(&writing.request, &writing.officer, &writing.state, own, Open::Nothing, trouble).await
}

/// Where a question or section stands that was moved, in words; empty where nothing was.
fn whereabouts(sheet: &Manuscript, fields: &Fields, words: Words) -> String {
    let address = fields.one("do").split_once(' ').map_or("", |(_, address)| address);
    let sections = sheet.sections();
    if fields.one("do").starts_with("section-") {
        let Some(place) = sheet.find_section(address) else { return String::new() };
        let title = sections.get(place).map_or("", |section| Manuscript::text_of(section, "title", words.0)).to_owned();
        let values = [("section", title), ("n", (place + 1).to_string()), ("m", sections.len().to_string())];
        return words.fill("q-section-moved", values);
    }
    let Some((section, place)) = sheet.find(address) else { return String::new() };
    let Some(found) = sections.get(section) else { return String::new() };
    let of = Manuscript::questions(found).len();
    let values = [
        ("code", address.to_owned()),
        ("section", Manuscript::text_of(found, "title", words.0).to_owned()),
        ("n", (place + 1).to_string()),
        ("m", of.to_string()),
    ];
    words.fill("q-moved", values)
}

/// The document after what was asked for, and the part of the page that shows it.
fn done(standing: &Standing, fields: &Fields, words: Words) -> Result<(Manuscript, String), Stop> {
    let own = &standing.own;
    let mut sheet = own.sheet.clone();
    let reserved = own.reserved();
    let (what, address) = fields.one("do").split_once(' ').unwrap_or((fields.one("do"), ""));
    let gone = || Stop::page(words, "q-changed-since");
    let section = || own.sheet.find_section(address).ok_or_else(gone);
    let question = || own.sheet.find(address).ok_or_else(gone);
    let open =
        |address: &str| format!("?cau={}#cau", form_urlencoded::byte_serialize(address.as_bytes()).collect::<String>());
    let place = match what {
        "add-section" => match fields.one("title") {
            "" => return Err(Stop::page(words, "q-section-no-title")),
            title => format!("#p-{}", sheet.add_section(title, &reserved)),
        },
        "add" => {
            let kind = KindName::from_code(fields.one("kind")).ok_or_else(gone)?;
            open(&sheet.add_question(section()?, kind, &reserved).ok_or_else(gone)?)
        }
        "copy" => open(&sheet.duplicate(question()?, &reserved).ok_or_else(gone)?),
        "up" | "down" => {
            sheet.shift(question()?, direction(what));
            format!("#m-{address}")
        }
        "move" => {
            let section = own.sheet.find_section(fields.one("section")).ok_or_else(gone)?;
            let before = match fields.one("before") {
                "" => None,
                before => Some(own.sheet.find(before).filter(|place| place.0 == section).ok_or_else(gone)?.1),
            };
            sheet.move_to(question()?, section, before);
            format!("#m-{address}")
        }
        "section-move" => {
            let before = match fields.one("before") {
                "" => None,
                before => Some(own.sheet.find_section(before).ok_or_else(gone)?),
            };
            sheet.move_section_to(section()?, before);
            format!("#p-{address}")
        }
        "section-up" | "section-down" => {
            sheet.shift_section(section()?, direction(what));
            format!("#p-{address}")
        }
        "remove" => {
            let place = question()?;
            same(standing.base.find(address).and_then(|place| standing.base.at(place)), own.sheet.at(place))?;
            sheet.remove(place);
            String::new()
        }
        "section-remove" => {
            let place = section()?;
            let before = standing.base.find_section(address);
            let before = before.and_then(|place| standing.base.sections().get(place).copied());
            same(before, own.sheet.sections().get(place).copied())?;
            sheet.remove_section(place);
            String::new()
        }
        "restore" => open(&restored(standing, &mut sheet, address).ok_or_else(gone)?),
        _ => return Err(gone()),
    };
    Ok((sheet, place))
}

fn direction(what: &str) -> Direction {
    if what.ends_with("up") { Direction::Up } else { Direction::Down }
}

/// What somebody else changed meanwhile is not taken out unseen.
fn same<T: PartialEq>(seen: Option<&T>, there: Option<&T>) -> Result<(), Stop> {
    if seen == there { Ok(()) } else { Err(Stop::Clash(Vec::new(), None)) }
}

/// Brings back an item of the template, where the template has it as far as that section is there.
fn restored(standing: &Standing, sheet: &mut Manuscript, code: &str) -> Option<String> {
    let own = &standing.own;
    if sheet.find(code).is_some() {
        return None;
    }
    let item = core_item(own.row.based_on.as_deref()?, code)?;
    let section = own.core.as_ref()?.section_of(code).and_then(|section| sheet.find_section(section));
    let section = section.unwrap_or_else(|| sheet.sections().len().saturating_sub(1));
    let title = |sheet: &Manuscript| sheet.title(Lang::VI).to_owned();
    if sheet.sections().is_empty() {
        let title = title(sheet);
        sheet.add_section(&title, &own.reserved());
    }
    let scale = string(&item, "scale").to_owned();
    let known = own.core.as_ref().and_then(|core| core.scale(&scale)).cloned();
    if let Some(known) = known.filter(|_| !scale.is_empty() && !sheet.scales().contains(&scale.as_str())) {
        sheet.add_scale(&scale, known);
    }
    let address = sheet.insert((section, usize::MAX), item)?;
    // texts in languages that this questionnaire does not speak stay with the template
    let languages = sheet.languages();
    sheet.set_languages(&languages);
    Some(address)
}
