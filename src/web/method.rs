//! How figures were worked out, in words: one function, printed under every table.

use crate::analysis::Exact;
use crate::analysis::combine::Uncombined;
use crate::analysis::interval::{Interval, NoInterval};
use crate::analysis::method::{Method, PercentPlaces, Reach};
use crate::analysis::weight::NoEstimate;
use crate::store::round_methods::MethodRow;
use crate::web::words::Words;

/// How the figures of a round were worked out and whom they speak for.
pub fn method_sentence(words: Words, method: &Method) -> String {
    let places = words.say(&format!("method-places-{}", method.places.code()).replace('_', "-"));
    [rules_sentence(words, method), places, reach_sentence(words, method.reach)].join(" ")
}

/// How answers are put together, in sentences.
pub fn rules_sentence(words: Words, method: &Method) -> String {
    let (items, groups, above) = (method.items.code(), method.groups.code(), method.above.code());
    let parts = [format!("method-items-{items}"), format!("method-groups-{groups}"), format!("method-above-{above}")];
    parts.map(|name| words.say(&name.replace('_', "-"))).join(" ")
}

/// For whom the figures speak, in a sentence.
pub fn reach_sentence(words: Words, reach: Reach) -> String {
    words.say(&format!("method-reach-{}", reach.code()).replace('_', "-"))
}

/// All that stands under a table: the rules, how a sample was drawn, and what was changed after the figures were frozen.
/// `decided` is what somebody decided; none: the usual rules hold.
pub fn under_table(words: Words, decided: Option<&MethodRow>) -> String {
    let Some(row) = decided else { return method_sentence(words, &Method::USUAL) };
    let mut parts = vec![method_sentence(words, &row.method)];
    if !row.basis.is_empty() {
        parts.push(words.with("method-basis-said", "basis", &row.basis));
    }
    if !row.reason.is_empty() {
        let values = [("day", words.day(row.changed_at)), ("reason", row.reason.clone())];
        parts.push(words.fill("method-changed-said", values));
    }
    parts.join(" ")
}

/// Whom the figures speak for, alone: the mark beside a round.
pub fn reach_label(words: Words, method: &Method) -> String {
    words.say(&format!("method-label-{}", method.reach.code()).replace('_', "-"))
}

/// A share in per cent, as the method prints it: `96,20 %`.
pub fn per_cent(words: Words, share: &Exact, places: PercentPlaces) -> String {
    words.per_cent(share.print(places.count()))
}

/// An interval of a share, in per cent with one decimal: `61,0–65,4 %`.
pub fn ends(words: Words, interval: Interval) -> String {
    let end = |share: f64| words.decimal(format!("{:.1}", share * 100.0));
    words.with("number-per-cent", "number", format!("{}–{}", end(interval.low), end(interval.high)))
}

/// A difference with its sign: `+1,2`, `−0,5`, `0,0`.
pub fn signed(words: Words, printed: &str) -> String {
    let is_above = !printed.starts_with('-') && printed.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
    format!("{}{}", if is_above { "+" } else { "" }, words.decimal(printed))
}

/// Why a figure has no interval.
pub fn no_interval(words: Words, why: &NoInterval) -> String {
    match why {
        NoInterval::OpenLink => words.say("no-interval-open-link"),
        NoInterval::Everybody => words.say("no-interval-everybody"),
        NoInterval::Strata => words.say("no-interval-strata"),
        NoInterval::MoreThanPupils { n, pupils } => {
            words.fill("no-interval-more", [("n", count(words, *n)), ("pupils", count(words, *pupils))])
        }
    }
}

/// Why a weighted figure does not say how sure it is.
pub fn no_estimate(words: Words, why: &NoEstimate) -> String {
    match why {
        NoEstimate::NoSample(why) => no_interval(words, why),
        NoEstimate::MoreThanPupils(cells) => words.with("no-estimate-more", "cells", cells.join("; ")),
    }
}

/// Why groups cannot be combined.
pub fn uncombined(words: Words, why: &Uncombined) -> String {
    match why {
        Uncombined::Nothing => words.say("uncombined-nothing"),
        Uncombined::NoPupils(groups) => words.with("uncombined-no-pupils", "groups", groups.join("; ")),
    }
}

fn count(words: Words, n: u64) -> String {
    words.number(i64::try_from(n).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::method::{Above, GroupRule, ItemRule, Reach};
    use crate::survey::text::Lang;

    #[test]
    fn every_rule_has_its_words_in_both_languages() {
        for lang in [Lang::VI, Lang::EN] {
            for reach in Reach::ALL {
                for (items, groups) in ItemRule::ALL.iter().zip(GroupRule::ALL.iter().rev()) {
                    let places = PercentPlaces::Two;
                    let method = Method { items: *items, groups: *groups, reach: *reach, above: Above::Capped, places };
                    let sentence = method_sentence(Words(lang), &method) + &reach_label(Words(lang), &method);
                    assert!(!sentence.contains("method-"), "{sentence}");
                }
            }
        }
    }

    #[test]
    fn an_open_link_is_said_to_represent_nobody_else() {
        assert!(method_sentence(Words::VI, &Method::USUAL).contains("không đại diện"));
        assert_eq!(reach_label(Words::VI, &Method::USUAL), "Không đại diện");
    }
}
