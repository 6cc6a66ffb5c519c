//! What the page is asked: which days of which school, in the address and in what is sent.

use chrono::NaiveDate;
use data_encoding::HEXLOWER_PERMISSIVE;
use serde::Deserialize;

use crate::store::rounds::NamedUnit;
use crate::survey::exclusion::Days;

/// A unit and its days, as they were typed.
#[derive(Debug, Clone, Default, Deserialize)]
pub(in crate::web::analyse) struct DaysAsked {
    #[serde(default)]
    pub unit: String,
    #[serde(default)]
    pub from: String,
    #[serde(default)]
    pub to: String,
}

impl DaysAsked {
    /// The unit and its days; none where no day was asked for: a unit alone is chosen in the form, and no more. A last day that is
    /// left open is the first one.
    ///
    /// # Errors
    /// The name of a sentence that says what is wrong.
    pub(super) fn of<'u>(&self, units: &'u [NamedUnit]) -> Result<Option<(&'u NamedUnit, Days)>, &'static str> {
        let has_no_day = self.from.is_empty() && self.to.is_empty();
        if has_no_day && self.unit.is_empty() {
            return Ok(None);
        }
        let unit = units.iter().find(|unit| unit.code == self.unit).ok_or("quality-days-no-unit")?;
        if has_no_day {
            return Ok(None);
        }
        let day = |typed: &str| typed.parse::<NaiveDate>().map_err(|_| "quality-days-no-day");
        let first = day(&self.from)?;
        let last = if self.to.is_empty() { first } else { day(&self.to)? };
        Days::of(first, last).map(|days| Some((unit, days))).ok_or("quality-days-turned")
    }
}

/// Ids of forms as files of rows have them; none if something else stands among them.
pub(super) fn named(text: &str) -> Option<Vec<Vec<u8>>> {
    let ids = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';')).filter(|id| !id.is_empty());
    // other programs write the same number in groups
    let ids = ids.map(|id| id.replace('-', ""));
    ids.map(|id| HEXLOWER_PERMISSIVE.decode(id.as_bytes()).ok().filter(|id| id.len() == 16)).collect()
}
