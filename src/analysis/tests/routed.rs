//! Questions that are asked only of those who answered another one in some way.

use proptest::prelude::*;

use super::attack::{Arrivals, attack, make_with, memberships};
use super::*;

const K: usize = 4;
const YES: Reply = Reply::Choice(4);
const NO: Reply = Reply::Choice(0);

/// A1 and A2 are asked of all, A3 of those who say 5 to A1, A4 and A6 of those who say 5 to A1 or to A2,
/// A5 of those of whom A3 is asked and who say 5 to it, A7 of those of whom A6 is not asked.
fn routed() -> Questionnaire {
    let mut asked = questionnaire("parents", 7);
    for question in [5, 6] {
        asked.questions[question].depends_on = vec!["A1".to_owned(), "A2".to_owned()];
    }
    asked.questions[2].depends_on = vec!["A1".to_owned()];
    asked.questions[3].depends_on = vec!["A1".to_owned(), "A2".to_owned()];
    asked.questions[4].depends_on = vec!["A3".to_owned()];
    asked
}

/// Drops the answers to questions that are not asked.
fn follow_rules(form: &mut Form) {
    let yes = |form: &Form, question: usize| form.answers[question] == YES;
    let either = yes(form, 0) || yes(form, 1);
    for (question, asked) in [(2, yes(form, 0)), (3, either), (5, either), (6, !either)] {
        if !asked {
            form.answers[question] = Reply::NotAsked;
        }
    }
    if !yes(form, 2) {
        form.answers[4] = Reply::NotAsked;
    }
}

fn arrivals() -> impl Strategy<Value = Arrivals> {
    let first = prop_oneof![1 => Just(Reply::Skipped), 2 => Just(NO), 7 => Just(YES)];
    let later = prop_oneof![1 => Just(Reply::Skipped), 1 => Just(Reply::NotApplicable), 3 => Just(NO), 5 => Just(YES)];
    let place = (0..3_usize, 0..2_usize, 0..2_usize);
    let answers = (prop::collection::vec(first, 2), prop::collection::vec(later, 5));
    let form = (place, answers).prop_map(|((unit, channel, grade), (first, later))| {
        let answers = [first, later].concat();
        let mut form = Form { questionnaire: 0, unit, level: 0, channel, grade, answers };
        follow_rules(&mut form);
        form
    });
    prop::collection::vec((0..2_usize, form), 1..90)
}

/// Whether all of a set gave the same reply, and whether there is one.
fn agree(replies: &[Reply]) -> bool {
    !replies.is_empty() && replies.windows(2).all(|pair| pair[0] == pair[1])
}

/// Sees in every question what its own figures and those of the questions that depend on it tell.
fn nothing_is_told_by_who_is_asked(arrivals: &Arrivals, releases: &[Release]) {
    for (question, telling) in [(0, vec![0, 2, 3, 4, 5, 6]), (1, vec![1, 3, 5, 6]), (2, vec![2, 4])] {
        let answered = |form: &Form| matches!(form.answers[question], Reply::Choice(_));
        attack(&memberships(arrivals, releases, &telling, answered), &mut |set| {
            let of = set.iter().zip(arrivals).filter(|(value, _)| **value == 1);
            let replies: Vec<Reply> = of.map(|(_, (_, form))| form.answers[question]).collect();
            assert!(replies.is_empty() || replies.len() >= K, "{} answers isolated", replies.len());
            assert!(!agree(&replies) || replies.len() >= 3 * K, "{} answers all the same", replies.len());
        });
    }
    for (question, telling) in [(2, vec![2]), (3, vec![3, 5, 6]), (6, vec![3, 5, 6]), (4, vec![4])] {
        attack(&memberships(arrivals, releases, &telling, |_| true), &mut |set| {
            let of: Vec<_> = set.iter().zip(arrivals).filter(|(value, _)| **value == 1).collect();
            let all = of.iter().all(|(_, (_, form))| form.answers[question] != Reply::NotAsked);
            assert!(of.is_empty() || !all || of.len() >= 3 * K, "all {} were asked", of.len());
        });
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn who_is_asked_tells_no_answer(arrivals in arrivals()) {
        for releases in [1, 2] {
            nothing_is_told_by_who_is_asked(&arrivals, &make_with(&[routed()], &arrivals, releases, K as u64));
        }
    }
}

/// `number` forms of a school: what they say to A1 and A2; the rest follows.
fn school(unit: usize, number: usize, first: impl Fn(usize) -> Reply, second: impl Fn(usize) -> Reply) -> Vec<Form> {
    let forms = (0..number).map(|parent| {
        let (third, last) = ([NO, YES][parent / 2 % 2], Reply::Choice(parent % 5));
        let answers = vec![first(parent), second(parent), third, last, last, last, last];
        let mut form = Form { questionnaire: 0, unit, level: 0, channel: 0, grade: parent / 4 % 2, answers };
        follow_rules(&mut form);
        form
    });
    forms.collect()
}

fn mixed(parent: usize) -> Reply {
    if parent.is_multiple_of(3) { NO } else { YES }
}

fn hidden(release: &Release, key: &str) -> Vec<bool> {
    let figures = group(release, Some(0), "unit", key).figures.as_ref().unwrap();
    figures.questions.iter().map(|question| question.suppressed).collect()
}

#[test]
fn what_is_asked_because_of_a_hidden_answer_is_hidden_too() {
    let forms = [school(0, 14, |_| YES, mixed), school(1, 60, mixed, mixed), school(2, 90, mixed, mixed)].concat();
    let release = closing(&[routed()], &forms, 10, &[]);
    let small = hidden(&release, "u0");
    assert!(small[0] && small[2] && small[3] && small[4], "all 14 said yes to A1: {small:?}");
    assert!(!small[1], "A2 says nothing of A1");
    let figures = group(&release, Some(0), "unit", "u0").figures.as_ref().unwrap();
    assert!(figures.indices[0].suppressed);
    assert_eq!(hidden(&release, "u2")[..6], [false; 6]);
}

#[test]
fn that_all_fulfil_a_rule_about_two_answers_is_hidden() {
    let (odd, even) = (|parent: usize| [YES, NO][parent % 2], |parent: usize| [NO, YES][parent % 2]);
    let forms = [school(0, 14, odd, even), school(1, 60, mixed, mixed), school(2, 90, mixed, mixed)].concat();
    let release = closing(&[routed()], &forms, 10, &[]);
    let small = hidden(&release, "u0");
    assert!(!small[0] && !small[1], "half say yes to A1 and the other half to A2");
    assert!(small[3], "all were asked A4, so each said yes to one of the two");
    assert!(hidden(&release, "u1")[3], "the total less u2 and this one tells the same");
}

#[test]
fn what_an_earlier_release_told_by_asking_counts_as_told() {
    let before = [school(0, 14, |_| YES, mixed), school(1, 60, mixed, mixed)].concat();
    let after = [before.clone(), school(0, 12, |_| NO, mixed), school(1, 60, mixed, mixed)].concat();
    let mut careless = routed();
    careless.questions.iter_mut().for_each(|question| question.depends_on.clear());
    let release = closing(&[careless], &before, 10, &[]);
    assert_eq!(hidden(&release, "u0")[..4], [true, false, false, false], "made before the rule");
    let earlier = [Earlier { release, atoms: atoms(&before) }];
    let release = closing(&[routed()], &after, 10, &earlier);
    assert!(hidden(&release, "u0")[0], "A1 less what A3 told earlier: twelve who all said no");
}

#[test]
fn a_table_by_the_deciding_question_shows_what_is_asked_there() {
    let mut asked = routed();
    asked.questions[0].code = "grade".to_owned();
    asked.questions[2].depends_on = vec!["grade".to_owned()];
    asked.questions[3..].iter_mut().for_each(|question| question.depends_on.clear());
    asked.indices.clear();
    let form = |parent: usize, grade: usize| Form {
        questionnaire: 0,
        unit: 0,
        level: 0,
        channel: 0,
        grade,
        answers: vec![[NO, YES][grade], mixed(parent), Reply::Choice(parent % 5), NO, YES, NO, NO],
    };
    let mut forms: Vec<Form> = (0..55).map(|parent| form(parent, usize::from(parent < 15))).collect();
    forms.iter_mut().for_each(follow_rules);
    let release = closing(&[asked], &forms, 10, &[]);
    let figures = group(&release, Some(0), "grade", "g1").figures.as_ref().unwrap();
    assert!(!figures.questions[0].suppressed, "that all of grade 1 are in grade 1 is no secret");
    assert_eq!(figures.questions[2].answers.as_ref().map(|answers| answers.asked), Some(15));
}

/// The same questions and answers, last ones first.
fn turned(mut asked: Questionnaire, mut forms: Vec<Form>) -> (Questionnaire, Vec<Form>) {
    asked.questions.reverse();
    forms.iter_mut().for_each(|form| form.answers.reverse());
    (asked, forms)
}

#[test]
fn what_a_later_question_decides_is_hidden_with_it_too() {
    let forms = [school(0, 14, |_| YES, mixed), school(1, 60, mixed, mixed), school(2, 90, mixed, mixed)].concat();
    let (asked, forms) = turned(routed(), forms);
    let small = hidden(&closing(&[asked], &forms, 10, &[]), "u0");
    assert!(small[6] && small[4] && small[3] && small[2], "all 14 said yes to A1, which stands last: {small:?}");
    assert!(!small[5], "A2 says nothing of A1");
}

#[test]
fn a_question_cannot_depend_on_itself_or_on_nothing() {
    for deciding in ["A5", "A1", "B9"] {
        let mut asked = routed();
        // A5 is asked because of A3, and A3 because of A1
        asked.questions[0].depends_on = vec![deciding.to_owned()];
        let result = Release::build(&[asked], &[], &[], 10, &[], Moment::Closing { tables: &[] });
        assert_eq!(result, Err(Refused::Malformed(Malformed::Dependency("parents".to_owned(), "A1".to_owned()))));
    }
}

#[test]
fn how_a_school_divides_into_grades_is_not_told() {
    let mut asked = questionnaire("parents", 2);
    asked.questions[0].code = "grade".to_owned();
    asked.indices.clear();
    let form = |parent: usize| Form {
        questionnaire: 0,
        unit: parent % 2,
        level: 0,
        channel: parent / 2 % 2,
        grade: parent / 4 % 2,
        answers: vec![Reply::Choice(parent / 4 % 2), Reply::Choice(parent % 5)],
    };
    let forms: Vec<Form> = (0..400).map(form).collect();
    let release = closing(&[asked], &forms, 10, &[]);
    for (at, by, group) in groups(&release).into_iter().filter(|(at, ..)| at.is_some()) {
        let figures = group.figures.as_ref().unwrap();
        assert_eq!(figures.questions[0].suppressed, !["total", "grade"].contains(&by), "{at:?} {by} {}", group.key);
        assert!(!figures.questions[1].suppressed, "{by} {}", group.key);
    }
}
