//! The order of the packed counters: which cell of a tally counts what, for one questionnaire.
//!
//! Every question has three cells – asked, answered, not applicable – and then those of its kind.

use super::answer::{Answer, Slot};
use super::question::Measure;
use super::questionnaire::Questionnaire;

/// Cells before those of the kind.
pub const COMMON: usize = 3;

/// Where each question's cells begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    starts: Vec<usize>,
    measures: Vec<Measure>,
    len: usize,
}

impl Layout {
    /// The layout of a questionnaire; it never changes, because a published questionnaire never does.
    pub fn of(questionnaire: &Questionnaire) -> Self {
        let measures: Vec<Measure> = questionnaire.questions.iter().map(|question| question.kind.measure()).collect();
        let mut len = 0;
        let starts = measures
            .iter()
            .map(|measure| {
                let start = len;
                if *measure != Measure::Nothing {
                    len += COMMON + measure.cells();
                }
                start
            })
            .collect();
        Self { starts, measures, len }
    }

    /// How many cells a tally has.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether nothing is counted.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The answers that a question lists, of which it takes one; of any other question none. A quota can name these.
    pub fn listed(&self, question: usize) -> &[String] {
        match self.measures().get(question) {
            Some(Measure::Single { codes, .. } | Measure::Rating { codes, .. }) => codes,
            _ => &[],
        }
    }

    /// What each question counts.
    pub fn measures(&self) -> &[Measure] {
        &self.measures
    }

    /// One question's cells: asked, answered, not applicable, then its kind's.
    pub fn cells<'c>(&self, cells: &'c [i64], question: usize) -> &'c [i64] {
        let (start, end) = self.span(question);
        cells.get(start..end).unwrap_or_default()
    }

    /// Adds one submission.
    pub fn count(&self, questionnaire: &Questionnaire, slots: &[Slot], cells: &mut [i64]) {
        for (place, (question, slot)) in questionnaire.questions.iter().zip(slots).enumerate() {
            let (start, end) = self.span(place);
            if start == end || *slot == Slot::NotAsked {
                continue;
            }
            let own = &mut cells[start..end];
            own[0] += 1;
            match slot.answer() {
                None => {}
                Some(Answer::NotApplicable) => own[2] += 1,
                Some(answer) => {
                    own[1] += 1;
                    question.kind.tally(answer, &mut own[COMMON..]);
                }
            }
        }
    }

    fn span(&self, question: usize) -> (usize, usize) {
        let start = self.starts.get(question).copied().unwrap_or(self.len);
        match self.measures.get(question) {
            None | Some(Measure::Nothing) => (start, start),
            Some(measure) => (start, start + COMMON + measure.cells()),
        }
    }
}
