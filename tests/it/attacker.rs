//! Somebody who keeps everything that the feed ever said, and adds and subtracts.
//!
//! Every published row is a sum over groups of forms: those of one school, channel and grade that came in between two
//! releases. What can be computed from the rows is their linear span. A set of groups is found out when the vector that is 1
//! on it and 0 elsewhere lies in the span; here all sets of fewer than k forms are tried.

use std::collections::{BTreeMap, BTreeSet};

use langnghe::store::rounds;
use langnghe::survey::access::Scope;
use serde_json::{Value, json};

use crate::support::{FORM, OTHER_PRIMARY, PRIMARY, ROUND, TestApp, app_for, key};

const K: u64 = 10;
const THIRD: &str = "TH-BEN-SEN";
const TABLES: [&str; 5] = ["total", "unit", "level", "channel", "khoi_lop"];
/// Answered by all; often skipped or not applicable; asked of some only; answered alike by all parents of one school.
const QUESTIONS: [&str; 4] = ["A1", "A2", "D6", "C1"];
/// 2⁶¹ − 1.
const PRIME: u64 = (1 << 61) - 1;

/// What the published rows say of one group of forms: which of them count it, and what it weighs; `None` where a set with it
/// in it is none of our concern.
type Column = (Vec<bool>, Option<u64>);

/// A set of columns that weighs less than `limit` although the rows give it away, if there is one.
fn found_out(columns: &[Column], limit: u64) -> Option<Vec<usize>> {
    // what no row tells apart stays together
    let mut merged: BTreeMap<&[bool], (Option<u64>, Vec<usize>)> = BTreeMap::new();
    for (at, (rows, weight)) in columns.iter().enumerate().filter(|(_, (rows, _))| rows.contains(&true)) {
        let (sum, members) = merged.entry(rows).or_insert((Some(0), Vec::new()));
        *sum = sum.zip(*weight).map(|(sum, weight)| sum + weight);
        members.push(at);
    }
    let (light, heavy): (Vec<_>, Vec<_>) =
        merged.into_iter().partition(|(_, (weight, _))| weight.is_some_and(|weight| weight < limit));
    let vectors = |part: &[(&[bool], _)]| part.iter().map(|(rows, _)| rows.to_vec()).collect::<Vec<_>>();
    let weights: Vec<u64> = light.iter().filter_map(|(_, (weight, _))| *weight).collect();
    let basis = zero_on_the_first(&vectors(&heavy), &vectors(&light));
    let chosen = small_sum(&basis, &weights, limit, &vec![0; weights.len()], limit)?;
    Some(chosen.into_iter().flat_map(|at| light[at].1.1.clone()).collect())
}

/// One row of a reduced basis: its pivot, and the whole vector.
type Pivoted = (usize, Vec<u64>);

/// A reduced basis of the combinations of rows that are zero on all of `heavy`, over `light`: Gauss and Jordan modulo a prime.
fn zero_on_the_first(heavy: &[Vec<bool>], light: &[Vec<bool>]) -> Vec<Pivoted> {
    let columns: Vec<&Vec<bool>> = heavy.iter().chain(light).collect();
    let count = columns.first().map_or(0, |rows| rows.len());
    let mut left: Vec<Vec<u64>> =
        (0..count).map(|row| columns.iter().map(|column| u64::from(column[row])).collect()).collect();
    let mut done: Vec<Pivoted> = Vec::new();
    for column in 0..columns.len() {
        let Some(row) = left.iter().position(|row| row[column] != 0) else { continue };
        let row = left.swap_remove(row);
        let scale = inverse(row[column]);
        let row: Vec<u64> = row.iter().map(|&value| times(value, scale)).collect();
        for other in left.iter_mut().chain(done.iter_mut().map(|(_, row)| row)) {
            let factor = PRIME - other[column];
            other.iter_mut().zip(&row).for_each(|(value, base)| *value = (*value + times(factor, *base)) % PRIME);
        }
        done.push((column, row));
    }
    let own = done.into_iter().filter(|(pivot, _)| *pivot >= heavy.len());
    own.map(|(pivot, row)| (pivot - heavy.len(), row[heavy.len()..].to_vec())).collect()
}

/// A sum of basis rows that is 0 or 1 everywhere and weighs less than `limit`, as the places of its ones. Each row is 1 at its
/// own pivot, where all others are 0: none can be taken twice, and each takes the weight of its pivot from what is `left`.
fn small_sum(basis: &[Pivoted], weights: &[u64], limit: u64, sum: &[u64], left: u64) -> Option<Vec<usize>> {
    basis.iter().enumerate().find_map(|(at, (pivot, row))| {
        let left = left.checked_sub(weights[*pivot]).filter(|left| *left > 0)?;
        let sum: Vec<u64> = sum.iter().zip(row).map(|(a, b)| (a + b) % PRIME).collect();
        let ones: Vec<usize> = (0..sum.len()).filter(|at| sum[*at] == 1).collect();
        let small = ones.iter().map(|at| weights[*at]).sum::<u64>() < limit;
        if small && sum.iter().all(|value| *value <= 1) {
            return Some(ones);
        }
        small_sum(&basis[at + 1..], weights, limit, &sum, left)
    })
}

fn times(a: u64, b: u64) -> u64 {
    (u128::from(a) * u128::from(b) % u128::from(PRIME)) as u64
}

/// By Fermat's little theorem.
fn inverse(value: u64) -> u64 {
    let mut power = value;
    let mut product = 1;
    for bit in 0..61 {
        if (PRIME - 2) >> bit & 1 == 1 {
            product = times(product, power);
        }
        power = times(power, power);
    }
    product
}

/// A form, as somebody knows of it who knows everything but what it is in which figure.
struct Sent {
    unit: &'static str,
    channel: &'static str,
    answers: Value,
}

impl Sent {
    /// The `i`-th form: schools, channels and grades of unequal size, and answers that differ.
    fn number(i: usize) -> Self {
        // after a while hardly anybody of the third school is left
        let last = if i < 84 || i % 6 == 3 { THIRD } else { OTHER_PRIMARY };
        let unit = [PRIMARY, OTHER_PRIMARY, last, PRIMARY, OTHER_PRIMARY, PRIMARY, last][i % 7];
        let channel = if i % 5 < 3 { "truong" } else { "mat_tran" };
        let grade = if i % 23 == 22 { 4 } else { 1 + i % 11 / 4 };
        let rating = |step: usize| (1 + (i * step) % 5).to_string();
        let mut answers = json!({"khoi_lop": format!("lop_{grade}"), "A1": rating(1), "ban_tru": "khong"});
        answers["C1"] = if unit == THIRD { "5".into() } else { rating(4).into() };
        match i % 9 {
            0..=3 if unit != THIRD => answers["A2"] = rating(3).into(),
            4 => answers["A2"] = "9".into(),
            8 => answers["A2"] = "5".into(),
            _ => {}
        }
        if i % 4 < 3 {
            answers["ban_tru"] = "co".into();
            answers["D6"] = if i % 4 < 2 { rating(2).into() } else { Value::Null };
        }
        Self { unit, channel, answers }
    }

    fn grade(&self) -> &str {
        self.answers["khoi_lop"].as_str().unwrap()
    }

    fn is_in(&self, by: &str, key: &str) -> bool {
        match by {
            "total" => true,
            "unit" => key == self.unit,
            "level" => key == "tieu_hoc",
            "channel" => key == self.channel,
            "khoi_lop" => key == self.grade(),
            _ => panic!("an unknown table {by}"),
        }
    }

    /// The choice that counts for a question.
    fn choice(&self, question: &str) -> Option<&str> {
        self.answers[question].as_str().filter(|choice| *choice != "9")
    }
}

/// One row that was published: which group at which release, and what it said.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Row {
    release: i64,
    by: String,
    key: String,
    n: u64,
    /// Per question of ours that is shown.
    answered: BTreeMap<&'static str, u64>,
}

impl Row {
    fn of(release: i64, by: &str, group: &Value) -> Option<Self> {
        if group["suppressed"] == true {
            return None;
        }
        let questions = group["questions"].as_array().map(Vec::as_slice).unwrap_or_default();
        let shown = |question: &&'static str| questions.iter().find(|told| told["code"] == **question);
        let answered = |question| Some((question, shown(&question)?["answered"].as_u64()?));
        Some(Self {
            release,
            by: by.to_owned(),
            key: group["key"].as_str().unwrap().to_owned(),
            n: group["n"].as_u64().unwrap(),
            answered: QUESTIONS.into_iter().filter_map(answered).collect(),
        })
    }
}

/// Everything that was ever read.
#[derive(Default)]
struct Notes {
    tags: BTreeMap<(&'static str, &'static str), String>,
    rows: BTreeSet<Row>,
}

impl Notes {
    /// All tables that a token opens; one that has not changed is not sent again.
    async fn read(&mut self, app: &TestApp, who: &'static str, token: &str, tables: &[&'static str]) {
        for by in TABLES {
            let known = self.tags.get(&(who, by)).cloned().unwrap_or_default();
            let url = app.path(&format!("/api/v1/rounds/{ROUND}/tallies?by={by}"));
            let answer = app.client.get(url).bearer_auth(token).header("If-None-Match", known).send().await.unwrap();
            let status = answer.status().as_u16();
            if !tables.contains(&by) || status == 304 {
                assert_eq!(status, if tables.contains(&by) { 304 } else { 403 }, "{who} asks for the table by {by}");
                continue;
            }
            self.tags.insert((who, by), answer.headers()["etag"].to_str().unwrap().to_owned());
            let told: Value = answer.json().await.unwrap();
            let Some(release) = told["release"]["number"].as_i64() else { continue };
            let sheets = told["questionnaires"].as_array().unwrap().iter().map(|sheet| &sheet["groups"]);
            let groups = [&told["groups"]].into_iter().chain(sheets).flat_map(|groups| groups.as_array().unwrap());
            self.rows.extend(groups.filter_map(|group| Row::of(release, by, group)));
        }
    }

    /// How many forms each release counts.
    fn releases(&self) -> Vec<(i64, usize)> {
        let totals = self.rows.iter().filter(|row| row.by == "total");
        let sizes: BTreeMap<i64, usize> = totals.map(|row| (row.release, row.n as usize)).collect();
        let told: BTreeSet<i64> = self.rows.iter().map(|row| row.release).collect();
        assert_eq!(told, sizes.keys().copied().collect(), "every release tells its total");
        sizes.into_iter().collect()
    }

    /// Whether a table of an interim release was more than hidden rows, from this release on.
    fn shows(&self, from: i64, by: &str) -> bool {
        let last = self.releases().len() as i64;
        self.rows.iter().any(|row| row.by == by && (from..last).contains(&row.release))
    }

    /// The matrix of all rows over groups of forms, each weighing what `weight` makes of its forms.
    fn matrix(
        &self,
        sent: &[Sent],
        shows: impl Fn(&Row) -> bool,
        weight: impl Fn(&[&Sent]) -> Option<u64>,
    ) -> Vec<(String, Column)> {
        let releases = self.releases();
        let mut groups: BTreeMap<_, Vec<&Sent>> = BTreeMap::new();
        for (i, form) in sent.iter().enumerate() {
            let first = releases.iter().find(|(_, size)| i < *size).expect("the last release counts every form");
            groups.entry((form.unit, form.channel, form.grade(), first.0)).or_default().push(form);
        }
        let rows: Vec<&Row> = self.rows.iter().filter(|row| shows(row)).collect();
        let column = |(name, forms): ((&str, &str, &str, i64), Vec<&Sent>)| {
            let first = name.3;
            let covers = |row: &&Row| first <= row.release && forms[0].is_in(&row.by, &row.key);
            (format!("{name:?}"), (rows.iter().map(covers).collect(), weight(&forms)))
        };
        groups.into_iter().map(column).filter(|(_, (_, weight))| *weight != Some(0)).collect()
    }
}

/// No set of groups of forms that weighs less than `limit` is given away.
fn harmless(matrix: &[(String, Column)], limit: u64, what: &str) {
    let columns: Vec<Column> = matrix.iter().map(|(_, column)| column.clone()).collect();
    if let Some(set) = found_out(&columns, limit) {
        let names: Vec<&String> = set.iter().map(|at| &matrix[*at].0).collect();
        panic!("{what}: adding and subtracting gives away {names:?}");
    }
}

/// Sends forms and reads everything after each of them, to the closing release.
async fn watch(app: &TestApp, forms: usize, is_looked_at: impl Fn(usize) -> bool) -> (Notes, Vec<Sent>) {
    let [office, ward] = ["SO-AN-LANH", "P-HOA-BAN"].map(|unit| app.token(unit, Scope::Aggregates));
    let (mut notes, mut sent) = (Notes::default(), Vec::new());
    for i in 0..=forms {
        if i < forms {
            let form = Sent::number(i);
            let code = &app.codes[&(form.unit.to_owned(), form.channel.to_owned())];
            assert_eq!(app.post(code, json!({"key": key(), "answers": form.answers})).await.status(), 201);
            sent.push(form);
        }
        if i == forms {
            app.freeze().await;
        } else if is_looked_at(i) {
            app.look().await;
        }
        notes.read(app, "office", &office, &TABLES).await;
        notes.read(app, "ward", &ward, &["unit"]).await;
    }
    (notes, sent)
}

/// Every row counts what its name says; so the matrix is that of what was published.
fn rows_mean_what_they_say(notes: &Notes, sent: &[Sent]) {
    let releases: BTreeMap<i64, usize> = notes.releases().into_iter().collect();
    for row in &notes.rows {
        let own = sent[..releases[&row.release]].iter().filter(|form| form.is_in(&row.by, &row.key));
        let own: Vec<&Sent> = own.collect();
        assert_eq!(row.n, own.len() as u64, "{} {} of release {}", row.by, row.key, row.release);
        for (question, told) in &row.answered {
            assert_eq!(*told, answers(&own, question), "{} {} of release {}", row.by, row.key, row.release);
        }
    }
}

fn answers(forms: &[&Sent], question: &str) -> u64 {
    forms.iter().filter(|form| form.choice(question).is_some()).count() as u64
}

/// The attack itself: by numbers of forms, by the base of each question, and by answers that are all the same.
fn finds_nothing(notes: &Notes, sent: &[Sent]) {
    rows_mean_what_they_say(notes, sent);
    harmless(&notes.matrix(sent, |_| true, |forms| Some(forms.len() as u64)), K, "forms");
    for question in QUESTIONS {
        let shows = |row: &Row| row.answered.contains_key(question);
        harmless(&notes.matrix(sent, shows, |forms| Some(answers(forms, question))), K, question);
        for choice in ["1", "2", "3", "4", "5"] {
            let agree = |forms: &[&Sent]| forms.iter().filter_map(|form| form.choice(question)).all(|c| c == choice);
            let agreeing = |forms: &[&Sent]| agree(forms).then(|| answers(forms, question));
            harmless(&notes.matrix(sent, shows, agreeing), 3 * K, &format!("{question}, all of them {choice}"));
        }
    }
}

async fn open_to_interim_releases() -> TestApp {
    let app = app_for(&[FORM], &[PRIMARY, OTHER_PRIMARY, THIRD]).await;
    app.change(|db, id| rounds::allow_interim(db, id, Some(app.state.clock.now())));
    app
}

#[tokio::test]
async fn whoever_reads_everything_after_every_form_with_two_tokens_never_finds_a_small_group() {
    let app = open_to_interim_releases().await;
    // every change at first, and later seldom, so that schools and grades are shown too
    let (notes, sent) = watch(&app, 200, |i| i < 40 || i % 45 == 0).await;
    let releases = notes.releases();
    assert!(releases.len() >= 5 && releases.last().is_some_and(|(_, size)| *size == sent.len()), "{releases:?}");
    assert!(notes.shows(3, "unit") && notes.shows(3, "channel") && notes.shows(3, "khoi_lop"), "groups are shown");
    finds_nothing(&notes, &sent);
}

#[tokio::test]
async fn nor_when_a_release_is_possible_after_every_single_form() {
    let app = open_to_interim_releases().await;
    let (notes, sent) = watch(&app, 200, |_| true).await;
    assert!(notes.releases().len() >= 5, "{:?}", notes.releases());
    finds_nothing(&notes, &sent);
}

/// Rows over groups of these weights, one string of zeros and ones each.
fn columns(rows: &[&str], weights: &[u64]) -> Vec<Column> {
    let counts = |at: usize| rows.iter().map(|row| row.as_bytes()[at] == b'1').collect();
    weights.iter().enumerate().map(|(at, weight)| (counts(at), Some(*weight))).collect()
}

#[test]
fn the_attack_itself_finds_what_can_be_found() {
    let known = |rows: &[&str], weights: &[u64]| found_out(&columns(rows, weights), K);
    assert_eq!(known(&["111", "110"], &[40, 20, 3]), Some(vec![2]), "the total less two schools");
    assert_eq!(known(&["111", "100"], &[40, 8, 3]), None, "eleven forms of two schools");
    assert_eq!(known(&["111", "100"], &[40, 5, 4]), Some(vec![1, 2]), "nine forms of two schools");
    assert_eq!(known(&["110", "101", "011"], &[4, 40, 40]), Some(vec![0]), "half of a difference");
}
