//! What questions say about each other, looked at when all of them are read: expressions, and answers shown in texts.

mod known;
mod written;

use std::collections::{BTreeSet, HashMap};

use super::super::expression::Expression;
use super::super::pipe::{Piece, has_answers, pieces};
use super::super::question::{Question, Rule};
use super::super::text::Text;
use super::Section;
use super::file::{Given, QuestionFile, Requirement, SectionFile};
use super::mistake::Finder;
use super::order::sorted;
use known::Known;
use written::{Of, Property, Written, fits, give, said, unread_attributes};

/// Characters of an expression: far more than people read, few enough for every page that carries it.
const MOST_LETTERS: usize = 2000;
const TOO_LONG: &str =
    "column 2001: an expression has at most 2000 characters; put parts of it into questions of kind calculate";

/// Collects expressions and the places of texts while the file is read.
#[derive(Default)]
pub(super) struct Logic<'a> {
    written: Vec<Written<'a>>,
    asked: Vec<(usize, Finder<'a>)>,
    /// Titles of sections, with the section's code.
    titles: Vec<(String, Text, Finder<'a>)>,
    /// Codes of questions with mistakes: what mentions them is not looked at, because it may well be right.
    broken: BTreeSet<String>,
}

/// The code as it stands in the file, for messages.
fn called(code: &Given<String>) -> String {
    match code {
        Given::Good(code) => code.clone(),
        Given::Missing | Given::Bad(_) => "?".to_owned(),
    }
}

impl<'a> Logic<'a> {
    pub(super) fn section(&mut self, place: usize, file: &SectionFile, title: Option<&Text>, at: &Finder<'a>) {
        self.titles.extend(title.map(|title| (called(&file.code), title.clone(), at.child("title"))));
        let text = at.optional(&file.relevant, "relevant").cloned();
        self.read(Of::Section(place), Property::Relevant, &file.code, text, at);
    }

    pub(super) fn question(&mut self, place: usize, file: &QuestionFile, at: &Finder<'a>) {
        self.row(place, file, at, at);
        let text = |given: &Given<String>, property: Property| at.optional(given, property.name()).cloned();
        for (property, text) in [
            (Property::Constraint, text(&file.constraint, Property::Constraint)),
            (Property::Calculation, text(&file.calculation, Property::Calculation)),
            (Property::ChoiceFilter, text(&file.choice_filter, Property::ChoiceFilter)),
        ] {
            self.read(Of::Question(place), property, &file.code, text, at);
        }
    }

    /// A row of a matrix, which is relevant and required as its file at `at` says; its own texts stand at `own`.
    pub(super) fn row(&mut self, place: usize, file: &QuestionFile, at: &Finder<'a>, own: &Finder<'a>) {
        let required = match at.optional(&file.required, "required") {
            Some(Requirement::When(text)) => Some(text.clone()),
            Some(Requirement::Plain(_)) | None => None,
        };
        self.relevant(place, file, at);
        self.read(Of::Question(place), Property::Required, &file.code, required, at);
        self.asked.push((place, own.clone()));
    }

    /// The heading of a matrix: it takes no answer, so nothing is required of it.
    pub(super) fn heading(&mut self, place: usize, file: &QuestionFile, at: &Finder<'a>) {
        self.relevant(place, file, at);
        self.asked.push((place, at.clone()));
    }

    fn relevant(&mut self, place: usize, file: &QuestionFile, at: &Finder<'a>) {
        let text = at.optional(&file.relevant, Property::Relevant.name()).cloned();
        self.read(Of::Question(place), Property::Relevant, &file.code, text, at);
    }

    /// A question that has mistakes already: its expressions are still read.
    pub(super) fn broken(&mut self, file: &QuestionFile, at: &Finder<'a>) {
        self.broken.insert(called(&file.code));
        let before = self.written.len();
        self.question(usize::MAX, file, at);
        self.written.truncate(before);
        self.asked.pop();
    }

    fn read(&mut self, of: Of, property: Property, code: &Given<String>, text: Option<String>, at: &Finder<'a>) {
        let Some(text) = text else { return };
        let owner = called(code);
        let parse = if property == Property::ChoiceFilter { Expression::parse_filter } else { Expression::parse };
        let read = if text.chars().nth(MOST_LETTERS).is_some() {
            Err(TOO_LONG.to_owned())
        } else {
            // in NFC, as answers are: whoever types on a Mac must be understood
            parse(&crate::vietnamese::nfc(&text)).map_err(|error| error.to_string())
        };
        match read {
            Ok(expression) => self.written.push(Written { of, property, owner, at: at.clone(), expression }),
            Err(message) => {
                if property == Property::Calculation {
                    self.broken.insert(owner.clone());
                }
                said(at, property, &owner, message);
            }
        }
    }

    /// Checks everything and gives each question and section its rules; the order in which questions can be decided, unless
    /// they run in a circle.
    pub(super) fn settle(
        mut self,
        sections: &mut [Section],
        questions: &mut [Question],
        places: &HashMap<String, usize>,
    ) -> Option<Vec<usize>> {
        let looks_at = self.looks_at(questions, places);
        let order = match sorted(&looks_at) {
            Ok(order) => order,
            Err(circle) => {
                self.circle(&circle, questions, places);
                return None;
            }
        };
        // what a calculation gives is needed by whatever looks at it
        let (mut calculations, others): (Vec<_>, Vec<_>) = std::mem::take(&mut self.written)
            .into_iter()
            .partition(|written| written.property == Property::Calculation);
        let turn = |written: &Written<'_>| order.iter().position(|place| written.of == Of::Question(*place));
        calculations.sort_by_key(turn);
        for written in calculations.iter().chain(&others) {
            self.check(written, sections, questions, places);
        }
        let is_known = |code: &str| {
            self.broken.contains(code) || places.get(code).is_some_and(|place| questions[*place].has_answers())
        };
        for (section, title, at) in &self.titles {
            all_known(title, section, at, &is_known);
        }
        for (place, at) in &self.asked {
            if let Some(question) = questions.get(*place) {
                texts(question, at, &is_known);
            }
        }
        Some(order)
    }

    /// For each question the places that decide about it.
    fn looks_at(&self, questions: &[Question], places: &HashMap<String, usize>) -> Vec<BTreeSet<usize>> {
        let mut looks_at = vec![BTreeSet::new(); questions.len()];
        for written in self.written.iter().filter(|written| written.property.decides()) {
            let mentioned = || written.expression.references().filter_map(|code| places.get(code).copied());
            for (place, question) in questions.iter().enumerate() {
                if written.of == Of::Question(place) || written.of == Of::Section(question.section) {
                    looks_at[place].extend(mentioned());
                }
            }
        }
        looks_at
    }

    /// Reports a circle where its first question looks at the next.
    fn circle(&self, circle: &[usize], questions: &[Question], places: &HashMap<String, usize>) {
        let code = |place: usize| questions[place].code.as_str();
        let [first, ..] = circle else { return };
        let next = circle.get(1).unwrap_or(first);
        let names: Vec<&str> = circle.iter().chain([first]).map(|place| code(*place)).collect();
        let names = names.join(" → ");
        for written in self.written.iter().filter(|written| written.property.decides()) {
            let is_his = written.of == Of::Question(*first) || written.of == Of::Section(questions[*first].section);
            let mention = written.expression.mentions().find(|(_, code)| places.get(*code) == Some(next));
            if let (true, Some((column, _))) = (is_his, mention) {
                return written.report(format!(
                    "column {column}: these questions decide about each other in a circle: {names}; \
                     take one of them out of the circle"
                ));
            }
        }
    }

    fn check(
        &mut self,
        written: &Written<'_>,
        sections: &mut [Section],
        questions: &mut [Question],
        places: &HashMap<String, usize>,
    ) {
        if written.expression.references().any(|code| self.broken.contains(code)) {
            self.broken.insert(written.owner.clone());
            return;
        }
        let own = match (written.of, written.property) {
            (Of::Question(place), Property::Constraint) => questions.get(place),
            _ => None,
        };
        let choices = match (written.of, written.property) {
            (Of::Question(place), Property::ChoiceFilter) => questions.get(place).map_or(&[][..], |q| q.kind.choices()),
            _ => &[],
        };
        let known = Known { questions, places, own, choices };
        let checked = match written.expression.check(&known, own.and_then(|question| question.kind.value_type())) {
            Ok(checked) => checked,
            Err(error) => {
                self.broken.insert(written.owner.clone());
                return written.report(error);
            }
        };
        if !fits(written, checked.gives) {
            return;
        }
        unread_attributes(written, choices);
        let compiled = checked.expression.compile(&|code| places.get(code).copied());
        let rule = Rule { expression: checked.expression, compiled };
        match written.of {
            Of::Section(place) => {
                if let Some(section) = sections.get_mut(place) {
                    section.relevant = Some(rule);
                }
            }
            Of::Question(place) => {
                if let Some(question) = questions.get_mut(place) {
                    give(question, written.property, rule, checked.gives);
                }
            }
        }
    }
}

/// Whether the texts of a question mention nothing but questions that are there.
fn texts(question: &Question, at: &Finder<'_>, is_known: &dyn Fn(&str) -> bool) {
    let check = |text: &Text, at: &Finder<'_>| all_known(text, &question.code, at, is_known);
    check(&question.label, &at.child("label"));
    question.hint.iter().for_each(|hint| check(hint, &at.child("hint")));
    let mut messages = question.constraint_message.iter().flat_map(|message| message.iter());
    if messages.any(|(_, message)| has_answers(message)) {
        at.child("constraint_message").report("answers can be shown in titles, labels and hints, not here".to_owned());
    }
    let choices = at.child("choices");
    for (place, choice) in question.kind.choices().iter().enumerate() {
        check(&choice.label, &choices.item(place).child("label"));
    }
}

/// Reports what a text of this owner mentions and nobody is asked.
fn all_known(text: &Text, owner: &str, at: &Finder<'_>, is_known: &dyn Fn(&str) -> bool) {
    for (lang, written) in text.iter() {
        for (column, piece) in pieces(written) {
            let wrong = match piece {
                Piece::Answer(code) if !is_known(code) => format!("no question has the code `{code}`"),
                Piece::Broken(_) => "expected the code of a question and `}` right after `${`".to_owned(),
                Piece::Answer(_) | Piece::Words(_) => continue,
            };
            at.child(lang.code()).report(format!("text of {owner}, column {column}: {wrong}"));
        }
    }
}
