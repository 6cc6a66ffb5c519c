//! The start page: who asks, why, how long, what is kept. The same bytes for everybody, compressed once.

use std::collections::HashMap;
use std::sync::Arc;

use actix_web::cookie::{Cookie, SameSite};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use parking_lot::RwLock;

use super::code::{entrance, words};
use super::device::{Device, PROBE};
use super::kiosk;
use super::notice::{self, Turned};
use super::share::Share;
use super::{access, begin};
use crate::catalogue::{Entrance, Published};
use crate::state::State;
use crate::store::intake::count_of_unit;
use crate::survey::code::Audience;
use crate::survey::collector::CollectorCode;
use crate::survey::round::{Access, Gate};
use crate::survey::text::{Lang, LangAttribute};
use crate::web::compressed::Compressed;
use crate::web::error::Failure;
use crate::web::page::{see_other, show};
use crate::web::words::Words;

/// Start pages as they are served, for the entrances as they were when the pages were made.
#[derive(Default)]
pub struct StartPages(RwLock<HashMap<(CollectorCode, Lang), Made>>);

/// A page, and the entrance it was made from.
type Made = (Arc<Entrance>, Compressed);

impl StartPages {
    fn get(&self, entrance: &Arc<Entrance>, words: Words) -> Option<Compressed> {
        let pages = self.0.read();
        let (made_for, page) = pages.get(&(entrance.code, words.0))?;
        Arc::ptr_eq(made_for, entrance).then(|| page.clone())
    }

    fn put(&self, entrance: &Arc<Entrance>, words: Words, page: Compressed) {
        self.0.write().insert((entrance.code, words.0), (entrance.clone(), page));
    }
}

#[derive(Template)]
#[template(path = "web/respond/start.html")]
struct StartPage<'a> {
    /// On a device for everybody.
    is_kiosk: bool,
    words: Words,
    share: Share,
    /// Who runs the installation; empty: whoever asks.
    operator: &'a str,
    lang: Lang,
    entrance: &'a Entrance,
    /// The questionnaire to describe: the first, where there are several.
    first: &'a Published,
    /// The one-time code that the address brought.
    typed: &'a str,
    closes: String,
    /// Questions that take answers.
    questions: usize,
}

impl StartPage<'_> {
    /// What tells one questionnaire of this unit from another: its level, and its audience where that differs.
    fn choice(&self, form: &Published) -> String {
        let questionnaire = &form.questionnaire;
        let audience = self.words.say(&format!("audience-{}", questionnaire.audience));
        let level = questionnaire.level.map(|level| self.words.say(&format!("level-{level}")));
        match level {
            Some(level) if self.entrance.audience().is_some() => level,
            Some(level) => self.words.fill("start-i-am-level", [("audience", audience), ("level", level)]),
            None => self.words.with("start-i-am", "audience", audience),
        }
    }

    /// What a plan is called after the words “by the plan”, which are not said twice.
    fn plan_title<'b>(&self, title: &'b str) -> &'b str {
        let rest = title.strip_prefix("Kế hoạch ").or_else(|| title.strip_prefix("KẾ HOẠCH "));
        rest.filter(|_| self.words.interface() == Lang::VI).unwrap_or(title)
    }

    /// The day by which the notice promises that the forms are deleted.
    fn kept_until(&self) -> String {
        let closes = self.entrance.round.closes_at;
        self.words.day(closes.checked_add_months(self.entrance.kept()).unwrap_or(closes))
    }

    /// Whether the choice is between the levels of children.
    fn is_about_children(&self) -> bool {
        self.entrance.audience() == Some(Audience::PhuHuynh)
    }

    /// The language of [`Self::purpose`], where the page speaks another.
    fn purpose_in(&self) -> LangAttribute {
        let is_own = self.entrance.forms.len() == 1 && self.first.questionnaire.purpose.is_some();
        self.words.spoken_in(if is_own { self.lang } else { self.words.interface() })
    }

    /// What the answers are for: the questionnaire's own sentence, or a general one where there are several.
    fn purpose(&self) -> String {
        match &self.first.questionnaire.purpose {
            Some(purpose) if self.entrance.forms.len() == 1 => purpose.get(self.lang).to_owned(),
            _ => self.words.say("start-purpose"),
        }
    }
}

/// `GET /k/{code}`
pub(super) async fn start(
    request: HttpRequest,
    state: web::Data<State>,
    pages: web::Data<StartPages>,
    code: web::Path<String>,
) -> Result<HttpResponse, Turned> {
    let words = words(&request);
    let entrance = entrance(&state, &code, words).await?;
    // pages are kept by language: only those that there are
    let words = words.among(&entrance.languages());
    let elsewhere = kiosk::home_elsewhere(&request, &state, &entrance).await?;
    if let Some(home) = elsewhere.or(kiosk::home(&request).filter(|home| *home == entrance.code)) {
        return Ok(see_other(format!("/k/{home}/may-chung?lang={}", words.0)));
    }
    let gate = entrance.round.window().gate(state.clock.now());
    if gate != Gate::Open {
        let takes_some = matches!(gate, Gate::Grace | Gate::Paused);
        let goes_on = takes_some && begin::in_time(&state, &entrance, &Device::of(&request)).await?.is_some();
        return Ok(notice::shut_start(&state.public_url, &entrance, gate, words, goes_on)?);
    }
    if is_full(&state, &entrance).await? {
        return Ok(notice::full_start(&state.public_url, &entrance, words)?);
    }
    if let Some(typed) = access::in_address(&request, &entrance) {
        // made for one household
        return Ok(HttpResponse::Ok()
            .insert_header(("Content-Type", "text/html; charset=utf-8"))
            .insert_header(("Cache-Control", "no-store"))
            .body(render(&state, &entrance, words, &typed)?));
    }
    let page = match pages.get(&entrance, words) {
        Some(page) => page,
        None => {
            let page = Compressed::new(render(&state, &entrance, words, "")?.as_bytes());
            pages.put(&entrance, words, page.clone());
            page
        }
    };
    // a phone may keep it, and asks each time whether it still holds: a round that was closed is closed for everybody
    with_probe(&state, page.respond(&request, "text/html; charset=utf-8", "public, no-cache"))
}

/// The same for everybody: it only shows whether this browser brings cookies back.
fn with_probe(state: &State, mut page: HttpResponse) -> Result<HttpResponse, Turned> {
    let probe = Cookie::build(PROBE, "1").path("/k").same_site(SameSite::Lax).http_only(true);
    page.add_cookie(&probe.secure(state.is_https()).finish()).map_err(|error| Failure::Unknown(error.to_string()))?;
    Ok(page)
}

fn render(state: &State, entrance: &Entrance, words: Words, typed: &str) -> Result<String, Failure> {
    Ok(page(state, entrance, words, typed, false)?.render()?)
}

/// The same page on a device that stands somewhere for everybody.
pub(super) fn for_everybody(state: &State, entrance: &Entrance, words: Words) -> Result<HttpResponse, Turned> {
    with_probe(state, show(&page(state, entrance, words, "", true)?)?)
}

fn page<'a>(
    state: &'a State,
    entrance: &'a Entrance,
    words: Words,
    typed: &'a str,
    is_kiosk: bool,
) -> Result<StartPage<'a>, Failure> {
    let Some(first) = entrance.forms.first() else { return Err(Failure::NotFound) };
    Ok(StartPage {
        is_kiosk,
        words,
        share: Share::new(&state.public_url, entrance, words)?,
        operator: &state.operator,
        lang: first.questionnaire.lang(words.0),
        entrance,
        first,
        typed,
        closes: words.moment(entrance.round.closes_at),
        questions: first.questionnaire.questions.iter().filter(|question| question.is_asked()).count(),
    })
}

/// Whether as many forms have come in from this unit as shall count. Asked only in rounds with such a quota; a form that would
/// be the first too many is turned away by the writer all the same.
pub(super) async fn is_full(state: &State, entrance: &Entrance) -> Result<bool, Failure> {
    let Some(most) = entrance.round.unit_most else { return Ok(false) };
    let (round_id, unit_id) = (entrance.round.id, entrance.unit_id);
    Ok(state.store.read(move |db| count_of_unit(db, round_id, unit_id)).await? >= most)
}
