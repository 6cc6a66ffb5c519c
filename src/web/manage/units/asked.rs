//! What an officer says about a unit: what becomes of it, from which day, by which decision.

use chrono::NaiveDate;

use crate::survey::unit::succession::{Change, Heir, SuccessionKind};
use crate::survey::unit::{Unit, UnitCode};
use crate::web::manage::fields::Fields;
use crate::web::manage::trouble::Trouble;
use crate::web::words::Words;

/// How many units one can be split into.
pub(super) const HEIRS: usize = 4;
/// The longest legal basis, in characters.
const LONGEST_BASIS: usize = 300;

/// What was sent, read.
pub(super) struct Plan {
    pub(super) change: Change,
    pub(super) day: NaiveDate,
    pub(super) basis: String,
}

/// Reads it, or says beside which field something is wrong.
pub(super) fn read(fields: &Fields, unit: &Unit, words: Words) -> Result<Plan, Trouble> {
    let mut trouble = Trouble::default();
    let day = fields.day("day").ok().flatten();
    if day.is_none() {
        trouble.add("day", words.say("change-day-wrong"));
    }
    let basis = fields.one("basis").to_owned();
    if !(3..=LONGEST_BASIS).contains(&basis.chars().count()) {
        trouble.add("basis", words.say("change-basis-wrong"));
    }
    let change = match SuccessionKind::from_code(fields.one("kind")) {
        Some(SuccessionKind::DoiTen) => rename(fields, unit, words),
        Some(SuccessionKind::SapNhap) => merge(fields, unit, words),
        Some(SuccessionKind::Tach) => split(fields, unit, words),
        Some(SuccessionKind::ChuyenCap) => transfer(fields, unit),
        None => Err(Trouble::page(words.say("change-choose"))),
    };
    match (change, day) {
        (Ok(change), Some(day)) if trouble.is_none() => Ok(Plan { change, day, basis }),
        (Ok(_), _) => Err(trouble),
        (Err(first), _) => Err(first.and(trouble)),
    }
}

/// A name that a unit can have.
fn name(fields: &Fields, field: &str, words: Words) -> Result<String, Trouble> {
    let name = fields.one(field).split_whitespace().collect::<Vec<_>>().join(" ");
    let is_fine = (1..=200).contains(&name.chars().count()) && !name.chars().any(char::is_control);
    if is_fine { Ok(name) } else { Err(Trouble::at(field, words.say("change-name-wrong"))) }
}

fn new_code(fields: &Fields, field: &str, words: Words) -> Result<UnitCode, Trouble> {
    fields.one(field).parse().map_err(|_| Trouble::at(field, words.say("unit-error-not-a-code")))
}

fn rename(fields: &Fields, unit: &Unit, words: Words) -> Result<Change, Trouble> {
    Ok(Change::Rename { unit: unit.code.clone(), name: name(fields, "name", words)? })
}

fn merge(fields: &Fields, unit: &Unit, words: Words) -> Result<Change, Trouble> {
    let typed = fields.one("more").split([',', ';', ' ']).filter(|code| !code.is_empty());
    let others: Result<Vec<UnitCode>, _> = fields.all("other").chain(typed).map(str::parse).collect();
    let others = others.map_err(|_| Trouble::at("more", words.say("change-wrong-unit")))?;
    let into = match fields.one("into") {
        "" => Heir::New { code: new_code(fields, "code", words)?, name: name(fields, "name", words)? },
        known => Heir::Known(known.parse().map_err(|_| Trouble::at("into", words.say("change-wrong-unit")))?),
    };
    // what it becomes a part of goes on
    let from = std::iter::once(unit.code.clone()).chain(others).filter(|code| code != into.code()).collect();
    Ok(Change::Merge { from, into })
}

fn split(fields: &Fields, unit: &Unit, words: Words) -> Result<Change, Trouble> {
    let mut into = Vec::new();
    for at in 1..=HEIRS {
        let (code, title, share) = (format!("code_{at}"), format!("name_{at}"), format!("share_{at}"));
        if [&code, &title, &share].iter().all(|field| fields.one(field).is_empty()) {
            continue;
        }
        let heir = Heir::New { code: new_code(fields, &code, words)?, name: name(fields, &title, words)? };
        let percent = fields.one(&share).trim_end_matches('%').trim().parse();
        into.push((heir, percent.map_err(|_| Trouble::at(&share, words.say("change-wrong-shares")))?));
    }
    Ok(Change::Split { from: unit.code.clone(), into, goes_on: fields.one("goes_on") == "1" })
}

fn transfer(fields: &Fields, unit: &Unit) -> Result<Change, Trouble> {
    let above = |field: &str| fields.one(field).parse::<UnitCode>().ok();
    Ok(Change::Transfer {
        unit: unit.code.clone(),
        parent: above("parent"),
        professional_parent: above("professional_parent"),
    })
}
