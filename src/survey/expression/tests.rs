//! The vectors that the browser's evaluator passes too, and properties of arbitrary expressions.

use std::borrow::Cow;
use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde::Deserialize;
use serde_json::Value as Json;

use super::ast::{Kind, Node, Operator};
use super::function;
use super::pattern::Pattern;
use super::{Answers, CheckError, Checked, Compiled, Expression, Scope, Type, Value};
use chrono::NaiveDateTime;

/// One line of `tests/expressions.json`. Types not given are those of the answers.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Vector {
    expr: String,
    #[serde(default)]
    answers: BTreeMap<String, Answer>,
    own: Option<Answer>,
    #[serde(default)]
    types: BTreeMap<String, String>,
    /// The moment, as the page says it.
    now: Option<NaiveDateTime>,
    /// Labels of choices, by question and code.
    #[serde(default)]
    labels: BTreeMap<String, BTreeMap<String, String>>,
    /// The choice that a filter looks at.
    choice: Option<BTreeMap<String, String>>,
    expect: Option<Json>,
    json: Option<Json>,
    #[serde(default)]
    error: bool,
    column: Option<usize>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
enum Answer {
    Text(String),
    Number(f64),
    Boolean(bool),
    Choices(Vec<String>),
}

impl Answer {
    fn value(&self) -> Value<'_> {
        match self {
            Answer::Text(text) => Value::Text(Cow::Borrowed(text)),
            Answer::Number(number) => Value::Number(*number),
            Answer::Boolean(holds) => Value::Boolean(*holds),
            Answer::Choices(codes) => Value::Choices(codes),
        }
    }

    fn kind(&self) -> Type {
        match self {
            Answer::Text(_) => Type::Text,
            Answer::Number(_) => Type::Number,
            Answer::Boolean(_) => Type::Boolean,
            Answer::Choices(_) => Type::Choices,
        }
    }

    /// The same answer, held as a number where it is spelt as one.
    fn as_number(&self) -> Answer {
        let number = self.value().number();
        match self {
            Answer::Text(text) if Value::Number(number).text() == text.as_str() => Answer::Number(number),
            other => other.clone(),
        }
    }
}

impl Answers for Vec<Option<Answer>> {
    fn get(&self, question: usize) -> Value<'_> {
        let answer = self.as_slice().get(question).and_then(Option::as_ref);
        answer.map_or(Value::Empty, Answer::value)
    }
}

impl Vector {
    fn kind(&self, code: &str, answer: Option<&Answer>) -> Option<Type> {
        match self.types.get(code).map(String::as_str) {
            Some("text") => Some(Type::Text),
            Some("number") => Some(Type::Number),
            Some("boolean") => Some(Type::Boolean),
            Some("choices") => Some(Type::Choices),
            Some("date") => Some(Type::Date),
            Some("time") => Some(Type::Time),
            Some(other) => panic!("{other} is no type"),
            None => answer.map(Answer::kind),
        }
    }

    fn checked(&self) -> Result<Checked, (usize, String)> {
        let read = if self.choice.is_some() { Expression::parse_filter } else { Expression::parse };
        let expression = read(&self.expr).map_err(|error| (error.column, error.to_string()))?;
        let own = self.kind(".", self.own.as_ref());
        expression.check(self, own).map_err(|error: CheckError| (error.column, error.to_string()))
    }

    fn error_column(&self) -> Option<usize> {
        self.checked().err().map(|(column, _)| column)
    }

    fn result(&self, held: impl Fn(&Answer) -> Answer) -> Json {
        let mut codes: Vec<&String> = self.answers.keys().collect();
        codes.extend(self.labels.keys().filter(|code| !self.answers.contains_key(*code)));
        let answers = codes.iter().map(|code| self.answers.get(*code).map(&held)).collect();
        let own = self.own.as_ref().map(&held);
        let compiled = self.checked().unwrap().expression.compile(&|code| codes.iter().position(|c| *c == code));
        let own = own.as_ref().map_or(Value::Empty, Answer::value);
        in_json(&compiled.evaluate(&World { vector: self, codes: &codes, answers }, &own))
    }
}

impl Scope for Vector {
    fn question(&self, code: &str) -> Option<Type> {
        self.kind(code, self.answers.get(code)).or_else(|| self.labels.get(code).map(|_| Type::Text))
    }

    fn has_choices(&self, code: &str) -> bool {
        self.labels.contains_key(code)
    }

    fn has_attribute(&self, name: &str) -> bool {
        self.choice.as_ref().is_some_and(|choice| choice.contains_key(name))
    }
}

struct World<'a> {
    vector: &'a Vector,
    codes: &'a [&'a String],
    answers: Vec<Option<Answer>>,
}

impl Answers for World<'_> {
    fn get(&self, question: usize) -> Value<'_> {
        self.answers.get(question)
    }

    fn label(&self, question: usize, code: &str) -> Option<&str> {
        self.vector.labels.get(self.codes[question])?.get(code).map(String::as_str)
    }

    fn attribute(&self, name: &str) -> Value<'_> {
        let choice = self.vector.choice.as_ref();
        choice.and_then(|choice| choice.get(name)).map_or(Value::Empty, |text| Value::Text(text.into()))
    }

    fn now(&self) -> Option<NaiveDateTime> {
        self.vector.now
    }
}

fn in_json(value: &Value<'_>) -> Json {
    match value {
        Value::Empty => "".into(),
        Value::Text(text) => text.as_ref().into(),
        Value::Number(number) => (*number).into(),
        Value::Boolean(holds) => (*holds).into(),
        Value::Choices(codes) => codes.to_vec().into(),
    }
}

fn vectors() -> Vec<Vector> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/expressions.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn parsed(text: &str) -> Expression {
    Expression::parse(text).unwrap()
}

/// JSON has one kind of number, serde two.
fn same(a: &Json, b: &Json) -> bool {
    a == b || a.as_f64().is_some() && a.as_f64() == b.as_f64()
}

#[test]
fn vectors_give_what_they_promise() {
    for vector in vectors().iter().filter(|vector| !vector.error) {
        assert_eq!(vector.checked().err(), None, "{}", vector.expr);
        let expected = vector.expect.as_ref().unwrap();
        let result = vector.result(Answer::clone);
        assert!(same(&result, expected), "{vector:?} gave {result}");
    }
}

#[test]
fn an_answer_counts_the_same_as_text_and_as_number() {
    for vector in vectors().iter().filter(|vector| !vector.error) {
        let texts = vector.result(Answer::clone);
        let numbers = vector.result(Answer::as_number);
        let spelt = |json: &Json| match json {
            Json::Number(number) => Value::Number(number.as_f64().unwrap()).text().into_owned(),
            other => other.as_str().map_or(other.to_string(), str::to_owned),
        };
        assert_eq!(spelt(&texts), spelt(&numbers), "{}", vector.expr);
    }
}

#[test]
fn mistakes_are_reported_at_their_column() {
    for vector in vectors().iter().filter(|vector| vector.error) {
        assert_eq!(vector.error_column(), vector.column, "{}", vector.expr);
    }
}

#[test]
fn the_browser_gets_the_tree_written_in_the_vectors() {
    for vector in vectors().iter().filter(|vector| !vector.error) {
        let tree = vector.checked().unwrap().expression.to_json();
        let written = vector.json.as_ref();
        assert_eq!(written, Some(&tree), "{}: write \"json\": {tree}", vector.expr);
    }
}

#[test]
fn references_come_in_order_and_own_is_noticed() {
    let expression = parsed("if(${b} = '', ${a} + ${c}, ${b} * .)");
    let codes: Vec<&str> = expression.references().collect();
    assert_eq!(codes, ["b", "a", "c", "b"]);
    assert!(expression.uses_self());
    assert!(!parsed("${b} = '.'").uses_self());
}

#[test]
fn printing_keeps_only_the_parentheses_that_matter() {
    for (written, printed) in [
        ("((1+2))*3", "(1 + 2) * 3"),
        ("(1*2)+3", "1 * 2 + 3"),
        ("1-(2-3)", "1 - (2 - 3)"),
        ("-(1+2)", "-(1 + 2)"),
        ("(true() and true()) and true()", "(true() and true()) and true()"),
        ("selected( ${F2},\"it's\" )", "selected(${F2}, \"it's\")"),
    ] {
        let text = Expression::parse(written).map(|expression| expression.to_string());
        assert_eq!(text.unwrap_or_default(), printed);
    }
}

#[test]
fn messages_say_what_to_write() {
    let parse = |text| Expression::parse(text).unwrap_err().to_string();
    assert_eq!(
        parse("A1 = 4"),
        "column 1: expected a question, a text, a number or a function, found `A1`: \
         write ${A1} for a question, 'A1' for a text"
    );
    assert_eq!(parse("1 && 2"), "column 3: `&` has no meaning here: write `and`");
    assert_eq!(parse("not()"), "column 1: not() takes 1 argument, found 0");
    let check = |text| {
        let checked = parsed(text).check(&|_: &str| Some(Type::Text), None);
        checked.unwrap_err().to_string()
    };
    assert_eq!(
        check("${A1} = 1 or 2"),
        "column 14: `or` needs a condition, found a number: \
         compare it, as in ${A1} = 1 or ${A1} = 2"
    );
    assert_eq!(check(". = 1"), "column 1: there is no own answer here for `.`: name a question, as in ${A1}");
}

#[test]
fn numbers_that_are_not_finite_count_as_unanswered() {
    let compiled = parsed("${n} = ''").compile(&|_| Some(0));
    for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert!(compiled.test(&vec![Some(Answer::Number(number))], &Value::Empty));
    }
}

fn codes() -> [&'static str; 4] {
    ["a", "b", "c", "d"]
}

fn index(code: &str) -> Option<usize> {
    codes().iter().position(|known| *known == code)
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof!["[ab]?", "-?[0-9]{1,3}(\\.[0-9]{0,2})?", "[^']{0,6}", Just("9".repeat(400)),]
}

fn any_answer() -> impl Strategy<Value = Option<Answer>> {
    prop_oneof![
        Just(None),
        any_text().prop_map(|text| Some(Answer::Text(text))),
        any::<f64>().prop_map(|number| Some(Answer::Number(number))),
        any::<bool>().prop_map(|holds| Some(Answer::Boolean(holds))),
        prop::collection::vec("[ab1]", 0..3).prop_map(|codes| Some(Answer::Choices(codes))),
    ]
}

fn any_pattern() -> impl Strategy<Value = Pattern> {
    "([ab1.]|\\\\d|\\[\\^?a-c\\]|\\([ab]\\|[b1]?\\)|[ab][*+?]){0,5}"
        .prop_filter_map("a pattern", |written| Pattern::parse(&written).ok())
}

fn any_operator() -> impl Strategy<Value = Operator> {
    prop::sample::select(vec![
        Operator::Equal,
        Operator::NotEqual,
        Operator::Less,
        Operator::LessOrEqual,
        Operator::Greater,
        Operator::GreaterOrEqual,
        Operator::Add,
        Operator::Subtract,
        Operator::Multiply,
        Operator::Divide,
        Operator::Remainder,
    ])
}

fn any_node() -> impl Strategy<Value = Node> {
    let leaf = prop_oneof![
        prop::sample::select(codes().to_vec()).prop_map(|code| Kind::Reference(code.to_owned())),
        Just(Kind::Own),
        any_text().prop_map(Kind::Text),
        (0_u32..20).prop_map(|number| Kind::Number(f64::from(number) / 4.0)),
        any::<f64>().prop_filter_map("finite", |number| { number.is_finite().then_some(Kind::Number(number.abs())) }),
    ];
    leaf.prop_map(node).prop_recursive(6, 40, 4, |inner| {
        let parts = || prop::collection::vec(inner.clone(), 2..4);
        prop_oneof![
            inner.clone().prop_map(|a| Kind::Negate(Box::new(a))),
            (inner.clone(), any_pattern()).prop_map(|(a, pattern)| Kind::Matches(Box::new(a), pattern)),
            inner.clone().prop_map(|a| Kind::ChoiceName(Box::new(a), "a".to_owned())),
            parts().prop_map(Kind::All),
            parts().prop_map(Kind::Any),
            (any_operator(), inner.clone(), inner.clone()).prop_map(|(operator, a, b)| Kind::Binary(
                operator,
                Box::new(a),
                Box::new(b)
            )),
            (any::<prop::sample::Selector>(), prop::collection::vec(inner, 3)).prop_map(|(which, mut arguments)| {
                let function = which.select(function::all());
                arguments.truncate(*function.arguments.end());
                Kind::Call(function, arguments)
            }),
        ]
        .prop_map(node)
    })
}

fn node(kind: Kind) -> Node {
    Node::new(1, kind)
}

fn any_expression() -> impl Strategy<Value = Expression> {
    any_node().prop_map(|root| Expression { root })
}

fn compiled(root: Node) -> Compiled {
    Expression { root }.compile(&index)
}

fn not(inner: Node) -> Node {
    node(Kind::Call(function::named("not").unwrap(), vec![inner]))
}

proptest! {
    #[test]
    fn what_is_printed_is_read_back(expression in any_expression()) {
        prop_assert_eq!(parsed(&expression.to_string()), expression);
    }

    #[test]
    fn parsing_never_panics(text in "\\PC{0,40}") {
        let _ = Expression::parse(&text);
    }

    #[test]
    fn parsing_words_of_the_language_never_panics(
        words in prop::collection::vec(
            prop::sample::select(vec![
                "${a}", ".", "'x'", "1", "(", ")", ",", "and", "or", "div", "-", "=", "<",
                "not(", "if(", "min(", "${", "'", " ", "đ",
            ]),
            0..40,
        )
    ) {
        let text = words.concat();
        if let Ok(expression) = Expression::parse(&text) {
            prop_assert_eq!(parsed(&expression.to_string()), expression);
        }
    }

    #[test]
    fn evaluation_is_total_and_settled(
        expression in any_expression(),
        answers in prop::collection::vec(any_answer(), 0..5),
        own in any_answer(),
    ) {
        let own = own.as_ref().map_or(Value::Empty, Answer::value);
        let compiled = expression.compile(&index);
        let value = compiled.evaluate(&answers, &own);
        prop_assert_eq!(compiled.test(&answers, &own), value == Value::Boolean(true));
        prop_assert_eq!(value.clone().settled(), value);
    }

    #[test]
    fn a_checked_expression_gives_its_type_or_nothing(
        expression in any_expression(),
        texts in prop::collection::vec(any_text(), 4),
    ) {
        let answers: Vec<_> = texts.into_iter().map(|text| Some(Answer::Text(text))).collect();
        if let Ok(Checked { expression, gives: given }) = expression.check(&|_: &str| Some(Type::Text), Some(Type::Text)) {
            match expression.compile(&index).evaluate(&answers, &Value::Empty) {
                Value::Empty => {}
                Value::Text(_) => prop_assert!(matches!(given, Type::Text | Type::Date)),
                Value::Number(_) => prop_assert!(matches!(given, Type::Number | Type::Text)),
                Value::Boolean(_) => prop_assert_eq!(given, Type::Boolean),
                Value::Choices(_) => prop_assert!(false, "no question has choices"),
            }
        }
    }

    #[test]
    fn not_turns_round_and_twice_turns_back(
        inner in any_node(),
        answers in prop::collection::vec(any_answer(), 4),
    ) {
        let holds = |root| compiled(root).test(&answers, &Value::Empty);
        let plain = holds(inner.clone());
        prop_assert_eq!(holds(not(inner.clone())), !plain);
        prop_assert_eq!(holds(not(not(inner))), plain);
    }

    #[test]
    fn unequal_is_the_negation_of_equal(
        a in any_node(),
        b in any_node(),
        answers in prop::collection::vec(any_answer(), 4),
    ) {
        let holds = |operator| {
            let root = node(Kind::Binary(operator, Box::new(a.clone()), Box::new(b.clone())));
            compiled(root).test(&answers, &Value::Empty)
        };
        prop_assert_ne!(holds(Operator::Equal), holds(Operator::NotEqual));
    }
}

/// Whatever chance writes, the server and the browser come to the same: `tests/expression.mjs` runs on a file of such cases.
#[test]
fn the_browser_agrees_on_expressions_that_chance_made() {
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let cases = (any_expression(), prop::collection::vec(any_answer(), 4), any_answer());
    let vectors: Vec<Json> = (0..3000).map(|_| vector_of(cases.new_tree(&mut runner).unwrap().current())).collect();
    let file = tempfile::NamedTempFile::new().unwrap();
    serde_json::to_writer(&file, &vectors).unwrap();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/expression.mjs");
    let told = std::process::Command::new("node").arg(script).arg(file.path()).output().unwrap();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
}

fn vector_of((expression, answers, own): (Expression, Vec<Option<Answer>>, Option<Answer>)) -> Json {
    // JSON has no way to say NaN; that it counts as unanswered is tested above
    let sayable = |answer: Option<Answer>| answer.filter(|a| !matches!(a, Answer::Number(n) if !n.is_finite()));
    let answers: Vec<Option<Answer>> = answers.into_iter().map(sayable).collect();
    let own = sayable(own);
    let compiled = expression.compile(&index);
    let expect = in_json(&compiled.evaluate(&answers, &own.as_ref().map_or(Value::Empty, Answer::value)));
    let said = |answer: &Option<Answer>| answer.as_ref().map(|answer| in_json(&answer.value()));
    let answers: serde_json::Map<String, Json> =
        codes().iter().zip(&answers).filter_map(|(code, a)| Some(((*code).to_owned(), said(a)?))).collect();
    let mut vector = serde_json::json!({"expr": expression.to_string(), "json": expression.to_json(), "answers": answers, "expect": expect});
    if let Some(own) = said(&own) {
        vector["own"] = own;
    }
    vector
}
