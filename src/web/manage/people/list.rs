//! `/manage/people`: everybody of one's unit and of those below it.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::role_name;
use crate::state::State;
use crate::store::people::{self, Person, Standing};
use crate::vietnamese::fold;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::page;
use crate::web::session::Keeper;
use crate::web::words::Words;

/// More than anybody reads at once: whoever looks for one of a thousand searches.
const SHOWN: usize = 200;

#[derive(Template)]
#[template(path = "web/manage/people/list.html")]
struct ListPage {
    desk: DeskFrame,
    q: String,
    total: String,
    rows: Vec<Row>,
    /// Said where there are more.
    more: Option<String>,
}

struct Row {
    id: i64,
    name: String,
    login: String,
    unit: String,
    roles: Vec<String>,
    last: String,
    tone: &'static str,
    standing: String,
}

/// What is searched for.
#[derive(Deserialize)]
pub(super) struct Search {
    #[serde(default)]
    q: String,
}

/// `GET /manage/people?q=…`
pub(super) async fn show(
    request: HttpRequest,
    officer: Keeper,
    state: web::Data<State>,
    search: web::Query<Search>,
) -> Result<HttpResponse, Failure> {
    let (keeper, words) = (officer.0.clone(), officer.words);
    let all = state
        .store
        .read(move |db| {
            let reach = keeper.reach(db)?;
            people::of_units(db, &reach)
        })
        .await?;
    let q = search.into_inner().q.trim().to_owned();
    let found: Vec<&Person> = all.iter().filter(|person| matches(person, &q)).collect();
    let more = found.len().saturating_sub(SHOWN);
    page::show(&ListPage {
        desk: DeskFrame::new(&request, &officer, Room::People),
        total: words.count("people-total", i64::try_from(all.len()).unwrap_or(i64::MAX)),
        rows: found.iter().take(SHOWN).map(|person| Row::new(person, words)).collect(),
        more: (more > 0).then(|| words.count("people-more", i64::try_from(more).unwrap_or(i64::MAX))),
        q,
    })
}

/// Whether every word stands in the name, the login or the unit; diacritics may be left out.
fn matches(person: &Person, query: &str) -> bool {
    let text = fold(&format!("{} {} {} {}", person.name, person.login, person.unit_name, person.unit_code));
    fold(query).split_whitespace().all(|word| text.contains(word))
}

impl Row {
    fn new(person: &Person, words: Words) -> Self {
        let role = |(grant, unit): &(crate::survey::access::Grant, String)| match grant.unit_id == person.unit_id {
            true => role_name(grant.role, words),
            false => words.fill("people-role-at", [("role", role_name(grant.role, words)), ("unit", unit.clone())]),
        };
        let (tone, standing) = standing(person.standing, words);
        Self {
            id: person.id,
            name: person.name.clone(),
            login: person.login.clone(),
            unit: person.unit_name.clone(),
            roles: person.grants.iter().map(role).collect(),
            last: person.signed_in_at.map_or_else(|| words.say("people-never"), |at| words.day(at)),
            tone,
            standing,
        }
    }
}

/// Where an account stands, with the look of its pill.
pub(super) fn standing(standing: Standing, words: Words) -> (&'static str, String) {
    match standing {
        Standing::Invited => ("warn", words.say("people-invited")),
        Standing::Active => ("", words.say("people-active")),
        Standing::Stopped => ("off", words.say("people-stopped")),
    }
}
