//! Who answered (T2): forms of each level, and of each group that the questionnaires count apart.

use super::{Line, line};
use crate::analysis::share;
use crate::tabulation::Tabulation;
use crate::tabulation::pooled::{Item, Pooled};
use crate::tabulation::reading::Levels;
use crate::web::analyse::figure;
use crate::web::words::Words;

/// Counts with their part: a level of all forms, a group of those who told theirs.
pub(super) fn lines(round: &Tabulation, levels: &Levels<'_>, words: Words) -> Vec<Line> {
    let all = levels.all.n;
    let of_all = line(words.say("levels-respondents-all"), levels, |pool| counted(pool.n, all, words));
    let groups = levels.all.items.iter().enumerate().filter(|(_, item)| is_stratum(round, item));
    std::iter::once(of_all).chain(groups.flat_map(|(place, item)| of(place, item, levels, words))).collect()
}

/// Whether a questionnaire counts the answers to this apart.
pub(super) fn is_stratum(round: &Tabulation, item: &Item<'_>) -> bool {
    let forms = item.asked_in.iter().filter_map(|form| round.forms.get(*form)).map(|form| &form.questionnaire);
    forms.into_iter().any(|form| form.place(&item.question.code).is_some_and(|place| form.strata.contains(&place)))
}

/// A line for each answer; a cell where somebody was asked.
fn of(place: usize, item: &Item<'_>, levels: &Levels<'_>, words: Words) -> Vec<Line> {
    let choices = figure::row(item, words).cells.into_iter().enumerate();
    let cell = |pool: &Pooled<'_>, choice: usize| {
        let item = pool.items.get(place)?;
        counted(*figure::own(item).nth(choice)?, item.counts.answered, words)
    };
    choices.map(|(at, choice)| line(label(item, &choice.label, words), levels, |pool| cell(pool, at))).collect()
}

/// A question with one of its answers: `Con đang học lớp mấy? Lớp 1`.
pub(super) fn label(item: &Item<'_>, choice: &str, words: Words) -> String {
    format!("{} {choice}", figure::label(item, words))
}

/// `64 (10,2 %)`; nothing out of nobody.
fn counted(n: u64, of: u64, words: Words) -> Option<String> {
    let percent = words.share(&share(n, of)?).0;
    Some(format!("{} ({percent})", words.number(i64::try_from(n).unwrap_or(i64::MAX))))
}
