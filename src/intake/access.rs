//! One-time codes: one per household, on a slip of paper.
//!
//! A code has nine random signs and three that follow from them by the installation's secret, so that a mistyped code is told
//! from one that was spent although nothing of a spent code is kept. 31⁹ is 44 bits: among a million codes a guess is right once
//! in 26 million tries, and with its last signs once in 790 thousand million.

use std::collections::BTreeMap;
use std::fmt;

use crate::secret::{Secret, random, same};
use crate::store::access_codes::CodeHash;
use crate::store::rounds::RoundRow;
use crate::store::{Db, StoreError, access_codes, collectors, rounds};
use crate::survey::collector::{ALPHABET, CollectorCode};
use crate::survey::round::Access;
use crate::vietnamese::compare;

const RANDOM: usize = 9;
const CHECK: usize = 3;
const LENGTH: usize = RANDOM + CHECK;

/// A code that this installation made, for one round.
#[derive(Clone, PartialEq, Eq)]
pub struct AccessCode {
    signs: String,
    round_id: i64,
}

/// What the database keeps of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccessHash(CodeHash);

impl AccessHash {
    /// For the store.
    pub fn bytes(self) -> CodeHash {
        self.0
    }
}

impl AccessCode {
    /// A new code of a round.
    pub fn make(secret: &Secret, round_id: i64) -> Self {
        let mut number = u128::from_le_bytes(random());
        let mut body = String::with_capacity(LENGTH);
        for _ in 0..RANDOM {
            body.push(sign(number));
            number /= ALPHABET.len() as u128;
        }
        let check = check(secret, round_id, &body);
        Self { signs: body + &check, round_id }
    }

    /// Reads what somebody typed: in groups or not, in either case. None: it was never made for this round.
    pub fn parse(secret: &Secret, round_id: i64, text: &str) -> Option<Self> {
        let signs: String = text.chars().filter(char::is_ascii_alphanumeric).take(LENGTH + 1).collect();
        let signs = signs.to_ascii_uppercase();
        if signs.len() != LENGTH || !signs.bytes().all(|sign| ALPHABET.contains(&sign)) {
            return None;
        }
        let (body, typed) = signs.split_at(RANDOM);
        same(check(secret, round_id, body).as_bytes(), typed.as_bytes()).then_some(Self { signs, round_id })
    }

    /// As one word, for an address or a hidden field.
    pub fn as_str(&self) -> &str {
        &self.signs
    }

    /// In groups of four, for the slip.
    pub fn groups(&self) -> Vec<&str> {
        (0..LENGTH / 4).filter_map(|i| self.signs.get(i * 4..i * 4 + 4)).collect()
    }

    /// What the database keeps: keyed, so that a copy of the database gives no code away.
    pub fn hash(&self, secret: &Secret) -> AccessHash {
        let whole = secret.mac("access hash", &[&self.round_id.to_be_bytes(), self.signs.as_bytes()]);
        AccessHash(std::array::from_fn(|i| whole[i]))
    }
}

/// Never the code itself: what is printed for programmers ends up in logs.
impl fmt::Debug for AccessCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccessCode(…)")
    }
}

fn sign(number: u128) -> char {
    let place = usize::try_from(number % ALPHABET.len() as u128).unwrap_or(0);
    char::from(ALPHABET[place])
}

fn check(secret: &Secret, round_id: i64, body: &str) -> String {
    let mac = secret.mac("access check", &[&round_id.to_be_bytes(), body.as_bytes()]);
    (0..CHECK).map(|i| sign(u128::from(u16::from_be_bytes([mac[2 * i], mac[2 * i + 1]])))).collect()
}

/// Codes made at once: what a browser prints in one go.
pub const MOST: i64 = 2000;

/// Codes that were just made, by school.
pub struct Made {
    /// What the school is called.
    pub name: String,
    /// The code on its poster.
    pub poster: CollectorCode,
    /// In no order.
    pub codes: Vec<AccessCode>,
}

/// Why no codes were made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotMade {
    /// The round is open to all.
    Open,
    /// None, or more than one sheet holds.
    Number,
    /// The round does not ask this school, or has no link for it.
    School,
}

/// Makes so many codes for a school, or for each school of the round.
///
/// # Errors
/// The database failed.
pub fn make_sheets(
    db: &mut Db,
    secret: &Secret,
    round: &RoundRow,
    unit: Option<i64>,
    count: i64,
) -> Result<Result<Vec<Made>, NotMade>, StoreError> {
    if round.access()? != Access::Codes {
        return Ok(Err(NotMade::Open));
    }
    let asked: Vec<i64> = rounds::targets(db, round.id)?.into_iter().map(|target| target.unit_id).collect();
    let mut posters = BTreeMap::new();
    for row in collectors::of_round(db, round.id)? {
        let is_wanted = unit.is_none_or(|unit| unit == row.unit_id) && asked.contains(&row.unit_id);
        if is_wanted && row.revoked_at.is_none() {
            let poster = row.code.parse().map_err(|error| StoreError::corrupt("code", error))?;
            posters.entry(row.unit_id).or_insert((row.unit_name, poster));
        }
    }
    if posters.is_empty() {
        return Ok(Err(NotMade::School));
    }
    let schools = i64::try_from(posters.len()).unwrap_or(i64::MAX);
    if count < 1 || count.saturating_mul(schools) > MOST {
        return Ok(Err(NotMade::Number));
    }
    let mut made = Vec::with_capacity(posters.len());
    for (unit_id, (name, poster)) in posters {
        let codes: Vec<AccessCode> = (0..count).map(|_| AccessCode::make(secret, round.id)).collect();
        let hashes: Vec<_> = codes.iter().map(|code| code.hash(secret).bytes()).collect();
        access_codes::insert(db, round.id, unit_id, &hashes)?;
        made.push(Made { name, poster, codes });
    }
    made.sort_by(|a, b| compare(&a.name, &b.name));
    Ok(Ok(made))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn secret() -> Secret {
        Secret::parse(&"5a".repeat(32)).unwrap()
    }

    #[test]
    fn a_code_is_read_back_from_groups_in_either_case_and_only_in_its_round() {
        for _ in 0..200 {
            let code = AccessCode::make(&secret(), 7);
            let typed = code.groups().join(" - ").to_lowercase();
            assert_eq!(AccessCode::parse(&secret(), 7, &typed).as_ref(), Some(&code));
            assert!(!code.as_str().contains(['0', 'O', '1', 'I', 'L']));
        }
        let code = AccessCode::make(&secret(), 7);
        assert_eq!(AccessCode::parse(&secret(), 8, code.as_str()), None);
    }

    #[test]
    fn hardly_any_mistyped_code_is_taken_for_a_genuine_one() {
        let taken = (0..500)
            .filter(|at: &usize| {
                let code = AccessCode::make(&secret(), 7);
                let mut typed = code.as_str().to_owned().into_bytes();
                let place = at % LENGTH;
                typed[place] = if typed[place] == b'A' { b'B' } else { b'A' };
                AccessCode::parse(&secret(), 7, &String::from_utf8(typed).unwrap()).is_some()
            })
            .count();
        assert!(taken <= 1, "{taken} of 500");
    }

    proptest! {
        #[test]
        fn nothing_that_is_typed_stops_the_program(text: String) {
            let _ = AccessCode::parse(&secret(), 7, &text);
        }
    }
}
