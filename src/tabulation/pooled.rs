//! What several questionnaires of a round asked alike, put together: the parents of all levels, for instance.
//!
//! Questions of one code that say the same – kind, wording, scale – are one [`Item`]; others of that code are items of their own.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::choice::{Choice, Key};
use super::pupils::{Place, Pupils};
use super::{Left, Tabulation};
use crate::analysis::interval::Source;
use crate::analysis::{Atom, Counts, Measure, Measured};
use crate::survey::code::{Audience, EVERY_LEVEL};
use crate::survey::question::Question;
use crate::survey::questionnaire::{Index, Questionnaire};

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
    /// Codes of their levels.
    levels: BTreeSet<&'static str>,
}

/// A domain: its items, by their place among those of the pool.
#[derive(Debug, Clone)]
pub struct Domain<'t> {
    /// As most questionnaires have it.
    pub index: &'t Index,
    /// As each of them has it.
    named: Vec<&'t Index>,
    /// Places of its items.
    pub items: Vec<usize>,
}

impl<'t> Domain<'t> {
    /// With the title that most questionnaires have; of several, the last one's.
    fn usual(&self) -> &'t Index {
        let times = |index: &Index| self.named.iter().filter(|other| other.title == index.title).count();
        self.named.iter().copied().max_by_key(|index| times(index)).unwrap_or(self.index)
    }
}

/// The answers of one audience.
#[derive(Debug, Clone, Default)]
pub struct Pooled<'t> {
    /// Submissions that count.
    pub n: u64,
    /// All submissions that came in, those that are left out included.
    pub received: u64,
    /// Pupils of the chosen levels and units; none where a number is missing, or the audience is not counted in pupils.
    pub eligible: Option<u64>,
    /// The levels of units whose number is missing.
    pub unknown: Vec<Place<'t>>,
    /// Those that were asked, with their pupils.
    pupils: Pupils<'t>,
    /// The levels of units that have forms: how many.
    forms: BTreeMap<Place<'t>, u64>,
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
        let Plan { mut pool, places } = self.plan(audience);
        for atom in self.atoms.iter().filter(|atom| choice.takes(atom)) {
            pool.add(atom, &places);
        }
        pool.received = pool.n + self.left(audience, choice);
        pool.settle(self.pupils(audience, choice));
        pool
    }

    /// The same for each unit, level or channel that has forms: by the code that the key gives.
    pub fn pooled_by(&self, audience: Audience, choice: &Choice, key: Key) -> BTreeMap<&str, Pooled<'_>> {
        let Plan { pool, places } = self.plan(audience);
        let mut groups = BTreeMap::new();
        let is_asked = |atom: &&Atom| places.contains_key(&atom.questionnaire) && choice.takes(atom);
        for atom in self.atoms.iter().filter(is_asked) {
            groups.entry(key.of(atom)).or_insert_with(|| pool.clone()).add(atom, &places);
        }
        let mut pupils = self.pupils_by(audience, choice, key);
        for (code, group) in &mut groups {
            group.received = group.n + self.left(audience, &key.narrowed(choice, code));
            group.settle(pupils.remove(code).unwrap_or_default());
        }
        groups
    }

    /// The items of an audience without answers, and where each question of its questionnaires stands among them.
    fn plan(&self, audience: Audience) -> Plan<'_> {
        let mut plan = Plan { pool: Pooled::default(), places: HashMap::new() };
        for (form, published) in self.forms.iter().enumerate() {
            if published.questionnaire.audience == audience {
                let measured = self.questionnaires.get(form).map(|one| one.questions.as_slice()).unwrap_or_default();
                plan.add(form, &published.questionnaire, measured);
            }
        }
        plan
    }

    /// The items and domains of an audience, without answers.
    pub(super) fn unanswered(&self, audience: Audience) -> Pooled<'_> {
        self.plan(audience).pool
    }

    /// Forms of what is chosen that are left out.
    pub fn left(&self, audience: Audience, choice: &Choice) -> u64 {
        let is_chosen = |left: &&Left| {
            let form = self.forms.get(left.questionnaire).map(|form| &form.questionnaire);
            form.is_some_and(|form| form.audience == audience && choice.takes_left(left, form.level_code()))
        };
        self.left_out.iter().filter(is_chosen).map(|left| left.n).sum()
    }

    /// The codes of the units that an audience is asked in, at the level that is chosen.
    pub fn asked_in(&self, audience: Audience, choice: &Choice) -> BTreeSet<&str> {
        let forms = self.forms.iter().map(|form| &form.questionnaire).filter(|form| form.audience == audience);
        let levels: BTreeSet<&str> = forms.map(|form| form.level_code()).collect();
        let is_asked = |level: &String| levels.contains(level.as_str()) || levels.contains(EVERY_LEVEL);
        let chosen = |level: &String| choice.level.as_ref().is_none_or(|own| own == level || own == EVERY_LEVEL);
        let own = self.asked.iter().filter(|(_, level)| is_asked(level) && chosen(level));
        own.map(|(unit, _)| unit.as_str()).collect()
    }
}

/// Where the questions of each questionnaire stand among the items, in the order of its counts.
type Places = HashMap<usize, Vec<Option<usize>>>;

struct Plan<'t> {
    pool: Pooled<'t>,
    places: Places,
}

impl<'t> Plan<'t> {
    fn add(&mut self, form: usize, questionnaire: &'t Questionnaire, measured: &'t [Measured]) {
        let mut at = HashMap::new();
        let mut line = Vec::with_capacity(measured.len());
        for one in measured {
            let place = questionnaire.place(&one.code);
            let item =
                place.and_then(|place| Some((place, questionnaire.questions.get(place)?))).map(|(place, question)| {
                    let item = self.pool.item(question, &one.measure);
                    self.pool.items[item].asked_in.push(form);
                    self.pool.items[item].levels.insert(questionnaire.level_code());
                    at.insert(place, item);
                    item
                });
            line.push(item);
        }
        let of = |place: Option<usize>| place.and_then(|place| at.get(&place).copied());
        self.pool.overall = self.pool.overall.or(of(questionnaire.overall));
        self.pool.expectation = self.pool.expectation.or(of(questionnaire.expectation));
        for index in &questionnaire.indices {
            self.pool.domain(index, index.questions.iter().filter_map(|place| at.get(place).copied()));
        }
        self.places.insert(form, line);
    }
}

impl<'t> Pooled<'t> {
    /// Where its forms came from.
    pub fn source(&self) -> Source {
        self.source_out_of(&self.pupils, |_| true)
    }

    /// Where those came from that were asked this: forms and pupils of the levels whose questionnaires have it.
    pub fn source_of(&self, item: &Item<'_>) -> Source {
        self.source_at(&item.levels)
    }

    /// Where those of some levels came from.
    pub fn source_at(&self, levels: &BTreeSet<&str>) -> Source {
        self.source_out_of(&self.pupils.at(levels), |place| levels.contains(place.level))
    }

    fn source_out_of(&self, pupils: &Pupils<'_>, is_meant: impl Fn(&Place<'_>) -> bool) -> Source {
        let forms = || self.forms.iter().filter(|(place, _)| is_meant(place));
        let cells = forms().map(|(place, _)| *place).chain(pupils.places()).collect::<BTreeSet<_>>().len();
        Source { n: forms().map(|(_, n)| n).sum(), pupils: pupils.all, cells }
    }

    /// Adds the answers of others to the same items; their pupils stay theirs.
    pub(super) fn join(&mut self, other: &Self) {
        self.n += other.n;
        self.received += other.received;
        for (place, n) in &other.forms {
            *self.forms.entry(*place).or_default() += n;
        }
        for (item, own) in self.items.iter_mut().zip(&other.items) {
            item.counts.add(&own.counts);
        }
    }

    fn settle(&mut self, pupils: Pupils<'t>) {
        (self.eligible, self.unknown) = (pupils.all, pupils.unknown.clone());
        self.pupils = pupils;
    }

    /// The place of the item that this question belongs to; a new one where none says the same.
    fn item(&mut self, question: &'t Question, measure: &'t Measure) -> usize {
        let alike = |item: &Item<'_>| {
            item.question.code == question.code && item.question.says_the_same(question) && item.measure == measure
        };
        self.items.iter().position(alike).unwrap_or_else(|| {
            self.items.push(Item {
                question,
                measure,
                counts: Counts::default(),
                asked_in: Vec::new(),
                levels: BTreeSet::new(),
            });
            self.items.len() - 1
        })
    }

    fn domain(&mut self, index: &'t Index, items: impl Iterator<Item = usize>) {
        let place = self.domains.iter().position(|domain| domain.index.code == index.code).unwrap_or_else(|| {
            self.domains.push(Domain { index, named: Vec::new(), items: Vec::new() });
            self.domains.len() - 1
        });
        let domain = &mut self.domains[place];
        domain.named.push(index);
        domain.index = domain.usual();
        for item in items {
            if !domain.items.contains(&item) {
                domain.items.push(item);
            }
        }
    }

    fn add(&mut self, atom: &'t Atom, places: &Places) {
        let Some(places) = places.get(&atom.questionnaire) else { return };
        self.n += atom.n;
        *self.forms.entry(Place { unit: &atom.unit, level: &atom.level }).or_default() += atom.n;
        for (counts, item) in atom.questions.iter().zip(places) {
            if let Some(item) = item.and_then(|item| self.items.get_mut(item)) {
                item.counts.add(counts);
            }
        }
    }
}
