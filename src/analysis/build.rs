//! Making a release: decide what can be shown, then compute only that.

use std::collections::{BTreeMap, BTreeSet};

use thiserror::Error;

use super::cell::{Base, Cells};
use super::crossing::Chosen;
use super::disclosure::{Candidate, Problem};
use super::group::{self, GroupId, Members};
use super::input::{self, Atom, Counts, Eligible, Malformed, Measure, Measured, Questionnaire};
use super::interim::Interim;
use super::release::{Answers, Cell, Figures, Group, Index, Overall, Question, Release, Sheet, Table};
use super::score;
use super::search::Effort;

/// A release made before, with the snapshot behind it. The snapshot never leaves the steering unit.
#[derive(Clone, Debug)]
pub struct Earlier {
    /// What was published.
    pub release: Release,
    /// The cells behind it, as they were then.
    pub atoms: Vec<Atom>,
}

/// When a release is made.
#[derive(Clone, Copy, Debug)]
pub enum Moment<'a> {
    /// After the last submission of the round.
    Closing {
        /// The tables of two questions, or of a question by groups, that were chosen to be published with it.
        tables: &'a [Chosen],
    },
    /// During fieldwork: the tallies are a candidate taken some time ago, `now` is how they stand at
    /// present (see `interim`).
    Interim {
        /// The cells as they are now.
        now: &'a [Atom],
    },
}

/// Why there is no release.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refused {
    /// The tallies do not fit their questionnaires.
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// Too little has changed for an interim release.
    #[error("the round has not changed enough since its last release, or since this snapshot")]
    TooSoon,
    /// An interim release that takes too long to make safe; the closing release hides more instead.
    #[error("what has been released so far leaves too many combinations to check")]
    TooHard,
}

impl Release {
    /// Makes the release of `atoms`, given everything published about the round so far.
    ///
    /// `k` is the smallest group shown, in submissions; `earlier` is in order of time. The same input
    /// gives the same document, byte for byte.
    ///
    /// # Errors
    /// When tallies do not fit their questionnaires, or an interim release comes too soon or is too hard.
    pub fn build(
        questionnaires: &[Questionnaire],
        atoms: &[Atom],
        eligible: &[Eligible],
        k: u64,
        earlier: &[Earlier],
        moment: Moment<'_>,
    ) -> Result<Self, Refused> {
        Self::build_within(&Effort::whole(), questionnaires, atoms, eligible, k, earlier, moment)
    }

    pub(super) fn build_within(
        effort: &Effort,
        questionnaires: &[Questionnaire],
        atoms: &[Atom],
        eligible: &[Eligible],
        k: u64,
        earlier: &[Earlier],
        moment: Moment<'_>,
    ) -> Result<Self, Refused> {
        input::check_order(questionnaires)?;
        let snapshots = snapshots(atoms, earlier, moment);
        for snapshot in &snapshots {
            input::check(questionnaires, snapshot)?;
        }
        let cells = Cells::new(&snapshots);
        let members = group::members(&cells.keys);
        let interim = matches!(moment, Moment::Interim { .. });
        let tables = match moment {
            Moment::Closing { tables } => tables,
            Moment::Interim { .. } => &[],
        };
        let builder =
            Builder { questionnaires, eligible, k, earlier, snapshots, tables, interim, cells, members, effort };
        let whole = GroupId::new(None, group::TOTAL, group::TOTAL);
        if interim && !builder.ready(&whole, Base::Submissions) {
            return Err(Refused::TooSoon);
        }
        let release = builder.release();
        if builder.gave_up() { Err(Refused::TooHard) } else { Ok(release) }
    }
}

/// Earlier snapshots, this one, and for an interim release the present one.
fn snapshots<'a>(atoms: &'a [Atom], earlier: &'a [Earlier], moment: Moment<'a>) -> Vec<&'a [Atom]> {
    let mut snapshots: Vec<&[Atom]> = earlier.iter().map(|before| before.atoms.as_slice()).collect();
    snapshots.push(atoms);
    if let Moment::Interim { now } = moment {
        snapshots.push(now);
    }
    snapshots
}

/// What a release is made of.
pub(super) struct Builder<'a> {
    pub(super) questionnaires: &'a [Questionnaire],
    pub(super) eligible: &'a [Eligible],
    pub(super) k: u64,
    pub(super) earlier: &'a [Earlier],
    /// The tallies behind the earlier releases and this one.
    pub(super) snapshots: Vec<&'a [Atom]>,
    pub(super) tables: &'a [Chosen],
    pub(super) interim: bool,
    pub(super) cells: Cells,
    pub(super) members: Members,
    pub(super) effort: &'a Effort,
}

/// Kinds of table with their groups.
pub(super) type Layout = Vec<(String, Vec<GroupId>)>;

/// Per question, the groups in which it is shown.
pub(super) type Shown<'g> = Vec<BTreeSet<&'g GroupId>>;

impl Builder<'_> {
    fn release(&self) -> Release {
        let round = group::tables(None, &self.members, self.eligible);
        let sheets = self.questionnaires.iter().enumerate();
        let sheets: Vec<Layout> =
            sheets.map(|sheet| group::tables(Some(sheet), &self.members, self.eligible)).collect();
        let all: Vec<&GroupId> = [&round].into_iter().chain(&sheets).flatten().flat_map(|(_, groups)| groups).collect();
        let shown = self.shown(&all, Base::Submissions, self.published(published_groups));
        let tables = round.iter().map(|(by, groups)| Table {
            by: by.clone(),
            groups: groups.iter().map(|group| self.round_group(group, &shown)).collect(),
        });
        let asked = || sheets.iter().zip(self.questionnaires.iter().enumerate());
        let questions: Vec<Shown<'_>> =
            asked().map(|(layout, asked)| self.questions_shown(asked, &open(layout, &shown))).collect();
        Release {
            k: self.k,
            interim: self.interim,
            method: None,
            excluded: Vec::new(),
            tables: tables.collect(),
            questionnaires: asked()
                .zip(&questions)
                .map(|((layout, asked), questions)| self.sheet(layout, asked, &shown, questions))
                .collect(),
            crosstabs: self.crosstabs(&sheets, &questions),
        }
    }

    /// The position of this release among the moments.
    pub(super) fn present(&self) -> usize {
        self.earlier.len()
    }

    fn cells_of(&self, group: &GroupId) -> &[usize] {
        self.members.get(group).map(Vec::as_slice).unwrap_or_default()
    }

    fn ready(&self, group: &GroupId, base: Base) -> bool {
        let timing = Interim { candidate: self.present(), k: self.k };
        !self.interim || timing.ready(&self.cells, &self.members, group, base)
    }

    /// An interim release can wait: it is not made with what a search that was cut short leaves.
    fn gave_up(&self) -> bool {
        self.interim && self.effort.is_spent()
    }

    /// What earlier releases show of something, with their positions among the moments.
    pub(super) fn published(&self, of: impl Fn(&Release) -> Vec<GroupId>) -> Vec<(usize, GroupId)> {
        let before = self.earlier.iter().enumerate();
        before.flat_map(|(moment, before)| of(&before.release).into_iter().map(move |group| (moment, group))).collect()
    }

    /// Which of the groups can be shown on a base, next to groups that are known as of some moment.
    pub(super) fn shown<'g>(
        &self,
        groups: &[&'g GroupId],
        base: Base,
        known: Vec<(usize, GroupId)>,
    ) -> BTreeSet<&'g GroupId> {
        if self.gave_up() {
            return BTreeSet::new();
        }
        let (columns, of_cell) = self.columns(base);
        let over = |group: &GroupId, until: usize| -> Vec<usize> {
            let cells = self.cells_of(group).iter().flat_map(|&cell| &of_cell[cell]);
            cells.filter(|(period, _)| *period <= until).map(|(_, column)| *column).collect()
        };
        let candidate = |group: &&GroupId| Candidate {
            columns: over(group, self.present()),
            size: self.cells.total(self.present(), self.cells_of(group), base),
            total: group.is_total(),
            ready: self.ready(group, base),
        };
        let problem = Problem {
            fixed: known.iter().map(|(moment, group)| over(group, *moment)).collect(),
            candidates: groups.iter().map(candidate).collect(),
            columns,
            k: self.k,
            effort: self.effort,
        };
        let shown = groups.iter().zip(problem.shown());
        shown.filter(|(_, shown)| *shown).map(|(group, _)| *group).collect()
    }

    /// The changes of all cells, and per cell the period and position of each of its changes.
    fn columns(&self, base: Base) -> (Vec<super::cell::Change>, Vec<Vec<(usize, usize)>>) {
        let mut columns = Vec::new();
        let mut of_cell = Vec::with_capacity(self.cells.keys.len());
        for cell in 0..self.cells.keys.len() {
            let changes = self.cells.changes(cell, self.present(), base);
            let places = changes.iter().zip(columns.len()..);
            of_cell.push(places.map(|(change, column)| (change.period, column)).collect());
            columns.extend(changes);
        }
        (columns, of_cell)
    }

    fn round_group(&self, group: &GroupId, shown: &BTreeSet<&GroupId>) -> Group {
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

    /// Whether every form of a group came from where the number of pupils is known. Forms of a school without one, of a school
    /// that was taken out of the round or of staff would be counted over other people's pupils.
    fn are_pupils_known(&self, group: &GroupId) -> bool {
        self.cells_of(group).iter().filter(|&&cell| self.cells.at(self.present(), cell).n > 0).all(|&cell| {
            let key = &self.cells.keys[cell];
            self.eligible.iter().any(|eligible| eligible.unit == key.unit && eligible.level == key.level)
        })
    }

    /// Pupils of a group that has a place in the lists of enrolment; none where they cannot be compared with its forms.
    fn pupils(&self, group: &GroupId, levels: Option<&[String]>) -> Option<u64> {
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
        let pupils = rows.map(|eligible| eligible.pupils).sum();
        (pupils > 0).then_some(pupils)
    }

    fn submissions(&self, group: &GroupId, eligible: Option<u64>) -> Figures {
        let n = self.cells.total(self.present(), self.cells_of(group), Base::Submissions);
        let response_rate = eligible.and_then(|eligible| score::response_rate(n, eligible));
        Figures { n, eligible, response_rate, ..Figures::default() }
    }

    fn sheet(
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

    /// Per question, the groups in which it can be shown: where all is shown that decides whether it is asked.
    fn questions_shown<'g>(&self, (sheet, asked): (usize, &Questionnaire), open: &[&'g GroupId]) -> Shown<'g> {
        let mut shown: Shown<'_> = vec![BTreeSet::new(); asked.questions.len()];
        let mut by_deciding: BTreeMap<Vec<usize>, Vec<&GroupId>> = BTreeMap::new();
        let veil = self.veil(sheet, asked);
        // what cannot be decided stays hidden; `check_order` refused such questionnaires
        for position in asked.in_order().unwrap_or_default() {
            let question = &asked.questions[position];
            let deciding = asked.deciding(position);
            let decided = |group: &&&GroupId| deciding.iter().all(|&question| shown[question].contains(**group));
            let groups = by_deciding.entry(deciding.clone()).or_insert_with(|| {
                let groups = open.iter().filter(decided).copied().collect();
                self.askable((sheet, asked), position, groups)
            });
            let mut known = self.published(|release| published_question(release, sheet, &asked.telling_of(position)));
            let own_table = open.iter().filter(|group| group.by == question.code);
            known.extend(own_table.map(|group| (self.present(), (*group).clone())));
            let told: Vec<&GroupId> = groups.iter().filter(|group| !veil.hides(position, group)).copied().collect();
            shown[position] = self.shown(&told, base_of(&question.measure, position), known);
        }
        shown
    }

    /// The groups in which it can be told of how many people a question is asked, and all those that the
    /// same questions decide: rules that look at the same answers can be compared.
    fn askable<'g>(
        &self,
        (sheet, asked): (usize, &Questionnaire),
        question: usize,
        mut groups: Vec<&'g GroupId>,
    ) -> Vec<&'g GroupId> {
        if !asked.is_asked_jointly(question) {
            return groups;
        }
        let alike = asked.decided_alike(question);
        let codes: Vec<&str> = alike.iter().map(|&place| asked.questions[place].code.as_str()).collect();
        for &place in &alike {
            let known = self.published(|release| published_question(release, sheet, &codes));
            groups = self.shown(&groups, Base::Asked(place), known).into_iter().collect();
        }
        groups
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

/// What is told of a question: of a number without classes, a sum that may be of equal answers.
fn base_of(measure: &Measure, question: usize) -> Base {
    match measure {
        Measure::Number { bins, .. } if bins.is_empty() => Base::Unclassed(question),
        _ => Base::Answers(question),
    }
}

/// The groups of a layout that are shown.
fn open<'g>(layout: &'g Layout, shown: &BTreeSet<&GroupId>) -> Vec<&'g GroupId> {
    layout.iter().flat_map(|(_, groups)| groups).filter(|group| shown.contains(group)).collect()
}

/// The groups a release shows, in its own order of questionnaires, which is the round's.
pub(super) fn published_groups(release: &Release) -> Vec<GroupId> {
    let round = release.tables.iter().map(|table| (None, table));
    let sheets = release.questionnaires.iter().enumerate();
    let sheets = sheets.flat_map(|(position, sheet)| sheet.tables.iter().map(move |table| (Some(position), table)));
    let mut groups = Vec::new();
    for (questionnaire, table) in round.chain(sheets) {
        let open = table.groups.iter().filter(|group| !group.suppressed);
        groups.extend(open.map(|group| GroupId::new(questionnaire, &table.by, &group.key)));
    }
    groups
}

/// The groups in which a release shows one of these questions: a question and those that depend on it.
/// The table by a question says by its keys what everybody in it answered.
pub(super) fn published_question(release: &Release, sheet: usize, codes: &[&str]) -> Vec<GroupId> {
    let tables = release.questionnaires.get(sheet).map(|sheet| sheet.tables.as_slice());
    let mut groups = Vec::new();
    for table in tables.unwrap_or_default() {
        let own = codes.first().is_some_and(|code| *code == table.by);
        let shows = |group: &&Group| group.figures.as_ref().is_some_and(|figures| own || shows(figures, codes));
        let open = table.groups.iter().filter(shows);
        groups.extend(open.map(|group| GroupId::new(Some(sheet), &table.by, &group.key)));
    }
    groups
}

fn shows(figures: &Figures, codes: &[&str]) -> bool {
    figures.questions.iter().any(|question| codes.contains(&question.code.as_str()) && !question.suppressed)
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
