//! Forms on paper: a bundle is typed, read again, compared with its cover, closed – and each form counts once.

use langnghe::store::{paper_forms, quotas, rounds, submissions};
use langnghe::survey::access::Role;
use langnghe::survey::round::Access;
use langnghe::vietnamese::local;
use reqwest::StatusCode;

use crate::people::Desk;
use crate::support::{PRIMARY, ROUND, TestApp, app};

const SHEET: [(&str, &str); 3] = [("khoi_lop", "1"), ("A1", "5"), ("A2", "9")];

pub struct Typist<'a> {
    app: &'a TestApp,
    pub desk: Desk<'a>,
}

impl<'a> Typist<'a> {
    pub async fn new(app: &'a TestApp, login: &str) -> Self {
        Self { app, desk: Desk::of(app, login, "SO-AN-LANH", &[Role::ChuTri]).await }
    }

    /// A new bundle of the first school; its address.
    pub async fn begin(&self, valid: &str, twice: bool) -> String {
        // the box is opened today, or was on the last day: an hour after closing it may be tomorrow
        let round = self.app.state.store.read_now(|db| rounds::by_id(db, self.app.round.id)).unwrap().unwrap();
        let last = local(round.closes_at).date();
        let day = self.app.state.clock.today().min(last).to_string();
        let code = self.app.code(PRIMARY);
        let mut fields = vec![
            ("round", ROUND),
            ("code", code),
            ("day", &day),
            ("handed_out", "30"),
            ("returned", "4"),
            ("valid", valid),
        ];
        if twice {
            fields.push(("twice", "1"));
        }
        let made = self.desk.post("/manage/paper/new", &fields).await;
        assert_eq!(made.status(), StatusCode::SEE_OTHER, "{}", made.text().await.unwrap());
        made.headers()["location"].to_str().unwrap().to_owned()
    }

    pub async fn types(&self, batch: &str, number: i64, fields: &[(&str, &str)]) -> String {
        let kept = self.desk.post(&format!("{batch}/forms/{number}"), fields).await;
        assert_eq!(kept.status(), StatusCode::SEE_OTHER, "{}", kept.text().await.unwrap());
        kept.headers()["location"].to_str().unwrap().to_owned()
    }

    pub async fn again(&self, batch: &str, number: i64, fields: &[(&str, &str)]) -> String {
        self.types(batch, number, &[&[("again", "1")], fields].concat()).await
    }

    pub async fn close(&self, batch: &str, note: &str) -> StatusCode {
        self.desk.post(&format!("{batch}/close"), &[("sure", "1"), ("note", note)]).await.status()
    }
}

impl TestApp {
    fn modes(&self) -> Vec<(String, i64)> {
        self.state.store.read_now(|db| submissions::by_mode(db, self.round.id)).unwrap()
    }
}

#[tokio::test]
async fn a_bundle_is_typed_twice_and_each_sheet_counts_once_as_paper() {
    let app = app().await;
    let (first, second) = (Typist::new(&app, "nhap-mot").await, Typist::new(&app, "nhap-hai").await);
    let batch = first.begin("2", true).await;
    assert_eq!(first.types(&batch, 1, &SHEET).await, format!("{batch}/forms/2"), "the next sheet comes by itself");
    assert_eq!(first.types(&batch, 2, &[("A1", "4")]).await, batch, "as many as are valid");
    assert_eq!(first.close(&batch, "").await, StatusCode::UNPROCESSABLE_ENTITY, "nobody has read them again");
    second.again(&batch, 1, &SHEET).await;
    assert_eq!(second.again(&batch, 2, &[("A1", "4")]).await, batch);
    assert_eq!((app.stored(), app.counted()), (0, 0), "nothing counts before the bundle is closed");
    for _ in 0..2 {
        assert_eq!(first.close(&batch, "").await, StatusCode::SEE_OTHER);
        assert_eq!(app.modes(), [("paper".to_owned(), 2)]);
        assert_eq!(app.counted(), 2);
    }
    let page = first.desk.page(&batch).await;
    assert!(page.contains("Đã đóng") && !page.contains("name=\"sure\""), "{page}");
}

#[tokio::test]
async fn what_two_people_read_differently_is_decided_field_by_field() {
    let app = app().await;
    let typist = Typist::new(&app, "nhap-mot").await;
    let batch = typist.begin("1", true).await;
    typist.types(&batch, 1, &[("A1", "5"), ("A2", "3"), ("A3", "1")]).await;
    let compare = typist.again(&batch, 1, &[("A1", "4"), ("A2", "3"), ("A3", "2")]).await;
    let page = typist.desk.page(&compare).await;
    assert!(page.contains("chon-A1") && page.contains("chon-A3") && !page.contains("chon-A2"), "{page}");
    let half = typist.desk.post(&compare, &[("chon-A1", "second")]).await;
    assert_eq!(half.status(), StatusCode::UNPROCESSABLE_ENTITY, "one field is open");
    let done = typist.desk.post(&compare, &[("chon-A1", "second"), ("chon-A3", "other"), ("khac-A3", "9")]).await;
    assert_eq!(done.status(), StatusCode::SEE_OTHER);
    typist.close(&batch, "").await;
    let answers = app.answers();
    assert_eq!((&answers[0]["A1"], &answers[0]["A2"], &answers[0]["A3"]), (&"4".into(), &"3".into(), &"9".into()));
}

#[tokio::test]
async fn a_number_beside_no_box_comes_back_with_its_sentence_and_nothing_is_lost() {
    let app = app().await;
    let typist = Typist::new(&app, "nhap-mot").await;
    let batch = typist.begin("1", false).await;
    let wrong = typist.desk.post(&format!("{batch}/forms/1"), &[("A1", "7"), ("A2", "4")]).await;
    assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = wrong.text().await.unwrap();
    assert!(page.contains("id=\"loi-A1\"") && page.contains("value=\"7\"") && page.contains("value=\"4\""), "{page}");
    let empty = typist.desk.post(&format!("{batch}/forms/1"), &[]).await;
    assert_eq!(empty.status(), StatusCode::UNPROCESSABLE_ENTITY, "an empty sheet is not valid");
    typist.types(&batch, 1, &[("A1", "1"), ("A2", "4")]).await;
    typist.types(&batch, 1, &[("A1", "2"), ("A2", "4")]).await;
    typist.close(&batch, "").await;
    assert_eq!((app.stored(), &app.answers()[0]["A1"]), (1, &"2".into()), "put right before it was closed");
}

#[tokio::test]
async fn a_number_between_two_steps_is_told_which_are_possible() {
    let app = app().await;
    let typist = Typist::new(&app, "nhap-mot").await;
    let form = format!("{}/forms/1", typist.begin("1", false).await);
    let which = "số tròn chục từ 0 đến 100: 0, 10, 20, …, 100";
    assert!(typist.desk.page(&form).await.contains(which), "said before it is typed");
    let wrong = typist.desk.post(&form, &[("A1", "5"), ("F1", "85")]).await;
    assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = wrong.text().await.unwrap();
    assert!(page.contains(&format!("Chỉ nhận {which}.")) && page.contains("value=\"85\""), "{page}");
    assert_eq!(typist.desk.post(&form, &[("A1", "5"), ("F1", "80")]).await.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_sheet_is_deleted_only_by_who_says_that_it_is_meant() {
    let app = app().await;
    let typist = Typist::new(&app, "nhap-mot").await;
    let batch = typist.begin("1", false).await;
    typist.types(&batch, 1, &SHEET).await;
    let (form, remove) = (format!("{batch}/forms/1"), format!("{batch}/forms/1/remove"));
    let page = typist.desk.page(&form).await;
    assert!(page.contains("Xóa phiếu này") && page.contains("name=\"sure\" value=\"1\" required"), "{page}");
    let unsure = typist.desk.post(&remove, &[]).await;
    assert_eq!(unsure.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = unsure.text().await.unwrap();
    assert!(page.contains("id=\"loi-batch-remove\"") && page.contains("value=\"9\""), "nothing is lost: {page}");
    assert_eq!(typist.desk.post(&remove, &[("sure", "1")]).await.status(), StatusCode::SEE_OTHER);
    assert!(typist.desk.page(&batch).await.contains("Đã xóa phiếu số 1"));
    assert!(!typist.desk.page(&form).await.contains("Xóa phiếu này"), "there is nothing to delete any more");
}

#[tokio::test]
async fn a_sheet_that_no_bundle_has_is_not_there() {
    let app = app().await;
    let typist = Typist::new(&app, "nhap-mot").await;
    let batch = typist.begin("1", false).await;
    for (number, expected) in [(-1, 404), (0, 404), (1, 200), (4, 200), (5, 404)] {
        let form = format!("{batch}/forms/{number}");
        assert_eq!(typist.desk.get(&form).await.status(), expected, "{number}");
        if expected == 404 {
            assert_eq!(typist.desk.get(&format!("{form}/compare")).await.status(), expected, "{number}");
            assert_eq!(typist.desk.post(&form, &SHEET).await.status(), expected, "{number}");
        }
    }
}

#[tokio::test]
async fn a_bundle_that_is_not_as_its_cover_says_is_closed_only_with_a_reason() {
    let app = app().await;
    let typist = Typist::new(&app, "nhap-mot").await;
    let batch = typist.begin("3", false).await;
    typist.types(&batch, 1, &SHEET).await;
    assert_eq!(typist.close(&batch, "").await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(app.stored(), 0);
    let numbers = [("handed_out", "30"), ("returned", "31"), ("valid", "3")];
    assert_eq!(typist.desk.post(&batch, &numbers).await.status(), StatusCode::UNPROCESSABLE_ENTITY, "31 of 30");
    assert_eq!(typist.close(&batch, "Hai phiếu chép y hệt nhau").await, StatusCode::SEE_OTHER);
    assert_eq!(app.stored(), 1);
    assert!(typist.desk.page(&batch).await.contains("Hai phiếu chép y hệt nhau"));
    let late = typist.desk.post(&format!("{batch}/forms/2"), &SHEET).await;
    assert_eq!((late.status(), app.stored()), (StatusCode::SEE_OTHER, 1), "a closed bundle takes nothing more");
}

#[tokio::test]
async fn nothing_of_what_was_typed_is_kept_once_it_is_sent() {
    let app = app().await;
    let typist = Typist::new(&app, "nhap-mot").await;
    let batch = typist.begin("1", false).await;
    typist.types(&batch, 1, &SHEET).await;
    typist.close(&batch, "").await;
    let id = batch.rsplit('/').next().unwrap().parse().unwrap();
    let forms = app.state.store.read_now(|db| paper_forms::of_batch(db, id)).unwrap();
    assert!(forms[0].sent_at.is_some() && forms[0].first().unwrap().is_none() && forms[0].second().unwrap().is_none());
}

#[tokio::test]
async fn nobody_of_a_school_types_and_bundles_of_another_ward_are_not_there() {
    let app = app().await;
    let batch = Typist::new(&app, "nhap-mot").await.begin("1", false).await;
    for (login, unit, expected) in [
        ("truong", PRIMARY, StatusCode::FORBIDDEN),
        ("phuong-khac", "P-BEN-SEN", StatusCode::NOT_FOUND),
        ("mat-tran", "MT-HOA-BAN", StatusCode::OK),
    ] {
        app.account(login, unit);
        let desk = Desk::new(&app);
        desk.enter(login, crate::support::PASSWORD).await;
        let found = desk.get(&format!("{batch}/forms/1")).await.status();
        assert_eq!(found, expected, "{login}");
    }
}

#[tokio::test]
async fn paper_is_taken_until_the_figures_freeze_and_not_in_rounds_with_codes() {
    let app = app().await;
    let typist = Typist::new(&app, "nhap-mot").await;
    let batch = typist.begin("1", false).await;
    typist.types(&batch, 1, &SHEET).await;
    app.change(|db, id| rounds::close_at(db, id, app.state.clock.now()));
    app.state.clock.advance(3600);
    assert_eq!(typist.close(&batch, "").await, StatusCode::SEE_OTHER);
    assert_eq!(app.state.store.read_now(|db| submissions::late(db, app.round.id)).unwrap(), 1, "late, and counted");
    let second = typist.begin("1", false).await;
    typist.types(&second, 1, &SHEET).await;
    app.freeze().await;
    assert_eq!(typist.close(&second, "").await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(app.stored(), 1);
    let id = second.rsplit('/').next().unwrap().parse().unwrap();
    let left = app.state.store.read_now(|db| paper_forms::of_batch(db, id)).unwrap();
    assert!(left[0].first().unwrap().is_none(), "what was never sent is not kept either");
    assert!(typist.desk.page("/manage/paper/new").await.contains("Không có đợt nào nhận phiếu giấy"));
}

#[tokio::test]
async fn no_round_with_one_time_codes_takes_paper_and_a_full_one_says_how_many_did_not_count() {
    let app = app().await;
    let typist = Typist::new(&app, "nhap-mot").await;
    let batch = typist.begin("2", false).await;
    typist.types(&batch, 1, &SHEET).await;
    typist.types(&batch, 2, &SHEET).await;
    app.change(|db, id| quotas::replace(db, id, Some(1), &[]));
    assert_eq!(typist.close(&batch, "").await, StatusCode::SEE_OTHER);
    assert_eq!((app.stored(), app.counted()), (1, 1));
    assert!(typist.desk.page(&batch).await.contains("1 phiếu không được tính"));
    app.change(|db, id| rounds::set_access(db, id, Access::Codes));
    assert!(typist.desk.page("/manage/paper/new").await.contains("Không có đợt nào nhận phiếu giấy"));
}

#[tokio::test]
async fn the_log_knows_who_began_and_closed_a_bundle() {
    let app = app().await;
    let typist = Typist::new(&app, "nhap-mot").await;
    let batch = typist.begin("1", false).await;
    typist.types(&batch, 1, &SHEET).await;
    typist.close(&batch, "").await;
    let keeper = Desk::of(&app, "quan-tri", "SO-AN-LANH", &[Role::QuanTri]).await;
    let log = keeper.page("/manage/audit").await;
    assert!(log.contains("Lập lô phiếu giấy") && log.contains("Đóng lô phiếu giấy"), "{log}");
}

#[tokio::test]
async fn two_people_with_one_number_do_not_lose_a_sheet() {
    let app = app().await;
    let (first, second) = (Typist::new(&app, "nhap-mot").await, Typist::new(&app, "nhap-hai").await);
    let batch = first.begin("2", false).await;
    first.types(&batch, 1, &[("known", "0"), ("A1", "5")]).await;
    let late = second.desk.post(&format!("{batch}/forms/1"), &[("known", "0"), ("A1", "2")]).await;
    assert_eq!(late.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = late.text().await.unwrap();
    assert!(page.contains("người khác đã nhập xong tờ số 1") && page.contains("name=\"known\" value=\"1\""), "{page}");
    first.types(&batch, 1, &[("known", "0"), ("A1", "5")]).await;
    let kept = app.state.store.read_now(|db| paper_forms::of_batch(db, 1)).unwrap();
    assert_eq!(kept.len(), 1, "a second tap of the same person keeps one sheet");
}
