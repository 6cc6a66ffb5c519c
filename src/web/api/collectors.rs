//! Collectors for kiosks and other clients: what is asked, and the intake of answers.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use super::problem::Problem;
use crate::catalogue::{Entrance, Published};
use crate::intake::IntakeError;
use crate::intake::access::{AccessCode, AccessHash};
use crate::intake::form::Circumstances;
use crate::intake::receipt::{begun_stamp, read_stamp};
use crate::state::State;
use crate::store::intake::Stored;
use crate::survey::code::Mode;
use crate::survey::pace::Pace;
use crate::survey::picture::Unfit;
use crate::survey::questionnaire::Questionnaire;
use crate::survey::raw::RawAnswers;
use crate::survey::round::Access;
use crate::survey::route::Occasion;
use crate::survey::submission::{self, Submission};
use crate::survey::text::Lang;
use crate::survey::violation::{Reason, Violation};
use crate::vietnamese::local;
use crate::web::respond::sentence;
use crate::web::words::Words;

async fn entrance(state: &State, code: &str) -> Result<Arc<Entrance>, Problem> {
    let code = code.parse().map_err(|_| unknown())?;
    state.catalogue.entrance(code).await?.ok_or_else(unknown)
}

fn unknown() -> Problem {
    Problem::not_found("There is no collector with this code, or it was revoked.")
}

fn closed() -> Problem {
    Problem::new(StatusCode::GONE, "The round is closed, or not yet open.")
}

/// `GET /api/v1/collectors/{code}`
pub(super) async fn show(state: web::Data<State>, code: web::Path<String>) -> Result<HttpResponse, Problem> {
    let entrance = entrance(&state, &code).await?;
    if !entrance.is_live() {
        return Err(unknown());
    }
    let questionnaires: Vec<_> = entrance.forms.iter().map(|form| &form.source).collect();
    let versions: BTreeMap<&str, i64> =
        entrance.forms.iter().map(|form| (form.questionnaire.code.as_str(), form.version)).collect();
    let key = Uuid::new_v4();
    let body = json!({
        "round": entrance.round.slug,
        "unit": {"code": entrance.unit_code, "name": entrance.unit_name},
        "channel": entrance.channel.code(),
        "access": entrance.access.code(),
        "key": key,
        "begun": begun_stamp(&state.secret, entrance.code, key, state.clock.now()),
        "opens_at": entrance.round.opens_at.map(|at| at.and_utc()),
        "closes_at": entrance.round.closes_at.and_utc(),
        "versions": versions,
        "questionnaires": questionnaires,
    });
    Ok(HttpResponse::Ok().insert_header(("Cache-Control", "no-store")).json(body))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SubmissionBody<'a> {
    key: Uuid,
    #[serde(borrow)]
    questionnaire: Option<Cow<'a, str>>,
    version: Option<i64>,
    lang: Option<Lang>,
    begun: Option<Cow<'a, str>>,
    #[serde(default)]
    pressed: bool,
    #[serde(borrow)]
    access_code: Option<Cow<'a, str>>,
    answers: RawAnswers<'a>,
}

/// `POST /api/v1/collectors/{code}/submissions`
pub(super) async fn submit(
    request: HttpRequest,
    state: web::Data<State>,
    code: web::Path<String>,
    body: Result<Bytes, actix_web::Error>,
) -> Result<HttpResponse, Problem> {
    require_json(&request)?;
    let body = body.map_err(|error| unreadable(&error))?;
    let entrance = entrance(&state, &code).await?;
    let sent: SubmissionBody<'_> = serde_json::from_slice(&body)
        .map_err(|error| Problem::bad_request(format!("The body is not what is expected: {error}.")))?;
    let begun = sent.begun.and_then(|stamp| read_stamp(&state.secret, entrance.code, sent.key, &stamp));
    let takes = entrance.takes(state.clock.now(), begun);
    if entrance.stopped_at.is_some() && !takes {
        return Err(unknown());
    }
    let Some(form) = entrance.form(sent.questionnaire.as_deref()) else {
        return Err(which_questionnaire(&entrance));
    };
    if sent.version.is_some_and(|version| version != form.version) {
        return Err(unfit("version", "Another version of this questionnaire is asked now; read the collector again.")
            .with("versions", json!({ form.questionnaire.code.as_str(): form.version })));
    }
    let lang = language(&form.questionnaire, sent.lang)?;
    let occasion = Occasion { now: local(begun.unwrap_or_else(|| state.clock.now())), lang };
    let parsed = submission::parse(&form.questionnaire, &sent.answers, occasion);
    let submission = match parsed.and_then(|parsed| without_pictures(form, parsed)) {
        Ok(submission) => submission,
        // whoever corrected it would be turned away afterwards
        Err(_) if !takes => return Err(closed()),
        Err(violations) => return Err(refused(lang, &violations)),
    };
    let access = access(&state, &entrance, sent.access_code.as_deref())?;
    let with = Circumstances {
        key: sent.key,
        lang,
        mode: Mode::Api,
        begun,
        // a program asks for its stamp when it likes
        pace: Pace::Unknown,
        today: state.clock.today(),
        pressed: sent.pressed,
        access,
    };
    let (stored, receipt) = state.take(&entrance, form, &submission, with, Vec::new()).await;
    let receipt = json!({"receipt": receipt.as_str()});
    match stored {
        Ok(Stored::New) => Ok(HttpResponse::Created().json(receipt)),
        Ok(Stored::Repeat) => Ok(HttpResponse::Ok().json(receipt)),
        Ok(Stored::Conflict) => Err(Problem::new(
            StatusCode::CONFLICT,
            "This key was used for other answers. Make a new key if this is another form.",
        )),
        Ok(Stored::Closed) => Err(closed()),
        Ok(Stored::Spent) => Err(spent()),
        Ok(Stored::Full) => Err(full()),
        Err(IntakeError::Busy) => Err(Problem::busy(5)),
        Err(IntakeError::Store(error)) => Err(Problem::not_stored(&error)),
    }
}

/// Pictures are sent from a form under way, where they are drawn anew; here nobody has sent any.
fn without_pictures(form: &Published, submission: Submission) -> Result<Submission, Vec<Violation>> {
    let mut violations: Vec<Violation> = Vec::new();
    for (question, _) in submission.pictures(&form.questionnaire) {
        violations.push(Violation { question: question.to_owned(), reason: Reason::Picture(Unfit::NotTaken) });
    }
    violations.dedup();
    if violations.is_empty() { Ok(submission) } else { Err(violations) }
}

/// The language it was answered in; without one, Vietnamese or the questionnaire's first.
fn language(questionnaire: &Questionnaire, sent: Option<Lang>) -> Result<Lang, Problem> {
    match sent {
        Some(lang) if !questionnaire.languages.contains(&lang) => {
            let languages: Vec<&str> = questionnaire.languages.iter().map(Lang::code).collect();
            let detail = "This questionnaire is not written in that language.";
            Err(unfit("lang", detail).with("languages", languages))
        }
        sent => Ok(questionnaire.lang(sent.unwrap_or(Lang::VI))),
    }
}

/// The one-time code, in a round that asks for one; whether it is spent, the writer finds out.
fn access(state: &State, entrance: &Entrance, sent: Option<&str>) -> Result<Option<AccessHash>, Problem> {
    if entrance.access == Access::Open {
        return Ok(None);
    }
    let Some(sent) = sent else {
        return Err(unfit("access_code", "This round asks for a one-time code."));
    };
    let code = AccessCode::parse(&state.secret, entrance.round.id, sent);
    let code = code.ok_or_else(|| unfit("access_code", "No such code was made for this round."))?;
    Ok(Some(code.hash(&state.secret)))
}

fn spent() -> Problem {
    Problem::new(StatusCode::CONFLICT, "This one-time code is used up, or belongs to another unit.")
        .with("reason", "access_code_spent")
}

fn full() -> Problem {
    Problem::new(StatusCode::GONE, "As many forms as are counted here have come in already.")
        .with("reason", "quota_full")
}

/// Too large, or cut off on its way.
fn unreadable(error: &actix_web::Error) -> Problem {
    match error.as_response_error().status_code() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "The body is larger than any form can be. Send one form in each request.",
        ),
        _ => Problem::bad_request("The body could not be read to its end. Please send it again."),
    }
}

fn require_json(request: &HttpRequest) -> Result<(), Problem> {
    let declared = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let mime = declared.split(';').next().unwrap_or("").trim();
    if mime.eq_ignore_ascii_case("application/json") {
        return Ok(());
    }
    Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Send the body as application/json."))
}

fn which_questionnaire(entrance: &Entrance) -> Problem {
    let codes: Vec<&str> =
        entrance.forms.iter().map(|form: &Arc<Published>| form.questionnaire.code.as_str()).collect();
    let detail = "Say with \"questionnaire\" which of this unit's forms was answered.";
    unfit("questionnaire", detail).with("questionnaires", codes)
}

/// A member beside the answers that does not fit; a violation like any other, for clients that only look at those.
fn unfit(member: &str, detail: &str) -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, detail)
        .with("violations", [json!({"question": member, "message": detail})])
}

fn refused(lang: Lang, violations: &[Violation]) -> Problem {
    let words = Words(lang);
    let listed: Vec<_> = violations
        .iter()
        .map(|violation| json!({"question": violation.question, "message": sentence(words, lang, violation)}))
        .collect();
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "Some answers do not fit the questionnaire.")
        .with("violations", listed)
}
