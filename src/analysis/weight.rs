//! Weights by enrolment: each form of a cell (unit × level) stands for `w_h = N_h / n_h` pupils (domain.md §2.4, formula 10).
//!
//! Cells without forms cannot be weighted up, cells without a number of pupils have no weight: both are named and left out,
//! never guessed. Weighted figures are exact; their standard errors follow from linearisation. With
//! `z_i = w_i·(x_i − r)/Σw` of those who answered the question, and 0 of the others, where `r` is the weighted mean:
//!
//! * drawn in each cell on its own: `Σ_h (1 − n_h/N_h) · n_h/(n_h−1) · Σ_{i∈h} (z_i − z̄_h)²`;
//! * drawn from all at once and weighted afterwards: `(1 − n/N) · n/(n−1) · Σ_h Σ_{i∈h} (z_i − z̄_h)²`;
//!
//! the only form of a cell has `z²` instead of `(z − z̄_h)²`.
//!
//! These are the formulas of stratified samples and of post-stratification in the textbooks (Särndal, Swensson, Wretman 1992,
//! ch. 5 and 7). A share is the mean of zeros and ones; its interval is Wilson's with `p(1−p)/v` forms, which without weights is
//! nearly that of [`Sample::share`](super::interval::Sample::share) (`n − 1` forms where that has `n`). Where every cell agrees with
//! itself nothing tells `v`, and the forms are Kish's `(Σw)²/Σw²` of those who answered.

use super::exact::{Exact, Weighing};
use super::interval::{Estimate, Interval, NoInterval, wilson};
use super::method::{Design, ItemRule, Reach};

/// One cell: a level of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// What it is called, for whoever has to be told about it.
    pub name: String,
    /// Its pupils; none: not known.
    pub pupils: Option<u64>,
    /// Its forms.
    pub n: u64,
}

/// What the cells of a round weigh.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weights {
    /// Of each cell, in the order in which they came: pupils and forms; none: it has no weight.
    cells: Vec<Option<(u64, u64)>>,
    /// The same, for sums; 0 where there is no weight.
    weighing: Weighing,
    /// Names of cells whose pupils are not known, or none.
    pub without_pupils: Vec<String>,
    /// Names of cells from which no form came.
    pub without_forms: Vec<String>,
    /// Names of cells with more forms than pupils.
    pub more_than_pupils: Vec<String>,
    /// Names of cells with one form: how different its pupils are cannot be told.
    pub single: Vec<String>,
}

/// What the weights cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Forms that have a weight.
    pub n: u64,
    /// Kish's design effect `n·Σw² / (Σw)²`; 1 where all weigh the same.
    pub effect: Exact,
    /// `n / effect`: so many unweighted forms would tell as much.
    pub effective: Exact,
}

/// Answers of one cell: how many of each number of points, in the order of the question's points.
pub type Answers<'a> = &'a [u64];

impl Weights {
    /// Of these cells.
    pub fn of(cells: &[Cell]) -> Self {
        let names =
            |is: fn(&Cell) -> bool| cells.iter().filter(|cell| is(cell)).map(|cell| cell.name.clone()).collect();
        let weight =
            |cell: &Cell| cell.pupils.filter(|pupils| *pupils > 0 && cell.n > 0).map(|pupils| (pupils, cell.n));
        Self {
            cells: cells.iter().map(weight).collect(),
            weighing: Weighing::of(cells.iter().map(|cell| weight(cell).unwrap_or((0, 1)))),
            without_pupils: names(|cell| cell.pupils.is_none_or(|pupils| pupils == 0) && cell.n > 0),
            without_forms: names(|cell| cell.n == 0),
            more_than_pupils: names(|cell| cell.pupils.is_some_and(|pupils| pupils > 0 && cell.n > pupils)),
            single: names(|cell| cell.n == 1 && cell.pupils.is_some_and(|pupils| pupils > 1)),
        }
    }

    /// Whether the forms of a cell have a weight.
    pub fn has(&self, cell: usize) -> bool {
        self.cells.get(cell).is_some_and(Option::is_some)
    }

    /// What a form of a cell weighs; none: nothing that is known.
    pub fn weight(&self, cell: usize) -> Option<Exact> {
        let (pupils, n) = (*self.cells.get(cell)?)?;
        Exact::new(i128::from(pupils), u128::from(n))
    }

    /// What weighting costs; none where no form has a weight.
    pub fn cost(&self) -> Option<Cost> {
        let known = || self.cells.iter().flatten();
        let (n, pupils) = (known().map(|(_, n)| n).sum::<u64>(), known().map(|(pupils, _)| pupils).sum::<u64>());
        let pair = |cell: &Option<(u64, u64)>| cell.map_or((0, 0), |(pupils, n)| (i128::from(pupils), n));
        // Σw is the pupils, and Σw² is Σ w·N/n over cells of n forms
        let squares = self.weighing.quotient(self.cells.iter().map(pair))?;
        let effect = squares.times(&Exact::whole(n)).over(&Exact::whole(pupils))?;
        let effective = Exact::whole(n).over(&effect)?;
        Some(Cost { n, effect, effective })
    }

    /// The weighted mean of points. `answers` has one list per cell. None where nobody who has a weight answered.
    pub fn mean(&self, points: &[i64], answers: &[Answers<'_>]) -> Option<Exact> {
        self.weighing.quotient(answers.iter().map(|counts| pair(points, counts)))
    }

    /// The weighted mean of several items together by the rule (formulas 3 and 4): each with the points of its choices and its
    /// answers, one list per cell. An item of which nobody with a weight answered is left out.
    pub fn together(&self, rule: ItemRule, items: &[(Vec<i64>, Vec<Answers<'_>>)]) -> Option<Exact> {
        if rule == ItemRule::MeanOfItems {
            return Exact::mean(items.iter().filter_map(|(points, answers)| self.mean(points, answers)));
        }
        let pairs = (0..self.cells.len()).map(|cell| {
            let own = items.iter().filter_map(|(points, answers)| Some(pair(points, answers.get(cell)?)));
            own.fold((0, 0), |(sum, n), (points, answered)| (sum + points, n + answered))
        });
        self.weighing.quotient(pairs)
    }

    /// The weighted share in per cent of the answers for which `is_in` is 1 instead of 0.
    pub fn share(&self, is_in: &[i64], answers: &[Answers<'_>]) -> Option<Exact> {
        Some(self.mean(is_in, answers)?.times(&Exact::whole(100)))
    }

    /// How sure the weighted mean of points is.
    ///
    /// # Errors
    /// No sample was drawn, or a cell has more forms than pupils.
    pub fn estimate(
        &self,
        reach: Reach,
        points: &[i64],
        answers: &[Answers<'_>],
    ) -> Result<Option<Estimate>, NoEstimate> {
        let design = self.design(reach)?;
        Ok(self
            .linearised(design, points, answers)
            .and_then(|spread| Estimate::student(spread.value, spread.variance.sqrt(), self.freedom(design))))
    }

    /// The interval of the weighted share, from 0 to 1, of the answers for which `is_in` is 1 instead of 0.
    ///
    /// # Errors
    /// As for [`Self::estimate`].
    pub fn share_interval(
        &self,
        reach: Reach,
        is_in: &[i64],
        answers: &[Answers<'_>],
    ) -> Result<Option<Interval>, NoEstimate> {
        let design = self.design(reach)?;
        let Some(Spread { value, variance }) = self.linearised(design, is_in, answers) else { return Ok(None) };
        let product = value * (1.0 - value);
        Ok(match () {
            () if self.is_census(answers) => Some(Interval { low: value, high: value }),
            // no spread to tell from, of all or within any cell: as sure as so many unweighted answers
            () if product < 1e-12 => self.answered(answers).and_then(|n| wilson(value.round(), n)),
            () if variance <= 1e-12 * product => self.answered(answers).and_then(|n| wilson(value, n)),
            () => wilson(value, product / variance),
        })
    }

    /// Whether every pupil of every cell with a weight answered, so that nothing is left to chance.
    fn is_census(&self, answers: &[Answers<'_>]) -> bool {
        let mut cells = self.cells.iter().zip(answers).filter_map(|(cell, counts)| Some(((*cell)?, counts)));
        cells.all(|((pupils, _), counts)| counts.iter().sum::<u64>() == pupils)
    }

    /// Kish's `(Σw)² / Σw²` of those who answered a question; none where nobody with a weight did.
    fn answered(&self, answers: &[Answers<'_>]) -> Option<f64> {
        let cells = self.cells.iter().zip(answers).filter_map(|(cell, counts)| Some(((*cell)?, counts)));
        let (sum, squares) = cells.fold((0.0, 0.0), |(sum, squares), ((pupils, n), counts)| {
            let (weight, answered) = (pupils as f64 / n as f64, counts.iter().sum::<u64>() as f64);
            (sum + weight * answered, squares + weight * weight * answered)
        });
        (squares > 0.0).then(|| sum * sum / squares)
    }

    fn design(&self, reach: Reach) -> Result<Design, NoEstimate> {
        let design = match reach {
            Reach::OpenLink => return Err(NoEstimate::NoSample(NoInterval::OpenLink)),
            Reach::Everybody => return Err(NoEstimate::NoSample(NoInterval::Everybody)),
            Reach::Drawn(design) => design,
        };
        match design {
            _ if !self.more_than_pupils.is_empty() => Err(NoEstimate::MoreThanPupils(self.more_than_pupils.clone())),
            design => Ok(design),
        }
    }

    /// Forms minus what was drawn on its own.
    fn freedom(&self, design: Design) -> f64 {
        let known = || self.cells.iter().flatten();
        let n: u64 = known().map(|(_, n)| n).sum();
        let parts = match design {
            Design::Simple => 1,
            Design::Stratified => known().count() as u64,
        };
        n.saturating_sub(parts) as f64
    }

    fn linearised(&self, design: Design, points: &[i64], answers: &[Answers<'_>]) -> Option<Spread> {
        let value = self.mean(points, answers)?.to_f64();
        let weighted = |(cell, counts): (&Option<(u64, u64)>, &Answers<'_>)| {
            cell.map_or(0.0, |(pupils, n)| pupils as f64 / n as f64 * counts.iter().sum::<u64>() as f64)
        };
        let base: f64 = self.cells.iter().zip(answers).map(weighted).sum();
        let (all, forms) = self.cells.iter().flatten().fold((0, 0), |(all, forms), (p, n)| (all + p, forms + n));
        let mut variance = 0.0;
        for (cell, counts) in self.cells.iter().zip(answers) {
            let Some((pupils, n)) = *cell else { continue };
            let weight = pupils as f64 / n as f64 / base;
            let squares = match n {
                1 => square_alone(weight, value, points, counts),
                _ => squares_in_cell(weight, value, n, points, counts),
            };
            variance += match design {
                Design::Stratified if n > 1 => correction(n, pupils) * squares,
                Design::Stratified => (1.0 - 1.0 / pupils as f64) * squares,
                Design::Simple => correction(forms, all) * squares,
            };
        }
        Some(Spread { value, variance })
    }
}

/// `(1 − n/N) · n/(n−1)`
fn correction(n: u64, all: u64) -> f64 {
    (1.0 - n as f64 / all as f64) * n as f64 / (n as f64 - 1.0)
}

/// `Σ (z − z̄)²` of a cell, those who did not answer the question among them with 0.
fn squares_in_cell(weight: f64, value: f64, n: u64, points: &[i64], counts: &[u64]) -> f64 {
    let z = || points.iter().zip(counts).map(|(x, count)| (weight * (*x as f64 - value), *count as f64));
    let mean = z().map(|(z, count)| z * count).sum::<f64>() / n as f64;
    let silent = n.saturating_sub(counts.iter().sum()) as f64;
    z().map(|(z, count)| (z - mean).powi(2) * count).sum::<f64>() + silent * mean * mean
}

/// `z²` of the only form of a cell, which nothing in the cell can be held against: it is held against the whole, so that it makes an
/// interval wider and never narrower (Lumley 2010, ch. 2; R's `survey.lonely.psu = "adjust"`). 0 if it did not answer the question.
/// Where all were drawn at once R's `postStratify` takes such a form for certain, and the interval of a share of twenty answers from as
/// many schools shrinks to nothing; so here it is held against the whole as well.
fn square_alone(weight: f64, value: f64, points: &[i64], counts: &[u64]) -> f64 {
    let z = points.iter().zip(counts).map(|(x, count)| weight * (*x as f64 - value) * *count as f64);
    z.sum::<f64>().powi(2)
}

/// A figure and its variance.
struct Spread {
    value: f64,
    variance: f64,
}

/// Why a weighted figure does not say how sure it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoEstimate {
    /// No sample was drawn.
    NoSample(NoInterval),
    /// These cells have more forms than pupils.
    MoreThanPupils(Vec<String>),
}

/// Points of one cell and how many gave them.
fn pair(points: &[i64], counts: Answers<'_>) -> (i128, u64) {
    let sum = points.iter().zip(counts).map(|(x, n)| i128::from(*x) * i128::from(*n)).sum();
    (sum, counts.iter().sum())
}

#[cfg(test)]
mod tests;
