//! The analyst's page of exports: small files at once, large ones by the worker, each told in the log.

use std::sync::atomic::AtomicBool;

use diesel::connection::SimpleConnection;
use langnghe::jobs;
use langnghe::store::audit::{self, Search};
use langnghe::store::export_jobs::{self, NewJob};
use langnghe::store::{accounts, units};
use langnghe::survey::access::Role;
use langnghe::survey::audit::Action;
use langnghe::survey::question::Phrases;
use langnghe::survey::text::Lang;
use langnghe::web::words::Words;
use serde_json::json;

use crate::people::Desk;
use crate::support::{FORM, OTHER_PRIMARY, PRIMARY, ROUND, TestApp, app, app_for, key};

const PAGE: &str = "/analyse/hk1/exports";

fn speaker(lang: Lang) -> Box<dyn Phrases> {
    Box::new(Words(lang))
}

/// Somebody asks for a file that is large enough to wait for.
fn ask(app: &TestApp, login: &str, wanted: &str) {
    let now = app.state.clock.now();
    let work = |db: &mut _| {
        let account = accounts::by_login(db, &login.parse().unwrap())?.unwrap();
        let (round_id, account_id, total) = (app.round.id, account.id, 2);
        export_jobs::ask(db, &NewJob { key: [7; 16], round_id, account_id, wanted, lang: "vi", total }, now)
    };
    app.state.store.write_now(work).unwrap();
}

async fn work(app: &TestApp) -> bool {
    let state = app.state.clone();
    let next = move || jobs::next(&state, speaker, &AtomicBool::new(false)).unwrap();
    tokio::task::spawn_blocking(next).await.unwrap()
}

async fn office() -> (TestApp, String) {
    let app = app().await;
    for rating in ["5", "1"] {
        app.send(PRIMARY, key(), json!({"A1": rating, "G2": "Cần thêm cây xanh"})).await;
    }
    (app, PAGE.replace("hk1", ROUND))
}

fn told(app: &TestApp) -> usize {
    let work = |db: &mut _| {
        let units = units::id_by_code(db, "SO-AN-LANH")?.into_iter().collect();
        audit::find(db, &Search { units, action: Some(Action::RowsExported), ..Search::default() }, None, 100)
    };
    app.state.store.read_now(work).unwrap().len()
}

/// Under which name a browser keeps it.
fn called(answer: &reqwest::Response) -> &str {
    let said = answer.headers()["content-disposition"].to_str().unwrap();
    said.strip_prefix("attachment; filename=\"").unwrap().trim_end_matches('"')
}

#[tokio::test]
async fn whatever_lies_beside_a_file_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let (app, _) = office().await;
    let _owner = Desk::of(&app, "phan.tich", "SO-AN-LANH", &[Role::PhanTich]).await;
    ask(&app, "phan.tich", "format=csv");
    assert!(work(&app).await);
    let lying = std::fs::read_dir(&app.state.exports).unwrap().map(|entry| entry.unwrap().metadata().unwrap());
    let modes: Vec<u32> = lying.map(|known| known.permissions().mode() & 0o777).collect();
    assert_eq!(modes, [0o600; 2]);
}

#[tokio::test]
async fn a_small_file_comes_at_once_and_the_log_tells() {
    let (app, page) = office().await;
    let desk = Desk::of(&app, "phan.tich", "SO-AN-LANH", &[Role::PhanTich]).await;
    let answer = desk.post(&page, &[("format", "csv"), ("delimiter", "semicolon"), ("unit", PRIMARY)]).await;
    assert_eq!(answer.status(), 200);
    assert_eq!(called(&answer), format!("{ROUND}-loc.csv"), "it has a part of the round alone");
    let text = answer.text().await.unwrap();
    assert!(text.starts_with("\u{feff}submission;round;") && text.lines().count() == 3, "{text}");
    assert_eq!(told(&app), 1);
}

#[tokio::test]
async fn what_is_wrong_stands_above_the_form_with_what_was_chosen() {
    let (app, page) = office().await;
    let desk = Desk::of(&app, "phan.tich", "SO-AN-LANH", &[Role::PhanTich]).await;
    let answer = desk.post(&page, &[("format", "sav"), ("unit", "KHONG-CO"), ("question", "A1")]).await;
    assert_eq!(answer.status(), 422);
    let text = answer.text().await.unwrap();
    assert!(text.contains("đợt này không có “KHONG-CO”"), "{text}");
    assert!(text.contains("value=\"sav\" checked") && text.contains("value=\"A1\" checked"), "{text}");
    assert_eq!(told(&app), 0);
}

#[tokio::test]
async fn a_large_file_is_made_once_and_fetched_as_often_as_it_is_needed() {
    let (app, page) = office().await;
    let desk = Desk::of(&app, "phan.tich", "SO-AN-LANH", &[Role::PhanTich]).await;
    ask(&app, "phan.tich", "format=csv&labels=1");
    ask(&app, "phan.tich", "format=csv&labels=1");
    assert!(desk.page(&page).await.contains("data-busy"));
    assert!(work(&app).await && !work(&app).await, "asked for twice, it is made once");
    let shown = desk.page(&page).await;
    assert!(shown.contains("2 phiếu") && !shown.contains("data-busy"), "{shown}");
    let address = format!("{page}/{}", "07".repeat(16));
    let whole = desk.get(&address).await;
    assert_eq!(called(&whole), format!("{ROUND}-nhan.csv"), "cells with labels are not the usual ones");
    let tag = whole.headers()["etag"].to_str().unwrap().to_owned();
    assert!(shown.contains(tag.trim_matches('"')), "the sum on the page is the file's");
    let bytes = whole.bytes().await.unwrap();
    assert!(String::from_utf8(bytes.to_vec()).unwrap().contains("Cần thêm cây xanh"));
    assert_eq!(desk.get_if(&address, &tag).await.status(), 304);
    let rest = desk.get_range(&address, "bytes=20-").await;
    assert_eq!((rest.status(), rest.bytes().await.unwrap()), (206.try_into().unwrap(), bytes.slice(20..)));
    assert_eq!(told(&app), 2, "the whole file and the rest; nothing left with 304");
}

#[tokio::test]
async fn the_list_tells_files_apart_that_are_written_in_different_ways() {
    let (app, page) = office().await;
    let desk = Desk::of(&app, "phan.tich", "SO-AN-LANH", &[Role::PhanTich]).await;
    ask(&app, "phan.tich", "format=csv&labels=1&split=1&delimiter=tab&excluded=also");
    let shown = desk.page(&page).await;
    let said =
        "CSV, ghi nhãn, mỗi phương án một cột, ngăn cột bằng dấu tab, số lẻ sau dấu chấm<small>gồm cả phiếu đã loại";
    assert!(shown.contains(said), "{shown}");
}

#[tokio::test]
async fn whoever_takes_an_average_reads_which_codes_are_no_marks() {
    let (app, page) = office().await;
    let desk = Desk::of(&app, "phan.tich", "SO-AN-LANH", &[Role::PhanTich]).await;
    let shown = desk.page(&page).await;
    assert!(shown.contains("ô ghi -9 là câu được hỏi mà không trả lời. Mã 9 là “không dùng / không rõ”"), "{shown}");
    assert!(desk.page(&format!("{page}?lang=en")).await.contains("SPSS files already declare these codes as missing"));
}

#[tokio::test]
async fn whoever_asked_reads_of_which_forms_a_file_is_in_their_own_language() {
    let (app, page) = office().await;
    let desk = Desk::of(&app, "phan.tich", "SO-AN-LANH", &[Role::PhanTich]).await;
    ask(&app, "phan.tich", "format=csv&unit=SO-AN-LANH&question=A1,khoi_lop");
    let vietnamese = desk.page(&page).await;
    assert!(vietnamese.contains("Thông tin nhà trường cung cấp khi con nhập học (A1), "), "{vietnamese}");
    let english = desk.page(&format!("{page}?lang=en")).await;
    for said in
        [" (SO-AN-LANH); questions: The information the school gave you when your child started (A1), ", " (khoi_lop)<"]
    {
        assert!(english.contains(said), "{said}: {english}");
    }
}

#[tokio::test]
async fn a_file_is_its_owners_and_nobody_elses() {
    let (app, page) = office().await;
    let _owner = Desk::of(&app, "phan.tich", "SO-AN-LANH", &[Role::PhanTich]).await;
    ask(&app, "phan.tich", "format=jsonl");
    assert!(work(&app).await);
    let colleague = Desk::of(&app, "dong.nghiep", "SO-AN-LANH", &[Role::PhanTich]).await;
    let address = format!("{page}/{}", "07".repeat(16));
    assert_eq!(colleague.get(&address).await.status(), 404);
    assert!(!colleague.page(&page).await.contains(&"07".repeat(16)));
}

#[tokio::test]
async fn a_file_that_cannot_be_written_is_said_and_can_be_tried_again() {
    let (app, page) = office().await;
    let desk = Desk::of(&app, "phan.tich", "SO-AN-LANH", &[Role::PhanTich]).await;
    ask(&app, "phan.tich", "format=csv&unit=KHONG-CO");
    assert!(work(&app).await);
    let shown = desk.page(&page).await;
    assert!(shown.contains("không còn làm được tệp") && shown.contains("Làm lại"), "{shown}");
    let again = desk.post(&format!("{page}/{}/again", "07".repeat(16)), &[]).await;
    assert_eq!(again.status(), 303);
    assert!(work(&app).await, "it is begun anew");
}

#[tokio::test]
async fn a_selection_that_leaves_nothing_says_so_before_there_is_a_file() {
    let (app, page) = office().await;
    let desk = Desk::of(&app, "phan.tich", "SO-AN-LANH", &[Role::PhanTich]).await;
    let chosen = [("format", "csv"), ("delimiter", "comma"), ("unit", PRIMARY), ("channel", "mat_tran")];
    let answer = desk.post(&page, &chosen).await;
    assert_eq!((answer.status().as_u16(), told(&app)), (422, 0));
    let text = answer.text().await.unwrap();
    for said in
        ["Đợt này có 2 phiếu, nhưng không phiếu nào khớp", "kênh: Mặt trận (mat_tran)", "value=\"mat_tran\" checked"]
    {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(text.contains("form=\"ask\" name=\"empty\" value=\"1\""), "{text}");
    let answer = desk.post(&page, &[&chosen[..], &[("empty", "1")]].concat()).await;
    let text = answer.text().await.unwrap();
    assert!(text.starts_with("\u{feff}submission,") && text.lines().count() == 1, "{text}");
    assert_eq!(told(&app), 1);
}

#[tokio::test]
async fn a_prepared_file_tells_what_it_left_out_when_it_was_made() {
    let (app, page) = office().await;
    let desk = Desk::of(&app, "phan.tich", "SO-AN-LANH", &[Role::PhanTich]).await;
    let rows = app.state.store.read_now(|db| langnghe::store::submissions::page(db, app.round.id, &[], 1)).unwrap();
    let one = data_encoding::HEXLOWER.encode(&rows[0].id);
    let sent = [("rule", "by-hand"), ("forms", one.as_str()), ("reason", "Phiếu gửi thử")];
    assert_eq!(desk.post(&page.replace("exports", "quality"), &sent).await.status(), 303);
    ask(&app, "phan.tich", "format=csv");
    assert!(work(&app).await);
    let shown = desk.page(&page).await;
    assert!(shown.contains("1 phiếu, ") && shown.contains("Không có trong tệp 1 phiếu đã loại"), "{shown}");
    let file = desk.get(&format!("{page}/{}", "07".repeat(16))).await;
    assert_eq!(file.headers()["excluded-forms"], "left-out=1, by-hand=1");
    assert_eq!(file.text().await.unwrap().lines().count(), 2);
}

/// The round looks as if this many forms more had come from the other school.
pub fn crowd(app: &TestApp, n: i64) {
    let unit = app.state.store.read_now(|db| units::id_by_code(db, OTHER_PRIMARY)).unwrap().unwrap();
    let statement = format!(
        "INSERT INTO tally (round_id, version_id, unit_id, channel, stratum, shard, n, cells) \
         SELECT round_id, version_id, {unit}, channel, stratum, shard, {n}, cells FROM tally LIMIT 1;"
    );
    app.change(|db, _| Ok(db.batch_execute(&statement)?));
}

#[tokio::test]
async fn a_small_part_of_a_large_round_comes_at_once_and_the_whole_is_prepared() {
    let (app, page) = office().await;
    crowd(&app, 60_000);
    let desk = Desk::of(&app, "phan.tich", "SO-AN-LANH", &[Role::PhanTich]).await;
    assert!(desk.page(&page).await.contains("Tệp có hơn 50.000 phiếu được chuẩn bị"));
    let part = desk.post(&page, &[("format", "csv"), ("unit", PRIMARY)]).await;
    assert_eq!((part.status().as_u16(), part.text().await.unwrap().lines().count()), (200, 3));
    assert_eq!(desk.post(&page, &[("format", "codebook")]).await.status(), 200, "it has no rows");
    for (chosen, total) in [("", 60_002), (OTHER_PRIMARY, 60_000)] {
        assert_eq!(desk.post(&page, &[("format", "csv"), ("unit", chosen)]).await.status(), 303);
        let account = crate::people::id_of(&app, "phan.tich");
        let jobs = app.state.store.read_now(|db| export_jobs::of_account(db, app.round.id, account)).unwrap();
        assert_eq!(jobs[0].total, total, "of what is chosen");
    }
}

#[tokio::test]
async fn a_selection_that_leaves_nothing_of_a_large_round_is_no_file_either() {
    let (app, page) = office().await;
    crowd(&app, 60_000);
    let desk = Desk::of(&app, "phan.tich", "SO-AN-LANH", &[Role::PhanTich]).await;
    for nothing in [("channel", "mat_tran"), ("form_lang", "en"), ("to", "2001-01-01")] {
        let answer = desk.post(&page, &[("format", "csv"), nothing]).await;
        assert_eq!(answer.status(), 422, "{nothing:?}");
        let text = answer.text().await.unwrap();
        assert!(text.contains("Đợt này có 60.002 phiếu, nhưng không phiếu nào khớp"), "{text}");
    }
    let account = crate::people::id_of(&app, "phan.tich");
    let jobs = app.state.store.read_now(|db| export_jobs::of_account(db, app.round.id, account)).unwrap();
    assert_eq!((jobs.len(), told(&app)), (0, 0));
}

#[tokio::test]
async fn a_question_that_the_chosen_level_is_not_asked_is_named_instead_of_left_out() {
    // A6 is a question of primary schools, A7 one of lower secondary schools
    let app = app_for(&[FORM, "hai-long-thcs"], &["THTHCS-DONG-SEN", PRIMARY]).await;
    app.send(PRIMARY, key(), json!({"A1": "5"})).await;
    let desk = Desk::of(&app, "phan.tich", "SO-AN-LANH", &[Role::PhanTich]).await;
    let page = PAGE.replace("hk1", ROUND);
    let chosen = |level| [("format", "csv"), ("question", "A6"), ("question", "A7"), ("level", level)];
    let answer = desk.post(&page, &chosen("tieu_hoc")).await;
    assert_eq!(answer.status(), 422);
    let text = answer.text().await.unwrap();
    assert!(text.contains("câu “A7” không có trong các mẫu phiếu") && !text.contains("câu “A6”"), "{text}");
    let answer = desk.post(&page, &chosen("")).await;
    assert!(answer.text().await.unwrap().lines().next().unwrap().contains("A6,A7"), "both levels ask them");
}
