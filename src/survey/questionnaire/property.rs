//! Properties of a question that are checked against its kind.

use super::super::question::{Kind, KindName, Room, room};
use super::super::raw::Raw;
use super::file::{DefaultFile, Given, QuestionFile};
use super::mistake::Finder;

/// The code of a section, question or index.
pub(super) fn name(given: &Given<String>, at: &Finder<'_>) -> Option<String> {
    let code = at.required(given, "code")?;
    let mut bytes = code.bytes();
    let fine = code.len() <= 32
        && bytes.next().is_some_and(|b| b.is_ascii_alphabetic())
        && bytes.all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if !fine {
        at.child("code").report(format!("{code:?} must be 1 to 32 letters a–z, digits or _, beginning with a letter"));
        return None;
    }
    Some(code.clone())
}

/// The answer that an untouched form shows: one that the question takes.
pub(super) fn default(file: &QuestionFile, kind: &dyn Kind, at: &Finder<'_>) -> Option<Raw<'static>> {
    let raw = match at.optional(&file.default, "default")? {
        DefaultFile::Text(text) => Raw::One(text.clone().into()),
        DefaultFile::Number(number) => Raw::One(number.to_string().into()),
        DefaultFile::Codes(codes) => Raw::Many(codes.iter().map(|code| code.clone().into()).collect()),
    };
    if !matches!(kind.read(&raw, None), Ok(Some(_))) {
        at.child("default").report("the question itself does not take this as an answer".to_owned());
        return None;
    }
    Some(raw)
}

/// Reports properties that this kind does not read.
pub(super) fn only_its_own(file: &QuestionFile, kind: KindName, at: &Finder<'_>) {
    let own: Room = room(kind);
    for property in file.special().filter(|property| !own.takes(property)) {
        let fitting: Vec<_> =
            KindName::ALL.iter().filter(|kind| room(**kind).takes(property)).map(|k| k.code()).collect();
        let fitting = fitting.join(", ");
        at.child(property).report(format!("a question of kind {kind} has no {property:?} (only {fitting})"));
    }
}
