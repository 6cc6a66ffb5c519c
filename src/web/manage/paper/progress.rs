//! Where each sheet of a bundle stands.

use crate::store::StoreError;
use crate::store::paper::BatchRow;
use crate::store::paper_forms::FormRow;

/// Where a sheet stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sheet {
    /// Typed once, and it has to be typed again.
    Once,
    /// Typed twice, and not the same.
    Differs,
    /// Ready to be sent.
    Settled,
    /// Sent and counted.
    Sent,
    /// Sent, and there were enough forms already.
    TurnedAway,
}

impl Sheet {
    pub(super) fn of(form: &FormRow) -> Result<Self, StoreError> {
        Ok(match (form.sent_at, form.settled_at) {
            (Some(_), _) if form.turned_away => Self::TurnedAway,
            (Some(_), _) => Self::Sent,
            (None, Some(_)) => Self::Settled,
            (None, None) if form.second()?.is_some() => Self::Differs,
            (None, None) => Self::Once,
        })
    }

    /// The look of its pill.
    pub(super) fn tone(self) -> &'static str {
        match self {
            Self::Once => "off",
            Self::Differs | Self::TurnedAway => "warn",
            Self::Settled | Self::Sent => "",
        }
    }

    /// The name of the word for it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Once => "batch-once",
            Self::Differs => "batch-differs",
            Self::Settled => "batch-settled",
            Self::Sent => "batch-sent",
            Self::TurnedAway => "batch-turned-away",
        }
    }
}

/// How a bundle stands, counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Progress {
    /// Sheets that were typed at least once.
    pub(super) entered: i64,
    /// Sheets that wait for a second reading, or for both to be compared.
    pub(super) waiting: i64,
    /// Sheets that are ready or sent.
    pub(super) ready: i64,
    /// Sheets of a closed bundle that were not sent yet.
    pub(super) unsent: i64,
    /// Sheets that were sent and not counted.
    pub(super) turned_away: i64,
}

impl Progress {
    pub(super) fn of(forms: &[FormRow]) -> Result<Self, StoreError> {
        let mut progress = Self::default();
        for form in forms {
            progress.entered += 1;
            match Sheet::of(form)? {
                Sheet::Once | Sheet::Differs => progress.waiting += 1,
                Sheet::Settled => {
                    progress.ready += 1;
                    progress.unsent += 1;
                }
                Sheet::Sent => progress.ready += 1,
                Sheet::TurnedAway => progress.turned_away += 1,
            }
        }
        Ok(progress)
    }

    /// Whether what was typed is what was counted.
    pub(super) fn is_even(self, batch: &BatchRow) -> bool {
        self.entered == batch.valid
    }
}

/// The sheet that comes next in the first reading: after the last one, or the first that was left out.
pub(super) fn next_first(batch: &BatchRow, forms: &[FormRow]) -> Option<i64> {
    let last = forms.iter().map(|form| form.number).max().unwrap_or(0);
    let is_free = |number: &i64| !forms.iter().any(|form| form.number == *number);
    if i64::try_from(forms.len()).is_ok_and(|entered| entered >= batch.valid) {
        return None;
    }
    if last < batch.returned { Some(last + 1) } else { (1..=batch.returned).find(is_free) }
}

/// The sheet that comes next in the second reading: one that somebody else typed, if there is one.
pub(super) fn next_second(forms: &[FormRow], account: i64) -> Result<Option<i64>, StoreError> {
    let mut own = None;
    for form in forms {
        if Sheet::of(form)? != Sheet::Once {
            continue;
        }
        if form.first_by != account {
            return Ok(Some(form.number));
        }
        own = own.or(Some(form.number));
    }
    Ok(own)
}
