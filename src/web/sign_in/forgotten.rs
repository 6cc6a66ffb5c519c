//! `/sign-in/forgotten`: a link to set a new password, by mail. The answer is the same whether or not there is such an account,
//! and comes before anybody has looked.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::{NaiveDateTime, TimeDelta};
use serde::Deserialize;

use crate::mail::{self, Delivery, Letter};
use crate::secret::{digest, random_token};
use crate::state::State;
use crate::store::account_mails::{self, Reached};
use crate::store::{Db, StoreError, audit, links};
use crate::survey::audit::Action;
use crate::web::error::Failure;
use crate::web::page;
use crate::web::session;
use crate::web::visitor;
use crate::web::words::Words;

/// How long a link works that somebody asked for: greylisting alone may take a quarter of an hour.
const LASTS: TimeDelta = TimeDelta::hours(1);
/// One account gets one such mail in so many minutes, whoever asks and how often.
const PER: i64 = 10;

#[derive(Template)]
#[template(path = "web/sign_in/forgotten.html")]
struct ForgottenPage {
    words: Words,
    other_language: Option<String>,
    /// Whether mail leaves this installation; where it does not, nothing is promised.
    is_possible: bool,
    is_sent: bool,
    problem: Option<String>,
}

impl ForgottenPage {
    fn new(request: &HttpRequest, state: &State) -> Self {
        let other_language = Some(session::other_language(request));
        let is_possible = state.mail.carrier().promises();
        Self { words: session::words(request), other_language, is_possible, is_sent: false, problem: None }
    }
}

/// Whose password was forgotten.
#[derive(Deserialize)]
pub struct Who {
    who: String,
}

/// `GET /sign-in/forgotten`
pub async fn show(request: HttpRequest, state: web::Data<State>) -> Result<HttpResponse, Failure> {
    page::show(&ForgottenPage::new(&request, &state))
}

/// `POST /sign-in/forgotten`
pub async fn ask(request: HttpRequest, state: web::Data<State>, sent: web::Form<Who>) -> Result<HttpResponse, Failure> {
    let page = ForgottenPage::new(&request, &state);
    if !page.is_possible {
        return page::show(&page);
    }
    if let Err(wait) = visitor::spend(&request, |state| &state.budgets.passwords) {
        let problem = Some(super::door::crowded_sentence(page.words, wait));
        return page::show_too_many(&ForgottenPage { problem, ..page }, wait);
    }
    let (typed, words) = (sent.who.trim().to_lowercase(), page.words);
    // how long this takes would tell whether there is such an account
    actix_web::rt::spawn(async move {
        let (now, worker) = (state.clock.now(), state.clone());
        if let Err(error) = state.store.write(move |db| send(db, &worker, &typed, words, now)).await {
            tracing::warn!(%error, "a link for a forgotten password could not be made");
        }
    });
    page::show(&ForgottenPage { is_sent: true, ..page })
}

fn send(db: &mut Db, state: &State, typed: &str, words: Words, now: NaiveDateTime) -> Result<(), StoreError> {
    for reached in account_mails::meant(db, typed)? {
        let Ok(to) = reached.address.parse() else { continue };
        let (token, until) = (random_token(), now + LASTS);
        let letter = Letter {
            to,
            lang: words.interface().to_string(),
            subject: words.say("mail-forgotten-subject"),
            text: text(state, words, &reached, &token, until),
            unsubscribe: None,
        };
        let turn = now.and_utc().timestamp() / (PER * 60);
        let about: [&[u8]; 3] = [b"forgotten", &reached.account_id.to_be_bytes(), &turn.to_be_bytes()];
        let delivery = Delivery { about: &about, round_id: None, due_at: now, until };
        if let Some(mail_id) = mail::queue(db, &state.secret, &letter, &delivery, now)? {
            // an invitation on paper stays good: whoever asks here is a stranger
            let hash = digest(token.as_bytes());
            links::add_beside(db, &hash, reached.account_id, until)?;
            links::mailed(db, &hash, mail_id)?;
            audit::note_own(db, reached.account_id, Action::LinkAsked, now)?;
        }
    }
    Ok(())
}

fn text(state: &State, words: Words, reached: &Reached, token: &str, until: NaiveDateTime) -> String {
    let values = [
        ("name", reached.name.clone()),
        ("login", reached.login.clone()),
        ("until", words.moment(until)),
        ("url", format!("{}/link/{token}", state.public_url)),
    ];
    words.fill("mail-forgotten-text", values)
}
