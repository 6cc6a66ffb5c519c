//! What the page is asked: which days of which school, in the address and in what is sent.

use std::collections::HashSet;

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

/// Ids of forms as files of rows have them, each once.
///
/// # Errors
/// What stands among them and is no id.
pub(super) fn named(text: &str) -> Result<Vec<Vec<u8>>, Vec<&str>> {
    let (mut ids, mut others, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
    for typed in text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';')).filter(|typed| !typed.is_empty()) {
        match id(typed) {
            Some(id) if seen.insert(id.clone()) => ids.push(id),
            Some(_) => {}
            None => others.push(typed),
        }
    }
    if others.is_empty() { Ok(ids) } else { Err(others) }
}

/// One of them; other programs write the same number in groups.
fn id(typed: &str) -> Option<Vec<u8>> {
    HEXLOWER_PERMISSIVE.decode(typed.replace('-', "").as_bytes()).ok().filter(|id| id.len() == 16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_that_is_written_twice_is_one_form_and_a_slip_of_the_pen_is_named() {
        let (one, grouped) = ("00112233445566778899aabbccddeeff", "00112233-4455-6677-8899-AABBCCDDEEFF");
        assert_eq!(named(&format!("{one}; {grouped}\n{one}")).map(|ids| ids.len()), Ok(1));
        assert_eq!(named(&format!("{one},0011223,mã")), Err(vec!["0011223", "mã"]));
    }
}
