//! The HTML part of a letter, made of its text.

use askama::Template;

#[derive(Template)]
#[template(path = "mail/letter.html")]
struct LetterHtml<'a> {
    lang: &'a str,
    subject: &'a str,
    paragraphs: Vec<Vec<Line<'a>>>,
}

/// One line of a paragraph.
enum Line<'a> {
    /// An address alone: a button.
    Button(&'a str),
    /// Words, with or without addresses among them.
    Words(Vec<Piece<'a>>),
}

enum Piece<'a> {
    Text(&'a str),
    Link(&'a str),
}

/// The text as HTML.
pub(super) fn of_text(lang: &str, subject: &str, text: &str) -> Result<String, askama::Error> {
    let paragraphs = text.split("\n\n").map(|paragraph| paragraph.lines().map(line).collect()).collect();
    LetterHtml { lang, subject, paragraphs }.render()
}

fn is_link(word: &str) -> bool {
    word.starts_with("https://") || word.starts_with("http://")
}

fn line(text: &str) -> Line<'_> {
    if is_link(text) && !text.contains(char::is_whitespace) {
        return Line::Button(text);
    }
    let piece = |word| match is_link(word) {
        true => Piece::Link(word),
        false => Piece::Text(word),
    };
    Line::Words(text.split_inclusive(' ').flat_map(parted).map(piece).collect())
}

/// A word, its dot or comma, and the blank after it: an address does not end in what ends a sentence.
fn parted(word: &str) -> Vec<&str> {
    let bare = word.trim_end_matches([' ', '.', ',', ';', ')', '!', '?']);
    let (bare, rest) = word.split_at(bare.len());
    [bare, rest].into_iter().filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_becomes_a_link_and_nothing_else_does_anything() {
        let text = "Chào <b>chị</b>,\n\nhttps://example.vn/k/A?ma=B&x=1\n\nXem https://example.vn/x.\nDòng hai";
        let html = of_text("vi", "Thư", text).unwrap();
        assert!(html.contains("&#60;b&#62;chị"), "{html}");
        assert_eq!(html.matches("href=\"https://example.vn/k/A?ma=B&#38;x=1\"").count(), 1);
        assert!(html.contains("href=\"https://example.vn/x\"") && html.contains("</a>."), "{html}");
    }
}
