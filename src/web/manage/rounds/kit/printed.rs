//! The papers of a round, made as pages.

use super::super::asked::Asked;
use super::said::Speaker;
use crate::document::{PaperForm, Sheet, a4, cover, form, letter, notice, two_on_a4};
use crate::store::collectors::CollectorRow;
use crate::survey::access::is_assisted;
use crate::survey::code::codes;
use crate::survey::text::Lang;
use crate::web::error::Failure;

codes! {
    /// What can be printed.
    Paper {
        /// One poster on A4.
        PosterA4 = "ap-phich-a4",
        /// Two equal ones on A4, to be cut.
        PosterA5 = "ap-phich-a5",
        /// A letter to those who are asked.
        Letter = "thu",
        /// The letter to parents before their children are asked.
        Notice = "thu-cha-me",
        /// The questionnaires with the school's name.
        Form = "phieu-giay",
        /// The sheet on top of a bundle of forms.
        Cover = "to-bia",
    }
}

impl Paper {
    /// Whether it is of use only where forms on paper can be typed.
    pub(super) fn is_typed(self) -> bool {
        matches!(self, Self::Form | Self::Cover)
    }

    /// Whether it has something to say at this school.
    pub(super) fn is_for(self, asked: &Asked, unit_id: i64) -> bool {
        match self {
            Self::PosterA4 | Self::PosterA5 | Self::Letter => true,
            Self::Notice => asked.asks_children(unit_id),
            Self::Form | Self::Cover => asked.of(unit_id).iter().any(|form| is_assisted(form.questionnaire.audience)),
        }
    }

    /// The pages for one code.
    ///
    /// # Errors
    /// They cannot be laid out.
    pub(super) fn sheets(self, speaker: &Speaker<'_>, row: &CollectorRow) -> Result<Vec<Sheet>, Failure> {
        Ok(match self {
            Self::PosterA4 => vec![a4(&speaker.poster(row)?)?],
            Self::PosterA5 => vec![two_on_a4(&speaker.poster(row)?)?],
            Self::Letter => vec![letter(&speaker.letter(row)?)?],
            Self::Notice => match speaker.notice(row) {
                Some(told) => notice(&told)?,
                None => Vec::new(),
            },
            Self::Form => forms(speaker, row),
            Self::Cover => speaker.covers(row).iter().map(cover).collect(),
        })
    }
}

/// All questionnaires of a school that are typed from paper, each beginning on a page of its own.
fn forms(speaker: &Speaker<'_>, row: &CollectorRow) -> Vec<Sheet> {
    let mut sheets = Vec::new();
    for published in speaker.typed(row) {
        let questionnaire = &published.questionnaire;
        let wanted = questionnaire.lang(speaker.words.0);
        let lang = if PaperForm::can_be_printed(questionnaire, wanted) { wanted } else { Lang::VI };
        sheets.extend(form(&PaperForm {
            questionnaire,
            version: published.version,
            lang,
            phrases: &speaker.words,
            owner: &speaker.chosen.owner,
            round: &speaker.chosen.round.title,
            unit: Some(&row.unit_name),
            closes: &speaker.closes(),
            contact: &speaker.chosen.round.contact,
        }));
    }
    sheets
}
