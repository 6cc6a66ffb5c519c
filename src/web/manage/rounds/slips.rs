//! One-time codes on paper: made, printed, and never shown again, because only hashes are kept. The answer is the sheet itself, as
//! a page or as a PDF.

use actix_web::HttpResponse;
use actix_web::web::{self};
use askama::Template;

use super::admission;
use super::form::RoundForm;
use super::kit::download;
use super::trouble::Trouble;
use crate::document::{self, pdf};
use crate::intake::access::{AccessCode, MOST, Made, NotMade, make_sheets};
use crate::secret::random;
use crate::state::State;
use crate::store::access_codes;
use crate::store::rounds::{self, RoundRow};
use crate::survey::audit::Action;
use crate::survey::collector::CollectorCode;
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

/// Slips that lie together: those of a school, or of one of its classes.
struct Bundle {
    unit: String,
    class: Option<String>,
    poster: CollectorCode,
    codes: Vec<AccessCode>,
}

/// `POST …/admission/codes`: the answer is the sheet itself.
pub(super) async fn print(form: RoundForm<Planner>) -> Result<HttpResponse, Failure> {
    let RoundForm { state, fields, .. } = &form;
    let (words, secret) = (form.words(), state.secret.clone());
    let sent = fields.clone();
    let done = form
        .change(Action::CodesMade, move |db, round| {
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
            let Ok(classes) = classes(sent.one("classes")) else {
                return Ok(Err(Trouble::at("codes", words.say("slips-classes-wrong"))));
            };
            if !classes.is_empty() && unit.is_none() {
                return Ok(Err(Trouble::at("codes", words.say("slips-classes-school"))));
            }
            let count = match classes[..] {
                [] => sent.number("count").unwrap_or(0),
                _ => classes.iter().map(|(_, count)| i64::try_from(*count).unwrap_or(MOST)).sum(),
            };
            let owner = rounds::owner_name(db, round.owner_id)?;
            Ok(match make_sheets(db, &secret, &round, unit, count)? {
                Ok(made) => {
                    Ok((round, owner, made.into_iter().flat_map(|made| bundles(made, &classes)).collect::<Vec<_>>()))
                }
                Err(why) => Err(Trouble::at("codes", refusal(why, words))),
            })
        })
        .await?;
    let (round, owner, made) = match done {
        Ok(made) => made,
        Err(trouble) => return form.refuse(trouble, admission::untried).await,
    };
    let closes = words.moment(round.closes_at);
    if form.fields.one("as") == "pdf" {
        return paper(&form.state, &round, &owner, made, words).await;
    }
    let schools = made.into_iter().map(|made| shown(made, &form.state)).collect::<Result<_, _>>()?;
    page::show(&SlipsPage { words, closes, round, owner, schools })
}

fn refusal(why: NotMade, words: Words) -> String {
    match why {
        NotMade::Open => words.say("slips-open"),
        NotMade::Number => words.with("slips-number", "most", words.number(MOST)),
        NotMade::School => words.say("slips-school"),
    }
}

/// A school's codes, shuffled once more – whoever hands them out in order learns nothing from the order – and dealt to its classes.
fn bundles(made: Made, classes: &[(String, usize)]) -> Vec<Bundle> {
    let Made { name, poster, mut codes } = made;
    codes.sort_by_cached_key(|_| random::<8>());
    let bundle = |class: Option<String>, codes| Bundle { unit: name.clone(), class, poster, codes };
    if classes.is_empty() {
        return vec![bundle(None, codes)];
    }
    let mut codes = codes.into_iter();
    classes.iter().map(|(class, count)| bundle(Some(class.clone()), codes.by_ref().take(*count).collect())).collect()
}

/// More classes no school has, and longer names none of them.
const CLASSES: usize = 200;
const CLASS_LETTERS: usize = 40;

/// Classes as they are typed, a line each: the name and how many slips.
fn classes(typed: &str) -> Result<Vec<(String, usize)>, ()> {
    let class = |line: &str| {
        let (name, count) = line.rsplit_once([' ', ':', '\t', ';', ',']).ok_or(())?;
        let name = name.trim_end_matches([' ', ':', ';', ',', '\t']).trim();
        let count = count.parse().ok().filter(|count| (1..=MOST).contains(count)).ok_or(())?;
        let count = usize::try_from(count).map_err(|_| ())?;
        let is_fine = !name.is_empty() && name.chars().count() <= CLASS_LETTERS;
        if is_fine { Ok((name.to_owned(), count)) } else { Err(()) }
    };
    let classes: Vec<_> =
        typed.lines().map(str::trim).filter(|line| !line.is_empty()).map(class).collect::<Result<_, _>>()?;
    if classes.len() <= CLASSES { Ok(classes) } else { Err(()) }
}

/// The slips of a bundle with its name, for a page.
fn shown(bundle: Bundle, state: &State) -> Result<(String, Vec<Slip>), Failure> {
    let poster = address(&state.public_url, bundle.poster);
    let slip = |code: AccessCode| {
        let qr = drawing(&format!("{poster}?ma={}", code.as_str()))?;
        Ok(Slip { address: poster.clone(), qr, code })
    };
    let slips: Result<Vec<Slip>, Failure> = bundle.codes.into_iter().map(slip).collect();
    Ok(([Some(bundle.unit), bundle.class].into_iter().flatten().collect::<Vec<_>>().join(" · "), slips?))
}

/// The same as a PDF: each bundle begins on a page of its own.
async fn paper(
    state: &State,
    round: &RoundRow,
    owner: &str,
    made: Vec<Bundle>,
    words: Words,
) -> Result<HttpResponse, Failure> {
    let closes = words.moment(round.closes_at);
    let title = format!("{} – {}", words.say("slips-title"), round.title);
    let slip = |bundle: &Bundle, code: &AccessCode| {
        let poster = address(&state.public_url, bundle.poster);
        document::Slip {
            title: round.title.clone(),
            owner: owner.to_owned(),
            unit: bundle.unit.clone(),
            class: bundle.class.clone(),
            groups: code.groups().into_iter().map(str::to_owned).collect(),
            qr: format!("{poster}?ma={}", code.as_str()),
            how: words.fill("slips-line", [("address", poster), ("closes", closes.clone())]),
            unlinked: words.say("slips-unlinked"),
        }
    };
    let bundles: Vec<Vec<document::Slip>> =
        made.iter().map(|bundle| bundle.codes.iter().map(|code| slip(bundle, code)).collect()).collect();
    let write =
        move || pdf::write(&title, words.interface().code(), bundles.iter().flat_map(|bundle| document::slips(bundle)));
    let bytes = web::block(write).await.map_err(|error| Failure::Unknown(error.to_string()))??;
    Ok(download(bytes, "application/pdf", &format!("{}-phieu-ma.pdf", round.slug)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_read_a_line_each_however_name_and_number_are_parted() {
        let read = classes("1A1 35\n 1A2: 34 \n\nLá 1\t28").unwrap();
        assert_eq!(read, [("1A1".to_owned(), 35), ("1A2".to_owned(), 34), ("Lá 1".to_owned(), 28)]);
        for wrong in ["1A1", "35", "1A1 nhiều", "1A1 0", " : 5", "1A1 -3"] {
            assert!(classes(wrong).is_err(), "{wrong}");
        }
    }
}
