//! Answers as they are stored, read one after the other in the order in which they were written, without building anything.
//!
//! [`RawAnswers::stored`](super::raw::RawAnswers::stored) reads whatever is JSON; this reads what the product writes, several
//! times as fast, and says where it meets something else.

use std::borrow::Cow;

use super::raw::Raw;

/// The members that were not taken yet.
#[derive(Debug, Clone, Copy)]
pub struct Stored<'a> {
    /// From the name of the next member; empty: there is none.
    rest: &'a str,
}

/// Something that is not written as the product writes it. It may still be JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unusual;

/// How the name of a member stands in front of its value.
pub fn named(name: &str) -> String {
    format!("{}:", serde_json::Value::from(name))
}

impl<'a> Stored<'a> {
    /// The members of this object.
    ///
    /// # Errors
    /// It is none.
    pub fn of(text: &'a str) -> Result<Self, Unusual> {
        match text.strip_prefix('{').ok_or(Unusual)? {
            "}" => Ok(Self { rest: "" }),
            rest if rest.starts_with('"') => Ok(Self { rest }),
            _ => Err(Unusual),
        }
    }

    /// Whether all members were taken.
    pub fn is_over(&self) -> bool {
        self.rest.is_empty()
    }

    /// Takes the value of the next member, if it has this name as [`named`] writes it.
    ///
    /// # Errors
    /// [`Unusual`]
    #[inline]
    pub fn take(&mut self, named: &str) -> Result<Option<Raw<'a>>, Unusual> {
        let Some(rest) = self.rest.strip_prefix(named) else { return Ok(None) };
        let (value, rest) = value(rest)?;
        self.rest = match rest.as_bytes() {
            // another member, which has a name
            [b',', b'"', ..] => &rest[1..],
            b"}" => "",
            _ => return Err(Unusual),
        };
        Ok(Some(value))
    }
}

/// The value in front of a text, and what comes behind it.
fn value(text: &str) -> Result<(Raw<'_>, &str), Unusual> {
    match text.as_bytes() {
        [b'"', ..] => string(text).map(|(text, rest)| (Raw::One(text), rest)),
        [b'n', ..] => text.strip_prefix("null").map(|rest| (Raw::Null, rest)).ok_or(Unusual),
        [b'[', ..] => list(&text[1..]),
        [b'0'..=b'9' | b'-', ..] => number(text),
        _ => Err(Unusual),
    }
}

/// A text that begins with its quotation mark.
fn string(text: &str) -> Result<(Cow<'_, str>, &str), Unusual> {
    let inside = &text[1..];
    match inside.bytes().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20)) {
        Some(end) if inside.as_bytes()[end] == b'"' => Ok((inside[..end].into(), &inside[end + 1..])),
        // with signs that are written otherwise than they are
        Some(_) => {
            let mut strings = serde_json::Deserializer::from_str(text).into_iter::<String>();
            let whole = strings.next().and_then(Result::ok).ok_or(Unusual)?;
            Ok((whole.into(), &text[strings.byte_offset()..]))
        }
        None => Err(Unusual),
    }
}

/// Texts behind an opening bracket.
fn list(mut rest: &str) -> Result<(Raw<'_>, &str), Unusual> {
    let mut texts = Vec::new();
    loop {
        match rest.as_bytes() {
            [b']', ..] if texts.is_empty() => return Ok((Raw::Many(texts), &rest[1..])),
            [b'"', ..] => {
                let (text, behind) = string(rest)?;
                texts.push(text);
                rest = &behind[behind.len().min(1)..];
                match behind.as_bytes() {
                    [b']', ..] => return Ok((Raw::Many(texts), rest)),
                    [b',', b'"', ..] => {}
                    _ => return Err(Unusual),
                }
            }
            _ => return Err(Unusual),
        }
    }
}

/// A whole number of no more digits than every program reads; others are unusual.
fn number(text: &str) -> Result<(Raw<'_>, &str), Unusual> {
    const DIGITS: usize = 15;
    let end = text.find([',', '}']).ok_or(Unusual)?;
    let digits = text[..end].strip_prefix('-').unwrap_or(&text[..end]);
    let is_plain = matches!(digits.len(), 1..=DIGITS) && digits.bytes().all(|byte| byte.is_ascii_digit());
    match is_plain && (!digits.starts_with('0') || &text[..end] == "0") {
        true => Ok((Raw::One(text[..end].into()), &text[end..])),
        false => Err(Unusual),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::super::raw::RawAnswers;
    use super::*;

    /// All members, by names that are known.
    fn all<'a>(text: &'a str, names: &[String]) -> Result<Vec<Raw<'a>>, Unusual> {
        let mut stored = Stored::of(text)?;
        let found = names.iter().map(|name| stored.take(&named(name))?.ok_or(Unusual)).collect();
        if stored.is_over() { found } else { Err(Unusual) }
    }

    fn any_answer() -> impl Strategy<Value = Value> {
        prop_oneof![
            Just(Value::Null),
            any::<String>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            proptest::collection::vec(".{0,8}", 0..4).prop_map(Value::from),
            Just(json!({"a": [1, true]})),
        ]
    }

    proptest! {
        #[test]
        fn what_is_read_is_what_json_says(answers in proptest::collection::vec(any_answer(), 0..6)) {
            let names: Vec<String> = (0..answers.len()).map(|at| format!("A{at}\"ế")).collect();
            let members: serde_json::Map<String, Value> = names.iter().cloned().zip(answers).collect();
            let text = Value::Object(members).to_string();
            if let Ok(found) = all(&text, &names) {
                let whole = RawAnswers::stored(&text).unwrap();
                prop_assert_eq!(found, whole.iter().map(|(_, raw)| raw.clone()).collect::<Vec<_>>());
            }
        }

        #[test]
        fn no_text_is_read_that_json_does_not_take(text in r#"\{("A":("[a\\"]{0,3}"|null|-?[0-9]{0,3}|\["a"\]?),?){0,2}\}?"#) {
            let names = ["A".to_owned()];
            if all(&text, &names).is_ok() {
                prop_assert!(RawAnswers::stored(&text).is_ok(), "{text}");
            }
        }
    }

    #[test]
    fn what_the_product_writes_is_not_unusual() {
        let text = r#"{"A1":"5","A2":null,"F1":80,"G1":["bua_an","an_toan"],"G3":[],"G2":"Nói \"thật\"\nhai dòng"}"#;
        let names = ["A1", "A2", "F1", "G1", "G3", "G2"].map(str::to_owned);
        let found = all(text, &names).unwrap();
        assert_eq!((found.len(), &found[5]), (6, &Raw::One("Nói \"thật\"\nhai dòng".into())));
        assert!(all("{}", &[]).is_ok() && all("x", &[]).is_err());
    }
}
