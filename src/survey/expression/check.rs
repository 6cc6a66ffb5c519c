//! Whether an expression makes sense for a questionnaire, checked when it is published.

use super::ast::{Expression, Kind, Node, Operator};
use super::function::{Function, Gives, Slot};
use super::value::{Type, number_in};

/// Why an expression cannot be published.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("column {column}: {problem}")]
pub struct CheckError {
    /// 1-based, counted in characters.
    pub column: usize,
    /// What is wrong there.
    pub problem: Problem,
}

/// What can be wrong with a well spelt expression.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// A code that no question has.
    #[error("no question has the code `{0}`: correct the code, or add the question")]
    UnknownQuestion(String),
    /// `.` where there is no own answer, as in a section.
    #[error("there is no own answer here for `.`: name a question, as in ${{A1}}")]
    NoOwnAnswer,
    /// An operand or argument of a type its place does not take.
    #[error("`{by}` needs {needs}, found {found}{advice}")]
    WrongType {
        /// The operator or function.
        by: &'static str,
        /// What it takes.
        needs: &'static str,
        /// What stands there.
        found: Type,
        /// What to write instead, if that is clear.
        advice: &'static str,
    },
    /// A text in a place for numbers that spells none.
    #[error("`{by}` needs a number, found the text '{text}'")]
    NotANumber {
        /// The operator or function.
        by: &'static str,
        /// The text.
        text: String,
    },
    /// Two sides of `=` or `!=`, or two results of a function, that have nothing in common.
    #[error("`{by}` puts {left} beside {right}: give both sides the same type")]
    Mixed {
        /// The operator or function.
        by: &'static str,
        /// The type of the one.
        left: Type,
        /// The type of the other.
        right: Type,
    },
}

impl Expression {
    /// The type of the result. `scope` gives the type of each question, `own` that of the question
    /// the expression belongs to.
    pub fn check(&self, scope: &impl Fn(&str) -> Option<Type>, own: Option<Type>) -> Result<Type, CheckError> {
        Checker { scope, own }.node(&self.root)
    }
}

struct Checker<'s, S> {
    scope: &'s S,
    own: Option<Type>,
}

impl<S: Fn(&str) -> Option<Type>> Checker<'_, S> {
    fn node(&self, node: &Node) -> Result<Type, CheckError> {
        match &node.kind {
            Kind::Reference(code) => {
                (self.scope)(code).ok_or_else(|| error(node, Problem::UnknownQuestion(code.clone())))
            }
            Kind::Own => self.own.ok_or_else(|| error(node, Problem::NoOwnAnswer)),
            Kind::Text(_) => Ok(Type::Text),
            Kind::Number(_) => Ok(Type::Number),
            Kind::Negate(inner) => {
                self.fits(inner, Slot::Number, "-")?;
                Ok(Type::Number)
            }
            Kind::All(parts) => self.conditions(parts, "and"),
            Kind::Any(parts) => self.conditions(parts, "or"),
            Kind::Binary(operator, left, right) => self.binary(node, *operator, left, right),
            Kind::Call(function, arguments) => self.call(function, arguments),
        }
    }

    fn conditions(&self, parts: &[Node], by: &'static str) -> Result<Type, CheckError> {
        for part in parts {
            self.fits(part, Slot::Condition, by)?;
        }
        Ok(Type::Boolean)
    }

    fn binary(&self, node: &Node, operator: Operator, left: &Node, right: &Node) -> Result<Type, CheckError> {
        let by = operator.symbol();
        match operator {
            Operator::Equal | Operator::NotEqual => self.equality(node, by, left, right),
            Operator::Less | Operator::LessOrEqual | Operator::Greater | Operator::GreaterOrEqual => {
                self.fits(left, Slot::Number, by)?;
                self.fits(right, Slot::Number, by)?;
                Ok(Type::Boolean)
            }
            Operator::Add | Operator::Subtract | Operator::Multiply | Operator::Divide | Operator::Remainder => {
                self.fits(left, Slot::Number, by)?;
                self.fits(right, Slot::Number, by)?;
                Ok(Type::Number)
            }
        }
    }

    /// Anything may be compared with `''`, to ask whether it was answered. A list may be compared
    /// with nothing else: it would depend on the order in which the choices were ticked.
    fn equality(&self, node: &Node, by: &'static str, left: &Node, right: &Node) -> Result<Type, CheckError> {
        let types = (self.node(left)?, self.node(right)?);
        if is_nothing(left) || is_nothing(right) {
            return Ok(Type::Boolean);
        }
        match types {
            (Type::Choices, _) => self.fits(left, Slot::Scalar, by)?,
            (_, Type::Choices) => self.fits(right, Slot::Scalar, by)?,
            (Type::Number, Type::Text) => self.fits(right, Slot::Number, by)?,
            (Type::Text, Type::Number) => self.fits(left, Slot::Number, by)?,
            (left, right) if left == right => {}
            (left, right) => return Err(error(node, Problem::Mixed { by, left, right })),
        }
        Ok(Type::Boolean)
    }

    fn call(&self, function: &Function, arguments: &[Node]) -> Result<Type, CheckError> {
        for (place, argument) in arguments.iter().enumerate() {
            self.fits(argument, function.slot(place), function.name)?;
        }
        match function.gives {
            Gives::Always(given) => Ok(given),
            Gives::OneOf(first) => self.common(function.name, arguments.get(first..)),
        }
    }

    /// `''` goes with everything; a text and a number make a text, since a text may be a number.
    fn common(&self, by: &'static str, nodes: Option<&[Node]>) -> Result<Type, CheckError> {
        let mut common = None;
        for node in nodes.unwrap_or_default().iter().filter(|n| !is_nothing(n)) {
            let found = self.node(node)?;
            common = match common {
                None => Some(found),
                Some(left) if left == found => Some(left),
                Some(Type::Text | Type::Number) if matches!(found, Type::Text | Type::Number) => Some(Type::Text),
                Some(left) => {
                    let right = found;
                    return Err(error(node, Problem::Mixed { by, left, right }));
                }
            };
        }
        Ok(common.unwrap_or(Type::Text))
    }

    fn fits(&self, node: &Node, slot: Slot, by: &'static str) -> Result<(), CheckError> {
        let found = self.node(node)?;
        if let (Slot::Number, Kind::Text(text)) = (slot, &node.kind)
            && number_in(text).is_nan()
        {
            let text = text.clone();
            return Err(error(node, Problem::NotANumber { by, text }));
        }
        let (needs, takes): (_, &[Type]) = match slot {
            Slot::Any => return Ok(()),
            Slot::Condition => ("a condition", &[Type::Boolean]),
            Slot::Number => ("a number", &[Type::Number, Type::Text]),
            Slot::Text => ("a text", &[Type::Text, Type::Number]),
            Slot::Scalar => ("one value", &[Type::Text, Type::Number, Type::Boolean]),
            Slot::Codes => ("a question with choices", &[Type::Choices, Type::Text]),
            Slot::Choices => ("a list of choices", &[Type::Choices]),
        };
        if takes.contains(&found) {
            return Ok(());
        }
        let advice = match (found, slot) {
            (Type::Choices, _) => ": use selected() or count-selected()",
            (Type::Text | Type::Number, Slot::Condition) => ": compare it, as in ${A1} = 1 or ${A1} = 2",
            (Type::Boolean, Slot::Number) => ": join comparisons with `and`, or use number()",
            _ => "",
        };
        Err(error(node, Problem::WrongType { by, needs, found, advice }))
    }
}

fn is_nothing(node: &Node) -> bool {
    matches!(&node.kind, Kind::Text(text) if text.is_empty())
}

fn error(node: &Node, problem: Problem) -> CheckError {
    CheckError { column: node.column, problem }
}
