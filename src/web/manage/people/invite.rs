//! `/manage/people/new`: somebody new, with roles and a one-time link.

use actix_web::http::StatusCode;
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::find::{self, Found};
use super::handed::{self, Link, Receiver};
use super::{Tick, mailed, role_name};
use crate::mail::Address;
use crate::state::State;
use crate::store::roles::{self, Granting};
use crate::store::units::{self, Stored};
use crate::store::{Db, StoreError, account_mails, accounts, links};
use crate::survey::access::{Grant, Login, Role};
use crate::survey::audit::Action;
use crate::survey::code::UnitNature;
use crate::web::deed::Deed;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::manage::fields::Fields;
use crate::web::page;
use crate::web::session::{Keeper, Officer};
use crate::web::words::Words;
use crate::web::wrong::Wrong;

#[derive(Template)]
#[template(path = "web/manage/people/invite.html")]
struct InvitePage {
    desk: DeskFrame,
    typed: Fields,
    wrong: Wrong,
    /// Units that the words fit, as code and name.
    offered: Vec<(String, String)>,
    /// Roles by who can have them.
    groups: Vec<(String, Vec<Tick>)>,
    /// Whether mail reaches people by itself.
    has_server: bool,
}

/// Somebody to be invited.
struct Invitation {
    name: String,
    login: Login,
    unit: Stored,
    roles: Vec<Role>,
    mail: Option<Address>,
}

/// What stands in the way.
#[derive(Default)]
struct Refused {
    wrong: Wrong,
    offered: Vec<(String, String)>,
}

/// `GET /manage/people/new`
pub(super) async fn show(
    request: HttpRequest,
    officer: Keeper,
    state: web::Data<State>,
) -> Result<HttpResponse, Failure> {
    page::show(&form(&request, &officer, &state, Fields::default(), Refused::default()))
}

fn form(request: &HttpRequest, officer: &Officer, state: &State, typed: Fields, refused: Refused) -> InvitePage {
    let words = officer.words;
    let natures = [UnitNature::CoQuan, UnitNature::Truong, UnitNature::MatTran];
    let group = |nature: UnitNature| {
        let tick = |role: Role| Tick::new(role, typed.has("role", role.code()), words);
        (words.say(&format!("people-roles-{nature}")), Role::of(nature).map(tick).collect())
    };
    InvitePage {
        desk: DeskFrame::new(request, officer, Room::People),
        groups: natures.into_iter().map(group).collect(),
        has_server: state.mail.carrier().is_smtp(),
        typed,
        wrong: refused.wrong,
        offered: refused.offered,
    }
}

/// `POST /manage/people/new`: the answer is the page with the link.
pub(super) async fn make(
    request: HttpRequest,
    officer: Keeper,
    state: web::Data<State>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::sent(&officer, &body)?;
    let (keeper, sent, words, now) = (officer.0.clone(), fields.clone(), officer.words, state.clock.now());
    let (link, secret) = (Link::new(&state), state.secret.clone());
    let handed = link.clone();
    let made = state.store.write(move |db| {
        db.change_people_alone()?;
        let invitation = match parse(db, &keeper, &sent)? {
            Ok(invitation) => invitation,
            Err(refused) => return Ok(Err(refused)),
        };
        let Invitation { name, login, unit, roles, mail } = invitation;
        let id = accounts::add_bare(db, &login, &name, unit.id, now)?;
        let grants: Vec<Grant> = roles.iter().map(|role| Grant { role: *role, unit_id: unit.id }).collect();
        roles::grant(db, id, &grants, Granting { by: Some(keeper.account_id), at: now })?;
        links::add(db, &handed.hash, id, handed.until)?;
        let receiver = Receiver { id, name, login: login.to_string(), unit: unit.unit.name };
        if let Some(address) = &mail {
            account_mails::set(db, id, Some(address.as_str()))?;
            mailed::send(db, &secret, &keeper, &handed, &receiver, address, now)?;
        }
        let deed = Deed::with(Action::PersonInvited, roles.iter().map(|role| role.code()));
        keeper.note(db, now, unit.id, deed, login.as_str())?;
        Ok(Ok((receiver, mail)))
    });
    let refused = match made.await {
        Ok(Ok((receiver, mail))) => {
            let done = words.with("people-done-invited", "name", &receiver.name);
            return handed::show(&request, &officer, link, receiver, mail.as_ref(), done);
        }
        Ok(Err(refused)) => refused,
        Err(StoreError::Exists(_)) => {
            let wrong = Wrong::one("login", words.say("people-login-taken"));
            Refused { wrong, ..Refused::default() }
        }
        Err(error) => return Err(error.into()),
    };
    page::show_as(StatusCode::UNPROCESSABLE_ENTITY, &form(&request, &officer, &state, fields, refused))
}

/// A person's name as it is kept.
pub(super) fn name_of(typed: &str) -> Option<String> {
    (!typed.is_empty() && typed.chars().count() <= 120).then(|| typed.to_owned())
}

fn parse(db: &mut Db, officer: &Officer, fields: &Fields) -> Result<Result<Invitation, Refused>, StoreError> {
    let words = officer.words;
    let mut wrong = Wrong::default();
    let name = name_of(fields.one("name"));
    if name.is_none() {
        wrong.add("name", words.say("people-name-wrong"));
    }
    let login = fields.one("login").parse::<Login>().ok();
    if login.is_none() {
        wrong.add("login", words.say("people-login-wrong"));
    }
    let (unit, offered) = match unit_of(db, officer, fields)? {
        Found::One(unit) => (Some(unit), Vec::new()),
        Found::Several(offered) => {
            wrong.add("unit", words.say("people-unit-several"));
            (None, offered)
        }
        Found::Nothing => {
            wrong.add("unit", words.say("people-unit-none"));
            (None, Vec::new())
        }
    };
    let roles: Vec<Role> = fields.all("role").filter_map(Role::from_code).collect();
    if let Some(sentence) = roles_wrong(&roles, unit.as_deref().map(|stored| stored.unit.kind.nature), words) {
        wrong.add("role", sentence);
    }
    let mail = mailed::typed(fields, words).unwrap_or_else(|sentence| {
        wrong.add("mail", sentence);
        None
    });
    Ok(match (name, login, unit) {
        (Some(name), Some(login), Some(unit)) if wrong.is_empty() => {
            Ok(Invitation { name, login, unit: *unit, roles, mail })
        }
        _ => Err(Refused { wrong, offered }),
    })
}

/// The unit that was chosen among those offered, or the one that was typed; only units that the officer looks after.
fn unit_of(db: &mut Db, officer: &Officer, fields: &Fields) -> Result<Found, StoreError> {
    let reach = officer.reach(db)?;
    let all = units::all(db)?;
    let mine = || all.iter().filter(|stored| reach.contains(&stored.id));
    let typed = fields.one("unit");
    // what was chosen counts for the words for which it was offered
    Ok(match fields.one("at") {
        chosen if !chosen.is_empty() && fields.one("offered_for") == typed => find::unit(mine(), chosen),
        _ => find::unit(mine(), typed),
    })
}

/// What is wrong with roles for somebody of such a unit.
pub(super) fn roles_wrong(roles: &[Role], nature: Option<UnitNature>, words: Words) -> Option<String> {
    if roles.is_empty() {
        return Some(words.say("people-roles-missing"));
    }
    let nature = nature?;
    let misfit = roles.iter().find(|role| !role.fits(nature))?;
    let values = [("role", role_name(*misfit, words)), ("kind", words.say(&format!("unit-nature-{nature}")))];
    Some(words.fill("people-role-misfit", values))
}
