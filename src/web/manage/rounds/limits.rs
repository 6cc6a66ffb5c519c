//! The quotas of a round as the officer sees and sets them: how many forms count from each school and of each stratum.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::fields::{Fields, pupils};
use super::trouble::Trouble;
use crate::catalogue::Published;
use crate::store::quotas::{self, StratumQuota};
use crate::store::rounds::RoundRow;
use crate::store::{Db, StoreError, tallies};
use crate::survey::question::{ExportStyle, Row as Cells};
use crate::survey::raw::Raw;
use crate::web::words::Words;

/// The strata of one questionnaire.
pub(super) struct Group {
    /// What the questionnaire is called.
    pub title: String,
    pub version_id: i64,
    pub places: Vec<Place>,
}

/// A stratum that can have a quota.
pub(super) struct Place {
    /// Names its field on the page.
    pub field: String,
    /// What it is called within its questionnaire.
    pub label: String,
    pub version_id: i64,
    pub stratum: String,
    pub most: Option<i64>,
    /// Forms that count already.
    pub n: i64,
}

impl Place {
    /// What its field shows.
    pub(super) fn usual(&self) -> String {
        self.most.map(|most| most.to_string()).unwrap_or_default()
    }

    /// How many more are taken; none: any number.
    pub(super) fn left(&self) -> Option<i64> {
        left(self.most, self.n)
    }
}

/// How many forms are taken when so many count already; none: any number.
pub(super) fn left(most: Option<i64>, n: i64) -> Option<i64> {
    most.map(|most| (most - n).max(0))
}

/// The strata of a round's questionnaires, those with one declared stratum of listed answers; others have none that could be
/// named in a word.
pub(super) fn groups(
    db: &mut Db,
    round: &RoundRow,
    forms: &[Arc<Published>],
    words: Words,
) -> Result<Vec<Group>, StoreError> {
    let known = quotas::of_round(db, round.id)?;
    let mut counted = BTreeMap::<(i64, String), i64>::new();
    // how many chose an answer is a result
    let tallied = if round.is_sealed() { Vec::new() } else { tallies::of_round(db, round.id)? };
    for (key, counts) in tallied {
        *counted.entry((key.version_id, key.stratum)).or_default() += counts.n;
    }
    let place = |version_id: i64, (stratum, label): (String, String)| {
        let own = |quota: &&StratumQuota| quota.version_id == version_id && quota.stratum == stratum;
        Place {
            field: format!("most-{version_id}-{stratum}"),
            most: known.iter().find(own).map(|quota| quota.most),
            n: counted.get(&(version_id, stratum.clone())).copied().unwrap_or(0),
            label,
            version_id,
            stratum,
        }
    };
    let group = |form: &Arc<Published>| Group {
        title: form.questionnaire.title.get(form.questionnaire.lang(words.0)).to_owned(),
        version_id: form.id,
        places: strata(form, words).into_iter().map(|stratum| place(form.id, stratum)).collect(),
    };
    Ok(forms.iter().map(group).filter(|group| !group.places.is_empty()).collect())
}

/// Code and label of each answer to the only stratum.
fn strata(form: &Published, words: Words) -> Vec<(String, String)> {
    let [only] = form.questionnaire.strata[..] else { return Vec::new() };
    let kind = &form.questionnaire.questions[only].kind;
    let style = ExportStyle { labels: Some(form.questionnaire.lang(words.0)), split: false, comma: false };
    let labelled = |code: &String| {
        let mut label = Label::default();
        kind.export(&Raw::One(code.as_str().into()), None, style, &mut label);
        (code.clone(), label.0)
    };
    form.layout.listed(only).iter().map(labelled).collect()
}

/// The first cell of an export.
#[derive(Default)]
struct Label(String);

impl Cells for Label {
    fn cell(&mut self, value: &str) {
        if self.0.is_empty() {
            value.clone_into(&mut self.0);
        }
    }
}

/// The quotas as they were typed; an empty field is no quota.
pub(super) fn typed(
    fields: &Fields,
    groups: &[Group],
    words: Words,
) -> Result<(Option<i64>, Vec<StratumQuota>), Trouble> {
    let mut trouble = Trouble::default();
    let mut number = |field: &str| match fields.one(field) {
        "" => None,
        text => match pupils(text).filter(|most| *most > 0) {
            Some(most) => Some(most),
            None => {
                trouble.add(field, words.say("limits-wrong"));
                None
            }
        },
    };
    let unit_most = number("unit_most");
    let strata = groups.iter().flat_map(|group| &group.places).filter_map(|place| {
        let (version_id, stratum) = (place.version_id, place.stratum.clone());
        number(&place.field).map(|most| StratumQuota { version_id, stratum, most })
    });
    let strata = strata.collect();
    if trouble.is_none() { Ok((unit_most, strata)) } else { Err(trouble) }
}
