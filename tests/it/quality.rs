//! Forms that may say little, and forms that are left out of every figure.

use langnghe::intake::withdrawal::WithdrawalCode;
use langnghe::store::{exclusions, submissions, tallies};
use langnghe::survey::access::Role;
use langnghe::survey::question::KindName;
use langnghe::survey::templates;
use serde_json::{Value, json};

use crate::people::Desk;
use crate::support::{FORM, OTHER_PRIMARY, PRIMARY, ROUND, TestApp, app, key};

/// A mark for every question that is rated.
pub fn rated(mark: impl Fn(usize) -> usize) -> Value {
    let questions = templates::find(FORM).unwrap().questionnaire.questions.iter();
    let rated = questions.filter(|question| question.kind_name == KindName::Rating);
    rated.enumerate().map(|(at, question)| (question.code.clone(), json!(mark(at).to_string()))).collect()
}

/// Two with one mark for everything, one that is all but empty, three with the same words, one as it should be.
pub async fn answer(app: &TestApp) {
    let same = "Nhà trường nên sửa lại nhà vệ sinh của học sinh";
    let mut forms = vec![rated(|_| 5), rated(|_| 3), json!({"A1": "4"}), rated(|at| at % 5 + 1)];
    for text in
        [same, "nha truong nen sua lai nha ve sinh cua hoc sinh!", "NHÀ TRƯỜNG NÊN SỬA LẠI NHÀ VỆ SINH CỦA HỌC SINH"]
    {
        let mut form = rated(|at| at % 4 + 1);
        form["G2"] = json!(text);
        forms.push(form);
    }
    for form in forms {
        assert_eq!(app.send(PRIMARY, key(), form).await.status(), 201);
    }
}

pub async fn analyst(app: &TestApp) -> Desk<'_> {
    Desk::of(app, "phan-tich", "SO-AN-LANH", &[Role::PhanTich]).await
}

pub fn address() -> String {
    format!("/analyse/{ROUND}/quality")
}

pub async fn exclude(desk: &Desk<'_>, rule: &str, forms: &str, reason: &str) -> u16 {
    desk.post(&address(), &[("rule", rule), ("forms", forms), ("reason", reason)]).await.status().as_u16()
}

/// All figures of the round.
fn figures(app: &TestApp) -> Vec<(tallies::TallyKey, tallies::Counts)> {
    let mut all = app.state.store.read_now(|db| tallies::of_round(db, app.round.id)).unwrap();
    all.retain(|(_, counts)| counts.n != 0);
    all
}

pub fn n(app: &TestApp) -> i64 {
    figures(app).iter().map(|(_, counts)| counts.n).sum()
}

async fn base(desk: &Desk<'_>) -> String {
    let page = desk.page(&format!("/analyse/{ROUND}/crosstab?row=A1&column=_channel")).await;
    page.split("Bảng tính trên ").nth(1).unwrap().split(' ').next().unwrap().to_owned()
}

#[tokio::test]
async fn each_rule_finds_the_forms_that_it_is_about_and_says_its_numbers() {
    let app = app().await;
    answer(&app).await;
    let page = analyst(&app).await.page(&address()).await;
    for said in ["từ 10 mục trở lên", "hơn 50 %", "từ 6 chữ trở lên", "Chưa loại phiếu nào"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    for found in ["Loại 2 phiếu này", "Loại 1 phiếu này", "Loại 3 phiếu này"] {
        assert!(page.contains(found), "{found}: {page}");
    }
}

#[tokio::test]
async fn what_is_left_out_is_in_no_figure_and_taken_back_it_is_as_before() {
    let app = app().await;
    answer(&app).await;
    let (desk, before) = (analyst(&app).await, figures(&app));
    assert_eq!(exclude(&desk, "alike", "", "Chấm cho xong").await, 303);
    assert_eq!((n(&app), base(&desk).await.as_str()), (5, "5"));
    let page = desk.page(&format!("/analyse/{ROUND}/crosstab?row=A1&column=_channel")).await;
    assert!(page.contains("Đã loại 2 phiếu theo “Cho mọi mục cùng một mức”"), "{page}");
    let page = desk.page(&address()).await;
    assert!(page.contains("Chấm cho xong") && page.contains("quy tắc này đã loại 2 phiếu"), "{page}");
    let page = desk.page(&format!("/analyse/{ROUND}")).await;
    assert!(page.contains("Đã loại khỏi số liệu của cả đợt, theo quy tắc: “Cho mọi mục cùng một mức” 2"), "{page}");
    let id = app.state.store.read_now(|db| exclusions::history(db, app.round.id)).unwrap()[0].id;
    let undone = desk.post(&format!("{}/{id}/undo", address()), &[("reason", "Xem lại thì hợp lệ")]).await;
    assert_eq!(undone.status(), 303);
    assert_eq!((figures(&app), base(&desk).await.as_str()), (before, "7"));
    assert!(desk.page(&address()).await.contains("Xem lại thì hợp lệ"), "history stays");
    let again = desk.post(&format!("{}/{id}/undo", address()), &[]).await;
    assert_eq!(again.status(), 409);
    assert!(again.text().await.unwrap().contains("đã được lấy lại trước đó"), "said, not only refused");
    assert_eq!(desk.post(&format!("{}/999/undo", address()), &[]).await.status(), 404);
}

#[tokio::test]
async fn a_form_that_two_rules_leave_out_counts_once_and_stays_out_until_both_are_taken_back() {
    let app = app().await;
    answer(&app).await;
    let desk = analyst(&app).await;
    let rows = app.state.store.read_now(|db| submissions::page(db, app.round.id, &[], 10)).unwrap();
    let ids: Vec<String> = rows.iter().map(|row| data_encoding::HEXLOWER.encode(&row.id)).collect();
    assert_eq!(exclude(&desk, "by-hand", &ids.join("\n"), "Phiếu gửi thử").await, 303);
    assert_eq!(exclude(&desk, "alike", "", "Chấm cho xong").await, 303);
    assert_eq!(n(&app), 0);
    let newest = app.state.store.read_now(|db| exclusions::history(db, app.round.id)).unwrap();
    desk.post(&format!("{}/{}/undo", address(), newest[1].id), &[]).await;
    assert_eq!(n(&app), 5);
}

#[tokio::test]
async fn whoever_sent_a_form_can_withdraw_it_although_it_is_left_out() {
    let app = app().await;
    let own = key();
    app.send(PRIMARY, own, rated(|_| 5)).await;
    app.send(OTHER_PRIMARY, key(), rated(|at| at % 5 + 1)).await;
    let desk = analyst(&app).await;
    assert_eq!(exclude(&desk, "alike", "", "Chấm cho xong").await, 303);
    assert!(app.state.withdraw(&WithdrawalCode::of(&app.state.secret, app.round.id, own)).await.unwrap());
    assert_eq!((n(&app), app.counted()), (1, 1));
    assert!(figures(&app).iter().all(|(_, counts)| counts.n > 0 && counts.cells.iter().all(|cell| *cell >= 0)));
    assert!(app.state.store.read_now(|db| exclusions::of_round(db, app.round.id)).unwrap().is_empty());
}

#[tokio::test]
async fn nothing_is_left_out_without_a_reason_or_by_ids_that_are_none() {
    let app = app().await;
    answer(&app).await;
    let desk = analyst(&app).await;
    for (rule, forms, reason) in [
        ("alike", "", " "),
        ("by-hand", "khong-phai-ma", "Phiếu gửi thử"),
        ("by-hand", "", "Phiếu gửi thử"),
        ("by-hand", "00112233445566778899aabbccddeeff", "Phiếu gửi thử"),
    ] {
        assert_eq!(exclude(&desk, rule, forms, reason).await, 422, "{rule} {forms}");
    }
    assert_eq!(exclude(&desk, "vo-van", "", "Phiếu gửi thử").await, 400);
    assert_eq!(n(&app), 7);
    assert!(!desk.page(&address()).await.contains("Loại lúc"), "no empty history");
}

#[tokio::test]
async fn what_is_left_out_is_in_no_release_and_stands_in_the_log() {
    let app = app().await;
    for at in 0..30 {
        app.send(PRIMARY, key(), rated(|place| (at + place) % 5 + 1)).await;
    }
    for _ in 0..5 {
        app.send(PRIMARY, key(), rated(|_| 5)).await;
    }
    let desk = analyst(&app).await;
    assert_eq!(exclude(&desk, "alike", "", "Chấm cho xong").await, 303);
    app.freeze().await;
    let (_, _, content) =
        app.state.store.read_now(|db| langnghe::store::releases::newest(db, app.round.id)).unwrap().unwrap();
    let release: Value = serde_json::from_str(&content).unwrap();
    assert_eq!(release["excluded"], json!([{"rule": "alike", "forms": 5}]), "{content}");
    assert!(content.contains("\"n\":30") && !content.contains("\"n\":35"), "{content}");
    let keeper = Desk::of(&app, "quan-tri", "SO-AN-LANH", &[Role::QuanTri]).await;
    assert!(keeper.page("/manage/audit").await.contains("Loại phiếu khỏi số liệu"));
}

#[tokio::test]
async fn what_a_rule_leaves_out_already_is_not_written_down_twice() {
    let app = app().await;
    answer(&app).await;
    let desk = analyst(&app).await;
    let history = || app.state.store.read_now(|db| exclusions::history(db, app.round.id)).unwrap();
    assert_eq!(exclude(&desk, "alike", "", "Chấm cho xong").await, 303);
    assert_eq!(exclude(&desk, "alike", "", "Chấm cho xong").await, 422);
    assert_eq!((history().len(), n(&app)), (1, 5));
    let page = desk.page(&address()).await;
    assert!(page.contains("đều đã loại theo quy tắc này") && !page.contains("Loại 2 phiếu này"), "{page}");
    app.send(PRIMARY, key(), rated(|_| 1)).await;
    assert!(desk.page(&address()).await.contains("Loại 1 phiếu này"), "only what came since");
    assert_eq!(exclude(&desk, "alike", "", "Chấm cho xong").await, 303);
    assert_eq!(history().iter().map(|row| row.forms).collect::<Vec<_>>(), [1, 2]);
}

#[tokio::test]
async fn a_reason_is_bounded_by_the_server_and_shows_what_it_says() {
    let app = app().await;
    answer(&app).await;
    let desk = analyst(&app).await;
    assert_eq!(exclude(&desk, "alike", "", &"a".repeat(501)).await, 422);
    assert_eq!(exclude(&desk, "alike", "", "\u{200b}\u{202e}\u{200b}\u{200b}\u{200b}").await, 422);
    assert_eq!(exclude(&desk, "alike", "", "Phiếu \u{202e}thử\r\ncủa\u{0}\ttổ").await, 303);
    let made = &app.state.store.read_now(|db| exclusions::history(db, app.round.id)).unwrap()[0];
    assert_eq!(made.reason, "Phiếu thử của tổ");
    let long = "b".repeat(501);
    assert_eq!(desk.post(&format!("{}/{}/undo", address(), made.id), &[("reason", &long)]).await.status(), 422);
    assert_eq!(n(&app), 5, "still left out");
}

/// A form that is opened, and sent so many seconds later.
async fn takes(app: &TestApp, seconds: i64) {
    let answers: Vec<(String, String)> = rated(|at| at % 5 + 1)
        .as_object()
        .unwrap()
        .iter()
        .map(|(code, mark)| (code.clone(), mark.as_str().unwrap().to_owned()))
        .collect();
    let answers: Vec<(&str, &str)> = answers.iter().map(|(code, mark)| (code.as_str(), mark.as_str())).collect();
    let begun = app.begin(PRIMARY).await;
    app.state.clock.advance(seconds);
    assert_eq!(app.finish(PRIMARY, begun, &answers).await.status(), 303);
}

#[tokio::test]
async fn forms_that_nobody_can_have_read_are_found_and_no_time_is_kept() {
    let app = app().await;
    for seconds in [2, 60, 3600] {
        takes(&app, seconds).await;
    }
    // a program may ask for its stamp whenever it likes
    app.send(PRIMARY, key(), rated(|at| at % 5 + 1)).await;
    let rows = app.state.store.read_now(|db| submissions::page(db, app.round.id, &[], 10)).unwrap();
    let mut paces: Vec<&str> = rows.iter().map(|row| row.pace.as_str()).collect();
    paces.sort_unstable();
    assert_eq!(paces, ["brisk", "ordinary", "rushed", "unknown"]);
    let desk = analyst(&app).await;
    assert!(desk.page(&address()).await.contains("1 phiếu chưa đầy một phần ba, 1 phiếu ngắn hơn"));
    assert_eq!(exclude(&desk, "fast", "", "Bấm cho xong").await, 303);
    assert_eq!(n(&app), 3);
}

#[tokio::test]
async fn a_form_without_a_proven_beginning_is_never_called_fast() {
    let app = app().await;
    let mut begun = app.begin(PRIMARY).await;
    begun.iter_mut().find(|(name, _)| *name == "_begun").unwrap().1 = "1.00".to_owned();
    let answers = [("A1", "5"), ("A2", "5"), ("A3", "5")];
    assert_eq!(app.finish(PRIMARY, begun, &answers).await.status(), 303);
    let rows = app.state.store.read_now(|db| submissions::page(db, app.round.id, &[], 10)).unwrap();
    assert_eq!(rows[0].pace, "unknown");
}

#[tokio::test]
async fn a_schools_forms_of_a_day_are_counted_first_and_then_left_out_with_a_reason() {
    let app = app().await;
    answer(&app).await;
    let today = app.state.clock.today().to_string();
    app.state.clock.advance(2 * 86_400);
    app.send(PRIMARY, key(), rated(|at| at % 5 + 1)).await;
    app.send(OTHER_PRIMARY, key(), rated(|at| at % 5 + 1)).await;
    let desk = analyst(&app).await;
    let asked = format!("{}?unit={PRIMARY}&from={today}&to={today}", address());
    let page = desk.page(&asked).await;
    assert!(page.contains("7 phiếu, trong đó 0 phiếu đã loại") && page.contains("Loại 7 phiếu này"), "{page}");
    let days = [("rule", "unit-days"), ("unit", PRIMARY), ("from", &today), ("reason", "Họp phụ huynh, điền tập thể")];
    assert_eq!(desk.post(&address(), &days).await.status(), 303);
    assert_eq!(n(&app), 2);
    let page = desk.page(&address()).await;
    assert!(page.contains("Loại phiếu của một trường theo ngày") && page.contains("điền tập thể"), "{page}");
    assert!(page.contains(", ngày "), "which day stands in the history: {page}");
}

#[tokio::test]
async fn days_that_are_none_and_schools_that_were_not_asked_are_said() {
    let app = app().await;
    answer(&app).await;
    let (desk, day) = (analyst(&app).await, app.state.clock.today().to_string());
    for (query, said) in [
        (format!("unit=KHONG-CO&from={day}"), "đợt này không có trường ấy"),
        (format!("unit={PRIMARY}&from=hom-qua"), "ngày chưa đúng"),
        (format!("unit={PRIMARY}&from={day}&to=2020-01-01"), "Ngày cuối đứng trước ngày đầu"),
    ] {
        let answer = desk.get(&format!("{}?{query}", address())).await;
        assert_eq!(answer.status(), 422, "{query}");
        assert!(answer.text().await.unwrap().contains(said), "{query}");
    }
    let page = desk.page(&format!("{}?unit={PRIMARY}&level=thcs", address())).await;
    assert!(page.contains("nên đã bỏ qua: level.") && !page.contains("ngày chưa đúng"), "a school without days");
}

#[tokio::test]
async fn every_page_of_figures_says_what_is_left_out_of_it() {
    let app = app().await;
    answer(&app).await;
    let desk = analyst(&app).await;
    let pages = ["", "/items", "/units", "/levels", "/weights", "/trend"].map(|page| format!("/analyse/{ROUND}{page}"));
    let unit = format!("/analyse/{ROUND}/units/{PRIMARY}");
    let pages: Vec<&str> = pages.iter().map(String::as_str).chain([unit.as_str()]).collect();
    let said =
        "class=\"flash warn kept\"><p>Đã loại khỏi số liệu của cả đợt, theo quy tắc: “Cho mọi mục cùng một mức” 2";
    for page in &pages {
        assert!(!desk.page(page).await.contains(said), "{page}");
    }
    assert_eq!(exclude(&desk, "alike", "", "Chấm cho xong").await, 303);
    for page in &pages {
        assert!(desk.page(page).await.contains(said), "{page}");
    }
    let levels = desk.page(&format!("/analyse/{ROUND}/levels")).await;
    let received = levels.split("Phiếu đã nhận, kể cả phiếu đã loại").nth(1).unwrap();
    assert!(received.contains("data-label=\"Tiểu học\">7</td>"), "{levels}");
}

#[tokio::test]
async fn what_came_in_after_somebody_looked_is_not_left_out_unseen() {
    let app = app().await;
    answer(&app).await;
    let desk = analyst(&app).await;
    let send = async |seen: &str| {
        desk.post(&address(), &[("rule", "alike"), ("seen", seen), ("reason", "Chấm cho xong")]).await
    };
    let refused = send("1").await;
    assert_eq!(refused.status(), 422);
    let page = refused.text().await.unwrap();
    assert!(page.contains("quy tắc tìm được 2 phiếu, lúc trước là 1. Chưa loại phiếu nào"), "{page}");
    assert_eq!(n(&app), 7);
    assert_eq!(send("2").await.status(), 303);
    assert_eq!(n(&app), 5);
}

#[tokio::test]
async fn a_list_that_is_too_long_is_told_how_many_forms_go_at_once() {
    let app = app().await;
    let desk = analyst(&app).await;
    let send = async |n: usize| {
        let forms = (0..n).map(|_| uuid::Uuid::new_v4().to_string()).collect::<Vec<_>>().join("\r\n");
        desk.post(&address(), &[("rule", "by-hand"), ("forms", &forms), ("reason", "Gửi thử")]).await
    };
    let refused = send(20_001).await;
    assert_eq!(refused.status(), 422);
    let page = refused.text().await.unwrap();
    assert!(page.contains("nhiều nhất 20.000"), "how many at most");
    let unknown = send(19_999).await.text().await.unwrap();
    assert!(unknown.contains("không có phiếu mang 19.999 mã trong danh sách"), "it is read to its end");
}
