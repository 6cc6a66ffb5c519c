//! What has to be said about earlier rounds before anybody compares.

use super::{Past, Read};
use crate::analysis::method::Reach;
use crate::tabulation::pooled::Pooled;
use crate::web::method::reach_label;
use crate::web::words::Words;

/// So many units are named in a note.
const NAMED: usize = 5;

/// What has to be said per earlier round: about its units, and where people were reached in another way.
pub(super) fn notes(now: &Past, pasts: &[Past], words: Words) -> Vec<String> {
    let note = |name: &str, past: &Past, units: &[String]| {
        (!units.is_empty()).then(|| words.fill(name, [("round", past.title.clone()), ("units", some(units, words))]))
    };
    let reach = |past: &Past| {
        let values = [
            ("round", past.title.clone()),
            ("then", reach_label(words, &past.method)),
            ("now", reach_label(words, &now.method)),
        ];
        (past.method.reach != now.method.reach).then(|| words.fill("trend-reached-otherwise", values))
    };
    let of = |past: &Past| {
        [reach(past), note("trend-divided", past, &past.divided), note("trend-left-out", past, &past.left_out)]
    };
    pasts.iter().flat_map(of).flatten().collect()
}

/// What the difference of two rounds does not say: whom it is about where anybody could answer, and whether it is chance.
pub(super) fn cautions(read: &Read, now: &Pooled<'_>, before: &Past, words: Words) -> Vec<String> {
    let rounds = [before, &read.now];
    let open: Vec<&Past> = rounds.into_iter().filter(|past| past.method.reach == Reach::OpenLink).collect();
    match open.as_slice() {
        [] => chance(read, now, before, words).into_iter().collect(),
        [one] => vec![words.with("trend-open-link", "round", one.title.clone())],
        _ => vec![words.say("trend-open-links")],
    }
}

/// Of which figures nobody can say whether they differ by chance; none where everybody was asked in both rounds.
fn chance(read: &Read, now: &Pooled<'_>, before: &Past, words: Words) -> Option<String> {
    let methods = [&before.method, &read.now.method];
    if methods.iter().all(|method| method.reach == Reach::Everybody) {
        return None;
    }
    let then = before.levels(&read.opened.filter);
    let sources = [then.all.source(), now.source()];
    let is_known = methods.into_iter().zip(sources).all(|(method, source)| method.reach.sample(source).is_ok());
    Some(words.say(if is_known { "trend-chance-domains" } else { "trend-chance-unknown" }))
}

/// The first names, and how many more.
fn some(names: &[String], words: Words) -> String {
    let (first, rest) = names.split_at(names.len().min(NAMED));
    let more = (!rest.is_empty()).then(|| words.with("trend-more-units", "n", rest.len()));
    first.iter().cloned().chain(more).collect::<Vec<_>>().join("; ")
}
