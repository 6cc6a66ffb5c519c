//! The short code on a poster.

use std::fmt;
use std::str::FromStr;

/// Letters and digits that nobody mistakes for one another: no 0 O, 1 I L.
pub const ALPHABET: &[u8; 31] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";
/// How many signs: 31^6 codes are some 900 million, so a guess finds nothing.
const SIGNS: usize = 6;

/// A collector's code, in capitals; read case-insensitively.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CollectorCode([u8; SIGNS]);

impl CollectorCode {
    /// A code from random bytes.
    pub fn from_random(random: [u8; 16]) -> Self {
        let mut number = u128::from_le_bytes(random);
        let mut code = [0; SIGNS];
        for sign in &mut code {
            *sign = ALPHABET[usize::try_from(number % ALPHABET.len() as u128).unwrap_or(0)];
            number /= ALPHABET.len() as u128;
        }
        Self(code)
    }

    /// As printed.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for CollectorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Not a code that was ever printed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a code has {SIGNS} letters or digits")]
pub struct NotACode;

impl FromStr for CollectorCode {
    type Err = NotACode;

    fn from_str(text: &str) -> Result<Self, NotACode> {
        let bytes: [u8; SIGNS] = text.as_bytes().try_into().map_err(|_| NotACode)?;
        let code = bytes.map(|b| b.to_ascii_uppercase());
        if code.iter().all(|b| ALPHABET.contains(b)) { Ok(Self(code)) } else { Err(NotACode) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_printed_code_is_read_back_in_either_case(random: [u8; 16]) {
            let code = CollectorCode::from_random(random);
            prop_assert_eq!(code.as_str().to_lowercase().parse(), Ok(code));
            prop_assert!(!code.as_str().contains(['0', 'O', '1', 'I', 'L']));
        }
    }

    #[test]
    fn what_was_never_printed_is_no_code() {
        for wrong in ["", "ABCDE", "ABCDEFG", "ABCDE0", "ABCDÊ", "../../"] {
            assert_eq!(wrong.parse::<CollectorCode>(), Err(NotACode), "{wrong}");
        }
    }
}
