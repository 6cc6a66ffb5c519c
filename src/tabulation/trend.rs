//! What of an earlier round can be compared with this one: by stable codes, and only where the same was asked on the same scale.

use super::pooled::{Item, Pooled};
use crate::analysis::combine::{self, Block};
use crate::analysis::method::ItemRule;

/// How what was asked earlier stands to what is asked now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// The same words on the same scale.
    Same,
    /// The same on the same scale, in other words: what differs may be the words.
    Reworded,
    /// Only some of the items were asked then; both sides are worked out over those.
    Partly,
    /// On another scale: not comparable.
    Rescaled,
    /// It was not asked.
    Absent,
}

impl Link {
    /// Whether a line may join both: nothing but time lies between them.
    pub fn joins(self) -> bool {
        self == Self::Same
    }
}

/// Both sides over the items that they have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// How they stand to each other.
    pub link: Link,
    /// The earlier round; none: nobody answered, or it cannot be compared.
    pub then: Option<Block>,
    /// This round.
    pub now: Option<Block>,
}

/// The item of another round that asks what this one asks, and how it stands to it.
pub fn find<'p, 't>(pool: &'p Pooled<'t>, like: &Item<'_>) -> (Link, Option<&'p Item<'t>>) {
    let coded: Vec<&Item<'t>> = pool.items.iter().filter(|item| item.question.code == like.question.code).collect();
    let scaled: Vec<&Item<'t>> = coded.iter().copied().filter(|item| item.measure == like.measure).collect();
    let same = scaled.iter().copied().find(|item| item.question.says_the_same(like.question));
    match (same, scaled.as_slice(), coded.is_empty()) {
        (Some(item), ..) => (Link::Same, Some(item)),
        (None, [only], _) => (Link::Reworded, Some(only)),
        // several in other words: nobody can say which of them is meant
        (None, [], false) => (Link::Rescaled, None),
        (None, ..) => (Link::Absent, None),
    }
}

/// Compares blocks of items – a domain, all domains, one item – with an earlier round by the rule.
pub fn compare(rule: ItemRule, now: &Pooled<'_>, blocks: &[Vec<usize>], then: &Pooled<'_>) -> Compared {
    let (mut links, mut of_now, mut of_then) = (Vec::new(), Vec::new(), Vec::new());
    for places in blocks {
        let (mut own, mut others) = (Vec::new(), Vec::new());
        for item in places.iter().filter_map(|place| now.items.get(*place)) {
            let (link, found) = find(then, item);
            links.push(link);
            if let Some(found) = found.filter(|found| found.counts.answered > 0 && item.counts.answered > 0) {
                own.push((item.measure, &item.counts));
                others.push((found.measure, &found.counts));
            }
        }
        of_now.push(own);
        of_then.push(others);
    }
    Compared { link: together(&links), then: combine::overall(rule, &of_then), now: combine::overall(rule, &of_now) }
}

fn together(links: &[Link]) -> Link {
    let has = |link| links.contains(&link);
    let has_any = has(Link::Same) || has(Link::Reworded);
    match () {
        () if has_any && (has(Link::Absent) || has(Link::Rescaled)) => Link::Partly,
        () if has(Link::Reworded) => Link::Reworded,
        () if has_any => Link::Same,
        () if has(Link::Rescaled) => Link::Rescaled,
        () => Link::Absent,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_as_comparable_as_its_worst_item() {
        use Link::{Absent, Partly, Rescaled, Reworded, Same};
        assert_eq!([together(&[Same, Same]), together(&[Same, Reworded])], [Same, Reworded]);
        assert_eq!([together(&[Same, Absent]), together(&[Reworded, Rescaled])], [Partly, Partly]);
        assert_eq!([together(&[Rescaled, Absent]), together(&[Absent]), together(&[])], [Rescaled, Absent, Absent]);
    }
}
