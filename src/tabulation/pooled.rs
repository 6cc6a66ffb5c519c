//! What several questionnaires of a round asked alike, put together: the parents of all levels, for instance.
//!
//! Questions of one code that say the same – kind, wording, scale – are one [`Item`]; others of that code are items of their own.

use std::collections::BTreeSet;

use super::Tabulation;
use crate::analysis::{Atom, Counts, Eligible, Measure};
use crate::survey::code::Audience;
use crate::survey::question::Question;
use crate::survey::questionnaire::{Index, Questionnaire};

/// Which forms are counted; what is left open does not choose.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// Units, by code.
    pub units: Option<BTreeSet<String>>,
    /// A level's code.
    pub level: Option<String>,
    /// A channel's code.
    pub channel: Option<String>,
}

impl Choice {
    fn takes(&self, atom: &Atom) -> bool {
        self.units.as_ref().is_none_or(|units| units.contains(&atom.unit))
            && self.level.as_ref().is_none_or(|level| *level == atom.level)
            && self.channel.as_ref().is_none_or(|channel| *channel == atom.channel)
    }

    /// Pupils are counted by unit and level, never by the way a form came in.
    fn takes_pupils(&self, eligible: &Eligible) -> bool {
        self.units.as_ref().is_none_or(|units| units.contains(&eligible.unit))
            && self.level.as_ref().is_none_or(|level| *level == eligible.level)
            && self.channel.is_none()
    }
}

/// One question, with its answers in all questionnaires that ask it alike.
#[derive(Debug, Clone)]
pub struct Item<'t> {
    /// As the first of those questionnaires has it.
    pub question: &'t Question,
    /// What it counts.
    pub measure: &'t Measure,
    /// The answers.
    pub counts: Counts,
    /// Places of the questionnaires that ask it.
    pub asked_in: Vec<usize>,
}

/// A domain: its items, by their place among those of the pool.
#[derive(Debug, Clone)]
pub struct Domain<'t> {
    /// As the first questionnaire has it.
    pub index: &'t Index,
    /// Places of its items.
    pub items: Vec<usize>,
}

/// The answers of one audience.
#[derive(Debug, Clone)]
pub struct Pooled<'t> {
    /// Submissions.
    pub n: u64,
    /// Pupils of the chosen levels and units as far as their number is known; of audiences that are not counted in pupils, none.
    pub eligible: Option<u64>,
    /// In the order of the questionnaires.
    pub items: Vec<Item<'t>>,
    /// In the order of the questionnaires.
    pub domains: Vec<Domain<'t>>,
    /// Place of the item that asks for satisfaction on the whole.
    pub overall: Option<usize>,
    /// Place of the item that asks how far expectations were met.
    pub expectation: Option<usize>,
}

impl Tabulation {
    /// The audiences that were asked, in the order of the questionnaires.
    pub fn audiences(&self) -> Vec<Audience> {
        let mut found = Vec::new();
        for form in &self.forms {
            if !found.contains(&form.questionnaire.audience) {
                found.push(form.questionnaire.audience);
            }
        }
        found
    }

    /// The answers of one audience among the forms that the choice takes.
    pub fn pooled(&self, audience: Audience, choice: &Choice) -> Pooled<'_> {
        let mut pool =
            Pooled { n: 0, eligible: None, items: Vec::new(), domains: Vec::new(), overall: None, expectation: None };
        let mut levels = BTreeSet::new();
        for (place, form) in self.forms.iter().enumerate() {
            let questionnaire = &form.questionnaire;
            if questionnaire.audience != audience {
                continue;
            }
            levels.insert(questionnaire.level_code());
            let at = self.items(&mut pool, place, questionnaire);
            domains(&mut pool, questionnaire, &at);
            for atom in self.atoms.iter().filter(|atom| atom.questionnaire == place && choice.takes(atom)) {
                pool.n += atom.n;
                for (counts, item) in atom.questions.iter().zip(self.measured(place).map(|code| at(code))) {
                    if let Some(item) = item.and_then(|item| pool.items.get_mut(item)) {
                        item.counts.add(counts);
                    }
                }
            }
        }
        pool.eligible = self.pupils(audience, &levels, choice);
        pool
    }

    fn measured(&self, form: usize) -> impl Iterator<Item = &str> {
        self.questionnaires.get(form).into_iter().flat_map(|one| one.questions.iter().map(|question| &*question.code))
    }

    /// Finds or makes the items of a questionnaire, and says where each of its codes stands.
    fn items<'t>(
        &'t self,
        pool: &mut Pooled<'t>,
        form: usize,
        questionnaire: &'t Questionnaire,
    ) -> impl Fn(&str) -> Option<usize> + use<> {
        let mut at = std::collections::HashMap::new();
        let measured = self.questionnaires.get(form).into_iter().flat_map(|one| &one.questions);
        for measured in measured {
            let Some(question) = questionnaire.place(&measured.code).and_then(|at| questionnaire.questions.get(at))
            else {
                continue;
            };
            let alike = |item: &Item<'_>| {
                item.question.code == question.code
                    && item.question.says_the_same(question)
                    && *item.measure == measured.measure
            };
            let place = pool.items.iter().position(alike).unwrap_or_else(|| {
                let counts = Counts::default();
                pool.items.push(Item { question, measure: &measured.measure, counts, asked_in: Vec::new() });
                pool.items.len() - 1
            });
            pool.items[place].asked_in.push(form);
            at.insert(measured.code.clone(), place);
        }
        let of = |place: Option<usize>| {
            let code = place.and_then(|place| questionnaire.questions.get(place)).map(|question| &question.code);
            code.and_then(|code| at.get(code).copied())
        };
        pool.overall = pool.overall.or(of(questionnaire.overall));
        pool.expectation = pool.expectation.or(of(questionnaire.expectation));
        move |code| at.get(code).copied()
    }

    /// Pupils of what is chosen; none where forms are not counted by pupils or no number is known.
    fn pupils(&self, audience: Audience, levels: &BTreeSet<&str>, choice: &Choice) -> Option<u64> {
        let is_counted = matches!(audience, Audience::PhuHuynh | Audience::HocSinh | Audience::HocVien);
        let all = self.eligible.iter().filter(|one| levels.contains(one.level.as_str()) && choice.takes_pupils(one));
        let sum: u64 = all.map(|one| one.pupils).sum();
        (is_counted && choice.channel.is_none() && sum > 0).then_some(sum)
    }
}

fn domains<'t>(pool: &mut Pooled<'t>, questionnaire: &'t Questionnaire, at: &impl Fn(&str) -> Option<usize>) {
    for index in &questionnaire.indices {
        let questions = index.questions.iter().filter_map(|place| questionnaire.questions.get(*place));
        let items: Vec<usize> = questions.filter_map(|question| at(&question.code)).collect();
        match pool.domains.iter_mut().find(|domain| domain.index.code == index.code) {
            Some(domain) => {
                let new: Vec<usize> = items.into_iter().filter(|item| !domain.items.contains(item)).collect();
                domain.items.extend(new);
            }
            None => pool.domains.push(Domain { index, items }),
        }
    }
}
