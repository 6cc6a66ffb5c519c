//! A round's forms, row by row.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;

use super::columns::Columns;
use super::excluded::{self, Count, Excluded, Marks};
use super::fixed;
use super::line::{Line, NOWHERE};
use super::mistake::Mistake;
use super::reader::Pages;
use super::sheet::Sheet;
use super::variable::Variable;
use super::wanted::{Selection, Wanted};
use crate::analysis::method::{Method, Reach};
use crate::catalogue::{Catalogue, Published};
use crate::store::left_out::{self, LeftOutRow};
use crate::store::rounds::{NamedUnit, RoundRow};
use crate::store::submissions::SubmissionRow;
use crate::store::{Db, Store, StoreError, round_methods, rounds, tallies, units};
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

/// Which forms are wanted; an empty set of a kind means that none is.
#[derive(Default)]
struct Filter {
    units: Option<HashSet<i64>>,
    channels: Vec<String>,
    languages: Vec<String>,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
}

impl Filter {
    /// Looked at here and not in SQL: with more conditions a planner may leave the order of the ids, and sort the round.
    fn takes(&self, (unit_id, channel, lang, on): (i64, &str, &str, NaiveDate)) -> bool {
        let named = |list: &[String], code: &str| list.is_empty() || list.iter().any(|known| known == code);
        self.units.as_ref().is_none_or(|units| units.contains(&unit_id))
            && named(&self.channels, channel)
            && named(&self.languages, lang)
            && self.from.is_none_or(|from| on >= from)
            && self.to.is_none_or(|to| on <= to)
    }

    fn takes_row(&self, row: &SubmissionRow) -> bool {
        self.takes((row.unit_id, &row.channel, &row.lang, row.submitted_on))
    }
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
        let mut mistakes = unknown(&wanted.selection, &all);
        let below = store.read_now(|db| below(db, &wanted.selection.units, &named, &mut mistakes))?;
        if !mistakes.is_empty() {
            return Err(Refused::Mistakes(mistakes));
        }
        let selection = store.read_now(|db| wanted.selection_in_words(db, &all, phrases))?;
        let style = style(wanted, phrases.lang());
        let questionnaires: Vec<&Questionnaire> = all.iter().map(|form| &form.questionnaire).collect();
        let columns = Columns::of(&questionnaires, style, phrases);
        let forms: Vec<Arc<Published>> = all.iter().filter(|form| asks(&wanted.selection, form)).cloned().collect();
        let kept = kept(&columns.variables, &wanted.selection, &forms);
        let mut variables = fixed::variables(&all, phrases);
        variables.extend(columns.variables.into_iter().zip(&kept).filter(|(_, at)| **at != NOWHERE).map(|(v, _)| v));
        if wanted.excluded == Excluded::Also {
            variables.push(excluded::variable(phrases));
        }
        let filter = filter(&wanted.selection, below);
        let is_wanted = |row: &LeftOutRow| {
            forms.iter().any(|form| form.id == row.version_id)
                && filter.takes((row.unit_id, &row.channel, &row.lang, row.submitted_on))
        };
        let (marks, excluded) = Marks::of(out.into_iter().filter(is_wanted), wanted.excluded);
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

    /// Works on every row and returns how many there were; `progress` is told how many forms of the round were looked at.
    pub(super) fn each<E: From<StoreError>>(
        &self,
        mut work: impl FnMut(&Line) -> Result<(), E>,
        progress: &mut dyn FnMut(u64),
    ) -> Result<u64, E> {
        let (mut seen, mut taken) = (0, 0);
        let mut line = Line::new(self.variables.len());
        for page in Pages::read(&self.store, self.round.id, self.total)? {
            let page = page?;
            for row in &page {
                if self.filter.takes_row(row) && self.fill(row, &mut line)? {
                    work(&line)?;
                    taken += 1;
                }
            }
            seen += page.len() as u64;
            progress(seen);
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

/// Whether forms of this questionnaire are wanted.
fn asks(selection: &Selection, form: &Published) -> bool {
    let named = |list: &[String], code: &str| list.is_empty() || list.iter().any(|known| known == code);
    named(&selection.questionnaires, &form.questionnaire.code)
        && named(&selection.levels, form.questionnaire.level_code())
}

/// Whether somebody knows a code.
type Knows<'a> = &'a dyn Fn(&str) -> bool;

/// Codes that none of these questionnaires has.
fn unknown(selection: &Selection, forms: &[Arc<Published>]) -> Vec<Mistake> {
    let any = |is: &dyn Fn(&Questionnaire) -> bool| forms.iter().any(|form| is(&form.questionnaire));
    let languages: Vec<String> = selection.languages.iter().map(ToString::to_string).collect();
    let lists: [(&'static str, &[String], Knows<'_>); 4] = [
        ("lang", &languages, &|code| any(&|form| form.languages.iter().any(|lang| lang.code() == code))),
        ("level", &selection.levels, &|code| any(&|form| form.level_code() == code)),
        ("questionnaire", &selection.questionnaires, &|code| any(&|form| form.code == code)),
        ("question", &selection.questions, &|code| {
            any(&|form| {
                form.questions.iter().any(|question| question.has_answers() && names(code, &question.code, &form.code))
            })
        }),
    ];
    let missing = lists.into_iter().flat_map(|(name, codes, knows)| {
        codes.iter().filter(|code| !knows(code)).map(move |code| Mistake::Unknown { name, code: code.clone() })
    });
    missing.collect()
}

/// Whether this is how somebody calls a question: `A1`, or `A1@QUESTIONNAIRE` as columns are called.
fn names(wanted: &str, question: &str, questionnaire: &str) -> bool {
    wanted.strip_prefix(question).is_some_and(|rest| rest.is_empty() || rest.strip_prefix('@') == Some(questionnaire))
}

/// The round's units at or below these.
fn below(
    db: &mut Db,
    codes: &[String],
    named: &[NamedUnit],
    mistakes: &mut Vec<Mistake>,
) -> Result<Option<HashSet<i64>>, StoreError> {
    if codes.is_empty() {
        return Ok(None);
    }
    let mut found = HashSet::new();
    for code in codes {
        let below = match units::by_code(db, code)? {
            Some(unit) => units::subtree(db, unit.id)?,
            None => HashSet::new(),
        };
        let own: Vec<i64> = named.iter().map(|unit| unit.id).filter(|id| below.contains(id)).collect();
        if own.is_empty() {
            mistakes.push(Mistake::Unknown { name: "unit", code: code.clone() });
        }
        found.extend(own);
    }
    Ok(Some(found))
}

fn filter(selection: &Selection, units: Option<HashSet<i64>>) -> Filter {
    Filter {
        units,
        channels: selection.channels.iter().map(ToString::to_string).collect(),
        languages: selection.languages.iter().map(ToString::to_string).collect(),
        from: selection.from,
        to: selection.to,
    }
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
