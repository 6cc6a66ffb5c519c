//! `/manage/rounds/{slug}/print`: one A4 sheet per code.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::asked::Asked;
use super::read;
use super::stage::Stage;
use super::wards::by_ward;
use crate::state::State;
use crate::store::collectors::{self, CollectorRow};
use crate::store::rounds::{self, RoundRow};
use crate::store::units;
use crate::survey::code::Channel;
use crate::survey::round::Access;
use crate::vietnamese::compare;
use crate::web::error::Failure;
use crate::web::page;
use crate::web::respond::address;
use crate::web::session::{Steering, words};
use crate::web::words::Words;

/// Posters to print.
#[derive(Template)]
#[template(path = "web/manage/rounds/posters.html")]
struct PostersPage {
    words: Words,
    round: RoundRow,
    /// Whether a slip with a one-time code is needed.
    is_codes: bool,
    stage: Stage,
    owner: String,
    closes: String,
    posters: Vec<Poster>,
    /// The round's channels and wards, to choose from: code, name, and whether it is chosen.
    channels: Vec<(String, String, bool)>,
    wards: Vec<(String, String, bool)>,
}

struct Poster {
    title: String,
    /// The school, where the title does not name it.
    unit: Option<String>,
    lead: String,
    minutes: u32,
    channel: String,
    code: String,
    url: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    code: String,
    channel: String,
    ward: String,
}

/// Empty chooses all.
fn is_chosen(wanted: &str, known: &str) -> bool {
    wanted.is_empty() || wanted == known
}

/// `GET …/print?code=…&channel=…&ward=…`
pub(super) async fn show(
    request: HttpRequest,
    officer: Steering,
    state: web::Data<State>,
    slug: web::Path<String>,
    wanted: web::Query<Wanted>,
) -> Result<HttpResponse, Failure> {
    let catalogue = state.catalogue.clone();
    let (round, codes, owner, asked, units) = read(&state, &officer, &slug, move |db, round| {
        let owner = rounds::owner_name(db, round.owner_id)?;
        let codes = collectors::of_round(db, round.id)?;
        let asked = Asked::read(db, &catalogue, round.id)?;
        Ok((round, codes, owner, asked, units::all(db)?))
    })
    .await?;
    let words = words(&request);
    let mut codes: Vec<CollectorRow> =
        codes.into_iter().filter(|row| row.revoked_at.is_none() && asked.asks(row.unit_id)).collect();
    codes.sort_by(|a, b| compare(&a.unit_name, &b.unit_name));
    let channels = Channel::ALL.iter().filter(|channel| codes.iter().any(|row| row.channel == channel.code()));
    let channels = channels.map(|channel| {
        (channel.code().to_owned(), words.say(&format!("channel-{channel}")), wanted.channel == channel.code())
    });
    let channels = channels.collect();
    let by_ward = by_ward(&units, codes.into_iter().map(|row| (row.unit_id, row)));
    let wards = by_ward.iter().map(|ward| (ward.code.clone(), ward.name.clone(), wanted.ward == ward.code)).collect();
    let chosen = by_ward.into_iter().filter(|ward| is_chosen(&wanted.ward, &ward.code)).flat_map(|ward| ward.inside);
    let chosen = chosen.filter(|row| is_chosen(&wanted.code, &row.code) && is_chosen(&wanted.channel, &row.channel));
    page::show(&PostersPage {
        posters: chosen.map(|row| Poster::new(row, &asked, &state.public_url, words)).collect(),
        stage: Stage::of(&round, state.clock.now()),
        closes: words.moment(round.closes_at),
        is_codes: round.access()? == Access::Codes,
        channels,
        wards,
        words,
        owner,
        round,
    })
}

impl Poster {
    fn new(row: CollectorRow, asked: &Asked, public_url: &str, words: Words) -> Self {
        let (title, unit, lead) = asked.headline(row.unit_id, &row.unit_name, words);
        Self {
            title,
            unit,
            lead,
            minutes: asked.minutes(row.unit_id),
            channel: words.say(&format!("channel-{}", row.channel)),
            url: row.code.parse().map_or_else(|_| String::new(), |code| address(public_url, code)),
            code: row.code,
        }
    }
}
