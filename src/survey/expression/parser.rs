//! Reads tokens into a tree.

use super::ast::{AND, Expression, Kind, Node, OR, Operator};
use super::function::{self, Function};
use super::lexer::{self, Token};
use super::pattern::Pattern;

/// Nobody reads an expression this deep, and a bound keeps every recursion over it harmless.
const MAX_DEPTH: usize = 64;

/// Why a text is not an expression.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("column {column}: {message}")]
pub struct ParseError {
    /// 1-based, counted in characters.
    pub column: usize,
    /// What was expected there, in a sentence for the author of the questionnaire.
    pub message: String,
}

impl Expression {
    /// Reads an expression, or says at which column it stops making sense and what to write there.
    pub fn parse(text: &str) -> Result<Expression, ParseError> {
        Self::read(text, false)
    }

    /// Reads a `choice_filter`, in which plain names are properties of the choice: `cap = ${cap_hoc}`.
    pub fn parse_filter(text: &str) -> Result<Expression, ParseError> {
        Self::read(text, true)
    }

    fn read(text: &str, is_filter: bool) -> Result<Expression, ParseError> {
        let mut parser = Parser { tokens: &lexer::tokens(text)?, depth: 0, is_filter };
        let root = parser.operation(OR)?;
        match parser.next() {
            (_, Token::End) => Ok(Expression { root }),
            found => Err(expected("an operator such as `and` or `=`, or the end", found)),
        }
    }
}

/// What may stand between two operands.
enum Link {
    Or,
    And,
    Binary(Operator),
}

impl Link {
    fn of(token: Token<'_>) -> Option<Link> {
        Some(match token {
            Token::Name("or") => Link::Or,
            Token::Name("and") => Link::And,
            Token::Name("div") => Link::Binary(Operator::Divide),
            Token::Name("mod") => Link::Binary(Operator::Remainder),
            Token::Operator(operator) => Link::Binary(operator),
            _ => return None,
        })
    }

    fn precedence(&self) -> u8 {
        match self {
            Link::Or => OR,
            Link::And => AND,
            Link::Binary(operator) => operator.precedence(),
        }
    }
}

struct Parser<'t, 'a> {
    /// Ends with [`Token::End`], which is never passed.
    tokens: &'t [(usize, Token<'a>)],
    depth: usize,
    is_filter: bool,
}

impl<'a> Parser<'_, 'a> {
    /// Operands joined by operators that bind at least as tightly as `floor`.
    fn operation(&mut self, floor: u8) -> Result<Node, ParseError> {
        let mut left = self.operand()?;
        loop {
            let (column, token) = self.peek();
            let Some(link) = Link::of(token).filter(|link| link.precedence() >= floor) else {
                return Ok(left);
            };
            let kind = match link {
                Link::Or => Kind::Any(self.chain(left, token, OR)?),
                Link::And => Kind::All(self.chain(left, token, AND)?),
                Link::Binary(operator) => {
                    self.next();
                    let right = self.operation(operator.precedence() + 1)?;
                    Kind::Binary(operator, Box::new(left), Box::new(right))
                }
            };
            left = bounded(column, kind)?;
        }
    }

    fn chain(&mut self, first: Node, word: Token<'a>, precedence: u8) -> Result<Vec<Node>, ParseError> {
        let mut parts = vec![first];
        while self.peek().1 == word {
            self.next();
            parts.push(self.operation(precedence + 1)?);
        }
        Ok(parts)
    }

    /// Every recursion of the parser passes here, so here it is bounded.
    fn operand(&mut self) -> Result<Node, ParseError> {
        let (column, token) = self.next();
        if self.depth == MAX_DEPTH {
            return Err(too_deep(column));
        }
        self.depth += 1;
        let kind = match token {
            Token::Operator(Operator::Subtract) => Kind::Negate(Box::new(self.operand()?)),
            Token::Open => {
                let inner = self.operation(OR)?;
                self.close("an operator or `)`")?;
                self.depth -= 1;
                return Ok(inner);
            }
            Token::Reference(code) => Kind::Reference(code.to_owned()),
            Token::Dot => Kind::Own,
            Token::Text(text) => Kind::Text(text.to_owned()),
            Token::Number(number) => Kind::Number(number),
            Token::Name(name) => self.call(column, name)?,
            _ => {
                let operand = "a question such as ${A1}, a text, a number or a function";
                return Err(expected(operand, (column, token)));
            }
        };
        self.depth -= 1;
        bounded(column, kind)
    }

    fn call(&mut self, column: usize, name: &str) -> Result<Kind, ParseError> {
        if self.peek().1 != Token::Open && self.is_filter && !name.contains(':') {
            return Ok(Kind::Attribute(name.to_owned()));
        }
        if self.peek().1 != Token::Open {
            let message = format!(
                "expected a question, a text, a number or a function, found `{name}`: \
                 write ${{{name}}} for a question, '{name}' for a text"
            );
            return Err(ParseError { column, message });
        }
        match name {
            function::REGEX => return self.matches(),
            function::CHOICE_NAME => return self.choice_name(),
            _ => {}
        }
        let Some(function) = function::named(name) else {
            let message = format!("there is no function `{name}`: use one of {}", function::names());
            return Err(ParseError { column, message });
        };
        self.next();
        let arguments = self.arguments(function)?;
        let given = arguments.len();
        if !function.arguments.contains(&given) {
            let message = format!("{name}() takes {}, found {given}", function.arguments_in_words());
            return Err(ParseError { column, message });
        }
        Ok(Kind::Call(function, arguments))
    }

    fn matches(&mut self) -> Result<Kind, ParseError> {
        let what = "a pattern between quotes, as in regex(., '[0-9]{10}')";
        let (value, column, written) = self.value_and_text(what)?;
        match Pattern::parse(written) {
            Ok(pattern) => Ok(Kind::Matches(Box::new(value), pattern)),
            Err((at, message)) => Err(ParseError { column: column + 1 + at, message }),
        }
    }

    fn choice_name(&mut self) -> Result<Kind, ParseError> {
        let what = "the question between quotes, as in jr:choice-name(${A1}, '${A1}')";
        let (value, column, written) = self.value_and_text(what)?;
        match lexer::only_reference(written) {
            Some(code) => Ok(Kind::ChoiceName(Box::new(value), code.to_owned())),
            None => Err(expected(what, (column, Token::Text(written)))),
        }
    }

    /// `(value, 'text')`, with the column of the text.
    fn value_and_text(&mut self, what: &str) -> Result<(Node, usize, &'a str), ParseError> {
        self.next();
        let value = self.operation(OR)?;
        match self.next() {
            (_, Token::Comma) => {}
            found => return Err(expected(&format!("`,` and {what}"), found)),
        }
        let (column, token) = self.next();
        let Token::Text(written) = token else { return Err(expected(what, (column, token))) };
        self.close("`)`")?;
        Ok((value, column, written))
    }

    fn arguments(&mut self, function: &Function) -> Result<Vec<Node>, ParseError> {
        let mut arguments = Vec::new();
        if self.peek().1 == Token::Close {
            self.next();
            return Ok(arguments);
        }
        loop {
            arguments.push(self.operation(OR)?);
            if self.peek().1 != Token::Comma {
                break;
            }
            self.next();
        }
        self.close(&format!("`,` or `)` after an argument of {}()", function.name))?;
        Ok(arguments)
    }

    fn close(&mut self, what: &str) -> Result<(), ParseError> {
        match self.next() {
            (_, Token::Close) => Ok(()),
            found => Err(expected(what, found)),
        }
    }

    fn peek(&self) -> (usize, Token<'a>) {
        self.tokens.first().copied().unwrap_or((1, Token::End))
    }

    fn next(&mut self) -> (usize, Token<'a>) {
        let token = self.peek();
        if token.1 != Token::End {
            self.tokens = &self.tokens[1..];
        }
        token
    }
}

fn expected(what: &str, (column, found): (usize, Token<'_>)) -> ParseError {
    ParseError { column, message: format!("expected {what}, found {found}") }
}

/// Operators that follow each other deepen the tree without any recursion of the parser.
fn bounded(column: usize, kind: Kind) -> Result<Node, ParseError> {
    let node = Node::new(column, kind);
    if node.height > MAX_DEPTH {
        return Err(too_deep(column));
    }
    Ok(node)
}

fn too_deep(column: usize) -> ParseError {
    ParseError {
        column,
        message: format!(
            "expected at most {MAX_DEPTH} levels: use sum() for a long addition, \
             or move a part into a calculate question"
        ),
    }
}
