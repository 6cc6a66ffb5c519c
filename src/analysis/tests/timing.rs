//! Releases during fieldwork, and how long making one takes.

use std::time::{Duration, Instant};

use super::*;
use crate::analysis::search::Effort;

fn interim(before: &[Earlier], candidate: &[Form], now: &[Form]) -> Result<Release, Refused> {
    let now = atoms(now);
    let asked = [questionnaire("parents", 1)];
    Release::build(&asked, &atoms(candidate), &[], 10, before, Moment::Interim { now: &now })
}

#[test]
fn a_candidate_waits_until_as_much_has_come_again() {
    let candidate = [parents(12, 0, 0), parents(12, 1, 0)].concat();
    assert_eq!(interim(&[], &candidate, &candidate), Err(Refused::TooSoon));
    let now = [candidate.clone(), parents(9, 0, 0)].concat();
    assert_eq!(interim(&[], &candidate, &now), Err(Refused::TooSoon));
    assert!(!may_release(None, &atoms(&candidate), &atoms(&now), 10));
    let now = [candidate.clone(), parents(10, 0, 0), parents(10, 1, 0)].concat();
    assert!(may_release(None, &atoms(&candidate), &atoms(&now), 10));
    let release = interim(&[], &candidate, &now).unwrap();
    assert!(groups(&release).iter().all(|(_, _, group)| !group.suppressed));
}

#[test]
fn a_school_that_stands_still_is_left_out_of_an_interim_release() {
    let candidate = [parents(40, 0, 0), parents(40, 1, 0), parents(40, 2, 0)].concat();
    let now = [candidate.clone(), parents(20, 0, 0), parents(20, 1, 0)].concat();
    let release = interim(&[], &candidate, &now).unwrap();
    let hidden = |key: &str| group(&release, None, "unit", key).suppressed;
    assert!(hidden("u2"));
    assert!(!hidden("u0") && !hidden("u1"));
}

#[test]
fn what_an_interim_release_showed_the_closing_release_can_show_too() {
    let candidate = [parents(40, 0, 0), parents(40, 1, 0)].concat();
    let now = [candidate.clone(), parents(20, 0, 0), parents(20, 1, 0)].concat();
    let release = interim(&[], &candidate, &now).unwrap();
    let earlier = [Earlier { release, atoms: atoms(&candidate) }];
    let release = closing(&[questionnaire("parents", 1)], &now, 10, &earlier);
    assert!(groups(&release).iter().all(|(_, _, group)| !group.suppressed));
}

/// Plausible forms without a random generator: a linear congruence.
fn province(forms: usize, questions: usize) -> Vec<Form> {
    let mut state = 12_345_u64;
    let mut draw = |sides: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % sides
    };
    let forms = (0..forms).map(|_| {
        let level = draw(5);
        let answers = (0..questions).map(|_| Reply::Choice(4 - draw(5) * draw(5) / 5)).collect();
        Form {
            questionnaire: level,
            unit: draw(44),
            level,
            channel: draw(9).saturating_sub(6),
            grade: draw(5),
            answers,
        }
    });
    forms.collect()
}

#[test]
fn a_province_takes_little_time() {
    let asked: Vec<Questionnaire> = (0..5).map(|level| questionnaire(&level.to_string(), 5)).collect();
    for size in [2_000, 20_000, 200_000] {
        let tallies = atoms(&province(size, 5));
        let start = Instant::now();
        let release = Release::build(&asked, &tallies, &[], 10, &[], Moment::Closing { tables: &[] }).unwrap();
        let taken = start.elapsed();
        let shown = groups(&release).iter().filter(|(_, _, group)| !group.suppressed).count();
        assert!(shown > 150, "{shown} groups shown of {size} forms");
        assert!(taken < Duration::from_secs(5), "{taken:?}, even unoptimised");
    }
}

#[test]
fn an_interim_release_that_is_too_hard_is_not_made() {
    let asked = [questionnaire("parents", 1)];
    let candidate = [parents(12, 0, 0), parents(12, 1, 0)].concat();
    let now = atoms(&[candidate.clone(), parents(10, 0, 0), parents(10, 1, 0)].concat());
    let interim = |effort: Effort| {
        let moment = Moment::Interim { now: &now };
        Release::build_within(&effort, &asked, &atoms(&candidate), &[], 10, &[], moment)
    };
    assert!(interim(Effort::whole()).is_ok());
    assert_eq!(interim(Effort::of(1, 1)), Err(Refused::TooHard));
}
