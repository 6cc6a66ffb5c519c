//! Choosing tables: what is chosen, and what can be.

use crate::analysis::{CHANNEL, LEVEL, MOST_TABLES, Measured, Questionnaire, UNIT, Unfit};
use crate::store::release_tables::TableRow;
use crate::tabulation::Tabulation;
use crate::web::released::Names;
use crate::web::words::Words;

/// A table that is chosen.
pub(super) struct ChosenTable {
    pub version: i64,
    pub by: String,
    pub question: String,
    /// What it crosses, and whose: two questionnaires may have questions of the same codes.
    pub label: String,
    /// Who chose it and when.
    pub who: String,
}

impl ChosenTable {
    pub fn new(row: &TableRow, round: &Tabulation, words: Words) -> Self {
        let (names, form) = (Names { round, words }, round.forms.iter().find(|form| form.id == row.version_id));
        let sheet = form.map(|form| form.questionnaire.title.get(words.interface()).to_owned());
        let label = [
            ("question", names.question(form, &row.question)),
            ("by", names.rows(form, &row.by)),
            ("sheet", sheet.unwrap_or_default()),
        ];
        Self {
            version: row.version_id,
            by: row.by.clone(),
            question: row.question.clone(),
            label: words.fill("released-pair", label),
            who: words.fill("released-who", [("person", row.person.clone()), ("at", words.moment(row.chosen_at))]),
        }
    }
}

/// The form for the tables of a questionnaire.
pub(super) struct Chooser {
    pub version: i64,
    pub title: String,
    /// Codes and names of what can make rows.
    pub groups: Vec<(String, String)>,
    pub answers: Vec<(String, String)>,
    pub questions: Vec<(String, String)>,
    /// Which questions have several tables already, and what one more may mean.
    pub crowded: Option<String>,
}

/// From so many tables of one question on, another one is warned of.
const SEVERAL: usize = 2;

/// One for each questionnaire of a round.
pub(super) fn choosers(round: &Tabulation, chosen: &[TableRow], words: Words) -> Vec<Chooser> {
    let names = Names { round, words };
    let chooser = |(form, asked): (&std::sync::Arc<crate::catalogue::Published>, &Questionnaire)| {
        let places = [UNIT, LEVEL, CHANNEL].into_iter().filter(|by| *by != LEVEL || asked.levels.len() != 1);
        let groups = places.map(str::to_owned).chain(asked.strata.iter().cloned());
        let named = |question: &Measured| (question.code.clone(), names.question(Some(form), &question.code));
        // a stratum makes rows only
        let is_free = |question: &&Measured| !asked.strata.contains(&question.code);
        let divides = |question: &&Measured| question.measure.divides() && is_free(question);
        let is_listed = |question: &&Measured| question.measure.is_listed() && is_free(question);
        let shows =
            |table: &&TableRow, code: &str| table.version_id == form.id && (table.question == code || table.by == code);
        let is_crowded = |question: &&Measured| {
            chosen.iter().filter(|table| is_free(question) && shows(table, &question.code)).count() >= SEVERAL
        };
        let crowded: Vec<String> =
            asked.questions.iter().filter(is_crowded).map(|question| named(question).1).collect();
        Chooser {
            crowded: (!crowded.is_empty()).then(|| words.with("released-crowded", "questions", crowded.join("; "))),
            version: form.id,
            title: names.sheet(&asked.code, asked.version),
            groups: groups.map(|by| (by.clone(), names.rows(Some(form), &by))).collect(),
            answers: asked.questions.iter().filter(divides).map(named).collect(),
            questions: asked.questions.iter().filter(is_listed).map(named).collect(),
        }
    };
    round.forms.iter().zip(&round.questionnaires).map(chooser).collect()
}

/// Why a table cannot be chosen, in a sentence that says what to do.
pub(super) fn told(unfit: &Unfit, words: Words) -> String {
    match unfit {
        Unfit::Unknown(name) => words.with("released-unfit-unknown", "name", name),
        Unfit::Unlisted(code) => words.with("released-unfit-unlisted", "code", code),
        Unfit::Itself => words.say("released-unfit-itself"),
        Unfit::Stratum(code) => words.with("released-unfit-stratum", "code", code),
        Unfit::Twice => words.say("released-unfit-twice"),
        Unfit::Ring => words.say("released-unfit-ring"),
        Unfit::Many => words.with("released-unfit-many", "most", MOST_TABLES),
    }
}
