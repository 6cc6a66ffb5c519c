//! What an expression may look at, and which answers there can be.

use super::ast::{Kind, Node};
use super::problem::{CheckError, Problem};
use super::value::{Type, Value, number_in};

/// What an expression may look at.
pub trait Scope {
    /// The type of a question's answer; none when there is no such question, or it takes no answer.
    fn question(&self, code: &str) -> Option<Type>;

    /// Whether a question's answers have labels.
    fn has_choices(&self, code: &str) -> bool {
        self.question(code).is_some()
    }

    /// The codes that an answer can be, where it is one of a list: to the question, or without one to the question whose
    /// expression this is.
    fn codes(&self, _question: Option<&str>) -> Option<Vec<&str>> {
        None
    }

    /// Whether a choice may have this property.
    fn has_attribute(&self, _name: &str) -> bool {
        false
    }
}

impl<F: Fn(&str) -> Option<Type>> Scope for F {
    fn question(&self, code: &str) -> Option<Type> {
        self(code)
    }
}

/// So many codes are named where one is misspelt.
const NAMED: usize = 12;

/// Refuses a text or number that the answer beside it can never be: a code that is misspelt would never hold, and nobody
/// would be told.
pub(super) fn can_be(scope: &impl Scope, answer: &Node, written: &Node) -> Result<(), CheckError> {
    let question = match &answer.kind {
        Kind::Reference(code) => Some(code.as_str()),
        Kind::Own => None,
        _ => return Ok(()),
    };
    let found = match &written.kind {
        Kind::Text(text) if !text.is_empty() => text.clone(),
        Kind::Number(number) => Value::Number(*number).text().into_owned(),
        _ => return Ok(()),
    };
    let Some(codes) = scope.codes(question) else { return Ok(()) };
    // as `=` compares: '05' is 5
    let is_same = |code: &&str| **code == found || number_in(code) == number_in(&found);
    if codes.iter().any(is_same) {
        return Ok(());
    }
    let more = if codes.len() > NAMED { ", …" } else { "" };
    let codes = codes.into_iter().take(NAMED).collect::<Vec<_>>().join(", ") + more;
    let question = question.map_or_else(|| ".".to_owned(), |code| format!("${{{code}}}"));
    Err(CheckError { column: written.column, problem: Problem::NoSuchChoice { question, found, codes } })
}
