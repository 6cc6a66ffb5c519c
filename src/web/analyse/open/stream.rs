//! Files of answers while they are sent: what cannot be finished ends without its last chunk, so no client takes it for complete.

use std::io::{self, Write};

use actix_web::HttpResponse;
use actix_web::web::Bytes;
use csv::{Terminator, WriterBuilder};
use tokio::sync::mpsc::{self, Sender};

use super::export::File;
use crate::export::{ExportError, write_table};

/// Answers per query.
const SOME: usize = 500;
/// Bytes that are sent together.
const CHUNK: usize = 64 * 1024;

/// As comma-separated values; a text that a spreadsheet takes for a formula gets a sign before it, as in the export of rows.
pub(super) fn csv(file: File) -> HttpResponse {
    stream(file, "csv", "text/csv; charset=utf-8", |file, out| {
        out.write_all("\u{feff}".as_bytes())?;
        let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
        writer.write_record(file.columns().iter().map(|(name, _)| name)).map_err(io::Error::from)?;
        for line in lines(file) {
            writer.write_record(line?.iter().map(|cell| harmless(cell))).map_err(io::Error::from)?;
        }
        Ok(writer.flush()?)
    })
}

/// As a workbook: texts are text cells, whatever they begin with.
pub(super) fn xlsx(file: File) -> HttpResponse {
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    stream(file, "xlsx", kind, |file, out| write_table(out, &file.columns(), lines(file), &file.about))
}

fn lines(file: &File) -> impl Iterator<Item = Result<Vec<String>, ExportError>> {
    file.places.chunks(SOME).flat_map(|some| match file.lines(some) {
        Ok(lines) => lines.into_iter().map(Ok).collect(),
        Err(error) => vec![Err(error.into())],
    })
}

fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

/// What is written goes to the reader by chunks.
struct Pipe {
    sender: Sender<Result<Bytes, io::Error>>,
    buffer: Vec<u8>,
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= CHUNK {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let bytes = std::mem::take(&mut self.buffer);
        let sent = if bytes.is_empty() { Ok(()) } else { self.sender.blocking_send(Ok(bytes.into())) };
        sent.map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))
    }
}

fn stream(
    file: File,
    ending: &str,
    kind: &'static str,
    write: impl FnOnce(&File, &mut Pipe) -> Result<(), ExportError> + Send + 'static,
) -> HttpResponse {
    let (sender, receiver) = mpsc::channel(4);
    let name = format!("{}.{ending}", file.name);
    tokio::task::spawn_blocking(move || {
        let mut pipe = Pipe { sender: sender.clone(), buffer: Vec::new() };
        let written = write(&file, &mut pipe).and_then(|()| Ok(pipe.flush()?));
        if let Err(error) = written {
            tracing::warn!(%error, "an export of open answers was cut short");
            let _ = sender.blocking_send(Err(io::Error::other("the export was cut short")));
        }
    });
    let chunks = futures_util::stream::unfold(receiver, async |mut receiver| {
        let chunk = receiver.recv().await?;
        Some((chunk, receiver))
    });
    HttpResponse::Ok()
        .content_type(kind)
        .insert_header(("Content-Disposition", format!("attachment; filename=\"{name}\"")))
        .insert_header(("Cache-Control", "no-store"))
        .streaming(Box::pin(chunks))
}
