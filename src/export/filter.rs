//! Which forms of a round are wanted, and how many those are.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::wanted::Selection;
use crate::store::left_out::LeftOutRow;
use crate::store::submissions::{self, Chosen, SubmissionRow};
use crate::store::{Db, StoreError, arrivals, retention, tallies};

/// Longer lists of units are not told to the database: they narrow little, and each is a value of its statement.
const MOST_NAMED: usize = 500;

/// Which forms are wanted.
pub(super) struct Filter {
    units: Option<HashSet<i64>>,
    /// The same for the database, which may not be told of every unit.
    chosen: Chosen,
}

impl Filter {
    /// The forms of a selection, of these units and questionnaire versions where not of all.
    pub fn of(selection: &Selection, units: Option<HashSet<i64>>, versions: Option<Vec<i64>>) -> Self {
        let some = |codes: Vec<String>| (!codes.is_empty()).then_some(codes);
        let told = units.as_ref().filter(|units| units.len() <= MOST_NAMED);
        let chosen = Chosen {
            units: told.map(|units| units.iter().copied().collect()),
            versions,
            channels: some(selection.channels.iter().map(ToString::to_string).collect()),
            languages: some(selection.languages.iter().map(ToString::to_string).collect()),
            from: selection.from,
            to: selection.to,
        };
        Self { units, chosen }
    }

    /// What the database is asked for: no form too few, but maybe some too many.
    pub fn chosen(&self) -> &Chosen {
        &self.chosen
    }

    /// Whether a form is wanted.
    pub fn takes_row(&self, row: &SubmissionRow) -> bool {
        self.takes(row.unit_id, row.version_id, &row.channel) && self.takes_said(&row.lang, row.submitted_on)
    }

    /// Whether a form that counts nowhere would be.
    pub fn takes_left_out(&self, row: &LeftOutRow) -> bool {
        self.takes(row.unit_id, row.version_id, &row.channel) && self.takes_said(&row.lang, row.submitted_on)
    }

    /// By what counters know of a form.
    fn takes(&self, unit_id: i64, version_id: i64, channel: &str) -> bool {
        self.units.as_ref().is_none_or(|units| units.contains(&unit_id))
            && self.chosen.versions.as_ref().is_none_or(|versions| versions.contains(&version_id))
            && self.chosen.channels.as_ref().is_none_or(|channels| channels.iter().any(|one| one == channel))
    }

    /// By what the form alone says.
    fn takes_said(&self, lang: &str, on: NaiveDate) -> bool {
        self.chosen.languages.as_ref().is_none_or(|languages| languages.iter().any(|one| one == lang))
            && self.chosen.from.is_none_or(|from| on >= from)
            && self.chosen.to.is_none_or(|to| on <= to)
    }

    /// How many forms are wanted at most: as counters know it, and where these say more than `enough` without knowing it for
    /// certain, as the forms themselves say it.
    pub fn at_most(&self, db: &mut Db, round_id: i64, enough: i64) -> Result<i64, StoreError> {
        let counted = self.counted(db, round_id)?;
        if counted <= enough || (self.is_counted() && !retention::is_forgotten(db, round_id)?) {
            return Ok(counted);
        }
        let found = submissions::count_up_to(db, round_id, &self.chosen, enough)?;
        Ok(if found > enough { counted } else { found })
    }

    /// Whether counters know exactly how many forms are wanted.
    fn is_counted(&self) -> bool {
        let Chosen { languages, from, to, .. } = &self.chosen;
        languages.is_none() && from.is_none() && to.is_none()
    }

    /// What counters say: of units, questionnaires and channels, and of units and days.
    fn counted(&self, db: &mut Db, round_id: i64) -> Result<i64, StoreError> {
        let inflow = tallies::inflow(db, round_id)?;
        let own = inflow.iter().filter(|one| self.takes(one.unit_id, one.version_id, &one.channel));
        let n = own.map(|one| one.n).sum();
        let Chosen { from, to, .. } = self.chosen;
        if from.is_none() && to.is_none() {
            return Ok(n);
        }
        let of_days = arrivals::within(db, round_id, (from, to))?;
        let own = of_days.iter().filter(|(unit, _)| self.units.as_ref().is_none_or(|units| units.contains(*unit)));
        Ok(n.min(own.map(|(_, n)| n).sum()))
    }
}
