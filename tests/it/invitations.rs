//! Invitations by mail: one link each, reminders to those who are silent, and nothing that says who answered what.

use diesel::prelude::*;
use diesel::sql_types::Text;
use langnghe::invitation;
use langnghe::mail::Letter;
use langnghe::store::outbox::{self, Counts, Failure};
use langnghe::store::{Db, access_codes, invitations, rounds, units};
use langnghe::survey::access::Role;
use langnghe::survey::round::Access;
use reqwest::multipart::{Form, Part};
use reqwest::{Response, StatusCode};
use rust_xlsxwriter::Workbook;
use serde_json::json;

use crate::people::Desk;
use crate::staff_mail::{letters, link_in};
use crate::support::{OTHER_PRIMARY, PRIMARY, TestApp, app, key, make_round};

const TOP: &str = "SO-AN-LANH";
const PAGE: &str = "/manage/rounds/tieu-hoc/invitations";
const LIST: &str = "Email;Họ và tên;Mã trường\nhoa@example.vn;Lê Thị Hoa;TH-HOA-MAI\nlan@example.vn;;TH-HOA-BAN\n";

/// A round with one-time codes.
async fn round() -> TestApp {
    let app = app().await;
    app.change(|db, id| rounds::set_access(db, id, Access::Codes));
    app
}

async fn planner(app: &TestApp) -> Desk<'_> {
    Desk::of(app, "chu.tri", TOP, &[Role::ChuTri]).await
}

async fn add(desk: &Desk<'_>, list: &str) -> Response {
    desk.upload(&format!("{PAGE}/list"), Form::new().text("pasted", list.to_owned()).text("do", "add")).await
}

async fn plan(desk: &Desk<'_>, kind: &str, text: &str) -> Response {
    let page = format!("{PAGE}/write");
    let fields = [("kind", kind), ("subject", "Mời góp ý về {truong}"), ("text", text), ("do", "plan")];
    desk.post(&page, &[&fields[..], &[("day", "2026-01-05"), ("time", "08:00")]].concat()).await
}

/// What the server does by itself from time to time.
async fn look(app: &TestApp) {
    let state = app.state.clone();
    tokio::task::spawn_blocking(move || invitation::due(&state)).await.unwrap().unwrap();
}

/// A round whose two parents have been invited.
async fn invited(app: &TestApp) -> Vec<Letter> {
    let desk = planner(app).await;
    assert_eq!(add(&desk, LIST).await.status(), 303);
    assert_eq!(plan(&desk, "invitation", "Kính gửi {ten},\n\n{duong_dan}").await.status(), 303);
    look(app).await;
    let mut letters = letters(app, 2).await;
    letters.sort_by(|a, b| a.to.cmp(&b.to));
    letters
}

/// Answers with the link of this letter, as a program would.
async fn answer(app: &TestApp, letter: &Letter, answer: &str) -> StatusCode {
    let (poster, code) = link_in(app, letter).strip_prefix("/k/").unwrap().split_once("?ma=").unwrap();
    let form = json!({"key": key(), "access_code": code, "answers": {"A1": answer}});
    app.post(poster, form).await.status()
}

#[tokio::test]
async fn everybody_on_the_list_gets_one_link_and_only_the_silent_are_reminded() {
    let app = round().await;
    let letters = invited(&app).await;
    assert!(letters[0].subject.contains("Hoa Mai") && letters[0].text.starts_with("Kính gửi Lê Thị Hoa,"));
    assert!(letters[1].text.starts_with("Kính gửi ông/bà,") && letters[1].text.contains("không biết ai trả lời gì"));
    look(&app).await;
    assert_eq!(app.get(link_in(&app, &letters[0])).await.status(), 200);
    assert_eq!(answer(&app, &letters[0], "5").await, 201);
    assert_eq!(answer(&app, &letters[0], "1").await, 409);
    let desk = Desk::of(&app, "chu.tri.2", TOP, &[Role::ChuTri]).await;
    assert_eq!(plan(&desk, "reminder", "{duong_dan}").await.status(), 303);
    look(&app).await;
    let all = crate::staff_mail::letters(&app, 3).await;
    assert_eq!(all[2].to.as_str(), "lan@example.vn");
    assert_eq!(link_in(&app, &all[2]), link_in(&app, &letters[1]), "the link that was sent stays the link");
    let page = desk.page(PAGE).await;
    assert!(!page.contains("hoa@example.vn"), "no page tells who has answered");
}

#[tokio::test]
async fn answering_changes_no_row_that_leads_to_an_address() {
    let app = round().await;
    let letters = invited(&app).await;
    let rows = || app.state.store.read_now(|db| invitations::all(db, app.round.id)).unwrap();
    let before = rows();
    assert_eq!(answer(&app, &letters[1], "4").await, 201);
    assert_eq!(rows(), before);
    assert!(!everything(&app).contains("example.vn"), "addresses stand sealed");
}

/// All texts of the tables that have to do with mail.
fn everything(app: &TestApp) -> String {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        text: String,
    }
    let tables = ["invitee", "outbox", "mailing", "audit", "invitee_mail"];
    let mut found = String::new();
    for table in tables {
        let rows: Vec<Row> = app
            .state
            .store
            .read_now(|db| {
                let whole = match db {
                    Db::Pg(_) => format!("SELECT CAST(t.* AS TEXT) AS text FROM {table} t"),
                    Db::Sqlite(_) => {
                        let columns = match table {
                            "invitee" => "hex(sealed) || hex(mark)",
                            "outbox" => "coalesce(reply, '') || hex(coalesce(sealed, ''))",
                            "mailing" => "subject || text || notice",
                            "audit" => "subject || detail",
                            _ => "mail_id",
                        };
                        format!("SELECT CAST({columns} AS TEXT) AS text FROM {table}")
                    }
                };
                Ok(diesel::sql_query(whole).load(db)?)
            })
            .unwrap();
        found.extend(rows.into_iter().map(|row| row.text));
    }
    found
}

#[tokio::test]
async fn whoever_wants_no_more_mail_presses_once_and_looking_changes_nothing() {
    let app = round().await;
    let letters = invited(&app).await;
    let way_out = letters[1].unsubscribe.as_ref().unwrap().url.strip_prefix(&*app.state.public_url).unwrap();
    let program = Desk::new(&app);
    for _ in 0..2 {
        assert_eq!(program.get(way_out).await.status(), 200);
    }
    assert_eq!(program.send(way_out, &[("List-Unsubscribe", "One-Click")]).await.status(), 200);
    assert_eq!(program.get("/thu/AAAAAAAAAAAAAAAA").await.status(), 404);
    let desk = Desk::of(&app, "chu.tri.2", TOP, &[Role::ChuTri]).await;
    plan(&desk, "reminder", "{duong_dan}").await;
    look(&app).await;
    let all = crate::staff_mail::letters(&app, 3).await;
    assert_eq!(all[2].to.as_str(), "hoa@example.vn");
    assert_eq!(app.get(link_in(&app, &letters[1])).await.status(), 200, "the link still works");
    // and not in the next round of that office either
    let next = make_round(&app.state, "dot-sau", &[crate::support::FORM], &[OTHER_PRIMARY]);
    app.state.store.write_now(|db| rounds::set_access(db, next.id, Access::Codes)).unwrap();
    let form = Form::new().text("pasted", "lan@example.vn").text("do", "add");
    desk.upload("/manage/rounds/dot-sau/invitations/list", form).await;
    assert!(app.state.store.read_now(|db| invitations::all(db, next.id)).unwrap().is_empty());
}

#[tokio::test]
async fn an_address_that_the_server_refused_or_that_came_back_gets_no_reminder() {
    let app = round().await;
    invited(&app).await;
    let people = app.state.store.read_now(|db| invitations::all(db, app.round.id)).unwrap();
    app.state
        .store
        .write_now(|db| {
            let mails = invitations::mails_of(db, &people[0].mark)?;
            outbox::failed(db, mails[0], Failure::Refused, Some("550 5.1.1"), app.state.clock.now())
        })
        .unwrap();
    let desk = Desk::of(&app, "chu.tri.2", TOP, &[Role::ChuTri]).await;
    let bounce = "Final-Recipient: rfc822; lan@example.vn\nAction: failed";
    let marked = desk.post(&format!("{PAGE}/addresses"), &[("addresses", bounce), ("do", "bounced")]).await;
    assert_eq!(marked.status(), 303);
    plan(&desk, "reminder", "{duong_dan}").await;
    look(&app).await;
    crate::staff_mail::letters(&app, 2).await;
    let page = desk.page(PAGE).await;
    assert!(page.contains("hoa@example.vn") && page.contains("lan@example.vn") && page.contains("Thư không đến được"));
}

#[tokio::test]
async fn a_list_with_one_wrong_row_adds_nobody_and_says_where() {
    let app = round().await;
    let desk = planner(&app).await;
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in [
        ["DANH SÁCH", "", ""],
        ["STT", "Thư điện tử", "Mã trường"],
        ["1", "hoa@example.vn", PRIMARY],
        ["2", "khong phai", PRIMARY],
    ]
    .iter()
    .enumerate()
    {
        for (column, cell) in cells.iter().enumerate() {
            sheet.write_string(u32::try_from(row).unwrap(), u16::try_from(column).unwrap(), *cell).unwrap();
        }
    }
    let file = Part::bytes(book.save_to_buffer().unwrap()).file_name("ds.xlsx");
    let answer = desk.upload(&format!("{PAGE}/list"), Form::new().part("file", file).text("do", "add")).await;
    assert_eq!(answer.status(), 422);
    let page = answer.text().await.unwrap();
    assert!(page.contains("khong phai") && page.contains("Dòng 4"), "{page}");
    assert!(app.state.store.read_now(|db| invitations::all(db, app.round.id)).unwrap().is_empty());
    let old = add(&desk, "Email;Tên;Trường\nhoa@example.vn;TrÇn ThÞ Hoa;TH-HOA-MAI\n").await.text().await.unwrap();
    assert!(old.contains("Trần Thị Hoa") && old.contains("TCVN3"), "{old}");
}

#[tokio::test]
async fn a_letter_without_its_link_or_for_a_closed_round_is_not_planned() {
    let app = round().await;
    let desk = planner(&app).await;
    for text in ["Kính gửi {ten}", "{duong_dan} {dia_chi}", ""] {
        assert_eq!(plan(&desk, "invitation", text).await.status(), 422, "{text}");
    }
    assert_eq!(plan(&desk, "invitation", "{duong_dan}").await.status(), 303);
    assert_eq!(plan(&desk, "invitation", "{duong_dan}").await.status(), 422, "it is planned already");
    let fields = [("kind", "reminder"), ("subject", "x"), ("text", "{duong_dan}"), ("do", "plan")];
    let late =
        desk.post(&format!("{PAGE}/write"), &[&fields[..], &[("day", "2199-01-05"), ("time", "08:00")]].concat()).await;
    assert_eq!(late.status(), 422);
}

#[tokio::test]
async fn a_stopped_letter_sends_no_more_and_a_removed_address_loses_its_link() {
    let app = round().await;
    let desk = planner(&app).await;
    add(&desk, LIST).await;
    let removed = desk.post(&format!("{PAGE}/addresses"), &[("addresses", "hoa@example.vn"), ("do", "remove")]).await;
    assert_eq!(removed.status(), 303);
    let sheets = app.state.store.read_now(|db| access_codes::sheets(db, app.round.id)).unwrap();
    let of = |code| app.state.store.read_now(|db| units::id_by_code(db, code)).unwrap().unwrap();
    assert_eq!((sheets[&of(PRIMARY)].issued, sheets[&of(PRIMARY)].used), (0, 0));
    plan(&desk, "invitation", "{duong_dan}").await;
    let mailing = app.state.store.read_now(|db| invitations::mailings(db, app.round.id)).unwrap().remove(0).id;
    desk.post(&format!("{PAGE}/stop"), &[("letter", &mailing.to_string())]).await;
    look(&app).await;
    assert_eq!(app.state.store.read_now(|db| outbox::counts(db, app.round.id)).unwrap(), Counts::default());
}

#[tokio::test]
async fn schools_offices_elsewhere_and_whoever_only_looks_see_no_list() {
    let app = round().await;
    invited(&app).await;
    for (login, unit, role, status) in [
        ("hieu.truong", PRIMARY, Role::DauMoi, 403),
        ("phan.tich", TOP, Role::PhanTich, 403),
        ("phuong.khac", "P-HOA-BAN", Role::ChuTri, 404),
    ] {
        let desk = Desk::of(&app, login, unit, &[role]).await;
        assert_eq!(desk.get(PAGE).await.status(), status, "{login}");
        assert_eq!(add(&desk, LIST).await.status(), status, "{login}");
    }
}

#[tokio::test]
async fn when_the_round_takes_no_more_forms_its_addresses_are_gone() {
    let app = round().await;
    invited(&app).await;
    app.change(|db, id| rounds::close_at(db, id, app.state.clock.now()));
    app.state.clock.advance(24 * 3600 - 60);
    look(&app).await;
    let left = || app.state.store.read_now(|db| invitations::all(db, app.round.id)).unwrap().len();
    assert_eq!(left(), 2);
    app.state.clock.advance(120);
    look(&app).await;
    assert_eq!(left(), 0);
    assert_eq!(app.state.store.read_now(|db| outbox::counts(db, app.round.id)).unwrap().sent, 2);
}
