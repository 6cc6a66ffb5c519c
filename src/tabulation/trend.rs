//! What of an earlier round can be compared with this one: by stable codes, and only where the same was asked on the same scale.

use super::pooled::{Item, Pooled};
use super::reading::Levels;
use crate::analysis::combine::{self, Block, Uncombined};
use crate::analysis::method::Method;

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
    /// The earlier round.
    pub then: Read,
    /// This round.
    pub now: Read,
}

/// One side, by this round's rules; none: nobody answered, or it cannot be compared, or levels cannot be weighed.
pub type Read = Result<Block, Uncombined>;

/// What is compared.
#[derive(Debug, Clone, Copy)]
pub enum Asked<'a> {
    /// A question, by its place: over all who answered, as pages print it.
    Question(usize),
    /// The items of a domain, or of each of several: within a level, then over levels.
    Domains(&'a [Vec<usize>]),
}

/// Where another round asks what this item asks, and how that stands to it.
fn place(pool: &Pooled<'_>, like: &Item<'_>) -> (Link, Option<usize>) {
    let coded = || pool.items.iter().enumerate().filter(|(_, item)| item.question.code == like.question.code);
    let scaled: Vec<(usize, &Item<'_>)> = coded().filter(|(_, item)| item.measure == like.measure).collect();
    let same = scaled.iter().find(|(_, item)| item.question.says_the_same(like.question));
    match (same, scaled.as_slice(), coded().next().is_none()) {
        (Some((place, _)), ..) => (Link::Same, Some(*place)),
        (None, [(only, _)], _) => (Link::Reworded, Some(*only)),
        // several in other words: nobody can say which of them is meant
        (None, [], false) => (Link::Rescaled, None),
        (None, ..) => (Link::Absent, None),
    }
}

/// Compares what is asked now with an earlier round, over the items that both have, by the rules of `method`. `name` says what people
/// call a level, as for [`Levels::domain`].
pub fn compare(
    method: &Method,
    (now, then): (&Levels<'_>, &Levels<'_>),
    asked: Asked<'_>,
    name: impl Fn(&str, &Pooled<'_>) -> String,
) -> Compared {
    let one;
    let blocks = match asked {
        Asked::Question(place) => {
            one = [vec![place]];
            &one[..]
        }
        Asked::Domains(blocks) => blocks,
    };
    let (mut links, mut of_now, mut of_then) = (Vec::new(), Vec::new(), Vec::new());
    for places in blocks {
        let (mut own, mut others) = (Vec::new(), Vec::new());
        for (at, item) in places.iter().filter_map(|at| Some((*at, now.all.items.get(*at)?))) {
            let (link, found) = place(&then.all, item);
            links.push(link);
            let is_answered = |place: &usize| then.all.items.get(*place).is_some_and(|item| item.counts.answered > 0);
            if let Some(found) = found.filter(is_answered).filter(|_| item.counts.answered > 0) {
                own.push(at);
                others.push(found);
            }
        }
        of_now.push(own);
        of_then.push(others);
    }
    let read = |levels: &Levels<'_>, blocks: &[Vec<usize>]| match asked {
        Asked::Question(_) => overall(&levels.all, blocks, method).ok_or(Uncombined::Nothing),
        Asked::Domains(_) => levels.together(method, |pool| overall(pool, blocks, method), &name),
    };
    Compared { link: together(&links), then: read(then, &of_then), now: read(now, &of_now) }
}

/// All of these items together by the rule of items, domain by domain.
fn overall(pool: &Pooled<'_>, blocks: &[Vec<usize>], method: &Method) -> Option<Block> {
    let items = |places: &Vec<usize>| {
        let items = places.iter().filter_map(|place| pool.items.get(*place));
        items.map(|item| (item.measure, &item.counts)).collect::<Vec<_>>()
    };
    combine::overall(method.items, &blocks.iter().map(items).collect::<Vec<_>>())
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
