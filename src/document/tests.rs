//! Papers of the questionnaires that the program carries.

use super::form::{PaperForm, form};
use super::sheet::{A4, Mark, Sheet};
use crate::survey::questionnaire::Questionnaire;
use crate::survey::templates;
use crate::survey::text::Lang;
use crate::web::words::Words;

fn printed(questionnaire: &Questionnaire, lang: Lang) -> Vec<Sheet> {
    form(&PaperForm {
        questionnaire,
        version: 1,
        lang,
        phrases: &Words(lang),
        owner: "Sở Giáo dục và Đào tạo tỉnh An Lành",
        round: "Ý kiến cha mẹ",
        unit: None,
        closes: "22:00 ngày 10/12/2026",
        contact: "Phòng Khảo thí",
    })
}

fn said(sheets: &[Sheet]) -> String {
    sheets.iter().flat_map(Sheet::said).collect::<Vec<_>>().join(" ")
}

#[test]
fn every_question_of_every_template_stands_on_its_paper_once_and_inside_the_page() {
    for template in templates::all() {
        let sheets = printed(&template.questionnaire, Lang::VI);
        let lines: Vec<&str> = sheets.iter().flat_map(Sheet::said).collect();
        let typed = template.questionnaire.questions.iter().filter(|question| crate::survey::batch::is_typed(question));
        for question in typed {
            let begins = format!("{}. ", question.code);
            let times = lines.iter().filter(|line| line.starts_with(&begins)).count();
            assert_eq!(times, 1, "{} {}", template.questionnaire.code, question.code);
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
fn a_number_in_steps_says_which_numbers_are_possible() {
    let primary = &templates::find("hai-long-tieu-hoc").unwrap().questionnaire;
    let text = said(&printed(primary, Lang::VI));
    assert!(text.contains("(ghi số tròn chục từ 0 đến 100: 0, 10, 20, …, 100)"), "{text}");
}

#[test]
fn a_question_that_hangs_on_another_says_so_and_where_to_go_on() {
    let thpt = &templates::find("hai-long-thpt").unwrap().questionnaire;
    let text = said(&printed(thpt, Lang::VI));
    assert!(text.contains("Chỉ trả lời nếu câu khoi_lop chọn 3"), "{text}");
    assert!(text.contains("hoặc câu huong_sau_thpt chọn"), "{text}");
    assert!(text.contains("Nếu không, xin chuyển đến câu D20."), "{text}");
    let nursery = &templates::find("hai-long-mam-non").unwrap().questionnaire;
    let text = said(&printed(nursery, Lang::EN));
    assert!(text.contains("D6, D7, D8: only if you chose 1"), "one sentence for three questions: {text}");
}
