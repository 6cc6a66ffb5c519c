//! `GET /manage/questionnaires/{id}/names`: what an expression can mention, for completion while it is typed.

use actix_web::{HttpResponse, web};
use serde_json::{Value, json};

use super::own::load;
use crate::state::State;
use crate::survey::expression::functions;
use crate::survey::manuscript::{Manuscript, Object, string};
use crate::web::error::Failure;
use crate::web::session::Writer;
use crate::web::words::Words;

/// `GET /manage/questionnaires/{id}/names`
pub(super) async fn show(
    officer: Writer,
    state: web::Data<State>,
    id: web::Path<i64>,
) -> Result<HttpResponse, Failure> {
    let own = load(&state, &officer, *id).await?;
    let words = officer.words;
    let questions: Vec<Value> = own.sheet.all().flat_map(|(_, question)| named(&own.sheet, question, words)).collect();
    let functions: Vec<Value> =
        functions().map(|name| json!({ "code": name, "label": explained(name, words) })).collect();
    let body = json!({ "questions": questions, "functions": functions });
    Ok(HttpResponse::Ok().insert_header(("Cache-Control", "no-store")).json(body))
}

/// A question, or the rows of a matrix, with the codes that an answer can have.
fn named(sheet: &Manuscript, question: &Object, words: Words) -> Vec<Value> {
    let choices = choices(sheet, question, words);
    let entry = |object: &Object| {
        json!({
            "code": string(object, "code"),
            "label": Manuscript::text_of(object, "label", words.0),
            "choices": choices,
        })
    };
    match string(question, "kind") {
        "note" => Vec::new(),
        "matrix" => objects(question, "rows").map(entry).collect(),
        _ => vec![entry(question)],
    }
}

fn choices(sheet: &Manuscript, question: &Object, words: Words) -> Vec<Value> {
    let entry = |code: &str, label: &str| json!({ "code": code, "label": label });
    if let Some(scale) = sheet.scale(string(question, "scale")) {
        let points = scale.points.iter().chain(&scale.outside);
        let label = |texts: &[(crate::survey::text::Lang, String)]| {
            let in_language = texts.iter().find(|(lang, text)| *lang == words.0 && !text.is_empty());
            in_language.or(texts.first()).map(|(_, text)| text.clone()).unwrap_or_default()
        };
        return points.map(|point| entry(&point.code, &label(&point.label))).collect();
    }
    objects(question, "choices")
        .map(|choice| entry(string(choice, "code"), Manuscript::text_of(choice, "label", words.0)))
        .collect()
}

fn objects<'a>(question: &'a Object, list: &str) -> impl Iterator<Item = &'a Object> {
    question.get(list).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object)
}

/// What a function does, in one line.
fn explained(name: &str, words: Words) -> String {
    words.say(&format!("fn-{}", name.replace(':', "-")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_function_is_explained_in_both_languages() {
        for name in functions() {
            for words in [Words::VI, Words(crate::survey::text::Lang::EN)] {
                let said = explained(name, words);
                assert!(said.contains(' ') && !said.contains("fn-"), "{name}: {said}");
            }
        }
    }
}
