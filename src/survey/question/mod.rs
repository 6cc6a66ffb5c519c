//! Questions, and the kinds they come in.
//!
//! A kind is one room: `rating.rs` with `rating.html` holds its rule, its view, its tally, its place in the codebook and
//! its export columns. `registry` is the one list of them; adding a kind touches its room and that list.

mod bins;
mod field;
mod image;
mod imagine;
mod integer;
mod note;
mod range;
mod rating;
mod registry;
mod select_multiple;
mod select_one;
mod text;

use std::fmt;

use super::answer::Answer;
use super::expression::{Compiled, Expression, Type, Value};
use super::raw::Raw;
use super::text::Text;
use super::violation::Reason;

pub use bins::Bins;
pub use field::{Field, Phrases, PicturesAt};
pub use imagine::{Dice, Imagined};
pub use registry::{KindName, build};

/// One asked thing.
#[derive(Debug)]
pub struct Question {
    /// Stable across years and languages.
    pub code: String,
    /// The place of its section.
    pub section: usize,
    /// What is asked.
    pub label: Text,
    /// A help beside it.
    pub hint: Option<Text>,
    /// Whether the form cannot be sent without it.
    pub required: bool,
    /// When it is asked at all.
    pub relevant: Option<Rule>,
    /// What an answer must fulfil.
    pub constraint: Option<Rule>,
    /// What to say when it does not.
    pub constraint_message: Option<Text>,
    /// Which kind this is.
    pub kind_name: KindName,
    /// What the kind knows.
    pub kind: Box<dyn Kind>,
    /// Never asked, whatever its rules say: see [`super::questionnaire::Questionnaire::withhold_pictures`].
    pub withheld: bool,
}

impl Question {
    /// Whether it takes answers (a note does not).
    pub fn has_answers(&self) -> bool {
        self.kind.value_type().is_some()
    }
}

/// An expression, as written and ready to run.
#[derive(Debug, Clone)]
pub struct Rule {
    /// As written.
    pub expression: Expression,
    /// With questions as places.
    pub compiled: Compiled,
}

/// One allowed answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Stable code.
    pub code: String,
    /// What people read.
    pub label: Text,
}

/// What a question counts, for tabulation and the codebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measure {
    /// Points on an ordered scale; one cell per choice.
    Rating {
        /// The codes, lowest first.
        codes: Vec<String>,
        /// The points that each code stands for.
        points: Vec<i64>,
    },
    /// One of several; one cell per choice, and a last one for “other” where it is offered.
    Single {
        /// The codes.
        codes: Vec<String>,
        /// Whether a last cell counts “other”.
        other: bool,
    },
    /// Several of several; one cell per choice.
    Multiple {
        /// The codes.
        codes: Vec<String>,
    },
    /// A whole number; the first cell is the exact sum, then one cell per bin.
    Number(Bins),
    /// A text; only counted.
    Text,
    /// Nothing to count.
    Nothing,
}

impl Measure {
    /// How many cells it needs after asked, answered and not applicable.
    pub fn cells(&self) -> usize {
        match self {
            Self::Rating { codes, .. } | Self::Multiple { codes } => codes.len(),
            Self::Single { codes, other } => codes.len() + usize::from(*other),
            Self::Number(bins) => 1 + bins.len(),
            Self::Text | Self::Nothing => 0,
        }
    }
}

/// Where a kind's exported values go: one column each.
pub trait Row {
    /// One cell.
    fn cell(&mut self, value: &str);
}

/// Cells that hold something, one after the other.
#[derive(Default)]
struct Cells(Vec<String>);

impl Row for Cells {
    fn cell(&mut self, value: &str) {
        if !value.is_empty() {
            self.0.push(value.to_owned());
        }
    }
}

/// How values are exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExportStyle {
    /// Labels in this language instead of codes.
    pub labels: Option<super::text::Lang>,
    /// One 0/1 column per choice of a select_multiple.
    pub split: bool,
}

/// What a question kind knows.
pub trait Kind: fmt::Debug + Send + Sync {
    /// The type of its answers in expressions; none when it takes no answers.
    fn value_type(&self) -> Option<Type>;

    /// Whether it has a text of its own beside “other”, sent under the question's name with `_other`.
    fn takes_other(&self) -> bool {
        false
    }

    /// How many pictures an answer may name; none for all other kinds.
    fn pictures(&self) -> usize {
        0
    }

    /// The module of `public/form/` that makes it quicker to use, if there is one.
    fn script(&self) -> Option<&'static str> {
        None
    }

    /// Reads what was sent: `raw` under the question's name, `other` under its name with `_other`. Nothing sent is `None`.
    ///
    /// # Errors
    /// Why it cannot be taken.
    fn read(&self, raw: &Raw<'_>, other: Option<&Raw<'_>>) -> Result<Option<Answer>, Reason>;

    /// The answer as expressions see it.
    fn value<'a>(&'a self, answer: &'a Answer) -> Value<'a>;

    /// Adds the answer's members to the stored document.
    fn store(&self, code: &str, answer: &Answer, out: &mut super::submission::Document);

    /// What it counts.
    fn measure(&self) -> Measure;

    /// The shared scale that it rates on, lowest first.
    fn scale(&self) -> &[Choice] {
        &[]
    }

    /// Counts one answer into the cells that [`Measure::cells`] promised.
    fn tally(&self, answer: &Answer, cells: &mut [i64]);

    /// The names of its columns in an export.
    fn columns(&self, code: &str, style: ExportStyle) -> Vec<String>;

    /// Writes as many cells as [`Kind::columns`] has names, for an answer as it was stored.
    fn export(&self, raw: &Raw<'_>, other: Option<&Raw<'_>>, style: ExportStyle, row: &mut dyn Row);

    /// What was answered, as people read it: one text per thing chosen.
    fn shown(&self, raw: &Raw<'_>, other: Option<&Raw<'_>>, lang: super::text::Lang) -> Vec<String> {
        let mut cells = Cells::default();
        self.export(raw, other, ExportStyle { labels: Some(lang), split: false }, &mut cells);
        cells.0
    }

    /// The part of the form inside the question's frame.
    ///
    /// # Errors
    /// The template failed.
    fn view(&self, field: &Field<'_>) -> Result<String, askama::Error>;

    /// A plausible answer, for demonstrations.
    fn imagine(&self, dice: &mut Dice) -> Imagined;
}

/// The code in a value that should hold exactly one.
///
/// # Errors
/// [`Reason::WrongType`], [`Reason::Repeated`].
fn single<'a>(raw: &'a Raw<'_>) -> Result<Option<&'a str>, Reason> {
    match raw {
        Raw::Null => Ok(None),
        Raw::One(text) => Ok(Some(text.trim()).filter(|t| !t.is_empty())),
        // a browser that lost its script may send an empty twin beside the value
        Raw::Many(list) => {
            let mut filled = list.iter().map(|t| t.trim()).filter(|t| !t.is_empty());
            match (filled.next(), filled.next()) {
                (value, None) => Ok(value),
                (Some(_), Some(_)) => Err(Reason::Repeated),
                (None, Some(_)) => Err(Reason::WrongType),
            }
        }
        Raw::Foreign => Err(Reason::WrongType),
    }
}

/// The place of a code in a list of choices.
fn place(choices: &[Choice], code: &str) -> Option<usize> {
    choices.iter().position(|choice| choice.code == code)
}

/// A text in NFC without the characters that no keyboard types or nobody sees; line ends as `\n`, ends trimmed.
///
/// # Errors
/// [`Reason::ControlCharacter`], [`Reason::TooLong`].
fn clean_text(text: &str, max: usize) -> Result<String, Reason> {
    use unicode_segmentation::UnicodeSegmentation;
    let text = &*super::text::without_hidden(text);
    let mut clean = if crate::vietnamese::is_clean(text) { text.to_owned() } else { crate::vietnamese::nfc(text) };
    if clean.contains('\r') {
        clean = clean.replace("\r\n", "\n").replace('\r', "\n");
    }
    if clean.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        return Err(Reason::ControlCharacter);
    }
    let trimmed = clean.trim();
    // every letter is at least one byte: short texts need no counting
    if trimmed.len() > max {
        let have = trimmed.graphemes(true).count();
        if have > max {
            return Err(Reason::TooLong { max, have });
        }
    }
    Ok(if trimmed.len() == clean.len() { clean } else { trimmed.to_owned() })
}

/// The label of a code in an export that asked for labels, the code itself otherwise.
fn shown<'a>(choices: &'a [Choice], code: &'a str, style: ExportStyle) -> &'a str {
    match style.labels {
        Some(lang) => choices.iter().find(|choice| choice.code == code).map_or(code, |choice| choice.label.get(lang)),
        None => code,
    }
}
