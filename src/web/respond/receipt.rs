//! The receipt: proves that a form was sent, and nothing else.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::code::{entrance, words};
use super::notice::{EVERYBODY, Turned};
use super::secret::{self, Offer};
use super::{kiosk, start};
use crate::catalogue::Entrance;
use crate::intake::receipt::Receipt;
use crate::state::State;
use crate::store::submissions;
use crate::survey::round::Gate;
use crate::web::error::Failure;
use crate::web::page::show;
use crate::web::words::Words;

#[derive(Template)]
#[template(path = "web/respond/receipt.html")]
struct ReceiptPage<'a> {
    words: Words,
    entrance: &'a Entrance,
    receipt: &'a Receipt,
    closes: String,
    offer: Offer,
    /// On a device for everybody.
    is_kiosk: bool,
    /// Entered by an officer for somebody.
    is_assisted: bool,
    /// Another form may be begun.
    is_open: bool,
}

impl ReceiptPage<'_> {
    /// To whom the page speaks: an officer who entered a form for somebody is neither parent nor pupil.
    fn whom(&self) -> &'static str {
        if self.is_assisted { EVERYBODY } else { self.entrance.whom() }
    }
}

#[derive(Deserialize)]
pub(super) struct Shown {
    #[serde(rename = "may-chung")]
    kiosk: Option<String>,
    #[serde(rename = "nhap-ho")]
    assisted: Option<String>,
}

/// `GET /k/{code}/bien-nhan/{receipt}`
pub(super) async fn show_receipt(
    request: HttpRequest,
    state: web::Data<State>,
    path: web::Path<(String, String)>,
    shown: web::Query<Shown>,
) -> Result<HttpResponse, Turned> {
    let words = words(&request);
    let entrance = entrance(&state, &path.0, words).await?;
    let words = words.among(&entrance.languages());
    let receipt = Receipt::parse(&path.1).ok_or(Failure::NotFound)?;
    let (round_id, hash) = (entrance.round.id, receipt.hash());
    let known =
        state.store.read(move |db| submissions::has_receipt(db, round_id, &hash)).await.map_err(Failure::from)?;
    if !known {
        return Err(Failure::NotFound.into());
    }
    let closes = words.moment(entrance.round.closes_at);
    let offer = secret::offer(&request, &state, &entrance, &receipt);
    let is_kiosk = shown.kiosk.is_some() || kiosk::is_here(&request);
    let is_assisted = shown.assisted.is_some();
    let is_open =
        entrance.round.window().gate(state.clock.now()) == Gate::Open && !start::is_full(&state, &entrance).await?;
    let entrance = &entrance;
    Ok(show(&ReceiptPage { words, entrance, receipt: &receipt, closes, offer, is_kiosk, is_assisted, is_open })?)
}
