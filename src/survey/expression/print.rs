//! Writes a tree back as text, with only the parentheses it needs.

use std::fmt;

use super::ast::{AND, Expression, Kind, NEGATE, Node, OR};

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.root.fmt(f)
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::Reference(code) => write!(f, "${{{code}}}"),
            Kind::Own => f.write_str("."),
            Kind::Attribute(name) => f.write_str(name),
            Kind::Text(text) => quoted(f, text),
            Kind::Number(number) => write!(f, "{number}"),
            Kind::Matches(inner, pattern) => {
                write!(f, "regex({inner}, ")?;
                quoted(f, &pattern.written)?;
                f.write_str(")")
            }
            Kind::ChoiceName(inner, code) => write!(f, "jr:choice-name({inner}, '${{{code}}}')"),
            Kind::Negate(inner) => write!(f, "-{}", At(inner, NEGATE)),
            Kind::All(parts) => list(f, parts, " and ", AND + 1),
            Kind::Any(parts) => list(f, parts, " or ", OR + 1),
            Kind::Binary(operator, left, right) => {
                let level = operator.precedence();
                let symbol = operator.symbol();
                write!(f, "{} {symbol} {}", At(left, level), At(right, level + 1))
            }
            Kind::Call(function, arguments) => {
                write!(f, "{}(", function.name)?;
                list(f, arguments, ", ", OR)?;
                f.write_str(")")
            }
        }
    }
}

/// No text holds both kinds of quote.
fn quoted(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    let quote = if text.contains('\'') { '"' } else { '\'' };
    write!(f, "{quote}{text}{quote}")
}

/// A node in a place that takes only parts of at least this precedence.
struct At<'a>(&'a Node, u8);

impl fmt::Display for At<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let At(node, level) = self;
        if node.kind.precedence() < *level { write!(f, "({node})") } else { node.fmt(f) }
    }
}

fn list(f: &mut fmt::Formatter<'_>, parts: &[Node], between: &str, level: u8) -> fmt::Result {
    for (place, part) in parts.iter().enumerate() {
        if place > 0 {
            f.write_str(between)?;
        }
        write!(f, "{}", At(part, level))?;
    }
    Ok(())
}
