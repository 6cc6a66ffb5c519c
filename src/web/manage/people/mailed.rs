//! A link to set a password, by mail: offered beside the slip where somebody has an address.

use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::NaiveDateTime;

use super::change;
use super::handed::{Link, Receiver};
use super::person::refused;
use crate::mail::{self, Address, Delivery, Letter};
use crate::secret::Secret;
use crate::state::State;
use crate::store::{Db, StoreError, account_mails, links};
use crate::survey::audit::Action;
use crate::web::account_news::{News, Told};
use crate::web::error::Failure;
use crate::web::manage::fields::Fields;
use crate::web::page::see_other;
use crate::web::session::{Keeper, Officer};
use crate::web::words::Words;
use crate::web::wrong::Wrong;

/// The address in the field `mail`; none where it is empty.
///
/// # Errors
/// It is none: a sentence.
pub(super) fn typed(fields: &Fields, words: Words) -> Result<Option<Address>, String> {
    match fields.one("mail") {
        "" => Ok(None),
        typed => typed.parse().map(Some).map_err(|_| words.say("mail-address-wrong")),
    }
}

/// Queues the letter that brings a link.
pub(super) fn send(
    db: &mut Db,
    secret: &Secret,
    officer: &Officer,
    link: &Link,
    receiver: &Receiver,
    to: &Address,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let words = officer.words;
    let values = [
        ("name", receiver.name.clone()),
        ("login", receiver.login.clone()),
        ("inviter", officer.name.clone()),
        ("unit", officer.unit_name.clone()),
        ("until", words.moment(link.until)),
        ("url", link.url.clone()),
    ];
    let letter = Letter {
        to: to.clone(),
        lang: words.interface().to_string(),
        subject: words.say("mail-link-subject"),
        text: words.fill("mail-link-text", values),
        unsubscribe: None,
    };
    let about: [&[u8]; 2] = [b"link", &link.hash];
    let delivery = Delivery { about: &about, round_id: None, due_at: now, until: link.until };
    match mail::queue(db, secret, &letter, &delivery, now)? {
        Some(mail_id) => links::mailed(db, &link.hash, mail_id),
        None => Ok(()),
    }
}

/// `POST …/mail`: where links for this person go; empty: nowhere.
pub(super) async fn save(
    request: HttpRequest,
    officer: Keeper,
    state: web::Data<State>,
    id: web::Path<i64>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::sent(&officer, &body)?;
    let address = match typed(&fields, officer.words) {
        Ok(address) => address,
        Err(sentence) => {
            return refused(&request, &officer, &state, *id, fields, Wrong::one("mail", sentence)).await;
        }
    };
    let (keeper, words, now, secret) = (officer.0.clone(), officer.words, state.clock.now(), state.secret.clone());
    change(&state, &officer, *id, move |db, person| {
        let before = account_mails::of(db, person.id)?;
        account_mails::set(db, person.id, address.as_ref().map(Address::as_str))?;
        if let Some(before) = before.filter(|before| Some(before.as_str()) != address.as_ref().map(Address::as_str)) {
            // the old address: the new one may be in the hands of whoever typed it
            let told = Told { secret: &secret, words, by: Some(&keeper), now };
            told.tell_at(db, person.id, &before, News::MailChanged)?;
        }
        keeper.note(db, now, person.unit_id, Action::MailChanged, &person.login)
    })
    .await?;
    Ok(see_other(format!("/manage/people/{id}?done=mail")))
}
