//! An attacker who tries every sum and difference of what is published.

use proptest::prelude::*;

use super::*;
use crate::analysis::search::Effort;

const K: usize = 4;

/// The forms behind a published figure, by position, among all forms of all releases.
pub(super) type Figure = Vec<i8>;

/// Forms with the release that first counts them.
pub(super) type Arrivals = Vec<(usize, Form)>;

fn arrivals(releases: usize, most: usize) -> impl Strategy<Value = Arrivals> {
    let reply = prop_oneof![
        1 => Just(Reply::NotAsked),
        1 => Just(Reply::Skipped),
        1 => Just(Reply::NotApplicable),
        5 => (0..5_usize).prop_map(Reply::Choice),
        5 => Just(Reply::Choice(4)),
    ];
    let place = (0..2_usize, 0..3_usize, 0..2_usize, 0..2_usize, 0..3_usize);
    let form = (place, prop::collection::vec(reply, 2)).prop_map(|(place, answers)| {
        let (questionnaire, unit, level, channel, grade) = place;
        Form { questionnaire, unit, level, channel, grade: grade / 2, answers }
    });
    prop::collection::vec((0..releases, form), 1..most)
}

fn asked() -> Vec<Questionnaire> {
    vec![questionnaire("parents", 2), questionnaire("pupils", 2)]
}

fn until(arrivals: &Arrivals, release: usize) -> Vec<Form> {
    let counted = arrivals.iter().filter(|(first, _)| *first <= release);
    counted.map(|(_, form)| form.clone()).collect()
}

/// Makes releases one after the other, each knowing those before.
fn make(arrivals: &Arrivals, releases: usize) -> Vec<Release> {
    make_with(&asked(), arrivals, releases, K as u64)
}

pub(super) fn make_with(asked: &[Questionnaire], arrivals: &Arrivals, releases: usize, k: u64) -> Vec<Release> {
    let mut earlier = Vec::new();
    for release in 0..releases {
        let forms = until(arrivals, release);
        let release = closing(asked, &forms, k, &earlier);
        earlier.push(Earlier { release, atoms: atoms(&forms) });
    }
    earlier.into_iter().map(|earlier| earlier.release).collect()
}

/// What the releases say, as sets of forms that count for `question` (or all, for `None`).
fn figures(arrivals: &Arrivals, releases: &[Release], question: Option<(usize, usize)>) -> Vec<Figure> {
    let mut figures = Vec::new();
    for (moment, release) in releases.iter().enumerate() {
        for (at, by, group) in groups(release) {
            let shown = question.map_or(!group.suppressed, |(sheet, question)| {
                at == Some(sheet) && group.figures.as_ref().is_some_and(|f| !f.questions[question].suppressed)
            });
            let counts = |(first, form): &(usize, Form)| {
                let answered = question.is_none_or(|(_, q)| matches!(form.answers[q], Reply::Choice(_)));
                i8::from(*first <= moment && answered && belongs(form, at, by, &group.key))
            };
            let figure: Figure = arrivals.iter().map(counts).collect();
            if shown && !figures.contains(&figure) {
                figures.push(figure);
            }
        }
    }
    figures
}

/// The groups of the first questionnaire that show one of these questions, as sets of forms that count.
pub(super) fn memberships(
    arrivals: &Arrivals,
    releases: &[Release],
    questions: &[usize],
    counts: impl Fn(&Form) -> bool,
) -> Vec<Figure> {
    let mut figures = Vec::new();
    for (moment, release) in releases.iter().enumerate() {
        for (at, by, group) in groups(release).into_iter().filter(|(at, ..)| *at == Some(0)) {
            let shows = |figures: &Figures| questions.iter().any(|&question| !figures.questions[question].suppressed);
            let counted = |(first, form): &(usize, Form)| {
                i8::from(*first <= moment && counts(form) && belongs(form, at, by, &group.key))
            };
            let figure: Figure = arrivals.iter().map(counted).collect();
            if group.figures.as_ref().is_some_and(shows) && !figures.contains(&figure) {
                figures.push(figure);
            }
        }
    }
    figures
}

/// Sums with coefficients −1, 0, 1: all of them for a few figures, of up to four or three for many.
pub(super) fn attack(figures: &[Figure], check: &mut dyn FnMut(&Figure)) {
    let people = figures.first().map_or(0, Vec::len);
    let most = match figures.len() {
        0..=9 => 9,
        10..=20 => 4,
        _ => 3,
    };
    combine(figures, most, &mut vec![0; people], check);
}

fn combine(figures: &[Figure], most: usize, sum: &mut Figure, check: &mut dyn FnMut(&Figure)) {
    if sum.iter().all(|value| (0..=1).contains(value)) {
        check(sum);
    }
    let Some(left) = most.checked_sub(1) else {
        return;
    };
    for (position, figure) in figures.iter().enumerate() {
        for sign in [1, -1] {
            sum.iter_mut().zip(figure).for_each(|(sum, value)| *sum += sign * value);
            combine(&figures[position + 1..], left, sum, check);
            sum.iter_mut().zip(figure).for_each(|(sum, value)| *sum -= sign * value);
        }
    }
}

fn nobody_is_isolated(arrivals: &Arrivals, releases: &[Release]) {
    attack(&figures(arrivals, releases, None), &mut |set| {
        let size = set.iter().filter(|&&value| value == 1).count();
        assert!(size == 0 || size >= K, "{size} submissions isolated");
    });
    for question in [(0, 0), (0, 1), (1, 0), (1, 1)] {
        attack(&figures(arrivals, releases, Some(question)), &mut |set| {
            let of = set.iter().zip(arrivals).filter(|(value, _)| **value == 1);
            let replies: Vec<Reply> = of.map(|(_, (_, form))| form.answers[question.1]).collect();
            let size = replies.len();
            assert!(size == 0 || size >= K, "{size} answers isolated");
            let unanimous = replies.windows(2).all(|pair| pair[0] == pair[1]);
            assert!(size == 0 || size >= 3 * K || !unanimous, "{size} answers all the same");
        });
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_release_isolates_nobody(arrivals in arrivals(1, 90)) {
        nobody_is_isolated(&arrivals, &make(&arrivals, 1));
    }

    #[test]
    fn two_releases_isolate_nobody(arrivals in arrivals(2, 120)) {
        nobody_is_isolated(&arrivals, &make(&arrivals, 2));
    }

    #[test]
    fn a_search_that_is_cut_short_isolates_nobody(arrivals in arrivals(2, 120)) {
        let forms: Vec<Vec<Form>> = (0..2).map(|release| until(&arrivals, release)).collect();
        let hurried = |forms: &[Form], earlier: &[Earlier]| {
            let effort = Effort::of(0, 1);
            let (asked, moment) = (asked(), Moment::Closing { tables: &[] });
            Release::build_within(&effort, &asked, &atoms(forms), &[], K as u64, earlier, moment).unwrap()
        };
        let first = hurried(&forms[0], &[]);
        let earlier = [Earlier { release: first.clone(), atoms: atoms(&forms[0]) }];
        let second = hurried(&forms[1], &earlier);
        nobody_is_isolated(&arrivals, &[first, second]);
    }

    #[test]
    fn three_releases_isolate_nobody(arrivals in arrivals(3, 150)) {
        nobody_is_isolated(&arrivals, &make(&arrivals, 3));
    }
}

/// Forms with the release that first counts them and the one that no longer does.
type Stays = Vec<(usize, usize, Form)>;

fn stays(releases: usize, most: usize) -> impl Strategy<Value = Stays> {
    // most stay for good
    arrivals(releases, most).prop_flat_map(move |arrivals| {
        let count = arrivals.len();
        (Just(arrivals), prop::collection::vec(prop_oneof![4 => Just(releases), 1 => 1..=releases], count)).prop_map(
            |(arrivals, ends)| {
                let ends = arrivals.into_iter().zip(ends);
                ends.map(|((first, form), end)| (first, end.max(first + 1), form)).collect()
            },
        )
    })
}

/// The releases of forms that come and go.
fn make_with_withdrawals(stays: &Stays, releases: usize) -> Vec<Release> {
    let mut earlier = Vec::new();
    for moment in 0..releases {
        let counted = stays.iter().filter(|(first, end, _)| *first <= moment && moment < *end);
        let forms: Vec<Form> = counted.map(|(.., form)| form.clone()).collect();
        let release = closing(&asked(), &forms, K as u64, &earlier);
        earlier.push(Earlier { release, atoms: atoms(&forms) });
    }
    earlier.into_iter().map(|earlier| earlier.release).collect()
}

/// What the releases show, as sets of events: each form's coming, then each form's going, in order.
fn events(stays: &Stays, releases: &[Release]) -> Vec<Figure> {
    let mut figures = Vec::new();
    for (moment, release) in releases.iter().enumerate() {
        for (at, by, group) in groups(release).into_iter().filter(|(.., group)| !group.suppressed) {
            let had = |event: usize, form: &Form| i8::from(event <= moment && belongs(form, at, by, &group.key));
            let came = stays.iter().map(|(first, _, form)| had(*first, form));
            let figure: Figure = came.chain(stays.iter().map(|(_, end, form)| had(*end, form))).collect();
            if !figures.contains(&figure) {
                figures.push(figure);
            }
        }
    }
    figures
}

/// How many forms a set of events speaks of: those that came and did not go, or went without having come. A form that goes
/// while one comes that is the same in everything leaves no trace.
fn told(stays: &Stays, events: &Figure) -> usize {
    let (came, went) = events.split_at(events.len() / 2);
    let mut sums = std::collections::BTreeMap::<String, i32>::new();
    for ((.., form), (came, went)) in stays.iter().zip(came.iter().zip(went)) {
        *sums.entry(format!("{form:?}")).or_default() += i32::from(*came) - i32::from(*went);
    }
    sums.values().map(|sum| sum.unsigned_abs() as usize).sum()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 30, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn releases_around_withdrawals_isolate_nobody(stays in stays(3, 100)) {
        let figures = events(&stays, &make_with_withdrawals(&stays, 3));
        attack(&figures, &mut |set| {
            let size = told(&stays, set);
            assert!(size == 0 || size >= K, "{size} forms that came or went");
        });
    }
}

#[test]
fn what_somebody_had_answered_who_went_is_not_told_by_those_who_came() {
    // twelve come, all of another mind than the one who goes
    let before = [(0..30).map(|_| form(0, 0, 4)).collect(), vec![form(0, 0, 1)], parents(40, 1, 0)].concat();
    let after = [(0..42).map(|_| form(0, 0, 4)).collect(), parents(80, 1, 0)].concat();
    let asked = [questionnaire("parents", 1)];
    let release = closing(&asked, &before, 10, &[]);
    let earlier = [Earlier { release, atoms: atoms(&before) }];
    let release = closing(&asked, &after, 10, &earlier);
    let figures = group(&release, Some(0), "unit", "u0").figures.as_ref().unwrap();
    assert!(figures.questions[0].suppressed, "the difference says that one who answered 1 went");
}

#[test]
fn a_level_less_its_schools_does_not_leave_the_small_school() {
    let forms = [parents(30, 0, 0), parents(20, 1, 0), parents(6, 2, 0), parents(25, 2, 1)].concat();
    let release = closing(&[questionnaire("parents", 1)], &forms, 10, &[]);
    let open = |by: &str, key: &str| !group(&release, None, by, key).suppressed;
    assert!(open("total", "total"));
    let leak = open("level", "l0") && open("unit", "u0") && open("unit", "u1");
    assert!(!leak, "l0 − u0 − u1 = the six parents of u2 at l0");
    let other = open("unit", "u2") && open("level", "l1");
    assert!(!other, "u2 − l1 = the six parents of u2 at l0");
}

#[test]
fn the_total_less_all_other_schools_does_not_leave_the_small_one() {
    let forms = [parents(30, 0, 0), parents(20, 1, 0), parents(40, 2, 0), parents(3, 3, 0)].concat();
    let release = closing(&[questionnaire("parents", 1)], &forms, 10, &[]);
    let hidden: Vec<bool> =
        ["u0", "u1", "u2", "u3"].iter().map(|key| group(&release, None, "unit", key).suppressed).collect();
    assert_eq!(hidden, [false, true, false, true], "the small one and the next smallest");
    assert!(!group(&release, None, "total", "total").suppressed);
}

#[test]
fn unanimous_answers_on_a_small_base_are_hidden_and_cannot_be_had_by_subtraction() {
    let unanimous: Vec<Form> = (0..15).map(|_| form(0, 0, 4)).collect();
    let forms = [unanimous, parents(40, 1, 0), parents(40, 2, 0)].concat();
    let release = closing(&[questionnaire("parents", 1)], &forms, 10, &[]);
    let hidden = |by: &str, key: &str| {
        let figures = group(&release, Some(0), by, key).figures.as_ref().unwrap();
        figures.questions[0].suppressed
    };
    assert!(hidden("unit", "u0"));
    assert!(hidden("unit", "u1") || hidden("unit", "u2"));
    assert!(!hidden("total", "total"));
}

#[test]
fn unanimous_answers_on_a_large_base_are_shown() {
    let unanimous: Vec<Form> = (0..30).map(|_| form(0, 0, 4)).collect();
    let release = closing(&[questionnaire("parents", 1)], &[unanimous, parents(40, 1, 0)].concat(), 10, &[]);
    let figures = group(&release, Some(0), "unit", "u0").figures.as_ref().unwrap();
    assert!(!figures.questions[0].suppressed);
}

#[test]
fn a_withdrawal_between_releases_is_not_shown() {
    let before = [parents(30, 0, 0), parents(30, 1, 0)].concat();
    let asked = [questionnaire("parents", 1)];
    let release = closing(&asked, &before, 10, &[]);
    let earlier = [Earlier { release, atoms: atoms(&before) }];
    let release = closing(&asked, &before[1..], 10, &earlier);
    for (_, by, group) in groups(&release) {
        let untouched = by == "unit" && group.key == "u1";
        assert_eq!(group.suppressed, !untouched, "{by} {}", group.key);
    }
}

#[test]
fn a_later_handful_is_not_shown_by_the_difference_of_releases() {
    let before = [parents(30, 0, 0), parents(30, 1, 0)].concat();
    let after = [before.clone(), parents(4, 0, 0), parents(15, 1, 0)].concat();
    let asked = [questionnaire("parents", 1)];
    let release = closing(&asked, &before, 10, &[]);
    let earlier = [Earlier { release, atoms: atoms(&before) }];
    let release = closing(&asked, &after, 10, &earlier);
    assert!(group(&release, None, "unit", "u0").suppressed, "four came");
    assert!(!group(&release, None, "total", "total").suppressed, "nineteen came");
    assert!(group(&release, None, "unit", "u1").suppressed, "the total less this one tells the four");
}
