//! `POST /manage/questionnaires/{id}/section`: the title of a section, and when it is asked.

use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, web};

use super::change::{Outcome, Standing, Stop, change};
use super::conflict;
use super::editor::{self, Open};
use super::own::load;
use crate::state::State;
use crate::survey::manuscript::{Manuscript, facts};
use crate::survey::text::Lang;
use crate::web::error::Failure;
use crate::web::manage::fields::Fields;
use crate::web::manage::said;
use crate::web::session::Writer;
use crate::web::words::Words;

/// `POST /manage/questionnaires/{id}/section`
pub(super) async fn save(
    request: HttpRequest,
    officer: Writer,
    state: web::Data<State>,
    id: web::Path<i64>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::sent(&officer, &body)?;
    let words = officer.words;
    let sent = fields.clone();
    let seen = fields.number("revision").unwrap_or(0);
    let page = format!("/manage/questionnaires/{id}");
    match change(&state, &officer, *id, seen, move |standing| saved(standing, &sent, words)).await? {
        Outcome::Saved => {
            let to = format!("{page}#p-{}", fields.one("at"));
            Ok(said::see_other(&state, &officer, to, &words.say("q-said-saved")))
        }
        Outcome::Trouble(trouble) => {
            let own = load(&state, &officer, *id).await?;
            let open = Open::Section(fields.one("at").to_owned());
            editor::page(&request, &officer, &state, own, open, trouble).await
        }
        Outcome::Clash(clash) => conflict::page(&request, &officer, &page, "section", clash, &fields),
    }
}

fn saved(standing: &Standing, fields: &Fields, words: Words) -> Result<Manuscript, Stop> {
    let at = fields.one("at");
    let own_facts = |sheet: &Manuscript| {
        let section = sheet.find_section(at)?;
        sheet.sections().get(section).map(|section| facts(section))
    };
    let mut changed = standing.own.sheet.clone();
    let Some(place) = changed.find_section(at) else { return Err(Stop::page(words, "q-changed-since")) };
    let languages = changed.languages();
    let title: Vec<(Lang, String)> =
        languages.iter().map(|lang| (*lang, fields.one(&format!("title-{lang}")).to_owned())).collect();
    changed.set_section(place, &title, fields.one("relevant"));
    let theirs = own_facts(&standing.own.sheet);
    if own_facts(&standing.base) != theirs && !fields.has("keep", "1") {
        let mine = changed.sections().get(place).map(|section| facts(section)).unwrap_or_default();
        return Err(Stop::Clash(mine, theirs));
    }
    Ok(changed)
}
