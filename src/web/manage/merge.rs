//! Two people in one form: what only one of them changed is taken from whoever did, and of what both changed the later one is
//! asked. A form that can meet this carries what it showed at first in hidden fields.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::fields::Fields;
use super::trouble::Trouble;
use crate::web::words::Words;

/// The hidden field that says that the others are there.
const MARK: &str = "was";

/// What a field of the form stands at in the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Stands {
    /// One value.
    At(String),
    /// Those that are ticked of a list.
    Ticked(BTreeSet<String>),
}

impl Stands {
    /// A box that stands alone.
    pub(super) fn ticked(is_ticked: bool) -> Self {
        Self::Ticked(is_ticked.then(|| "1".to_owned()).into_iter().collect())
    }
}

/// The form's fields by name.
pub(super) type Standing = Vec<(&'static str, Stands)>;

/// The hidden fields: name and value. A form that was only looked at goes on from what it showed at first.
pub(super) fn hidden(standing: &Standing, trouble: &Trouble) -> Vec<(String, String)> {
    let sent = trouble.fields();
    if trouble.is_none() && sent.has(MARK, "1") {
        let is_hidden = |name: &str| name == MARK || name.starts_with("was-");
        let kept = sent.pairs().filter(|(name, _)| is_hidden(name));
        return kept.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    }
    let mut hidden = vec![(MARK.to_owned(), "1".to_owned())];
    for (name, stands) in standing {
        let name = was(name);
        match stands {
            Stands::At(value) => hidden.push((name, value.clone())),
            Stands::Ticked(values) => hidden.extend(values.iter().map(|value| (name.clone(), value.clone()))),
        }
    }
    hidden
}

fn was(name: &str) -> String {
    format!("{MARK}-{name}")
}

/// What is to be saved: the form as it was sent, with what somebody else changed meanwhile.
///
/// # Errors
/// Both changed a field, each in another way: a sentence beside it, with what was sent. Sent again, it is meant.
pub(super) fn merged(sent: &Fields, standing: &Standing, words: Words) -> Result<Fields, Trouble> {
    if !sent.has(MARK, "1") {
        return Ok(sent.clone());
    }
    let (mut merged, mut trouble) = (sent.clone(), Trouble::default());
    for (name, stands) in standing {
        match stands {
            Stands::At(theirs) => match one(sent.one(name), sent.one(&was(name)), theirs) {
                Some(value) => merged = merged.with(name, [value]),
                None => trouble.add(*name, words.with("merge-both", "value", readable(theirs, words))),
            },
            Stands::Ticked(theirs) => {
                let (mine, before) = (set(sent, name), set(sent, &was(name)));
                merged = merged.with(name, ticked(&mine, &before, theirs));
            }
        }
    }
    if trouble.is_none() { Ok(merged) } else { Err(trouble.typed(merged)) }
}

/// The value that only one of them chose; none where both did.
fn one(mine: &str, before: &str, theirs: &str) -> Option<String> {
    let (mine, before, theirs) = (plain(mine), plain(before), plain(theirs));
    let is_mine = mine != before;
    match theirs != before {
        true if is_mine && mine != theirs => None,
        true => Some(theirs),
        false => Some(mine),
    }
}

/// As browsers send it: lines end in one way, nothing stands around.
fn plain(text: &str) -> String {
    text.replace('\r', "").trim().to_owned()
}

fn set(fields: &Fields, name: &str) -> BTreeSet<String> {
    fields.all(name).filter(|value| !value.is_empty()).map(str::to_owned).collect()
}

/// What I ticked, with what others ticked and without what they took away.
fn ticked(mine: &BTreeSet<String>, before: &BTreeSet<String>, theirs: &BTreeSet<String>) -> BTreeSet<String> {
    let added = theirs.difference(before);
    let kept = mine.iter().filter(|value| theirs.contains(*value) || !before.contains(*value));
    kept.chain(added).cloned().collect()
}

/// A day as people write it; anything else as it is.
fn readable(value: &str, words: Words) -> String {
    match value.parse::<NaiveDate>() {
        Ok(day) => words.date(day),
        Err(_) if value.is_empty() => words.say("merge-empty"),
        Err(_) => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn form(mine: (&str, &str), before: (&str, &str)) -> Fields {
        let pairs =
            [("title", mine.0), ("contact", mine.1), ("was-title", before.0), ("was-contact", before.1), ("was", "1")];
        Fields::read(form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish().as_bytes())
    }

    fn standing(title: &str, contact: &str) -> Standing {
        vec![("title", Stands::At(title.into())), ("contact", Stands::At(contact.into()))]
    }

    #[test]
    fn two_people_who_changed_two_fields_are_both_heard() {
        let sent = form(("Tên mới", "Phòng A"), ("Tên cũ", "Phòng A"));
        let merged = merged(&sent, &standing("Tên cũ", "Phòng B"), Words::VI).unwrap();
        assert_eq!((merged.one("title"), merged.one("contact")), ("Tên mới", "Phòng B"));
    }

    #[test]
    fn of_a_field_that_both_changed_the_later_one_is_asked_and_keeps_what_was_typed() {
        let sent = form(("Tên tôi", "Phòng A"), ("Tên cũ", "Phòng A"));
        let trouble = merged(&sent, &standing("Tên chị Lan", "Phòng B"), Words::VI).unwrap_err();
        assert!(trouble.says("title").is_some_and(|sentence| sentence.contains("Tên chị Lan")), "{trouble:?}");
        assert_eq!((trouble.fields().one("title"), trouble.fields().one("contact")), ("Tên tôi", "Phòng B"));
    }

    #[test]
    fn a_form_without_what_it_showed_is_taken_as_it_is() {
        let sent = Fields::read("title=A&contact=B".as_bytes());
        assert_eq!(merged(&sent, &standing("C", "D"), Words::VI).unwrap().one("title"), "A");
    }

    proptest! {
        /// Nobody's tick is lost: what only one person changed stands as that person left it.
        #[test]
        fn what_one_person_ticked_or_unticked_stays(
            before in any::<[bool; 6]>(), mine in any::<[bool; 6]>(), theirs in any::<[bool; 6]>()
        ) {
            let of = |ticks: [bool; 6]| -> BTreeSet<String> {
                (0..6).filter(|n| ticks[*n]).map(|n| n.to_string()).collect()
            };
            let merged = ticked(&of(mine), &of(before), &of(theirs));
            for n in 0..6 {
                let expected = if mine[n] != before[n] { mine[n] } else { theirs[n] };
                prop_assert_eq!(merged.contains(&n.to_string()), expected);
            }
        }
    }
}
