//! Units: offices and schools.

use diesel::prelude::*;

use super::schema::unit;
use super::{Db, StoreError};

/// The number of the unit with this code.
///
/// # Errors
/// The database failed.
pub fn id_by_code(db: &mut Db, code: &str) -> Result<Option<i64>, StoreError> {
    Ok(unit::table.filter(unit::code.eq(code)).select(unit::id).first(db).optional()?)
}
