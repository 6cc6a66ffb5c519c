//! The parts of the form of one question, ready for its template.

use crate::survey::text::Lang;

/// A text in one language.
pub(super) struct TextLine {
    pub(super) name: String,
    pub(super) lang: Lang,
    pub(super) language: String,
    pub(super) text: String,
    pub(super) is_fixed: bool,
    /// The same in Vietnamese, for whoever translates.
    pub(super) other: String,
}

/// A text in all languages.
pub(super) struct TextsView {
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    pub(super) hint: &'static str,
    pub(super) lines: Vec<TextLine>,
    pub(super) errors: Vec<String>,
}

/// Choices or rows.
pub(super) struct ListView {
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    pub(super) choices: Vec<ChoiceView>,
    pub(super) has_exclusive: bool,
    /// Whether some may be added and taken out.
    pub(super) is_open: bool,
    pub(super) errors: Vec<String>,
}

/// One of them.
pub(super) struct ChoiceView {
    pub(super) code: String,
    pub(super) texts: Vec<TextLine>,
    pub(super) exclusive: bool,
}

/// A property of one line.
pub(super) struct LineView {
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    pub(super) hint: &'static str,
    pub(super) value: String,
    pub(super) options: Vec<(String, String)>,
    /// Whether it is an expression.
    pub(super) is_rule: bool,
    pub(super) is_fixed: bool,
    /// The type of the field.
    pub(super) input: &'static str,
    pub(super) errors: Vec<String>,
}
