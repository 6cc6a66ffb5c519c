//! Examples reckoned by hand, and what holds for all schools.

use proptest::prelude::*;

use super::*;

/// A primary school with 100 forms of ten ratings, so many of which are the best mark.
fn school(best: u64) -> Observed {
    Observed { level: "tieu_hoc".to_owned(), n: 100, rated: 100, ratings: 1000, best, ..Observed::default() }
}

fn among(others: &[u64], own: u64) -> Vec<Sign> {
    let schools: Vec<Observed> = others.iter().chain([&own]).map(|best| school(*best)).collect();
    signs(&schools).pop().unwrap()
}

#[test]
fn a_share_of_best_marks_is_a_sign_where_it_leaves_the_others_far_behind() {
    // others 30, 40, 50, 60, 70 %: median 50, distances 20 10 0 10 20, their median 10; 50 + 4,4478 × 10 = 94,5 (rounded up)
    let others = [300, 400, 500, 600, 700];
    assert_eq!(among(&others, 945), []);
    let outlier = Outlier { k: 946, n: 1000, share: 946, median: 500, limit: 945, others: 5 };
    assert_eq!(among(&others, 946), [Sign::Best(outlier)]);
}

#[test]
fn schools_that_are_very_much_alike_need_ten_points_to_tell_one_apart() {
    assert_eq!(among(&[500; 6], 600), []);
    assert_eq!(among(&[500; 6], 601).len(), 1);
}

#[test]
fn few_schools_few_forms_and_other_levels_are_no_comparison() {
    assert_eq!(among(&[100; 4], 1000), [], "four others are too few");
    let mut schools: Vec<Observed> = [100; 5].iter().map(|best| school(*best)).collect();
    schools.push(Observed { n: 29, rated: 29, ratings: 290, best: 290, ..school(0) });
    schools.push(Observed { level: "thcs".to_owned(), ..school(1000) });
    assert!(signs(&schools).iter().all(Vec::is_empty));
    schools[5].n = 30;
    assert_eq!(signs(&schools)[5].len(), 1);
}

#[test]
fn the_same_mark_everywhere_is_told_from_what_is_usual() {
    // 2 of 50 elsewhere: 4 %; the limit is 14 %, 7 of 50 is not above it and 8 of 50 is
    let usual = Observed { rated: 50, alike: 2, ..school(500) };
    let mut schools = vec![usual; 6];
    schools[0].alike = 7;
    assert_eq!(signs(&schools)[0], []);
    schools[0].alike = 8;
    let outlier = Outlier { k: 8, n: 50, share: 160, median: 40, limit: 140, others: 5 };
    assert_eq!(signs(&schools)[0], [Sign::Alike(outlier)]);
}

#[test]
fn ticks_need_both_a_number_and_a_share() {
    let alone = |school: Observed| signs(&[school]).remove(0);
    let told = |told, n| alone(Observed { told, n, ..Observed::default() });
    assert_eq!((told(2, 2), told(3, 61)), (vec![], vec![]));
    assert_eq!(told(3, 60), [Sign::Told { k: 3, n: 60 }]);
}

/// What is said of a school beside so many others of 100 forms with 10 in their largest hour.
fn beside(others: usize, peak: u64, n: u64) -> (Vec<Sign>, usize) {
    let mut schools = vec![Observed { peak: 10, ..school(500) }; others];
    schools.push(Observed { peak, n, rated: n, ..school(0) });
    (signs(&schools).pop().unwrap(), uncompared(&schools))
}

#[test]
fn a_burst_needs_a_number_and_a_share() {
    assert_eq!(beside(5, 20, 39), (vec![Sign::Burst { peak: 20, n: 39 }], 0));
    assert_eq!(beside(5, 20, 40), (vec![], 0));
    assert_eq!(beside(5, 19, 30), (vec![], 0));
}

#[test]
fn what_cannot_be_compared_is_no_burst_and_is_counted() {
    assert_eq!(beside(4, 60, 100), (vec![], 1), "four others are too few");
    assert_eq!(beside(5, 29, 29), (vec![], 1), "so are 29 forms");
    assert_eq!(beside(5, 30, 30), (vec![Sign::Burst { peak: 30, n: 30 }], 0));
}

#[test]
fn an_hour_is_no_burst_where_the_other_schools_had_it_too() {
    let meeting = Observed { peak: 60, ..school(500) };
    assert!(signs(&vec![meeting.clone(); 6]).iter().all(Vec::is_empty));
    let mut schools = vec![Observed { peak: 10, ..school(500) }; 5];
    schools.push(meeting);
    assert_eq!(signs(&schools)[5], [Sign::Burst { peak: 60, n: 100 }]);
}

#[test]
fn the_middle_of_an_even_number_lies_between_two() {
    assert_eq!((median(vec![5, 1, 9]), median(vec![4, 1, 9, 7]), median(Vec::new())), (Some(5), Some(5), None));
}

fn observed() -> impl Strategy<Value = Observed> {
    let level = prop::sample::select(vec!["mam_non", "tieu_hoc", "thcs"]);
    (level, 0_u64..300, 0_u64..=1000, 0_u64..=1000, 0_u64..40, 0_u64..=10).prop_map(
        |(level, n, best, alike, peak, told)| Observed {
            level: level.to_owned(),
            n,
            rated: n,
            alike: n * alike / 1000,
            peak: peak.min(n),
            told: told.min(n),
            ratings: n * 10,
            best: n * 10 * best / 1000,
        },
    )
}

proptest! {
    #[test]
    fn at_most_half_of_the_schools_of_a_level_stand_out(schools in prop::collection::vec(observed(), 0..40)) {
        let found = signs(&schools);
        prop_assert_eq!(found.len(), schools.len());
        for level in ["mam_non", "tieu_hoc", "thcs"] {
            let of_level = || schools.iter().zip(&found).filter(|(school, _)| school.level == level && school.n >= ENOUGH_FORMS);
            let best = of_level().filter(|(_, signs)| signs.iter().any(|sign| matches!(sign, Sign::Best(_)))).count();
            prop_assert!(2 * best <= of_level().count(), "{best} of {}", of_level().count());
        }
    }

    #[test]
    fn the_order_of_schools_does_not_matter(schools in prop::collection::vec(observed(), 0..20)) {
        let mut turned: Vec<Observed> = schools.clone();
        turned.reverse();
        let mut back = signs(&turned);
        back.reverse();
        prop_assert_eq!(back, signs(&schools));
    }

    #[test]
    fn a_school_that_stands_out_is_above_its_limit_and_the_limit_well_above_the_others(
        schools in prop::collection::vec(observed(), 0..30)
    ) {
        for sign in signs(&schools).into_iter().flatten() {
            if let Sign::Best(found) | Sign::Alike(found) = sign {
                prop_assert!(found.share > found.limit && found.limit >= found.median + DISTANCE);
                prop_assert!(found.k <= found.n && found.others >= ENOUGH_OTHERS);
            }
        }
    }
}
