//! What each rule gives for the round's own figures.

use crate::analysis::combine;
use crate::analysis::method::{Above, GroupRule, ItemRule, Method, PercentPlaces};
use crate::analysis::{Exact, Measure};
use crate::tabulation::Tabulation;
use crate::tabulation::choice::Choice;
use crate::tabulation::pooled::Pooled;
use crate::tabulation::reading::{self, Levels};
use crate::web::analyse::{figure, pupils};
use crate::web::method::{per_cent, uncombined};
use crate::web::words::Words;

/// By field and code of the rule.
pub(super) struct Examples(Vec<Example>);

/// Field, code of the rule, and what it gives.
type Example = (&'static str, &'static str, String);

impl Examples {
    /// Of the audience that was asked first; none as long as nobody rated anything.
    /// Each rule stands beside the others as the round has them, so that the one in force gives what pages print.
    pub fn of(round: &Tabulation, method: &Method, words: Words) -> Option<Self> {
        let levels = round.levels_of(*round.audiences().first()?, &Choice::default());
        let mut all = domains(round, &levels, method, words).unwrap_or_default();
        all.extend(groups(round, &levels, method, words));
        all.extend(expectation(&levels.all, words));
        all.extend(places(&levels.all, words));
        (!all.is_empty()).then_some(Self(all))
    }

    /// What this rule gives.
    pub fn text(&self, name: &str, code: &str) -> Option<String> {
        self.0.iter().find(|(field, rule, _)| *field == name && *rule == code).map(|(.., text)| text.clone())
    }
}

/// The domain in which the two rules differ most, so that the difference can be seen.
fn domains(round: &Tabulation, levels: &Levels<'_>, method: &Method, words: Words) -> Option<Vec<Example>> {
    let by = |place: usize, rule: ItemRule| {
        let name = |level: &str, pool: &Pooled<'_>| pupils::group(round, level, pool, words);
        levels.domain(place, &Method { items: rule, ..*method }, name)
    };
    let apart = |place: usize| {
        let share = |rule| Some(by(place, rule).ok()?.share.to_f64());
        Some((share(ItemRule::MeanOfItems)? - share(ItemRule::Pooled)?).abs())
    };
    let found = (0..levels.all.domains.len()).filter_map(|place| Some((place, apart(place)?)));
    let (place, _) = found.max_by(|(_, a), (_, b)| a.total_cmp(b))?;
    let title = figure::title(levels.all.domains.get(place)?, words);
    let text = |rule: &ItemRule| {
        let block = by(place, *rule).ok()?;
        let values = [
            ("domain", title.clone()),
            ("mean", words.decimal(block.mean.print(2))),
            ("share", per_cent(words, &block.share, PercentPlaces::Two)),
        ];
        Some(("items", rule.code(), words.fill("method-e-domain", values)))
    };
    ItemRule::ALL.iter().map(text).collect()
}

/// Levels combined; nothing where there is one.
fn groups(round: &Tabulation, levels: &Levels<'_>, method: &Method, words: Words) -> Vec<Example> {
    let part = |(level, pool): &(&str, Pooled<'_>)| {
        let share = reading::whole(pool, method)?.share;
        Some(format!("{} {}", words.say(&format!("level-short-{level}")), per_cent(words, &share, PercentPlaces::Two)))
    };
    let parts: Vec<String> = levels.levels.iter().filter_map(part).collect();
    if parts.len() < 2 {
        return Vec::new();
    }
    let text = |rule: &GroupRule| {
        let name = |level: &str, pool: &Pooled<'_>| pupils::group(round, level, pool, words);
        match levels.whole(&Method { groups: *rule, ..*method }, name) {
            Ok(whole) => {
                let share = per_cent(words, &whole.share, PercentPlaces::Two);
                words.fill("method-e-groups", [("share", share), ("parts", parts.join("; "))])
            }
            Err(why) => uncombined(words, &why),
        }
    };
    GroupRule::ALL.iter().map(|rule| ("groups", rule.code(), text(rule))).collect()
}

fn expectation(pool: &Pooled<'_>, words: Words) -> Vec<Example> {
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
fn places(pool: &Pooled<'_>, words: Words) -> Vec<Example> {
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
