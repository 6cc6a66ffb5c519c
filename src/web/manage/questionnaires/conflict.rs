//! Two people changed the same thing: both versions side by side, and the choice which one stays. Nothing that was typed is lost.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::change::Clash;
use super::worded::{named, value};
use super::writing::Writing;
use crate::survey::manuscript::Fact;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::manage::fields::Fields;
use crate::web::page;
use crate::web::session::Officer;

#[derive(Template)]
#[template(path = "web/manage/questionnaires/conflict.html")]
struct ConflictPage<'a> {
    desk: DeskFrame,
    /// The page to go back to.
    back: &'a str,
    /// Where the officer's version is sent once more.
    action: String,
    revision: i64,
    fields: Vec<(&'a str, &'a str)>,
    /// Property, mine, theirs.
    rows: Vec<(String, String, String)>,
    is_gone: bool,
    /// The whole file, where that is what was typed.
    file: Option<&'a str>,
}

/// The same for the whole file: what each of them changed.
pub(super) fn page_with_file(
    request: &HttpRequest,
    officer: &Officer,
    back: &str,
    clash: Clash,
    file: &str,
) -> Result<HttpResponse, Failure> {
    both(request, officer, back, "json", clash, &Fields::default(), Some(file))
}

/// The page with both versions.
pub(super) fn page(
    writing: &Writing,
    back: &str,
    form: &str,
    clash: Clash,
    fields: &Fields,
) -> Result<HttpResponse, Failure> {
    both(&writing.request, &writing.officer, back, form, clash, fields, None)
}

fn both(
    request: &HttpRequest,
    officer: &Officer,
    back: &str,
    form: &str,
    clash: Clash,
    fields: &Fields,
    file: Option<&str>,
) -> Result<HttpResponse, Failure> {
    let is_gone = clash.theirs.is_none();
    let theirs = clash.theirs.unwrap_or_default();
    let of = |facts: &[Fact], name: &str| {
        facts
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, text)| value(name, text, officer.words))
            .unwrap_or_default()
    };
    let others = theirs.iter().filter(|(name, _)| !clash.mine.iter().any(|(known, _)| known == name));
    let names = clash.mine.iter().chain(others).map(|(name, _)| name.as_str());
    let rows = names.map(|name| (named(name, officer.words), of(&clash.mine, name), of(&theirs, name))).collect();
    let page = ConflictPage {
        desk: DeskFrame::new(request, officer, Room::Questionnaires),
        back,
        action: format!("{back}/{form}"),
        revision: clash.revision,
        fields: fields.pairs().filter(|(name, _)| !matches!(*name, "_csrf" | "revision" | "keep")).collect(),
        rows,
        is_gone,
        file,
    };
    page::show_as(StatusCode::CONFLICT, &page)
}
