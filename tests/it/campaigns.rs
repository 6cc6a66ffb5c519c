//! Campaigns: a plan with its rounds, the same again next year, and who is asked too often.

use langnghe::store::{campaigns, collectors, questionnaires, retention, rounds, units};
use langnghe::survey::access::Role;
use langnghe::survey::unit::parse_csv;

use crate::people::Desk;
use crate::support::{FORM, PRIMARY, ROUND, TestApp, app, make_round};

const TOP: &str = "SO-AN-LANH";
const WARD: &str = "P-HOA-BAN";

const PLAN: [(&str, &str); 8] = [
    ("title", "Lấy ý kiến cha mẹ năm học 2025–2026"),
    ("number", "120/KH-UBND"),
    ("date", "2026-09-01"),
    ("basis", "Luật Thực hiện dân chủ ở cơ sở"),
    ("partners", "Mặt trận Tổ quốc"),
    ("purpose", "Cải thiện bữa ăn bán trú"),
    ("kept", "12"),
    ("contact", "Phòng Khảo thí"),
];

async fn planner(app: &TestApp) -> Desk<'_> {
    Desk::of(app, "chutri", TOP, &[Role::ChuTri]).await
}

/// A campaign; its address.
async fn campaign(desk: &Desk<'_>) -> String {
    let made = desk.post("/manage/campaigns/new", &[&PLAN[..], &[("questionnaire", FORM)]].concat()).await;
    assert_eq!(made.status(), 303, "{}", made.text().await.unwrap());
    made.headers()["location"].to_str().unwrap().to_owned()
}

/// The school ended yesterday.
fn end(app: &TestApp, code: &str) {
    let yesterday = (app.state.clock.today() - chrono::TimeDelta::days(1)).to_string();
    app.change(|db, _| {
        let existing: Vec<_> = units::all(db)?.into_iter().map(|stored| stored.unit).collect();
        let name = existing.iter().find(|unit| unit.code.as_str() == code).unwrap().name.clone();
        let file = format!("code,name,valid_to\n{code},{name},{yesterday}\n");
        units::import(db, &parse_csv(file.as_bytes(), &existing).unwrap())
    });
}

fn unopen(app: &TestApp) {
    app.change(rounds::unplan);
}

#[tokio::test]
async fn a_plan_stands_on_the_first_page_of_the_form_and_says_how_long_forms_are_kept() {
    let app = app().await;
    unopen(&app);
    let desk = planner(&app).await;
    let address = campaign(&desk).await;
    assert_eq!(desk.post(&format!("{address}/rounds"), &[("round", ROUND)]).await.status(), 303);
    app.change(|db, id| rounds::open(db, id, app.state.clock.now()));
    let start = app.get(&format!("/k/{}", app.code(PRIMARY))).await.text().await.unwrap();
    for said in ["120/KH-UBND", "Cải thiện bữa ăn bán trú", "Luật Thực hiện dân chủ", "Mặt trận Tổ quốc"]
    {
        assert!(start.contains(said), "{said}: {start}");
    }
    let closes = app.round.closes_at.checked_add_months(chrono::Months::new(12)).unwrap();
    let day = langnghe::vietnamese::date(langnghe::vietnamese::local(closes).date());
    assert!(start.contains(&day), "{day}: {start}");
    let page = desk.page(&format!("/manage/rounds/{ROUND}")).await;
    assert!(page.contains(&format!("<a href=\"{address}\">")), "{page}");
    // who answers was told so
    assert_eq!(desk.post(&format!("{address}/rounds"), &[("round", ROUND), ("out", "1")]).await.status(), 422);
}

#[tokio::test]
async fn a_plan_that_is_called_a_plan_is_called_so_once() {
    let app = app().await;
    unopen(&app);
    let desk = planner(&app).await;
    let named = PLAN.map(|(name, value)| (name, if name == "title" { "Kế hoạch lấy ý kiến cha mẹ" } else { value }));
    let made = desk.post("/manage/campaigns/new", &named).await;
    let address = made.headers()["location"].to_str().unwrap().to_owned();
    desk.post(&format!("{address}/rounds"), &[("round", ROUND)]).await;
    app.change(|db, id| rounds::open(db, id, app.state.clock.now()));
    let start = app.get(&format!("/k/{}", app.code(PRIMARY))).await.text().await.unwrap();
    assert!(start.contains("<dt>Theo kế hoạch</dt>") && start.contains(">lấy ý kiến cha mẹ (số"), "{start}");
}

#[tokio::test]
async fn what_people_were_told_of_a_plan_stays_once_a_round_has_begun() {
    let app = app().await;
    unopen(&app);
    let desk = planner(&app).await;
    let address = campaign(&desk).await;
    desk.post(&format!("{address}/rounds"), &[("round", ROUND)]).await;
    let edit = format!("{address}/edit");
    let with =
        |own: &'static str, to: &'static str| PLAN.map(|(name, value)| (name, if name == own { to } else { value }));
    assert_eq!(desk.post(&edit, &with("number", "")).await.status(), 303);
    assert!(!desk.page(&edit).await.contains(" readonly"));
    app.change(|db, id| rounds::open(db, id, app.state.clock.now()));
    let form = desk.page(&edit).await;
    assert!(form.contains("id=\"da-bao\"") && form.contains("name=\"purpose\" readonly"), "{form}");
    assert!(form.contains("name=\"number\" value=\"\"") && !form.contains("name=\"contact\" readonly"), "{form}");
    // the number comes once it is issued, and stays
    assert_eq!(desk.post(&edit, &PLAN).await.status(), 303);
    let code = app.code(PRIMARY);
    let start = app.get(&format!("/k/{code}")).await.text().await.unwrap();
    assert!(start.contains("120/KH-UBND"), "{start}");
    for (name, other) in [
        ("title", "Tên khác"),
        ("number", "121/KH-UBND"),
        ("date", "2026-09-02"),
        ("basis", "Luật khác"),
        ("partners", ""),
        ("purpose", "Xếp hạng các trường"),
        ("kept", "18"),
        ("kept", "6"),
    ] {
        let refused = desk.post(&edit, &with(name, other)).await;
        assert_eq!(refused.status(), 422, "{name}");
        let page = refused.text().await.unwrap();
        assert!(page.contains(&format!("id=\"loi-{name}\"")) && page.contains("đã được báo như đang ghi"), "{page}");
        assert!(other.is_empty() || name == "kept" || !page.contains(other), "what was told is shown: {page}");
    }
    assert_eq!(app.get(&format!("/k/{code}")).await.text().await.unwrap(), start);
    assert_eq!(desk.post(&edit, &with("contact", "Phòng Giáo dục Tiểu học")).await.status(), 303);
    assert!(desk.page(&address).await.contains("Phòng Giáo dục Tiểu học"));
}

#[tokio::test]
async fn forms_are_deleted_when_the_plan_says_so() {
    let app = app().await;
    unopen(&app);
    let desk = planner(&app).await;
    let address = campaign(&desk).await;
    desk.post(&format!("{address}/rounds"), &[("round", ROUND)]).await;
    app.change(|db, id| rounds::open(db, id, app.state.clock.now()));
    assert_eq!(app.send(PRIMARY, crate::support::key(), serde_json::json!({"A1": "5"})).await.status(), 201);
    app.change(|db, id| rounds::close_at(db, id, app.state.clock.now()));
    app.change(|db, id| rounds::freeze(db, id, app.state.clock.now()));
    let after = |months| app.state.clock.now().checked_add_months(chrono::Months::new(months)).unwrap();
    let forget = |now: chrono::NaiveDateTime| {
        let long_ago = now.checked_sub_months(chrono::Months::new(24)).unwrap();
        app.state.store.write_now(|db| retention::forget_some(db, long_ago, now)).unwrap()
    };
    assert!(!forget(after(11)));
    assert_eq!(app.stored(), 1);
    assert!(forget(after(13)));
    assert_eq!(app.stored(), 0);
}

#[tokio::test]
async fn next_year_asks_the_same_schools_the_same_questions_and_every_date_moves_alike() {
    let app = app().await;
    unopen(&app);
    let desk = planner(&app).await;
    let address = campaign(&desk).await;
    desk.post(&format!("{address}/rounds"), &[("round", ROUND)]).await;
    let closes = langnghe::vietnamese::local(app.round.closes_at).date();
    let first = (closes + chrono::TimeDelta::days(364)).to_string();
    let cloned = desk.post(&format!("{address}/clone"), &[("title", "Năm học 2026–2027"), ("first", &first)]).await;
    assert_eq!(cloned.status(), 303, "{}", cloned.text().await.unwrap());
    let copy = cloned.headers()["location"].to_str().unwrap().to_owned();
    let page = desk.page(&copy).await;
    assert!(page.contains("Chưa ban hành") && page.contains(&format!("<a href=\"{address}\">")), "{page}");
    let id: i64 = copy.rsplit('/').next().unwrap().parse().unwrap();
    let (old, new) = (app.round.id, app.state.store.read_now(|db| campaigns::rounds_of(db, id)).unwrap().remove(0));
    assert_eq!(new.closes_at - app.round.closes_at, chrono::TimeDelta::days(364));
    assert_eq!(new.results_by.unwrap() - app.round.results_by.unwrap(), chrono::TimeDelta::days(364));
    assert_eq!(new.opens_at, None);
    let versions = |id| app.state.store.read_now(|db| questionnaires::of_round(db, id)).unwrap()[0].id;
    let asked = |id| app.state.store.read_now(|db| rounds::targets(db, id)).unwrap();
    assert_eq!((versions(old), asked(old)), (versions(new.id), asked(new.id)));
    assert_eq!(app.state.store.read_now(|db| collectors::of_round(db, new.id)).unwrap().len(), 4);
}

#[tokio::test]
async fn a_school_that_has_ended_does_not_come_along_and_is_named() {
    let app = app().await;
    unopen(&app);
    let desk = planner(&app).await;
    let address = campaign(&desk).await;
    desk.post(&format!("{address}/rounds"), &[("round", ROUND)]).await;
    end(&app, PRIMARY);
    let first = (langnghe::vietnamese::local(app.round.closes_at).date() + chrono::TimeDelta::days(364)).to_string();
    let cloned = desk.post(&format!("{address}/clone"), &[("title", "Năm sau"), ("first", &first)]).await;
    let page = desk.page(cloned.headers()["location"].to_str().unwrap()).await;
    assert!(page.contains("Không chép được: Trường Tiểu học Hoa Mai"), "{page}");
}

#[tokio::test]
async fn a_plan_without_purpose_or_retention_is_not_saved_and_one_of_others_does_not_exist() {
    let app = app().await;
    let desk = planner(&app).await;
    let empty = PLAN.map(|(name, value)| if name == "purpose" || name == "kept" { (name, "") } else { (name, value) });
    let refused = desk.post("/manage/campaigns/new", &empty).await;
    assert_eq!(refused.status(), 422);
    let page = refused.text().await.unwrap();
    assert!(
        page.contains("pháp luật yêu cầu") && page.contains("từ 1 đến 24") && page.contains("120/KH-UBND"),
        "{page}"
    );
    let address = campaign(&desk).await;
    let ward = Desk::of(&app, "phuong", WARD, &[Role::ChuTri]).await;
    for page in [address.clone(), format!("{address}/edit")] {
        assert_eq!(ward.get(&page).await.status(), 404);
    }
    for step in ["edit", "delete", "rounds", "clone"] {
        let first = "2099-01-01";
        let sent = [&PLAN[..], &[("sure", "1"), ("round", ROUND), ("first", first)]].concat();
        assert_eq!(ward.post(&format!("{address}/{step}"), &sent).await.status(), 404, "{step}");
    }
    assert!(!ward.page("/manage/campaigns").await.contains("120/KH-UBND"));
}

#[tokio::test]
async fn a_third_round_for_the_same_parents_in_a_term_is_warned_of_with_the_names_of_the_others() {
    let app = app().await;
    for slug in ["lan-hai", "lan-ba"] {
        make_round(&app.state, slug, &[FORM], &[PRIMARY]);
    }
    let desk = planner(&app).await;
    let warned = "đã được hỏi 2 lần trở lên";
    for page in ["/manage/rounds/lan-ba", "/manage/rounds/lan-ba/units"] {
        let page = desk.page(page).await;
        assert!(page.contains(warned) && page.contains("“Ý kiến cha mẹ”"), "{page}");
    }
    let keeper = Desk::of(&app, "quantri", TOP, &[Role::QuanTri]).await;
    let limit = [("contacts-unit", TOP), ("most", "3")];
    assert_eq!(keeper.post("/manage/rules/contacts", &limit).await.status(), 303);
    assert!(!desk.page("/manage/rounds/lan-ba").await.contains(warned));
    assert_eq!(keeper.post("/manage/rules/contacts", &[("contacts-unit", TOP), ("most", "0")]).await.status(), 422);
}

#[tokio::test]
async fn a_round_made_in_a_campaign_belongs_to_it_and_begins_with_its_questionnaires() {
    let app = app().await;
    let desk = planner(&app).await;
    let address = campaign(&desk).await;
    let id = address.rsplit('/').next().unwrap();
    let form = desk.page(&format!("/manage/rounds/new?campaign={id}")).await;
    assert!(form.contains(&format!("value=\"{FORM}\" checked")), "{form}");
    assert!(form.contains(&format!("<option value=\"{id}\" selected")) && form.contains("value=\"Phòng Khảo thí\""));
    let round = [("title", "Đợt một"), ("slug", "dot-mot"), ("template", FORM), ("contact", "Phòng Khảo thí")];
    let more = [("day", "2099-05-31"), ("time", "22:00"), ("unit", PRIMARY), ("campaign", id)];
    assert_eq!(desk.post("/manage/rounds/new", &[&round[..], &more].concat()).await.status(), 303);
    assert!(desk.page(&address).await.contains("/manage/rounds/dot-mot"));
    let top = app.state.store.read_now(|db| units::id_by_code(db, TOP)).unwrap().unwrap();
    let free = app.state.store.read_now(|db| campaigns::rounds_without(db, top)).unwrap();
    assert_eq!(free.iter().map(|round| round.slug.as_str()).collect::<Vec<_>>(), [ROUND]);
}
