//! Names that are told by a sign: the apostrophe of the highlands (`H'Hen`), the point of `Mr.`.

use std::sync::LazyLock;

use regex::Regex;

use super::lists::IS_PEOPLE;
use super::{Private, Spot};

/// Patterns of names: the group `it`; `own` is what may be a people instead.
static PATTERNS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let patterns = [
        r"\b(?P<it>[HKY]['’ʼ‘](?P<own>\p{L}{2,})(?: \p{Lu}\p{L}+){0,3})",
        r"\b(?i:mr|mrs|ms|miss)\. ?(?P<it>\p{Lu}\p{L}+(?: \p{Lu}\p{L}+){0,2})",
    ];
    // a pattern that is wrong fails the tests, which use each
    patterns.iter().filter_map(|pattern| Regex::new(pattern).ok()).collect()
});

pub(super) fn spots(text: &str) -> Vec<Spot> {
    let found = PATTERNS.iter().flat_map(|pattern| pattern.captures_iter(text));
    let is_people = |own: regex::Match<'_>| IS_PEOPLE.contains(&*own.as_str().to_lowercase());
    let names = found.filter(|found| !found.name("own").is_some_and(is_people)).filter_map(|found| found.name("it"));
    names.map(|it| Spot { kind: Private::Name, at: it.range() }).collect()
}

#[cfg(test)]
pub(super) fn patterns() -> usize {
    PATTERNS.len()
}
