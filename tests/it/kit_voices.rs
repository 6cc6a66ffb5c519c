//! Papers and messages speak to those who are asked, and the letter to parents is read everywhere as it is now.

use chrono::TimeDelta;
use langnghe::store::{parents_notices, rounds};
use langnghe::survey::access::Role;
use langnghe::web::words::Words;
use serde_json::{Value, json};

use crate::kit::{Pdf, squeezed};
use crate::people::Desk;
use crate::support::{FORM, PRIMARY, TestApp, app, app_for, key};

const PAGE: &str = "/manage/rounds/tieu-hoc";
const PUPILS: &str = "hai-long-hoc-sinh-thpt";
const UPPER: &str = "THPT-AN-LANH";
const BOTH: &str = "THTHCS-DONG-SEN";
const LETTER: &str =
    "Kính gửi cha mẹ học sinh,\nSở hỏi học sinh về trường, không bắt buộc. Hạn {han}. Hỏi { Lien_He }.";

async fn desk(app: &TestApp) -> Desk<'_> {
    Desk::of(app, "chu-tri", "SO-AN-LANH", &[Role::ChuTri]).await
}

/// A round of pupils that has not begun.
async fn pupils() -> TestApp {
    let app = app_for(&[PUPILS], &[UPPER]).await;
    app.change(rounds::unplan);
    app
}

fn closes(app: &TestApp) -> String {
    let round = app.state.store.read_now(|db| rounds::by_id(db, app.round.id)).unwrap().unwrap();
    Words::VI.moment(round.closes_at)
}

#[tokio::test]
async fn a_letter_is_looked_at_before_it_is_saved_and_says_which_places_there_are() {
    let app = pupils().await;
    let desk = desk(&app).await;
    let notice = format!("{PAGE}/notice");
    let wrong =
        desk.post(&notice, &[("text", "Kính gửi cha mẹ học sinh, hỏi {lien he} để biết thêm về đợt này nhé.")]).await;
    assert_eq!(wrong.status(), 422);
    let page = wrong.text().await.unwrap();
    assert!(page.contains("Không có chỗ điền {lien he}") && page.contains("{han}, {lien_he}."), "{page}");
    let by_hand = format!("{LETTER} Nộp trước 10/12/2026.");
    let looked = desk.post(&notice, &[("text", &by_hand), ("wish", "look")]).await;
    assert_eq!(looked.status(), 200);
    let page = looked.text().await.unwrap();
    assert!(page.contains(&format!("Hạn {}. Hỏi Phòng Khảo thí", closes(&app))), "filled: {page}");
    assert!(page.contains("Thư đang ghi sẵn ngày: 10/12/2026") && page.contains("Hạn {han}"), "{page}");
    let kept = app.state.store.read_now(|db| parents_notices::of_round(db, app.round.id)).unwrap();
    assert_eq!(kept, None, "only looked at");
}

#[tokio::test]
async fn the_letter_says_the_new_closing_time_after_an_extension_on_the_web_and_on_paper() {
    let app = pupils().await;
    let desk = desk(&app).await;
    let kit = desk.page(&format!("{PAGE}/kit")).await;
    assert!(kit.contains("chưa có thư gửi cha mẹ") && !kit.contains("thu-cha-me.pdf"), "{kit}");
    assert_eq!(desk.get(&format!("{PAGE}/kit/thu-cha-me.pdf")).await.status(), 404);
    assert_eq!(desk.post(&format!("{PAGE}/notice"), &[("text", LETTER)]).await.status(), 303);
    assert_eq!(desk.post(&format!("{PAGE}/open"), &[("sure", "1")]).await.status(), 303);
    let later = app.state.clock.now() + TimeDelta::days(25);
    app.change(|db, id| rounds::close_at(db, id, later));
    let address = format!("/k/{}/thu-cha-me", app.code(UPPER));
    let read = app.get(&address).await.text().await.unwrap();
    assert!(read.contains(&format!("Hạn {}. Hỏi Phòng Khảo thí", Words::VI.moment(later))), "{read}");
    let pdf = Pdf::of(&desk, &format!("{PAGE}/kit/thu-cha-me.pdf?channel=truong")).await;
    let text = squeezed(&pdf.text());
    assert!(text.contains(&Words::VI.moment(later)) && text.contains("Trung học phổ thông An Lành"), "{text}");
    assert_eq!(pdf.codes(), [app.path(&address)]);
    assert_eq!(desk.get(&format!("{PAGE}/kit/thu-cha-me.zip")).await.status(), 200);
}

#[tokio::test]
async fn nothing_that_a_pupil_reads_speaks_to_a_grown_up() {
    let app = app_for(&[PUPILS], &[UPPER]).await;
    let desk = desk(&app).await;
    let links = desk.page(&format!("{PAGE}/links")).await;
    let messages: String =
        links.split("<textarea").skip(1).filter_map(|rest| rest.split("</textarea>").next()).collect();
    let mut said = vec![messages];
    for paper in ["ap-phich-a4", "thu"] {
        said.push(squeezed(&Pdf::of(&desk, &format!("{PAGE}/kit/{paper}.pdf?channel=truong")).await.text()));
    }
    let sent: Value =
        app.post(app.code(UPPER), json!({"key": key(), "answers": {"A1": "5"}})).await.json().await.unwrap();
    let receipt = format!("/k/{}/bien-nhan/{}", app.code(UPPER), sent["receipt"].as_str().unwrap());
    said.push(app.get(&receipt).await.text().await.unwrap());
    for text in said {
        assert!(text.contains("em"), "{text}");
        for grown_up in ["hụ huynh", "ông/bà", "nh/chị", "cha me ", "gia đình"] {
            assert!(!text.contains(grown_up), "{grown_up} in {text}");
        }
    }
}

#[tokio::test]
async fn parents_are_still_spoken_to_as_parents_and_have_no_letter_about_pupils_in_their_kit() {
    let app = app().await;
    let desk = desk(&app).await;
    let links = desk.page(&format!("{PAGE}/links")).await;
    assert!(links.contains("Kính gửi ông/bà, anh/chị") && links.contains("moi cha me cho y kien"), "{links}");
    assert!(!desk.page(&format!("{PAGE}/kit")).await.contains("thu-cha-me"));
    assert_eq!(desk.get(&format!("{PAGE}/kit/thu-cha-me.pdf?code={}", app.code(PRIMARY))).await.status(), 404);
}

#[tokio::test]
async fn a_school_with_two_levels_gets_a_cover_for_the_forms_of_each() {
    let app = app_for(&[FORM, "hai-long-thcs"], &[BOTH]).await;
    let pdf = Pdf::of(&desk(&app).await, &format!("{PAGE}/kit/to-bia.pdf?code={}", app.code(BOTH))).await;
    let text = squeezed(&pdf.text());
    assert_eq!(text.matches("TỜ BÌA LÔ PHIẾU GIẤY").count(), 2, "{text}");
    assert!(
        text.contains("Tiểu học (lớp 1 đến lớp 5)") && text.contains("Trung học cơ sở (lớp 6 đến lớp 9)"),
        "{text}"
    );
}
