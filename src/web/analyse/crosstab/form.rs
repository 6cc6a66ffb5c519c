//! The form of a cross-tab: what to cross, and which forms to keep.

use super::asked::{Asked, Share};
use super::names;
use crate::frame::{Key, Variable, Variables};
use crate::web::words::Words;

/// One entry of a list to choose from.
pub(super) struct Choice {
    pub value: String,
    pub label: String,
    pub is_chosen: bool,
}

/// Entries under a common heading.
pub(super) struct Group {
    pub title: String,
    pub choices: Vec<Choice>,
}

/// A list of its own in the form.
pub(super) struct Field {
    pub name: String,
    pub label: String,
    pub choices: Vec<Choice>,
}

/// What the form shows.
pub(super) struct Form {
    pub rows: Vec<Group>,
    pub columns: Vec<Group>,
    pub shares: Vec<Choice>,
    /// One choice each.
    pub places: Vec<Field>,
    /// Answers to tick.
    pub questions: Vec<Field>,
    pub more: Vec<Group>,
    pub from: String,
    pub to: String,
    pub is_filtered: bool,
}

impl Form {
    pub(super) fn of(asked: &Asked, variables: &Variables, words: Words) -> Self {
        let can_stand_above = |one: &Variable| one.classes.len() > 1;
        let places = [Key::Unit, Key::Level, Key::Channel, Key::Language, Key::Mode];
        let places = places.iter().filter_map(|key| variables.find(key.name())).filter(|one| one.divides());
        let ticked = variables.all().iter().filter(|one| is_question(one)).filter(|one| {
            let name = one.key.name();
            name == asked.more || !asked.codes(name).is_empty()
        });
        let share = |share: Share| Choice {
            value: share.code().to_owned(),
            label: words.say(&format!("crosstab-share-{}", share.code())),
            is_chosen: share == asked.share,
        };
        Self {
            rows: groups(variables, &asked.row, words, |one| one.divides() || one.mean_of.is_some()),
            columns: groups(variables, &asked.column, words, can_stand_above),
            shares: Share::ALL.map(share).into(),
            places: places.map(|one| field(one, asked, words)).collect(),
            questions: ticked.map(|one| field(one, asked, words)).collect(),
            more: groups(variables, "", words, |one| is_question(one) && one.divides()),
            from: asked.from.clone(),
            to: asked.to.clone(),
            is_filtered: asked.is_filtered() || !asked.more.is_empty(),
        }
    }
}

fn is_question(variable: &Variable) -> bool {
    matches!(variable.key, Key::Question(_))
}

/// The variables, questions by the parts of their forms.
fn groups(variables: &Variables, chosen: &str, words: Words, is_offered: impl Fn(&Variable) -> bool) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for one in variables.all().iter().filter(|one| is_offered(one)) {
        let section = one.section.as_ref().map(|section| section.get(words.interface()).to_owned());
        let title = section.unwrap_or_else(|| words.say("crosstab-places"));
        let name = one.key.name().to_owned();
        let choice = Choice { label: names::variable(one, words), is_chosen: name == chosen, value: name };
        match groups.iter_mut().find(|group| group.title == title) {
            Some(group) => group.choices.push(choice),
            None => groups.push(Group { title, choices: vec![choice] }),
        }
    }
    groups
}

fn field(variable: &Variable, asked: &Asked, words: Words) -> Field {
    let kept = asked.codes(variable.key.name());
    let choice = |class: &crate::frame::Class| Choice {
        value: class.code.clone(),
        label: names::class(variable, class, words),
        is_chosen: kept.contains(&class.code),
    };
    Field {
        name: Asked::parameter(variable.key.name()),
        label: names::variable(variable, words),
        choices: variable.classes.iter().map(choice).collect(),
    }
}
