//! Rounds at the officer's desk: what can be changed when, what is asked first, and what is said when it does not work.

use chrono::TimeDelta;
use langnghe::store::rounds::RoundRow;
use langnghe::store::{collectors, rounds, units};
use langnghe::survey::code::Channel;
use reqwest::{Response, StatusCode};

use crate::support::{OTHER_PRIMARY, PRIMARY, ROUND, TestApp, app};

const NURSERY: &str = "MN-SON-CA";
const NEW: &str = "/manage/rounds/new";

/// An officer of the Sở at the desk, with an open round for two primary schools.
struct Desk {
    app: TestApp,
    csrf: String,
}

async fn desk() -> Desk {
    let app = app().await;
    app.sign_in("canbo", "SO-AN-LANH").await;
    let csrf = app.csrf().await;
    Desk { app, csrf }
}

impl Desk {
    async fn page(&self, path: &str) -> String {
        self.app.get(path).await.text().await.unwrap()
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        let all = [&[("_csrf", self.csrf.as_str())], fields].concat();
        self.app.client.post(self.app.path(path)).form(&all).send().await.unwrap()
    }

    /// Does something with the round of the test.
    async fn to_round(&self, what: &str, fields: &[(&str, &str)]) -> Response {
        self.post(&format!("/manage/rounds/{ROUND}/{what}"), fields).await
    }

    /// Sends a form that must be taken, and returns the page after it.
    async fn done(&self, what: &str, fields: &[(&str, &str)]) -> String {
        let answer = self.to_round(what, fields).await;
        let location = answer.headers().get("location").map(|to| to.to_str().unwrap().to_owned());
        let Some(location) = location else { panic!("{what}: {}", answer.text().await.unwrap()) };
        self.page(&location).await
    }

    /// Sends a form that must be refused, and returns the page that says so.
    async fn refused(&self, path: &str, fields: &[(&str, &str)]) -> String {
        let answer = self.post(path, fields).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{path} {fields:?}");
        answer.text().await.unwrap()
    }

    async fn refused_of_round(&self, what: &str, fields: &[(&str, &str)]) -> String {
        self.refused(&format!("/manage/rounds/{ROUND}/{what}"), fields).await
    }

    fn unit(&self, code: &str) -> i64 {
        self.app.state.store.read_now(|db| units::id_by_code(db, code)).unwrap().unwrap()
    }

    fn eligible(&self, unit: &str) -> Option<i64> {
        let (unit, round) = (self.unit(unit), self.app.round.id);
        let targets = self.app.state.store.read_now(|db| rounds::targets(db, round)).unwrap();
        targets.iter().find(|target| target.unit_id == unit).unwrap().eligible
    }

    fn round(&self) -> RoundRow {
        self.app.state.store.read_now(|db| rounds::by_id(db, self.app.round.id)).unwrap().unwrap()
    }

    /// The closing day and time of a round some days from now, as a form sends them.
    fn in_days(&self, days: i64) -> (String, String) {
        let at = langnghe::vietnamese::local(self.app.state.clock.now()) + TimeDelta::days(days);
        (at.format("%Y-%m-%d").to_string(), at.format("%H:%M").to_string())
    }

    /// Makes the open round a draft again.
    fn unopen(&self) {
        use diesel::RunQueryDsl as _;
        let sql = format!("UPDATE round SET opens_at = NULL WHERE id = {}", self.app.round.id);
        self.app.change(|db, _| Ok(diesel::sql_query(sql).execute(db)?));
    }

    fn freeze(&self) {
        let now = self.app.state.clock.now();
        self.app.change(|db, id| {
            rounds::close_at(db, id, now)?;
            rounds::freeze(db, id, now)
        });
    }
}

#[tokio::test]
async fn pupils_are_taken_as_people_write_them() {
    let desk = desk().await;
    let unit = desk.unit(PRIMARY).to_string();
    for (typed, n) in [("1.200", 1200), ("1 300", 1300), ("1,400", 1400), ("0", 0)] {
        let fields = [("unit", unit.as_str()), ("level", "tieu_hoc"), ("eligible", typed)];
        let page = desk.done("units/correct", &fields).await;
        assert!(page.contains("đã ghi"), "{typed}");
        assert_eq!(desk.eligible(PRIMARY), Some(n));
    }
}

#[tokio::test]
async fn a_number_of_pupils_that_is_none_is_said_beside_its_field_and_the_old_one_stays() {
    let desk = desk().await;
    let (unit, before) = (desk.unit(PRIMARY).to_string(), desk.eligible(PRIMARY));
    for typed in ["abc", "-5", "100.001", "1.5", ""] {
        let fields = [("unit", unit.as_str()), ("level", "tieu_hoc"), ("eligible", typed)];
        let page = desk.refused_of_round("units/correct", &fields).await;
        let field =
            format!("value=\"{typed}\" aria-invalid=\"true\" aria-describedby=\"loi-{unit}-tieu_hoc\" autofocus");
        assert!(page.contains(&field), "{typed}");
        assert!(page.contains("từ 0 đến 100.000, ví dụ 1.200. Số cũ vẫn giữ nguyên."));
        assert_eq!(desk.eligible(PRIMARY), before);
    }
    let unknown = [("unit", unit.as_str()), ("level", "tieu_hoc"), ("eligible", "1.640"), ("unknown", "1")];
    assert!(desk.done("units/correct", &unknown).await.contains("chưa rõ số học sinh"));
    assert_eq!(desk.eligible(PRIMARY), None);
}

#[tokio::test]
async fn the_address_of_a_form_leads_back_to_its_page() {
    let desk = desk().await;
    for (what, page) in [("units/correct", "/units"), ("links/revoke", "/links"), ("open", ""), ("extend", "")] {
        let answer = desk.app.get(&format!("/manage/rounds/{ROUND}/{what}")).await;
        assert_eq!(answer.headers()["location"], format!("/manage/rounds/{ROUND}{page}").as_str(), "{what}");
    }
}

#[tokio::test]
async fn a_frozen_round_does_not_change_and_offers_no_change() {
    let desk = desk().await;
    let (unit, before) = (desk.unit(PRIMARY).to_string(), desk.eligible(PRIMARY));
    desk.freeze();
    let (day, time) = desk.in_days(3);
    let forms: [(&str, &[(&str, &str)]); 7] = [
        ("units/correct", &[("unit", &unit), ("level", "tieu_hoc"), ("eligible", "7")]),
        ("units/remove", &[("unit", &unit), ("sure", "1")]),
        ("units/add", &[("unit", "TH-HUONG-DUONG")]),
        ("links/revoke", &[("id", "1"), ("sure", "1")]),
        ("links/add", &[("unit", &unit), ("channel", "truong")]),
        ("extend", &[("day", &day), ("time", &time)]),
        ("delete", &[("sure", "1")]),
    ];
    for (what, fields) in forms {
        let page = desk.refused_of_round(what, fields).await;
        assert!(page.contains("số liệu của đợt đã chốt nên không thay đổi được nữa"), "{what}");
    }
    assert_eq!(desk.eligible(PRIMARY), before);
    assert!(desk.page(&format!("/manage/rounds/{ROUND}/units")).await.contains("<p>Tiểu học: 1.640</p>"));
    for page in ["", "/units", "/links"] {
        let page = desk.page(&format!("/manage/rounds/{ROUND}{page}")).await;
        assert!(!page.contains(&format!("action=\"/manage/rounds/{ROUND}/")) || page.contains("role=\"search\""));
        assert!(!page.contains("name=\"sure\""));
    }
}

#[tokio::test]
async fn a_school_that_was_taken_out_has_no_poster_and_comes_back_as_it_was() {
    let desk = desk().await;
    let (unit, code) = (desk.unit(PRIMARY).to_string(), desk.app.code(PRIMARY).to_owned());
    let number = [("unit", unit.as_str()), ("level", "tieu_hoc"), ("eligible", "1.200")];
    desk.done("units/correct", &number).await;
    let unsure = desk.refused_of_round("units/remove", &[("unit", &unit)]).await;
    assert!(unsure.contains("xin đánh dấu vào ô xác nhận trước"));
    let page = desk.done("units/remove", &[("unit", &unit), ("sure", "1")]).await;
    assert!(page.contains("Mã của trường ngừng nhận phiếu.") && page.contains("Đưa trường trở lại"));
    let print = desk.page(&format!("/manage/rounds/{ROUND}/print")).await;
    assert!(!print.contains(&code) && print.contains(desk.app.code(OTHER_PRIMARY)));
    let links = desk.page(&format!("/manage/rounds/{ROUND}/links")).await;
    assert!(links.contains(&code) && !links.contains(&format!("/k/{code}")));
    desk.done("units/return", &[("unit", &unit)]).await;
    assert_eq!(desk.eligible(PRIMARY), Some(1200));
    assert_eq!(desk.app.get(&format!("/k/{code}/phieu")).await.status(), 200);
}

#[tokio::test]
async fn a_draft_whose_closing_time_has_passed_gets_another_and_can_be_opened() {
    let desk = desk().await;
    desk.unopen();
    let past = desk.app.state.clock.now() - TimeDelta::hours(1);
    desk.app.change(|db, id| rounds::close_at(db, id, past));
    let page = desk.refused_of_round("open", &[("sure", "1")]).await;
    assert!(page.contains("giờ đóng đã qua"));
    let (day, time) = desk.in_days(5);
    let cover = [("title", "Tên mới"), ("contact", "Phòng B"), ("day", day.as_str()), ("time", time.as_str())];
    let page = desk.done("edit", &cover).await;
    assert!(page.contains("Tên mới") && page.contains("Phòng B") && page.contains("Đã sửa bản nháp."));
    let page = desk.done("open", &[("sure", "1")]).await;
    assert!(page.contains("Đã mở đợt. Ai quét mã cũng trả lời được từ bây giờ."));
}

#[tokio::test]
async fn what_is_wrong_with_an_edited_draft_is_said_beside_the_field() {
    let desk = desk().await;
    desk.unopen();
    let (day, _) = desk.in_days(5);
    let page = desk.refused_of_round("edit", &[("title", ""), ("day", &day), ("time", "25:00")]).await;
    assert!(page.contains("id=\"loi-title\"") && page.contains("id=\"loi-time\"") && !page.contains("id=\"loi-day\""));
    let (day, time) = desk.in_days(-1);
    let page = desk.refused_of_round("edit", &[("title", "A"), ("day", &day), ("time", &time)]).await;
    assert!(page.contains("Ngày, giờ đóng phải sau lúc này."));
    assert_eq!(desk.round().title, "Ý kiến cha mẹ");
}

#[tokio::test]
async fn a_draft_is_deleted_only_when_sure_and_an_open_round_never() {
    let desk = desk().await;
    let open = desk.refused_of_round("delete", &[("sure", "1")]).await;
    assert!(open.contains("đợt này đã sang bước khác"));
    desk.unopen();
    desk.refused_of_round("delete", &[]).await;
    let gone = desk.to_round("delete", &[("sure", "1")]).await;
    assert_eq!(gone.headers()["location"], "/manage");
    assert!(desk.page("/manage").await.contains("Đã xóa bản nháp “Ý kiến cha mẹ”."));
    assert_eq!(desk.app.get(&format!("/manage/rounds/{ROUND}")).await.status(), 404);
    assert_eq!(desk.app.get(&format!("/k/{}", desk.app.code(PRIMARY))).await.status(), 404);
}

#[tokio::test]
async fn a_planned_opening_without_a_time_opens_nothing() {
    let desk = desk().await;
    desk.unopen();
    for fields in [&[][..], &[("day", ""), ("time", "")], &[("day", "2020-01-01"), ("time", "08:00")]] {
        let page = desk.refused_of_round("plan", fields).await;
        assert!(page.contains("id=\"loi-plan\"") && page.contains("Xin chọn ngày, giờ mở sau lúc này"));
        assert_eq!(desk.round().opens_at, None);
    }
    let (day, time) = desk.in_days(2);
    let page = desk.done("plan", &[("day", &day), ("time", &time)]).await;
    assert!(page.contains(&format!("Đã hẹn giờ mở: {time} ngày")));
    assert!(desk.round().opens_at.unwrap() > desk.app.state.clock.now());
}

#[tokio::test]
async fn opening_now_asks_first() {
    let desk = desk().await;
    desk.unopen();
    let page = desk.refused_of_round("open", &[]).await;
    assert!(page.contains("id=\"loi-open\""));
    assert_eq!(desk.round().opens_at, None);
}

#[tokio::test]
async fn a_round_without_a_school_or_a_code_cannot_be_opened() {
    let desk = desk().await;
    desk.unopen();
    let now = desk.app.state.clock.now();
    desk.app.change(|db, id| {
        for row in collectors::of_round(db, id)? {
            collectors::revoke(db, row.id, now)?;
        }
        Ok(())
    });
    let page = desk.refused_of_round("open", &[("sure", "1")]).await;
    assert!(page.contains("mã của mọi trường đã thu hồi"));
    for unit in [desk.unit(PRIMARY), desk.unit(OTHER_PRIMARY)] {
        desk.app.change(|db, id| rounds::remove_unit(db, id, unit, now));
    }
    let page = desk.refused_of_round("open", &[("sure", "1")]).await;
    assert!(page.contains("Đợt chưa có trường nào"));
}

#[tokio::test]
async fn a_round_that_no_chosen_school_could_answer_is_not_made() {
    let desk = desk().await;
    let (day, time) = desk.in_days(7);
    let cover = [("title", "Tiểu học lần 2"), ("contact", "Phòng B"), ("day", day.as_str()), ("time", time.as_str())];
    let form = [("template", "hai-long-tieu-hoc"), ("unit", NURSERY)];
    let page = desk.refused(NEW, &[&cover[..], &form[..]].concat()).await;
    assert!(page.contains("Không trường nào đã chọn có cấp học của mẫu phiếu. Xin chọn thêm trường hoặc đổi mẫu."));
    assert!(page.contains("value=\"Tiểu học lần 2\""));
    let both = [&cover[..], &form[..], &[("unit", PRIMARY)]].concat();
    let made = desk.post(NEW, &both).await;
    assert_eq!(made.headers()["location"], "/manage/rounds/tieu-hoc-lan-2");
    let page = desk.page("/manage/rounds/tieu-hoc-lan-2").await;
    assert!(page.contains(
        "Đã lưu bản nháp. Xin xem các việc còn lại ở mục “Mở đợt” dưới đây. 1 trường đã chọn không có cấp học"
    ));
    let again = desk.page("/manage/rounds/tieu-hoc-lan-2").await;
    assert!(!again.contains("Đã lưu bản nháp"), "a reload does not say it again");
}

#[tokio::test]
async fn no_round_gets_an_address_of_ours() {
    let desk = desk().await;
    let (day, time) = desk.in_days(7);
    let named = |title: &'static str, slug: &'static str| {
        let what =
            [("title", title), ("contact", "Phòng B"), ("slug", slug), ("template", "phieu-gop-y"), ("all", "1")];
        [&what[..], &[("day", day.as_str()), ("time", time.as_str())]].concat()
    };
    let page = desk.refused(NEW, &named("Đợt thử", "new")).await;
    assert!(page.contains("aria-invalid=\"true\" aria-describedby=\"loi-slug goi-y-slug\" autofocus"));
    assert!(page.contains("value=\"new\""));
    desk.post(NEW, &named("New", "")).await;
    let made = desk.app.state.store.read_now(|db| rounds::by_slug(db, "new")).unwrap();
    assert!(made.is_none());
}

#[tokio::test]
async fn one_tick_asks_every_school_and_wrong_fields_carry_their_sentence() {
    let desk = desk().await;
    let page = desk.refused(NEW, &[("title", ""), ("day", ""), ("time", "22:00")]).await;
    for field in ["title", "day", "contact", "template", "unit"] {
        assert!(page.contains(&format!("id=\"loi-{field}\"")), "{field}");
    }
    assert_eq!(page.matches(" autofocus").count(), 1);
    let (day, time) = desk.in_days(7);
    let cover = [("title", "Góp ý chung"), ("contact", "Phòng B"), ("day", day.as_str()), ("time", time.as_str())];
    let made = desk.post(NEW, &[&cover[..], &[("template", "phieu-gop-y"), ("all", "1")]].concat()).await;
    assert_eq!(made.status(), 303);
    let links = desk.page("/manage/rounds/gop-y-chung/links").await;
    assert_eq!(links.matches("/qr.svg").count(), 44);
}

#[tokio::test]
async fn a_school_has_one_good_code_for_each_channel() {
    let desk = desk().await;
    let unit = desk.unit(PRIMARY).to_string();
    let code = desk.app.code(PRIMARY);
    let rows = desk.app.state.store.read_now(|db| collectors::of_round(db, desk.app.round.id)).unwrap();
    let id = rows.iter().find(|row| row.code == code).unwrap().id.to_string();
    assert!(desk.refused_of_round("links/revoke", &[("id", &id)]).await.contains("ô xác nhận"));
    let page = desk.done("links/revoke", &[("id", &id), ("sure", "1")]).await;
    assert!(page.contains(&format!("Đã thu hồi mã {code} của")) && page.contains("Tạo mã mới"));
    let again = [("unit", unit.as_str()), ("channel", "truong")];
    assert!(desk.done("links/add", &again).await.contains("Đã tạo mã mới"));
    let page = desk.refused_of_round("links/add", &again).await;
    assert!(page.contains("Trường đang có mã") && !page.contains(">Tạo mã mới<"));
    let live = desk.app.state.store.read_now(|db| {
        let rows = collectors::of_round(db, desk.app.round.id)?;
        Ok(rows.into_iter().filter(|row| row.revoked_at.is_none() && row.unit_code == PRIMARY).count())
    });
    assert_eq!(live.unwrap(), 2, "one for the school, one for the Front");
}

#[tokio::test]
async fn links_are_found_without_marks_and_say_how_many_forms_came_through_them() {
    let desk = desk().await;
    for _ in 0..3 {
        desk.app.fill_in(PRIMARY, &[("A1", "5"), ("ban_tru", "khong")]).await;
    }
    let page = desk.page(&format!("/manage/rounds/{ROUND}/links?q=hoa+MAI")).await;
    assert!(page.contains(desk.app.code(PRIMARY)) && !page.contains(desk.app.code(OTHER_PRIMARY)));
    assert!(page.contains("data-label=\"Phiếu\">3</td>") && page.contains("data-label=\"Phiếu\">0</td>"));
    assert!(page.contains("trả lời phiếu “Ý kiến cha mẹ” – Trường Tiểu học Hoa Mai.\nhttp"));
    assert!(page.contains("Khoảng 5 phút, không hỏi tên, nhận phiếu đến "));
    assert!(page.contains(&format!("download=\"qr-{}-{PRIMARY}.png\"", desk.app.code(PRIMARY))));
    assert!(desk.page(&format!("/manage/rounds/{ROUND}/links?q=xyz")).await.contains("khớp với “xyz”"));
}

#[tokio::test]
async fn posters_are_chosen_by_channel_and_ward_and_say_for_whom_they_are() {
    let desk = desk().await;
    let print = async |query: &str| desk.page(&format!("/manage/rounds/{ROUND}/print?{query}")).await;
    let front = &desk.app.codes[&(PRIMARY.to_owned(), Channel::MatTran.code().to_owned())];
    let page = print("channel=mat_tran").await;
    assert!(page.contains(&format!("Tờ dành cho: Mặt trận · Mã {front}")));
    assert!(!page.contains(desk.app.code(PRIMARY)));
    assert_eq!(page.matches("class=\"poster\"").count(), 2);
    assert!(print("ward=P-BEN-SEN").await.contains("Không có tờ nào để in"));
    desk.freeze();
    assert!(print("").await.contains("Số liệu đã chốt: các mã không nhận phiếu nữa."));
}

#[tokio::test]
async fn the_poster_of_a_consultation_says_what_it_is_about() {
    let desk = desk().await;
    let (day, time) = desk.in_days(7);
    let cover = [("title", "Giờ học"), ("contact", "Phòng B"), ("day", day.as_str()), ("time", time.as_str())];
    desk.post(NEW, &[&cover[..], &[("template", "lay-y-kien-gio-hoc"), ("unit", PRIMARY)]].concat()).await;
    let page = desk.page("/manage/rounds/gio-hoc/print").await;
    assert!(page.contains("<h2>Lấy ý kiến về giờ vào học buổi sáng</h2>"));
    assert!(page.contains("vào học lúc 7 giờ 15") && page.contains("Khoảng 2 phút") && !page.contains("đang làm tốt"));
    let survey = desk.page(&format!("/manage/rounds/{ROUND}/print")).await;
    assert!(survey.contains("<h2>Mời cho ý kiến về Trường Tiểu học Hoa Mai</h2>"));
}

#[tokio::test]
async fn only_schools_that_fit_are_offered_and_others_hear_why() {
    let desk = desk().await;
    let page = desk.page(&format!("/manage/rounds/{ROUND}/units")).await;
    assert!(page.contains("<optgroup label=\"Phường Bến Sen\">"));
    assert!(!page.contains(NURSERY) && !page.contains(&format!("value=\"{PRIMARY}\"")));
    let page = desk.refused_of_round("units/add", &[("unit", NURSERY)]).await;
    assert!(page.contains("Trường Mầm non Sơn Ca không có cấp học nào của mẫu phiếu trong đợt"));
    assert!(desk.refused_of_round("units/add", &[("unit", PRIMARY)]).await.contains("đã có trong đợt"));
    let added = page.split("<option value=\"TH").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert!(desk.done("units/add", &[("unit", &format!("TH{added}"))]).await.contains("Đã thêm"));
}

#[tokio::test]
async fn a_round_shows_its_questionnaires_and_numbers_in_the_readers_language() {
    let desk = desk().await;
    let page = desk.page(&format!("/manage/rounds/{ROUND}?lang=en")).await;
    assert!(page.contains("primary school (version 1)") && page.contains("Phòng Khảo thí"));
    assert!(page.contains("0 / 1,640") && page.contains(">No forms yet<"));
    let (day, time) = desk.in_days(7);
    let cover = [("title", "Góp ý"), ("contact", "Phòng B"), ("day", day.as_str()), ("time", time.as_str())];
    desk.post(NEW, &[&cover[..], &[("template", "phieu-gop-y"), ("unit", PRIMARY)]].concat()).await;
    desk.post("/manage/rounds/gop-y/open", &[("sure", "1")]).await;
    let page = desk.page("/manage/rounds/gop-y?lang=vi").await;
    assert!(!page.contains("0 / –") && !page.contains("<meter") && !page.contains("Đã trả lời"));
}

#[tokio::test]
async fn a_closed_round_reminds_nobody() {
    let desk = desk().await;
    desk.app.fill_in(PRIMARY, &[("A1", "5"), ("ban_tru", "khong")]).await;
    let page = desk.done("close", &[("sure", "1"), ("reason", "Mưa bão")]).await;
    assert!(page.contains(">Có phiếu<") && page.contains(">Không có phiếu<"));
    assert!(!page.contains("Cần đôn đốc") && !page.contains("Chưa có phiếu"));
}
