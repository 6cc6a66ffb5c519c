//! Two officers in one form: nobody's work is lost.

use langnghe::store::rounds;
use langnghe::survey::access::Role;

use crate::people::Desk;
use crate::support::{FORM, TestApp, app, hidden};

const TOP: &str = "SO-AN-LANH";
const EDIT: &str = "/manage/rounds/tieu-hoc/edit";

const COVER: [&str; 5] = ["title", "day", "time", "results", "contact"];

async fn planner<'a>(app: &'a TestApp, login: &str) -> Desk<'a> {
    Desk::of(app, login, TOP, &[Role::ChuTri]).await
}

/// What an open page would send: its fields as they stand, with some typed over.
async fn form(desk: &Desk<'_>, address: &str, names: &[&str], typed: &[(&str, &str)]) -> Vec<(String, String)> {
    let page = desk.page(address).await;
    let was = |name: &str| hidden(&page, &format!("was-{name}"));
    let typed_over = |name: &str| typed.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
    let mut fields: Vec<(String, String)> = vec![("was".into(), "1".into())];
    for name in names {
        fields.push((format!("was-{name}"), was(name)));
        fields.push(((*name).to_owned(), typed_over(name).unwrap_or_else(|| was(name))));
    }
    fields
}

async fn post(desk: &Desk<'_>, address: &str, fields: &[(String, String)]) -> (u16, String) {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let answer = desk.post(address, &fields).await;
    (answer.status().as_u16(), answer.text().await.unwrap())
}

#[tokio::test]
async fn two_officers_who_change_different_things_of_a_draft_are_both_kept() {
    let app = app().await;
    app.change(rounds::unplan);
    let (lan, binh) = (planner(&app, "lan").await, planner(&app, "binh").await);
    let of_lan = form(&lan, EDIT, &COVER, &[("title", "Ý kiến phụ huynh tiểu học")]).await;
    let of_binh = form(&binh, EDIT, &COVER, &[("contact", "Phòng Tiểu học")]).await;
    assert_eq!(post(&lan, EDIT, &of_lan).await.0, 303);
    assert_eq!(post(&binh, EDIT, &of_binh).await.0, 303);
    let round = app.state.store.read_now(|db| rounds::by_id(db, app.round.id)).unwrap().unwrap();
    assert_eq!((round.title.as_str(), round.contact.as_str()), ("Ý kiến phụ huynh tiểu học", "Phòng Tiểu học"));
}

#[tokio::test]
async fn the_second_of_two_officers_who_change_one_field_sees_both_and_decides() {
    let app = app().await;
    app.change(rounds::unplan);
    let (lan, binh) = (planner(&app, "lan").await, planner(&app, "binh").await);
    let of_lan = form(&lan, EDIT, &COVER, &[("title", "Tên của Lan")]).await;
    let of_binh = form(&binh, EDIT, &COVER, &[("title", "Tên của Bình")]).await;
    assert_eq!(post(&lan, EDIT, &of_lan).await.0, 303);
    let (status, page) = post(&binh, EDIT, &of_binh).await;
    assert_eq!(status, 422);
    assert!(page.contains("người khác đã đổi ô này thành: “Tên của Lan”"), "{page}");
    assert!(page.contains("value=\"Tên của Bình\""), "{page}");
    let again = form(&binh, EDIT, &COVER, &[("title", "Tên của Bình")]).await;
    assert_eq!(post(&binh, EDIT, &again).await.0, 303);
    let round = app.state.store.read_now(|db| rounds::by_id(db, app.round.id)).unwrap().unwrap();
    assert_eq!(round.title, "Tên của Bình");
}

#[tokio::test]
async fn two_officers_in_one_plan_keep_what_each_wrote() {
    const PLAN: [&str; 8] = ["title", "number", "date", "basis", "partners", "purpose", "kept", "contact"];
    let app = app().await;
    let (lan, binh) = (planner(&app, "lan").await, planner(&app, "binh").await);
    let plan = [("title", "Lấy ý kiến"), ("purpose", "Bữa ăn"), ("kept", "12"), ("contact", "Phòng A")];
    let made = lan.post("/manage/campaigns/new", &[&plan[..], &[("questionnaire", FORM)]].concat()).await;
    let address = format!("{}/edit", made.headers()["location"].to_str().unwrap());
    let mut of_lan = form(&lan, &address, &PLAN, &[("partners", "Mặt trận Tổ quốc")]).await;
    let mut of_binh = form(&binh, &address, &PLAN, &[("number", "12/KH-SGDĐT")]).await;
    for fields in [&mut of_lan, &mut of_binh] {
        fields.push(("was-questionnaire".into(), FORM.into()));
    }
    // Lan takes the questionnaire out, Bình leaves it ticked
    of_binh.push(("questionnaire".into(), FORM.into()));
    assert_eq!(post(&lan, &address, &of_lan).await.0, 303);
    assert_eq!(post(&binh, &address, &of_binh).await.0, 303);
    let page = lan.page(&address).await;
    assert!(page.contains("value=\"Mặt trận Tổ quốc\"") && page.contains("value=\"12/KH-SGDĐT\""), "{page}");
    assert!(!page.contains(&format!("value=\"{FORM}\" checked")), "{page}");
}
