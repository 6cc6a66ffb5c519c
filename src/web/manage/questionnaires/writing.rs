//! What a form of the editor sends: who, about which questionnaire, and what stood on the page. Every handler that changes one
//! begins here.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header::ACCEPT;
use actix_web::web::{self, Bytes};
use actix_web::{Error, FromRequest, HttpRequest};

use super::change::{Outcome, Standing, Stop, change};
use super::own::{Own, load};
use crate::state::State;
use crate::survey::manuscript::Manuscript;
use crate::web::error::Failure;
use crate::web::manage::fields::Fields;
use crate::web::session::{self, Officer, Writer};

/// A form that comes from a page of this officer's session.
pub(super) struct Writing {
    pub officer: Officer,
    pub state: web::Data<State>,
    pub request: HttpRequest,
    /// The number of the questionnaire; whether it is the officer's is seen when it is read.
    pub id: i64,
    /// The revision that the page showed.
    pub seen: i64,
    /// Whatever else was sent.
    pub fields: Fields,
}

impl FromRequest for Writing {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let officer = Writer::from_request(request, payload);
        let id = web::Path::<i64>::from_request(request, payload);
        let body = Bytes::from_request(request, payload);
        let request = request.clone();
        Box::pin(async move {
            let officer = officer.await?.0;
            let id = id.await.map_err(|_| Failure::NotFound)?.into_inner();
            let fields = Fields::sent(&officer, &body.await?)?;
            let seen = fields.number("revision").unwrap_or(0);
            Ok(Self { officer, state: session::state(&request)?, request, id, seen, fields })
        })
    }
}

impl Writing {
    /// The address of the editor's page.
    pub(super) fn page(&self) -> String {
        format!("/manage/questionnaires/{}", self.id)
    }

    /// Changes the questionnaire as it stands now.
    pub(super) async fn change(
        &self,
        work: impl FnOnce(&Standing) -> Result<Manuscript, Stop> + Send + 'static,
    ) -> Result<Outcome, Failure> {
        change(&self.state, &self.officer, self.id, self.seen, None, work).await
    }

    /// The same as something that the page did by itself: such changes of one item, one after the other, are one step of the
    /// history.
    pub(super) async fn change_quietly(
        &self,
        item: String,
        work: impl FnOnce(&Standing) -> Result<Manuscript, Stop> + Send + 'static,
    ) -> Result<Outcome, Failure> {
        change(&self.state, &self.officer, self.id, self.seen, Some(item), work).await
    }

    /// The questionnaire, for a page that comes again.
    pub(super) async fn load(&self) -> Result<Own, Failure> {
        load(&self.state, &self.officer, self.id).await
    }

    /// Whether the page asked by script and wants to know only what became of it.
    pub(super) fn is_quiet(&self) -> bool {
        let accepted = self.request.headers().get(ACCEPT).and_then(|value| value.to_str().ok());
        accepted.is_some_and(|accepted| accepted.starts_with("application/json"))
    }
}
