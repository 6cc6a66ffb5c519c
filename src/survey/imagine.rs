//! A plausible form, for demonstrations and load.

use std::borrow::Cow;

use super::question::{Dice, Imagined, Question};
use super::questionnaire::Questionnaire;
use super::raw::{Raw, RawAnswers};
use super::route::Occasion;
use super::submission::{Submission, parse};

/// How often an imagined answer that does not fit is imagined anew.
const TRIES: usize = 50;

/// One form as it would be sent, with the submission it makes. `None` when the questionnaire is so strict that chance does not
/// fulfil it.
pub fn form(
    questionnaire: &Questionnaire,
    occasion: Occasion,
    dice: &mut Dice,
) -> Option<(RawAnswers<'static>, Submission)> {
    let mut raw = RawAnswers::default();
    for question in questionnaire.questions.iter().filter(|question| question.is_asked()) {
        answer(question, dice, &mut raw);
    }
    for _ in 0..TRIES {
        match parse(questionnaire, &raw, occasion) {
            Ok(submission) => return Some((raw, submission)),
            Err(violations) => {
                for violation in violations {
                    let place = questionnaire.place(&violation.question)?;
                    answer(&questionnaire.questions[place], dice, &mut raw);
                }
            }
        }
    }
    None
}

fn answer(question: &Question, dice: &mut Dice, raw: &mut RawAnswers<'static>) {
    let code = question.code.clone();
    let value = match question.kind.imagine(dice) {
        Imagined::Skip => Raw::Null,
        Imagined::One(text) => Raw::One(Cow::Owned(text)),
        Imagined::Many(codes) => Raw::Many(codes.into_iter().map(Cow::Owned).collect()),
        Imagined::Other(text) => {
            raw.set(format!("{code}_other"), Raw::One(Cow::Owned(text)));
            Raw::One(Cow::Borrowed("other"))
        }
    };
    raw.set(code, value);
}
