//! Questions that are rated on one scale, as a table: each question a row, each point of the scale a column.

use super::block::{Atom, Block};
use super::questions::{Printer, SMALL, paragraph, tick, wrapped};
use super::sheet::{Align, Area, Ink, Sheet, Style};
use crate::survey::question::{Question, Ticked};
use crate::typeface::{Room, Weight};

/// Between the two columns of a page, and how wide each is.
pub(super) const GUTTER: f32 = 21.0;
pub(super) const COLUMN: f32 = 245.0;
/// A column of a table is never wider than this.
const POINT: f32 = 48.0;
const LABEL: f32 = 9.5;

impl Printer<'_> {
    /// How many questions from this place on are rated on the scale of the first.
    pub(super) fn together(&self, place: usize, end: usize) -> usize {
        let questions = &self.teller.questionnaire.questions[place..end];
        let Some(first) = questions.first().filter(|question| !question.kind.scale().is_empty()) else { return 0 };
        let same = |question: &&Question| {
            question.kind.means_the_same(first.kind.as_ref()) && question.ticked() == first.ticked()
        };
        questions.iter().take_while(|question| !question.withheld && same(question)).count()
    }

    /// A table of so many questions.
    pub(super) fn table(&self, place: usize, many: usize) -> Option<Block> {
        let questions = self.teller.questionnaire.questions.get(place..place + many)?;
        let points = questions.first()?.ticked();
        let point = POINT.min(self.inside * 0.6 / super::pdf::small(points.len()));
        let label = self.inside - point * super::pdf::small(points.len());
        let mut atoms = Vec::new();
        for n in place..place + many {
            if let Some(sentence) = self.teller.sentence(n) {
                let style = Style::BODY.medium().in_ink(Ink::Brand);
                atoms.push(paragraph(&sentence, (4.0, self.inside - 8.0), SMALL, style, 2.0));
            }
            atoms.push(self.row(n, &points, (label, point), (n - place) % 2 == 1)?);
        }
        if let Some(last) = atoms.last_mut() {
            last.height += 9.0;
        }
        Some(Block {
            head: Some(self.points(&points, (label, point))),
            atoms,
            is_wide: true,
            may_tear: true,
            leads: false,
        })
    }

    /// The head of the table: what each point is called.
    fn points(&self, points: &[Ticked<'_>], (label, point): (f32, f32)) -> Atom {
        let mut drawn = Sheet::new((0.0, 0.0));
        let room = Room { width: point - 4.0, lines: 5, weight: Weight::Medium };
        let named: Vec<_> = points.iter().map(|ticked| room.fit(&self.label(ticked), &[7.5, 7.0, 6.5])).collect();
        let height = named.iter().map(crate::typeface::Lines::height).fold(0.0, f32::max) + 6.0;
        drawn.fill(Area(0.0, 0.0, self.inside, height), 0.0, Ink::Brand);
        let style = Style::BODY.medium().in_ink(Ink::White).to(Align::Center);
        for (lines, n) in named.iter().zip(0..) {
            let x = label + point * (super::pdf::small(n) + 0.5);
            drawn.lines(lines, (x, (height - lines.height()) / 2.0 - 0.5), style);
        }
        Atom::new(height, drawn)
    }

    fn row(&self, place: usize, points: &[Ticked<'_>], (label, point): (f32, f32), is_shaded: bool) -> Option<Atom> {
        let question = self.teller.questionnaire.questions.get(place)?;
        let mut text = Sheet::new((0.0, 0.0));
        let said = self.numbered(place, self.asked(question));
        let lines = wrapped(&said, label - 12.0, LABEL, Weight::Regular);
        let mut height = 4.0 + text.lines(&lines, (4.0, 3.0), Style::BODY);
        if let Some(hint) = &question.hint {
            let lines = wrapped(&self.text(hint), label - 12.0, 8.0, Weight::Regular);
            height += text.lines(&lines, (4.0, height), Style::BODY.in_ink(Ink::Soft));
        }
        let height = (height + 3.0).max(19.0);
        let mut drawn = Sheet::new((0.0, 0.0));
        if is_shaded {
            drawn.fill(Area(0.0, 0.0, self.inside, height), 0.0, Ink::Pale);
        }
        drawn.put(&text, (0.0, 0.0), 1.0);
        for (ticked, n) in points.iter().zip(0..) {
            let x = label + point * (super::pdf::small(n) + 0.5);
            tick(&mut drawn, (x, height / 2.0), Some(ticked.mark), true);
        }
        drawn.line((0.0, height), (self.inside, height), Ink::Line, 0.4);
        Some(Atom::new(height, drawn))
    }
}
