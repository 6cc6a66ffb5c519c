//! A published cross-table for a page.

use super::Names;
use crate::analysis::{CrossCell, Crosstab, Withheld};
use crate::web::words::Words;

/// A cross-table in a reader's words.
#[derive(Debug)]
pub struct CrossView {
    /// The question whose answers are the columns.
    pub title: String,
    /// What makes the rows.
    pub by: String,
    /// The questionnaire.
    pub sheet: String,
    /// The answers.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<CrossLine>,
    /// How much is withheld.
    pub said: String,
    /// Whether all of it is.
    pub is_withheld: bool,
}

/// A row.
#[derive(Debug)]
pub struct CrossLine {
    /// The group or the answer.
    pub name: String,
    /// How many answered; none: withheld.
    pub n: Option<String>,
    /// Count and share; none: withheld.
    pub cells: Vec<Option<(String, Option<String>)>>,
}

impl CrossView {
    /// A table.
    pub fn new(table: &Crosstab, k: u64, names: &Names<'_>) -> Self {
        let (form, words) = (names.form(&table.questionnaire, table.version), names.words);
        let first = table.rows.first().map(|row| row.cells.as_slice()).unwrap_or_default();
        let line = |row: &crate::analysis::CrossRow| CrossLine {
            name: names.key(form, &table.by, &row.key),
            n: row.n.map(|n| number(words, n)),
            cells: row.cells.iter().map(|cell| shown(cell, words)).collect(),
        };
        Self {
            title: names.question(form, &table.question),
            by: names.rows(form, &table.by),
            sheet: names.sheet(&table.questionnaire, table.version),
            columns: first.iter().map(|cell| names.answer(form, &table.question, &cell.code)).collect(),
            rows: table.rows.iter().map(line).collect(),
            said: said(table, names.is_of_groups(form, &table.by), k, words),
            is_withheld: table.suppressed,
        }
    }
}

fn number(words: Words, n: u64) -> String {
    words.number(i64::try_from(n).unwrap_or(i64::MAX))
}

fn shown(cell: &CrossCell, words: Words) -> Option<(String, Option<String>)> {
    let percent = cell.percent.as_ref().map(|percent| words.per_cent(percent));
    cell.n.map(|n| (number(words, n), percent))
}

fn said(table: &Crosstab, is_of_groups: bool, k: u64, words: Words) -> String {
    let all: usize = table.rows.iter().map(|row| row.cells.len()).sum();
    let values = [("hidden", number(words, table.hidden)), ("all", number(words, all as u64)), ("k", k.to_string())];
    match (table.suppressed, table.hidden) {
        (true, _) if table.why == Some(Withheld::Late) => words.say("released-table-late"),
        (true, _) if is_of_groups => words.say("released-groups-withheld"),
        (true, _) => words.say("released-table-withheld"),
        (false, n) if n > 0 && is_of_groups => words.fill("released-groups-hidden", values),
        (false, 0) => words.say("released-table-whole"),
        (false, _) => words.fill("released-table-hidden", values),
    }
}
