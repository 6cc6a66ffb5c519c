//! The classes of a level of a school: how many, and what they are called where the school says so.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::vietnamese;

/// More classes than a level of any school has.
pub const MOST_CLASSES: i64 = 200;
/// The longest name of a class, in characters.
const LONGEST_NAME: usize = 20;

/// One class at least.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Classes {
    count: i64,
    names: Vec<String>,
}

/// Not a number of classes and no list of names.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} says no classes: write a number from 1 to 200, or their names separated by commas, each once")]
pub struct NotClasses(pub String);

impl Classes {
    /// So many classes without names.
    pub fn counted(count: i64) -> Option<Self> {
        (1..=MOST_CLASSES).contains(&count).then_some(Self { count, names: Vec::new() })
    }

    /// Classes with names, each once; spaces around a name do not belong to it.
    pub fn named<'a>(names: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        let mut known: Vec<String> = Vec::new();
        for name in names {
            let name = vietnamese::nfc(name.trim());
            let is_short = (1..=LONGEST_NAME).contains(&name.chars().count());
            let is_word = name.starts_with(char::is_alphanumeric);
            if !is_short
                || !is_word
                || name.chars().any(|c| c.is_control() || ",;".contains(c))
                || known.contains(&name)
            {
                return None;
            }
            known.push(name);
        }
        let count = i64::try_from(known.len()).ok().filter(|count| (1..=MOST_CLASSES).contains(count))?;
        Some(Self { count, names: known })
    }

    /// How many there are.
    pub fn count(&self) -> i64 {
        self.count
    }

    /// What they are called; empty where only their number is known.
    pub fn names(&self) -> &[String] {
        &self.names
    }
}

impl FromStr for Classes {
    type Err = NotClasses;

    /// `24`, or `1A, 1B; 2A`.
    fn from_str(text: &str) -> Result<Self, NotClasses> {
        let is_number = text.trim().bytes().all(|b| b.is_ascii_digit());
        let read = match is_number {
            true => text.trim().parse().ok().and_then(Self::counted),
            false => {
                let parts = text.split([',', ';', '\n']).filter(|part| !part.trim().is_empty());
                Self::named(parts)
            }
        };
        read.ok_or_else(|| NotClasses(text.to_owned()))
    }
}

impl TryFrom<String> for Classes {
    type Error = NotClasses;

    fn try_from(text: String) -> Result<Self, NotClasses> {
        text.parse()
    }
}

impl From<Classes> for String {
    fn from(classes: Classes) -> Self {
        classes.to_string()
    }
}

impl fmt::Display for Classes {
    /// As [`Classes::from_str`] reads it. The only name of a single class ends with a semicolon: it may be a number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.names.as_slice() {
            [] => write!(f, "{}", self.count),
            [only] => write!(f, "{only};"),
            names => f.write_str(&names.join("; ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_number_counts_and_names_are_counted() {
        let read = |text: &str| text.parse::<Classes>().map(|classes| (classes.count(), classes.names().to_vec()));
        assert_eq!(read(" 24 "), Ok((24, vec![])));
        assert_eq!(read("1A, 1B;2A,"), Ok((3, ["1A", "1B", "2A"].map(str::to_owned).to_vec())));
        assert_eq!(read("1; 2"), Ok((2, ["1", "2"].map(str::to_owned).to_vec())));
        for wrong in ["", "0", "201", "-3", ",", "1A, 1A", "một tên lớp dài quá đi mất thôi"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn classes_are_read_as_they_were_written(names in prop::collection::btree_set("[0-9]{1,2}[A-Z]?[0-9]?", 1..30), count in 1_i64..=200) {
            let named = Classes::named(names.iter().map(String::as_str)).unwrap();
            prop_assert_eq!(named.to_string().parse::<Classes>(), Ok(named));
            let counted = Classes::counted(count).unwrap();
            prop_assert_eq!(counted.to_string().parse::<Classes>(), Ok(counted));
        }

        #[test]
        fn nothing_that_is_typed_stops_the_program(text: String) {
            let _ = text.parse::<Classes>();
        }
    }
}
