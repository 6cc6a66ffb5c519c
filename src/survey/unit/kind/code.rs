//! The code of a kind, and what a unit says about its own.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Kinds;
use crate::survey::code::UnitNature;
use crate::vietnamese;

/// The longest code of a kind.
const LONGEST: usize = 24;

/// A kind's code: 2 to 24 small letters, digits and underscores, beginning with a letter. Files of units carry it, so it stays.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct KindCode(String);

/// Not a kind's code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a kind's code: use 2 to 24 of a–z, 0–9 and underscores, beginning with a letter")]
pub struct NotAKindCode(String);

impl KindCode {
    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A code that follows from a name: “Trung tâm GDTX” is `trung_tam_gdtx`.
    pub(super) fn after(name: &str) -> Option<Self> {
        let letters = vietnamese::fold(name).replace(|c: char| !c.is_ascii_alphanumeric(), " ");
        let mut code = letters.split_whitespace().collect::<Vec<_>>().join("_");
        code.truncate(LONGEST);
        code.trim_end_matches('_').parse().ok()
    }
}

impl FromStr for KindCode {
    type Err = NotAKindCode;

    fn from_str(text: &str) -> Result<Self, NotAKindCode> {
        let inside = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        let begins = text.starts_with(|c: char| c.is_ascii_lowercase());
        if (2..=LONGEST).contains(&text.len()) && begins && text.bytes().all(inside) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotAKindCode(text.to_owned()))
        }
    }
}

impl TryFrom<String> for KindCode {
    type Error = NotAKindCode;

    fn try_from(text: String) -> Result<Self, NotAKindCode> {
        text.parse()
    }
}

impl From<KindCode> for String {
    fn from(code: KindCode) -> Self {
        code.0
    }
}

impl fmt::Display for KindCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Which kind a unit is of, and what that is to the program.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Written")]
pub struct UnitKind {
    /// The kind's code.
    pub code: KindCode,
    /// What it is to the program.
    pub nature: UnitNature,
}

impl UnitKind {
    pub(super) fn first(code: &str, nature: UnitNature) -> Self {
        Self { code: KindCode(code.to_owned()), nature }
    }

    /// Whether it is this kind.
    pub fn is(&self, code: &str) -> bool {
        self.code.as_str() == code
    }
}

impl fmt::Display for UnitKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.code.fmt(f)
    }
}

/// As imports wrote it that can still be taken back: before kinds were data, a code alone.
#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Whole { code: KindCode, nature: UnitNature },
    Code(KindCode),
}

impl TryFrom<Written> for UnitKind {
    type Error = NotAKindCode;

    fn try_from(written: Written) -> Result<Self, NotAKindCode> {
        match written {
            Written::Whole { code, nature } => Ok(Self { code, nature }),
            Written::Code(code) => {
                let first = Kinds::initial().find(code.as_str()).map(|kind| kind.kind.clone());
                first.ok_or(NotAKindCode(code.0))
            }
        }
    }
}
