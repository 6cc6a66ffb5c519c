//! Exact fractions and how they are printed: half-up on the fraction itself, never through a float.
//!
//! “Half-up” is the spreadsheet's and the school's rule, away from zero: 0.25 → 0.3 and −0.25 → −0.3
//! at one decimal (domain.md §2.4, formula 12). Printed numbers are for machines: a point, no grouping.

use super::exact::Exact;

/// An exact fraction. Its denominator is at least 1 and leaves room for one more decimal digit, so
/// printing never overflows.
#[derive(Clone, Copy, Debug)]
pub struct Ratio {
    numerator: i128,
    denominator: u128,
}

impl Ratio {
    /// `numerator / denominator`; nothing for a zero denominator (no base, no figure) or one above
    /// `u128::MAX / 20`, which no count reaches.
    pub fn new(numerator: i128, denominator: u128) -> Option<Self> {
        let printable = (1..=u128::MAX / 20).contains(&denominator);
        printable.then_some(Self { numerator, denominator })
    }

    /// `part` of `whole` in per cent.
    pub fn percent(part: u64, whole: u64) -> Option<Self> {
        Self::new(i128::from(part) * 100, u128::from(whole))
    }

    /// What stands above the line.
    pub(super) fn numerator(self) -> i128 {
        self.numerator
    }

    /// What stands below it.
    pub(super) fn denominator(self) -> u128 {
        self.denominator
    }

    /// The number as near as it can be, for what has no exact value.
    #[expect(clippy::cast_precision_loss, reason = "for what has no exact value")]
    pub fn to_f64(&self) -> f64 {
        self.numerator as f64 / self.denominator as f64
    }

    /// The number with `places` decimals, rounded half-up: `"88.4"`.
    pub fn print(&self, places: usize) -> String {
        let magnitude = self.numerator.unsigned_abs();
        let whole = magnitude / self.denominator;
        let mut rest = magnitude % self.denominator;
        let mut digits = whole.to_string().into_bytes();
        for _ in 0..places {
            rest *= 10;
            digits.push(b'0' + (rest / self.denominator) as u8);
            rest %= self.denominator;
        }
        if rest * 2 >= self.denominator {
            increment(&mut digits);
        }
        point(&digits, places, self.numerator < 0)
    }
}

/// The simple mean of fractions, rounded half-up to `places` decimals; nothing where there are none.
///
/// The sum is formed exactly, however many different denominators there are.
pub fn print_mean(ratios: &[Ratio], places: usize) -> Option<String> {
    Some(Exact::mean(ratios.iter().copied().map(Exact::from))?.print(places))
}

/// Adds one to a number written in decimal digits.
fn increment(digits: &mut Vec<u8>) {
    for digit in digits.iter_mut().rev() {
        if *digit < b'9' {
            *digit += 1;
            return;
        }
        *digit = b'0';
    }
    digits.insert(0, b'1');
}

/// Sets the point `places` digits from the right, and the sign unless everything printed is zero.
pub(super) fn point(digits: &[u8], places: usize, negative: bool) -> String {
    let text: String = digits.iter().map(|&digit| char::from(digit)).collect();
    let padded = format!("{text:0>width$}", width = places + 1);
    let (whole, decimals) = padded.split_at(padded.len() - places);
    let sign = if negative && digits.iter().any(|&digit| digit != b'0') { "-" } else { "" };
    let dot = if places > 0 { "." } else { "" };
    format!("{sign}{whole}{dot}{decimals}")
}
