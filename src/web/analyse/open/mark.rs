//! Themes given and taken by hand, and undone.

use actix_web::{HttpResponse, web};

use super::open;
use super::wanted::Wanted;
use crate::state::State;
use crate::store::themes::{self, NewCoding, Theme};
use crate::web::error::Failure;
use crate::web::manage::fields::Fields;
use crate::web::page::see_other;
use crate::web::session::Analyst;

/// `POST …/open/mark`: to the answers that were ticked, to all that were found, or from one.
pub(super) async fn mark(
    officer: Analyst,
    state: web::Data<State>,
    slug: web::Path<String>,
    body: web::Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::sent(&officer, &body)?;
    let looked = open(&state, &officer, &slug).await?;
    let Some(reading) = looked.opened.reading else {
        return Err(Failure::Conflict(officer.words.say("voice-first")));
    };
    let wanted = Wanted::read(fields.one("here"));
    let broken = || Failure::Bad(officer.words.say("staff-form-broken"));
    // a chip's button names theme and answer
    let (code, is_on, one) = match fields.one("take").split_once(':') {
        Some((answer, code)) => (code, false, Some(answer)),
        None => (fields.one("theme"), fields.one("do") != "take", None),
    };
    let back = |done: Option<i64>| {
        let done = done.map(|id| id.to_string());
        let page = wanted.page().to_string();
        let changes = [("page", page.as_str())].into_iter().chain(done.as_deref().map(|id| ("done", id)));
        see_other(format!("/analyse/{slug}/open?{}#answers", wanted.with(&changes.collect::<Vec<_>>())))
    };
    if code.is_empty() {
        return Ok(back(None));
    }
    let theme: Theme = reading.marks.theme(code).cloned().ok_or_else(broken)?;
    let ids: Vec<i64> = match (one, fields.one("do")) {
        (Some(one), _) => vec![one.parse().map_err(|_| broken())?],
        (None, "give-all") if !fields.is_sure() => return Err(Failure::Bad(officer.words.say("voice-sure-missing"))),
        (None, "give-all") => {
            let (texts, marks, units, asked) =
                (reading.texts.clone(), reading.marks.clone(), looked.units, wanted.clone());
            let read = state.store.read(move |db| asked.filter(db, &units, &texts, &marks)).await?;
            let found = if read.unknown.is_empty() { reading.find(&read.filter).places } else { Vec::new() };
            let new = found.into_iter().filter(|place| !reading.marks.has(*place, &theme));
            new.filter_map(|place| Some(reading.texts.answers.get(place)?.id)).collect()
        }
        // somebody may have given it already: what is so needs no further application
        _ => fields
            .all("answer")
            .filter_map(|id| id.parse().ok())
            .filter(|id| reading.texts.place(*id).is_some_and(|place| reading.marks.has(place, &theme) != is_on))
            .collect(),
    };
    if ids.is_empty() {
        return Ok(back(None));
    }
    let new = (looked.round.id, theme.id, officer.account_id, state.clock.now());
    let id = state
        .store
        .write(move |db| {
            let (round_id, theme_id, by, at) = new;
            themes::apply(db, &NewCoding { round_id, theme_id, is_on, rule: None, by, at }, &ids)
        })
        .await?;
    Ok(back(Some(id)))
}

/// `POST …/open/undo`: an application by hand or a rule goes, with everything it did.
pub(super) async fn undo(
    officer: Analyst,
    state: web::Data<State>,
    slug: web::Path<String>,
    body: web::Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::sent(&officer, &body)?;
    let round = super::read(&state, &officer, &slug, |_, round| Ok(round)).await?;
    let id: i64 = fields.one("coding").parse().map_err(|_| Failure::Bad(officer.words.say("staff-form-broken")))?;
    let (now, subject) = (state.clock.now(), round.slug.clone());
    let is_rule = fields.one("from") == "themes";
    state
        .store
        .write(move |db| {
            // undone by somebody else meanwhile: it is undone all the same
            if themes::undo(db, round.id, id, now)? && is_rule {
                officer.note(db, now, round.owner_id, crate::survey::audit::Action::ThemesChanged, &subject)?;
            }
            Ok(())
        })
        .await?;
    let here = Wanted::read(fields.one("here"));
    Ok(see_other(match is_rule {
        true => format!("/analyse/{slug}/open/themes"),
        false => format!("/analyse/{slug}/open?{}#answers", here.with(&[("page", &here.page().to_string())])),
    }))
}
