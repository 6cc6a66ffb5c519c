//! What a form says in its own words, and beside which judgement.

use super::answer::Answer;
use super::code::codes;
use super::question::{KindName, Measure, Question};
use super::questionnaire::Questionnaire;
use super::raw::RawAnswers;

codes! {
    /// How content a form is on the whole.
    Satisfaction {
        /// On one of the two best levels of the scale, as in the share of satisfied.
        Satisfied = "satisfied",
        /// Neither among the two best levels nor among the two worst.
        Neutral = "neutral",
        /// On one of the two worst levels.
        Dissatisfied = "dissatisfied",
    }
}

codes! {
    /// What kind of message a suggestion slip says that it is.
    OpinionKind {
        /// Praise.
        Khen = "khen",
        /// A suggestion.
        GopY = "gop_y",
        /// A report of something that is not right.
        PhanAnh = "phan_anh",
        /// A request.
        KienNghi = "kien_nghi",
    }
}

/// What one form wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opinion<'a> {
    /// How content it is; none where that was not asked or not answered.
    pub satisfaction: Option<Satisfaction>,
    /// Which kind of message it is; none where that was not asked or not answered.
    pub kind: Option<OpinionKind>,
    /// The texts, with their questions' codes.
    pub texts: Vec<(&'a str, String)>,
}

impl<'a> Opinion<'a> {
    /// Reads only what it needs from a stored form; answers that their kind no longer reads are none.
    pub fn read(questionnaire: &'a Questionnaire, stored: &RawAnswers<'_>) -> Self {
        let overall = questionnaire.overall.and_then(|place| questionnaire.questions.get(place));
        let asked = questionnaire.questions.iter().filter(|question| question.is_asked());
        let texts =
            asked.clone().filter(|question| is_open(question)).filter_map(|question| match answer(question, stored)? {
                Answer::Text(text) | Answer::Other(text) if !text.trim().is_empty() => {
                    Some((question.code.as_str(), text))
                }
                _ => None,
            });
        Self {
            satisfaction: overall.and_then(|question| satisfaction(question, &answer(question, stored)?)),
            kind: asked.clone().find(|question| tells_kind(question)).and_then(|question| kind(question, stored)),
            texts: texts.collect(),
        }
    }
}

/// Whether people answer in their own words, or can.
pub fn is_open(question: &Question) -> bool {
    question.is_asked() && (question.kind_name == KindName::Text || question.kind.takes_other())
}

/// Whether this questionnaire can say which kind of message a form is.
pub fn has_kinds(questionnaire: &Questionnaire) -> bool {
    questionnaire.questions.iter().any(tells_kind)
}

/// A choice between kinds of messages and nothing else is one, whatever its code.
fn tells_kind(question: &Question) -> bool {
    let choices = question.kind.choices();
    question.kind_name == KindName::SelectOne
        && choices.len() > 1
        && choices.iter().all(|choice| OpinionKind::from_code(&choice.code).is_some())
}

fn kind(question: &Question, stored: &RawAnswers<'_>) -> Option<OpinionKind> {
    match answer(question, stored)? {
        Answer::Choice(place) => OpinionKind::from_code(&question.kind.choices().get(place)?.code),
        _ => None,
    }
}

fn answer(question: &Question, stored: &RawAnswers<'_>) -> Option<Answer> {
    let own = stored.get(&question.code)?;
    let other = question.kind.takes_other().then(|| stored.get(&format!("{}_other", question.code))).flatten();
    question.kind.read(own, other).ok().flatten()
}

/// The two best levels are those of `analysis::top_two_box`; of the rest, the two worst are dissatisfied.
fn satisfaction(question: &Question, answer: &Answer) -> Option<Satisfaction> {
    let (Measure::Rating { points, .. }, Answer::Choice(place)) = (question.kind.measure(), answer) else {
        return None;
    };
    let mut levels = points.clone();
    levels.sort_unstable();
    levels.dedup();
    let (point, best, worst) = (points.get(*place)?, levels.iter().rev().nth(1)?, levels.get(1)?);
    Some(match point {
        point if point >= best => Satisfaction::Satisfied,
        point if point <= worst => Satisfaction::Dissatisfied,
        _ => Satisfaction::Neutral,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::templates;

    fn read(form: &str, answers: &str) -> (Option<Satisfaction>, Option<OpinionKind>, Vec<(String, String)>) {
        let questionnaire = &templates::find(form).unwrap().questionnaire;
        let stored: RawAnswers<'_> = serde_json::from_str(answers).unwrap();
        let opinion = Opinion::read(questionnaire, &stored);
        let texts = opinion.texts.into_iter().map(|(code, text)| (code.to_owned(), text)).collect();
        (opinion.satisfaction, opinion.kind, texts)
    }

    #[test]
    fn a_form_is_read_with_its_judgement_and_what_it_wrote() {
        let form = "hai-long-thcs";
        let questionnaire = &templates::find(form).unwrap().questionnaire;
        let overall = &questionnaire.questions[questionnaire.overall.unwrap()].code;
        let class = |answer: &str| read(form, &format!(r#"{{"{overall}":"{answer}"}}"#)).0;
        let classes = ["5", "4", "3", "2", "1"].map(|answer| class(answer).map(Satisfaction::code));
        let expected = ["satisfied", "satisfied", "neutral", "dissatisfied", "dissatisfied"];
        assert_eq!(classes, expected.map(Some));
        assert_eq!(class("nonsense"), None);
        let (_, kind, texts) = read(form, r#"{"G2":"Thầy cô tận tình","G3":null}"#);
        assert_eq!((kind, texts), (None, vec![("G2".to_owned(), "Thầy cô tận tình".to_owned())]));
    }

    #[test]
    fn a_slip_says_which_kind_of_message_it_is() {
        let (class, kind, texts) = read("phieu-gop-y", r#"{"loai":"phan_anh","noi_dung":"Cổng trường kẹt xe"}"#);
        assert_eq!((class, kind, texts.len()), (None, Some(OpinionKind::PhanAnh), 1));
        let questionnaire = |form| &templates::find(form).unwrap().questionnaire;
        assert!(has_kinds(questionnaire("phieu-gop-y")) && !has_kinds(questionnaire("hai-long-thcs")));
    }
}
