//! The core of an official template. A questionnaire that was made from one keeps the items of the template as they are, so
//! that its results can be put beside those of others: code, kind, scale, choices and wording. Translations may be added,
//! own items, too, and an item may be left out, which is said.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Manuscript, Object, Passage, elements, string};

/// The items of the template.
#[derive(Debug, Clone)]
pub struct Core(Manuscript);

/// Where a questionnaire is not as its template.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Departure {
    /// An item was left out: allowed, but said.
    LeftOut(String),
    /// An item is of another kind, on another scale, or has other choices.
    Changed(String),
    /// An item says something else in a language that the template has.
    Reworded(String),
}

impl Departure {
    /// The code of the item.
    pub fn code(&self) -> &str {
        match self {
            Self::LeftOut(code) | Self::Changed(code) | Self::Reworded(code) => code,
        }
    }
}

impl Core {
    /// The core of this template.
    pub fn of(template: Manuscript) -> Self {
        Self(template)
    }

    /// Its items' codes, which own items must not take.
    pub fn codes(&self) -> BTreeSet<String> {
        self.0.codes()
    }

    /// The item with this code.
    pub fn item(&self, code: &str) -> Option<&Object> {
        self.0.all().map(|(_, question)| question).find(|question| string(question, "code") == code)
    }

    /// Every text of the template.
    pub fn texts(&self) -> Vec<Passage> {
        self.0.passages()
    }

    /// A scale of the template.
    pub fn scale(&self, name: &str) -> Option<&Value> {
        self.0.cover().get("scales")?.get(name)
    }

    /// The section of the template in which an item stands.
    pub fn section_of(&self, code: &str) -> Option<&str> {
        let place = self.0.find(code)?;
        self.0.sections().get(place.0).map(|section| string(section, "code"))
    }

    /// Everywhere that a questionnaire is not as its template, in the template's order.
    pub fn departures(&self, own: &Manuscript) -> Vec<Departure> {
        let of_item = |item: &Object| {
            let code = string(item, "code");
            match own.find(code).and_then(|place| own.at(place)) {
                None => Some(Departure::LeftOut(code.to_owned())),
                Some(question) => departure(item, question),
            }
        };
        self.0.all().filter_map(|(_, item)| of_item(item)).collect()
    }

    /// The first thing that may not be: changed or reworded items.
    pub fn forbidden(&self, own: &Manuscript) -> Option<Departure> {
        let scales = |sheet: &Manuscript| sheet.cover().get("scales").cloned().unwrap_or_default();
        let (known, given) = (scales(&self.0), scales(own));
        let same_scale = |name: &str| {
            let (known, given) = (known.get(name), given.get(name));
            points(known) == points(given) && same_points(known, given)
        };
        let on_other_points = |item: &Object| {
            let scale = string(item, "scale");
            !scale.is_empty() && own.find(string(item, "code")).is_some() && !same_scale(scale)
        };
        let first = self.0.all().find(|(_, item)| on_other_points(item));
        let first = first.map(|(_, item)| Departure::Changed(string(item, "code").to_owned()));
        let is_forbidden = |departure: &Departure| !matches!(departure, Departure::LeftOut(_));
        self.departures(own).into_iter().find(is_forbidden).or(first)
    }
}

/// Properties of an item that decide what its figures mean.
const HELD: [&str; 9] =
    ["kind", "scale", "or_other", "calculation", "min", "max", "step", "choice_filter", "exclusive"];

fn departure(item: &Object, question: &Object) -> Option<Departure> {
    let code = string(item, "code");
    let same = |name: &str| item.get(name).unwrap_or(&Value::Null) == question.get(name).unwrap_or(&Value::Null);
    let plain = HELD.into_iter().all(same);
    let lists = ["choices", "rows"].into_iter().all(|name| codes(item, name) == codes(question, name));
    if !plain || !lists {
        return Some(Departure::Changed(code.to_owned()));
    }
    let lists = ["choices", "rows"].into_iter().all(|name| {
        let (known, given) = (elements(item, name), elements(question, name));
        known.into_iter().zip(given).all(|(known, given)| says_the_same(known, given))
    });
    (!says_the_same(item, question) || !lists).then(|| Departure::Reworded(code.to_owned()))
}

fn codes<'a>(object: &'a Object, list: &str) -> Vec<&'a str> {
    elements(object, list).into_iter().map(|element| string(element, "code")).collect()
}

/// Codes and lowest-to-highest order of a scale.
fn points(scale: Option<&Value>) -> (Vec<&str>, Option<&str>) {
    let scale = scale.and_then(Value::as_object);
    let outside = scale.and_then(|scale| scale.get("not_applicable")?.get("code")?.as_str());
    (scale.map(|scale| codes(scale, "choices")).unwrap_or_default(), outside)
}

/// Whether each point of a scale, and the choice outside it, is called the same.
fn same_points(known: Option<&Value>, given: Option<&Value>) -> bool {
    let (Some(known), Some(given)) = (known.and_then(Value::as_object), given.and_then(Value::as_object)) else {
        return true;
    };
    let outside = |scale: &Object| scale.get("not_applicable").and_then(Value::as_object).cloned().unwrap_or_default();
    let mut pairs = elements(known, "choices").into_iter().zip(elements(given, "choices"));
    pairs.all(|(known, given)| says_the_same(known, given)) && says_the_same(&outside(known), &outside(given))
}

/// Whether the label is the same in every language that both have.
fn says_the_same(known: &Object, given: &Object) -> bool {
    let label = |object: &Object| object.get("label").and_then(Value::as_object).cloned().unwrap_or_default();
    let given = label(given);
    label(known).iter().all(|(lang, text)| given.get(lang).is_none_or(|own| own == text))
}
