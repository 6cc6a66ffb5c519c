//! How whole numbers are counted: an exact sum, and bins for the distribution.

/// Bins of equal width from the smallest to the largest value; none where a number has no bounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bins {
    min: i64,
    width: i64,
    count: usize,
    exact: bool,
}

/// Up to this many different values each has its own bin.
const MOST_EXACT: i64 = 101;
/// Otherwise the range is cut into this many.
const COARSE: i64 = 10;

impl Bins {
    /// Bins for values from `min` to `max` in steps of `step`.
    pub fn new(min: Option<i64>, max: Option<i64>, step: i64) -> Self {
        let (Some(min), Some(max)) = (min, max) else { return Self { min: 0, width: 1, count: 0, exact: false } };
        let values = (max.saturating_sub(min)) / step.max(1) + 1;
        if values <= MOST_EXACT {
            return Self { min, width: step.max(1), count: usize::try_from(values).unwrap_or(0), exact: true };
        }
        let width = (max.saturating_sub(min)) / COARSE + 1;
        Self { min, width, count: usize::try_from(COARSE).unwrap_or(0), exact: false }
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
                if self.exact { from.to_string() } else { format!("{from}..{}", from + self.width - 1) }
            })
            .collect()
    }

    /// Where each bin begins.
    pub fn starts(&self) -> Vec<i64> {
        (0..self.count).map(|at| self.min + self.width * i64::try_from(at).unwrap_or(0)).collect()
    }
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
        }
    }
}
