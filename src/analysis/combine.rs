//! Domains and the whole, by the rule that the round's method names (domain.md §2.4, formulas 3 to 6).
//!
//! A release prints four readings of each domain; these functions give the one that the method names, unrounded. An item without
//! answers has no mean and is left out; [`Block`] says how many were used, so that a page can say “4 of 5 items”.

use super::exact::Exact;
use super::input::{Counts, Measure};
use super::method::{Above, GroupRule, ItemRule};
use super::score;

/// A rating question and its counts in some group.
pub type Item<'a> = (&'a Measure, &'a Counts);

/// Item mean `Σx / n` (formula 1), in points or in the question's own unit.
pub fn item_mean((measure, counts): Item<'_>) -> Option<Exact> {
    let parts = match measure {
        Measure::Number { scaled_by, .. } => u128::from(*scaled_by),
        _ => 1,
    };
    Exact::new(i128::from(score::sum(measure, counts)?), u128::from(counts.answered) * parts)
}

/// Share of the two best levels in per cent (formula 2).
pub fn item_share((measure, counts): Item<'_>) -> Option<Exact> {
    Exact::percent(score::satisfied(measure, counts)?, counts.answered)
}

/// How many are on the two best levels; none where the question is no rating.
pub fn satisfied((measure, counts): Item<'_>) -> Option<u64> {
    score::satisfied(measure, counts)
}

/// For each choice of a rating, whether it is one of the two best levels: 1 or 0. None for other questions.
pub fn is_best(measure: &Measure) -> Option<Vec<i64>> {
    let Measure::Rating { points, .. } = measure else { return None };
    let second = score::second_best(points)?;
    Some(points.iter().map(|point| i64::from(*point >= second)).collect())
}

/// Several items together: a domain, or all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// On the scale's points.
    pub mean: Exact,
    /// The two best levels, in per cent.
    pub share: Exact,
    /// Answers on the two best levels, over all items that were used.
    pub k: u64,
    /// Answers to all items that were used.
    pub n: u64,
    /// Items that have answers.
    pub used: usize,
    /// Items that there are.
    pub items: usize,
}

impl Block {
    /// Whether its share is `k/n`. It is not where items or groups are averaged that have different bases.
    pub fn is_counted(&self) -> bool {
        Exact::percent(self.k, self.n).is_some_and(|counted| counted == self.share)
    }
}

/// A domain by the rule (formulas 3 and 4). None where no item has answers, or one is no rating.
pub fn domain(rule: ItemRule, items: &[Item<'_>]) -> Option<Block> {
    let answered: Vec<Item<'_>> = items.iter().copied().filter(|(_, counts)| counts.answered > 0).collect();
    let sum = |of: fn(Item<'_>) -> Option<u64>| answered.iter().map(|item| of(*item)).sum::<Option<u64>>();
    let (k, n) = (sum(satisfied)?, sum(|(_, counts)| Some(counts.answered))?);
    let (mean, share) = match rule {
        ItemRule::MeanOfItems => (mean_of(&answered, item_mean)?, mean_of(&answered, item_share)?),
        ItemRule::Pooled => (pooled_mean(&answered)?, Exact::percent(k, n)?),
    };
    Some(Block { mean, share, k, n, used: answered.len(), items: items.len() })
}

/// The whole by the rule (formula 5): the simple mean of the domains, or all answers together. A domain without answers is
/// left out. None where no domain has any.
pub fn overall(rule: ItemRule, domains: &[Vec<Item<'_>>]) -> Option<Block> {
    let all: Vec<Item<'_>> = domains.iter().flatten().copied().collect();
    let pooled = domain(ItemRule::Pooled, &all)?;
    if rule == ItemRule::Pooled {
        return Some(pooled);
    }
    let blocks: Vec<Block> = domains.iter().filter_map(|items| domain(rule, items)).collect();
    let mean = Exact::mean(blocks.iter().map(|block| block.mean.clone()))?;
    let share = Exact::mean(blocks.iter().map(|block| block.share.clone()))?;
    Some(Block { mean, share, ..pooled })
}

fn mean_of(items: &[Item<'_>], of: fn(Item<'_>) -> Option<Exact>) -> Option<Exact> {
    Exact::mean(items.iter().map(|item| of(*item)).collect::<Option<Vec<_>>>()?)
}

fn pooled_mean(items: &[Item<'_>]) -> Option<Exact> {
    let points = items.iter().map(|(measure, counts)| score::sum(measure, counts).map(i128::from));
    let answers = items.iter().map(|(_, counts)| u128::from(counts.answered)).sum();
    Exact::new(points.sum::<Option<i128>>()?, answers)
}

/// One of several groups that are combined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What it is called, for whoever has to be told about it.
    pub name: String,
    /// Its figure.
    pub value: Exact,
    /// Its answers.
    pub n: u64,
    /// Its pupils; none: not known.
    pub pupils: Option<u64>,
}

/// Why groups cannot be combined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Uncombined {
    /// There is nothing to combine.
    Nothing,
    /// How many pupils these have is not known, so nothing says what they weigh.
    NoPupils(Vec<String>),
}

/// Groups combined by the rule (formula 5).
///
/// # Errors
/// There are none; or the number of pupils is missing, which is never guessed.
pub fn across(rule: GroupRule, groups: &[Group]) -> Result<Exact, Uncombined> {
    if rule == GroupRule::ByPupils {
        let unknown = groups.iter().filter(|group| group.pupils.is_none_or(|pupils| pupils == 0));
        let unknown: Vec<String> = unknown.map(|group| group.name.clone()).collect();
        if !unknown.is_empty() {
            return Err(Uncombined::NoPupils(unknown));
        }
    }
    let weight = |group: &Group| match rule {
        GroupRule::Simple => 1,
        GroupRule::ByAnswers => group.n,
        GroupRule::ByPupils => group.pupils.unwrap_or(0),
    };
    Exact::weighted_mean(groups.iter().map(|group| (group.value.clone(), weight(group)))).ok_or(Uncombined::Nothing)
}

/// How far initial expectations were met (formula 6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fulfilled {
    /// Mean of the percentages given. None: some are above 100 and shall count as 100, but the counts keep them only in classes.
    pub mean: Option<Exact>,
    /// Answers.
    pub n: u64,
    /// Answers of 80 % or more; none where the classes have no edge there.
    pub fulfilled: Option<u64>,
}

/// Per cent above which expectations are capped.
const WHOLE: i64 = 100;

/// Expectation fulfilment from a number, or from a scale whose points are per cent. None without answers.
pub fn expectation(above: Above, measure: &Measure, counts: &Counts) -> Option<Fulfilled> {
    let as_given = item_mean((measure, counts))?;
    let mean = match above {
        Above::Counted => Some(as_given),
        Above::Capped => capped_mean(measure, counts),
    };
    Some(Fulfilled { mean, n: counts.answered, fulfilled: score::fulfilled(measure, counts) })
}

fn capped_mean(measure: &Measure, counts: &Counts) -> Option<Exact> {
    let (values, cells, parts): (Vec<i64>, &[u64], u32) = match measure {
        Measure::Rating { points, .. } => (points.clone(), &counts.choices, 1),
        Measure::Number { bins, scaled_by } => (bins.iter().map(|bin| bin.from).collect(), &counts.bins, *scaled_by),
        _ => return None,
    };
    let whole = WHOLE * i64::from(parts);
    let sum_of = |cap: i64| -> i128 {
        let pairs = values.iter().zip(cells);
        pairs.map(|(value, n)| i128::from((*value).min(cap)) * i128::from(*n)).sum()
    };
    // every answer stands at the first value of its class, or nobody gave more than 100
    let is_told = matches!(measure, Measure::Rating { .. }) || sum_of(i64::MAX) == i128::from(counts.sum);
    let is_below = values.contains(&whole) && values.iter().zip(cells).all(|(value, n)| *value < whole || *n == 0);
    let sum = if is_told { sum_of(whole) } else { i128::from(counts.sum) };
    (is_told || is_below).then(|| Exact::new(sum, u128::from(counts.answered) * u128::from(parts)))?
}

#[cfg(test)]
mod tests {
    use super::super::input::Bin;
    use super::*;

    fn rating() -> Measure {
        Measure::Rating { codes: (1..=5).map(|code: i64| code.to_string()).collect(), points: vec![1, 2, 3, 4, 5] }
    }

    fn counts(choices: [u64; 5]) -> Counts {
        let answered = choices.iter().sum();
        Counts { asked: answered, answered, choices: choices.to_vec(), ..Counts::default() }
    }

    fn percent(k: u64, n: u64) -> String {
        item_share((&rating(), &counts([0, n - k, 0, k, 0]))).unwrap().print(1)
    }

    #[test]
    fn published_shares_come_out() {
        let printed = [percent(297, 300), percent(187, 200), percent(352, 394), percent(448, 578)];
        assert_eq!(printed, ["99.0", "93.5", "89.3", "77.5"]);
    }

    fn group(name: &str, hundredths: i128, n: u64, pupils: Option<u64>) -> Group {
        Group { name: name.into(), value: Exact::new(hundredths, 100).unwrap(), n, pupils }
    }

    /// Thành phố Hồ Chí Minh, 2024: 96,19 % was printed; the simple mean of parents and pupils is 96,195.
    #[test]
    fn groups_are_combined_by_either_habit() {
        let both = [group("parents", 9660, 14_128, Some(600_000)), group("pupils", 9579, 4_876, Some(200_000))];
        let by = |rule| across(rule, &both).unwrap().print(2);
        assert_eq!([by(GroupRule::Simple), by(GroupRule::ByAnswers)], ["96.20", "96.39"]);
        assert_eq!(by(GroupRule::ByPupils), "96.40", "(3·96,60 + 95,79) / 4 = 96,3975");
    }

    #[test]
    fn weights_that_are_not_known_are_named_and_not_guessed() {
        let groups = [group("mam_non", 9000, 10, None), group("thcs", 9000, 10, Some(5)), group("thpt", 1, 1, Some(0))];
        let missing = Uncombined::NoPupils(vec!["mam_non".into(), "thpt".into()]);
        assert_eq!(across(GroupRule::ByPupils, &groups), Err(missing));
        assert_eq!(across(GroupRule::Simple, &[]), Err(Uncombined::Nothing));
        assert!(across(GroupRule::Simple, &groups).is_ok());
    }

    /// Thành phố Hồ Chí Minh, 2023: 90 / 89,4 / 90,6 / 91 / 90,2 make 90,24.
    #[test]
    fn the_whole_is_the_mean_of_the_domains() {
        let domains = [9000, 8940, 9060, 9100, 9020].map(|share| Exact::new(share, 100).unwrap());
        assert_eq!(Exact::mean(domains).unwrap().print(2), "90.24");
    }

    #[test]
    fn the_two_rules_differ_where_bases_do() {
        let (measure, many, few) = (rating(), counts([0, 0, 0, 0, 90]), counts([10, 0, 0, 0, 0]));
        let items = [(&measure, &many), (&measure, &few)];
        let by = |rule| domain(rule, &items).unwrap();
        let (simple, pooled) = (by(ItemRule::MeanOfItems), by(ItemRule::Pooled));
        assert_eq!((simple.mean.print(2), simple.share.print(1)), ("3.00".into(), "50.0".into()));
        assert_eq!((pooled.mean.print(2), pooled.share.print(1)), ("4.60".into(), "90.0".into()));
        assert_eq!((pooled.k, pooled.n, simple.k, simple.n), (90, 100, 90, 100));
    }

    #[test]
    fn an_item_without_answers_is_left_out_and_counted() {
        let (measure, some, none) = (rating(), counts([0, 0, 0, 1, 0]), counts([0; 5]));
        let block = domain(ItemRule::MeanOfItems, &[(&measure, &some), (&measure, &none)]).unwrap();
        assert_eq!((block.mean.print(2), block.used, block.items), ("4.00".into(), 1, 2));
        assert_eq!(domain(ItemRule::Pooled, &[(&measure, &none)]), None);
        assert_eq!(domain(ItemRule::Pooled, &[(&Measure::Text, &some)]), None);
    }

    #[test]
    fn domains_count_alike_and_answers_count_alike() {
        let (measure, low, high) = (rating(), counts([1, 0, 0, 0, 0]), counts([0, 0, 0, 0, 3]));
        let domains = [vec![(&measure, &low)], vec![(&measure, &high), (&measure, &high)], vec![]];
        let by = |rule| overall(rule, &domains).unwrap();
        assert_eq!(by(ItemRule::MeanOfItems).mean.print(2), "3.00");
        assert_eq!(by(ItemRule::Pooled).mean.print(2), "4.43", "31 points over 7 answers");
        assert_eq!((by(ItemRule::MeanOfItems).used, by(ItemRule::MeanOfItems).items), (3, 3));
        assert_eq!(overall(ItemRule::Pooled, &[]), None);
    }

    fn in_bins(froms: &[i64], bins: &[u64], sum: i64) -> (Measure, Counts) {
        let bin = |from: &i64| Bin { label: from.to_string(), from: *from };
        let measure = Measure::Number { bins: froms.iter().map(bin).collect(), scaled_by: 1 };
        let answered = bins.iter().sum();
        (measure, Counts { asked: answered, answered, sum, bins: bins.to_vec(), ..Counts::default() })
    }

    #[test]
    fn expectations_above_the_whole_count_as_they_are_or_as_100() {
        let (measure, counts) = in_bins(&[60, 80, 100, 120], &[1, 1, 1, 1], 360);
        let mean = |above| expectation(above, &measure, &counts).unwrap().mean.unwrap().print(2);
        assert_eq!([mean(Above::Counted), mean(Above::Capped)], ["90.00", "85.00"]);
        assert_eq!(expectation(Above::Capped, &measure, &counts).unwrap().fulfilled, Some(3));
    }

    #[test]
    fn what_classes_do_not_tell_is_not_guessed() {
        let (measure, counts) = in_bins(&[0, 100], &[2, 2], 350);
        assert_eq!(expectation(Above::Capped, &measure, &counts).unwrap().mean, None);
        let (measure, counts) = in_bins(&[0, 100], &[2, 0], 150);
        assert_eq!(expectation(Above::Capped, &measure, &counts).unwrap().mean.unwrap().print(2), "75.00");
        let (measure, counts) = in_bins(&[], &[], 0);
        assert_eq!(expectation(Above::Capped, &measure, &counts), None);
    }
}
