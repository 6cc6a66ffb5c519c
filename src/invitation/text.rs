//! The text of a letter, with placeholders in braces that an officer can type: `{duong_dan}`.

use crate::survey::code::codes;
use crate::survey::places::{Piece, pieces};

codes! {
    /// What stands for something that differs from letter to letter.
    Placeholder {
        /// The personal link.
        Link = "duong_dan",
        /// How the person is addressed.
        Name = "ten",
        /// The school.
        School = "truong",
        /// When the round closes.
        Closes = "han",
        /// The page to get no more mail; only in what the office always adds.
        Leave = "bo_thu",
    }
}

/// The longest subject, in characters: mail programs on phones show some forty.
pub const LONGEST_SUBJECT: usize = 150;
/// The longest text, in characters.
pub const LONGEST_TEXT: usize = 6000;

/// What is wrong with a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// Nothing was written.
    Empty,
    /// More than so many characters.
    Long(usize),
    /// A placeholder that there is not.
    Unknown(String),
    /// A brace that no other closes.
    Open,
    /// The link is missing: the letter would invite to nothing.
    NoLink,
    /// The link does not belong here.
    Link,
}

/// What goes into one letter.
#[derive(Debug, Clone, Default)]
pub struct Values {
    /// The personal link.
    pub link: String,
    /// How the person is addressed.
    pub name: String,
    /// The school.
    pub school: String,
    /// When the round closes.
    pub closes: String,
    /// The page to get no more mail.
    pub leave: String,
}

impl Values {
    fn of(&self, placeholder: Placeholder) -> &str {
        match placeholder {
            Placeholder::Link => &self.link,
            Placeholder::Name => &self.name,
            Placeholder::School => &self.school,
            Placeholder::Closes => &self.closes,
            Placeholder::Leave => &self.leave,
        }
    }
}

fn meant(name: &str) -> Option<Placeholder> {
    Placeholder::from_code(&name.trim().to_lowercase()).filter(|found| *found != Placeholder::Leave)
}

/// Everything that is wrong with a subject (`is_text` false) or a text.
pub fn check(text: &str, is_text: bool) -> Vec<Wrong> {
    let longest = if is_text { LONGEST_TEXT } else { LONGEST_SUBJECT };
    if text.trim().is_empty() {
        return vec![Wrong::Empty];
    }
    let mut wrong = Vec::new();
    if text.chars().count() > longest {
        wrong.push(Wrong::Long(longest));
    }
    let mut has_link = false;
    for piece in pieces(text) {
        match piece {
            Piece::Place(name) => match meant(name) {
                Some(found) => has_link |= found == Placeholder::Link,
                None => wrong.push(Wrong::Unknown(name.chars().take(40).collect())),
            },
            Piece::Open => wrong.push(Wrong::Open),
            Piece::Text(_) => {}
        }
    }
    match (is_text, has_link) {
        (true, false) => wrong.push(Wrong::NoLink),
        (false, true) => wrong.push(Wrong::Link),
        _ => {}
    }
    wrong
}

/// The text with its values; what is no placeholder stays as it was typed.
pub fn fill(text: &str, values: &Values) -> String {
    let text = text.replace("\r\n", "\n");
    let piece = |piece: Piece<'_>| match piece {
        Piece::Text(text) => text.to_owned(),
        Piece::Open => "{".to_owned(),
        Piece::Place(name) => match Placeholder::from_code(&name.trim().to_lowercase()) {
            Some(placeholder) => values.of(placeholder).to_owned(),
            None => format!("{{{name}}}"),
        },
    };
    pieces(&text).into_iter().map(piece).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_text_needs_its_link_and_knows_its_placeholders() {
        assert_eq!(check("Kính gửi {ten}: {duong_dan}, đến {HAN}.", true), []);
        assert_eq!(check("Kính gửi {họ}", true), [Wrong::Unknown("họ".to_owned()), Wrong::NoLink]);
        assert_eq!(check("{duong_dan} {ten", true), [Wrong::Open]);
        assert_eq!(check("Mời {truong}", false), []);
        assert_eq!(check("{duong_dan}", false), [Wrong::Link]);
        assert_eq!(check("{bo_thu} {duong_dan}", true), [Wrong::Unknown("bo_thu".to_owned())]);
        assert_eq!((check(" \n", true), check(&"x".repeat(151), false)), (vec![Wrong::Empty], vec![Wrong::Long(150)]));
    }

    #[test]
    fn what_somebodys_name_says_is_not_read_as_a_placeholder() {
        let values = Values { name: "{duong_dan}".to_owned(), link: "https://x".to_owned(), ..Values::default() };
        assert_eq!(fill("{ten} {duong_dan} {khac}", &values), "{duong_dan} https://x {khac}");
    }

    proptest! {
        #[test]
        fn a_text_without_braces_stays_as_it_is(text in "[^{}\r]*") {
            prop_assert_eq!(fill(&text, &Values::default()), text);
        }

        #[test]
        fn nothing_that_is_typed_stops_the_program(text: String) {
            check(&text, true);
            fill(&text, &Values::default());
        }
    }
}
