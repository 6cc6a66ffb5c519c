//! Pictures as answers know them: by an id that tells nothing.

use std::fmt;

use crate::picture::Refused;

/// 128 random bits. It stands in the answers and leads whoever may see pictures to one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PictureId([u8; 16]);

impl PictureId {
    /// From random bytes.
    pub fn new(random: [u8; 16]) -> Self {
        Self(random)
    }

    /// Reads it from an answer or an address.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = data_encoding::BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// As the database keeps it.
    pub fn bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl fmt::Display for PictureId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&data_encoding::BASE64URL_NOPAD.encode(&self.0))
    }
}

/// What is wrong with a picture, or with sending one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// This round, or this way of sending forms, takes none.
    NotTaken,
    /// No picture was chosen.
    NotChosen,
    /// More than the question takes.
    TooMany {
        /// How many it takes.
        max: usize,
    },
    /// More than one form may have been sent in all, taken out again or not.
    FormIsFull,
    /// It does not belong to this form, or is no longer kept.
    Unknown,
    /// The file is not taken.
    Refused(Refused),
}

impl Unfit {
    /// A stable name, under which pages keep the sentence.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotTaken => "picture-not-taken",
            Self::NotChosen => "picture-not-chosen",
            Self::TooMany { .. } => "picture-too-many",
            Self::FormIsFull => "picture-form-full",
            Self::Unknown => "picture-unknown",
            Self::Refused(Refused::TooLarge) => "picture-too-large",
            Self::Refused(Refused::TooManyPixels) => "picture-too-many-pixels",
            Self::Refused(Refused::Heic) => "picture-heic",
            Self::Refused(Refused::OtherKind) => "picture-other-kind",
            Self::Refused(Refused::Broken) => "picture-broken",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_id_is_read_as_it_was_written_and_nothing_else_is_one(bytes: [u8; 16], text in ".*") {
            let id = PictureId::new(bytes);
            prop_assert_eq!(PictureId::parse(&id.to_string()), Some(id));
            if let Some(id) = PictureId::parse(&text) {
                prop_assert_eq!(id.to_string(), text);
            }
        }
    }
}
