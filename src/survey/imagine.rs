//! A plausible form, for demonstrations and load.

use std::borrow::Cow;

use super::question::{Dice, Hoped, Imagined, Question};
use super::questionnaire::Questionnaire;
use super::raw::{Raw, RawAnswers};
use super::route::Occasion;
use super::submission::{Submission, parse};
use super::text::Lang;

/// How often an imagined answer that does not fit is imagined anew.
const TRIES: usize = 50;

/// How content people are on average with what is asked, in %: the least and the most, by question.
const BY_QUESTION: (usize, usize) = (35, 95);
/// By how much schools differ in one question, in points to either side.
const BY_PLACE: usize = 12;
/// How many of a hundred grumble, and by how much their contentment is less in everything.
const GRUMBLING: (usize, usize) = (15, 35);

/// Whoever is imagined, and where: what makes questions, schools and people differ, as they do.
struct Temper<'a> {
    place: &'a str,
    less: usize,
}

impl<'a> Temper<'a> {
    fn of(place: &'a str, dice: &mut Dice) -> Self {
        let (often, less) = GRUMBLING;
        Self { place, less: if dice.chance(often) { less } else { 0 } }
    }

    /// How content with this question, in %; a question and a place always move it the same way.
    fn with(&self, question: &str) -> usize {
        let (least, most) = BY_QUESTION;
        let question_says = least + fixed(&[question], most - least + 1);
        (question_says + fixed(&[self.place, question], 2 * BY_PLACE + 1)).saturating_sub(BY_PLACE + self.less)
    }
}

/// A number below `n` that these words always give.
fn fixed(words: &[&str], n: usize) -> usize {
    let seed = words.join("\u{0}").bytes().fold(0_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
    Dice::new(seed).below(n)
}

/// One form as it would be sent from a place, with the submission it makes. `None` when the questionnaire is so strict that chance
/// does not fulfil it.
pub fn form(
    questionnaire: &Questionnaire,
    place: &str,
    occasion: Occasion,
    dice: &mut Dice,
) -> Option<(RawAnswers<'static>, Submission)> {
    let mut raw = RawAnswers::default();
    let temper = Temper::of(place, dice);
    for question in questionnaire.questions.iter().filter(|question| question.is_asked()) {
        answer(question, &temper, dice, &mut raw);
    }
    for _ in 0..TRIES {
        match parse(questionnaire, &raw, occasion) {
            Ok(submission) => return Some((raw, submission)),
            Err(violations) => {
                for violation in violations {
                    let place = questionnaire.place(&violation.question)?;
                    answer(&questionnaire.questions[place], &temper, dice, &mut raw);
                }
            }
        }
    }
    None
}

fn answer(question: &Question, temper: &Temper<'_>, dice: &mut Dice, raw: &mut RawAnswers<'static>) {
    let code = question.code.clone();
    dice.feel(temper.with(&code), Hoped::by(question.label.get(Lang::VI)));
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
