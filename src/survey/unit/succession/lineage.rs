//! From which units a unit came: for figures of years ago, by the organisation of today.

use std::collections::BTreeSet;

use chrono::NaiveDate;

/// One old unit of a merger or a split, and one new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The code of what there was.
    pub old: String,
    /// The code of what there is.
    pub new: String,
    /// The first day on which it is so.
    pub day: NaiveDate,
    /// Whether the people of the old unit went to several.
    pub divides: bool,
}

/// The units of a day that became one unit of today.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lineage {
    /// Their codes, its own among them.
    pub units: BTreeSet<String>,
    /// Those of them that became a part of other units, too: their answers cannot be divided, and are counted whole.
    pub divided: BTreeSet<String>,
}

/// The units of `day` that became `unit` by all that happened after it.
pub fn before(steps: &[Step], unit: &str, day: NaiveDate) -> Lineage {
    let mut later: Vec<&Step> = steps.iter().filter(|step| step.day > day).collect();
    later.sort_by_key(|step| std::cmp::Reverse(step.day));
    let mut lineage = Lineage { units: BTreeSet::from([unit.to_owned()]), divided: BTreeSet::new() };
    for step in later {
        if lineage.units.contains(&step.new) {
            lineage.units.insert(step.old.clone());
            if step.divides {
                lineage.divided.insert(step.old.clone());
            }
        }
    }
    lineage
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, 7, 1).unwrap()
    }

    fn step(old: &str, new: &str, year: i32, divides: bool) -> Step {
        Step { old: old.into(), new: new.into(), day: day(year), divides }
    }

    fn codes(lineage: &BTreeSet<String>) -> Vec<&str> {
        lineage.iter().map(String::as_str).collect()
    }

    #[test]
    fn what_was_merged_counts_together_and_only_before_the_merger() {
        let steps = [step("A", "C", 2025, false), step("B", "C", 2025, false)];
        assert_eq!(codes(&before(&steps, "C", day(2024)).units), ["A", "B", "C"]);
        assert_eq!(codes(&before(&steps, "C", day(2025)).units), ["C"]);
        assert_eq!(codes(&before(&steps, "A", day(2024)).units), ["A"]);
    }

    #[test]
    fn a_merger_of_mergers_is_followed_to_its_beginning() {
        let steps = [step("C", "D", 2026, false), step("A", "C", 2024, false), step("B", "C", 2024, false)];
        assert_eq!(codes(&before(&steps, "D", day(2023)).units), ["A", "B", "C", "D"]);
        assert_eq!(codes(&before(&steps, "D", day(2025)).units), ["C", "D"]);
    }

    #[test]
    fn what_was_split_is_counted_whole_and_said_to_be() {
        let steps = [step("A", "B", 2025, true), step("A", "A", 2025, true)];
        let lineage = before(&steps, "B", day(2024));
        assert_eq!((codes(&lineage.units), codes(&lineage.divided)), (vec!["A", "B"], vec!["A"]));
        assert_eq!(codes(&before(&steps, "A", day(2024)).divided), ["A"]);
        assert!(before(&steps, "A", day(2025)).divided.is_empty());
    }
}
