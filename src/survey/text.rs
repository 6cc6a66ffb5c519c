//! Texts in several languages.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A language code of two or three lower-case letters (`vi`, `en`, `khm`).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lang([u8; 3]);

impl Lang {
    /// Vietnamese, the language every questionnaire has.
    pub const VI: Self = Self(*b"vi\0");
    /// English.
    pub const EN: Self = Self(*b"en\0");

    /// The code.
    pub fn code(&self) -> &str {
        let end = if self.0[2] == 0 { 2 } else { 3 };
        std::str::from_utf8(&self.0[..end]).unwrap_or("vi")
    }
}

/// Not a language code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a language code of two or three small letters, such as vi or en")]
pub struct NotALang(String);

impl FromStr for Lang {
    type Err = NotALang;

    fn from_str(text: &str) -> Result<Self, NotALang> {
        let bytes = text.as_bytes();
        if !(2..=3).contains(&bytes.len()) || !bytes.iter().all(u8::is_ascii_lowercase) {
            return Err(NotALang(text.to_owned()));
        }
        let mut code = [0; 3];
        code[..bytes.len()].copy_from_slice(bytes);
        Ok(Self(code))
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Lang {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Lang {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for Lang {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Lang".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string", "pattern": "^[a-z]{2,3}$"})
    }
}

/// ` lang="km"` for a tag whose text is in another language than what stands around it; otherwise nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LangAttribute(Option<Lang>);

impl LangAttribute {
    /// For a text in this language within one in that language.
    pub fn beside(lang: Lang, around: Lang) -> Self {
        Self(Some(lang).filter(|lang| *lang != around))
    }
}

impl fmt::Display for LangAttribute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.map_or(Ok(()), |lang| write!(f, " lang=\"{lang}\""))
    }
}

/// A language code is letters only.
impl askama::filters::HtmlSafe for LangAttribute {}

/// One text in each language of its questionnaire.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Text(BTreeMap<Lang, String>);

impl Text {
    /// The text in this language, in Vietnamese where it is missing.
    pub fn get(&self, lang: impl std::borrow::Borrow<Lang>) -> &str {
        let text = self.0.get(lang.borrow()).or_else(|| self.0.get(&Lang::VI)).or_else(|| self.0.values().next());
        text.map_or("", String::as_str)
    }

    /// The text in each language.
    pub fn iter(&self) -> impl Iterator<Item = (&Lang, &str)> {
        self.0.iter().map(|(lang, text)| (lang, text.as_str()))
    }

    /// The languages it stands in.
    pub fn languages(&self) -> impl Iterator<Item = &Lang> {
        self.0.keys()
    }

    /// Whether this language has a text that is not blank.
    pub fn has(&self, lang: Lang) -> bool {
        self.0.get(&lang).is_some_and(|text| !text.trim().is_empty())
    }
}

/// A text that somebody wrote, without the characters that nobody sees. Those that turn the direction of writing make readers
/// see another text than is stored; zero-width ones hide words from searches and from the list of danger words. The joiners
/// U+200C and U+200D stay: Khmer, Persian and emoji need them. Of control characters only line feed and tab stay.
pub fn without_hidden(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace(is_hidden, ""))
}

fn is_hidden(c: char) -> bool {
    matches!(c,
        // directions of writing
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}'
        // no width: soft hyphen, space, word joiner, byte order mark, invisible operators
        | '\u{ad}' | '\u{180e}' | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}'
        // notes between lines, tags
        | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
        // control characters: whoever pastes them sees nothing that could be deleted, and PostgreSQL stores no NUL
        || c.is_control() && !matches!(c, '\n' | '\t')
}

/// A text with `\n` wherever a line ends: browsers send `\r\n`, Word's line within a paragraph is a vertical tab.
pub fn with_plain_line_ends(text: &str) -> Cow<'_, str> {
    let ends = ['\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];
    if !text.contains(ends) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace("\r\n", "\n").replace(ends, "\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_is_taken_away_and_what_scripts_need_is_left() {
        for (typed, kept) in [
            ("Cô \u{202e}oàt\u{202c} tận tình", "Cô oàt tận tình"),
            ("\u{feff}con bị đ\u{200b}ánh\u{ad}", "con bị đánh"),
            ("\u{2067}x\u{2069}\u{200e}\u{61c}", "x"),
            ("\u{e0041}\u{e0042}", ""),
            ("a\u{0}\u{7}b\u{7f}\u{9f}c\r\n", "abc\n"),
        ] {
            assert_eq!(without_hidden(typed), kept);
        }
        for left in [
            "Trường Tiểu học Đồng Sen – “rất tốt”\n\tcảm ơn",
            "👨\u{200d}👩\u{200d}👧 ❤\u{fe0f}",
            "می\u{200c}خواهم",
            "a\u{302}\u{301}",
        ] {
            assert!(matches!(without_hidden(left), Cow::Borrowed(same) if same == left), "{left}");
        }
    }

    #[test]
    fn a_language_is_two_or_three_small_letters() {
        assert_eq!("vi".parse(), Ok(Lang::VI));
        assert_eq!("khm".parse::<Lang>().map(|l| l.to_string()), Ok("khm".to_owned()));
        for wrong in ["", "v", "VI", "vi-VN", "việt"] {
            assert!(wrong.parse::<Lang>().is_err(), "{wrong}");
        }
    }
}
