//! How the answers came together that a round's chosen tables cross: counted from the forms, because the tallies do not know.

use std::collections::{HashMap, HashSet};

use crate::analysis::{Atom, Chosen, Joint};
use crate::catalogue::Published;
use crate::intake::form::recounted;
use crate::store::submissions::{self, SubmissionRow};
use crate::store::{Db, StoreError, exclusions, rounds};
use crate::tabulation::{self, Tabulation};

/// Forms in a page.
const PAGE: i64 = 2000;

/// Where the forms of a cell of the tallies came from: questionnaire, unit, channel, strata.
type Place = (usize, String, String, Vec<(String, String)>);

/// Adds the joints of the tables of two questions to the tallies that were read at the same moment.
///
/// # Errors
/// The database failed, or a form is damaged.
pub(super) fn count(
    db: &mut Db,
    tabulation: &mut Tabulation,
    round_id: i64,
    tables: &[Chosen],
) -> Result<(), StoreError> {
    let pairs = pairs(tabulation, tables);
    if pairs.iter().all(Vec::is_empty) {
        return Ok(());
    }
    let units = rounds::units(db, round_id)?.into_iter().map(|unit| (unit.id, unit.code)).collect();
    let excluded: HashSet<Vec<u8>> = exclusions::of_round(db, round_id)?.into_iter().collect();
    let mut counter = Counter::of(tabulation, pairs, units);
    let mut after = Vec::new();
    loop {
        let page = submissions::page(db, round_id, &after, PAGE)?;
        let Some(last) = page.last() else { break };
        after.clone_from(&last.id);
        for row in page.iter().filter(|row| !excluded.contains(&row.id)) {
            counter.add(row).map_err(|why| StoreError::corrupt("submission", why))?;
        }
    }
    counter.finish(&mut tabulation.atoms);
    Ok(())
}

/// Per questionnaire, the pairs of questions that are crossed.
fn pairs(tabulation: &Tabulation, tables: &[Chosen]) -> Vec<Vec<(String, String)>> {
    let of_sheet = |asked: &crate::analysis::Questionnaire| {
        let own = tables.iter().filter(|table| (&table.questionnaire, table.version) == (&asked.code, asked.version));
        let own = own.filter(|table| table.crosses_answers(asked));
        own.map(|table| (table.by.clone(), table.question.clone())).collect()
    };
    tabulation.questionnaires.iter().map(of_sheet).collect()
}

struct Counter {
    forms: Vec<std::sync::Arc<Published>>,
    pairs: Vec<Vec<(String, String)>>,
    units: HashMap<i64, String>,
    cells: HashMap<Place, usize>,
    joints: Vec<Vec<Joint>>,
}

impl Counter {
    fn of(tabulation: &Tabulation, pairs: Vec<Vec<(String, String)>>, units: HashMap<i64, String>) -> Self {
        let place = |atom: &Atom| (atom.questionnaire, atom.unit.clone(), atom.channel.clone(), atom.strata.clone());
        let empty = |atom: &Atom| {
            let joint = |(rows, columns): &(String, String)| Joint {
                rows: rows.clone(),
                columns: columns.clone(),
                counts: Vec::new(),
            };
            pairs[atom.questionnaire].iter().map(joint).collect()
        };
        Self {
            forms: tabulation.forms.clone(),
            units,
            cells: tabulation.atoms.iter().enumerate().map(|(at, atom)| (place(atom), at)).collect(),
            joints: tabulation.atoms.iter().map(empty).collect(),
            pairs,
        }
    }

    /// Counts a form, or says what is damaged about it.
    fn add(&mut self, row: &SubmissionRow) -> Result<(), String> {
        let place = self.forms.iter().position(|form| form.id == row.version_id);
        let place = place.ok_or_else(|| "it names an unknown version".to_owned())?;
        if self.pairs[place].is_empty() {
            return Ok(());
        }
        let form = &self.forms[place];
        let (stratum, counted) = recounted(form, &row.answers)?;
        let unit = self.units.get(&row.unit_id).cloned().unwrap_or_default();
        let cell = (place, unit, row.channel.to_string(), tabulation::strata(form, &stratum));
        let Some(&cell) = self.cells.get(&cell) else { return Ok(()) };
        for joint in &mut self.joints[cell] {
            let standing = |question: &str| tabulation::standing(form, &counted, question);
            if let (Some(row), Some(column)) = (standing(&joint.rows), standing(&joint.columns)) {
                joint.add(row, column);
            }
        }
        Ok(())
    }

    fn finish(self, atoms: &mut [Atom]) {
        for (atom, joints) in atoms.iter_mut().zip(self.joints) {
            atom.joints = joints;
        }
    }
}
