//! Forms that somebody is in the middle of. The address of such a form carries 128 secret bits, from which everything else
//! follows: its place in the database, the key that seals what was filled in, and the key of the submission. The address
//! alone shows nothing: a device is known by a proof that never stands in an address, and a new one by four digits.

mod writer;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use chrono::{NaiveDateTime, TimeDelta};
use uuid::Uuid;

use crate::secret::{Secret, digest, random, same};
use crate::survey::picture::PictureId;

pub use writer::{Busy, Unfinished};

/// So many wrong codes lead to another code…
const TRIES_PER_CODE: i64 = 5;
/// …and so many, in all, to none: who has the form must go on where it was begun.
pub const MOST_TRIES: i64 = 15;

/// The secret in the address of an unfinished form.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Ticket([u8; 16]);

/// What was filled in: names and values, in the order of the form.
pub type Filled = Vec<(String, String)>;

impl Ticket {
    /// A new one.
    pub fn new() -> Self {
        Self(random())
    }

    /// Reads it from an address.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = data_encoding::BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// What the database knows it by.
    pub fn hash(&self) -> Vec<u8> {
        digest(&self.0).to_vec()
    }

    /// The key of the submission that it becomes: however often and from wherever it is sent, it counts once.
    pub fn key(&self, secret: &Secret) -> Uuid {
        let mac = secret.mac("unfinished key", &[&self.0]);
        uuid::Builder::from_random_bytes(std::array::from_fn(|i| mac[i])).into_uuid()
    }

    /// What a device shows to prove that the form is its own; kept in a cookie and in the page, never in an address.
    pub fn proof(&self, secret: &Secret) -> String {
        data_encoding::BASE64URL_NOPAD.encode(&secret.mac("unfinished device", &[&self.0])[..16])
    }

    /// Whether this is the proof.
    pub fn is_proven_by(&self, secret: &Secret, proof: &str) -> bool {
        same(self.proof(secret).as_bytes(), proof.as_bytes())
    }

    /// The four digits that let another device in, after so many wrong ones; none when there were too many.
    pub fn digits(&self, secret: &Secret, tries: i64) -> Option<String> {
        if tries >= MOST_TRIES {
            return None;
        }
        let mac = secret.mac("unfinished digits", &[&self.0, &(tries / TRIES_PER_CODE).to_be_bytes()]);
        let number = u64::from_be_bytes(std::array::from_fn(|i| mac[i])) % 10_000;
        Some(format!("{number:04}"))
    }

    /// A proof that holds for two minutes and may stand in an address: a browser without cookies, which sends none with its
    /// requests for pictures, sees those of its own form by it.
    pub fn letter(&self, secret: &Secret, now: NaiveDateTime) -> String {
        let minute = now.and_utc().timestamp() / 60;
        let mac = secret.mac("unfinished letter", &[&self.0, &minute.to_be_bytes()]);
        format!("{minute}.{}", data_encoding::BASE64URL_NOPAD.encode(&mac[..12]))
    }

    /// Whether this letter holds now.
    pub fn is_opened_by(&self, secret: &Secret, letter: &str, now: NaiveDateTime) -> bool {
        let earlier = |minutes| self.letter(secret, now - TimeDelta::minutes(minutes));
        (0..2).any(|minutes| same(earlier(minutes).as_bytes(), letter.as_bytes()))
    }

    /// Seals one part.
    pub fn seal(&self, secret: &Secret, part: i64, filled: &Filled) -> Option<Vec<u8>> {
        self.seal_bytes(secret, &part.to_be_bytes(), &serde_json::to_vec(filled).ok()?)
    }

    /// Seals one picture.
    pub fn seal_picture(&self, secret: &Secret, id: PictureId, jpeg: &[u8]) -> Option<Vec<u8>> {
        self.seal_bytes(secret, id.bytes(), jpeg)
    }

    /// Opens one picture; nothing when it was not sealed with this secret under this id.
    pub fn open_picture(&self, secret: &Secret, id: PictureId, sealed: &[u8]) -> Option<Vec<u8>> {
        self.open_bytes(secret, id.bytes(), sealed)
    }

    /// Seals bytes for their place: 8 bytes for a part, 16 for a picture, so that neither opens as the other.
    fn seal_bytes(&self, secret: &Secret, place: &[u8], bytes: &[u8]) -> Option<Vec<u8>> {
        let nonce: [u8; 24] = random();
        let sealed = self.cipher(secret).encrypt(&XNonce::from(nonce), Payload { msg: bytes, aad: place });
        Some([&nonce[..], &sealed.ok()?].concat())
    }

    fn open_bytes(&self, secret: &Secret, place: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_first_chunk::<24>()?;
        self.cipher(secret).decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: place }).ok()
    }

    /// Opens one part; nothing when it was not sealed with this secret.
    pub fn open(&self, secret: &Secret, part: i64, sealed: &[u8]) -> Option<Filled> {
        serde_json::from_slice(&self.open_bytes(secret, &part.to_be_bytes(), sealed)?).ok()
    }

    fn cipher(&self, secret: &Secret) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&Key::from(secret.mac("unfinished seal", &[&self.0])))
    }
}

impl Default for Ticket {
    fn default() -> Self {
        Self::new()
    }
}

impl std::fmt::Display for Ticket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&data_encoding::BASE64URL_NOPAD.encode(&self.0))
    }
}

impl std::fmt::Debug for Ticket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Ticket(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn secret() -> Secret {
        Secret::parse(&"5a".repeat(32)).unwrap()
    }

    proptest! {
        #[test]
        fn what_was_sealed_opens_for_its_address_and_part_alone(text in ".*", part in 0_i64..50) {
            let (mine, other) = (Ticket::new(), Ticket::new());
            let filled = vec![("A1".to_owned(), text)];
            let sealed = mine.seal(&secret(), part, &filled).unwrap();
            prop_assert_eq!(mine.open(&secret(), part, &sealed), Some(filled));
            prop_assert_eq!(mine.open(&secret(), part + 1, &sealed), None);
            prop_assert_eq!(other.open(&secret(), part, &sealed), None);
            let elsewhere = Secret::parse(&"5b".repeat(32)).unwrap();
            prop_assert_eq!(mine.open(&elsewhere, part, &sealed), None);
        }

        #[test]
        fn no_address_and_no_sealed_bytes_make_it_stumble(text in ".*", bytes: Vec<u8>) {
            if let Some(ticket) = Ticket::parse(&text) {
                prop_assert_eq!(ticket.to_string(), text);
            }
            prop_assert_eq!(Ticket::new().open(&secret(), 0, &bytes), None);
        }
    }

    #[test]
    fn a_picture_opens_for_its_form_and_id_alone() {
        let (mine, other) = (Ticket::new(), Ticket::new());
        let (id, second) = (PictureId::new([1; 16]), PictureId::new([2; 16]));
        let sealed = mine.seal_picture(&secret(), id, b"a picture").unwrap();
        assert!(!sealed.windows(9).any(|window| window == b"a picture"));
        assert_eq!(mine.open_picture(&secret(), id, &sealed).as_deref(), Some(&b"a picture"[..]));
        assert_eq!(mine.open_picture(&secret(), second, &sealed), None);
        assert_eq!(other.open_picture(&secret(), id, &sealed), None);
    }

    #[test]
    fn the_digits_change_after_five_wrong_ones_and_end_after_fifteen() {
        let ticket = Ticket([7; 16]);
        let digits = |tries| ticket.digits(&secret(), tries);
        assert_eq!(digits(0), digits(4));
        assert_ne!(digits(4), digits(5));
        assert_eq!(digits(15), None);
        assert!(digits(0).is_some_and(|digits| digits.len() == 4));
    }
}
