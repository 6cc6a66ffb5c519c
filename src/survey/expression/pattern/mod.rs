//! The patterns of `regex()`: the part of regular expressions that means the same everywhere.
//!
//! A pattern must match the whole text, as XLSForm has it. There are characters, `.` (any but a line end), classes such as
//! `[a-z]` and `[^0-9]`, `\d` `\w` `\s` and their opposites (ASCII), `\p{L}` `\p{Lu}` `\p{Ll}` (letters of any script),
//! groups, `|`, and `*` `+` `?` `{2}` `{2,}` `{2,5}`. `^` and `$` may stand at the ends, where they say nothing new. Everything
//! else (references, looking around, flags, lazy repetition) is refused, because engines differ or take for ever.
//!
//! The server runs the `regex` crate. The browser's own engine tries alternatives one after the other and can be made to
//! hang, so `public/form/functions.js` follows all of them at once over the tree that [`Pattern::to_json`] gives it.

mod read;

use regex::{Regex, RegexBuilder};
use serde_json::{Value as Json, json};

use read::Reader;

/// More copies of parts than this take the browser too long.
const MOST_PARTS: u64 = 2_000;
/// What the compiled pattern may take, in bytes.
const MOST_BYTES: usize = 1 << 20;

/// A pattern that both sides can run.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    /// As it stands in the expression.
    pub written: String,
    tree: Tree,
    /// Ready to run.
    pub regex: Regex,
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Pattern) -> bool {
        self.written == other.written
    }
}

#[derive(Debug, Clone)]
enum Tree {
    One(char),
    /// The source of a class, the same for both engines.
    Class(String),
    Sequence(Vec<Tree>),
    Either(Vec<Tree>),
    Repeat(Box<Tree>, u32, Option<u32>),
}

/// What is wrong, and where: characters from the beginning of the pattern, from 0.
pub(super) type Wrong = (usize, String);

impl Pattern {
    pub fn parse(written: &str) -> Result<Pattern, Wrong> {
        let letters: Vec<char> = written.chars().collect();
        let tree = Reader::new(&letters).whole()?;
        let too_large = || (0, "this pattern is too large: repeat less".to_owned());
        if tree.parts() > MOST_PARTS {
            return Err(too_large());
        }
        let mut source = String::from(r"\A(?:");
        tree.write(&mut source);
        source.push_str(r")\z");
        let regex = RegexBuilder::new(&source).size_limit(MOST_BYTES).build().map_err(|_| too_large())?;
        Ok(Pattern { written: written.to_owned(), tree, regex })
    }

    /// For the browser: a text is a character or, in brackets, a class; `[0, …]` a sequence, `[1, …]` alternatives,
    /// `[2, part, least, most]` a repetition (`most` is null where there is no end).
    pub fn to_json(&self) -> Json {
        self.tree.to_json()
    }
}

impl Tree {
    fn parts(&self) -> u64 {
        match self {
            Tree::One(_) | Tree::Class(_) => 1,
            Tree::Sequence(parts) | Tree::Either(parts) => {
                parts.iter().fold(1, |sum: u64, part| sum.saturating_add(part.parts()))
            }
            Tree::Repeat(part, least, most) => {
                let times = most.unwrap_or(*least).max(*least).max(1);
                part.parts().saturating_mul(u64::from(times)).saturating_add(1)
            }
        }
    }

    fn write(&self, out: &mut String) {
        match self {
            Tree::One(letter) => escaped(*letter, out),
            Tree::Class(source) => out.push_str(source),
            Tree::Sequence(parts) => parts.iter().for_each(|part| part.write(out)),
            Tree::Either(parts) => {
                out.push_str("(?:");
                for (place, part) in parts.iter().enumerate() {
                    if place > 0 {
                        out.push('|');
                    }
                    part.write(out);
                }
                out.push(')');
            }
            Tree::Repeat(part, least, most) => {
                out.push_str("(?:");
                part.write(out);
                let most = most.map_or(String::new(), |most| most.to_string());
                out.push_str(&format!("){{{least},{most}}}"));
            }
        }
    }

    fn to_json(&self) -> Json {
        let list = |how: u8, parts: &[Tree]| {
            std::iter::once(json!(how)).chain(parts.iter().map(Tree::to_json)).collect::<Json>()
        };
        match self {
            Tree::One(letter) => json!(letter),
            Tree::Class(source) => json!(source),
            Tree::Sequence(parts) => list(0, parts),
            Tree::Either(parts) => list(1, parts),
            Tree::Repeat(part, least, most) => json!([2, part.to_json(), least, most]),
        }
    }
}

/// A character that stands for itself in either engine, within a class and without.
fn escaped(letter: char, out: &mut String) {
    if letter.is_alphanumeric() {
        out.push(letter);
    } else {
        out.push_str(&format!("\\u{{{:x}}}", u32::from(letter)));
    }
}
