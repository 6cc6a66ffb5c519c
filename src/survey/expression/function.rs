//! The functions, in one table.
//!
//! To add one: write a line here, its rule below, the same name in `public/form/expression.js` (or, for what few
//! questionnaires need, `seldom` here and `public/form/functions.js`), and vectors in `tests/expressions.json`.
//! [`REGEX`] and [`CHOICE_NAME`] are not in the table: the parser looks into their second argument.

use std::ops::RangeInclusive;

use super::date;
use super::evaluate::Arguments;
use super::value::{Type, Value};

/// What an argument may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    /// A condition.
    Condition,
    /// A number, or a text that may spell one.
    Number,
    /// A number, or a date, which counts as days.
    Amount,
    /// A text, or what is written like one.
    Text,
    /// A date, or a text that may be one.
    Date,
    /// A date, a text that may be one, or a number of days.
    DateOrDays,
    /// A time of day, or a text that may be one.
    Time,
    /// What `format-date` takes, between quotes.
    Format,
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
    /// Whether the browser finds it in `functions.js`.
    pub seldom: bool,
}

/// Whether a text matches a pattern.
pub(super) const REGEX: &str = "regex";
/// Whether a choice is among those of a list.
pub(super) const SELECTED: &str = "selected";
/// The label of a choice.
pub(super) const CHOICE_NAME: &str = "jr:choice-name";

/// Turns a date into the days since 1970; `check` puts it around dates that are compared or reckoned with.
pub(super) const DAYS: &str = "decimal-date-time";
/// Turns a time of day into a part of the day, likewise.
pub(super) const SHARE_OF_DAY: &str = "decimal-time";

const DATE: Gives = Gives::Always(Type::Date);
const BOOLEAN: Gives = Gives::Always(Type::Boolean);
const NUMBER: Gives = Gives::Always(Type::Number);
const MANY: usize = usize::MAX;

static FUNCTIONS: [Function; 20] = [
    entry("true", 0..=0, &[], BOOLEAN, |_| Value::Boolean(true)),
    entry("false", 0..=0, &[], BOOLEAN, |_| Value::Boolean(false)),
    entry("not", 1..=1, &[Slot::Condition], BOOLEAN, not),
    entry("if", 3..=3, &[Slot::Condition, Slot::Any], Gives::OneOf(1), if_),
    entry("coalesce", 2..=2, &[Slot::Any], Gives::OneOf(0), coalesce),
    entry(SELECTED, 2..=2, &[Slot::Codes, Slot::Text], BOOLEAN, selected),
    entry("count-selected", 1..=1, &[Slot::Choices], NUMBER, count_selected),
    entry("string-length", 1..=1, &[Slot::Text], NUMBER, string_length),
    entry("number", 1..=1, &[Slot::Scalar], NUMBER, number),
    entry("int", 1..=1, &[Slot::Number], NUMBER, int),
    entry("round", 1..=2, &[Slot::Number], NUMBER, round),
    entry("min", 1..=MANY, &[Slot::Amount], NUMBER, min),
    entry("max", 1..=MANY, &[Slot::Amount], NUMBER, max),
    entry("sum", 1..=MANY, &[Slot::Number], NUMBER, sum),
    seldom("today", 0..=0, &[], DATE, today),
    seldom("now", 0..=0, &[], DATE, now),
    seldom("date", 1..=1, &[Slot::DateOrDays], DATE, date_),
    seldom("format-date", 2..=2, &[Slot::Date, Slot::Format], Gives::Always(Type::Text), format_date),
    seldom(DAYS, 1..=1, &[Slot::Date], NUMBER, decimal_date_time),
    seldom(SHARE_OF_DAY, 1..=1, &[Slot::Time], NUMBER, decimal_time),
];

const fn entry(
    name: &'static str,
    arguments: RangeInclusive<usize>,
    takes: &'static [Slot],
    gives: Gives,
    apply: for<'a> fn(&Arguments<'a>) -> Value<'a>,
) -> Function {
    Function { name, arguments, takes, gives, apply, seldom: false }
}

const fn seldom(
    name: &'static str,
    arguments: RangeInclusive<usize>,
    takes: &'static [Slot],
    gives: Gives,
    apply: for<'a> fn(&Arguments<'a>) -> Value<'a>,
) -> Function {
    Function { name, arguments, takes, gives, apply, seldom: true }
}

pub(super) fn named(name: &str) -> Option<&'static Function> {
    FUNCTIONS.iter().find(|function| function.name == name)
}

/// The names of all functions, the frequent ones first.
pub fn known() -> impl Iterator<Item = &'static str> {
    FUNCTIONS.iter().map(|function| function.name).chain([REGEX, CHOICE_NAME])
}

/// `true(), false(), …`, for messages.
pub(super) fn names() -> String {
    known().map(|name| format!("{name}()")).collect::<Vec<_>>().join(", ")
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

fn today<'a>(arguments: &Arguments<'a>) -> Value<'a> {
    told(arguments.now().map(date::written))
}

fn now<'a>(arguments: &Arguments<'a>) -> Value<'a> {
    told(arguments.now().map(date::written_with_time))
}

fn date_<'a>(arguments: &Arguments<'a>) -> Value<'a> {
    let given = arguments.get(0);
    let number = given.number();
    let moment = if number.is_nan() { date::read(&given.text()) } else { date::of_days(number) };
    told(moment.map(date::written))
}

fn format_date<'a>(arguments: &Arguments<'a>) -> Value<'a> {
    let moment = date::read(&arguments.get(0).text());
    told(moment.map(|moment| date::format(moment, &arguments.get(1).text())))
}

fn decimal_date_time<'a>(arguments: &Arguments<'a>) -> Value<'a> {
    date::read(&arguments.get(0).text()).map_or(Value::Empty, |moment| Value::finite(date::days(moment)))
}

fn decimal_time<'a>(arguments: &Arguments<'a>) -> Value<'a> {
    date::read_time(&arguments.get(0).text()).map_or(Value::Empty, |time| Value::finite(date::share_of_day(time)))
}

fn told<'a>(text: Option<String>) -> Value<'a> {
    text.map_or(Value::Empty, |text| Value::Text(text.into()).settled())
}

/// For tests of arbitrary calls.
#[cfg(test)]
pub(super) fn all() -> &'static [Function] {
    &FUNCTIONS
}
