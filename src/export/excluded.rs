//! Forms that count in no figure: left out of a file as they are of every table, or in it and marked.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::str::FromStr;

use super::variable::{Meaning, Variable};
use crate::store::left_out::LeftOutRow;
use crate::survey::code::codes;
use crate::survey::exclusion::Rule;
use crate::survey::question::{Content, Phrases};

codes! {
    /// What becomes of forms that are excluded from every figure.
    Excluded {
        /// They are not in the file, so that its rows add up to the figures.
        Out = "out",
        /// They are in the file, and a column tells the rule.
        Also = "also",
    }
}

/// The column that tells by which rules a form is excluded. It stands last, so that no other moves.
pub(super) const COLUMN: &str = "excluded_by";

/// What that column is about.
pub(super) fn variable(phrases: &dyn Phrases) -> Variable {
    let meaning =
        |rule: &Rule| Meaning { code: rule.code().to_owned(), label: name(*rule, phrases), is_missing: false };
    Variable {
        meanings: Rule::ALL.iter().map(meaning).collect(),
        ..Variable::about_the_form(COLUMN, Content::Codes, phrases)
    }
}

fn name(rule: Rule, phrases: &dyn Phrases) -> String {
    phrases.say(&format!("quality-{}", rule.code()))
}

/// The excluded forms of a selection, each with the codes of its rules.
pub(super) struct Marks(HashMap<Vec<u8>, String>);

impl Marks {
    /// Of rows in the order of their ids and rules; with how many there are.
    pub fn of(rows: impl Iterator<Item = LeftOutRow>, excluded: Excluded) -> (Self, Count) {
        let (mut marks, mut by_rule) = (HashMap::<Vec<u8>, String>::new(), BTreeMap::new());
        for row in rows {
            *by_rule.entry(row.rule).or_insert(0) += 1;
            let mark = marks.entry(row.id).or_default();
            if !mark.is_empty() {
                mark.push(' ');
            }
            mark.push_str(row.rule.code());
        }
        let forms = marks.len() as u64;
        (Self(marks), Count { excluded, forms, by_rule })
    }

    /// The codes of the rules that exclude this form.
    pub fn of_form(&self, id: &[u8]) -> Option<&str> {
        self.0.get(id).map(String::as_str)
    }
}

/// How many forms of a selection are excluded, by which rules, and whether the file has them.
///
/// As a text it is a dictionary of RFC 9651, for the header `Excluded-Forms`: `left-out=3, alike=2, by-hand=1`, or
/// `included=3, …`. A form that several rules exclude counts for each, and once in the first number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// Whether they are in the file.
    pub excluded: Excluded,
    /// How many.
    pub forms: u64,
    /// How many by each rule.
    pub by_rule: BTreeMap<Rule, u64>,
}

impl Count {
    /// In words; none where no form is excluded.
    pub fn in_words(&self, phrases: &dyn Phrases) -> Option<String> {
        let rules = self.by_rule.iter().map(|(rule, n)| format!("“{}” {n}", name(*rule, phrases)));
        let rules = rules.collect::<Vec<_>>().join("; ");
        let sentence = format!("export-excluded-{}", self.excluded);
        let values = [("forms", self.forms.to_string()), ("rules", rules), ("column", COLUMN.to_owned())];
        (self.forms > 0).then(|| phrases.fill(&sentence, &values))
    }

    fn first(excluded: Excluded) -> &'static str {
        match excluded {
            Excluded::Out => "left-out",
            Excluded::Also => "included",
        }
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", Self::first(self.excluded), self.forms)?;
        self.by_rule.iter().try_for_each(|(rule, n)| write!(f, ", {rule}={n}"))
    }
}

/// A text is no [`Count`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoCount;

impl FromStr for Count {
    type Err = NoCount;

    fn from_str(text: &str) -> Result<Self, NoCount> {
        let mut members = text.split(", ").map(|member| member.split_once('=').ok_or(NoCount));
        let (first, forms) = members.next().ok_or(NoCount)??;
        let excluded = Excluded::ALL.iter().find(|one| Self::first(**one) == first).ok_or(NoCount)?;
        let number = |text: &str| text.parse::<u64>().map_err(|_| NoCount);
        let rules = members.map(|member| {
            let (rule, n) = member?;
            Ok((Rule::from_code(rule).ok_or(NoCount)?, number(n)?))
        });
        Ok(Self { excluded: *excluded, forms: number(forms)?, by_rule: rules.collect::<Result<_, NoCount>>()? })
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use proptest::prelude::*;

    use super::*;

    fn row(id: u8, rule: Rule) -> LeftOutRow {
        let (channel, lang, submitted_on) = ("truong".to_owned(), "vi".to_owned(), NaiveDate::default());
        LeftOutRow { id: vec![id], rule, unit_id: 1, channel, version_id: 1, lang, submitted_on }
    }

    #[test]
    fn a_form_that_two_rules_exclude_counts_for_each_and_once_as_a_form() {
        let rows = [row(1, Rule::Alike), row(1, Rule::ByHand), row(2, Rule::Alike)];
        let (marks, count) = Marks::of(rows.into_iter(), Excluded::Out);
        assert_eq!((marks.of_form(&[1]), marks.of_form(&[2])), (Some("alike by-hand"), Some("alike")));
        assert_eq!(marks.of_form(&[3]), None);
        assert_eq!(count.to_string(), "left-out=2, alike=2, by-hand=1");
    }

    proptest! {
        #[test]
        fn a_count_reads_back_as_the_same(forms: u64, ns in proptest::collection::vec(any::<u64>(), Rule::ALL.len()), also: bool) {
            let excluded = if also { Excluded::Also } else { Excluded::Out };
            let count = Count { excluded, forms, by_rule: Rule::ALL.iter().copied().zip(ns).collect() };
            prop_assert_eq!(count.to_string().parse(), Ok(count));
        }

        #[test]
        fn any_text_is_a_count_or_is_not(text: String) {
            let _: Result<Count, NoCount> = text.parse();
        }
    }
}
