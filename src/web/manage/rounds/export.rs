//! `/manage/rounds/{slug}/export.csv`: the rows, for the steering unit.

use actix_web::{HttpResponse, web};

use super::read;
use crate::state::State;
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
    stream(&state, round, wanted.format()).await.map_err(|error| Failure::Unknown(error.to_string()))
}
