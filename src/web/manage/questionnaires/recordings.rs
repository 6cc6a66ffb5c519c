//! Recordings of a question, one per language: heard, sent, taken away. A file keeps its place by a name that contains the hash of
//! its bytes, so that an earlier version that is brought back has the voice that it had.

use std::collections::HashSet;

use actix_multipart::Multipart;
use actix_web::{HttpRequest, HttpResponse, web};
use data_encoding::HEXLOWER;
use serde_json::{Map, Value, json};

use super::change::{Outcome, Standing, Stop, change};
use super::editor::{self, Open};
use super::own::{Own, load};
use super::upload::{self, Sent};
use super::writing::Writing;
use crate::catalogue::media_address;
use crate::state::State;
use crate::store::{Db, StoreError, media, recordings};
use crate::survey::audio::{HEAVIEST, LONGEST, Recording, Unusable};
use crate::survey::manuscript::{Manuscript, Object, Place};
use crate::survey::templates;
use crate::survey::text::Lang;
use crate::web::error::Failure;
use crate::web::languages::called;
use crate::web::manage::said;
use crate::web::manage::trouble::Trouble;
use crate::web::session::Writer;
use crate::web::words::Words;

/// The recording of a question in one language, as its form shows it.
pub(super) struct Voice {
    pub(super) lang: Lang,
    pub(super) language: String,
    /// Where it is heard; none: it is not there.
    pub(super) address: Option<String>,
    /// The name of a file that is not there.
    pub(super) missing: Option<String>,
}

/// The recordings of the question at this place.
pub(super) fn voices(own: &Own, place: Place, words: Words) -> Vec<Voice> {
    let audio = own.sheet.at(place).and_then(|question| question.get("audio")?.as_object());
    let name = |lang: &Lang| audio?.get(lang.code())?.as_str();
    let voice = |lang: Lang| {
        let named = name(&lang);
        let found = named.and_then(|name| own.recordings.iter().find(|(known, _)| known == name));
        Voice {
            lang,
            language: called(&lang, words),
            address: found.map(|(name, hash)| media_address(name, hash)),
            missing: named.filter(|_| found.is_none()).map(str::to_owned),
        }
    };
    own.sheet.languages().into_iter().map(voice).collect()
}

/// `POST /manage/questionnaires/{id}/recordings`
pub(super) async fn add(
    request: HttpRequest,
    officer: Writer,
    state: web::Data<State>,
    id: web::Path<i64>,
    form: Multipart,
) -> Result<HttpResponse, Failure> {
    let words = officer.words;
    let sent = upload::read(form, HEAVIEST + 1, words).await?;
    officer.check_csrf(&sent.csrf)?;
    let own = load(&state, &officer, *id).await?;
    let at = sent.at.clone();
    let refused = async |sentence: String| {
        let own = load(&state, &officer, *id).await?;
        let open = Open::Question(at.clone(), None);
        editor::page(&request, &officer, &state, own, open, Trouble::at("recording", sentence)).await
    };
    let recording = match heard(&sent, &own) {
        Ok(recording) => recording,
        Err(why) => return refused(unusable(&why, words)).await,
    };
    if !keep(&state, &own, &recording).await? {
        return refused(words.with("q-recordings-full", "n", recordings::MOST)).await;
    }
    let (name, lang, address) = (recording.name, sent.lang.clone(), sent.at.clone());
    let seen = sent.revision.parse().unwrap_or(0);
    let work = move |standing: &Standing| named(standing, &address, &lang, Some(&name), words);
    match change(&state, &officer, *id, seen, None, work).await? {
        Outcome::Saved(_) => Ok(said::see_other(&state, &officer, to(*id, &sent.at), &words.say("q-said-recorded"))),
        Outcome::Trouble(trouble) => refused(trouble.first().to_owned()).await,
        Outcome::Clash(_) => refused(words.say("q-changed-since")).await,
    }
}

/// `POST /manage/questionnaires/{id}/recordings/remove`
pub(super) async fn remove(writing: Writing) -> Result<HttpResponse, Failure> {
    let words = writing.officer.words;
    let (at, lang) = (writing.fields.one("at").to_owned(), writing.fields.one("lang").to_owned());
    let back = to(writing.id, &at);
    let sentence = match writing.change(move |standing| named(standing, &at, &lang, None, words)).await? {
        Outcome::Saved(_) => words.say("q-said-unrecorded"),
        Outcome::Trouble(trouble) => trouble.first().to_owned(),
        Outcome::Clash(_) => words.say("q-changed-since"),
    };
    Ok(said::see_other(&writing.state, &writing.officer, back, &sentence))
}

fn to(id: i64, at: &str) -> String {
    let at: String = form_urlencoded::byte_serialize(at.as_bytes()).collect();
    format!("/manage/questionnaires/{id}?cau={at}#ban-doc")
}

/// What was sent as a recording, under the name that it keeps.
fn heard(sent: &Sent, own: &Own) -> Result<Recording, Unusable> {
    let bytes = sent.file.clone().ok_or(Unusable::TooHeavy)?;
    if bytes.is_empty() {
        return Err(Unusable::Missing);
    }
    let lang: Lang = sent.lang.parse().unwrap_or(Lang::VI);
    let mut recording = Recording::parse("", bytes)?;
    let ending = if recording.mime == "audio/mpeg" { "mp3" } else { "ogg" };
    let hash = HEXLOWER.encode(&media::hash(&recording.bytes)[..6]);
    // a question without a code of its own is a mistake, but may speak
    let code: String = sent.at.chars().filter(char::is_ascii_alphanumeric).collect();
    let code = if code.is_empty() { own.row.code.clone() } else { code };
    recording.name = format!("{code}.{lang}.{hash}.{ending}");
    Ok(recording)
}

/// Puts it beside the questionnaire; false: there are too many.
async fn keep(state: &State, own: &Own, recording: &Recording) -> Result<bool, Failure> {
    let (id, recording, now, named) = (own.row.id, recording.clone(), state.clock.now(), all_named(&own.sheet));
    let kept = state.store.write(move |db| {
        let is_room = recordings::make_room(db, id, &named)?;
        if is_room {
            recordings::add(db, id, &recording, now)?;
        }
        Ok(is_room)
    });
    Ok(kept.await?)
}

/// Puts recordings that this questionnaire names beside it, as far as the one has them from which its questions come.
pub(super) fn adopt(
    db: &mut Db,
    id: i64,
    sheet: &Manuscript,
    source: &str,
    now: chrono::NaiveDateTime,
) -> Result<(), StoreError> {
    let named = all_named(sheet);
    if named.is_empty() {
        return Ok(());
    }
    let known: Vec<String> = recordings::names(db, id)?.into_iter().map(|(name, _)| name).collect();
    let files = recordings::of_code(db, source)?;
    for name in named.iter().filter(|name| !known.contains(name)) {
        let found = files.get(name).cloned().or_else(|| templates::recording(source, name));
        let heard = found.and_then(|bytes| Recording::parse(name, bytes).ok());
        heard.map_or(Ok(()), |recording| recordings::add(db, id, &recording, now))?;
    }
    Ok(())
}

/// The files that a questionnaire names.
pub(super) fn all_named(sheet: &Manuscript) -> HashSet<String> {
    let names = sheet.all().filter_map(|(_, question)| question.get("audio")?.as_object());
    names.flat_map(|audio| audio.values()).filter_map(|name| name.as_str().map(str::to_owned)).collect()
}

/// The document where a question names this file in this language, or none.
fn named(standing: &Standing, at: &str, lang: &str, name: Option<&str>, words: Words) -> Result<Manuscript, Stop> {
    let gone = || Stop::page(words, "q-changed-since");
    let mut changed = standing.own.sheet.clone();
    let languages = changed.languages();
    let lang = languages.into_iter().find(|known| known.code() == lang).ok_or_else(gone)?;
    let place = changed.find(at).ok_or_else(gone)?;
    let mut question: Object = changed.at(place).cloned().unwrap_or_default();
    let mut audio = question.get("audio").and_then(Value::as_object).cloned().unwrap_or_else(Map::new);
    match name {
        Some(name) => drop(audio.insert(lang.code().to_owned(), json!(name))),
        None => drop(audio.shift_remove(lang.code())),
    }
    match audio.is_empty() {
        true => drop(question.shift_remove("audio")),
        false => drop(question.insert("audio".to_owned(), Value::Object(audio))),
    }
    changed.put(place, question);
    Ok(changed)
}

fn unusable(why: &Unusable, words: Words) -> String {
    match why {
        Unusable::Missing => words.say("q-recording-none"),
        Unusable::TooHeavy => words.with("q-recording-heavy", "kb", HEAVIEST / 1000),
        Unusable::TooLong(seconds) => {
            words.fill("q-recording-long", [("n", seconds.to_string()), ("most", LONGEST.as_secs().to_string())])
        }
        Unusable::NotAudio => words.say("q-recording-no-audio"),
    }
}
