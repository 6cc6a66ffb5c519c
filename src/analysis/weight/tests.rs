use super::super::interval::{Sample, Source};
use super::*;

const STRATIFIED: Reach = Reach::Drawn(Design::Stratified);
const SIMPLE: Reach = Reach::Drawn(Design::Simple);
const POINTS: [i64; 5] = [1, 2, 3, 4, 5];
const TOP: [i64; 5] = [0, 0, 0, 1, 1];

fn cell(name: &str, pupils: impl Into<Option<u64>>, n: u64) -> Cell {
    Cell { name: name.into(), pupils: pupils.into(), n }
}

/// 10 of 100 and 20 of 300: weights 10 and 15.
fn two() -> Weights {
    Weights::of(&[cell("TH-A tieu_hoc", 100, 10), cell("TH-B tieu_hoc", 300, 20)])
}

#[test]
fn each_form_stands_for_the_pupils_of_its_cell() {
    let weights = two();
    assert_eq!([weights.weight(0), weights.weight(1)], [Exact::new(10, 1), Exact::new(15, 1)]);
    let answers: [&[u64]; 2] = [&[0, 0, 0, 0, 10], &[20, 0, 0, 0, 0]];
    // 100 pupils with 5, 300 with 1
    assert_eq!(weights.mean(&POINTS, &answers), Exact::new(2, 1));
    assert_eq!(weights.share(&TOP, &answers), Exact::new(25, 1));
}

#[test]
fn kishs_design_effect_is_reproduced() {
    let cost = two().cost().unwrap();
    // n·Σw²/(Σw)² = 30·(10·100 + 20·225)/400² = 165000/160000
    assert_eq!((cost.n, cost.effect.written(), cost.effective.print(2)), (30, "33/32".into(), "29.09".into()));
    assert_eq!(Weights::of(&[cell("A", 100, 10), cell("B", 50, 5)]).cost().unwrap().effect, Exact::whole(1));
}

#[test]
fn cells_that_cannot_be_weighted_are_named() {
    let weights =
        Weights::of(&[cell("A", None, 5), cell("B", 80, 0), cell("C", 0, 1), cell("D", 10, 12), cell("E", 9, 1)]);
    assert_eq!(
        (&*weights.without_pupils, &*weights.without_forms),
        (&["A", "C"].map(String::from)[..], &["B".to_owned()][..])
    );
    assert_eq!((&*weights.more_than_pupils, &*weights.single), (&["D".to_owned()][..], &["E".to_owned()][..]));
    assert_eq!([0, 1, 2].map(|cell| weights.weight(cell)), [None, None, None]);
    assert_eq!(weights.estimate(STRATIFIED, &POINTS, &[]), Err(NoEstimate::MoreThanPupils(vec!["D".into()])));
    assert_eq!(Weights::of(&[]).cost(), None);
}

#[test]
fn a_cell_with_one_form_is_held_against_the_whole() {
    let weights = Weights::of(&[cell("A", 100, 10), cell("B", 50, 1)]);
    let answers: [&[u64]; 2] = [&[0, 0, 5, 5, 0], &[0, 0, 0, 1, 0]];
    // 11/3; in A (1 − 10/100)·10/9 · 10·(1/2)²·(10/150)², in B (1 − 1/50) · (4 − 11/3)²·(50/150)²
    let error = (2.5 / 225.0 + 0.98 / 81.0_f64).sqrt();
    let told = weights.estimate(STRATIFIED, &POINTS, &answers).unwrap().unwrap();
    assert!((told.value - 11.0 / 3.0).abs() < 1e-12 && (told.error - error).abs() < 1e-12, "{told:?}");
    assert!(weights.estimate(SIMPLE, &POINTS, &answers).unwrap().is_some());
    assert_eq!(weights.estimate(Reach::OpenLink, &POINTS, &answers), Err(NoEstimate::NoSample(NoInterval::OpenLink)));
}

#[test]
fn one_form_from_each_of_many_schools_is_not_taken_for_certain() {
    let cells: Vec<Cell> = (0..20).map(|at| cell(&at.to_string(), 100 + at, 1)).collect();
    let (weights, yes, no): (_, &[u64], &[u64]) = (Weights::of(&cells), &[0, 0, 0, 1, 0], &[0, 1, 0, 0, 0]);
    let answers: Vec<&[u64]> = (0..20).map(|at| if at % 2 == 0 { yes } else { no }).collect();
    for reach in [SIMPLE, STRATIFIED] {
        let told = weights.share_interval(reach, &TOP, &answers).unwrap().unwrap();
        // 10 of 20 unweighted: 29.9–70.1
        assert!(told.low < 0.32 && told.high > 0.68, "{told:?}");
    }
}

/// Those who did not answer a question do not make its share surer.
#[test]
fn where_nothing_tells_the_spread_those_who_answered_do() {
    let weights = Weights::of(&[cell("A", 1000, 50), cell("B", 1000, 50)]);
    let told = |answers: [&[u64]; 2]| weights.share_interval(STRATIFIED, &TOP, &answers).unwrap().unwrap();
    // Wilson: 3 of 3, and 10 of 20 although either cell agrees with itself
    let alike = told([&[0, 0, 0, 0, 2], &[0, 0, 0, 0, 1]]);
    assert!((alike.low - 0.438_503).abs() < 1e-6 && alike.high == 1.0, "{alike:?}");
    let weights = Weights::of(&[cell("A", 1000, 10), cell("B", 1000, 10)]);
    let split = weights.share_interval(STRATIFIED, &TOP, &[&[0, 0, 0, 0, 10], &[10, 0, 0, 0, 0]]).unwrap().unwrap();
    assert!((split.low - 0.299_298).abs() < 1e-6 && (split.high - 0.700_702).abs() < 1e-6, "{split:?}");
    let all = Weights::of(&[cell("A", 10, 10), cell("B", 10, 10)]);
    let all = all.share_interval(STRATIFIED, &TOP, &[&[0, 0, 0, 0, 10], &[10, 0, 0, 0, 0]]).unwrap().unwrap();
    assert_eq!((all.low, all.high), (0.5, 0.5), "everybody answered");
}

#[test]
fn one_cell_is_as_sure_as_a_simple_sample() {
    let (weights, counts): (_, &[u64]) = (Weights::of(&[cell("A", 400, 50)]), &[3, 7, 10, 18, 12]);
    let unweighted: Sample = SIMPLE.sample(Source { n: 50, pupils: Some(400), cells: 4 }).unwrap();
    let plain = unweighted.mean(&POINTS, counts).unwrap();
    for reach in [SIMPLE, STRATIFIED] {
        let weighted = weights.estimate(reach, &POINTS, &[counts]).unwrap().unwrap();
        assert!((weighted.value - plain.value).abs() < 1e-12 && (weighted.error - plain.error).abs() < 1e-12);
        assert!((weighted.interval.low - plain.interval.low).abs() < 1e-9);
    }
}

/// By hand: Σ (N_h/N)² · (1 − f_h) · s_h²/n_h, as everybody answered.
#[test]
fn the_stratified_error_is_reproduced() {
    let answers: [&[u64]; 2] = [&[0, 0, 5, 5, 0], &[0, 0, 0, 10, 10]];
    let estimate = two().estimate(STRATIFIED, &POINTS, &answers).unwrap().unwrap();
    let (first, second) = (2.5 / 9.0, 5.0 / 19.0);
    let variance: f64 = 0.0625 * 0.9 * first / 10.0 + 0.5625 * (1.0 - 20.0 / 300.0) * second / 20.0;
    assert!((estimate.value - 4.25).abs() < 1e-12 && (estimate.error - variance.sqrt()).abs() < 1e-12);
}

#[test]
fn the_interval_of_a_share_holds_it_and_stays_between_nothing_and_all() {
    let answers: [&[u64]; 2] = [&[0, 0, 0, 0, 10], &[0, 0, 0, 0, 20]];
    let all = two().share_interval(STRATIFIED, &TOP, &answers).unwrap().unwrap();
    assert!(all.low > 0.8 && (all.high - 1.0).abs() < 1e-12, "{all:?}");
    let answers: [&[u64]; 2] = [&[5, 0, 0, 5, 0], &[10, 0, 0, 10, 0]];
    let half = two().share_interval(STRATIFIED, &TOP, &answers).unwrap().unwrap();
    assert!(half.low < 0.5 && 0.5 < half.high && half.low > 0.0 && half.high < 1.0);
}
