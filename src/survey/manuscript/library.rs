//! Questions taken over from other questionnaires.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Manuscript, Object, Place, string};
use crate::survey::text::Lang;
use crate::vietnamese::fold;

impl Manuscript {
    /// The questions whose code or Vietnamese label has all these words, with or without diacritics.
    pub fn search(&self, query: &str) -> Vec<(Place, &Object)> {
        let words: Vec<String> = fold(query).split_whitespace().map(str::to_owned).collect();
        let is_found = |question: &Object| {
            let label = fold(Self::text_of(question, "label", Lang::VI));
            let code = fold(string(question, "code"));
            words.iter().all(|word| label.contains(word) || code == *word)
        };
        self.all().filter(|(_, question)| is_found(question)).collect()
    }

    /// Puts a copy of another questionnaire's question at the end of a section, with its scale and a code that is free here. Its
    /// condition stays behind, because it is about questions of the other one. Returns the copy's address.
    pub fn take_over(
        &mut self,
        from: &Self,
        place: Place,
        section: usize,
        reserved: &BTreeSet<String>,
    ) -> Option<String> {
        let mut copy = from.at(place)?.clone();
        copy.shift_remove("relevant");
        let scale = string(&copy, "scale").to_owned();
        if let Some(points) = from.0.get("scales").and_then(|scales| scales.get(&scale)) {
            let name = self.name_for(&scale, points);
            self.add_scale(&name, points.clone());
            copy.insert("scale".to_owned(), json!(name));
        }
        let address = self.insert_copy((section, usize::MAX), copy, reserved)?;
        let languages = self.languages();
        self.set_languages(&languages);
        Some(address)
    }

    /// The name under which this scale is known here, or one that is free.
    fn name_for(&self, name: &str, scale: &Value) -> String {
        let known = |name: &str| self.0.get("scales").and_then(|scales| scales.get(name));
        let codes = |scale: &Value| {
            let points = scale.get("choices").and_then(Value::as_array).cloned().unwrap_or_default();
            let outside = scale.get("not_applicable").and_then(|point| point.get("code")).cloned();
            (points.iter().map(|point| point.get("code").cloned()).collect::<Vec<_>>(), outside)
        };
        let fits = |name: &String| known(name).is_none_or(|there| codes(there) == codes(scale));
        let numbered = (2..).map(|n| format!("{name}_{n}"));
        std::iter::once(name.to_owned()).chain(numbered).find(fits).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::templates;

    fn template(code: &str) -> Manuscript {
        Manuscript::parse(templates::find(code).unwrap().text).unwrap()
    }

    #[test]
    fn a_question_is_found_without_diacritics_and_taken_over_with_its_scale() {
        let source = template("hai-long-tieu-hoc");
        let found = source.search("nha ve sinh");
        assert_eq!(found.len(), 1);
        for other in ["phieu-gop-y", "lay-y-kien-gio-hoc", "hai-long-tieu-hoc"] {
            let mut own = template(other);
            let before = own.all().count();
            let address = own.take_over(&source, found[0].0, 0, &BTreeSet::new()).unwrap();
            assert_eq!(own.all().count(), before + 1);
            assert!(own.find(&address).is_some() && own.read().is_ok(), "{other}: {:?}", own.read().err());
        }
        assert_eq!(source.search("").len(), source.all().count());
    }
}
