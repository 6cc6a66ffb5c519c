//! Other questionnaires and channels for a round that has not begun.

use langnghe::store::{collectors, questionnaires, rounds};
use langnghe::survey::access::Role;

use crate::people::Desk;
use crate::support::{FORM, OTHER_PRIMARY, PRIMARY, TestApp, app};

const PAGE: &str = "/manage/rounds/tieu-hoc/forms";
const LOWER: &str = "hai-long-thcs";

async fn planner(app: &TestApp) -> Desk<'_> {
    app.change(rounds::unplan);
    Desk::of(app, "chutri", "SO-AN-LANH", &[Role::ChuTri]).await
}

fn asked(app: &TestApp) -> Vec<String> {
    let rows = app.state.store.read_now(|db| questionnaires::of_round(db, app.round.id)).unwrap();
    rows.into_iter().map(|row| row.code).collect()
}

/// School and channel of every code that works.
fn codes(app: &TestApp) -> Vec<(String, String)> {
    let rows = app.state.store.read_now(|db| collectors::of_round(db, app.round.id)).unwrap();
    let live = rows.into_iter().filter(|row| row.revoked_at.is_none());
    live.map(|row| (row.unit_code, row.channel)).collect()
}

#[tokio::test]
async fn a_draft_gets_another_questionnaire_and_keeps_the_codes_that_are_printed() {
    let app = app().await;
    let desk = planner(&app).await;
    let before = codes(&app);
    let page = desk.page(PAGE).await;
    assert!(page.contains(&format!("value=\"{FORM}\" checked")), "{page}");
    let sent = [("template", FORM), ("template", LOWER), ("channel", "mat_tran")];
    assert_eq!(desk.post(PAGE, &sent).await.status(), 303);
    assert_eq!(asked(&app), [FORM, LOWER]);
    assert_eq!(codes(&app), before);
    assert!(desk.page("/manage/rounds/tieu-hoc").await.contains(PAGE));
}

#[tokio::test]
async fn a_channel_that_is_left_loses_its_codes_and_a_new_one_gets_some_for_every_school() {
    let app = app().await;
    let desk = planner(&app).await;
    let of = |channel: &str| -> Vec<String> {
        codes(&app).into_iter().filter(|(_, known)| known == channel).map(|(unit, _)| unit).collect()
    };
    assert_eq!(desk.post(PAGE, &[("template", FORM), ("channel", "doan_the")]).await.status(), 303);
    assert_eq!((of("mat_tran").len(), of("doan_the").len(), of("truong").len()), (0, 2, 2));
    assert_eq!(of("doan_the").iter().filter(|unit| [PRIMARY, OTHER_PRIMARY].contains(&unit.as_str())).count(), 2);
}

#[tokio::test]
async fn a_questionnaire_that_no_school_of_the_round_could_answer_changes_nothing() {
    let app = app().await;
    let desk = planner(&app).await;
    let refused = desk.post(PAGE, &[("template", "hai-long-mam-non")]).await;
    assert_eq!(refused.status(), 422);
    assert!(refused.text().await.unwrap().contains("Không trường nào trong đợt"));
    assert_eq!(desk.post(PAGE, &[("channel", "mat_tran")]).await.status(), 422, "at least one questionnaire");
    assert_eq!(asked(&app), [FORM]);
}

#[tokio::test]
async fn once_a_round_has_begun_its_questionnaires_stay() {
    let app = app().await;
    let desk = planner(&app).await;
    app.change(|db, id| rounds::open(db, id, app.state.clock.now()));
    assert_eq!(desk.get(PAGE).await.status(), 303);
    assert_eq!(desk.post(PAGE, &[("template", FORM), ("template", LOWER)]).await.status(), 422);
    assert_eq!(asked(&app), [FORM]);
}

#[tokio::test]
async fn a_planned_round_that_lacks_something_now_does_not_open_by_itself() {
    let app = app().await;
    let desk = planner(&app).await;
    app.change(|db, id| rounds::open(db, id, app.state.clock.now() + chrono::TimeDelta::days(1)));
    let units = app.state.store.read_now(|db| rounds::units(db, app.round.id)).unwrap();
    let opens = || app.state.store.read_now(|db| rounds::by_id(db, app.round.id)).unwrap().unwrap().opens_at;
    for (at, unit) in units.iter().enumerate() {
        assert!(opens().is_some(), "{at} schools are gone");
        let gone = [("unit", unit.id.to_string()), ("sure", "1".into())];
        let gone: Vec<(&str, &str)> = gone.iter().map(|(name, value)| (*name, value.as_str())).collect();
        desk.post("/manage/rounds/tieu-hoc/units/remove", &gone).await;
    }
    assert!(opens().is_none(), "it asks nobody");
}
