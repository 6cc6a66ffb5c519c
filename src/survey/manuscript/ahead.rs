//! Conditions that look at questions which stand later. That is allowed – any question may look at any other – but whoever answers
//! from the beginning to the end sees the question appear behind them, and mostly it is a slip.

use super::{Manuscript, Object, Place, string};
use crate::survey::expression::Expression;

/// Expressions that decide about a question before it is answered.
const DECIDING: [&str; 3] = ["relevant", "choice_filter", "required"];

impl Manuscript {
    /// The codes of questions standing later at which something about the question at this place looks.
    pub fn looks_ahead(&self, place: Place) -> Vec<String> {
        let question = self.at(place);
        let texts = DECIDING.iter().filter_map(|name| Some(string(question?, name))).filter(|text| !text.is_empty());
        let mut found: Vec<String> = texts.flat_map(|text| self.later(text, |at| at > place)).collect();
        found.dedup();
        found
    }

    /// The codes of questions in sections standing later at which the condition of this section looks.
    pub fn section_looks_ahead(&self, section: usize) -> Vec<String> {
        let sections = self.sections();
        let relevant = sections.get(section).map_or("", |section| string(section, "relevant"));
        self.later(relevant, |at| at.0 > section)
    }

    /// What an expression mentions at places that are later. What cannot be read is a mistake, said elsewhere.
    fn later(&self, text: &str, is_later: impl Fn(Place) -> bool) -> Vec<String> {
        let Ok(expression) = Expression::parse(text).or_else(|_| Expression::parse_filter(text)) else {
            return Vec::new();
        };
        let mut codes: Vec<String> = expression.references().map(str::to_owned).collect();
        codes.sort();
        codes.dedup();
        codes.retain(|code| self.place_of(code).is_some_and(&is_later));
        codes
    }

    /// Where a question, or the row of a matrix, with this code stands.
    fn place_of(&self, code: &str) -> Option<Place> {
        let has = |question: &Object| {
            let rows = super::elements(question, "rows");
            string(question, "code") == code || rows.iter().any(|row| string(row, "code") == code)
        };
        self.all().find(|(_, question)| has(question)).map(|(place, _)| place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_later_is_named_and_what_stands_before_is_not() {
        let text = r#"{"sections": [
            {"code": "A", "relevant": "${B1} = 1", "questions": [
                {"code": "A1", "relevant": "${A2} = 1 and ${B1} = 2 and ${A2} != 3"},
                {"code": "A2", "relevant": "${A1} = 1"}]},
            {"code": "B", "relevant": "${A1} = 1", "questions": [
                {"code": "B0", "required": "${B2_1} = 1", "relevant": "khong doc duoc ("},
                {"code": "B1", "required": true},
                {"code": "B2", "choice_filter": "cap = ${A1}", "rows": [{"code": "B2_1"}]}]}]}"#;
        let sheet = Manuscript::parse(text).unwrap();
        let of = |code: &str| sheet.looks_ahead(sheet.find(code).unwrap());
        assert_eq!(of("A1"), ["A2", "B1"]);
        assert_eq!(of("B0"), ["B2_1"]);
        assert_eq!([of("A2"), of("B1"), of("B2")], [[""; 0]; 3]);
        assert_eq!((sheet.section_looks_ahead(0), sheet.section_looks_ahead(1)), (vec!["B1".to_owned()], vec![]));
    }
}
