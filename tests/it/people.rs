//! People and their roles: who gets in, what each may do, and what nobody can do to the installation.

use langnghe::store::roles::{self, Granting};
use langnghe::store::{accounts, people, units};
use langnghe::survey::access::{Grant, Role};
use reqwest::{Client, Response, multipart};

use crate::support::{PASSWORD, PRIMARY, ROUND, TestApp, app, browser, hidden};

const TOP: &str = "SO-AN-LANH";
const WARD: &str = "P-HOA-BAN";

/// Somebody at a desk of their own: a browser with its own cookies.
pub struct Desk<'a> {
    app: &'a TestApp,
    client: Client,
    csrf: String,
}

impl<'a> Desk<'a> {
    /// A new browser.
    pub fn new(app: &'a TestApp) -> Self {
        Self { app, client: browser(), csrf: String::new() }
    }

    /// Somebody of this unit with these roles on it, signed in.
    pub async fn of(app: &'a TestApp, login: &str, unit: &str, roles: &[Role]) -> Self {
        account(app, login, unit, roles);
        Self::enter_as(app, login, PASSWORD).await
    }

    /// Somebody who has an account already, signed in.
    pub async fn enter_as(app: &'a TestApp, login: &str, password: &str) -> Self {
        let mut desk = Self::new(app);
        assert_eq!(desk.enter(login, password).await.status(), 303);
        desk.csrf = hidden(&desk.page("/manage/account").await, "_csrf");
        desk
    }

    pub async fn enter(&self, login: &str, password: &str) -> Response {
        self.send("/sign-in", &[("login", login), ("password", password)]).await
    }

    pub async fn get(&self, path: &str) -> Response {
        self.client.get(self.app.path(path)).send().await.unwrap()
    }

    /// The same, as a browser asks that has the page with this tag.
    pub async fn get_if(&self, path: &str, tag: &str) -> Response {
        self.client.get(self.app.path(path)).header("If-None-Match", tag).send().await.unwrap()
    }

    /// A part of a file.
    pub async fn get_range(&self, path: &str, range: &str) -> Response {
        self.client.get(self.app.path(path)).header("Range", range).send().await.unwrap()
    }

    pub async fn page(&self, path: &str) -> String {
        self.get(path).await.text().await.unwrap()
    }

    pub async fn send(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        self.client.post(self.app.path(path)).form(fields).send().await.unwrap()
    }

    /// A form with a file, with its proof.
    pub async fn upload(&self, path: &str, form: reqwest::multipart::Form) -> Response {
        let form = form.text("_csrf", self.csrf.clone());
        self.client.post(self.app.path(path)).multipart(form).send().await.unwrap()
    }

    /// A form of the desk, with its proof.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        self.send(path, &[&[("_csrf", self.csrf.as_str())], fields].concat()).await
    }

    /// The same as forms with a file are sent; `text` is one.
    pub async fn post_parts(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        let mut parts = multipart::Form::new().text("_csrf", self.csrf.clone());
        for (name, value) in fields {
            parts = parts.text((*name).to_owned(), (*value).to_owned());
        }
        self.client.post(self.app.path(path)).multipart(parts).send().await.unwrap()
    }
}

/// An account with a password and these roles on its unit.
pub fn account(app: &TestApp, login: &str, unit: &str, roles: &[Role]) -> i64 {
    let (now, hash) = (app.state.clock.now(), langnghe::password::hash(PASSWORD).unwrap());
    app.state
        .store
        .write_now(|db| {
            let unit_id = units::id_by_code(db, unit)?.unwrap();
            let id = accounts::add_bare(db, &login.parse().unwrap(), login, unit_id, now)?;
            let grants: Vec<Grant> = roles.iter().map(|role| Grant { role: *role, unit_id }).collect();
            roles::grant(db, id, &grants, Granting { by: None, at: now })?;
            accounts::set_password(db, id, &hash)?;
            Ok(id)
        })
        .unwrap()
}

pub fn id_of(app: &TestApp, login: &str) -> i64 {
    app.state.store.read_now(|db| people::id_by_login(db, login)).unwrap().unwrap()
}

fn roles_of(app: &TestApp, login: &str) -> Vec<&'static str> {
    let id = id_of(app, login);
    app.state.store.read_now(|db| roles::of(db, id)).unwrap().into_iter().map(|grant| grant.role.code()).collect()
}

/// The link on a page that shows one.
pub fn link(page: &str) -> String {
    let after = page.split("class=\"secret\">").nth(1).unwrap_or_else(|| panic!("no link in {page}"));
    format!("/link/{}", after.split('<').next().unwrap().split("/link/").nth(1).unwrap())
}

fn leads_to(answer: &Response) -> &str {
    answer.headers().get("location").map_or("", |to| to.to_str().unwrap())
}

#[tokio::test]
async fn an_administrator_invites_the_contact_of_a_school_who_sets_a_password_and_sees_no_round() {
    let app = app().await;
    let keeper = Desk::of(&app, "quantri", WARD, &[Role::QuanTri]).await;
    let wanted = [("name", "Lê Thị Hoa"), ("login", "hoa.le"), ("unit", "tieu hoc hoa ban"), ("role", "dau_moi")];
    let invited = keeper.post("/manage/people/new", &wanted).await;
    assert_eq!(invited.status(), 200);
    let page = invited.text().await.unwrap();
    assert!(page.contains("Xin không chuyển cho người khác") && page.contains("class=\"invitation-qr\""), "{page}");
    let head = Desk::new(&app);
    let chosen = [("password", PASSWORD), ("again", PASSWORD)];
    assert_eq!(head.send(&link(&page), &chosen).await.status(), 303);
    assert_eq!(head.get("/manage").await.status(), 403);
    assert_eq!(head.get("/manage/people").await.status(), 403);
    assert_eq!(Desk::new(&app).send(&link(&page), &chosen).await.status(), 410, "a link works once");
    let list = keeper.page("/manage/people?q=le+thi+hoa").await;
    assert!(list.contains("Lê Thị Hoa") && list.contains("Đầu mối đơn vị") && list.contains("Đang dùng"), "{list}");
}

#[tokio::test]
async fn an_invitation_says_everything_that_is_wrong_and_offers_the_units_that_fit() {
    let app = app().await;
    let keeper = Desk::of(&app, "quantri", TOP, &[Role::QuanTri]).await;
    let wrong = [("name", ""), ("login", "ă"), ("unit", "tieu hoc"), ("role", "phan_tich")];
    let refused = keeper.post("/manage/people/new", &wrong).await;
    assert_eq!(refused.status(), 422);
    let page = refused.text().await.unwrap();
    for said in ["ghi họ và tên", "3 đến 64 ký tự", "Có nhiều đơn vị như vậy", "value=\"TH-HOA-MAI\""]
    {
        assert!(page.contains(said), "{said}: {page}");
    }
    let misfit = [("name", "Hoa"), ("login", "hoa.le"), ("unit", "tieu hoc"), ("offered_for", "tieu hoc")];
    let misfit = [&misfit[..], &[("at", PRIMARY), ("role", "phan_tich")]].concat();
    let refused = keeper.post("/manage/people/new", &misfit).await.text().await.unwrap();
    assert!(refused.contains("Người của Trường không nhận được vai trò Phân tích"), "{refused}");
    account(&app, "hoa.le", TOP, &[]);
    let taken = [("name", "Hoa"), ("login", "hoa.le"), ("unit", PRIMARY), ("role", "dau_moi")];
    assert_eq!(keeper.post("/manage/people/new", &taken).await.status(), 422);
}

#[tokio::test]
async fn an_administrator_of_a_ward_knows_nobody_above_or_beside_it_and_gives_nothing_there() {
    let app = app().await;
    let keeper = Desk::of(&app, "quantri", WARD, &[Role::QuanTri]).await;
    let above = account(&app, "giamdoc", TOP, &[Role::ChuTri]);
    let beside = account(&app, "phuongkhac", "P-BEN-SEN", &[Role::ChuTri]);
    for id in [above, beside, 999_999] {
        assert_eq!(keeper.get(&format!("/manage/people/{id}")).await.status(), 404);
        for step in ["roles", "link", "stop", "restart", "hand-over"] {
            let sent = [("sure", "1"), ("at", WARD), ("role", "chu_tri"), ("to", "quantri")];
            assert_eq!(keeper.post(&format!("/manage/people/{id}/{step}"), &sent).await.status(), 404, "{step}");
        }
    }
    assert!(!keeper.page("/manage/people").await.contains("giamdoc"));
    let own = account(&app, "canbo", WARD, &[]);
    let reaching_up = [("at", TOP), ("role", "phan_tich")];
    assert_eq!(keeper.post(&format!("/manage/people/{own}/roles"), &reaching_up).await.status(), 422);
    assert_eq!(roles_of(&app, "canbo"), [""; 0]);
}

#[tokio::test]
async fn roles_that_are_given_and_taken_count_at_the_next_click() {
    let app = app().await;
    let keeper = Desk::of(&app, "quantri", TOP, &[Role::QuanTri]).await;
    let officer = Desk::of(&app, "canbo", TOP, &[Role::PhanTich]).await;
    let (rows, close) = (format!("/manage/rounds/{ROUND}/export.csv"), format!("/manage/rounds/{ROUND}/close"));
    assert_eq!(officer.get(&rows).await.status(), 200);
    assert_eq!(officer.post(&close, &[("sure", "1"), ("reason", "Mưa bão")]).await.status(), 403);
    assert!(
        !officer.page(&format!("/manage/rounds/{ROUND}")).await.contains("/close\""),
        "nobody is offered what is refused"
    );
    let roles = format!("/manage/people/{}/roles", id_of(&app, "canbo"));
    assert_eq!(keeper.post(&roles, &[("at", TOP), ("role", "chu_tri")]).await.status(), 303);
    assert_eq!(officer.get(&rows).await.status(), 403);
    assert_eq!(officer.post(&close, &[("sure", "1"), ("reason", "Mưa bão")]).await.status(), 303);
}

#[tokio::test]
async fn a_role_on_one_ward_reaches_no_round_of_the_department() {
    let app = app().await;
    let keeper = Desk::of(&app, "quantri", TOP, &[Role::QuanTri]).await;
    let officer = Desk::of(&app, "canbo", TOP, &[]).await;
    let roles = format!("/manage/people/{}/roles", id_of(&app, "canbo"));
    assert_eq!(keeper.post(&roles, &[("at", WARD), ("role", "chu_tri"), ("role", "phan_tich")]).await.status(), 303);
    assert_eq!(officer.get("/manage").await.status(), 200);
    for page in ["", "/links", "/export.csv"] {
        assert_eq!(officer.get(&format!("/manage/rounds/{ROUND}{page}")).await.status(), 404, "{page}");
    }
}

#[tokio::test]
async fn whoever_may_not_read_single_forms_makes_no_token_that_does() {
    let app = app().await;
    let keeper = Desk::of(&app, "quantri", TOP, &[Role::QuanTri]).await;
    let token = [("nonce", "1"), ("name", "Kho"), ("unit", TOP), ("expires", "2099-01-01")];
    let rows = keeper.post("/manage/tokens", &[&token[..], &[("submissions", "on")]].concat()).await;
    assert_eq!(rows.status(), 422);
    let sums = keeper.post("/manage/tokens", &[&token[..], &[("aggregates", "on")]].concat()).await;
    assert_eq!(sums.status(), 303);
}

#[tokio::test]
async fn a_stopped_account_is_out_at_once_and_comes_back_with_its_roles() {
    let app = app().await;
    let keeper = Desk::of(&app, "quantri", TOP, &[Role::QuanTri]).await;
    let officer = Desk::of(&app, "canbo", TOP, &[Role::ChuTri]).await;
    let person = format!("/manage/people/{}", id_of(&app, "canbo"));
    assert_eq!(keeper.post(&format!("{person}/stop"), &[]).await.status(), 422, "not sure");
    assert_eq!(keeper.post(&format!("{person}/stop"), &[("sure", "1")]).await.status(), 303);
    assert_eq!(officer.get("/manage").await.status(), 303, "signed out");
    assert_eq!(officer.enter("canbo", PASSWORD).await.status(), 422);
    assert_eq!(keeper.post(&format!("{person}/link"), &[]).await.status(), 422, "no link for a stopped account");
    assert_eq!(keeper.post(&format!("{person}/restart"), &[]).await.status(), 303);
    assert_eq!(officer.enter("canbo", PASSWORD).await.status(), 303);
    assert_eq!(roles_of(&app, "canbo"), ["chu_tri"]);
}

#[tokio::test]
async fn a_desk_left_open_gives_nobody_the_account() {
    let app = app().await;
    let keeper = Desk::of(&app, "quantri", TOP, &[Role::QuanTri]).await;
    let own = format!("/manage/people/{}", id_of(&app, "quantri"));
    let refused = keeper.post(&format!("{own}/link"), &[]).await;
    assert_eq!(refused.status(), 422);
    assert!(refused.text().await.unwrap().contains("xin vào trang Tài khoản"));
    assert!(!keeper.page(&own).await.contains(&format!("{own}/link")));
    let codes = keeper.post(&format!("{own}/codes"), &[]).await;
    assert_eq!(codes.headers()["location"], "/manage/account", "one's own need their digits");
}

#[tokio::test]
async fn somebody_who_was_only_invited_is_no_last_administrator() {
    let app = app().await;
    let keeper = Desk::of(&app, "quantri", TOP, &[Role::QuanTri]).await;
    let invited = [("name", "Người mới"), ("login", "nguoi.moi"), ("unit", TOP), ("role", "quan_tri")];
    keeper.post("/manage/people/new", &invited).await;
    assert_eq!(roles_of(&app, "nguoi.moi"), ["quan_tri"]);
    let own = format!("/manage/people/{}", id_of(&app, "quantri"));
    let refused = keeper.post(&format!("{own}/roles"), &[("at", TOP), ("role", "chu_tri")]).await;
    assert_eq!(refused.status(), 422);
}

#[tokio::test]
async fn nobody_stops_themselves_and_the_last_administrator_stays() {
    let app = app().await;
    let keeper = Desk::of(&app, "quantri", TOP, &[Role::QuanTri]).await;
    let own = format!("/manage/people/{}", id_of(&app, "quantri"));
    let refused = keeper.post(&format!("{own}/stop"), &[("sure", "1")]).await;
    assert_eq!(refused.status(), 422);
    assert!(refused.text().await.unwrap().contains("tài khoản của anh/chị"));
    let none = keeper.post(&format!("{own}/roles"), &[("at", TOP), ("role", "chu_tri")]).await;
    assert_eq!(none.status(), 422);
    assert!(none.text().await.unwrap().contains("người quản trị cuối cùng"));
    assert_eq!(roles_of(&app, "quantri"), ["quan_tri"]);
    account(&app, "quantri2", TOP, &[Role::QuanTri]);
    assert_eq!(keeper.post(&format!("{own}/roles"), &[("at", TOP), ("role", "chu_tri")]).await.status(), 303);
}

#[tokio::test]
async fn a_new_link_ends_the_old_one_and_the_password_holds_until_it_is_used() {
    let app = app().await;
    let keeper = Desk::of(&app, "quantri", TOP, &[Role::QuanTri]).await;
    let officer = Desk::of(&app, "canbo", TOP, &[Role::ChuTri]).await;
    let path = format!("/manage/people/{}/link", id_of(&app, "canbo"));
    let first = link(&keeper.post(&path, &[]).await.text().await.unwrap());
    let second = link(&keeper.post(&path, &[]).await.text().await.unwrap());
    let visitor = Desk::new(&app);
    assert_eq!(visitor.get(&first).await.status(), 410);
    assert_eq!(officer.get("/manage").await.status(), 200);
    let chosen = [("password", "mây trắng bay qua núi"), ("again", "mây trắng bay qua núi")];
    assert_eq!(visitor.send(&second, &chosen).await.status(), 303);
    assert_eq!(officer.get("/manage").await.status(), 303, "a new password signs out elsewhere");
}

#[tokio::test]
async fn staff_change_hands_all_roles_over_and_stops_the_one_who_leaves() {
    let app = app().await;
    let keeper = Desk::of(&app, "quantri", TOP, &[Role::QuanTri]).await;
    let leaving = Desk::of(&app, "can-cu", TOP, &[Role::ChuTri, Role::PhanTich]).await;
    let path = format!("/manage/people/{}/hand-over", id_of(&app, "can-cu"));
    let misfit = account(&app, "truong", PRIMARY, &[Role::DauMoi]);
    assert!(misfit > 0);
    for (to, sure) in [("truong", "1"), ("can-cu", "1"), ("chua-co", "1"), ("quantri", "")] {
        assert_eq!(keeper.post(&path, &[("to", to), ("sure", sure)]).await.status(), 422, "{to}");
    }
    assert_eq!(leaving.get("/manage").await.status(), 200, "nothing has happened yet");
    let fields = [("to", "moi"), ("new_name", "Trần Văn Mới"), ("sure", "1")];
    let page = keeper.post(&path, &fields).await.text().await.unwrap();
    assert!(link(&page).len() > 40);
    assert_eq!(leaving.get("/manage").await.status(), 303);
    assert_eq!((roles_of(&app, "can-cu"), roles_of(&app, "moi")), (vec![], vec!["chu_tri", "phan_tich"]));
    let path = format!("/manage/people/{}/hand-over", id_of(&app, "moi"));
    let to_known = keeper.post(&path, &[("to", "quantri"), ("sure", "1")]).await;
    assert_eq!(leads_to(&to_known), format!("/manage/people/{}?done=handed-over", id_of(&app, "quantri")));
    assert_eq!(roles_of(&app, "quantri"), ["quan_tri", "chu_tri", "phan_tich"]);
}

#[tokio::test]
async fn only_whoever_looks_after_people_gets_to_their_pages() {
    let app = app().await;
    let others: Vec<Role> =
        Role::of(langnghe::survey::code::UnitNature::CoQuan).filter(|role| *role != Role::QuanTri).collect();
    let officer = Desk::of(&app, "canbo", TOP, &others).await;
    let id = id_of(&app, "canbo");
    for path in ["/manage/people", "/manage/people/new", &format!("/manage/people/{id}")] {
        assert_eq!(officer.get(path).await.status(), 403, "{path}");
    }
    let roles = officer.post(&format!("/manage/people/{id}/roles"), &[("at", TOP), ("role", "quan_tri")]).await;
    assert_eq!(roles.status(), 403);
    assert!(!officer.page("/manage").await.contains("/manage/people"), "not in the navigation");
}
