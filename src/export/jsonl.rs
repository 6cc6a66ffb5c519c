//! JSON Lines: one object per form. What was not asked is left out, what was not answered is null; numbers are numbers, several
//! codes a list. Labels of several choices are one text, as in CSV.

use std::io::{BufWriter, Write};

use serde_json::ser::{CompactFormatter, Formatter};

use super::{ExportError, Rows, Variable, Wanted};
use crate::survey::question::Content;

/// Bytes that are gathered before they are passed on.
const BUFFER: usize = 256 * 1024;

/// Writes all rows.
///
/// # Errors
/// The database failed, or the file could not be written.
pub(super) fn write(rows: &Rows, out: impl Write, progress: &mut dyn FnMut(u64)) -> Result<u64, ExportError> {
    let mut out = BufWriter::with_capacity(BUFFER, out);
    let members: Vec<Member> = rows.variables.iter().map(|variable| Member::new(variable, &rows.wanted)).collect();
    let written = rows.each(
        |line| {
            let mut sign = b'{';
            for (member, cell) in members.iter().zip(line.cells()).filter(|(_, cell)| !cell.is_empty()) {
                out.write_all(&[sign])?;
                out.write_all(member.name.as_bytes())?;
                member.value(cell, &mut out)?;
                sign = b',';
            }
            Ok::<(), ExportError>(out.write_all(b"}\n")?)
        },
        progress,
    )?;
    out.flush()?;
    Ok(written)
}

/// How a column is written.
struct Member {
    /// With the colon behind it.
    name: String,
    shape: Shape,
    /// What its cells say where nobody answered.
    no_answer: &'static str,
}

enum Shape {
    Number,
    List,
    Text,
}

impl Member {
    fn new(variable: &Variable, wanted: &Wanted) -> Self {
        let shape = match variable.content {
            Content::Whole | Content::Decimal | Content::Chosen(_) | Content::Position(_) => Shape::Number,
            Content::Codes if !wanted.has_labels() => Shape::List,
            _ => Shape::Text,
        };
        let name = format!("{}:", serde_json::Value::from(&*variable.name));
        Self { name, shape, no_answer: variable.no_answer.code() }
    }

    fn value(&self, cell: &str, out: &mut impl Write) -> Result<(), ExportError> {
        match self.shape {
            _ if cell == self.no_answer => out.write_all(b"null")?,
            // a number as it is stored is one in JSON, too
            Shape::Number if cell.parse::<f64>().is_ok() => out.write_all(cell.as_bytes())?,
            Shape::List => list(cell, out)?,
            Shape::Number | Shape::Text => serde_json::to_writer(out, cell).map_err(std::io::Error::from)?,
        }
        Ok(())
    }
}

fn list(cell: &str, out: &mut impl Write) -> Result<(), ExportError> {
    let mut formatter = CompactFormatter;
    formatter.begin_array(out)?;
    for (at, code) in cell.split(' ').enumerate() {
        formatter.begin_array_value(out, at == 0)?;
        serde_json::to_writer(&mut *out, code).map_err(std::io::Error::from)?;
    }
    Ok(formatter.end_array(out)?)
}
