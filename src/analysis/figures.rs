//! Filling in a release: the figures of what can be shown, and of nothing else.

use std::collections::{BTreeMap, BTreeSet};

use super::build::{Builder, Layout, Shown};
use super::cell::Base;
use super::group::{self, GroupId};
use super::input::{self, Counts, Eligible, Measured, Questionnaire};
use super::release::{Answers, Cell, Figures, Group, Index, Overall, Question, Sheet, Table};
use super::score;

impl Builder<'_> {
    pub(super) fn round_group(&self, group: &GroupId, shown: &BTreeSet<&GroupId>) -> Group {
        let figures = shown.contains(group).then(|| self.submissions(group, self.pupils(group, None)));
        Group { key: group.key.clone(), suppressed: figures.is_none(), figures }
    }

    /// Submissions per pupil mean something only where no level has two audiences. A questionnaire without levels asks about all.
    fn counts_pupils_once(&self) -> bool {
        let levels: Vec<&String> = self.questionnaires.iter().flat_map(|asked| &asked.levels).collect();
        let is_about_all = self.questionnaires.iter().any(|asked| asked.levels.is_empty());
        let is_once = levels.len() == levels.iter().collect::<BTreeSet<_>>().len();
        is_once && (!is_about_all || self.questionnaires.len() == 1)
    }

    /// Whether every form of a group came from where the number of pupils is known. Forms of a school without one
    /// or of staff would be counted over other people's pupils.
    fn are_pupils_known(&self, group: &GroupId) -> bool {
        self.cells_of(group).iter().filter(|&&cell| self.cells.at(self.present(), cell).n > 0).all(|&cell| {
            let key = &self.cells.keys[cell];
            let own = |eligible: &&Eligible| eligible.unit == key.unit && eligible.level == key.level;
            self.eligible.iter().find(own).is_some_and(|eligible| eligible.pupils.is_some())
        })
    }

    /// Pupils of a group that has a place in the lists of enrolment; none where they cannot be compared with its forms.
    pub(super) fn pupils(&self, group: &GroupId, levels: Option<&[String]>) -> Option<u64> {
        if !self.counts_pupils_once() || !self.are_pupils_known(group) {
            return None;
        }
        let belongs = |eligible: &&Eligible| match group.by.as_str() {
            group::TOTAL => true,
            group::UNIT => eligible.unit == group.key,
            group::LEVEL => eligible.level == group.key,
            _ => false,
        };
        let asked = |eligible: &&Eligible| levels.is_none_or(|levels| levels.contains(&eligible.level));
        let rows = self.eligible.iter().filter(belongs).filter(asked);
        let pupils: Option<u64> = rows.map(|eligible| eligible.pupils).sum();
        pupils.filter(|pupils| *pupils > 0)
    }

    fn submissions(&self, group: &GroupId, eligible: Option<u64>) -> Figures {
        let n = self.cells.total(self.present(), self.cells_of(group), Base::Submissions);
        let response_rate = eligible.and_then(|eligible| score::response_rate(n, eligible));
        Figures { n, eligible, response_rate, ..Figures::default() }
    }

    pub(super) fn sheet(
        &self,
        layout: &Layout,
        (_, asked): (usize, &Questionnaire),
        shown: &BTreeSet<&GroupId>,
        questions: &Shown<'_>,
    ) -> Sheet {
        let group = |group: &GroupId| {
            let visible = shown.contains(group);
            let figures = visible.then(|| self.figures(group, asked, questions));
            Group { key: group.key.clone(), suppressed: !visible, figures }
        };
        let tables =
            layout.iter().map(|(by, groups)| Table { by: by.clone(), groups: groups.iter().map(group).collect() });
        Sheet { code: asked.code.clone(), version: asked.version, title: asked.title.clone(), tables: tables.collect() }
    }

    fn figures(&self, group: &GroupId, asked: &Questionnaire, shown: &[BTreeSet<&GroupId>]) -> Figures {
        let counts: Vec<Option<Counts>> = shown
            .iter()
            .enumerate()
            .map(|(position, shown)| shown.contains(group).then(|| self.counts(group, position)))
            .collect();
        let visible: BTreeMap<&str, (&Measured, &Counts)> = asked
            .questions
            .iter()
            .zip(&counts)
            .filter_map(|(question, counts)| Some((question.code.as_str(), (question, counts.as_ref()?))))
            .collect();
        let pupils = (!asked.levels.is_empty()).then(|| self.pupils(group, Some(&asked.levels)));
        let find = |code: &Option<String>| visible.get(code.as_deref()?).copied();
        Figures {
            questions: asked.questions.iter().zip(&counts).map(question).collect(),
            indices: asked.indices.iter().map(|composite| index(composite, &visible)).collect(),
            expectation: find(&asked.expectation)
                .and_then(|(question, counts)| score::expectation(&question.measure, counts)),
            overall: find(&asked.overall).and_then(overall),
            ..self.submissions(group, pupils.flatten())
        }
    }

    pub(super) fn counts(&self, group: &GroupId, question: usize) -> Counts {
        let mut counts = Counts::NONE;
        for &cell in self.cells_of(group) {
            counts.add(self.cells.at(self.present(), cell).question(question));
        }
        counts
    }
}

fn question((asked, counts): (&Measured, &Option<Counts>)) -> Question {
    Question {
        code: asked.code.clone(),
        kind: asked.measure.kind().to_owned(),
        suppressed: counts.is_none(),
        answers: counts.as_ref().map(|counts| answers(asked, counts)),
    }
}

fn answers(asked: &Measured, counts: &Counts) -> Answers {
    let cells = asked.measure.cells().into_iter().zip(counts.cells());
    let cells = cells.filter_map(|(code, &n)| {
        let percent = score::share(n, counts.answered)?.percent;
        Some(Cell { code: code.into_owned(), n, percent })
    });
    Answers {
        asked: counts.asked,
        answered: counts.answered,
        not_applicable: counts.not_applicable,
        distribution: cells.collect(),
        mean: score::mean(&asked.measure, counts),
        top_two_box: score::top_two_box(&asked.measure, counts),
    }
}

fn index(composite: &input::Index, visible: &BTreeMap<&str, (&Measured, &Counts)>) -> Index {
    let items = composite.questions.iter().map(|code| {
        let (question, counts) = visible.get(code.as_str())?;
        Some((&question.measure, *counts))
    });
    let score = items.collect::<Option<Vec<_>>>().and_then(|items| score::index(&items));
    Index { code: composite.code.clone(), suppressed: score.is_none(), score }
}

fn overall((question, counts): (&Measured, &Counts)) -> Option<Overall> {
    Some(Overall {
        mean: score::mean(&question.measure, counts)?,
        top_two_box: score::top_two_box(&question.measure, counts)?,
    })
}
