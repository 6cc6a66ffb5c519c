//! `POST /manage/questionnaires/{id}/check`: whether an expression makes sense, while it is being typed. Saves nothing.

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use serde_json::json;

use super::own::load;
use super::sentence;
use crate::state::State;
use crate::survey::manuscript::Manuscript;
use crate::web::error::Failure;
use crate::web::languages::heading;
use crate::web::session::Writer;
use crate::web::words::Words;

/// One expression of one question.
#[derive(Deserialize)]
pub(super) struct Asked {
    _csrf: String,
    at: String,
    property: String,
    text: String,
}

/// Expressions, as the form calls them, and as the file does.
const RULES: [(&str, &str); 5] = [
    ("relevant", "relevant"),
    ("constraint", "constraint"),
    ("calculation", "calculation"),
    ("choice_filter", "choice_filter"),
    ("required-when", "required"),
];

/// `POST /manage/questionnaires/{id}/check`
pub(super) async fn check(
    officer: Writer,
    state: web::Data<State>,
    id: web::Path<i64>,
    form: web::Form<Asked>,
) -> Result<HttpResponse, Failure> {
    officer.check_csrf(&form._csrf)?;
    let own = load(&state, &officer, *id).await?;
    if form.property == "section" {
        let section = own.sheet.find_section(&form.at).ok_or(Failure::NotFound)?;
        let mut sheet = own.sheet;
        sheet.set_section(section, &[], form.text.trim());
        let ahead = sheet.section_looks_ahead(section);
        return Ok(answer(&sheet, &format!("$.sections[{section}].relevant"), &ahead, officer.words));
    }
    let (_, property) = RULES.into_iter().find(|(name, _)| *name == form.property).ok_or(Failure::NotFound)?;
    let place = own.sheet.find(&form.at).ok_or(Failure::NotFound)?;
    let mut question = own.sheet.at(place).cloned().unwrap_or_default();
    match form.text.trim() {
        "" => drop(question.shift_remove(property)),
        text => drop(question.insert(property.to_owned(), json!(text))),
    }
    let mut sheet = own.sheet;
    sheet.put(place, question);
    let path = format!("$.sections[{}].questions[{}].{property}", place.0, place.1);
    let ahead = sheet.looks_ahead(place);
    Ok(answer(&sheet, &path, &ahead, officer.words))
}

/// What is wrong at this place, or nothing; and, where it is fine, what should be thought about.
fn answer(sheet: &Manuscript, path: &str, ahead: &[String], words: Words) -> HttpResponse {
    let found = sheet.read().err().unwrap_or_default();
    let first = found.iter().find(|mistake| mistake.path == path);
    let sentence = first.map(|mistake| heading(sentence::said(&mistake.message, words)));
    let thought = if sentence.is_none() { looking_ahead(ahead, words) } else { String::new() };
    HttpResponse::Ok().insert_header(("Cache-Control", "no-store")).json(json!({ "wrong": sentence, "ahead": thought }))
}

/// What is said about a condition that looks at questions standing later; empty where it does not.
pub(super) fn looking_ahead(codes: &[String], words: Words) -> String {
    if codes.is_empty() { String::new() } else { words.with("q-ahead", "codes", codes.join(", ")) }
}
