//! What can be chosen, with what is.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::catalogue::Published;
use crate::export::{Excluded, Kind};
use crate::store::rounds::NamedUnit;
use crate::survey::code::{Channel, EVERY_LEVEL, Level};
use crate::survey::text::Lang;
use crate::web::languages::{called, heading};
use crate::web::words::Words;

/// Something to tick.
pub(super) struct Tick {
    pub value: String,
    pub label: String,
    pub is_on: bool,
}

/// The questions of one part of a questionnaire.
pub(super) struct Part {
    pub title: String,
    pub questions: Vec<Tick>,
    /// Whether one of them was chosen.
    pub is_open: bool,
}

/// The whole form.
pub(super) struct Choices {
    pub kinds: Vec<Tick>,
    pub delimiters: Vec<Tick>,
    pub decimals: Vec<Tick>,
    pub has_labels: bool,
    pub is_split: bool,
    /// Whether forms that count in no figure are wanted, too.
    pub has_excluded: bool,
    pub unit: String,
    pub units: Vec<NamedUnit>,
    pub from: String,
    pub to: String,
    pub levels: Vec<Tick>,
    pub channels: Vec<Tick>,
    pub languages: Vec<Tick>,
    pub questionnaires: Vec<Tick>,
    pub parts: Vec<Part>,
}

/// What was sent.
struct Sent<'a>(&'a [(String, String)]);

impl Sent<'_> {
    fn has(&self, name: &str, value: &str) -> bool {
        self.0.iter().any(|(known, sent)| known == name && sent.split(',').any(|one| one.trim() == value))
    }

    fn value(&self, name: &str) -> String {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone()).unwrap_or_default()
    }

    fn tick(&self, name: &str, value: &str, label: String) -> Tick {
        Tick { value: value.to_owned(), label, is_on: self.has(name, value) }
    }

    /// One of several, of which the first is chosen where nothing was sent.
    fn one_of(&self, name: &str, values: &[&str], words: Words) -> Vec<Tick> {
        let label = |value: &str| words.say(&format!("exports-{name}-{value}"));
        let mut ticks: Vec<Tick> = values.iter().map(|value| self.tick(name, value, label(value))).collect();
        if let Some(first) = ticks.iter().all(|tick| !tick.is_on).then(|| ticks.first_mut()).flatten() {
            first.is_on = true;
        }
        ticks
    }
}

impl Choices {
    /// What there is to choose in a round, with what was sent.
    pub fn new(forms: &[Arc<Published>], units: Vec<NamedUnit>, sent: &[(String, String)], words: Words) -> Self {
        let sent = Sent(sent);
        let mut kinds = vec![Kind::Xlsx, Kind::Csv, Kind::Sav, Kind::Jsonl, Kind::Codebook, Kind::Ddi];
        #[cfg(feature = "parquet")]
        kinds.insert(4, Kind::Parquet);
        let kinds: Vec<&str> = kinds.drain(..).map(Kind::code).collect();
        let mut languages: Vec<Lang> = forms.iter().flat_map(|form| form.questionnaire.languages.clone()).collect();
        languages.sort_by_key(|lang| (*lang != Lang::VI, *lang));
        languages.dedup();
        let is_asked = |code: &&str| forms.iter().any(|form| form.questionnaire.level_code() == *code);
        let levels = Level::ALL.iter().map(|level| level.code()).chain([EVERY_LEVEL]);
        let levels: Vec<&str> = levels.filter(is_asked).collect();
        let level = |code: &&str| sent.tick("level", code, words.say(&format!("level-short-{code}")));
        let channel =
            |channel: &Channel| sent.tick("channel", channel.code(), words.say(&format!("channel-{channel}")));
        let questionnaire = |form: &Arc<Published>| {
            let questionnaire = &form.questionnaire;
            sent.tick("questionnaire", &questionnaire.code, questionnaire.title.get(words.0).to_owned())
        };
        Self {
            kinds: sent.one_of("format", &kinds, words),
            delimiters: sent.one_of("delimiter", &["semicolon", "comma", "tab"], words),
            decimals: sent.one_of("decimal", &["comma", "point"], words),
            has_labels: sent.has("labels", "1"),
            is_split: sent.has("split", "1"),
            has_excluded: sent.has("excluded", Excluded::Also.code()),
            unit: sent.value("unit"),
            units,
            from: sent.value("from"),
            to: sent.value("to"),
            levels: levels.iter().map(level).collect(),
            channels: Channel::ALL.iter().map(channel).collect(),
            languages: languages
                .iter()
                .map(|lang| sent.tick("form_lang", lang.code(), heading(called(lang, words))))
                .collect(),
            questionnaires: forms.iter().map(questionnaire).collect(),
            parts: parts(forms, &sent, words),
        }
    }
}

/// Each question once, under the part in which it comes first.
fn parts(forms: &[Arc<Published>], sent: &Sent<'_>, words: Words) -> Vec<Part> {
    let mut seen: BTreeMap<&str, ()> = BTreeMap::new();
    let mut parts: Vec<Part> = Vec::new();
    for form in forms {
        for question in form.questionnaire.questions.iter().filter(|question| question.has_answers()) {
            if seen.insert(&question.code, ()).is_some() {
                continue;
            }
            let title = form.questionnaire.sections[question.section].title.get(words.0);
            let label = format!("{} – {}", question.code, question.label.get(words.0));
            let tick = sent.tick("question", &question.code, label);
            match parts.iter_mut().find(|part| part.title == title) {
                Some(part) => {
                    part.is_open |= tick.is_on;
                    part.questions.push(tick);
                }
                None => parts.push(Part { title: title.to_owned(), is_open: tick.is_on, questions: vec![tick] }),
            }
        }
    }
    parts
}
