//! The form of one question: what it shows.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};

use super::check::looking_ahead;
use super::own::Own;
use super::recordings::{Voice, voices};
use super::sentence;
use super::views::{ChoiceView, LineView, ListView, TextLine, TextsView};
use crate::survey::manuscript::{ChoiceEdit, Hint, Object, Place, QuestionEdit, Texts, hints};
use crate::survey::text::Lang;
use crate::web::languages::called;
use crate::web::words::Words;

/// Empty lines for new choices.
const BLANK: usize = 2;

/// A question as its form shows it.
pub(super) struct QuestionForm {
    /// Its address.
    pub(super) at: String,
    /// That of its section.
    pub(super) section: String,
    /// Whether it is an item of the template.
    pub(super) is_core: bool,
    /// What was there, or what was typed.
    pub(super) edit: QuestionEdit,
    /// Languages in which the template says it.
    fixed: Vec<Lang>,
    scales: Vec<String>,
    /// What is wrong, by property.
    errors: BTreeMap<String, Vec<String>>,
    /// What makes it hard to read.
    pub(super) hints: Vec<String>,
    /// That its condition looks at questions standing later; empty where it does not.
    pub(super) ahead: String,
    /// Its recordings, language by language.
    pub(super) voices: Vec<Voice>,
    words: Words,
}

/// The properties of one line in the order of the form: name, label, hint, whether it is an expression.
const LINES: [(&str, &str, &str, bool); 14] = [
    ("scale", "q-property-scale", "", false),
    ("required", "q-property-required", "", false),
    ("required-when", "q-required-when", "q-hint-required-when", true),
    ("relevant", "q-property-relevant", "q-hint-relevant", true),
    ("constraint", "q-property-constraint", "q-hint-constraint", true),
    ("calculation", "q-property-calculation", "q-hint-calculation", true),
    ("choice_filter", "q-property-choice_filter", "q-hint-choice_filter", true),
    ("min", "q-property-min", "", false),
    ("max", "q-property-max", "", false),
    ("step", "q-property-step", "", false),
    ("min_length", "q-property-min_length", "", false),
    ("max_length", "q-property-max_length", "", false),
    ("appearance", "q-property-appearance", "", false),
    ("default", "q-property-default", "q-hint-default", false),
];

/// What makes a question hard to read, in words.
pub(super) fn hints_of(question: &Object, words: Words) -> Vec<String> {
    let sentence = |hint| match hint {
        Hint::Long(n) => words.with("q-reading-long", "n", n),
        Hint::Two(found) => words.with("q-reading-two", "words", found),
        Hint::Abbreviation(found) => words.with("q-reading-abbreviation", "words", found),
        Hint::Leading(found) => words.with("q-reading-leading", "words", found),
    };
    hints(question).into_iter().map(sentence).collect()
}

impl QuestionForm {
    /// The form of the question at this place.
    pub(super) fn new(own: &Own, place: Place, edit: QuestionEdit, words: Words) -> Self {
        let prefix = format!("$.sections[{}].questions[{}]", place.0, place.1);
        let mut errors: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for found in own.mistakes() {
            if let Some(rest) = found.path.strip_prefix(&prefix).filter(|rest| rest.is_empty() || rest.starts_with('.'))
            {
                let property = rest.trim_start_matches('.').split(['.', '[']).next().unwrap_or_default();
                // what is missing is missing from the question; it is said where it would be filled in
                let missing = found.message.strip_suffix(" is missing").map(|name| name.trim_matches('"'));
                let property = missing.filter(|_| property.is_empty()).unwrap_or(property);
                let (said, known) =
                    (sentence::said(&found.message, words), errors.entry(property.to_owned()).or_default());
                if !known.contains(&said) {
                    known.push(said);
                }
            }
        }
        let item = own.core.as_ref().and_then(|core| core.item(&edit.code));
        let label = item.and_then(|item| item.get("label")?.as_object());
        Self {
            at: own.sheet.address(place),
            section: own.sheet.section_address(place.0),
            is_core: item.is_some(),
            fixed: label.into_iter().flat_map(|texts| texts.keys()).filter_map(|code| code.parse().ok()).collect(),
            scales: own.sheet.scales().into_iter().map(str::to_owned).collect(),
            hints: own.sheet.at(place).map(|question| hints_of(question, words)).unwrap_or_default(),
            ahead: looking_ahead(&own.sheet.looks_ahead(place), words),
            voices: voices(own, place, words),
            edit,
            errors,
            words,
        }
    }

    /// The code of its kind.
    pub(super) fn kind(&self) -> &'static str {
        self.edit.kind.map_or("", |kind| kind.code())
    }

    /// Whether it can be heard in some language.
    pub(super) fn has_voice(&self) -> bool {
        self.voices.iter().any(|voice| voice.address.is_some() || voice.missing.is_some())
    }

    fn text_lines(&self, prefix: &str, texts: &Texts, may_be_fixed: bool) -> Vec<TextLine> {
        let vietnamese = texts.first().map(|(_, text)| text.clone()).unwrap_or_default();
        let line = |(lang, text): &(Lang, String)| TextLine {
            name: format!("{prefix}-{lang}"),
            lang: *lang,
            language: called(lang, self.words),
            text: text.clone(),
            is_fixed: may_be_fixed && self.fixed.contains(lang),
            other: if *lang != Lang::VI && text.is_empty() { vietnamese.clone() } else { String::new() },
        };
        texts.iter().map(line).collect()
    }

    /// What is wrong with a property, in sentences.
    fn wrong(&self, property: &str) -> Vec<String> {
        self.errors.get(property).cloned().unwrap_or_default()
    }

    /// Its texts: title and hint of each, and the lines.
    pub(super) fn texts(&self) -> Vec<TextsView> {
        let names = |name: &str| match name {
            "label" => ("q-property-label", "q-hint-label"),
            "hint" => ("q-property-hint", "q-hint-hint"),
            _ => ("q-property-constraint_message", ""),
        };
        let shown = self.edit.texts.iter().filter(|(name, _)| *name != "constraint_message" || self.edit.takes(name));
        shown
            .map(|(name, texts)| TextsView {
                name,
                title: names(name).0,
                hint: names(name).1,
                lines: self.text_lines(name, texts, self.is_core && *name == "label"),
                errors: self.wrong(name),
            })
            .collect()
    }

    /// Its choices and rows.
    pub(super) fn lists(&self) -> Vec<ListView> {
        let multiple = self.kind() == "select_multiple";
        let lists = [
            ("choice", "q-property-choices", "choices", &self.edit.choices, multiple),
            ("row", "q-property-rows", "rows", &self.edit.rows, false),
        ];
        let shown =
            lists.into_iter().filter(|(_, _, property, ..)| self.edit.kind.is_some() && self.edit.takes(property));
        shown
            .map(|(name, title, property, list, has_exclusive)| {
                let blank = if self.is_core { 0 } else { BLANK };
                let languages = self.edit.texts.first().map(|(_, texts)| texts.iter().map(|(lang, _)| *lang));
                let none: Texts = languages.into_iter().flatten().map(|lang| (lang, String::new())).collect();
                let new = ChoiceEdit { code: String::new(), label: none, exclusive: false };
                let all = list.iter().chain(std::iter::repeat_n(&new, blank));
                let choices = all.map(|choice| ChoiceView {
                    code: choice.code.clone(),
                    texts: self.text_lines(&format!("{name}-label"), &choice.label, self.is_core),
                    exclusive: choice.exclusive,
                });
                ListView {
                    name,
                    title,
                    choices: choices.collect(),
                    has_exclusive,
                    is_open: !self.is_core,
                    errors: self.wrong(property),
                }
            })
            .collect()
    }

    /// Its properties of one line.
    pub(super) fn lines(&self) -> Vec<LineView> {
        let kind = self.edit.kind;
        let takes = |name: &str| match name {
            "relevant" => true,
            "required-when" => self.edit.takes("required"),
            name => kind.is_some() && self.edit.takes(name),
        };
        LINES
            .into_iter()
            .filter(|(name, ..)| takes(name))
            .map(|(name, label, hint, is_rule)| LineView {
                name,
                label,
                hint,
                value: self.value(name),
                options: self.options(name),
                is_rule,
                is_fixed: self.is_core && matches!(name, "calculation"),
                input: self.input(name),
                errors: self.wrong(if name == "required-when" { "required" } else { name }),
            })
            .collect()
    }

    /// Days and times are chosen, as everywhere else; what the file has that is neither stays a text that can be put right.
    fn input(&self, name: &str) -> &'static str {
        let value = self.edit.line(name);
        match (name, self.kind()) {
            ("min" | "max" | "default", "date") if value.is_empty() || value.parse::<NaiveDate>().is_ok() => "date",
            ("min" | "max" | "default", "time") if value.is_empty() || value.parse::<NaiveTime>().is_ok() => "time",
            _ => "text",
        }
    }

    fn value(&self, name: &str) -> String {
        let required = self.edit.line("required");
        let is_rule = !matches!(required, "" | "true");
        match name {
            "required" if is_rule => "when".to_owned(),
            "required-when" if is_rule => required.to_owned(),
            "required-when" => String::new(),
            name => self.edit.line(name).to_owned(),
        }
    }

    fn options(&self, name: &str) -> Vec<(String, String)> {
        let option = |code: &str, name: &str| (code.to_owned(), self.words.say(name));
        match name {
            "required" => {
                vec![option("", "q-required-no"), option("true", "q-required-yes"), option("when", "q-required-when")]
            }
            "scale" => {
                let chosen = self.edit.line("scale");
                let offered = self.scales.iter().filter(|scale| !self.is_core || *scale == chosen);
                // the field never shows a scale that the question does not have
                let none = (!self.scales.iter().any(|scale| scale == chosen)).then(|| option("", "q-scale-choose"));
                none.into_iter().chain(offered.map(|scale| (scale.clone(), scale.clone()))).collect()
            }
            "appearance" if self.kind() == "text" => {
                vec![option("", "q-appearance-line"), option("multiline", "q-appearance-multiline")]
            }
            "appearance" => vec![option("", "q-appearance-list"), option("minimal", "q-appearance-minimal")],
            _ => Vec::new(),
        }
    }
}
