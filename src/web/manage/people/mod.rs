//! People: who works here, with which roles, and how they get in.
//!
//! Whoever looks after people does so for a unit and all below it. Somebody of another unit does not exist.

mod find;
mod hand_over;
mod handed;
mod invite;
mod list;
mod mailed;
mod person;
mod standing;

use actix_web::HttpResponse;
use actix_web::web::{self, ServiceConfig, get, post};

use crate::state::State;
use crate::store::people::{self, Person};
use crate::store::{Db, StoreError, accounts};
use crate::survey::access::Role;
use crate::web::error::Failure;
use crate::web::page::see_other;
use crate::web::session::Officer;
use crate::web::words::Words;

/// Registers the pages of this room.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/manage/people", get().to(list::show))
        .route("/manage/people/new", get().to(invite::show))
        .route("/manage/people/new", post().to(invite::make))
        .route("/manage/people/{id}", get().to(person::show))
        .route("/manage/people/{id}/roles", post().to(person::save))
        .route("/manage/people/{id}/link", post().to(standing::link))
        .route("/manage/people/{id}/mail", post().to(mailed::save))
        .route("/manage/people/{id}/stop", post().to(standing::stop))
        .route("/manage/people/{id}/restart", post().to(standing::restart))
        .route("/manage/people/{id}/codes", post().to(standing::take_codes))
        .route("/manage/people/{id}/hand-over", post().to(hand_over::hand_over))
        // a form that came back with a sentence stands at the address it was sent to; whoever opens that gets the page
        .route("/manage/people/{id}/{_:roles|link|mail|stop|restart|codes|hand-over}", get().to(to_the_person));
}

async fn to_the_person(path: web::Path<(String, String)>) -> HttpResponse {
    see_other(format!("/manage/people/{}", path.into_inner().0))
}

/// The person with this number, if the officer looks after that person's unit.
fn mine(db: &mut Db, officer: &Officer, id: i64) -> Result<Option<Person>, StoreError> {
    let Some(person) = people::find(db, id)? else { return Ok(None) };
    let line = accounts::line_of(db, person.unit_id)?;
    Ok(officer.may_manage(&line).then_some(person))
}

/// Changes something about a person whom the officer looks after, one change at a time; or says why not.
async fn change<T: Send + 'static>(
    state: &State,
    officer: &Officer,
    id: i64,
    work: impl FnOnce(&mut Db, Person) -> Result<T, StoreError> + Send + 'static,
) -> Result<T, Failure> {
    let officer = officer.clone();
    let done = state.store.write(move |db| {
        db.change_people_alone()?;
        match mine(db, &officer, id)? {
            Some(person) => work(db, person).map(Some),
            None => Ok(None),
        }
    });
    done.await?.ok_or(Failure::NotFound)
}

/// The name of a role.
fn role_name(role: Role, words: Words) -> String {
    words.say(&format!("role-{role}"))
}

/// A role that can be ticked.
struct Tick {
    code: &'static str,
    name: String,
    about: String,
    is_ticked: bool,
}

impl Tick {
    fn new(role: Role, is_ticked: bool, words: Words) -> Self {
        let about = words.say(&format!("role-about-{role}"));
        Self { code: role.code(), name: role_name(role, words), about, is_ticked }
    }
}
