//! What has to be said about earlier rounds before anybody compares.

use super::Past;
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

/// The first names, and how many more.
fn some(names: &[String], words: Words) -> String {
    let (first, rest) = names.split_at(names.len().min(NAMED));
    let more = (!rest.is_empty()).then(|| words.with("trend-more-units", "n", rest.len()));
    first.iter().cloned().chain(more).collect::<Vec<_>>().join("; ")
}
