//! What is said about a cross-tab: on which forms it stands, whether chance explains it, and its means.

use super::names;
use super::view::{MeanRow, Printer};
use crate::analysis::crosstab::{LEAST_EXPECTED, Means, Spread, Test, Untested};
use crate::analysis::interval::{Interval, NoInterval, Sample};
use crate::web::analyse::figure::FEW;
use crate::web::analyse::file::DIGITS;

impl Printer<'_> {
    pub(super) fn bases(&self) -> Vec<String> {
        let table = self.table;
        let base = [("base", self.count(table.base)), ("forms", self.count(table.forms))];
        let mut said = vec![self.words.fill("crosstab-base", base)];
        for (variable, absent) in [(self.plan.row, table.no_row), (self.plan.column, table.no_column)] {
            let reasons = ["not-asked", "skipped", "not-applicable"].iter().zip(absent).filter(|(_, n)| *n > 0);
            let reasons = reasons.map(|(why, n)| self.words.with(&format!("crosstab-{why}"), "n", self.count(n)));
            let reasons: Vec<String> = reasons.collect();
            if !reasons.is_empty() {
                let outside = [("variable", names::variable(variable, self.words)), ("reasons", reasons.join(", "))];
                said.push(self.words.fill("crosstab-outside", outside));
            }
        }
        if table.overlaps {
            said.push(self.words.say("crosstab-overlaps"));
        }
        if self.plan.row.is_uneven || self.plan.column.is_uneven {
            said.push(self.words.say("crosstab-uneven"));
        }
        said
    }

    pub(super) fn test(&self, test: &Test) -> Vec<String> {
        let words = self.words;
        match test {
            Test::Made(made) => {
                let values = [
                    ("statistic", self.float(made.statistic, 2)),
                    ("freedom", made.freedom.to_string()),
                    ("p", self.p(made.p)),
                    ("chance", self.chance(made.p)),
                    ("v", self.float(made.v, 3)),
                ];
                let strength = match made.v {
                    v if v < 0.1 => "crosstab-v-hardly",
                    v if v < 0.3 => "crosstab-v-weak",
                    v if v < 0.5 => "crosstab-v-some",
                    _ => "crosstab-v-strong",
                };
                // how strong chance is does not matter
                let found: &[&str] =
                    if made.p < 0.05 { &["crosstab-related", strength] } else { &["crosstab-unrelated"] };
                let counted = self.samples.is_weighted().then_some("crosstab-test-counted");
                let measured = ["crosstab-chi", "crosstab-v"].map(|name| words.fill(name, values.clone()));
                found.iter().copied().chain(counted).map(|name| words.say(name)).chain(measured).collect()
            }
            Test::Not(Untested::Overlapping) => vec![words.say("crosstab-test-overlapping")],
            Test::Not(Untested::Uneven) => vec![words.say("crosstab-test-uneven")],
            Test::Not(Untested::NothingToCompare) => vec![words.say("crosstab-test-nothing")],
            Test::Not(Untested::TooFew { below, cells, least }) => vec![words.fill(
                "crosstab-test-few",
                [
                    ("below", below.to_string()),
                    ("cells", cells.to_string()),
                    ("expected", LEAST_EXPECTED.to_string()),
                    ("least", self.float(*least, 2)),
                ],
            )],
        }
    }

    /// Of a thousand samples, how many chance alone would make differ so.
    fn chance(&self, p: f64) -> String {
        if p < 0.001 { self.words.say("crosstab-chance-less") } else { self.float(p * 1000.0, 0) }
    }

    fn p(&self, p: f64) -> String {
        if p < 0.001 { format!("< {}", self.words.decimal("0.001")) } else { format!("= {}", self.float(p, 3)) }
    }

    pub(super) fn float(&self, value: f64, places: usize) -> String {
        self.words.decimal(format!("{value:.places$}"))
    }

    pub(super) fn means(&self, means: &Means, columns: &[usize]) -> Vec<MeanRow> {
        let row = |label: String, spread: &Spread, sample: Result<Sample, NoInterval>| MeanRow {
            label,
            n: self.count(spread.n),
            mean: spread.mean.map_or_else(|| "–".to_owned(), |mean| self.words.decimal(mean.print(2))),
            deviation: spread.deviation.map_or_else(|| "–".to_owned(), |deviation| self.float(deviation, 2)),
            interval: match interval(spread, sample) {
                Some(it) => Some(format!("{} – {}", self.float(it.low, 2), self.float(it.high, 2))),
                None => (sample.is_ok() && spread.n > 0).then(|| self.words.say("figure-few")),
            },
        };
        let groups = columns.iter().map(|column| {
            let sample = self.samples.group(&self.plan.column.classes[*column].code);
            row(self.column_label(*column), &means.groups[*column], sample)
        });
        groups.chain([row(self.words.say("crosstab-all"), &means.all, self.samples.whole())]).collect()
    }

    /// Means as numbers, one line for each group and the last one for all, for programs and spreadsheets.
    pub(super) fn mean_lines(&self) -> Vec<Vec<String>> {
        let header = ["column", "column_label", "n", "mean", "deviation", "low", "high"].map(str::to_owned).to_vec();
        let Some(means) = self.plan.row.mean_of.map(|unit| self.table.means(unit)) else { return vec![header] };
        let number = |value: Option<f64>| value.map_or_else(String::new, |value| format!("{value:.DIGITS$}"));
        let line = |code: &str, label: String, spread: &Spread, sample: Result<Sample, NoInterval>| {
            let (mean, ends) = (spread.mean.map(|mean| mean.print(DIGITS)), interval(spread, sample));
            let numbers = [spread.deviation, ends.map(|ends| ends.low), ends.map(|ends| ends.high)].map(number);
            [code.to_owned(), label, spread.n.to_string(), mean.unwrap_or_default()]
                .into_iter()
                .chain(numbers)
                .collect()
        };
        let groups = self.shown_columns().into_iter().map(|column| {
            let code = &self.plan.column.classes[column].code;
            line(code, self.column_label(column), &means.groups[column], self.samples.group(code))
        });
        let all = line("", self.words.say("crosstab-all"), &means.all, self.samples.whole());
        std::iter::once(header).chain(groups).chain([all]).collect()
    }

    pub(super) fn between(&self, between: f64) -> String {
        self.words.with("crosstab-between", "percent", self.words.per_cent(format!("{:.1}", between * 100.0)))
    }
}

/// Where a mean is, with 95 %. Of fewer than [`FEW`] answers none is told: two of them would say “between −9 and 15” on a scale of five.
fn interval(spread: &Spread, sample: Result<Sample, NoInterval>) -> Option<Interval> {
    let sample = sample.ok().filter(|_| spread.n >= FEW)?;
    Some(spread.estimate(&sample)?.interval)
}
