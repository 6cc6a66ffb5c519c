//! What every page of a round's figures begins with: somebody with the right asks for a round, and for a part of it.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::error::InternalError;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use askama::Template;
use chrono::NaiveDateTime;
use serde::Deserialize;

use super::asking::Asking;
use super::filter::{Asked, Filter};
use super::frame::{Frame, Tab};
use super::{file, quality, read, strange};
use crate::analysis::method::Method;
use crate::state::State;
use crate::store::rounds::RoundRow;
use crate::store::{Db, round_methods};
use crate::survey::code::Audience;
use crate::tabulation::Tabulation;
use crate::tabulation::choice::{Choice, Key};
use crate::tabulation::pooled::Pooled;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::method::under_table;
use crate::web::page;
use crate::web::session::{self, Insider, Officer};
use crate::web::words::Words;

/// A round with its figures, and what of them the page shows. A handler that takes one is called only where the address names
/// nothing that the round does not have; else the page that says so is shown. A file is made only where every name of its address
/// is known; a page is shown and says which is not.
pub(super) struct Opened {
    pub request: HttpRequest,
    pub officer: Insider,
    /// When the page was asked for, UTC.
    pub now: NaiveDateTime,
    pub round: RoundRow,
    pub tabulation: Arc<Tabulation>,
    /// How its figures are worked out.
    pub method: Method,
    /// The same in words, as it stands under every table.
    pub printed: String,
    /// How many forms are left out, by rule, and how many of the part that is shown; none: none are.
    pub left_out: Option<String>,
    pub filter: Filter,
    tab: Tab,
    /// Names in the address that the page does not know.
    strange: Vec<String>,
}

impl FromRequest for Opened {
    type Error = actix_web::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, actix_web::Error>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            // who may not see it learns nothing else
            let officer = Insider::extract(&request).await?;
            let path = Path::<Named>::extract(&request).await?;
            let twice = |_| Failure::Bad(officer.words.say("filter-twice"));
            let asked = Query::<Asked>::extract(&request).await.map_err(twice)?;
            let pattern = request.match_pattern().unwrap_or_default();
            let words = officer.words;
            match open(request, officer, &path.slug, &asked, Tab::of(&pattern)).await? {
                Ok(opened) => match strange::refused(&opened.strange, words).filter(|_| pattern.contains('.')) {
                    Some(refused) => Err(Failure::Bad(refused).into()),
                    None => Ok(opened),
                },
                Err(page) => Err(InternalError::from_response("the round has no such part", page).into()),
            }
        })
    }
}

/// The round that the address names.
#[derive(Deserialize)]
struct Named {
    slug: String,
}

async fn open(
    request: HttpRequest,
    officer: Insider,
    slug: &str,
    asked: &Asked,
    tab: Tab,
) -> Result<Result<Opened, HttpResponse>, Failure> {
    let state = session::state(&request)?;
    let (known, catalogue, now) = (state.tabulations.clone(), state.catalogue.clone(), state.clock.now());
    let work = move |db: &mut Db, round: RoundRow| {
        Ok((known.of(db, &catalogue, &round, now)?, round_methods::decided(db, round.id)?, round))
    };
    let (tabulation, decided, round) = read(&state, &officer, slug, work).await?;
    let method = decided.as_ref().map_or(Method::USUAL, |row| row.method);
    let printed = under_table(officer.words, decided.as_ref());
    match asked.of(&tabulation, officer.words) {
        Ok(filter) => {
            let part = filter.is_narrow().then(|| filter.choice());
            let left_out = left_out(&tabulation, filter.audience, part.as_ref(), officer.words);
            let strange = strange::names(request.query_string(), tab);
            let opened =
                Opened { request, officer, now, round, tabulation, method, printed, left_out, filter, tab, strange };
            Ok(Ok(opened))
        }
        Err(unknown) => {
            nothing(&request, &officer, Frame::new(&officer, &round, tab, now), unknown, request.path()).map(Err)
        }
    }
}

/// How many forms of the round are left out, by rule, and of a part of an audience how many; none where none are.
fn left_out(tabulation: &Tabulation, audience: Audience, part: Option<&Choice>, words: Words) -> Option<String> {
    let whole = quality::said::by_rule(&tabulation.excluded, words)?;
    let Some(choice) = part else { return Some(whole) };
    let n = i64::try_from(tabulation.left(audience, choice)).unwrap_or(i64::MAX);
    Some(format!("{whole} {}", words.with("quality-out-of-part", "n", words.number(n))))
}

impl Opened {
    /// The reader's words.
    pub(super) fn words(&self) -> Words {
        self.officer.words
    }

    /// The application's state.
    ///
    /// # Errors
    /// The application was put together without it.
    pub(super) fn state(&self) -> Result<Data<State>, Failure> {
        session::state(&self.request)
    }

    /// The desk around the page.
    pub(super) fn desk(&self) -> DeskFrame {
        DeskFrame::new(&self.request, &self.officer, Room::Results)
    }

    /// The round around the page.
    pub(super) fn frame(&self) -> Frame {
        let strange = strange::told(&self.strange, self.words());
        Frame { strange, ..Frame::new(&self.officer, &self.round, self.tab, self.now) }
    }

    /// The same for a page that shows what of the round is chosen.
    pub(super) fn frame_of_part(&self) -> Frame {
        self.frame().of_part(&self.filter, &self.tabulation, self.words())
    }

    /// The page that names what the round does not have.
    ///
    /// # Errors
    /// The page could not be written.
    pub(super) fn lacks(&self, unknown: Vec<String>) -> Result<HttpResponse, Failure> {
        nothing(&self.request, &self.officer, self.frame(), unknown, self.request.path())
    }

    /// How many forms are left out, of the round and of this part.
    pub(super) fn left_out_of(&self, part: &Choice) -> Option<String> {
        left_out(&self.tabulation, self.filter.audience, Some(part), self.words())
    }

    /// Which questions those who are chosen were asked.
    pub(super) fn asking(&self) -> Asking {
        Asking::of(&self.tabulation, &self.filter)
    }

    /// The answers that are chosen.
    pub(super) fn pool(&self) -> Pooled<'_> {
        self.tabulation.pooled(self.filter.audience, &self.filter.choice())
    }

    /// The same by level, unit or channel.
    pub(super) fn pools(&self, key: Key) -> BTreeMap<&str, Pooled<'_>> {
        self.tabulation.pooled_by(self.filter.audience, &self.filter.choice(), key)
    }

    /// What a file is called: the round, and what of it the file holds.
    pub(super) fn file_name(&self, what: &str) -> String {
        format!("{}-{what}", self.round.slug)
    }

    /// What a drawing is called where no page stands around it: with its round and the part of it that is shown.
    pub(super) fn named(&self, title: &str) -> String {
        let part = self.filter.names(&self.tabulation, self.words());
        file::titled([title, &self.round.title, &part])
    }
}

/// The address names something that the round does not have: what, and a way on.
#[derive(Template)]
#[template(path = "web/analyse/nothing.html")]
struct NothingPage {
    desk: DeskFrame,
    frame: Frame,
    unknown: Vec<String>,
    way_on: String,
}

/// The page that names what the round does not have, with the address of a way on.
///
/// # Errors
/// The page could not be written.
pub(super) fn nothing(
    request: &HttpRequest,
    officer: &Officer,
    frame: Frame,
    unknown: Vec<String>,
    way_on: &str,
) -> Result<HttpResponse, Failure> {
    let desk = DeskFrame::new(request, officer, Room::Results);
    let page = NothingPage { desk, frame, unknown, way_on: way_on.to_owned() };
    page::show_as(StatusCode::NOT_FOUND, &page)
}
