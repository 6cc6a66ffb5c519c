//! Mail addresses, pages and names in networks.

use std::sync::LazyLock;

use regex::Regex;

use super::{Private, Spot};

/// Patterns with what they find: the group `it`, or all of it.
static PATTERNS: LazyLock<Vec<(Private, Regex)>> = LazyLock::new(|| {
    let own_mail = own("g-?mail|e-?mail|mail");
    let own_web = own("facebook|face|fb|zalo|tiktok|instagram|insta|telegram|viber|messenger");
    let patterns = [
        (Private::Mail, r"[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+"),
        // as people write it so that programs do not find it; behind a colon the name may be of several words
        (Private::Mail, r"(?i)mail ?[:=] ?(?P<it>[\p{L}\p{N}._%+-]+(?: [\p{L}\p{N}._%+-]+){0,3}?@HIDDEN)"),
        (Private::Mail, r"(?i)[\p{L}\p{N}._%+-]+@HIDDEN"),
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
        (Private::Mail, &own_mail),
        (Private::Web, &own_web),
    ];
    let whole = |pattern: &str| pattern.replace("@HIDDEN", &hidden());
    // a pattern that is wrong fails the tests, which use each
    patterns.into_iter().filter_map(|(kind, pattern)| Some((kind, Regex::new(&whole(pattern)).ok()?))).collect()
});

/// What follows the name in an address that is written out: `a còng gmail chấm com`, `at truong dot edu dot vn`.
fn hidden() -> String {
    let at = r"(?:@|\(at\)|\[at\]|\(a\)|\[a\]|a còng|a cong)";
    let known = "(?:gmail|yahoo|hotmail|outlook|icloud)";
    let dot = r"(?: ?(?:\.|\(dot\)|\[dot\]|\bdot\b|chấm|cham) ?(?:com|net|org|edu|gov|vn)\b)";
    format!(r"(?: ?{at} ?{known}{dot}*|(?: ?{at} ?| at )[\p{{L}}\p{{N}}-]+{dot}+)")
}

/// An account of somebody's: `gmail của tôi là lannguyen1990`, `zalo của em là lannguyen`, `email: lan_nguyen`.
fn own(network: &str) -> String {
    let is = r"(?: (?i:là|la)(?: ?[:=])? | ?[:=] ?)";
    let owner =
        r"(?i: (?:của|cua))?(?i: (?:tôi|toi|mình|minh|em|con|cháu|chau|mẹ|me|bố|bo|ba|anh|chị|chi|cô|co|thầy|thay))";
    let odd = r"[A-Za-z]{2,}[._0-9-][A-Za-z0-9._-]*[A-Za-z0-9]";
    let named = r"\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+){1,3}";
    // no Vietnamese syllable is as long as that
    let long = "[a-z]{8,}";
    format!(
        r"\b(?i:{network})(?:(?:{owner}(?: |{is})|(?: \p{{L}}+){{0,3}}{is})(?P<odd>{odd})|{owner}{is}(?P<it>{named}|{long}))\b"
    )
}

pub(super) fn spots(text: &str) -> Vec<Spot> {
    let found = PATTERNS.iter().flat_map(|(kind, pattern)| {
        pattern.captures_iter(text).filter_map(|found| {
            let it = found.name("it").or_else(|| found.name("odd")).or_else(|| found.get(0))?;
            Some(Spot { kind: *kind, at: it.range() })
        })
    });
    found.collect()
}

#[cfg(test)]
pub(super) fn patterns() -> usize {
    PATTERNS.len()
}
