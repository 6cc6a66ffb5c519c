//! What there is to see to before a round opens: schools by rule, the letter to parents, settings in plain words.

use langnghe::store::{rounds, unit_choices, units};
use langnghe::survey::access::Role;

use crate::people::Desk;
use crate::support::{FORM, OTHER_PRIMARY, PRIMARY, TestApp, app, app_for};

const TOP: &str = "SO-AN-LANH";
const PAGE: &str = "/manage/rounds/tieu-hoc";
const PUPILS: &str = "hai-long-hoc-sinh-thpt";

async fn planner(app: &TestApp) -> Desk<'_> {
    Desk::of(app, "chutri", TOP, &[Role::ChuTri]).await
}

fn asked(app: &TestApp) -> Vec<String> {
    let read = |db: &mut langnghe::store::Db| {
        let targets = rounds::targets(db, app.round.id)?;
        let is_asked = |id: i64| targets.iter().any(|target| target.unit_id == id);
        let named = rounds::units(db, app.round.id)?.into_iter().filter(|unit| is_asked(unit.id));
        Ok(named.map(|unit| unit.code).collect())
    };
    app.state.store.read_now(read).unwrap()
}

/// A school with this level.
fn school_with(app: &TestApp, level: langnghe::survey::code::Level) -> String {
    let all = app.state.store.read_now(units::all).unwrap();
    let found = all.into_iter().find(|stored| stored.unit.enrolment.contains_key(&level)).unwrap();
    found.unit.code.to_string()
}

#[tokio::test]
async fn a_rule_says_what_it_gives_before_it_is_taken_and_is_kept_as_it_was_chosen() {
    let app = app().await;
    app.change(rounds::unplan);
    let desk = planner(&app).await;
    let address = format!("{PAGE}/units/choice");
    let rule = [("by", "rule"), ("level", "tieu_hoc"), ("ward", "P-BEN-SEN"), ("forget", "1")];
    let tried = desk.post(&address, &rule).await.text().await.unwrap();
    assert!(tried.contains("Quy tắc này sẽ cho") && tried.contains("Bớt khỏi đợt"), "{tried}");
    assert_eq!(asked(&app), [OTHER_PRIMARY, PRIMARY], "only looked at");
    let taken = desk.post(&address, &[&rule[..], &[("wish", "take")]].concat()).await;
    assert_eq!(taken.status(), 303);
    let now = asked(&app);
    assert!(!now.is_empty() && !now.contains(&OTHER_PRIMARY.to_owned()), "{now:?}");
    let choice = app.state.store.read_now(|db| unit_choices::of_round(db, app.round.id)).unwrap().unwrap();
    assert!(choice.by_rule && choice.wards.len() == 1);
    let page = desk.page(&address).await;
    assert!(page.contains("value=\"tieu_hoc\" checked") && page.contains("Đúng như danh sách của đợt"), "{page}");
}

#[tokio::test]
async fn a_school_that_was_taken_out_by_hand_stays_out_of_the_rule() {
    let app = app().await;
    app.change(rounds::unplan);
    let desk = planner(&app).await;
    let address = format!("{PAGE}/units/choice");
    desk.post(&address, &[("by", "rule"), ("level", "tieu_hoc"), ("wish", "take")]).await;
    let all = asked(&app).len();
    let id = app.state.store.read_now(|db| units::id_by_code(db, PRIMARY)).unwrap().unwrap().to_string();
    desk.post(&format!("{PAGE}/units/remove"), &[("unit", &id), ("sure", "1")]).await;
    let page = desk.page(&address).await;
    assert!(page.contains("Luôn bớt") && page.contains("Đúng như danh sách của đợt"), "{page}");
    desk.post(&address, &[("by", "rule"), ("level", "tieu_hoc"), ("wish", "take"), ("forget", "1")]).await;
    assert_eq!(asked(&app).len(), all);
    assert_eq!(desk.post(&address, &[("by", "hand"), ("wish", "take")]).await.status(), 303);
    assert_eq!(asked(&app).len(), all, "the list as it is, chosen by hand from now on");
    assert_eq!(desk.post(&address, &[("by", "hand"), ("wish", "take"), ("forget", "1")]).await.status(), 422);
    app.change(|db, id| rounds::open(db, id, app.state.clock.now()));
    assert_eq!(desk.post(&address, &[("by", "rule"), ("wish", "take")]).await.status(), 422, "it has begun");
}

#[tokio::test]
async fn pupils_are_not_asked_before_their_parents_are_told() {
    let probe = app().await;
    let upper = school_with(&probe, langnghe::survey::code::Level::Thpt);
    let app = app_for(&[PUPILS], &[&upper]).await;
    app.change(rounds::unplan);
    let desk = planner(&app).await;
    let page = desk.page(PAGE).await;
    assert!(page.contains("phần lớn chưa đủ 16 tuổi") && page.contains("/notice\">Sửa"), "{page}");
    assert_eq!(desk.post(&format!("{PAGE}/open"), &[("sure", "1")]).await.status(), 422);
    let proposal = desk.page(&format!("{PAGE}/notice")).await;
    assert!(proposal.contains("Kính gửi cha mẹ học sinh,") && proposal.contains("Phòng Khảo thí"), "{proposal}");
    assert_eq!(desk.post(&format!("{PAGE}/notice"), &[("text", "Kính gửi")]).await.status(), 422);
    let text = "Kính gửi cha mẹ. <b>Sở</b> hỏi học sinh về trường; không ghi tên, không bắt buộc, không ảnh hưởng gì.";
    assert_eq!(desk.post(&format!("{PAGE}/notice"), &[("text", text)]).await.status(), 303);
    assert_eq!(desk.post(&format!("{PAGE}/open"), &[("sure", "1")]).await.status(), 303);
    let start = app.get(&format!("/k/{}", app.code(&upper))).await.text().await.unwrap();
    assert!(start.contains("/thu-cha-me"), "{start}");
    let letter = app.get(&format!("/k/{}/thu-cha-me", app.code(&upper))).await.text().await.unwrap();
    assert!(letter.contains("không bắt buộc") && letter.contains("&#60;b&#62;Sở"), "{letter}");
    assert_eq!(desk.post(&format!("{PAGE}/notice"), &[("text", text)]).await.status(), 422, "it has begun");
    assert_eq!(probe.get(&format!("/k/{}/thu-cha-me", probe.code(PRIMARY))).await.status(), 404);
}

#[tokio::test]
async fn what_is_missing_before_opening_is_listed_with_the_way_to_mend_it() {
    let app = app().await;
    app.change(|db, id| {
        rounds::unplan(db, id)?;
        let targets = rounds::targets(db, id)?;
        targets.iter().try_for_each(|target| rounds::remove_unit(db, id, target.unit_id, app.state.clock.now()))
    });
    let desk = planner(&app).await;
    let page = desk.page(PAGE).await;
    assert!(page.contains("<li class=\"missing\">") && page.contains(&format!("{PAGE}/units\">Sửa")), "{page}");
    assert!(page.contains("<li class=\"done\">") && page.contains("Có nơi liên hệ"), "{page}");
    assert!(!page.contains(&format!("{PAGE}/open\"")), "nothing can be opened: {page}");
}

#[tokio::test]
async fn settings_stand_on_one_page_and_the_smallest_group_can_only_be_larger() {
    let app = app().await;
    app.change(rounds::unplan);
    let desk = planner(&app).await;
    let address = format!("{PAGE}/settings");
    let page = desk.page(&address).await;
    for said in ["Luôn ẩn danh", "Ai có mã QR", "nhóm dưới 10 phiếu", "Không niêm phong", "24 tháng", "Mặt trận"]
    {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert_eq!(desk.post(&address, &[("minimum", "9")]).await.status(), 422);
    assert_eq!(desk.post(&address, &[("minimum", "25")]).await.status(), 303);
    assert!(desk.page(&address).await.contains("nhóm dưới 25 phiếu"));
    app.change(|db, id| rounds::open(db, id, app.state.clock.now()));
    assert_eq!(desk.post(&address, &[("minimum", "30")]).await.status(), 422, "people were told");
}

#[tokio::test]
async fn a_new_round_keeps_how_its_schools_were_chosen() {
    let app = app().await;
    let desk = planner(&app).await;
    let round = [("title", "Theo phường"), ("slug", "theo-phuong"), ("template", FORM), ("contact", "Phòng Khảo thí")];
    let more = [("day", "2099-05-31"), ("time", "22:00"), ("whole", "P-HOA-BAN"), ("unit", PRIMARY), ("sealed", "1")];
    assert_eq!(desk.post("/manage/rounds/new", &[&round[..], &more].concat()).await.status(), 303);
    let made = app.state.store.read_now(|db| rounds::by_slug(db, "theo-phuong")).unwrap().unwrap();
    assert!(made.is_sealed());
    let choice = app.state.store.read_now(|db| unit_choices::of_round(db, made.id)).unwrap().unwrap();
    let codes = |all: &std::collections::BTreeSet<langnghe::survey::unit::UnitCode>| {
        all.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!((choice.by_rule, codes(&choice.wards)), (true, vec!["P-HOA-BAN".to_owned()]));
    assert_eq!(codes(&choice.also), [PRIMARY]);
}
