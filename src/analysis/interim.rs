//! When a release may be made during fieldwork.
//!
//! Two releases can be subtracted, so what changed between them must be as large as a group that may be
//! shown. Nobody knows how many submissions will still come before the closing release, therefore an
//! interim release publishes a **candidate**: a snapshot taken some time ago, once everything it shows
//! has again changed by `k` since. That reserve makes sure that the closing release, whenever it comes,
//! differs from the interim one by at least `k` in every group.
//!
//! ```text
//! last release ──(≥ k)──▶ candidate ──(≥ k)──▶ now: the candidate may be published
//! ```

use super::cell::{Base, Cells};
use super::group::{GroupId, Members};
use super::input::Atom;

/// Whether the round as a whole has changed enough for its candidate to be released now.
///
/// `previous` is the snapshot behind the last release, `None` before the first one; withdrawals count
/// as changes. [`Release::build`](super::release::Release::build) applies the same rule to every group
/// and its complement, and shows only those that meet it.
pub fn may_release(previous: Option<&[Atom]>, candidate: &[Atom], now: &[Atom], k: u64) -> bool {
    let cells = Cells::new(&[previous.unwrap_or_default(), candidate, now]);
    let all: Vec<usize> = (0..cells.keys.len()).collect();
    [1, 2].into_iter().all(|moment| cells.moved(moment, &all, Base::Submissions) >= k)
}

/// The moments of an interim release among those of [`Cells`]: the candidate follows the last release
/// (or nothing), and now follows the candidate.
#[derive(Clone, Copy)]
pub(super) struct Interim {
    pub(super) candidate: usize,
    pub(super) k: u64,
}

impl Interim {
    /// Whether a group and its complement changed by `k` before the candidate and again since.
    ///
    /// A complement that has been empty all along (one school is the whole round) gives nothing away.
    pub(super) fn ready(&self, cells: &Cells, members: &Members, group: &GroupId, base: Base) -> bool {
        let own = cells_of(members, group);
        let whole = cells_of(members, &group.whole());
        let rest: Vec<usize> = whole.iter().copied().filter(|cell| own.binary_search(cell).is_err()).collect();
        let moments = [self.candidate, self.candidate + 1];
        let enough = |set: &[usize]| moments.iter().all(|&moment| cells.moved(moment, set, base) >= self.k);
        let never_used = || (0..=self.candidate + 1).all(|moment| cells.total(moment, &rest, base) == 0);
        enough(own) && (never_used() || enough(&rest))
    }
}

fn cells_of<'a>(members: &'a Members, group: &GroupId) -> &'a [usize] {
    members.get(group).map(Vec::as_slice).unwrap_or_default()
}
