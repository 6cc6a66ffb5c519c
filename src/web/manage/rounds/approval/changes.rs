//! What differs between two submissions, in words: settings one by one, schools by name, questionnaires question by question.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::store::rounds::RoundRow;
use crate::store::units::Stored;
use crate::store::{Db, StoreError, approvals, questionnaires, units};
use crate::survey::approval::Dossier;
use crate::survey::campaign::Plan;
use crate::survey::templates;
use crate::survey::text::Lang;
use crate::web::manage::campaigns::numbered;
use crate::web::manage::questionnaires::{Line, differences};
use crate::web::respond;
use crate::web::words::Words;

/// A setting: what it is called, before, and now.
pub(super) struct Setting {
    pub name: String,
    pub old: String,
    pub new: String,
}

/// A questionnaire of the round, and how it differs from what is known.
pub(super) struct Form {
    pub code: String,
    pub title: String,
    pub version: i64,
    pub minutes: u32,
    /// What it is compared with, as a sentence.
    pub basis: String,
    pub lines: Vec<Line>,
}

/// Everything about a round that is approved, named and in words.
fn facts(dossier: &Dossier, names: &HashMap<String, String>, words: Words) -> Vec<(&'static str, String)> {
    let list = |items: &[String]| items.join("; ");
    let named = |code: &String| names.get(code).unwrap_or(code).clone();
    let yes = |is: bool| words.say(if is { "approval-yes" } else { "approval-no" });
    let channels: Vec<String> = dossier.channels.iter().map(|code| words.say(&format!("channel-{code}"))).collect();
    let quota = |own: &crate::survey::approval::Quota| format!("{} · {}: {}", own.code, own.stratum, own.most);
    let wording = |own: &crate::survey::approval::Wording| {
        words.fill("show-form", [("title", own.code.clone()), ("version", own.version.to_string())])
    };
    let letter = |text: &str| respond::letter(text, dossier.closes_at, &dossier.contact);
    vec![
        ("begin-title", dossier.title.clone()),
        ("begin-contact", dossier.contact.clone()),
        ("approval-closes", words.moment(dossier.closes_at)),
        ("begin-results", dossier.results_by.map(|day: NaiveDate| words.date(day)).unwrap_or_default()),
        ("approval-forms", list(&dossier.wordings.iter().map(wording).collect::<Vec<_>>())),
        ("approval-units", list(&dossier.units.iter().map(named).collect::<Vec<_>>())),
        ("approval-channels", list(&channels)),
        ("approval-access", words.say(&format!("approval-access-{}", dossier.access))),
        ("approval-unit-most", dossier.unit_most.map(|n| words.number(n)).unwrap_or_default()),
        ("approval-quotas", list(&dossier.quotas.iter().map(quota).collect::<Vec<_>>())),
        ("approval-minimum", words.number(dossier.minimum_group)),
        ("approval-pictures", yes(dossier.takes_pictures)),
        ("approval-interim", yes(dossier.shows_interim)),
        ("sealed-title", yes(dossier.is_sealed)),
        ("children-title", dossier.parents_notice.as_deref().map(letter).unwrap_or_default()),
        ("campaign-one", dossier.plan.as_ref().map(|plan| told(plan, words)).unwrap_or_default()),
    ]
}

/// Everything that a plan says, as one text.
fn told(plan: &Plan, words: Words) -> String {
    let kept = words.count("campaign-kept-for", plan.kept_months);
    let number = numbered(plan, words);
    let parts = [&plan.title, &number, &plan.legal_basis, &plan.partners, &plan.purpose, &plan.contact, &kept];
    parts.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join("; ")
}

/// The names of all units, by code.
pub(super) fn names(db: &mut Db) -> Result<HashMap<String, String>, StoreError> {
    let named = |stored: Stored| (stored.unit.code.as_str().to_owned(), stored.unit.name);
    Ok(units::all(db)?.into_iter().map(named).collect())
}

/// The settings as they are.
pub(super) fn settings(dossier: &Dossier, names: &HashMap<String, String>, words: Words) -> Vec<(String, String)> {
    let facts =
        facts(dossier, names, words).into_iter().filter(|(name, text)| !text.is_empty() && *name != "approval-units");
    let mut settings: Vec<(String, String)> = facts.map(|(name, text)| (words.say(name), text)).collect();
    let n = i64::try_from(dossier.units.len()).unwrap_or(i64::MAX);
    settings.push((words.say("approval-units"), words.count("rounds-schools", n)));
    settings
}

/// The settings that differ; of schools only those that came or went.
pub(super) fn changed(old: &Dossier, new: &Dossier, names: &HashMap<String, String>, words: Words) -> Vec<Setting> {
    let only = |dossier: &Dossier, other: &Dossier| Dossier {
        units: dossier.units.iter().filter(|unit| !other.units.contains(unit)).cloned().collect(),
        ..dossier.clone()
    };
    let (before, after) = (facts(&only(old, new), names, words), facts(&only(new, old), names, words));
    let pairs = before.into_iter().zip(after).filter(|((_, old), (_, new))| old != new);
    pairs.map(|((name, old), (_, new))| Setting { name: words.say(name), old, new }).collect()
}

/// The questionnaires of a round, each beside what was approved of it last; without that, beside the official template.
pub(super) fn forms(db: &mut Db, round: &RoundRow, words: Words) -> Result<Vec<Form>, StoreError> {
    let rows = questionnaires::of_round(db, round.id)?;
    rows.into_iter().map(|row| Form::read(db, round, row, words)).collect()
}

impl Form {
    fn read(db: &mut Db, round: &RoundRow, row: questionnaires::VersionRow, words: Words) -> Result<Self, StoreError> {
        let (basis, lines) = match approvals::approved_wording(db, round.owner_id, &row.code)? {
            Some((version, _)) if version == row.version => (words.say("approval-basis-same"), Vec::new()),
            Some((version, content)) => {
                let basis = words.with("approval-basis-version", "version", version);
                (basis, differences(&content, &row.content, words)?)
            }
            None => first(db, &row, words)?,
        };
        let asked = crate::survey::questionnaire::Questionnaire::parse(&row.content).ok();
        let title = asked.as_ref().map(|asked| asked.title.get(Lang::VI).to_owned());
        Ok(Self {
            title: title.unwrap_or_else(|| row.code.clone()),
            minutes: asked.map_or(0, |asked| asked.minutes),
            code: row.code,
            version: row.version,
            basis,
            lines,
        })
    }
}

/// A questionnaire of which nothing was approved yet: beside its template, if it has one.
fn first(db: &mut Db, row: &questionnaires::VersionRow, words: Words) -> Result<(String, Vec<Line>), StoreError> {
    let based_on = approvals::template_of(db, &row.code)?.unwrap_or_else(|| row.code.clone());
    match templates::find(&based_on) {
        Some(template) if template.text == row.content => Ok((words.say("approval-basis-official"), Vec::new())),
        Some(template) => {
            let title = template.questionnaire.title.get(words.0).to_owned();
            let lines = differences(template.text, &row.content, words)?;
            Ok((words.with("approval-basis-template", "title", title), lines))
        }
        None => Ok((words.say("approval-basis-new"), Vec::new())),
    }
}
