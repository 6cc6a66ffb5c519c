//! `langnghe verify`: recounts everything from the submissions.

use std::collections::{BTreeMap, HashMap};

use crate::command::{CommandError, bar, open};
use crate::config::DataConfig;
use crate::state::State;
use crate::store::rounds::RoundRow;
use crate::store::tallies::{Counts, TallyKey};
use crate::store::{StoreError, rounds, submissions, tallies};
use crate::survey::raw::RawAnswers;
use crate::survey::submission::restore;

/// Rows per page.
const PAGE: i64 = 2000;

/// Recounts every round; a table of differences goes to stdout.
///
/// # Errors
/// When a tally differs from the recount.
pub fn run(config: &DataConfig) -> Result<(), CommandError> {
    let state = open(config)?;
    let mut differences = Vec::new();
    let mut recounted = 0;
    for round in state.store.read_now(rounds::all)? {
        recounted += verify_round(&state, &round, &mut differences)?;
    }
    if differences.is_empty() {
        eprintln!("{recounted} submissions recounted: every tally agrees.");
        return Ok(());
    }
    println!("round\twhat\tstored\trecounted");
    differences.iter().for_each(|line| println!("{line}"));
    Err(CommandError::Said(format!("{} counters differ from the submissions", differences.len())))
}

fn verify_round(state: &State, round: &RoundRow, differences: &mut Vec<String>) -> Result<i64, CommandError> {
    let (stored, receipts) =
        state.store.read_now(|db| Ok((tallies::of_round(db, round.id)?, submissions::receipts(db, round.id)?)))?;
    let stored: BTreeMap<TallyKey, Counts> = stored.into_iter().collect();
    let recount = recount(state, round)?;
    let n: i64 = recount.values().map(|counts| counts.n).sum();
    let slug = &round.slug;
    if receipts != n {
        differences.push(format!("{slug}\treceipts\t{receipts}\t{n}"));
    }
    let keys: std::collections::BTreeSet<&TallyKey> = stored.keys().chain(recount.keys()).collect();
    let nothing = Counts::default();
    for key in keys {
        let (old, new) = (stored.get(key).unwrap_or(&nothing), recount.get(key).unwrap_or(&nothing));
        let what = format!("version {} unit {} {} {:?}", key.version_id, key.unit_id, key.channel, key.stratum);
        if old.n != new.n {
            differences.push(format!("{slug}\t{what} n\t{}\t{}", old.n, new.n));
        }
        for at in 0..old.cells.len().max(new.cells.len()) {
            let [old, new] = [old, new].map(|counts| counts.cells.get(at).copied().unwrap_or(0));
            if old != new {
                differences.push(format!("{slug}\t{what} cell {at}\t{old}\t{new}"));
            }
        }
    }
    Ok(n)
}

/// The tallies as the submissions alone give them.
fn recount(state: &State, round: &RoundRow) -> Result<BTreeMap<TallyKey, Counts>, StoreError> {
    let forms = state.store.read_now(|db| state.catalogue.of_round(db, round.id))?;
    let forms: HashMap<i64, _> = forms.into_iter().map(|form| (form.id, form)).collect();
    let total = state.store.read_now(|db| submissions::count(db, round.id))?;
    let progress = bar(u64::try_from(total).unwrap_or(0));
    let mut counts = BTreeMap::<TallyKey, Counts>::new();
    let mut after = Vec::new();
    loop {
        let page = state.store.read_now(|db| submissions::page(db, round.id, &after, PAGE))?;
        let Some(last) = page.last() else { break };
        after.clone_from(&last.id);
        progress.inc(page.len() as u64);
        for row in page {
            let damaged = |why: String| StoreError::corrupt("submission", why);
            let form = forms.get(&row.version_id).ok_or_else(|| damaged("unknown version".to_owned()))?;
            let raw: RawAnswers<'_> = serde_json::from_str(&row.answers).map_err(|e| damaged(e.to_string()))?;
            let submission = restore(&form.questionnaire, &raw).map_err(|wrong| damaged(format!("{wrong:?}")))?;
            let key = TallyKey {
                round_id: round.id,
                version_id: row.version_id,
                unit_id: row.unit_id,
                channel: row.channel,
                stratum: submission.stratum(&form.questionnaire),
            };
            let sum = counts.entry(key).or_default();
            sum.n += 1;
            sum.cells.resize(form.layout.len(), 0);
            form.layout.count(&form.questionnaire, &submission.slots, &mut sum.cells);
        }
    }
    progress.finish_and_clear();
    Ok(counts)
}
