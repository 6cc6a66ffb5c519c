//! What an analyst reads of a round: pages, their filters, their files.

use langnghe::analysis::method::{Design, Method, Reach};
use langnghe::store::round_methods::{self, Decision};
use langnghe::store::rounds::TargetRow;
use langnghe::survey::access::Role;
use serde_json::json;

use crate::people::Desk;
use crate::support::{OTHER_PRIMARY, PRIMARY, ROUND, TestApp, app, app_for, key};

/// One form for the primary school, content with everything but what B2 says.
async fn answer(app: &TestApp, b2: &str) {
    let answers = json!({"khoi_lop": "lop_1", "A1": "4", "B1": "4", "B2": b2, "F2": "4"});
    assert_eq!(app.send(PRIMARY, key(), answers).await.status(), 201);
}

/// Each of these so many times.
async fn answers(app: &TestApp, marks: &[&str], times: usize) {
    for b2 in std::iter::repeat_n(marks, times).flatten() {
        answer(app, b2).await;
    }
}

/// An analyst says that people were drawn by chance.
fn draw(app: &TestApp) {
    let (account, now) = (crate::people::id_of(app, "phan-tich"), app.state.clock.now());
    let method = Method { reach: Reach::Drawn(Design::Simple), ..Method::USUAL };
    let decision = Decision { method, basis: "Bốc thăm từ danh sách lớp", reason: "" };
    app.change(|db, round| round_methods::decide(db, round, decision, account, now));
}

async fn analyst(app: &TestApp) -> Desk<'_> {
    Desk::of(app, "phan-tich", "SO-AN-LANH", &[Role::PhanTich]).await
}

#[actix_web::test]
async fn the_first_page_says_what_parents_are_least_content_with_and_how_sure_that_is() {
    let app = app().await;
    answers(&app, &["1", "2", "3", "4"], 8).await;
    let page = analyst(&app).await.page(&format!("/analyse/{ROUND}")).await;
    assert!(page.contains("<h2>Ít hài lòng nhất: Độ sạch của nhà vệ sinh con dùng ở trường"), "{page}");
    assert!(
        page.contains("25,0\u{a0}% hài lòng hoặc rất hài lòng (8/32 người có ý kiến); điểm trung bình 2,50"),
        "{page}"
    );
    assert!(page.contains("không đại diện cho tất cả"), "{page}");
}

#[actix_web::test]
async fn few_answers_name_no_question_and_speak_of_nobody_else() {
    let app = app().await;
    answers(&app, &["1", "5"], 1).await;
    let desk = analyst(&app).await;
    draw(&app);
    let page = desk.page(&format!("/analyse/{ROUND}?unit={PRIMARY}")).await;
    assert!(page.contains("<h2>Chưa đủ câu trả lời") && page.contains("Mới có 2 phiếu"), "{page}");
    assert!(!page.contains("<h2>Ít hài lòng nhất") && !page.contains("nói được cho cả"), "{page}");
    assert!(page.contains("ít câu trả lời, dễ thay đổi"), "the figures themselves stay, with their caution: {page}");
}

#[actix_web::test]
async fn what_lies_close_together_is_no_order() {
    for (b2, is_equal) in [("4", true), ("2", false)] {
        let app = app().await;
        answers(&app, &[b2], 30).await;
        let page = analyst(&app).await.page(&format!("/analyse/{ROUND}")).await;
        assert_eq!(page.contains("coi như ngang nhau: "), is_equal, "{page}");
        assert_eq!(page.contains("Câu thấp thứ hai là "), !is_equal, "{page}");
    }
}

#[actix_web::test]
async fn what_few_answered_is_told_apart_from_what_everybody_answered() {
    let app = app().await;
    for form in 0..61 {
        let mut answers =
            json!({"khoi_lop": "lop_1", "A1": "4", "B2": if form % 2 == 0 { "4" } else { "2" }, "F2": "4"});
        if form < 30 {
            answers["B1"] = "1".into();
        }
        assert_eq!(app.send(PRIMARY, key(), answers).await.status(), 201);
    }
    let page = analyst(&app).await.page(&format!("/analyse/{ROUND}")).await;
    assert!(page.contains("<h2>Ít hài lòng nhất: Độ sạch của nhà vệ sinh"), "{page}");
    assert!(page.contains("chỉ một số người trả lời, thấp nhất là B1 · "), "{page}");
}

#[actix_web::test]
async fn a_part_is_said_to_be_one_and_leads_back_to_the_whole() {
    let app = app().await;
    answer(&app, "4").await;
    let desk = analyst(&app).await;
    let part = desk.page(&format!("/analyse/{ROUND}?unit={PRIMARY}")).await;
    assert!(
        part.contains("Bỏ bộ lọc, xem tất cả") && part.contains(&format!("value=\"{PRIMARY}\" selected")),
        "{part}"
    );
    assert!(!desk.page(&format!("/analyse/{ROUND}")).await.contains("Bỏ bộ lọc"));
}

#[actix_web::test]
async fn a_margin_is_printed_only_where_people_were_drawn() {
    let app = app().await;
    answers(&app, &["1", "5"], 20).await;
    let desk = analyst(&app).await;
    let address = format!("/analyse/{ROUND}");
    assert!(!desk.page(&address).await.contains("độ tin cậy 95"));
    draw(&app);
    let page = desk.page(&address).await;
    // Wilson's interval of 20 in 40, of 2.826 pupils
    assert!(page.contains("<p>50,0\u{a0}% (khoảng 35,3–64,7\u{a0}%) hài lòng"), "in the first sentence: {page}");
    assert!(page.contains("độ tin cậy 95") && !page.contains("không đại diện cho tất cả"), "{page}");
    let unit = format!("{address}/units/{PRIMARY}");
    app.send(OTHER_PRIMARY, key(), json!({"B2": "1"})).await;
    // figures may be two seconds old
    app.state.clock.advance(3);
    let page = desk.page(&unit).await;
    assert!(page.contains("% của chênh lệch: khoảng chứa số 0"), "{page}");
    assert!(page.contains("<small>từ "), "a difference with its interval: {page}");
}

#[actix_web::test]
async fn a_difference_without_a_sample_comes_with_a_caution() {
    let app = app().await;
    answer(&app, "1").await;
    app.send(OTHER_PRIMARY, key(), json!({"B2": "5"})).await;
    let page = analyst(&app).await.page(&format!("/analyse/{ROUND}/units/{PRIMARY}")).await;
    assert!(page.contains("chưa nói lên điều gì") && !page.contains("<small>từ "), "{page}");
}

#[actix_web::test]
async fn a_code_that_the_round_does_not_have_is_named_with_a_way_on() {
    let app = app().await;
    answer(&app, "4").await;
    let desk = analyst(&app).await;
    for (query, sentence) in [
        ("unit=TH-XYZ", "không có đơn vị mã “TH-XYZ”"),
        ("level=dai_hoc", "không hỏi cấp học “dai_hoc”"),
        ("channel=chim", "Không có kênh “chim”"),
        ("audience=can_bo", "không hỏi nhóm “can_bo”"),
    ] {
        let answer = desk.get(&format!("/analyse/{ROUND}/items?{query}")).await;
        assert_eq!(answer.status(), 404, "{query}");
        let page = answer.text().await.unwrap();
        assert!(page.contains(sentence) && page.contains("Bỏ bộ lọc"), "{page}");
    }
    let answer = desk.get(&format!("/analyse/{ROUND}/units?of=ZZ")).await;
    assert_eq!(answer.status(), 404);
    let page = answer.text().await.unwrap();
    assert!(page.contains("mang mã “ZZ”") && page.contains("Bỏ bộ lọc"), "{page}");
}

#[actix_web::test]
async fn a_name_that_no_page_of_figures_knows_is_said_and_no_file_is_made_of_it() {
    let app = app().await;
    answer(&app, "4").await;
    let desk = analyst(&app).await;
    let at = |rest: &str| format!("/analyse/{ROUND}{rest}");
    for rest in ["?unti=A", "/items?unti=A", "/units?unti=A&of=B2", "/trend?unti=A"] {
        let page = desk.page(&at(rest)).await;
        assert!(page.contains("không hiểu phần sau đây trong địa chỉ, nên đã bỏ qua: unti."), "{rest}: {page}");
    }
    assert!(!desk.page(&at("/units?of=B2&page=1&lang=vi")).await.contains("không hiểu phần sau đây"));
    for rest in ["/items.csv?unti=A", "/units.csv?unti=A", "/levels.csv?of=B2", "/figures.json?unit=TH-XYZ"] {
        let answer = desk.get(&at(rest)).await;
        assert_eq!(answer.status(), 400, "{rest}");
        assert!(answer.text().await.unwrap().contains("địa chỉ có phần không hiểu được: "), "{rest}");
    }
    assert_eq!(desk.get(&at("/figures.json?lang=en")).await.status(), 200);
}

#[actix_web::test]
async fn a_filter_that_leaves_nothing_says_so() {
    let app = app().await;
    answer(&app, "4").await;
    let desk = analyst(&app).await;
    let page = desk.page(&format!("/analyse/{ROUND}/items?channel=mat_tran")).await;
    assert!(page.contains("Không có phiếu nào như vậy"), "{page}");
    for file in ["items.svg", "lowest.svg", "units.csv", "units.svg"] {
        let answer = desk.get(&format!("/analyse/{ROUND}/{file}?channel=mat_tran")).await;
        assert_eq!(answer.status(), 409, "{file}");
        assert!(answer.text().await.unwrap().contains("Không có phiếu nào như vậy"), "{file}");
    }
    let levels = desk.page(&format!("/analyse/{ROUND}/levels?channel=mat_tran")).await;
    assert!(levels.contains("Không có phiếu nào như vậy") && !levels.contains("Kết quả hiện ở đây"), "{levels}");
}

#[actix_web::test]
async fn the_file_of_units_has_counts_as_counts_and_shares_in_per_cent() {
    let app = app().await;
    answers(&app, &["1", "5"], 20).await;
    let desk = analyst(&app).await;
    draw(&app);
    let table = desk.page(&format!("/analyse/{ROUND}/units.csv?of=B2")).await;
    assert!(table.contains(",satisfied,answered,percent,low,high"), "{table}");
    let line = table.lines().find(|line| line.starts_with(PRIMARY)).unwrap();
    assert!(line.contains(",20,40,50.0000000000,35.") && line.contains(",64."), "{line}");
}

#[actix_web::test]
async fn the_table_of_all_questions_counts_every_choice() {
    let app = app().await;
    for b2 in ["1", "4", "4", "9"] {
        answer(&app, b2).await;
    }
    let table = analyst(&app).await.page(&format!("/analyse/{ROUND}/items.csv")).await;
    let lines: Vec<&str> = table.lines().filter(|line| line.starts_with("B2,")).collect();
    let counts: Vec<&str> = lines.iter().filter_map(|line| line.split(',').nth(6)).collect();
    assert_eq!(counts, ["1", "0", "0", "2", "0"]);
    assert!(lines[0].contains(",4,3,1,"), "asked, answered, does not apply: {}", lines[0]);
}

#[actix_web::test]
async fn shares_of_people_who_were_drawn_stand_with_their_intervals_on_every_page_and_in_its_file() {
    let app = app().await;
    answers(&app, &["1", "5"], 20).await;
    let desk = analyst(&app).await;
    let address = format!("/analyse/{ROUND}");
    let open = desk.page(&format!("{address}/items")).await;
    assert!(!open.contains("<small>khoảng tin cậy 95"), "whoever wanted answered: {open}");
    draw(&app);
    // 20 of 40 people, 40 of 40 for F2, of 2.826 pupils
    let items = desk.page(&format!("{address}/items")).await;
    assert!(items.contains("<small>khoảng tin cậy 95") && items.contains("<small>35,3–64,7\u{a0}%</small>"), "{items}");
    let table = desk.page(&format!("{address}/items.csv")).await;
    assert!(table.contains(",20,50.0000000000,35.2"), "{table}");
    let levels = desk.page(&format!("{address}/levels")).await;
    assert!(levels.contains("Hài lòng chung: khoảng tin cậy 95") && levels.contains("91,3–100,0\u{a0}%"), "{levels}");
    let table = desk.page(&format!("{address}/levels.csv")).await;
    assert!(table.contains(",100.0000000000,40,40,91.3") && table.contains(",Tất cả,2826,,,,"), "{table}");
}

#[actix_web::test]
async fn more_forms_than_pupils_speak_of_nobody_who_was_not_asked() {
    let app = app().await;
    answers(&app, &["1", "5"], 20).await;
    let desk = analyst(&app).await;
    draw(&app);
    app.change(|db, round| {
        let unit_id = langnghe::store::units::id_by_code(db, PRIMARY)?.unwrap();
        let target = TargetRow { unit_id, level: "tieu_hoc".to_owned(), eligible: Some(30) };
        langnghe::store::rounds::put_target(db, round, &target)
    });
    let page = desk.page(&format!("/analyse/{ROUND}?unit={PRIMARY}")).await;
    assert!(page.contains("nhận 40 phiếu, nhiều hơn 30 học sinh") && !page.contains("nói được cho cả"), "{page}");
    let items = desk.page(&format!("/analyse/{ROUND}/items?unit={PRIMARY}")).await;
    assert!(
        items.contains("nhận 40 phiếu, nhiều hơn 30 học sinh") && !items.contains("<small>khoảng tin cậy 95"),
        "{items}"
    );
}

#[actix_web::test]
async fn charts_are_drawings_and_pictures_of_the_same() {
    let app = app().await;
    answer(&app, "2").await;
    let desk = analyst(&app).await;
    for page in ["items", "units"] {
        let drawing = desk.page(&format!("/analyse/{ROUND}/{page}.svg")).await;
        assert!(drawing.starts_with("<svg xmlns") && drawing.ends_with("</svg>"), "{drawing}");
        let picture = desk.get(&format!("/analyse/{ROUND}/{page}.png")).await.bytes().await.unwrap();
        assert!(picture.starts_with(b"\x89PNG"));
    }
    assert_eq!(desk.get(&format!("/analyse/{ROUND}/items.exe")).await.status(), 404);
}

#[actix_web::test]
async fn units_stand_by_name_with_their_base_and_few_answers_are_said_to_be_few() {
    let app = app().await;
    answer(&app, "2").await;
    let desk = analyst(&app).await;
    let page = desk.page(&format!("/analyse/{ROUND}/units?of=B2")).await;
    assert!(page.contains("0/1") && page.contains("ít câu trả lời") && page.contains("không xếp hạng"), "{page}");
    assert!(page.contains("Chấm xám nhỏ: ít hơn"), "colours are told in words: {page}");
    let unit = desk.page(&format!("/analyse/{ROUND}/units/{PRIMARY}")).await;
    assert!(unit.contains("So với các đơn vị khác") && unit.contains("B2 · "), "{unit}");
    assert_eq!(desk.get(&format!("/analyse/{ROUND}/units/TH-XYZ")).await.status(), 404);
}

#[actix_web::test]
async fn levels_are_put_together_by_the_rounds_rule() {
    let app = app().await;
    answer(&app, "2").await;
    let page = analyst(&app).await.page(&format!("/analyse/{ROUND}/levels")).await;
    assert!(page.contains("Tiểu học") && page.contains("bình quân giản đơn, mỗi nhóm như nhau"), "{page}");
    // on a phone a line is a card, whose figures say of which level they are
    assert!(page.contains("data-label=\"Tiểu học\">1<") && page.contains("data-label=\"Tất cả\">1<"), "{page}");
    assert!(!page.contains("Khoảng tin cậy 95"), "an open link has none to explain: {page}");
}

/// Three forms of one level, one of another: 2 of 3 and 1 of 1 are content.
async fn two_levels() -> TestApp {
    let app = app_for(&["hai-long-tieu-hoc", "hai-long-thcs"], &["THTHCS-DONG-SEN", PRIMARY]).await;
    for (questionnaire, mark) in
        [("hai-long-tieu-hoc", "5"), ("hai-long-tieu-hoc", "5"), ("hai-long-tieu-hoc", "2"), ("hai-long-thcs", "5")]
    {
        let form = json!({"key": key(), "questionnaire": questionnaire, "answers": {"A1": mark}});
        assert_eq!(app.post(app.code("THTHCS-DONG-SEN"), form).await.status(), 201);
    }
    app
}

#[actix_web::test]
async fn a_domain_is_the_same_on_every_page_and_no_k_of_n_stands_beside_another_share() {
    let app = two_levels().await;
    let desk = analyst(&app).await;
    for (page, share) in [
        ("", "83,3\u{a0}%"),
        ("/levels", "83,3\u{a0}%"),
        ("/weights", "83,3\u{a0}%"),
        ("/method", "83,33\u{a0}%"),
        ("/trend-rounds.csv?series=domain-A", "83,3"),
    ] {
        let text = desk.page(&format!("/analyse/{ROUND}{page}")).await;
        assert!(text.contains(share), "(2/3 + 1) / 2, the simple mean of both levels, on {page}: {text}");
    }
    let page = desk.page(&format!("/analyse/{ROUND}")).await;
    assert!(page.contains("4 lượt trả lời"), "3/4 would be 75 %: {page}");
    let figures: serde_json::Value = desk.get(&format!("/analyse/{ROUND}/figures.json")).await.json().await.unwrap();
    let audience = &figures["audiences"][0];
    let read = [
        &audience["together"]["A"],
        &audience["whole"]["domains"]["A"],
        &audience["units"]["THTHCS-DONG-SEN"]["domains"]["A"],
    ];
    assert!(read.iter().all(|domain| domain["share"]["exact"] == "250/3"), "{read:?}");
}

#[actix_web::test]
async fn only_units_that_were_asked_can_be_silent() {
    let app = two_levels().await;
    let desk = analyst(&app).await;
    let page = desk.page(&format!("/analyse/{ROUND}/units")).await;
    assert!(page.contains("1 đơn vị được hỏi mà chưa có phiếu nào"), "{page}");
    let page = desk.page(&format!("/analyse/{ROUND}/units?level=thcs")).await;
    assert!(!page.contains("chưa có phiếu nào"), "the primary school was not asked about lower secondary: {page}");
}

#[actix_web::test]
async fn a_slip_says_why_it_has_no_weights() {
    let app = app_for(&["phieu-gop-y"], &[PRIMARY]).await;
    let page = analyst(&app).await.page(&format!("/analyse/{ROUND}/weights")).await;
    assert!(page.contains("Chưa có câu nào chấm theo thang") || page.contains("không tính theo học sinh"), "{page}");
}
