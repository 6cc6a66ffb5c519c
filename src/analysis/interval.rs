//! How sure a figure is: 95 % intervals, and only where a sample was drawn. [`Sample`] can be made by
//! [`Reach::sample`](super::method::Reach::sample) alone, so that nobody computes one for a link that anybody could open.
//!
//! Shares have the interval of Wilson (1927): for `n` answers of which a part `p` is satisfied,
//! `(p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n)`. Where the number of pupils `N` is known, `n` is replaced by
//! `n·(N−1)/(N−n)`, the simple random sample with replacement that would be as sure; this is the finite population correction
//! of formula 9 brought into Wilson's. Means have the interval of Student with `n − 1` degrees of freedom and the standard
//! error `√(s²/n · (1 − n/N))`. A question that not everybody answered is taken as if its answers alone had been drawn from all
//! `N`, which makes its interval rather too wide than too narrow.

use statrs::distribution::{ContinuousCDF, StudentsT};

use super::method::{Design, Reach};

/// The 97.5 % point of the normal distribution: 5 % are outside, half of them on each side.
pub const Z: f64 = 1.959_963_984_540_054;

/// From one figure to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Interval {
    /// Whether two have something in common. Where they have not, the figures differ; where they have, it may be chance.
    pub fn meets(&self, other: &Self) -> bool {
        self.low <= other.high && other.low <= self.high
    }

    /// The same in other units: shares in per cent.
    #[must_use]
    pub fn times(&self, factor: f64) -> Self {
        Self { low: self.low * factor, high: self.high * factor }
    }
}

/// Why a figure has no interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoInterval {
    /// Whoever wanted answered: nothing was drawn, and it represents nobody else.
    OpenLink,
    /// Everybody was asked, so nothing was left to chance; what it lacks is who did not answer.
    Everybody,
    /// Each level of each unit was drawn on its own, and these forms come from several: put together as they were counted, those of
    /// whom more were drawn would weigh more. [`Weights`](super::weight::Weights) put them together.
    Strata,
    /// More forms than pupils came in, as when both parents answer for a child: the count of pupils is not what was drawn from.
    MoreThanPupils {
        /// Forms.
        n: u64,
        /// Pupils.
        pupils: u64,
    },
}

impl NoInterval {
    /// Whether people were drawn after all, so that readers look for an interval.
    pub fn is_of_drawn(&self) -> bool {
        matches!(self, Self::Strata | Self::MoreThanPupils { .. })
    }
}

/// Below this many answers a share moves by several points with each form; pages say so.
pub const FEW: u64 = 30;

/// Forms, and where they came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// Forms.
    pub n: u64,
    /// Pupils whom they could have come from; none: not known.
    pub pupils: Option<u64>,
    /// Levels of units that were asked: a stratified sample is drawn in each on its own.
    pub cells: usize,
}

/// Forms that were drawn by chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// Of how many; none: not known, and taken as very many.
    population: Option<u64>,
}

impl Reach {
    /// The simple sample that these forms are.
    ///
    /// # Errors
    /// Why they are none.
    pub fn sample(self, source: Source) -> Result<Sample, NoInterval> {
        let Source { n, pupils, cells } = source;
        match (self, pupils) {
            (Self::OpenLink, _) => Err(NoInterval::OpenLink),
            (Self::Everybody, _) => Err(NoInterval::Everybody),
            (Self::Drawn(Design::Stratified), _) if cells > 1 => Err(NoInterval::Strata),
            (Self::Drawn(_), Some(pupils)) if n > pupils => Err(NoInterval::MoreThanPupils { n, pupils }),
            (Self::Drawn(_), population) => Ok(Sample { population }),
        }
    }
}

impl Sample {
    /// The interval of a share, from 0 to 1; none without a base.
    pub fn share(&self, k: u64, n: u64) -> Option<Interval> {
        let p = portion(k, n)?;
        self.effective(n).map_or(Some(Interval { low: p, high: p }), |effective| wilson(p, effective))
    }

    /// Standard error of a share without its chance of being nothing: `√(p(1−p)/n · (N−n)/(N−1))`, times 1.96 formula 9.
    pub fn share_error(&self, k: u64, n: u64) -> Option<f64> {
        let p = portion(k, n)?;
        Some(self.effective(n).map_or(0.0, |effective| (p * (1.0 - p) / effective).sqrt()))
    }

    /// The mean of points, with how sure it is; none for fewer than two answers.
    pub fn mean(&self, points: &[i64], counts: &[u64]) -> Option<Estimate> {
        let spread = Spread::of(points, counts)?;
        self.mean_of(spread.mean, spread.variance()?, spread.n)
    }

    /// The same for numbers of which the mean and the variance are known, with `n − 1` below its line.
    pub fn mean_of(&self, mean: f64, variance: f64, n: u64) -> Option<Estimate> {
        let n = n as f64;
        let left = self.population.map_or(1.0, |population| 1.0 - (n / population.max(1) as f64).min(1.0));
        Estimate::student(mean, (variance / n * left).sqrt(), n - 1.0)
    }

    /// The sample with replacement that would be as sure as `n` of all; none: all of them answered.
    fn effective(&self, n: u64) -> Option<f64> {
        match self.population {
            None => Some(n as f64),
            Some(population) if population <= n => None,
            Some(population) => Some(n as f64 * (population as f64 - 1.0) / (population - n) as f64),
        }
    }
}

/// How far one share may be above another, both of samples and from 0 to 1: the interval of Newcombe (1998, his method 10) out of
/// both intervals. None without a base.
pub fn difference(one: (&Sample, u64, u64), other: (&Sample, u64, u64)) -> Option<Interval> {
    let (p, own) = (portion(one.1, one.2)?, one.0.share(one.1, one.2)?);
    let (q, their) = (portion(other.1, other.2)?, other.0.share(other.1, other.2)?);
    let (below, above) = ((p - own.low).hypot(their.high - q), (own.high - p).hypot(q - their.low));
    Some(Interval { low: p - q - below, high: p - q + above })
}

/// A figure with how sure it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The figure.
    pub value: f64,
    /// Its standard error.
    pub error: f64,
    /// Where it is with 95 %.
    pub interval: Interval,
}

impl Estimate {
    /// With Student's distribution; none without a degree of freedom.
    pub(super) fn student(value: f64, error: f64, freedom: f64) -> Option<Self> {
        let t = StudentsT::new(0.0, 1.0, freedom).ok()?.inverse_cdf(0.975);
        Some(Self { value, error, interval: Interval { low: value - t * error, high: value + t * error } })
    }
}

/// How points are spread.
struct Spread {
    n: u64,
    mean: f64,
    /// `n·Σx² − (Σx)²`, exact.
    squares: u128,
}

impl Spread {
    fn of(points: &[i64], counts: &[u64]) -> Option<Self> {
        let pairs = || points.iter().zip(counts).map(|(point, count)| (i128::from(*point), i128::from(*count)));
        let n = counts.iter().take(points.len()).sum::<u64>();
        let sum: i128 = pairs().map(|(point, count)| point * count).sum();
        let squares: i128 = pairs().map(|(point, count)| point * point * count).sum();
        let squares = u128::try_from(i128::from(n).checked_mul(squares)?.checked_sub(sum.checked_mul(sum)?)?).ok()?;
        (n > 0).then(|| Self { n, mean: sum as f64 / n as f64, squares })
    }

    /// `s²`, with `n − 1` below the line.
    fn variance(&self) -> Option<f64> {
        (self.n > 1).then(|| self.squares as f64 / (self.n as f64 * (self.n - 1) as f64))
    }
}

fn portion(k: u64, n: u64) -> Option<f64> {
    (n > 0 && k <= n).then(|| k as f64 / n as f64)
}

/// Wilson's interval of a share `p` among `n`, which need not be whole.
pub(super) fn wilson(p: f64, n: f64) -> Option<Interval> {
    let z2 = Z * Z;
    let middle = p + z2 / (2.0 * n);
    let half = Z * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    let at = |end: f64| (end / (1.0 + z2 / n)).clamp(0.0, 1.0);
    (n > 0.0).then(|| Interval { low: at(middle - half), high: at(middle + half) })
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAWN: Reach = Reach::Drawn(Design::Simple);

    fn sample(n: u64, pupils: Option<u64>) -> Sample {
        DRAWN.sample(Source { n, pupils, cells: 1 }).unwrap()
    }

    fn near(interval: Interval, low: f64, high: f64) -> bool {
        (interval.low - low).abs() < 1e-9 && (interval.high - high).abs() < 1e-9
    }

    #[test]
    fn a_link_that_anybody_could_open_has_no_interval_and_neither_has_everybody() {
        let source = Source { n: 10, pupils: Some(100), cells: 1 };
        assert_eq!(Reach::OpenLink.sample(source), Err(NoInterval::OpenLink));
        assert_eq!(Reach::Everybody.sample(source), Err(NoInterval::Everybody));
    }

    #[test]
    fn two_parents_of_a_child_are_said_and_no_crash() {
        let of = |n, pupils| DRAWN.sample(Source { n, pupils: Some(pupils), cells: 1 });
        assert_eq!(of(101, 100), Err(NoInterval::MoreThanPupils { n: 101, pupils: 100 }));
        assert_eq!(of(1, 0), Err(NoInterval::MoreThanPupils { n: 1, pupils: 0 }));
    }

    #[test]
    fn several_strata_are_no_simple_sample_and_one_is() {
        let of = |design, cells| Reach::Drawn(design).sample(Source { n: 120, pupils: Some(996), cells });
        assert_eq!(of(Design::Stratified, 2), Err(NoInterval::Strata));
        assert_eq!(of(Design::Stratified, 1), of(Design::Simple, 2));
    }

    /// Published examples of Wilson's interval: 81 of 263 (Newcombe 1998, table I), 15 of 148, 0 of 20, 1 of 29.
    #[test]
    fn shares_have_the_intervals_that_were_published() {
        let of = |k, n| {
            let interval = sample(n, None).share(k, n).unwrap();
            format!("{:.4} {:.4}", interval.low, interval.high)
        };
        assert_eq!([of(81, 263), of(15, 148)], ["0.2553 0.3662", "0.0624 0.1605"]);
        assert_eq!([of(0, 20), of(1, 29)], ["0.0000 0.1611", "0.0061 0.1718"]);
    }

    #[test]
    fn whoever_asked_nearly_everybody_is_nearly_sure() {
        let wide = sample(200, None).share(150, 200).unwrap();
        let narrow = sample(200, Some(210)).share(150, 200).unwrap();
        assert!(wide.low < narrow.low && narrow.high < wide.high && narrow.meets(&wide));
        assert!(near(sample(200, Some(200)).share(150, 200).unwrap(), 0.75, 0.75));
    }

    #[test]
    fn formula_9_is_reproduced() {
        // √(0.25/286 · 714/999) = 0.024995012
        let error = sample(286, Some(1000)).share_error(143, 286).unwrap();
        assert!((error - 0.024_995_011_997).abs() < 1e-9, "{error}");
    }

    #[test]
    fn a_mean_has_students_interval() {
        // 1, 2, 3, 4, 5: s² = 2.5, error √0.5, t(4) = 2.776445105…
        let five = sample(5, None).mean(&[1, 2, 3, 4, 5], &[1; 5]).unwrap();
        let half = 2.776_445_105_197_794 * 0.5_f64.sqrt();
        assert!(near(five.interval, 3.0 - half, 3.0 + half), "{five:?}");
        let of_ten = sample(5, Some(10)).mean(&[1, 2, 3, 4, 5], &[1; 5]).unwrap();
        assert!((of_ten.error - 0.5).abs() < 1e-12);
        assert_eq!(sample(1, None).mean(&[1, 2], &[1, 0]), None);
    }

    /// Newcombe (1998), table II, method 10, and what statsmodels gives (`confint_proportions_2indep(…, method="newcomb")`).
    #[test]
    fn a_difference_has_the_interval_of_newcombe() {
        let many = sample(100, None);
        let found = |k, n, l, m| difference((&many, k, n), (&many, l, m)).unwrap();
        let is_about = |interval: Interval, low: f64, high: f64| {
            (interval.low - low).abs() < 5e-5 && (interval.high - high).abs() < 5e-5
        };
        assert!(is_about(found(56, 70, 48, 80), 0.0524, 0.3339));
        assert!(is_about(found(9, 10, 3, 10), 0.1705, 0.8090));
        assert!(is_about(found(10, 10, 0, 10), 0.6075, 1.0));
        assert_eq!(difference((&many, 1, 2), (&many, 0, 0)), None);
    }
}
