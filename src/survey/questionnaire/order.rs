//! The order in which questions can be decided.

use std::collections::BTreeSet;

/// All places, each after those it looks at, otherwise as in the questionnaire.
///
/// # Errors
/// A circle: places of which each looks at the next, the last at the first.
pub(super) fn sorted(looks_at: &[BTreeSet<usize>]) -> Result<Vec<usize>, Vec<usize>> {
    let mut order = Vec::with_capacity(looks_at.len());
    let mut decided = vec![false; looks_at.len()];
    let mut left: BTreeSet<usize> = (0..looks_at.len()).collect();
    let is_decided = |decided: &[bool], place: usize| looks_at[place].iter().all(|other| decided[*other]);
    while let Some(next) = left.iter().copied().find(|place| is_decided(&decided, *place)) {
        left.remove(&next);
        decided[next] = true;
        order.push(next);
    }
    match left.first() {
        None => Ok(order),
        Some(&first) => Err(circle(looks_at, &left, first)),
    }
}

/// Whoever is left looks at somebody who is left: following that leads into a circle.
fn circle(looks_at: &[BTreeSet<usize>], left: &BTreeSet<usize>, first: usize) -> Vec<usize> {
    let mut way = vec![first];
    while let Some(next) = way.last().and_then(|last| looks_at[*last].iter().find(|place| left.contains(place))) {
        if let Some(begin) = way.iter().position(|place| place == next) {
            return way.split_off(begin);
        }
        way.push(*next);
    }
    way
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn looking(at: &[&[usize]]) -> Vec<BTreeSet<usize>> {
        at.iter().map(|places| places.iter().copied().collect()).collect()
    }

    #[test]
    fn the_order_of_the_file_is_kept_where_it_can_be() {
        assert_eq!(sorted(&looking(&[&[], &[0], &[], &[1, 2]])), Ok(vec![0, 1, 2, 3]));
        assert_eq!(sorted(&looking(&[&[2], &[], &[3], &[]])), Ok(vec![1, 3, 2, 0]));
    }

    #[test]
    fn a_circle_is_named_without_the_way_to_it() {
        assert_eq!(sorted(&looking(&[&[1], &[2], &[1], &[0]])), Err(vec![1, 2]));
        assert_eq!(sorted(&looking(&[&[], &[1]])), Err(vec![1]));
    }

    proptest! {
        #[test]
        fn everybody_comes_after_those_they_look_at_or_there_is_a_circle(
            looks_at in (1usize..9).prop_flat_map(|n| prop::collection::vec(prop::collection::btree_set(0..n, 0..3), n)),
        ) {
            match sorted(&looks_at) {
                Ok(order) => {
                    prop_assert_eq!(order.len(), looks_at.len());
                    for (at, place) in order.iter().enumerate() {
                        prop_assert!(looks_at[*place].iter().all(|other| order[..at].contains(other)));
                    }
                }
                Err(circle) => {
                    let next = circle.iter().cycle().skip(1);
                    prop_assert!(circle.iter().zip(next).all(|(place, next)| looks_at[*place].contains(next)));
                }
            }
        }
    }
}
