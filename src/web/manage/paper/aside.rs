//! Answers that stand on a sheet although its other answers do not lead to them. Whoever types is told which, looks at the sheet,
//! and puts right what was misread or says that it stands there: it does not count, and the bundle remembers how many there were.

use std::collections::BTreeMap;

use super::Batch;
use crate::store::StoreError;
use crate::store::paper_forms::FormRow;
use crate::survey::batch::Typed;
use crate::survey::numbering::Numbering;
use crate::survey::questionnaire::Questionnaire;
use crate::web::manage::fields::Fields;
use crate::web::words::Words;

/// The name of the boxes that say that something stands on the sheet; no question has such a code.
const STANDS_THERE: &str = "giu-nguyen";

/// Codes of the questions that were answered aside; none where the sheet cannot be read at all, which is told first.
pub(super) fn of(batch: &Batch, typed: &Typed) -> Vec<String> {
    let questionnaire = &batch.form.questionnaire;
    let read = typed.parse(questionnaire, batch.occasion());
    read.map_or_else(|_| Vec::new(), |read| typed.asides(questionnaire, &read).into_iter().map(str::to_owned).collect())
}

/// Whether somebody said that this stands on the sheet.
pub(super) fn is_confirmed(fields: &Fields, code: &str) -> bool {
    fields.has(STANDS_THERE, code)
}

/// Whether all of these are said to stand there.
pub(super) fn are_confirmed(fields: &Fields, codes: &[String]) -> bool {
    codes.iter().all(|code| is_confirmed(fields, code))
}

/// What is odd about a question: the questions on which it hangs, by their numbers.
pub(super) fn sentence(questionnaire: &Questionnaire, code: &str, words: Words) -> String {
    let numbering = Numbering::of(questionnaire);
    let deciding = questionnaire.place(code).map(|place| questionnaire.decided_by(place)).unwrap_or_default();
    let numbers: Vec<&str> = deciding.into_iter().filter_map(|place| numbering.at(place)).collect();
    words.with("batch-aside", "questions", numbers.join(", "))
}

/// On how many sheets each question was answered aside.
pub(super) fn counted(batch: &Batch, forms: &[FormRow]) -> Result<BTreeMap<String, i64>, StoreError> {
    let mut counts = BTreeMap::new();
    for form in forms {
        let typed = form.first()?.unwrap_or_default();
        of(batch, &typed).into_iter().for_each(|code| *counts.entry(code).or_default() += 1);
    }
    Ok(counts)
}

/// These numbers in sentences, in the order of the form.
pub(super) fn told(batch: &Batch, counts: &BTreeMap<String, i64>, words: Words) -> Vec<String> {
    let questionnaire = &batch.form.questionnaire;
    let numbering = Numbering::of(questionnaire);
    let told = |(place, question): (usize, &crate::survey::question::Question)| {
        let sheets = counts.get(&question.code)?;
        let values = [("question", numbering.at(place)?.to_owned()), ("sheets", words.number(*sheets))];
        Some(words.fill("batch-asides", values))
    };
    questionnaire.questions.iter().enumerate().filter_map(told).collect()
}
