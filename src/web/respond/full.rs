//! As many forms as shall count: of a whole unit, or of a group of those who answer. The writer decides; here people are told
//! as soon as it is known, and which of the two it is.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::notice::Turned;
use super::part::Visit;
use super::unfinished::{Opened, part_of};
use super::{review, start};
use crate::catalogue::{Entrance, Published};
use crate::state::State;
use crate::store::intake::count_of_stratum;
use crate::survey::raw::RawAnswers;
use crate::survey::submission::Submission;
use crate::survey::text::Lang;
use crate::survey::violation::{Reason, Violation};
use crate::web::error::Failure;
use crate::web::words::Words;

/// What takes no more forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Full {
    /// The unit.
    Unit,
    /// A group, over all units.
    Group(Group),
}

/// Those who gave the same answers to what a questionnaire is cut by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    /// The question that was answered last of these.
    question: String,
    /// The answers, as people read them.
    name: String,
}

impl Full {
    /// Why a form is not taken.
    pub(super) fn text(&self, entrance: &Entrance, words: Words) -> String {
        match self {
            Self::Unit => words.with("quota-full-text", "unit", &entrance.unit_name),
            Self::Group(group) => words.with("quota-full-group-text", "group", &group.name),
        }
    }
}

/// What is full for a form with these answers.
///
/// # Errors
/// The database failed.
pub(super) async fn for_form(
    state: &State,
    entrance: &Entrance,
    form: &Published,
    submission: &Submission,
    lang: Lang,
) -> Result<Option<Full>, Failure> {
    if start::is_full(state, entrance).await? {
        return Ok(Some(Full::Unit));
    }
    Ok(group(state, entrance, form, submission, lang).await?.map(Full::Group))
}

/// The group of a form with these answers, where it is full. Asked only in rounds that limit that group.
async fn group(
    state: &State,
    entrance: &Entrance,
    form: &Published,
    submission: &Submission,
    lang: Lang,
) -> Result<Option<Group>, Failure> {
    let stratum = submission.stratum(&form.questionnaire);
    let Some(most) = entrance.limits(form, &stratum).stratum else { return Ok(None) };
    let (round_id, version_id) = (entrance.round.id, form.id);
    let n = state.store.read(move |db| count_of_stratum(db, round_id, version_id, &stratum)).await?;
    Ok(if n >= most { named(form, submission, lang) } else { None })
}

/// What the group of a form with these answers is called; none where nothing was answered that makes a group.
fn named(form: &Published, submission: &Submission, lang: Lang) -> Option<Group> {
    let document = submission.document(&form.questionnaire);
    let raw: RawAnswers<'_> = serde_json::from_str(&document).unwrap_or_default();
    let asked = form.questionnaire.strata.iter().map(|place| &form.questionnaire.questions[*place]);
    let answered = asked.filter_map(|question| {
        let label = question.kind.shown(raw.get(&question.code)?, None, lang).into_iter().next()?;
        Some((question, label)).filter(|(_, label)| !label.is_empty())
    });
    let (questions, labels): (Vec<_>, Vec<_>) = answered.unzip();
    Some(Group { question: questions.last()?.code.clone(), name: labels.join(" – ") })
}

/// The same for a form under way, to be told beside the question by which somebody belongs to the group.
async fn told(visit: &Visit, opened: &Opened<'_>) -> Result<Option<Violation>, Turned> {
    let lang = visit.lang(opened);
    let submission = Submission { slots: opened.route(lang).slots().to_vec() };
    let full = group(&visit.state, &visit.entrance, opened.form, &submission, lang).await?;
    Ok(full.map(|Group { question, name }| Violation { question, reason: Reason::GroupFull { group: name } }))
}

/// What keeps this part from being left, where the group was chosen in it.
///
/// # Errors
/// The database failed.
pub(super) async fn in_part(visit: &Visit, opened: &Opened<'_>, part: usize) -> Result<Option<Violation>, Turned> {
    let told = told(visit, opened).await?;
    Ok(told.filter(|full| part_of(&opened.form.questionnaire, &full.question) == Some(part)))
}

/// The review; or the question by which somebody belongs to a group that is full.
///
/// # Errors
/// The database or the template failed.
pub(super) async fn or_review(visit: &Visit, opened: &Opened<'_>) -> Result<HttpResponse, Turned> {
    let Some(full) = told(visit, opened).await? else { return review::show(visit, opened) };
    let part = part_of(&opened.form.questionnaire, &full.question).unwrap_or(0);
    visit.page(StatusCode::OK, opened, part, &[full], None)
}
