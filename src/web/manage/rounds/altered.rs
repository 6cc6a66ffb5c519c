//! What an edit changed about a round, for the audit log: found by comparing the round before and after, so that no form can
//! forget to say it.

use std::collections::{BTreeMap, BTreeSet};

use crate::store::rounds::{self, RoundRow};
use crate::store::{Db, StoreError, approvals, goals};
use crate::survey::approval::Dossier;
use crate::survey::audit::Action;
use crate::survey::audit::fact::Fact;
use crate::web::deed::Deed;

/// As much of a text as the log keeps: enough to know it again.
const LETTERS: usize = 120;

/// A round at one moment.
pub(super) struct Snapshot {
    round_id: i64,
    dossier: Dossier,
    /// Forms per thousand pupils.
    goal: i64,
    /// Pupils by school and level.
    pupils: BTreeMap<(i64, String), Option<i64>>,
    /// Names of schools.
    names: BTreeMap<i64, String>,
}

impl Snapshot {
    /// The round before an edit; nothing before other deeds, which say themselves what they did.
    pub(super) fn before(db: &mut Db, deed: &Deed, round: &RoundRow) -> Result<Option<Self>, StoreError> {
        (deed.action() == Action::RoundEdited).then(|| Self::read(db, round)).transpose()
    }

    fn read(db: &mut Db, round: &RoundRow) -> Result<Self, StoreError> {
        let targets = rounds::targets(db, round.id)?.into_iter();
        Ok(Self {
            round_id: round.id,
            dossier: approvals::dossier(db, round)?,
            goal: goals::of_round(db, round.id)?.per_mille(),
            pupils: targets.map(|target| ((target.unit_id, target.level), target.eligible)).collect(),
            names: rounds::units(db, round.id)?.into_iter().map(|unit| (unit.id, unit.name)).collect(),
        })
    }

    fn schools(&self) -> BTreeSet<i64> {
        self.pupils.keys().map(|(unit_id, _)| *unit_id).collect()
    }

    fn name(&self, unit_id: i64) -> &str {
        self.names.get(&unit_id).map_or("", String::as_str)
    }

    /// What is another way now.
    fn until(&self, now: &Self) -> Vec<Fact> {
        let mut facts = dossiers(&self.dossier, &now.dossier);
        facts.extend(Fact::of("goal", self.goal, now.goal));
        let (were, are) = (self.schools(), now.schools());
        facts.extend(were.difference(&are).filter_map(|gone| Fact::of("school", self.name(*gone), "")));
        facts.extend(are.difference(&were).filter_map(|new| Fact::of("school", "", now.name(*new))));
        for (place, new) in &now.pupils {
            let Some(old) = self.pupils.get(place) else { continue };
            let said = |n: &Option<i64>| n.map_or_else(|| "?".to_owned(), |n| n.to_string());
            let what = format!("pupils {} {}", place.1, now.name(place.0));
            facts.extend(Fact::of(&what, said(old), said(new)));
        }
        facts
    }
}

/// The deed, with what it changed.
pub(super) fn told(db: &mut Db, deed: Deed, before: Option<Snapshot>) -> Result<Deed, StoreError> {
    let Some(before) = before else { return Ok(deed) };
    let Some(round) = rounds::by_id(db, before.round_id)? else { return Ok(deed) };
    Ok(Deed::changing(deed.action(), &before.until(&Snapshot::read(db, &round)?)))
}

fn dossiers(old: &Dossier, new: &Dossier) -> Vec<Fact> {
    let some = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
    let short = |text: &str| text.chars().take(LETTERS).collect::<String>();
    let notice = |dossier: &Dossier| dossier.parents_notice.clone().unwrap_or_default();
    let quotas = |dossier: &Dossier| {
        dossier.quotas.iter().map(|own| format!("{} · {}: {}", own.code, own.stratum, own.most)).collect::<Vec<_>>()
    };
    let forms = |dossier: &Dossier| {
        dossier.wordings.iter().map(|own| format!("{} ({})", own.code, own.version)).collect::<Vec<_>>()
    };
    let day = |dossier: &Dossier| dossier.results_by.map(|day| day.to_string()).unwrap_or_default();
    let facts = [
        Fact::of("title", &old.title, &new.title),
        Fact::of("contact", short(&old.contact), short(&new.contact)),
        Fact::of("closes", moment(old), moment(new)),
        Fact::of("results", day(old), day(new)),
        Fact::of("minimum", old.minimum_group, new.minimum_group),
        Fact::of("access", &old.access, &new.access),
        Fact::of("unit-most", some(old.unit_most), some(new.unit_most)),
        Fact::of("quotas", quotas(old).join("; "), quotas(new).join("; ")),
        Fact::of("pictures", old.takes_pictures, new.takes_pictures),
        Fact::of("interim", old.shows_interim, new.shows_interim),
        Fact::of("sealed", old.is_sealed, new.is_sealed),
        Fact::of("channels", old.channels.join(" "), new.channels.join(" ")),
        Fact::of("forms", forms(old).join("; "), forms(new).join("; ")),
        // a long text may differ behind what the log keeps of it
        Fact::of("notice", notice(old), notice(new)).map(|Fact(what, old, new)| Fact(what, short(&old), short(&new))),
    ];
    facts.into_iter().flatten().collect()
}

fn moment(dossier: &Dossier) -> String {
    crate::web::deed::moment(dossier.closes_at)
}
