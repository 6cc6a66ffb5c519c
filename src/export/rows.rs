//! A round's forms, row by row.

use std::collections::HashMap;
use std::sync::Arc;

use super::columns::Columns;
use super::excluded::{self, Count, Excluded, Marks};
use super::filter::Filter;
use super::fitting::{asks, below, checked, names};
use super::fixed;
use super::line::{Line, NOWHERE};
use super::mistake::Mistake;
use super::reader::Pages;
use super::sheet::Sheet;
use super::variable::Variable;
use super::wanted::{Selection, Wanted};
use crate::analysis::method::{Method, Reach};
use crate::catalogue::{Catalogue, Published};
use crate::store::left_out;
use crate::store::rounds::RoundRow;
use crate::store::submissions::SubmissionRow;
use crate::store::{Store, StoreError, round_methods, rounds, tallies};
use crate::survey::question::{ExportStyle, Phrases};
use crate::survey::questionnaire::Questionnaire;
use crate::survey::raw::RawAnswers;
use crate::survey::text::Lang;

/// Why a file cannot be prepared.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// What was asked for does not fit the round.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Mistakes(Vec<Mistake>),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The rows of a round that somebody wants, ready to be read.
pub struct Rows {
    store: Store,
    /// The round.
    pub round: RoundRow,
    /// What was asked for.
    pub wanted: Wanted,
    /// Which forms, in words.
    pub selection: String,
    /// What the columns are about, those about the form first.
    pub variables: Vec<Variable>,
    /// The questionnaires whose forms may be among them.
    pub forms: Vec<Arc<Published>>,
    /// How many forms of the selection count in no figure.
    pub excluded: Count,
    /// How people were reached.
    pub reach: Reach,
    /// How the sample was drawn, in words; empty where none was.
    pub basis: String,
    units: HashMap<i64, (String, String)>,
    sheets: HashMap<i64, Sheet>,
    filter: Filter,
    marks: Marks,
    /// Forms of the round, about.
    total: i64,
    style: ExportStyle,
}

impl Rows {
    /// Prepares what somebody wants of a round; labels of columns and cells are in the language of `phrases`.
    ///
    /// # Errors
    /// [`Refused`]
    pub fn prepare(
        store: &Store,
        catalogue: &Catalogue,
        round: &RoundRow,
        wanted: &Wanted,
        phrases: &dyn Phrases,
    ) -> Result<Self, Refused> {
        let (all, named, out, total, decided) = store.read_now(|db| {
            let (all, named) = (catalogue.of_round(db, round.id)?, rounds::units(db, round.id)?);
            let (out, total) = (left_out::of_round(db, round.id)?, tallies::submissions(db, round.id)?);
            Ok((all, named, out, total, round_methods::decided(db, round.id)?))
        })?;
        let forms: Vec<Arc<Published>> = all.iter().filter(|form| asks(&wanted.selection, form)).cloned().collect();
        let below = store.read_now(|db| below(db, &wanted.selection.units, &named))?;
        let below = checked(&wanted.selection, (&all, &forms), below).map_err(Refused::Mistakes)?;
        let selection = store.read_now(|db| wanted.selection_in_words(db, &all, phrases))?;
        let style = style(wanted, phrases.lang());
        let questionnaires: Vec<&Questionnaire> = all.iter().map(|form| &form.questionnaire).collect();
        let columns = Columns::of(&questionnaires, style, phrases);
        let kept = kept(&columns.variables, &wanted.selection, &forms);
        let mut variables = fixed::variables(&all, phrases);
        variables.extend(columns.variables.into_iter().zip(&kept).filter(|(_, at)| **at != NOWHERE).map(|(v, _)| v));
        if wanted.excluded == Excluded::Also {
            variables.push(excluded::variable(phrases));
        }
        let versions = (forms.len() < all.len()).then(|| forms.iter().map(|form| form.id).collect());
        let filter = Filter::of(&wanted.selection, below, versions);
        let (marks, excluded) = Marks::of(out.into_iter().filter(|row| filter.takes_left_out(row)), wanted.excluded);
        let no_answers: Arc<[&'static str]> = variables.iter().map(|variable| variable.no_answer.code()).collect();
        let sheets = all.into_iter().zip(columns.places).filter(|(form, _)| asks(&wanted.selection, form));
        let sheets = sheets.map(|(form, mut places)| {
            places.iter_mut().flatten().for_each(|at| *at = kept[*at]);
            (form.id, Sheet::of(form, places, no_answers.clone()))
        });
        Ok(Self {
            store: store.clone(),
            round: round.clone(),
            wanted: wanted.clone(),
            selection,
            variables,
            forms,
            units: named.into_iter().map(|unit| (unit.id, (unit.code, unit.name))).collect(),
            sheets: sheets.collect(),
            excluded,
            reach: decided.as_ref().map_or(Method::USUAL, |row| row.method).reach,
            basis: decided.map(|row| row.basis).unwrap_or_default(),
            filter,
            marks,
            total,
            style,
        })
    }

    /// How many rows the file will have at most; by the counters of the round, as long as these tell whether it is more than
    /// `enough`. It is more than that only if there will be more rows than that.
    ///
    /// # Errors
    /// The database failed.
    pub fn at_most(&self, enough: i64) -> Result<i64, StoreError> {
        let left_out = match self.wanted.excluded {
            Excluded::Out => i64::try_from(self.excluded.forms).unwrap_or(i64::MAX),
            Excluded::Also => 0,
        };
        let enough = enough.saturating_add(left_out);
        let fitting = self.store.read_now(|db| self.filter.at_most(db, self.round.id, enough))?;
        Ok((fitting - left_out).max(0))
    }

    /// Works on every row and returns how many there were; `progress` is told meanwhile how many there are so far.
    pub(super) fn each<E: From<StoreError>>(
        &self,
        mut work: impl FnMut(&Line) -> Result<(), E>,
        progress: &mut dyn FnMut(u64),
    ) -> Result<u64, E> {
        let mut taken = 0;
        let mut line = Line::new(self.variables.len());
        for page in Pages::read(&self.store, (self.round.id, self.total), self.filter.chosen())? {
            for row in &page? {
                if self.filter.takes_row(row) && self.fill(row, &mut line)? {
                    work(&line)?;
                    taken += 1;
                }
            }
            progress(taken);
        }
        Ok(taken)
    }

    /// Fills the line; says whether the form is one of those that are wanted.
    fn fill(&self, row: &SubmissionRow, line: &mut Line) -> Result<bool, StoreError> {
        let Some(sheet) = self.sheets.get(&row.version_id) else { return Ok(false) };
        let mark = self.marks.of_form(&row.id);
        if mark.is_some() && self.wanted.excluded == Excluded::Out {
            return Ok(false);
        }
        line.clear();
        if sheet.answers(&row.answers, self.style, line).is_err() {
            line.clear();
            let damaged = |error: serde_json::Error| StoreError::corrupt("submission", error.to_string());
            sheet.unusual_answers(&RawAnswers::stored(&row.answers).map_err(damaged)?, self.style, line);
        }
        self.about(row, sheet, line);
        if let Some(rules) = mark {
            line.put(self.variables.len() - 1, rules);
        }
        Ok(true)
    }

    fn about(&self, row: &SubmissionRow, sheet: &Sheet, line: &mut Line) {
        let (unit, unit_name) = self.units.get(&row.unit_id).map_or(("", ""), |(code, name)| (code, name));
        line.write(0, |text| data_encoding::HEXLOWER.encode_append(&row.id, text));
        let texts: [&str; 8] =
            [&self.round.slug, unit, unit_name, &sheet.level, &row.channel, &row.lang, &sheet.version, &row.mode];
        for (at, cell) in (1..).zip(texts) {
            line.put(at, self.shown(at, cell));
        }
        line.put(fixed::NAMES.len() - 1, &row.submitted_on.to_string());
    }

    /// What stands in a column about the form: the label of the code, where labels are wanted and the codebook has one.
    fn shown<'a>(&'a self, at: usize, code: &'a str) -> &'a str {
        let variable = self.variables.get(at).filter(|_| self.style.labels.is_some());
        let known = variable.and_then(|variable| variable.meanings.iter().find(|meaning| meaning.code == code));
        known.map_or(code, |meaning| &meaning.label)
    }
}

/// How cells are written; labels in this language.
fn style(wanted: &Wanted, lang: Lang) -> ExportStyle {
    ExportStyle { labels: wanted.has_labels().then_some(lang), split: wanted.is_split(), comma: wanted.has_comma() }
}

/// For each column of the questions its place in the file, or [`NOWHERE`]. Columns keep the names that they have in the whole
/// file, so that two files of one round agree.
fn kept(variables: &[Variable], selection: &Selection, forms: &[Arc<Published>]) -> Vec<usize> {
    let is_wanted = |variable: &Variable| {
        let asked =
            || variable.questionnaires.iter().filter(|code| forms.iter().any(|f| f.questionnaire.code == **code));
        let chosen = |code: &String| asked().any(|form| names(code, &variable.question, form));
        asked().next().is_some() && (selection.questions.is_empty() || selection.questions.iter().any(chosen))
    };
    let mut next = fixed::NAMES.len();
    let place = |variable: &Variable| {
        if is_wanted(variable) {
            next += 1;
            next - 1
        } else {
            NOWHERE
        }
    };
    variables.iter().map(place).collect()
}
