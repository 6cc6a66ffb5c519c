//! `/manage/rounds/{slug}/pictures`: the pictures that came with forms, school by school, for whoever may manage the round.
//! They stand in the order of their random ids, so that nobody sees which came first or together.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::read;
use crate::catalogue::Published;
use crate::state::State;
use crate::store::pictures;
use crate::store::rounds::{self, NamedUnit, RoundRow};
use crate::survey::picture::PictureId;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::page;
use crate::web::session::Analyst;
use crate::web::words::Words;

/// Pictures on one page: each is loaded by itself.
const ON_A_PAGE: usize = 24;

/// The schools that pictures came from, and those of one of them.
#[derive(Template)]
#[template(path = "web/manage/rounds/pictures.html")]
struct PicturesPage {
    desk: DeskFrame,
    round: RoundRow,
    schools: Vec<School>,
    shown: Option<Shown>,
}

/// A school and how many pictures came from it.
struct School {
    unit: NamedUnit,
    n: i64,
}

/// One page of a school's pictures.
struct Shown {
    unit: NamedUnit,
    /// Each with what was asked for.
    pictures: Vec<(PictureId, String)>,
    /// The last one, where there are more behind it.
    more_after: Option<PictureId>,
}

#[derive(Deserialize)]
pub(super) struct Wanted {
    unit: Option<String>,
    after: Option<String>,
}

/// `GET …/pictures?unit=…&after=…`
pub(super) async fn show(
    request: HttpRequest,
    officer: Analyst,
    state: web::Data<State>,
    slug: web::Path<String>,
    wanted: web::Query<Wanted>,
) -> Result<HttpResponse, Failure> {
    let (catalogue, words, wanted) = (state.catalogue.clone(), officer.words, wanted.into_inner());
    let (round, schools, shown) = read(&state, &officer, &slug, move |db, round| {
        // what people sent is part of what they answered
        let counts = if round.is_sealed() { Vec::new() } else { pictures::by_unit(db, round.id)? };
        let number = |unit: &NamedUnit| counts.iter().find(|(id, _)| *id == unit.id).map(|(_, n)| *n);
        let named = rounds::units(db, round.id)?.into_iter();
        let schools: Vec<School> = named.filter_map(|unit| Some(School { n: number(&unit)?, unit })).collect();
        let chosen = schools.iter().find(|school| Some(&school.unit.code) == wanted.unit.as_ref());
        let Some(unit) = chosen.map(|school| school.unit.clone()) else { return Ok((round, schools, None)) };
        let after = wanted.after.as_deref().and_then(PictureId::parse);
        let limit = i64::try_from(ON_A_PAGE + 1).unwrap_or(i64::MAX);
        let mut found = pictures::of_unit(db, round.id, unit.id, after, limit)?;
        let is_more = found.len() > ON_A_PAGE;
        found.truncate(ON_A_PAGE);
        let more_after = found.last().map(|(id, _)| *id).filter(|_| is_more);
        let forms = catalogue.of_round(db, round.id)?;
        let labelled = found.into_iter().map(|(id, question)| (id, label(&forms, &question, words)));
        let shown = Shown { unit, pictures: labelled.collect(), more_after };
        Ok((round, schools, Some(shown)))
    })
    .await?;
    page::show(&PicturesPage { desk: DeskFrame::new(&request, &officer, Room::Rounds), round, schools, shown })
}

/// What the question says, or its code where no questionnaire of the round has it.
fn label(forms: &[std::sync::Arc<Published>], question: &str, words: Words) -> String {
    let found = forms.iter().map(|form| &form.questionnaire).find_map(|questionnaire| {
        let asked = questionnaire.questions.get(questionnaire.place(question)?)?;
        Some(asked.label.get(questionnaire.lang(words.0)).to_owned())
    });
    found.unwrap_or_else(|| question.to_owned())
}

/// `GET …/pictures/{id}`
pub(super) async fn picture(
    officer: Analyst,
    state: web::Data<State>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let (slug, id) = path.into_inner();
    let id = PictureId::parse(&id).ok_or(Failure::NotFound)?;
    let jpeg = read(&state, &officer, &slug, move |db, round| match round.is_sealed() {
        true => Ok(None),
        false => pictures::find(db, round.id, id),
    })
    .await?;
    Ok(page::picture(jpeg.ok_or(Failure::NotFound)?))
}
