//! A round's tallies, as the analysis wants them; [`pooled`] puts together what several questionnaires asked alike.

pub mod cells;
pub mod choice;
pub mod excluded;
pub mod pooled;
pub mod pupils;
pub mod reading;
pub mod trend;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::{NaiveDateTime, TimeDelta};
use parking_lot::Mutex;

use crate::analysis::{self, Atom, Counts, Eligible, Measured};
use crate::catalogue::{Catalogue, Published};
use crate::store::rounds::{self, RoundRow};
use crate::store::{Db, StoreError, exclusions, tallies};
use crate::survey::exclusion::Rule;
use crate::survey::layout::{COMMON, Layout};
use crate::survey::question::Measure;
use crate::survey::text::Lang;

/// What a round has counted at one moment.
#[derive(Debug, Clone)]
pub struct Tabulation {
    /// When it was read.
    pub at: NaiveDateTime,
    /// Which exclusions it knows.
    pub exclusions: (i64, i64),
    /// How many forms are in no figure, by the rule that left them out.
    pub excluded: BTreeMap<Rule, i64>,
    /// The questionnaires that were asked.
    pub forms: Vec<Arc<Published>>,
    /// The same, as the analysis wants them, in the same order.
    pub questionnaires: Vec<analysis::Questionnaire>,
    /// Pupils of each level of each unit that is asked or has forms.
    pub eligible: Vec<Eligible>,
    /// The finest cells; a key whose forms were all withdrawn says no more than one that never had any, and is left out.
    pub atoms: Vec<Atom>,
    /// Forms that are in no figure, by where they would count.
    pub left_out: Vec<Left>,
    /// Units with each of the levels at which they are asked, by code.
    pub asked: Vec<(String, String)>,
    /// What the units that were asked about are called, by code.
    pub units: BTreeMap<String, String>,
}

/// Forms that are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// The place of their questionnaire.
    pub questionnaire: usize,
    /// The unit's code.
    pub unit: String,
    /// The channel's code.
    pub channel: String,
    /// How many.
    pub n: u64,
}

impl Tabulation {
    /// Reads a round.
    ///
    /// # Errors
    /// The database failed, or the tallies do not fit the round.
    pub fn read(db: &mut Db, catalogue: &Catalogue, round_id: i64, at: NaiveDateTime) -> Result<Self, StoreError> {
        let forms = catalogue.of_round(db, round_id)?;
        let asked = rounds::units(db, round_id)?;
        let codes: HashMap<i64, &str> = asked.iter().map(|unit| (unit.id, unit.code.as_str())).collect();
        let code = |unit: i64| codes.get(&unit).copied().unwrap_or_default().to_owned();
        let targets = rounds::targets_ever(db, round_id)?;
        let in_round = targets.iter().filter(|(_, removed_at)| removed_at.is_none());
        let in_round = in_round.map(|(target, _)| (code(target.unit_id), target.level.clone())).collect();
        let mut left_out = Vec::new();
        for (key, counts) in exclusions::tallies(db, round_id)? {
            let place = forms.iter().position(|form| form.id == key.version_id);
            left_out.extend(place.map(|questionnaire| Left {
                questionnaire,
                unit: code(key.unit_id),
                channel: key.channel,
                n: u64::try_from(counts.n).unwrap_or(0),
            }));
        }
        let mut atoms = Vec::new();
        for (key, counts) in tallies::of_round(db, round_id)?.into_iter().filter(|(_, counts)| counts.n > 0) {
            let Some((place, form)) = forms.iter().enumerate().find(|(_, form)| form.id == key.version_id) else {
                return Err(StoreError::corrupt("tally", "it names a questionnaire that the round does not have"));
            };
            atoms.push(atom(place, form, code(key.unit_id), &key, &counts));
        }
        let targets = targets.into_iter().map(|(target, removed_at)| {
            let unit = code(target.unit_id);
            (target, unit, removed_at.is_some())
        });
        let eligible = pupils::counted(targets, &atoms);
        Ok(Self {
            at,
            exclusions: exclusions::revision(db, round_id)?,
            excluded: exclusions::by_rule(db, round_id)?,
            questionnaires: forms.iter().map(described).collect(),
            eligible,
            atoms,
            left_out,
            asked: in_round,
            units: asked.iter().map(|unit| (unit.code.clone(), unit.name.clone())).collect(),
            forms,
        })
    }

    /// Submissions.
    pub fn submissions(&self) -> u64 {
        self.atoms.iter().map(|atom| atom.n).sum()
    }
}

/// Tabulations that were read, for pages: reading thousands of schools takes longer than a page may.
#[derive(Debug, Clone, Default)]
pub struct Tabulations(Arc<Mutex<HashMap<i64, Arc<Tabulation>>>>);

/// How old the figures of a round may be that is under way: as old as anything that instances know of each other.
const FRESH: TimeDelta = TimeDelta::seconds(2);
/// How many rounds are remembered; some MB each where there are thousands of schools.
const MOST: usize = 16;

impl Tabulations {
    /// A round's figures, at most two seconds old; those of a frozen round do not change.
    ///
    /// # Errors
    /// As [`Tabulation::read`].
    pub fn of(
        &self,
        db: &mut Db,
        catalogue: &Catalogue,
        round: &RoundRow,
        now: NaiveDateTime,
    ) -> Result<Arc<Tabulation>, StoreError> {
        let exclusions = exclusions::revision(db, round.id)?;
        let is_fresh = |known: &Tabulation| match round.frozen_at {
            _ if known.exclusions != exclusions => false,
            Some(frozen) => known.at >= frozen,
            None => now - known.at < FRESH,
        };
        if let Some(known) = self.0.lock().get(&round.id).filter(|known| is_fresh(known)) {
            return Ok(known.clone());
        }
        let read = Arc::new(Tabulation::read(db, catalogue, round.id, now)?);
        let mut known = self.0.lock();
        if known.len() >= MOST
            && let Some(oldest) = known.iter().min_by_key(|(_, one)| one.at).map(|(id, _)| *id)
        {
            known.remove(&oldest);
        }
        known.insert(round.id, read.clone());
        Ok(read)
    }
}

fn atom(place: usize, form: &Arc<Published>, unit: String, key: &tallies::TallyKey, counts: &tallies::Counts) -> Atom {
    Atom {
        questionnaire: place,
        unit,
        level: form.questionnaire.level_code().to_owned(),
        channel: key.channel.clone(),
        strata: strata(form, &key.stratum),
        n: u64::try_from(counts.n).unwrap_or(0),
        questions: measured(&form.layout)
            .map(|(place, measure)| cells(measure, form.layout.cells(&counts.cells, place)))
            .collect(),
        joints: Vec::new(),
    }
}

/// The strata of a form, by code, as the counters keep them in one text.
pub fn strata(form: &Published, stratum: &str) -> Vec<(String, String)> {
    let questionnaire = &form.questionnaire;
    let values = questionnaire.strata.iter().zip(stratum.split('|')).filter(|(_, value)| !value.is_empty());
    values.map(|(place, value)| (questionnaire.questions[*place].code.clone(), value.to_owned())).collect()
}

/// Where a single form, which added this to the counters, stands among the answers to a question: the place of its answer, or
/// their number where it gave none.
pub fn standing(form: &Published, counted: &[i64], question: &str) -> Option<usize> {
    let is_it = |(place, _): &(usize, &Measure)| form.questionnaire.questions[*place].code == question;
    let (place, measure) = measured(&form.layout).find(is_it)?;
    let counts = cells(measure, form.layout.cells(counted, place));
    Some(counts.only().unwrap_or(counts.choices.len().max(counts.bins.len())))
}

/// The questions that count something, with their places.
fn measured(layout: &Layout) -> impl Iterator<Item = (usize, &Measure)> {
    layout.measures().iter().enumerate().filter(|(_, measure)| **measure != Measure::Nothing)
}

fn cells(measure: &Measure, cells: &[i64]) -> Counts {
    let count = |cell: Option<&i64>| cell.and_then(|n| u64::try_from(*n).ok()).unwrap_or(0);
    let all = |cells: &[i64]| cells.iter().map(|n| count(Some(n))).collect::<Vec<u64>>();
    let own = cells.get(COMMON..).unwrap_or_default();
    let (choices, sum, bins) = match measure {
        Measure::Number(_) => (Vec::new(), own.first().copied().unwrap_or(0), all(own.get(1..).unwrap_or_default())),
        _ => (all(own), 0, Vec::new()),
    };
    Counts {
        asked: count(cells.first()),
        answered: count(cells.get(1)),
        not_applicable: count(cells.get(2)),
        choices,
        sum,
        bins,
    }
}

fn described(form: &Arc<Published>) -> analysis::Questionnaire {
    let questionnaire = &form.questionnaire;
    let code = |place: &usize| questionnaire.questions[*place].code.clone();
    analysis::Questionnaire {
        code: questionnaire.code.clone(),
        version: u32::try_from(form.version).unwrap_or(u32::MAX),
        title: questionnaire
            .languages
            .iter()
            .map(|lang: &Lang| (lang.to_string(), questionnaire.title.get(lang).to_owned()))
            .collect(),
        levels: questionnaire.level.iter().map(|level| level.code().to_owned()).collect(),
        strata: questionnaire.strata.iter().map(code).collect(),
        questions: measured(&form.layout)
            .map(|(place, measure)| Measured {
                code: code(&place),
                measure: converted(measure),
                depends_on: questionnaire.decided_by(place).iter().map(code).collect(),
            })
            .collect(),
        indices: questionnaire
            .indices
            .iter()
            .map(|index| analysis::Index {
                code: index.code.clone(),
                questions: index.questions.iter().map(code).collect(),
            })
            .collect(),
        expectation: questionnaire.expectation.as_ref().map(code),
        overall: questionnaire.overall.as_ref().map(code),
    }
}

fn converted(measure: &Measure) -> analysis::Measure {
    match measure.clone() {
        Measure::Rating { codes, points } => analysis::Measure::Rating { codes, points },
        Measure::Single { codes, other } => analysis::Measure::Single { codes, other },
        Measure::Multiple { codes } => analysis::Measure::Multiple { codes },
        Measure::Rank { codes, positions } => analysis::Measure::Rank { codes, positions },
        Measure::Class { codes } => analysis::Measure::Class { codes },
        Measure::Counted => analysis::Measure::Counted,
        Measure::Number(bins) => analysis::Measure::Number {
            bins: bins
                .labels()
                .into_iter()
                .zip(bins.starts())
                .map(|(label, from)| analysis::Bin { label, from })
                .collect(),
            scaled_by: u32::try_from(bins.scale()).unwrap_or(1),
        },
        Measure::Text | Measure::Nothing => analysis::Measure::Text,
    }
}
