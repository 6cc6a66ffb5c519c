//! What each school of a round is asked, and what posters and invitations say about it.

use std::collections::HashMap;
use std::sync::Arc;

use crate::catalogue::{Catalogue, Published};
use crate::store::{Db, StoreError, rounds};
use crate::survey::code::{Audience, EVERY_LEVEL, Instrument};
use crate::survey::round::asks_children;
use crate::web::words::Words;

/// The questionnaires of a round and the levels of its schools.
pub struct Asked {
    forms: Vec<Arc<Published>>,
    levels: HashMap<i64, Vec<String>>,
}

impl Asked {
    /// Reads a round; schools that were taken out are not asked.
    pub(super) fn read(db: &mut Db, catalogue: &Catalogue, round_id: i64) -> Result<Self, StoreError> {
        let mut levels: HashMap<i64, Vec<String>> = HashMap::new();
        for target in rounds::targets(db, round_id)? {
            levels.entry(target.unit_id).or_default().push(target.level);
        }
        Ok(Self { forms: catalogue.of_round(db, round_id)?, levels })
    }

    /// Whether this school is asked.
    pub(super) fn asks(&self, unit_id: i64) -> bool {
        self.levels.contains_key(&unit_id)
    }

    /// The questionnaires of this school.
    pub(super) fn of(&self, unit_id: i64) -> Vec<&Published> {
        let levels = self.levels.get(&unit_id).map_or(&[][..], Vec::as_slice);
        let fits = |code: &str| code == EVERY_LEVEL || levels.iter().any(|level| level == code);
        self.forms.iter().map(Arc::as_ref).filter(|form| fits(form.questionnaire.level_code())).collect()
    }

    /// All questionnaires of the round.
    pub(super) fn forms(&self) -> &[Arc<Published>] {
        &self.forms
    }

    /// Whom all questionnaires of this school ask; none, when they ask different people.
    pub(super) fn audience(&self, unit_id: i64) -> Option<Audience> {
        let mut audiences = self.of(unit_id).into_iter().map(|form| form.questionnaire.audience);
        let first = audiences.next()?;
        audiences.all(|audience| audience == first).then_some(first)
    }

    /// The same for sentences that speak to those who are asked: each may have a wording of its own for these people.
    pub(super) fn whom(&self, unit_id: i64) -> &'static str {
        self.audience(unit_id).map_or("everybody", Audience::code)
    }

    /// Whether this school's pupils are asked, so that their parents have to be told.
    pub(super) fn asks_children(&self, unit_id: i64) -> bool {
        asks_children(self.of(unit_id).into_iter().map(|form| &form.questionnaire))
    }

    /// The versions of the questionnaires that this school is asked with.
    pub(super) fn versions(&self, unit_id: i64) -> Vec<i64> {
        if self.asks(unit_id) { self.of(unit_id).into_iter().map(|form| form.id).collect() } else { Vec::new() }
    }

    /// Every questionnaire by its title and version.
    pub(super) fn titles(&self, words: Words) -> Vec<String> {
        let title = |form: &Arc<Published>| {
            let questionnaire = &form.questionnaire;
            let title = questionnaire.title.get(questionnaire.lang(words.0)).to_owned();
            words.fill("show-form", [("title", title), ("version", form.version.to_string())])
        };
        self.forms.iter().map(title).collect()
    }

    /// How long the longest questionnaire of this school takes.
    pub(super) fn minutes(&self, unit_id: i64) -> u32 {
        self.of(unit_id).iter().map(|form| form.questionnaire.minutes).max().unwrap_or(5)
    }

    /// What the poster of this school says at its head: what it is about, the school where that does not name it, and why.
    pub(super) fn headline(&self, unit_id: i64, unit_name: &str, words: Words) -> (String, Option<String>, String) {
        let about_the_school = || (words.with("poster-invite", "unit", unit_name), None);
        let [only] = self.of(unit_id)[..] else {
            let (title, unit) = about_the_school();
            return (title, unit, words.say("poster-lead"));
        };
        let questionnaire = &only.questionnaire;
        let lang = questionnaire.lang(words.0);
        let (title, unit) = match questionnaire.instrument {
            Instrument::KhaoSat => about_the_school(),
            Instrument::GopY | Instrument::TrungCau => {
                (questionnaire.title.get(lang).to_owned(), Some(unit_name.to_owned()))
            }
        };
        let lead = questionnaire.purpose.as_ref().map(|purpose| purpose.get(lang).to_owned());
        (title, unit, lead.unwrap_or_else(|| words.say("poster-lead")))
    }
}
