//! The syllables of a text.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

/// A syllable, a number, an abbreviation as people type them (`ko`, `hs`), or an emoji.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Where it stands, in bytes.
    pub at: Range<usize>,
    /// Whether a phrase ends before it: punctuation, a new line or an emoji came between.
    pub begins: bool,
}

/// The tokens of a text, in order. Spaces separate syllables; a hyphen or an apostrophe within a word does not, nor does a
/// point, comma, colon or slash between digits (`100.000`, `7:30`, `20/11`).
pub fn tokens(text: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    let mut begins = true;
    let mut rest = text.char_indices().peekable();
    while let Some((start, c)) = rest.next() {
        let end_of = |at: usize, c: char| at + c.len_utf8();
        if is_emoji(c) {
            let mut end = end_of(start, c);
            let mut last = c;
            while let Some((at, next)) = rest.next_if(|(_, next)| continues_emoji(last, *next)) {
                (end, last) = (end_of(at, next), next);
            }
            found.push(Token { at: start..end, begins: true });
            begins = true;
        } else if is_inside(c) {
            let end = end_of_word(text, start);
            while rest.next_if(|(at, _)| *at < end).is_some() {}
            found.push(Token { at: start..end, begins });
            begins = false;
        } else if !c.is_whitespace() || c == '\n' {
            begins = true;
        }
    }
    found
}

fn end_of_word(text: &str, start: usize) -> usize {
    let mut rest = text[start..].char_indices().peekable();
    let (mut end, mut last) = (start, ' ');
    while let Some((at, c)) = rest.next() {
        let next = rest.peek().map_or(' ', |(_, next)| *next);
        let joins = match c {
            '-' | '\u{2011}' | '\'' | '’' => last.is_alphanumeric() && next.is_alphanumeric(),
            '.' | ',' | ':' | '/' => last.is_ascii_digit() && next.is_ascii_digit(),
            c => is_inside(c),
        };
        if !joins {
            break;
        }
        end = start + at + c.len_utf8();
        last = c;
    }
    end
}

fn is_inside(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

/// The blocks of Unicode in which pictures are; signs such as ✓ among them.
fn is_emoji(c: char) -> bool {
    matches!(u32::from(c), 0x1F000..=0x1FAFF | 0x2600..=0x27BF | 0x2B50 | 0x2B55)
}

/// Signs that belong to the emoji before them: variation, colour of skin, joiner and what it joins, the second half of a flag.
fn continues_emoji(last: char, next: char) -> bool {
    let is_flag = |c: char| ('\u{1F1E6}'..='\u{1F1FF}').contains(&c);
    matches!(u32::from(next), 0xFE0F | 0x200D | 0x20E3 | 0x1F3FB..=0x1F3FF)
        || (last == '\u{200D}' && is_emoji(next))
        || (is_flag(last) && is_flag(next))
}
