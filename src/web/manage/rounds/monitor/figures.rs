//! What is known about a running round at one moment: read once, shown to every reader in the own language.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

use crate::analysis::pace::{Outlook, outlook};
use crate::catalogue::Catalogue;
use crate::secret::digest;
use crate::store::arrivals::{self, Arrivals};
use crate::store::rounds::RoundRow;
use crate::store::{Db, StoreError, goals};
use crate::survey::round::Goal;
use crate::vietnamese;
use crate::web::manage::rounds::progress::{Progress, UnitCount, slow_below};
use crate::web::manage::rounds::stage::Stage;

/// A school from which nothing has come for so many whole days has fallen silent.
const QUIET: TimeDelta = TimeDelta::days(3);

/// The numbers of a round.
#[derive(Debug, Clone)]
pub(in crate::web::manage::rounds) struct Figures {
    /// The round.
    pub round: RoundRow,
    /// Where it stands.
    pub stage: Stage,
    /// Forms by school and level.
    pub progress: Progress,
    /// When forms came in.
    pub arrivals: Arrivals,
    /// What a school should reach.
    pub goal: Goal,
    /// When this was read, UTC.
    pub at: NaiveDateTime,
    /// The same day in Việt Nam.
    pub today: NaiveDate,
}

/// How a school stands, as far as the steering unit has to do something about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::web::manage::rounds) enum Standing {
    /// The round has not begun.
    Waiting,
    /// Nothing has come.
    Silent,
    /// Something came, but nothing since this day.
    Quiet(NaiveDate),
    /// The share is below what it should be by now.
    Slow,
    /// Forms are coming, or came; the goal is not reached, or has no base.
    Going,
    /// The goal is reached.
    Met,
    /// It was taken out of the round.
    Removed,
}

impl Standing {
    /// What needs attention first; schools that need none stand together, whether they have reached the goal or not.
    fn urgency(self) -> u8 {
        match self {
            Self::Silent => 0,
            Self::Quiet(_) => 1,
            Self::Slow => 2,
            Self::Waiting | Self::Going | Self::Met => 3,
            Self::Removed => 4,
        }
    }
}

impl Figures {
    /// Reads them.
    pub(super) fn read(
        db: &mut Db,
        catalogue: &Catalogue,
        round: RoundRow,
        now: NaiveDateTime,
    ) -> Result<Self, StoreError> {
        let today = vietnamese::local(now).date();
        Ok(Self {
            stage: Stage::of(&round, now),
            progress: Progress::load(db, catalogue, &round)?,
            arrivals: arrivals::of_round(db, round.id, today)?,
            goal: goals::of_round(db, round.id)?,
            at: now,
            today,
            round,
        })
    }

    /// What tells these figures from others: the same while nothing has moved, except that time passes in steps of an hour.
    pub(super) fn id(&self) -> String {
        let Self { round, stage, progress, arrivals, goal, at, .. } = self;
        let hour = at.and_utc().timestamp() / 3600;
        let all = format!("{:?} {stage:?} {progress:?} {arrivals:?} {goal:?} {hour}", round.window());
        data_encoding::HEXLOWER.encode(&digest(all.as_bytes())[..8])
    }

    /// The schools, those that need attention first, then as in a dictionary: never by what they achieved.
    pub(in crate::web::manage::rounds) fn schools(&self) -> Vec<(&UnitCount, Standing)> {
        let asked = self.progress.units.iter().filter(|unit| !unit.is_removed || unit.all.n > 0);
        let mut schools: Vec<(&UnitCount, Standing)> = asked.map(|unit| (unit, self.standing(unit))).collect();
        schools.sort_by_key(|(_, standing)| standing.urgency());
        schools
    }

    fn standing(&self, unit: &UnitCount) -> Standing {
        let is_open = self.stage == Stage::Open;
        let is_met = self.goal.is_met(unit.all.n, unit.all.eligible) == Some(true);
        let is_slow = || {
            let below = slow_below(&self.round, self.at, self.goal);
            unit.all.per_mille().zip(below).is_some_and(|(share, below)| share < below)
        };
        match unit.all.n {
            _ if unit.is_removed => Standing::Removed,
            _ if !self.stage.has_begun() => Standing::Waiting,
            0 => Standing::Silent,
            _ if is_met => Standing::Met,
            _ => match self.last_day(unit).filter(|last| is_open && self.today - *last > QUIET) {
                Some(last) => Standing::Quiet(last),
                None if is_open && is_slow() => Standing::Slow,
                None => Standing::Going,
            },
        }
    }

    /// The last day on which something came from a school.
    pub(super) fn last_day(&self, unit: &UnitCount) -> Option<NaiveDate> {
        self.arrivals.units.get(&unit.id)?.days.keys().next_back().copied()
    }

    /// What came from a school on this day.
    pub(super) fn on(&self, unit: &UnitCount, day: NaiveDate) -> i64 {
        self.arrivals.units.get(&unit.id).and_then(|own| own.days.get(&day)).copied().unwrap_or(0)
    }

    /// Every day from opening up to today, or to the last day on which forms were taken, with its forms.
    pub(super) fn days(&self) -> Vec<(NaiveDate, i64)> {
        let came = self.arrivals.days();
        let opened = self.round.opens_at.map(|at| vietnamese::local(at).date());
        let Some(first) = opened.into_iter().chain(came.keys().next().copied()).min() else { return Vec::new() };
        let closed = vietnamese::local(self.round.closes_at).date();
        let last = came.keys().next_back().copied().unwrap_or(first).max(closed.min(self.today));
        first
            .iter_days()
            .take_while(|day| *day <= last)
            .map(|day| (day, came.get(&day).copied().unwrap_or(0)))
            .collect()
    }

    /// How many forms there may be at closing, by the days that were whole; nothing when the round is not open.
    pub(super) fn outlook(&self) -> Option<Outlook> {
        if self.stage != Stage::Open {
            return None;
        }
        let days = self.days();
        // neither the day of opening nor today is whole
        let whole: Vec<i64> = days.iter().skip(1).filter(|(day, _)| *day < self.today).map(|(_, n)| *n).collect();
        outlook(&whole, self.progress.n, (self.round.closes_at - self.at).num_minutes())
    }

    /// Schools from which nothing has come for a while, or at all.
    pub(in crate::web::manage::rounds) fn silent(&self) -> Vec<(&UnitCount, Standing)> {
        let mut schools = self.schools();
        schools.retain(|(_, standing)| matches!(standing, Standing::Silent | Standing::Quiet(_)));
        schools
    }
}
