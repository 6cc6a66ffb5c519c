//! The columns that are about the form, not about what it asks. Of when it came they have the day, never the time.

use std::sync::Arc;

use super::variable::{Meaning, Variable};
use crate::catalogue::Published;
use crate::survey::code::{Channel, Mode};
use crate::survey::question::{Content, Phrases};
use crate::survey::text::Lang;

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
    let mut languages: Vec<&Lang> = forms.iter().flat_map(|form| &form.questionnaire.languages).collect();
    languages.sort_unstable();
    languages.dedup();
    let channels: Vec<&str> = Channel::ALL.iter().map(|channel| channel.code()).collect();
    let modes: Vec<&str> = Mode::ALL.iter().map(|mode| mode.code()).collect();
    let meaning = |code: &str, label: String| Meaning { code: code.to_owned(), label, is_missing: false };
    let said = |sentences: &str, codes: Vec<&str>| -> Vec<Meaning> {
        codes.iter().map(|code| meaning(code, phrases.say(&format!("{sentences}-{code}")))).collect()
    };
    let called = languages.into_iter().map(|lang| meaning(lang.code(), phrases.language(*lang))).collect();
    for (name, meanings) in [
        ("level", said("level-short", levels)),
        ("channel", said("channel", channels)),
        ("lang", called),
        ("mode", said("mode", modes)),
    ] {
        if let Some(variable) = variables.iter_mut().find(|variable| variable.name == name) {
            variable.content = Content::Code;
            variable.meanings = meanings;
        }
    }
    variables
}
