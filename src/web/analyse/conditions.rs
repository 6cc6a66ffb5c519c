//! Under which conditions figures hold. A page says so beside them; a file leaves its page, so it takes the conditions along:
//! a drawing below itself, a table in columns at its end.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;

use super::opened::Opened;
use super::quality::said;
use crate::analysis::method::Method;
use crate::survey::exclusion::Rule;
use crate::tabulation::pooled::Pooled;
use crate::web::method::{reach_label, reach_sentence, rules_sentence};
use crate::web::words::Words;

/// What the columns of conditions are called in tables for programs. They stand last, so that no other moves.
const NAMES: [&str; 3] = ["left_out", "reach", "rules"];

/// The conditions of one file.
pub(super) struct Conditions<'f> {
    /// How many forms the figures are about.
    pub forms: u64,
    /// How many forms of the round each rule leaves out.
    pub excluded: &'f BTreeMap<Rule, i64>,
    /// How the figures are worked out, and so for whom they speak.
    pub method: Method,
    /// When they were, UTC.
    pub now: NaiveDateTime,
    /// Those of whoever fetches the file.
    pub words: Words,
}

impl<'f> Conditions<'f> {
    /// Of figures of these answers.
    pub fn of(opened: &'f Opened, pool: &Pooled<'_>) -> Self {
        Self {
            forms: pool.n,
            excluded: &opened.tabulation.excluded,
            method: opened.method,
            now: opened.now,
            words: opened.words(),
        }
    }

    /// For [`crate::chart::Drawing::footed`]: how many forms, of which day, what is left out, for whom the figures speak.
    pub fn foot(&self) -> Vec<String> {
        let words = self.words;
        let forms = words.number(i64::try_from(self.forms).unwrap_or(i64::MAX));
        let first = words.fill("figures-file-forms", [("n", forms), ("day", words.day(self.now))]);
        let reach = reach_sentence(words, self.method.reach);
        [Some(first), said::by_rule(self.excluded, words), Some(reach)].into_iter().flatten().collect()
    }

    /// A table for programs, its head first, with its columns: the rules that leave forms out, each with how many (empty: none do),
    /// how people were reached, and the codes of the rules by which questions, groups and levels are put together.
    pub fn for_programs(&self, lines: Vec<Vec<String>>) -> Vec<Vec<String>> {
        let Method { items, groups, above, .. } = self.method;
        let rules = [items.code(), groups.code(), above.code()].join("; ");
        let [out, reach, _] = Self::cells(self.excluded, &self.method, self.words);
        beside(lines, &NAMES.map(str::to_owned), &[out, reach, rules])
    }

    /// The same for a table whose head is in words.
    pub fn in_words(&self, lines: Vec<Vec<String>>) -> Vec<Vec<String>> {
        beside(lines, &Self::heads(self.words), &Self::cells(self.excluded, &self.method, self.words))
    }

    /// What the columns are called in words.
    pub fn heads(words: Words) -> [String; 3] {
        ["figures-file-left-out", "figures-file-reach", "figures-file-rules"].map(|name| words.say(name))
    }

    /// The columns of a line, about one round.
    pub fn cells(excluded: &BTreeMap<Rule, i64>, method: &Method, words: Words) -> [String; 3] {
        [said::each(excluded, words).unwrap_or_default(), reach_label(words, method), rules_sentence(words, method)]
    }
}

fn beside(mut lines: Vec<Vec<String>>, heads: &[String; 3], cells: &[String; 3]) -> Vec<Vec<String>> {
    for (at, line) in lines.iter_mut().enumerate() {
        line.extend_from_slice(if at == 0 { heads } else { cells });
    }
    lines
}
