//! Expressions that can be said in a sentence, for a form on paper.

use super::ast::{Expression, Kind, Node, Operator};

/// A condition as an officer would put it. What no sentence says plainly – reckoning, functions – is not among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// All of these.
    All(Vec<Condition>),
    /// One of these.
    Any(Vec<Condition>),
    /// The question was answered with this; or just not with this.
    Is {
        /// The question's code.
        question: String,
        /// The code of the answer; empty: none.
        value: String,
        /// Whether it is meant to be this.
        holds: bool,
    },
    /// The answer is a number of this size.
    Size {
        /// The question's code.
        question: String,
        /// `<`, `<=`, `>` or `>=`.
        relation: &'static str,
        /// Compared with this.
        number: String,
    },
}

impl Expression {
    /// The expression as a condition that can be said, if it is one.
    pub fn condition(&self) -> Option<Condition> {
        read(&self.root)
    }
}

fn read(node: &Node) -> Option<Condition> {
    match &node.kind {
        Kind::All(parts) => parts.iter().map(read).collect::<Option<_>>().map(Condition::All),
        Kind::Any(parts) => parts.iter().map(read).collect::<Option<_>>().map(Condition::Any),
        Kind::Binary(operator, left, right) => compare(*operator, left, right),
        Kind::Call(function, parts) => match (function.name, &parts[..]) {
            ("selected", [question, value]) => is(question, value, true),
            ("not", [inner]) => read(inner).and_then(negate),
            _ => None,
        },
        _ => None,
    }
}

fn compare(operator: Operator, left: &Node, right: &Node) -> Option<Condition> {
    let relation = match operator {
        Operator::Equal => return is(left, right, true),
        Operator::NotEqual => return is(left, right, false),
        Operator::Less | Operator::LessOrEqual | Operator::Greater | Operator::GreaterOrEqual => operator.symbol(),
        _ => return None,
    };
    match (&left.kind, literal(right)) {
        (Kind::Reference(question), Some(number)) => {
            Some(Condition::Size { question: question.clone(), relation, number })
        }
        _ => None,
    }
}

fn is(question: &Node, value: &Node, holds: bool) -> Option<Condition> {
    match (&question.kind, literal(value)) {
        (Kind::Reference(question), Some(value)) => Some(Condition::Is { question: question.clone(), value, holds }),
        _ => None,
    }
}

fn literal(node: &Node) -> Option<String> {
    match &node.kind {
        Kind::Text(text) => Some(text.clone()),
        Kind::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Only single statements: “not (a and b)” is said better by not saying it.
fn negate(condition: Condition) -> Option<Condition> {
    match condition {
        Condition::Is { question, value, holds } => Some(Condition::Is { question, value, holds: !holds }),
        Condition::All(_) | Condition::Any(_) | Condition::Size { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Option<Condition> {
        Expression::parse(text).unwrap().condition()
    }

    #[test]
    fn what_officers_write_most_can_be_said() {
        let is = |question: &str, value: &str, holds| Condition::Is {
            question: question.to_owned(),
            value: value.to_owned(),
            holds,
        };
        assert_eq!(said("${A1} = 'co'"), Some(is("A1", "co", true)));
        assert_eq!(said("not(selected(${F2}, 'hoc_phi'))"), Some(is("F2", "hoc_phi", false)));
        let size = Condition::Size { question: "A1".to_owned(), relation: ">=", number: "4".to_owned() };
        assert_eq!(said("${A1} >= 4 and ${A2} != ''"), Some(Condition::All(vec![size, is("A2", "", false)])));
    }

    #[test]
    fn reckoning_cannot_be_said() {
        for text in ["${A1} + ${A2} > 4", "count-selected(${G1}) > 2", "${A1} > ${A2}", "not(${A1} = 1 or ${A2} = 2)"] {
            assert_eq!(said(text), None, "{text}");
        }
    }
}
