//! The texts that stand in several forms. A frame has marks of texts and no texts, so one form is read for each.

use std::collections::HashMap;
use std::sync::Arc;

use super::super::content::{ID, ID_BYTES};
use super::{Columns, read};
use crate::analysis::frame::Encoding;
use crate::catalogue::Published;
use crate::store::submissions::{self, SubmissionRow};
use crate::store::{Db, StoreError};
use crate::survey::answer::{Answer, Slot};
use crate::survey::raw::RawAnswers;
use crate::survey::submission::restore;

/// So many are shown; whoever has to judge them reads no more.
const MOST: usize = 10;

/// A long text that stands in several forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeated {
    /// As one of the forms has it.
    pub text: String,
    /// In how many forms it stands.
    pub forms: u32,
}

/// Where one of the most frequent texts stands.
struct Place {
    mark: u64,
    forms: u32,
    /// A form and the question to which it says so.
    found: Option<(Vec<u8>, String)>,
}

/// Where the most frequent texts stand, each in one form.
pub(super) struct Places(Vec<Place>);

impl Places {
    /// Of these marks, with how many forms each has.
    pub(super) fn of(marks: &HashMap<u64, u32>) -> Self {
        let mut places: Vec<Place> =
            marks.iter().map(|(mark, forms)| Place { mark: *mark, forms: *forms, found: None }).collect();
        places.sort_unstable_by_key(|place| (std::cmp::Reverse(place.forms), place.mark));
        places.truncate(MOST);
        Self(places)
    }

    /// Looks for them in what the forms of a block say to a question.
    pub(super) fn look(&mut self, question: &str, encoding: Encoding, columns: &Columns) -> Result<(), StoreError> {
        if self.0.iter().all(|place| place.found.is_some()) {
            return Ok(());
        }
        let marks = read(encoding.text_marks(columns.bytes(question)))?;
        for (mark, form) in marks.into_iter().zip(columns.bytes(ID).chunks_exact(ID_BYTES)) {
            let missing = self.0.iter_mut().find(|place| place.found.is_none() && Some(place.mark) == mark);
            if let Some(place) = missing {
                place.found = Some((form.to_vec(), question.to_owned()));
            }
        }
        Ok(())
    }

    /// The texts themselves, the most frequent first; without those whose form was withdrawn meanwhile.
    pub(super) fn read(
        self,
        db: &mut Db,
        round_id: i64,
        forms: &[Arc<Published>],
    ) -> Result<Vec<Repeated>, StoreError> {
        let found: Vec<(u32, Vec<u8>, String)> = self
            .0
            .into_iter()
            .filter_map(|Place { forms, found, .. }| found.map(|(id, code)| (forms, id, code)))
            .collect();
        let ids: Vec<Vec<u8>> = found.iter().map(|(_, id, _)| id.clone()).collect();
        let rows = submissions::named(db, round_id, &ids)?;
        let mut texts = Vec::new();
        for (n, id, code) in found {
            let Some(row) = rows.iter().find(|row| row.id == id) else { continue };
            texts.extend(text(row, &code, forms)?.map(|text| Repeated { text, forms: n }));
        }
        Ok(texts)
    }
}

/// What a form says to a question that is answered with a text.
fn text(row: &SubmissionRow, code: &str, forms: &[Arc<Published>]) -> Result<Option<String>, StoreError> {
    let damaged = |why: String| StoreError::corrupt("submission", why);
    let form = forms.iter().find(|form| form.id == row.version_id);
    let form = form.ok_or_else(|| damaged("it names an unknown version".to_owned()))?;
    let raw: RawAnswers<'_> = serde_json::from_str(&row.answers).map_err(|error| damaged(error.to_string()))?;
    let submission = restore(&form.questionnaire, &raw).map_err(|wrong| damaged(format!("{wrong:?}")))?;
    let answer = form.questionnaire.questions.iter().zip(&submission.slots).find(|(question, _)| question.code == code);
    Ok(match answer.and_then(|(_, slot)| Slot::answer(slot)) {
        Some(Answer::Text(text)) => Some(text.clone()),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_most_frequent_texts_are_looked_for() {
        let marks: HashMap<u64, u32> = (1..=30).map(|mark| (mark, 3 + u32::try_from(mark).unwrap())).collect();
        let Places(places) = Places::of(&marks);
        let found: Vec<(u64, u32)> = places.iter().map(|place| (place.mark, place.forms)).collect();
        assert_eq!((found[0], found[9], found.len()), ((30, 33), (21, 24), 10));
    }
}
