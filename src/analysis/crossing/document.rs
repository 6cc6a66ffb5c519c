//! The table as it is published.

use serde::{Deserialize, Serialize};

/// Why a table is withheld as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Withheld {
    /// So few forms that no choice of hidden cells keeps everybody's answers secret.
    Few,
    /// It was chosen after an earlier release, which it cannot be checked against.
    Late,
}

/// A cross-table of a questionnaire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crosstab {
    /// The questionnaire's code.
    pub questionnaire: String,
    /// The version that was answered.
    pub version: u32,
    /// What makes the rows: `unit`, `level`, `channel`, the code of a stratum or of another question.
    pub by: String,
    /// The question whose answers are the columns.
    pub question: String,
    /// Whether the table could not be shown.
    pub suppressed: bool,
    /// Why; none where it is shown, and in releases made before this was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Withheld>,
    /// How many cells are withheld, whole rows included.
    pub hidden: u64,
    /// Its rows; none where it is withheld.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<CrossRow>,
}

/// Those of one group, or who gave one answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CrossRow {
    /// The group's key or the answer's code.
    pub key: String,
    /// How many of them answered the question; none where that is withheld.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub n: Option<u64>,
    /// In the order of the question's choices.
    pub cells: Vec<CrossCell>,
}

/// One choice of the question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CrossCell {
    /// The choice's code.
    pub code: String,
    /// Whether the figure is withheld.
    pub suppressed: bool,
    /// How many of the row chose it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub n: Option<u64>,
    /// Per cent of the row's `n`, one decimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<String>,
}
