//! Files that were asked for.

use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDateTime;
use data_encoding::HEXLOWER;

use crate::catalogue::Published;
use crate::export::{Kind, Wanted};
use crate::jobs;
use crate::store::export_jobs::{Failure, JobRow, KEPT};
use crate::store::rounds::RoundRow;
use crate::store::{Db, StoreError};
use crate::web::words::Words;

/// A job with what it is to make, in words; nothing is said of one that cannot be read any more.
pub(super) struct Asked {
    job: JobRow,
    title: String,
    selection: String,
}

impl Asked {
    pub fn read(db: &mut Db, job: JobRow, forms: &[Arc<Published>], words: Words) -> Result<Self, StoreError> {
        let Ok(wanted) = Wanted::read(form_urlencoded::parse(job.wanted.as_bytes())) else {
            return Ok(Self { job, title: String::new(), selection: String::new() });
        };
        Ok(Self { job, title: title(&wanted, words), selection: wanted.selection_in_words(db, forms, &words)? })
    }
}

/// What kind of file, and how its cells are written: two of one kind would look the same otherwise.
fn title(wanted: &Wanted, words: Words) -> String {
    let kind = wanted.kind.code();
    let has_choice = matches!(wanted.kind, Kind::Csv | Kind::Xlsx | Kind::Jsonl);
    let parts = [
        Some(format!("exports-format-{kind}")),
        has_choice.then(|| format!("exports-made-{}", if wanted.has_labels() { "labels" } else { "codes" })),
        wanted.is_split_by_wish().then(|| "exports-made-split".to_owned()),
        wanted.has_delimiter().then(|| format!("exports-made-{}", wanted.layout.delimiter.code())),
        (wanted.kind == Kind::Csv).then(|| format!("exports-made-decimal-{}", wanted.layout.decimal.code())),
    ];
    parts.into_iter().flatten().map(|part| words.say(&part)).collect::<Vec<_>>().join(", ")
}

/// One line of the list.
pub(super) struct Made {
    pub key: String,
    /// What kind of file, and how it is written.
    pub title: String,
    pub selection: String,
    pub asked: String,
    pub standing: Standing,
}

/// How far it is.
pub(super) enum Standing {
    /// Being made, or waiting.
    Busy { seen: i64, total: i64, sentence: String },
    /// To be had.
    Ready { address: String, sentence: String, sum: String },
    /// Not to be had; can be tried again.
    Gone { sentence: String },
}

impl Made {
    /// Of a job; the folder is where files lie.
    pub fn new(asked: Asked, folder: &Path, round: &RoundRow, now: NaiveDateTime, words: Words) -> Self {
        let Asked { job, title, selection } = asked;
        let key = HEXLOWER.encode(&job.key);
        Self {
            title,
            selection,
            asked: words.moment(job.asked_at),
            standing: standing(&job, &key, folder, round, now, words),
            key,
        }
    }

    /// Whether the page should look again.
    pub fn is_busy(&self) -> bool {
        matches!(self.standing, Standing::Busy { .. })
    }
}

fn standing(job: &JobRow, key: &str, folder: &Path, round: &RoundRow, now: NaiveDateTime, words: Words) -> Standing {
    let Some(finished_at) = job.finished_at else {
        let is_begun = job.held_until.is_some_and(|until| until > now);
        let sentence = match is_begun {
            true => words.fill("exports-busy", [("seen", words.number(job.seen)), ("total", words.number(job.total))]),
            false => words.say("exports-waiting"),
        };
        return Standing::Busy { seen: job.seen.min(job.total), total: job.total.max(1), sentence };
    };
    if let Some(why) = &job.failed {
        let why = Failure::from_code(why).unwrap_or(Failure::Failed);
        return Standing::Gone { sentence: words.say(&format!("exports-failed-{}", why.code())) };
    }
    if !folder.join(key).exists() {
        return Standing::Gone { sentence: words.say("exports-failed-elsewhere") };
    }
    let size_of = job.size.unwrap_or(0);
    let values = [
        ("rows", words.number(job.written.unwrap_or(0))),
        ("size", size(size_of, words)),
        ("until", words.day(finished_at + KEPT)),
    ];
    let sentence = match job.written {
        Some(0) => words.fill("exports-ready-empty", values),
        _ => words.fill("exports-ready", values),
    };
    let excluded = jobs::excluded(folder, &job.key).and_then(|count| count.in_words(&words));
    let sentence = [Some(sentence), excluded].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let sum = job.sha256.as_deref().map(|sum| HEXLOWER.encode(sum)).unwrap_or_default();
    Standing::Ready { address: format!("/analyse/{}/exports/{key}", round.slug), sentence, sum }
}

/// Bytes as people read them: whole kB, from ten MB on whole MB.
fn size(bytes: i64, words: Words) -> String {
    const KILO: i64 = 1000;
    match bytes {
        small if small < 10_000 * KILO => format!("{}\u{a0}kB", words.number((small + KILO - 1) / KILO)),
        large => format!("{}\u{a0}MB", words.number((large + KILO * KILO - 1) / (KILO * KILO))),
    }
}
