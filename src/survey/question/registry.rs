//! The one list of question kinds.

use super::super::code::codes;
use super::super::questionnaire::file::QuestionFile;
use super::super::questionnaire::mistake::Finder;
use super::super::questionnaire::scale::Scales;
use super::Kind;
use super::{image, integer, note, range, rating, select_multiple, select_one, text};

codes! {
    /// The name of a kind, as XLSForm has it.
    KindName {
        /// Points on a shared ordered scale.
        Rating = "rating",
        /// One of several.
        SelectOne = "select_one",
        /// Several of several.
        SelectMultiple = "select_multiple",
        /// A whole number, typed.
        Integer = "integer",
        /// A whole number, chosen between two ends.
        Range = "range",
        /// A free text.
        Text = "text",
        /// Pictures.
        Image = "image",
        /// Information between questions.
        Note = "note",
    }
}

/// What a kind is made from: the question's properties in the file, the scales, and where to report mistakes.
pub type Build = fn(&QuestionFile, &Scales, &mut Finder<'_>) -> Option<Box<dyn Kind>>;

/// Makes the kind of a question; `None` when a mistake was reported.
pub fn build(name: KindName) -> Build {
    match name {
        KindName::Rating => rating::build,
        KindName::SelectOne => select_one::build,
        KindName::SelectMultiple => select_multiple::build,
        KindName::Integer => integer::build,
        KindName::Range => range::build,
        KindName::Text => text::build,
        KindName::Image => image::build,
        KindName::Note => note::build,
    }
}
