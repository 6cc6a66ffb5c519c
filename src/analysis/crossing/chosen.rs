//! Which tables can be chosen, and which go together.

use std::collections::BTreeSet;

use thiserror::Error;

use super::super::group::{CHANNEL, LEVEL, UNIT};
use super::super::input::{Measure, Questionnaire};
use super::document::Crosstab;

/// The most tables that a round may publish.
pub const MOST_TABLES: usize = 12;

/// A table that somebody chose.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Chosen {
    /// The questionnaire's code.
    pub questionnaire: String,
    /// Its version.
    pub version: u32,
    /// What makes the rows: `unit`, `level`, `channel`, the code of a stratum or of another question.
    pub by: String,
    /// The question whose answers are the columns.
    pub question: String,
}

/// Why a table cannot be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Unfit {
    /// There is no such questionnaire, question or group.
    #[error("there is no {0:?}")]
    Unknown(String),
    /// The question's answers are no list of which each form has one.
    #[error("the answers to {0:?} cannot be crossed")]
    Unlisted(String),
    /// Both are the same question.
    #[error("a question cannot be crossed with itself")]
    Itself,
    /// A stratum stands in the rows.
    #[error("{0:?} is a stratum and makes rows, not columns")]
    Stratum(String),
    /// The table is there already, maybe turned.
    #[error("this table is chosen already")]
    Twice,
    /// Other tables or rules join the two questions already.
    #[error("other tables or rules join the two questions already")]
    Ring,
    /// There are enough.
    #[error("a round publishes {MOST_TABLES} tables at most")]
    Many,
}

/// A table with what it is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) struct Place {
    /// The questionnaire.
    pub(in super::super) sheet: usize,
    pub(in super::super) rows: Rows,
    /// The question of the columns.
    pub(in super::super) column: usize,
}

/// What makes the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Rows {
    /// Groups that the release shows anyway.
    Groups,
    /// The answers to a question.
    Question(usize),
}

impl Chosen {
    /// Whether the table can be published beside `others`.
    ///
    /// # Errors
    /// Why not.
    pub fn fits(&self, questionnaires: &[Questionnaire], others: &[Self]) -> Result<(), Unfit> {
        let place = self.place(questionnaires)?;
        let is_same = |other: &&Self| {
            let pair = [(&self.by, &self.question), (&self.question, &self.by)];
            (&self.questionnaire, self.version) == (&other.questionnaire, other.version)
                && pair.contains(&(&other.by, &other.question))
        };
        if others.iter().any(|other| is_same(&other)) {
            return Err(Unfit::Twice);
        }
        if others.len() >= MOST_TABLES {
            return Err(Unfit::Many);
        }
        match place.rows {
            Rows::Question(row) if joined(questionnaires, place.sheet, others, row).contains(&place.column) => {
                Err(Unfit::Ring)
            }
            _ => Ok(()),
        }
    }

    /// Whether this is what it became.
    pub(in super::super) fn is_of(&self, table: &Crosstab) -> bool {
        (&self.questionnaire, self.version, &self.by, &self.question)
            == (&table.questionnaire, table.version, &table.by, &table.question)
    }

    /// Whether its rows are the answers to another question, and not groups that a release shows anyway.
    pub fn crosses_answers(&self, asked: &Questionnaire) -> bool {
        !asked.strata.contains(&self.by) && asked.questions.iter().any(|question| question.code == self.by)
    }

    pub(in super::super) fn place(&self, questionnaires: &[Questionnaire]) -> Result<Place, Unfit> {
        let unknown = |name: &String| Unfit::Unknown(name.clone());
        let is_meant = |asked: &Questionnaire| asked.code == self.questionnaire && asked.version == self.version;
        let sheet = questionnaires.iter().position(is_meant).ok_or_else(|| unknown(&self.questionnaire))?;
        let asked = &questionnaires[sheet];
        let question = |code: &String| asked.questions.iter().position(|question| question.code == *code);
        let column = question(&self.question).ok_or_else(|| unknown(&self.question))?;
        if asked.strata.contains(&self.by) || self.is_by_place(asked) {
            // how a school divides into grades is withheld everywhere
            if asked.strata.contains(&self.question) {
                return Err(Unfit::Stratum(self.question.clone()));
            }
            let is_listed = asked.questions[column].measure.is_listed();
            let unlisted = || Unfit::Unlisted(self.question.clone());
            return is_listed.then_some(Place { sheet, rows: Rows::Groups, column }).ok_or_else(unlisted);
        }
        let row = question(&self.by).ok_or_else(|| unknown(&self.by))?;
        self.two_questions(asked, row, column)?;
        Ok(Place { sheet, rows: Rows::Question(row), column })
    }

    /// A questionnaire about one level has no table of levels.
    fn is_by_place(&self, asked: &Questionnaire) -> bool {
        [UNIT, CHANNEL].contains(&&*self.by) || self.by == LEVEL && asked.levels.len() != 1
    }

    fn two_questions(&self, asked: &Questionnaire, row: usize, column: usize) -> Result<(), Unfit> {
        if row == column {
            return Err(Unfit::Itself);
        }
        if asked.strata.contains(&self.question) {
            return Err(Unfit::Stratum(self.question.clone()));
        }
        match [row, column].into_iter().find(|place| !asked.questions[*place].measure.divides()) {
            Some(place) => Err(Unfit::Unlisted(asked.questions[place].code.clone())),
            None => Ok(()),
        }
    }
}

impl Measure {
    /// Whether each form that has an answer stands in one cell, so that two such questions can be crossed.
    pub fn divides(&self) -> bool {
        match self {
            Self::Rating { .. } | Self::Single { .. } | Self::Class { .. } => true,
            Self::Number { bins, .. } => !bins.is_empty(),
            Self::Multiple { .. } | Self::Rank { .. } | Self::Counted | Self::Text => false,
        }
    }

    /// Whether its answers are counted in cells.
    pub fn is_listed(&self) -> bool {
        !self.cells().is_empty()
    }
}

/// The questions that tables, and rules about who is asked, join with one, directly or through others.
fn joined(questionnaires: &[Questionnaire], sheet: usize, tables: &[Chosen], question: usize) -> BTreeSet<usize> {
    let asked = &questionnaires[sheet];
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for place in 0..asked.questions.len() {
        pairs.extend(asked.deciding(place).into_iter().map(|deciding| (place, deciding)));
    }
    for table in tables.iter().filter_map(|table| table.place(questionnaires).ok()).filter(|at| at.sheet == sheet) {
        if let Rows::Question(row) = table.rows {
            pairs.push((row, table.column));
        }
    }
    let mut found = BTreeSet::from([question]);
    loop {
        let more = |(one, other): &&(usize, usize)| found.contains(one) != found.contains(other);
        match pairs.iter().find(more) {
            Some(&(one, other)) => found.extend([one, other]),
            None => return found,
        }
    }
}
