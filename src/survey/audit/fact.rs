//! What exactly a deed changed, kept as codes so that each reader gets it in words of the own language.

use serde::{Deserialize, Serialize};

/// Something that was one thing and is another now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact(
    /// What: a code.
    pub String,
    /// What it was; empty: there was nothing.
    pub String,
    /// What it is; empty: there is nothing.
    pub String,
);

impl Fact {
    /// Nothing where both are the same.
    pub fn of(what: &str, old: impl ToString, new: impl ToString) -> Option<Self> {
        let (old, new) = (old.to_string(), new.to_string());
        (old != new).then(|| Self(what.to_owned(), old, new))
    }
}

/// Facts as the log keeps them.
pub fn text(facts: &[Fact]) -> String {
    if facts.is_empty() { String::new() } else { serde_json::to_string(facts).unwrap_or_default() }
}

/// Facts as the log kept them; none where it kept something else.
pub fn read(text: &str) -> Option<Vec<Fact>> {
    serde_json::from_str(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_read_as_they_were_written_and_other_texts_are_none() {
        let facts: Vec<Fact> = Fact::of("goal", 400, 500).into_iter().chain(Fact::of("goal", 1, 1)).collect();
        assert_eq!(read(&text(&facts)), Some(facts));
        assert_eq!((text(&[]).as_str(), read("Mưa bão"), read("")), ("", None, None));
    }
}
