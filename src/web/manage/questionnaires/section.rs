//! `POST /manage/questionnaires/{id}/section`: the title of a section, and when it is asked.

use actix_web::HttpResponse;

use super::change::{Outcome, Standing, Stop};
use super::conflict;
use super::editor::{self, Open};
use super::quiet;
use super::writing::Writing;
use crate::survey::manuscript::{Manuscript, facts};
use crate::survey::text::Lang;
use crate::web::error::Failure;
use crate::web::manage::fields::Fields;
use crate::web::manage::said;
use crate::web::words::Words;

/// `POST /manage/questionnaires/{id}/section`
pub(super) async fn save(writing: Writing) -> Result<HttpResponse, Failure> {
    let (sent, words, page) = (writing.fields.clone(), writing.officer.words, writing.page());
    let at = writing.fields.one("at").to_owned();
    let work = move |standing: &Standing| saved(standing, &sent, words);
    let outcome = match writing.is_quiet() {
        true => writing.change_quietly(format!("section {at}"), work).await?,
        false => writing.change(work).await?,
    };
    match outcome {
        Outcome::Saved(revision) if writing.is_quiet() => Ok(quiet::saved(&writing, revision, None)),
        Outcome::Saved(_) => {
            let to = format!("{page}#p-{at}");
            Ok(said::see_other(&writing.state, &writing.officer, to, &words.say("q-said-saved")))
        }
        Outcome::Trouble(trouble) if writing.is_quiet() => Ok(quiet::refused(&trouble)),
        Outcome::Trouble(trouble) => {
            let own = writing.load().await?;
            editor::page(&writing.request, &writing.officer, &writing.state, own, Open::Section(at), trouble).await
        }
        Outcome::Clash(clash) => conflict::page(&writing, &page, "section", clash, &writing.fields),
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
    let mine = changed.sections().get(place).map(|section| facts(section)).unwrap_or_default();
    let is_there = theirs.as_ref() == Some(&mine);
    if own_facts(&standing.base) != theirs && !is_there && !fields.has("keep", "1") {
        return Err(Stop::Clash(mine, theirs));
    }
    Ok(changed)
}
