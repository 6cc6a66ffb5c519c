//! The functions, in one table.
//!
//! To add one: write a line here, its rule below, the same name in
//! `public/form/expression.js`, and vectors in `tests/expressions.json`.

use std::ops::RangeInclusive;

use super::evaluate::Arguments;
use super::value::{Type, Value};

/// What an argument may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    /// A condition.
    Condition,
    /// A number, or a text that may spell one.
    Number,
    /// A text, or a number as it is written.
    Text,
    /// Anything but a list.
    Scalar,
    /// A list of choices, or the code of one.
    Codes,
    /// A list of choices.
    Choices,
    /// Anything.
    Any,
}

/// What the result is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gives {
    Always(Type),
    /// One of the arguments from this place on, which must be of one type.
    OneOf(usize),
}

#[derive(Debug)]
pub(super) struct Function {
    pub name: &'static str,
    /// How many it takes; the last of `takes` stands for all further ones.
    pub arguments: RangeInclusive<usize>,
    pub takes: &'static [Slot],
    pub gives: Gives,
    pub apply: for<'a> fn(&Arguments<'a>) -> Value<'a>,
}

const BOOLEAN: Gives = Gives::Always(Type::Boolean);
const NUMBER: Gives = Gives::Always(Type::Number);
const MANY: usize = usize::MAX;

static FUNCTIONS: [Function; 14] = [
    entry("true", 0..=0, &[], BOOLEAN, |_| Value::Boolean(true)),
    entry("false", 0..=0, &[], BOOLEAN, |_| Value::Boolean(false)),
    entry("not", 1..=1, &[Slot::Condition], BOOLEAN, not),
    entry("if", 3..=3, &[Slot::Condition, Slot::Any], Gives::OneOf(1), if_),
    entry("coalesce", 2..=2, &[Slot::Any], Gives::OneOf(0), coalesce),
    entry("selected", 2..=2, &[Slot::Codes, Slot::Text], BOOLEAN, selected),
    entry("count-selected", 1..=1, &[Slot::Choices], NUMBER, count_selected),
    entry("string-length", 1..=1, &[Slot::Text], NUMBER, string_length),
    entry("number", 1..=1, &[Slot::Scalar], NUMBER, number),
    entry("int", 1..=1, &[Slot::Number], NUMBER, int),
    entry("round", 1..=2, &[Slot::Number], NUMBER, round),
    entry("min", 1..=MANY, &[Slot::Number], NUMBER, min),
    entry("max", 1..=MANY, &[Slot::Number], NUMBER, max),
    entry("sum", 1..=MANY, &[Slot::Number], NUMBER, sum),
];

const fn entry(
    name: &'static str,
    arguments: RangeInclusive<usize>,
    takes: &'static [Slot],
    gives: Gives,
    apply: for<'a> fn(&Arguments<'a>) -> Value<'a>,
) -> Function {
    Function { name, arguments, takes, gives, apply }
}

pub(super) fn named(name: &str) -> Option<&'static Function> {
    FUNCTIONS.iter().find(|function| function.name == name)
}

/// `true(), false(), …`, for messages.
pub(super) fn names() -> String {
    let names: Vec<String> = FUNCTIONS.iter().map(|f| format!("{}()", f.name)).collect();
    names.join(", ")
}

impl Function {
    /// What the argument at `place` may be.
    pub fn slot(&self, place: usize) -> Slot {
        let last = self.takes.last().copied().unwrap_or(Slot::Any);
        self.takes.get(place).copied().unwrap_or(last)
    }

    /// For the message about a wrong number of arguments.
    pub fn arguments_in_words(&self) -> String {
        let (least, most) = (*self.arguments.start(), *self.arguments.end());
        let noun = if most == 1 { "argument" } else { "arguments" };
        if least == most {
            format!("{least} {noun}")
        } else if most == MANY {
            "at least 1 argument".to_owned()
        } else {
            format!("{least} to {most} {noun}")
        }
    }
}

/// A name stands for one function only.
impl PartialEq for Function {
    fn eq(&self, other: &Function) -> bool {
        self.name == other.name
    }
}

fn not<'a>(arguments: &Arguments<'a>) -> Value<'a> {
    Value::Boolean(!arguments.holds(0))
}

fn if_<'a>(arguments: &Arguments<'a>) -> Value<'a> {
    arguments.get(if arguments.holds(0) { 1 } else { 2 })
}

fn coalesce<'a>(arguments: &Arguments<'a>) -> Value<'a> {
    match arguments.get(0) {
        Value::Empty => arguments.get(1),
        answered => answered,
    }
}

fn selected<'a>(arguments: &Arguments<'a>) -> Value<'a> {
    let code = arguments.get(1);
    let code = code.text();
    Value::Boolean(match arguments.get(0) {
        Value::Choices(codes) => codes.iter().any(|chosen| *chosen == code),
        one => one.text() == code,
    })
}

fn count_selected<'a>(arguments: &Arguments<'a>) -> Value<'a> {
    Value::Number(match arguments.get(0) {
        Value::Empty => 0.0,
        Value::Choices(codes) => codes.len() as f64,
        _ => 1.0,
    })
}

fn string_length<'a>(arguments: &Arguments<'a>) -> Value<'a> {
    Value::Number(arguments.get(0).text().chars().count() as f64)
}

fn number<'a>(arguments: &Arguments<'a>) -> Value<'a> {
    Value::finite(arguments.number(0))
}

fn int<'a>(arguments: &Arguments<'a>) -> Value<'a> {
    Value::finite(arguments.number(0).trunc())
}

/// The powers up to 10¹⁵ are exact, which keeps the browser and the server in step.
fn round<'a>(arguments: &Arguments<'a>) -> Value<'a> {
    let digits = arguments.number(1).clamp(0.0, 15.0) as i32;
    let scale = 10_f64.powi(digits);
    Value::finite((arguments.number(0) * scale).round() / scale)
}

fn min<'a>(arguments: &Arguments<'a>) -> Value<'a> {
    combined(arguments, f64::min)
}

fn max<'a>(arguments: &Arguments<'a>) -> Value<'a> {
    combined(arguments, f64::max)
}

fn sum<'a>(arguments: &Arguments<'a>) -> Value<'a> {
    combined(arguments, |a, b| a + b)
}

fn combined<'a>(arguments: &Arguments<'a>, combine: fn(f64, f64) -> f64) -> Value<'a> {
    let numbers = arguments.numbers().filter(|number| !number.is_nan());
    numbers.reduce(combine).map_or(Value::Empty, Value::finite)
}

/// For tests of arbitrary calls.
#[cfg(test)]
pub(super) fn all() -> &'static [Function] {
    &FUNCTIONS
}
