//! Counting in a frame, block by block: memory holds a few columns of one block, whatever the round's size.

use std::collections::BTreeMap;

use super::content::{Block, Content, ID, ID_BYTES};
use crate::analysis::frame::{Axis, Crossed, Lane};
use crate::store::frames::{self, Head};
use crate::store::{Db, StoreError};

/// Which forms are kept: those that are in one of the wanted classes.
#[derive(Debug, Clone)]
pub struct Filter<'a> {
    /// The classification.
    pub axis: &'a Axis,
    /// Whether each class is wanted.
    pub wanted: Vec<bool>,
}

/// What shall be counted.
#[derive(Debug, Clone)]
pub struct Wanted<'a> {
    /// Down the side.
    pub rows: &'a Axis,
    /// Along the top.
    pub columns: &'a Axis,
    /// All of them must keep a form.
    pub filters: Vec<Filter<'a>>,
    /// Ids of forms that count in no figure, in order.
    pub excluded: &'a [Vec<u8>],
}

/// The frame was replaced by a newer one while it was read: look again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gone;

/// Counts.
///
/// # Errors
/// The database failed, or columns are damaged.
pub fn cross(
    db: &mut Db,
    head: &Head,
    content: &Content,
    wanted: &Wanted<'_>,
) -> Result<Result<Crossed, Gone>, StoreError> {
    let mut parts = BTreeMap::<i64, Crossed>::new();
    for (number, block) in (0..).zip(&content.blocks) {
        // whoever was not asked gives no wanted answer
        if wanted.filters.iter().any(|filter| !filter.axis.sources.contains_key(&block.version)) {
            continue;
        }
        let Ok(read) = BlockColumns::read(db, head, number, *block, wanted)? else { return Ok(Err(Gone)) };
        let kept = kept(&read, wanted)?;
        let part = parts.entry(block.version).or_insert_with(|| Crossed::new(wanted.rows, wanted.columns));
        part.add(&read.lane(wanted.rows)?, &read.lane(wanted.columns)?, &kept);
    }
    let mut crossed = Crossed::new(wanted.rows, wanted.columns);
    for (version, part) in &parts {
        crossed.take(part, &wanted.rows.offers(*version), &wanted.columns.offers(*version));
    }
    Ok(Ok(crossed))
}

fn kept(read: &BlockColumns, wanted: &Wanted<'_>) -> Result<Vec<bool>, StoreError> {
    let mut kept = vec![true; read.block.forms];
    for filter in &wanted.filters {
        let lane = read.lane(filter.axis)?;
        let bits = filter.wanted.iter().enumerate().fold(0, |bits, (at, is)| bits | u64::from(*is) << (at % 64));
        for (at, kept) in kept.iter_mut().enumerate() {
            let is_wanted = match filter.axis.overlaps {
                true => lane.bits[at] & bits != 0,
                false => filter.wanted.get(usize::from(lane.standing[at])).copied().unwrap_or(false),
            };
            *kept &= is_wanted;
        }
    }
    if let Some(ids) = read.bytes(ID) {
        leave_out(&mut kept, ids, wanted.excluded);
    }
    Ok(kept)
}

/// Leaves out the forms of these ids. Both lists are in order, and are gone through once side by side: there may be a hundred
/// thousand excluded forms, and a block has few of them.
pub(super) fn leave_out(kept: &mut [bool], ids: &[u8], excluded: &[Vec<u8>]) {
    let ids = ids.chunks_exact(ID_BYTES);
    let Some(first) = ids.clone().next() else { return };
    let mut rest = &excluded[excluded.partition_point(|out| out.as_slice() < first)..];
    for (kept, id) in kept.iter_mut().zip(ids) {
        while rest.first().is_some_and(|out| out.as_slice() < id) {
            rest = &rest[1..];
        }
        match rest.first() {
            Some(out) if out.as_slice() == id => *kept = false,
            Some(_) => {}
            None => return,
        }
    }
}

/// The columns of a block that are needed.
struct BlockColumns {
    block: Block,
    columns: Vec<(String, Vec<u8>)>,
}

impl BlockColumns {
    fn read(
        db: &mut Db,
        head: &Head,
        number: i64,
        block: Block,
        wanted: &Wanted<'_>,
    ) -> Result<Result<Self, Gone>, StoreError> {
        let axes = [wanted.rows, wanted.columns].into_iter().chain(wanted.filters.iter().map(|filter| filter.axis));
        let ids = (!wanted.excluded.is_empty()).then_some(ID);
        let mut names: Vec<&str> = axes.filter_map(|axis| axis.column(block.version)).chain(ids).collect();
        names.sort_unstable();
        names.dedup();
        let columns = if names.is_empty() { Vec::new() } else { frames::columns(db, head, number, &names)? };
        Ok(if columns.len() == names.len() { Ok(Self { block, columns }) } else { Err(Gone) })
    }

    fn bytes(&self, name: &str) -> Option<&[u8]> {
        self.columns.iter().find(|(known, _)| known == name).map(|(_, bytes)| bytes.as_slice())
    }

    fn lane(&self, axis: &Axis) -> Result<Lane, StoreError> {
        let bytes = axis.column(self.block.version).and_then(|name| self.bytes(name)).unwrap_or_default();
        axis.lane(self.block.version, self.block.forms, bytes).map_err(|error| StoreError::corrupt("frame", error))
    }
}

#[cfg(test)]
mod tests {
    use super::leave_out;

    #[test]
    fn exactly_the_excluded_forms_of_a_block_are_left_out() {
        let id = |number: u8| vec![number; 16];
        let block: Vec<u8> = [2, 4, 6, 8].into_iter().flat_map(id).collect();
        let kept = |excluded: &[u8]| {
            let mut kept = vec![true; 4];
            leave_out(&mut kept, &block, &excluded.iter().map(|number| id(*number)).collect::<Vec<_>>());
            kept
        };
        assert_eq!(kept(&[0, 1, 4, 5, 8, 9]), [true, false, true, false]);
        assert_eq!(kept(&[]), [true; 4]);
        assert_eq!(kept(&[3, 9]), [true; 4]);
        assert_eq!(kept(&[2, 4, 6, 8]), [false; 4]);
    }
}
