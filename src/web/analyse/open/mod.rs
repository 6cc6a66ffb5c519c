//! `/analyse/{slug}/open`: what people wrote, for people who may read single forms.
//!
//! What is chosen stands in the address, so a selection can be sent, kept and gone back to. Themes are applied here by hand and
//! on the page of themes by rule; the summary is what reports take over.

mod card;
mod export;
mod limits;
mod mark;
mod offers;
mod outsiders;
mod piece;
mod show;
mod stream;
mod summary;
mod table;
mod themes;
mod theming;
mod wanted;

use actix_web::web::{self, ServiceConfig, get, post};

use super::quality::said;
use super::read;
use crate::reading::{LeftOut, Opened, Texts};
use crate::state::State;
use crate::store::rounds::{self, NamedUnit, RoundRow};
use crate::store::{Db, StoreError, units};
use crate::survey::text::Lang;
use crate::vietnamese;
use crate::web::error::Failure;
use crate::web::session::Officer;
use crate::web::words::Words;

/// Registers the pages of open answers.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/analyse/{slug}/open", get().to(show::show))
        .route("/analyse/{slug}/open.csv", get().to(export::csv))
        .route("/analyse/{slug}/open.xlsx", get().to(export::xlsx))
        .route("/analyse/{slug}/open/mark", post().to(mark::mark))
        .route("/analyse/{slug}/open/undo", post().to(mark::undo))
        .route("/analyse/{slug}/open/themes", get().to(themes::show))
        .route("/analyse/{slug}/open/themes", post().to(theming::put))
        .route("/analyse/{slug}/open/themes/end", post().to(theming::end))
        .route("/analyse/{slug}/open/themes/copy", post().to(theming::copy))
        .route("/analyse/{slug}/open/rules", post().to(theming::add_rule))
        .route("/analyse/{slug}/open/summary", get().to(summary::show))
        .route("/analyse/{slug}/open/summary", post().to(summary::put));
}

/// With more schools than this a list of them is no help; offices stand for them.
const LISTED: usize = 300;

/// A round whose answers are looked at.
struct Desk {
    round: RoundRow,
    opened: Opened,
    /// The units that were asked.
    units: Vec<NamedUnit>,
    /// The offices right above them.
    offices: Vec<NamedUnit>,
}

/// Opens a round's answers; a round that this officer may not read does not exist, and nothing of a sealed one is shown.
async fn open(state: &web::Data<State>, officer: &Officer, slug: &str) -> Result<Desk, Failure> {
    let work = |db: &mut Db, round: RoundRow| {
        let mut units = rounds::units(db, round.id)?;
        units.sort_by(|a, b| vietnamese::compare(&a.name, &b.name));
        let offices = offices(db, &units)?;
        Ok((round, units, offices))
    };
    let (round, units, offices) = read(state, officer, slug, work).await?;
    let opened = state.readings.of(&round, state.clock.now()).await?;
    Ok(Desk { round, opened, units, offices })
}

fn offices(db: &mut Db, asked: &[NamedUnit]) -> Result<Vec<NamedUnit>, StoreError> {
    let mut offices: Vec<NamedUnit> = Vec::new();
    for unit in asked.iter().take(LISTED) {
        let Some(above) = units::line(db, unit.id)?.get(1).copied() else { continue };
        if !offices.iter().any(|office| office.id == above)
            && let Some(found) = units::by_id(db, above)?
        {
            offices.push(NamedUnit { id: above, code: found.unit.code.to_string(), name: found.unit.name });
        }
    }
    offices.sort_by(|a, b| vietnamese::compare(&a.name, &b.name));
    Ok(offices)
}

/// What a question says, in the first questionnaire that has it; its code where none has.
fn label(texts: &Texts, code: &str, lang: Lang) -> String {
    let questions = texts.forms.iter().filter_map(|form| {
        let place = form.questionnaire.place(code)?;
        form.questionnaire.questions.get(place)
    });
    questions.map(|question| question.label.get(lang).to_owned()).next().unwrap_or_else(|| code.to_owned())
}

/// How many answers are left out with their forms, and by which rules; none where none is.
fn left_out(out: &LeftOut, words: Words) -> Option<String> {
    let rules = said::each(&out.by_rule(), words)?;
    Some(words.fill("voice-left-out", [("n", count(words, out.len())), ("rules", rules)]))
}

/// A count as this reader writes it.
fn count(words: Words, n: impl TryInto<i64>) -> String {
    words.number(n.try_into().unwrap_or(i64::MAX))
}
