//! Counting in a frame, block by block: memory holds a few columns of one block, whatever the round's size.

use super::content::{Block, Content};
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
    let mut crossed = Crossed::new(wanted.rows, wanted.columns);
    for (number, block) in (0..).zip(&content.blocks) {
        // whoever was not asked gives no wanted answer
        if wanted.filters.iter().any(|filter| !filter.axis.sources.contains_key(&block.version)) {
            continue;
        }
        let Ok(read) = BlockColumns::read(db, head, number, *block, wanted)? else { return Ok(Err(Gone)) };
        let kept = kept(&read, wanted)?;
        crossed.add(&read.lane(wanted.rows)?, &read.lane(wanted.columns)?, &kept);
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
    Ok(kept)
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
        let mut names: Vec<&str> = axes.filter_map(|axis| axis.column(block.version)).collect();
        names.sort_unstable();
        names.dedup();
        let columns = if names.is_empty() { Vec::new() } else { frames::columns(db, head, number, &names)? };
        Ok(if columns.len() == names.len() { Ok(Self { block, columns }) } else { Err(Gone) })
    }

    fn lane(&self, axis: &Axis) -> Result<Lane, StoreError> {
        let name = axis.column(self.block.version);
        let bytes = self.columns.iter().find(|(known, _)| Some(known.as_str()) == name).map(|(_, bytes)| bytes);
        let bytes = bytes.map(Vec::as_slice).unwrap_or_default();
        axis.lane(self.block.version, self.block.forms, bytes).map_err(|error| StoreError::corrupt("frame", error))
    }
}
