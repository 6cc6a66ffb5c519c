//! What was not done, and why: said on the page from which it was tried, beside the field that it is about, with everything
//! that was typed.

use actix_web::http::StatusCode;

use super::fields::Fields;

/// Sentences, each with its place on the page; the place is mostly the name of a field. None: all is well.
#[derive(Debug, Clone, Default)]
pub(super) struct Trouble {
    sentences: Vec<(String, String)>,
    fields: Fields,
}

impl Trouble {
    /// Something that concerns the page as a whole.
    pub(super) fn page(sentence: String) -> Self {
        Self::at("", sentence)
    }

    /// Something about one place.
    pub(super) fn at(place: impl Into<String>, sentence: String) -> Self {
        Self { sentences: vec![(place.into(), sentence)], fields: Fields::default() }
    }

    /// One thing more; in the order of the page.
    pub(super) fn add(&mut self, place: impl Into<String>, sentence: String) {
        self.sentences.push((place.into(), sentence));
    }

    /// Both, these first.
    pub(super) fn and(mut self, others: Self) -> Self {
        self.sentences.extend(others.sentences);
        self
    }

    /// With what was sent, to be shown again.
    pub(super) fn typed(self, fields: Fields) -> Self {
        Self { fields, ..self }
    }

    /// What was sent.
    pub(super) fn fields(&self) -> &Fields {
        &self.fields
    }

    /// Whether there is none.
    pub(super) fn is_none(&self) -> bool {
        self.sentences.is_empty()
    }

    /// 200 or 422.
    pub(super) fn status(&self) -> StatusCode {
        if self.is_none() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
    }

    /// The first sentence, wherever it belongs.
    pub(super) fn first(&self) -> &str {
        self.sentences.first().map_or("", |(_, sentence)| sentence)
    }

    /// What is said at this place.
    pub(super) fn says(&self, place: &str) -> Option<&str> {
        self.sentences.iter().find(|(known, _)| known == place).map(|(_, sentence)| sentence.as_str())
    }

    /// What the field shows: what was typed, or what it usually shows when nothing was sent.
    pub(super) fn value<'a>(&'a self, name: &str, usual: &'a str) -> &'a str {
        if self.fields.is_empty() { usual } else { self.fields.one(name) }
    }

    /// Whether a box is ticked: as it was sent, or as it usually is when nothing was sent.
    pub(super) fn is_ticked(&self, name: &str, usually: bool) -> bool {
        if self.fields.is_empty() { usually } else { self.fields.has(name, "1") }
    }

    /// The same where several forms of a page have fields of this name: what was typed belongs to the form in trouble.
    pub(super) fn value_at<'a>(&'a self, place: &str, name: &str, usual: &'a str) -> &'a str {
        if self.says(place).is_some() { self.fields.one(name) } else { usual }
    }

    /// The class of a field at this place.
    pub(super) fn tone(&self, place: &str) -> &'static str {
        if self.says(place).is_some() { " wrong" } else { "" }
    }

    /// Whether this place is the first in trouble: it gets the cursor.
    pub(super) fn is_first(&self, place: &str) -> bool {
        self.sentences.first().is_some_and(|(first, _)| first == place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_field_in_trouble_gets_the_cursor_and_each_its_sentence() {
        let mut trouble = Trouble::at("title", "Xin ghi tên đợt.".into());
        trouble.add("day", "Xin chọn ngày.".into());
        assert_eq!((trouble.is_first("title"), trouble.is_first("day")), (true, false));
        assert_eq!((trouble.says("slug"), trouble.says("day")), (None, Some("Xin chọn ngày.")));
        assert_eq!((trouble.tone("slug"), trouble.tone("day"), trouble.status().as_u16()), ("", " wrong", 422));
    }

    #[test]
    fn a_field_that_was_emptied_stays_empty() {
        let sent = Trouble::at("day", "Xin chọn ngày.".into()).typed(Fields::read(b"day=&time=22:00"));
        assert_eq!((sent.value("day", "2026-05-07"), sent.value("time", "")), ("", "22:00"));
        assert_eq!(Trouble::default().value("day", "2026-05-07"), "2026-05-07");
    }
}
