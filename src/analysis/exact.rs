//! Exact numbers of any length: what indices are combined in before anything is rounded.
//!
//! The mean of ten item means over half a million answers has a denominator of 57 digits, more than any machine integer holds,
//! and rounding “96,195” the right way needs every one of them.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};

use super::decimal::{Ratio, point};

/// An exact number.
///
/// It is not always in lowest terms: a weighted mean has hundreds of digits above and below the line, and to seek a common divisor
/// of those takes longer than everything else on a page. Only [`Self::written`] needs it. Below the line is never less than 1.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Exact(BigRational);

impl Exact {
    /// `numerator / denominator`; nothing for a zero denominator: no base, no figure.
    pub fn new(numerator: i128, denominator: u128) -> Option<Self> {
        let denominator = BigInt::from(denominator);
        (!denominator.is_zero()).then(|| Self(BigRational::new(numerator.into(), denominator)))
    }

    /// A whole number.
    pub fn whole(number: impl Into<BigInt>) -> Self {
        Self(BigRational::from_integer(number.into()))
    }

    /// `part` of `whole` in per cent.
    pub fn percent(part: u64, whole: u64) -> Option<Self> {
        Self::new(i128::from(part) * 100, u128::from(whole))
    }

    /// The simple mean; nothing where there is nothing.
    pub fn mean(numbers: impl IntoIterator<Item = Self>) -> Option<Self> {
        Self::weighted_mean(numbers.into_iter().map(|number| (number, 1)))
    }

    /// `Σ w·x / Σ w`; nothing where all weights are zero.
    pub fn weighted_mean(numbers: impl IntoIterator<Item = (Self, u64)>) -> Option<Self> {
        let (mut above, mut below, mut weights) = (BigInt::zero(), BigInt::one(), BigInt::zero());
        for (number, weight) in numbers {
            let (x, y) = number.0.into_raw();
            weights += weight;
            if (&below % &y).is_zero() {
                above += x * weight * (&below / y);
            } else {
                above = above * &y + x * weight * &below;
                below *= y;
            }
        }
        (!weights.is_zero()).then(|| Self(BigRational::new_raw(above, below * weights)))
    }

    /// `self + other`
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        let ((a, b), (c, d)) = (self.parts(), other.parts());
        Self(BigRational::new_raw(a * d + c * b, b * d))
    }

    /// `self − other`, as for the change from one year to the next.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        let ((a, b), (c, d)) = (self.parts(), other.parts());
        Self(BigRational::new_raw(a * d - c * b, b * d))
    }

    /// `self · other`
    #[must_use]
    pub fn times(&self, other: &Self) -> Self {
        let ((a, b), (c, d)) = (self.parts(), other.parts());
        Self(BigRational::new_raw(a * c, b * d))
    }

    /// `self / other`; nothing for a zero divisor.
    pub fn over(&self, other: &Self) -> Option<Self> {
        let ((a, b), (c, d)) = (self.parts(), other.parts());
        let sign = c.signum();
        (!sign.is_zero()).then(|| Self(BigRational::new_raw(a * d * sign, b * c.abs())))
    }

    /// Above and below the line.
    fn parts(&self) -> (&BigInt, &BigInt) {
        (self.0.numer(), self.0.denom())
    }

    /// The next whole number, not below this one; nothing where it does not fit.
    pub fn ceil(&self) -> Option<u64> {
        self.0.ceil().to_integer().to_u64()
    }

    /// The nearest float, for roots, distributions and lengths of bars; never printed.
    pub fn to_f64(&self) -> f64 {
        self.0.to_f64().unwrap_or(f64::NAN)
    }

    /// For programs that check it: the fraction in lowest terms, `99/100`, `4`; where it would have hundreds of digits, as weighted
    /// means over many schools have, forty decimals, half-up. To reduce such a one takes longer than everything else about it,
    /// and Python refuses to read 4,300 digits.
    pub fn written(&self) -> String {
        if self.0.denom().bits() > LONG { self.print(PLACES) } else { self.0.reduced().to_string() }
    }

    /// With `places` decimals, rounded half-up (away from zero): `"96.20"`.
    pub fn print(&self, places: usize) -> String {
        let one = BigInt::from(10).pow(u32::try_from(places).unwrap_or(u32::MAX));
        let doubled: BigInt = self.0.numer().abs() * one * 2 + self.0.denom();
        let whole: BigInt = doubled / (self.0.denom() * 2);
        point(whole.to_string().as_bytes(), places, self.0.is_negative())
    }
}

/// Bits of a denominator that nobody reads as a number.
const LONG: u64 = 512;
/// Decimals that stand for such a fraction.
const PLACES: usize = 40;

/// Weights brought to one denominator, for many sums of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weighing(Vec<BigInt>);

impl Weighing {
    /// Of weights `numerator / denominator`; no denominator is zero.
    pub fn of(weights: impl Iterator<Item = (u64, u64)> + Clone) -> Self {
        let one = |all: BigInt, (_, n): (u64, u64)| {
            let missing = BigRational::new(all.clone(), n.into());
            all * missing.denom()
        };
        let all = weights.clone().fold(BigInt::from(1), one);
        Self(weights.map(|(numerator, n)| &all / n * numerator).collect())
    }

    /// `Σ w·x / Σ w·y`, of one pair for each weight; nothing where the divisor is zero.
    pub fn quotient(&self, pairs: impl Iterator<Item = (i128, u64)>) -> Option<Exact> {
        let (mut above, mut below) = (BigInt::zero(), BigInt::zero());
        for (weight, (x, y)) in self.0.iter().zip(pairs) {
            above += weight * x;
            below += weight * y;
        }
        (!below.is_zero()).then(|| Exact(BigRational::new_raw(above, below)))
    }
}

impl From<Ratio> for Exact {
    fn from(ratio: Ratio) -> Self {
        Self(BigRational::new(ratio.numerator().into(), ratio.denominator().into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(numerator: i128, denominator: u128) -> Exact {
        Exact::new(numerator, denominator).unwrap()
    }

    #[test]
    fn a_number_is_the_same_however_it_came_about() {
        assert_eq!(exact(297, 300), exact(99, 100));
        assert_eq!((exact(297, 300).written(), exact(8, 2).written()), ("99/100".into(), "4".into()));
        assert_eq!((Exact::new(1, 0), exact(1, 3).over(&exact(0, 5))), (None, None));
        assert_eq!(exact(1, 3).plus(&exact(1, 6)), exact(1, 2));
        assert_eq!(exact(1, 3).times(&exact(3, 1)).minus(&exact(1, 1)).print(1), "0.0");
    }

    #[test]
    fn a_fraction_that_nobody_can_read_is_told_by_its_decimals() {
        let odd = (1..400).map(|n| exact(1, 2 * n + 1));
        let mean = Exact::mean(odd).unwrap();
        let near: f64 = (1..400).map(|n| 1.0 / f64::from(2 * n + 1)).sum::<f64>() / 399.0;
        assert_eq!(mean.written().len(), "0.".len() + 40);
        assert!((mean.written().parse::<f64>().unwrap() - near).abs() < 1e-15, "{} {near}", mean.written());
    }

    #[test]
    fn a_mean_without_weight_is_none() {
        assert_eq!(Exact::mean([]), None);
        assert_eq!(Exact::weighted_mean([(exact(1, 2), 0)]), None);
        assert_eq!(Exact::weighted_mean([(exact(1, 1), 3), (exact(5, 1), 1)]), Some(exact(2, 1)));
        let parts = [(exact(1, 6), 2), (exact(-1, 4), 1), (exact(5, 12), 3), (exact(1, 3), 0)];
        assert_eq!(Exact::weighted_mean(parts), Some(exact(2, 9)));
    }

    #[test]
    fn half_goes_up_and_below_zero_down() {
        assert_eq!([exact(1, 4).print(1), exact(-1, 4).print(1), exact(-1, 100).print(1)], ["0.3", "-0.3", "0.0"]);
        assert_eq!([exact(1999, 1000).print(2), exact(7, 2).print(0), exact(1, 8).print(3)], ["2.00", "4", "0.125"]);
    }

    #[test]
    fn whole_numbers_that_are_needed_are_rounded_up() {
        assert_eq!([exact(10, 5).ceil(), exact(11, 5).ceil(), exact(-1, 2).ceil()], [Some(2), Some(3), Some(0)]);
    }
}
