//! Undo and redo over the list of what was saved. Nothing is ever taken out of the list: to undo is to save once more what stood
//! there before, so that whoever reads the history sees that, too.

/// One thing that was saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Counts up from 1.
    pub revision: i64,
    /// Where it brought back what was saved before: that revision.
    pub restores: Option<i64>,
}

/// The revision that was first to say what this one says.
fn original(history: &[Entry], revision: i64) -> i64 {
    let found = history.iter().find(|entry| entry.revision == revision);
    found.and_then(|entry| entry.restores).unwrap_or(revision)
}

/// What a change was made to.
fn parent(history: &[Entry], revision: i64) -> Option<i64> {
    let before = history.iter().map(|entry| entry.revision).filter(|known| *known < revision).max()?;
    Some(original(history, before))
}

fn current(history: &[Entry]) -> Option<i64> {
    let latest = history.iter().map(|entry| entry.revision).max()?;
    Some(original(history, latest))
}

/// The revision to bring back in order to undo the last change; none: nothing was changed.
pub fn undone(history: &[Entry]) -> Option<i64> {
    parent(history, current(history)?)
}

/// The revision to bring back in order to redo what was undone; none: nothing was.
pub fn redone(history: &[Entry]) -> Option<i64> {
    let current = current(history)?;
    let changes = history.iter().filter(|entry| entry.restores.is_none()).map(|entry| entry.revision);
    changes.filter(|revision| parent(history, *revision) == Some(current)).max()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn save(history: &mut Vec<Entry>, restores: Option<i64>) {
        let revision = history.len() as i64 + 1;
        history.push(Entry { revision, restores });
    }

    #[test]
    fn one_goes_back_step_by_step_and_forward_again() {
        let mut history = Vec::new();
        (0..3).for_each(|_| save(&mut history, None));
        assert_eq!((undone(&history), redone(&history)), (Some(2), None));
        save(&mut history, Some(2));
        assert_eq!((undone(&history), redone(&history)), (Some(1), Some(3)));
        save(&mut history, Some(1));
        assert_eq!((undone(&history), redone(&history)), (None, Some(2)));
        save(&mut history, Some(2));
        assert_eq!(redone(&history), Some(3));
        // a new change: what was undone is no longer ahead
        save(&mut history, None);
        assert_eq!((undone(&history), redone(&history)), (Some(2), None));
    }

    proptest! {
        #[test]
        fn undoing_a_change_gives_what_was_there_before(steps in proptest::collection::vec(0u8..3, 1..40)) {
            let mut history = vec![Entry { revision: 1, restores: None }];
            for step in steps {
                let restores = match step { 0 => undone(&history), 1 => redone(&history), _ => None };
                if step == 2 || restores.is_some() {
                    save(&mut history, restores);
                }
            }
            let before = current(&history);
            save(&mut history, None);
            prop_assert_eq!(undone(&history), before);
            let changed = current(&history);
            save(&mut history, before);
            prop_assert_eq!(redone(&history), changed);
        }
    }
}
