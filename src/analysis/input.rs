//! What callers hand in: the questionnaires of a round as far as counting needs them, the finest
//! cells of its tallies, and the numbers of pupils.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::crossing::Joint;

/// One questionnaire of the round, in the version that was answered.
///
/// A round's questionnaires keep their order from its first release to its last; new ones go to the end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Questionnaire {
    /// Its stable code.
    pub code: String,
    /// 1, 2, 3, …
    pub version: u32,
    /// The title by language code.
    pub title: BTreeMap<String, String>,
    /// The levels whose pupils this questionnaire is about; empty: it gets no response rates.
    pub levels: Vec<String>,
    /// Codes of the declared strata. `total`, `unit`, `level` and `channel` are taken.
    pub strata: Vec<String>,
    /// What it counts, in order.
    pub questions: Vec<Measured>,
    /// Its domains.
    pub indices: Vec<Index>,
    /// The question that asks how far initial expectations were met, in per cent.
    pub expectation: Option<String>,
    /// The question that asks for satisfaction on the whole.
    pub overall: Option<String>,
}

/// A composite of several rating questions (*lĩnh vực*).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Index {
    /// Its stable code.
    pub code: String,
    /// Codes of its rating questions.
    pub questions: Vec<String>,
}

/// A question and how its answers are counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measured {
    /// Its stable code.
    pub code: String,
    /// How its answers are counted.
    pub measure: Measure,
    /// Codes of the questions whose answers decide whether this one is asked, by its own rule or its
    /// section's. They may stand anywhere, but never decide about each other in a circle.
    pub depends_on: Vec<String>,
}

/// How the answers to a question are counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Measure {
    /// One choice of an ordered scale; `points[i]` is the value of `codes[i]`.
    Rating {
        /// Choices, lowest first.
        codes: Vec<String>,
        /// What each counts.
        points: Vec<i64>,
    },
    /// One choice; with `other`, `Counts::choices` has one more cell at its end, for free text.
    Single {
        /// Choices.
        codes: Vec<String>,
        /// Whether a last cell counts “other”.
        other: bool,
    },
    /// Any number of choices.
    Multiple {
        /// Choices.
        codes: Vec<String>,
    },
    /// A number; `Counts::sum` is in units of `1 / scaled_by`.
    Number {
        /// Classes of values.
        bins: Vec<Bin>,
        /// Parts per unit in which sums are kept.
        scaled_by: u32,
    },
    /// Several choices in an order: item by item, one cell per position, and where there are fewer positions than items one
    /// for being named at all.
    Rank {
        /// Items.
        codes: Vec<String>,
        /// How many positions an answer may have.
        positions: usize,
    },
    /// A value in one of several classes, such as the month of a date. A rule may look at more than the class.
    Class {
        /// Classes.
        codes: Vec<String>,
    },
    /// Whether there is an answer, and nothing of what it says.
    Counted,
    /// Free text: only its presence is counted.
    Text,
}

/// A class of numbers: from `from` (inclusive, in units of `1 / scaled_by`) to the next bin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bin {
    /// How it is printed.
    pub label: String,
    /// Its first value.
    pub from: i64,
}

/// The finest cell of the packed tallies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Atom {
    /// Position in the list of questionnaires.
    pub questionnaire: usize,
    /// The unit's code.
    pub unit: String,
    /// The level's code.
    pub level: String,
    /// The channel's code.
    pub channel: String,
    /// Stratum code and value; a stratum that was not answered is left out.
    pub strata: Vec<(String, String)>,
    /// Submissions.
    pub n: u64,
    /// One per question, in the questionnaire's order.
    pub questions: Vec<Counts>,
    /// Pairs of questions that are crossed in what is published.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub joints: Vec<Joint>,
}

/// The counts of one question in one cell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Submissions in which the question was relevant.
    pub asked: u64,
    /// Submissions with a substantive answer, “không dùng / không rõ” excluded: the base.
    pub answered: u64,
    /// Submissions that answered “không dùng / không rõ”.
    pub not_applicable: u64,
    /// Submissions per choice, in the order of the measure's codes.
    pub choices: Vec<u64>,
    /// Sum of the numbers given (`Measure::Number`), in units of `1 / scaled_by`.
    pub sum: i64,
    /// Submissions per bin (`Measure::Number`).
    pub bins: Vec<u64>,
}

/// Pupils of one level of one unit: the denominator of the response rate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Eligible {
    /// The unit's code.
    pub unit: String,
    /// The level's code.
    pub level: String,
    /// How many; none: not known, and so no sum of which they are a part.
    pub pupils: Option<u64>,
}

/// Tallies that do not fit their questionnaire: a defect of the caller, never of a respondent.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Malformed {
    /// A questionnaire that the round lacks.
    #[error("a tally names questionnaire {0}, which the round does not have")]
    Questionnaire(usize),
    /// Another number of questions than the questionnaire's.
    #[error("a tally of questionnaire {0} has {1} questions")]
    Questions(String, usize),
    /// Cells that the question's measure does not have.
    #[error("the counts of question {1} of questionnaire {0} do not fit its measure")]
    Counts(String, String),
    /// A question that is asked depending on itself, through others, or on one that does not exist.
    #[error("question {1} of questionnaire {0} depends on itself or on a question that does not exist")]
    Dependency(String, String),
}

impl Questionnaire {
    /// Places of the questions that decide directly whether one is asked.
    pub(super) fn deciding(&self, question: usize) -> Vec<usize> {
        let all = self.questions.iter().enumerate();
        let decides = |(_, other): &(usize, &Measured)| self.questions[question].depends_on.contains(&other.code);
        all.filter(decides).map(|(place, _)| place).collect()
    }

    /// All places, each after those that decide about it, otherwise as in the questionnaire.
    ///
    /// # Errors
    /// The first place that can never come, because it depends on itself or on a question that does not exist.
    pub(super) fn in_order(&self) -> Result<Vec<usize>, usize> {
        let (mut order, mut codes) = (Vec::new(), BTreeSet::new());
        let mut left: BTreeSet<usize> = (0..self.questions.len()).collect();
        let is_decided = |codes: &BTreeSet<&str>, place: usize| {
            self.questions[place].depends_on.iter().all(|c| codes.contains(&**c))
        };
        while let Some(next) = left.iter().copied().find(|place| is_decided(&codes, *place)) {
            left.remove(&next);
            codes.insert(self.questions[next].code.as_str());
            order.push(next);
        }
        left.pop_first().map_or(Ok(order), Err)
    }

    /// Places of the questions that the same questions decide as this one, itself among them.
    pub(super) fn decided_alike(&self, question: usize) -> Vec<usize> {
        let deciding = self.deciding(question);
        (0..self.questions.len()).filter(|&other| self.deciding(other) == deciding).collect()
    }

    /// Codes of a question and of all that are asked depending on it, through others too.
    pub(super) fn telling_of(&self, question: usize) -> Vec<&str> {
        let mut codes = vec![self.questions[question].code.as_str()];
        loop {
            let more = self.questions.iter().find(|other| {
                !codes.contains(&&*other.code) && other.depends_on.iter().any(|code| codes.contains(&code.as_str()))
            });
            match more {
                Some(other) => codes.push(&other.code),
                None => return codes,
            }
        }
    }

    /// Whether the number of those asked says more than the figures of the question that decides: several
    /// decide together, or one whose choices do not say what its rule looks at.
    pub(super) fn is_asked_jointly(&self, question: usize) -> bool {
        let listed =
            |place: &usize| matches!(self.questions[*place].measure, Measure::Rating { .. } | Measure::Single { .. });
        match self.deciding(question).as_slice() {
            [] => false,
            [only] => !listed(only),
            _ => true,
        }
    }
}

impl Measured {
    /// Whether its answers are orders: cells are `item:position`.
    pub fn is_ranked(&self) -> bool {
        matches!(self.measure, Measure::Rank { .. })
    }
}

impl Measure {
    /// The cells of the distribution: codes of choices or labels of bins.
    /// A rank has `item:position`, item by item, and `item` for being named at all.
    pub(super) fn cells(&self) -> Vec<Cow<'_, str>> {
        match self {
            Self::Rating { codes, .. } | Self::Multiple { codes } | Self::Class { codes } => strings(codes).collect(),
            Self::Single { codes, other } => strings(codes).chain(other.then_some("other".into())).collect(),
            Self::Rank { codes, positions } => {
                let named = *positions < codes.len();
                let of_item = |code: &'_ String| {
                    let cells = (1..=*positions).map(|position| format!("{code}:{position}").into());
                    cells.chain(named.then(|| code.clone().into())).collect::<Vec<_>>()
                };
                codes.iter().flat_map(of_item).collect()
            }
            Self::Number { bins, .. } => bins.iter().map(|bin| bin.label.as_str().into()).collect(),
            Self::Counted | Self::Text => Vec::new(),
        }
    }

    /// The word for this measure in documents.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Rating { .. } => "rating",
            Self::Single { .. } => "single",
            Self::Multiple { .. } => "multiple",
            Self::Rank { .. } => "rank",
            Self::Class { .. } => "class",
            Self::Counted => "counted",
            Self::Number { .. } => "number",
            Self::Text => "text",
        }
    }

    /// Whether the counts can be answers to a question of this measure.
    fn fits(&self, counts: &Counts) -> bool {
        let cells = self.cells().len();
        let sum = |cells: &[u64]| cells.iter().sum::<u64>();
        let distributed = match self {
            Self::Rating { points, .. } => points.len() == cells && sum(&counts.choices) == counts.answered,
            Self::Single { .. } | Self::Class { .. } => sum(&counts.choices) == counts.answered,
            Self::Rank { codes, positions } => ranked(codes, &counts.choices, *positions, counts.answered),
            Self::Multiple { .. } => counts.choices.iter().all(|&n| n <= counts.answered),
            Self::Number { bins, .. } => bins.is_empty() || sum(&counts.bins) == counts.answered,
            Self::Counted | Self::Text => true,
        };
        distributed && counts.cells().len() == cells
    }
}

fn strings(codes: &[String]) -> impl Iterator<Item = Cow<'_, str>> {
    codes.iter().map(|code| code.as_str().into())
}

/// Whether counts by item and position can be orders: everybody names a first, and nobody an item or a position twice.
fn ranked(codes: &[String], cells: &[u64], positions: usize, answered: u64) -> bool {
    let items = || cells.chunks(positions + usize::from(positions < codes.len()));
    let taken = |position: usize| items().filter_map(|item| item.get(position)).sum::<u64>();
    let falling: Vec<u64> = (0..positions).map(taken).collect();
    let once = |item: &[u64]| {
        let (at, named) = item.split_at(positions.min(item.len()));
        let sum = at.iter().sum::<u64>();
        sum <= answered && named.iter().all(|&n| n == sum)
    };
    positions > 0 && falling.first() == Some(&answered) && falling.is_sorted_by(|a, b| a >= b) && items().all(once)
}

impl Counts {
    /// Nothing counted.
    pub(super) const NONE: Self =
        Self { asked: 0, answered: 0, not_applicable: 0, choices: Vec::new(), sum: 0, bins: Vec::new() };

    /// The distribution: choices, or the bins of a number.
    pub(super) fn cells(&self) -> &[u64] {
        if self.choices.is_empty() { &self.bins } else { &self.choices }
    }

    /// Adds the counts of another cell of the same measure.
    pub fn add(&mut self, other: &Self) {
        self.asked += other.asked;
        self.answered += other.answered;
        self.not_applicable += other.not_applicable;
        self.sum += other.sum;
        add_cells(&mut self.choices, &other.choices);
        add_cells(&mut self.bins, &other.bins);
    }
}

pub(super) fn add_cells(cells: &mut Vec<u64>, others: &[u64]) {
    cells.resize(cells.len().max(others.len()), 0);
    for (cell, other) in cells.iter_mut().zip(others) {
        *cell += other;
    }
}

/// Checks that every question can be decided after those that decide about it.
pub(super) fn check_order(questionnaires: &[Questionnaire]) -> Result<(), Malformed> {
    for questionnaire in questionnaires {
        questionnaire.in_order().map_err(|place| {
            Malformed::Dependency(questionnaire.code.clone(), questionnaire.questions[place].code.clone())
        })?;
    }
    Ok(())
}

/// Checks that every tally has the shape of its questionnaire.
pub(super) fn check(questionnaires: &[Questionnaire], atoms: &[Atom]) -> Result<(), Malformed> {
    for atom in atoms {
        let missing = Malformed::Questionnaire(atom.questionnaire);
        let questionnaire = questionnaires.get(atom.questionnaire).ok_or(missing)?;
        check_atom(questionnaire, atom)?;
    }
    Ok(())
}

fn check_atom(questionnaire: &Questionnaire, atom: &Atom) -> Result<(), Malformed> {
    let code = || questionnaire.code.clone();
    if atom.questions.len() != questionnaire.questions.len() {
        return Err(Malformed::Questions(code(), atom.questions.len()));
    }
    let mut pairs = questionnaire.questions.iter().zip(&atom.questions);
    match pairs.find(|(question, counts)| !question.measure.fits(counts)) {
        Some((question, _)) => Err(Malformed::Counts(code(), question.code.clone())),
        None => Ok(()),
    }
}
