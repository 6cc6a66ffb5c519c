//! Cuts the text of an expression into tokens.

use std::fmt;

use super::ast::Operator;
use super::parser::ParseError;

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Token<'a> {
    Reference(&'a str),
    Dot,
    Text(&'a str),
    Number(f64),
    /// A function, or one of `and` `or` `div` `mod`: the parser knows which from the place.
    Name(&'a str),
    Operator(Operator),
    Open,
    Close,
    Comma,
    End,
}

/// Says what was found in "expected …, found …".
impl fmt::Display for Token<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Token::Reference(code) => write!(f, "`${{{code}}}`"),
            Token::Dot => f.write_str("`.`"),
            Token::Text(text) => write!(f, "the text '{text}'"),
            Token::Number(number) => write!(f, "the number {number}"),
            Token::Name(name) => write!(f, "`{name}`"),
            Token::Operator(operator) => write!(f, "`{}`", operator.symbol()),
            Token::Open => f.write_str("`(`"),
            Token::Close => f.write_str("`)`"),
            Token::Comma => f.write_str("`,`"),
            Token::End => f.write_str("the end of the expression"),
        }
    }
}

/// All tokens with their columns, the last one being [`Token::End`].
pub(super) fn tokens(text: &str) -> Result<Vec<(usize, Token<'_>)>, ParseError> {
    let mut lexer = Lexer { rest: text, column: 1 };
    let mut tokens = Vec::new();
    loop {
        lexer.take_while(|c| c.is_whitespace());
        let column = lexer.column;
        let token = lexer.token()?;
        tokens.push((column, token));
        if token == Token::End {
            return Ok(tokens);
        }
    }
}

struct Lexer<'a> {
    rest: &'a str,
    column: usize,
}

impl<'a> Lexer<'a> {
    fn token(&mut self) -> Result<Token<'a>, ParseError> {
        let Some(first) = self.rest.chars().next() else {
            return Ok(Token::End);
        };
        match first {
            '$' => self.reference(),
            '\'' | '"' => self.quoted(first),
            '0'..='9' => self.number(),
            '.' if self.rest[1..].starts_with(|c: char| c.is_ascii_digit()) => self.number(),
            '.' if self.rest.starts_with("..") => Err(self.foreign(first)),
            c if c.is_alphabetic() || c == '_' => Ok(Token::Name(self.name())),
            _ => match symbol(self.rest) {
                Some((written, token)) => {
                    self.take(written);
                    Ok(token)
                }
                None => Err(self.foreign(first)),
            },
        }
    }

    /// A name, or one with a prefix such as `jr:choice-name`.
    fn name(&mut self) -> &'a str {
        let all = self.rest;
        let mut taken = self.take_while(is_name).len();
        if self.rest.strip_prefix(':').is_some_and(|rest| rest.starts_with(char::is_alphabetic)) {
            self.take(":");
            taken += 1 + self.take_while(is_name).len();
        }
        &all[..taken]
    }

    fn reference(&mut self) -> Result<Token<'a>, ParseError> {
        if !self.rest.starts_with("${") {
            return Err(self.error("expected `{` after `$`: write a question as ${A1}"));
        }
        self.take("${");
        let code = self.take_while(is_code);
        if code.is_empty() {
            return Err(self.error("expected the code of a question right after `${`"));
        }
        if !self.rest.starts_with('}') {
            let message = format!("expected `}}` right after the question code `{code}`");
            return Err(self.error(message));
        }
        self.take("}");
        Ok(Token::Reference(code))
    }

    fn quoted(&mut self, quote: char) -> Result<Token<'a>, ParseError> {
        let inside = &self.rest[1..];
        let Some(end) = inside.find(quote) else {
            let message = format!("expected a closing {quote} for the text that begins here");
            return Err(self.error(message));
        };
        self.take(&self.rest[..end + 2]);
        Ok(Token::Text(&inside[..end]))
    }

    fn number(&mut self) -> Result<Token<'a>, ParseError> {
        let whole = digits(self.rest);
        let fraction = match self.rest[whole..].strip_prefix('.').map(digits) {
            None | Some(0) => 0,
            Some(digits) => digits + 1,
        };
        let written = &self.rest[..whole + fraction];
        match written.parse::<f64>() {
            Ok(number) if number.is_finite() => {
                self.take(written);
                Ok(Token::Number(number))
            }
            _ => Err(self.error("this number is too large: write a smaller one")),
        }
    }

    fn take(&mut self, written: &str) {
        self.column += written.chars().count();
        self.rest = &self.rest[written.len()..];
    }

    fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|c| !wanted(c)).unwrap_or(self.rest.len());
        let taken = &self.rest[..end];
        self.take(taken);
        taken
    }

    /// Names what people bring along from spreadsheets, word processors and other languages.
    fn foreign(&self, first: char) -> ParseError {
        let advice = match first {
            '&' => "write `and`",
            '|' => "write `or`",
            '!' => "write `!=` or not(…)",
            '/' => "write `div` to divide",
            '%' => "write `mod` for the remainder",
            '‘' | '’' | '“' | '”' => "put texts between straight quotes, 'like this'",
            '≥' => "write `>=`",
            '≤' => "write `<=`",
            '≠' => "write `!=`",
            '–' | '−' => "write a plain `-`",
            '.' => "name a question as ${A1}, its own answer as a single `.`",
            _ => "expected a question, a text, a number, a function or an operator",
        };
        self.error(format!("`{first}` has no meaning here: {advice}"))
    }

    fn error(&self, message: impl Into<String>) -> ParseError {
        ParseError { column: self.column, message: message.into() }
    }
}

/// Longer symbols stand before the shorter ones they begin with.
const SYMBOLS: [(&str, Token<'static>); 13] = [
    ("!=", Token::Operator(Operator::NotEqual)),
    ("<=", Token::Operator(Operator::LessOrEqual)),
    (">=", Token::Operator(Operator::GreaterOrEqual)),
    ("=", Token::Operator(Operator::Equal)),
    ("<", Token::Operator(Operator::Less)),
    (">", Token::Operator(Operator::Greater)),
    ("+", Token::Operator(Operator::Add)),
    ("-", Token::Operator(Operator::Subtract)),
    ("*", Token::Operator(Operator::Multiply)),
    ("(", Token::Open),
    (")", Token::Close),
    (",", Token::Comma),
    (".", Token::Dot),
];

fn symbol(rest: &str) -> Option<(&'static str, Token<'static>)> {
    SYMBOLS.into_iter().find(|(written, _)| rest.starts_with(written))
}

/// The code in a text that is one reference and nothing else.
pub(super) fn only_reference(text: &str) -> Option<&str> {
    let code = text.trim().strip_prefix("${")?.strip_suffix('}')?;
    (!code.is_empty() && code.chars().all(is_code)).then_some(code)
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '-'
}

fn is_code(c: char) -> bool {
    is_name(c) || c == '.'
}
