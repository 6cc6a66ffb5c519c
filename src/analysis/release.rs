//! The release: an immutable snapshot of a round's tallies, the same for everybody outside the steering
//! unit. This file is its shape as a document; [`build`](super::build) fills it.
//!
//! ```text
//! Release ─┬─ tables: by total, unit, level, channel ── groups: submissions and response rates
//!          └─ questionnaires ── tables: the same and by stratum ── groups ─┬─ questions
//!                                                                           └─ indices, expectation, overall
//! ```

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::crossing::Crosstab;
use super::method::Kept;
use super::score::{Expectation, IndexScore, Mean, Share};

/// All that is published of a round at one time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    /// The smallest group shown, in submissions.
    pub k: u64,
    /// Made during fieldwork; the closing release is not.
    pub interim: bool,
    /// How figures are worked out and how people were reached, as it was then; releases made before this was kept have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<Kept>,
    /// Forms that are in no figure, by the rule that left them out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub excluded: Vec<Excluded>,
    /// The round over all its questionnaires: numbers of submissions only.
    pub tables: Vec<Table>,
    /// One sheet per questionnaire.
    pub questionnaires: Vec<Sheet>,
    /// The cross-tables that were chosen; only in the closing release.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub crosstabs: Vec<Crosstab>,
}

/// Forms that a rule left out of every figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excluded {
    /// The rule's code.
    pub rule: String,
    /// How many; one that several rules leave out counts for each.
    pub forms: u64,
}

/// The results of one questionnaire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// The questionnaire's code.
    pub code: String,
    /// The version that was answered.
    pub version: u32,
    /// The title by language code.
    pub title: BTreeMap<String, String>,
    /// One table per kind of group.
    pub tables: Vec<Table>,
}

/// Groups of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// `total`, `unit`, `level`, `channel` or the code of a stratum.
    pub by: String,
    /// Its rows.
    pub groups: Vec<Group>,
}

/// One row: a unit, a level, …; a suppressed one has its key and nothing else.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// A code (names are the caller's); `total` for the whole.
    pub key: String,
    /// Whether the figures are withheld.
    pub suppressed: bool,
    /// The figures, unless withheld.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub figures: Option<Figures>,
}

/// The figures of a group that is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// Submissions.
    pub n: u64,
    /// Pupils, where they are known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub eligible: Option<u64>,
    /// Submissions over pupils.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response_rate: Option<Share>,
    /// Empty in the tables of the round.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<Question>,
    /// Domains.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub indices: Vec<Index>,
    /// How far expectations were met.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expectation: Option<Expectation>,
    /// The question that asks for satisfaction on the whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overall: Option<Overall>,
}

/// One question in one group; a suppressed one has its code and kind and nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The question's code.
    pub code: String,
    /// `rating`, `single`, `multiple`, `rank`, `number`, `class`, `counted` or `text`.
    pub kind: String,
    /// Whether its answers are withheld in this group.
    pub suppressed: bool,
    /// The answers, unless withheld.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub answers: Option<Answers>,
}

/// The counts and scores of a question that is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    /// Submissions in which the question was relevant.
    pub asked: u64,
    /// The base of all percentages, of a multiple choice too: those who gave an answer.
    pub answered: u64,
    /// “Không dùng / không rõ”, not in the base.
    pub not_applicable: u64,
    /// Choices, bins of a number, classes, `item:position` and `item` (named at all) of a rank; empty for what is only counted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub distribution: Vec<Cell>,
    /// Of ratings and numbers.
    #[serde(flatten, default, skip_serializing_if = "Option::is_none")]
    pub mean: Option<Mean>,
    /// Of ratings: the two highest levels of the scale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub top_two_box: Option<Share>,
}

/// One choice or bin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// The choice's code or the bin's label.
    pub code: String,
    /// How many chose it.
    pub n: u64,
    /// Per cent of `answered`, one decimal.
    pub percent: String,
}

/// A composite; without scores where one of its items is suppressed, since it would tell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Index {
    /// The domain's code.
    pub code: String,
    /// Whether one of its items is withheld.
    pub suppressed: bool,
    /// The scores, unless withheld.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub score: Option<IndexScore>,
}

/// Satisfaction on the whole, as asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overall {
    /// On the scale's points.
    #[serde(flatten)]
    pub mean: Mean,
    /// The two highest levels.
    pub top_two_box: Share,
}
