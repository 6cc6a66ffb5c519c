//! Rounds with one-time codes offer nothing that they would refuse.

use langnghe::intake::access::AccessCode;
use langnghe::store::{access_codes, rounds, units};
use langnghe::survey::round::Access;
use reqwest::StatusCode;

use crate::phone::{begin, carried, fill_in, location, open, phone, press, review, send};
use crate::support::{FORM, PRIMARY, ROUND, TestApp, app};

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

#[tokio::test]
async fn the_receipt_says_that_each_slip_is_for_one_form() {
    let (app, codes) = with_codes(1).await;
    let parent = phone();
    let form = begin(&app, &parent, &[("ma", codes[0].as_str())]).await;
    fill_in(&app, &parent, &form, &[("_phan", "2"), ("_di", "luu"), ("A1", "2")]).await;
    let sent = send(&app, &parent, &review(&app, &parent, &form).await, &[]).await;
    let receipt = open(&app, &parent, &location(&sent)).await.text().await.unwrap();
    assert!(!receipt.contains("Trả lời cho con khác") && receipt.contains("phiếu giấy thứ hai"), "{receipt}");
    let gone = open(&app, &parent, &form).await.text().await.unwrap();
    assert!(gone.contains("bien-nhan") && !gone.contains("Trả lời cho con khác"), "{gone}");
}

#[tokio::test]
async fn a_conflict_becomes_a_new_form_only_with_the_code_of_a_second_slip() {
    let (app, codes) = with_codes(2).await;
    let parent = phone();
    let form = begin(&app, &parent, &[("ma", codes[0].as_str())]).await;
    fill_in(&app, &parent, &form, &[("_phan", "2"), ("_di", "luu"), ("A1", "2")]).await;
    let first = review(&app, &parent, &form).await;
    send(&app, &parent, &first, &[]).await;
    let conflict = send(&app, &parent, &first, &[("A2", "5")]).await;
    assert_eq!(conflict.status(), StatusCode::CONFLICT);
    let page = conflict.text().await.unwrap();
    assert!(page.contains("name=\"_ma\" value=\"\"") && page.contains("phiếu giấy thứ hai"), "{page}");
    let taken = send(&app, &parent, &page, &[("_ma", codes[1].as_str())]).await;
    assert!(location(&taken).contains("/bien-nhan/"));
    assert_eq!(app.stored(), 2);
}

#[tokio::test]
async fn another_form_beside_one_under_way_keeps_the_code_that_was_typed() {
    let (app, codes) = with_codes(2).await;
    let parent = phone();
    let form = begin(&app, &parent, &[("ma", codes[0].as_str())]).await;
    fill_in(&app, &parent, &form, &[("_phan", "2"), ("_di", "luu"), ("A1", "2")]).await;
    let path = format!("/k/{}/phieu", app.code(PRIMARY));
    let typed = [("lang", "vi"), ("phieu", FORM), ("ma", codes[1].as_str())];
    let offered = press(&app, &parent, &path, &typed).await.text().await.unwrap();
    let new = offered.split("<form").nth(1).unwrap().split("</form>").next().unwrap();
    let fields = carried(new);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_ne!(location(&press(&app, &parent, &path, &fields).await), form);
}

#[tokio::test]
async fn whoever_types_the_code_again_goes_on_with_the_form_that_was_begun_with_it() {
    let (app, codes) = with_codes(1).await;
    let parent = phone();
    let form = begin(&app, &parent, &[("ma", codes[0].as_str())]).await;
    fill_in(&app, &parent, &form, &[("_phan", "2"), ("_di", "luu"), ("A1", "2")]).await;
    let fields = [("phieu", FORM), ("ma", codes[0].as_str())];
    let again = press(&app, &parent, &format!("/k/{}/phieu", app.code(PRIMARY)), &fields).await;
    assert_eq!(location(&again), form);
}

#[tokio::test]
async fn classes_that_a_school_has_recorded_are_filled_in_where_slips_are_made() {
    let (app, _) = with_codes(1).await;
    let school = app.state.store.read_now(|db| units::by_code(db, PRIMARY)).unwrap().unwrap();
    let level = langnghe::survey::code::Level::TieuHoc;
    let classes = langnghe::survey::unit::Classes::named(["1A", "Lá 1", "2B"]).unwrap();
    let unit = langnghe::survey::unit::Unit {
        enrolment: [(level, 100)].into(),
        classes: [(level, classes)].into(),
        ..school.unit
    };
    let plan = langnghe::survey::unit::ImportPlan::of(vec![unit]);
    app.state.store.write_now(|db| units::import(db, &plan)).unwrap();
    assert_eq!(app.sign_in("canbo", "SO-AN-LANH").await.status(), 303);
    let path = format!("/manage/rounds/{ROUND}/admission");
    let read = async |path: &str| app.get(path).await.text().await.unwrap();
    let page = read(&path).await;
    assert!(page.contains("Điền vào phiếu mã") && !page.contains("1A 34"), "{page}");
    let filled = read(&format!("{path}?classes_of={}", school.id)).await;
    assert!(filled.contains(">1A 34\nLá 1 34\n2B 34</textarea>") && filled.contains("chia đều"), "{filled}");
}
