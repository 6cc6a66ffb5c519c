//! A list of addresses, from a file or pasted: tried, or added.

use actix_multipart::Multipart;
use actix_web::{HttpRequest, HttpResponse, web};
use futures_util::TryStreamExt;

use super::{Back, entries, page};
use crate::invitation::{self, Added, MOST, Mistake, NotListed};
use crate::state::State;
use crate::store::access_codes;
use crate::survey::audit::Action;
use crate::survey::round::Access;
use crate::survey::unit::import::{self, LARGEST_FILE};
use crate::survey::unit::{Problem, RowError};
use crate::vietnamese::{count, legacy};
use crate::web::deed::Deed;
use crate::web::error::Failure;
use crate::web::manage::rounds::trouble::Trouble;
use crate::web::manage::rounds::{change, read, said};
use crate::web::session::Planner;
use crate::web::words::Words;

/// The fields of the form.
#[derive(Default)]
struct Upload {
    csrf: String,
    adds: bool,
    unit: Option<i64>,
    file: Vec<u8>,
    pasted: String,
}

impl Upload {
    async fn read(mut form: Multipart, words: Words) -> Result<Self, Failure> {
        let broken = || Failure::Bad(words.say("staff-form-broken"));
        let mut upload = Self::default();
        while let Some(mut field) = form.try_next().await.map_err(|_| broken())? {
            let name = field.name().unwrap_or_default().to_owned();
            let limit = if matches!(name.as_str(), "file" | "pasted") { LARGEST_FILE } else { 1024 };
            let Ok(bytes) = field.bytes(limit).await else {
                return Err(Failure::Bad(words.say("unit-error-file-too-large")));
            };
            let bytes = bytes.map_err(|_| broken())?;
            let text = || String::from_utf8_lossy(&bytes).trim().to_owned();
            match name.as_str() {
                "_csrf" => upload.csrf = text(),
                "do" => upload.adds = text() == "add",
                "unit" => upload.unit = text().parse().ok(),
                "pasted" => upload.pasted = text(),
                "file" => upload.file = bytes.to_vec(),
                _ => {}
            }
        }
        Ok(upload)
    }
}

/// `POST …/invitations/list`: all of it, or nothing.
pub(super) async fn take(
    request: HttpRequest,
    officer: Planner,
    state: web::Data<State>,
    slug: web::Path<String>,
    sent: Multipart,
) -> Result<HttpResponse, Failure> {
    let words = officer.words;
    let Upload { csrf, adds, unit, file, pasted } = Upload::read(sent, words).await?;
    officer.check_csrf(&csrf)?;
    let bytes = if file.is_empty() { pasted.into_bytes() } else { file };
    let text = web::block(move || import::text_of(&bytes)).await.map_err(|e| Failure::Unknown(e.to_string()))?;
    let text = match text {
        Ok(text) => text,
        Err(errors) => {
            let trouble = Trouble::at("list", errors.first().map(|error| unread(error, words)).unwrap_or_default());
            return page(&request, &officer, &state, &slug, Back { trouble, chosen: unit, ..Back::default() }).await;
        }
    };
    let schools = read(&state, &officer, &slug, |db, round| entries(db, round.id)).await?;
    let chosen = unit.filter(|unit| schools.iter().any(|school| school.unit_id == *unit));
    let only = if let [school] = &schools[..] { Some(school.unit_id) } else { chosen };
    let listed = match invitation::read(&text, &schools, only) {
        Ok(listed) => listed,
        Err(mistakes) => {
            let back = Back { chosen, ..refused(text, &mistakes, words) };
            return page(&request, &officer, &state, &slug, back).await;
        }
    };
    if !adds {
        let tried = Some(words.count("invitations-tried", i64::try_from(listed.len()).unwrap_or(i64::MAX)));
        return page(&request, &officer, &state, &slug, Back { tried, pasted: text, chosen, ..Back::default() }).await;
    }
    let (secret, deed) = (state.secret.clone(), Deed::with(Action::InviteesAdded, [listed.len().to_string()]));
    let done = change(&state, &officer, &slug, deed, move |db, round| {
        if round.access()? != Access::Codes {
            return Ok(Err(Trouble::at("list", words.say("invitations-no-codes"))));
        }
        // nobody else makes codes of this round until the end
        access_codes::issued_alone(db, round.id)?;
        invitation::add(db, &secret, &round, &listed).map(Ok)
    })
    .await?;
    match done {
        Ok(added) => {
            Ok(said::see_other(&state, &officer, format!("/manage/rounds/{slug}/invitations"), &sentence(added, words)))
        }
        Err(trouble) => {
            page(&request, &officer, &state, &slug, Back { trouble, pasted: text, chosen, ..Back::default() }).await
        }
    }
}

/// Why a file is no list at all; of what it is a list, the sentences about units know nothing.
fn unread(error: &RowError, words: Words) -> String {
    let most = || words.number(MOST as i64);
    match error.problem {
        Problem::TooManyRows => words.with(&format!("list-error-{}", NotListed::Many), "most", most()),
        Problem::NoRows => words.say(&format!("list-error-{}", NotListed::Nobody)),
        problem => words.say(&format!("unit-error-{problem}")),
    }
}

fn sentence(added: Added, words: Words) -> String {
    let shown = |n: usize| count(n.try_into().unwrap_or(i64::MAX));
    let values = [("new", shown(added.new)), ("known", shown(added.known)), ("left", shown(added.left))];
    words.fill("invitations-added", values)
}

fn refused(text: String, mistakes: &[Mistake], words: Words) -> Back {
    let is_old = mistakes.iter().any(|mistake| mistake.problem == NotListed::Legacy);
    let place = |mistake: &Mistake| match mistake.row {
        Some(row) => words.with("units-row", "n", row),
        None => words.say("units-whole-file"),
    };
    let said = |mistake: &Mistake| {
        let values = [("found", mistake.found.clone()), ("most", words.number(MOST as i64))];
        (place(mistake), words.fill(&format!("list-error-{}", mistake.problem), values))
    };
    Back {
        trouble: Trouble::at("list", words.say("invitations-list-wrong")),
        converted: is_old.then(|| legacy::to_unicode(&text)),
        mistakes: mistakes.iter().map(said).collect(),
        pasted: text,
        ..Back::default()
    }
}
