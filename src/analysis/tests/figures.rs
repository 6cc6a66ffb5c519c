//! Figures recomputed from the forms themselves.

use proptest::prelude::*;

use super::*;

fn random_forms() -> impl Strategy<Value = Vec<Form>> {
    let reply = prop_oneof![
        1 => Just(Reply::NotApplicable),
        1 => Just(Reply::Skipped),
        9 => (0..5_usize).prop_map(Reply::Choice),
    ];
    let place = (0..3_usize, 0..2_usize, 0..2_usize, 0..2_usize);
    let form = (place, prop::collection::vec(reply, 3)).prop_map(|((unit, level, channel, grade), answers)| Form {
        questionnaire: 0,
        unit,
        level,
        channel,
        grade,
        answers,
    });
    prop::collection::vec(form, 60..400)
}

/// Points given to a question by the forms of a group.
fn points(forms: &[&Form], question: usize) -> Vec<i64> {
    let replies = forms.iter().filter_map(|form| match form.answers[question] {
        Reply::Choice(choice) => Some(POINTS[choice]),
        _ => None,
    });
    replies.collect()
}

/// Half-up in plain integers.
fn rounded(numerator: i64, denominator: i64, places: u32) -> String {
    let one = 10_i64.pow(places);
    let scaled = (2 * numerator * one + denominator) / (2 * denominator);
    format!("{}.{:0width$}", scaled / one, scaled % one, width = places as usize)
}

fn check_group(forms: &[&Form], figures: &Figures) {
    assert_eq!(figures.n, forms.len() as u64);
    for (at, question) in figures.questions.iter().enumerate() {
        let Some(answers) = &question.answers else {
            continue;
        };
        let points = points(forms, at);
        let (sum, n) = (points.iter().sum::<i64>(), points.len() as i64);
        let best = points.iter().filter(|&&points| points >= 4).count();
        assert_eq!(answers.answered, n as u64);
        assert_eq!(answers.asked, forms.len() as u64);
        assert_eq!(answers.mean, Some(Mean { sum, n: n as u64, scaled_by: None, mean: rounded(sum, n, 2) }));
        let top = answers.top_two_box.as_ref().unwrap();
        assert_eq!((top.k, &top.percent), (best as u64, &rounded(100 * best as i64, n, 1)));
        let fours = points.iter().filter(|&&points| points == 4).count();
        assert_eq!(answers.distribution[3].n, fours as u64);
    }
}

fn check_index(forms: &[&Form], figures: &Figures) {
    let hidden = figures.questions.iter().any(|question| question.suppressed);
    let Some(score) = &figures.indices[0].score else {
        return assert!(hidden);
    };
    assert!(!hidden);
    let items: Vec<Vec<i64>> = (0..3).map(|question| points(forms, question)).collect();
    let all = items.concat();
    assert_eq!(score.pooled_mean, rounded(all.iter().sum(), all.len() as i64, 2));
    let best = all.iter().filter(|&&points| points >= 4).count();
    assert_eq!(score.pooled_top_two_box.percent, rounded(100 * best as i64, all.len() as i64, 1));
    let n: Vec<i64> = items.iter().map(|item| item.len() as i64).collect();
    let common = n.iter().product::<i64>();
    let sums = items.iter().zip(&n).map(|(item, n)| item.iter().sum::<i64>() * (common / n));
    assert_eq!(score.mean_of_items, rounded(sums.sum(), 3 * common, 2));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_figure_shown_is_what_the_forms_say(forms in random_forms()) {
        let release = closing(&[questionnaire("parents", 3)], &forms, 10, &[]);
        for (at, by, group) in groups(&release) {
            let Some(figures) = &group.figures else { continue };
            let own: Vec<&Form> = forms.iter().filter(|form| belongs(form, at, by, &group.key)).collect();
            check_group(&own, figures);
            if at.is_some() {
                check_index(&own, figures);
            }
        }
    }

    #[test]
    fn the_order_of_tallies_does_not_matter(forms in random_forms()) {
        let asked = [questionnaire("parents", 3)];
        let mut tallies = atoms(&forms);
        let build = |tallies: &[Atom]| {
            let release = Release::build(&asked, tallies, &[], 10, &[], Moment::Closing { tables: &[] }).unwrap();
            serde_json::to_string(&release).unwrap()
        };
        let first = build(&tallies);
        tallies.reverse();
        prop_assert_eq!(&build(&tallies), &first);
        let read: Release = serde_json::from_str(&first).unwrap();
        prop_assert_eq!(serde_json::to_string(&read).unwrap(), first);
    }
}

#[test]
fn the_two_best_levels_are_the_two_highest_points_of_any_scale() {
    let codes = |n: usize| (0..n).map(|code| code.to_string()).collect::<Vec<_>>();
    let counts = |choices: &[u64]| Counts { answered: 10, choices: choices.to_vec(), ..Counts::default() };
    let seven = Measure::Rating { codes: codes(7), points: vec![1, 2, 3, 4, 5, 6, 7] };
    assert_eq!(top_two_box(&seven, &counts(&[1, 1, 1, 1, 3, 2, 1])).unwrap().k, 3);
    let falling = Measure::Rating { codes: codes(4), points: vec![4, 3, 2, 1] };
    assert_eq!(top_two_box(&falling, &counts(&[5, 2, 2, 1])).unwrap().k, 7);
}

#[test]
fn expectation_counts_eighty_and_more() {
    let bins = [0, 50, 80, 100].map(|from| Bin { label: format!("{from}+"), from: from * 10 });
    let measure = Measure::Number { bins: bins.to_vec(), scaled_by: 10 };
    let counts = Counts { answered: 8, sum: 6_550, bins: vec![1, 2, 3, 2], ..Counts::default() };
    let result = expectation(&measure, &counts).unwrap();
    assert_eq!((result.mean.as_str(), result.n), ("81.88", 8));
    assert_eq!(result.share80, share(5, 8));
    let coarse = Measure::Number { bins: bins[..2].to_vec(), scaled_by: 10 };
    assert_eq!(expectation(&coarse, &counts).unwrap().share80, None);
}

#[test]
fn response_rates_stand_where_pupils_are_known_and_the_group_is_shown() {
    let forms = [parents(30, 0, 0), parents(20, 1, 0), parents(40, 2, 0), parents(3, 3, 0)].concat();
    let pupils = |unit: &str, pupils| Eligible { unit: unit.to_owned(), level: "l0".to_owned(), pupils: Some(pupils) };
    let eligible = [pupils("u0", 60), pupils("u2", 50), pupils("u3", 9), pupils("u4", 100)];
    let asked = [questionnaire("parents", 1)];
    let release = Release::build(&asked, &atoms(&forms), &eligible, 10, &[], Moment::Closing { tables: &[] }).unwrap();
    let school = group(&release, None, "unit", "u0").figures.as_ref().unwrap();
    assert_eq!(school.response_rate, share(30, 60));
    // the 20 forms of u1 came from nobody knows how many pupils: they must not be counted over those of the others
    let total = group(&release, None, "total", "total").figures.as_ref().unwrap();
    assert_eq!((total.n, total.eligible, &total.response_rate), (93, None, &None));
    for key in ["u3", "u4"] {
        let text = serde_json::to_string(group(&release, None, "unit", key)).unwrap();
        assert_eq!(text, format!(r#"{{"key":"{key}","suppressed":true}}"#));
    }
}

#[test]
fn no_rate_is_published_over_the_pupils_of_some_of_the_schools() {
    let pupils = |unit: &str, pupils| Eligible { unit: unit.to_owned(), level: "l0".to_owned(), pupils };
    let total = |other: Option<u64>| {
        // nobody of u1 answered
        let eligible = [pupils("u0", Some(60)), pupils("u1", other)];
        let (asked, atoms) = ([questionnaire("parents", 1)], atoms(&parents(30, 0, 0)));
        let release = Release::build(&asked, &atoms, &eligible, 10, &[], Moment::Closing { tables: &[] }).unwrap();
        group(&release, None, "total", "total").figures.as_ref().unwrap().eligible
    };
    assert_eq!(total(Some(40)), Some(100));
    assert_eq!(total(None), None);
}

#[test]
fn a_view_lists_one_figure_a_row() {
    let release = closing(&[questionnaire("parents", 1)], &parents(30, 0, 0), 10, &[]);
    let rows = release.view("unit").unwrap().csv();
    let row = |measure: &str, question: &str| {
        let mut rows = rows.iter();
        rows.find(|row| row[2] == "parents" && row[4] == question && row[5] == measure).unwrap()[6].clone()
    };
    assert_eq!(row("n", ""), "30");
    assert_eq!(row("mean", "A1"), "3.00");
    assert_eq!(row("top_two_box_percent", "A1"), "40.0");
    assert_eq!(row("choice:5", "A1"), "6");
    assert_eq!(row("pooled_mean", "A"), "3.00");
    assert!(release.view("weather").is_none());
}

#[test]
fn tallies_that_do_not_fit_are_refused() {
    let mut tallies = atoms(&parents(30, 0, 0));
    tallies[0].questions[0].answered += 1;
    let asked = [questionnaire("parents", 1)];
    let result = Release::build(&asked, &tallies, &[], 10, &[], Moment::Closing { tables: &[] });
    let fault = Malformed::Counts("parents".to_owned(), "A1".to_owned());
    assert_eq!(result, Err(Refused::Malformed(fault)));
}

/// `number` orders of a, b and c of which the first two are asked for: every third begins with another item, unless all agree.
fn ranked(number: u64, agree: bool) -> Counts {
    let (a, b, c) = if agree { (number, 0, 0) } else { (number - 2 * (number / 3), number / 3, number / 3) };
    let choices = if agree { vec![a, 0, a, 0, a, a, 0, 0, 0] } else { vec![a, c, a + c, b, a, a + b, c, b, b + c] };
    Counts { asked: number, answered: number, choices, ..Counts::default() }
}

#[test]
fn a_rank_is_shown_by_item_and_position_unless_all_of_a_small_group_agree() {
    let codes = ["a", "b", "c"].map(str::to_owned).to_vec();
    let mut asked = questionnaire("parents", 1);
    asked.questions[0].measure = Measure::Rank { codes, positions: 2 };
    (asked.indices, asked.overall) = (Vec::new(), None);
    let mut tallies = atoms(&[parents(12, 0, 0), parents(12, 1, 0), parents(40, 2, 0)].concat());
    for (atom, agree) in tallies.iter_mut().zip([false, true, true]) {
        atom.questions = vec![ranked(atom.n, agree)];
    }
    let release = Release::build(&[asked.clone()], &tallies, &[], 10, &[], Moment::Closing { tables: &[] }).unwrap();
    let question = |unit: &str| &group(&release, Some(0), "unit", unit).figures.as_ref().unwrap().questions[0];
    assert_eq!([question("u0"), question("u1"), question("u2")].map(|q| q.suppressed), [true, true, false]);
    let shown = question("u2").answers.as_ref().unwrap();
    let cells: Vec<_> = shown.distribution.iter().map(|cell| (cell.code.as_str(), cell.n)).collect();
    assert_eq!(cells[..6], [("a:1", 40), ("a:2", 0), ("a", 40), ("b:1", 0), ("b:2", 40), ("b", 40)]);
    tallies[0].questions[0].choices[2] += 1;
    assert!(
        Release::build(&[asked], &tallies, &[], 10, &[], Moment::Closing { tables: &[] }).is_err(),
        "named more often than placed"
    );
}
