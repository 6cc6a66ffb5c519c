//! `/analyse/{slug}/open.csv`, `.xlsx`: coded answers, for people who count elsewhere, or with personal data masked for outsiders.
//!
//! | column | what it is |
//! |---|---|
//! | `answer` | a random number that leads to nothing |
//! | `question` | the question's code |
//! | `unit`, `unit_name`, `level`, `lang`, `satisfaction` | of the form; in a masked file empty where fewer answers than the round's minimum group share them ([`super::outsiders`]) |
//! | `kind` | which kind of message it is |
//! | `text` | as it was written, or masked |
//! | `theme_…` | 1 where it has the theme |
//! | `excluded_by` | with `excluded=also`, never in a masked file: the rules that leave out its form |

use std::collections::HashMap;

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

use super::limits::Limits;
use super::outsiders::Told;
use super::stream::{self, Kind};
use super::wanted::Wanted;
use super::{Desk, left_out, open};
use crate::export::{Column, TooMany};
use crate::reading::{Found, Reading, Split};
use crate::state::State;
use crate::store::rounds::{NamedUnit, RoundRow};
use crate::store::{Store, StoreError, open_answers};
use crate::survey::audit::Action;
use crate::survey::privacy;
use crate::web::analyse::frame::{Frame, Tab};
use crate::web::analyse::opened::nothing;
use crate::web::analyse::strange;
use crate::web::deed::Deed;
use crate::web::error::Failure;
use crate::web::session::Analyst;
use crate::web::words::Words;

/// The fixed columns.
const FIXED: [(&str, Column); 9] = [
    ("answer", Column::Text),
    ("question", Column::Code),
    ("unit", Column::Code),
    ("unit_name", Column::Code),
    ("level", Column::Code),
    ("lang", Column::Code),
    ("satisfaction", Column::Code),
    ("kind", Column::Code),
    ("text", Column::Text),
];

/// Whether for outsiders.
#[derive(Debug, Deserialize)]
pub(super) struct How {
    #[serde(default)]
    masked: String,
}

/// Who asks for which file.
type Asked = (HttpRequest, Analyst, web::Data<State>, web::Path<String>, web::Query<Wanted>, web::Query<How>);

/// `GET …/open.csv`: what the address chooses, in the order of random ids; `masked=1`: without personal data.
pub(super) async fn csv(asked: Asked) -> Result<HttpResponse, Failure> {
    send(asked, Kind::Csv).await
}

/// `GET …/open.xlsx`: the same as a workbook.
pub(super) async fn xlsx(asked: Asked) -> Result<HttpResponse, Failure> {
    send(asked, Kind::Xlsx).await
}

async fn send((request, officer, state, slug, wanted, how): Asked, kind: Kind) -> Result<HttpResponse, Failure> {
    let words = officer.words;
    let turn = state.turns.answers().map_err(|TooMany| Failure::Busy(words.say("exports-too-many")))?;
    let looked = open(&state, &officer, &slug).await?;
    if let Some(refused) = strange::refused(&unheard(request.query_string(), &wanted, &how), words) {
        return Err(Failure::Bad(refused));
    }
    let Some(reading) = looked.opened.reading.clone() else { return Err(Failure::NoFile(words.say("voice-first"))) };
    let (asked, units, of) = ((*wanted).clone(), looked.units.clone(), reading.clone());
    let read = state.store.read(move |db| asked.filter(db, &units, &of.texts, &of.marks)).await?;
    if !read.unknown.is_empty() {
        let unknown = read.unknown.iter().map(|(sentence, code)| words.with(sentence, "code", code)).collect();
        let frame = Frame::new(&officer, &looked.round, Tab::Open, state.clock.now());
        return nothing(&request, &officer, frame, unknown, &format!("/analyse/{slug}/open"));
    }
    let found = reading.find(&read.filter);
    let file = File::of(&officer, &state, (looked, reading, found), &wanted, how.masked == "1").await?;
    Ok(stream::send(file, kind, turn))
}

/// What of a file's address is not known: names, and values of what is either there or not.
fn unheard(query: &str, wanted: &Wanted, how: &How) -> Vec<String> {
    let mut strange = strange::besides(query, &[&Wanted::NAMES_OF_FILES[..], &["masked"]].concat());
    let switches = [("excluded", &wanted.excluded, "also"), ("masked", &how.masked, "1")];
    let odd = switches.into_iter().filter(|(_, value, known)| !value.is_empty() && *value != known);
    strange.extend(odd.map(|(name, value, _)| format!("{name}={value}")));
    strange
}

/// A file of answers.
pub(super) struct File {
    store: Store,
    round_id: i64,
    reading: Reading,
    units: Vec<NamedUnit>,
    /// What outsiders are told; none: the file is none for outsiders.
    told: Option<Told>,
    /// Whether answers of excluded forms are in it.
    is_also: bool,
    /// The answers in it, by their places.
    pub places: Vec<usize>,
    /// What it is called, without its ending.
    pub name: String,
    /// What a reader must know, line by line.
    pub about: Vec<(String, String)>,
}

impl File {
    /// The file of what was found. Nothing leaves before it is written down that it leaves.
    async fn of(
        officer: &Analyst,
        state: &web::Data<State>,
        (looked, reading, found): (Desk, Reading, Found),
        wanted: &Wanted,
        is_masked: bool,
    ) -> Result<Self, Failure> {
        let (words, limits) = (officer.words, Limits::of(&looked.opened));
        // what counts nowhere is nothing for outsiders
        let is_also = wanted.is_also() && !is_masked;
        let (analyst, now, round) = (officer.0.clone(), state.clock.now(), looked.round);
        let mut places = found.places;
        if is_also {
            places.extend(found.out);
        }
        places.sort_unstable();
        if wanted.chooses() && places.is_empty() {
            return Err(Failure::NoFile(words.say("voice-nothing-title")));
        }
        let least = usize::try_from(round.minimum_group).unwrap_or(usize::MAX);
        if is_masked && wanted.chooses() && places.len() < least {
            // what few answers have in common is known to whoever is given them
            return Err(Failure::NoFile(words.with("voice-export-part-few", "least", round.minimum_group)));
        }
        let (subject, owner) = (round.slug.clone(), round.owner_id);
        let deed = Deed::with(Action::AnswersExported, [if is_masked { "masked" } else { "original" }]);
        state.store.write(move |db| analyst.note(db, now, owner, deed, &subject)).await?;
        let told = is_masked.then(|| Told::of(&reading, &places, least));
        let ending = if is_masked { "y-kien-da-che" } else { "y-kien" };
        let part = if wanted.chooses() { "-loc" } else { "" };
        let about = about(&round, &reading, (wanted.chooses(), is_masked, is_also), words);
        Ok(Self {
            store: state.store.clone(),
            round_id: round.id,
            about: about.into_iter().chain(limits.in_file(words)).collect(),
            reading,
            units: looked.units,
            told,
            is_also,
            places,
            name: format!("{}-{ending}{part}{}", round.slug, limits.in_name()),
        })
    }

    /// Its columns, each with what it holds.
    pub fn columns(&self) -> Vec<(String, Column)> {
        let fixed = FIXED.iter().map(|(name, column)| ((*name).to_owned(), *column));
        let themes = self.reading.marks.live().map(|theme| format!("theme_{}", theme.code.replace('-', "_")));
        let last = self.is_also.then(|| ("excluded_by".to_owned(), Column::Code));
        fixed.chain(themes.map(|name| (name, Column::Number))).chain(last).collect()
    }

    /// Something about an answer's form; empty where outsiders are not told.
    fn part(&self, place: usize, part: Split, value: &str) -> String {
        let is_told = self.told.as_ref().is_none_or(|told| told.tells(place, part));
        if is_told { value.to_owned() } else { String::new() }
    }

    /// The codes of the rules that leave out the form of an answer.
    fn excluded_by(&self, place: usize) -> String {
        let rules = self.reading.out.rules(place).iter().map(|rule| rule.code());
        rules.collect::<Vec<_>>().join(" ")
    }

    /// The lines of these answers; those that have gone meanwhile are missing.
    ///
    /// # Errors
    /// The database failed.
    pub fn lines(&self, places: &[usize]) -> Result<Vec<Vec<String>>, StoreError> {
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
                self.part(*place, Split::Unit, unit.map_or("", |unit| &unit.code)),
                self.part(*place, Split::Unit, unit.map_or("", |unit| &unit.name)),
                self.part(*place, Split::Level, texts.level(answer)),
                self.part(*place, Split::Lang, answer.lang.code()),
                self.part(*place, Split::Satisfaction, answer.satisfaction.map_or("", |class| class.code())),
                answer.kind.map_or_else(String::new, |kind| kind.code().to_owned()),
                if self.told.is_some() { privacy::mask(text) } else { text.clone() },
            ];
            let has = |theme| if self.reading.marks.has(*place, theme) { "1" } else { "0" };
            let themes = self.reading.marks.live().map(|theme| has(theme).to_owned());
            let last = self.is_also.then(|| self.excluded_by(*place));
            Some(fixed.into_iter().chain(themes).chain(last).collect())
        };
        Ok(places.iter().filter_map(line).collect())
    }
}

/// What a reader of a file must know: what a row is, what was masked and what was left out.
fn about(
    round: &RoundRow,
    reading: &Reading,
    (is_part, is_masked, is_also): (bool, bool, bool),
    words: Words,
) -> Vec<(String, String)> {
    let line = |name: &str, text: String| (words.say(name), text);
    let masked = || {
        let few = words.with("voice-export-few", "least", round.minimum_group);
        line("voice-about-masked", format!("{} {few}", words.say("voice-export-read")))
    };
    let out = left_out(&reading.out, words).filter(|_| !is_also);
    [
        Some(line("voice-about-round", round.title.clone())),
        Some(line("voice-about-row", words.say("voice-about-row-is"))),
        // which part is not said in the file: outsiders would read there what its columns keep from them
        is_part.then(|| line("voice-about-part", words.say("voice-about-part-is"))),
        is_masked.then(masked),
        out.map(|sentence| line("voice-about-out", format!("{sentence} {}", words.say("voice-left-out-no-file")))),
    ]
    .into_iter()
    .flatten()
    .collect()
}
