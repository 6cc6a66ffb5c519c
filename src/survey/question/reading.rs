//! What several kinds do with what was sent or stored.

use unicode_segmentation::UnicodeSegmentation;

use super::super::raw::Raw;
use super::super::text::{with_plain_line_ends, without_hidden};
use super::super::violation::Reason;
use super::{Choice, ExportStyle};

/// The code in a value that should hold exactly one.
///
/// # Errors
/// [`Reason::WrongType`], [`Reason::Repeated`].
pub(super) fn single<'a>(raw: &'a Raw<'_>) -> Result<Option<&'a str>, Reason> {
    match raw {
        Raw::Null => Ok(None),
        Raw::One(text) => Ok(Some(text.trim()).filter(|t| !t.is_empty())),
        // a browser that lost its script may send an empty twin beside the value
        Raw::Many(list) => {
            let mut filled = list.iter().map(|t| t.trim()).filter(|t| !t.is_empty());
            match (filled.next(), filled.next()) {
                (value, None) => Ok(value),
                (Some(_), Some(_)) => Err(Reason::Repeated),
                (None, Some(_)) => Err(Reason::WrongType),
            }
        }
        Raw::Foreign => Err(Reason::WrongType),
    }
}

/// The place of a code in a list of choices.
pub(super) fn place(choices: &[Choice], code: &str) -> Option<usize> {
    choices.iter().position(|choice| choice.code == code)
}

/// A text in NFC without the characters that nobody sees; line ends as `\n`, ends trimmed.
///
/// # Errors
/// [`Reason::LostCharacter`], [`Reason::TooLong`].
pub(super) fn clean_text(text: &str, max: usize) -> Result<String, Reason> {
    if text.contains(char::REPLACEMENT_CHARACTER) {
        return Err(Reason::LostCharacter);
    }
    let text = &*with_plain_line_ends(text);
    let text = &*without_hidden(text);
    let clean = if crate::vietnamese::is_clean(text) { text.to_owned() } else { crate::vietnamese::nfc(text) };
    let trimmed = clean.trim();
    // every letter is at least one byte: short texts need no counting
    if trimmed.len() > max {
        let have = trimmed.graphemes(true).count();
        if have > max {
            return Err(Reason::TooLong { max, have });
        }
    }
    Ok(if trimmed.len() == clean.len() { clean } else { trimmed.to_owned() })
}

/// The label of a code in an export that asked for labels, the code itself otherwise.
pub(super) fn shown<'a>(choices: &'a [Choice], code: &'a str, style: ExportStyle) -> &'a str {
    match style.labels {
        Some(lang) => choices.iter().find(|choice| choice.code == code).map_or(code, |choice| choice.label.get(lang)),
        None => code,
    }
}
