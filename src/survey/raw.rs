//! Answers as they arrive: names and texts, nothing believed yet.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// One value as it was sent or stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Raw<'a> {
    /// JSON's null: asked, not answered.
    Null,
    /// One text or number.
    One(Cow<'a, str>),
    /// A list of them.
    Many(Vec<Cow<'a, str>>),
    /// Something no question takes (an object, true, a nested list).
    Foreign,
}

impl Raw<'_> {
    /// Whether nothing was answered.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Null => true,
            Self::One(text) => text.trim().is_empty(),
            Self::Many(list) => list.iter().all(|text| text.trim().is_empty()),
            Self::Foreign => false,
        }
    }
}

/// All values of one form, in the order in which they arrived; each name once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RawAnswers<'a>(Vec<(Cow<'a, str>, Raw<'a>)>);

impl<'a> RawAnswers<'a> {
    /// From the pairs of an HTML form, where a name that comes several times is a list. Names that begin with `_` are the
    /// form's own and left out.
    pub fn from_form(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut answers: Vec<(Cow<'a, str>, Raw<'a>)> = Vec::new();
        for (name, value) in pairs.into_iter().filter(|(name, _)| !name.starts_with('_')) {
            match answers.iter_mut().find(|(known, _)| *known == name) {
                None => answers.push((name.into(), Raw::One(value.into()))),
                Some((_, Raw::Many(list))) => list.push(value.into()),
                Some((_, slot)) => {
                    let Raw::One(first) = std::mem::replace(slot, Raw::Null) else { continue };
                    *slot = Raw::Many(vec![first, value.into()]);
                }
            }
        }
        Self(answers)
    }

    /// Reads what was stored. It was checked when it came in, so each name is known to stand there once.
    ///
    /// # Errors
    /// It is not what is stored.
    pub fn stored(text: &'a str) -> serde_json::Result<Self> {
        let mut reader = serde_json::Deserializer::from_str(text);
        let answers = reader.deserialize_map(AnswersVisitor { is_checked: true })?;
        reader.end().map(|()| answers)
    }

    /// The values with their names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Raw<'a>)> {
        self.0.iter().map(|(name, raw)| (name.as_ref(), raw))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value of this name.
    pub fn get(&self, name: &str) -> Option<&Raw<'a>> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, raw)| raw)
    }

    /// Sets or replaces a value.
    pub fn set(&mut self, name: impl Into<Cow<'a, str>>, raw: Raw<'a>) {
        let name = name.into();
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, slot)) => *slot = raw,
            None => self.0.push((name, raw)),
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for RawAnswers<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(AnswersVisitor { is_checked: false })
    }
}

struct AnswersVisitor {
    /// It is known that no name stands twice.
    is_checked: bool,
}

impl<'de> Visitor<'de> for AnswersVisitor {
    type Value = RawAnswers<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with one member per question")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut answers: Vec<(Cow<'de, str>, Raw<'de>)> = Vec::with_capacity(40);
        while let Some(Name(name)) = map.next_key()? {
            // A form has few questions: looking through them is cheaper than a hash set, until somebody sends thousands.
            if answers.len() >= MOST_NAMES {
                return Err(A::Error::custom(format!("more than {MOST_NAMES} answers")));
            }
            if !self.is_checked && answers.iter().any(|(known, _)| *known == name) {
                return Err(A::Error::custom(format!("the name {name:?} stands twice")));
            }
            answers.push((name, map.next_value()?));
        }
        Ok(RawAnswers(answers))
    }
}

/// More names than any questionnaire has.
const MOST_NAMES: usize = 2000;

struct Name<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NameVisitor;
        impl<'de> Visitor<'de> for NameVisitor {
            type Value = Name<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name")
            }
            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Borrowed(text)))
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(NameVisitor)
    }
}

impl<'de> Deserialize<'de> for Raw<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a number, a list or null")
    }

    fn visit_unit<E>(self) -> Result<Raw<'de>, E> {
        Ok(Raw::Null)
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Raw<'de>, E> {
        Ok(Raw::One(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Raw<'de>, E> {
        Ok(Raw::One(Cow::Owned(text.to_owned())))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Raw<'de>, E> {
        Ok(Raw::One(number.to_string().into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Raw<'de>, E> {
        Ok(Raw::One(number.to_string().into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Raw<'de>, E> {
        Ok(Raw::One(number.to_string().into()))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Raw<'de>, E> {
        Ok(Raw::Foreign)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Raw<'de>, A::Error> {
        let mut list = Vec::new();
        let mut foreign = false;
        while let Some(item) = seq.next_element::<Raw<'de>>()? {
            match item {
                Raw::One(text) => list.push(text),
                Raw::Null | Raw::Many(_) | Raw::Foreign => foreign = true,
            }
        }
        Ok(if foreign { Raw::Foreign } else { Raw::Many(list) })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw<'de>, A::Error> {
        while map.next_entry::<serde::de::IgnoredAny, serde::de::IgnoredAny>()?.is_some() {}
        Ok(Raw::Foreign)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_stands_twice_in_json_is_refused() {
        let error = serde_json::from_str::<RawAnswers<'_>>(r#"{"A1":"1","A1":"2"}"#).unwrap_err();
        assert!(error.to_string().contains("twice"), "{error}");
    }

    #[test]
    fn numbers_become_texts_and_objects_are_foreign() {
        let raw: RawAnswers<'_> =
            serde_json::from_str(r#"{"A":5,"B":{"x":1},"C":["a",2],"D":null,"E":[["a"]]}"#).unwrap();
        assert_eq!(raw.get("A"), Some(&Raw::One("5".into())));
        assert_eq!(raw.get("B"), Some(&Raw::Foreign));
        assert_eq!(raw.get("C"), Some(&Raw::Many(vec!["a".into(), "2".into()])));
        assert_eq!(raw.get("D"), Some(&Raw::Null));
        assert_eq!(raw.get("E"), Some(&Raw::Foreign));
    }

    #[test]
    fn a_form_name_that_repeats_is_a_list() {
        let pairs = [("G1", "a"), ("_key", "k"), ("G1", "b"), ("A1", "5")].map(|(n, v)| (n.to_owned(), v.to_owned()));
        let raw = RawAnswers::from_form(pairs);
        assert_eq!(raw.get("G1"), Some(&Raw::Many(vec!["a".into(), "b".into()])));
        assert_eq!(raw.get("_key"), None);
        assert_eq!(raw.len(), 2);
    }
}
