//! `/manage/rounds/{slug}/xem/{code}`: a questionnaire of the round as parents will see it, drawn by what draws their forms.

use actix_web::{HttpResponse, web};

use crate::state::State;
use crate::store::{questionnaires, rounds};
use crate::web::error::Failure;
use crate::web::manage::rounds::read;
use crate::web::respond::preview::{self, Preview};
use crate::web::session::Steering;
use crate::web::words::Words;

/// `GET …/xem/{code}`
pub(in crate::web::manage::rounds) async fn form(
    officer: Steering,
    state: web::Data<State>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let (slug, code) = path.into_inner();
    let (round, unit, found) = read(&state, &officer, &slug, move |db, round| {
        let forms = questionnaires::of_round(db, round.id)?;
        let unit = rounds::units(db, round.id)?.into_iter().next().map(|unit| unit.name);
        let unit = unit.map_or_else(|| rounds::owner_name(db, round.owner_id), Ok)?;
        Ok((round, unit, forms.into_iter().find(|form| form.code == code)))
    })
    .await?;
    let form = found.ok_or(Failure::NotFound)?;
    let preview = Preview {
        code: form.code,
        content: form.content,
        title: round.title,
        unit_name: unit,
        unit_id: round.owner_id,
    };
    preview::page(&state, preview, Words::VI)
}
