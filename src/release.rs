//! Releases: what everybody outside the steering unit reads. Made when a round's figures freeze, and during fieldwork only
//! where interim releases are allowed and nothing can be learnt by subtracting one from another.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDateTime;

use crate::analysis::{self, Atom, Counts, Earlier, Eligible, Measured, Moment, Refused, Release};
use crate::catalogue::Published;
use crate::state::State;
use crate::store::releases::ReleaseRow;
use crate::store::rounds::RoundRow;
use crate::store::{StoreError, releases, rounds, tallies};
use crate::survey::layout::{COMMON, Layout};
use crate::survey::question::Measure;
use crate::survey::round::GRACE;
use crate::survey::text::Lang;

/// Freezes what is due and makes the releases that are due, each round on its own.
///
/// # Errors
/// The rounds could not be listed; the next look does it again.
pub fn due(state: &State) -> Result<(), StoreError> {
    all_due(state).inspect_err(|_| state.meters.release_failures.inc())
}

fn all_due(state: &State) -> Result<(), StoreError> {
    let now = state.clock.now();
    let (frozen, interim) =
        state.store.read_now(|db| Ok((rounds::to_freeze(db, now - GRACE)?, releases::interim_rounds(db, now)?)))?;
    for round in &frozen {
        apart(round, state.store.write_now(|db| rounds::freeze(db, round.id, now)));
    }
    for round in &state.store.read_now(releases::unclosed)? {
        apart(round, close(state, round));
    }
    for round in &interim {
        apart(round, during_fieldwork(state, round));
    }
    Ok(())
}

/// One round that cannot be done says so and keeps none of the others waiting.
fn apart(round: &RoundRow, done: Result<(), StoreError>) {
    if let Err(error) = done {
        tracing::error!(round = round.slug, %error, "a round could not be frozen or released; it is tried again");
    }
}

/// Freezes a round's figures now and makes its closing release.
///
/// # Errors
/// The database failed.
pub fn freeze(state: &State, round: &RoundRow) -> Result<(), StoreError> {
    let now = state.clock.now();
    let frozen = state.store.write_now(|db| rounds::freeze(db, round.id, now));
    frozen.and_then(|()| close(state, round)).inspect_err(|_| state.meters.release_failures.inc())
}

fn close(state: &State, round: &RoundRow) -> Result<(), StoreError> {
    let taken = Snapshot::take(state, round)?;
    let history = History::read(state, round.id)?;
    let release = match taken.build(round, &history.earlier, Moment::Closing) {
        Ok(release) => release,
        Err(refused) => return Err(StoreError::corrupt("tallies", refused)),
    };
    let row = ReleaseRow {
        round_id: round.id,
        number: history.published_up_to + 1,
        taken_at: taken.at,
        published_at: Some(state.clock.now()),
        atoms: json(&taken.atoms)?,
        content: Some(json(&release)?),
    };
    state.store.write_now(|db| {
        releases::drop_candidates(db, round.id)?;
        releases::insert(db, &row)
    })
}

/// Publishes the candidate when everything it shows has moved on far enough; otherwise sees to it that there is one.
fn during_fieldwork(state: &State, round: &RoundRow) -> Result<(), StoreError> {
    let now = Snapshot::take(state, round)?;
    let history = History::read(state, round.id)?;
    let k = minimum(round);
    let released = history.earlier.last().map_or(0, |earlier| submissions(&earlier.atoms));
    let Some(candidate) = &history.candidate else {
        // half as many again: what must be kept secret between releases grows with their number, so they stay few
        let moved = submissions(&now.atoms).saturating_sub(released);
        let enough = moved >= k.max(released / 2);
        return if enough { now.keep(state, round, history.published_up_to + 1) } else { Ok(()) };
    };
    let atoms: Vec<Atom> = read(&candidate.atoms)?;
    let previous = history.earlier.last().map(|earlier| earlier.atoms.as_slice());
    if !analysis::may_release(previous, &atoms, &now.atoms, k) {
        return Ok(());
    }
    let then = Snapshot { atoms, ..now.clone() };
    match then.build(round, &history.earlier, Moment::Interim { now: &now.atoms }) {
        Ok(release) => {
            let content = json(&release)?;
            let (number, at) = (candidate.number, state.clock.now());
            state.store.write_now(|db| releases::publish(db, round.id, number, &content, at))
        }
        Err(Refused::TooSoon) => Ok(()),
        // another candidate is taken at once and waits for k forms more: nothing is searched again and again
        Err(Refused::TooHard) => {
            tracing::info!(round = round.slug, "an interim release was too hard to check; a later one is tried");
            state.store.write_now(|db| releases::drop_candidates(db, round.id))
        }
        Err(refused) => Err(StoreError::corrupt("tallies", refused)),
    }
}

fn submissions(atoms: &[Atom]) -> u64 {
    atoms.iter().map(|atom| atom.n).sum()
}

fn minimum(round: &RoundRow) -> u64 {
    u64::try_from(round.minimum_group).unwrap_or(u64::MAX)
}

fn json(value: &impl serde::Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::corrupt("release", error))
}

fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::corrupt("release", error))
}

/// What was published of a round so far, and the snapshot that waits.
struct History {
    earlier: Vec<Earlier>,
    candidate: Option<ReleaseRow>,
    published_up_to: i64,
}

impl History {
    fn read(state: &State, round_id: i64) -> Result<Self, StoreError> {
        let rows = state.store.read_now(|db| releases::of_round(db, round_id))?;
        let mut history = Self { earlier: Vec::new(), candidate: None, published_up_to: 0 };
        for row in rows {
            match &row.content {
                Some(content) => {
                    history.published_up_to = row.number;
                    history.earlier.push(Earlier { release: read(content)?, atoms: read(&row.atoms)? });
                }
                None => history.candidate = Some(row),
            }
        }
        Ok(history)
    }
}

/// A round's tallies at one moment, as the analysis wants them.
#[derive(Clone)]
struct Snapshot {
    at: NaiveDateTime,
    questionnaires: Vec<analysis::Questionnaire>,
    eligible: Vec<Eligible>,
    atoms: Vec<Atom>,
}

impl Snapshot {
    fn take(state: &State, round: &RoundRow) -> Result<Self, StoreError> {
        let at = state.clock.now();
        let id = round.id;
        state.store.read_now(|db| {
            let forms = state.catalogue.of_round(db, id)?;
            let codes: HashMap<i64, String> =
                rounds::units(db, id)?.into_iter().map(|unit| (unit.id, unit.code)).collect();
            let code = |unit: i64| codes.get(&unit).cloned().unwrap_or_default();
            let eligible = rounds::targets(db, id)?
                .into_iter()
                .filter_map(|target| {
                    let pupils = u64::try_from(target.eligible?).ok()?;
                    Some(Eligible { unit: code(target.unit_id), level: target.level, pupils })
                })
                .collect();
            let mut atoms = Vec::new();
            // a key whose forms were all withdrawn says no more than one that never had any
            for (key, counts) in tallies::of_round(db, id)?.into_iter().filter(|(_, counts)| counts.n > 0) {
                let Some((place, form)) = forms.iter().enumerate().find(|(_, form)| form.id == key.version_id) else {
                    return Err(StoreError::corrupt("tally", "it names a questionnaire that the round does not have"));
                };
                atoms.push(atom(place, form, code(key.unit_id), &key, &counts));
            }
            Ok(Self { at, questionnaires: forms.iter().map(described).collect(), eligible, atoms })
        })
    }

    fn build(&self, round: &RoundRow, earlier: &[Earlier], moment: Moment<'_>) -> Result<Release, Refused> {
        Release::build(&self.questionnaires, &self.atoms, &self.eligible, minimum(round), earlier, moment)
    }

    /// Keeps this snapshot as the next candidate.
    fn keep(&self, state: &State, round: &RoundRow, number: i64) -> Result<(), StoreError> {
        let row = ReleaseRow {
            round_id: round.id,
            number,
            taken_at: self.at,
            published_at: None,
            atoms: json(&self.atoms)?,
            content: None,
        };
        state.store.write_now(|db| releases::insert(db, &row))
    }
}

fn atom(place: usize, form: &Arc<Published>, unit: String, key: &tallies::TallyKey, counts: &tallies::Counts) -> Atom {
    let questionnaire = &form.questionnaire;
    let strata = questionnaire
        .strata
        .iter()
        .zip(key.stratum.split('|'))
        .filter(|(_, value)| !value.is_empty())
        .map(|(place, value)| (questionnaire.questions[*place].code.clone(), value.to_owned()))
        .collect();
    Atom {
        questionnaire: place,
        unit,
        level: questionnaire.level_code().to_owned(),
        channel: key.channel.clone(),
        strata,
        n: u64::try_from(counts.n).unwrap_or(0),
        questions: measured(&form.layout)
            .map(|(place, measure)| cells(measure, form.layout.cells(&counts.cells, place)))
            .collect(),
    }
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
