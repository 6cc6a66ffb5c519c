//! `/analyse/{slug}/open.csv`: coded answers, for people who count elsewhere, or with personal data masked for outsiders.

use std::collections::HashMap;
use std::io;

use actix_web::HttpResponse;
use actix_web::web::{self, Bytes};
use csv::{Terminator, WriterBuilder};
use serde::Deserialize;
use tokio::sync::mpsc;

use super::open;
use super::wanted::Wanted;
use crate::reading::Reading;
use crate::state::State;
use crate::store::rounds::NamedUnit;
use crate::store::{Store, StoreError, open_answers};
use crate::survey::audit::Action;
use crate::survey::privacy;
use crate::web::deed::Deed;
use crate::web::error::Failure;
use crate::web::session::Analyst;

/// Answers per query.
const SOME: usize = 500;
/// The fixed columns.
const FIXED: [&str; 9] = ["answer", "question", "unit", "unit_name", "level", "lang", "satisfaction", "kind", "text"];

/// Whether for outsiders.
#[derive(Debug, Deserialize)]
pub(super) struct How {
    #[serde(default)]
    masked: String,
}

/// `GET …/open.csv`: what the address chooses, in the order of random ids; `masked=1`: without personal data.
pub(super) async fn csv(
    officer: Analyst,
    state: web::Data<State>,
    slug: web::Path<String>,
    wanted: web::Query<Wanted>,
    how: web::Query<How>,
) -> Result<HttpResponse, Failure> {
    let (is_masked, words) = (how.masked == "1", officer.words);
    let looked = open(&state, &officer, &slug).await?;
    let Some(reading) = looked.opened.reading else { return Err(Failure::Conflict(words.say("voice-first"))) };
    let (analyst, now, round) = (officer.0.clone(), state.clock.now(), looked.round);
    let (texts, marks, units) = (reading.texts.clone(), reading.marks.clone(), looked.units);
    let (subject, owner, round_id) = (round.slug.clone(), round.owner_id, round.id);
    // nothing leaves before it is written down that it leaves
    let (read, units) = state
        .store
        .write(move |db| {
            let read = wanted.filter(db, &units, &texts, &marks)?;
            let deed = Deed::with(Action::AnswersExported, [if is_masked { "masked" } else { "original" }]);
            analyst.note(db, now, owner, deed, &subject)?;
            Ok((read, units))
        })
        .await?;
    if let Some((sentence, code)) = read.unknown.first() {
        return Err(Failure::Bad(words.with(sentence, "code", code)));
    }
    let mut places = reading.find(&read.filter).places;
    places.sort_unstable();
    let file = File { store: state.store.clone(), round_id, reading, units, is_masked };
    let ending = if is_masked { "y-kien-da-che" } else { "y-kien" };
    Ok(stream(file, places, &format!("{}-{ending}.csv", round.slug)))
}

struct File {
    store: Store,
    round_id: i64,
    reading: Reading,
    units: Vec<NamedUnit>,
    is_masked: bool,
}

impl File {
    fn head(&self) -> Vec<String> {
        let themes = self.reading.marks.live().map(|theme| format!("theme_{}", theme.code.replace('-', "_")));
        FIXED.iter().map(|name| (*name).to_owned()).chain(themes).collect()
    }

    /// The lines of these answers; those that have gone meanwhile are missing.
    fn lines(&self, places: &[usize]) -> Result<Vec<Vec<String>>, StoreError> {
        let texts = &self.reading.texts;
        let ids: Vec<i64> = places.iter().filter_map(|place| Some(texts.answers.get(*place)?.id)).collect();
        let written: HashMap<i64, String> =
            self.store.read_now(|db| open_answers::texts(db, self.round_id, &ids))?.into_iter().collect();
        let units: HashMap<i64, &NamedUnit> = self.units.iter().map(|unit| (unit.id, unit)).collect();
        let line = |place: &usize| {
            let answer = texts.answers.get(*place)?;
            let text = written.get(&answer.id)?;
            let unit = units.get(&answer.unit);
            let fixed = [
                format!("{:016x}", answer.id),
                texts.questions.get(usize::from(answer.question)).cloned().unwrap_or_default(),
                unit.map_or_else(String::new, |unit| unit.code.clone()),
                unit.map_or_else(String::new, |unit| unit.name.clone()),
                texts.level(answer).to_owned(),
                answer.lang.code().to_owned(),
                answer.satisfaction.map_or_else(String::new, |class| class.code().to_owned()),
                answer.kind.map_or_else(String::new, |kind| kind.code().to_owned()),
                harmless(&if self.is_masked { privacy::mask(text) } else { text.clone() }),
            ];
            let has = |theme| if self.reading.marks.has(*place, theme) { "1" } else { "0" };
            Some(fixed.into_iter().chain(self.reading.marks.live().map(|theme| has(theme).to_owned())).collect())
        };
        Ok(places.iter().filter_map(line).collect())
    }
}

/// A text that a spreadsheet takes for a formula gets a sign before it, as in the export of rows.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

fn stream(file: File, places: Vec<usize>, name: &str) -> HttpResponse {
    let (sender, receiver) = mpsc::channel::<Result<Bytes, io::Error>>(4);
    tokio::task::spawn_blocking(move || {
        let written = write(&file, &places, |bytes| {
            sender.blocking_send(Ok(bytes)).map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))
        });
        if let Err(error) = written {
            tracing::warn!(%error, "an export of open answers was cut short");
            // ends the body without its last chunk: no client takes it for complete
            let _ = sender.blocking_send(Err(io::Error::other("the export was cut short")));
        }
    });
    let chunks = futures_util::stream::unfold(receiver, async |mut receiver| {
        let chunk = receiver.recv().await?;
        Some((chunk, receiver))
    });
    HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header(("Content-Disposition", format!("attachment; filename=\"{name}\"")))
        .insert_header(("Cache-Control", "no-store"))
        .streaming(Box::pin(chunks))
}

fn write(file: &File, places: &[usize], mut send: impl FnMut(Bytes) -> io::Result<()>) -> io::Result<()> {
    let mut head = Some(file.head());
    // a selection without answers is a file with its head
    let chunks = places.chunks(SOME).chain(places.is_empty().then_some(&[][..]));
    for chunk in chunks {
        let begin = if head.is_some() { "\u{feff}".as_bytes().to_vec() } else { Vec::new() };
        let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(begin);
        if let Some(head) = head.take() {
            writer.write_record(head)?;
        }
        for line in file.lines(chunk).map_err(io::Error::other)? {
            writer.write_record(line)?;
        }
        send(writer.into_inner().map_err(|error| io::Error::other(error.to_string()))?.into())?;
    }
    Ok(())
}
