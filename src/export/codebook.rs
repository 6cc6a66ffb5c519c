//! What the columns mean, as a table: a row per column and code.

use std::io::Write;

use super::csv::{Layout, disarmed, table};
use super::{ExportError, Meaning, Rows, Variable};

/// The names of its columns.
pub(super) const NAMES: [&str; 10] = [
    "variable",
    "label",
    "question",
    "wording",
    "kind",
    "measure",
    "value",
    "value_label",
    "missing",
    "questionnaires",
];

/// Its rows.
pub(super) fn rows(variables: &[Variable]) -> impl Iterator<Item = [String; 10]> + '_ {
    variables.iter().flat_map(|variable| {
        let plain = variable.meanings.is_empty().then(|| row(variable, None));
        plain.into_iter().chain(variable.meanings.iter().map(|meaning| row(variable, Some(meaning))))
    })
}

fn row(variable: &Variable, meaning: Option<&Meaning>) -> [String; 10] {
    let of = |text: fn(&Meaning) -> &str| meaning.map(text).unwrap_or_default().to_owned();
    [
        variable.name.clone(),
        variable.label.clone(),
        variable.question.clone(),
        variable.asked.clone(),
        variable.kind().to_owned(),
        variable.level.code().to_owned(),
        of(|meaning| &meaning.code),
        of(|meaning| &meaning.label),
        of(|meaning| if meaning.is_missing { "1" } else { "0" }),
        variable.questionnaires.join(" "),
    ]
}

/// Writes the table and returns how many columns it describes.
///
/// # Errors
/// The file could not be written.
pub(super) fn write(file: &Rows, layout: Layout, out: impl Write) -> Result<u64, ExportError> {
    let mut writer = table(layout, out)?;
    writer.write_record(NAMES)?;
    let mut armed = String::new();
    for row in rows(&file.variables) {
        for cell in &row {
            writer.write_field(disarmed(cell, &mut armed))?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    writer.flush()?;
    Ok(file.variables.len() as u64)
}
