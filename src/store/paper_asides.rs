//! Answers on paper that stand aside from the way of their form, counted by bundle.

use std::collections::BTreeMap;

use diesel::prelude::*;

use super::schema::paper_aside;
use super::{Db, StoreError};

/// Of a bundle that was closed: on how many sheets each question was answered although it was not asked.
///
/// # Errors
/// The database failed.
pub fn of_batch(db: &mut Db, batch_id: i64) -> Result<BTreeMap<String, i64>, StoreError> {
    let own = paper_aside::table.filter(paper_aside::batch_id.eq(batch_id));
    let rows: Vec<(String, i64)> = own.select((paper_aside::question, paper_aside::sheets)).load(db)?;
    Ok(rows.into_iter().collect())
}

/// Keeps these numbers when a bundle is closed. Call it in the transaction that closes it.
///
/// # Errors
/// The database failed.
pub fn put(db: &mut Db, batch_id: i64, sheets: &BTreeMap<String, i64>) -> Result<(), StoreError> {
    for (question, sheets) in sheets {
        diesel::insert_into(paper_aside::table)
            .values((
                paper_aside::batch_id.eq(batch_id),
                paper_aside::question.eq(question),
                paper_aside::sheets.eq(sheets),
            ))
            .execute(db)?;
    }
    Ok(())
}
