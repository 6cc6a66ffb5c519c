//! Any text at all as an expression: nothing panics, and whatever is understood keeps its promises.
//!
//! The input is cut at zero bytes: the expression, the own answer, then answers to `${a}`, `${b}`, ….
#![no_main]
#![allow(dead_code, missing_docs, reason = "the room is built for the product")]

#[path = "../../../src/survey/expression/mod.rs"]
mod expression;

use chrono::{NaiveDate, NaiveDateTime};
use expression::{Answers, Checked, Expression, Scope, Type, Value};
use libfuzzer_sys::fuzz_target;

const CODES: [&str; 8] = ["a", "b", "c", "d", "e", "lop", "m", "t"];

struct Form<'a> {
    texts: Vec<&'a str>,
    several: Vec<String>,
}

impl Answers for Form<'_> {
    fn get(&self, question: usize) -> Value<'_> {
        match CODES[question] {
            "m" => Value::Choices(&self.several),
            "e" => Value::Number(self.texts.first().map_or(f64::NAN, |text| text.len() as f64)),
            _ => self.texts.get(question).map_or(Value::Empty, |text| Value::Text((*text).into())),
        }
    }

    fn label(&self, _: usize, code: &str) -> Option<&str> {
        (code.len() == 2).then_some("Lớp 1")
    }

    fn attribute(&self, name: &str) -> Value<'_> {
        self.texts.get(name.len()).map_or(Value::Empty, |text| Value::Text((*text).into()))
    }

    fn now(&self) -> Option<NaiveDateTime> {
        NaiveDate::from_ymd_opt(2026, 9, 5)?.and_hms_opt(8, 15, 30)
    }
}

struct Questions;

impl Scope for Questions {
    fn question(&self, code: &str) -> Option<Type> {
        match code {
            "c" => Some(Type::Date),
            "d" => Some(Type::Time),
            "e" => Some(Type::Number),
            "m" => Some(Type::Choices),
            known => CODES.contains(&known).then_some(Type::Text),
        }
    }

    fn has_attribute(&self, _: &str) -> bool {
        true
    }
}

fn index(code: &str) -> Option<usize> {
    CODES.iter().position(|known| *known == code)
}

fn run(expression: &Expression, form: &Form<'_>, own: &str) {
    let own = Value::Text(own.into());
    let compiled = expression.compile(&index);
    let value = compiled.evaluate(form, &own);
    assert_eq!(compiled.test(form, &own), value == Value::Boolean(true));
    assert!(!matches!(&value, Value::Text(text) if text.is_empty()), "an empty text that is not empty");
    assert!(!matches!(&value, Value::Number(number) if !number.is_finite()));
    let _ = (value.text(), expression.to_json().to_string());
}

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let mut parts = text.split('\0');
    let (written, own) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let texts: Vec<&str> = parts.collect();
    let several = texts.iter().map(|text| (*text).to_owned()).collect();
    let form = Form { texts, several };
    for read in [Expression::parse, Expression::parse_filter] {
        let Ok(expression) = read(written) else { continue };
        assert_eq!(read(&expression.to_string()).as_ref(), Ok(&expression), "printed and read back");
        run(&expression, &form, own);
        if let Ok(Checked { expression, gives }) = expression.check(&Questions, Some(Type::Text)) {
            let again = expression.check(&Questions, Some(Type::Text)).map(|checked| checked.gives);
            assert_eq!(again, Ok(gives), "what is checked is checked");
            run(&expression, &form, own);
        }
    }
});
