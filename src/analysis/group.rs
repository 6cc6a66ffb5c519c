//! Which groups a release may show: the rows of its tables, and the cells behind each.

use std::collections::{BTreeMap, BTreeSet};

use super::cell::CellKey;
use super::input::{Eligible, Questionnaire};

/// The kind of table that has one row, the whole.
pub const TOTAL: &str = "total";
/// The table of units.
pub const UNIT: &str = "unit";
/// The table of levels.
pub const LEVEL: &str = "level";
/// The table of channels.
pub const CHANNEL: &str = "channel";

/// One row of one table.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct GroupId {
    /// `None`: the round as a whole.
    pub(super) questionnaire: Option<usize>,
    /// `total`, `unit`, `level`, `channel` or the code of a stratum.
    pub(super) by: String,
    /// The unit, level, channel or stratum value; `total` for the whole.
    pub(super) key: String,
}

impl GroupId {
    pub(super) fn new(questionnaire: Option<usize>, by: &str, key: &str) -> Self {
        Self { questionnaire, by: by.to_owned(), key: key.to_owned() }
    }

    pub(super) fn is_total(&self) -> bool {
        self.by == TOTAL
    }

    /// The total that this group and its complement add up to.
    pub(super) fn whole(&self) -> Self {
        Self::new(self.questionnaire, TOTAL, TOTAL)
    }
}

/// The cells of every group that has any, positions in rising order.
pub(super) type Members = BTreeMap<GroupId, Vec<usize>>;

/// Sorts cells into groups.
pub(super) fn members(keys: &[CellKey]) -> Members {
    let mut members = Members::new();
    for (cell, key) in keys.iter().enumerate() {
        for group in groups_of(key) {
            members.entry(group).or_default().push(cell);
        }
    }
    members
}

/// The groups to which a cell belongs.
pub(super) fn groups_of(key: &CellKey) -> Vec<GroupId> {
    let own = Some(key.questionnaire);
    let places = [(TOTAL, TOTAL), (UNIT, &key.unit), (LEVEL, &key.level), (CHANNEL, &key.channel)];
    let everywhere = [None, own]
        .into_iter()
        .flat_map(|questionnaire| places.iter().map(move |(by, key)| GroupId::new(questionnaire, by, key)));
    let strata = key.strata.iter().map(|(by, key)| GroupId::new(own, by, key));
    everywhere.chain(strata).collect()
}

/// The groups of a release in the order of its tables: total, units, levels, channels, strata. Units
/// and levels without submissions stand in the round's tables too, so that a missing row says nothing.
pub(super) fn tables(
    questionnaire: Option<(usize, &Questionnaire)>,
    members: &Members,
    eligible: &[Eligible],
) -> Vec<(String, Vec<GroupId>)> {
    let position = questionnaire.map(|(position, _)| position);
    let strata = questionnaire.map(|(_, questionnaire)| questionnaire.strata.as_slice());
    let strata = strata.unwrap_or_default().iter().map(String::as_str);
    let mut tables = Vec::new();
    for by in [TOTAL, UNIT, LEVEL, CHANNEL].into_iter().chain(strata) {
        let mut keys: BTreeSet<&str> = keys_of(members, position, by);
        if position.is_none() {
            keys.extend(eligible.iter().filter_map(|eligible| eligible_key(eligible, by)));
        }
        let differs = by != LEVEL || position.is_none() || keys.len() > 1;
        if differs {
            let groups = keys.into_iter().map(|key| GroupId::new(position, by, key)).collect();
            tables.push((by.to_owned(), groups));
        }
    }
    tables
}

fn keys_of<'a>(members: &'a Members, questionnaire: Option<usize>, by: &str) -> BTreeSet<&'a str> {
    let first = GroupId::new(questionnaire, by, "");
    let table = members.range(first..);
    table
        .map(|(group, _)| group)
        .take_while(|group| group.questionnaire == questionnaire && group.by == by)
        .map(|group| group.key.as_str())
        .collect()
}

fn eligible_key<'a>(eligible: &'a Eligible, by: &str) -> Option<&'a str> {
    match by {
        UNIT => Some(&eligible.unit),
        LEVEL => Some(&eligible.level),
        _ => None,
    }
}
