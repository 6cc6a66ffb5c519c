//! Addresses that came back, and addresses that are to go: pasted as they stand, also inside a mail about what was not delivered.

use std::collections::HashSet;

use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};

use super::{Back, page};
use crate::invitation::mark;
use crate::mail::Address;
use crate::state::State;
use crate::store::invitations;
use crate::survey::audit::Action;
use crate::web::error::Failure;
use crate::web::manage::rounds::fields::Fields;
use crate::web::manage::rounds::trouble::Trouble;
use crate::web::manage::rounds::{change, said};
use crate::web::session::Planner;

/// `POST …/invitations/addresses`: `do` is `bounced` or `remove`.
pub(super) async fn change_list(
    request: HttpRequest,
    officer: Planner,
    state: web::Data<State>,
    slug: web::Path<String>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::sent(&officer, &body)?;
    let (words, now, secret) = (officer.words, state.clock.now(), state.secret.clone());
    let (found, removes) = (addresses(fields.one("addresses")), fields.one("do") == "remove");
    let marks: HashSet<Vec<u8>> = found.iter().map(|address| mark(&secret, address).to_vec()).collect();
    let done = change(&state, &officer, &slug, Action::InviteesChanged, move |db, round| {
        let meant = invitations::all(db, round.id)?.into_iter().filter(|person| marks.contains(&person.mark));
        let meant: Vec<_> = meant.collect();
        if meant.is_empty() {
            return Ok(Err(Trouble::at("addresses", words.say("invitations-nobody-meant"))));
        }
        if removes {
            meant.iter().try_for_each(|person| invitations::remove(db, round.id, person))?;
        } else {
            let ids: Vec<i64> = meant.iter().map(|person| person.id).collect();
            invitations::set_refused(db, &ids, now)?;
        }
        Ok(Ok(meant.len()))
    })
    .await?;
    match done {
        Ok(many) => {
            let name = if removes { "invitations-removed" } else { "invitations-marked" };
            let sentence = words.count(name, i64::try_from(many).unwrap_or(i64::MAX));
            Ok(said::see_other(&state, &officer, format!("/manage/rounds/{slug}/invitations"), &sentence))
        }
        Err(trouble) => {
            let back = Back { trouble: trouble.typed(fields), ..Back::default() };
            page(&request, &officer, &state, &slug, back).await
        }
    }
}

/// Every address in a text, whatever stands around it.
fn addresses(text: &str) -> Vec<Address> {
    let apart = |c: char| c.is_whitespace() || "<>()[],;:\"'".contains(c);
    text.split(apart).filter(|word| word.contains('@')).filter_map(|word| word.trim_matches('.').parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_inside_a_mail_about_what_was_not_delivered() {
        let text = "Final-Recipient: rfc822;lan@example.vn\nStatus: 5.1.1\n<hoa@example.vn>: unknown user.";
        let found = addresses(text);
        assert_eq!(found.iter().map(Address::as_str).collect::<Vec<_>>(), ["lan@example.vn", "hoa@example.vn"]);
    }
}
