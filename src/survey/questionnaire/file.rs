//! The shape of a questionnaire file. `langnghe schema` prints the JSON Schema of these types for editors.
//!
//! Every property is [`Given`]: a wrong type becomes a value to report, not an end of reading, so that `langnghe check` can
//! name all mistakes at once.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::super::code::{Audience, Instrument, Level};
use super::super::question::KindName;
use super::super::text::{Lang, Text};
use super::limit::Limit;

/// A property as it stands in the file.
#[derive(Debug, Clone, Default)]
pub enum Given<T> {
    /// Not there.
    #[default]
    Missing,
    /// There, and of the right type.
    Good(T),
    /// There, and not what it should be.
    Bad(String),
}

impl<T> Given<T> {
    /// Whether the property stands in the file.
    pub fn is_given(&self) -> bool {
        !matches!(self, Self::Missing)
    }
}

impl<'de, T: serde::de::DeserializeOwned> Deserialize<'de> for Given<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match serde_json::from_value(Value::deserialize(deserializer)?) {
            Ok(value) => Self::Good(value),
            Err(error) => Self::Bad(error.to_string()),
        })
    }
}

impl<T: JsonSchema> JsonSchema for Given<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        generator.subschema_for::<T>()
    }
}

/// A list whose elements are reported one by one.
pub type List<T> = Given<Vec<Given<T>>>;

/// A questionnaire file of `survey-templates/`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(extend("additionalProperties" = false, "required" = ["code", "instrument", "audience", "languages", "title", "sections"]))]
pub struct QuestionnaireFile {
    /// A stable name: small letters, digits and hyphens.
    pub code: Given<String>,
    /// The code of the official template that it was made from; a file that is taken over says so, and keeps the template's items.
    pub based_on: Given<String>,
    /// Which of the three instruments this is.
    pub instrument: Given<Instrument>,
    /// Whom it asks.
    pub audience: Given<Audience>,
    /// The level of schooling it is about; left out: every level.
    pub level: Given<Level>,
    /// The languages in which every text stands; the first is `vi`.
    pub languages: Given<Vec<Lang>>,
    /// What the form is called.
    pub title: Given<Text>,
    /// What the answers are for, in one or two sentences.
    pub purpose: Given<Text>,
    /// How many minutes it takes.
    pub minutes: Given<u32>,
    /// Ordered scales that rated questions share, by name.
    pub scales: Given<BTreeMap<String, Given<ScaleFile>>>,
    /// Codes of select_one questions by which tallies are kept apart.
    pub strata: List<String>,
    /// The parts of the form.
    pub sections: List<SectionFile>,
    /// Domains: each a mean over rated questions.
    pub indices: List<IndexFile>,
    /// The question that asks how far expectations were met (0–100).
    pub expectation: Given<String>,
    /// The question about overall satisfaction.
    pub overall: Given<String>,
    /// Whatever else stands there.
    #[serde(flatten)]
    #[schemars(skip)]
    pub unknown: BTreeMap<String, Value>,
}

/// An ordered scale.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(extend("additionalProperties" = false, "required" = ["choices"]))]
pub struct ScaleFile {
    /// From lowest to highest; codes are whole numbers, the points.
    pub choices: List<ChoiceFile>,
    /// “Does not apply / don't know”, outside every denominator.
    pub not_applicable: Given<ChoiceFile>,
    /// Whatever else stands there.
    #[serde(flatten)]
    #[schemars(skip)]
    pub unknown: BTreeMap<String, Value>,
}

/// One allowed answer. With a choice_filter it may have more properties, all of them texts.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(extend("additionalProperties" = {"type": "string"}, "required" = ["code", "label"]))]
pub struct ChoiceFile {
    /// A stable code.
    pub code: Given<String>,
    /// What people read.
    pub label: Given<Text>,
    /// In a select_multiple: whether it goes with no other choice (“none of these”).
    pub exclusive: Given<bool>,
    /// Whatever else stands there.
    #[serde(flatten)]
    #[schemars(skip)]
    pub unknown: BTreeMap<String, Value>,
}

/// One row of a matrix: a rating with a code of its own.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(extend("additionalProperties" = false, "required" = ["code", "label"]))]
pub struct RowFile {
    /// Stable across years and languages, like that of a question.
    pub code: Given<String>,
    /// What is asked.
    pub label: Given<Text>,
    /// Whatever else stands there.
    #[serde(flatten)]
    #[schemars(skip)]
    pub unknown: BTreeMap<String, Value>,
}

/// One part of the form.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(extend("additionalProperties" = false, "required" = ["code", "title", "questions"]))]
pub struct SectionFile {
    /// A stable code.
    pub code: Given<String>,
    /// What it is about.
    pub title: Given<Text>,
    /// When it is asked at all: an expression.
    pub relevant: Given<String>,
    /// What is asked.
    pub questions: List<QuestionFile>,
    /// Whatever else stands there.
    #[serde(flatten)]
    #[schemars(skip)]
    pub unknown: BTreeMap<String, Value>,
}

/// How a question is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Appearance {
    /// A text of several lines.
    Multiline,
    /// A select_one as a drop-down list.
    Minimal,
}

/// An answer as it stands in a file.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged, expecting = "a text, a number, or a list of codes is needed here")]
pub enum DefaultFile {
    /// A code, a text, a date or a time.
    Text(String),
    /// A number.
    Number(serde_json::Number),
    /// Several codes.
    Codes(Vec<String>),
}

/// Whether an answer is needed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(untagged, expecting = "expected true, false or an expression")]
pub enum Requirement {
    /// Always, or never.
    Plain(bool),
    /// When the expression holds.
    When(String),
}

/// One question.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(extend("additionalProperties" = false, "required" = ["code", "kind", "label"]))]
pub struct QuestionFile {
    /// Stable across years and languages.
    pub code: Given<String>,
    /// Which kind of question.
    pub kind: Given<KindName>,
    /// What is asked. `${A1}` in it shows the answer to A1.
    pub label: Given<Text>,
    /// A help beside it.
    pub hint: Given<Text>,
    /// Recordings of the question, by language: names of files (MP3, Ogg Opus; 30 seconds, 300 kB at most) in
    /// `media/<code of the questionnaire>/` beside this file, such as `{"vi": "A1.vi.mp3"}`. XLSForm's `media::audio`.
    pub audio: Given<BTreeMap<Lang, String>>,
    /// Whether the form cannot be sent without it: true, false, or an expression.
    pub required: Given<Requirement>,
    /// When it is asked at all: an expression.
    pub relevant: Given<String>,
    /// What an answer must fulfil: an expression in which `.` is the answer.
    pub constraint: Given<String>,
    /// What to say when it does not.
    pub constraint_message: Given<Text>,
    /// What an untouched form shows as the answer.
    pub default: Given<DefaultFile>,
    /// What a calculate works out: an expression.
    pub calculation: Given<String>,
    /// Which choices are offered: an expression in which plain names are properties of the choice.
    pub choice_filter: Given<String>,
    /// The scale of a rating or a matrix.
    pub scale: Given<String>,
    /// The rows of a matrix.
    pub rows: List<RowFile>,
    /// The choices of select_one, select_multiple and rank.
    pub choices: List<ChoiceFile>,
    /// Whether select_one offers “other” with a text.
    pub or_other: Given<bool>,
    /// The smallest number of integer, decimal and range; the first date (`"2026-09-05"`) or time (`"07:30"`); the least number
    /// of choices of select_multiple and rank.
    pub min: Given<Limit>,
    /// The largest number, last date or time, or largest number of choices; the positions of a rank; how
    /// many pictures an image takes.
    pub max: Given<Limit>,
    /// The step of a range.
    pub step: Given<i64>,
    /// How it is shown: `multiline` a text, `minimal` a select_one.
    pub appearance: Given<Appearance>,
    /// How many letters a text must have.
    pub min_length: Given<usize>,
    /// How many letters a text may have.
    pub max_length: Given<usize>,
    /// Whatever else stands there.
    #[serde(flatten)]
    #[schemars(skip)]
    pub unknown: BTreeMap<String, Value>,
}

impl QuestionFile {
    /// The properties that stand here and that only some kinds read.
    pub fn special(&self) -> impl Iterator<Item = &'static str> {
        let all = [
            ("scale", self.scale.is_given()),
            ("rows", self.rows.is_given()),
            ("choices", self.choices.is_given()),
            ("choice_filter", self.choice_filter.is_given()),
            ("calculation", self.calculation.is_given()),
            ("or_other", self.or_other.is_given()),
            ("min", self.min.is_given()),
            ("max", self.max.is_given()),
            ("step", self.step.is_given()),
            ("appearance", self.appearance.is_given()),
            ("min_length", self.min_length.is_given()),
            ("max_length", self.max_length.is_given()),
            ("required", self.required.is_given()),
            ("constraint", self.constraint.is_given()),
            ("constraint_message", self.constraint_message.is_given()),
            ("default", self.default.is_given()),
        ];
        all.into_iter().filter(|(_, given)| *given).map(|(property, _)| property)
    }
}

/// A domain.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(extend("additionalProperties" = false, "required" = ["code", "questions"]))]
pub struct IndexFile {
    /// A stable code.
    pub code: Given<String>,
    /// What the domain is called.
    pub title: Given<Text>,
    /// Codes of its rated questions.
    pub questions: List<String>,
    /// Whatever else stands there.
    #[serde(flatten)]
    #[schemars(skip)]
    pub unknown: BTreeMap<String, Value>,
}

/// The JSON Schema of questionnaire files, for editors.
pub fn json_schema() -> Value {
    let mut schema = schemars::schema_for!(QuestionnaireFile).to_value();
    schema["title"] = "Lắng Nghe questionnaire".into();
    schema
}
