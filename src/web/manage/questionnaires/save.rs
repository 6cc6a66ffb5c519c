//! `POST /manage/questionnaires/{id}/question`: what was typed about one question.

use actix_web::HttpResponse;

use super::change::{Outcome, Standing, Stop};
use super::editor::{self, Open};
use super::writing::Writing;
use super::{conflict, quiet};
use crate::survey::manuscript::{ChoiceEdit, Manuscript, Object, QuestionEdit, facts, pasted};
use crate::survey::question::KindName;
use crate::survey::text::{Lang, with_plain_line_ends, without_hidden};
use crate::web::error::Failure;
use crate::web::manage::fields::Fields;
use crate::web::manage::said;
use crate::web::manage::trouble::Trouble;
use crate::web::words::Words;

/// `POST /manage/questionnaires/{id}/question`
pub(super) async fn save(writing: Writing) -> Result<HttpResponse, Failure> {
    let (sent, words, page) = (writing.fields.clone(), writing.officer.words, writing.page());
    let at = writing.fields.one("at").to_owned();
    let work = move |standing: &Standing| saved(standing, &sent, words);
    let outcome = match writing.is_quiet() {
        true => writing.change_quietly(format!("question {at}"), work).await?,
        false => writing.change(work).await?,
    };
    let code = Some(writing.fields.one("code")).filter(|code| !code.is_empty()).unwrap_or(&at);
    match outcome {
        Outcome::Saved(revision) if writing.is_quiet() => Ok(quiet::saved(&writing, revision, Some(code))),
        Outcome::Saved(_) => {
            let code: String = form_urlencoded::byte_serialize(code.as_bytes()).collect();
            let stays = writing.fields.one("do") != "save";
            let to = if stays { format!("{page}?cau={code}#cau") } else { format!("{page}?cau={code}#m-{code}") };
            Ok(said::see_other(&writing.state, &writing.officer, to, &words.say("q-said-saved")))
        }
        Outcome::Trouble(trouble) if writing.is_quiet() => Ok(quiet::refused(&trouble)),
        Outcome::Trouble(trouble) => again(&writing, at, trouble).await,
        Outcome::Clash(clash) => conflict::page(&writing, &page, "question", clash, &writing.fields),
    }
}

/// The page once more, with what was typed.
async fn again(writing: &Writing, at: String, trouble: Trouble) -> Result<HttpResponse, Failure> {
    let own = writing.load().await?;
    let typed = own
        .sheet
        .find(&at)
        .and_then(|place| own.sheet.at(place))
        .map(|question| overlaid(question, &writing.fields, &own.sheet.languages()));
    let open = Open::Question(at, typed);
    editor::page(&writing.request, &writing.officer, &writing.state, own, open, trouble).await
}

/// The document with this question as it was typed.
fn saved(standing: &Standing, fields: &Fields, words: Words) -> Result<Manuscript, Stop> {
    let own = &standing.own;
    let at = fields.one("at");
    let languages = own.sheet.languages();
    let base = standing.base.find(at).and_then(|place| standing.base.at(place));
    let there = own.sheet.find(at);
    let now = there.and_then(|place| own.sheet.at(place));
    let is_kept = fields.has("keep", "1");
    if now.is_none() && base.is_none() && !is_kept {
        return Err(Stop::page(words, "q-changed-since"));
    }
    // one that was taken out meanwhile is written anew, an item of the template from the template
    let empty = Object::new();
    let lost = own.core.as_ref().and_then(|core| core.item(at));
    let question = now.or(base).or(lost).unwrap_or(&empty);
    let taken: std::collections::BTreeSet<String> = own.sheet.codes().union(&own.reserved()).cloned().collect();
    // what stands there already, typed twice or saved by a page that did not hear of it, is in nobody's way
    let is_there = now.is_some_and(|now| overlaid(now, fields, &languages).apply(now, &languages, &taken) == *now);
    if base != now && !is_kept && !is_there {
        let base = base.unwrap_or(&empty);
        let mine = overlaid(base, fields, &languages).apply(base, &languages, &taken);
        return Err(Stop::Clash(facts(&mine), now.map(facts)));
    }
    let edit = overlaid(question, fields, &languages);
    let old = crate::survey::manuscript::string(question, "code").to_owned();
    let question = edit.apply(question, &languages, &taken);
    let is_back = now.is_none() && edit.code == at && !own.sheet.codes().contains(at);
    if let Some(trouble) = wrong_code(&edit.code, &old, &taken, words).filter(|_| !is_back) {
        return Err(Stop::Trouble(trouble));
    }
    let mut changed = own.sheet.clone();
    match there {
        Some(place) => {
            if !old.is_empty() && edit.code != old {
                changed.rename(&old, &edit.code);
            }
            changed.put(place, question);
        }
        None => {
            let section = changed.find_section(fields.one("section")).unwrap_or(0);
            changed.insert((section, usize::MAX), question);
        }
    }
    Ok(changed)
}

/// Whether a question cannot have this code.
fn wrong_code(code: &str, old: &str, taken: &std::collections::BTreeSet<String>, words: Words) -> Option<Trouble> {
    let fine = code.len() <= 32
        && code.starts_with(|c: char| c.is_ascii_alphabetic())
        && code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if code == old {
        None
    } else if !fine {
        Some(Trouble::at("code", words.with("q-wrong-code", "a", code)))
    } else if taken.contains(code) {
        Some(Trouble::at("code", words.with("q-wrong-code-twice", "a", code)))
    } else {
        None
    }
}

/// A question with what was sent about it; what the form did not have stays.
fn overlaid(question: &Object, fields: &Fields, languages: &[Lang]) -> QuestionEdit {
    let mut edit = QuestionEdit::of(question, languages);
    let given = |name: &str| fields.all(name).next().map(str::to_owned);
    edit.code = given("code").unwrap_or(edit.code);
    edit.kind = given("kind").and_then(|kind| KindName::from_code(&kind)).or(edit.kind);
    for (name, texts) in &mut edit.texts {
        for (lang, text) in texts {
            *text = given(&format!("{name}-{lang}")).map_or_else(|| std::mem::take(text), |text| plain(&text));
        }
    }
    for (name, line) in &mut edit.lines {
        *line = given(name).unwrap_or_else(|| std::mem::take(line));
        if *name == "required" && line == "when" {
            *line = given("required-when").unwrap_or_default();
        }
    }
    if fields.has("has-other", "1") {
        edit.or_other = fields.has("or_other", "1");
    }
    edit.choices = list("choice", std::mem::take(&mut edit.choices), fields, languages);
    edit.rows = list("row", std::mem::take(&mut edit.rows), fields, languages);
    edit
}

/// A text as it is stored: lines end in one way, and nothing stands in it that nobody sees.
pub(super) fn plain(text: &str) -> String {
    without_hidden(&with_plain_line_ends(text)).into_owned()
}

/// Choices or rows as they were sent, with what was pasted, and moved as was asked.
fn list(name: &str, before: Vec<ChoiceEdit>, fields: &Fields, languages: &[Lang]) -> Vec<ChoiceEdit> {
    let column = |suffix: &str| fields.all(&format!("{name}-{suffix}")).map(str::to_owned).collect::<Vec<_>>();
    let codes = column("code");
    if codes.is_empty() {
        return before;
    }
    let labels: Vec<(Lang, Vec<String>)> =
        languages.iter().map(|lang| (*lang, column(&format!("label-{lang}")))).collect();
    let exclusive = column("exclusive");
    let row = |(n, code): (usize, String)| ChoiceEdit {
        code,
        label: labels.iter().map(|(lang, texts)| (*lang, texts.get(n).cloned().unwrap_or_default())).collect(),
        exclusive: exclusive.iter().any(|place| *place == n.to_string()),
    };
    let mut list: Vec<ChoiceEdit> = codes.into_iter().enumerate().map(row).collect();
    move_one(&mut list, name, fields.one("do"));
    list.retain(|choice| !choice.code.is_empty() || choice.label.iter().any(|(_, text)| !text.is_empty()));
    let first = |choice: &ChoiceEdit| choice.label.first().map(|(_, text)| text.clone()).unwrap_or_default();
    let known: Vec<(String, String)> = list.iter().map(|choice| (choice.code.clone(), first(choice))).collect();
    for line in pasted(fields.one(&format!("{name}-paste")), &known) {
        let cell = |(n, lang): (usize, &Lang)| (*lang, line.labels.get(n).cloned().unwrap_or_default());
        let label = languages.iter().enumerate().map(cell).collect();
        // rows get a code that begins with their question's
        let code = if name == "row" { String::new() } else { line.code.clone() };
        list.push(ChoiceEdit { code, label, exclusive: false });
    }
    list
}

/// `choice-up 2`, `choice-down 2`, `choice-drop 2`.
fn move_one(list: &mut Vec<ChoiceEdit>, name: &str, wish: &str) {
    let Some((what, at)) = wish.strip_prefix(name).and_then(|wish| wish.split_once(' ')) else { return };
    let Some(at) = at.parse::<usize>().ok().filter(|at| *at < list.len()) else { return };
    match what {
        "-up" if at > 0 => list.swap(at, at - 1),
        "-down" if at + 1 < list.len() => list.swap(at, at + 1),
        "-drop" => drop(list.remove(at)),
        _ => {}
    }
}
