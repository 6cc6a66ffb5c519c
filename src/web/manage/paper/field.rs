//! A question as it is typed from paper.

use std::collections::BTreeMap;

use crate::survey::batch::{Typed, is_typed};
use crate::survey::numbering::Numbering;
use crate::survey::question::{KindName, OnPaper, Question};
use crate::survey::questionnaire::Questionnaire;
use crate::survey::text::Lang;
use crate::web::respond::told;
use crate::web::words::Words;

/// One line of the page.
pub(super) struct Line {
    pub(super) code: String,
    /// What it is called on paper.
    pub(super) number: String,
    /// The title of the part that begins here.
    pub(super) part: Option<String>,
    pub(super) label: String,
    /// The numbers with their words, where the line before has others.
    pub(super) legend: Option<String>,
    /// The numbers alone, for the script.
    pub(super) marks: String,
    /// Whether several numbers may be typed.
    pub(super) is_several: bool,
    /// Whether words are written here.
    pub(super) is_words: bool,
    pub(super) value: String,
    /// What was typed beside “other”, where there is one.
    pub(super) other: Option<String>,
    pub(super) error: Option<String>,
    /// For an answer to which no other leads: whether it was said that it stands on the sheet.
    pub(super) stands_there: Option<bool>,
    /// What is full, so that the cursor goes on by itself.
    pub(super) full: Full,
}

/// When a field is full.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Full {
    /// More signs than this are never typed.
    pub(super) longest: Option<usize>,
    /// With so many digits.
    pub(super) digits: Option<usize>,
    /// With a number to which no digit can be added without going beyond this.
    pub(super) most: Option<i64>,
}

impl Full {
    fn of(question: &Question) -> Self {
        let whole = |most: i64| {
            let digits = most.to_string().len();
            Self { longest: Some(digits), digits: Some(digits), most: Some(most) }
        };
        match question.kind.on_paper() {
            OnPaper::Number { max: Some(max), min } if !is_below_zero(min.as_deref()) => {
                // a number with decimals has a comma, too
                max.parse().ok().filter(|_| question.kind_name == KindName::Integer).map_or_else(Self::default, whole)
            }
            OnPaper::Steps(steps) if steps.min >= 0 => whole(steps.max),
            OnPaper::Date => Self { digits: Some(8), ..Self::default() },
            OnPaper::Time => Self { digits: Some(4), ..Self::default() },
            OnPaper::Tick => Self { longest: Some(1), digits: Some(1), most: None },
            OnPaper::One { .. } => {
                let longest = question.ticked().iter().map(|ticked| ticked.mark.len()).max();
                Self { longest, ..Self::default() }
            }
            _ => Self::default(),
        }
    }
}

fn is_below_zero(min: Option<&str>) -> bool {
    min.is_none_or(|min| min.starts_with('-'))
}

/// The numbers of a question with their words: `1 Có · 2 Không`.
pub(super) fn legend(question: &Question, words: Words) -> Option<String> {
    let other = words.say("batch-other");
    let said = |ticked: &crate::survey::question::Ticked<'_>| {
        format!("{} {}", ticked.mark, ticked.label.map_or(other.as_str(), |label| label.get(Lang::VI)))
    };
    let all: Vec<String> = question.ticked().iter().map(said).collect();
    let how = match question.kind.on_paper() {
        OnPaper::Tick => Some(words.say("batch-tick")),
        OnPaper::Date => Some(words.say("batch-date")),
        OnPaper::Time => Some(words.say("batch-time")),
        OnPaper::Several { .. } => Some(words.say("batch-several")),
        OnPaper::Order { .. } => Some(words.say("batch-order")),
        OnPaper::Number { min: Some(min), max: Some(max) } => {
            Some(words.fill("batch-between", [("min", min), ("max", max)]))
        }
        OnPaper::Steps(steps) => Some(told(words, steps)),
        _ => None,
    };
    let parts: Vec<String> = how.into_iter().chain((!all.is_empty()).then(|| all.join(" · "))).collect();
    (!parts.is_empty()).then(|| parts.join(": "))
}

/// All lines, with what was typed and what is wrong with it.
pub(super) fn lines(
    questionnaire: &Questionnaire,
    typed: &Typed,
    errors: &BTreeMap<String, String>,
    asides: &BTreeMap<String, bool>,
    words: Words,
) -> Vec<Line> {
    let numbering = Numbering::of(questionnaire);
    let mut lines = Vec::new();
    let (mut part, mut before) = (usize::MAX, None);
    for question in questionnaire.questions.iter().filter(|question| is_typed(question)) {
        let form = question.kind.on_paper();
        let own = legend(question, words);
        let title = (question.section != part).then(|| questionnaire.sections.get(question.section)).flatten();
        part = question.section;
        let other = format!("{}_other", question.code);
        lines.push(Line {
            code: question.code.clone(),
            number: numbering.named(questionnaire, &question.code).unwrap_or(&question.code).to_owned(),
            part: title.map(|section| section.title.get(Lang::VI).to_owned()),
            label: question.label.get(Lang::VI).to_owned(),
            legend: if own == before { None } else { own.clone() },
            marks: question.ticked().iter().map(|ticked| ticked.mark).collect::<Vec<_>>().join(" "),
            is_several: matches!(form, OnPaper::Several { .. } | OnPaper::Order { .. }),
            is_words: matches!(form, OnPaper::Words { .. }),
            value: typed.get(&question.code).to_owned(),
            other: (form == OnPaper::One { other: true }).then(|| typed.get(&other).to_owned()),
            error: errors.get(&question.code).cloned(),
            stands_there: asides.get(&question.code).copied(),
            full: Full::of(question),
        });
        before = own;
    }
    lines
}
