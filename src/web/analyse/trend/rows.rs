//! The table of two rounds (T6): each figure then and now, and the difference in percentage points.

use super::series::{Kind, Series, is_few, numbers, said, unweighed};
use super::{Past, Read, Wish};
use crate::analysis::combine::Block;
use crate::analysis::interval::Z;
use crate::tabulation::pooled::Pooled;
use crate::tabulation::reading::Levels;
use crate::tabulation::trend::{Compared, Link};
use crate::web::analyse::conditions::Conditions;
use crate::web::analyse::figure;
use crate::web::method::{per_cent, signed};
use crate::web::words::Words;

/// One figure.
pub(super) struct Row {
    pub title: String,
    /// The address at which it is drawn.
    pub address: String,
    pub then: Side,
    pub now: Side,
    /// In percentage points, with its sign; empty where there is none.
    pub difference: String,
    pub notes: Vec<String>,
    pub is_domain: bool,
}

/// One round's side of it.
#[derive(Default)]
pub(super) struct Side {
    pub share: String,
    pub base: String,
    pub mean: String,
    /// Per cent and mean in decimals, k where the share is k/n, and n.
    numbers: [String; 4],
}

/// Every figure of this round beside an earlier one.
pub(super) fn rows(read: &Read, now: &Levels<'_>, before: &Past, from: &str, wish: &Wish, words: Words) -> Vec<Row> {
    let filter = &read.opened.filter;
    let then = before.levels(filter);
    let row = |series: Series| {
        let Compared { link, then: earlier, now: own } = series.compared(read, (now, &then), words);
        let mut notes = vec![said(link, words)];
        notes.extend([&earlier, &own].into_iter().filter_map(|side| unweighed(side, words)).take(1));
        let sides = earlier.as_ref().ok().zip(own.as_ref().ok());
        if matches!(series.kind, Kind::Item(_))
            && let Some((old, new)) = sides
            && is_chance((before, &then.all, old), (&read.now, &now.all, new))
        {
            notes.push(words.say("trend-chance"));
        }
        let has_few = |(pool, block): (&Pooled<'_>, Option<&Block>)| block.is_some_and(|block| is_few(pool, block));
        if [(&then.all, earlier.as_ref().ok()), (&now.all, own.as_ref().ok())].into_iter().any(has_few) {
            notes.push(words.say("figure-few"));
        }
        notes.retain(|note| !note.is_empty());
        let places = read.now.method.places;
        let difference = sides.map(|(old, new)| signed(words, &new.share.minus(&old.share).print(places.count())));
        // alone, this round's figure is over all of its items
        let alone = |_| series.compared(read, (now, now), words).now;
        Row {
            title: series.title(&now.all, words),
            address: wish.query(filter, from, wish.by(), &series.key),
            then: side(earlier.as_ref().ok(), read, words),
            now: side(own.or_else(alone).as_ref().ok(), read, words),
            difference: difference.filter(|_| link != Link::Rescaled).unwrap_or_default(),
            notes,
            is_domain: !matches!(series.kind, Kind::Item(_)),
        }
    };
    let asking = read.opened.asking();
    Series::all(&now.all).into_iter().filter(|series| series.is_asked(&now.all, &asking)).map(row).collect()
}

/// Whether two shares of samples differ by no more than chance does in 95 of 100 cases.
fn is_chance(old: Sampled<'_>, new: Sampled<'_>) -> bool {
    let error = |(past, pool, block): Sampled<'_>| {
        let sample = past.method.reach.sample(pool.source()).ok()?;
        sample.share_error(block.k, block.n)
    };
    let difference = new.2.share.minus(&old.2.share).to_f64().abs() / 100.0;
    error(old).zip(error(new)).is_some_and(|(old, new)| difference <= Z * old.hypot(new))
}

/// A share in its round.
type Sampled<'a> = (&'a Past, &'a Pooled<'a>, &'a Block);

fn side(block: Option<&Block>, read: &Read, words: Words) -> Side {
    block.map_or_else(Side::default, |block| Side {
        share: per_cent(words, &block.share, read.now.method.places),
        base: figure::base(block, words),
        mean: words.decimal(block.mean.print(2)),
        numbers: numbers(block, read.now.method.places.count(), words),
    })
}

/// The table as lines of a file: k and n apart, because `2/4` would become a day.
pub(super) fn table(rows: &[Row], before: &Past, now: &Past, words: Words) -> Vec<Vec<String>> {
    let of = |name: &str, past: &Past| format!("{} ({})", words.say(name), past.title);
    let mut head = vec![words.say("trend-figure")];
    for past in [before, now] {
        head.extend(["figure-percent", "trend-mean", "trend-k", "trend-answers"].map(|name| of(name, past)));
    }
    head.extend([words.say("trend-difference"), words.say("trend-note")]);
    for past in [before, now] {
        head.extend(Conditions::heads(words).map(|name| format!("{name} ({})", past.title)));
    }
    let line = |row: &Row| {
        let sides = [&row.then, &row.now].into_iter().flat_map(|side| &side.numbers);
        let mut line = vec![row.title.clone()];
        line.extend(sides.cloned());
        line.extend([row.difference.clone(), row.notes.join("; ")]);
        line.extend([before, now].into_iter().flat_map(|past| past.conditions(words)));
        line
    };
    std::iter::once(head).chain(rows.iter().map(line)).collect()
}
