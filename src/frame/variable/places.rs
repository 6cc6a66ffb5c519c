//! Where, when and how forms came.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::{Class, Key, Label, Variable};
use crate::analysis::frame::{Axis, Encoding, Source};
use crate::catalogue::Published;
use crate::frame::content::Content;
use crate::store::rounds::NamedUnit;
use crate::survey::code::{Channel, EVERY_LEVEL, Level, Mode};
use crate::vietnamese::compare;

fn plain(key: Key, classes: Vec<Class>, sources: BTreeMap<i64, Source>) -> Variable {
    let axis = Axis { classes: classes.len(), overlaps: false, sources };
    Variable { key, title: None, form: None, section: None, kind: None, classes, axis, is_uneven: false, mean_of: None }
}

/// A variable over a dictionary of the frame: `order` has the places in the order of the classes.
fn listed(key: Key, classes: Vec<Class>, order: &[usize], encoding: Encoding, forms: &[Arc<Published>]) -> Variable {
    let mut places = vec![0; order.len()];
    for (class, place) in (0..).zip(order) {
        places[*place] = class;
    }
    let source =
        Source::Places { column: key.name().to_owned(), encoding, classes: places, other: None, points: Vec::new() };
    plain(key, classes, forms.iter().map(|form| (form.id, source.clone())).collect())
}

pub(super) fn unit(units: &[NamedUnit], content: &Content, forms: &[Arc<Published>]) -> Variable {
    let known: HashMap<i64, &NamedUnit> = units.iter().map(|unit| (unit.id, unit)).collect();
    let class = |id: &i64| match known.get(id) {
        Some(unit) => Class { code: unit.code.clone(), label: Label::Name(unit.name.clone()) },
        None => Class { code: id.to_string(), label: Label::Name(id.to_string()) },
    };
    let mut named: Vec<(usize, Class)> = content.units.iter().map(class).enumerate().collect();
    let name = |class: &Class| match &class.label {
        Label::Name(name) => name.clone(),
        Label::Texts(_) | Label::Code => String::new(),
    };
    named.sort_by(|a, b| compare(&name(&a.1), &name(&b.1)).then_with(|| a.1.code.cmp(&b.1.code)));
    let (order, classes): (Vec<usize>, Vec<Class>) = named.into_iter().unzip();
    listed(Key::Unit, classes, &order, Encoding::WidePlace, forms)
}

pub(super) fn level(forms: &[Arc<Published>]) -> Variable {
    let codes = Level::ALL.iter().map(|level| level.code()).chain([EVERY_LEVEL]);
    let asked = codes.filter(|code| forms.iter().any(|form| form.questionnaire.level_code() == *code));
    let classes: Vec<Class> = asked.map(coded).collect();
    let class = |form: &Arc<Published>| classes.iter().position(|class| class.code == form.questionnaire.level_code());
    let class = |form: &Arc<Published>| class(form).and_then(|at| u16::try_from(at).ok());
    let sources = forms.iter().filter_map(|form| Some((form.id, Source::Constant(class(form)?)))).collect();
    plain(Key::Level, classes, sources)
}

fn coded(code: &str) -> Class {
    Class { code: code.to_owned(), label: Label::Code }
}

/// Codes in the order in which people list them; those that nobody lists come last.
fn in_order(key: Key, found: &[String], listed_as: &[&str], forms: &[Arc<Published>]) -> Variable {
    let mut order: Vec<usize> = (0..found.len()).collect();
    let rank = |at: &usize| listed_as.iter().position(|code| *code == found[*at]).unwrap_or(listed_as.len());
    order.sort_by_key(|at| (rank(at), found[*at].clone()));
    let classes = order.iter().map(|at| coded(&found[*at])).collect();
    listed(key, classes, &order, Encoding::Place, forms)
}

pub(super) fn channel(content: &Content, forms: &[Arc<Published>]) -> Variable {
    let codes: Vec<&str> = Channel::ALL.iter().map(|channel| channel.code()).collect();
    in_order(Key::Channel, &content.channels, &codes, forms)
}

pub(super) fn mode(content: &Content, forms: &[Arc<Published>]) -> Variable {
    let codes: Vec<&str> = Mode::ALL.iter().map(|mode| mode.code()).collect();
    in_order(Key::Mode, &content.modes, &codes, forms)
}

pub(super) fn language(content: &Content, forms: &[Arc<Published>]) -> Variable {
    in_order(Key::Language, &content.langs, &["vi", "en"], forms)
}

pub(super) fn day(content: &Content, forms: &[Arc<Published>]) -> Variable {
    let mut order: Vec<usize> = (0..content.days.len()).collect();
    order.sort_by_key(|at| content.days[*at]);
    let classes = order.iter().map(|at| coded(&content.days[*at].to_string())).collect();
    listed(Key::Day, classes, &order, Encoding::WidePlace, forms)
}
