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

/// One allowed answer.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(extend("additionalProperties" = false, "required" = ["code", "label"]))]
pub struct ChoiceFile {
    /// A stable code.
    pub code: Given<String>,
    /// What people read.
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
    /// What is asked.
    pub label: Given<Text>,
    /// A help beside it.
    pub hint: Given<Text>,
    /// Whether the form cannot be sent without it.
    pub required: Given<bool>,
    /// When it is asked at all: an expression over earlier questions.
    pub relevant: Given<String>,
    /// What an answer must fulfil: an expression in which `.` is the answer.
    pub constraint: Given<String>,
    /// What to say when it does not.
    pub constraint_message: Given<Text>,
    /// The scale of a rating.
    pub scale: Given<String>,
    /// The choices of select_one and select_multiple.
    pub choices: List<ChoiceFile>,
    /// Whether select_one offers “other” with a text.
    pub or_other: Given<bool>,
    /// The smallest number of integer and range.
    pub min: Given<i64>,
    /// The largest number of integer and range; how many pictures an image takes.
    pub max: Given<i64>,
    /// The step of a range.
    pub step: Given<i64>,
    /// How a text is shown.
    pub appearance: Given<Appearance>,
    /// How many letters a text may have.
    pub max_length: Given<usize>,
    /// Whatever else stands there.
    #[serde(flatten)]
    #[schemars(skip)]
    pub unknown: BTreeMap<String, Value>,
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
