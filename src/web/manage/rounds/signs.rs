//! `/manage/rounds/{slug}/signs`: what the steering unit may want to ask a school about. Each sign comes with its rule and its
//! figures; none is a verdict.

use std::collections::{BTreeMap, HashMap};

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::read;
use crate::analysis::signs::{self, Observed, Outlier, Sign};
use crate::catalogue::{Catalogue, Published};
use crate::state::State;
use crate::store::rounds::RoundRow;
use crate::store::{Db, StoreError, arrivals, pressure, rounds, tallies};
use crate::survey::layout::COMMON;
use crate::survey::question::Measure;
use crate::vietnamese::compare;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::page;
use crate::web::session::Steering;
use crate::web::words::Words;

/// Schools with signs.
#[derive(Template)]
#[template(path = "web/manage/rounds/signs.html")]
struct SignsPage {
    desk: DeskFrame,
    round: RoundRow,
    schools: Vec<(String, Vec<String>)>,
    rules: Vec<String>,
    formula: String,
    told: String,
    /// That some schools could not be compared; none: all could.
    uncompared: Option<String>,
    is_sealed: bool,
}

/// `GET …/signs`
pub(super) async fn show(
    request: HttpRequest,
    officer: Steering,
    state: web::Data<State>,
    slug: web::Path<String>,
) -> Result<HttpResponse, Failure> {
    let (catalogue, today) = (state.catalogue.clone(), state.clock.today());
    let (round, names, observed) = read(&state, &officer, &slug, move |db, round| {
        let names: HashMap<i64, String> = rounds::units(db, round.id)?.into_iter().map(|u| (u.id, u.name)).collect();
        let mut observed = observed(db, &catalogue, round.id, today)?;
        observed.retain(|unit, _| names.contains_key(unit));
        Ok((round, names, observed))
    })
    .await?;
    let words = officer.words;
    let (units, schools): (Vec<i64>, Vec<Observed>) = observed.into_iter().unzip();
    let is_sealed = round.is_sealed();
    let found = units.iter().zip(signs::signs(&schools)).map(|(unit, mut signs)| {
        // a share of marks is a result, and this round keeps those shut until it is over
        signs.retain(|sign| !(is_sealed && matches!(sign, Sign::Best(_) | Sign::Alike(_))));
        (unit, signs)
    });
    let found = found.filter(|(_, signs)| !signs.is_empty());
    let mut named: Vec<(String, Vec<String>)> = found
        .map(|(unit, signs)| {
            let name = names.get(unit).cloned().unwrap_or_default();
            (name, signs.iter().map(|sign| sentence(sign, words)).collect())
        })
        .collect();
    named.sort_by(|a, b| compare(&a.0, &b.0));
    let told: u64 = schools.iter().map(|school| school.told).sum();
    page::show(&SignsPage {
        desk: DeskFrame::new(&request, &officer, Room::Rounds),
        told: words.number(number(told)),
        rules: rules(words),
        formula: words.with("sign-formula", "distance", signs::DISTANCE / 10),
        uncompared: uncompared(signs::uncompared(&schools), words),
        is_sealed,
        schools: named,
        round,
    })
}

/// The sentence about schools with a crowd that cannot be compared; none where there are none.
pub(in crate::web) fn uncompared(schools: usize, words: Words) -> Option<String> {
    let forms = ("forms", signs::ENOUGH_FORMS.to_string());
    let others = ("others", signs::ENOUGH_OTHERS.to_string());
    (schools > 0).then(|| words.fill("signs-uncompared", [("n", schools.to_string()), forms, others]))
}

fn number(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn positive(n: i64) -> u64 {
    u64::try_from(n).unwrap_or(0)
}

/// What is known about each unit's forms, from counts alone.
///
/// # Errors
/// The database failed.
pub(in crate::web) fn observed(
    db: &mut Db,
    catalogue: &Catalogue,
    round_id: i64,
    today: chrono::NaiveDate,
) -> Result<BTreeMap<i64, Observed>, StoreError> {
    let forms = catalogue.of_round(db, round_id)?;
    let mut observed = BTreeMap::<i64, Observed>::new();
    let mut levels = HashMap::<i64, BTreeMap<&str, i64>>::new();
    for (key, counts) in tallies::of_round(db, round_id)? {
        let Some(form) = forms.iter().find(|form| form.id == key.version_id) else { continue };
        let school = observed.entry(key.unit_id).or_default();
        let (ratings, best) = marks(form, &counts.cells);
        school.n += positive(counts.n);
        school.ratings += ratings;
        school.best += best;
        *levels.entry(key.unit_id).or_default().entry(form.questionnaire.level_code()).or_insert(0) += counts.n;
    }
    for (unit, arrived) in arrivals::of_round(db, round_id, today)?.units {
        let school = observed.entry(unit).or_default();
        school.peak = positive(arrived.peak);
        school.rated = positive(arrived.rated);
        school.alike = positive(arrived.alike);
    }
    for (unit, told) in pressure::of_round(db, round_id)? {
        observed.entry(unit).or_default().told = positive(told);
    }
    for (unit, school) in &mut observed {
        let most = levels.get(unit).and_then(|own| own.iter().max_by_key(|(_, n)| **n));
        school.level = most.map(|(level, _)| (*level).to_owned()).unwrap_or_default();
    }
    Ok(observed)
}

/// All ratings of a form's counters, and those with the highest mark of their scale.
fn marks(form: &Published, cells: &[i64]) -> (u64, u64) {
    let mut sums = (0, 0);
    for (place, measure) in form.layout.measures().iter().enumerate() {
        let Measure::Rating { points, .. } = measure else { continue };
        let own = form.layout.cells(cells, place);
        let best = points.iter().enumerate().max_by_key(|(_, point)| **point).map(|(at, _)| at);
        sums.0 += own.get(1).copied().map_or(0, positive);
        sums.1 += best.and_then(|at| own.get(COMMON + at)).copied().map_or(0, positive);
    }
    sums
}

fn sentence(sign: &Sign, words: Words) -> String {
    let told =
        |name, k: u64, n: u64| words.fill(name, [("k", words.number(number(k))), ("n", words.number(number(n)))]);
    let outlier = |name, found: &Outlier| {
        let percent = |tenths: u64| words.percent(number(tenths));
        words.fill(
            name,
            [
                ("k", words.number(number(found.k))),
                ("n", words.number(number(found.n))),
                ("share", percent(found.share)),
                ("median", percent(found.median)),
                ("limit", percent(found.limit)),
                ("others", found.others.to_string()),
            ],
        )
    };
    match sign {
        Sign::Told { k, n } => told("sign-told", *k, *n),
        Sign::Burst { peak, n } => told("sign-burst", *peak, *n),
        Sign::Alike(found) => outlier("sign-alike", found),
        Sign::Best(found) => outlier("sign-best", found),
    }
}

/// Every rule in words, with the numbers that it uses.
fn rules(words: Words) -> Vec<String> {
    let compared = [
        ("forms", signs::ENOUGH_FORMS.to_string()),
        ("others", signs::ENOUGH_OTHERS.to_string()),
        ("distance", (signs::DISTANCE / 10).to_string()),
    ];
    vec![
        words.fill(
            "sign-rule-told",
            [("least", signs::TOLD.to_string()), ("share", (100 / signs::TOLD_ONE_IN).to_string())],
        ),
        words.fill("sign-rule-alike", compared.clone()),
        words.fill("sign-rule-best", compared),
        words.with("sign-rule-burst", "least", signs::BURST),
    ]
}
