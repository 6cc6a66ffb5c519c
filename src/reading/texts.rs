//! The answers of a round in memory.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDateTime;

use crate::analysis::text::{Builder, Corpus, Phrases};
use crate::catalogue::Published;
use crate::store::{Store, StoreError, open_answers};
use crate::survey::opinion::{OpinionKind, Satisfaction};
use crate::survey::text::Lang;

/// More are not kept in memory. Ids are random, so the first so many are a fair sample of all.
pub(super) const MOST_ANSWERS: usize = 400_000;
/// Answers per page.
const PAGE: usize = 5000;

/// Who wrote an answer where, as far as the form says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Its id.
    pub id: i64,
    /// The place of its question's code in [`Texts::questions`].
    pub question: u16,
    /// The place of the questionnaire in [`Texts::forms`].
    pub form: u16,
    /// The unit.
    pub unit: i64,
    /// The language of the form.
    pub lang: Lang,
    /// How content the form is.
    pub satisfaction: Option<Satisfaction>,
    /// Which kind of message it is.
    pub kind: Option<OpinionKind>,
}

/// The open answers of a round, in the order of their random ids; all lists have the same places.
#[derive(Debug)]
pub struct Texts {
    /// What was written.
    pub corpus: Corpus,
    /// The phrases that occur in it.
    pub phrases: Phrases,
    /// Who wrote it where.
    pub answers: Vec<Answer>,
    /// The questionnaires of the round.
    pub forms: Vec<Arc<Published>>,
    /// The codes of questions that were answered.
    pub questions: Vec<String>,
    /// How many answers the round has, where those in memory are a sample of them; none: they are all.
    pub sample_of: Option<i64>,
    /// Answers that came in before this moment, UTC, are among them.
    pub compared_at: NaiveDateTime,
    /// What was in the database when it was read.
    pub(super) stamp: (i64, i64, i64, bool),
}

impl Texts {
    pub(super) fn read(
        store: &Store,
        round_id: i64,
        forms: Vec<Arc<Published>>,
        (stamp, compared_at): ((i64, i64, i64, bool), NaiveDateTime),
        most: usize,
    ) -> Result<Self, StoreError> {
        let places: HashMap<i64, u16> = forms.iter().map(|form| form.id).zip(0..).collect();
        let (mut builder, mut answers, mut after) = (Builder::default(), Vec::new(), -1);
        let mut questions: Vec<String> = Vec::new();
        let mut db = store.connect()?;
        while answers.len() < most {
            let some = i64::try_from(PAGE.min(most - answers.len())).unwrap_or(i64::MAX);
            let page = open_answers::page(&mut db, round_id, after, some)?;
            let Some(last) = page.last() else { break };
            after = last.id;
            for row in page {
                let unknown = || StoreError::corrupt("open_answer", "it names an unknown version");
                let known = questions.iter().position(|code| *code == row.question);
                let question = known.unwrap_or_else(|| {
                    questions.push(row.question.clone());
                    questions.len() - 1
                });
                builder.push(&row.text);
                answers.push(Answer {
                    id: row.id,
                    question: u16::try_from(question).unwrap_or(u16::MAX),
                    form: *places.get(&row.version_id).ok_or_else(unknown)?,
                    unit: row.unit_id,
                    lang: row.lang.parse().unwrap_or(Lang::VI),
                    satisfaction: row.satisfaction.as_deref().and_then(Satisfaction::from_code),
                    kind: row.kind.as_deref().and_then(OpinionKind::from_code),
                });
            }
        }
        let corpus = builder.finish();
        let phrases = Phrases::of(&corpus);
        let all = if answers.len() < most { None } else { Some(open_answers::count(&mut db, round_id)?) };
        let sample_of = all.filter(|all| usize::try_from(*all).is_ok_and(|all| all > answers.len()));
        Ok(Self { corpus, phrases, answers, forms, questions, sample_of, compared_at, stamp })
    }

    /// The place of an answer.
    pub fn place(&self, id: i64) -> Option<usize> {
        self.answers.binary_search_by_key(&id, |answer| answer.id).ok()
    }

    /// The code of the level that an answer is about.
    pub fn level(&self, answer: &Answer) -> &'static str {
        let form = self.forms.get(usize::from(answer.form));
        form.map_or(crate::survey::code::EVERY_LEVEL, |form| form.questionnaire.level_code())
    }
}
