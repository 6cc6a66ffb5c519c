//! Exact fractions and how they are printed: half-up on the fraction itself, never through a float.
//!
//! “Half-up” is the spreadsheet's and the school's rule, away from zero: 0.25 → 0.3 and −0.25 → −0.3
//! at one decimal (domain.md §2.4, formula 12). Printed numbers are for machines: a point, no grouping.

use super::wide::Wide;

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
    let count = u128::try_from(ratios.len()).ok().filter(|&count| count > 0)?;
    let common = product(ratios.iter());
    let part = |negative: bool| {
        let side = ratios.iter().enumerate();
        side.filter(|(_, ratio)| (ratio.numerator < 0) == negative)
            .map(|(position, ratio)| numerator_over_all(ratios, position, ratio))
            .fold(Wide::zero(), |sum, term| sum.plus(&term))
    };
    let (above, below) = (part(false), part(true));
    let negative = below > above;
    let magnitude = if negative { below.minus(&above) } else { above.minus(&below) };
    let divisor = common.times(&Wide::from(count)).times(&Wide::from(2));
    let shifted = (0..places).fold(magnitude, |number, _| number.times(&Wide::from(10)));
    let doubled = shifted.times(&Wide::from(2)).plus(&common.times(&Wide::from(count)));
    let digits = doubled.quotient(&divisor).to_string().into_bytes();
    Some(point(&digits, places, negative))
}

/// One term of the sum, brought to the product of all denominators.
fn numerator_over_all(ratios: &[Ratio], position: usize, ratio: &Ratio) -> Wide {
    let others = ratios.iter().enumerate().filter(|(other, _)| *other != position);
    product(others.map(|(_, other)| other)).times(&Wide::from(ratio.numerator.unsigned_abs()))
}

fn product<'a>(ratios: impl Iterator<Item = &'a Ratio>) -> Wide {
    ratios.fold(Wide::from(1), |product, ratio| product.times(&Wide::from(ratio.denominator)))
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
fn point(digits: &[u8], places: usize, negative: bool) -> String {
    let text: String = digits.iter().map(|&digit| char::from(digit)).collect();
    let padded = format!("{text:0>width$}", width = places + 1);
    let (whole, decimals) = padded.split_at(padded.len() - places);
    let sign = if negative && digits.iter().any(|&digit| digit != b'0') { "-" } else { "" };
    let dot = if places > 0 { "." } else { "" };
    format!("{sign}{whole}{dot}{decimals}")
}
