//! The recordings that a questionnaire names, and whether they are there.

use std::collections::BTreeMap;

use super::super::audio::{Recording, Unusable, is_file_name};
use super::super::question::Question;
use super::super::text::Lang;
use super::Questionnaire;
use super::file::Given;
use super::mistake::{Finder, Mistake, Mistakes};

/// Reads a question's property `audio`.
pub(super) fn read(
    given: &Given<BTreeMap<Lang, String>>,
    languages: &[Lang],
    at: &Finder<'_>,
) -> BTreeMap<Lang, String> {
    let Some(names) = at.optional(given, "audio") else { return BTreeMap::new() };
    let here = at.child("audio");
    for (lang, name) in names {
        if !languages.contains(lang) {
            here.child(lang.code()).report(format!("language {lang} is not among the questionnaire's languages"));
        }
        if !is_file_name(name) {
            here.child(lang.code()).report(format!(
                "{name:?} must be letters a–z, digits, '.', '_' and '-', ending in .mp3, .opus or .ogg, such as \"A1.{lang}.mp3\""
            ));
        }
    }
    names.clone()
}

impl Questionnaire {
    /// Every recording that is named, once, as it stands in the questionnaire's media folder. `open` reads a file by its name;
    /// there is no need to read more than a little beyond [`super::super::audio::HEAVIEST`].
    ///
    /// # Errors
    /// What is wrong, at its place in `text`, the questionnaire's file.
    pub fn recordings(
        &self,
        text: &str,
        open: impl Fn(&str) -> Option<Vec<u8>>,
    ) -> Result<Vec<Recording>, Vec<Mistake>> {
        let mistakes = Mistakes::default();
        let mut found: Vec<Recording> = Vec::new();
        for (question, lang, name) in self.named() {
            if found.iter().any(|known| known.name == *name) {
                continue;
            }
            let read = open(name).ok_or(Unusable::Missing).and_then(|bytes| Recording::parse(name, bytes));
            match read {
                Ok(recording) => found.push(recording),
                Err(why) => {
                    let folder = format!("media/{}/{name}", self.code);
                    self.place_of_audio(question, &Finder::new(&mistakes))
                        .child(lang.code())
                        .report(format!("{folder}: {why}"));
                }
            }
        }
        if mistakes.is_empty() { Ok(found) } else { Err(mistakes.located(text)) }
    }

    fn named(&self) -> impl Iterator<Item = (&Question, &Lang, &String)> {
        self.questions.iter().flat_map(|question| question.audio.iter().map(move |(lang, name)| (question, lang, name)))
    }

    fn place_of_audio<'m>(&self, question: &Question, top: &Finder<'m>) -> Finder<'m> {
        let first = self.sections.get(question.section).map_or(0, |section| section.questions.start);
        let place = self.place(&question.code).unwrap_or(first).saturating_sub(first);
        top.child("sections").item(question.section).child("questions").item(place).child("audio")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEEP: &[u8] = include_bytes!("../../../tests/media/beep.mp3");

    fn text(audio: &str) -> String {
        format!(
            r#"{{"code": "thu", "instrument": "khao_sat", "audience": "phu_huynh", "languages": ["vi", "km"],
            "title": {{"vi": "Thử", "km": "ក"}}, "sections": [{{"code": "A", "title": {{"vi": "A", "km": "ក"}}, "questions": [
              {{"code": "A1", "kind": "text", "label": {{"vi": "?", "km": "ក"}}}},
              {{"code": "A2", "kind": "text", "label": {{"vi": "?", "km": "ក"}},
               "audio": {audio}}}]}}]}}"#
        )
    }

    #[test]
    fn a_recording_is_named_per_language_and_read_once() {
        let text = text(r#"{"vi": "A2.mp3", "km": "A2.mp3"}"#);
        let questionnaire = Questionnaire::parse(&text).unwrap();
        let found = questionnaire.recordings(&text, |name| (name == "A2.mp3").then(|| BEEP.to_vec())).unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(questionnaire.questions[1].audio[&Lang::VI], "A2.mp3");
    }

    #[test]
    fn a_missing_or_broken_recording_is_named_with_its_line() {
        let text = text(r#"{"vi": "A2.vi.mp3", "km": "A2.km.mp3"}"#);
        let questionnaire = Questionnaire::parse(&text).unwrap();
        let open = |name: &str| (name == "A2.km.mp3").then(|| b"RIFF....WAVE".to_vec());
        let said: Vec<String> =
            questionnaire.recordings(&text, open).unwrap_err().iter().map(ToString::to_string).collect();
        assert_eq!(said.len(), 2);
        assert!(said.iter().all(|line| line.starts_with("line 5: $.sections[0].questions[1].audio.")), "{said:?}");
        assert!(said[0].contains("A2.km.mp3: the file is not a recording"), "{said:?}");
        assert!(said[1].contains("media/thu/A2.vi.mp3: the file is missing"), "{said:?}");
    }

    #[test]
    fn a_recording_in_a_foreign_language_or_elsewhere_is_refused() {
        let said = Questionnaire::parse(&text(r#"{"en": "A2.mp3", "vi": "../A2.mp3"}"#)).unwrap_err();
        assert_eq!(said.len(), 2, "{said:?}");
    }
}
