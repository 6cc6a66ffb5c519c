//! The posters that are meant: of all schools of a round, of a ward, through a channel, or one.

use serde::Deserialize;

use super::super::asked::Asked;
use super::super::read;
use super::super::wards::{Ward, by_ward};
use super::printed::Paper;
use crate::document::PaperForm;
use crate::state::State;
use crate::store::collectors::{self, CollectorRow};
use crate::store::parents_notices;
use crate::store::rounds::{self, RoundRow};
use crate::store::units::{self, Stored};
use crate::survey::access::is_assisted;
use crate::survey::code::Channel;
use crate::survey::round::Access;
use crate::survey::text::Lang;
use crate::vietnamese::compare;
use crate::web::error::Failure;
use crate::web::languages::own_name;
use crate::web::session::Officer;
use crate::web::words::Words;

/// What was chosen; empty means all.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct Wanted {
    /// The code on a poster.
    pub code: String,
    /// A channel.
    pub channel: String,
    /// The code of the office above the schools.
    pub ward: String,
    /// The language of what is printed.
    pub lang: String,
}

impl Wanted {
    fn takes(&self, row: &CollectorRow) -> bool {
        let is = |wanted: &str, known: &str| wanted.is_empty() || wanted == known;
        is(&self.code, &row.code) && is(&self.channel, &row.channel)
    }

    /// The words in which is printed.
    pub(super) fn words(&self) -> Words {
        Words(self.lang.parse().unwrap_or(Lang::VI))
    }
}

/// The choices of a list: code, name, and whether it is chosen.
pub type Choices = Vec<(String, String, bool)>;

/// What is printed, and for whom.
pub struct Chosen {
    /// The round.
    pub round: RoundRow,
    /// Who asks.
    pub owner: String,
    /// What parents are told before their children are asked.
    pub notice: Option<String>,
    /// What each school is asked.
    pub asked: Asked,
    /// The codes that were chosen, ward by ward, schools in the order of a dictionary.
    pub rows: Vec<CollectorRow>,
    /// The channels and wards of the round.
    pub channels: Choices,
    /// See [`Self::channels`].
    pub wards: Choices,
    /// All schools with a code, to choose one from.
    pub schools: Choices,
}

impl Chosen {
    /// Reads what was chosen; codes that were revoked and schools that are not asked any more are never among it.
    pub(in crate::web::manage::rounds) async fn read(
        state: &State,
        officer: &Officer,
        slug: &str,
        wanted: &Wanted,
        words: Words,
    ) -> Result<Self, Failure> {
        let catalogue = state.catalogue.clone();
        let (round, codes, owner, notice, asked, units) = read(state, officer, slug, move |db, round| {
            let owner = rounds::owner_name(db, round.owner_id)?;
            let codes = collectors::of_round(db, round.id)?;
            let asked = Asked::read(db, &catalogue, round.id)?;
            let notice = parents_notices::of_round(db, round.id)?;
            Ok((round, codes, owner, notice, asked, units::all(db)?))
        })
        .await?;
        let live = codes.into_iter().filter(|row| row.revoked_at.is_none() && asked.asks(row.unit_id));
        let mut codes: Vec<CollectorRow> = live.collect();
        codes.sort_by(|a, b| compare(&a.unit_name, &b.unit_name));
        let channels = Channel::ALL.iter().filter(|channel| codes.iter().any(|row| row.channel == channel.code()));
        let named = |channel: &Channel| {
            let is_chosen = wanted.channel == channel.code();
            (channel.code().to_owned(), words.say(&format!("channel-{channel}")), is_chosen)
        };
        let channels: Choices = channels.map(named).collect();
        let school = |row: &CollectorRow| {
            let beside = if channels.len() > 1 {
                format!(" · {}", words.say(&format!("channel-{}", row.channel)))
            } else {
                String::new()
            };
            (row.code.clone(), format!("{}{beside}", row.unit_name), wanted.code == row.code)
        };
        let schools = codes.iter().map(school).collect();
        let by_ward = by_ward(&units, codes.into_iter().map(|row| (row.unit_id, row)));
        let ward = |ward: &Ward<_>| (ward.code.clone(), above(&units, ward, words), wanted.ward == ward.code);
        let wards = by_ward.iter().map(ward).collect();
        let inside = by_ward.into_iter().filter(|ward| wanted.ward.is_empty() || wanted.ward == ward.code);
        let rows = inside.flat_map(|ward| ward.inside).filter(|row| wanted.takes(row)).collect();
        Ok(Self { round, owner, notice, asked, rows, channels, wards, schools })
    }

    /// Leaves out schools for which this paper says nothing.
    pub(super) fn keep_those_with(&mut self, paper: Paper) {
        let asked = &self.asked;
        self.rows.retain(|row| paper.is_for(asked, row.unit_id));
    }

    /// Whether pupils are asked at one of the schools that were chosen, so that their parents have to be told.
    pub(super) fn asks_children(&self) -> bool {
        self.rows.iter().any(|row| self.asked.asks_children(row.unit_id))
    }

    /// Whether there is a letter to their parents to print.
    pub(super) fn has_notice(&self) -> bool {
        self.notice.is_some() && self.asks_children()
    }

    /// Whether forms on paper can be typed: not where a code is needed, and not those of staff.
    pub(super) fn takes_paper(&self) -> Result<bool, Failure> {
        let is_codes = self.round.access()? == Access::Codes;
        Ok(!is_codes && self.asked.forms().iter().any(|form| is_assisted(form.questionnaire.audience)))
    }

    /// The languages of the questionnaires that can be printed.
    pub(super) fn languages(&self) -> Vec<(Lang, String)> {
        let mut languages = Vec::new();
        for form in self.asked.forms() {
            for lang in &form.questionnaire.languages {
                let is_new = !languages.iter().any(|(known, _)| known == lang);
                if is_new && PaperForm::can_be_printed(&form.questionnaire, *lang) {
                    languages.push((*lang, own_name(lang)));
                }
            }
        }
        languages
    }
}

/// What schools below this office are called together: those of a ward by its name, those of a department as belonging to it.
fn above<T>(units: &[Stored], ward: &Ward<T>, words: Words) -> String {
    let office = units.iter().find(|stored| stored.unit.code.as_str() == ward.code);
    match office {
        Some(office) if office.unit.parent.is_some() => ward.name.clone(),
        Some(_) => words.with("kit-directly-below", "office", ward.name.clone()),
        None => words.say("kit-below-none"),
    }
}
