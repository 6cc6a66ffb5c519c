//! “Bắt đầu”: a form is begun, or one that is under way on this device is offered.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::access;
use super::code::{entrance, named};
use super::device::{Device, PROBE};
use super::form::{self, Sheet};
use super::kiosk;
use super::notice::{self, Turned};
use super::part::{Visit, address};
use super::start;
use super::unfinished::Opened;
use crate::catalogue::{Entrance, Published};
use crate::intake::access::AccessCode;
use crate::state::State;
use crate::survey::code::Way;
use crate::survey::raw::RawAnswers;
use crate::survey::round::{Access, Gate};
use crate::unfinished::Busy;
use crate::web::guard;
use crate::web::page::{see_other, show};
use crate::web::visitor;
use crate::web::words::Words;

#[derive(Deserialize)]
pub(super) struct Wanted {
    lang: Option<String>,
    phieu: Option<String>,
    /// The one-time code, in a round that asks for one.
    #[serde(default)]
    ma: String,
    /// Another form, although one is under way.
    moi: Option<String>,
    /// On a device for everybody.
    #[serde(rename = "may-chung")]
    kiosk: Option<String>,
}

#[derive(Template)]
#[template(path = "web/respond/under_way.html")]
struct UnderWayPage<'a> {
    words: Words,
    entrance: &'a Entrance,
    form: &'a Published,
    /// Where the form that is under way goes on.
    address: String,
    touched: String,
    wanted: &'a str,
    /// The one-time code that was typed for the form that is wanted; empty where the round asks for none.
    typed: String,
}

/// `POST /k/{code}/phieu`
pub(super) async fn begin(
    request: HttpRequest,
    state: web::Data<State>,
    code: web::Path<String>,
    wanted: web::Form<Wanted>,
) -> Result<HttpResponse, Turned> {
    let words = named(wanted.lang.as_deref());
    let entrance = entrance(&state, &code, words).await?;
    if let Some(home) = kiosk::home_elsewhere(&request, &state, &entrance).await? {
        return Ok(see_other(format!("/k/{home}/may-chung?lang={}", words.0)));
    }
    if guard::is_foreign(&request) {
        // the browser left its cookie at home, and would lose it to a new one
        return Ok(see_other(format!("/k/{}?lang={}", entrance.code, words.0)));
    }
    let gate = entrance.round.window().gate(state.clock.now());
    if matches!(gate, Gate::Grace | Gate::Paused)
        && let Some(opened) = in_time(&state, &entrance, &Device::of(&request)).await?
    {
        return Ok(see_other(address(&entrance, &opened.ticket, words, None)));
    }
    if gate != Gate::Open {
        return Ok(notice::shut(StatusCode::OK, &entrance, gate, words)?);
    }
    let Some(form) = entrance.form(wanted.phieu.as_deref()) else {
        return Ok(see_other(format!("/k/{}?lang={}#chon", entrance.code, words.0)));
    };
    if start::is_full(&state, &entrance).await? {
        return Ok(notice::full(StatusCode::OK, &entrance, words)?);
    }
    let mut device = Device::of(&request);
    let way = if wanted.kiosk.is_some() || kiosk::is_here(&request) { Way::Kiosk } else { Way::Own };
    if way == Way::Kiosk {
        kiosk::clear(&state, &mut device).await;
    }
    if wanted.moi.is_none()
        && let Some(opened) = in_time(&state, &entrance, &device).await?.filter(Opened::is_begun)
    {
        let typed = AccessCode::parse(&state.secret, entrance.round.id, &wanted.ma);
        if typed.is_some_and(|code| code.as_str() == opened.access) {
            // with this code she began that form
            return Ok(see_other(address(&entrance, &opened.ticket, words, None)));
        }
        let page = UnderWayPage {
            words,
            entrance: &entrance,
            form: opened.form,
            address: address(&entrance, &opened.ticket, words, None),
            touched: words.moment(opened.row.touched_at),
            wanted: &form.questionnaire.code,
            typed: access::shortened(&wanted.ma),
        };
        return Ok(show(&page)?);
    }
    let mut access = String::new();
    if entrance.access == Access::Codes {
        match access::check(&request, &state, &entrance, &wanted.ma).await {
            Ok(code) => code.as_str().clone_into(&mut access),
            Err(trouble) => return Ok(access::ask(trouble, &entrance, words, &form.questionnaire.code, &wanted.ma)?),
        }
    }
    // so many from one address are no school hall any more: they can still be filled in, unsaved
    let may_save = visitor::spend(&request, |state| &state.budgets.forms).is_ok();
    let begun = if may_save { Opened::begin(&state, &entrance, form, way, &access).await } else { Err(Busy) };
    let Ok(ticket) = begun else {
        // it cannot be saved on the way; it can still be filled in and sent
        let sheet = Sheet { access, ..Sheet::fresh(&state, &entrance, RawAnswers::default()) };
        return Ok(form::render(StatusCode::OK, &entrance, form, words, &sheet, &[])?);
    };
    let keeps_cookies = request.cookie(PROBE).is_some() || !device.forms(&state).is_empty();
    device.take(&state, ticket);
    if keeps_cookies {
        return Ok(device.keep(&state, &entrance, see_other(address(&entrance, &ticket, words, None)))?);
    }
    // a redirect would meet a stranger, so the first part comes at once
    Visit::just_begun(state.clone(), entrance.clone(), words, ticket, device).first_part().await
}

/// The latest form of this device that was begun in time, before all others one in which something was filled in: whoever
/// looked at the first part when the round closed may go on with it, too.
pub(super) async fn in_time<'e>(
    state: &State,
    entrance: &'e Entrance,
    device: &Device,
) -> Result<Option<Opened<'e>>, Turned> {
    let mut empty = None;
    for ticket in device.forms(state) {
        let Some(opened) = Opened::find(state, entrance, ticket).await? else { continue };
        if opened.way != Way::Own || !entrance.takes(state.clock.now(), Some(opened.begun_at())) {
            continue;
        }
        if opened.is_begun() {
            return Ok(Some(opened));
        }
        empty = empty.or(Some(opened));
    }
    Ok(empty)
}
