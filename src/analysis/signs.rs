//! Signs that forms were demanded or made up, for the steering unit to ask about. Each is a rule with its figures and no
//! verdict: a parents' evening makes an hour with half of a school's forms, and a good school has many good marks.
//!
//! “Far above comparable schools” is robust: above the median of the other schools of the same level by three times their usual
//! distance from it (1.4826 × median absolute deviation, which for a normal distribution is its standard deviation), and by ten
//! points at least, because a handful of schools that are very much alike would make a deviation of everything else.

/// What is known about the forms of one school.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Observed {
    /// The level that most of its forms are about; schools are compared within it.
    pub level: String,
    /// Forms.
    pub n: u64,
    /// Forms with enough ratings to tell whether all are the same.
    pub rated: u64,
    /// Of these, forms in which all are.
    pub alike: u64,
    /// The most forms in one hour.
    pub peak: u64,
    /// Forms whose sender ticked “I was told what to choose”.
    pub told: u64,
    /// Ratings.
    pub ratings: u64,
    /// Of these, ratings with the best mark.
    pub best: u64,
}

/// A share that stands out, in tenths of a percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outlier {
    /// The part.
    pub k: u64,
    /// The whole.
    pub n: u64,
    /// The share.
    pub share: u64,
    /// The median of the shares of the others.
    pub median: u64,
    /// The share above which a school stands out among these.
    pub limit: u64,
    /// How many others there are.
    pub others: usize,
}

/// Something to ask about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// Several ticked “I was told what to choose”.
    Told {
        /// So many.
        k: u64,
        /// Of so many forms.
        n: u64,
    },
    /// Far more forms than elsewhere have the same mark everywhere.
    Alike(Outlier),
    /// Far more of the best marks than elsewhere.
    Best(Outlier),
    /// More than half of the forms came in one hour, and far more than elsewhere.
    Burst {
        /// So many.
        peak: u64,
        /// Of so many forms.
        n: u64,
    },
}

/// So many ticks, and one form in twenty, are a sign.
pub const TOLD: u64 = 3;
/// One tick in so many forms.
pub const TOLD_ONE_IN: u64 = 20;
/// An hour with fewer forms is no burst.
pub const BURST: u64 = 20;
/// Shares are compared where there are so many forms.
pub const ENOUGH_FORMS: u64 = 30;
/// And so many other schools of the level.
pub const ENOUGH_OTHERS: usize = 5;
/// A school stands out by so many tenths of a percent at least.
pub const DISTANCE: u64 = 100;
/// Three times 1.4826, in ten thousandths.
const THREE_DEVIATIONS: u64 = 44_478;

/// The signs at each of these schools, in the same order.
pub fn signs(schools: &[Observed]) -> Vec<Vec<Sign>> {
    let alike = stand_out(schools, |school| (school.alike, school.rated, school.rated));
    let best = stand_out(schools, |school| (school.best, school.ratings, school.n));
    let usual = limits(schools, peak);
    let found = schools.iter().zip(alike).zip(best).zip(usual);
    found
        .map(|(((school, alike), best), usual)| {
            let burst = burst(school, usual.map(|(_, limit, _)| limit));
            [told(school), alike.map(Sign::Alike), best.map(Sign::Best), burst].into_iter().flatten().collect()
        })
        .collect()
}

fn told(school: &Observed) -> Option<Sign> {
    let (k, n) = (school.told, school.n);
    (k >= TOLD && k * TOLD_ONE_IN >= n).then_some(Sign::Told { k, n })
}

/// How many schools had a crowd in one hour and cannot be compared with others: they, or the others, are too few. Nothing is
/// said of them, because a round of one evening has one hour everywhere.
pub fn uncompared(schools: &[Observed]) -> usize {
    let limits = limits(schools, peak);
    let is_alone =
        |(school, limit): &(&Observed, Limit)| is_crowd(school) && (limit.is_none() || share(peak(school)).is_none());
    schools.iter().zip(limits).filter(is_alone).count()
}

fn peak(school: &Observed) -> Part {
    (school.peak, school.n, school.n)
}

fn is_crowd(school: &Observed) -> bool {
    school.peak >= BURST && school.peak * 2 > school.n
}

/// A crowd in one hour that the other schools of the level did not have.
fn burst(school: &Observed, limit: Option<u64>) -> Option<Sign> {
    let is_unusual = share(peak(school)).zip(limit).is_some_and(|(share, limit)| share > limit);
    (is_crowd(school) && is_unusual).then_some(Sign::Burst { peak: school.peak, n: school.n })
}

/// Part, whole, and how many forms are behind them.
type Part = (u64, u64, u64);

/// The share of a part, where there is enough to compare it.
fn share((k, n, forms): Part) -> Option<u64> {
    (forms >= ENOUGH_FORMS && n > 0).then(|| per_mille(k, n))
}

/// What other schools say: their median, the share above which one stands out, how many they are; nothing where they are too few.
type Limit = Option<(u64, u64, usize)>;

/// For each school what the others of its level say.
fn limits(schools: &[Observed], part: impl Fn(&Observed) -> Part) -> Vec<Limit> {
    let shares: Vec<Option<u64>> = schools.iter().map(|school| share(part(school))).collect();
    let one = |at: usize| {
        let is_other = |other: &usize| *other != at && schools[*other].level == schools[at].level;
        limit((0..schools.len()).filter(is_other).filter_map(|other| shares[other]).collect())
    };
    (0..schools.len()).map(one).collect()
}

/// Schools whose share is far above that of the others of their level.
fn stand_out(schools: &[Observed], part: impl Fn(&Observed) -> Part) -> Vec<Option<Outlier>> {
    let limits = limits(schools, &part);
    let found = schools.iter().zip(limits).map(|(school, limit)| {
        let ((k, n, _), (median, limit, others)) = (part(school), limit?);
        let share = share(part(school)).filter(|share| *share > limit)?;
        Some(Outlier { k, n, share, median, limit, others })
    });
    found.collect()
}

/// What these shares say.
fn limit(shares: Vec<u64>) -> Limit {
    let count = shares.len();
    if count < ENOUGH_OTHERS {
        return None;
    }
    let middle = median(shares.clone())?;
    let deviation = median(shares.into_iter().map(|share| share.abs_diff(middle)).collect())?;
    let distance = (deviation * THREE_DEVIATIONS).div_ceil(10_000).max(DISTANCE);
    Some((middle, middle + distance, count))
}

/// The middle one; of an even number the mean of the middle two, rounded down.
fn median(mut values: Vec<u64>) -> Option<u64> {
    values.sort_unstable();
    let middle = values.len() / 2;
    let upper = *values.get(middle)?;
    Some(if values.len() % 2 == 1 { upper } else { (values.get(middle - 1)? + upper) / 2 })
}

/// In tenths of a percent, rounded half up.
fn per_mille(k: u64, n: u64) -> u64 {
    (k * 2000 + n) / (2 * n)
}

#[cfg(test)]
mod tests;
