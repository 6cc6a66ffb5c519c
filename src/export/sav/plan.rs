//! Which variables of SPSS the columns become.

use super::super::variable::{Level, Variable};
use super::names::Names;
use crate::survey::question::{Content, Phrases};

/// The longest text of SPSS, in bytes.
pub(super) const LONGEST: usize = 32_767;
/// What of a text goes into one variable at least, where it needs several: a letter is never torn.
const PART: usize = LONGEST - 3;

/// How a column's cells are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Store {
    Number {
        decimals: u8,
    },
    Date,
    Time,
    /// Bytes.
    Text {
        width: usize,
    },
}

/// One variable.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// Its name.
    pub name: String,
    /// The column's name, where SPSS does not take it.
    pub original: Option<String>,
    pub label: String,
    pub store: Store,
    pub level: Level,
    /// Codes, labels, and whether they count as missing.
    pub meanings: Vec<(String, String, bool)>,
}

/// One column: a variable, or several where its texts are too long for one.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub entries: Vec<Entry>,
}

/// A question with several choices.
#[derive(Debug, Clone)]
pub(super) struct Set {
    pub name: String,
    pub label: String,
    /// Places of the variables among all.
    pub members: Vec<usize>,
}

/// The whole file.
pub(super) struct Plan {
    pub columns: Vec<Column>,
    pub sets: Vec<Set>,
}

impl Plan {
    /// For columns whose longest cells have these widths.
    pub fn of(variables: &[Variable], widths: &[usize], phrases: &dyn Phrases) -> Self {
        let mut names = Names::default();
        let columns: Vec<Column> = variables
            .iter()
            .zip(widths)
            .map(|(variable, width)| column(variable, *width, &mut names, phrases))
            .collect();
        let sets = sets(variables, &columns, &mut names);
        Self { columns, sets }
    }

    /// All variables in order.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.columns.iter().flat_map(|column| &column.entries)
    }
}

fn column(variable: &Variable, width: usize, names: &mut Names, phrases: &dyn Phrases) -> Column {
    let store = store(variable, width);
    let parts = match store {
        Store::Text { width } if width > LONGEST => width.div_ceil(PART),
        _ => 1,
    };
    let meanings: Vec<_> = variable.meanings.iter().map(|m| (m.code.clone(), m.label.clone(), m.is_missing)).collect();
    let entry = |part: usize| {
        let wanted = if part == 1 { variable.name.clone() } else { format!("{}_{part}", variable.name) };
        let name = names.take(&wanted);
        Entry {
            original: (name != variable.name).then(|| variable.name.clone()),
            name,
            label: match part {
                1 => variable.label.clone(),
                _ => phrases.with("export-goes-on", "label", variable.label.clone()),
            },
            store: if parts == 1 { store } else { Store::Text { width: LONGEST } },
            level: variable.level,
            meanings: if part == 1 { meanings.clone() } else { Vec::new() },
        }
    };
    Column { entries: (1..=parts).map(entry).collect() }
}

fn store(variable: &Variable, width: usize) -> Store {
    let longest = variable.meanings.iter().map(|meaning| meaning.code.len()).max().unwrap_or(1);
    match variable.content {
        Content::Whole | Content::Chosen(_) | Content::Position(_) => Store::Number { decimals: 0 },
        Content::Decimal => Store::Number { decimals: 2 },
        Content::Date => Store::Date,
        Content::Time => Store::Time,
        Content::Code if variable.is_numbered() => Store::Number { decimals: 0 },
        Content::Code | Content::Codes | Content::Text => Store::Text { width: width.max(longest) },
    }
}

/// Neighbours that are choices of one question.
fn sets(variables: &[Variable], columns: &[Column], names: &mut Names) -> Vec<Set> {
    let begins: Vec<usize> = columns
        .iter()
        .scan(0, |next, column| {
            let begin = *next;
            *next += column.entries.len();
            Some(begin)
        })
        .collect();
    let chosen: Vec<(usize, &Variable)> = begins.into_iter().zip(variables).filter(|(_, v)| v.is_chosen()).collect();
    let same = |a: &(usize, &Variable), b: &(usize, &Variable)| {
        (&a.1.question, &a.1.questionnaires) == (&b.1.question, &b.1.questionnaires)
            || (a.1.question == b.1.question && a.1.asked == b.1.asked)
    };
    let set = |members: &[(usize, &Variable)]| Set {
        name: format!("${}", names.take_set(&members[0].1.question)),
        label: members[0].1.asked.clone(),
        members: members.iter().map(|(place, _)| *place).collect(),
    };
    chosen.chunk_by(same).map(set).collect()
}
