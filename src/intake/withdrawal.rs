//! The secret with which a parent takes a form back.
//!
//! It follows from the form's key as the receipt does, under a label of its own: neither tells the other. It is written with the
//! receipt's signs but cannot be taken for one: it begins with RUT (no receipt has a U) and has sixteen signs after that, not
//! twenty. The database keeps a keyed hash of it, so that a copy of the database withdraws nothing.

use std::sync::Arc;

use uuid::Uuid;

use super::form::{pictures_of, recounted};
use super::receipt::{plain, signs};
use crate::catalogue::Published;
use crate::secret::Secret;
use crate::store::StoreError;
use crate::store::intake::Withdrawal;
use crate::store::tallies::TallyKey;
use crate::store::withdrawals::Found;

/// Sixteen signs of five bits: 80 bits.
const LENGTH: usize = 16;
/// What it begins with, for people.
const MARK: &str = "RUT";

/// What a parent may write down and nobody may demand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithdrawalCode(String);

/// Not a withdrawal code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotAWithdrawalCode {
    /// It has as many signs as a receipt: the two were mixed up.
    Receipt,
    /// Too short, too long, or with other signs.
    Unreadable,
}

impl WithdrawalCode {
    /// The code of a key in a round.
    pub fn of(secret: &Secret, round_id: i64, key: Uuid) -> Self {
        Self(signs(&secret.mac("withdraw", &[&round_id.to_be_bytes(), key.as_bytes()]), LENGTH))
    }

    /// Reads what somebody typed: in groups or not, in either case, with or without RUT, O for 0, I or L for 1.
    ///
    /// # Errors
    /// [`NotAWithdrawalCode`].
    pub fn parse(text: &str) -> Result<Self, NotAWithdrawalCode> {
        let letters: String = text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase();
        let typed = letters.strip_prefix(MARK).unwrap_or(&letters);
        match plain(typed, LENGTH) {
            Some(code) => Ok(Self(code)),
            None if plain(&letters, super::receipt::LENGTH).is_some() => Err(NotAWithdrawalCode::Receipt),
            None => Err(NotAWithdrawalCode::Unreadable),
        }
    }

    /// In groups, for reading aloud: RUT first.
    pub fn groups(&self) -> Vec<&str> {
        std::iter::once(MARK).chain((0..LENGTH / 4).filter_map(|i| self.0.get(i * 4..i * 4 + 4))).collect()
    }

    /// What the database keeps.
    pub fn hash(&self, secret: &Secret) -> i64 {
        let whole = secret.mac("withdrawal hash", &[self.0.as_bytes()]);
        i64::from_be_bytes(std::array::from_fn(|i| whole[i]))
    }
}

/// What the writer needs in order to take a form and its numbers out.
///
/// # Errors
/// The stored form cannot be read, so that nobody knows what it added.
pub fn leaving(found: Found, hash: i64, forms: &[Arc<Published>]) -> Result<Withdrawal, StoreError> {
    let form = forms.iter().find(|form| form.id == found.version_id);
    let form = form.ok_or_else(|| StoreError::corrupt("submission", "it names an unknown version"))?;
    let (stratum, cells) = recounted(form, &found.answers).map_err(|why| StoreError::corrupt("submission", why))?;
    let pictures = pictures_of(form, &found.answers).map_err(|why| StoreError::corrupt("submission", why))?;
    let Found { round_id, submission_id, unit_id, channel, version_id, .. } = found;
    let key = TallyKey { round_id, version_id, unit_id, channel, stratum };
    Ok(Withdrawal { hash, submission_id, key, cells, pictures })
}

#[cfg(test)]
mod tests {
    use super::super::receipt::Receipt;
    use super::*;
    use proptest::prelude::*;

    fn secret() -> Secret {
        Secret::parse(&"5a".repeat(32)).unwrap()
    }

    proptest! {
        #[test]
        fn a_code_is_read_back_from_groups_and_small_letters(key: [u8; 16]) {
            let code = WithdrawalCode::of(&secret(), 7, Uuid::from_bytes(key));
            let typed = code.groups().join(" - ").to_lowercase();
            prop_assert!(typed.starts_with("rut - "));
            prop_assert_eq!(WithdrawalCode::parse(&typed), Ok(code.clone()));
            prop_assert_eq!(WithdrawalCode::parse(&code.groups()[1..].concat()), Ok(code));
        }

        #[test]
        fn a_receipt_and_a_withdrawal_code_are_never_taken_for_each_other(key: [u8; 16]) {
            let key = Uuid::from_bytes(key);
            let (receipt, code) = (Receipt::of(&secret(), 7, key), WithdrawalCode::of(&secret(), 7, key));
            prop_assert_eq!(WithdrawalCode::parse(receipt.as_str()), Err(NotAWithdrawalCode::Receipt));
            prop_assert_eq!(Receipt::parse(&code.groups().concat()), None);
            prop_assert!(!receipt.as_str().contains(&code.groups()[1..].concat()));
        }

        #[test]
        fn nothing_that_is_typed_stops_the_program(text: String) {
            let _ = WithdrawalCode::parse(&text);
        }
    }
}
