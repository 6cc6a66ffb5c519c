//! Where somebody lives: a house with its alley or its street.

use std::sync::LazyLock;

use regex::Regex;

use super::{Private, Spot};

/// A number with an alley, then a street; or a number with a street.
static PATTERNS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let number = r"\d{1,4}[A-Za-z]?(?:/\d{1,4}[A-Za-z]?)*";
    let house = format!(r"(?i:\b(?:nhà số|số nhà|nha so|so nha|nhà|nha|số|so|sn)) ?{number}");
    let alley = format!(r"(?:,? (?i:ngõ|ngách|hẻm|kiệt|tổ|ngo|ngach|hem|kiet|to) {number})");
    let street = r"(?:,? (?i:đường|phố|thôn|xóm|ấp|duong|pho|thon|xom|ap)(?: (?:\p{Lu}\p{L}*|\d{1,3})\b){1,4})";
    let loose = r"(?:,? (?i:đường|phố|thôn|xóm|ấp|duong|pho|thon|xom|ap) [\p{L}\d]+)";
    let parted = r"\d{1,4}[A-Za-z]?(?:/\d{1,4}[A-Za-z]?)+";
    let own = format!(r"(?:{parted}|\d{{2,4}}[A-Za-z]?)");
    let road = r",? (?i:đường|phố|duong|pho)(?: (?:\p{Lu}\p{L}*|\d{1,3})\b){1,4}";
    let patterns = [
        format!(r"{house}{alley}+(?:{street}|{loose})?"),
        format!(r"{house}{street}"),
        // where one lives: one digit alone may count streets
        format!(r"(?i:\b(?:ở|tại|o|tai)) (?P<it>{own}{road})"),
        format!(r"(?i:\b(?:ở|o)) (?P<it>{parted}(?:,? \p{{Lu}}\p{{Ll}}+){{2,4}})"),
        format!(r"(?i:\b(?:ngõ|ngách|hẻm|kiệt|ngo|ngach|hem|kiet)) {number}{street}"),
    ];
    // a pattern that is wrong fails the tests, which use each
    patterns.iter().filter_map(|pattern| Regex::new(pattern).ok()).collect()
});

pub(super) fn spots(text: &str) -> Vec<Spot> {
    let found = PATTERNS.iter().flat_map(|pattern| pattern.captures_iter(text));
    let houses = found.filter_map(|found| found.name("it").or_else(|| found.get(0)));
    houses.map(|it| Spot { kind: Private::Address, at: it.range() }).collect()
}

#[cfg(test)]
pub(super) fn patterns() -> usize {
    PATTERNS.len()
}
