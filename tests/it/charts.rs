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
    answer(&app, PRIMARY, &["1", "2", "3", "4"]).await;
    let desk = analyst(&app).await;
    for page in [format!("/analyse/{ROUND}"), format!("/analyse/{ROUND}/units/{PRIMARY}")] {
        let shown = desk.page(&page).await;
        assert!(shown.contains("25,0\u{a0}%") && shown.contains(">1/4<"), "{shown}");
        let table = desk.page(&link(&desk, &page, "csv").await).await;
        let head =
            "Mã câu hỏi,Câu hỏi,Điểm TB,Tỷ lệ hài lòng (%),Số người hài lòng,Số người có ý kiến (n),Rất không hài lòng";
        assert!(table.contains(head) && table.contains("\r\n"), "{table}");
        let line = table.lines().nth(1).unwrap();
        assert!(line.starts_with("B2,") && line.ends_with(",\"2,50\",\"25,0\",1,4,1,1,1,1,0,0,0"), "{line}");
    }
    let english = desk.page(&format!("/analyse/{ROUND}/lowest.csv?lang=en")).await;
    assert!(english.contains("Code of the question,") && english.contains(",2.50,25.0,1,4,"), "{english}");
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
    assert!(table.contains("\"0,0\",0,1,1,0,0,0,0,"), "{table}");
    let drawing = desk.page(&part.replace(".csv", ".svg")).await;
    assert!(drawing.contains(" – Trường Tiểu học Hoa Mai; Nhà trường</title>"), "{drawing}");
    assert_eq!(desk.get(&format!("/analyse/{ROUND}/lowest.csv?unit=KHONG-CO")).await.status(), 404);
}

#[actix_web::test]
async fn every_chart_is_a_whole_drawing_that_says_what_it_shows() {
    let app = app().await;
    answer(&app, PRIMARY, &["1", "4", "5", "5"]).await;
    let desk = analyst(&app).await;
    for chart in ["lowest", "items", "units", &format!("units/{PRIMARY}/lowest")] {
        let address = format!("/analyse/{ROUND}/{chart}");
        let drawing = desk.page(&format!("{address}.svg?of=B2")).await;
        usvg::Tree::from_str(&drawing, &usvg::Options::default()).expect(chart);
        let (title, rest) = drawing.split_once("</title><desc>").expect("a title and a description");
        let said = rest.split("</desc>").next().unwrap();
        assert!(title.contains(&app.round.title) && said.contains("(3/4)"), "{title}: {said}");
        let picture = desk.get(&format!("{address}.png?of=B2")).await.bytes().await.unwrap();
        assert_eq!(image::load_from_memory(&picture).expect(chart).width(), 1720, "twice as dense as the drawing");
    }
}
