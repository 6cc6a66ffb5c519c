//! The rounds that a trend sets beside each other, and which units of earlier ones count.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{By, MOST, Past, Read, Wish};
use crate::analysis::method::Method;
use crate::state::State;
use crate::store::rounds::{self, RoundRow};
use crate::store::{Db, StoreError, round_methods, successions};
use crate::survey::unit::succession::lineage::{self, Step};
use crate::tabulation::Tabulation;
use crate::tabulation::choice::Choice;
use crate::vietnamese;
use crate::web::analyse::filter::Filter;
use crate::web::analyse::opened::Opened;
use crate::web::error::Failure;

/// Reads this round and those before it.
///
/// # Errors
/// The database failed.
pub(super) async fn read(opened: Opened, wish: &Wish) -> Result<Read, Failure> {
    let state = opened.state()?;
    let (inner, by, filter) = (state.clone(), wish.by(), opened.filter.clone());
    let (round, tabulation, method) = (opened.round.clone(), opened.tabulation.clone(), opened.method);
    let (now, pasts) = state
        .store
        .read(move |db| {
            let now = Past {
                slug: round.slug.clone(),
                title: round.title.clone(),
                day: vietnamese::local(round.closes_at).date(),
                method,
                choice: filter.choice(),
                tabulation,
                divided: Vec::new(),
                left_out: Vec::new(),
            };
            let pasts = pasts(db, &inner, &round, &now, &filter, by)?;
            Ok((now, pasts))
        })
        .await?;
    Ok(Read { opened, now, pasts })
}

/// Earlier rounds of the same office that asked this audience something of the same, the latest first.
fn pasts(
    db: &mut Db,
    state: &State,
    round: &RoundRow,
    now: &Past,
    filter: &Filter,
    by: By,
) -> Result<Vec<Past>, StoreError> {
    let steps = successions::steps(db, state.clock.today())?;
    let mut earlier: Vec<RoundRow> = rounds::all(db)?;
    earlier.retain(|one| {
        let is_before = (one.closes_at, one.id) < (round.closes_at, round.id);
        one.owner_id == round.owner_id && one.opens_at.is_some() && is_before && !one.is_sealed()
    });
    earlier.sort_by_key(|one| std::cmp::Reverse((one.closes_at, one.id)));
    let mut pasts = Vec::new();
    for one in earlier {
        let tabulation = state.tabulations.of(db, &state.catalogue, &one, state.clock.now())?;
        if pasts.len() < MOST && shares(&tabulation, &now.tabulation, filter) {
            let method = round_methods::of_round(db, one.id)?;
            pasts.push(past(&one, tabulation, method, &steps, now, filter, by));
        }
    }
    Ok(pasts)
}

/// Whether forms came in to something that both rounds ask this audience.
fn shares(one: &Tabulation, other: &Tabulation, filter: &Filter) -> bool {
    let (then, now) =
        (one.pooled(filter.audience, &Choice::default()), other.pooled(filter.audience, &Choice::default()));
    then.n > 0 && now.items.iter().any(|item| then.items.iter().any(|then| then.question.code == item.question.code))
}

fn past(
    round: &RoundRow,
    tabulation: Arc<Tabulation>,
    method: Method,
    steps: &[Step],
    now: &Past,
    filter: &Filter,
    by: By,
) -> Past {
    let day = vietnamese::local(round.closes_at).date();
    let named =
        |codes: &BTreeSet<String>| codes.iter().filter_map(|code| tabulation.units.get(code)).cloned().collect();
    let (mut divided, mut left_out) = (Vec::new(), Vec::new());
    let units = match (by, &filter.unit) {
        (By::Surveyed, unit) => unit.clone().map(|unit| BTreeSet::from([unit])),
        (By::Current, unit) => {
            let own: Vec<&String> =
                unit.as_ref().map_or_else(|| now.tabulation.units.keys().collect(), |unit| vec![unit]);
            let mut all = lineage::Lineage::default();
            for code in own {
                let one = lineage::before(steps, code, day);
                all.units.extend(one.units);
                all.divided.extend(one.divided);
            }
            divided = named(&all.divided);
            if unit.is_none() {
                let others = tabulation.units.keys().filter(|code| !all.units.contains(*code)).cloned().collect();
                left_out = named(&others);
            }
            Some(all.units)
        }
    };
    let choice = Choice { units, ..filter.choice() };
    Past { slug: round.slug.clone(), title: round.title.clone(), day, method, choice, divided, left_out, tabulation }
}
