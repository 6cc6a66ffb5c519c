//! What one column is about: the entry of a codebook.

use super::columns::Asked;
use super::no_answer::NoAnswer;
use crate::survey::question::{Content, OTHER, Phrases, Question};
use crate::survey::questionnaire::Questionnaire;
use crate::survey::text::Lang;

/// How far a value can be reckoned with, as SPSS and DDI distinguish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Names without an order.
    Nominal,
    /// An order without distances.
    Ordinal,
    /// Numbers and days.
    Scale,
}

impl Level {
    /// Its name in codebooks; DDI calls the last one `interval`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Nominal => "nominal",
            Self::Ordinal => "ordinal",
            Self::Scale => "scale",
        }
    }
}

/// A code and what it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meaning {
    /// As it stands in the cell.
    pub code: String,
    /// What people read.
    pub label: String,
    /// Whether it is no answer to the question: not answered, or does not apply.
    pub is_missing: bool,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// The column's name.
    pub name: String,
    /// What is asked; of one choice, the choice.
    pub label: String,
    /// The code of the question; empty: the column is about the form.
    pub question: String,
    /// The wording of the question.
    pub asked: String,
    /// What the cells hold.
    pub content: Content,
    /// How far one can reckon with it.
    pub level: Level,
    /// Codes with their meaning.
    pub meanings: Vec<Meaning>,
    /// What its cells say where nobody answered.
    pub no_answer: NoAnswer,
    /// In which questionnaires it is.
    pub questionnaires: Vec<String>,
}

impl Variable {
    /// A column that is about the form, not about a question.
    pub(super) fn about_the_form(name: &str, content: Content, phrases: &dyn Phrases) -> Self {
        Self {
            name: name.to_owned(),
            label: phrases.say(&format!("export-column-{}", name.replace('_', "-"))),
            question: String::new(),
            asked: String::new(),
            content,
            level: if content == Content::Date { Level::Scale } else { Level::Nominal },
            meanings: Vec::new(),
            no_answer: NoAnswer::usual(),
            questionnaires: Vec::new(),
        }
    }

    /// A column of this question.
    pub(super) fn of(name: String, content: Content, question: &Question, from: &Asked<'_>) -> Self {
        let asked = question.label.get(from.lang).to_owned();
        let choice = match content {
            Content::Chosen(at) | Content::Position(at) => question.kind.choices().get(at),
            _ => None,
        };
        let written = content == Content::Text && question.kind.takes_other();
        let label = match choice {
            Some(choice) => format!("{} – {asked}", choice.label.get(from.lang)),
            None if written => format!("{} – {asked}", from.phrases.say("question-other-text")),
            None => asked.clone(),
        };
        let no_answer = NoAnswer::of(content, question);
        Self {
            name,
            label,
            question: question.code.clone(),
            asked,
            content,
            level: level(content, question),
            meanings: meanings(content, question, &no_answer, from),
            no_answer,
            questionnaires: vec![from.questionnaire.code.clone()],
        }
    }

    /// The same column in another questionnaire, which may have other choices.
    pub(super) fn join(&mut self, other: Self) {
        let own = self.no_answer.code();
        self.no_answer.join(&other.no_answer);
        if let Some(meaning) = self.meanings.iter_mut().find(|meaning| meaning.code == own) {
            meaning.code = self.no_answer.code().to_owned();
        }
        for meaning in other.meanings.into_iter().filter(|meaning| meaning.code != other.no_answer.code()) {
            if !self.meanings.iter().any(|known| known.code == meaning.code) {
                // “not answered” and “does not apply” stay last
                let end = self.meanings.iter().position(|known| known.is_missing).unwrap_or(self.meanings.len());
                let at = if meaning.is_missing { self.meanings.len() } else { end };
                self.meanings.insert(at, meaning);
            }
        }
        self.questionnaires.extend(other.questionnaires);
    }

    /// Whether it says how one question of several choices was answered for one of them.
    pub fn is_chosen(&self) -> bool {
        matches!(self.content, Content::Chosen(_))
    }

    /// Whether its cells hold one code, and all codes are whole numbers as programs write them.
    pub fn is_numbered(&self) -> bool {
        let is_number = |code: &str| code.parse::<i32>().is_ok_and(|number| number.to_string() == code);
        self.content == Content::Code && self.meanings.iter().all(|meaning| is_number(&meaning.code))
    }

    /// What the codebook calls its kind of values.
    pub fn kind(&self) -> &'static str {
        match self.content {
            Content::Code => "code",
            Content::Codes => "codes",
            Content::Chosen(_) => "chosen",
            Content::Position(_) => "position",
            Content::Whole => "integer",
            Content::Decimal => "decimal",
            Content::Date => "date",
            Content::Time => "time",
            Content::Text => "text",
        }
    }
}

fn level(content: Content, question: &Question) -> Level {
    match content {
        Content::Code if !question.kind.scale().is_empty() => Level::Ordinal,
        Content::Position(_) => Level::Ordinal,
        Content::Whole | Content::Decimal | Content::Date | Content::Time => Level::Scale,
        Content::Code | Content::Codes | Content::Chosen(_) | Content::Text => Level::Nominal,
    }
}

fn meanings(content: Content, question: &Question, no_answer: &NoAnswer, from: &Asked<'_>) -> Vec<Meaning> {
    let meaning = |code: &str, label: String, is_missing| Meaning { code: code.to_owned(), label, is_missing };
    let kind = &question.kind;
    let mut found = match content {
        Content::Code | Content::Codes => {
            let known = kind.choices().iter().chain(kind.scale()).filter(|c| Some(&*c.code) != kind.not_applicable());
            let mut found: Vec<Meaning> =
                known.map(|choice| meaning(&choice.code, choice.label.get(from.lang).to_owned(), false)).collect();
            if kind.takes_other() && !found.iter().any(|known| known.code == OTHER) {
                found.push(meaning(OTHER, from.phrases.say("question-other"), false));
            }
            let none = kind.not_applicable().zip(kind.not_applicable().and_then(|code| kind.label(code)));
            found.extend(none.map(|(code, label)| meaning(code, label.get(from.lang).to_owned(), true)));
            found
        }
        Content::Chosen(_) => {
            ["1", "0"].map(|code| meaning(code, from.phrases.say(&format!("export-chosen-{code}")), false)).to_vec()
        }
        Content::Position(_) => vec![meaning("0", from.phrases.say("export-position-0"), false)],
        Content::Whole | Content::Decimal | Content::Date | Content::Time | Content::Text => Vec::new(),
    };
    found.push(meaning(no_answer.code(), from.phrases.say("export-no-answer"), true));
    found
}

/// The language of a questionnaire's texts that this reader is shown.
pub(super) fn spoken(questionnaire: &Questionnaire, lang: Lang) -> Lang {
    if questionnaire.languages.contains(&lang) { lang } else { Lang::VI }
}
