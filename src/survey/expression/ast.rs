//! The tree of an expression.

use super::function::Function;
use super::pattern::Pattern;

/// An expression that has been parsed: well spelt, every function with a right number of
/// arguments. Two expressions are equal when they mean the same tree, however they were spaced.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    pub(super) root: Node,
}

impl Expression {
    /// The codes of the questions whose answers are looked at, from left to right, once per mention.
    pub fn references(&self) -> impl Iterator<Item = &str> {
        self.mentions().map(|(_, code)| code)
    }

    /// The same with their columns, from 1, in characters.
    pub fn mentions(&self) -> impl Iterator<Item = (usize, &str)> {
        self.nodes().filter_map(|node| match &node.kind {
            Kind::Reference(code) => Some((node.column, code.as_str())),
            _ => None,
        })
    }

    /// The properties of a choice that are looked at: names without `${}`.
    pub fn attributes(&self) -> impl Iterator<Item = &str> {
        self.nodes().filter_map(|node| match &node.kind {
            Kind::Attribute(name) => Some(name.as_str()),
            _ => None,
        })
    }

    /// The codes of the questions whose labels are asked for.
    pub fn choice_names(&self) -> impl Iterator<Item = &str> {
        self.nodes().filter_map(|node| match &node.kind {
            Kind::ChoiceName(_, code) => Some(code.as_str()),
            _ => None,
        })
    }

    /// Whether the browser needs `public/form/functions.js` for it.
    pub fn needs_functions(&self) -> bool {
        self.nodes().any(|node| match &node.kind {
            Kind::Matches(..) | Kind::ChoiceName(..) => true,
            Kind::Call(function, _) => function.seldom,
            _ => false,
        })
    }

    /// The column where the time of day is asked for, if it is.
    pub fn asks_time(&self) -> Option<usize> {
        self.nodes()
            .find(|node| matches!(&node.kind, Kind::Call(function, _) if function.name == "now"))
            .map(|n| n.column)
    }

    /// Whether `.`, the question's own answer, is mentioned.
    pub fn uses_self(&self) -> bool {
        self.nodes().any(|node| node.kind == Kind::Own)
    }

    fn nodes(&self) -> impl Iterator<Item = &Node> {
        let mut waiting = vec![&self.root];
        std::iter::from_fn(move || {
            let node = waiting.pop()?;
            waiting.extend(node.kind.children().into_iter().rev());
            Some(node)
        })
    }
}

/// A part of an expression and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Node {
    /// 1-based, in characters; for an operation the place of its (first) operator.
    pub column: usize,
    /// Levels of nodes from here down, kept so that the parser can bound the recursion of
    /// everything that walks the tree.
    pub height: usize,
    pub kind: Kind,
}

impl Node {
    pub fn new(column: usize, kind: Kind) -> Node {
        let below = kind.children().iter().map(|node| node.height).max();
        Node { column, height: below.unwrap_or(0) + 1, kind }
    }
}

/// Where a node stands is no part of what it means.
impl PartialEq for Node {
    fn eq(&self, other: &Node) -> bool {
        self.kind == other.kind
    }
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    Reference(String),
    Own,
    /// A property of the choice that a `choice_filter` is looking at.
    Attribute(String),
    /// Never holds both kinds of quote: the language has no escapes.
    Text(String),
    /// Finite and not negative: a sign is a [`Kind::Negate`].
    Number(f64),
    Negate(Box<Node>),
    /// `a and b and c`. A list, because officers write long chains and a tree would grow deep.
    All(Vec<Node>),
    /// `a or b or c`.
    Any(Vec<Node>),
    Binary(Operator, Box<Node>, Box<Node>),
    Call(&'static Function, Vec<Node>),
    /// `regex(value, 'pattern')`
    Matches(Box<Node>, Pattern),
    /// `jr:choice-name(value, '${question}')`
    ChoiceName(Box<Node>, String),
}

impl Kind {
    pub fn children(&self) -> Vec<&Node> {
        match self {
            Kind::Reference(_) | Kind::Own | Kind::Attribute(_) | Kind::Text(_) | Kind::Number(_) => Vec::new(),
            Kind::Negate(inner) | Kind::Matches(inner, _) | Kind::ChoiceName(inner, _) => vec![inner],
            Kind::Binary(_, left, right) => vec![left, right],
            Kind::All(parts) | Kind::Any(parts) | Kind::Call(_, parts) => parts.iter().collect(),
        }
    }

    /// How tightly the parts hold together; a looser part inside a tighter one needs parentheses.
    pub fn precedence(&self) -> u8 {
        match self {
            Kind::Any(_) => OR,
            Kind::All(_) => AND,
            Kind::Binary(operator, ..) => operator.precedence(),
            Kind::Negate(_) => NEGATE,
            _ => NEGATE + 1,
        }
    }
}

pub(super) const OR: u8 = 1;
pub(super) const AND: u8 = 2;
pub(super) const NEGATE: u8 = 7;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

impl Operator {
    pub fn precedence(self) -> u8 {
        match self {
            Operator::Equal | Operator::NotEqual => 3,
            Operator::Less | Operator::LessOrEqual | Operator::Greater | Operator::GreaterOrEqual => 4,
            Operator::Add | Operator::Subtract => 5,
            Operator::Multiply | Operator::Divide | Operator::Remainder => 6,
        }
    }

    /// As written in expressions and in their JSON.
    pub fn symbol(self) -> &'static str {
        match self {
            Operator::Equal => "=",
            Operator::NotEqual => "!=",
            Operator::Less => "<",
            Operator::LessOrEqual => "<=",
            Operator::Greater => ">",
            Operator::GreaterOrEqual => ">=",
            Operator::Add => "+",
            Operator::Subtract => "-",
            Operator::Multiply => "*",
            Operator::Divide => "div",
            Operator::Remainder => "mod",
        }
    }
}
