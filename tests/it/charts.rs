//! Charts as files: the same numbers as on the page, and of the same forms.

use langnghe::survey::access::Role;
use resvg::usvg;
use serde_json::json;

use crate::people::Desk;
use crate::support::{OTHER_PRIMARY, PRIMARY, ROUND, TestApp, app, key};

/// Forms of a school that say this of its toilets.
async fn answer(app: &TestApp, unit: &str, b2: &[&str]) {
    for b2 in b2 {
        let answers = json!({"khoi_lop": "lop_1", "A1": "4", "B1": "4", "B2": b2, "F2": "4"});
        assert_eq!(app.send(unit, key(), answers).await.status(), 201);
    }
}

async fn analyst(app: &TestApp) -> Desk<'_> {
    Desk::of(app, "phan-tich", "SO-AN-LANH", &[Role::PhanTich]).await
}

/// The address of a chart's file, as its page has it.
async fn link(desk: &Desk<'_>, page: &str, ending: &str) -> String {
    let page = desk.page(page).await.replace("&#38;", "&");
    let known = page.split("href=\"").filter_map(|rest| rest.split('"').next());
    known.filter(|link| link.contains(&format!(".{ending}"))).map(str::to_owned).next().expect("a link to the file")
}

#[actix_web::test]
async fn the_table_of_a_chart_says_the_numbers_of_its_page() {
    let app = app().await;
    answer(&app, PRIMARY, &["1", "2", "3", "4"].repeat(8)).await;
    let desk = analyst(&app).await;
    for page in [format!("/analyse/{ROUND}"), format!("/analyse/{ROUND}/units/{PRIMARY}")] {
        let shown = desk.page(&page).await;
        assert!(shown.contains("25,0\u{a0}%") && shown.contains(">8/32<"), "{shown}");
        let table = desk.page(&link(&desk, &page, "csv").await).await;
        let head = "Mã câu hỏi;Câu hỏi;Điểm TB;Tỷ lệ hài lòng (%);Số người hài lòng;Số người có ý kiến (n);Khoảng";
        assert!(table.contains(head) && table.contains("\r\n"), "{table}");
        let line = table.lines().nth(1).unwrap();
        assert!(line.starts_with("B2;") && line.contains(";2,50;25,0;8;32;;;8;8;8;8;0;0;0;"), "{line}");
    }
    let english = desk.page(&format!("/analyse/{ROUND}/lowest.csv?lang=en")).await;
    assert!(english.contains("Code of the question,") && english.contains(",2.50,25.0,8,32,"), "{english}");
}

#[actix_web::test]
async fn of_a_school_with_few_forms_no_question_is_called_the_lowest() {
    let app = app().await;
    answer(&app, PRIMARY, &["1", "5"]).await;
    let desk = analyst(&app).await;
    let page = desk.page(&format!("/analyse/{ROUND}/units/{PRIMARY}")).await;
    assert!(page.contains("dưới 30 phiếu, chưa đủ để nói câu nào ít hài lòng nhất") && !page.contains("lowest.svg"));
    let file = desk.get(&format!("/analyse/{ROUND}/units/{PRIMARY}/lowest.svg")).await;
    assert_eq!(file.status(), 409);
    assert!(file.text().await.unwrap().contains("Không có tệp này"));
}

#[actix_web::test]
async fn the_file_of_a_part_has_that_part_alone() {
    let app = app().await;
    answer(&app, PRIMARY, &["1"]).await;
    answer(&app, OTHER_PRIMARY, &["5", "5"]).await;
    let desk = analyst(&app).await;
    let part = link(&desk, &format!("/analyse/{ROUND}?unit={PRIMARY}&channel=truong"), "csv").await;
    assert!(part.ends_with(&format!("unit={PRIMARY}&channel=truong")), "{part}");
    let table = desk.page(&part).await;
    assert!(table.contains(";0,0;0;1;;;1;0;0;0;0;"), "{table}");
    let drawing = desk.page(&part.replace(".csv", ".svg")).await;
    assert!(drawing.contains(" – Trường Tiểu học Hoa Mai; Nhà trường</title>"), "{drawing}");
    assert_eq!(desk.get(&format!("/analyse/{ROUND}/lowest.csv?unit=KHONG-CO")).await.status(), 404);
}

/// A file of figures of a round, as text.
async fn figures(desk: &Desk<'_>, file: &str) -> String {
    desk.page(&format!("/analyse/{ROUND}/{file}")).await.trim_start_matches('\u{feff}').to_owned()
}

#[actix_web::test]
async fn a_file_of_figures_says_what_is_left_out_and_for_whom_it_speaks() {
    let app = app().await;
    answer(&app, PRIMARY, &["1", "4", "5", "5"].repeat(8)).await;
    let desk = analyst(&app).await;
    let out = langnghe::store::exclusions::of_round;
    assert_eq!(app.state.store.read_now(|db| out(db, app.round.id)).unwrap().len(), 0);
    let id = app.state.store.read_now(|db| langnghe::store::submissions::page(db, app.round.id, &[], 1)).unwrap();
    let form = data_encoding::HEXLOWER.encode(&id[0].id);
    let by_hand = [("rule", "by-hand"), ("forms", form.as_str()), ("reason", "Phiếu gửi thử")];
    assert_eq!(desk.post(&format!("/analyse/{ROUND}/quality"), &by_hand).await.status(), 303);
    for file in ["lowest", "items", "units", "crosstab", &format!("units/{PRIMARY}/lowest")] {
        let query = if file == "crosstab" { "?row=B2&column=khoi_lop" } else { "" };
        let drawing = figures(&desk, &format!("{file}.svg{query}")).await;
        let shown: String = drawing.split("<text").skip(1).map(|text| text.split_once('>').unwrap().1).collect();
        let shown = shown.replace("</text>", " ");
        for said in [app.round.title.as_str(), "Số phiếu: 31. Ngày lập: ", "Đã loại khỏi số liệu", "không đại diện"]
        {
            assert!(shown.contains(said), "{file}: {said}: {shown}");
        }
        let table = figures(&desk, &format!("{file}.csv{query}")).await;
        let delimiter = if file.ends_with("lowest") { b';' } else { b',' };
        let mut table = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(table.as_bytes());
        for line in table.records().map(Result::unwrap) {
            let [out, reach, rules] = [3, 2, 1].map(|back| line[line.len() - back].to_owned());
            assert!(out.ends_with("” 1") && reach == "Không đại diện", "{file}: {line:?}");
            let is_said = rules == "mean_of_items; simple; counted" || rules.contains("bình quân giản đơn");
            assert!(is_said, "{file}: {line:?}");
        }
    }
}

#[actix_web::test]
async fn the_drawing_of_a_crosstab_names_the_forms_that_are_kept() {
    let app = app().await;
    answer(&app, PRIMARY, &["1", "4"]).await;
    let desk = analyst(&app).await;
    let kept = format!("crosstab.svg?row=B2&column=khoi_lop&unit={PRIMARY}&from=2020-01-01");
    let drawing = figures(&desk, &kept).await;
    let title = drawing.split("</title>").next().unwrap();
    assert!(
        title.contains(&app.round.title) && title.contains(": Trường Tiểu học Hoa Mai; từ ngày: 01/01/2020"),
        "{title}"
    );
}

#[actix_web::test]
async fn an_address_that_names_a_filter_twice_is_told_what_to_do() {
    let app = app().await;
    let desk = analyst(&app).await;
    let page = desk.get(&format!("/analyse/{ROUND}/items?unit={PRIMARY}&unit={OTHER_PRIMARY}")).await;
    assert_eq!(page.status(), 400);
    let said = page.text().await.unwrap();
    assert!(said.contains("mỗi điều kiện lọc chỉ ghi một lần"), "{said}");
}

#[actix_web::test]
async fn every_chart_is_a_whole_drawing_that_says_what_it_shows() {
    let app = app().await;
    answer(&app, PRIMARY, &["1", "4", "5", "5"].repeat(8)).await;
    let desk = analyst(&app).await;
    for chart in ["lowest", "items", "units", &format!("units/{PRIMARY}/lowest")] {
        let (address, query) = (format!("/analyse/{ROUND}/{chart}"), if chart == "units" { "?of=B2" } else { "" });
        let drawing = desk.page(&format!("{address}.svg{query}")).await;
        usvg::Tree::from_str(&drawing, &usvg::Options::default()).expect(chart);
        let (title, rest) = drawing.split_once("</title><desc>").expect("a title and a description");
        let said = rest.split("</desc>").next().unwrap();
        assert!(title.contains(&app.round.title) && said.contains("(24/32)"), "{title}: {said}");
        let picture = desk.get(&format!("{address}.png{query}")).await.bytes().await.unwrap();
        assert_eq!(image::load_from_memory(&picture).expect(chart).width(), 1768, "twice as dense as the drawing");
    }
}
