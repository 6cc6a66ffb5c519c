//! What parents are told before they answer, and what officers send them.

use crate::support::{PRIMARY, app};

#[tokio::test]
async fn the_notice_says_all_that_the_law_asks_for_in_both_languages() {
    let app = app().await;
    let vi = [
        "Ai hỏi",
        "Ai vận hành phần mềm",
        "Để làm gì",
        "Thu những gì",
        "Có ẩn danh không",
        "Giữ bao lâu",
        "Ai xem được, công bố thế nào",
        "Quyền của người trả lời",
        "Không trả lời có sao không",
        "Xin đừng ghi",
        "Khiếu nại, tố cáo",
    ];
    let en = [
        "Who asks",
        "Who runs the software",
        "What for",
        "What is collected",
        "Is it anonymous",
        "How long it is kept",
        "Who sees it, and what is published",
        "Your rights",
        "What if you do not answer",
        "Please do not write",
        "Complaints and denunciations",
    ];
    for (lang, headings, days) in [("vi", vi, "trong 2 ngày làm việc"), ("en", en, "within 2 working days")] {
        let page = app.get(&format!("/k/{}?lang={lang}", app.code(PRIMARY))).await.text().await.unwrap();
        let notice = page.split("<dl>").nth(1).unwrap().split("</dl>").next().unwrap();
        let said: Vec<&str> = notice.split("<dt>").skip(1).map(|rest| rest.split('<').next().unwrap()).collect();
        assert_eq!(said, headings);
        assert!(notice.contains(days) && notice.contains("Phòng Khảo thí"), "{notice}");
        assert!(!notice.contains("<dd></dd>"));
    }
}

#[tokio::test]
async fn an_invitation_to_paste_presses_nobody() {
    let app = app().await;
    app.sign_in("chi.mai", "SO-AN-LANH").await;
    let page = app.get("/manage/rounds/tieu-hoc/links").await.text().await.unwrap();
    let id = format!("id=\"loi-moi-{}\"", app.code(PRIMARY));
    let message = page.split(&id).nth(1).unwrap().split('>').nth(1).unwrap().split("</textarea").next().unwrap();
    for said in ["Không bắt buộc", "không gửi ảnh chụp màn hình", "Trường Tiểu học Hoa Mai", "nhận phiếu đến"]
    {
        assert!(message.contains(said), "{said} in {message}");
    }
    assert!(message.contains(&app.path(&format!("/k/{}\n", app.code(PRIMARY)))), "the address stands alone: {message}");
    let copies = page.matches(&format!("data-copy=\"loi-moi-{}\"", app.code(PRIMARY))).count();
    assert_eq!(copies, 1, "a button that works once there is script, hidden before");
}
