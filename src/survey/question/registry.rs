//! The one list of question kinds.

use super::super::code::codes;
use super::super::questionnaire::file::QuestionFile;
use super::super::questionnaire::mistake::Finder;
use super::super::questionnaire::scale::Scales;
use super::Kind;
use super::{
    acknowledge, calculate, date, decimal, image, integer, matrix, note, range, rank, rating, select_multiple,
    select_one,
};
use super::{text, time};

codes! {
    /// The name of a kind, as XLSForm has it.
    KindName {
        /// Points on a shared ordered scale.
        Rating = "rating",
        /// Several ratings under one heading.
        Matrix = "matrix",
        /// One of several.
        SelectOne = "select_one",
        /// Several of several.
        SelectMultiple = "select_multiple",
        /// Several of several, in an order.
        Rank = "rank",
        /// A whole number, typed.
        Integer = "integer",
        /// A number with a fraction, typed.
        Decimal = "decimal",
        /// A whole number, chosen between two ends.
        Range = "range",
        /// A day.
        Date = "date",
        /// A time of day.
        Time = "time",
        /// A free text.
        Text = "text",
        /// A box to tick.
        Acknowledge = "acknowledge",
        /// Pictures.
        Image = "image",
        /// Information between questions.
        Note = "note",
        /// Worked out from other answers.
        Calculate = "calculate",
    }
}

/// What a kind is made from: the question's properties in the file, the scales, and where to report mistakes.
pub type Build = fn(&QuestionFile, &Scales, &mut Finder<'_>) -> Option<Box<dyn Kind>>;

/// What reading a file needs to know of a kind.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    /// Makes the kind of a question; `None` when a mistake was reported.
    pub build: Build,
    /// The properties that it reads, besides those of every question.
    pub reads: &'static [&'static str],
    /// Whether it takes answers, and so reads [`Room::OF_ANSWERS`], too.
    pub has_answers: bool,
}

impl Room {
    /// Properties of every question that takes answers.
    pub const OF_ANSWERS: [&'static str; 4] = ["required", "constraint", "constraint_message", "default"];

    /// Whether a question of this kind may have this property.
    pub fn takes(&self, property: &str) -> bool {
        self.reads.contains(&property) || (self.has_answers && Self::OF_ANSWERS.contains(&property))
    }
}

/// The room of a kind.
pub fn room(name: KindName) -> Room {
    let answered = |build, reads| Room { build, reads, has_answers: true };
    let silent = |build, reads| Room { build, reads, has_answers: false };
    match name {
        KindName::Rating => answered(rating::build, rating::READS),
        KindName::Matrix => silent(matrix::build, matrix::READS),
        KindName::SelectOne => answered(select_one::build, select_one::READS),
        KindName::SelectMultiple => answered(select_multiple::build, select_multiple::READS),
        KindName::Rank => answered(rank::build, rank::READS),
        KindName::Integer => answered(integer::build, integer::READS),
        KindName::Decimal => answered(decimal::build, decimal::READS),
        KindName::Range => answered(range::build, range::READS),
        KindName::Date => answered(date::build, date::READS),
        KindName::Time => answered(time::build, time::READS),
        KindName::Text => answered(text::build, text::READS),
        KindName::Acknowledge => answered(acknowledge::build, acknowledge::READS),
        KindName::Image => Room { build: image::build, reads: image::READS, has_answers: false },
        KindName::Note => silent(note::build, note::READS),
        KindName::Calculate => silent(calculate::build, calculate::READS),
    }
}
