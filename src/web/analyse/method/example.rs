//! What each rule gives for the round's own figures.

use crate::analysis::combine::{self, Group, Item};
use crate::analysis::method::{Above, GroupRule, ItemRule, PercentPlaces};
use crate::analysis::{Exact, Measure};
use crate::survey::code::{Audience, EVERY_LEVEL, Level};
use crate::tabulation::Tabulation;
use crate::tabulation::pooled::{Choice, Pooled};
use crate::web::analyse::pupils;
use crate::web::method::{per_cent, uncombined};
use crate::web::words::Words;

/// By field and code of the rule.
pub(super) struct Examples(Vec<(&'static str, &'static str, String)>);

impl Examples {
    /// Of the audience that was asked first; none as long as nobody rated anything.
    pub fn of(round: &Tabulation, words: Words) -> Option<Self> {
        let audience = *round.audiences().first()?;
        let pool = round.pooled(audience, &Choice::default());
        let mut all = domains(&pool, words)?;
        all.extend(groups(round, audience, words));
        all.extend(expectation(&pool, words));
        all.extend(places(&pool, words));
        Some(Self(all))
    }

    /// What this rule gives.
    pub fn text(&self, name: &str, code: &str) -> Option<String> {
        self.0.iter().find(|(field, rule, _)| *field == name && *rule == code).map(|(.., text)| text.clone())
    }
}

fn items_of<'p>(pool: &'p Pooled<'_>, places: &[usize]) -> Vec<Item<'p>> {
    places.iter().filter_map(|place| pool.items.get(*place)).map(|item| (item.measure, &item.counts)).collect()
}

fn all_domains<'p>(pool: &'p Pooled<'_>) -> Vec<Vec<Item<'p>>> {
    pool.domains.iter().map(|domain| items_of(pool, &domain.items)).collect()
}

/// The domain in which the two rules differ most, so that the difference can be seen.
fn domains(pool: &Pooled<'_>, words: Words) -> Option<Vec<(&'static str, &'static str, String)>> {
    let apart = |items: &[Item<'_>]| {
        let by = |rule| Some(combine::domain(rule, items)?.share.to_f64());
        Some((by(ItemRule::MeanOfItems)? - by(ItemRule::Pooled)?).abs())
    };
    let found = pool.domains.iter().filter_map(|domain| Some((domain, apart(&items_of(pool, &domain.items))?)));
    let (domain, _) = found.max_by(|(_, a), (_, b)| a.total_cmp(b))?;
    let items = items_of(pool, &domain.items);
    let title = domain.index.title.as_ref().map(|title| title.get(words.interface()).to_owned());
    let text = |rule: &ItemRule| {
        let block = combine::domain(*rule, &items)?;
        let values = [
            ("domain", title.clone().unwrap_or_else(|| domain.index.code.clone())),
            ("mean", words.decimal(block.mean.print(2))),
            ("share", per_cent(words, &block.share, PercentPlaces::Two)),
        ];
        Some(("items", rule.code(), words.fill("method-e-domain", values)))
    };
    ItemRule::ALL.iter().map(text).collect()
}

/// Levels combined; nothing where there is one.
fn groups(round: &Tabulation, audience: Audience, words: Words) -> Vec<(&'static str, &'static str, String)> {
    let asked: Vec<&str> = round.forms.iter().map(|form| form.questionnaire.level_code()).collect();
    let levels = Level::ALL.iter().map(|level| level.code()).chain([EVERY_LEVEL]).filter(|level| asked.contains(level));
    let group = |level: &str| {
        let pool = round.pooled(audience, &Choice { level: Some(level.to_owned()), ..Choice::default() });
        let block = combine::overall(ItemRule::Pooled, &all_domains(&pool))?;
        let name = pupils::group(round, level, &pool, words);
        let label = words.say(&format!("level-short-{level}"));
        Some((label, Group { name, value: block.share, n: block.n, pupils: pool.eligible }))
    };
    let (labels, groups): (Vec<String>, Vec<Group>) = levels.filter_map(group).unzip();
    if groups.len() < 2 {
        return Vec::new();
    }
    let labelled = labels.iter().zip(&groups);
    let parts: Vec<String> = labelled
        .map(|(label, group)| format!("{label} {}", per_cent(words, &group.value, PercentPlaces::Two)))
        .collect();
    let text = |rule: &GroupRule| match combine::across(*rule, &groups) {
        Ok(whole) => {
            let share = per_cent(words, &whole, PercentPlaces::Two);
            words.fill("method-e-groups", [("share", share), ("parts", parts.join(", "))])
        }
        Err(why) => uncombined(words, &why),
    };
    GroupRule::ALL.iter().map(|rule| ("groups", rule.code(), text(rule))).collect()
}

fn expectation(pool: &Pooled<'_>, words: Words) -> Vec<(&'static str, &'static str, String)> {
    let Some(item) = pool.expectation.and_then(|place| pool.items.get(place)) else { return Vec::new() };
    let text = |above: &Above| {
        let met = combine::expectation(*above, item.measure, &item.counts)?;
        let mean = met.mean.map(|mean| per_cent(words, &mean, PercentPlaces::Two));
        let mean = mean.unwrap_or_else(|| words.say("method-above-untold"));
        Some(("above", above.code(), words.with("method-e-expectation", "mean", mean)))
    };
    Above::ALL.iter().filter_map(text).collect()
}

/// The first rated item, which has “k of n” beside its share.
fn places(pool: &Pooled<'_>, words: Words) -> Vec<(&'static str, &'static str, String)> {
    let rated =
        pool.items.iter().find(|item| matches!(item.measure, Measure::Rating { .. }) && item.counts.answered > 0);
    let Some(item) = rated else { return Vec::new() };
    let (Some(k), n) = (combine::satisfied((item.measure, &item.counts)), item.counts.answered) else {
        return Vec::new();
    };
    let Some(share) = Exact::percent(k, n) else { return Vec::new() };
    let text = |places: &PercentPlaces| {
        let text = format!("{}: {k}/{n} = {}", item.question.code, per_cent(words, &share, *places));
        ("places", places.code(), text)
    };
    PercentPlaces::ALL.iter().map(text).collect()
}
