//! A device that stands somewhere for everybody: whoever comes next finds nothing of whoever was before.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};

use super::code::{entrance, words};
use super::device::Device;
use super::notice::{self, Turned};
use super::start;
use crate::state::State;
use crate::store::unfinished::Change;
use crate::survey::round::Gate;

/// `GET /k/{code}/may-chung`: the start page of such a device. What was under way is forgotten when the next form is begun.
pub(super) async fn show(
    request: HttpRequest,
    state: web::Data<State>,
    code: web::Path<String>,
) -> Result<HttpResponse, Turned> {
    let words = words(&request);
    let entrance = entrance(&state, &code, words).await?;
    let gate = entrance.round.window().gate(state.clock.now());
    if gate != Gate::Open {
        return Ok(notice::shut(StatusCode::OK, &entrance, gate, words)?);
    }
    start::for_everybody(&state, &entrance, words)
}

/// Forgets what this device holds.
pub(super) async fn clear(state: &State, device: &mut Device) {
    for ticket in device.forms(state) {
        // where that fails, the form goes with the idle ones; the device holds no proof of it any more
        let _ = state.unfinished.change(Change::End(ticket.hash())).await;
        device.leave(&ticket);
    }
}
