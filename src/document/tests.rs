//! Papers of the questionnaires that the program carries.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::form::{PaperForm, form};
use super::sheet::{A4, Align, Mark, Paragraph, Sheet};
use crate::survey::numbering::Numbering;
use crate::survey::question::Phrases;
use crate::survey::questionnaire::Questionnaire;
use crate::survey::templates;
use crate::survey::text::Lang;
use crate::typeface::width;

/// The sentences of papers, read as plainly as this room needs them: a name, a text and places in it.
struct Plain(Lang);

static SENTENCES: LazyLock<HashMap<(Lang, &str), &str>> = LazyLock::new(|| {
    let files = [
        (Lang::VI, include_str!("../web/words/vi/kit.ftl")),
        (Lang::VI, include_str!("../web/words/vi/form.ftl")),
        (Lang::EN, include_str!("../web/words/en/kit.ftl")),
    ];
    let lines = files.into_iter().flat_map(|(lang, file)| file.lines().map(move |line| (lang, line)));
    lines.filter_map(|(lang, line)| line.split_once(" = ").map(|(name, text)| ((lang, name), text))).collect()
});

impl Phrases for Plain {
    fn lang(&self) -> Lang {
        self.0
    }

    fn say(&self, name: &str) -> String {
        self.fill(name, &[])
    }

    fn fill(&self, name: &str, values: &[(&'static str, String)]) -> String {
        let text = SENTENCES.get(&(self.0, name)).copied().unwrap_or(name).to_owned();
        values.iter().fold(text, |text, (key, value)| text.replace(&format!("{{ ${key} }}"), value))
    }
}

fn printed(questionnaire: &Questionnaire, lang: Lang) -> Vec<Sheet> {
    form(&PaperForm {
        questionnaire,
        version: 1,
        lang,
        phrases: &Plain(lang),
        owner: "Sở Giáo dục và Đào tạo tỉnh An Lành",
        round: "Ý kiến cha mẹ",
        unit: None,
        closes: "22:00 ngày 10/12/2026",
        contact: "Phòng Khảo thí",
    })
}

/// Texts of a page that stand on one another: their first lines begin at about one height, and one begins before the other ends.
fn collisions(sheet: &Sheet) -> Vec<String> {
    let texts: Vec<_> =
        sheet.marks.iter().filter_map(|mark| if let Mark::Text(text) = mark { Some(text) } else { None }).collect();
    let span = |text: &Paragraph| {
        let wide = text.lines.iter().map(|line| width(line, text.size, text.weight)).fold(0.0, f32::max);
        match text.align {
            Align::Left => (text.x, text.x + wide),
            Align::Center => (text.x - wide / 2.0, text.x + wide / 2.0),
            Align::Right => (text.x - wide, text.x),
        }
    };
    let tall = |text: &Paragraph| text.y + text.leading * super::pdf::small(text.lines.len().saturating_sub(1));
    let meet = |a: &Paragraph, b: &Paragraph| {
        let ((left, right), (from, to)) = (span(a), span(b));
        left + 0.5 < to && from + 0.5 < right && a.y - a.size * 0.6 < tall(b) && b.y - b.size * 0.6 < tall(a)
    };
    let pairs = texts.iter().enumerate().flat_map(|(n, a)| texts[n + 1..].iter().map(move |b| (*a, *b)));
    pairs.filter(|(a, b)| meet(a, b)).map(|(a, b)| format!("{:?} on {:?}", a.lines, b.lines)).collect()
}

fn said(sheets: &[Sheet]) -> String {
    sheets.iter().flat_map(Sheet::said).collect::<Vec<_>>().join(" ")
}

#[test]
fn every_question_of_every_template_stands_on_its_paper_once_and_inside_the_page() {
    for template in templates::all() {
        let sheets = printed(&template.questionnaire, Lang::VI);
        let lines: Vec<&str> = sheets.iter().flat_map(Sheet::said).collect();
        let numbering = Numbering::of(&template.questionnaire);
        for number in (0..template.questionnaire.questions.len()).filter_map(|place| numbering.at(place)) {
            let times = lines.iter().filter(|line| line.starts_with(&format!("{number}. "))).count();
            assert_eq!(times, 1, "{} {number}", template.questionnaire.code);
        }
        for mark in sheets.iter().flat_map(|sheet| &sheet.marks) {
            if let Mark::Text(text) = mark {
                let end = text.y + text.leading * super::pdf::small(text.lines.len().saturating_sub(1));
                assert!(text.y > 20.0 && end < A4.1 - 15.0, "{:?}", text.lines);
            }
        }
    }
}

#[test]
fn nothing_is_printed_on_something_else() {
    for template in templates::all() {
        for sheet in printed(&template.questionnaire, Lang::VI) {
            assert_eq!(collisions(&sheet), Vec::<String>::new(), "{}", template.questionnaire.code);
        }
    }
}

#[test]
fn no_name_for_programs_stands_on_paper() {
    for template in templates::all() {
        for lang in [Lang::VI, Lang::EN] {
            let text = said(&printed(&template.questionnaire, lang));
            let names = template.questionnaire.questions.iter().map(|question| &question.code);
            let found = names.filter(|code| code.contains('_') && text.contains(code.as_str())).collect::<Vec<_>>();
            assert!(found.is_empty(), "{} {found:?}", template.questionnaire.code);
        }
    }
}

#[test]
fn a_number_in_steps_says_which_numbers_are_possible() {
    let primary = &templates::find("hai-long-tieu-hoc").unwrap().questionnaire;
    let text = said(&printed(primary, Lang::VI));
    assert!(text.contains("(ghi số tròn chục từ 0 đến 100: 0, 10, 20, …, 100)"), "{text}");
}

#[test]
fn a_question_that_hangs_on_another_says_so_and_where_to_go_on() {
    let thpt = &templates::find("hai-long-thpt").unwrap().questionnaire;
    let text = said(&printed(thpt, Lang::VI));
    assert!(text.contains("Chỉ trả lời nếu câu T1 chọn 3"), "{text}");
    assert!(text.contains("hoặc câu T2 chọn"), "{text}");
    assert!(text.contains("Nếu không, xin chuyển đến câu D20."), "{text}");
    let nursery = &templates::find("hai-long-mam-non").unwrap().questionnaire;
    let text = said(&printed(nursery, Lang::EN));
    assert!(text.contains("D6, D7, D8: only if you chose 1"), "one sentence for three questions: {text}");
}
