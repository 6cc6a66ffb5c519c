//! `/manage/rounds/{slug}/print`: one A4 sheet per code.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::asked::Asked;
use super::kit::{Chosen, Wanted};
use super::stage::Stage;
use crate::state::State;
use crate::store::collectors::CollectorRow;
use crate::store::rounds::RoundRow;
use crate::survey::round::Access;
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
    /// What nobody may ask for, and whom to tell.
    warning: String,
}

/// `GET …/print?code=…&channel=…&ward=…`
pub(super) async fn show(
    request: HttpRequest,
    officer: Steering,
    state: web::Data<State>,
    slug: web::Path<String>,
    wanted: web::Query<Wanted>,
) -> Result<HttpResponse, Failure> {
    let words = words(&request);
    let Chosen { round, owner, asked, rows, channels, wards, .. } =
        Chosen::read(&state, &officer, &slug, &wanted, words).await?;
    page::show(&PostersPage {
        posters: rows.into_iter().map(|row| Poster::new(row, &asked, &state.public_url, words)).collect(),
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
            warning: words.with("poster-warning", "whom", asked.whom(row.unit_id)),
            url: row.code.parse().map_or_else(|_| String::new(), |code| address(public_url, code)),
            code: row.code,
        }
    }
}
