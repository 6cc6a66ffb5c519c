//! The address of an unfinished form, opened where it was not begun: it shows nothing until four digits are typed that stand
//! on the form itself.

use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, RETRY_AFTER};
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use askama::Template;

use super::notice::Turned;
use super::part::{Visit, address};
use super::share::Share;
use super::unfinished::Opened;
use crate::catalogue::Entrance;
use crate::intake::receipt::Receipt;
use crate::secret::same;
use crate::store::submissions;
use crate::store::unfinished::Change;
use crate::unfinished::MOST_TRIES;
use crate::web::error::Failure;
use crate::web::page::{show_as, whole_seconds};
use crate::web::visitor;
use crate::web::words::Words;

#[derive(Template)]
#[template(path = "web/respond/elsewhere.html")]
struct ElsewherePage<'a> {
    words: Words,
    entrance: &'a Entrance,
    share: Share,
    address: String,
    /// Why the digits did not open it.
    wrong: Option<&'static str>,
    /// No digits open it any more.
    is_locked: bool,
}

/// Asks for the digits.
pub(super) fn ask(visit: &Visit, opened: &Opened<'_>, wrong: Option<&'static str>) -> Result<HttpResponse, Turned> {
    let is_locked = visit.ticket.digits(&visit.state.secret, opened.row.tries).is_none();
    let page = ElsewherePage {
        words: visit.words,
        entrance: &visit.entrance,
        share: Share::new(&visit.state.public_url, &visit.entrance, visit.words)?,
        address: address(&visit.entrance, &visit.ticket, visit.words, None),
        wrong: wrong.filter(|_| !is_locked),
        is_locked,
    };
    Ok(show_as(StatusCode::FORBIDDEN, &page)?)
}

/// Opens it for this device, if the digits are right. The try is counted before they are compared, and given back if they are.
pub(super) async fn enter(visit: &Visit, opened: &Opened<'_>, typed: Option<&str>) -> Result<HttpResponse, Turned> {
    let Some(typed) = typed else { return ask(visit, opened, None) };
    let typed: String = typed.chars().filter(char::is_ascii_digit).collect();
    if typed.len() != 4 {
        return ask(visit, opened, Some("elsewhere-four"));
    }
    let tries = visit.state.unfinished.try_digits(visit.ticket.hash(), MOST_TRIES).await;
    let tries = tries.map_err(|busy| Failure::Unknown(busy.to_string()))?;
    let digits = tries.and_then(|tries| visit.ticket.digits(&visit.state.secret, tries));
    if digits.is_some_and(|digits| same(digits.as_bytes(), typed.as_bytes())) {
        // where that fails, one try fewer is left
        let _ = visit.state.unfinished.change(Change::Right(visit.ticket.hash())).await;
        // the page itself: a redirect would meet a stranger where cookies are not kept
        return visit.page(StatusCode::OK, opened, 0, &[], None);
    }
    let Some(opened) = Opened::find(&visit.state, &visit.entrance, visit.ticket).await? else {
        return Err(gone(visit).await?);
    };
    ask(visit, &opened, Some("elsewhere-wrong"))
}

/// There is no such form: the page says so. Many such addresses from one place are guesses, and cost the guesser time.
pub(super) fn guessed(request: &HttpRequest, gone: &Turned) -> HttpResponse {
    let mut page = gone.error_response();
    if let Err(wait) = visitor::spend(request, |state| &state.budgets.tickets) {
        *page.status_mut() = StatusCode::TOO_MANY_REQUESTS;
        page.headers_mut().insert(RETRY_AFTER, HeaderValue::from(whole_seconds(wait)));
    }
    page
}

/// There is no such form any more. Whoever sent it from this device is led to its receipt.
pub(super) async fn gone(visit: &Visit) -> Result<Turned, Turned> {
    let receipt = Receipt::of(&visit.state.secret, visit.entrance.round.id, visit.ticket.key(&visit.state.secret));
    let (round_id, hash) = (visit.entrance.round.id, receipt.hash());
    let is_sent = visit.is_proven
        && visit
            .state
            .store
            .read(move |db| submissions::has_receipt(db, round_id, &hash))
            .await
            .map_err(Failure::from)?;
    Ok(Turned::Gone { entrance: visit.entrance.clone(), words: visit.words, receipt: is_sent.then_some(receipt) })
}
