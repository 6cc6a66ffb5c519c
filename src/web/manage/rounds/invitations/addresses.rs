//! Addresses that came back, and addresses that are to go: pasted as they stand, also inside a mail about what was not delivered.

use std::collections::HashSet;

use actix_web::{HttpRequest, HttpResponse};

use super::{Back, page};
use crate::invitation::mark;
use crate::mail::Address;
use crate::state::State;
use crate::store::invitations;
use crate::survey::audit::Action;
use crate::web::error::Failure;
use crate::web::manage::rounds::form::RoundForm;
use crate::web::manage::rounds::trouble::Trouble;
use crate::web::session::{Officer, Planner};

/// `POST …/invitations/addresses`: `do` is `bounced` or `remove`.
pub(super) async fn change_list(form: RoundForm<Planner>) -> Result<HttpResponse, Failure> {
    let (words, now, secret, fields) = (form.words(), form.now(), form.state.secret.clone(), &form.fields);
    let (found, removes) = (addresses(fields.one("addresses")), fields.one("do") == "remove");
    let marks: HashSet<Vec<u8>> = found.iter().map(|address| mark(&secret, address).to_vec()).collect();
    let done = form
        .change(Action::InviteesChanged, move |db, round| {
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
            Ok(form.said(&sentence, "/invitations"))
        }
        Err(trouble) => form.refuse(trouble, listed).await,
    }
}

/// The page of invitations, with what was typed.
async fn listed(
    request: &HttpRequest,
    officer: &Officer,
    state: &State,
    slug: &str,
    trouble: Trouble,
) -> Result<HttpResponse, Failure> {
    page(request, officer, state, slug, Back { trouble, ..Back::default() }).await
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
