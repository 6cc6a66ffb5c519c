//! Leaving forms out of every figure: of days, by their ids, and with a look at what they say.

use langnghe::store::exclusions::{self, ExclusionRow};
use langnghe::store::submissions;
use langnghe::vietnamese::fold;

use crate::exports_page::crowd;
use crate::people::Desk;
use crate::quality::{address, analyst, answer, exclude, n, rated};
use crate::support::{PRIMARY, TestApp, app, key};

fn history(app: &TestApp) -> Vec<ExclusionRow> {
    app.state.store.read_now(|db| exclusions::history(db, app.round.id)).unwrap()
}

/// The forms' ids, as files of rows have them.
fn ids(app: &TestApp) -> Vec<String> {
    let rows = app.state.store.read_now(|db| submissions::page(db, app.round.id, &[], 10)).unwrap();
    rows.iter().map(|row| data_encoding::HEXLOWER.encode(&row.id)).collect()
}

/// Leaves out today's forms of a school, of which the analyst has seen so many.
async fn leave_out_today(app: &TestApp, desk: &Desk<'_>, seen: &str) -> reqwest::Response {
    let today = app.state.clock.today().to_string();
    let days = [("rule", "unit-days"), ("unit", PRIMARY), ("from", &today), ("seen", seen), ("reason", "Điền tập thể")];
    desk.post(&address(), &days).await
}

#[tokio::test]
async fn a_day_is_left_out_whole_although_the_rules_have_not_looked_at_its_last_forms() {
    let app = app().await;
    answer(&app).await;
    let desk = analyst(&app).await;
    assert!(desk.page(&address()).await.contains("Số liệu đến"), "up to when the rules looked");
    // of a large round the columns are some minutes old
    crowd(&app, 60_000);
    app.send(PRIMARY, key(), rated(|_| 5)).await;
    let today = app.state.clock.today();
    let page = desk.page(&format!("{}?unit={PRIMARY}&from={today}", address())).await;
    assert!(page.contains("thay đổi sau đó (phiếu mới hoặc phiếu rút lại) các quy tắc chưa xét"), "{page}");
    assert!(page.contains("Loại 2 phiếu này"), "the rule knows two: {page}");
    assert!(page.contains("Loại 8 phiếu này") && page.contains("Phiếu về sau lúc bấm nút"), "{page}");
    assert_eq!(leave_out_today(&app, &desk, "8").await.status(), 303);
    assert_eq!(history(&app)[0].forms, 8);
}

#[tokio::test]
async fn a_form_that_came_after_somebody_looked_at_a_day_is_not_left_out_unseen() {
    let app = app().await;
    answer(&app).await;
    let desk = analyst(&app).await;
    let refused = leave_out_today(&app, &desk, "6").await;
    assert_eq!((refused.status().as_u16(), n(&app)), (422, 7));
    let page = refused.text().await.unwrap();
    assert!(page.contains("nay có 7 phiếu, lúc xem là 6. Chưa loại phiếu nào"), "{page}");
    assert!(page.contains("name=\"seen\" value=\"7\"") && page.contains("value=\"Điền tập thể\""), "{page}");
    assert_eq!(leave_out_today(&app, &desk, "7").await.status(), 303);
    app.send(PRIMARY, key(), rated(|at| at % 5 + 1)).await;
    assert_eq!(n(&app), 1, "what comes later counts");
    let page = desk.page(&format!("{}?unit={PRIMARY}&from={}", address(), app.state.clock.today())).await;
    assert!(page.contains("8 phiếu, trong đó 7 phiếu đã loại") && page.contains("Loại 1 phiếu này"), "{page}");
}

#[tokio::test]
async fn a_list_with_an_id_that_the_round_does_not_have_leaves_nothing_out_and_names_it() {
    let app = app().await;
    answer(&app).await;
    let (desk, ids, unknown) = (analyst(&app).await, ids(&app), "00112233445566778899aabbccddeeff");
    let send = async |forms: &str| {
        desk.post(&address(), &[("rule", "by-hand"), ("forms", forms), ("reason", "Phiếu gửi thử")]).await
    };
    for (list, said) in [
        (format!("{}\n{}\n{unknown}", ids[0], ids[1]), format!("không có phiếu mang 1 mã trong danh sách: {unknown}.")),
        (format!("{}\n{}", ids[0], &ids[1][..31]), format!("1 mã không phải mã phiếu: {}.", &ids[1][..31])),
    ] {
        let refused = send(&list).await;
        assert_eq!((refused.status().as_u16(), n(&app)), (422, 7), "{list}");
        let page = refused.text().await.unwrap();
        assert!(page.contains(&said) && page.contains(&format!("required>{list}</textarea>")), "{said}: {page}");
    }
    assert_eq!(send(&format!("{}\n{}\n{}", ids[0], ids[1], ids[0])).await.status(), 303);
    assert_eq!((history(&app)[0].forms, n(&app)), (2, 5), "each once");
    let refused = send(&format!("{}\n{unknown}", ids[0])).await.text().await.unwrap();
    assert!(refused.contains(&format!("1 mã trong danh sách: {unknown}.")), "not the one that is out: {refused}");
}

#[tokio::test]
async fn ids_that_are_out_already_are_told_as_such() {
    let app = app().await;
    answer(&app).await;
    let (desk, ids) = (analyst(&app).await, ids(&app));
    assert_eq!(exclude(&desk, "by-hand", &ids[0], "Phiếu gửi thử").await, 303);
    let sent = [("rule", "by-hand"), ("forms", ids[0].as_str()), ("reason", "Phiếu gửi thử")];
    let refused = desk.post(&address(), &sent).await.text().await.unwrap();
    assert!(refused.contains("đã loại theo đúng quy tắc ấy rồi"), "{refused}");
    let both = format!("{}\n{}", ids[0], ids[1]);
    let sent = [("rule", "by-hand"), ("forms", both.as_str()), ("reason", "Phiếu gửi thử")];
    let done = desk.post(&address(), &sent).await;
    let there = done.headers()["location"].to_str().unwrap().to_owned();
    let page = desk.page(there.split('#').next().unwrap()).await;
    assert!(page.contains("có 1 phiếu đã loại như vậy từ trước"), "{page}");
    assert_eq!(history(&app).iter().map(|row| row.forms).collect::<Vec<_>>(), [1, 1]);
}

#[tokio::test]
async fn words_that_several_forms_share_are_read_before_the_forms_are_left_out() {
    let app = app().await;
    answer(&app).await;
    let page = analyst(&app).await.page(&address()).await;
    let texts = page.split("Đọc các lời giống nhau (1 lời)").nth(1).unwrap();
    let first = fold(texts.split("</tr>").nth(1).unwrap());
    assert!(first.contains("nha truong nen sua lai nha ve sinh cua hoc sinh") && first.contains(">3</td>"), "{first}");
}

#[tokio::test]
async fn who_took_an_exclusion_back_stands_in_the_history() {
    let app = app().await;
    answer(&app).await;
    assert_eq!(exclude(&analyst(&app).await, "alike", "", "Chấm cho xong").await, 303);
    let colleague = Desk::of(&app, "dong-nghiep", "SO-AN-LANH", &[langnghe::survey::access::Role::PhanTich]).await;
    let id = history(&app)[0].id;
    assert_eq!(colleague.post(&format!("{}/{id}/undo", address()), &[("reason", "Hợp lệ cả")]).await.status(), 303);
    let name = history(&app)[0].undone.clone().unwrap().by;
    let page = colleague.page(&address()).await;
    assert!(!name.is_empty() && page.contains(&format!(", {name}. Hợp lệ cả")), "{name}: {page}");
}
