//! What differs between two versions, question by question.

use serde_json::Value;

use super::{Manuscript, Object};

/// One property as people read it: its name in the file, and a text.
pub type Fact = (String, String);

/// A question that is not as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its code; of the cover and of sections, what they are called in the file.
    pub code: String,
    /// Its label in Vietnamese.
    pub label: String,
    /// What happened to it.
    pub what: Vec<What>,
}

/// What happened to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It stands elsewhere.
    Moved,
    /// One of its properties says something else.
    Changed {
        /// The property.
        property: String,
        /// Before; empty: it was not there.
        old: String,
        /// After; empty: it is not there.
        new: String,
    },
}

/// The properties of an object as texts, one per language where they have languages.
pub fn facts(object: &Object) -> Vec<Fact> {
    let mut found = Vec::new();
    for (name, value) in object.iter().filter(|(name, _)| !matches!(name.as_str(), "sections" | "questions")) {
        match value {
            Value::Object(texts) if texts.values().all(Value::is_string) => found.extend(
                texts
                    .iter()
                    .map(|(lang, text)| (format!("{name}.{lang}"), text.as_str().unwrap_or_default().to_owned())),
            ),
            Value::Array(list) if list.iter().any(Value::is_object) => {
                found.push((name.clone(), list.iter().map(line).collect::<Vec<_>>().join("\n")));
            }
            other => found.push((name.clone(), plain(other))),
        }
    }
    found
}

/// A choice or row: its code, its label in each language, and what else there is.
fn line(value: &Value) -> String {
    let Some(object) = value.as_object() else { return plain(value) };
    let texts = |(name, value): (&String, &Value)| match value {
        Value::Object(texts) => texts.values().map(plain).collect::<Vec<_>>().join(" / "),
        other if name == "code" => plain(other),
        other => format!("{name}: {}", plain(other)),
    };
    object.iter().map(texts).collect::<Vec<_>>().join(" – ")
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        Value::Array(list) => list.iter().map(plain).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

/// What has to be done to the old version to get the new one, in the order of the new one; what is gone comes last.
pub fn diff(old: &Manuscript, new: &Manuscript) -> Vec<Change> {
    let mut changes = Vec::new();
    let cover = changed(old.cover(), new.cover());
    if !cover.is_empty() {
        changes.push(Change { code: String::new(), label: String::new(), what: cover });
    }
    compare(&sections(old), &sections(new), &mut changes);
    compare(&questions(old), &questions(new), &mut changes);
    changes
}

/// Something with an address, the place that it belongs to, and its properties.
struct Item<'a> {
    address: String,
    within: String,
    object: &'a Object,
}

fn sections(sheet: &Manuscript) -> Vec<Item<'_>> {
    let items = sheet.sections().into_iter().enumerate();
    items.map(|(s, object)| Item { address: sheet.section_address(s), within: String::new(), object }).collect()
}

fn questions(sheet: &Manuscript) -> Vec<Item<'_>> {
    let item = |(place, object): (super::Place, _)| {
        let within = sheet.section_address(place.0);
        Item { address: sheet.address(place), within, object }
    };
    sheet.all().map(item).collect()
}

fn compare(old: &[Item<'_>], new: &[Item<'_>], changes: &mut Vec<Change>) {
    let before = |item: &Item<'_>| old.iter().position(|known| known.address == item.address);
    let stays = in_order(&new.iter().filter_map(before).collect::<Vec<_>>());
    for item in new {
        let mut what = Vec::new();
        match before(item).and_then(|place| Some((place, old.get(place)?))) {
            None => what.push(What::Added),
            Some((place, known)) => {
                if known.within != item.within || !stays.contains(&place) {
                    what.push(What::Moved);
                }
                what.extend(changed(known.object, item.object));
            }
        }
        if !what.is_empty() {
            changes.push(change(item, what));
        }
    }
    for gone in old.iter().filter(|known| !new.iter().any(|item| item.address == known.address)) {
        changes.push(change(gone, vec![What::Removed]));
    }
}

fn change(item: &Item<'_>, what: Vec<What>) -> Change {
    let text = |name| Manuscript::text_of(item.object, name, crate::survey::text::Lang::VI);
    let label = if item.object.contains_key("title") { text("title") } else { text("label") };
    Change { code: item.address.clone(), label: label.to_owned(), what }
}

fn changed(old: &Object, new: &Object) -> Vec<What> {
    let (old, new) = (facts(old), facts(new));
    let find = |facts: &[Fact], name: &str| {
        facts.iter().find(|(known, _)| known == name).map(|(_, text)| text.clone()).unwrap_or_default()
    };
    let names = new.iter().chain(old.iter().filter(|(name, _)| !new.iter().any(|(known, _)| known == name)));
    names
        .map(|(name, _)| What::Changed { property: name.clone(), old: find(&old, name), new: find(&new, name) })
        .filter(|what| !matches!(what, What::Changed { old, new, .. } if old == new))
        .collect()
}

/// The longest part of these numbers that goes up: what stands in it was not moved.
fn in_order(numbers: &[usize]) -> Vec<usize> {
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(numbers.len());
    for (at, number) in numbers.iter().enumerate() {
        let before = (0..at).filter(|earlier| numbers[*earlier] < *number).max_by_key(|earlier| best[*earlier].0);
        best.push((before.map_or(1, |earlier| best[earlier].0 + 1), before));
    }
    let mut at = (0..best.len()).max_by_key(|at| best[*at].0);
    let mut chosen = Vec::new();
    while let Some(place) = at {
        chosen.push(numbers[place]);
        at = best[place].1;
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matrices_count_their_rows_as_part_of_them() {
        let rows = serde_json::json!({"code": "M", "rows": [{"code": "M1", "label": {"vi": "Sân", "en": "Yard"}}]});
        let facts = facts(rows.as_object().unwrap());
        assert_eq!(facts[1], ("rows".to_owned(), "M1 – Sân / Yard".to_owned()));
    }
}
