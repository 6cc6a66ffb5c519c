//! Questions, and the kinds they come in.
//!
//! A kind is one room: `rating.rs` with `rating.html` holds its rule, its view, its tally, its place in the codebook and
//! its export columns. `registry` is the one list of them; adding a kind touches its room and that list.

mod acknowledge;
mod bins;
pub(super) mod calculate;
mod choosing;
mod content;
mod date;
mod decimal;
mod field;
mod hundredths;
mod image;
mod imagine;
mod integer;
mod matrix;
mod measure;
mod note;
mod paper;
mod range;
mod rank;
mod rating;
mod reading;
mod registry;
mod select_multiple;
mod select_one;
mod text;
mod time;

use std::collections::BTreeMap;
use std::fmt;

use super::answer::Answer;
use super::expression::{Compiled, Expression, Type, Value};
use super::raw::{Raw, RawAnswers};
use super::text::{Lang, Text};
use super::violation::Reason;

pub use bins::Bins;
pub use content::Content;
pub use field::{Field, Phrases, PicturesAt, Said};
pub use hundredths::Hundredths;
pub use imagine::{Dice, Hoped, Imagined};
pub use measure::Measure;
pub use paper::{OnPaper, Ticked};
use reading::{clean_text, place, shown, single};
pub use registry::{KindName, Room, room};
pub use select_one::OTHER;

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
    /// Its recordings: names of files in the questionnaire's media folder.
    pub audio: BTreeMap<Lang, String>,
    /// Whether the form cannot be sent without it.
    pub required: Required,
    /// When it is asked at all.
    pub relevant: Option<Rule>,
    /// What an answer must fulfil.
    pub constraint: Option<Rule>,
    /// What to say when it does not.
    pub constraint_message: Option<Text>,
    /// What an untouched form shows as its answer.
    pub default: Option<Raw<'static>>,
    /// The matrix it is a row of.
    pub row: Option<RowOf>,
    /// What a calculate works out.
    pub calculation: Option<Rule>,
    /// Which of the choices are offered.
    pub choice_filter: Option<Rule>,
    /// Which kind this is.
    pub kind_name: KindName,
    /// What the kind knows.
    pub kind: Box<dyn Kind>,
    /// Never asked, whatever its rules say: see [`super::questionnaire::Questionnaire::withhold_pictures`].
    pub withheld: bool,
}

impl Question {
    /// Whether there are answers to it (to a note there are none).
    pub fn has_answers(&self) -> bool {
        self.kind.value_type().is_some()
    }

    /// What its control shows: what was typed, and its default where nobody has touched the part that it stands in.
    pub fn filled<'a>(&'a self, typed: &'a RawAnswers<'_>, is_untouched: bool) -> Option<&'a Raw<'a>> {
        typed.get(&self.code).or(self.default.as_ref().filter(|_| is_untouched))
    }

    /// Its expressions.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        let required = match &self.required {
            Required::When(rule) => Some(rule),
            Required::Never | Required::Always => None,
        };
        let others = [&self.relevant, &self.constraint, &self.calculation, &self.choice_filter];
        required.into_iter().chain(others.into_iter().flatten())
    }

    /// Whether its answers can stand beside those to another question of this code. Choices of a list may differ from level to
    /// level: their codes tell them apart. Whether that holds is the kind's to say.
    pub fn says_the_same(&self, other: &Self) -> bool {
        self.kind_name == other.kind_name
            && self.label.get(Lang::VI) == other.label.get(Lang::VI)
            && self.kind.means_the_same(other.kind.as_ref())
    }

    /// Whether people are asked: what is worked out and what is only told is not.
    pub fn is_asked(&self) -> bool {
        self.has_answers() && self.kind_name != KindName::Calculate
    }
}

/// A question's place in the matrix whose heading it stands under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowOf {
    /// The code of the heading.
    pub heading: String,
    /// Whether it is the last row.
    pub is_last: bool,
}

/// Whether a form cannot be sent without an answer.
#[derive(Debug, Clone)]
pub enum Required {
    /// It can.
    Never,
    /// It cannot.
    Always,
    /// It depends.
    When(Rule),
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
    /// In a select_multiple: goes with no other choice (“none of these”).
    pub exclusive: bool,
    /// What else the file says about it, for `choice_filter`.
    pub attributes: BTreeMap<String, String>,
}

impl Choice {
    /// How a `choice_filter` calls the code itself, as XLSForm does.
    pub const NAME: &str = "name";
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
    /// One column per choice: 0 or 1 of a select_multiple, the position in a rank.
    pub split: bool,
    /// A comma before the fraction of a number instead of a point.
    pub comma: bool,
}

/// A row of a matrix: a question of its own, with what the heading does not say.
#[derive(Debug)]
pub struct GridRow {
    /// Its code.
    pub code: String,
    /// What is asked.
    pub label: Text,
    /// Which kind it is.
    pub kind_name: KindName,
    /// What its kind knows.
    pub kind: Box<dyn Kind>,
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

    /// What to say where it must be answered and is not.
    fn missing(&self) -> Reason {
        Reason::Required
    }

    /// The questions that stand under it as rows; only a matrix has some.
    fn rows(&self) -> Vec<GridRow> {
        Vec::new()
    }

    /// The module in `public/form/` that makes its control easier to use; without it the control works, too.
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

    /// Whether an answer means the same as under another question of this kind. The codes of choices tell them apart; points
    /// are digits on every scale.
    fn means_the_same(&self, _: &dyn Kind) -> bool {
        true
    }

    /// Its own list of choices.
    fn choices(&self) -> &[Choice] {
        &[]
    }

    /// The code that stands apart from the scale: “does not apply / don't know”.
    fn not_applicable(&self) -> Option<&str> {
        None
    }

    /// Whether its answers have labels.
    fn has_labels(&self) -> bool {
        !self.choices().is_empty() || !self.scale().is_empty()
    }

    /// What people read for this code.
    fn label(&self, code: &str) -> Option<&Text> {
        let known = self.choices().iter().chain(self.scale());
        known.into_iter().find(|choice| choice.code == code).map(|choice| &choice.label)
    }

    /// Counts one answer into the cells that [`Measure::cells`] promised.
    fn tally(&self, answer: &Answer, cells: &mut [i64]);

    /// The names of its columns in an export.
    fn columns(&self, code: &str, style: ExportStyle) -> Vec<String>;

    /// What each of [`Kind::columns`] holds.
    fn contents(&self, _: ExportStyle) -> Vec<Content> {
        vec![Content::Text]
    }

    /// Writes as many cells as [`Kind::columns`] has names, for an answer as it was stored.
    fn export(&self, raw: &Raw<'_>, other: Option<&Raw<'_>>, style: ExportStyle, row: &mut dyn Row);

    /// What was answered, as people read it: one text per thing chosen.
    fn shown(&self, raw: &Raw<'_>, other: Option<&Raw<'_>>, lang: super::text::Lang) -> Vec<String> {
        let mut cells = Cells::default();
        let style = ExportStyle { labels: Some(lang), split: false, comma: lang != super::text::Lang::EN };
        self.export(raw, other, style, &mut cells);
        cells.0
    }

    /// The part of the form inside the question's frame.
    ///
    /// # Errors
    /// The template failed.
    fn view(&self, field: &Field<'_>) -> Result<String, askama::Error>;

    /// How it is answered on paper.
    fn on_paper(&self) -> OnPaper;

    /// A plausible answer, for demonstrations.
    fn imagine(&self, dice: &mut Dice) -> Imagined;
}

#[cfg(test)]
mod tests;
