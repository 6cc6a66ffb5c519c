//! Compared with what scipy 1.17 says (`chi2_contingency(…, correction=False)`, `numpy.std(…, ddof=1)`).

use super::*;

/// A table of questions that take one answer each.
fn table(cells: &[&[u64]]) -> Table {
    let columns = (0..cells[0].len()).map(|column| cells.iter().map(|row| row[column]).sum::<u64>());
    Table {
        rows: cells.iter().map(|row| row.iter().sum()).collect(),
        columns: columns.collect(),
        base: cells.iter().copied().flatten().sum(),
        forms: cells.iter().copied().flatten().sum(),
        cells: cells.iter().map(|row| row.to_vec()).collect(),
        overlaps: false,
        no_row: [0; 3],
        no_column: [0; 3],
        moments: Vec::new(),
        all: Moments::default(),
        withheld: Withheld::default(),
    }
}

fn made(cells: &[&[u64]]) -> ChiSquare {
    match table(cells).test() {
        Test::Made(test) => test,
        Test::Not(why) => panic!("{why:?}"),
    }
}

fn near(found: f64, wanted: f64) {
    assert!((found - wanted).abs() <= 1e-9 * wanted.abs().max(1e-300), "{found} for {wanted}");
}

#[test]
fn chi_square_is_what_an_independent_computation_says() {
    let found = made(&[&[30, 20, 10], &[15, 25, 40]]);
    near(found.statistic, 21.129_629_629_62);
    near(found.p, 2.580_828_961_29e-5);
    near(found.v, 0.388_491_860_82);
    assert_eq!(found.freedom, 2);
    near(found.residuals[0][0].unwrap(), 3.918_019_549_84);
    near(found.residuals[1][2].unwrap(), 4.073_400_617_73);
    let found = made(&[&[12, 5], &[7, 19]]);
    near(found.statistic, 7.946_867_309_67);
    near(found.p, 0.004_817_068_83);
    near(found.v, 0.429_896_345_25);
    let found = made(&[&[1200, 800, 650, 30], &[900, 1100, 700, 45], &[10, 30, 25, 14]]);
    near(found.statistic, 238.324_864_201_96);
    near(found.p, 1.279_236_343_51e-48);
    near(found.residuals[2][3].unwrap(), 11.431_011_966_77);
    assert_eq!(found.freedom, 6);
}

#[test]
fn rows_and_columns_without_forms_are_no_part_of_the_test() {
    let (with, without) =
        (made(&[&[30, 0, 20, 10], &[0, 0, 0, 0], &[15, 0, 25, 40]]), made(&[&[30, 20, 10], &[15, 25, 40]]));
    assert_eq!(
        (with.statistic, with.freedom, with.p, with.v),
        (without.statistic, without.freedom, without.p, without.v)
    );
    assert_eq!((with.residuals[1][0], with.residuals[0][1]), (None, None));
}

#[test]
fn nothing_is_tested_where_too_few_are_expected() {
    let Test::Not(Untested::TooFew { below, cells, least }) = table(&[&[3, 2], &[2, 40]]).test() else { panic!() };
    assert_eq!((below, cells), (3, 4));
    near(least, 25.0 / 47.0);
    // one cell in five may be small, as long as one form is expected in it
    assert!(matches!(table(&[&[30, 40, 30, 35, 4], &[30, 20, 30, 25, 3]]).test(), Test::Made(_)));
    assert!(matches!(table(&[&[100, 1], &[900, 0], &[50, 30], &[90, 5], &[0, 1]]).test(), Test::Not(_)));
}

#[test]
fn one_column_is_nothing_to_compare_and_overlapping_answers_are_not_tested() {
    assert_eq!(table(&[&[30, 0], &[40, 0]]).test(), Test::Not(Untested::NothingToCompare));
    let several = Table { overlaps: true, ..table(&[&[30, 20], &[40, 25]]) };
    assert_eq!(several.test(), Test::Not(Untested::Overlapping));
}

#[test]
fn shares_have_the_base_that_they_say() {
    let table = table(&[&[30, 20, 10], &[15, 25, 40]]);
    let print = |share: Option<Ratio>| share.unwrap().print(1);
    assert_eq!(print(table.of_column(0, 0)), "66.7");
    assert_eq!(print(table.of_row(0, 0)), "50.0");
    assert_eq!(print(table.of_base(0, 0)), "21.4");
}

fn moments(values: &[i64]) -> Moments {
    let of = |value: &i64| i128::from(*value);
    Moments {
        n: values.len() as u64,
        sum: values.iter().map(of).sum(),
        squares: values.iter().map(|v| of(v) * of(v)).sum(),
    }
}

#[test]
fn means_and_deviations_are_what_an_independent_computation_says() {
    let groups: [&[i64]; 3] = [&[5, 4, 4, 3, 5, 5], &[2, 3, 3, 4], &[1, 5, 5]];
    let means = Means::of(&groups.map(moments), moments(&groups.concat()), 1, true);
    let found: Vec<_> = means.groups.iter().map(|own| own.mean.unwrap().print(2)).collect();
    assert_eq!(found, ["4.33", "3.00", "3.67"]);
    near(means.groups[0].deviation.unwrap(), 0.816_496_580_92);
    near(means.groups[2].deviation.unwrap(), 2.309_401_076_75);
    near(means.all.deviation.unwrap(), 1.300_887_271_17);
    near(means.between.unwrap(), 0.212_121_212_12);
}

#[test]
fn groups_of_one_or_none_have_no_deviation_and_hundredths_are_parts_of_one() {
    let means = Means::of(&[moments(&[150]), moments(&[]), moments(&[125, 175])], moments(&[150, 125, 175]), 100, true);
    assert!(means.groups[0].deviation.is_none() && means.groups[1].mean.is_none());
    assert_eq!(means.groups[2].mean.unwrap().print(2), "1.50");
    near(means.groups[2].deviation.unwrap(), 0.353_553_390_59);
    assert_eq!(Means::of(&[moments(&[3]), moments(&[3])], moments(&[3, 3]), 1, true).between, None);
    assert_eq!(Means::of(&[moments(&[1]), moments(&[3])], moments(&[1, 3]), 1, false).between, None);
}

#[test]
fn sums_that_are_too_large_to_be_exact_are_still_near() {
    let most = 1_000_000_000_000_i64;
    let n = 100_000_000_u64;
    let large =
        Moments { n, sum: i128::from(most) * i128::from(n) / 2, squares: i128::from(most).pow(2) * i128::from(n) / 2 };
    let deviation = Means::of(&[large], large, 1, true).all.deviation.unwrap();
    assert!((deviation / 5.0e11 - 1.0).abs() < 1e-6);
}
