//! What is wrong with what somebody asks for.

use std::fmt;

/// Why a file cannot be made as it was asked for. Says so in English, for programs and the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mistake {
    /// A parameter has a value that it cannot have.
    Value {
        /// Its name.
        name: &'static str,
        /// What was sent.
        found: String,
    },
    /// A code that does not belong to the round.
    Unknown {
        /// The parameter's name.
        name: &'static str,
        /// The code.
        code: String,
    },
    /// A question of the round that is not asked in the forms that are chosen: its column would be missing.
    Unasked {
        /// Its code.
        code: String,
    },
    /// A parameter that there is not: a filter with a slip of the pen would be none.
    Name {
        /// What was sent.
        found: String,
    },
    /// The last day lies before the first.
    Backwards,
}

/// Every parameter.
pub(super) const NAMES: [&str; 15] = [
    "format",
    "delimiter",
    "decimal",
    "bom",
    "labels",
    "split",
    "unit",
    "level",
    "channel",
    "lang",
    "questionnaire",
    "question",
    "from",
    "to",
    "excluded",
];

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value { name, found } => {
                write!(f, "{name} cannot be {found:?}; {}", allowed(name))
            }
            Self::Unknown { name, code } => write!(f, "this round has no {name} {code:?}"),
            Self::Unasked { code } => {
                write!(f, "the question {code:?} is not asked at the levels and in the questionnaires that are chosen")
            }
            Self::Name { found } => write!(f, "there is no {found:?}; use {}", NAMES.join(", ")),
            Self::Backwards => f.write_str("the day in “to” lies before the one in “from”"),
        }
    }
}

/// What a parameter may be.
fn allowed(name: &str) -> &'static str {
    match name {
        "format" => "use csv, jsonl, xlsx, sav, codebook or ddi",
        "delimiter" => "use comma, semicolon or tab",
        "decimal" => "use point or comma",
        "from" | "to" => "write a day as 2026-09-05",
        "excluded" => "use out or also",
        "channel" => "use truong, mat_tran or doan_the",
        "lang" | "form_lang" => "use a language code such as vi or en",
        _ => "use 1 or 0",
    }
}
