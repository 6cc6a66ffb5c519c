//! How sure a domain is, as far as counts tell. Which answers came from one person they do not, so this is a bound: the interval of
//! the domain lies within it (see [`Estimate::at_most`]).

use super::interval::{Estimate, Interval, Sample};

/// Answers of one item: on the two best levels, all, and what the item weighs in its domain.
pub type Part = (u64, u64, f64);

/// The widest that the 95 % interval of a domain's satisfied share can be, from 0 to 1: the mean of its items' shares, more and less
/// the mean of half the lengths of their Wilson intervals. None without answers.
pub fn share_within(sample: &Sample, parts: &[Part]) -> Option<Interval> {
    let part = |(k, n, weight): &Part| {
        let interval = sample.share(*k, *n)?;
        Some((Estimate { value: *k as f64 / *n as f64, error: sample.share_error(*k, *n)?, interval }, *weight))
    };
    let parts: Vec<(Estimate, f64)> = parts.iter().filter_map(part).collect();
    let Interval { low, high } = Estimate::at_most(&parts)?.interval;
    Some(Interval { low: low.max(0.0), high: high.min(1.0) })
}

#[cfg(test)]
mod tests {
    use super::super::method::{Design, Reach};
    use super::*;
    use proptest::prelude::*;

    fn sample() -> Sample {
        Reach::Drawn(Design::Simple).sample(100, None).unwrap()
    }

    #[test]
    fn one_item_is_as_sure_as_itself_and_nothing_is_not_sure() {
        let (own, bound) = (sample().share(50, 100).unwrap(), share_within(&sample(), &[(50, 100, 1.0)]).unwrap());
        assert!((own.low - bound.low).abs() < 1e-12 && (own.high - bound.high).abs() < 1e-12);
        assert_eq!(share_within(&sample(), &[(0, 0, 1.0)]), None);
    }

    proptest! {
        #[test]
        fn a_bound_holds_its_share_and_stays_within_what_can_be(counts in prop::collection::vec((0_u64..=40, 0_u64..=40), 1..6)) {
            let parts: Vec<Part> = counts.iter().map(|(k, more)| (*k, k + more, 1.0)).collect();
            let shares: Vec<f64> = counts.iter().filter(|(k, more)| k + more > 0).map(|(k, more)| *k as f64 / (k + more) as f64).collect();
            if let Some(Interval { low, high }) = share_within(&sample(), &parts) {
                let mean = shares.iter().sum::<f64>() / shares.len() as f64;
                prop_assert!(0.0 <= low && low <= mean + 1e-12 && mean - 1e-12 <= high && high <= 1.0);
            }
        }
    }
}
