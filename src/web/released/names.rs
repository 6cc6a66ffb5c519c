//! What groups, questions and answers are called.

use std::sync::Arc;

use crate::analysis::{CHANNEL, LEVEL, UNIT};
use crate::catalogue::Published;
use crate::survey::question::{OTHER, Question};
use crate::tabulation::Tabulation;
use crate::web::figures::coded;
use crate::web::words::Words;

/// The names of a round in a reader's words.
#[derive(Debug, Clone, Copy)]
pub struct Names<'a> {
    /// The round.
    pub round: &'a Tabulation,
    /// The reader's.
    pub words: Words,
}

impl<'a> Names<'a> {
    /// The questionnaire of this code and version.
    pub fn form(&self, code: &str, version: u32) -> Option<&'a Arc<Published>> {
        let is_it = |form: &&Arc<Published>| form.questionnaire.code == code && form.version == i64::from(version);
        self.round.forms.iter().find(is_it)
    }

    /// Its title, or its code where the round has it no longer.
    pub fn sheet(&self, code: &str, version: u32) -> String {
        let title = |form: &Arc<Published>| form.questionnaire.title.get(self.words.interface()).to_owned();
        self.form(code, version).map_or_else(|| code.to_owned(), title)
    }

    /// What makes rows: a kind of group, or a question with its code.
    pub fn rows(&self, form: Option<&Arc<Published>>, by: &str) -> String {
        if [UNIT, LEVEL, CHANNEL].contains(&by) { Self::kind(by, self.words) } else { self.question(form, by) }
    }

    /// Whether what makes rows is a kind of group, and not another question.
    pub fn is_of_groups(&self, form: Option<&Arc<Published>>, by: &str) -> bool {
        let is_stratum = |form: &Arc<Published>| {
            let questionnaire = &form.questionnaire;
            questionnaire.strata.iter().any(|place| questionnaire.questions[*place].code == by)
        };
        [UNIT, LEVEL, CHANNEL].contains(&by) || form.is_some_and(is_stratum)
    }

    /// A question: `A1 · Trường lớp sạch sẽ`.
    pub fn question(&self, form: Option<&Arc<Published>>, code: &str) -> String {
        let label = |found: &Question| coded(code, found.label.get(self.words.interface()).to_owned());
        form.and_then(|form| find(form, code)).map_or_else(|| code.to_owned(), label)
    }

    /// A domain: `B · Cơ sở vật chất`.
    pub fn domain(&self, form: Option<&Published>, code: &str) -> String {
        let indices = form.into_iter().flat_map(|form| &form.questionnaire.indices);
        let title = indices.filter(|index| index.code == code).find_map(|index| index.title.as_ref());
        title.map_or_else(|| code.to_owned(), |title| coded(code, title.get(self.words.interface()).to_owned()))
    }

    /// A kind of group.
    pub fn kind(by: &str, words: Words) -> String {
        match by {
            UNIT => words.say("crosstab-unit"),
            LEVEL => words.say("crosstab-level"),
            CHANNEL => words.say("crosstab-channel"),
            other => other.to_owned(),
        }
    }

    /// A group, or an answer to the question that makes the rows.
    pub fn key(&self, form: Option<&Arc<Published>>, by: &str, key: &str) -> String {
        match by {
            UNIT => self.round.units.get(key).cloned().unwrap_or_else(|| key.to_owned()),
            LEVEL => self.words.say(&format!("level-short-{key}")),
            CHANNEL => self.words.say(&format!("channel-{key}")),
            question => self.answer(form, question, key),
        }
    }

    /// An answer.
    pub fn answer(&self, form: Option<&Arc<Published>>, question: &str, code: &str) -> String {
        let found = form.and_then(|form| find(form, question));
        match found.and_then(|question| question.kind.label(code)) {
            Some(text) => text.get(self.words.interface()).to_owned(),
            None if code == OTHER => self.words.say("crosstab-other"),
            None => code.to_owned(),
        }
    }
}

fn find<'f>(form: &'f Arc<Published>, code: &str) -> Option<&'f Question> {
    form.questionnaire.questions.iter().find(|question| question.code == code)
}
