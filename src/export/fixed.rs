//! The columns that are about the form, not about what it asks. Of when it came they have the day, never the time.

use std::sync::Arc;

use super::variable::{Meaning, Variable};
use crate::catalogue::Published;
use crate::survey::code::{Channel, Mode};
use crate::survey::question::{Content, Phrases};

/// Their names.
pub(super) const NAMES: [&str; 10] =
    ["submission", "round", "unit", "unit_name", "level", "channel", "lang", "version", "mode", "submitted_on"];

/// What they are about.
pub(super) fn variables(forms: &[Arc<Published>], phrases: &dyn Phrases) -> Vec<Variable> {
    let content = |name| if name == "submitted_on" { Content::Date } else { Content::Text };
    let mut variables: Vec<Variable> =
        NAMES.iter().map(|name| Variable::about_the_form(name, content(*name), phrases)).collect();
    let mut levels: Vec<&str> = forms.iter().map(|form| form.questionnaire.level_code()).collect();
    levels.sort_unstable();
    levels.dedup();
    let channels: Vec<&str> = Channel::ALL.iter().map(|channel| channel.code()).collect();
    let modes: Vec<&str> = Mode::ALL.iter().map(|mode| mode.code()).collect();
    for (name, sentences, codes) in
        [("level", "level-short", levels), ("channel", "channel", channels), ("mode", "mode", modes)]
    {
        let meaning = |code: &&str| Meaning {
            code: (*code).to_owned(),
            label: phrases.say(&format!("{sentences}-{code}")),
            is_missing: false,
        };
        if let Some(variable) = variables.iter_mut().find(|variable| variable.name == name) {
            variable.content = Content::Code;
            variable.meanings = codes.iter().map(meaning).collect();
        }
    }
    variables
}
