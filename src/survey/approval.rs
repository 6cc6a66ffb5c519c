//! Two people: one submits a round, another approves its wording and its opening. What was approved is what stood there: any
//! later change asks again.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use serde::{Deserialize, Serialize};

use crate::survey::campaign::Plan;

/// A questionnaire as it was submitted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Wording {
    /// The questionnaire's code.
    pub code: String,
    /// Its version, which never changes.
    pub version: i64,
}

/// The most forms that count from one stratum of a questionnaire.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Quota {
    /// The questionnaire's code.
    pub code: String,
    /// The stratum.
    pub stratum: String,
    /// The most that count.
    pub most: i64,
}

/// All that is approved of a round: what is asked, of whom, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dossier {
    /// What the round is called.
    pub title: String,
    /// Whom people can ask about it.
    pub contact: String,
    /// When it closes, UTC.
    pub closes_at: NaiveDateTime,
    /// By when the result is told.
    pub results_by: Option<NaiveDate>,
    /// Groups below this many forms are never published.
    pub minimum_group: i64,
    /// How one gets in, as [`crate::survey::round::Access`] names it.
    pub access: String,
    /// The most forms that count from each unit.
    pub unit_most: Option<i64>,
    /// The same per stratum, in order.
    pub quotas: Vec<Quota>,
    /// Whether pictures are asked for.
    pub takes_pictures: bool,
    /// Whether figures are published during fieldwork.
    pub shows_interim: bool,
    /// Whether nobody sees what was answered until the figures are frozen.
    #[serde(default)]
    pub is_sealed: bool,
    /// The plan that it carries out, as people are told.
    #[serde(default)]
    pub plan: Option<Plan>,
    /// What parents are told before their children are asked.
    #[serde(default)]
    pub parents_notice: Option<String>,
    /// Through whom people are asked, in order.
    pub channels: Vec<String>,
    /// The units that are asked, by code, in order.
    pub units: Vec<String>,
    /// What is asked, in order.
    pub wordings: Vec<Wording>,
}

impl Dossier {
    /// Its text, the same for the same content.
    pub fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// Whether two people are needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rule {
    /// Nobody said otherwise: they are.
    #[default]
    Always,
    /// From this moment on, UTC.
    From(NaiveDateTime),
    /// An administrator said that they are not.
    Relaxed,
}

impl Rule {
    /// Whether somebody has to approve what is opened now.
    pub fn is_in_force(self, now: NaiveDateTime) -> bool {
        match self {
            Self::Always => true,
            Self::From(moment) => moment <= now,
            Self::Relaxed => false,
        }
    }
}

/// For so long somebody who made a link for an account may be the one who uses it.
const LINK_DOUBT: TimeDelta = TimeDelta::days(30);

/// Whether an account may be in the hands of whoever made its link at this moment: then it is no second person beside that one.
pub fn may_be_the_same(link_made_at: NaiveDateTime, now: NaiveDateTime) -> bool {
    now - link_made_at < LINK_DOUBT
}

/// What became of what was submitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nobody has decided.
    Waiting,
    /// Somebody approved it.
    Approved,
    /// Somebody sent it back.
    Returned,
}

/// Where a round stands on its way to be approved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It was never submitted.
    New,
    /// It waits for somebody's decision.
    Waiting,
    /// It was sent back, and not submitted again.
    Returned,
    /// It is approved as it is.
    Approved,
    /// It was changed after it was submitted, or approved.
    Changed(Verdict),
}

impl Standing {
    /// Where a round stands, from what was submitted last and what it is now.
    pub fn of(last: Option<(&Dossier, Verdict)>, now: &Dossier) -> Self {
        match last {
            None => Self::New,
            Some((_, Verdict::Returned)) => Self::Returned,
            Some((submitted, verdict)) if submitted != now => Self::Changed(verdict),
            Some((_, Verdict::Waiting)) => Self::Waiting,
            Some((_, Verdict::Approved)) => Self::Approved,
        }
    }

    /// Whether it can be submitted: there is something to decide that nobody was asked about.
    pub fn may_be_submitted(self) -> bool {
        !matches!(self, Self::Waiting | Self::Approved)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    fn at(day: u32) -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap().and_hms_opt(8, 0, 0).unwrap()
    }

    pub(crate) fn dossier() -> Dossier {
        Dossier {
            title: "Cha mẹ học sinh".into(),
            contact: "Phòng Khảo thí".into(),
            closes_at: at(20),
            results_by: None,
            minimum_group: 10,
            access: "open".into(),
            unit_most: None,
            quotas: Vec::new(),
            takes_pictures: false,
            shows_interim: false,
            is_sealed: false,
            plan: None,
            parents_notice: None,
            channels: vec!["truong".into()],
            units: vec!["TH-HOA-MAI".into()],
            wordings: vec![Wording { code: "hai-long-tieu-hoc".into(), version: 1 }],
        }
    }

    #[test]
    fn what_was_approved_is_what_stood_there_and_any_change_asks_again() {
        let was = dossier();
        let now = Dossier { units: vec!["TH-HOA-MAI".into(), "TH-HOA-BAN".into()], ..dossier() };
        let of = |verdict, now: &Dossier| Standing::of(Some((&was, verdict)), now);
        assert_eq!(of(Verdict::Approved, &was), Standing::Approved);
        assert_eq!(of(Verdict::Approved, &now), Standing::Changed(Verdict::Approved));
        assert_eq!(of(Verdict::Waiting, &now), Standing::Changed(Verdict::Waiting));
        assert_eq!(of(Verdict::Returned, &now), Standing::Returned);
        assert_eq!(Standing::of(None, &now), Standing::New);
    }

    #[test]
    fn what_waits_or_is_approved_is_not_submitted_again() {
        let again = [Standing::New, Standing::Returned, Standing::Changed(Verdict::Approved)];
        assert!(again.iter().all(|standing| standing.may_be_submitted()));
        assert!(!Standing::Waiting.may_be_submitted() && !Standing::Approved.may_be_submitted());
    }

    #[test]
    fn who_made_a_link_may_be_who_uses_it_for_thirty_days() {
        assert!(may_be_the_same(at(1), at(30)) && !may_be_the_same(at(1), at(1) + TimeDelta::days(30)));
    }

    #[test]
    fn two_people_are_needed_unless_somebody_said_otherwise_and_from_the_day_that_was_set() {
        assert!(Rule::default().is_in_force(at(1)) && !Rule::Relaxed.is_in_force(at(1)));
        assert_eq!((Rule::From(at(2)).is_in_force(at(1)), Rule::From(at(2)).is_in_force(at(2))), (false, true));
    }
}
