//! Means by group.

use crate::analysis::decimal::Ratio;
use crate::analysis::frame::Moments;
use crate::analysis::interval::{Estimate, Sample};

/// Numbers of one group.
#[derive(Debug, Clone, Copy)]
pub struct Spread {
    /// How many.
    pub n: u64,
    /// Their mean; none without any.
    pub mean: Option<Ratio>,
    /// Their standard deviation, with `n − 1`; none for fewer than two.
    pub deviation: Option<f64>,
}

impl Spread {
    /// How sure the mean is, for numbers that were drawn by chance; none for fewer than two.
    pub fn estimate(&self, sample: &Sample) -> Option<Estimate> {
        sample.mean_of(self.mean?.to_f64(), self.deviation?.powi(2), self.n)
    }
}

/// Means by group, and of all together.
#[derive(Debug, Clone)]
pub struct Means {
    /// Of each group.
    pub groups: Vec<Spread>,
    /// Of all forms that are in one.
    pub all: Spread,
    /// η²: the part of the variance that lies between the groups, 0–1; none where groups overlap or nothing varies.
    pub between: Option<f64>,
}

impl Means {
    pub(super) fn of(groups: &[Moments], all: Moments, unit: i64, is_apart: bool) -> Self {
        Self {
            groups: groups.iter().map(|moments| spread(*moments, unit)).collect(),
            all: spread(all, unit),
            between: if is_apart { between(groups, all) } else { None },
        }
    }
}

fn spread(moments: Moments, unit: i64) -> Spread {
    let Moments { n, sum, .. } = moments;
    let parts = u128::from(n) * u128::from(unit.unsigned_abs());
    let freedom = float(i128::from(n)) * float(i128::from(n.saturating_sub(1)));
    let deviation = (n > 1).then(|| (squares(moments) / freedom).sqrt() / float(i128::from(unit)));
    Spread { n, mean: Ratio::new(sum, parts), deviation }
}

/// `n Σx² − (Σx)²`: n times the sum of squares around the mean, exact as long as it fits.
fn squares(Moments { n, sum, squares }: Moments) -> f64 {
    let n = i128::from(n);
    let exact = squares.checked_mul(n).zip(sum.checked_mul(sum)).and_then(|(all, mean)| all.checked_sub(mean));
    exact.map_or_else(|| (float(squares) * float(n) - float(sum).powi(2)).max(0.0), float)
}

fn between(groups: &[Moments], all: Moments) -> Option<f64> {
    let whole = squares(all) / float(i128::from(all.n));
    let within: f64 = groups.iter().filter(|own| own.n > 0).map(|own| squares(*own) / float(i128::from(own.n))).sum();
    let is_compared = groups.iter().filter(|own| own.n > 0).count() > 1;
    (is_compared && whole > 0.0).then(|| ((whole - within) / whole).clamp(0.0, 1.0))
}

#[expect(clippy::cast_precision_loss, reason = "for what has no exact value")]
fn float(n: i128) -> f64 {
    n as f64
}
