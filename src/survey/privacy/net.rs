//! Mail addresses, pages and names in networks.

use std::sync::LazyLock;

use regex::Regex;

use super::{Private, Spot};

/// Patterns with what they find: the group `it`, or all of it.
static PATTERNS: LazyLock<Vec<(Private, Regex)>> = LazyLock::new(|| {
    let patterns = [
        (Private::Mail, r"[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+"),
        // as people write it so that programs do not find it
        (
            Private::Mail,
            r"(?i)[a-z0-9._%+-]+ ?(?:@|\(at\)|\[at\]|a còng|a cong) ?(?:gmail|yahoo|hotmail|outlook|icloud)(?: ?(?:\.|chấm|cham) ?(?:com|vn))*",
        ),
        (Private::Web, r#"(?i)\b(?:https?://|www\.)[^\s<>"“”]*[^\s<>"“”.,;:!?)]"#),
        (
            Private::Web,
            r#"(?i)\b(?:facebook|fb|zalo|tiktok|instagram|m|t|youtube|bit|messenger)\.(?:com|me|vn|ly)/[^\s<>"“”]*[^\s<>"“”.,;:!?)]"#,
        ),
        (Private::Web, r"(?:^|[\s(:,])(?P<it>@[A-Za-z][A-Za-z0-9._]{2,})"),
        // a name behind the network's: after a colon or “tên” any, after “là” one that cannot be a word
        (
            Private::Web,
            r"\b(?i:facebook|fb|zalo|tiktok|instagram|insta|telegram|viber|messenger)(?: ?[:=] ?| (?:tên|nick|ten)(?: là| la|:)? )(?P<it>[A-Za-z0-9._]{4,}\b|\p{Lu}\p{L}+(?: \p{Lu}\p{L}+){0,3})",
        ),
        (
            Private::Web,
            r"\b(?i:facebook|fb|zalo|tiktok|instagram|insta|telegram|viber|messenger)(?: là)? (?P<it>[A-Za-z]+[._0-9][A-Za-z0-9._]*[A-Za-z0-9]|\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+){1,3})",
        ),
    ];
    // a pattern that is wrong fails the tests, which use each
    patterns.into_iter().filter_map(|(kind, pattern)| Some((kind, Regex::new(pattern).ok()?))).collect()
});

pub(super) fn spots(text: &str) -> Vec<Spot> {
    let found = PATTERNS.iter().flat_map(|(kind, pattern)| {
        pattern.captures_iter(text).filter_map(|found| {
            let it = found.name("it").or_else(|| found.get(0))?;
            Some(Spot { kind: *kind, at: it.range() })
        })
    });
    found.collect()
}

#[cfg(test)]
pub(super) fn patterns() -> usize {
    PATTERNS.len()
}
