//! `/manage/rounds/{slug}/links`: the codes of a round, and a message to paste.

use std::collections::HashMap;

use actix_web::web::{self};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;

use super::asked::Asked;
use super::form::RoundForm;
use super::stage::Stage;
use super::trouble::Trouble;
use super::wards::{Ward, by_ward};
use super::{read, said, sms};
use crate::state::State;
use crate::store::collectors::{self, CollectorRow};
use crate::store::rounds::RoundRow;
use crate::store::{Db, StoreError, rounds, tallies, units};
use crate::survey::access::Right;
use crate::survey::audit::Action;
use crate::survey::code::Channel;
use crate::survey::round::Access;
use crate::vietnamese::{compare, fold};
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::respond::address;
use crate::web::session::{Officer, Planner, Steering};
use crate::web::words::Words;

/// The links of a round.
#[derive(Template)]
#[template(path = "web/manage/rounds/links.html")]
struct LinksPage {
    desk: DeskFrame,
    said: Option<String>,
    trouble: Trouble,
    round: RoundRow,
    stage: Stage,
    /// What was searched for.
    q: String,
    wards: Vec<Ward<Place>>,
    /// Schools that were taken out: their codes take nothing.
    removed: Vec<Place>,
}

/// One school through one channel.
struct Place {
    unit_id: i64,
    unit_code: String,
    unit_name: String,
    channel: String,
    channel_name: String,
    /// Forms that came in, whatever the code.
    n: String,
    /// Codes that are good.
    live: Vec<Link>,
    /// Codes that were revoked.
    revoked: Vec<String>,
}

/// A code that is good.
struct Link {
    id: i64,
    code: String,
    url: String,
    message: String,
    /// The same as an SMS; none where a slip is needed besides.
    sms: Option<String>,
    /// Why it was just not revoked.
    error: Option<String>,
}

impl Link {
    /// The address up to its code: where it may be broken over two lines.
    fn before_code(&self) -> &str {
        self.url.strip_suffix(&self.code).unwrap_or(&self.url)
    }
}

impl Place {
    fn matches(&self, folded: &str) -> bool {
        let codes = self.live.iter().map(|link| &link.code).chain(&self.revoked);
        fold(&self.unit_name).contains(folded) || codes.into_iter().any(|code| fold(code).contains(folded))
    }
}

#[derive(Deserialize)]
pub(super) struct Search {
    #[serde(default)]
    q: String,
}

/// `GET …/links?q=…`
pub(super) async fn show(
    request: HttpRequest,
    officer: Steering,
    state: web::Data<State>,
    slug: web::Path<String>,
    search: web::Query<Search>,
) -> Result<HttpResponse, Failure> {
    page(&request, &officer, &state, &slug, search.q.trim(), Trouble::default()).await
}

async fn page(
    request: &HttpRequest,
    officer: &Officer,
    state: &State,
    slug: &str,
    q: &str,
    trouble: Trouble,
) -> Result<HttpResponse, Failure> {
    let catalogue = state.catalogue.clone();
    let (round, asked, codes, inflow, units) = read(state, officer, slug, move |db, round| {
        let asked = Asked::read(db, &catalogue, round.id)?;
        let codes = collectors::of_round(db, round.id)?;
        let inflow = tallies::inflow(db, round.id)?;
        Ok((round, asked, codes, inflow, units::all(db)?))
    })
    .await?;
    let mut forms: HashMap<(i64, String), i64> = HashMap::new();
    for row in inflow {
        *forms.entry((row.unit_id, row.channel)).or_default() += row.n;
    }
    let invitation = Invitation {
        round: &round,
        is_codes: round.access()? == Access::Codes,
        asked: &asked,
        public_url: &state.public_url,
        words: officer.words,
    };
    let mut places = places(codes, &forms, &invitation, &trouble);
    let wanted = fold(q);
    places.retain(|place| place.matches(&wanted));
    let (live, removed): (Vec<Place>, Vec<Place>) = places.into_iter().partition(|place| asked.asks(place.unit_id));
    let page = LinksPage {
        desk: DeskFrame::new(request, officer, Room::Rounds),
        said: said::said(request, state, officer),
        stage: Stage::of(&round, state.clock.now()),
        q: q.to_owned(),
        wards: by_ward(&units, live.into_iter().map(|place| (place.unit_id, place))),
        removed,
        round,
        trouble,
    };
    said::show(request, &page.trouble, &page)
}

/// What a message needs to know.
struct Invitation<'a> {
    round: &'a RoundRow,
    /// Whether a slip with a one-time code is needed.
    is_codes: bool,
    asked: &'a Asked,
    public_url: &'a str,
    words: Words,
}

impl Invitation<'_> {
    fn link(&self, row: &CollectorRow, trouble: &Trouble) -> Link {
        let url = row.code.parse().map_or_else(|_| String::new(), |code| address(self.public_url, code));
        let (minutes, closes) = (self.asked.minutes(row.unit_id), self.words.moment(self.round.closes_at));
        let whom = self.asked.whom(row.unit_id);
        let about = sms::About { whom, unit: &row.unit_name, url: &url, minutes, closes: &closes };
        let sms = (!self.is_codes).then(|| sms::text(self.words, &about));
        let values = [
            ("whom", whom.to_owned()),
            ("round", self.round.title.clone()),
            ("unit", row.unit_name.clone()),
            ("url", url.clone()),
            ("minutes", minutes.to_string()),
            ("closes", closes),
        ];
        let name = if self.is_codes { "links-message-text-codes" } else { "links-message-text" };
        let message = self.words.fill(name, values);
        let error = trouble.says(&format!("revoke-{}", row.id)).map(str::to_owned);
        Link { id: row.id, code: row.code.clone(), url, message, sms, error }
    }
}

/// The codes by school and channel, schools in the order of a dictionary.
fn places(
    codes: Vec<CollectorRow>,
    forms: &HashMap<(i64, String), i64>,
    invitation: &Invitation<'_>,
    trouble: &Trouble,
) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    for row in codes {
        let known = places.iter().position(|place| place.unit_id == row.unit_id && place.channel == row.channel);
        let at = known.unwrap_or_else(|| {
            let n = forms.get(&(row.unit_id, row.channel.clone())).copied().unwrap_or(0);
            places.push(Place {
                unit_id: row.unit_id,
                unit_code: row.unit_code.clone(),
                unit_name: row.unit_name.clone(),
                channel_name: invitation.words.say(&format!("channel-{}", row.channel)),
                channel: row.channel.clone(),
                n: invitation.words.number(n),
                live: Vec::new(),
                revoked: Vec::new(),
            });
            places.len() - 1
        });
        match row.revoked_at {
            Some(_) => places[at].revoked.push(row.code),
            None => places[at].live.push(invitation.link(&row, trouble)),
        }
    }
    // codes came in the order of their ids: a school's channels keep that order
    places.sort_by(|a, b| compare(&a.unit_name, &b.unit_name).then_with(|| a.unit_code.cmp(&b.unit_code)));
    places
}

/// The page with all schools.
async fn whole(
    request: &HttpRequest,
    officer: &Officer,
    state: &State,
    slug: &str,
    trouble: Trouble,
) -> Result<HttpResponse, Failure> {
    page(request, officer, state, slug, "", trouble).await
}

/// `POST …/links/revoke`: a lost or copied poster.
pub(super) async fn revoke(form: RoundForm<Planner>) -> Result<HttpResponse, Failure> {
    let fields = &form.fields;
    let (id, is_sure) = (fields.number("id"), fields.is_sure());
    let (words, now) = (form.words(), form.now());
    let done = form
        .change(Action::CollectorRevoked, move |db, round| {
            let own = collectors::of_round(db, round.id)?.into_iter().find(|row| Some(row.id) == id);
            let Some(row) = own.filter(|row| row.revoked_at.is_none()) else {
                return Ok(Err(Trouble::page(words.say("targets-wrong"))));
            };
            if !is_sure {
                return Ok(Err(Trouble::at(format!("revoke-{}", row.id), words.say("said-not-sure"))));
            }
            collectors::revoke(db, row.id, now)?;
            Ok(Ok(words.fill("said-revoked", [("code", row.code), ("unit", row.unit_name)])))
        })
        .await?;
    form.answer(done, "/links", whole).await
}

/// `POST …/links/add`: a new code for a school and channel whose code was revoked.
pub(super) async fn add(form: RoundForm<Planner>) -> Result<HttpResponse, Failure> {
    let fields = &form.fields;
    let (unit_id, channel) = (fields.number("unit"), Channel::from_code(fields.one("channel")));
    let (words, now) = (form.words(), form.now());
    let done = form
        .change(Action::CollectorMade, move |db, round| {
            let (unit_id, channel) = match unit_id.zip(channel) {
                Some((unit_id, channel)) if is_asked(db, round.id, unit_id)? => (unit_id, channel),
                _ => return Ok(Err(Trouble::page(words.say("targets-wrong")))),
            };
            if let Some(known) = collectors::live(db, round.id, unit_id, channel)? {
                return Ok(Err(Trouble::page(words.with("links-live-already", "code", known))));
            }
            let code = collectors::insert(db, round.id, unit_id, channel, now)?;
            Ok(Ok(words.with("said-new-code", "code", code)))
        })
        .await?;
    form.answer(done, "/links", whole).await
}

fn is_asked(db: &mut Db, round_id: i64, unit_id: i64) -> Result<bool, StoreError> {
    Ok(rounds::targets(db, round_id)?.iter().any(|target| target.unit_id == unit_id))
}
