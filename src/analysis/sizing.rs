//! How many forms are enough, and how sure so many would be. Officers quote Yamane's rule (also Slovin's); beside it stands the
//! exact one for a share of one half, 95 % sure, with the finite population (domain.md §2.4, formula 9). Both are reckoned as
//! fractions with the 1,96 that people print, and rounded up.

use super::exact::Exact;

/// How far a figure may be off, in tenths of a percentage point: from 0,1 to 50.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Margin(u64);

impl Margin {
    /// ± 5 %
    pub const USUAL: Self = Self(50);

    /// So many tenths of a point.
    pub fn tenths(tenths: u64) -> Option<Self> {
        (1..=500).contains(&tenths).then_some(Self(tenths))
    }

    /// In tenths of a point.
    pub fn get(self) -> u64 {
        self.0
    }

    /// `e²`, of the whole as 1.
    fn squared(self) -> Option<Exact> {
        Exact::new(i128::from(self.0 * self.0), 1_000_000)
    }
}

/// Yamane's number of forms, `N / (1 + N·e²)`; none for nobody.
pub fn yamane(pupils: u64, margin: Margin) -> Option<u64> {
    let all = Exact::whole(pupils);
    let below = Exact::whole(1).plus(&all.times(&margin.squared()?));
    all.over(&below)?.ceil().filter(|n| *n > 0)
}

/// The exact number: `m / (1 + (m − 1)/N)` with `m = 1,96²·0,25 / e²`; none for nobody.
pub fn exact(pupils: u64, margin: Margin) -> Option<u64> {
    let many = of_very_many(margin)?;
    let rest = many.minus(&Exact::whole(1)).over(&Exact::whole(pupils))?;
    many.over(&Exact::whole(1).plus(&rest))?.ceil()
}

/// What the exact number comes to where there are very many.
pub fn of_many(margin: Margin) -> Option<u64> {
    of_very_many(margin)?.ceil()
}

fn of_very_many(margin: Margin) -> Option<Exact> {
    Exact::new(196 * 196, 40_000)?.over(&margin.squared()?)
}

/// How far a share of one half may be off with `n` forms drawn from all, in percentage points:
/// `196·√(0,25/n · (N−n)/(N−1))`. None where more came in than there are, or none.
pub fn margin(pupils: u64, n: u64) -> Option<f64> {
    match n {
        0 => None,
        _ if n > pupils => None,
        _ if n == pupils => Some(0.0),
        _ => Some(196.0 * (0.25 / n as f64 * (pupils - n) as f64 / (pupils as f64 - 1.0)).sqrt()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PUPILS: [u64; 4] = [300, 1000, 3000, 485_531];

    #[test]
    fn the_numbers_that_officers_know_come_out() {
        assert_eq!(PUPILS.map(|all| yamane(all, Margin::USUAL)), [Some(172), Some(286), Some(353), Some(400)]);
        assert_eq!(PUPILS.map(|all| exact(all, Margin::USUAL)), [Some(169), Some(278), Some(341), Some(384)]);
        assert_eq!(of_many(Margin::USUAL), Some(385));
    }

    #[test]
    fn nobody_needs_no_form_and_one_needs_one() {
        assert_eq!((yamane(0, Margin::USUAL), exact(0, Margin::USUAL), margin(0, 0)), (None, None, None));
        let wide = Margin::tenths(500).unwrap();
        assert_eq!((yamane(1, wide), exact(1, wide), exact(2, wide)), (Some(1), Some(1), Some(2)));
        assert_eq!((Margin::tenths(0), Margin::tenths(501)), (None, None));
    }

    #[test]
    fn more_forms_than_pupils_have_no_margin() {
        assert_eq!((margin(100, 101), margin(100, 100)), (None, Some(0.0)));
    }

    proptest! {
        #[test]
        fn so_many_are_enough_and_one_fewer_is_not(all in 2_u64..2_000_000, tenths in 5_u64..200) {
            let wanted = Margin::tenths(tenths).unwrap();
            let n = exact(all, wanted).unwrap();
            let points = tenths as f64 / 10.0;
            prop_assert!(margin(all, n).unwrap() <= points + 1e-9);
            prop_assert!(n == 1 || margin(all, n - 1).unwrap() > points - 1e-9);
        }
    }
}
