//! The code by which a column says “asked, not answered”.

use crate::survey::question::{Content, Question};
use crate::survey::raw::Raw;

/// What can stand for it, the usual code first. No question takes numbers beyond 10¹², so the last one is never an answer.
const CODES: [&str; 13] = [
    USUAL,
    "-99",
    "-999",
    "-9999",
    "-99999",
    "-999999",
    "-9999999",
    "-99999999",
    "-999999999",
    "-9999999999",
    "-99999999999",
    "-999999999999",
    "-9999999999999",
];

/// The code of every column in which it cannot be an answer.
const USUAL: &str = "-9";

/// The codes that cannot be an answer to any question of a column, the first of which stands for “asked, not answered”.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoAnswer(Vec<&'static str>);

impl NoAnswer {
    /// Of a column that is about the form.
    pub(super) fn usual() -> Self {
        Self(CODES.to_vec())
    }

    /// Of a column with this content. Codes of choices have no sign, and a text, which can say anything, keeps the usual code.
    pub(super) fn of(content: Content, question: &Question) -> Self {
        let is_number = matches!(content, Content::Whole | Content::Decimal);
        let read = |code: &str| question.kind.read(&Raw::One(code.into()), None);
        let is_answer = |code: &str| is_number && read(code).is_ok_and(|answer| answer.is_some());
        Self(CODES.into_iter().filter(|code| !is_answer(code)).collect())
    }

    /// The same of a column that is about another question, too.
    pub(super) fn join(&mut self, other: &Self) {
        self.0.retain(|code| other.0.contains(code));
    }

    /// What stands in the cells.
    pub fn code(&self) -> &'static str {
        self.0.first().copied().unwrap_or(USUAL)
    }

    /// Whether it is -9, as programs expect.
    pub fn is_usual(&self) -> bool {
        self.code() == USUAL
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::columns::Columns;
    use super::super::tests::Plain;
    use crate::survey::question::ExportStyle;
    use crate::survey::questionnaire::Questionnaire;

    fn form(code: &str, question: &str) -> Questionnaire {
        let text = format!(
            r#"{{"code": "{code}", "instrument": "khao_sat", "audience": "phu_huynh", "languages": ["vi"], "title": {{"vi": "x"}},
            "sections": [{{"code": "A", "title": {{"vi": "A"}}, "questions": [{{"code": "A1", "label": {{"vi": "A1"}}, {question}}}]}}]}}"#
        );
        Questionnaire::parse(&text).unwrap()
    }

    /// The code of the column, and the codes that its codebook calls missing.
    fn codes(questions: &[&str]) -> (&'static str, Vec<String>) {
        let forms: Vec<Questionnaire> =
            questions.iter().enumerate().map(|(at, question)| form(&format!("mau-{at}"), question)).collect();
        let style = ExportStyle { labels: None, split: false, comma: false };
        let columns = Columns::of(&forms.iter().collect::<Vec<_>>(), style, &Plain);
        let variable = &columns.variables[0];
        let missing = variable.meanings.iter().filter(|meaning| meaning.is_missing);
        (variable.no_answer.code(), missing.map(|meaning| meaning.code.clone()).collect())
    }

    #[test]
    fn it_is_minus_nine_unless_that_can_be_an_answer() {
        for (question, code) in [
            (r#""kind": "integer", "min": 0, "max": 100"#, "-9"),
            (r#""kind": "integer", "min": -8"#, "-9"),
            (r#""kind": "integer", "min": -9, "max": 45"#, "-99"),
            (r#""kind": "integer", "min": -100, "max": -10"#, "-9"),
            (r#""kind": "decimal", "min": -273.15, "max": 100"#, "-999"),
            (r#""kind": "range", "min": -50, "max": 50, "step": 10"#, "-9"),
            (r#""kind": "integer""#, "-9999999999999"),
            (
                r#""kind": "select_one", "choices": [{"code": "9", "label": {"vi": "a"}}, {"code": "b", "label": {"vi": "b"}}]"#,
                "-9",
            ),
            (r#""kind": "text""#, "-9"),
            (r#""kind": "date""#, "-9"),
        ] {
            assert_eq!(codes(&[question]), (code, vec![code.to_owned()]), "{question}");
        }
    }

    #[test]
    fn questions_that_share_a_column_share_the_code() {
        let both = codes(&[r#""kind": "integer", "min": 0"#, r#""kind": "integer", "min": -20"#]);
        assert_eq!(both, ("-99", vec!["-99".to_owned()]));
        let turned = codes(&[r#""kind": "integer", "min": -20"#, r#""kind": "integer", "min": 0"#]);
        assert_eq!(turned, both);
    }

    proptest! {
        #[test]
        fn whatever_the_bounds_no_answer_can_be_the_code(low in -2_000_000_i64..10, width in 0_i64..3_000_000) {
            let question = format!(r#""kind": "integer", "min": {low}, "max": {}"#, low + width);
            let (code, missing) = codes(&[&question]);
            let number: i64 = code.parse().unwrap();
            prop_assert!(number < low || number > low + width, "{} in {}", code, question);
            prop_assert_eq!(missing, vec![code.to_owned()]);
        }
    }
}
