//! From stored forms to columns.

use std::collections::HashMap;
use std::sync::Arc;

use super::content::{self, Block, CHANNEL, Content, DAY, ID, LANG, MODE, PACE, UNIT};
use super::encoding;
use crate::analysis::frame::{BLOCK, Column, Encoding, Value};
use crate::catalogue::Published;
use crate::secret;
use crate::store::StoreError;
use crate::store::submissions::SubmissionRow;
use crate::survey::answer::{Answer, Slot};
use crate::survey::exclusion::Rule;
use crate::survey::question::{Measure, Question};
use crate::survey::raw::RawAnswers;
use crate::survey::submission::{Submission, restore};
use crate::vietnamese;

/// A full block: its number and its columns.
pub(super) type Filled = (i64, Vec<(String, Vec<u8>)>);

/// The forms of a round on their way into columns.
pub(super) struct Sheets {
    sheets: HashMap<i64, Sheet>,
    content: Content,
    units: HashMap<i64, usize>,
}

impl Sheets {
    pub(super) fn of(forms: &[Arc<Published>]) -> Self {
        let sheets = forms.iter().map(|form| (form.id, Sheet::of(form))).collect();
        Self { sheets, content: Content::default(), units: HashMap::new() }
    }

    /// Adds a form; returns a block when one is full.
    pub(super) fn push(&mut self, row: &SubmissionRow) -> Result<Option<Filled>, StoreError> {
        let damaged = |why: String| StoreError::corrupt("submission", why);
        let Some(sheet) = self.sheets.get_mut(&row.version_id) else {
            return Err(damaged("it names an unknown version".to_owned()));
        };
        let raw: RawAnswers<'_> = serde_json::from_str(&row.answers).map_err(|error| damaged(error.to_string()))?;
        let questionnaire = &sheet.form.questionnaire;
        let submission = restore(questionnaire, &raw).map_err(|wrong| damaged(format!("{wrong:?}")))?;
        let unit = *self.units.entry(row.unit_id).or_insert_with(|| {
            self.content.units.push(row.unit_id);
            self.content.units.len() - 1
        });
        let fixed = [
            unit,
            content::place(&mut self.content.channels, &*row.channel),
            content::place(&mut self.content.langs, &*row.lang),
            content::place(&mut self.content.modes, &*row.mode),
            content::place(&mut self.content.days, &row.submitted_on),
            content::place(&mut self.content.paces, &*row.pace),
        ];
        sheet.push(&row.id, fixed, &submission);
        Ok(if sheet.forms == BLOCK { sheet.fill(&mut self.content) } else { None })
    }

    /// What is left in blocks that are not full.
    pub(super) fn rest(mut self) -> (Vec<Filled>, Content) {
        let mut left: Vec<&mut Sheet> = self.sheets.values_mut().collect();
        left.sort_by_key(|sheet| sheet.form.id);
        let filled = left.into_iter().filter_map(|sheet| sheet.fill(&mut self.content)).collect();
        (filled, self.content)
    }
}

/// The forms of one version.
struct Sheet {
    form: Arc<Published>,
    forms: usize,
    ids: Vec<u8>,
    fixed: [(&'static str, Column); 6],
    /// One per question; none where nothing is counted.
    columns: Vec<Option<Column>>,
}

impl Sheet {
    fn of(form: &Arc<Published>) -> Self {
        let fixed = [
            (UNIT, Encoding::WidePlace),
            (CHANNEL, Encoding::Place),
            (LANG, Encoding::Place),
            (MODE, Encoding::Place),
            (DAY, Encoding::WidePlace),
            (PACE, Encoding::Place),
        ];
        Self {
            form: form.clone(),
            forms: 0,
            ids: Vec::new(),
            fixed: fixed.map(|(name, encoding)| (name, Column::new(encoding))),
            columns: form.layout.measures().iter().map(|measure| encoding(measure).map(Column::new)).collect(),
        }
    }

    fn push(&mut self, id: &[u8], fixed: [usize; 6], submission: &Submission) {
        self.forms += 1;
        self.ids.extend(id);
        for ((_, column), place) in self.fixed.iter_mut().zip(fixed) {
            column.push(Value::Place(place));
        }
        let questions = self.form.questionnaire.questions.iter().zip(self.form.layout.measures());
        for (((question, measure), slot), column) in questions.zip(&submission.slots).zip(&mut self.columns) {
            if let Some(column) = column {
                column.push(value(question, measure, slot));
            }
        }
    }

    /// Takes the block that is there, unless it is empty.
    fn fill(&mut self, content: &mut Content) -> Option<Filled> {
        if self.forms == 0 {
            return None;
        }
        let number = i64::try_from(content.blocks.len()).ok()?;
        content.blocks.push(Block { version: self.form.id, forms: self.forms });
        self.forms = 0;
        let questions = self.form.questionnaire.questions.iter().zip(&mut self.columns);
        let asked = questions.filter_map(|(question, column)| Some((question.code.clone(), column.as_mut()?.take())));
        let fixed = self.fixed.iter_mut().map(|(name, column)| ((*name).to_owned(), column.take()));
        let ids = (ID.to_owned(), std::mem::take(&mut self.ids));
        Some((number, asked.chain(fixed).chain([ids]).collect()))
    }
}

/// What a form says to a question, as its column has it.
fn value<'a>(question: &Question, measure: &Measure, slot: &'a Slot) -> Value<'a> {
    let answer = match slot {
        Slot::NotAsked => return Value::NotAsked,
        Slot::Skipped => return Value::Skipped,
        Slot::Answered(answer) => answer,
    };
    match answer {
        Answer::Choice(place) => Value::Place(*place),
        Answer::NotApplicable => Value::NotApplicable,
        Answer::Other(_) => Value::Other,
        Answer::Choices { places, .. } => Value::Places(places),
        Answer::Number(number) => Value::Number(*number),
        Answer::Decimal(number) => Value::Number(number.get()),
        Answer::Text(text) => Value::Text(mark(text)),
        Answer::Date(_) | Answer::Time(_) => class(question, measure, answer),
        Answer::Ticked | Answer::Pictures { .. } => Value::Place(0),
    }
}

/// The class that the kind counts the answer in; where it has no classes, that there is an answer.
fn class(question: &Question, measure: &Measure, answer: &Answer) -> Value<'static> {
    let mut cells = vec![0; measure.cells()];
    question.kind.tally(answer, &mut cells);
    Value::Place(cells.iter().position(|cell| *cell != 0).unwrap_or(0))
}

/// What two texts have in common that say the same, whatever their marks, letters and spaces; none for short ones.
fn mark(text: &str) -> Option<u64> {
    let folded = vietnamese::fold(text);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let hash = secret::digest(words.join(" ").as_bytes());
    (words.len() >= Rule::SAME_WORDS).then(|| u64::from_le_bytes(std::array::from_fn(|at| hash[at])))
}
