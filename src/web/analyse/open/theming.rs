//! Themes made, put aside and taken over, and rules made.

use actix_web::{HttpResponse, web};

use super::themes::Draft;
use super::{Desk, open};
use crate::state::State;
use crate::store::rounds::{self, RoundRow};
use crate::store::themes::{self, LONGEST_CODE, Named, NewCoding, Theme};
use crate::store::{Db, StoreError, units};
use crate::survey::audit::Action;
use crate::vietnamese::fold;
use crate::web::error::Failure;
use crate::web::manage::fields::Fields;
use crate::web::page::see_other;
use crate::web::session::Analyst;

/// The longest name of a theme, in letters.
const LONGEST: usize = 80;

fn back(slug: &str, done: &str) -> HttpResponse {
    see_other(format!("/analyse/{slug}/open/themes?done={done}"))
}

/// A theme's name in addresses and files; none where the name has no letters.
fn code(name: &str) -> Option<String> {
    let folded: String = fold(name).chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect();
    let code = folded.split_whitespace().collect::<Vec<_>>().join("-");
    (!code.is_empty() && code != super::wanted::NO_THEME).then(|| code.chars().take(LONGEST_CODE).collect())
}

/// `POST …/open/themes`: without a code makes a theme; with one gives it another name or takes it up again.
pub(super) async fn put(
    officer: Analyst,
    state: web::Data<State>,
    slug: web::Path<String>,
    body: web::Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::sent(&officer, &body)?;
    let round = super::read(&state, &officer, &slug, |_, round| Ok(round)).await?;
    let name = fields.one("name").to_owned();
    let known = Some(fields.one("code").to_owned()).filter(|known| !known.is_empty());
    let Some(code) = code(&name).filter(|_| !name.is_empty() && name.chars().count() <= LONGEST) else {
        return Err(Failure::Bad(officer.words.with("voice-theme-wrong", "most", LONGEST)));
    };
    let (now, words, wanted) = (state.clock.now(), officer.words, name.clone());
    let named = state
        .store
        .write(move |db| {
            let named = match known {
                None => themes::add(db, round.id, &code, &name, officer.account_id, now)?,
                Some(known) => themes::rename(db, round.id, &known, &name)?,
            };
            if matches!(named, Named::Done | Named::Again) {
                officer.note(db, now, round.owner_id, Action::ThemesChanged, &round.slug)?;
            }
            Ok(named)
        })
        .await?;
    match named {
        Named::Done => Ok(back(&slug, "made")),
        Named::Again => Ok(back(&slug, "again")),
        Named::Full => Ok(back(&slug, "full")),
        Named::Known => Err(Failure::Conflict(words.with("voice-theme-known", "name", wanted))),
        Named::Missing => Err(Failure::NotFound),
    }
}

/// `POST …/open/themes/end`: puts a theme aside.
pub(super) async fn end(
    officer: Analyst,
    state: web::Data<State>,
    slug: web::Path<String>,
    body: web::Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::sent(&officer, &body)?;
    let round = super::read(&state, &officer, &slug, |_, round| Ok(round)).await?;
    let (code, now) = (fields.one("code").to_owned(), state.clock.now());
    state
        .store
        .write(move |db| {
            if themes::end(db, round.id, &code, now)? {
                officer.note(db, now, round.owner_id, Action::ThemesChanged, &round.slug)?;
            }
            Ok(())
        })
        .await?;
    Ok(back(&slug, "ended"))
}

/// `POST …/open/rules`: makes a rule; it takes what there is and what comes.
pub(super) async fn add_rule(
    officer: Analyst,
    state: web::Data<State>,
    slug: web::Path<String>,
    body: web::Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::sent(&officer, &body)?;
    let Desk { round, opened, .. } = open(&state, &officer, &slug).await?;
    let text = |name: &str| fields.one(name).to_owned();
    let draft = Draft { theme: text("theme"), any: text("any"), all: text("all"), none: text("none"), done: text("") };
    let theme = opened.reading.and_then(|reading| reading.marks.theme(&draft.theme).cloned());
    let Some((rule, theme)) = draft.rule().zip(theme) else {
        return Err(Failure::Bad(officer.words.say("voice-rule-wrong")));
    };
    let now = state.clock.now();
    state
        .store
        .write(move |db| {
            let (round_id, theme_id, by) = (round.id, theme.id, officer.account_id);
            themes::apply(db, &NewCoding { round_id, theme_id, is_on: true, rule: Some(&rule), by, at: now }, &[])?;
            officer.note(db, now, round.owner_id, Action::ThemesChanged, &round.slug)
        })
        .await?;
    Ok(back(&slug, "made"))
}

/// `POST …/open/themes/copy`: takes over the themes and rules of another round that this officer may read.
pub(super) async fn copy(
    officer: Analyst,
    state: web::Data<State>,
    slug: web::Path<String>,
    body: web::Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::sent(&officer, &body)?;
    let round = super::read(&state, &officer, &slug, |_, round| Ok(round)).await?;
    let (from, now, reader) = (fields.one("from").to_owned(), state.clock.now(), officer.0.clone());
    let source = state
        .store
        .read(move |db| {
            let Some(source) = rounds::by_slug(db, &from)? else { return Ok(None) };
            Ok(reader.may_manage(&units::line(db, source.owner_id)?).then_some(source))
        })
        .await?
        .ok_or(Failure::NotFound)?;
    let has_room = state
        .store
        .write(move |db| {
            let has_room = take_over(db, &source, &round, officer.account_id, now)?;
            officer.note(db, now, round.owner_id, Action::ThemesChanged, &round.slug)?;
            Ok(has_room)
        })
        .await?;
    Ok(back(&slug, if has_room { "copied" } else { "full" }))
}

/// Themes that are known here by their name stay as they are; a rule that is here already is not made twice. Codes say nothing:
/// here another theme may have the one that it has there. Says whether there was room for all.
fn take_over(
    db: &mut Db,
    source: &RoundRow,
    round: &RoundRow,
    by: i64,
    at: chrono::NaiveDateTime,
) -> Result<bool, StoreError> {
    let (theirs, mut ours) = (themes::of_round(db, source.id)?, themes::of_round(db, round.id)?);
    let live = || theirs.iter().filter(|theme| theme.ended_at.is_none());
    let mut has_room = true;
    for theme in live().filter(|theme| own(&ours, theme).is_none()) {
        has_room &= themes::add(db, round.id, &theme.code, &theme.name, by, at)? != Named::Full;
    }
    ours = themes::of_round(db, round.id)?;
    let here = themes::codings(db, round.id)?;
    for coding in themes::codings(db, source.id)? {
        let theme = live().find(|theme| theme.id == coding.theme_id).and_then(|theme| own(&ours, theme));
        let (Some(rule), Some(theme_id)) = (&coding.rule, theme) else { continue };
        if !here.iter().any(|one| one.theme_id == theme_id && one.rule.as_ref() == Some(rule)) {
            let new = NewCoding { round_id: round.id, theme_id, is_on: true, rule: Some(rule), by, at };
            themes::apply(db, &new, &[])?;
        }
    }
    Ok(has_room)
}

/// The theme here that is called as this one of another round.
fn own(ours: &[Theme], theme: &Theme) -> Option<i64> {
    ours.iter().find(|one| one.is_called(&theme.name)).map(|one| one.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_of_a_theme_can_stand_in_an_address() {
        assert_eq!(code("An toàn, cổng trường").as_deref(), Some("an-toan-cong-truong"));
        assert_eq!((code("?!"), code("None")), (None, None));
    }
}
