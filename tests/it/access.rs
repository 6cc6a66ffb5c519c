//! One-time codes: one per household, spent once, and nothing leads from a code to a form.

use std::collections::BTreeSet;

use diesel::prelude::*;
use diesel::sql_types::Text;
use futures_util::future::join_all;
use langnghe::intake::access::AccessCode;
use langnghe::store::access_codes::{self, Sheet};
use langnghe::store::{Db, quotas, rounds, units};
use langnghe::survey::round::Access;
use reqwest::Response;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{OTHER_PRIMARY, PRIMARY, TestApp, app, key};

/// A round with so many codes for the first school.
async fn with_codes(count: usize) -> (TestApp, Vec<AccessCode>) {
    let app = app().await;
    app.change(|db, id| rounds::set_access(db, id, Access::Codes));
    let codes: Vec<AccessCode> = (0..count).map(|_| AccessCode::make(&app.state.secret, app.round.id)).collect();
    let hashes: Vec<[u8; 16]> = codes.iter().map(|code| code.hash(&app.state.secret).bytes()).collect();
    app.change(|db, id| {
        let unit = units::id_by_code(db, PRIMARY)?.unwrap();
        access_codes::insert(db, id, unit, &hashes)
    });
    (app, codes)
}

async fn send(app: &TestApp, unit: &str, key: Uuid, code: &str, answer: &str) -> Response {
    app.post(app.code(unit), json!({"key": key, "access_code": code, "answers": {"A1": answer}})).await
}

fn sheet(app: &TestApp) -> Sheet {
    let sheets = app.state.store.read_now(|db| access_codes::sheets(db, app.round.id)).unwrap();
    sheets.into_values().next().unwrap()
}

#[tokio::test]
async fn fifty_forms_with_one_code_at_once_are_one_form() {
    let (app, codes) = with_codes(2).await;
    let sends = (0..50).map(|_| send(&app, PRIMARY, key(), codes[0].as_str(), "5"));
    let answers = join_all(sends).await;
    let with = |status: u16| answers.iter().filter(|answer| answer.status() == status).count();
    assert_eq!((with(201), with(409)), (1, 49));
    assert_eq!((app.stored(), app.counted()), (1, 1));
    assert_eq!(sheet(&app), Sheet { issued: 2, used: 1 });
}

#[tokio::test]
async fn the_same_form_sent_again_is_a_repeat_and_spends_nothing() {
    let (app, codes) = with_codes(2).await;
    let own = key();
    let code = codes[0].as_str();
    let sends = join_all((0..20).map(|_| send(&app, PRIMARY, own, code, "5"))).await;
    assert_eq!(sends.iter().filter(|answer| answer.status() == 201).count(), 1);
    assert_eq!(sends.iter().filter(|answer| answer.status() == 200).count(), 19);
    assert_eq!(send(&app, PRIMARY, own, code, "1").await.status(), 409);
    assert_eq!(send(&app, PRIMARY, own, codes[1].as_str(), "5").await.status(), 200, "a repeat needs no second code");
    assert_eq!(sheet(&app), Sheet { issued: 2, used: 1 });
}

#[tokio::test]
async fn a_code_that_is_missing_mistyped_or_another_schools_is_told_apart() {
    let (app, codes) = with_codes(1).await;
    let refused = async |answer: Response| (answer.status().as_u16(), answer.json::<Value>().await.unwrap());
    let (status, missing) = refused(app.send(PRIMARY, key(), json!({"A1": "5"})).await).await;
    assert_eq!((status, &missing["violations"][0]["question"]), (422, &json!("access_code")));
    assert_eq!(send(&app, PRIMARY, key(), "AAAA-AAAA-AAAB", "5").await.status(), 422);
    let (status, spent) = refused(send(&app, OTHER_PRIMARY, key(), codes[0].as_str(), "5").await).await;
    assert_eq!((status, &spent["reason"]), (409, &json!("access_code_spent")));
    assert_eq!(sheet(&app).used, 0);
    assert_eq!(send(&app, PRIMARY, key(), &codes[0].groups().join("-").to_lowercase(), "5").await.status(), 201);
}

#[tokio::test]
async fn looking_burns_nothing_and_a_parent_types_the_code_once() {
    let (app, codes) = with_codes(1).await;
    let (code, at) = (codes[0].as_str(), app.code(PRIMARY));
    for _ in 0..3 {
        let start = app.get(&format!("/k/{at}?ma={code}")).await;
        assert_eq!(start.headers()["cache-control"], "no-store");
        assert!(start.text().await.unwrap().contains(&format!("value=\"{code}\"")));
        assert_eq!(app.get(&format!("/k/{at}/phieu?ma={code}")).await.status(), 200);
    }
    assert!(!app.get(&format!("/k/{at}")).await.text().await.unwrap().contains(code), "the plain page is everybody's");
    let form = app.get(&format!("/k/{at}/phieu?ma={code}")).await.text().await.unwrap();
    let mut fields: Vec<(&str, String)> =
        ["_key", "_begun", "_lang", "_phieu", "_ma"].map(|name| (name, crate::support::hidden(&form, name))).into();
    fields.push(("A1", "4".to_owned()));
    assert_eq!(app.finish(PRIMARY, fields.clone(), &[]).await.status(), 303);
    assert_eq!(app.finish(PRIMARY, fields, &[]).await.status(), 303, "a second tap");
    let used = app.get(&format!("/k/{at}/phieu?ma={code}")).await;
    assert_eq!(used.status(), 409);
    assert!(used.text().await.unwrap().contains("Mã này đã dùng"));
}

#[tokio::test]
async fn a_form_whose_code_was_used_meanwhile_keeps_everything_that_was_typed() {
    let (app, codes) = with_codes(2).await;
    let code = codes[0].as_str();
    let form = app.get(&format!("/k/{}/phieu?ma={code}", app.code(PRIMARY))).await.text().await.unwrap();
    let fields: Vec<(&str, String)> =
        ["_key", "_begun", "_lang", "_phieu", "_ma"].map(|name| (name, crate::support::hidden(&form, name))).into();
    send(&app, PRIMARY, key(), code, "1").await;
    let answers = [("A1", "4"), ("G2", "Cổng trường đông")];
    let refused = app.finish(PRIMARY, fields.clone(), &answers).await;
    assert_eq!(refused.status(), 409);
    let page = refused.text().await.unwrap();
    assert!(page.contains("Mã này đã dùng") && page.contains("Cổng trường đông"), "{page}");
    let other = fields.into_iter().map(|(name, value)| match name {
        "_ma" => (name, codes[1].groups().join(" ")),
        _ => (name, value),
    });
    assert_eq!(app.finish(PRIMARY, other.collect(), &answers).await.status(), 303);
    assert_eq!(app.counted(), 2);
}

#[tokio::test]
async fn whoever_guesses_is_slowed_down() {
    let (app, _) = with_codes(1).await;
    let guess = format!("/k/{}/phieu?ma=AAAAAAAAAAAA", app.code(PRIMARY));
    // a busy machine gives the guesser more time, and so some more guesses
    for _ in 0..400 {
        if app.get(&guess).await.status() == 429 {
            return;
        }
    }
    panic!("400 guesses");
}

#[derive(QueryableByName)]
struct Value1 {
    #[diesel(sql_type = Text)]
    value: String,
}

/// Every value of every column of a table, as text; on PostgreSQL also which transaction wrote the row.
fn values(db: &mut Db, table: &str, columns: &[&str]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for column in columns {
        let rows: Vec<Value1> = match db {
            Db::Sqlite(c) => diesel::sql_query(format!("SELECT lower(hex({column})) AS value FROM {table}")).load(c),
            Db::Pg(c) => diesel::sql_query(format!("SELECT {column}::text AS value FROM {table}")).load(c),
        }
        .unwrap();
        found.extend(rows.into_iter().map(|row| row.value));
    }
    found
}

#[tokio::test]
async fn nothing_in_any_column_leads_from_a_code_to_a_form() {
    let (app, codes) = with_codes(20).await;
    for code in &codes[..10] {
        assert_eq!(send(&app, PRIMARY, key(), code.as_str(), "5").await.status(), 201);
    }
    let seen = app.state.store.read_now(|db| {
        let system: &[&str] = if matches!(db, Db::Pg(_)) { &["xmin"] } else { &[] };
        let of_codes = values(db, "access_code", &[&["hash"], system].concat());
        let mut of_forms = values(db, "submission", &[&["id", "answers"], system].concat());
        of_forms.extend(values(db, "receipt", &[&["hash", "fingerprint"], system].concat()));
        of_forms.extend(values(db, "withdrawal", &[&["hash", "submission_id"], system].concat()));
        Ok((of_codes, of_forms))
    });
    let (of_codes, of_forms) = seen.unwrap();
    assert!(of_codes.len() >= 10 && of_forms.len() >= 30);
    assert_eq!(of_codes.intersection(&of_forms).collect::<Vec<_>>(), Vec::<&String>::new());
    for code in &codes[..10] {
        let hash = code.hash(&app.state.secret).bytes();
        let left = app.state.store.read_now(|db| access_codes::unit_of(db, app.round.id, &hash)).unwrap();
        assert_eq!(left, None, "of a spent code nothing is kept");
    }
}

#[tokio::test]
async fn codes_go_when_the_figures_freeze_and_how_many_were_used_stays_known() {
    let (app, codes) = with_codes(3).await;
    send(&app, PRIMARY, key(), codes[0].as_str(), "5").await;
    app.freeze().await;
    assert_eq!(sheet(&app), Sheet { issued: 3, used: 1 });
    let left = app.state.store.read_now(|db| Ok(values(db, "access_code", &["hash"]))).unwrap();
    assert!(left.is_empty());
}

#[tokio::test]
async fn an_officer_makes_codes_prints_them_once_and_sees_only_how_many_were_used() {
    let app = app().await;
    app.sign_in("canbo", "SO-AN-LANH").await;
    app.change(|db, id| rounds::open(db, id, app.state.clock.now() + chrono::TimeDelta::days(1)));
    let csrf = app.csrf().await;
    let page = format!("/manage/rounds/{}/admission", crate::support::ROUND);
    let make = format!("{page}/codes");
    let wanted = [("_csrf", &*csrf), ("unit", ""), ("count", "4"), ("issued", "0"), ("sure", "1")];
    assert_eq!(app.submit(&make, &wanted).await.status(), 422, "the round is open to all");
    assert_eq!(app.submit(&page, &[("_csrf", &*csrf), ("access", "codes")]).await.status(), 303);
    assert_eq!(app.submit(&make, &wanted[..4]).await.status(), 422, "not sure");
    let sheet = app.submit(&make, &wanted).await;
    assert_eq!((sheet.status().as_u16(), sheet.headers()["cache-control"].to_str().unwrap()), (200, "no-store"));
    let sheet = sheet.text().await.unwrap();
    let slips: Vec<String> = sheet
        .split("class=\"slip-code\">")
        .skip(1)
        .map(|slip| slip.split("</p>").next().unwrap().replace("<span>", "").replace("</span>", ""))
        .collect();
    assert_eq!((slips.len(), slips.iter().collect::<BTreeSet<_>>().len()), (8, 8));
    app.change(|db, id| rounds::open(db, id, app.state.clock.now()));
    // the schools stand in order, four slips each
    assert_eq!(send(&app, OTHER_PRIMARY, key(), &slips[0], "5").await.status(), 201);
    let seen = app.get(&page).await.text().await.unwrap();
    assert!(seen.contains("1 / 4") && seen.contains("0 / 4"), "{seen}");
    assert!(slips.iter().all(|slip| !seen.contains(&slip[..4])), "codes are never shown again");
    assert_eq!(app.submit(&page, &[("_csrf", &*csrf), ("access", "open")]).await.status(), 422, "too late");
}

/// `langnghe rounds …`: whether it went well, and what it said on stdout and stderr.
fn rounds_command(app: &TestApp, arguments: &[&str]) -> (bool, String, String) {
    let key_of_app = [("SECRET_KEY", &*"ab".repeat(32))];
    let done = crate::commands::run(&app.database, &[&["rounds"], arguments].concat(), &key_of_app);
    (done.status.success(), String::from_utf8(done.stdout).unwrap(), String::from_utf8(done.stderr).unwrap())
}

#[tokio::test]
async fn a_quota_that_no_form_could_meet_is_refused_with_what_there_is_and_replaces_nothing() {
    let app = app().await;
    app.change(|db, id| rounds::open(db, id, app.state.clock.now() + chrono::TimeDelta::days(1)));
    let set = |strata: &[&str]| {
        let strata = strata.iter().flat_map(|stratum| ["--stratum", stratum]);
        rounds_command(&app, &["quota", crate::support::ROUND].into_iter().chain(strata).collect::<Vec<_>>())
    };
    let known = || app.state.store.read_now(|db| quotas::of_round(db, app.round.id)).unwrap();
    assert!(set(&["hai-long-tieu-hoc:lop_3=9"]).0);
    let before = known();
    let (fine, _, said) = set(&["hai-long-tieu-hoc:lop_4=1", "hai-long-tieu-hoc:lop_99=1"]);
    assert!(!fine && said.contains("\"lop_99\" is no stratum") && said.contains("lop_1, lop_2, lop_3"), "{said}");
    let (fine, _, said) = set(&["hai-long-tieu-hoc:lop_4=1", "hai-long-tieu-hoc:lop_4=2"]);
    assert!(!fine && said.contains("given twice"), "{said}");
    assert_eq!((before.len(), known()), (1, before));
    app.change(|db, id| rounds::open(db, id, app.state.clock.now()));
    let late = rounds_command(&app, &["codes", crate::support::ROUND, "--count", "1"]).2;
    assert!(
        late.contains("no longer") && !late.contains("rounds access"),
        "nothing is advised that is refused: {late}"
    );
}

#[tokio::test]
async fn pages_of_a_round_with_codes_never_say_that_anybody_can_answer() {
    let app = app().await;
    app.change(|db, id| rounds::set_access(db, id, Access::Codes));
    app.change(|db, id| rounds::open(db, id, app.state.clock.now() + chrono::TimeDelta::days(1)));
    app.sign_in("canbo", "SO-AN-LANH").await;
    let round = format!("/manage/rounds/{}", crate::support::ROUND);
    let page = async |name: &str| app.get(&format!("{round}{name}")).await.text().await.unwrap();
    let before = page("").await;
    assert!(before.contains("ai có phiếu mã dùng một lần") && !before.contains("ai quét mã QR cũng"), "{before}");
    for name in ["/links", "/print"] {
        assert!(page(name).await.contains("phiếu giấy ghi mã dùng một lần"), "{name}");
    }
    let csrf = app.csrf().await;
    let opened = app.submit(&format!("{round}/open"), &[("_csrf", &*csrf), ("sure", "1")]).await;
    assert_eq!(opened.status(), 303);
    let after = page("").await;
    assert!(after.contains("Đã mở đợt. Từ bây giờ, ai có phiếu mã") && !after.contains("Ai quét mã cũng"), "{after}");
}

#[tokio::test]
async fn the_page_of_slips_makes_no_more_codes_when_it_is_reloaded_and_none_for_a_school_that_does_not_read() {
    let app = app().await;
    app.change(|db, id| rounds::set_access(db, id, Access::Codes));
    app.sign_in("canbo", "SO-AN-LANH").await;
    let csrf = app.csrf().await;
    let page = format!("/manage/rounds/{}/admission", crate::support::ROUND);
    let make = async |unit: &str, issued: &str| {
        let fields = [("_csrf", &*csrf), ("unit", unit), ("count", "4"), ("issued", issued), ("sure", "1")];
        app.submit(&format!("{page}/codes"), &fields).await
    };
    let made = || app.state.store.read_now(|db| access_codes::issued_alone(db, app.round.id)).unwrap();
    let wrong = make("abc", "0").await;
    assert_eq!((wrong.status().as_u16(), made()), (422, 0));
    assert!(wrong.text().await.unwrap().contains("Trường này không có trong đợt"));
    let twice = join_all([make("", "0"), make("", "0")]).await;
    assert_eq!(twice.iter().filter(|answer| answer.status() == 200).count(), 1);
    let again = make("", "0").await;
    assert_eq!((again.status().as_u16(), made()), (422, 8));
    let again = again.text().await.unwrap();
    assert!(again.contains("Mã đã được tạo từ lúc trang này mở ra: đợt nay có 8 mã"), "{again}");
    assert_eq!(make("", &crate::support::hidden(&again, "issued")).await.status(), 200, "to make more is possible");
}

#[tokio::test]
async fn the_command_line_makes_codes_for_a_school_before_the_round_opens() {
    let app = app().await;
    app.change(|db, id| rounds::open(db, id, app.state.clock.now() + chrono::TimeDelta::days(1)));
    let say = |arguments: &[&str]| rounds_command(&app, arguments);
    let round = crate::support::ROUND;
    let make = ["codes", round, "--count", "3", "--unit", PRIMARY];
    assert!(say(&make).2.contains("rounds access tieu-hoc codes"));
    assert!(say(&["access", round, "codes"]).0);
    assert!(say(&["quota", round, "--each-unit", "2", "--stratum", "hai-long-tieu-hoc:lop_3=1"]).0);
    assert!(!say(&["quota", round, "--stratum", "hai-long-thpt:lop_3=1"]).0);
    let (fine, made, _) = say(&make);
    let codes: Vec<&str> = made.lines().map(|line| line.split('\t').nth(1).unwrap()).collect();
    assert!(fine && codes.len() == 3 && made.contains(&format!("/k/{}?ma=", app.code(PRIMARY))), "{made}");
    app.change(|db, id| rounds::open(db, id, app.state.clock.now()));
    assert!(say(&["access", round, "open"]).2.contains("has opened"));
    for (code, status) in codes.into_iter().zip([201, 201, 410]) {
        assert_eq!(send(&app, PRIMARY, key(), code, "5").await.status(), status);
    }
}
