//! From a form that fulfils its questionnaire to a row that can be stored.

use chrono::{NaiveDate, NaiveDateTime};
use uuid::Uuid;

use super::access::AccessHash;
use super::receipt::Receipt;
use super::withdrawal::WithdrawalCode;
use crate::catalogue::{Entrance, Published};
use crate::secret::Secret;
use crate::store::intake::Entry;
use crate::survey::code::Mode;
use crate::survey::pace::Pace;
use crate::survey::picture::PictureId;
use crate::survey::raw::RawAnswers;
use crate::survey::submission::{Submission, restore};
use crate::survey::text::Lang;

/// What comes with the answers.
#[derive(Debug, Clone, Copy)]
pub struct Circumstances {
    /// Made when the form was begun.
    pub key: Uuid,
    /// The language it was answered in.
    pub lang: Lang,
    /// How it came in.
    pub mode: Mode,
    /// When it was begun, if that is proven, UTC.
    pub begun: Option<NaiveDateTime>,
    /// How fast it was filled in; [`Pace::Unknown`] unless it was filled in on a page of ours.
    pub pace: Pace,
    /// Today, UTC+7.
    pub today: NaiveDate,
    /// Whether the parent said that the answers were demanded.
    pub pressed: bool,
    /// The one-time code, where the round asks for one.
    pub access: Option<AccessHash>,
}

/// The row of a form, and the receipt of its key.
pub fn entry(
    secret: &Secret,
    entrance: &Entrance,
    form: &Published,
    submission: &Submission,
    with: Circumstances,
    alerts: Vec<(String, Vec<String>)>,
) -> (Entry, Receipt) {
    let questionnaire = &form.questionnaire;
    let receipt = Receipt::of(secret, entrance.round.id, with.key);
    let answers = submission.document(questionnaire);
    let (stratum, cells) = counted(form, submission);
    let place = [entrance.unit_id, form.id].map(i64::to_be_bytes);
    let fingerprint = secret.mac("answers", &[&place[0], &place[1], answers.as_bytes()]);
    let entry = Entry {
        round_id: entrance.round.id,
        id: Uuid::new_v4().into_bytes(),
        unit_id: entrance.unit_id,
        channel: entrance.channel.code(),
        version_id: form.id,
        lang: with.lang,
        mode: with.mode.code(),
        begun: with.begun,
        pace: with.pace.code(),
        submitted_on: with.today,
        cells,
        receipt_hash: receipt.hash(),
        fingerprint: std::array::from_fn(|i| fingerprint[i]),
        withdrawal: WithdrawalCode::of(secret, entrance.round.id, with.key).hash(secret),
        pressed: with.pressed,
        rated_alike: submission.rated_alike(questionnaire),
        access: with.access.map(AccessHash::bytes),
        limits: entrance.limits(form, &stratum),
        stratum,
        alerts,
        pictures: Vec::new(),
        answers,
    };
    (entry, receipt)
}

/// Where a form counts, and what it adds there.
fn counted(form: &Published, submission: &Submission) -> (String, Vec<i64>) {
    let mut cells = vec![0; form.layout.len()];
    form.layout.count(&form.questionnaire, &submission.slots, &mut cells);
    (submission.stratum(&form.questionnaire), cells)
}

/// The stratum in which a stored form counts, and what it added there.
///
/// # Errors
/// Why the stored answers cannot be read.
pub fn recounted(form: &Published, answers: &str) -> Result<(String, Vec<i64>), String> {
    let raw: RawAnswers<'_> = serde_json::from_str(answers).map_err(|error| error.to_string())?;
    let submission = restore(&form.questionnaire, &raw).map_err(|wrong| format!("{wrong:?}"))?;
    Ok(counted(form, &submission))
}

/// The pictures that a stored form names.
///
/// # Errors
/// What is damaged about it.
pub fn pictures_of(form: &Published, answers: &str) -> Result<Vec<PictureId>, String> {
    let raw: RawAnswers<'_> = serde_json::from_str(answers).map_err(|error| error.to_string())?;
    let submission = restore(&form.questionnaire, &raw).map_err(|wrong| format!("{wrong:?}"))?;
    Ok(submission.pictures(&form.questionnaire).map(|(_, id)| id).collect())
}
