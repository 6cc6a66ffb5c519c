//! What was typed about a new round or a draft, as a round; or a sentence beside each field that is wrong.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveDateTime};

use super::fields::Fields;
use super::trouble::Trouble;
use super::wards::Ward;
use crate::draft::Draft;
use crate::store::rounds;
use crate::store::units::Stored;
use crate::survey::code::Channel;
use crate::survey::questionnaire::Questionnaire;
use crate::survey::round::{levels_asked, parse_slug, slug_of};
use crate::survey::templates;
use crate::survey::text::without_hidden;
use crate::survey::unit::UnitCode;
use crate::survey::unit::choice::Choice;
use crate::vietnamese::local;
use crate::web::manage::questionnaires::Usable;
use crate::web::session::Officer;
use crate::web::words::Words;

/// Short names that are addresses of ours.
const RESERVED: [&str; 1] = ["new"];

const TITLE_LETTERS: usize = 120;
const CONTACT_LETTERS: usize = 200;

/// What people are told about a round.
#[derive(Debug, Clone)]
pub(super) struct Cover {
    /// What it is called.
    pub title: String,
    /// Whom to ask about it.
    pub contact: String,
    /// When it closes, UTC.
    pub closes_at: NaiveDateTime,
    /// The last day by which those who answered are told the result.
    pub results_by: Option<NaiveDate>,
}

impl Cover {
    /// As it is stored.
    pub(super) fn row(&self) -> rounds::Cover<'_> {
        let Self { title, contact, closes_at, results_by } = self;
        rounds::Cover { title, contact, closes_at: *closes_at, results_by: *results_by }
    }
}

/// Reads the cover; what is wrong with it is added to the trouble.
fn cover(fields: &Fields, words: Words, now: NaiveDateTime, trouble: &mut Trouble) -> Cover {
    let title = fields.one("title");
    if title.is_empty() || title.chars().count() > TITLE_LETTERS {
        trouble.add("title", words.say("begin-title-wrong"));
    }
    let closes_at = match fields.moment() {
        Ok(at) if at > now => at,
        Ok(_) => {
            trouble.add("day", words.say("begin-closes-past"));
            now
        }
        Err(field) => {
            trouble.add(field, words.say(&format!("begin-{field}-wrong")));
            now
        }
    };
    let contact: String = without_hidden(fields.one("contact")).trim().chars().take(CONTACT_LETTERS).collect();
    if contact.is_empty() {
        trouble.add("contact", words.say("begin-contact-wrong"));
    }
    let results_by = match fields.day("results") {
        Ok(day) if day.is_none_or(|day| day >= local(closes_at).date()) => day,
        _ => {
            trouble.add("results", words.say("begin-results-wrong"));
            None
        }
    };
    Cover { title: title.to_owned(), contact, closes_at, results_by }
}

/// The cover of a draft that is being edited.
pub(super) fn edited(fields: &Fields, words: Words, now: NaiveDateTime) -> Result<Cover, Trouble> {
    let mut trouble = Trouble::default();
    let cover = cover(fields, words, now, &mut trouble);
    if trouble.is_none() { Ok(cover) } else { Err(trouble) }
}

/// A school that can be asked, and what the form says about it.
#[derive(Debug, Clone)]
pub(super) struct School {
    /// The school.
    pub stored: Stored,
    /// Its levels and pupils.
    pub about: String,
}

/// The schools that were chosen: one by one, by ward, or all.
pub(super) fn chosen<'a>(fields: &Fields, wards: &'a [Ward<School>]) -> Vec<&'a Stored> {
    let everywhere = fields.has("all", "1");
    let of_ward = |ward: &'a Ward<School>| {
        let whole = everywhere || fields.has("whole", &ward.code);
        let is_chosen = move |stored: &&Stored| whole || fields.has("unit", stored.unit.code.as_str());
        ward.inside.iter().map(|school| &school.stored).filter(is_chosen).collect::<Vec<_>>()
    };
    wards.iter().flat_map(of_ward).collect()
}

/// The same as a rule that is kept: by office or all, and some by hand.
pub(super) fn rule(fields: &Fields, wards: &[Ward<School>]) -> Choice {
    let (everywhere, whole) = (fields.has("all", "1"), |ward: &&Ward<School>| fields.has("whole", &ward.code));
    let offices: BTreeSet<UnitCode> = wards.iter().filter(whole).filter_map(|ward| ward.code.parse().ok()).collect();
    let by_hand = wards.iter().flat_map(|ward| &ward.inside).map(|school| school.stored.unit.code.clone());
    let by_hand = by_hand.filter(|code| !everywhere && fields.has("unit", code.as_str()));
    Choice {
        by_rule: everywhere || !offices.is_empty(),
        also: by_hand.collect(),
        wards: if everywhere { BTreeSet::new() } else { offices },
        ..Choice::default()
    }
}

/// The file with this code and what it asks: of the officer's area, or a template.
fn form<'a>(code: &str, own: &'a [Usable]) -> Option<(&'a str, &'a Questionnaire)> {
    let written = own.iter().find(|usable| usable.questionnaire.code == code);
    let written = written.map(|usable| (usable.text.as_str(), &usable.questionnaire));
    written.or_else(|| templates::find(code).map(|template| (template.text, &template.questionnaire)))
}

/// A round to be made, and how many of the chosen schools have no level of its questionnaires.
pub(super) fn plan(
    fields: &Fields,
    wards: &[Ward<School>],
    own: &[Usable],
    officer: &Officer,
    now: NaiveDateTime,
) -> Result<(Draft, usize), Trouble> {
    let words = officer.words;
    let mut trouble = Trouble::default();
    let cover = cover(fields, words, now, &mut trouble);
    let slug = match fields.one("slug") {
        "" => slug_of(&cover.title),
        typed => typed.to_owned(),
    };
    if RESERVED.contains(&slug.as_str()) {
        trouble.add("slug", words.with("begin-slug-reserved", "slug", &slug));
    } else if !cover.title.is_empty() && parse_slug(&slug).is_err() {
        trouble.add("slug", words.say("begin-slug-wrong"));
    }
    let forms: Vec<(&str, &Questionnaire)> = fields.all("template").filter_map(|code| form(code, own)).collect();
    if forms.is_empty() {
        trouble.add("template", words.say("begin-template-wrong"));
    }
    let chosen = chosen(fields, wards);
    let has_level = |stored: &&&Stored| !levels_asked(&stored.unit, forms.iter().map(|(_, asked)| *asked)).is_empty();
    let unit_ids: Vec<i64> = chosen.iter().filter(has_level).map(|stored| stored.id).collect();
    if chosen.is_empty() {
        trouble.add("unit", words.say("begin-unit-wrong"));
    } else if unit_ids.is_empty() && !forms.is_empty() {
        trouble.add("unit", words.say("begin-no-level"));
    }
    if !trouble.is_none() {
        return Err(trouble);
    }
    let left_out = chosen.len() - unit_ids.len();
    let others = Channel::ALL.iter().filter(|c| **c != Channel::Truong && fields.has("channel", c.code()));
    let channels = std::iter::once(Channel::Truong).chain(others.copied()).collect();
    let Cover { title, contact, closes_at, results_by } = cover;
    let questionnaires = forms.iter().map(|(text, _)| (*text).to_owned()).collect();
    Ok((
        Draft {
            title,
            slug,
            owner_id: officer.post(),
            contact,
            closes_at,
            results_by,
            questionnaires,
            unit_ids,
            channels,
        },
        left_out,
    ))
}
