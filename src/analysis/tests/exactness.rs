//! Printed numbers against long division on decimal strings, which shares nothing with the module.

use proptest::prelude::*;

use super::*;

/// Digits of `numerator / denominator` by hand, twice as many as asked for; then rounded half-up by
/// looking at what is left over.
fn by_hand(numerator: i128, denominator: i128, places: usize) -> String {
    let (mut rest, mut text) = (numerator.abs() % denominator, String::new());
    for _ in 0..places {
        rest *= 10;
        text.push_str(&(rest / denominator).to_string());
        rest %= denominator;
    }
    let mut scaled: i128 = format!("{}{text}", numerator.abs() / denominator).parse().unwrap();
    if rest >= denominator - rest {
        scaled += 1;
    }
    let one = 10_i128.pow(places as u32);
    let sign = if numerator < 0 && scaled > 0 { "-" } else { "" };
    match places {
        0 => format!("{sign}{scaled}"),
        _ => format!("{sign}{}.{:0places$}", scaled / one, scaled % one),
    }
}

/// The sum over the product of denominators: what a reader would do with fractions on paper.
fn sum_by_hand(fractions: &[(i128, i128)]) -> (i128, i128) {
    let common = fractions.iter().map(|(_, denominator)| denominator).product::<i128>();
    let sum = fractions.iter().map(|(numerator, denominator)| numerator * (common / denominator)).sum();
    (sum, common)
}

fn ratio(numerator: i128, denominator: i128) -> Ratio {
    Ratio::new(numerator, denominator as u128).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn fractions_print_as_by_hand(
        numerator in -1_000_000_000_000_i128..1_000_000_000_000,
        denominator in 1_i128..2_000_000,
        places in 0_usize..5,
    ) {
        prop_assert_eq!(ratio(numerator, denominator).print(places), by_hand(numerator, denominator, places));
    }

    #[test]
    fn ties_go_away_from_zero(numerator in -100_000_i128..100_000, places in 0_usize..4) {
        let denominator = 2 * 10_i128.pow(places as u32);
        prop_assert_eq!(ratio(numerator, denominator).print(places), by_hand(numerator, denominator, places));
    }

    #[test]
    fn means_of_fractions_print_as_by_hand(
        fractions in prop::collection::vec((-5_000_i128..5_000, 1_i128..2_000), 1..7),
        places in 0_usize..4,
    ) {
        let ratios: Vec<Ratio> = fractions.iter().map(|&(n, d)| ratio(n, d)).collect();
        let (sum, common) = sum_by_hand(&fractions);
        let expected = by_hand(sum, common * fractions.len() as i128, places);
        prop_assert_eq!(print_mean(&ratios, places), Some(expected));
    }
}

#[test]
fn published_percentages_are_reproduced() {
    let published = [(297, 300, "99.0"), (187, 200, "93.5"), (352, 394, "89.3"), (448, 578, "77.5")];
    for (k, n, percent) in published {
        assert_eq!(share(k, n).unwrap().percent, percent);
    }
}

#[test]
fn the_mean_of_two_levels_is_rounded_up_at_the_tie() {
    let levels = [ratio(9660, 100), ratio(9579, 100)];
    assert_eq!(print_mean(&levels, 2).unwrap(), "96.20");
}

#[test]
fn denominators_beyond_machine_integers_are_exact() {
    let near: Vec<Ratio> = (0..12).map(|item| ratio(4, 485_531 + 2 * item)).collect();
    assert_eq!(print_mean(&near, 6).unwrap(), "0.000008");
    let tie: Vec<Ratio> = (0..12).map(|item| ratio(485_531 + item, 2 * (485_531 + item))).collect();
    assert_eq!(print_mean(&tie, 0).unwrap(), "1");
    assert_eq!(print_mean(&[], 2), None);
}

#[test]
fn there_is_no_figure_without_a_base() {
    assert!(Ratio::new(1, 0).is_none());
    assert_eq!(share(0, 0), None);
    assert_eq!(ratio(-1, 1000).print(2), "0.00");
}
