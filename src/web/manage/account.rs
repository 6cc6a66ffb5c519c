//! `/manage/account`: one's own password, sessions and second step of signing in.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::password;
use crate::state::State;
use crate::store::failures::{self, Attempt};
use crate::store::sessions::OwnSession;
use crate::store::{accounts, audit, authenticators, sessions};
use crate::survey::access::{PASSWORD_LENGTH, Right};
use crate::survey::audit::Action;
use crate::web::account_news::{News, Told};
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::page::{self, see_other};
use crate::web::session::{self, Officer};
use crate::web::sign_in::door::{crowded_sentence, wait_sentence};
use crate::web::sign_in::link::new_password_wrong;
use crate::web::visitor;
use crate::web::wrong::Wrong;

/// One's own account.
#[derive(Template)]
#[template(path = "web/manage/account.html")]
struct AccountPage {
    desk: DeskFrame,
    login: String,
    sessions: String,
    /// The open ones, this one among them.
    open: Vec<Row>,
    /// Whether signing in takes a second step.
    has_codes: bool,
    codes_left: String,
    rule: String,
    wrong: Wrong,
    done: Option<String>,
}

/// One open session.
struct Row {
    /// Names it in forms, without giving it away.
    name: String,
    began: String,
    used: String,
    is_this: bool,
}

impl Row {
    fn new(own: &OwnSession, officer: &Officer, state: &State) -> Self {
        let words = officer.words;
        Self {
            name: name_of(state, &own.token_hash),
            began: words.moment(own.created_at),
            used: words.moment(own.last_seen_at),
            is_this: own.token_hash == officer.token_hash,
        }
    }
}

fn name_of(state: &State, token_hash: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(&state.secret.mac("name of a session", &[token_hash])[..12])
}

/// What happened just before.
#[derive(Deserialize)]
pub struct Done {
    #[serde(default)]
    done: String,
}

/// `GET /manage/account`
pub async fn show(
    request: HttpRequest,
    officer: Officer,
    state: web::Data<State>,
    query: web::Query<Done>,
) -> Result<HttpResponse, Failure> {
    let done = [("password", "account-changed"), ("ended", "account-ended"), ("codes-off", "second-is-off")];
    let done = done.into_iter().find(|(code, _)| *code == query.done).map(|(_, sentence)| officer.words.say(sentence));
    page::show(&AccountPage { done, ..load(&request, &officer, &state).await? })
}

async fn load(request: &HttpRequest, officer: &Officer, state: &State) -> Result<AccountPage, Failure> {
    let (account, now) = (officer.account_id, state.clock.now());
    let found = state.store.read(move |db| {
        let open = sessions::of_account(db, account, now)?;
        Ok((open, authenticators::is_on(db, account)?, authenticators::codes_left(db, account)?))
    });
    let (open, has_codes, codes_left) = found.await?;
    let count = i64::try_from(open.len()).unwrap_or(i64::MAX);
    Ok(AccountPage {
        desk: DeskFrame::new(request, officer, Room::Account),
        login: officer.login.clone(),
        sessions: officer.words.count("account-sessions", count),
        open: open.iter().map(|own| Row::new(own, officer, state)).collect(),
        has_codes,
        codes_left: officer.words.count("second-codes-left", codes_left),
        rule: officer.words.count("password-rule", PASSWORD_LENGTH as i64),
        wrong: Wrong::default(),
        done: None,
    })
}

/// The page with what was just not done.
pub(super) async fn refused(
    request: &HttpRequest,
    officer: &Officer,
    state: &State,
    wrong: Wrong,
) -> Result<HttpResponse, Failure> {
    page::show_as(StatusCode::UNPROCESSABLE_ENTITY, &AccountPage { wrong, ..load(request, officer, state).await? })
}

/// The password now and the new one, twice.
#[derive(Deserialize)]
pub struct PasswordForm {
    #[serde(rename = "_csrf")]
    csrf: String,
    current: String,
    password: String,
    again: String,
}

/// `POST /manage/account`: changes the password, ends the sessions elsewhere and renews this one.
pub async fn change_password(
    request: HttpRequest,
    officer: Officer,
    state: web::Data<State>,
    sent: web::Form<PasswordForm>,
) -> Result<HttpResponse, Failure> {
    officer.check_csrf(&sent.csrf)?;
    if let Err(wait) = visitor::spend(&request, |state| &state.budgets.passwords) {
        let wrong = Wrong::one("current", crowded_sentence(officer.words, wait));
        return page::show_too_many(&AccountPage { wrong, ..load(&request, &officer, &state).await? }, wait);
    }
    match change(&officer, &state, &sent).await? {
        Ok(token) => {
            let mut response = see_other("/manage/account?done=password");
            session::set_cookie(&mut response, session::cookie(&request, token));
            Ok(response)
        }
        Err(wrong) => refused(&request, &officer, &state, wrong).await,
    }
}

/// The new session's token, or everything that is wrong.
async fn change(officer: &Officer, state: &State, sent: &PasswordForm) -> Result<Result<String, Wrong>, Failure> {
    let words = officer.words;
    let (account, now, secret) = (officer.account_id, state.clock.now(), state.secret.clone());
    // not the counter of the sign-in page: whoever guesses there must not keep the owner from changing the password
    let key = state.secret.mac("password change failure", &[&account.to_le_bytes()]);
    let Ok(turn) = password::turn().await else { return Ok(Err(Wrong::one("current", words.say("sign-in-busy")))) };
    let (attempt, stored) = state
        .store
        .write(move |db| Ok((failures::attempt(db, &key, now)?, accounts::password_hash(db, account)?)))
        .await?;
    if let Attempt::Wait(until) = attempt {
        return Ok(Err(Wrong::one("current", wait_sentence(words, until, now))));
    }
    let unknown = |e: password::PasswordError| Failure::Unknown(e.to_string());
    let is_right = turn.verify(sent.current.clone(), stored).await.map_err(unknown)?;
    let new = new_password_wrong(words, &officer.login, &sent.password, &sent.again);
    if !is_right {
        return Ok(Err(Wrong::one("current", words.say("account-current-wrong")).and(new)));
    }
    // guesses are what is counted; a weak new password is none
    state.store.write(move |db| failures::clear(db, &key)).await?;
    if !new.is_empty() {
        return Ok(Err(new));
    }
    let Ok(turn) = password::turn().await else { return Ok(Err(Wrong::one("current", words.say("sign-in-busy")))) };
    let hash = turn.hash(sent.password.clone()).await.map_err(unknown)?;
    let (token, token_hash) = session::new_token();
    state
        .store
        .write(move |db| {
            accounts::set_password(db, account, &hash)?;
            audit::note_own(db, account, Action::PasswordChanged, now)?;
            Told { secret: &secret, words, by: None, now }.tell(db, account, News::PasswordChanged)?;
            sessions::open(db, &token_hash, account, now)
        })
        .await?;
    Ok(Ok(token))
}

/// A form with nothing in it but its proof.
#[derive(Deserialize)]
pub struct PlainForm {
    #[serde(rename = "_csrf")]
    csrf: String,
}

/// Which session is to end; none: all but this one.
#[derive(Deserialize)]
pub struct EndForm {
    #[serde(rename = "_csrf")]
    csrf: String,
    #[serde(default)]
    session: String,
}

/// `POST /manage/account/sessions/end`: one session, or all but this one. One that has ended already has ended all the same.
pub async fn end(officer: Officer, state: web::Data<State>, sent: web::Form<EndForm>) -> Result<HttpResponse, Failure> {
    officer.check_csrf(&sent.csrf)?;
    let (account, now, worker) = (officer.account_id, state.clock.now(), state.clone());
    let (own, wanted) = (officer.token_hash, sent.into_inner().session);
    let ended = state.store.write(move |db| {
        if wanted.is_empty() {
            sessions::end_others(db, account, &own)?;
        } else {
            let open = sessions::of_account(db, account, now)?;
            let Some(found) = open.iter().find(|session| name_of(&worker, &session.token_hash) == wanted) else {
                return Ok(());
            };
            sessions::end(db, &found.token_hash)?;
        }
        audit::note_own(db, account, Action::SessionsEnded, now)
    });
    ended.await?;
    Ok(see_other("/manage/account?done=ended"))
}

/// `GET` of the same: a reload.
pub async fn elsewhere() -> HttpResponse {
    see_other("/manage/account")
}

/// `POST /manage/account/sign-out-everywhere`
pub async fn sign_out_everywhere(
    request: HttpRequest,
    officer: Officer,
    state: web::Data<State>,
    sent: web::Form<PlainForm>,
) -> Result<HttpResponse, Failure> {
    officer.check_csrf(&sent.csrf)?;
    let now = state.clock.now();
    let ended = state.store.write(move |db| {
        sessions::end_all(db, officer.account_id)?;
        audit::note_own(db, officer.account_id, Action::SessionsEnded, now)
    });
    ended.await?;
    let mut response = see_other("/sign-in");
    session::set_cookie(&mut response, session::no_cookie(&request));
    Ok(response)
}
