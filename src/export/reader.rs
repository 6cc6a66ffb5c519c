//! Reading a round's forms ahead, on two threads.
//!
//! Ids are random, so the round falls into slices of ids that have about as many forms each. Reading one costs as much as writing
//! it: each form lies on another page of the database. So two connections read in turn, and whoever writes gets the slices in order.

use std::sync::mpsc::{Receiver, sync_channel};

use crate::store::submissions::{self, Chosen, SubmissionRow};
use crate::store::{Db, Store, StoreError};

/// Rows per page at most: enough to make the query's cost small, few enough to keep memory small.
const PAGE: i64 = 2000;
/// Rows per slice, about; a slice of random ids fits into one page.
const SLICE: i64 = 1500;
/// Slices are told apart by the first two bytes of ids.
const MOST_SLICES: i64 = 1 << 16;
/// Connections that read.
const READERS: usize = 2;

/// Some rows; the last of their slice, or not.
type Page = (Vec<SubmissionRow>, bool);

/// Pages of forms in the order of their ids.
pub(super) struct Pages {
    /// One for each reader.
    readers: Vec<Receiver<Result<Page, StoreError>>>,
    slice: usize,
    slices: usize,
}

impl Pages {
    /// Begins to read the chosen forms of a round that has about so many in all.
    ///
    /// # Errors
    /// The database failed.
    pub fn read(store: &Store, (round_id, total): (i64, i64), chosen: &Chosen) -> Result<Self, StoreError> {
        let slices = usize::try_from((total / SLICE).clamp(1, MOST_SLICES)).unwrap_or(1);
        let readers =
            (0..READERS.min(slices)).map(|first| reader(store.connect()?, (round_id, chosen.clone()), first, slices));
        Ok(Self { readers: readers.collect::<Result<_, _>>()?, slice: 0, slices })
    }
}

impl Iterator for Pages {
    type Item = Result<Vec<SubmissionRow>, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.slice == self.slices {
            return None;
        }
        Some(match self.readers[self.slice % self.readers.len()].recv() {
            Ok(Ok((rows, is_last))) => {
                self.slice += usize::from(is_last);
                Ok(rows)
            }
            Ok(Err(error)) => Err(error),
            Err(_) => Err(StoreError::Unavailable("reading stopped before the last row".to_owned())),
        })
    }
}

/// Reads every so manieth slice on a thread of its own, one page ahead. It ends when nobody listens.
fn reader(
    mut db: Db,
    (round_id, chosen): (i64, Chosen),
    first: usize,
    slices: usize,
) -> Result<Receiver<Result<Page, StoreError>>, StoreError> {
    let (sender, receiver) = sync_channel(1);
    let work = move || {
        for slice in (first..slices).step_by(READERS) {
            let (mut after, until) = (beginning(slice, slices), beginning(slice + 1, slices));
            loop {
                let page = submissions::page_until(&mut db, round_id, (&after, &until), &chosen, PAGE);
                let page = page.map(|rows| {
                    let is_last = i64::try_from(rows.len()).is_ok_and(|count| count < PAGE);
                    (rows, is_last)
                });
                let next = page.as_ref().ok().filter(|(_, is_last)| !is_last).and_then(|(rows, _)| rows.last());
                let next = next.map(|row| row.id.clone());
                let failed = page.is_err();
                if sender.send(page).is_err() || failed {
                    return;
                }
                match next {
                    Some(last) => after = last,
                    None => break,
                }
            }
        }
    };
    let thread = std::thread::Builder::new().name("export".to_owned()).spawn(work);
    thread.map(|_| receiver).map_err(|error| StoreError::Unavailable(error.to_string()))
}

/// What lies in front of the ids of a slice; what lies behind all ids, for the one after the last.
fn beginning(slice: usize, slices: usize) -> Vec<u8> {
    const LONGER_THAN_IDS: usize = 17;
    match u16::try_from((slice << 16) / slices) {
        Ok(0) => Vec::new(),
        Ok(prefix) => prefix.to_be_bytes().to_vec(),
        Err(_) => vec![u8::MAX; LONGER_THAN_IDS],
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::beginning;

    proptest! {
        #[test]
        fn every_id_lies_in_one_slice(id: [u8; 16], slices in 1_usize..3000) {
            let lies = |slice: &usize| {
                beginning(*slice, slices) < id.to_vec() && id.to_vec() <= beginning(slice + 1, slices)
            };
            prop_assert_eq!((0..slices).filter(lies).count(), 1);
        }
    }
}
