//! Invitations to a round by mail: a list of addresses, one personal link each, letters with placeholders, reminders.
//!
//! A link carries a one-time code of the round. Who has answered follows from the codes that are left; nothing says with what,
//! because spending a code deletes its row and leaves no trace beside the form ([`crate::store::access_codes`]).

mod feed;
mod leaving;
mod list;
mod text;

use serde::{Deserialize, Serialize};

pub use feed::{due, letter};
pub use leaving::{Leaving, address_of};
pub use list::{Entry, Listed, MOST, Mistake, NotListed, read};
pub use text::{Placeholder, Values, Wrong, check, fill};

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};

use crate::intake::access::AccessCode;
use crate::mail::Address;
use crate::secret::{Secret, random};
use crate::store::invitations::{self, Mark, NewInvitee};
use crate::store::rounds::RoundRow;
use crate::store::{Db, StoreError, access_codes};

/// What is known of somebody who is invited; in the database it is sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Where the letter goes.
    pub address: Address,
    /// How the letter addresses the person; may be empty.
    pub name: String,
    /// The one-time code, as one word.
    pub code: String,
}

const NONCE: usize = 24;

impl Card {
    fn seal(&self, secret: &Secret, mark: &[u8]) -> Option<Vec<u8>> {
        let nonce: [u8; NONCE] = random();
        let text = serde_json::to_vec(self).ok()?;
        let sealed = cipher(secret).encrypt(&XNonce::from(nonce), Payload { msg: &text, aad: mark }).ok()?;
        Some([&nonce[..], &sealed].concat())
    }

    /// Opens what was sealed for this address; nothing when it was sealed with another key.
    pub fn open(secret: &Secret, mark: &[u8], sealed: &[u8]) -> Option<Self> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
        let text = cipher(secret).decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: mark }).ok()?;
        serde_json::from_slice(&text).ok()
    }
}

fn cipher(secret: &Secret) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&Key::from(secret.mac("invitee seal", &[])))
}

/// By which an address is known without standing anywhere.
pub fn mark(secret: &Secret, address: &Address) -> Mark {
    let whole = secret.mac("mail address", &[address.as_str().as_bytes()]);
    std::array::from_fn(|i| whole[i])
}

/// What came of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Added {
    /// They are invited now.
    pub new: usize,
    /// They were already.
    pub known: usize,
    /// They want no mail from this office.
    pub left: usize,
}

/// Puts a list on that of a round, each with a code of its own.
///
/// # Errors
/// The database failed.
pub fn add(db: &mut Db, secret: &Secret, round: &RoundRow, list: &[Listed]) -> Result<Added, StoreError> {
    let mut added = Added::default();
    for listed in list {
        let mark = mark(secret, &listed.address);
        if invitations::has_left(db, round.owner_id, &mark)? {
            added.left += 1;
            continue;
        }
        let code = AccessCode::make(secret, round.id);
        let card = Card { address: listed.address.clone(), name: listed.name.clone(), code: code.as_str().to_owned() };
        let sealed = card.seal(secret, &mark).ok_or_else(|| StoreError::corrupt("invitee", "cannot be sealed"))?;
        let code_hash = code.hash(secret).bytes();
        let new = NewInvitee { unit_id: listed.unit_id, mark, code_hash, sealed };
        if invitations::add(db, round.id, &new)? {
            access_codes::insert(db, round.id, listed.unit_id, &[code_hash])?;
            added.new += 1;
        } else {
            added.known += 1;
        }
    }
    Ok(added)
}
