//! One-time codes on paper: made, printed, and never shown again, because only hashes are kept.

use std::collections::BTreeMap;

use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::admission;
use super::change;
use super::fields::Fields;
use super::trouble::Trouble;
use crate::intake::access::AccessCode;
use crate::secret::{Secret, random};
use crate::state::State;
use crate::store::rounds::RoundRow;
use crate::store::{Db, StoreError, access_codes, collectors, rounds};
use crate::survey::collector::CollectorCode;
use crate::survey::round::Access;
use crate::vietnamese::compare;
use crate::web::error::Failure;
use crate::web::page;
use crate::web::respond::{address, drawing};
use crate::web::session::Steering;
use crate::web::words::Words;

/// On one sheet: what a browser prints in one go.
const MOST: i64 = 2000;

#[derive(Template)]
#[template(path = "web/manage/rounds/slips.html")]
struct SlipsPage {
    words: Words,
    round: RoundRow,
    owner: String,
    closes: String,
    schools: Vec<(String, Vec<Slip>)>,
}

struct Slip {
    code: AccessCode,
    poster: CollectorCode,
    address: String,
    qr: String,
}

/// Codes that were just made, by school.
pub(crate) struct Made {
    /// What the school is called.
    pub name: String,
    /// The code on its poster.
    pub poster: CollectorCode,
    /// In no order.
    pub codes: Vec<AccessCode>,
}

/// Why no codes were made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotMade {
    /// The round is open to all.
    Open,
    /// None, or more than one sheet holds.
    Number,
    /// The round does not ask this school, or has no link for it.
    School,
}

/// Makes so many codes for a school, or for each school of the round.
///
/// # Errors
/// The database failed.
pub(crate) fn make(
    db: &mut Db,
    secret: &Secret,
    round: &RoundRow,
    unit: Option<i64>,
    count: i64,
) -> Result<Result<Vec<Made>, NotMade>, StoreError> {
    if round.access()? != Access::Codes {
        return Ok(Err(NotMade::Open));
    }
    let asked: Vec<i64> = rounds::targets(db, round.id)?.into_iter().map(|target| target.unit_id).collect();
    let mut posters = BTreeMap::new();
    for row in collectors::of_round(db, round.id)? {
        let is_wanted = unit.is_none_or(|unit| unit == row.unit_id) && asked.contains(&row.unit_id);
        if is_wanted && row.revoked_at.is_none() {
            let poster = row.code.parse().map_err(|error| StoreError::corrupt("code", error))?;
            posters.entry(row.unit_id).or_insert((row.unit_name, poster));
        }
    }
    if posters.is_empty() {
        return Ok(Err(NotMade::School));
    }
    let schools = i64::try_from(posters.len()).unwrap_or(i64::MAX);
    if count < 1 || count.saturating_mul(schools) > MOST {
        return Ok(Err(NotMade::Number));
    }
    let mut made = Vec::with_capacity(posters.len());
    for (unit_id, (name, poster)) in posters {
        let codes: Vec<AccessCode> = (0..count).map(|_| AccessCode::make(secret, round.id)).collect();
        let hashes: Vec<_> = codes.iter().map(|code| code.hash(secret).bytes()).collect();
        access_codes::insert(db, round.id, unit_id, &hashes)?;
        made.push(Made { name, poster, codes });
    }
    made.sort_by(|a, b| compare(&a.name, &b.name));
    Ok(Ok(made))
}

/// `POST …/admission/codes`: the answer is the sheet itself.
pub(super) async fn print(
    request: HttpRequest,
    officer: Steering,
    state: web::Data<State>,
    slug: web::Path<String>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::sent(&officer, &body)?;
    let (words, secret) = (officer.words, state.secret.clone());
    let sent = fields.clone();
    let done = change(&state, &officer, &slug, move |db, round| {
        if !sent.is_sure() {
            return Ok(Err(Trouble::at("codes", words.say("slips-not-sure"))));
        }
        let (unit, count) = (sent.number("unit"), sent.number("count").unwrap_or(0));
        let owner = rounds::owner_name(db, round.owner_id)?;
        Ok(match make(db, &secret, &round, unit, count)? {
            Ok(made) => Ok((round, owner, made)),
            Err(why) => Err(Trouble::at("codes", refusal(why, words))),
        })
    })
    .await?;
    match done {
        Ok((round, owner, made)) => {
            let schools = made.into_iter().map(|made| slips(made, &state)).collect::<Result<_, _>>()?;
            page::show(&SlipsPage { words, closes: words.moment(round.closes_at), round, owner, schools })
        }
        Err(trouble) => {
            admission::page(&request, &officer, &state, &slug, trouble.typed(fields), &Default::default()).await
        }
    }
}

fn refusal(why: NotMade, words: Words) -> String {
    match why {
        NotMade::Open => words.say("slips-open"),
        NotMade::Number => words.with("slips-number", "most", words.number(MOST)),
        NotMade::School => words.say("slips-school"),
    }
}

/// The slips of a school, shuffled once more: whoever hands them out in order learns nothing from the order.
fn slips(made: Made, state: &State) -> Result<(String, Vec<Slip>), Failure> {
    let poster = address(&state.public_url, made.poster);
    let mut codes = made.codes;
    codes.sort_by_cached_key(|_| random::<8>());
    let slip = |code: AccessCode| {
        let qr = drawing(&format!("{poster}?ma={}", code.as_str()))?;
        Ok(Slip { poster: made.poster, address: poster.clone(), qr, code })
    };
    let slips: Result<Vec<Slip>, Failure> = codes.into_iter().map(slip).collect();
    Ok((made.name, slips?))
}
