//! Files of answers while they are sent.

use std::io::Write;

use actix_web::HttpResponse;
use csv::{Terminator, WriterBuilder};

use super::export::File;
use crate::export::csv::disarmed;
use crate::export::{ExportError, Turn, write_table};
use crate::web::streamed::{Body, streamed};

/// Answers per query.
const SOME: usize = 500;

/// What kind of file.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    /// Comma-separated values; a text that a spreadsheet takes for a formula gets a sign before it, as in the export of rows.
    Csv,
    /// A workbook: texts are text cells, whatever they begin with.
    Xlsx,
}

impl Kind {
    fn ending_and_media_type(self) -> (&'static str, &'static str) {
        match self {
            Self::Csv => ("csv", "text/csv; charset=utf-8"),
            Self::Xlsx => ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        }
    }

    fn write(self, file: &File, out: &mut Body) -> Result<(), ExportError> {
        match self {
            Self::Csv => csv(file, out),
            Self::Xlsx => write_table(out, &file.columns(), lines(file), &file.about),
        }
    }
}

/// Sends the file.
pub(super) fn send(file: File, kind: Kind, turn: Turn) -> HttpResponse {
    let (ending, media_type) = kind.ending_and_media_type();
    let mut head = HttpResponse::Ok();
    head.content_type(media_type)
        .insert_header(("Content-Disposition", format!("attachment; filename=\"{}.{ending}\"", file.name)))
        .insert_header(("Cache-Control", "no-store"));
    streamed(head, turn, move |body| kind.write(&file, body))
}

fn csv(file: &File, out: &mut Body) -> Result<(), ExportError> {
    out.write_all("\u{feff}".as_bytes())?;
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
    writer.write_record(file.columns().iter().map(|(name, _)| name))?;
    let mut armed = String::new();
    for line in lines(file) {
        for cell in line? {
            writer.write_field(disarmed(&cell, &mut armed))?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    Ok(writer.flush()?)
}

fn lines(file: &File) -> impl Iterator<Item = Result<Vec<String>, ExportError>> {
    file.places.chunks(SOME).flat_map(|some| match file.lines(some) {
        Ok(lines) => lines.into_iter().map(Ok).collect(),
        Err(error) => vec![Err(error.into())],
    })
}
