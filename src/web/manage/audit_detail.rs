//! What the audit log says about a deed besides its subject, in the reader's words: the log itself keeps codes and dates.

use chrono::NaiveDate;

use crate::survey::access::{Role, Scope};
use crate::survey::audit::Action;
use crate::survey::audit::fact::{self, Fact};
use crate::survey::code::{Channel, Level};
use crate::web::deed::read_moment;
use crate::web::words::Words;

/// Between two things that are said of one deed.
const THEN: &str = " · ";

/// The detail of a deed as people write it.
pub(super) fn detail(action: Action, kept: &str, words: Words) -> String {
    match action {
        Action::RoundEdited => match fact::read(kept) {
            Some(facts) => facts.iter().map(|fact| changed(fact, words)).collect::<Vec<_>>().join(THEN),
            None => kept.to_owned(),
        },
        Action::PersonInvited
        | Action::RolesChanged
        | Action::TokenMade
        | Action::AlertHandled
        | Action::UnitsImported
        | Action::HeadsReminded
        | Action::UnitSucceeded
        | Action::SuccessionCancelled => codes(kept, words),
        Action::ApprovalRuleChanged if kept.starts_with("relaxed ") => {
            kept.replacen("relaxed ", &format!("{}{THEN}", words.say("audit-code-relaxed")), 1)
        }
        _ => dated(kept, words),
    }
}

/// A moment, and what somebody wrote after it, which stays as it is.
fn dated(kept: &str, words: Words) -> String {
    let (first, rest) = kept.split_once(THEN).unwrap_or((kept, ""));
    match read_moment(first) {
        Some(moment) if rest.is_empty() => words.moment(moment),
        Some(moment) => format!("{}{THEN}{rest}", words.moment(moment)),
        None => kept.to_owned(),
    }
}

/// Codes, and what somebody wrote after them, which stays as it is.
fn codes(kept: &str, words: Words) -> String {
    let (codes, rest) = kept.split_once(THEN).unwrap_or((kept, ""));
    let said = codes.split(' ').filter(|code| !code.is_empty()).map(|code| one(code, words));
    let said = said.collect::<Vec<_>>().join(", ");
    if rest.is_empty() { said } else { format!("{said}{THEN}{rest}") }
}

fn one(code: &str, words: Words) -> String {
    if Role::from_code(code).is_some() {
        return words.say(&format!("role-{code}"));
    }
    if Scope::from_code(code).is_some() {
        return words.say(&format!("scope-{code}"));
    }
    if let Ok(day) = code.parse::<NaiveDate>() {
        return words.date(day);
    }
    match (code, code.split_once('=')) {
        (_, Some((what @ ("new" | "changed" | "removed" | "restored" | "schools"), n))) => {
            words.with(&format!("audit-count-{what}"), "n", n)
        }
        ("passed-on" | "false-alarm", _) => words.say(&format!("audit-code-{code}")),
        ("doi_ten" | "sap_nhap" | "tach" | "chuyen_cap", _) => words.say(&format!("change-{code}")),
        _ => code.to_owned(),
    }
}

/// One thing that changed: “Hạn đóng: 20/11/2026 → 25/11/2026”.
fn changed(Fact(what, old, new): &Fact, words: Words) -> String {
    if what == "school" {
        return match new.is_empty() {
            true => words.with("audit-school-out", "name", old),
            false => words.with("audit-school-in", "name", new),
        };
    }
    let (kind, of) = what.split_once(' ').unwrap_or((what, ""));
    let name = match of.split_once(' ') {
        Some((level, school)) if kind == "pupils" => {
            words.fill("audit-fact-pupils", [("school", school.to_owned()), ("level", level_name(level, words))])
        }
        _ => words.say(&format!("audit-fact-{kind}")),
    };
    let value = |text: &String| match text.as_str() {
        "" => words.say("audit-nothing"),
        text => told(kind, text, words),
    };
    words.fill("audit-changed", [("what", name), ("old", value(old)), ("new", value(new))])
}

fn level_name(level: &str, words: Words) -> String {
    match Level::from_code(level) {
        Some(level) => words.say(&format!("level-short-{level}")),
        None => level.to_owned(),
    }
}

/// A value of this kind.
fn told(kind: &str, text: &str, words: Words) -> String {
    let number = || text.parse::<i64>().ok();
    let found = match kind {
        "closes" => read_moment(text).map(|moment| words.moment(moment)),
        "results" => text.parse::<NaiveDate>().ok().map(|day| words.date(day)),
        "minimum" | "unit-most" | "pupils" => number().map(|n| words.number(n)),
        "goal" => number().map(|n| words.percent(n)),
        "access" if ["open", "codes"].contains(&text) => Some(words.say(&format!("approval-access-{text}"))),
        "pictures" | "interim" | "sealed" => {
            text.parse().ok().map(|is: bool| words.say(if is { "approval-yes" } else { "approval-no" }))
        }
        "channels" => text
            .split(' ')
            .map(|code| Channel::from_code(code).map(|channel| words.say(&format!("channel-{channel}"))))
            .collect::<Option<Vec<_>>>()
            .map(|names| names.join(", ")),
        _ => None,
    };
    found.unwrap_or_else(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::text::Lang;

    #[test]
    fn codes_and_dates_are_said_as_people_write_them() {
        let said = |action, kept| detail(action, kept, Words::VI);
        assert_eq!(said(Action::RolesChanged, "SO-AN-LANH quan_tri chu_tri"), "SO-AN-LANH, Quản trị, Chủ trì");
        let closed = said(Action::RoundExtended, "2026-11-26T14:00+07:00 · Mưa bão");
        assert!(closed.contains("26/11/2026") && closed.ends_with(" · Mưa bão") && !closed.contains("T14"), "{closed}");
        assert_eq!(said(Action::RoundClosed, "Bão số 5 · quan_tri"), "Bão số 5 · quan_tri");
        assert!(said(Action::UnitSucceeded, "sap_nhap 2026-12-01").starts_with("Sáp nhập, "));
        let cancelled = said(Action::SuccessionCancelled, "sap_nhap 2026-12-01 · Tỉnh hoãn, chưa sáp nhập");
        assert!(cancelled.ends_with(" · Tỉnh hoãn, chưa sáp nhập"), "{cancelled}");
        assert!(!said(Action::UnitsImported, "new=3 changed=0").contains('='));
    }

    #[test]
    fn every_change_has_a_name_in_both_languages() {
        let kinds = "title contact closes results minimum access unit-most quotas pictures interim sealed channels forms \
                     notice goal";
        for lang in [Lang::VI, Lang::EN] {
            for kind in kinds.split_whitespace() {
                let said = changed(&Fact(kind.into(), "1".into(), String::new()), Words(lang));
                assert!(!said.contains("audit-") && said.contains('→'), "{said}");
            }
        }
        let pupils = Fact("pupils thcs Trường THCS Hoa Mai".into(), "450".into(), "?".into());
        let said = changed(&pupils, Words::VI);
        assert!(said.contains("Trường THCS Hoa Mai") && said.contains("450 → ?"), "{said}");
    }
}
