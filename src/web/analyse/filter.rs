//! What of a round a page shows: asked for in its address, by codes.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::survey::code::{Audience, Channel, EVERY_LEVEL, Level};
use crate::tabulation::Tabulation;
use crate::tabulation::choice::Choice;
use crate::vietnamese;
use crate::web::words::Words;

/// As it stands in the address; an empty value chooses nothing.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Asked {
    audience: Option<String>,
    unit: Option<String>,
    level: Option<String>,
    channel: Option<String>,
}

/// What was chosen, all of it known in this round.
#[derive(Debug, Clone)]
pub(super) struct Filter {
    /// Whose answers; one audience at a time, because they were asked different things.
    pub audience: Audience,
    /// The unit's code.
    pub unit: Option<String>,
    /// The level's code.
    pub level: Option<String>,
    /// The channel's code.
    pub channel: Option<String>,
}

/// One value that can be chosen, for a list on the page.
pub(super) struct Offer {
    pub code: String,
    pub label: String,
    pub is_chosen: bool,
}

impl Asked {
    /// Checks every code against the round.
    ///
    /// # Errors
    /// The codes that it does not have, each with what it should have been.
    pub fn of(&self, round: &Tabulation, words: Words) -> Result<Filter, Vec<String>> {
        let given = |value: &Option<String>| value.clone().filter(|value| !value.is_empty());
        let (unit, level, channel) = (given(&self.unit), given(&self.level), given(&self.channel));
        let audiences = round.audiences();
        let first = || most(round, &audiences);
        let audience = match given(&self.audience) {
            None => first(),
            Some(code) => audiences.iter().copied().find(|one| one.code() == code),
        };
        let mut unknown = Vec::new();
        let mut miss = |name: &str, code: &str| unknown.push(words.with(name, "code", code));
        if audience.is_none() {
            miss("filter-no-audience", self.audience.as_deref().unwrap_or_default());
        }
        if let Some(code) = unit.as_ref().filter(|code| !round.units.contains_key(*code)) {
            miss("filter-no-unit", code);
        }
        if let Some(code) = level.as_ref().filter(|code| !levels(round).contains(code.as_str())) {
            miss("filter-no-level", code);
        }
        if let Some(code) = channel.as_ref().filter(|code| code.parse::<Channel>().is_err()) {
            miss("filter-no-channel", code);
        }
        match audience {
            Some(audience) if unknown.is_empty() => Ok(Filter { audience, unit, level, channel }),
            _ => Err(unknown),
        }
    }
}

/// The audience from which most forms came; the first one as long as there are none.
fn most(round: &Tabulation, audiences: &[Audience]) -> Option<Audience> {
    let n = |audience: Audience| {
        let of = |place: usize| round.forms.get(place).is_some_and(|form| form.questionnaire.audience == audience);
        round.atoms.iter().filter(|atom| of(atom.questionnaire)).map(|atom| atom.n).sum::<u64>()
    };
    audiences.iter().copied().rev().max_by_key(|audience| n(*audience))
}

/// The codes of the levels that were asked about.
fn levels(round: &Tabulation) -> BTreeSet<&'static str> {
    round.forms.iter().map(|form| form.questionnaire.level_code()).collect()
}

impl Filter {
    /// The forms that it takes.
    pub fn choice(&self) -> Choice {
        Choice {
            units: self.unit.clone().map(|unit| BTreeSet::from([unit])),
            level: self.level.clone(),
            channel: self.channel.clone(),
        }
    }

    /// Whether only a part of the audience is shown.
    pub fn is_narrow(&self) -> bool {
        self.unit.is_some() || self.level.is_some() || self.channel.is_some()
    }

    /// What was chosen, in words.
    pub fn names(&self, round: &Tabulation, words: Words) -> String {
        let unit = self.unit.as_ref().map(|code| round.units.get(code).unwrap_or(code).clone());
        let level = self.level.as_ref().map(|code| level_name(code, words));
        let channel = self.channel.as_ref().map(|code| words.say(&format!("channel-{code}")));
        [unit, level, channel].into_iter().flatten().collect::<Vec<_>>().join("; ")
    }

    /// As the end of an address, with `?`.
    pub fn query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("audience", self.audience.code());
        for (name, value) in [("unit", &self.unit), ("level", &self.level), ("channel", &self.channel)] {
            if let Some(value) = value {
                query.append_pair(name, value);
            }
        }
        format!("?{}", query.finish())
    }

    /// The audiences to choose from; none where there is only one.
    pub fn audiences(&self, round: &Tabulation, words: Words) -> Vec<Offer> {
        let all = round.audiences();
        let one = |audience: &Audience| Offer {
            code: audience.code().to_owned(),
            label: words.say(&format!("audience-{}", audience.code())),
            is_chosen: *audience == self.audience,
        };
        if all.len() > 1 { all.iter().map(one).collect() } else { Vec::new() }
    }

    /// The levels to choose from; none where there is only one.
    pub fn levels(&self, round: &Tabulation, words: Words) -> Vec<Offer> {
        let all = levels(round);
        let one = |code: &&'static str| Offer {
            code: (*code).to_owned(),
            label: level_name(code, words),
            is_chosen: self.level.as_deref() == Some(code),
        };
        let in_order = Level::ALL.iter().map(|level| level.code()).chain([EVERY_LEVEL]);
        let there: Vec<&str> = in_order.filter(|code| all.contains(code)).collect();
        if there.len() > 1 { there.iter().map(one).collect() } else { Vec::new() }
    }

    /// The units to choose from, as people look for them; none where there is only one.
    pub fn units(&self, round: &Tabulation) -> Vec<Offer> {
        let one = |(code, name): (&String, &String)| Offer {
            code: code.clone(),
            label: name.clone(),
            is_chosen: self.unit.as_ref() == Some(code),
        };
        let mut all: Vec<Offer> = round.units.iter().map(one).collect();
        all.sort_by(|a, b| vietnamese::compare(&a.label, &b.label));
        if all.len() > 1 { all } else { Vec::new() }
    }

    /// The channels through which forms came in; none where there is only one.
    pub fn channels(&self, round: &Tabulation, words: Words) -> Vec<Offer> {
        let there: BTreeSet<&str> = round.atoms.iter().map(|atom| atom.channel.as_str()).collect();
        let one = |code: &&str| Offer {
            code: (*code).to_owned(),
            label: words.say(&format!("channel-{code}")),
            is_chosen: self.channel.as_deref() == Some(code),
        };
        if there.len() > 1 { there.iter().map(one).collect() } else { Vec::new() }
    }
}

/// What a level is called.
pub(super) fn level_name(code: &str, words: Words) -> String {
    if code == EVERY_LEVEL { words.say("level-short-moi_cap") } else { words.say(&format!("level-short-{code}")) }
}
