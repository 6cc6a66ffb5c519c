//! Which unfinished forms belong to this device: a cookie with a proof for each. The address of a form is shared with
//! whoever gets it; the cookie is not. It tells nothing about anybody and ends with the form.

use actix_web::HttpRequest;
use actix_web::HttpResponse;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};

use crate::catalogue::Entrance;
use crate::state::State;
use crate::store::unfinished::IDLE;
use crate::unfinished::Ticket;
use crate::web::error::Failure;

/// The cookie with the proofs.
const PROOFS: &str = "phieu";
/// The cookie that only says that this browser keeps cookies; the same for everybody.
pub(super) const PROBE: &str = "c";
/// A family has few forms under way at one school.
const MOST: usize = 4;

/// The proofs that this device holds, the latest form first.
#[derive(Debug, Clone, Default)]
pub(super) struct Device(Vec<(Ticket, String)>);

impl Device {
    /// Reads the cookie; what is no proof is left out.
    pub(super) fn of(request: &HttpRequest) -> Self {
        let cookie = request.cookie(PROOFS);
        let held = cookie.as_ref().map_or("", |cookie| cookie.value()).split('~').filter_map(|one| {
            let (ticket, proof) = one.split_once('.')?;
            Some((Ticket::parse(ticket)?, proof.to_owned()))
        });
        Self(held.take(MOST).collect())
    }

    /// Whether this device proves that the form is its own.
    pub(super) fn holds(&self, state: &State, ticket: &Ticket) -> bool {
        self.0.iter().any(|(held, proof)| held == ticket && ticket.is_proven_by(&state.secret, proof))
    }

    /// The forms whose proofs are right, the latest first.
    pub(super) fn forms(&self, state: &State) -> Vec<Ticket> {
        let proven = |(ticket, proof): &&(Ticket, String)| ticket.is_proven_by(&state.secret, proof);
        self.0.iter().filter(proven).map(|(ticket, _)| *ticket).collect()
    }

    /// This device may open the form from now on.
    pub(super) fn take(&mut self, state: &State, ticket: Ticket) {
        self.0.retain(|(held, _)| *held != ticket);
        self.0.insert(0, (ticket, ticket.proof(&state.secret)));
        self.0.truncate(MOST);
    }

    /// The form is sent or given up.
    pub(super) fn leave(&mut self, ticket: &Ticket) {
        self.0.retain(|(held, _)| held != ticket);
    }

    /// Writes the cookie, for this code's forms alone.
    pub(super) fn keep(
        &self,
        state: &State,
        entrance: &Entrance,
        mut response: HttpResponse,
    ) -> Result<HttpResponse, Failure> {
        let held: Vec<String> = self.0.iter().map(|(ticket, proof)| format!("{ticket}.{proof}")).collect();
        let cookie = Cookie::build(PROOFS, held.join("~"))
            .path(format!("/k/{}", entrance.code))
            .http_only(true)
            .same_site(SameSite::Lax)
            .secure(state.is_https())
            .max_age(if held.is_empty() { Duration::ZERO } else { Duration::seconds(IDLE.num_seconds()) })
            .finish();
        response.add_cookie(&cookie).map_err(|error| Failure::Unknown(error.to_string()))?;
        Ok(response)
    }
}
