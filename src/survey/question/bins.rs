//! How numbers are counted: an exact sum, and bins for the distribution.

use super::Hundredths;

/// Bins of equal width from the smallest to the largest value; none where a number has no bounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bins {
    min: i64,
    width: i64,
    count: usize,
    exact: bool,
    /// How many units make one: 1 for whole numbers, 100 where they come in hundredths.
    scale: i64,
    max: i64,
}

/// Up to this many different values each has its own bin.
const MOST_EXACT: i64 = 101;
/// Otherwise the range is cut into this many.
const COARSE: i64 = 10;

impl Bins {
    /// Bins for values from `min` to `max` in steps of `step`.
    pub fn new(min: Option<i64>, max: Option<i64>, step: i64) -> Self {
        let none = Self { min: 0, width: 1, count: 0, exact: false, scale: 1, max: 0 };
        let (Some(min), Some(max)) = (min, max) else { return none };
        let values = (max.saturating_sub(min)) / step.max(1) + 1;
        if values <= MOST_EXACT {
            return Self {
                width: step.max(1),
                count: usize::try_from(values).unwrap_or(0),
                exact: true,
                min,
                max,
                ..none
            };
        }
        let width = (max.saturating_sub(min)) / COARSE + 1;
        Self { width, count: usize::try_from(COARSE).unwrap_or(0), min, max, ..none }
    }

    /// Bins for hundredths: at most ten, each as wide as 1, 2 or 5 of some power of ten.
    pub fn of_hundredths(min: Option<Hundredths>, max: Option<Hundredths>) -> Self {
        let none = Self { scale: Hundredths::SCALE, ..Self::new(None, None, 1) };
        let (Some(min), Some(max)) = (min.map(Hundredths::get), max.map(Hundredths::get)) else { return none };
        let values = max - min + 1;
        let width = widths().find(|width| width.saturating_mul(COARSE) >= values).unwrap_or(values);
        // ten bins of 1, and the upper end in an eleventh: 0..0.99, …, 10
        let width = widths().find(|narrower| narrower * COARSE + 1 == values).unwrap_or(width);
        let count = usize::try_from((values - 1) / width + 1).unwrap_or(0);
        Self { min, max, width, count, exact: width == 1, ..none }
    }

    /// How many units of the sum and of the bins make one.
    pub fn scale(&self) -> i64 {
        self.scale
    }

    /// Counts a value: the sum first, then its bin.
    pub fn count(&self, value: i64, cells: &mut [i64]) {
        cells[0] += value;
        if let Some(at) = self.place(value) {
            cells[1 + at] += 1;
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The bin of a value, if it has one.
    pub fn place(&self, value: i64) -> Option<usize> {
        let at = usize::try_from(value.checked_sub(self.min)? / self.width).ok()?;
        (at < self.count).then_some(at)
    }

    /// What each bin is called: its value, or its first and last.
    pub fn labels(&self) -> Vec<String> {
        (0..self.count)
            .map(|at| {
                let from = self.min + self.width * i64::try_from(at).unwrap_or(0);
                let to = from + self.width - 1;
                if self.scale > 1 {
                    let [from, to] = [from, to.min(self.max)].map(|value| Hundredths::new(value).to_string());
                    return if from == to { from } else { format!("{from}..{to}") };
                }
                if self.exact { from.to_string() } else { format!("{from}..{to}") }
            })
            .collect()
    }

    /// Where each bin begins, in units.
    pub fn starts(&self) -> Vec<i64> {
        (0..self.count).map(|at| self.min + self.width * i64::try_from(at).unwrap_or(0)).collect()
    }
}

/// 1, 2, 5, 10, 20, 50, …
fn widths() -> impl Iterator<Item = i64> {
    (0..14).flat_map(|power| [1, 2, 5].map(|digit| digit * 10_i64.pow(power)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn tens_have_a_bin_each() {
        let bins = Bins::new(Some(0), Some(100), 10);
        assert_eq!((bins.len(), bins.place(0), bins.place(100)), (11, Some(0), Some(10)));
        assert_eq!(bins.labels()[8], "80");
    }

    proptest! {
        #[test]
        fn every_value_within_bounds_has_a_bin(min in -500i64..500, length in 0i64..5000, at in 0i64..5000) {
            let bins = Bins::new(Some(min), Some(min + length), 1);
            let place = bins.place(min + at.min(length));
            prop_assert!(place.is_some_and(|place| place < bins.len()));
            let [low, high] = [min, min + length].map(|bound| Some(Hundredths::new(bound)));
            let bins = Bins::of_hundredths(low, high);
            prop_assert!(bins.place(min + at.min(length)).is_some_and(|place| place < bins.len() && bins.len() <= 11));
        }
    }
}
