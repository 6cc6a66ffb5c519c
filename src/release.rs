//! Releases: what everybody outside the steering unit reads. Made when a round's figures freeze, and during fieldwork only
//! where interim releases are allowed and nothing can be learnt by subtracting one from another.

mod joints;

use chrono::NaiveDateTime;

use crate::analysis::method::{Kept, Method};
use crate::analysis::{self, Atom, Chosen, Earlier, Eligible, Excluded, Moment, Refused, Release};
use crate::state::State;
use crate::store::releases::ReleaseRow;
use crate::store::rounds::RoundRow;
use crate::store::{Db, StoreError, release_tables, releases, round_methods, rounds};
use crate::survey::exclusion::Rule;
use crate::survey::round::GRACE;
use crate::tabulation::Tabulation;

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
    let release = match taken.build(round, &history.earlier, Moment::Closing { tables: &taken.tables }) {
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
    let now = Snapshot::glance(state, round)?;
    let history = History::read(state, round.id)?;
    let k = minimum(round);
    let released = history.earlier.last().map_or(0, |earlier| submissions(&earlier.atoms));
    let Some(candidate) = &history.candidate else {
        // half as many again: what must be kept secret between releases grows with their number, so they stay few
        let moved = submissions(&now.atoms).saturating_sub(released);
        let enough = moved >= k.max(released / 2);
        if enough {
            Snapshot::take(state, round)?.keep(state, round, history.published_up_to + 1)?;
        }
        return Ok(());
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

/// The tables that are chosen for a round; those of a questionnaire that it no longer has are left out.
///
/// # Errors
/// The database failed.
pub fn tables(db: &mut Db, round_id: i64, tabulation: &Tabulation) -> Result<Vec<Chosen>, StoreError> {
    let chosen = |row: release_tables::TableRow| {
        let place = tabulation.forms.iter().position(|form| form.id == row.version_id)?;
        let questionnaire = &tabulation.questionnaires[place];
        let (code, version) = (questionnaire.code.clone(), questionnaire.version);
        Some(Chosen { questionnaire: code, version, by: row.by, question: row.question })
    };
    Ok(release_tables::of_round(db, round_id)?.into_iter().filter_map(chosen).collect())
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

/// A round's tallies at one moment.
#[derive(Clone)]
struct Snapshot {
    at: NaiveDateTime,
    questionnaires: Vec<analysis::Questionnaire>,
    eligible: Vec<Eligible>,
    atoms: Vec<Atom>,
    excluded: Vec<Excluded>,
    method: Method,
    tables: Vec<Chosen>,
}

impl Snapshot {
    /// The tallies, and how the answers came together that the chosen tables cross.
    fn take(state: &State, round: &RoundRow) -> Result<Self, StoreError> {
        let (at, id) = (state.clock.now(), round.id);
        // tallies and forms must be of one moment
        let (tabulation, method, tables) = state.store.read_at_once(|db| {
            let mut tabulation = Tabulation::read(db, &state.catalogue, id, at)?;
            let tables = tables(db, id, &tabulation)?;
            joints::count(db, &mut tabulation, id, &tables)?;
            Ok((tabulation, round_methods::of_round(db, id)?, tables))
        })?;
        Ok(Self::of(tabulation, method, tables))
    }

    /// The tallies alone.
    fn glance(state: &State, round: &RoundRow) -> Result<Self, StoreError> {
        let at = state.clock.now();
        let (tabulation, method) = state.store.read_now(|db| {
            Ok((Tabulation::read(db, &state.catalogue, round.id, at)?, round_methods::of_round(db, round.id)?))
        })?;
        Ok(Self::of(tabulation, method, Vec::new()))
    }

    fn of(tabulation: Tabulation, method: Method, tables: Vec<Chosen>) -> Self {
        let Tabulation { at, questionnaires, eligible, atoms, excluded, .. } = tabulation;
        let rule = |(rule, forms): (Rule, i64)| Excluded {
            rule: rule.code().to_owned(),
            forms: u64::try_from(forms).unwrap_or(0),
        };
        Self { at, questionnaires, eligible, atoms, excluded: excluded.into_iter().map(rule).collect(), method, tables }
    }

    fn build(&self, round: &RoundRow, earlier: &[Earlier], moment: Moment<'_>) -> Result<Release, Refused> {
        let (asked, atoms, eligible) = (&self.questionnaires, &self.atoms, &self.eligible);
        let release = Release::build(asked, atoms, eligible, minimum(round), earlier, moment)?;
        let method = Some(Kept::from(&self.method));
        Ok(Release { method, excluded: self.excluded.clone(), ..release })
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
