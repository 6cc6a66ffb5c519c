//! `/analyse/{slug}/method`: how the round's figures are worked out, in plain words, each rule with what it gives for the
//! round's own figures. Who plans the round decides; once the figures are frozen it takes a reason, which every table prints.

mod example;

use actix_web::http::StatusCode;
use actix_web::web::{self, Data};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;

use super::even_sealed;
use super::frame::{Frame, Tab};
use crate::analysis::method::{Above, GroupRule, ItemRule, Method, PercentPlaces, Reach};
use crate::state::State;
use crate::store::round_methods::{self, Decision, MethodRow};
use crate::store::rounds;
use crate::store::units;
use crate::survey::access::Right;
use crate::survey::audit::Action;
use crate::survey::round::Access;
use crate::vietnamese;
use crate::web::deed::Deed;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::method::under_table;
use crate::web::page::{self, see_other};
use crate::web::session::{Insider, Officer, Planner};
use crate::web::words::Words;

use self::example::Examples;

/// The longest text that is printed under tables.
const LONGEST: usize = 300;

#[derive(Template)]
#[template(path = "web/analyse/method.html")]
struct MethodPage {
    desk: DeskFrame,
    frame: Frame,
    is_saved: bool,
    questions: Vec<Question>,
    printed: String,
    decided: String,
    may_change: bool,
    is_frozen: bool,
    /// Anybody with the code can answer.
    is_open: bool,
    has_example: bool,
    sent: Sent,
    troubles: Vec<(&'static str, String)>,
}

impl MethodPage {
    fn says(&self, place: &str) -> Option<&str> {
        self.troubles.iter().find(|(known, _)| *known == place).map(|(_, sentence)| sentence.as_str())
    }
}

/// One rule to choose.
struct Question {
    name: &'static str,
    options: Vec<Choice>,
}

/// One way.
struct Choice {
    code: &'static str,
    /// Names its words: `method-o-…`, `method-h-…`.
    words: String,
    example: Option<String>,
    is_chosen: bool,
}

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    #[serde(rename = "_csrf")]
    csrf: String,
    items: String,
    groups: String,
    reach: String,
    above: String,
    places: String,
    basis: String,
    reason: String,
}

impl Sent {
    fn of(decided: Option<&MethodRow>) -> Self {
        let method = decided.map_or(Method::USUAL, |row| row.method);
        Self {
            csrf: String::new(),
            items: method.items.code().into(),
            groups: method.groups.code().into(),
            reach: method.reach.code().into(),
            above: method.above.code().into(),
            places: method.places.code().into(),
            basis: decided.map(|row| row.basis.clone()).unwrap_or_default(),
            reason: String::new(),
        }
    }

    fn tidied(self) -> Self {
        let tidy = |text: &str| vietnamese::nfc(text.trim().trim_end_matches('.'));
        Self { basis: tidy(&self.basis), reason: tidy(&self.reason), ..self }
    }

    /// The rules that were chosen, or what is wrong with them, by field.
    fn method(&self, is_frozen: bool, words: Words) -> Result<Method, Vec<(&'static str, String)>> {
        let (items, groups) = (ItemRule::from_code(&self.items), GroupRule::from_code(&self.groups));
        let (reach, above) = (Reach::from_code(&self.reach), Above::from_code(&self.above));
        let places = PercentPlaces::from_code(&self.places);
        let mut troubles = Vec::new();
        let known = [
            ("reach", reach.is_some()),
            ("items", items.is_some()),
            ("groups", groups.is_some()),
            ("above", above.is_some()),
            ("places", places.is_some()),
        ];
        troubles.extend(known.iter().filter(|(_, fine)| !fine).map(|(name, _)| (*name, words.say("method-wrong"))));
        if matches!(reach, Some(Reach::Drawn(_))) && self.basis.is_empty() {
            troubles.push(("basis", words.say("method-basis-needed")));
        }
        if is_frozen && self.reason.is_empty() {
            troubles.push(("reason", words.say("method-reason-needed")));
        }
        for (name, text) in [("basis", &self.basis), ("reason", &self.reason)] {
            if text.chars().count() > LONGEST {
                troubles.push((name, words.with("method-too-long", "most", LONGEST)));
            }
        }
        match (items, groups, reach, above, places) {
            (Some(items), Some(groups), Some(reach), Some(above), Some(places)) if troubles.is_empty() => {
                Ok(Method { items, groups, reach, above, places })
            }
            _ => Err(troubles),
        }
    }
}

#[derive(Deserialize)]
pub(super) struct Query {
    saved: Option<String>,
}

/// `GET …/method`
pub(super) async fn show(
    request: HttpRequest,
    officer: Insider,
    state: Data<State>,
    slug: web::Path<String>,
    query: web::Query<Query>,
) -> Result<HttpResponse, Failure> {
    page(&request, &officer, &state, &slug, query.saved.is_some(), None).await
}

/// The page; with what was sent and what is wrong with it, if something is.
async fn page(
    request: &HttpRequest,
    officer: &Officer,
    state: &Data<State>,
    slug: &str,
    is_saved: bool,
    wrong: Option<(Sent, Vec<(&'static str, String)>)>,
) -> Result<HttpResponse, Failure> {
    let (reader, slug, inner, words) = (officer.clone(), slug.to_owned(), state.clone(), officer.words);
    let found = state
        .store
        .read(move |db| {
            let Some(round) = even_sealed(db, &reader, &slug)? else { return Ok(None) };
            let (now, decided) = (inner.clock.now(), round_methods::decided(db, round.id)?);
            let method = decided.as_ref().map_or(Method::USUAL, |row| row.method);
            let examples = match round.is_sealed() {
                true => None,
                false => Examples::of(&*inner.tabulations.of(db, &inner.catalogue, &round, now)?, &method, words),
            };
            let may_change = reader.grants.may(Right::Plan, &units::line(db, round.owner_id)?);
            let is_open = round.access()? == Access::Open;
            Ok(Some((round, decided, examples, may_change, is_open)))
        })
        .await?;
    let (round, decided, examples, may_change, is_open) = found.ok_or(Failure::NotFound)?;
    let (sent, troubles) = wrong.unwrap_or_else(|| (Sent::of(decided.as_ref()), Vec::new()));
    let frame = Frame::new(officer, &round, Tab::Method, state.clock.now());
    let page = MethodPage {
        desk: DeskFrame::new(request, officer, Room::Results),
        frame,
        is_saved,
        questions: questions(&sent, examples.as_ref()),
        printed: under_table(words, decided.as_ref()),
        decided: match &decided {
            Some(row) => {
                words.fill("method-decided", [("person", row.person.clone()), ("at", words.moment(row.changed_at))])
            }
            None => words.say("method-not-decided"),
        },
        may_change,
        is_frozen: round.frozen_at.is_some(),
        is_open,
        has_example: examples.is_some(),
        sent,
        troubles,
    };
    let status = if page.troubles.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    page::show_as(status, &page)
}

fn questions(sent: &Sent, examples: Option<&Examples>) -> Vec<Question> {
    let question = |name: &'static str, codes: Vec<&'static str>, chosen: &str| {
        let option = |code: &'static str| Choice {
            words: code.replace('_', "-"),
            example: examples.and_then(|examples| examples.text(name, code)),
            is_chosen: code == chosen,
            code,
        };
        Question { name, options: codes.into_iter().map(option).collect() }
    };
    vec![
        question("reach", Reach::ALL.iter().map(|rule| rule.code()).collect(), &sent.reach),
        question("items", ItemRule::ALL.iter().map(|rule| rule.code()).collect(), &sent.items),
        question("groups", GroupRule::ALL.iter().map(|rule| rule.code()).collect(), &sent.groups),
        question("above", Above::ALL.iter().map(|rule| rule.code()).collect(), &sent.above),
        question("places", PercentPlaces::ALL.iter().map(|rule| rule.code()).collect(), &sent.places),
    ]
}

/// `POST …/method`
pub(super) async fn save(
    request: HttpRequest,
    officer: Planner,
    state: Data<State>,
    slug: web::Path<String>,
    sent: web::Form<Sent>,
) -> Result<HttpResponse, Failure> {
    officer.check_csrf(&sent.csrf)?;
    let (planner, name, now, sent) = (officer.0.clone(), slug.clone(), state.clock.now(), sent.into_inner().tidied());
    let typed = sent.clone();
    let saved = state.store.write(move |db| {
        // whether it is frozen is asked within the transaction
        rounds::hold(db, &name)?;
        let Some(round) = even_sealed(db, &planner, &name)? else { return Ok(None) };
        let is_frozen = round.frozen_at.is_some();
        let method = match typed.method(is_frozen, planner.words) {
            Ok(method) => method,
            Err(troubles) => return Ok(Some(troubles)),
        };
        let basis = if matches!(method.reach, Reach::Drawn(_)) { typed.basis.as_str() } else { "" };
        let reason = if is_frozen { typed.reason.as_str() } else { "" };
        round_methods::decide(db, round.id, Decision { method, basis, reason }, planner.account_id, now)?;
        let codes = [method.items.code(), method.groups.code(), method.reach.code(), method.above.code()];
        let deed = Deed::with(Action::MethodDecided, codes).because(reason);
        planner.note(db, now, round.owner_id, deed, &name)?;
        Ok(Some(Vec::new()))
    });
    match saved.await?.ok_or(Failure::NotFound)? {
        troubles if troubles.is_empty() => Ok(see_other(format!("/analyse/{slug}/method?saved=1"))),
        troubles => page(&request, &officer, &state, &slug, false, Some((sent, troubles))).await,
    }
}
