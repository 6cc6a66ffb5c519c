//! The expression language of questionnaires: XLSForm's.
//!
//! `relevant`, `constraint`, `calculation` and `choice_filter` are written in it, for example
//! `${A1} >= 4 and selected(${F2}, 'hoc_phi')`. An expression goes through four hands:
//!
//! * [`Expression::parse`] reads the text (`lexer`, `parser`) into a tree (`ast`) and refuses
//!   what is misspelt, has the wrong number of arguments, or is nested too deeply. Every tree after
//!   this point is well formed, so nothing downstream can fail.
//! * [`Expression::check`] runs when a questionnaire is published: it knows the questions and their
//!   types, and refuses unknown codes and comparisons that cannot mean anything (`check`).
//! * [`Expression::compile`] runs once per published version and replaces codes by indices;
//!   [`Compiled::test`] and [`Compiled::evaluate`] run for every submission and only borrow
//!   (`evaluate`).
//! * [`Expression::to_json`] gives the same tree to the browser, where
//!   `public/form/expression.js` evaluates it with the same results to the letter.
//!   `tests/expressions.json` holds both evaluators to that.
//!
//! # What expressions mean
//!
//! * **Unanswered is empty.** A missing answer, the empty text and an empty list of choices are one
//!   and the same: `${x} = ''` is true.
//! * **Numbers are recognised, not declared.** A text such as `'5'` or `' -2.50 '` counts as the
//!   number it spells (ASCII digits, a point, a leading minus, spaces around; no exponent, no
//!   comma). An answer therefore gives the same result whether it is held as the text `5` or as
//!   the number 5. A list of choices is never a number, and as a text it is its codes joined by
//!   spaces; a condition counts as 1 or 0. `check` refuses both outside `number()`.
//! * **`=` compares numbers when both sides are numbers**, otherwise the texts, exactly. So
//!   `'05' = 5` is true; where leading zeros matter, as in codes, use `selected()`, which compares
//!   texts only. `!=` is always the negation of `=`.
//! * **`<` `<=` `>` `>=` compare numbers** and are false when a side is empty or not a number.
//! * **Arithmetic without a result is empty**: an unanswered operand, a division or `mod` by zero
//!   and an overflow give the empty value, hence no comparison with a number holds. There is no
//!   NaN and no infinity. `mod` takes the sign of its left side.
//! * **`and`, `or`, `not` and `if` take conditions.** Whatever is not a true condition does not
//!   hold; `check` refuses texts and numbers there, because `${A1} = 1 or 2` is a mistake.
//! * `min`, `max` and `sum` skip what is not a number and are empty when nothing is left;
//!   `a + b` in contrast needs both.
//! * `round` goes half away from zero; its digits are cut to a whole number from 0 to 15.
//!   `int` cuts the fraction off.
//! * **Dates are texts**, `2026-09-05`, in Việt Nam's local time; `today()` and `now()` are when the form was begun, which the
//!   server says. Where dates are compared, added or subtracted they count as days since 1970 (`check` writes
//!   `decimal-date-time()` around them, and `decimal-time()` around times of day such as `08:15`), so `today() - ${ngay_sinh}`
//!   is a number of days and `date(today() + 7)` a date again. What is no date is empty.
//! * `regex` must match the whole text; `pattern` says which patterns there are.
//! * What is compared with a question of a list, or looked for with `selected()`, must be a code of that list (`scope`): a
//!   misspelt one would never hold.
//! * `jr:choice-name` gives the label in the language of the form, labels of several choices with `, ` between them.
//! * `string-length` counts Unicode scalar values. Answers are expected in NFC, where this is the
//!   number of letters a Vietnamese reader counts.
//! * Binding, loosest first, is XPath's: `or`, `and`, `= !=`, `< <= > >=`, `+ -`, `* div mod`,
//!   unary minus. Operators of one level group from the left.

mod ast;
mod check;
mod condition;
mod date;
mod evaluate;
mod function;
mod json;
mod lexer;
mod parser;
mod pattern;
mod print;
mod problem;
mod scope;
mod value;

#[cfg(test)]
mod tests;

pub use ast::Expression;
pub use check::Checked;
pub use condition::Condition;
pub use evaluate::{Answers, Compiled};
pub use function::known as functions;
pub use parser::ParseError;
pub use problem::{CheckError, Problem};
pub use scope::Scope;
pub use value::{Type, Value};
