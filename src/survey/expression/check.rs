//! Whether an expression makes sense for a questionnaire, checked when it is published.
//!
//! Checking also settles what dates mean: where they are compared or reckoned with, [`DAYS`] is put around them (and
//! [`SHARE_OF_DAY`] around times of day), so that whoever evaluates knows numbers only.

use super::ast::{Expression, Kind, Node, Operator};
use super::date;
use super::function::{self, DAYS, Function, Gives, SHARE_OF_DAY, Slot};
use super::problem::{CheckError, Problem};
use super::scope::{Scope, can_be};
use super::value::{Type, number_in};

/// An expression that makes sense.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// With dates turned into numbers where that is needed.
    pub expression: Expression,
    /// What it gives.
    pub gives: Type,
}

impl Expression {
    /// Looks whether the expression makes sense. `scope` is what it may look at, `own` the type of the answer that `.` stands for.
    ///
    /// # Errors
    /// The first mistake, with its column.
    pub fn check(&self, scope: &impl Scope, own: Option<Type>) -> Result<Checked, CheckError> {
        let (gives, root) = Checker { scope, own }.node(&self.root)?;
        Ok(Checked { expression: Expression { root }, gives })
    }
}

struct Checker<'s, S> {
    scope: &'s S,
    own: Option<Type>,
}

/// A part with its type, dates in it settled.
type Typed = (Type, Node);

impl<S: Scope> Checker<'_, S> {
    fn node(&self, node: &Node) -> Result<Typed, CheckError> {
        let (gives, kind) = match &node.kind {
            Kind::Reference(code) => {
                let unknown = || error(node, Problem::UnknownQuestion(code.clone()));
                (self.scope.question(code).ok_or_else(unknown)?, node.kind.clone())
            }
            Kind::Own => (self.own.ok_or_else(|| error(node, Problem::NoOwnAnswer))?, Kind::Own),
            Kind::Attribute(name) if !self.scope.has_attribute(name) => {
                return Err(error(node, Problem::UnknownProperty(name.clone())));
            }
            Kind::Text(_) | Kind::Attribute(_) => (Type::Text, node.kind.clone()),
            Kind::Number(_) => (Type::Number, node.kind.clone()),
            Kind::Negate(inner) => (Type::Number, Kind::Negate(Box::new(self.fits(inner, Slot::Number, "-")?))),
            Kind::All(parts) => (Type::Boolean, Kind::All(self.conditions(parts, "and")?)),
            Kind::Any(parts) => (Type::Boolean, Kind::Any(self.conditions(parts, "or")?)),
            Kind::Binary(operator, left, right) => self.binary(node, *operator, left, right)?,
            Kind::Call(function, arguments) => self.call(function, arguments)?,
            Kind::Matches(inner, pattern) => {
                let inner = self.fits(inner, Slot::Text, function::REGEX)?;
                (Type::Boolean, Kind::Matches(Box::new(inner), pattern.clone()))
            }
            Kind::ChoiceName(inner, code) => (Type::Text, self.choice_name(node, inner, code)?),
        };
        // one conversion may be added at each level, so heights grow; the parser's bound was far below what a stack takes
        Ok((gives, Node::new(node.column, kind)))
    }

    fn choice_name(&self, node: &Node, inner: &Node, code: &str) -> Result<Kind, CheckError> {
        if self.scope.question(code).is_none() {
            return Err(error(node, Problem::UnknownQuestion(code.to_owned())));
        }
        if !self.scope.has_choices(code) {
            return Err(error(node, Problem::NoChoices(code.to_owned())));
        }
        let inner = self.fits(inner, Slot::Codes, function::CHOICE_NAME)?;
        Ok(Kind::ChoiceName(Box::new(inner), code.to_owned()))
    }

    fn conditions(&self, parts: &[Node], by: &'static str) -> Result<Vec<Node>, CheckError> {
        parts.iter().map(|part| self.fits(part, Slot::Condition, by)).collect()
    }

    fn binary(&self, node: &Node, operator: Operator, left: &Node, right: &Node) -> Result<(Type, Kind), CheckError> {
        let by = operator.symbol();
        let (gives, (left, right)) = match operator {
            Operator::Equal | Operator::NotEqual => (Type::Boolean, self.equality(node, by, left, right)?),
            Operator::Less | Operator::LessOrEqual | Operator::Greater | Operator::GreaterOrEqual => {
                (Type::Boolean, self.order(node, by, left, right)?)
            }
            Operator::Add | Operator::Subtract => {
                (Type::Number, (self.fits(left, Slot::Amount, by)?, self.fits(right, Slot::Amount, by)?))
            }
            Operator::Multiply | Operator::Divide | Operator::Remainder => {
                (Type::Number, (self.fits(left, Slot::Number, by)?, self.fits(right, Slot::Number, by)?))
            }
        };
        Ok((gives, Kind::Binary(operator, Box::new(left), Box::new(right))))
    }

    fn order(&self, node: &Node, by: &'static str, left: &Node, right: &Node) -> Result<(Node, Node), CheckError> {
        let sides = (self.node(left)?, self.node(right)?);
        if let Some(sides) = temporal(node, by, &sides)? {
            return Ok(sides);
        }
        Ok((fitting(sides.0, Slot::Number, by)?, fitting(sides.1, Slot::Number, by)?))
    }

    /// Anything may be compared with `''`, to ask whether it was answered. A list may be compared
    /// with nothing else: it would depend on the order in which the choices were ticked.
    fn equality(&self, node: &Node, by: &'static str, left: &Node, right: &Node) -> Result<(Node, Node), CheckError> {
        let sides = (self.node(left)?, self.node(right)?);
        if is_nothing(left) || is_nothing(right) {
            return Ok((sides.0.1, sides.1.1));
        }
        can_be(self.scope, left, right)?;
        can_be(self.scope, right, left)?;
        if let Some(sides) = temporal(node, by, &sides)? {
            return Ok(sides);
        }
        let ((found, left), (other, right)) = sides;
        match (found, other) {
            (Type::Choices, _) => Ok((fitting((found, left), Slot::Scalar, by)?, right)),
            (_, Type::Choices) => Ok((left, fitting((other, right), Slot::Scalar, by)?)),
            (Type::Number, Type::Text) => Ok((left, fitting((other, right), Slot::Number, by)?)),
            (Type::Text, Type::Number) => Ok((fitting((found, left), Slot::Number, by)?, right)),
            _ if found == other => Ok((left, right)),
            _ => Err(error(node, Problem::Mixed { by, left: found, right: other })),
        }
    }

    fn call(&self, function: &'static Function, arguments: &[Node]) -> Result<(Type, Kind), CheckError> {
        let (mut types, mut fitted) = (Vec::new(), Vec::new());
        for (place, argument) in arguments.iter().enumerate() {
            let typed = self.node(argument)?;
            types.push(typed.0);
            fitted.push(fitting(typed, function.slot(place), function.name)?);
        }
        if let (function::SELECTED, [list, code]) = (function.name, arguments) {
            can_be(self.scope, list, code)?;
        }
        let gives = match function.gives {
            Gives::Always(given) => given,
            Gives::OneOf(first) => common(function.name, types.into_iter().zip(&fitted).skip(first))?,
        };
        Ok((gives, Kind::Call(function, fitted)))
    }

    fn fits(&self, node: &Node, slot: Slot, by: &'static str) -> Result<Node, CheckError> {
        fitting(self.node(node)?, slot, by)
    }
}

/// `''` goes with everything; a text beside a number or a date makes a text, since a text may be one.
fn common<'n>(by: &'static str, parts: impl Iterator<Item = (Type, &'n Node)>) -> Result<Type, CheckError> {
    let spelt = |kind| matches!(kind, Type::Text | Type::Number | Type::Date | Type::Time);
    let mut common = None;
    for (found, node) in parts.filter(|(_, node)| !is_nothing(node)) {
        common = match common {
            None => Some(found),
            Some(left) if left == found => Some(left),
            Some(left) if (left == Type::Text || found == Type::Text) && spelt(left) && spelt(found) => {
                Some(Type::Text)
            }
            Some(left) => return Err(error(node, Problem::Mixed { by, left, right: found })),
        };
    }
    Ok(common.unwrap_or(Type::Text))
}

/// The part, if it fits into its place.
fn fitting((found, node): Typed, slot: Slot, by: &'static str) -> Result<Node, CheckError> {
    if let Kind::Text(text) = &node.kind {
        literal(&node, text, slot, by)?;
    }
    let (needs, takes): (_, &[Type]) = match slot {
        Slot::Any => return Ok(node),
        Slot::Condition => ("a condition", &[Type::Boolean]),
        Slot::Number => ("a number", &[Type::Number, Type::Text]),
        Slot::Amount => ("a number or a date", &[Type::Number, Type::Text, Type::Date, Type::Time]),
        Slot::Date => ("a date", &[Type::Date, Type::Text]),
        Slot::DateOrDays => ("a date", &[Type::Date, Type::Text, Type::Number]),
        Slot::Time => ("a time of day", &[Type::Time, Type::Text]),
        Slot::Format if matches!(node.kind, Kind::Text(_)) => return Ok(node),
        Slot::Format => ("a format between quotes", &[]),
        Slot::Text => ("a text", &[Type::Text, Type::Number, Type::Date, Type::Time]),
        Slot::Scalar => ("one value", &[Type::Text, Type::Number, Type::Boolean]),
        Slot::Codes => ("a question with choices", &[Type::Choices, Type::Text]),
        Slot::Choices => ("a list of choices", &[Type::Choices]),
    };
    if !takes.contains(&found) {
        return Err(error(&node, Problem::WrongType { by, needs, found, advice: advice(found, slot) }));
    }
    Ok(if slot == Slot::Amount { as_number(found, node) } else { node })
}

/// A text that stands there as it is can be looked at.
fn literal(node: &Node, text: &str, slot: Slot, by: &'static str) -> Result<(), CheckError> {
    let (is_number, is_date) = (!number_in(text).is_nan(), date::read(text).is_some());
    let text = || text.to_owned();
    match slot {
        Slot::Number | Slot::Amount if !is_number => Err(error(node, Problem::NotANumber { by, text: text() })),
        Slot::Date if !is_date => Err(error(node, Problem::NotADate { by, text: text() })),
        Slot::DateOrDays if !is_date && !is_number => Err(error(node, Problem::NotADate { by, text: text() })),
        Slot::Time if date::read_time(&text()).is_none() => Err(error(node, Problem::NotATime { by, text: text() })),
        Slot::Format => match date::unknown_code(&text()) {
            Some(at) => Err(CheckError { column: node.column + 1 + at, problem: Problem::UnknownDateCode }),
            None => Ok(()),
        },
        _ => Ok(()),
    }
}

fn advice(found: Type, slot: Slot) -> &'static str {
    match (found, slot) {
        (Type::Choices, _) => ": use selected() or count-selected()",
        (Type::Text | Type::Number, Slot::Condition) => ": compare it, as in ${A1} = 1 or ${A1} = 2",
        (Type::Boolean, Slot::Number | Slot::Amount) => ": join comparisons with `and`, or use number()",
        (Type::Date, Slot::Number | Slot::Scalar) => ": use decimal-date-time() for its days since 1970",
        (Type::Time, Slot::Number | Slot::Scalar) => ": use decimal-time() for its part of the day",
        _ => "",
    }
}

/// Both sides as numbers, where one is a date or a time of day and the other one too or a text that may be one.
fn temporal(node: &Node, by: &'static str, sides: &(Typed, Typed)) -> Result<Option<(Node, Node)>, CheckError> {
    let (left, right) = sides;
    let Some(wanted) = [Type::Date, Type::Time].into_iter().find(|kind| left.0 == *kind || right.0 == *kind) else {
        return Ok(None);
    };
    let side = |(found, side): &Typed| match (&side.kind, wanted) {
        (Kind::Text(text), Type::Date) if date::read(text).is_none() => {
            Err(error(side, Problem::NotADate { by, text: text.clone() }))
        }
        (Kind::Text(text), Type::Time) if date::read_time(text).is_none() => {
            Err(error(side, Problem::NotATime { by, text: text.clone() }))
        }
        _ if *found == wanted || *found == Type::Text => Ok(as_number(wanted, side.clone())),
        _ => Err(error(node, Problem::Mixed { by, left: left.0, right: right.0 })),
    };
    Ok(Some((side(left)?, side(right)?)))
}

fn as_number(found: Type, node: Node) -> Node {
    let name = match found {
        Type::Date => DAYS,
        Type::Time => SHARE_OF_DAY,
        _ => return node,
    };
    match function::named(name) {
        Some(function) => Node::new(node.column, Kind::Call(function, vec![node])),
        None => node,
    }
}

fn is_nothing(node: &Node) -> bool {
    matches!(&node.kind, Kind::Text(text) if text.is_empty())
}

fn error(node: &Node, problem: Problem) -> CheckError {
    CheckError { column: node.column, problem }
}
