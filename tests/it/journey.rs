//! A form part by part: saved on the way, shown to the device that began it and to nobody else, counted once.

use chrono::TimeDelta;
use langnghe::store::{rounds, submissions, units};
use reqwest::header::{LOCATION, SET_COOKIE};
use reqwest::{Client, Response, StatusCode, redirect};

use crate::support::{FORM, OTHER_PRIMARY, PRIMARY, ROUND, TestApp, app, browser, hidden, make_round};

/// A telephone with a browser of its own.
struct Phone(Client);

/// A form under way on a telephone.
struct UnderWay {
    phone: Phone,
    address: String,
}

impl Phone {
    fn new() -> Self {
        Self(browser())
    }

    async fn begin(self, app: &TestApp) -> UnderWay {
        let code = app.code(PRIMARY);
        self.0.get(app.path(&format!("/k/{code}"))).send().await.unwrap();
        let fields = [("lang", "vi"), ("phieu", FORM), ("moi", "1")];
        let begun = self.0.post(app.path(&format!("/k/{code}/phieu"))).form(&fields).send().await.unwrap();
        assert_eq!(begun.status(), StatusCode::SEE_OTHER);
        UnderWay { address: app.path(&location(&begun)), phone: self }
    }

    async fn open(&self, address: &str) -> Response {
        self.0.get(address).send().await.unwrap()
    }
}

impl UnderWay {
    async fn page(&self) -> String {
        self.phone.open(&self.address).await.text().await.unwrap()
    }

    async fn fill_in(&self, part: usize, way: &str, answers: &[(&str, &str)]) -> Response {
        let part = part.to_string();
        let own = [("_phan", part.as_str()), ("_di", way), ("_lang", "vi")];
        let fields: Vec<_> = own.iter().chain(answers).copied().collect();
        self.phone.0.post(&self.address).form(&fields).send().await.unwrap()
    }

    /// From the review to the receipt.
    async fn send(&self, app: &TestApp) -> Response {
        let review = self.review().await;
        self.submit(app, &review).await
    }

    async fn review(&self) -> String {
        self.phone.open(&format!("{}&phan=xem-lai", self.address)).await.text().await.unwrap()
    }

    async fn submit(&self, app: &TestApp, review: &str) -> Response {
        self.phone.0.post(app.path(&format!("/k/{}", app.code(PRIMARY)))).form(&carried(review)).send().await.unwrap()
    }
}

fn location(answer: &Response) -> String {
    answer.headers()[LOCATION].to_str().unwrap().to_owned()
}

/// The hidden fields of a page, as the browser would send them.
fn carried(page: &str) -> Vec<(String, String)> {
    let fields = page.split("<input type=\"hidden\" name=\"").skip(1);
    fields
        .map(|field| {
            let name = field.split('"').next().unwrap();
            (name.to_owned(), hidden(page, name))
        })
        .collect()
}

#[tokio::test]
async fn a_form_is_filled_in_part_by_part_checked_and_counted_once() {
    let app = app().await;
    let form = Phone::new().begin(&app).await;
    let next = form.fill_in(2, "tiep", &[("A1", "5"), ("A2", "4")]).await;
    assert_eq!((next.status(), location(&next).contains("phan=3")), (StatusCode::SEE_OTHER, true));
    form.fill_in(3, "tiep", &[("B1", "3")]).await;
    let review = form.review().await;
    assert!(review.contains("Xem lại trước khi gửi") && review.contains("Rất hài lòng"), "{review}");
    let receipts = [form.submit(&app, &review).await, form.submit(&app, &review).await].map(|sent| location(&sent));
    assert_eq!(receipts[0], receipts[1]);
    assert_eq!((app.stored(), app.counted()), (1, 1));
    let answers = &app.answers()[0];
    assert_eq!((&answers["A1"], &answers["B1"]), (&"5".into(), &"3".into()));
}

#[tokio::test]
async fn a_damaged_letter_keeps_a_part_from_being_left_but_not_from_being_saved() {
    let app = app().await;
    let form = Phone::new().begin(&app).await;
    let answers = [("G2", "Tr\u{fffd}ng ồn"), ("G3", "Cổng trường đông")];
    assert_eq!(form.fill_in(8, "luu", &answers).await.status(), StatusCode::NO_CONTENT);
    assert_eq!(form.fill_in(8, "tiep", &answers).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = form.review().await;
    assert!(page.contains("id=\"loi-G2\"") && !page.contains("id=\"loi-G3\""), "{page}");
    assert!(
        page.contains("Tr\u{fffd}ng ồn") && page.contains("Cổng trường đông"),
        "what was typed is still there: {page}"
    );
    form.fill_in(8, "tiep", &[("G2", "Trống ồn"), answers[1]]).await;
    assert_eq!(form.send(&app).await.status(), StatusCode::SEE_OTHER);
    assert_eq!(app.answers()[0]["G3"], "Cổng trường đông");
}

#[tokio::test]
async fn the_address_alone_shows_nothing_on_another_telephone() {
    let app = app().await;
    let form = Phone::new().begin(&app).await;
    form.fill_in(2, "tiep", &[("A1", "1")]).await;
    let stranger = Phone::new();
    for path in ["", "&phan=1", "&phan=xem-lai", "&m=1.abc"] {
        let page = stranger.open(&format!("{}{path}", form.address)).await;
        assert_eq!(page.status(), StatusCode::FORBIDDEN, "{path}");
        let page = page.text().await.unwrap();
        assert!(page.contains("máy khác") && !page.contains("\"A1\""), "{page}");
    }
    let tried = stranger.0.post(&form.address).form(&[("_phan", "1"), ("_di", "tiep"), ("A1", "5")]).send().await;
    assert_eq!(tried.unwrap().status(), StatusCode::FORBIDDEN);
    assert!(form.page().await.contains("value=\"1\" checked"), "nothing was overwritten");
}

#[tokio::test]
async fn four_digits_let_another_telephone_in_and_guessing_ends_after_fifteen_tries() {
    let app = app().await;
    let form = Phone::new().begin(&app).await;
    form.fill_in(2, "luu", &[("A1", "2")]).await;
    let digits = |page: &str| page.split("class=\"digits\">").nth(1).map(|rest| rest[..4].to_owned());
    let right = digits(&form.page().await).unwrap();
    let second = Phone::new();
    let entered = second.0.post(&form.address).form(&[("_so", &right)]).send().await.unwrap();
    assert_eq!(entered.status(), StatusCode::OK);
    assert!(second.open(&form.address).await.text().await.unwrap().contains("value=\"2\" checked"));

    let thief = Phone::new();
    for _ in 0..15 {
        let now = digits(&form.page().await).unwrap();
        let wrong = if now == "0000" { "0001" } else { "0000" };
        let refused = thief.0.post(&form.address).form(&[("_so", wrong)]).send().await.unwrap();
        assert_eq!(refused.status(), StatusCode::FORBIDDEN);
    }
    assert_eq!(digits(&form.page().await), None);
    assert!(thief.open(&form.address).await.text().await.unwrap().contains("nhiều lần nhập sai"));
}

#[tokio::test]
async fn whoever_presses_begin_again_is_offered_the_form_under_way() {
    let app = app().await;
    let form = Phone::new().begin(&app).await;
    form.fill_in(2, "luu", &[("A1", "2")]).await;
    let begin = app.path(&format!("/k/{}/phieu", app.code(PRIMARY)));
    let offered = form.phone.0.post(&begin).form(&[("lang", "vi"), ("phieu", FORM)]).send().await.unwrap();
    let page = offered.text().await.unwrap();
    assert!(page.contains("phiếu đang làm dở") && page.contains("Mở phiếu mới"), "{page}");
    let given_up = form.fill_in(1, "xoa", &[]).await;
    assert_eq!(given_up.status(), StatusCode::SEE_OTHER);
    assert_eq!(form.phone.open(&form.address).await.status(), StatusCode::GONE);
    let again = form.phone.0.post(&begin).form(&[("lang", "vi"), ("phieu", FORM)]).send().await.unwrap();
    assert_eq!(again.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_browser_without_cookies_goes_through_all_parts() {
    let app = app().await;
    let phone = Client::builder().redirect(redirect::Policy::none()).build().unwrap();
    let code = app.code(PRIMARY);
    let begun = phone.post(app.path(&format!("/k/{code}/phieu"))).form(&[("phieu", FORM)]).send().await.unwrap();
    let first = begun.text().await.unwrap();
    let action = app.path(first.split("action=\"").nth(1).unwrap().split('"').next().unwrap());
    let proof = hidden(&first, "_may");
    let fill = |part: &'static str, answer: (&'static str, &'static str)| {
        let fields = [("_may", proof.as_str()), ("_phan", part), ("_di", "tiep"), answer];
        phone.post(&action).form(&fields).send()
    };
    let second = fill("1", ("A1", "4")).await.unwrap();
    assert_eq!(second.status(), StatusCode::OK);
    assert_eq!(hidden(&second.text().await.unwrap(), "_phan"), "2");
    assert_eq!(phone.get(&action).send().await.unwrap().status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_browser_without_cookies_gets_back_from_the_review_to_what_it_wants_to_change() {
    let app = app().await;
    let phone = Client::builder().redirect(redirect::Policy::none()).build().unwrap();
    let begin = phone.post(app.path(&format!("/k/{}/phieu", app.code(PRIMARY)))).form(&[("phieu", FORM)]);
    let mut page = begin.send().await.unwrap().text().await.unwrap();
    let action = app.path(page.split("action=\"").nth(1).unwrap().split('"').next().unwrap());
    let send = async |page: &str, own: &[(&str, &str)]| {
        let mut fields = carried(page);
        fields.extend(own.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        phone.post(&action).form(&fields).send().await.unwrap().text().await.unwrap()
    };
    page = send(&page, &[("_di", "tiep")]).await;
    page = send(&page, &[("_di", "tiep"), ("A1", "4")]).await;
    while page.contains("name=\"_phan\"") {
        page = send(&page, &[("_di", "tiep")]).await;
    }
    assert!(!page.contains("href=\"/k/"), "an address alone asks for four digits");
    page = send(&page, &[("_di", "den-2")]).await;
    assert_eq!(hidden(&page, "_phan"), "2");
    assert!(page.contains("name=\"A1\" value=\"4\" checked"), "{page}");
}

#[tokio::test]
async fn after_it_was_sent_its_address_leads_to_the_receipt_and_strangers_to_a_new_form() {
    let app = app().await;
    let form = Phone::new().begin(&app).await;
    form.fill_in(2, "luu", &[("A1", "2")]).await;
    let sent = form.send(&app).await;
    assert!(location(&sent).contains("/bien-nhan/"), "{sent:?}");
    let own = form.phone.open(&form.address).await;
    assert_eq!(own.status(), StatusCode::GONE);
    assert!(own.text().await.unwrap().contains("/bien-nhan/"));
    let foreign = Phone::new().open(&form.address).await.text().await.unwrap();
    assert!(!foreign.contains("/bien-nhan/") && foreign.contains("không còn lưu"), "{foreign}");
}

#[tokio::test]
async fn an_unfinished_form_is_not_counted_and_is_forgotten_after_two_days() {
    let app = app().await;
    let form = Phone::new().begin(&app).await;
    form.fill_in(2, "luu", &[("A1", "2")]).await;
    assert_eq!((app.stored(), app.counted()), (0, 0));
    app.state.clock.advance(48 * 3600);
    assert_eq!(form.phone.open(&form.address).await.status(), StatusCode::GONE);
}

#[tokio::test]
async fn two_tabs_that_fill_in_two_parts_lose_nothing_of_each_other() {
    let app = app().await;
    let form = Phone::new().begin(&app).await;
    form.fill_in(2, "luu", &[("A1", "2")]).await;
    // the second tab was opened before and knows nothing of A1
    form.fill_in(3, "luu", &[("B1", "5"), ("A1", "")]).await;
    form.send(&app).await;
    assert_eq!((&app.answers()[0]["A1"], &app.answers()[0]["B1"]), (&"2".into(), &"5".into()));
}

#[tokio::test]
async fn the_proof_is_kept_from_scripts_and_from_other_addresses() {
    let app = app().await;
    let code = app.code(PRIMARY);
    let begun =
        Phone::new().0.post(app.path(&format!("/k/{code}/phieu"))).form(&[("phieu", FORM)]).send().await.unwrap();
    let cookie = begun.headers()[SET_COOKIE].to_str().unwrap();
    for part in ["HttpOnly", "SameSite=Lax", &format!("Path=/k/{code}"), "Max-Age=172800"] {
        assert!(cookie.contains(part), "{cookie}");
    }
}

impl Phone {
    /// Somebody of the staff has begun a form on this telephone.
    async fn sent_to(self, app: &TestApp, begun: &Response) -> UnderWay {
        let cookie = begun.headers()[SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
        assert!(cookie.starts_with("phieu="));
        UnderWay { address: app.path(&location(begun)), phone: self }
    }
}

/// Signs in and presses a button beside the code of the first school.
async fn press(app: &TestApp, login: &str, unit: &str, step: &str) -> Response {
    app.sign_in(login, unit).await;
    let csrf = app.csrf().await;
    app.submit(&format!("/k/{}/{step}", app.code(PRIMARY)), &[("_csrf", &csrf)]).await
}

async fn modes(app: &TestApp) -> Vec<(String, i64)> {
    app.state.store.read_now(|db| submissions::by_mode(db, app.round.id)).unwrap()
}

#[tokio::test]
async fn an_officer_of_the_front_enters_a_form_for_somebody_and_it_is_marked() {
    let app = app().await;
    let begun = press(&app, "mat.tran", "MT-HOA-BAN", "nhap-ho").await;
    let form = Phone(app.client.clone()).sent_to(&app, &begun).await;
    assert!(form.page().await.contains("Nhập hộ:"));
    form.fill_in(2, "luu", &[("A1", "2")]).await;
    let receipt = form.phone.open(&app.path(&location(&form.send(&app).await))).await.text().await.unwrap();
    assert!(receipt.contains("href=\"/manage/assist\"") && !receipt.contains("Trả lời cho con khác"), "{receipt}");
    assert_eq!(modes(&app).await, [("assisted".to_owned(), 1)]);
    app.sign_in("chuyen.vien", "SO-AN-LANH").await;
    let round = app.get(&format!("/manage/rounds/{ROUND}")).await.text().await.unwrap();
    assert!(round.contains("Nhập hộ: 1"), "{round}");
}

#[tokio::test]
async fn nobody_of_a_school_and_no_front_of_another_ward_enters_forms_for_others() {
    for (login, unit) in [("hieu.truong", PRIMARY), ("truong.khac", OTHER_PRIMARY), ("mt.khac", "MT-BEN-SEN")] {
        let app = app().await;
        assert_eq!(press(&app, login, unit, "nhap-ho").await.status(), StatusCode::FORBIDDEN, "{unit}");
        let listed = app.get("/manage/assist").await.text().await.unwrap();
        assert!(!listed.contains(app.code(PRIMARY)), "{unit}");
    }
}

#[tokio::test]
async fn a_school_to_enter_forms_for_is_found_without_marks_and_no_round_of_staff_is_offered() {
    let app = app().await;
    app.sign_in("chuyen.vien", "SO-AN-LANH").await;
    make_round(&app.state, "can-bo", &["can-bo-giao-vien"], &[PRIMARY]);
    let list = async |q: &str| app.get(&format!("/manage/assist{q}")).await.text().await.unwrap();
    let name = app.state.store.read_now(|db| units::by_code(db, PRIMARY)).unwrap().unwrap().unit.name;
    let offers = |page: &str, unit: &str| page.contains(&format!("/k/{}/nhap-ho", app.code(unit)));
    let everybody = list("").await;
    assert!(offers(&everybody, PRIMARY) && offers(&everybody, OTHER_PRIMARY));
    assert_eq!(everybody.matches("/nhap-ho\"").count(), 2, "{everybody}");
    let found = list(&format!("?q={}", langnghe::vietnamese::fold(&name).replace(' ', "+"))).await;
    assert!(offers(&found, PRIMARY) && !offers(&found, OTHER_PRIMARY), "{found}");
    assert!(list("?q=khong-co").await.contains("Không có trường nào khớp với “khong-co”"));
}

#[tokio::test]
async fn a_form_is_tried_before_its_round_opens_and_nothing_is_stored() {
    let app = app().await;
    app.change(|db, id| rounds::open(db, id, app.state.clock.now() + TimeDelta::days(1)));
    let begun = press(&app, "chuyen.vien", "SO-AN-LANH", "thu").await;
    let form = Phone(app.client.clone()).sent_to(&app, &begun).await;
    form.fill_in(2, "luu", &[("A1", "2")]).await;
    let tried = form.send(&app).await;
    assert_eq!(tried.status(), StatusCode::OK);
    assert!(tried.text().await.unwrap().contains("&#34;A1&#34;: &#34;2&#34;") && app.stored() == 0);
    assert_eq!(press(&app, "mat.tran", "MT-HOA-BAN", "thu").await.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn on_a_device_for_everybody_the_next_person_finds_nothing_of_the_last() {
    let app = app().await;
    let code = app.code(PRIMARY);
    let tablet = Phone::new();
    let home = app.path(&format!("/k/{code}/may-chung"));
    let asked = tablet.open(&home).await;
    assert!(!asked.headers().contains_key(SET_COOKIE), "whoever only looks changes nothing");
    tablet.0.post(&home).send().await.unwrap();
    let start = tablet.open(&home).await.text().await.unwrap();
    assert!(start.contains("name=\"may-chung\""));
    let fields = [("phieu", FORM), ("may-chung", "1")];
    let begin = || tablet.0.post(app.path(&format!("/k/{code}/phieu"))).form(&fields).send();
    let first = app.path(&location(&begin().await.unwrap()));
    tablet.0.post(&first).form(&[("_phan", "2"), ("_di", "luu"), ("A1", "1")]).send().await.unwrap();
    let second = UnderWay { address: app.path(&location(&begin().await.unwrap())), phone: tablet };
    assert_eq!(second.phone.open(&first).await.status(), StatusCode::GONE);
    second.fill_in(2, "luu", &[("A1", "5")]).await;
    assert!(location(&second.send(&app).await).ends_with("&may-chung=1"));
    assert!(!second.page().await.contains("/bien-nhan/"), "Back shows no receipt of somebody else");
    let home = second.phone.open(&app.path(&format!("/k/{code}"))).await;
    assert!(location(&home).contains("/may-chung"), "no way leads out of it");
    let gone = second.phone.open(&second.address).await;
    assert!(gone.headers()["refresh"].to_str().unwrap().ends_with(&format!("/k/{code}/may-chung")));
    let look_up = second.phone.open(&app.path("/tra-cuu")).await;
    let sign_in = second.phone.open(&app.path("/sign-in")).await;
    assert!(look_up.headers().contains_key("refresh") && !sign_in.headers().contains_key("refresh"));
    assert_eq!(modes(&app).await, [("kiosk".to_owned(), 1)]);
}

#[tokio::test]
async fn whoever_guesses_addresses_of_forms_waits_and_a_flood_of_fields_is_refused_at_once() {
    let app = app().await;
    let code = app.code(PRIMARY);
    let guess = |n: u32| app.get_owned(format!("/k/{code}/phieu/{n:021}A"));
    let mut last = StatusCode::OK;
    for n in 0..200 {
        last = guess(n).await;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    let flood: Vec<(String, String)> = (0..20_000).map(|n| (format!("x{n}"), String::new())).collect();
    let sent = Phone::new().0.post(app.path(&format!("/k/{code}"))).form(&flood).send().await.unwrap();
    assert_eq!(sent.status(), StatusCode::BAD_REQUEST);
}

impl TestApp {
    async fn get_owned(&self, path: String) -> StatusCode {
        self.get(&path).await.status()
    }
}
