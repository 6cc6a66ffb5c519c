//! `/manage/tokens`: tokens with which programs read the API.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};
use serde::Deserialize;

use crate::secret::new_api_token;
use crate::state::State;
use crate::store::tokens::{self, NewToken, TokenRow};
use crate::store::{Db, StoreError, accounts, units};
use crate::survey::access::{Scope, Scopes, may_manage};
use crate::vietnamese;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::page::{self, see_other};
use crate::web::session::{Officer, Steering};
use crate::web::words::Words;

/// The tokens of this unit and those below it.
#[derive(Template)]
#[template(path = "web/manage/tokens.html")]
struct TokensPage {
    desk: DeskFrame,
    rows: Vec<Row>,
    /// What was typed, when it has to be typed again.
    typed: TokenForm,
    problem: Option<String>,
    /// The name and the text of the token just made: shown here and never again.
    made: Option<(String, String)>,
    is_revoked: bool,
}

/// One token as the page shows it.
struct Row {
    id: i64,
    name: String,
    scopes: String,
    unit: String,
    expires: String,
    /// Why it is no longer taken; empty: it is.
    ended: Option<String>,
}

impl Row {
    fn new(token: TokenRow, words: Words, now: NaiveDateTime) -> Self {
        let day = |utc: NaiveDateTime| vietnamese::date(vietnamese::local(utc).date());
        // a token ends with its last day; the moment stored is the midnight after it
        let last = |utc: NaiveDateTime| day(utc - chrono::TimeDelta::microseconds(1));
        let ended = match token.revoked_at {
            Some(at) => Some(words.with("token-revoked-on", "date", day(at))),
            None => (!token.is_valid(now)).then(|| words.say("token-expired")),
        };
        let scopes: Vec<_> = token.scopes.iter().map(|scope| words.say(&format!("scope-{scope}"))).collect();
        Self {
            id: token.id,
            name: token.name,
            scopes: scopes.join(", "),
            unit: token.unit_name,
            expires: token.expires_at.map_or_else(|| words.say("token-no-expiry"), last),
            ended,
        }
    }
}

/// What happened just before.
#[derive(Deserialize)]
pub struct Done {
    #[serde(default)]
    done: String,
}

/// `GET /manage/tokens`
pub async fn show(
    request: HttpRequest,
    officer: Steering,
    state: web::Data<State>,
    query: web::Query<Done>,
) -> Result<HttpResponse, Failure> {
    let is_revoked = query.done == "revoked";
    page::show(&TokensPage { is_revoked, ..load(&request, &officer, &state).await? })
}

async fn load(request: &HttpRequest, officer: &Officer, state: &State) -> Result<TokensPage, Failure> {
    let (kind, unit, now) = (officer.unit_kind, officer.unit_id, state.clock.now());
    let rows = state
        .store
        .read(move |db| {
            let mut mine = Vec::new();
            for row in tokens::list(db)? {
                if may_manage(kind, unit, &accounts::line_of(db, row.unit_id)?) {
                    mine.push(row);
                }
            }
            Ok(mine)
        })
        .await?;
    let typed = TokenForm { unit: officer.unit_code.clone(), aggregates: Some(String::new()), ..TokenForm::default() };
    Ok(TokensPage {
        desk: DeskFrame::new(request, officer, Room::Tokens),
        rows: rows.into_iter().map(|row| Row::new(row, officer.words, now)).collect(),
        typed,
        problem: None,
        made: None,
        is_revoked: false,
    })
}

/// A token to be made. Each scope is a field of its own, because a browser sends only the ticked ones.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct TokenForm {
    #[serde(rename = "_csrf")]
    csrf: String,
    name: String,
    unit: String,
    expires: String,
    aggregates: Option<String>,
    submissions: Option<String>,
}

impl TokenForm {
    fn scopes(&self) -> Scopes {
        let ticked = [(Scope::Aggregates, &self.aggregates), (Scope::Submissions, &self.submissions)];
        ticked.into_iter().filter(|(_, tick)| tick.is_some()).map(|(scope, _)| scope).collect()
    }

    /// The token to store, or the name of the sentence that says what is wrong.
    fn parse(&self, db: &mut Db, officer: &Officer, now: NaiveDateTime) -> Result<Result<NewToken, Wrong>, StoreError> {
        let name = vietnamese::nfc(self.name.trim());
        if name.is_empty() || name.chars().count() > 120 {
            return Ok(Err("token-name-wrong"));
        }
        let scopes = self.scopes();
        if scopes.is_empty() {
            return Ok(Err("token-scope-missing"));
        }
        let Some(expires_at) = end_of(&self.expires).filter(|end| *end > now) else {
            return Ok(Err("token-expiry-wrong"));
        };
        let Some(unit_id) = units::id_by_code(db, self.unit.trim())? else { return Ok(Err("token-unit-wrong")) };
        if !officer.may_manage(&accounts::line_of(db, unit_id)?) {
            return Ok(Err("token-unit-wrong"));
        }
        Ok(Ok(NewToken { name, scopes, unit_id, expires_at: Some(expires_at) }))
    }
}

type Wrong = &'static str;

/// The midnight that ends a day in Việt Nam, as UTC.
fn end_of(day: &str) -> Option<NaiveDateTime> {
    let day: NaiveDate = day.trim().parse().ok()?;
    let next = day.checked_add_days(Days::new(1))?;
    Some(vietnamese::utc(next.and_time(NaiveTime::MIN)))
}

/// `POST /manage/tokens`: the only answer that ever shows the token.
pub async fn add(
    request: HttpRequest,
    officer: Steering,
    state: web::Data<State>,
    sent: web::Form<TokenForm>,
) -> Result<HttpResponse, Failure> {
    officer.check_csrf(&sent.csrf)?;
    let (token, hash) = new_api_token();
    let made = make(&officer, &state, &sent, hash).await?;
    let page = load(&request, &officer, &state).await?;
    match made {
        Ok(name) => page::show(&TokensPage { made: Some((name, token)), ..page }),
        Err(wrong) => {
            let problem = Some(officer.words.say(wrong));
            let page = TokensPage { problem, typed: sent.into_inner(), ..page };
            page::show_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

async fn make(
    officer: &Officer,
    state: &State,
    form: &TokenForm,
    hash: [u8; 32],
) -> Result<Result<String, Wrong>, Failure> {
    let (officer, form, now) = (officer.clone(), form.clone(), state.clock.now());
    let made = state.store.write(move |db| match form.parse(db, &officer, now)? {
        Ok(new) => tokens::add(db, &hash, &new, now).map(|_| Ok(new.name)),
        Err(wrong) => Ok(Err(wrong)),
    });
    Ok(made.await?)
}

/// A form with nothing in it but its proof.
#[derive(Deserialize)]
pub struct PlainForm {
    #[serde(rename = "_csrf")]
    csrf: String,
}

/// `POST /manage/tokens/{id}/revoke`
pub async fn revoke(
    officer: Steering,
    state: web::Data<State>,
    id: web::Path<i64>,
    sent: web::Form<PlainForm>,
) -> Result<HttpResponse, Failure> {
    officer.check_csrf(&sent.csrf)?;
    let (id, now) = (id.into_inner(), state.clock.now());
    let known = state
        .store
        .write(move |db| {
            let Some(unit) = tokens::unit_of(db, id)? else { return Ok(false) };
            if !officer.may_manage(&accounts::line_of(db, unit)?) {
                return Ok(false);
            }
            // revoked already: all the same
            tokens::revoke(db, id, now).map(|_| true)
        })
        .await?;
    if known { Ok(see_other("/manage/tokens?done=revoked")) } else { Err(Failure::NotFound) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_good_until_midnight_in_viet_nam() {
        let end = end_of("2026-12-31").map(|t| t.to_string());
        assert_eq!(end.as_deref(), Some("2026-12-31 17:00:00"));
        assert_eq!(end_of("31/12/2026"), None);
        assert_eq!(end_of(""), None);
    }
}
