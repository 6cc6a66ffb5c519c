//! One question on paper.

use super::block::{Atom, Block};
use super::grid::COLUMN;
use super::rules::Teller;
use super::sheet::{Align, Area, Ink, Sheet, Style};
use crate::survey::pipe::{Piece, pieces};
use crate::survey::question::{OnPaper, Question, Required, Ticked};
use crate::survey::text::Text;
use crate::typeface::{Lines, Room, Weight, width};

/// Sizes of letters.
const LABEL: f32 = 10.0;
pub(super) const SMALL: f32 = 8.5;
/// Where choices begin, and their texts.
const INDENT: f32 = 12.0;
const CHOICE: f32 = 30.0;
/// A box to tick.
const BOX: f32 = 11.0;

/// Lines of a paragraph, as many as it takes.
pub(super) fn wrapped(text: &str, width: f32, size: f32, weight: Weight) -> Lines {
    Room { width, lines: usize::MAX, weight }.filled(text, size)
}

/// A paragraph as an atom.
pub(super) fn paragraph(text: &str, (x, width): (f32, f32), size: f32, style: Style, after: f32) -> Atom {
    let mut drawn = Sheet::new((0.0, 0.0));
    let height = drawn.lines(&wrapped(text, width, size, style.weight), (x, 0.0), style);
    Atom::new(height + after, drawn)
}

/// Puts questions on paper.
#[derive(Clone, Copy)]
pub(super) struct Printer<'a> {
    pub(super) teller: Teller<'a>,
    /// Inside the margins.
    pub(super) inside: f32,
}

impl Printer<'_> {
    /// A text in the form's language; an answer in it is named by its question.
    pub(super) fn text(&self, text: &Text) -> String {
        let piece = |(_, piece): (usize, Piece<'_>)| match piece {
            Piece::Words(words) | Piece::Broken(words) => words.to_owned(),
            Piece::Answer(code) => match self.teller.numbering.named(self.teller.questionnaire, code) {
                Some(number) => self.say_with("paper-answer-to", "question", number),
                None => "…".to_owned(),
            },
        };
        pieces(text.get(self.teller.lang)).into_iter().map(piece).collect()
    }

    pub(super) fn say(&self, name: &str) -> String {
        self.teller.phrases.say(name)
    }

    pub(super) fn say_with(&self, name: &str, key: &'static str, value: &str) -> String {
        self.teller.phrases.with(name, key, value.to_owned())
    }

    /// What people read beside a box.
    pub(super) fn label(&self, ticked: &Ticked<'_>) -> String {
        ticked.label.map_or_else(|| self.say("paper-other"), |label| self.text(label))
    }

    /// The label of a question, with a star where it must be answered.
    pub(super) fn asked(&self, question: &Question) -> String {
        let star = if matches!(question.required, Required::Always) { " *" } else { "" };
        format!("{}{star}", self.text(&question.label))
    }

    /// A question with room for its answer.
    pub(super) fn question(&self, place: usize) -> Option<Block> {
        let question = self.teller.questionnaire.questions.get(place)?;
        let form = question.kind.on_paper();
        let is_wide = matches!(form, OnPaper::Told) || matches!(form, OnPaper::Words { lines } if lines > 1);
        let width = if is_wide { self.inside } else { COLUMN };
        let mut atoms = Vec::new();
        if let Some(sentence) = self.teller.sentence(place) {
            let style = Style::BODY.medium().in_ink(Ink::Brand);
            atoms.push(paragraph(&sentence, (0.0, width), SMALL, style, 2.0));
        }
        atoms.push(self.heading(place, question, width));
        if let Some(hint) = question.hint.as_ref().map(|hint| self.text(hint)) {
            atoms.push(paragraph(&hint, (0.0, width), SMALL, Style::BODY.in_ink(Ink::Soft), 1.0));
        }
        atoms.extend(self.answer(question, &form, width));
        if let Some(last) = atoms.last_mut() {
            last.height += 7.0;
        }
        // what is asked never stands apart from the first of its choices
        Some(Block { atoms, is_wide, leads: matches!(form, OnPaper::Told), ..Block::default() })
    }

    fn heading(&self, place: usize, question: &Question, wide: f32) -> Atom {
        let said = self.numbered(place, self.asked(question));
        paragraph(&said, (0.0, wide), LABEL, Style::BODY.medium(), 2.0)
    }

    /// A text behind the number of its question, where it has one.
    pub(super) fn numbered(&self, place: usize, text: String) -> String {
        match self.teller.numbering.at(place) {
            Some(number) => format!("{number}. {text}"),
            None => text,
        }
    }

    fn answer(&self, question: &Question, form: &OnPaper, wide: f32) -> Vec<Atom> {
        let note = |text: String| paragraph(&text, (0.0, wide), SMALL, Style::BODY.in_ink(Ink::Soft), 1.5);
        match form {
            OnPaper::Nothing | OnPaper::Told => Vec::new(),
            OnPaper::Tick => vec![boxed(None, &self.say("paper-tick"), wide, false)],
            OnPaper::One { .. } => self.choices(question, self.say("paper-one"), true, wide),
            OnPaper::Several { max, .. } => {
                let all = question.kind.choices().len();
                let how = if *max < all {
                    self.say_with("paper-at-most-several", "max", &max.to_string())
                } else {
                    self.say("paper-several")
                };
                self.choices(question, how, false, wide)
            }
            OnPaper::Order { positions } => {
                let how = note(self.say_with("paper-order", "positions", &positions.to_string()));
                let item = |ticked: &Ticked<'_>| numbered(ticked.mark, &self.label(ticked), wide);
                std::iter::once(how).chain(question.ticked().iter().map(item)).collect()
            }
            OnPaper::Number { min, max } => {
                let mut atoms = Vec::new();
                match (min, max) {
                    (Some(min), Some(max)) => {
                        let values = [("min", min.clone()), ("max", max.clone())];
                        atoms.push(note(self.teller.phrases.fill("paper-between", &values)));
                    }
                    (Some(min), None) => atoms.push(note(self.say_with("paper-from", "min", min))),
                    (None, Some(max)) => atoms.push(note(self.say_with("paper-to", "max", max))),
                    (None, None) => {}
                }
                atoms.push(ruled(INDENT, 90.0));
                atoms
            }
            OnPaper::Steps(steps) => {
                let (name, values) = steps.told();
                let which = self.teller.phrases.fill(name, &values);
                vec![note(self.say_with("paper-steps", "which", &which)), ruled(INDENT, 90.0)]
            }
            OnPaper::Words { lines } => (0..*lines).map(|_| ruled(0.0, wide)).collect(),
            OnPaper::Date => vec![digits(&[2, 2, 4], "/")],
            OnPaper::Time => vec![digits(&[2, 2], ":")],
        }
    }

    fn choices(&self, question: &Question, how: String, is_one: bool, wide: f32) -> Vec<Atom> {
        let ticked = question.ticked();
        let labels: Vec<(Option<&str>, String)> = ticked.iter().map(|one| (Some(one.mark), self.label(one))).collect();
        let half = (wide - INDENT) / 2.0;
        let are_short = labels.iter().all(|(_, label)| width(label, LABEL, Weight::Regular) < half - CHOICE);
        let mut atoms = vec![paragraph(&how, (0.0, wide), SMALL, Style::BODY.in_ink(Ink::Soft), 1.5)];
        let has_other = ticked.last().is_some_and(|last| last.label.is_none());
        if are_short && labels.len() > 2 && !has_other {
            for pair in labels.chunks(2) {
                let mut drawn = Sheet::new((0.0, 0.0));
                let mut height: f32 = 0.0;
                for ((mark, label), n) in pair.iter().zip(0..) {
                    let atom = boxed(*mark, label, half, is_one);
                    drawn.put(&atom.drawn, (half * super::pdf::small(n), 0.0), 1.0);
                    height = height.max(atom.height);
                }
                atoms.push(Atom::new(height, drawn));
            }
            return atoms;
        }
        for (one, (mark, label)) in ticked.iter().zip(&labels) {
            atoms.push(boxed(*mark, label, wide, is_one));
            if one.label.is_none() {
                atoms.push(ruled(CHOICE, wide - CHOICE));
            }
        }
        atoms
    }
}

/// A box with its number inside – round where only one is ticked – and what it stands for.
fn boxed(mark: Option<&str>, label: &str, wide: f32, is_round: bool) -> Atom {
    let mut drawn = Sheet::new((0.0, 0.0));
    let lines = wrapped(label, wide - CHOICE - 2.0, LABEL, Weight::Regular);
    let height = drawn.lines(&lines, (CHOICE, 0.0), Style::BODY).max(BOX + 2.5);
    tick(&mut drawn, (INDENT + BOX / 2.0, 6.5), mark, is_round);
    Atom::new(height + 1.5, drawn)
}

/// A box around its middle.
pub(super) fn tick(drawn: &mut Sheet, (x, y): (f32, f32), mark: Option<&str>, is_round: bool) {
    let radius = if is_round { BOX / 2.0 } else { 1.5 };
    drawn.frame(Area(x - BOX / 2.0, y - BOX / 2.0, BOX, BOX), radius, Ink::Dark, 0.8);
    if let Some(mark) = mark {
        let lines = Lines { size: 6.5, lines: vec![mark.to_owned()] };
        drawn.lines(&lines, (x, y - 4.05), Style::BODY.in_ink(Ink::Soft).to(Align::Center));
    }
}

/// A box to write a position into, with the number and the name of what gets it.
fn numbered(mark: &str, label: &str, wide: f32) -> Atom {
    let mut drawn = Sheet::new((0.0, 0.0));
    drawn.frame(Area(INDENT, 0.5, 18.0, 14.0), 1.5, Ink::Dark, 0.8);
    let lines = wrapped(&format!("({mark}) {label}"), wide - CHOICE - 8.0, LABEL, Weight::Regular);
    let height = drawn.lines(&lines, (CHOICE + 6.0, 1.0), Style::BODY).max(15.0);
    Atom::new(height + 2.5, drawn)
}

/// A line to write on.
fn ruled(x: f32, wide: f32) -> Atom {
    let mut drawn = Sheet::new((0.0, 0.0));
    drawn.line((x, 17.0), (x + wide, 17.0), Ink::Line, 0.6);
    Atom::new(21.0, drawn)
}

/// Boxes for digits, in groups.
fn digits(groups: &[usize], sign: &str) -> Atom {
    let mut drawn = Sheet::new((0.0, 0.0));
    let mut x = INDENT;
    for (n, group) in groups.iter().enumerate() {
        if n > 0 {
            drawn.text(sign, (x + 5.0, 1.0), (10.0, 1), &[11.0], Style::BODY.to(Align::Center));
            x += 10.0;
        }
        for _ in 0..*group {
            drawn.frame(Area(x, 1.0, 14.0, 16.0), 1.5, Ink::Dark, 0.7);
            x += 15.5;
        }
    }
    Atom::new(20.0, drawn)
}
