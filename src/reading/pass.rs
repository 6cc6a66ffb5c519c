//! Going through a round's forms for answers that are not kept yet.

use std::collections::HashMap;
use std::sync::Arc;

use crate::catalogue::Published;
use crate::secret;
use crate::store::open_answers::{self, NewAnswer};
use crate::store::submissions::{self, SubmissionRow};
use crate::store::{Store, StoreError};
use crate::survey::opinion::{Opinion, OpinionKind, Satisfaction, is_open};
use crate::survey::raw::RawAnswers;

/// Forms per page.
const PAGE: i64 = 2000;
/// Answers per transaction: the intake must not wait for long.
const SOME: usize = 250;

/// A questionnaire, and how a stored form shows at first sight that somebody wrote something.
struct Sheet<'a> {
    form: &'a Published,
    signs: Vec<String>,
}

impl<'a> Sheet<'a> {
    fn new(form: &'a Published) -> Self {
        let open = form.questionnaire.questions.iter().filter(|question| is_open(question));
        let sign = |question: &crate::survey::question::Question| match question.kind.takes_other() {
            true => format!("\"{}_other\":\"", question.code),
            false => format!("\"{}\":\"", question.code),
        };
        Self { form, signs: open.map(sign).collect() }
    }

    /// Most forms have no text, and reading a document costs much more than looking for a sign in it.
    fn may_have_text(&self, answers: &str) -> bool {
        self.signs.iter().any(|sign| answers.contains(sign.as_str()))
    }
}

/// Keeps what is missing. Repeated or interrupted, it does no harm.
///
/// # Errors
/// The database failed, or a form is damaged.
pub(super) fn compare(store: &Store, round_id: i64, forms: &[Arc<Published>]) -> Result<(), StoreError> {
    let sheets: HashMap<i64, Sheet<'_>> = forms.iter().map(|form| (form.id, Sheet::new(form))).collect();
    let mut db = store.connect()?;
    let mut after = Vec::new();
    loop {
        let page = submissions::page(&mut db, round_id, &after, PAGE)?;
        let (Some(first), Some(last)) = (page.first(), page.last()) else { return Ok(()) };
        let known = open_answers::known(&mut db, round_id, &first.id, &last.id)?;
        after.clone_from(&last.id);
        let mut missing: Vec<NewAnswer> = Vec::new();
        for row in page.iter().filter(|row| !known.contains(&row.id)) {
            missing.extend(answers(round_id, row, &sheets)?);
            if missing.len() >= SOME {
                keep(store, round_id, &std::mem::take(&mut missing))?;
            }
        }
        keep(store, round_id, &missing)?;
    }
}

fn keep(store: &Store, round_id: i64, answers: &[NewAnswer]) -> Result<(), StoreError> {
    if answers.is_empty() { Ok(()) } else { store.write_now(|db| open_answers::insert(db, round_id, answers)) }
}

fn answers(round_id: i64, row: &SubmissionRow, sheets: &HashMap<i64, Sheet<'_>>) -> Result<Vec<NewAnswer>, StoreError> {
    let damaged = |why: String| StoreError::corrupt("submission", why);
    let sheet = sheets.get(&row.version_id).ok_or_else(|| damaged("it names an unknown version".to_owned()))?;
    if !sheet.may_have_text(&row.answers) {
        return Ok(Vec::new());
    }
    let stored: RawAnswers<'_> = serde_json::from_str(&row.answers).map_err(|error| damaged(error.to_string()))?;
    let opinion = Opinion::read(&sheet.form.questionnaire, &stored);
    let answers = opinion.texts.into_iter().map(|(question, text)| NewAnswer {
        round_id,
        id: i64::from_le_bytes(secret::random()) & i64::MAX,
        submission_id: row.id.clone(),
        question: question.to_owned(),
        version_id: row.version_id,
        unit_id: row.unit_id,
        channel: row.channel.to_string(),
        lang: row.lang.to_string(),
        satisfaction: opinion.satisfaction.map(Satisfaction::code),
        kind: opinion.kind.map(OpinionKind::code),
        text,
    });
    Ok(answers.collect())
}
