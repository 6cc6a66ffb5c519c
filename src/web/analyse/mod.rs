//! The analyst's desk: what a round found, for officers of the steering unit.
//!
//! Figures here are as they were counted, small groups included; what others may read are releases. A page of a round has the
//! frame of [`frame::Frame`]: its title, where it stands, and the doors to the other pages.

mod frame;
mod list;

use actix_web::web::{self, ServiceConfig, get};

use crate::state::State;
use crate::store::rounds::RoundRow;
use crate::store::{Db, StoreError, rounds, units};
use crate::web::error::Failure;
use crate::web::session::Officer;

/// Registers the pages of this room.
pub fn routes(config: &mut ServiceConfig) {
    config.route("/analyse", get().to(list::show));
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
            let line = units::line(db, round.owner_id)?;
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
