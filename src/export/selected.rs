//! Which forms a file has, in words: each code with the name that the round or the list of units has for it.

use std::sync::Arc;

use super::excluded::Excluded;
use super::wanted::{Selection, Wanted};
use crate::catalogue::Published;
use crate::store::{Db, StoreError, units};
use crate::survey::code::{EVERY_LEVEL, Level};
use crate::survey::question::Phrases;

/// Longer lists are told by their codes: they would be read by nobody, and the codebook has what they mean.
const NAMED: usize = 20;

/// The filters in words; without any, that it is everything.
pub(super) fn in_words(
    wanted: &Wanted,
    db: &mut Db,
    forms: &[Arc<Published>],
    phrases: &dyn Phrases,
) -> Result<String, StoreError> {
    let selection = &wanted.selection;
    let mut known = Known { db, forms, selection, phrases };
    let mut parts = Vec::new();
    for (list, codes) in selection.lists() {
        if !codes.is_empty() {
            let codes = if codes.len() > NAMED { codes } else { known.named(list, codes)? };
            parts.push(format!("{}: {}", phrases.say(&format!("export-filter-{list}")), codes.join(", ")));
        }
    }
    let name = |name: &str| phrases.say(&format!("export-filter-{name}"));
    for (end, day) in [("from", selection.from), ("to", selection.to)] {
        parts.extend(day.map(|day| format!("{}: {}", name(end), day.format("%d/%m/%Y"))));
    }
    if wanted.excluded == Excluded::Also {
        parts.push(name("excluded"));
    }
    Ok(if parts.is_empty() { name("none") } else { parts.join("; ") })
}

/// Where names are looked up.
struct Known<'a> {
    db: &'a mut Db,
    forms: &'a [Arc<Published>],
    selection: &'a Selection,
    phrases: &'a dyn Phrases,
}

impl Known<'_> {
    /// The codes of a list, each behind its name where there is one: `Trường Tiểu học Hoa Mai (TH-HOA-MAI)`.
    fn named(&mut self, list: &str, codes: Vec<String>) -> Result<Vec<String>, StoreError> {
        let mut named = Vec::with_capacity(codes.len());
        for code in codes {
            named.push(match self.name(list, &code)? {
                Some(name) if !name.is_empty() && name != code => format!("{name} ({code})"),
                _ => code,
            });
        }
        Ok(named)
    }

    fn name(&mut self, list: &str, code: &str) -> Result<Option<String>, StoreError> {
        let say = |list: &str| self.phrases.say(&format!("{list}-{code}"));
        Ok(match list {
            "unit" => units::by_code(self.db, code)?.map(|stored| stored.unit.name),
            "level" => (code == EVERY_LEVEL || code.parse::<Level>().is_ok()).then(|| say("level-short")),
            "channel" => Some(say("channel")),
            "lang" => code.parse().ok().map(|lang| self.phrases.language(lang)),
            "questionnaire" => self.questionnaire(code),
            _ => self.question(code),
        })
    }

    fn questionnaire(&self, code: &str) -> Option<String> {
        let form = self.forms.iter().find(|form| form.questionnaire.code == code)?;
        Some(form.questionnaire.title.get(self.phrases.lang()).to_owned())
    }

    /// What is asked under a code: in the questionnaires that were chosen, if any were, else in the first that has it.
    fn question(&self, wanted: &str) -> Option<String> {
        let (code, of) = wanted.split_once('@').map_or((wanted, None), |(code, of)| (code, Some(of)));
        let chosen = &self.selection.questionnaires;
        let is_meant = |form: &str| {
            of.map_or_else(|| chosen.is_empty() || chosen.iter().any(|code| code == form), |of| of == form)
        };
        let forms = self.forms.iter().filter(|form| is_meant(&form.questionnaire.code));
        let mut questions = forms.flat_map(|form| &form.questionnaire.questions);
        let question = questions.find(|question| question.code == code)?;
        Some(question.label.get(self.phrases.lang()).to_owned())
    }
}
