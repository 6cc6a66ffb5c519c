//! Mistakes in a questionnaire file: where they are, and what to do.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;

use jsonc_parser::ast::Value as Node;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use serde_json::Value;

use super::super::question::Choice;
use super::super::text::{Lang, Text};
use super::file::{Appearance, ChoiceFile, Given, List};

/// One mistake.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mistake {
    /// The line in the file, from 1.
    pub line: usize,
    /// The JSON path, such as `$.sections[0].questions[2].label`.
    pub path: String,
    /// What is wrong and what to do.
    pub message: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}: {}", self.line, self.path, self.message)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Name(String),
    Item(usize),
}

/// Collects what is found wrong; lines are looked up at the end.
#[derive(Debug, Default)]
pub struct Mistakes(RefCell<Vec<(Vec<Step>, String)>>);

impl Mistakes {
    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.0.borrow().is_empty()
    }

    /// With lines from the file's text, in the order of the file.
    pub fn located(self, text: &str) -> Vec<Mistake> {
        let tree = parse_to_ast(text, &CollectOptions::default(), &ParseOptions::default()).ok().and_then(|r| r.value);
        let mut found: Vec<Mistake> = self
            .0
            .into_inner()
            .into_iter()
            .map(|(path, message)| {
                let at = tree.as_ref().map_or(0, |tree| position(tree, &path));
                let line = text.as_bytes()[..at.min(text.len())].iter().filter(|b| **b == b'\n').count() + 1;
                Mistake { line, path: printed(&path), message }
            })
            .collect();
        if let Some(tree) = &tree {
            repeated_names(tree, &mut Vec::new(), text, &mut found);
        }
        found.sort();
        found.dedup();
        found
    }
}

/// Where a path begins in the text; where it leads nowhere, the nearest thing around it.
fn position(tree: &Node<'_>, path: &[Step]) -> usize {
    let mut node = tree;
    let mut at = node.start();
    for step in path {
        let next = match (node, step) {
            (Node::Object(object), Step::Name(name)) => {
                object.properties.iter().find(|p| p.name.as_str() == name).map(|p| (p.range.start, &p.value))
            }
            (Node::Array(array), Step::Item(item)) => array.elements.get(*item).map(|value| (value.start(), value)),
            _ => None,
        };
        let Some((start, value)) = next else { return at };
        (at, node) = (start, value);
    }
    at
}

/// JSON lets a name stand twice and readers take the last one; here that is a mistake.
fn repeated_names(node: &Node<'_>, path: &mut Vec<Step>, text: &str, found: &mut Vec<Mistake>) {
    match node {
        Node::Object(object) => {
            let mut seen = Vec::new();
            for property in &object.properties {
                let name = property.name.as_str().to_owned();
                path.push(Step::Name(name.clone()));
                if seen.contains(&name) {
                    let line = text.as_bytes()[..property.range.start].iter().filter(|b| **b == b'\n').count() + 1;
                    found.push(Mistake {
                        line,
                        path: printed(path),
                        message: "this name stands twice; keep one".to_owned(),
                    });
                }
                seen.push(name);
                repeated_names(&property.value, path, text, found);
                path.pop();
            }
        }
        Node::Array(array) => {
            for (item, value) in array.elements.iter().enumerate() {
                path.push(Step::Item(item));
                repeated_names(value, path, text, found);
                path.pop();
            }
        }
        _ => {}
    }
}

fn printed(path: &[Step]) -> String {
    path.iter().fold("$".to_owned(), |text, step| match step {
        Step::Name(name) => format!("{text}.{name}"),
        Step::Item(item) => format!("{text}[{item}]"),
    })
}

/// A place in the file, from which properties are read and mistakes reported.
#[derive(Debug, Clone)]
pub struct Finder<'a> {
    mistakes: &'a Mistakes,
    languages: &'a [Lang],
    /// Whether choices may have properties of their own.
    filtered: bool,
    path: Vec<Step>,
}

impl<'a> Finder<'a> {
    /// The top of the file, before its languages are known.
    pub fn new(mistakes: &'a Mistakes) -> Self {
        Self { mistakes, languages: &[], filtered: false, path: Vec::new() }
    }

    /// The same place, knowing which languages every text must have.
    pub fn speaking(self, languages: &'a [Lang]) -> Self {
        Self { languages, ..self }
    }

    /// The same place, where choices may have properties that a filter looks at.
    pub fn filtering(self, filtered: bool) -> Self {
        Self { filtered, ..self }
    }

    /// The questionnaire's languages.
    pub fn languages(&self) -> &'a [Lang] {
        self.languages
    }

    /// A property of this place.
    pub fn child(&self, name: &str) -> Self {
        self.deeper(Step::Name(name.to_owned()))
    }

    /// An element of this list.
    pub fn item(&self, at: usize) -> Self {
        self.deeper(Step::Item(at))
    }

    fn deeper(&self, step: Step) -> Self {
        let mut path = self.path.clone();
        path.push(step);
        Self { path, ..self.clone() }
    }

    /// Notes a mistake here.
    pub fn report(&self, message: String) {
        self.mistakes.0.borrow_mut().push((self.path.clone(), message));
    }

    /// A property that must be there.
    pub fn required<'f, T>(&self, given: &'f Given<T>, name: &str) -> Option<&'f T> {
        if !given.is_given() {
            self.report(format!("{name:?} is missing"));
        }
        self.optional(given, name)
    }

    /// A property that may be there.
    pub fn optional<'f, T>(&self, given: &'f Given<T>, name: &str) -> Option<&'f T> {
        match given {
            Given::Missing => None,
            Given::Good(value) => Some(value),
            Given::Bad(why) => {
                self.child(name).report(why.clone());
                None
            }
        }
    }

    /// The elements of a list with their places; wrong ones are reported and left out.
    pub fn list<'f, T>(&self, given: &'f List<T>, name: &str) -> Vec<(Finder<'a>, &'f T)> {
        let Some(list) = self.optional(given, name) else { return Vec::new() };
        let here = self.child(name);
        let mut good = Vec::with_capacity(list.len());
        for (at, element) in list.iter().enumerate() {
            match element {
                Given::Good(value) => good.push((here.item(at), value)),
                Given::Bad(why) => here.item(at).report(why.clone()),
                Given::Missing => {}
            }
        }
        good
    }

    /// A text that must be there in every language.
    pub fn text(&self, given: &Given<Text>, name: &str) -> Option<Text> {
        let text = self.required(given, name)?;
        Some(self.complete(text, name))
    }

    /// A text that, where it is there, must be there in every language.
    pub fn optional_text(&self, given: &Given<Text>, name: &str) -> Option<Text> {
        let text = self.optional(given, name)?;
        Some(self.complete(text, name))
    }

    fn complete(&self, text: &Text, name: &str) -> Text {
        for lang in self.languages.iter().filter(|lang| !text.has(**lang)) {
            self.child(name).report(format!("the text in language {lang} is missing"));
        }
        for lang in text.languages().filter(|lang| !self.languages.contains(lang)) {
            self.child(name).report(format!("language {lang} is not among the questionnaire's languages"));
        }
        text.clone()
    }

    /// Refuses properties that nobody reads: a misspelt word would otherwise change nothing in silence.
    pub fn no_others(&self, unknown: &BTreeMap<String, Value>) {
        for name in unknown.keys() {
            self.child(name).report(format!("{name:?} is not a property here; check its spelling"));
        }
    }

    /// One choice.
    pub fn choice(&self, file: &ChoiceFile) -> Option<Choice> {
        let attributes = self.attributes(&file.unknown);
        let code = self.required(&file.code, "code").cloned();
        let label = self.text(&file.label, "label");
        let code = code?;
        if code.is_empty() || code.len() > 32 || !code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
            self.child("code").report(format!("{code:?} must be 1 to 32 letters a–z, digits or _"));
            return None;
        }
        let exclusive = self.optional(&file.exclusive, "exclusive").copied().unwrap_or(false);
        Some(Choice { code, label: label?, attributes, exclusive })
    }

    /// A list of choices of which each may stand beside others.
    pub fn plain_choices(&self, given: &List<ChoiceFile>) -> Option<Vec<Choice>> {
        let choices = self.choices(given)?;
        if choices.iter().any(|choice| choice.exclusive) {
            self.child("choices").report("only a select_multiple has an exclusive choice".to_owned());
        }
        Some(choices)
    }

    /// Whether a question is shown in this way, the only other one that its kind knows.
    pub fn appearance(&self, given: &Given<Appearance>, known: Appearance) -> bool {
        match self.optional(given, "appearance") {
            Some(wanted) if *wanted != known => {
                self.child("appearance").report(format!("here the appearance can only be {known:?}").to_lowercase());
                false
            }
            wanted => wanted.is_some(),
        }
    }

    /// What a filter may look at; whether it does is seen when it is checked.
    fn attributes(&self, unknown: &BTreeMap<String, Value>) -> BTreeMap<String, String> {
        if !self.filtered {
            self.no_others(unknown);
            return BTreeMap::new();
        }
        let mut attributes = BTreeMap::new();
        for (name, value) in unknown {
            match value {
                Value::String(text) => drop(attributes.insert(name.clone(), text.clone())),
                _ => self.child(name).report("a property of a choice is a text between quotes".to_owned()),
            }
        }
        attributes
    }

    /// A list of choices that must be there, with codes that differ.
    pub fn choices(&self, given: &List<ChoiceFile>) -> Option<Vec<Choice>> {
        self.required(given, "choices")?;
        let mut choices: Vec<Choice> = Vec::new();
        for (at, file) in self.list(given, "choices") {
            let Some(choice) = at.choice(file) else { continue };
            if choices.iter().any(|known| known.code == choice.code) {
                at.child("code").report(format!("the code {:?} stands twice", choice.code));
            }
            choices.push(choice);
        }
        if choices.len() < 2 {
            self.child("choices").report("at least two choices are needed".to_owned());
            return None;
        }
        Some(choices)
    }
}
