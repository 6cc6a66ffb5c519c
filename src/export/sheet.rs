//! Where the answers of one questionnaire stand in a line.

use std::sync::Arc;

use super::line::{Cells, Line, NOWHERE};
use crate::catalogue::Published;
use crate::survey::question::ExportStyle;
use crate::survey::raw::{Raw, RawAnswers};
use crate::survey::stored::{Stored, Unusual, named};

/// Where one questionnaire's columns stand among those of the round.
pub(super) struct Sheet {
    form: Arc<Published>,
    /// What is said of its forms: the questionnaire with its version.
    pub version: String,
    /// The code of its level.
    pub level: String,
    questions: Vec<Columns>,
    /// Per column of the file, what its cells say where nobody answered.
    no_answers: Arc<[&'static str]>,
}

/// The columns of one question.
struct Columns {
    /// Its name, and that of what was written beside “other”, as they stand in stored answers.
    names: [String; 2],
    places: Vec<usize>,
    is_wanted: bool,
}

impl Sheet {
    /// Of a questionnaire whose questions have these places in a file with these codes for “not answered”.
    pub fn of(form: Arc<Published>, places: Vec<Vec<usize>>, no_answers: Arc<[&'static str]>) -> Self {
        let questions = form.questionnaire.questions.iter().zip(places).map(|(question, places)| Columns {
            names: [named(&question.code), named(&format!("{}_other", question.code))],
            is_wanted: places.iter().any(|at| *at != NOWHERE),
            places,
        });
        Self {
            questions: questions.collect(),
            version: format!("{}/{}", form.questionnaire.code, form.version),
            level: form.questionnaire.level_code().to_owned(),
            form,
            no_answers,
        }
    }

    /// Puts the answers into the line. Members stand in the questionnaire's order, `_other` right behind its question.
    ///
    /// # Errors
    /// They are not written as the product writes them; the line has some of them.
    pub fn answers(&self, stored: &str, style: ExportStyle, line: &mut Line) -> Result<(), Unusual> {
        let mut stored = Stored::of(stored)?;
        for (at, columns) in self.questions.iter().enumerate() {
            if let Some(raw) = stored.take(&columns.names[0])? {
                let other = stored.take(&columns.names[1])?;
                self.put(at, &raw, other.as_ref(), style, line);
            }
        }
        if stored.is_over() { Ok(()) } else { Err(Unusual) }
    }

    /// The same of answers that are written otherwise.
    pub fn unusual_answers(&self, stored: &RawAnswers<'_>, style: ExportStyle, line: &mut Line) {
        let mut members = stored.iter().peekable();
        for (at, question) in self.form.questionnaire.questions.iter().enumerate() {
            let Some((_, raw)) = members.next_if(|(name, _)| *name == question.code) else { continue };
            let other = members
                .next_if(|(name, _)| name.strip_suffix("_other").is_some_and(|base| base == question.code))
                .map(|(_, raw)| raw);
            self.put(at, raw, other, style, line);
        }
    }

    fn put(&self, at: usize, raw: &Raw<'_>, other: Option<&Raw<'_>>, style: ExportStyle, line: &mut Line) {
        let Columns { places, is_wanted, .. } = &self.questions[at];
        if !is_wanted {
            return;
        }
        let mut cells = Cells { line, places: places.iter() };
        match raw {
            Raw::Null => places.iter().for_each(|at| cells.line.put(*at, self.no_answers.get(*at).unwrap_or(&""))),
            raw => self.form.questionnaire.questions[at].kind.export(raw, other, style, &mut cells),
        }
    }
}
