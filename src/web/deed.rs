//! What an officer does, for the audit log. It is written in the transaction of the deed: neither is there without the other.

use chrono::NaiveDateTime;

use crate::store::audit::{self, Entry};
use crate::store::{Db, StoreError};
use crate::survey::audit::Action;
use crate::survey::audit::fact::{self, Fact};
use crate::vietnamese;
use crate::web::session::Officer;

/// A deed, with what the log says about it besides its subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    action: Action,
    detail: String,
}

impl Deed {
    /// With the moment for which something was set.
    pub fn at(action: Action, moment: Option<NaiveDateTime>) -> Self {
        Self { action, detail: moment.map(self::moment).unwrap_or_default() }
    }

    /// And why.
    pub fn because(self, reason: &str) -> Self {
        let detail = [self.detail.as_str(), reason].into_iter().filter(|text| !text.is_empty());
        Self { detail: detail.collect::<Vec<_>>().join(" · "), ..self }
    }

    /// With what it changed.
    pub fn changing(action: Action, facts: &[Fact]) -> Self {
        Self { action, detail: fact::text(facts) }
    }

    /// What kind of deed it is.
    pub fn action(&self) -> Action {
        self.action
    }

    /// With codes.
    pub fn with(action: Action, codes: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        let codes: Vec<String> = codes.into_iter().map(|code| code.as_ref().to_owned()).collect();
        Self { action, detail: codes.join(" ") }
    }
}

/// How the log keeps a moment.
pub fn moment(utc: NaiveDateTime) -> String {
    vietnamese::local(utc).format(MOMENT).to_string()
}

/// A moment that the log kept, UTC.
pub fn read_moment(text: &str) -> Option<NaiveDateTime> {
    NaiveDateTime::parse_from_str(text, MOMENT).ok().map(vietnamese::utc)
}

const MOMENT: &str = "%Y-%m-%dT%H:%M+07:00";

impl From<Action> for Deed {
    fn from(action: Action) -> Self {
        Self { action, detail: String::new() }
    }
}

impl Officer {
    /// Writes into the audit log that this officer did something to something of this unit.
    ///
    /// # Errors
    /// The database failed.
    pub fn note(
        &self,
        db: &mut Db,
        at: NaiveDateTime,
        unit_id: i64,
        deed: impl Into<Deed>,
        subject: &str,
    ) -> Result<(), StoreError> {
        let Deed { action, detail } = deed.into();
        audit::note(db, Entry { at, account_id: Some(self.account_id), unit_id, action, subject, detail: &detail })
    }
}
