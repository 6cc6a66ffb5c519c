//! A form as a browser sent it.

use uuid::Uuid;

use crate::survey::raw::RawAnswers;
use crate::web::error::Failure;
use crate::web::words::Words;

/// What was sent, with names and values of the form itself apart from the answers.
pub(super) struct Sent(Vec<(String, String)>);

/// More fields than any form has: sorting them would keep others waiting.
const MOST_FIELDS: usize = 3000;

impl Sent {
    /// # Errors
    /// Too many fields, or names that are not text in UTF-8.
    pub(super) fn read(body: &[u8]) -> Result<Self, Failure> {
        let pairs: Vec<(String, String)> = form_urlencoded::parse(body).into_owned().collect();
        if pairs.len() > MOST_FIELDS {
            return Err(Failure::Bad(Words::VI.say("submit-too-many")));
        }
        // The decoder puts this sign where bytes are no UTF-8. Names are those of our own page; in an answer it may have come
        // with a text pasted from elsewhere, and is told beside its question, so that nothing else is lost.
        if pairs.iter().any(|(name, _)| name.contains(char::REPLACEMENT_CHARACTER)) {
            return Err(Failure::Bad(Words::VI.say("submit-not-utf8")));
        }
        Ok(Self(pairs))
    }

    /// The first value under a name.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Names and values in the order of the form.
    pub(super) fn pairs(&self) -> &[(String, String)] {
        &self.0
    }

    /// The answers alone.
    pub(super) fn answers(&self) -> RawAnswers<'static> {
        RawAnswers::from_form(self.0.iter().cloned())
    }

    /// The submission key; none without it, because then nobody could tell a second tap from a second form.
    pub(super) fn key(&self) -> Option<Uuid> {
        self.get("_key")?.parse().ok()
    }
}
