//! `/manage/rounds/{slug}/forms`: with which questionnaires and through whom a round that has not begun asks.

use std::collections::BTreeSet;

use actix_web::web::{self, Data};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::begin::Offer;
use super::edit::has_not_begun;
use super::fields::Fields;
use super::form::RoundForm;
use super::merge::{Standing, Stands, hidden, merged};
use super::trouble::Trouble;
use super::{Outcome, read, said, show};
use crate::draft::{Wanted, ask_with, channels};
use crate::state::State;
use crate::store::questionnaires::{self, VersionRow};
use crate::store::rounds::RoundRow;
use crate::store::{Db, StoreError};
use crate::survey::audit::Action;
use crate::survey::code::Channel;
use crate::survey::questionnaire::Questionnaire;
use crate::survey::templates;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::manage::questionnaires::usable;
use crate::web::session::{Officer, Planner};
use crate::web::words::Words;

#[derive(Template)]
#[template(path = "web/manage/rounds/forms.html")]
struct FormsPage {
    desk: DeskFrame,
    trouble: Trouble,
    round: RoundRow,
    offers: Offers,
    /// Codes of the questionnaires and channels that the round has, or that were ticked.
    ticked: BTreeSet<String>,
    was: Vec<(String, String)>,
}

/// What there is to choose from.
struct Offers {
    /// The round has them, each in a version that stays.
    kept: Vec<Offer>,
    /// Written by the officer's area.
    own: Vec<Offer>,
    templates: Vec<Offer>,
    channels: Vec<(&'static str, String)>,
}

impl FormsPage {
    fn has(&self, code: &str) -> bool {
        self.ticked.contains(code)
    }
}

/// `GET …/forms`
pub(super) async fn choose(
    request: HttpRequest,
    officer: Planner,
    state: Data<State>,
    slug: web::Path<String>,
) -> Result<HttpResponse, Failure> {
    page(&request, &officer, &state, &slug, Trouble::default()).await
}

async fn page(
    request: &HttpRequest,
    officer: &Officer,
    state: &State,
    slug: &str,
    trouble: Trouble,
) -> Result<HttpResponse, Failure> {
    let (planner, now) = (officer.clone(), state.clock.now());
    let (round, offers, standing) = read(state, officer, slug, move |db, round| {
        let known = questionnaires::of_round(db, round.id)?;
        let offers = Offers::read(db, &planner, &known)?;
        let standing = standing(&known, &channels(db, round.id)?);
        Ok((round, offers, standing))
    })
    .await?;
    if has_not_begun(&round, now, officer.words).is_err() {
        if !trouble.is_none() {
            return show::page(request, officer, state, slug, trouble).await;
        }
        let too_late = officer.words.say("said-too-late");
        return Ok(said::see_other(state, officer, format!("/manage/rounds/{slug}"), &too_late));
    }
    let page = FormsPage {
        desk: DeskFrame::new(request, officer, Room::Rounds),
        ticked: ticked(&standing, trouble.fields()),
        was: hidden(&standing, &trouble),
        offers,
        round,
        trouble,
    };
    said::show(request, &page.trouble, &page)
}

impl Offers {
    fn read(db: &mut Db, officer: &Officer, known: &[VersionRow]) -> Result<Self, StoreError> {
        let (words, below) = (officer.words, officer.reach(db)?);
        let parsed: Vec<Questionnaire> =
            known.iter().filter_map(|row| Questionnaire::parse(&row.content).ok()).collect();
        let is_new = |asked: &&Questionnaire| parsed.iter().all(|known| known.code != asked.code);
        let own = usable(db, &below)?;
        let offer = |asked: &Questionnaire| Offer::new(asked, words);
        let others = Channel::ALL.iter().filter(|channel| **channel != Channel::Truong);
        Ok(Self {
            own: own.iter().map(|usable| &usable.questionnaire).filter(is_new).map(offer).collect(),
            templates: templates::all().iter().map(|kept| &kept.questionnaire).filter(is_new).map(offer).collect(),
            kept: parsed.iter().map(offer).collect(),
            channels: others.map(|channel| (channel.code(), words.say(&format!("channel-{channel}")))).collect(),
        })
    }
}

/// The form's fields as the round stands.
fn standing(known: &[VersionRow], channels: &[Channel]) -> Standing {
    let others = channels.iter().filter(|channel| **channel != Channel::Truong);
    vec![
        ("template", Stands::Ticked(known.iter().map(|row| row.code.clone()).collect())),
        ("channel", Stands::Ticked(others.map(|channel| channel.code().to_owned()).collect())),
    ]
}

/// What is ticked: as it was sent, or as it stands.
fn ticked(standing: &Standing, sent: &Fields) -> BTreeSet<String> {
    if !sent.is_empty() {
        return sent.all("template").chain(sent.all("channel")).map(str::to_owned).collect();
    }
    let ticked = standing.iter().filter_map(|(_, stands)| match stands {
        Stands::Ticked(codes) => Some(codes),
        Stands::At(_) => None,
    });
    ticked.flatten().cloned().collect()
}

/// `POST …/forms`
pub(super) async fn save(form: RoundForm<Planner>) -> Result<HttpResponse, Failure> {
    let (planner, now, sent) = (form.officer.0.clone(), form.now(), form.fields.clone());
    let words = planner.words;
    let done = form.change(Action::RoundEdited, move |db, round| {
        if let Err(trouble) = has_not_begun(&round, now, words) {
            return Ok(Err(trouble));
        }
        let known = questionnaires::of_round(db, round.id)?;
        let fields = match merged(&sent, &standing(&known, &channels(db, round.id)?), words) {
            Ok(fields) => fields,
            Err(trouble) => return Ok(Err(trouble)),
        };
        let wanted = wanted(db, &planner, &known, &fields)?;
        if wanted.is_empty() {
            return Ok(Err(Trouble::at("template", words.say("begin-template-wrong")).typed(fields)));
        }
        let through: Vec<Channel> = Channel::ALL
            .iter()
            .filter(|channel| **channel == Channel::Truong || fields.has("channel", channel.code()))
            .copied()
            .collect();
        match ask_with(db, &round, &wanted, &through, now) {
            Ok(left_out) => Ok(saved(&left_out, words)),
            Err(StoreError::NobodyAsked) => Ok(Err(Trouble::at("template", words.say("forms-nobody")).typed(fields))),
            Err(error) => Err(error),
        }
    });
    let done = done.await?;
    form.answer(done, "/units", page).await
}

/// What was saved, and which schools are asked no more.
fn saved(left_out: &[String], words: Words) -> Outcome<String> {
    let saved = words.say("said-forms");
    Ok(match left_out.is_empty() {
        true => saved,
        false => format!("{saved} {}", words.with("said-forms-left-out", "units", left_out.join(", "))),
    })
}

/// The questionnaires that were ticked: versions that the round has stay as they are.
fn wanted(db: &mut Db, officer: &Officer, known: &[VersionRow], fields: &Fields) -> Result<Vec<Wanted>, StoreError> {
    let below = officer.reach(db)?;
    let own = usable(db, &below)?;
    let codes: BTreeSet<&str> = fields.all("template").collect();
    let wanted = |code: &str| {
        if let Some(row) = known.iter().find(|row| row.code == code) {
            return Some(Wanted::Kept(row.id));
        }
        let written = own.iter().find(|usable| usable.questionnaire.code == code).map(|usable| usable.text.clone());
        let text = written.or_else(|| templates::find(code).map(|template| template.text.to_owned()));
        text.map(Wanted::New)
    };
    Ok(codes.into_iter().filter_map(wanted).collect())
}
