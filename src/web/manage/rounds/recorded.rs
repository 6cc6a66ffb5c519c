//! The classes that schools have recorded, offered where slips are made for each class.

use std::collections::HashSet;

use crate::store::{Db, StoreError, rounds, units};
use crate::survey::code::Level;
use crate::survey::unit::Unit;
use crate::web::manage::fields::Fields;

/// Which schools of a round have recorded what their classes are called, and those of one of them.
#[derive(Debug, Default)]
pub(super) struct Recorded {
    /// The schools: number and name.
    pub(super) schools: Vec<(i64, String)>,
    /// The one whose classes are wanted.
    chosen: Option<i64>,
    /// Its classes, a line each: the name, and how many slips as far as anybody knows.
    pub(super) lines: String,
}

impl Recorded {
    /// Of the levels that a round asks; the address says `classes_of` for the school whose classes are wanted.
    pub(super) fn read(db: &mut Db, round_id: i64, address: &str) -> Result<Self, StoreError> {
        let asked: HashSet<(i64, String)> =
            rounds::targets(db, round_id)?.into_iter().map(|target| (target.unit_id, target.level)).collect();
        let chosen = Fields::read(address.as_bytes()).number("classes_of");
        let mut recorded = Self { chosen, ..Self::default() };
        for stored in units::all(db)? {
            let is_asked = |level: &Level| asked.contains(&(stored.id, level.code().to_owned()));
            let lines = lines(&stored.unit, is_asked);
            if lines.is_empty() {
                continue;
            }
            if chosen == Some(stored.id) {
                recorded.lines = lines.join("\n");
            }
            recorded.schools.push((stored.id, stored.unit.name));
        }
        Ok(recorded)
    }

    /// Whether the classes of this school are wanted.
    pub(super) fn is(&self, school: &i64) -> bool {
        self.chosen == Some(*school)
    }
}

/// The name of each class, and the pupils of its level over its classes, rounded up: one slip too many is better than none.
fn lines(unit: &Unit, is_asked: impl Fn(&Level) -> bool) -> Vec<String> {
    let levels = unit.classes.iter().filter(|(level, _)| is_asked(level));
    let of_level = levels.flat_map(|(level, classes)| {
        let pupils = unit.enrolment.get(level).copied().unwrap_or(0);
        let each = (pupils + classes.count() - 1) / classes.count();
        classes.names().iter().map(move |name| format!("{name} {}", each.max(1)))
    });
    of_level.collect()
}
