//! A questionnaire file from somewhere else: taken when it has no mistakes; otherwise all of them are named, with their lines.

use actix_multipart::Multipart;
use actix_web::{HttpRequest, HttpResponse, web};
use futures_util::TryStreamExt;

use super::begin::{insert, page};
use super::own::core_of;
use crate::state::State;
use crate::store::questionnaire_drafts::NewDraft;
use crate::survey::manuscript::{LARGEST_FILE, Manuscript};
use crate::survey::questionnaire::{Mistake, Questionnaire};
use crate::survey::templates;
use crate::web::error::Failure;
use crate::web::manage::trouble::Trouble;
use crate::web::session::Writer;
use crate::web::words::Words;

/// `POST /manage/questionnaires/upload`
pub(super) async fn make(
    request: HttpRequest,
    officer: Writer,
    state: web::Data<State>,
    form: Multipart,
) -> Result<HttpResponse, Failure> {
    let words = officer.words;
    let sent = read(form, LARGEST_FILE, words).await?;
    officer.check_csrf(&sent.csrf)?;
    let again = |sentence: String, mistakes: &[Mistake]| {
        page(&request, &officer, String::new(), Trouble::at("file", sentence), mistakes)
    };
    let Some(bytes) = sent.file else { return again(words.say("q-file-large"), &[]) };
    if bytes.is_empty() {
        return again(words.say("q-file-none"), &[]);
    }
    let Ok(text) = String::from_utf8(bytes) else { return again(words.say("q-file-not-utf8"), &[]) };
    // JSON first: what is no JSON at all has one mistake, with its column
    let read = Manuscript::parse(&text).map_err(|mistake| vec![mistake]);
    let read = read.and_then(|sheet| Questionnaire::parse(&text).map(|_| sheet));
    let mut sheet = match read {
        Ok(sheet) => sheet,
        Err(mistakes) => {
            let sentence = words.count("q-file-mistakes", i64::try_from(mistakes.len()).unwrap_or(i64::MAX));
            return again(sentence, &mistakes);
        }
    };
    if templates::find(sheet.code()).is_some() {
        return again(words.with("q-file-official", "code", sheet.code()), &[]);
    }
    let based_on = sheet.take_template();
    if let Some(departure) = based_on.as_deref().and_then(core_of).and_then(|core| core.forbidden(&sheet)) {
        return again(words.with("q-file-departs", "code", departure.code()), &[]);
    }
    let new = NewDraft {
        owner_id: officer.post(),
        code: sheet.code().to_owned(),
        title: sheet.name(),
        based_on,
        content: sheet.text(),
    };
    match insert(&state, &officer, new).await? {
        Ok(answer) => Ok(answer),
        Err(_) => again(words.with("q-file-taken", "code", sheet.code()), &[]),
    }
}

/// What came with a form that has a file.
#[derive(Default)]
pub(super) struct Sent {
    pub(super) csrf: String,
    pub(super) revision: String,
    /// The question that it is about, where it is about one.
    pub(super) at: String,
    /// The language that it is in, where that is asked.
    pub(super) lang: String,
    /// Whether what somebody else saved meanwhile gives way.
    pub(super) keep: bool,
    /// The file; none: it is too large.
    pub(super) file: Option<Vec<u8>>,
}

/// Reads such a form, with a file of so many bytes at most.
pub(super) async fn read(mut form: Multipart, largest: usize, words: Words) -> Result<Sent, Failure> {
    let broken = || Failure::Bad(words.say("staff-form-broken"));
    let mut sent = Sent { file: Some(Vec::new()), ..Sent::default() };
    while let Some(mut field) = form.try_next().await.map_err(|_| broken())? {
        let name = field.name().unwrap_or_default().to_owned();
        let is_file = name == "file";
        let limit = if is_file { largest } else { 1024 };
        let bytes = match field.bytes(limit).await {
            Ok(bytes) => bytes.map_err(|_| broken())?,
            // the rest of it is not read: the page that says so has no use for it
            Err(_) if is_file => return Ok(Sent { file: None, ..sent }),
            Err(_) => return Err(broken()),
        };
        let text = || String::from_utf8_lossy(&bytes).into_owned();
        match name.as_str() {
            "_csrf" => sent.csrf = text(),
            "revision" => sent.revision = text(),
            "at" => sent.at = text(),
            "lang" => sent.lang = text(),
            "keep" => sent.keep = true,
            "file" => sent.file = Some(bytes.to_vec()),
            _ => {}
        }
    }
    Ok(sent)
}
