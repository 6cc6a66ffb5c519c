//! Under which conditions figures hold. A page says so beside them; a file leaves its page, so it takes the conditions along:
//! a drawing below itself, a table in two columns at its end.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;

use super::opened::Opened;
use super::quality::said;
use crate::analysis::method::Method;
use crate::survey::exclusion::Rule;
use crate::tabulation::pooled::Pooled;
use crate::web::method::{reach_label, reach_sentence};
use crate::web::words::Words;

/// What the columns of conditions are called in tables for programs. They stand last, so that no other moves.
const NAMES: [&str; 2] = ["left_out", "reach"];

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

    /// A table for programs, its head first, with the two columns: the rules that leave forms out, each with how many (empty:
    /// none do), and how people were reached.
    pub fn for_programs(&self, lines: Vec<Vec<String>>) -> Vec<Vec<String>> {
        self.beside(lines, NAMES.map(str::to_owned))
    }

    /// The same for a table whose head is in words.
    pub fn in_words(&self, lines: Vec<Vec<String>>) -> Vec<Vec<String>> {
        self.beside(lines, Self::heads(self.words))
    }

    /// What the two columns are called in words.
    pub fn heads(words: Words) -> [String; 2] {
        ["figures-file-left-out", "figures-file-reach"].map(|name| words.say(name))
    }

    /// The two columns of a line, about one round.
    pub fn cells(excluded: &BTreeMap<Rule, i64>, method: &Method, words: Words) -> [String; 2] {
        [said::each(excluded, words).unwrap_or_default(), reach_label(words, method)]
    }

    fn beside(&self, mut lines: Vec<Vec<String>>, heads: [String; 2]) -> Vec<Vec<String>> {
        let cells = Self::cells(self.excluded, &self.method, self.words);
        for (at, line) in lines.iter_mut().enumerate() {
            line.extend(if at == 0 { heads.clone() } else { cells.clone() });
        }
        lines
    }
}
