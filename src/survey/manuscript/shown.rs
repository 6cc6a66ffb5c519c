//! The question that somebody is writing is seen while it is written, even where its condition would hide it.

use serde_json::json;

use super::{Manuscript, Object, Place, string};

impl Manuscript {
    /// The same questionnaire with the question at this place always asked, and a remark in its hint that says when it will be.
    /// What else is asked stays as it is: the condition of its section goes over to the other questions there. None: it has no
    /// condition, or what comes of it cannot be read.
    pub fn shown(&self, place: Place, remark: impl Fn(&str) -> String) -> Option<Self> {
        let section = string(self.sections().get(place.0)?, "relevant").to_owned();
        let own = string(self.at(place)?, "relevant").to_owned();
        let condition = both(&section, &own);
        if condition.is_empty() {
            return None;
        }
        let mut sheet = self.clone();
        if !section.is_empty() {
            sheet.hand_down(place, &section);
        }
        let mut question = sheet.at(place)?.clone();
        question.shift_remove("relevant");
        self.remarked(&mut question, &remark(&in_plain_letters(&condition)));
        sheet.put(place, question);
        sheet.read().is_ok().then_some(sheet)
    }

    /// Gives the condition of a section to all of its questions but this one.
    fn hand_down(&mut self, place: Place, condition: &str) {
        self.set_section(place.0, &[], "");
        let others: Vec<(Place, Object)> = self
            .all()
            .filter(|(at, _)| at.0 == place.0 && *at != place)
            .map(|(at, question)| (at, question.clone()))
            .collect();
        for (at, mut question) in others {
            let own = string(&question, "relevant").to_owned();
            question.insert("relevant".to_owned(), json!(both(condition, &own)));
            self.put(at, question);
        }
    }

    /// Puts a remark before the hint, in every language.
    fn remarked(&self, question: &mut Object, remark: &str) {
        let hint = |lang: &str| {
            let there = question.get("hint").and_then(|hint| hint.get(lang)).and_then(|text| text.as_str());
            there.map_or_else(|| remark.to_owned(), |there| format!("{remark}\n{there}"))
        };
        let hints: Object =
            self.languages().iter().map(|lang| (lang.code().to_owned(), hint(lang.code()).into())).collect();
        question.insert("hint".to_owned(), hints.into());
    }
}

/// Two conditions that must both hold, of which one may be empty.
fn both(one: &str, other: &str) -> String {
    match (one, other) {
        ("", only) | (only, "") => only.to_owned(),
        (one, other) => format!("({one}) and ({other})"),
    }
}

/// Without the marks by which a text would show the answer itself.
fn in_plain_letters(condition: &str) -> String {
    condition.replace("${", "").replace('}', "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::templates;

    #[test]
    fn a_hidden_question_is_shown_with_its_condition_and_the_others_stay_as_they_were() {
        let mut sheet = Manuscript::parse(templates::find("hai-long-tieu-hoc").unwrap().text).unwrap();
        let last = sheet.sections().len() - 1;
        let first = sheet.all().next().map(|(place, _)| sheet.address(place)).unwrap();
        let (place, question) = sheet.all().find(|((s, _), _)| *s == last).map(|(p, q)| (p, q.clone())).unwrap();
        assert_eq!(sheet.shown(place, str::to_owned), None, "it is asked anyway");
        let (section, own) = (format!("${{{first}}} != ''"), format!("${{{first}}} = ''"));
        sheet.set_section(last, &[], &section);
        sheet.put(place, Object::from_iter(question.into_iter().chain([("relevant".to_owned(), json!(own))])));
        assert!(sheet.read().is_ok(), "{:?}", sheet.read().err());

        let shown = sheet.shown(place, |condition| format!("Chỉ hiện khi {condition}")).unwrap();
        let text = Manuscript::text_of(shown.at(place).unwrap(), "hint", crate::survey::text::Lang::VI);
        assert!(text.starts_with(&format!("Chỉ hiện khi ({first} != '') and ({first} = '')")), "{text}");
        assert_eq!(string(shown.at(place).unwrap(), "relevant"), "");
        for (at, question) in shown.all().filter(|(at, _)| at.0 == last && *at != place) {
            let own = string(sheet.at(at).unwrap(), "relevant");
            assert_eq!(string(question, "relevant"), both(&section, own));
        }
        let others =
            |sheet: &Manuscript| sheet.all().filter(|(at, _)| at.0 != last).map(|(_, q)| q.clone()).collect::<Vec<_>>();
        assert_eq!(others(&shown), others(&sheet));
    }
}
