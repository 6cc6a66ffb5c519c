//! The tree for the browser: `["and", ["=", ["ref", "A1"], ["text", "co"]], …]`.
//!
//! An array opens with the name of an operator or function, followed by its operands. Besides these
//! there are `["ref", code]`, `["own"]`, `["col", name]`, `["text", text]`, `["neg", operand]` and plain numbers. The second
//! operand of `regex` is `{"p": pattern}`, that of `jr:choice-name` the code of a question.

use serde_json::{Value as Json, json};

use super::ast::{Expression, Kind, Node};

impl Expression {
    /// The expression as `public/form/expression.js` takes it.
    pub fn to_json(&self) -> Json {
        node(&self.root)
    }
}

fn node(of: &Node) -> Json {
    match &of.kind {
        Kind::Reference(code) => json!(["ref", code]),
        Kind::Own => json!(["own"]),
        Kind::Attribute(name) => json!(["col", name]),
        Kind::Matches(inner, pattern) => json!(["regex", node(inner), {"p": pattern.to_json()}]),
        Kind::ChoiceName(inner, code) => json!(["jr:choice-name", node(inner), code]),
        Kind::Text(text) => json!(["text", text]),
        Kind::Number(number) => compact(*number),
        Kind::Negate(inner) => json!(["neg", node(inner)]),
        Kind::All(parts) => list("and", parts),
        Kind::Any(parts) => list("or", parts),
        Kind::Binary(operator, left, right) => {
            json!([operator.symbol(), node(left), node(right)])
        }
        Kind::Call(function, arguments) => list(function.name, arguments),
    }
}

fn list(name: &str, parts: &[Node]) -> Json {
    std::iter::once(json!(name)).chain(parts.iter().map(node)).collect()
}

/// `4`, not `4.0`, wherever the whole number is exact.
fn compact(number: f64) -> Json {
    let whole = number as u32;
    if f64::from(whole) == number { json!(whole) } else { json!(number) }
}
