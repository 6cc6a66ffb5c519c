//! Figures from counts: exact inside, decimal strings outside (domain.md §2.4).
//!
//! Means have two decimals and come with their exact sum and base; percentages have one decimal and
//! come as “k of n”, the way provinces print them (“297/300 = 99,0 %”).

use serde::{Deserialize, Serialize};

use super::decimal::{Ratio, print_mean};
use super::input::{Bin, Counts, Measure};

const MEAN_PLACES: usize = 2;
const PERCENT_PLACES: usize = 1;

/// Fulfilled expectations start here, in per cent (domain.md §2.4, formula 6).
const EXPECTED: i64 = 80;

/// `k` of `n`, and that in per cent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// The part.
    pub k: u64,
    /// The whole.
    pub n: u64,
    /// 0–100, one decimal; may exceed 100 for a response rate.
    pub percent: String,
}

/// A mean with what it was made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mean {
    /// Sum of points (ratings) or of numbers in units of `1 / scaled_by`.
    pub sum: i64,
    /// Answers.
    pub n: u64,
    /// The parts per unit in which the sum is, where it is not whole units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scaled_by: Option<u32>,
    /// `sum / n` in the question's own unit, two decimals.
    pub mean: String,
}

/// The four readings of a domain index; the report names the one it uses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexScore {
    /// Rule 3a: simple mean of the items' means, in points.
    pub mean_of_items: String,
    /// Rule 3b: all points over all answers, in points.
    pub pooled_mean: String,
    /// Rule 4a: simple mean of the items' shares, in per cent.
    pub top_two_box_of_items: String,
    /// Rule 4b: the two best levels over all answers. The SIPAS-type index (QĐ 1001/QĐ-BNV,
    /// 11/12/2023) is taken to be this one; unverified against its official text.
    pub pooled_top_two_box: Share,
}

/// How far initial expectations were met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expectation {
    /// Mean of the percentages given, two decimals.
    pub mean: String,
    /// Answers.
    pub n: u64,
    /// Share of answers of 80 % or more; absent where the bins have no edge at 80.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share80: Option<Share>,
}

/// `k / n`; nothing without a base.
pub fn share(k: u64, n: u64) -> Option<Share> {
    let percent = Ratio::percent(k, n)?.print(PERCENT_PLACES);
    Some(Share { k, n, percent })
}

/// Submissions over pupils (formula 8, for an open link: an estimate).
pub fn response_rate(n: u64, eligible: u64) -> Option<Share> {
    share(n, eligible)
}

/// Item mean `Σx / n` (formula 1): of a rating's points, or of numbers.
pub fn mean(measure: &Measure, counts: &Counts) -> Option<Mean> {
    let sum = sum(measure, counts)?;
    let mean = item_mean(measure, counts)?.print(MEAN_PLACES);
    let scaled_by = match measure {
        Measure::Number { scaled_by, .. } if *scaled_by > 1 => Some(*scaled_by),
        _ => None,
    };
    Some(Mean { sum, n: counts.answered, scaled_by, mean })
}

/// Share of answers on the two best levels (formula 2): the two highest points of the scale, however
/// many levels it has.
pub fn top_two_box(measure: &Measure, counts: &Counts) -> Option<Share> {
    share(satisfied(measure, counts)?, counts.answered)
}

/// A domain index over its items; nothing where an item is no rating or has no answers.
pub fn index(items: &[(&Measure, &Counts)]) -> Option<IndexScore> {
    let mut means = Vec::with_capacity(items.len());
    let mut shares = Vec::with_capacity(items.len());
    let (mut points, mut best, mut answers) = (0, 0, 0);
    for (measure, counts) in items {
        let satisfied = satisfied(measure, counts)?;
        means.push(item_mean(measure, counts)?);
        shares.push(Ratio::percent(satisfied, counts.answered)?);
        points += i128::from(sum(measure, counts)?);
        best += satisfied;
        answers += counts.answered;
    }
    Some(IndexScore {
        mean_of_items: print_mean(&means, MEAN_PLACES)?,
        pooled_mean: Ratio::new(points, u128::from(answers))?.print(MEAN_PLACES),
        top_two_box_of_items: print_mean(&shares, PERCENT_PLACES)?,
        pooled_top_two_box: share(best, answers)?,
    })
}

/// Expectation fulfilment (formula 6) from a number, or from a scale whose points are per cent.
pub fn expectation(measure: &Measure, counts: &Counts) -> Option<Expectation> {
    Some(Expectation {
        mean: item_mean(measure, counts)?.print(MEAN_PLACES),
        n: counts.answered,
        share80: fulfilled(measure, counts).and_then(|k| share(k, counts.answered)),
    })
}

pub(super) fn fulfilled(measure: &Measure, counts: &Counts) -> Option<u64> {
    match measure {
        Measure::Rating { points, .. } => Some(at_least(points.iter().copied(), EXPECTED, &counts.choices)),
        Measure::Number { bins, scaled_by } => {
            let edges = || bins.iter().map(|bin: &Bin| bin.from);
            let expected = EXPECTED * i64::from(*scaled_by);
            let exact = edges().any(|edge| edge == expected);
            exact.then(|| at_least(edges(), expected, &counts.bins))
        }
        _ => None,
    }
}

/// Answers whose value is `least` or more.
fn at_least(values: impl Iterator<Item = i64>, least: i64, counts: &[u64]) -> u64 {
    values.zip(counts).filter(|(value, _)| *value >= least).map(|(_, count)| count).sum()
}

pub(super) fn satisfied(measure: &Measure, counts: &Counts) -> Option<u64> {
    let Measure::Rating { points, .. } = measure else {
        return None;
    };
    Some(at_least(points.iter().copied(), second_best(points)?, &counts.choices))
}

/// The second highest level of a scale.
pub(super) fn second_best(points: &[i64]) -> Option<i64> {
    let mut levels = points.to_vec();
    levels.sort_unstable();
    levels.dedup();
    levels.iter().rev().nth(1).copied()
}

fn item_mean(measure: &Measure, counts: &Counts) -> Option<Ratio> {
    let scaled_by = match measure {
        Measure::Number { scaled_by, .. } => u128::from(*scaled_by),
        _ => 1,
    };
    Ratio::new(i128::from(sum(measure, counts)?), u128::from(counts.answered) * scaled_by)
}

pub(super) fn sum(measure: &Measure, counts: &Counts) -> Option<i64> {
    match measure {
        Measure::Rating { points, .. } => {
            let terms = points.iter().zip(&counts.choices);
            terms.map(|(point, &n)| i64::try_from(n).ok()?.checked_mul(*point)).sum()
        }
        Measure::Number { .. } => Some(counts.sum),
        _ => None,
    }
}
