//! A questionnaire as far as it can be asked already: what a preview shows while somebody is still writing.

use serde_json::Value;

use super::{Manuscript, Object, string};
use crate::survey::questionnaire::Mistake;

/// What stands where nothing is written yet.
const NOTHING_YET: &str = "…";
/// More mistakes than this are not a questionnaire that somebody is writing.
const MOST: usize = 80;

/// Properties without which a question is still one.
const SPARE: [&str; 17] = [
    "audio",
    "hint",
    "required",
    "relevant",
    "constraint",
    "constraint_message",
    "default",
    "calculation",
    "choice_filter",
    "or_other",
    "min",
    "max",
    "step",
    "appearance",
    "min_length",
    "max_length",
    "title",
];

impl Manuscript {
    /// The questionnaire without what is wrong with it: texts that are not translated in Vietnamese, properties with mistakes left
    /// out, and questions that cannot be asked without them, too. None: nothing is left.
    pub fn mended(&self) -> Option<Self> {
        let mut sheet = self.clone();
        if sheet.read().is_ok() {
            return Some(sheet);
        }
        sheet.fill_in();
        for _ in 0..MOST {
            let Err(mistakes) = sheet.read() else { return Some(sheet) };
            // from the end, so that places before it stay what they are
            sheet.leave_out(mistakes.last()?)?;
        }
        None
    }

    fn fill_in(&mut self) {
        for mut passage in self.passages() {
            let vietnamese = passage.texts.first().map(|(_, text)| text.clone()).unwrap_or_default();
            let is_purpose = passage.property == "purpose" && vietnamese.is_empty();
            let instead = if vietnamese.is_empty() { NOTHING_YET.to_owned() } else { vietnamese };
            let missing = passage.texts.iter_mut().filter(|(_, text)| text.trim().is_empty() && !is_purpose);
            missing.for_each(|(_, text)| text.clone_from(&instead));
            self.set_passage(&passage);
        }
    }

    /// Takes out what a mistake is about; none where it is about the whole.
    fn leave_out(&mut self, mistake: &Mistake) -> Option<()> {
        let steps: Vec<&str> =
            mistake.path.split(['.', '[', ']']).filter(|step| !step.is_empty() && *step != "$").collect();
        let number = |at: usize| steps.get(at).and_then(|step| step.parse::<usize>().ok());
        match steps.first().copied()? {
            "sections" => match (number(1), number(3)) {
                (Some(section), Some(question)) => {
                    self.leave_out_of_question((section, question), steps.get(4).copied())
                }
                (Some(section), None) if steps.get(2) == Some(&"relevant") => {
                    let title = Vec::new();
                    self.set_section(section, &title, "").then_some(())
                }
                (Some(section), None) => self.remove_section(section).then_some(()),
                _ => None,
            },
            name @ ("strata" | "indices" | "expectation" | "overall" | "minutes" | "purpose" | "level") => {
                self.0.shift_remove(name).map(drop)
            }
            "scales" => self.0.get_mut("scales")?.as_object_mut()?.shift_remove(*steps.get(1)?).map(drop),
            _ => None,
        }
    }

    fn leave_out_of_question(&mut self, place: super::Place, property: Option<&str>) -> Option<()> {
        let spare = property.filter(|name| SPARE.contains(name));
        let without = |name: &str, question: &Object| {
            let mut question = question.clone();
            question.shift_remove(name);
            question
        };
        match spare {
            // a text that names a question that is not there
            Some(name) if self.at(place)?.contains_key(name) => {
                let question = without(name, self.at(place)?);
                self.put(place, question).then_some(())
            }
            _ if property == Some("label") && self.at(place)?.get("label") != Some(&nothing_yet(self)) => {
                let mut question = self.at(place)?.clone();
                question.insert("label".to_owned(), nothing_yet(self));
                self.put(place, question).then_some(())
            }
            // the question itself, and whatever hangs on it is found by the next look
            _ => self.remove(place).map(drop),
        }
    }

    /// How many questions this has more than another.
    pub fn questions_more_than(&self, other: &Self) -> usize {
        let missing = |(_, question): &(super::Place, &Object)| other.find(string(question, "code")).is_none();
        self.all().filter(missing).count()
    }
}

fn nothing_yet(sheet: &Manuscript) -> Value {
    sheet.languages().iter().map(|lang| (lang.code().to_owned(), NOTHING_YET.into())).collect::<Object>().into()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::survey::question::KindName;
    use crate::survey::templates;

    fn primary() -> Manuscript {
        Manuscript::parse(templates::find("hai-long-tieu-hoc").unwrap().text).unwrap()
    }

    #[test]
    fn what_is_half_written_can_be_looked_at() {
        let mut sheet = primary();
        let text = sheet.add_question(0, KindName::Text, &BTreeSet::new()).unwrap();
        let choice = sheet.add_question(0, KindName::SelectOne, &BTreeSet::new()).unwrap();
        let place = sheet.find("A1").unwrap();
        let mut wrong = sheet.at(place).unwrap().clone();
        wrong.insert("relevant".into(), json!("${khong_co} = "));
        sheet.put(place, wrong);
        assert!(sheet.read().is_err());
        let mended = sheet.mended().unwrap();
        assert!(mended.read().is_ok());
        assert!(mended.find(&text).is_some() && mended.find("A1").is_some(), "a text that is missing is no obstacle");
        assert_eq!((mended.find(&choice), sheet.questions_more_than(&mended)), (None, 1));
        assert_eq!(primary().mended(), Some(primary()));
    }

    proptest! {
        // each reads a questionnaire some twenty times
        #![proptest_config(ProptestConfig::with_cases(16))]
        #[test]
        fn whatever_is_missing_the_rest_can_be_asked(gone in proptest::collection::vec((0_usize..60, 0_usize..12), 1..6)) {
            let mut sheet = primary();
            for (n, property) in gone {
                let places: Vec<_> = sheet.all().map(|(place, _)| place).collect();
                let place = places[n % places.len()];
                let mut question = sheet.at(place).unwrap().clone();
                let names: Vec<String> = question.keys().cloned().collect();
                question.shift_remove(&names[property % names.len()]);
                sheet.put(place, question);
            }
            prop_assert!(sheet.mended().is_some_and(|mended| mended.read().is_ok()));
        }
    }
}
