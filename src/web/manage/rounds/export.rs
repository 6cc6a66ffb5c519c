//! `/manage/rounds/{slug}/export.csv`: the rows, for the steering unit.

use actix_web::{HttpResponse, web};

use super::read;
use crate::state::State;
use crate::survey::audit::Action;
use crate::survey::round::GRACE;
use crate::web::api::submissions::{Wanted, stream};
use crate::web::error::Failure;
use crate::web::session::Analyst;

/// `GET …/export.csv`
pub(super) async fn csv(
    officer: Analyst,
    state: web::Data<State>,
    slug: web::Path<String>,
    wanted: web::Query<Wanted>,
) -> Result<HttpResponse, Failure> {
    let round = read(&state, &officer, &slug, |_, round| Ok(round)).await?;
    if round.is_sealed() {
        // until the figures are frozen it could be extended, and opened again
        let from = officer.words.moment(round.closes_at + GRACE);
        return Err(Failure::Sealed(officer.words.with("sealed-not-yet", "from", from)));
    }
    let (analyst, now, owner, subject) = (officer.0.clone(), state.clock.now(), round.owner_id, round.slug.clone());
    // nothing leaves before it is written down that it leaves
    state.store.write(move |db| analyst.note(db, now, owner, Action::RowsExported, &subject)).await?;
    stream(&state, round, wanted.format()).await.map_err(|error| Failure::Unknown(error.to_string()))
}
