//! Keys, receipts and the stamp of a form that was begun.
//!
//! The key is made when a form is begun and sent with it; the receipt is an HMAC of round and key. The database keeps only the
//! receipt's hash, in a table that leads to no submission: the receipt proves “đã gửi” and nothing else.

use chrono::{DateTime, NaiveDateTime};
use uuid::Uuid;

use crate::secret::{Secret, digest, same};
use crate::survey::collector::CollectorCode;

/// Letters and digits without I, L, O and U.
const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Twenty signs of five bits: 100 bits.
pub(super) const LENGTH: usize = 20;

/// The beginning of a hash in these signs.
pub(super) fn signs(mac: &[u8; 32], length: usize) -> String {
    let sign = |at: usize| {
        let bit = at * 5;
        let two = u16::from_be_bytes([mac[bit / 8], mac[bit / 8 + 1]]);
        char::from(SIGNS[usize::from((two >> (11 - bit % 8)) & 31)])
    };
    (0..length).map(sign).collect()
}

/// So many signs out of what somebody typed: in groups or not, in either case, O for 0, I or L for 1.
pub(super) fn plain(text: &str, length: usize) -> Option<String> {
    let plain: String = text
        .chars()
        .filter(|c| c.is_ascii_alphanumeric())
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    (plain.len() == length && plain.bytes().all(|b| SIGNS.contains(&b))).then_some(plain)
}

/// What a parent may write down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt(String);

impl Receipt {
    /// The receipt of a key in a round.
    pub fn of(secret: &Secret, round_id: i64, key: Uuid) -> Self {
        Self(signs(&secret.mac("receipt", &[&round_id.to_be_bytes(), key.as_bytes()]), LENGTH))
    }

    /// Reads what somebody typed: in groups or not, in either case, O for 0, I or L for 1.
    pub fn parse(text: &str) -> Option<Self> {
        plain(text, LENGTH).map(Self)
    }

    /// Without groups, for an address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// In groups of four, for reading aloud.
    pub fn groups(&self) -> Vec<&str> {
        (0..LENGTH / 4).filter_map(|i| self.0.get(i * 4..i * 4 + 4)).collect()
    }

    /// What the database keeps.
    pub fn hash(&self) -> [u8; 16] {
        let whole = digest(self.0.as_bytes());
        std::array::from_fn(|i| whole[i])
    }
}

/// A stamp that says when the form with this key was begun, so that one begun before closing is taken after it. Made by us,
/// believed only then. It vouches for one key: otherwise one page that was opened in time would let in any number of forms.
pub fn begun_stamp(secret: &Secret, code: CollectorCode, key: Uuid, now: NaiveDateTime) -> String {
    let seconds = now.and_utc().timestamp();
    format!("{seconds}.{}", stamp_mac(secret, code, key, seconds))
}

/// Reads a stamp that [`begun_stamp`] made for this key of this collector.
pub fn read_stamp(secret: &Secret, code: CollectorCode, key: Uuid, stamp: &str) -> Option<NaiveDateTime> {
    let (seconds, mac) = stamp.split_once('.')?;
    let seconds: i64 = seconds.parse().ok()?;
    if !same(mac.as_bytes(), stamp_mac(secret, code, key, seconds).as_bytes()) {
        return None;
    }
    DateTime::from_timestamp(seconds, 0).map(|at| at.naive_utc())
}

fn stamp_mac(secret: &Secret, code: CollectorCode, key: Uuid, seconds: i64) -> String {
    let mac = secret.mac("begun", &[code.as_str().as_bytes(), key.as_bytes(), &seconds.to_be_bytes()]);
    data_encoding::HEXLOWER.encode(&mac[..12])
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
        fn a_receipt_is_read_back_from_groups_and_small_letters(key: [u8; 16]) {
            let receipt = Receipt::of(&secret(), 7, Uuid::from_bytes(key));
            let typed = receipt.groups().join(" - ").to_lowercase();
            prop_assert_eq!(Receipt::parse(&typed), Some(receipt));
        }
    }

    #[test]
    fn a_stamp_for_one_poster_and_form_is_worth_nothing_at_another() {
        let now = DateTime::from_timestamp(1_700_000_000, 0).unwrap().naive_utc();
        let [mine, other] = [[1; 16], [2; 16]].map(CollectorCode::from_random);
        let [key, second] = [[1; 16], [2; 16]].map(Uuid::from_bytes);
        let stamp = begun_stamp(&secret(), mine, key, now);
        assert_eq!(read_stamp(&secret(), mine, key, &stamp), Some(now));
        assert_eq!(read_stamp(&secret(), other, key, &stamp), None);
        assert_eq!(read_stamp(&secret(), mine, second, &stamp), None);
        assert_eq!(read_stamp(&secret(), mine, key, &stamp.replace("17", "18")), None);
    }
}
