//! Whether what a few answered could be otherwise while every published figure stays.
//!
//! Two people whom the published groups treat alike give each other their answers; or four do who stand in the corners of two
//! kinds of group, so that each group loses an answer and gains the same one. Where neither can be done, nothing is proven.

use std::collections::HashMap;

use super::super::crossing::Grid;

/// Those of one cell of the tallies who are counted from one release to the last.
#[derive(Debug)]
pub(super) struct Part {
    /// The place of the cell among those of the questionnaire.
    pub(super) cell: usize,
    /// The release.
    pub(super) since: usize,
    /// Forms: a column per answer and a last one for none; a row per answer to the question with which this one is crossed.
    pub(super) forms: Grid<u64>,
}

impl Part {
    fn has(&self, answer: usize) -> bool {
        self.forms.column(answer) > 0
    }

    fn has_other(&self, answer: usize) -> bool {
        self.answers().any(|other| other != answer && self.has(other))
    }

    fn answers(&self) -> std::ops::Range<usize> {
        0..self.forms.columns.saturating_sub(1)
    }

    /// Rows in which somebody gave an answer.
    fn rows(&self, answer: usize) -> impl Iterator<Item = usize> + '_ {
        (0..self.forms.rows).filter(move |row| self.forms.at((*row, answer)) > 0)
    }
}

/// The parts of a question's answers, sorted by what is published.
pub(super) struct World<'a> {
    parts: &'a [Part],
    /// Per part, its class in each kind of group: what is published tells classes apart, and nothing else.
    classes: Vec<Vec<usize>>,
    steps: Vec<usize>,
    alike: HashMap<(usize, usize), Vec<usize>>,
    in_class: HashMap<(usize, usize, usize), Vec<usize>>,
    of_cell: HashMap<usize, Vec<usize>>,
    most: Vec<usize>,
    /// Whether four people may exchange answers: not where other questions would have to move along.
    by_four: bool,
}

impl<'a> World<'a> {
    /// Parts with their classes.
    pub(super) fn new(parts: &'a [Part], classes: Vec<Vec<usize>>, by_four: bool) -> Self {
        let kinds = classes.first().map_or(0, Vec::len);
        let most: Vec<usize> =
            (0..kinds).map(|kind| 1 + classes.iter().map(|own| own[kind]).max().unwrap_or(0)).collect();
        let mut steps = vec![1; kinds];
        (1..kinds).for_each(|kind| steps[kind] = steps[kind - 1] * most[kind - 1]);
        let mut world = Self {
            parts,
            classes,
            steps,
            alike: HashMap::new(),
            in_class: HashMap::new(),
            of_cell: HashMap::new(),
            most,
            by_four,
        };
        for (at, part) in parts.iter().enumerate() {
            world.alike.entry((part.since, world.place(at))).or_default().push(at);
            world.of_cell.entry(part.cell).or_default().push(at);
            for kind in 0..kinds {
                world.in_class.entry((part.since, kind, world.classes[at][kind])).or_default().push(at);
            }
        }
        world
    }

    fn place(&self, part: usize) -> usize {
        self.classes[part].iter().zip(&self.steps).map(|(class, step)| class * step).sum()
    }

    /// Whether the number of those in a set of cells who gave an answer can be another.
    pub(super) fn is_open(&self, cells: &[usize], answer: usize) -> bool {
        let own: Vec<usize> = cells.iter().filter_map(|cell| self.of_cell.get(cell)).flatten().copied().collect();
        let inside = |cell: usize| cells.contains(&cell);
        own.iter().any(|&part| self.by_two(part, answer, &inside))
            || self.by_four && own.iter().any(|&part| self.by_four(part, answer, &inside))
    }

    fn by_two(&self, part: usize, answer: usize, inside: &dyn Fn(usize) -> bool) -> bool {
        let alike = self.at(self.parts[part].since, self.place(part));
        let any = |is_inside: bool, of: &dyn Fn(&Part) -> bool| {
            alike.iter().map(|&at| &self.parts[at]).any(|part| inside(part.cell) == is_inside && of(part))
        };
        let (has, other) = (|part: &Part| part.has(answer), |part: &Part| part.has_other(answer));
        any(true, &has) && any(false, &other) || any(true, &other) && any(false, &has)
    }

    fn by_four(&self, part: usize, answer: usize, inside: &dyn Fn(usize) -> bool) -> bool {
        let answers = || self.parts[part].answers().filter(|other| *other != answer);
        let moves = answers().map(|other| (answer, other)).chain(answers().map(|other| (other, answer)));
        let kinds = || (0..self.most.len()).filter(|kind| self.most[*kind] > 1);
        // kinds of few groups come last and are looked through first
        let ways: Vec<(usize, usize)> =
            kinds().rev().flat_map(|across| kinds().map(move |along| (along, across))).collect();
        let ways: Vec<(usize, usize)> = ways.into_iter().filter(|(along, across)| along != across).collect();
        moves
            .flat_map(|(from, to)| self.parts[part].rows(from).map(move |row| (from, to, row)))
            .any(|change| ways.iter().any(|way| self.corners(part, change, *way, inside)))
    }

    /// The other three: one who differs in the kind `across`, and two others who differ from each other in the same way.
    fn corners(
        &self,
        part: usize,
        (from, to, row): (usize, usize, usize),
        (along, across): (usize, usize),
        inside: &dyn Fn(usize) -> bool,
    ) -> bool {
        let (since, own) = (self.parts[part].since, &self.classes[part]);
        let outside = |at: &&usize| !inside(self.parts[**at].cell);
        let beside = |at: usize, class: usize| {
            let moved = self.place(at) - self.classes[at][across] * self.steps[across] + class * self.steps[across];
            self.at(since, moved)
        };
        let none = Vec::new();
        let others = self.in_class.get(&(since, across, own[across])).unwrap_or(&none);
        let is_answered = |at: &&usize| self.parts[**at].forms.at((row, to)) > 0;
        (0..self.most[across])
            .filter(|class| {
                *class != own[across] && beside(part, *class).iter().filter(outside).any(|at| is_answered(&at))
            })
            .any(|class| {
                others.iter().filter(outside).filter(|at| self.classes[**at][along] != own[along]).any(|&third| {
                    self.parts[third].rows(to).any(|row| {
                        let fourth = beside(third, class);
                        fourth.iter().filter(outside).any(|at| self.parts[*at].forms.at((row, from)) > 0)
                    })
                })
            })
    }

    fn at(&self, since: usize, place: usize) -> &[usize] {
        self.alike.get(&(since, place)).map(Vec::as_slice).unwrap_or_default()
    }
}
