//! A chart or a table as a file.

use actix_web::{HttpResponse, web};
use csv::{Terminator, WriterBuilder};
use serde::Deserialize;

use crate::analysis::interval::Interval;
use crate::chart::Drawing;
use crate::document::picture;
use crate::export::csv::{Delimiter, disarmed};
use crate::web::error::Failure;
use crate::web::words::Words;

/// What kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::web) enum Ending {
    /// A drawing that scales.
    Svg,
    /// A picture.
    Png,
    /// The table.
    Csv,
}

/// What a drawing is called where no page stands around it: its title, its round, and what of the round it shows.
pub(in crate::web) fn titled(parts: [&str; 3]) -> String {
    parts.into_iter().filter(|said| !said.is_empty()).collect::<Vec<_>>().join(" – ")
}

/// A drawing, as it is or as a picture of twice the density.
pub(in crate::web) async fn drawing(name: &str, ending: Ending, drawing: Drawing) -> Result<HttpResponse, Failure> {
    let (kind, ending, bytes) = match ending {
        Ending::Png => {
            let drawn = web::block(move || picture::draw(&drawing.dense(), drawing.pixels())).await;
            let drawn = drawn.map_err(|error| Failure::Unknown(error.to_string()))?;
            ("image/png", "png", drawn.map_err(|error| Failure::Unknown(error.to_string()))?)
        }
        Ending::Svg | Ending::Csv => ("image/svg+xml", "svg", drawing.file().into_bytes()),
    };
    Ok(attached(kind, &format!("{name}.{ending}"), bytes))
}

/// Why there is no file: no form fits what is chosen, or the forms that do have nothing of the kind.
pub(super) fn nothing(forms: u64, words: Words) -> Failure {
    if forms == 0 { Failure::NoFile(words.say("filter-empty-title")) } else { Failure::NotFound }
}

/// Decimals of figures in tables for programs; what is printed for people is rounded by the round's rule.
pub(in crate::web) const DIGITS: usize = 10;

/// Both ends in other units; nothing without an interval.
pub(super) fn ends(interval: Option<Interval>, factor: f64) -> [String; 2] {
    let ends = interval.map(|interval| interval.times(factor)).map(|Interval { low, high }| [low, high]);
    ends.map(|ends| ends.map(|end| format!("{end:.DIGITS$}"))).unwrap_or_default()
}

/// A table for programs as CSV: UTF-8 with its mark, commas, CRLF, nothing that a spreadsheet runs, as exports are by default.
pub(in crate::web) fn table(name: &str, lines: &[Vec<String>]) -> Result<HttpResponse, Failure> {
    written(name, lines, Delimiter::Comma)
}

/// The same for people, with names and numbers in their language: where a comma stands before the fraction, spreadsheets expect
/// semicolons between cells, and would put a line with commas into one.
pub(super) fn sheet(name: &str, lines: &[Vec<String>], words: Words) -> Result<HttpResponse, Failure> {
    let has_comma = words.decimal("0.5").contains(',');
    written(name, lines, if has_comma { Delimiter::Semicolon } else { Delimiter::Comma })
}

fn written(name: &str, lines: &[Vec<String>], delimiter: Delimiter) -> Result<HttpResponse, Failure> {
    let mut writer = WriterBuilder::new();
    writer.terminator(Terminator::CRLF).delimiter(delimiter.byte());
    let mut writer = writer.from_writer("\u{feff}".as_bytes().to_vec());
    for line in lines {
        let cells = line.iter().map(|cell| disarmed(cell, &mut String::new()).to_owned());
        writer.write_record(cells).map_err(|error| Failure::Unknown(error.to_string()))?;
    }
    let bytes = writer.into_inner().map_err(|error| Failure::Unknown(error.to_string()))?;
    Ok(attached("text/csv; charset=utf-8", &format!("{name}.csv"), bytes))
}

fn attached(kind: &str, name: &str, bytes: Vec<u8>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(kind)
        .insert_header(("Content-Disposition", format!("attachment; filename=\"{name}\"")))
        .insert_header(("Cache-Control", "no-store"))
        .body(bytes)
}
