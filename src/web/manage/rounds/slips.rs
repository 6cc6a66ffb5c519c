//! One-time codes on paper: made, printed, and never shown again, because only hashes are kept.

use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::admission;
use super::change;
use super::fields::Fields;
use super::trial::Trial;
use super::trouble::Trouble;
use crate::intake::access::{AccessCode, MOST, Made, NotMade, make_sheets};
use crate::secret::random;
use crate::state::State;
use crate::store::access_codes;
use crate::store::rounds::{self, RoundRow};
use crate::survey::audit::Action;
use crate::web::error::Failure;
use crate::web::page;
use crate::web::respond::{address, drawing};
use crate::web::session::Planner;
use crate::web::words::Words;

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
    address: String,
    qr: String,
}

/// `POST …/admission/codes`: the answer is the sheet itself.
pub(super) async fn print(
    request: HttpRequest,
    officer: Planner,
    state: web::Data<State>,
    slug: web::Path<String>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::sent(&officer, &body)?;
    let (words, secret) = (officer.words, state.secret.clone());
    let sent = fields.clone();
    let done = change(&state, &officer, &slug, Action::CodesMade, move |db, round| {
        if !sent.is_sure() {
            return Ok(Err(Trouble::at("codes", words.say("slips-not-sure"))));
        }
        // a form that is sent again, by a reload or a second tap, says how many codes there were before the first time
        let issued = access_codes::issued_alone(db, round.id)?;
        if sent.number("issued") != Some(issued) {
            return Ok(Err(Trouble::at("codes", words.with("slips-made-already", "issued", words.number(issued)))));
        }
        let unit = match sent.one("unit") {
            "" => None,
            _ => match sent.number("unit") {
                Some(unit) => Some(unit),
                None => return Ok(Err(Trouble::at("codes", refusal(NotMade::School, words)))),
            },
        };
        let count = sent.number("count").unwrap_or(0);
        let owner = rounds::owner_name(db, round.owner_id)?;
        Ok(match make_sheets(db, &secret, &round, unit, count)? {
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
            admission::page(&request, &officer, &state, &slug, trouble.typed(fields), Trial::default()).await
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
        Ok(Slip { address: poster.clone(), qr, code })
    };
    let slips: Result<Vec<Slip>, Failure> = codes.into_iter().map(slip).collect();
    Ok((made.name, slips?))
}
