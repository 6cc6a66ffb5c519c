//! What happened to units, and what would, in plain sentences.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::store::successions::{Story, StoryPart};
use crate::survey::unit::Unit;
use crate::survey::unit::succession::{Effects, SuccessionKind, Superiority};
use crate::web::words::Words;

/// So many units that move along are named; of more, only the number is told.
const NAMED: usize = 12;

/// A change that was written down.
pub(super) fn story(story: &Story, words: Words) -> String {
    let day = ("day", words.date(story.day));
    let first = story.parts.first();
    let old = first.map(|part| part.old_name.clone()).unwrap_or_default();
    let name = match story.kind {
        SuccessionKind::DoiTen => "story-doi_ten",
        SuccessionKind::SapNhap => "story-sap_nhap",
        SuccessionKind::Tach => "story-tach",
        SuccessionKind::ChuyenCap => "story-chuyen_cap",
    };
    let share = |part: &StoryPart| match part.share {
        Some(share) => format!("{} ({share} %)", part.new_name),
        None => part.new_name.clone(),
    };
    let (olds, news): (Vec<String>, Vec<String>) = match story.kind {
        SuccessionKind::DoiTen => (vec![old], vec![story.new_name.clone().unwrap_or_default()]),
        SuccessionKind::SapNhap => {
            let olds = story.parts.iter().map(|part| part.old_name.clone()).collect();
            (olds, first.map(|part| part.new_name.clone()).into_iter().collect())
        }
        SuccessionKind::Tach => (vec![old], story.parts.iter().map(share).collect()),
        SuccessionKind::ChuyenCap => (vec![old], Vec::new()),
    };
    words.fill(name, [day, ("old", olds.join("; ")), ("new", news.join("; "))])
}

/// What is said where nothing stands above: in professional matters, that is whoever stands above in administration.
pub(super) fn nothing(respect: Superiority, words: Words) -> String {
    words.say(match respect {
        Superiority::HanhChinh => "superior-none",
        Superiority::ChuyenMon => "superior-same",
    })
}

/// What a change would do, a sentence each.
pub(super) fn effects(effects: &Effects, day: NaiveDate, existing: &[Unit], words: Words) -> Vec<String> {
    let on = |name: &str, values: Vec<(&'static str, String)>| {
        words.fill(name, [vec![("day", words.date(day))], values].concat())
    };
    let name = |code: &crate::survey::unit::UnitCode| {
        let known = existing.iter().chain(&effects.units).find(|unit| unit.code == *code);
        known.map(|unit| unit.name.clone()).unwrap_or_default()
    };
    let mut told = Vec::new();
    if let Some((unit, new)) = &effects.name {
        told.push(on("effect-name", vec![("old", name(unit)), ("new", new.clone())]));
    }
    for unit in &effects.units {
        told.push(match unit.valid_to {
            Some(last) => words.fill("effect-ends", [("name", unit.name.clone()), ("last", words.date(last))]),
            None => on(
                "effect-begins",
                vec![
                    ("name", unit.name.clone()),
                    ("code", unit.code.to_string()),
                    ("pupils", words.number(unit.pupils())),
                ],
            ),
        });
    }
    if let Some((unit, pupils)) = &effects.keeps {
        told.push(on(
            "effect-keeps",
            vec![("name", name(unit)), ("pupils", words.number(pupils.values().sum::<i64>()))],
        ));
    }
    let mut moves = BTreeMap::<(Superiority, Option<String>), Vec<String>>::new();
    for (unit, respect, above) in &effects.superiors {
        moves.entry((*respect, above.as_ref().map(name))).or_default().push(name(unit));
    }
    for ((respect, above), units) in moves {
        let shown =
            if units.len() > NAMED { words.count("effect-units", units.len() as i64) } else { units.join("; ") };
        let named = words.say(&format!("superior-{respect}"));
        told.push(match (respect, above) {
            (_, Some(above)) => on("effect-moves", vec![("respect", named), ("above", above), ("units", shown)]),
            (Superiority::HanhChinh, None) => on("effect-moves-none", vec![("units", shown)]),
            (Superiority::ChuyenMon, None) => on("effect-moves-same", vec![("units", shown)]),
        });
    }
    told
}
