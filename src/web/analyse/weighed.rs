//! What an item says with weights, where units and levels were drawn each on its own: as they were counted, answers lean towards
//! where more were drawn.

use super::figure::Row;
use crate::analysis::interval::Interval;
use crate::analysis::method::{PercentPlaces, Reach};
use crate::analysis::{Exact, Measure, combine};
use crate::chart::Bar;
use crate::tabulation::cells::Cells;
use crate::tabulation::pooled::Item;
use crate::web::method::{ends, per_cent};
use crate::web::words::Words;

/// The weights of a pool, and how its people were drawn.
#[derive(Clone, Copy)]
pub(super) struct Weighed<'c> {
    pub cells: &'c Cells<'c>,
    pub reach: Reach,
    pub places: PercentPlaces,
}

impl Weighed<'_> {
    /// The satisfied share in per cent of the item at this place of the pool.
    pub fn share(&self, (place, item): (usize, &Item<'_>)) -> Option<Exact> {
        self.cells.weights.share(&combine::is_best(item.measure)?, &self.cells.answers(place))
    }

    /// Where that share is with 95 %, from 0 to 1.
    pub fn within(&self, (place, item): (usize, &Item<'_>)) -> Option<Interval> {
        let is_best = combine::is_best(item.measure)?;
        self.cells.weights.share_interval(self.reach, &is_best, &self.cells.answers(place)).ok()?
    }

    /// On the scale's points.
    pub fn mean(&self, (place, item): (usize, &Item<'_>)) -> Option<Exact> {
        let Measure::Rating { points, .. } = item.measure else { return None };
        self.cells.weights.mean(points, &self.cells.answers(place))
    }

    /// A row with weighted mean, share and interval instead of the counted ones; its counts stay counts.
    pub fn row(&self, row: &mut Row, at: (usize, &Item<'_>), words: Words) {
        let Some(share) = self.share(at) else { return };
        row.share = per_cent(words, &share, self.places);
        row.within = self.within(at).map(|within| ends(words, within));
        row.mean = self.mean(at).map(|mean| words.decimal(mean.print(2))).unwrap_or_default();
    }

    /// The same of a bar.
    pub fn bar(&self, bar: &mut Bar, at: (usize, &Item<'_>), base: &str, words: Words) {
        let Some(share) = self.share(at) else { return };
        let values = [("share", per_cent(words, &share, self.places)), ("base", base.to_owned())];
        bar.note = words.fill("figure-weighted-note", values);
        bar.counts = self.distribution(at);
    }

    /// How the weights are spread over the choices, in hundred-thousandths: a drawing takes whole numbers.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 100,000, for a drawing")]
    fn distribution(&self, (place, item): (usize, &Item<'_>)) -> Vec<u64> {
        let (answers, choices) = (self.cells.answers(place), item.counts.choices.len());
        let share = |choice: usize| {
            let is_in: Vec<i64> = (0..choices).map(|other| i64::from(other == choice)).collect();
            self.cells.weights.share(&is_in, &answers).map_or(0.0, |share| share.to_f64())
        };
        (0..choices).map(|choice| (share(choice) * 1000.0).round() as u64).collect()
    }
}
