//! Reads a pattern character by character.

use super::{Tree, Wrong, escaped};

/// More groups within groups than this nobody reads.
const MOST_DEPTH: usize = 16;

pub(super) struct Reader<'a> {
    letters: &'a [char],
    at: usize,
    depth: usize,
}

impl<'a> Reader<'a> {
    pub fn new(letters: &'a [char]) -> Self {
        Self { letters, at: 0, depth: 0 }
    }

    pub fn whole(mut self) -> Result<Tree, Wrong> {
        let tree = self.either()?;
        if self.at < self.letters.len() {
            return self.wrong("`)` closes no group: write `\\)` for the character");
        }
        Ok(tree)
    }

    fn peek(&self) -> Option<char> {
        self.letters.get(self.at).copied()
    }

    fn takes(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        self.at += usize::from(found);
        found
    }

    fn wrong<T>(&self, message: impl Into<String>) -> Result<T, Wrong> {
        Err((self.at, message.into()))
    }

    fn either(&mut self) -> Result<Tree, Wrong> {
        let mut parts = vec![self.sequence()?];
        while self.takes('|') {
            parts.push(self.sequence()?);
        }
        Ok(match parts.len() {
            1 => parts.remove(0),
            _ => Tree::Either(parts),
        })
    }

    fn sequence(&mut self) -> Result<Tree, Wrong> {
        let mut parts = Vec::new();
        if self.depth == 0 {
            self.takes('^');
        }
        while let Some(letter) = self.peek() {
            match letter {
                '|' | ')' => break,
                '$' if self.depth == 0 && matches!(self.letters.get(self.at + 1), None | Some('|')) => self.at += 1,
                _ => {
                    let part = self.part(letter)?;
                    parts.push(self.repeated(part)?);
                }
            }
        }
        Ok(match parts.len() {
            1 => parts.remove(0),
            _ => Tree::Sequence(parts),
        })
    }

    fn part(&mut self, letter: char) -> Result<Tree, Wrong> {
        match letter {
            '(' => self.group(),
            '[' => self.class(),
            '\\' => self.escape(),
            '*' | '+' | '?' | '{' => self.wrong(format!("`{letter}` repeats nothing: write `\\{letter}` for the character")),
            ']' | '}' => self.wrong(format!("write `\\{letter}` for the character")),
            '^' | '$' => self.wrong(format!(
                "a pattern always matches the whole text, so `{letter}` belongs to its ends or nowhere: write `\\{letter}` for the character"
            )),
            '.' => {
                self.at += 1;
                Ok(Tree::Class(r"[^\n]".to_owned()))
            }
            _ => {
                self.at += 1;
                Ok(Tree::One(letter))
            }
        }
    }

    fn group(&mut self) -> Result<Tree, Wrong> {
        let open = self.at;
        self.at += 1;
        if self.takes('?') && !self.takes(':') {
            return self.wrong("only `(?:` may follow: looking around, names and flags differ between engines");
        }
        if self.depth == MOST_DEPTH {
            return self.wrong(format!("at most {MOST_DEPTH} groups may stand within each other"));
        }
        self.depth += 1;
        let inner = self.either()?;
        self.depth -= 1;
        if self.takes(')') { Ok(inner) } else { Err((open, "this group is not closed by `)`".to_owned())) }
    }

    fn repeated(&mut self, part: Tree) -> Result<Tree, Wrong> {
        let (least, most) = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => self.bounds()?,
            _ => return Ok(part),
        };
        self.at += 1;
        if let Some(letter @ ('*' | '+' | '?' | '{')) = self.peek() {
            return self.wrong(format!("`{letter}` stands after another repetition: take one away"));
        }
        Ok(Tree::Repeat(Box::new(part), least, most))
    }

    /// `{2}`, `{2,}`, `{2,5}`; ends before the closing brace.
    fn bounds(&mut self) -> Result<(u32, Option<u32>), Wrong> {
        let open = self.at;
        self.at += 1;
        let least = self.number();
        let most = if self.takes(',') { self.number() } else { least };
        let unbounded = self.letters.get(self.at.wrapping_sub(1)) == Some(&',');
        match (least, most) {
            (Some(least), most) if self.peek() == Some('}') && (most.is_some() || unbounded) => {
                if most.is_some_and(|most| most < least) {
                    return Err((open, "the second number is smaller than the first".to_owned()));
                }
                Ok((least, most))
            }
            _ => Err((open, r"write {2}, {2,} or {2,5} with numbers up to 999, or `\{` for the character".to_owned())),
        }
    }

    /// Up to three digits.
    fn number(&mut self) -> Option<u32> {
        let begin = self.at;
        while self.at < begin + 3 && self.peek().is_some_and(|letter| letter.is_ascii_digit()) {
            self.at += 1;
        }
        self.letters[begin..self.at].iter().collect::<String>().parse().ok()
    }

    fn escape(&mut self) -> Result<Tree, Wrong> {
        let class = |source: &str| Ok(Tree::Class(source.to_owned()));
        match self.letters.get(self.at + 1) {
            Some('D') => class("[^0-9]").inspect(|_| self.at += 2),
            Some('W') => class("[^0-9A-Za-z_]").inspect(|_| self.at += 2),
            Some('S') => class(r"[^\t\n\r ]").inspect(|_| self.at += 2),
            _ => match self.escaped()? {
                Escaped::One(letter) => Ok(Tree::One(letter)),
                Escaped::Many(source) => Ok(Tree::Class(format!("[{source}]"))),
            },
        }
    }

    /// What a backslash makes, in a class or outside.
    fn escaped(&mut self) -> Result<Escaped, Wrong> {
        let many = match self.letters.get(self.at + 1) {
            Some('d') => "0-9",
            Some('w') => "0-9A-Za-z_",
            Some('s') => r"\t\n\r ",
            Some('n') => r"\n",
            Some('t') => r"\t",
            Some('p') => return self.letters_of_any_script(),
            Some(letter) if letter.is_ascii_punctuation() => {
                self.at += 2;
                return Ok(Escaped::One(*letter));
            }
            Some(letter) => {
                return self
                    .wrong(format!(r"`\{letter}` does not mean the same everywhere: use \d, \w, \s or \p{{L}}"));
            }
            None => return self.wrong(r"write `\\` for a backslash"),
        };
        self.at += 2;
        Ok(Escaped::Many(many))
    }

    fn letters_of_any_script(&mut self) -> Result<Escaped, Wrong> {
        for source in [r"\p{Lu}", r"\p{Ll}", r"\p{L}"] {
            if self.letters[self.at..].iter().take(source.len()).copied().eq(source.chars()) {
                self.at += source.len();
                return Ok(Escaped::Many(source));
            }
        }
        self.wrong(r"write \p{L} for letters, \p{Lu} for capitals, \p{Ll} for small letters")
    }

    fn class(&mut self) -> Result<Tree, Wrong> {
        let open = self.at;
        self.at += 1;
        let mut source = String::from(if self.takes('^') { "[^" } else { "[" });
        let empty = source.len();
        loop {
            let Some(letter) = self.peek() else { return Err((open, "this class is not closed by `]`".to_owned())) };
            if letter == ']' && source.len() > empty {
                self.at += 1;
                source.push(']');
                return Ok(Tree::Class(source));
            }
            self.member(letter, &mut source)?;
        }
    }

    fn member(&mut self, letter: char, source: &mut String) -> Result<(), Wrong> {
        let begin = self.at;
        let first = match self.single(letter)? {
            Escaped::Many(many) => {
                source.push_str(many);
                return Ok(());
            }
            Escaped::One(first) => first,
        };
        escaped(first, source);
        let is_range = self.peek() == Some('-') && self.letters.get(self.at + 1).is_some_and(|next| *next != ']');
        if !is_range {
            return Ok(());
        }
        self.at += 1;
        let next = self.letters[self.at];
        match self.single(next)? {
            Escaped::One(last) if last >= first => {
                source.push('-');
                escaped(last, source);
                Ok(())
            }
            _ => Err((
                begin,
                r"a range goes from a smaller character to a larger one: write `\-` for the character".to_owned(),
            )),
        }
    }

    fn single(&mut self, letter: char) -> Result<Escaped, Wrong> {
        match letter {
            '\\' => self.escaped(),
            '[' | ']' | '^' | '&' | '~' => self.wrong(format!(r"write `\{letter}` within a class")),
            '-' if !matches!(self.letters.get(self.at + 1), Some(']'))
                && self.letters.get(self.at.wrapping_sub(1)) != Some(&'[') =>
            {
                self.wrong(r"write `\-` for the character, or put it at the end of the class")
            }
            _ => {
                self.at += 1;
                Ok(Escaped::One(letter))
            }
        }
    }
}

enum Escaped {
    One(char),
    /// Members of a class.
    Many(&'static str),
}
