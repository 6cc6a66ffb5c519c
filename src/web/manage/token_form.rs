//! The form for a new token: what was typed, and the units to choose from.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};
use serde::Deserialize;

use crate::store::tokens::NewToken;
use crate::store::{Db, StoreError, accounts, units};
use crate::survey::access::{Right, Scope, Scopes};
use crate::survey::code::UnitNature;
use crate::vietnamese;
use crate::web::session::Officer;
use crate::web::wrong::Wrong;

/// A token to be made. Each scope is a field of its own, because a browser sends only the ticked ones.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct TokenForm {
    #[serde(rename = "_csrf")]
    pub(super) csrf: String,
    pub(super) nonce: String,
    pub(super) name: String,
    pub(super) unit: String,
    pub(super) expires: String,
    pub(super) aggregates: Option<String>,
    pub(super) submissions: Option<String>,
}

impl TokenForm {
    fn scopes(&self) -> Scopes {
        let ticked = [(Scope::Aggregates, &self.aggregates), (Scope::Submissions, &self.submissions)];
        ticked.into_iter().filter(|(_, tick)| tick.is_some()).map(|(scope, _)| scope).collect()
    }

    /// The token to store, or everything that is wrong.
    pub(super) fn parse(
        &self,
        db: &mut Db,
        officer: &Officer,
        now: NaiveDateTime,
    ) -> Result<Result<NewToken, Wrong>, StoreError> {
        let words = officer.words;
        let mut wrong = Wrong::default();
        let name = vietnamese::nfc(self.name.trim());
        if name.is_empty() || name.chars().count() > 120 {
            wrong.add("name", words.say("token-name-wrong"));
        }
        let line = match units::id_by_code(db, self.unit.trim())? {
            Some(id) => accounts::line_of(db, id)?,
            None => Vec::new(),
        };
        let unit_id = line.first().copied().filter(|_| officer.may_manage(&line));
        if unit_id.is_none() {
            wrong.add("unit", words.say("token-unit-wrong"));
        }
        let expires_at = end_of(&self.expires).filter(|end| *end > now);
        if expires_at.is_none() {
            wrong.add("expires", words.say("token-expiry-wrong"));
        }
        let scopes = self.scopes();
        if scopes.is_empty() {
            wrong.add("scopes", words.say("token-scope-missing"));
        }
        // a program reads no more than whoever sends it
        if scopes.allow(Scope::Submissions) && !officer.may_at(Right::Rows, &line) {
            wrong.add("scopes", words.say("token-scope-rows"));
        }
        Ok(match unit_id.filter(|_| wrong.is_empty()) {
            Some(unit_id) => Ok(NewToken { name, scopes, unit_id, expires_at }),
            None => Err(wrong),
        })
    }
}

/// The midnight that ends a day in Việt Nam, as UTC.
fn end_of(day: &str) -> Option<NaiveDateTime> {
    let day: NaiveDate = day.trim().parse().ok()?;
    let next = day.checked_add_days(Days::new(1))?;
    Some(vietnamese::utc(next.and_time(NaiveTime::MIN)))
}

/// A unit to choose, with the schools right below it.
pub(super) struct Office {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) schools: Vec<(String, String)>,
}

/// The unit itself first, then the offices below it, each with its schools.
pub(super) fn offices(db: &mut Db, unit_id: i64, today: NaiveDate) -> Result<Vec<Office>, StoreError> {
    let below = units::subtree(db, unit_id)?;
    let (mut offices, mut schools) = (Vec::new(), Vec::new());
    for stored in units::valid_on(db, today)?.into_iter().filter(|stored| below.contains(&stored.id)) {
        let (code, name) = (stored.unit.code.to_string(), stored.unit.name);
        match stored.unit.kind.nature {
            UnitNature::Truong => schools.push((stored.unit.parent.map(|parent| parent.to_string()), code, name)),
            _ => offices.push((stored.id != unit_id, Office { code, name, schools: Vec::new() })),
        }
    }
    offices.sort_by_key(|(is_below, _)| *is_below);
    let mut offices: Vec<Office> = offices.into_iter().map(|(_, office)| office).collect();
    for (parent, code, name) in schools {
        match offices.iter_mut().find(|office| parent.as_ref() == Some(&office.code)) {
            Some(office) => office.schools.push((code, name)),
            None => offices.push(Office { code, name, schools: Vec::new() }),
        }
    }
    Ok(offices)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_good_until_midnight_in_viet_nam() {
        let end = end_of("2026-12-31").map(|t| t.to_string());
        assert_eq!(end.as_deref(), Some("2026-12-31 17:00:00"));
        assert_eq!(end_of("31/12/2026"), None);
        assert_eq!(end_of(""), None);
    }
}
