//! The few who are in two groups at once: a school's parents of one grade, those of a school who came by one channel.
//!
//! Such a group has no table. But its school has one, its grade has one, and numbers of people are not negative: where one parent
//! of the whole round is dissatisfied, the school's table and the grade's table say who. The search for sums and differences
//! ([`search`](super::search)) does not see that. So:
//!
//! * **How a school divides into grades is not published.** The answers to the question of a stratum, and to any question that
//!   decides whether it is asked, are told of the whole questionnaire alone (and of the stratum's own groups, where they are
//!   known). Else a school's table would say how many of it are in each grade.
//! * **Answers are told by the next kind of group only where nothing is pinned.** Kinds come in the order of the tables. For
//!   every group of fewer than `k` who are in two groups at once, and every answer that somebody in it gave, there must be a
//!   [`world`] with the same published figures in which another number gave it. Where there is none, two groups of the newest
//!   kind are withheld for this question, so that only their sum is known, then more of them, then the kind.
//!
//! An answer that all of a large group gave says itself what all of its parts gave; from [`UNANIMOUS`] times `k` that may be told.
//! Questions that a published table crosses move together: of two, each moves among people who agree in the other; of more, answers
//! are told by the first kind alone.
//!
//! ```text
//! places  the kinds of group, who is in two groups at once, which groups are withheld
//! told    how many gave each answer
//! world   whether other people can have given them
//! ```

mod places;
mod told;
mod world;

use std::collections::{BTreeMap, BTreeSet};

use self::places::{Pin, Places, key_of};
use self::told::Told;
use super::build::Builder;
use super::crossing::{self, Grid, Rows};
use super::disclosure::UNANIMOUS;
use super::group::{CHANNEL, GroupId, LEVEL, UNIT};
use super::input::{Counts, Questionnaire};
use super::published::published_question;

/// For each question of a questionnaire, where its answers are withheld.
pub(super) struct Veil {
    /// The stratum's question itself: shown in its own groups.
    own: BTreeMap<usize, String>,
    /// Group kinds and keys.
    hidden: Vec<BTreeSet<(String, String)>>,
}

impl Veil {
    /// Whether a question's answers are withheld in a group.
    pub(super) fn hides(&self, question: usize, group: &GroupId) -> bool {
        match self.own.get(&question) {
            Some(code) => !group.is_total() && group.by != *code,
            None => self.hidden[question].contains(&(group.by.clone(), group.key.clone())),
        }
    }
}

/// What is told of a question kind by kind; none: nothing; else the groups that are withheld.
type Telling = Vec<Option<BTreeSet<usize>>>;

impl Builder<'_> {
    /// Where answers are withheld so that nothing of the few is pinned.
    pub(super) fn veil(&self, sheet: usize, asked: &Questionnaire) -> Veil {
        let own = dividing(asked);
        let places = self.places(sheet, asked);
        let mut hidden = vec![BTreeSet::new(); asked.questions.len()];
        for joined in self.joined(sheet, asked) {
            if joined.iter().any(|question| own.contains_key(question)) {
                continue;
            }
            let telling = self.telling((sheet, asked), &places, &joined);
            joined.iter().for_each(|&question| hidden[question] = places.withheld(&telling));
        }
        Veil { own, hidden }
    }

    fn places(&self, sheet: usize, asked: &Questionnaire) -> Places {
        let all = [UNIT, LEVEL, CHANNEL].into_iter().chain(asked.strata.iter().map(String::as_str));
        let own: Vec<usize> =
            (0..self.cells.keys.len()).filter(|&at| self.cells.keys[at].questionnaire == sheet).collect();
        let keys = |kind: &str| -> Vec<String> {
            let keys: BTreeSet<&str> = own.iter().map(|&cell| key_of(&self.cells.keys[cell], kind)).collect();
            keys.into_iter().map(str::to_owned).collect()
        };
        // a kind of one group says what the whole says
        let kinds: Vec<(String, Vec<String>)> =
            all.map(|kind| (kind.to_owned(), keys(kind))).filter(|(_, keys)| keys.len() > 1).collect();
        let (kinds, keys): (Vec<String>, Vec<Vec<String>>) = kinds.into_iter().unzip();
        let sizes = keys.iter().map(|keys| vec![0; keys.len()]).collect();
        let enough = UNANIMOUS * self.k;
        let mut places = Places { kinds, keys, sizes, cells: Vec::new(), enough, few: Vec::new() };
        for cell in own {
            places.add(cell, &self.cells.keys[cell], self.cells.at(self.present(), cell).n);
        }
        places.few = places.few(|cell| self.cells.at(self.present(), cell).n, self.k);
        places
    }

    /// Questions that published tables join, each question once.
    fn joined(&self, sheet: usize, asked: &Questionnaire) -> Vec<BTreeSet<usize>> {
        let mut joined: Vec<BTreeSet<usize>> = (0..asked.questions.len()).map(|question| [question].into()).collect();
        for (row, column) in self.crossed(sheet, asked) {
            let (with, mut rest): (Vec<_>, Vec<_>) =
                joined.into_iter().partition(|set| set.contains(&row) || set.contains(&column));
            rest.push(with.into_iter().flatten().collect());
            joined = rest;
        }
        joined
    }

    /// The pairs of questions of which a table may be published: how their answers came together is known.
    fn crossed(&self, sheet: usize, asked: &Questionnaire) -> Vec<(usize, usize)> {
        let places = self.tables.iter().filter_map(|table| table.place(self.questionnaires).ok());
        let pair = |place: crossing::Place| match place.rows {
            Rows::Question(row) if place.sheet == sheet => Some((row, place.column)),
            _ => None,
        };
        let is_known = |pair: &(usize, usize)| crossing::crossed(&self.snapshots, (sheet, asked), *pair).is_some();
        places.filter_map(pair).filter(is_known).collect()
    }

    fn telling(&self, (sheet, asked): (usize, &Questionnaire), places: &Places, joined: &BTreeSet<usize>) -> Telling {
        let told: Vec<Told> =
            joined.iter().flat_map(|&question| self.told((sheet, asked), places, question, joined)).collect();
        let told: Vec<(&Told, Vec<Pin<'_>>)> = told.iter().map(|told| (told, places.pins(told))).collect();
        let until = self.told_until((sheet, asked), places, joined);
        let mut telling: Telling = vec![None; places.kinds.len()];
        let by_four = joined.len() <= 2;
        for kind in 0..places.kinds.len() {
            // more than two questions can only be given away as a whole
            if by_four || telling.iter().all(Option::is_none) {
                telling[kind] = Some(BTreeSet::new());
                let is_open = told.iter().all(|told| places.open_up(told, &mut telling, kind, &until, by_four));
                if !is_open {
                    telling[kind] = None;
                }
            }
        }
        telling
    }

    /// Per kind, the last earlier release that tells one of the questions by it.
    fn told_until(
        &self,
        (sheet, asked): (usize, &Questionnaire),
        places: &Places,
        joined: &BTreeSet<usize>,
    ) -> Vec<Option<usize>> {
        let codes = joined.iter().map(|&question| asked.questions[question].code.as_str());
        let known: Vec<(usize, GroupId)> =
            codes.flat_map(|code| self.published(|release| published_question(release, sheet, &[code]))).collect();
        let last = |kind: &String| known.iter().filter(|(_, group)| group.by == *kind).map(|(moment, _)| *moment).max();
        places.kinds.iter().map(last).collect()
    }

    fn told(
        &self,
        (sheet, asked): (usize, &Questionnaire),
        places: &Places,
        question: usize,
        joined: &BTreeSet<usize>,
    ) -> Vec<Told> {
        let snapshots = &self.snapshots[..=self.present()];
        if joined.len() == 2 {
            let crossed = self.crossed(sheet, asked).into_iter().find_map(|pair| {
                let cells = crossing::crossed(snapshots, (sheet, asked), pair)?;
                joined.contains(&pair.0).then_some((pair, cells))
            });
            if let Some((pair, cells)) = crossed {
                let grids = |cell: usize| cells.get(&self.cells.keys[cell]).cloned().unwrap_or_default();
                let turned = |grids: Vec<Grid<u64>>| grids.iter().map(Grid::turned).collect();
                let grids = |cell: usize| if pair.1 == question { grids(cell) } else { turned(grids(cell)) };
                return vec![Told::of(places, usize::MAX, grids)];
            }
        }
        let measure = &asked.questions[question].measure;
        let moments = |cell: usize, row: &dyn Fn(&Counts) -> Vec<u64>| -> Vec<Grid<u64>> {
            let counts = (0..=self.present()).map(|moment| self.cells.at(moment, cell).question(question));
            counts.map(|counts| Grid::of_row(&row(counts))).collect()
        };
        let answers = measure.cells().len();
        if measure.divides() {
            let row =
                move |counts: &Counts| (0..=answers).map(|at| counts.cells().get(at).copied().unwrap_or(0)).collect();
            return vec![Told::of(places, usize::MAX, |cell| moments(cell, &row))];
        }
        let ticked = |at: usize| {
            let row = move |counts: &Counts| {
                let n = counts.cells().get(at).copied().unwrap_or(0);
                vec![n, counts.answered.saturating_sub(n), 0]
            };
            Told::of(places, 1, |cell| moments(cell, &row))
        };
        (0..answers).map(ticked).collect()
    }
}

/// Strata, and what decides about them, with their codes.
fn dividing(asked: &Questionnaire) -> BTreeMap<usize, String> {
    let divides = |question: &usize| {
        asked.telling_of(*question).iter().any(|code| asked.strata.iter().any(|stratum| stratum == code))
    };
    let questions = (0..asked.questions.len()).filter(divides);
    questions.map(|question| (question, asked.questions[question].code.clone())).collect()
}
