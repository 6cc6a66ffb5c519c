//! What excluded forms had added to the counters: figures are the counters less this.

use std::collections::BTreeMap;

use diesel::prelude::*;

use crate::store::schema::{excluded_form, excluded_tally};
use crate::store::tallies::{Counts, TallyKey, pack, unpack};
use crate::store::{Db, StoreError};

type TallyRow = (i64, i64, String, String, i64, Vec<u8>);

/// What excluded forms had added to the counters.
///
/// # Errors
/// The database failed, or a row is damaged.
pub fn tallies(db: &mut Db, round_id: i64) -> Result<BTreeMap<TallyKey, Counts>, StoreError> {
    use excluded_tally as t;
    let columns = (t::version_id, t::unit_id, t::channel, t::stratum, t::n, t::cells);
    let rows: Vec<TallyRow> = t::table.filter(t::round_id.eq(round_id)).select(columns).load(db)?;
    let read = |(version_id, unit_id, channel, stratum, n, cells): TallyRow| {
        Ok((TallyKey { round_id, version_id, unit_id, channel, stratum }, Counts { n, cells: unpack(&cells)? }))
    };
    rows.into_iter().map(read).collect()
}

/// Writes anew what excluded forms had added to the counters.
///
/// # Errors
/// The database failed.
pub fn put_tallies(db: &mut Db, round_id: i64, counts: &BTreeMap<TallyKey, Counts>) -> Result<(), StoreError> {
    diesel::delete(excluded_tally::table.filter(excluded_tally::round_id.eq(round_id))).execute(db)?;
    for (key, counts) in counts {
        let place = (
            excluded_tally::round_id.eq(round_id),
            excluded_tally::version_id.eq(key.version_id),
            excluded_tally::unit_id.eq(key.unit_id),
            excluded_tally::channel.eq(&key.channel),
            excluded_tally::stratum.eq(&key.stratum),
        );
        let own = (excluded_tally::n.eq(counts.n), excluded_tally::cells.eq(pack(&counts.cells)));
        diesel::insert_into(excluded_tally::table).values((place, own)).execute(db)?;
    }
    Ok(())
}

/// Forgets that a form was excluded which is withdrawn; `less` is what the counters lose with it.
///
/// # Errors
/// The database failed.
pub(in crate::store) fn forget_form(db: &mut Db, form: &[u8], key: &TallyKey, less: &Counts) -> Result<(), StoreError> {
    let own = excluded_form::table.filter(excluded_form::round_id.eq(key.round_id));
    if diesel::delete(own.filter(excluded_form::submission_id.eq(form))).execute(db)? == 0 {
        return Ok(());
    }
    let id = (key.round_id, key.version_id, key.unit_id, &key.channel, &key.stratum);
    let row = excluded_tally::table.find(id).select((excluded_tally::n, excluded_tally::cells));
    let Some((n, cells)) = row.first::<(i64, Vec<u8>)>(db).optional()? else { return Ok(()) };
    let mut counts = Counts { n, cells: unpack(&cells)? };
    counts.add(less);
    diesel::update(excluded_tally::table.find(id))
        .set((excluded_tally::n.eq(counts.n), excluded_tally::cells.eq(pack(&counts.cells))))
        .execute(db)?;
    Ok(())
}
