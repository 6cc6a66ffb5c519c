//! How a round's figures are worked out, and how its people were reached: decided once per round, kept with it, and said
//! under every table. Several habits are in use, and a figure without its rule cannot be checked (domain.md §0.5).

use serde::{Deserialize, Serialize};

/// All that is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Method {
    /// From items to a domain, and from domains to the whole.
    pub items: ItemRule,
    /// From groups (levels, parents and pupils) to all of them.
    pub groups: GroupRule,
    /// How people were reached.
    pub reach: Reach,
    /// What becomes of expectations above 100 %.
    pub above: Above,
    /// Decimals of percentages.
    pub places: PercentPlaces,
}

impl Method {
    /// What holds where nobody decided: the habits of the education sector, and a link that anybody could open.
    pub const USUAL: Self = Self {
        items: ItemRule::MeanOfItems,
        groups: GroupRule::Simple,
        reach: Reach::OpenLink,
        above: Above::Counted,
        places: PercentPlaces::One,
    };
}

/// Gives an enum of rules its stable codes, for the database and for addresses.
macro_rules! coded {
    ($name:ident { $($variant:pat => $value:expr => $code:literal),+ $(,)? }) => {
        impl $name {
            /// Every value, in the order in which people list them.
            pub const ALL: &'static [Self] = &[$($value),+];

            /// The stable code.
            pub const fn code(self) -> &'static str {
                match self { $($variant => $code),+ }
            }

            /// The value with this code.
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.code() == code)
            }
        }
    };
}

/// From items to a domain, and from domains to the whole (formulas 3 to 5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemRule {
    /// Each item counts the same: the mean of the items' means or shares; the whole is the mean of the domains.
    MeanOfItems,
    /// Each answer counts the same: all answers of the block together.
    Pooled,
}
coded!(ItemRule {
    Self::MeanOfItems => Self::MeanOfItems => "mean_of_items",
    Self::Pooled => Self::Pooled => "pooled",
});

/// From groups to all of them (formula 5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupRule {
    /// Each group counts the same (*bình quân giản đơn*).
    Simple,
    /// Each group counts by its answers (*bình quân gia quyền*).
    ByAnswers,
    /// Each group counts by the pupils that it has, whoever answered.
    ByPupils,
}
coded!(GroupRule {
    Self::Simple => Self::Simple => "simple",
    Self::ByAnswers => Self::ByAnswers => "by_answers",
    Self::ByPupils => Self::ByPupils => "by_pupils",
});

/// How people were reached. Only a random sample says how sure a figure is about those who were not asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// A link that anybody could open: who answered chose to. It represents nobody else.
    OpenLink,
    /// Everybody was asked: there is nothing that was not drawn, only people who did not answer.
    Everybody,
    /// People were drawn by chance.
    Drawn(Design),
}
coded!(Reach {
    Self::OpenLink => Self::OpenLink => "open_link",
    Self::Everybody => Self::Everybody => "everybody",
    Self::Drawn(Design::Simple) => Self::Drawn(Design::Simple) => "drawn",
    Self::Drawn(Design::Stratified) => Self::Drawn(Design::Stratified) => "drawn_stratified",
});

/// How people were drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Design {
    /// From all of them at once.
    Simple,
    /// In each level of each unit on its own.
    Stratified,
}

/// What becomes of expectations above 100 % (formula 6): what was published before does not say which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Above {
    /// They count as they are.
    Counted,
    /// They count as 100.
    Capped,
}
coded!(Above {
    Self::Counted => Self::Counted => "counted",
    Self::Capped => Self::Capped => "capped",
});

/// Decimals of percentages. Means have two always.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PercentPlaces {
    /// 99,0 %
    One,
    /// 96,20 %
    Two,
}
coded!(PercentPlaces { Self::One => Self::One => "1", Self::Two => Self::Two => "2" });

impl PercentPlaces {
    /// How many.
    pub fn count(self) -> usize {
        match self {
            Self::One => 1,
            Self::Two => 2,
        }
    }
}

/// A method as a release keeps it: the code of each rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// [`ItemRule::code`].
    pub items: String,
    /// [`GroupRule::code`].
    pub groups: String,
    /// [`Reach::code`].
    pub reach: String,
    /// [`Above::code`].
    pub above: String,
    /// [`PercentPlaces::code`].
    pub percent_places: String,
}

impl From<&Method> for Kept {
    fn from(method: &Method) -> Self {
        Self {
            items: method.items.code().to_owned(),
            groups: method.groups.code().to_owned(),
            reach: method.reach.code().to_owned(),
            above: method.above.code().to_owned(),
            percent_places: method.places.code().to_owned(),
        }
    }
}

impl Kept {
    /// The method; none where a rule has a code that is not known.
    pub fn read(&self) -> Option<Method> {
        Some(Method {
            items: ItemRule::from_code(&self.items)?,
            groups: GroupRule::from_code(&self.groups)?,
            reach: Reach::from_code(&self.reach)?,
            above: Above::from_code(&self.above)?,
            places: PercentPlaces::from_code(&self.percent_places)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_method_that_was_kept_is_the_same_again() {
        assert_eq!(Kept::from(&Method::USUAL).read(), Some(Method::USUAL));
    }

    #[test]
    fn every_rule_is_found_by_its_code() {
        assert!(ItemRule::ALL.iter().all(|rule| ItemRule::from_code(rule.code()) == Some(*rule)));
        assert!(Reach::ALL.iter().all(|reach| Reach::from_code(reach.code()) == Some(*reach)));
        assert_eq!((Reach::ALL.len(), Reach::from_code("mot_link")), (4, None));
    }
}
