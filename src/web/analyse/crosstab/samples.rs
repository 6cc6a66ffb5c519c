//! Of how many people the forms of a cross-tab were drawn.

use std::collections::{BTreeMap, BTreeSet};

use super::asked::{Asked, Plan};
use crate::analysis::interval::{NoInterval, Sample, Source};
use crate::analysis::method::Reach;
use crate::frame::{Key, Variable};
use crate::survey::code::Audience;
use crate::survey::questionnaire::Questionnaire;
use crate::tabulation::Tabulation;
use crate::tabulation::choice::{self, Choice};

/// The sample that forms are, or why they are none.
type Drawn = Result<Sample, NoInterval>;

/// The samples of a table: of all its forms, and of each group.
pub(super) struct Samples {
    whole: Drawn,
    /// By the code of the unit or level, where these are the groups.
    groups: BTreeMap<String, Drawn>,
    /// Of other groups: how many people could have been in one is not counted, so it is taken as very many.
    other: Drawn,
}

impl Samples {
    /// Reads them: forms and pupils of the units and levels to which the table is narrowed.
    pub fn of(tabulation: &Tabulation, reach: Reach, asked: &Asked, plan: &Plan<'_>) -> Self {
        let Some(((audience, levels), choice)) = whose(tabulation, plan).zip(choice(asked)) else {
            let all = reach.sample(Source { n: 0, pupils: None, cells: tabulation.eligible.len() });
            return Self { whole: all, groups: BTreeMap::new(), other: all };
        };
        let source = tabulation.pooled(audience, &choice).source_at(&levels);
        let known = reach.sample(source);
        let other = known.and_then(|_| reach.sample(Source { pupils: None, ..source }));
        // whoever was met on some days, or answered in some language, is not counted either
        let whole = if is_of_places(asked) { known } else { other };
        let groups = match (key(plan.column), is_of_places(asked)) {
            (Some(key), true) => {
                let groups = tabulation.pooled_by(audience, &choice, key).into_iter();
                groups.map(|(code, pool)| (code.to_owned(), reach.sample(pool.source_at(&levels)))).collect()
            }
            _ => BTreeMap::new(),
        };
        Self { whole, groups, other }
    }

    /// Whether something in the table is a simple sample.
    pub fn any(&self) -> bool {
        self.whole.is_ok() || self.groups.values().any(Result::is_ok)
    }

    /// Why the whole is none, where the round was drawn after all.
    pub fn why_not(&self) -> Option<NoInterval> {
        self.whole.err().filter(NoInterval::is_of_drawn)
    }

    /// Whether forms were drawn in each level of each unit on its own, so that counts need weights.
    pub fn is_weighted(&self) -> bool {
        self.whole == Err(NoInterval::Strata)
    }

    /// Of all forms in the table.
    pub fn whole(&self) -> Drawn {
        self.whole
    }

    /// Of the group with this code.
    pub fn group(&self, code: &str) -> Drawn {
        self.groups.get(code).copied().unwrap_or(self.other)
    }
}

/// Whose forms have both questions, and at which levels; none where several audiences are asked them, which are counted apart.
fn whose(tabulation: &Tabulation, plan: &Plan<'_>) -> Option<(Audience, BTreeSet<&'static str>)> {
    let forms = tabulation.forms.iter().map(|form| &form.questionnaire);
    let forms = || forms.clone().filter(|form| asks(form, plan.row) && asks(form, plan.column));
    let audience = forms().next()?.audience;
    let is_one = forms().all(|form| form.audience == audience);
    is_one.then(|| (audience, forms().map(Questionnaire::level_code).collect()))
}

/// Whether a questionnaire has this; what is no question, every form has.
fn asks(questionnaire: &Questionnaire, variable: &Variable) -> bool {
    match &variable.key {
        Key::Question(name) => {
            let (code, form) = name.split_once('@').map_or((name.as_str(), None), |(code, form)| (code, Some(form)));
            form.is_none_or(|form| form == questionnaire.code)
                && questionnaire.questions.iter().any(|question| question.code == code)
        }
        _ => true,
    }
}

/// The units and the level that are kept; none for several levels, whose pupils are not added up here.
fn choice(asked: &Asked) -> Option<Choice> {
    let (units, levels) = (asked.codes(Key::Unit.name()), asked.codes(Key::Level.name()));
    let units = (!units.is_empty()).then(|| units.iter().cloned().collect::<BTreeSet<_>>());
    (levels.len() < 2).then(|| Choice { units, level: levels.first().cloned(), channel: None })
}

/// Whether the table is narrowed to units and levels at most.
fn is_of_places(asked: &Asked) -> bool {
    let is_place = |name: &str| name == Key::Unit.name() || name == Key::Level.name();
    asked.from.is_empty() && asked.to.is_empty() && asked.kept.iter().all(|(name, _)| is_place(name))
}

fn key(column: &Variable) -> Option<choice::Key> {
    match column.key {
        Key::Unit => Some(choice::Key::Unit),
        Key::Level => Some(choice::Key::Level),
        _ => None,
    }
}
