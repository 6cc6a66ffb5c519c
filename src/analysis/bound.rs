//! How sure a domain is, as far as counts tell. Which answers came from one person they do not, and the standard error of a sum is
//! never larger than the sum of the standard errors (Cauchy and Schwarz). So a domain is taken to be as unsure as its items are on
//! average, below its share and above it each for itself: Wilson's interval is not centred on the share.

use super::interval::{Interval, Sample};

/// Answers of one item: on the two best levels, all, and what the item weighs in its domain.
pub type Part = (u64, u64, f64);

/// The widest that the 95 % interval of a domain's satisfied share can be, from 0 to 1. With `p` the items' shares and `l`, `h` the
/// ends of their Wilson intervals, all averaged by what the items weigh, it goes from `p − (p − l)` to `p + (h − p)`: from the mean
/// of the lower ends to the mean of the upper ones. None without answers.
pub fn share_within(sample: &Sample, parts: &[Part]) -> Option<Interval> {
    let own = parts.iter().filter_map(|(k, n, weight)| Some((sample.share(*k, *n)?, *weight)));
    let (mut low, mut high, mut all) = (0.0, 0.0, 0.0);
    for (interval, weight) in own {
        low += interval.low * weight;
        high += interval.high * weight;
        all += weight;
    }
    (all > 0.0).then(|| Interval { low: low / all, high: high / all })
}

#[cfg(test)]
mod tests {
    use super::super::interval::Source;
    use super::super::method::{Design, Reach};
    use super::*;
    use proptest::prelude::*;

    fn sample(pupils: Option<u64>) -> Sample {
        Reach::Drawn(Design::Simple).sample(Source { n: 100, pupils, cells: 1 }).unwrap()
    }

    #[test]
    fn nothing_is_not_sure() {
        assert_eq!(share_within(&sample(None), &[(0, 0, 1.0)]), None);
        assert_eq!(share_within(&sample(None), &[]), None);
    }

    proptest! {
        #[test]
        fn a_domain_of_one_item_is_as_sure_as_the_item(k in 0_u64..=120, more in 0_u64..=120, pupils in 240_u64..5_000, weight in 1_u32..500) {
            prop_assume!(k + more > 0);
            for sample in [sample(None), sample(Some(pupils))] {
                let own = sample.share(k, k + more).unwrap();
                let bound = share_within(&sample, &[(k, k + more, f64::from(weight))]).unwrap();
                prop_assert!((own.low - bound.low).abs() < 1e-12 && (own.high - bound.high).abs() < 1e-12);
            }
        }

        #[test]
        fn a_bound_holds_its_share_and_stays_within_what_can_be(counts in prop::collection::vec((0_u64..=40, 0_u64..=40), 1..6)) {
            let parts: Vec<Part> = counts.iter().map(|(k, more)| (*k, k + more, 1.0)).collect();
            let shares: Vec<f64> = counts.iter().filter(|(k, more)| k + more > 0).map(|(k, more)| *k as f64 / (k + more) as f64).collect();
            if let Some(Interval { low, high }) = share_within(&sample(None), &parts) {
                let mean = shares.iter().sum::<f64>() / shares.len() as f64;
                prop_assert!(-1e-12 <= low && low <= mean + 1e-12 && mean - 1e-12 <= high && high <= 1.0 + 1e-12);
            }
        }
    }
}
