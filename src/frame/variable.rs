//! What can be crossed in a frame: its questions, and where, when and how forms came.
//!
//! Questions of several questionnaires are one variable where they ask the same under one code, as in the columns of an export;
//! where they do not, each has its own name, `CODE@QUESTIONNAIRE`.

mod places;

use std::collections::BTreeMap;
use std::sync::Arc;

use self::places::{channel, day, language, level, mode, unit};

use super::content::{CHANNEL, Content, DAY, LANG, MODE, UNIT};
use super::encoding;
use crate::analysis::frame::{Axis, Source};
use crate::catalogue::Published;
use crate::store::rounds::NamedUnit;
use crate::survey::question::{KindName, Measure, Question};
use crate::survey::text::Text;

/// What a variable is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    /// The unit.
    Unit,
    /// The level.
    Level,
    /// The channel.
    Channel,
    /// The language of the form.
    Language,
    /// How the form came in.
    Mode,
    /// The day it came in.
    Day,
    /// A question, by its code, where needed with `@` and the questionnaire's.
    Question(String),
}

impl Key {
    /// How addresses call it. No code of a question begins with `_`.
    pub fn name(&self) -> &str {
        match self {
            Self::Unit => UNIT,
            Self::Level => "_level",
            Self::Channel => CHANNEL,
            Self::Language => LANG,
            Self::Mode => MODE,
            Self::Day => DAY,
            Self::Question(name) => name,
        }
    }
}

/// What people read for a class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Label {
    /// What the forms show, each wording once.
    Texts(Vec<Text>),
    /// A name, the same in every language.
    Name(String),
    /// What the interface calls this code.
    Code,
}

/// A class of a variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Class {
    /// Its code, as addresses and files have it.
    pub code: String,
    /// What people read.
    pub label: Label,
}

/// What can be crossed.
#[derive(Debug, Clone)]
pub struct Variable {
    /// What it is about.
    pub key: Key,
    /// The question, where it is one.
    pub title: Option<Text>,
    /// The questionnaire that asks it, where others ask something else under its code.
    pub form: Option<Text>,
    /// The part of the form in which it stands.
    pub section: Option<Text>,
    /// Its kind, where it is a question.
    pub kind: Option<KindName>,
    /// Its classes.
    pub classes: Vec<Class>,
    /// Where they are found.
    pub axis: Axis,
    /// Whether some of its classes are offered by some of the questionnaires only.
    pub is_uneven: bool,
    /// Where it has a mean: how many of the units that are counted make one.
    pub mean_of: Option<i64>,
}

impl Variable {
    /// The class of this code.
    pub fn class(&self, code: &str) -> Option<usize> {
        self.classes.iter().position(|class| class.code == code)
    }

    /// Whether there is anything to compare along it.
    pub fn divides(&self) -> bool {
        self.classes.len() > 1
    }
}

/// All that can be crossed in a frame.
#[derive(Debug, Clone)]
pub struct Variables(Vec<Variable>);

impl Variables {
    /// What the forms of a frame say; `forms` are the round's questionnaires.
    pub fn of(forms: &[Arc<Published>], units: &[NamedUnit], content: &Content) -> Self {
        let places = [unit(units, content, forms), level(forms), channel(content, forms), mode(content, forms)];
        let others = [language(content, forms), day(content, forms)];
        let mut all: Vec<Variable> = places.into_iter().chain(others).collect();
        all.extend(questions(forms));
        Self(all)
    }

    /// All of them: first where, when and how, then the questions in the order of the forms.
    pub fn all(&self) -> &[Variable] {
        &self.0
    }

    /// The one that addresses call so.
    pub fn find(&self, name: &str) -> Option<&Variable> {
        self.0.iter().find(|variable| variable.key.name() == name)
    }

    /// Those of the same code in different questionnaires, where they ask different things.
    pub fn namesakes<'a>(&'a self, code: &'a str) -> impl Iterator<Item = &'a Variable> {
        let is_one = move |variable: &&Variable| matches!(&variable.key, Key::Question(name) if name.split_once('@').is_some_and(|(own, _)| own == code));
        self.0.iter().filter(is_one)
    }
}

/// A question with its questionnaire, and what it counts.
struct Found<'a> {
    form: &'a Published,
    question: &'a Question,
    measure: &'a Measure,
}

/// Questions that ask the same under one code, together.
fn questions(forms: &[Arc<Published>]) -> Vec<Variable> {
    let mut groups: Vec<Vec<Found<'_>>> = Vec::new();
    for form in forms {
        for (question, measure) in form.questionnaire.questions.iter().zip(form.layout.measures()) {
            let found = Found { form, question, measure };
            let is_same = |group: &&mut Vec<Found<'_>>| {
                group[0].question.code == question.code && group[0].question.says_the_same(question)
            };
            match groups.iter_mut().find(is_same) {
                Some(group) => group.push(found),
                None => groups.push(vec![found]),
            }
        }
    }
    let alone = |group: &[Found<'_>]| {
        groups.iter().filter(|other| other[0].question.code == group[0].question.code).count() == 1
    };
    groups.iter().filter_map(|group| question(group, alone(group))).collect()
}

fn question(group: &[Found<'_>], is_alone: bool) -> Option<Variable> {
    let first = &group[0];
    let code = &first.question.code;
    let name = if is_alone { code.clone() } else { format!("{code}@{}", first.form.questionnaire.code) };
    let mut classes = Vec::new();
    let mut sources = BTreeMap::new();
    for found in group {
        sources.insert(found.form.id, source(found, &mut classes)?);
    }
    let overlaps = matches!(first.measure, Measure::Multiple { .. });
    if overlaps && classes.len() > Axis::MOST_OVERLAPPING {
        return None;
    }
    let offered = |source: &Source| match source {
        Source::Places { classes, other, .. } => classes.len() + usize::from(other.is_some()),
        Source::Several { classes, .. } | Source::Number { classes, .. } => classes.len(),
        Source::Constant(_) => 1,
    };
    let is_uneven = sources.values().any(|source| offered(source) < classes.len());
    let axis = Axis { classes: classes.len(), overlaps, sources };
    let section = first.form.questionnaire.sections.get(first.question.section).map(|section| section.title.clone());
    let mean_of = match first.measure {
        Measure::Rating { .. } => Some(1),
        Measure::Number(bins) => Some(bins.scale()),
        _ => None,
    };
    let (title, kind) = (Some(first.question.label.clone()), Some(first.question.kind_name));
    let form = (!is_alone).then(|| first.form.questionnaire.title.clone());
    Some(Variable { key: Key::Question(name), title, form, section, kind, classes, axis, is_uneven, mean_of })
}

/// Where one version has the answers, and what they are called; none for texts and whatever has no classes.
fn source(found: &Found<'_>, classes: &mut Vec<Class>) -> Option<Source> {
    let kind = &found.question.kind;
    let column = found.question.code.clone();
    let encoding = encoding(found.measure)?;
    let labelled =
        |code: &str| kind.label(code).map_or(Label::Name(code.to_owned()), |text| Label::Texts(vec![text.clone()]));
    let mut all =
        |codes: &[String]| codes.iter().map(|code| class(classes, code, labelled(code))).collect::<Vec<u16>>();
    Some(match found.measure {
        Measure::Rating { codes, points } => {
            Source::Places { column, encoding, classes: all(codes), other: None, points: points.clone() }
        }
        Measure::Single { codes, other } => {
            let places = all(codes);
            let other = other.then(|| class(classes, crate::survey::question::OTHER, Label::Code));
            Source::Places { column, encoding, classes: places, other, points: Vec::new() }
        }
        Measure::Class { codes } | Measure::Rank { codes, .. } => {
            Source::Places { column, encoding, classes: all(codes), other: None, points: Vec::new() }
        }
        Measure::Multiple { codes } => Source::Several { column, encoding, classes: all(codes) },
        Measure::Number(bins) => Source::Number { column, classes: all(&bins.labels()), starts: bins.starts() },
        Measure::Counted | Measure::Text | Measure::Nothing => return None,
    })
}

/// The class of this code; a new one goes to the end. What several forms call otherwise has all of their labels.
fn class(classes: &mut Vec<Class>, code: &str, label: Label) -> u16 {
    let at = classes.iter().position(|class| class.code == code);
    if let (Some(known), Label::Texts(more)) = (at.map(|at| &mut classes[at]), &label)
        && let Label::Texts(texts) = &mut known.label
    {
        texts.extend(more.iter().filter(|text| !texts.contains(text)).cloned().collect::<Vec<_>>());
    }
    let at = at.unwrap_or_else(|| {
        classes.push(Class { code: code.to_owned(), label });
        classes.len() - 1
    });
    u16::try_from(at).unwrap_or(u16::MAX)
}
