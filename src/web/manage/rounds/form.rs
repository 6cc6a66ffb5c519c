//! What every form about one round begins with: somebody with the right sent it from a page of their own session.

use std::future::Future;
use std::ops::Deref;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::web::{Bytes, Data, Path};
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use chrono::NaiveDateTime;

use super::fields::Fields;
use super::trouble::Trouble;
use super::{Outcome, change, said};
use crate::state::State;
use crate::store::rounds::RoundRow;
use crate::store::{Db, StoreError};
use crate::web::deed::Deed;
use crate::web::error::Failure;
use crate::web::session::{self, Officer};
use crate::web::words::Words;

/// A form that an officer with a right – a [`Planner`](crate::web::session::Planner), say – sent about one round. Whether the round is this officer's is seen
/// when it is read or changed.
pub(super) struct RoundForm<O> {
    pub(super) request: HttpRequest,
    pub(super) officer: O,
    pub(super) state: Data<State>,
    pub(super) slug: String,
    pub(super) fields: Fields,
}

impl<O> FromRequest for RoundForm<O>
where
    O: FromRequest<Error = Failure> + Deref<Target = Officer> + 'static,
{
    type Error = actix_web::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, actix_web::Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let (slug, body) = (Path::<String>::extract(&request), Bytes::from_request(&request, payload));
        Box::pin(async move {
            // who may not send it learns nothing else
            let officer = O::extract(&request).await?;
            let state = session::state(&request)?;
            let slug = slug.await.map_err(|_| Failure::NotFound)?.into_inner();
            let fields = Fields::sent(&officer, &body.await?)?;
            Ok(Self { request, officer, state, slug, fields })
        })
    }
}

impl<O: Deref<Target = Officer>> RoundForm<O> {
    /// The officer's words.
    pub(super) fn words(&self) -> Words {
        self.officer.words
    }

    /// UTC.
    pub(super) fn now(&self) -> NaiveDateTime {
        self.state.clock.now()
    }

    /// Changes the round; see [`change`].
    pub(super) async fn change<T: Send + 'static>(
        &self,
        deed: impl Into<Deed>,
        work: impl FnOnce(&mut Db, RoundRow) -> Result<Outcome<T>, StoreError> + Send + 'static,
    ) -> Result<Outcome<T>, Failure> {
        change(&self.state, &self.officer, &self.slug, deed, work).await
    }

    /// To the page at this place below the round's address, which says what was done. Or `page`, which says why it was not, with
    /// what was typed.
    pub(super) async fn answer(
        self,
        done: Outcome<String>,
        below: &str,
        page: impl AsyncFnOnce(&HttpRequest, &Officer, &State, &str, Trouble) -> Result<HttpResponse, Failure>,
    ) -> Result<HttpResponse, Failure> {
        match done {
            Ok(sentence) => Ok(self.said(&sentence, below)),
            Err(trouble) => self.refuse(trouble, page).await,
        }
    }

    /// `page`, which says why something was not done, with what was typed, or what the trouble brings along.
    pub(super) async fn refuse(
        self,
        trouble: Trouble,
        page: impl AsyncFnOnce(&HttpRequest, &Officer, &State, &str, Trouble) -> Result<HttpResponse, Failure>,
    ) -> Result<HttpResponse, Failure> {
        let trouble = if trouble.fields().is_empty() { trouble.typed(self.fields) } else { trouble };
        page(&self.request, &self.officer, &self.state, &self.slug, trouble).await
    }

    /// To the page at this place below the round's address, which says this.
    pub(super) fn said(&self, sentence: &str, below: &str) -> HttpResponse {
        said::see_other(&self.state, &self.officer, format!("/manage/rounds/{}{below}", self.slug), sentence)
    }
}
