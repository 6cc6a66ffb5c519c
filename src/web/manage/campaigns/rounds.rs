//! Which rounds carry a campaign out. People who answer are told the plan, so it does not change once they can.

use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};

use super::{change, show};
use crate::state::State;
use crate::store::{campaigns, rounds};
use crate::survey::audit::Action;
use crate::web::deed::Deed;
use crate::web::error::Failure;
use crate::web::manage::fields::Fields;
use crate::web::manage::rounds::{Stage, keep_shut};
use crate::web::manage::said;
use crate::web::manage::trouble::Trouble;
use crate::web::session::Planner;

/// `POST …/rounds`: a round of the same office is put in, or taken out.
pub(super) async fn put(
    request: HttpRequest,
    officer: Planner,
    state: web::Data<State>,
    id: web::Path<i64>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::sent(&officer, &body)?;
    let (planner, words, now) = (officer.0.clone(), officer.words, state.clock.now());
    let (slug, is_out) = (fields.one("round").to_owned(), fields.one("out") == "1");
    let done = change(&state, &officer, *id, move |db, campaign| {
        rounds::hold(db, &slug)?;
        let found = rounds::by_slug(db, &slug)?.filter(|round| round.owner_id == campaign.owner_id);
        let Some(round) = found.filter(|round| !Stage::of(round, now).has_begun()) else {
            return Ok(Err(Trouble::at("round", words.say("campaign-round-wrong"))));
        };
        let known = campaigns::of_round(db, round.id)?.map(|known| known.id);
        if is_out != (known == Some(campaign.id)) || (!is_out && known.is_some()) {
            return Ok(Err(Trouble::at("round", words.say("campaign-round-wrong"))));
        }
        campaigns::put_round(db, round.id, (!is_out).then_some(campaign.id))?;
        let deed = Deed::with(Action::CampaignEdited, [&round.slug]);
        planner.note(db, now, campaign.owner_id, deed, &campaign.plan.title)?;
        keep_shut(db, &round, now)?;
        Ok(Ok(words.with(if is_out { "said-taken-out" } else { "said-put-in" }, "title", round.title)))
    })
    .await?;
    match done {
        Ok(sentence) => Ok(said::see_other(&state, &officer, format!("/manage/campaigns/{id}"), &sentence)),
        Err(trouble) => show::page(&request, &officer, &state, *id, trouble).await,
    }
}
