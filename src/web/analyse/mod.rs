//! The analyst's desk: what a round found, for officers of the steering unit.
//!
//! Figures here are as they were counted, small groups included; what others may read are releases. A page of a round has the
//! frame of `frame::Frame`: its title, where it stands, and the doors to the other pages.

mod asking;
mod bars;
mod conditions;
mod crosstab;
mod drawn;
mod exports;
mod figure;
mod figures;
mod file;
mod filter;
mod frame;
mod items;
mod levels;
mod list;
mod method;
pub(in crate::web) mod mistake;
mod open;
mod opened;
mod overview;
mod precision;
mod pupils;
mod quality;
mod releases;
mod sample_size;
mod standing;
mod strange;
mod trend;
mod unit;
mod units;
mod weighed;
mod weights;

use actix_web::web::{self, ServiceConfig, get, post};

use crate::state::State;
use crate::store::rounds::RoundRow;
use crate::store::{Db, StoreError, rounds, units as tree};
use crate::web::error::Failure;
use crate::web::guard;
use crate::web::session::Officer;

/// Registers the pages of this room.
pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/analyse", get().to(list::show))
        .route("/analyse/sample-size", get().to(sample_size::show))
        .route("/analyse/{slug}", get().to(overview::show))
        .route("/analyse/{slug}/lowest.{ending}", get().to(overview::file))
        .route("/analyse/{slug}/items", get().to(items::show))
        .route("/analyse/{slug}/items.{ending}", get().to(items::file))
        .route("/analyse/{slug}/units", get().to(units::show))
        .route("/analyse/{slug}/units.{ending}", get().to(units::file))
        .route("/analyse/{slug}/units/{code}", get().to(unit::show))
        .route("/analyse/{slug}/units/{code}/lowest.{ending}", get().to(unit::file))
        .route("/analyse/{slug}/levels", get().to(levels::show))
        .route("/analyse/{slug}/levels.csv", get().to(levels::file))
        .route("/analyse/{slug}/figures.json", get().to(figures::show))
        .route("/analyse/{slug}/trend", get().to(trend::show))
        .route("/analyse/{slug}/trend.{ending}", get().to(trend::file))
        .route("/analyse/{slug}/trend-rounds.csv", get().to(trend::rounds_file))
        .route("/analyse/{slug}/weights", get().to(weights::show))
        .route("/analyse/{slug}/weights.csv", get().to(weights::file))
        .route("/analyse/{slug}/method", get().to(method::show))
        .route("/analyse/{slug}/method", post().to(method::save))
        .route("/analyse/{slug}/crosstab", get().to(crosstab::show))
        .route("/analyse/{slug}/crosstab.{ending}", get().to(crosstab::file))
        .service(
            web::resource("/analyse/{slug}/quality")
                .app_data(guard::forms_up_to(quality::LARGEST_FORM))
                .route(get().to(quality::show))
                .route(post().to(quality::exclude)),
        )
        .route("/analyse/{slug}/quality/{id}/undo", post().to(quality::include))
        .route("/analyse/{slug}/releases", get().to(releases::show))
        .route("/analyse/{slug}/releases", post().to(releases::add))
        .route("/analyse/{slug}/releases/remove", post().to(releases::remove))
        .configure(open::routes)
        .route("/analyse/{slug}/exports", get().to(exports::show))
        .route("/analyse/{slug}/exports", post().to(exports::ask))
        .route("/analyse/{slug}/exports/{key}", get().to(exports::fetch))
        .route("/analyse/{slug}/exports/{key}/again", post().to(exports::again));
}

/// The round, if the right with which the officer acts reaches it. A sealed one too: rules, and tables to publish, are best
/// chosen before anybody has seen what they give.
fn even_sealed(db: &mut Db, officer: &Officer, slug: &str) -> Result<Option<RoundRow>, StoreError> {
    let Some(round) = rounds::by_slug(db, slug)? else { return Ok(None) };
    let line = tree::line(db, round.owner_id)?;
    Ok(officer.may_manage(&line).then_some(round))
}

/// Reads something of a round to which the right reaches with which the officer acts; any other round does not exist for that
/// officer. Nothing of a sealed round is shown.
async fn read<T: Send + 'static>(
    state: &web::Data<State>,
    officer: &Officer,
    slug: &str,
    work: impl FnOnce(&mut Db, RoundRow) -> Result<T, StoreError> + Send + 'static,
) -> Result<T, Failure> {
    let (reader, slug) = (officer.clone(), slug.to_owned());
    let found = state
        .store
        .read(move |db| {
            let Some(round) = rounds::by_slug(db, &slug)? else { return Ok(None) };
            let line = tree::line(db, round.owner_id)?;
            match reader.may_manage(&line) {
                false => Ok(None),
                true if round.is_sealed() => Ok(Some(Err(round))),
                true => Ok(Some(Ok(work(db, round)?))),
            }
        })
        .await?;
    match found {
        None => Err(Failure::NotFound),
        Some(Ok(read)) => Ok(read),
        Some(Err(sealed)) => {
            let from = officer.words.moment(sealed.closes_at + crate::survey::round::GRACE);
            Err(Failure::Sealed(officer.words.with("sealed-not-yet", "from", from)))
        }
    }
}
