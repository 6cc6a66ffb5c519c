//! `langnghe verify`: recounts everything from the submissions, and rebuilds the tallies that are off where asked to.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Display;
use std::sync::Arc;

use clap::Args;

use crate::catalogue::{Catalogue, Published};
use crate::command::{CommandError, bar, open_store, output};
use crate::config::DataConfig;
use crate::frame::exclusion;
use crate::intake::form::recounted;
use crate::store::rebuild::{self, Alone};
use crate::store::rounds::RoundRow;
use crate::store::submissions::SubmissionRow;
use crate::store::tallies::{Counts, TallyKey};
use crate::store::{Db, Store, StoreError, exclusions, releases, retention, rounds, submissions, tallies};

/// Rows per page.
const PAGE: i64 = 2000;

/// Recounting
#[derive(Debug, Clone, Args)]
pub struct VerifyCommand {
    /// Write the tallies of rounds that differ anew; only while no server runs
    #[arg(long)]
    rebuild: bool,
}

impl VerifyCommand {
    /// Recounts every round; a table of differences goes to stdout.
    ///
    /// # Errors
    /// When a tally differs from the recount, or could not be put right.
    pub fn run(self, config: &DataConfig) -> Result<(), CommandError> {
        let store = open_store(config)?;
        let catalogue = Catalogue::new(&store);
        let mut alone = if self.rebuild { Some(Alone::take(&store)?) } else { None };
        let mut total = Total::default();
        for round in store.read_now(rounds::all)? {
            // its forms were deleted after the time for which they are kept: there is nothing to recount
            if store.read_now(|db| retention::is_forgotten(db, round.id))? {
                continue;
            }
            match &mut alone {
                None => total.add(store.read_at_once(|db| check(db, &catalogue, &round))?)?,
                Some(alone) => {
                    let (checked, outcome) = alone.atomically(|db| put_right(db, &catalogue, &round))?;
                    total.add(checked)?;
                    total.say(&store, &round, outcome)?;
                }
            }
        }
        total.end(self.rebuild)
    }
}

/// What was found in all rounds.
#[derive(Default)]
struct Total {
    recounted: i64,
    /// Differences, and those of them that are still there.
    found: usize,
    left: usize,
}

impl Total {
    fn add(&mut self, checked: Checked) -> Result<(), CommandError> {
        let is_first = self.found == 0 && !checked.differences.is_empty();
        let head = is_first.then_some("round\twhat\tstored\trecounted");
        let lines = head.into_iter().chain(checked.differences.iter().map(String::as_str));
        output::print(|out| lines.into_iter().try_for_each(|line| Ok(writeln!(out, "{line}")?)))?;
        self.recounted += checked.n;
        self.found += checked.differences.len();
        self.left += checked.differences.len();
        Ok(())
    }

    fn say(&mut self, store: &Store, round: &RoundRow, outcome: Outcome) -> Result<(), CommandError> {
        let slug = &round.slug;
        match outcome {
            Outcome::Right => {}
            Outcome::Rebuilt { n, counters } => {
                self.left -= counters;
                let released = store.read_now(|db| releases::newest(db, round.id))?.is_some();
                let release = if released { "; its release stays as it was" } else { "" };
                eprintln!("{slug}: rebuilt from {n} submissions{release}.");
            }
            Outcome::Unreadable => eprintln!("{slug}: not rebuilt, because submissions cannot be read."),
        }
        Ok(())
    }

    fn end(self, rebuild: bool) -> Result<(), CommandError> {
        let Self { recounted, found, left } = self;
        match (found, left) {
            (0, _) => eprintln!("{recounted} submissions recounted: every tally agrees."),
            (_, 0) => eprintln!("{recounted} submissions recounted: every tally agrees now."),
            (_, left) if rebuild => {
                return Err(CommandError::Said(format!(
                    "{left} differences remain that no recount can put right; restore a backup from before they arose"
                )));
            }
            (_, left) => {
                return Err(CommandError::Said(format!(
                    "{left} counters differ from the submissions; stop the server and run `langnghe verify --rebuild`"
                )));
            }
        }
        Ok(())
    }
}

/// A round, counted again.
struct Checked {
    /// Submissions that could be read.
    n: i64,
    /// Lines of the table.
    differences: Vec<String>,
    /// How many of them are about counters.
    counters: usize,
    /// Whether every submission could be read.
    whole: bool,
    counts: BTreeMap<TallyKey, Counts>,
}

enum Outcome {
    Right,
    Rebuilt { n: i64, counters: usize },
    Unreadable,
}

/// Checks a round and writes its tallies anew if they are off; call it in a transaction.
fn put_right(db: &mut Db, catalogue: &Catalogue, round: &RoundRow) -> Result<(Checked, Outcome), StoreError> {
    let checked = check(db, catalogue, round)?;
    if !checked.whole {
        return Ok((checked, Outcome::Unreadable));
    }
    if checked.counters == 0 {
        return Ok((checked, Outcome::Right));
    }
    rebuild::replace(db, round.id, &checked.counts)?;
    let excluded = exclusion::counted(db, catalogue, round.id)?;
    exclusions::put_tallies(db, round.id, &excluded)?;
    let outcome = Outcome::Rebuilt { n: checked.n, counters: checked.counters };
    Ok((checked, outcome))
}

/// Compares a round's counters and receipts with its submissions; call it where all of them are seen as of one moment.
fn check(db: &mut Db, catalogue: &Catalogue, round: &RoundRow) -> Result<Checked, StoreError> {
    let names = Names::read(db, catalogue, round)?;
    let stored = tallies::rows_of_round(db, round.id)?;
    let receipts = submissions::receipts(db, round.id)?;
    let recount = recount(db, round, &names.forms)?;
    let mut table = Table { round: &round.slug, lines: Vec::new() };
    for (id, why) in &recount.unreadable {
        table.differ(format!("submission {id}"), format!("damaged: {why}"), "");
    }
    let n: i64 = recount.counts.values().map(|counts| counts.n).sum();
    let rows = n + i64::try_from(recount.unreadable.len()).unwrap_or(0);
    // a receipt stays when its form is withdrawn; read as of the same moment as everything else
    let withdrawn = rounds::by_id(db, round.id)?.map_or(0, |round| round.withdrawn);
    if receipts != rows + withdrawn {
        table.differ("receipts", receipts, rows + withdrawn);
    }
    let others = table.lines.len();
    compare(&mut table, &names, stored, &recount.counts);
    if recount.unreadable.is_empty() {
        compare_excluded(&mut table, db, catalogue, round.id)?;
    }
    let counters = table.lines.len() - others;
    Ok(Checked { n, differences: table.lines, counters, whole: recount.unreadable.is_empty(), counts: recount.counts })
}

/// What is left out of every figure is taken from the counters: it must be what those forms added.
fn compare_excluded(
    table: &mut Table<'_>,
    db: &mut Db,
    catalogue: &Catalogue,
    round_id: i64,
) -> Result<(), StoreError> {
    let mut stored = exclusions::tallies(db, round_id)?;
    // a key whose excluded forms were all withdrawn says nothing
    stored.retain(|_, counts| counts.n != 0);
    let recounted = exclusion::counted(db, catalogue, round_id)?;
    if stored != recounted {
        let n = |counts: &BTreeMap<TallyKey, Counts>| counts.values().map(|counts| counts.n).sum::<i64>();
        table.differ("excluded", n(&stored), n(&recounted));
    }
    Ok(())
}

struct Table<'a> {
    round: &'a str,
    lines: Vec<String>,
}

impl Table<'_> {
    fn differ(&mut self, what: impl Display, stored: impl Display, recounted: impl Display) {
        self.lines.push(format!("{}\t{what}\t{stored}\t{recounted}", self.round));
    }
}

fn compare(table: &mut Table<'_>, names: &Names, stored: Vec<tallies::Stored>, recounted: &BTreeMap<TallyKey, Counts>) {
    let nothing = Counts::default();
    let mut sums = BTreeMap::<TallyKey, Counts>::new();
    let mut damaged = BTreeSet::new();
    for row in stored {
        match row.counts {
            Ok(counts) => add(sums.entry(row.key).or_default(), &counts),
            Err(why) => {
                let right = recounted.get(&row.key).unwrap_or(&nothing).n;
                table.differ(format!("{} shard {}", names.of(&row.key), row.shard), format!("damaged: {why}"), right);
                damaged.insert(row.key);
            }
        }
    }
    let keys: BTreeSet<&TallyKey> = sums.keys().chain(recounted.keys()).collect();
    for key in keys.into_iter().filter(|key| !damaged.contains(key)) {
        let (old, new) = (sums.get(key).unwrap_or(&nothing), recounted.get(key).unwrap_or(&nothing));
        let what = names.of(key);
        if old.n != new.n {
            table.differ(format!("{what} n"), old.n, new.n);
        }
        for at in 0..old.cells.len().max(new.cells.len()) {
            let [old, new] = [old, new].map(|counts| counts.cells.get(at).copied().unwrap_or(0));
            if old != new {
                table.differ(format!("{what} cell {at}"), old, new);
            }
        }
    }
}

/// Adds what may be damaged: a counter that went wild must not stop the program.
fn add(sum: &mut Counts, more: &Counts) {
    sum.n = sum.n.saturating_add(more.n);
    if sum.cells.len() < more.cells.len() {
        sum.cells.resize(more.cells.len(), 0);
    }
    for (cell, more) in sum.cells.iter_mut().zip(&more.cells) {
        *cell = cell.saturating_add(*more);
    }
}

/// How questionnaires and units are called; a number where a damaged row names none.
struct Names {
    forms: HashMap<i64, Arc<Published>>,
    units: HashMap<i64, String>,
}

impl Names {
    fn read(db: &mut Db, catalogue: &Catalogue, round: &RoundRow) -> Result<Self, StoreError> {
        let forms = catalogue.of_round(db, round.id)?;
        let units = rounds::units(db, round.id)?;
        Ok(Self {
            forms: forms.into_iter().map(|form| (form.id, form)).collect(),
            units: units.into_iter().map(|unit| (unit.id, unit.code)).collect(),
        })
    }

    fn of(&self, key: &TallyKey) -> String {
        let version = self.forms.get(&key.version_id);
        let version = version.map(|form| format!("{}/{}", form.questionnaire.code, form.version));
        let version = version.unwrap_or_else(|| key.version_id.to_string());
        let unit = self.units.get(&key.unit_id).cloned().unwrap_or_else(|| key.unit_id.to_string());
        format!("version {version} unit {unit} {} {:?}", key.channel, key.stratum)
    }
}

/// The tallies as the submissions alone give them.
#[derive(Default)]
struct Recount {
    counts: BTreeMap<TallyKey, Counts>,
    /// Submissions that cannot be read, and why.
    unreadable: Vec<(String, String)>,
}

/// Counts in pages, so that memory stays small.
fn recount(db: &mut Db, round: &RoundRow, forms: &HashMap<i64, Arc<Published>>) -> Result<Recount, StoreError> {
    let total = submissions::count(db, round.id)?;
    let progress = bar(u64::try_from(total).unwrap_or(0));
    let mut recount = Recount::default();
    let mut after = Vec::new();
    loop {
        let page = submissions::page(db, round.id, &after, PAGE)?;
        let Some(last) = page.last() else { break };
        after.clone_from(&last.id);
        progress.inc(page.len() as u64);
        for row in page {
            let id = data_encoding::HEXLOWER.encode(&row.id);
            if let Err(why) = count(&mut recount.counts, round.id, row, forms) {
                recount.unreadable.push((id, why));
            }
        }
    }
    progress.finish_and_clear();
    Ok(recount)
}

fn count(
    counts: &mut BTreeMap<TallyKey, Counts>,
    round_id: i64,
    row: SubmissionRow,
    forms: &HashMap<i64, Arc<Published>>,
) -> Result<(), String> {
    let form = forms.get(&row.version_id).ok_or("it names an unknown version")?;
    let (stratum, cells) = recounted(form, &row.answers)?;
    let key =
        TallyKey { round_id, version_id: row.version_id, unit_id: row.unit_id, channel: row.channel.into(), stratum };
    counts.entry(key).or_default().add(&Counts { n: 1, cells });
    Ok(())
}
