//! What is wrong with a file, or what it would change.

use super::{count, label};
use crate::survey::unit::{Changes, Column, Problem, RowError};
use crate::web::words::Words;

/// How many rows of each list the page shows.
const SHOWN: usize = 200;

/// What the page lists.
pub(super) struct Errors {
    pub(super) caption: String,
    pub(super) rows: Vec<ErrorRow>,
    pub(super) more: Option<String>,
}

/// What the page lists.
pub(super) struct ErrorRow {
    pub(super) place: String,
    pub(super) column: String,
    pub(super) found: String,
    pub(super) sentence: String,
}

/// What the file would do.
pub(super) struct Trial {
    pub(super) new: String,
    pub(super) changed: String,
    pub(super) unchanged: String,
    pub(super) new_rows: Vec<(String, String)>,
    pub(super) changed_rows: Vec<(String, Vec<String>)>,
    pub(super) more: Option<String>,
    pub(super) is_nothing: bool,
    /// Which rows are sums and are not imported.
    pub(super) left_out: Option<String>,
}

fn more(words: Words, all: usize) -> Option<String> {
    (all > SHOWN).then(|| words.with("units-more", "n", count(all - SHOWN)))
}

impl Errors {
    /// `heading` tells what stands above a column in the file.
    pub(super) fn new(errors: &[RowError], heading: impl Fn(Column) -> Option<String>, words: Words) -> Self {
        let named = |column| heading(column).unwrap_or_else(|| label(column, words));
        let rows = ErrorRow::all(errors, named, words);
        Self {
            caption: words.with("units-error-count", "n", count(rows.len())),
            more: more(words, rows.len()),
            rows: rows.into_iter().take(SHOWN).collect(),
        }
    }
}

impl ErrorRow {
    /// A row for each mistake; but columns that are missing share one, because they are added in one place.
    fn all(errors: &[RowError], named: impl Fn(Column) -> String, words: Words) -> Vec<Self> {
        let is_missing = |error: &&RowError| error.problem == Problem::MissingColumn;
        let columns = errors.iter().filter(is_missing).filter_map(|e| e.column);
        let missing: Vec<String> = columns.map(|column| label(column, words)).collect();
        let mut rows: Vec<Self> =
            errors.iter().filter(|error| !is_missing(error)).map(|error| Self::new(error, &named, words)).collect();
        match errors.iter().find(is_missing) {
            Some(first) if missing.len() > 1 => rows.push(Self {
                column: missing.join(", "),
                sentence: words.say("unit-error-missing-columns"),
                ..Self::new(first, &named, words)
            }),
            Some(only) => rows.push(Self::new(only, &named, words)),
            None => {}
        }
        rows
    }

    fn new(error: &RowError, named: impl Fn(Column) -> String, words: Words) -> Self {
        let place = match error.row {
            Some(row) => words.with("units-row", "n", row),
            None => words.say("units-whole-file"),
        };
        Self {
            place,
            column: error.column.map(named).unwrap_or_default(),
            found: error.found.clone(),
            sentence: sentence(error, words),
        }
    }
}

/// What is wrong, in words.
pub(in crate::web::manage::units) fn sentence(error: &RowError, words: Words) -> String {
    let values = [("found", error.found.clone()), ("detail", error.detail.clone())];
    words.fill(&format!("unit-error-{}", error.problem), values)
}

impl Trial {
    pub(super) fn new(changes: &Changes, left_out: &[usize], words: Words) -> Self {
        let none = || words.say("units-empty-value");
        let value = |text: &str| if text.is_empty() { none() } else { text.to_owned() };
        let new = changes.new.iter().take(SHOWN);
        let changed = changes.changed.iter().take(SHOWN);
        Self {
            new: count(changes.new.len()),
            changed: count(changes.changed.len()),
            unchanged: count(changes.unchanged),
            new_rows: new.map(|unit| (unit.code.to_string(), unit.name.clone())).collect(),
            changed_rows: changed
                .map(|changed| {
                    let fields = changed.fields.iter();
                    let lines =
                        fields.map(|f| format!("{}: {} → {}", label(f.column, words), value(&f.old), value(&f.new)));
                    (format!("{} · {}", changed.unit.code, changed.unit.name), lines.collect())
                })
                .collect(),
            more: more(words, changes.new.len().max(changes.changed.len())),
            is_nothing: changes.is_empty(),
            left_out: (!left_out.is_empty()).then(|| {
                let rows = left_out.iter().take(SHOWN).map(|row| words.with("units-row", "n", row));
                words.with("units-left-out", "rows", rows.collect::<Vec<_>>().join(", "))
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::text::Lang;

    #[test]
    fn every_problem_has_a_sentence_in_both_languages() {
        for lang in [Lang::VI, Lang::EN] {
            for problem in Problem::ALL {
                let (found, detail) = ("X".to_owned(), "Y".to_owned());
                let error = RowError { row: Some(2), column: None, problem: *problem, found, detail };
                let sentence = sentence(&error, Words(lang));
                assert!(sentence.len() > 20 && !sentence.contains("unit-error"), "{problem} in {lang}: {sentence}");
            }
        }
    }
}
