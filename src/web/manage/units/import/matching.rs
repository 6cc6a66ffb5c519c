//! Which column of a file is read as what: found by the headings, or chosen by the officer.

use std::collections::BTreeMap;

use super::label;
use crate::survey::unit::Column;
use crate::survey::unit::import::Headings;
use crate::web::words::Words;

/// A larger file is not carried in a hidden field but chosen once more.
const CARRIED: usize = 1024 * 1024;

/// The columns of ours, and those of the file.
pub(super) struct Matching {
    pub(super) columns: Vec<Matched>,
    /// What stands at the top of the file's columns.
    pub(super) names: Vec<String>,
    /// Headings that are not read.
    pub(super) unused: String,
    /// The file, where it is small enough to be carried.
    pub(super) csv: Option<String>,
    /// Whether the officer chose.
    pub(super) is_chosen: bool,
    /// Whether something that every file needs was not found.
    pub(super) is_incomplete: bool,
}

/// One column of ours.
pub(super) struct Matched {
    /// The name of the field.
    pub(super) name: String,
    pub(super) label: String,
    /// The column of the file, from 0.
    pub(super) place: Option<usize>,
}

impl Matched {
    /// Whether it is this column of the file.
    pub(super) fn is(&self, place: &usize) -> bool {
        self.place == Some(*place)
    }
}

impl Matching {
    pub(super) fn new(mut found: Headings, chosen: Option<&BTreeMap<Column, usize>>, text: &str, words: Words) -> Self {
        let is_chosen = chosen.is_some();
        if let Some(chosen) = chosen {
            found.places.clone_from(chosen);
        }
        let columns = Column::ALL.iter().map(|column| Matched {
            name: field(*column),
            label: label(*column, words),
            place: found.places.get(column).copied(),
        });
        let is_incomplete = [Column::Code, Column::Name].iter().any(|column| !found.places.contains_key(column));
        Self {
            columns: columns.collect(),
            unused: found.unused().collect::<Vec<_>>().join(", "),
            names: found.names,
            csv: Some(text.to_owned()).filter(|text| text.len() <= CARRIED),
            is_chosen,
            is_incomplete,
        }
    }

    /// What stands above a column of ours in the file.
    pub(super) fn heading(&self, column: Column) -> Option<String> {
        let place = self.columns.iter().find(|matched| matched.name == field(column))?.place?;
        self.names.get(place).filter(|name| !name.is_empty()).cloned()
    }
}

fn field(column: Column) -> String {
    format!("cot_{column}")
}
