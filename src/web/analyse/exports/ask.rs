//! Asking for a file: a small one is the answer, a large one is begun.

use actix_web::http::StatusCode;
use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};

use super::{AT_ONCE, shown};
use crate::export::{Mistake, Refused, Wanted};
use crate::secret::random;
use crate::state::State;
use crate::store::export_jobs::{self, NewJob};
use crate::store::{rounds, tallies};
use crate::survey::audit::Action;
use crate::web::api::submissions::{Maker, prepared, stream};
use crate::web::deed::Deed;
use crate::web::error::Failure;
use crate::web::page;
use crate::web::session::{Analyst, Officer};
use crate::web::words::Words;

/// `POST …/exports`
pub(in crate::web::analyse) async fn ask(
    request: HttpRequest,
    officer: Analyst,
    state: web::Data<State>,
    slug: web::Path<String>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let sent: Vec<(String, String)> =
        form_urlencoded::parse(&body).into_owned().filter(|(name, _)| name != "lang").collect();
    let proof = sent.iter().find(|(name, _)| name == "_csrf").map_or("", |(_, value)| value);
    officer.check_csrf(proof)?;
    let work = |db: &mut _, round: rounds::RoundRow| {
        Ok((tallies::submissions(db, round.id)?, rounds::owner_name(db, round.owner_id)?, round))
    };
    let (n, owner, round) = crate::web::analyse::read(&state, &officer, &slug, work).await?;
    let wanted = match Wanted::read(sent.iter().map(|(name, value)| (name, value))) {
        Ok(wanted) => wanted,
        Err(mistakes) => return wrong(&request, &officer, &state, &slug, &mistakes, sent).await,
    };
    let rows = match prepared(&state, round, wanted, officer.words).await {
        Ok(rows) => rows,
        Err(Refused::Mistakes(mistakes)) => return wrong(&request, &officer, &state, &slug, &mistakes, sent).await,
        Err(Refused::Store(error)) => return Err(error.into()),
    };
    // nothing leaves before it is written down that it leaves
    let deed = Deed::with(Action::RowsExported, [rows.wanted.kind.code()]);
    let (analyst, now, round, query) = (officer.0.clone(), state.clock.now(), rows.round.clone(), rows.wanted.query());
    let (has_rows, is_large) = (rows.wanted.kind.has_rows(), rows.wanted.kind.has_rows() && n > AT_ONCE);
    state
        .store
        .write(move |db| {
            if is_large {
                let lang = analyst.words.interface();
                let new = NewJob {
                    key: random(),
                    round_id: round.id,
                    account_id: analyst.account_id,
                    wanted: &query,
                    lang: lang.code(),
                    total: n,
                };
                export_jobs::ask(db, &new, now)?;
            }
            if has_rows { analyst.note(db, now, round.owner_id, deed, &round.slug) } else { Ok(()) }
        })
        .await?;
    if is_large {
        return Ok(page::see_other(format!("/analyse/{slug}/exports?asked=1#files")));
    }
    Ok(stream(&state, rows, Maker { name: officer.name.clone(), owner, words: officer.words }))
}

/// The form again, with what is wrong in words.
async fn wrong(
    request: &HttpRequest,
    officer: &Officer,
    state: &web::Data<State>,
    slug: &str,
    mistakes: &[Mistake],
    sent: Vec<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let sentences = mistakes.iter().map(|mistake| sentence(mistake, officer.words)).collect();
    let page = shown(request, officer, state, slug, (None, sentences), sent).await?;
    page::show_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

fn sentence(mistake: &Mistake, words: Words) -> String {
    let field = |name: &str| if name == "lang" { "form_lang" } else { name }.to_owned();
    let name = |name: &str| words.say(&format!("exports-field-{}", field(name)));
    match mistake {
        Mistake::Value { name: of, found } => {
            words.fill("exports-wrong-value", [("name", name(of)), ("found", found.clone())])
        }
        Mistake::Unknown { name: of, code } => {
            words.fill("exports-wrong-unknown", [("name", name(of)), ("code", code.clone())])
        }
        Mistake::Backwards => words.say("exports-wrong-backwards"),
    }
}
