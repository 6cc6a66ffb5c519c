//! `/thu/{token}`: whoever gets letters asks for no more. Looking changes nothing, because programs look at links; mail programs
//! that know the one-click way send the form by themselves (RFC 8058).

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::code::words;
use crate::invitation::Leaving;
use crate::state::State;
use crate::store::{StoreError, invitations, outbox, rounds};
use crate::web::error::Failure;
use crate::web::page::show;
use crate::web::words::Words;

#[derive(Template)]
#[template(path = "web/respond/leave.html")]
struct LeavePage {
    words: Words,
    token: String,
    /// The office that sends.
    owner: Option<String>,
    is_done: bool,
}

/// `GET /thu/{token}`
pub(super) async fn ask(
    request: HttpRequest,
    state: web::Data<State>,
    token: web::Path<String>,
) -> Result<HttpResponse, Failure> {
    let leaving = Leaving::parse(&state.secret, &token).ok_or(Failure::NotFound)?;
    let owner = state.store.read(move |db| match invitations::find(db, leaving.invitee_id)? {
        Some((round_id, _)) => match rounds::by_id(db, round_id)? {
            Some(round) => rounds::owner_name(db, round.owner_id).map(Some),
            None => Ok(None),
        },
        None => Ok(None),
    });
    let owner = owner.await?;
    show(&LeavePage { words: words(&request), token: token.into_inner(), owner, is_done: false })
}

/// `POST /thu/{token}`
pub(super) async fn leave(
    request: HttpRequest,
    state: web::Data<State>,
    token: web::Path<String>,
) -> Result<HttpResponse, Failure> {
    let leaving = Leaving::parse(&state.secret, &token).ok_or(Failure::NotFound)?;
    let now = state.clock.now();
    let done = state.store.write(move |db| {
        // the list of a round that is over has been forgotten: nothing is sent to it any more
        let Some((round_id, invitee)) = invitations::find(db, leaving.invitee_id)? else { return Ok(()) };
        let Some(round) = rounds::by_id(db, round_id)? else { return Ok(()) };
        invitations::leave(db, round.owner_id, &invitee.mark, now)?;
        let waiting = invitations::mails_of(db, &invitee.mark)?;
        outbox::stop(db, &waiting, now)?;
        Ok::<(), StoreError>(())
    });
    done.await?;
    show(&LeavePage { words: words(&request), token: token.into_inner(), owner: None, is_done: true })
}
