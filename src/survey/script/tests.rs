//! The script shows, hides and works out what the server does: `tests/logic.mjs` runs it on pages that are drawn here.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::super::question::{Field, Phrases, Said};
use super::super::raw::{Raw, RawAnswers};
use super::super::route::Occasion;
use super::super::text::Lang;
use super::*;

/// Decided by answers before and after, through calculations, filters and others that are put away themselves.
const QUESTIONNAIRE: &str = r#"{"code": "thu", "instrument": "khao_sat", "audience": "phu_huynh", "languages": ["vi"],
  "title": {"vi": "Thử"}, "sections": [
  {"code": "A", "title": {"vi": "A"}, "questions": [
    {"code": "truong", "kind": "select_one", "label": {"vi": "Trường cấp ${cap} nào?"}, "choice_filter": "cap = ${cap} or name = ${quen}",
      "choices": [{"code": "hoa_mai", "label": {"vi": "Hoa <Mai>"}, "cap": "th"}, {"code": "le_loi", "label": {"vi": "Lê Lợi"}, "cap": "thcs"}]},
    {"code": "cap", "kind": "select_one", "or_other": true, "label": {"vi": "Cấp?"},
      "choices": [{"code": "th", "label": {"vi": "Tiểu học"}}, {"code": "thcs", "label": {"vi": "THCS"}}]},
    {"code": "quen", "kind": "text", "label": {"vi": "Trường quen?"}, "relevant": "${cap} = 'other'", "constraint": "regex(., '[a-z_]+')"},
    {"code": "con", "kind": "integer", "label": {"vi": "Mấy con?"}, "constraint": ". >= ${nho}", "required": "${nho} != ''"},
    {"code": "nho", "kind": "integer", "label": {"vi": "Mấy con nhỏ?"}, "relevant": "${nhieu}"},
    {"code": "nhieu", "kind": "calculate", "label": {"vi": "Nhiều con"}, "calculation": "${con} > 1 and ${truong} != ''"}]},
  {"code": "B", "title": {"vi": "Trường cấp ${cap}"}, "relevant": "selected(${muon}, 'ca')", "questions": [
    {"code": "ten", "kind": "calculate", "label": {"vi": "Tên trường"}, "calculation": "jr:choice-name(${truong}, '${truong}')"},
    {"code": "ghi", "kind": "note", "label": {"vi": "Trường ${ten} & ${truong}: ${muon}, ngày ${ngay}"}},
    {"code": "ngay", "kind": "text", "label": {"vi": "Ngày?"}, "required": true, "constraint": "date(.) <= today()"}]},
  {"code": "C", "title": {"vi": "C"}, "questions": [
    {"code": "muon", "kind": "select_multiple", "label": {"vi": "Muốn gì?"},
      "choices": [{"code": "ca", "label": {"vi": "Cả"}}, {"code": "hai", "label": {"vi": "Hai"}}], "constraint": "count-selected(.) < 2 or ${con} = 3"},
    {"code": "xep", "kind": "rank", "label": {"vi": "Xếp?"}, "constraint": "count-selected(.) < 3",
      "choices": [{"code": "an", "label": {"vi": "Ăn"}}, {"code": "hoc", "label": {"vi": "Học"}}, {"code": "choi", "label": {"vi": "Chơi"}}]},
    {"code": "vi_sao", "kind": "text", "label": {"vi": "Sao chọn ${xep}, ${gio} giờ?"}, "relevant": "selected(${xep}, 'an') and ${gio} > 1"},
    {"code": "gio", "kind": "decimal", "label": {"vi": "Mấy giờ?"}}]}]}"#;

/// Its choices stand in drop-down lists.
const RANK: &str = "xep";

struct Silent;

impl Phrases for Silent {
    fn lang(&self) -> Lang {
        Lang::VI
    }

    fn say(&self, _: &str) -> String {
        String::new()
    }

    fn fill(&self, _: &str, _: &[(&'static str, String)]) -> String {
        String::new()
    }
}

pub(super) fn occasion() -> Occasion {
    Occasion { now: "2026-09-05T08:15:30".parse().unwrap(), lang: Lang::VI }
}

/// How a question is drawn.
#[derive(Default)]
pub(super) struct Drawn<'a> {
    pub value: Option<&'a Raw<'a>>,
    pub error: Option<&'a str>,
}

/// The form as a page with nothing filled in.
pub(crate) fn page(questionnaire: &Questionnaire) -> String {
    page_with(questionnaire, |_| Drawn::default())
}

/// The form as a page on which each question is drawn like this.
pub(super) fn page_with<'a>(questionnaire: &Questionnaire, drawn: impl Fn(&Question) -> Drawn<'a>) -> String {
    let route = Route::of(questionnaire, &RawAnswers::default(), occasion());
    let logic = route.logic().unwrap_or_default().replace('&', "&amp;").replace('"', "&quot;");
    let field = |question| {
        let (route, phrases, Drawn { value, error }) = (&route, &Silent, drawn(question));
        let field =
            Field { question, lang: Lang::VI, audio: None, value, other: None, error, route, pictures: None, phrases };
        field.render().unwrap()
    };
    let parts = questionnaire.sections.iter().map(|section| {
        let fields: String = questionnaire.questions[section.questions.clone()].iter().map(field).collect();
        format!("<h2>{}</h2>{fields}", Said::new(section.title.get(Lang::VI), &route))
    });
    format!("<form data-logic=\"{logic}\">{}</form>", parts.collect::<String>())
}

fn expected(questionnaire: &Questionnaire, answers: &Json) -> Json {
    let text = answers.to_string();
    let raw: RawAnswers<'_> = serde_json::from_str(&text).unwrap();
    let route = Route::of(questionnaire, &raw, occasion());
    let shown = || {
        let questions = questionnaire.questions.iter().enumerate().filter(|(_, q)| q.calculation.is_none());
        questions.map(|(place, question)| (question, route.is_asked(place)))
    };
    let asked = || shown().filter(|(_, asked)| *asked).map(|(question, _)| question);
    let codes = |question: &Question| {
        let kind = &question.kind;
        let listed =
            kind.choices().iter().map(|choice| choice.code.clone()).filter(|code| route.offers(question, code));
        listed
            .chain(kind.takes_other().then(|| OTHER.to_owned()))
            .map(|code| format!("{}={code}", question.code))
            .collect::<Vec<_>>()
    };
    let said = ["cap", "cap", "ten", "truong", "muon", "ngay", RANK, "gio"].map(|code| route.said(code));
    json!({
        "away": shown().filter(|(_, asked)| !asked).map(|(question, _)| &question.code).collect::<Vec<_>>(),
        "offered": asked().filter(|question| question.code != RANK).flat_map(codes).collect::<Vec<_>>(),
        "needed": asked().filter(|question| route.is_required(question)).map(|q| &q.code).collect::<Vec<_>>(),
        "said": said,
    })
}

fn any_answers() -> impl Strategy<Value = Json> {
    let one = |values: &'static [&'static str]| prop::sample::select(values);
    let several = prop::sample::subsequence(vec!["ca", "hai"], 0..=2);
    let numbers: &[&str] = &["", "1", "2", "3", "10"];
    let fields = (
        one(&["", "hoa_mai", "le_loi"]),
        (one(&["", "th", "thcs", "other"]), one(&["", "Mầm <non>"])),
        one(&["", "hoa_mai", "Lê Lợi", "X"]),
        (one(numbers), one(numbers)),
        one(&["", "2026-09-05", "2026-09-06", "hôm qua", "2026-02-31"]),
        (several, Just(vec!["an", "hoc", "choi"]).prop_shuffle(), 0..=3_usize),
        one(&["", "0,5", "1,50", "2"]),
    );
    fields.prop_map(|(school, (level, other), known, (children, small), day, (wishes, ranked, length), hours)| {
        let other = if level == OTHER { other } else { "" };
        let all = [
            ("truong", school),
            ("cap", level),
            ("cap_other", other),
            ("quen", known),
            ("con", children),
            ("nho", small),
            ("ngay", day),
            ("gio", hours),
        ];
        let mut answers: Map<String, Json> = all
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| (name.to_owned(), json!(value)))
            .collect();
        if !wishes.is_empty() {
            answers.insert("muon".to_owned(), json!(wishes));
        }
        if length > 0 {
            answers.insert(RANK.to_owned(), json!(ranked[..length]));
        }
        Json::Object(answers)
    })
}

/// Pages on which the server asks for something that is not to be asked by what stands there: it stays in sight, until both have
/// agreed that it is asked.
fn insisting(questionnaire: &Questionnaire) -> [Json; 2] {
    let wrong = |question: &Question| (question.code == "nho").then_some("Cần trả lời.");
    let page = page_with(questionnaire, |question| Drawn { value: None, error: wrong(question) });
    let (one, two) = (json!({"con": "1", "truong": "le_loi"}), json!({"con": "2", "truong": "le_loi"}));
    let mut stays = expected(questionnaire, &one);
    stays["away"].as_array_mut().unwrap().retain(|code| code != "nho");
    [
        json!({"page": page, "answers": one, "expect": stays}),
        json!({"page": page, "before": two, "answers": one, "expect": expected(questionnaire, &one)}),
    ]
}

/// A file of forms that chance filled in, with what the server says to each.
pub(crate) fn cases() -> tempfile::NamedTempFile {
    let questionnaire = Questionnaire::parse(QUESTIONNAIRE).unwrap();
    let page = page(&questionnaire);
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let cases = (0..300)
        .map(|_| {
            let answers = any_answers().new_tree(&mut runner).unwrap().current();
            json!({"page": page, "answers": answers, "expect": expected(&questionnaire, &answers)})
        })
        .chain(insisting(&questionnaire));
    let cases: Vec<Json> = cases.collect();
    let file = tempfile::NamedTempFile::new().unwrap();
    serde_json::to_writer(&file, &cases).unwrap();
    file
}

#[test]
fn the_script_comes_to_what_the_server_comes_to() {
    let file = cases();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/logic.mjs");
    let told = std::process::Command::new("node").arg(script).arg(file.path()).output().unwrap();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
}

#[test]
fn what_stands_in_an_answer_is_no_html() {
    let questionnaire = Questionnaire::parse(QUESTIONNAIRE).unwrap();
    let raw: RawAnswers<'_> =
        serde_json::from_str(r#"{"cap": "other", "cap_other": "<b>\"&", "muon": ["ca"]}"#).unwrap();
    let route = Route::of(&questionnaire, &raw, occasion());
    let question = &questionnaire.questions[0];
    let field = Field {
        question,
        lang: Lang::VI,
        audio: None,
        value: None,
        other: None,
        error: None,
        route: &route,
        pictures: None,
        phrases: &Silent,
    };
    assert_eq!(
        field.say(&question.label).to_string(),
        "Trường cấp <span data-say=\"cap\">&#60;b&#62;&#34;&#38;</span> nào?"
    );
    assert_eq!(field.read(&question.label), "Trường cấp <b>\"& nào?");
}

#[test]
fn a_page_is_told_no_more_than_it_looks_at() {
    let questionnaire = Questionnaire::parse(QUESTIONNAIRE).unwrap();
    let raw: RawAnswers<'_> =
        serde_json::from_str(r#"{"truong": "hoa_mai", "cap": "th", "con": "4", "muon": ["ca"]}"#).unwrap();
    let route = Route::of(&questionnaire, &raw, occasion()).on_page(9..10);
    let logic: Json = serde_json::from_str(&route.logic().unwrap()).unwrap();
    assert_eq!(logic["known"], json!({"con": 4.0}), "what is wished stands on the page itself");
    assert_eq!((logic.get("calc"), logic.get("labels")), (None, None));
    let route = Route::of(&questionnaire, &raw, occasion()).on_page(8..9);
    let logic: Json = serde_json::from_str(&route.logic().unwrap()).unwrap();
    assert_eq!(logic["known"], json!({"cap": "th", "muon": ["ca"]}), "the title above it names the level");
    assert_eq!(logic["labels"], json!({"cap": {"th": "Tiểu học", "thcs": "THCS"}}));
}
