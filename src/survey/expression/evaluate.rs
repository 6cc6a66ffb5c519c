//! Compiling for the intake, and evaluating.
//!
//! This runs about ten times for every submission. Codes have become indices, texts are borrowed
//! from the answers and from the expression, and nothing is allocated unless a number has to be
//! looked at as a text.

use std::borrow::Cow;

use chrono::NaiveDateTime;
use regex::Regex;

use super::ast::{Expression, Kind, Node, Operator};
use super::function::Function;
use super::value::Value;

/// The answers of one submission.
pub trait Answers {
    /// The answer to the question with this index, [`Value::Empty`] when there is none.
    fn get(&self, question: usize) -> Value<'_>;

    /// What people read for this code of a choice of a question.
    fn label(&self, _question: usize, _code: &str) -> Option<&str> {
        None
    }

    /// A property of the choice that a `choice_filter` is looking at.
    fn attribute(&self, _name: &str) -> Value<'_> {
        Value::Empty
    }

    /// The moment, Việt Nam's local time.
    fn now(&self) -> Option<NaiveDateTime> {
        None
    }
}

/// An expression ready to be evaluated against answers that are numbered.
#[derive(Debug, Clone)]
pub struct Compiled {
    code: Code,
}

impl Expression {
    /// Prepares for evaluation. `index` gives the place of a question among the answers; a question
    /// without a place counts as unanswered.
    pub fn compile(&self, index: &impl Fn(&str) -> Option<usize>) -> Compiled {
        Compiled { code: Code::of(&self.root, index) }
    }
}

impl Compiled {
    /// The value of the expression; `own` is the answer that `.` stands for.
    pub fn evaluate<'a>(&'a self, answers: &'a dyn Answers, own: &'a Value<'a>) -> Value<'a> {
        self.code.run(Context { answers, own })
    }

    /// Whether the expression is a condition that holds.
    pub fn test(&self, answers: &dyn Answers, own: &Value<'_>) -> bool {
        self.code.holds(Context { answers, own })
    }
}

#[derive(Debug, Clone)]
enum Code {
    Empty,
    Question(usize),
    Own,
    Attribute(Box<str>),
    Text(Box<str>),
    Number(f64),
    Negate(Box<Code>),
    All(Box<[Code]>),
    Any(Box<[Code]>),
    Binary(Operator, Box<(Code, Code)>),
    Call(&'static Function, Box<[Code]>),
    Matches(Box<Code>, Regex),
    ChoiceName(Box<Code>, usize),
}

impl Code {
    fn of(node: &Node, index: &impl Fn(&str) -> Option<usize>) -> Code {
        let all = |nodes: &[Node]| nodes.iter().map(|node| Code::of(node, index)).collect();
        match &node.kind {
            Kind::Reference(code) => index(code).map_or(Code::Empty, Code::Question),
            Kind::Own => Code::Own,
            Kind::Attribute(name) => Code::Attribute(name.as_str().into()),
            Kind::Matches(inner, pattern) => Code::Matches(Box::new(Code::of(inner, index)), pattern.regex.clone()),
            Kind::ChoiceName(inner, code) => match index(code) {
                Some(question) => Code::ChoiceName(Box::new(Code::of(inner, index)), question),
                None => Code::Empty,
            },
            Kind::Text(text) if text.is_empty() => Code::Empty,
            Kind::Text(text) => Code::Text(text.as_str().into()),
            Kind::Number(number) => Code::Number(*number),
            Kind::Negate(inner) => Code::Negate(Box::new(Code::of(inner, index))),
            Kind::All(parts) => Code::All(all(parts)),
            Kind::Any(parts) => Code::Any(all(parts)),
            Kind::Binary(operator, left, right) => {
                let sides = (Code::of(left, index), Code::of(right, index));
                Code::Binary(*operator, Box::new(sides))
            }
            Kind::Call(function, arguments) => Code::Call(function, all(arguments)),
        }
    }

    fn run<'a>(&'a self, context: Context<'a>) -> Value<'a> {
        match self {
            Code::Empty => Value::Empty,
            Code::Question(question) => context.answers.get(*question).settled(),
            Code::Own => context.own.borrowed().settled(),
            Code::Attribute(name) => context.answers.attribute(name).settled(),
            Code::Matches(inner, regex) => Value::Boolean(regex.is_match(&inner.run(context).text())),
            Code::ChoiceName(inner, question) => choice_name(context.answers, *question, &inner.run(context)),
            Code::Text(text) => Value::Text(Cow::Borrowed(text)),
            Code::Number(number) => Value::Number(*number),
            Code::Negate(inner) => Value::finite(-inner.run(context).number()),
            Code::All(parts) => Value::Boolean(parts.iter().all(|part| part.holds(context))),
            Code::Any(parts) => Value::Boolean(parts.iter().any(|part| part.holds(context))),
            Code::Binary(operator, sides) => binary(*operator, &sides.0.run(context), &sides.1.run(context)),
            Code::Call(function, codes) => (function.apply)(&Arguments { codes, context }),
        }
    }

    fn holds<'a>(&'a self, context: Context<'a>) -> bool {
        matches!(self.run(context), Value::Boolean(true))
    }
}

#[derive(Clone, Copy)]
struct Context<'a> {
    answers: &'a dyn Answers,
    own: &'a Value<'a>,
}

/// The arguments of a function, evaluated when it asks for them.
pub(super) struct Arguments<'a> {
    codes: &'a [Code],
    context: Context<'a>,
}

impl<'a> Arguments<'a> {
    /// Empty for an optional argument that was left out.
    pub fn get(&self, place: usize) -> Value<'a> {
        match self.codes.get(place) {
            Some(code) => code.run(self.context),
            None => Value::Empty,
        }
    }

    pub fn now(&self) -> Option<NaiveDateTime> {
        self.context.answers.now()
    }

    pub fn holds(&self, place: usize) -> bool {
        matches!(self.get(place), Value::Boolean(true))
    }

    pub fn number(&self, place: usize) -> f64 {
        self.get(place).number()
    }

    pub fn numbers(&self) -> impl Iterator<Item = f64> {
        self.codes.iter().map(|code| code.run(self.context).number())
    }
}

/// The labels of several choices stand beside each other; a code without a label gives nothing.
fn choice_name<'a>(answers: &'a dyn Answers, question: usize, value: &Value<'_>) -> Value<'a> {
    let named = |code: &str| answers.label(question, code).unwrap_or_default();
    Value::Text(match value {
        Value::Choices(codes) => {
            let names: Vec<&str> = codes.iter().map(|code| named(code)).filter(|name| !name.is_empty()).collect();
            names.join(", ").into()
        }
        one => named(&one.text()).into(),
    })
    .settled()
}

fn binary<'a>(operator: Operator, left: &Value<'_>, right: &Value<'_>) -> Value<'a> {
    match operator {
        Operator::Equal => Value::Boolean(equal(left, right)),
        Operator::NotEqual => Value::Boolean(!equal(left, right)),
        Operator::Less => Value::Boolean(left.number() < right.number()),
        Operator::LessOrEqual => Value::Boolean(left.number() <= right.number()),
        Operator::Greater => Value::Boolean(left.number() > right.number()),
        Operator::GreaterOrEqual => Value::Boolean(left.number() >= right.number()),
        Operator::Add => Value::finite(left.number() + right.number()),
        Operator::Subtract => Value::finite(left.number() - right.number()),
        Operator::Multiply => Value::finite(left.number() * right.number()),
        Operator::Divide => Value::finite(left.number() / right.number()),
        Operator::Remainder => Value::finite(left.number() % right.number()),
    }
}

/// Nothing beside nothing is by far the commonest case, and comparing two texts of no length is slow
/// on some processors: they look at the memory all the same.
fn equal(left: &Value<'_>, right: &Value<'_>) -> bool {
    if matches!((left, right), (Value::Empty, Value::Empty)) {
        return true;
    }
    let (a, b) = (left.number(), right.number());
    if a.is_nan() || b.is_nan() { left.text() == right.text() } else { a == b }
}
