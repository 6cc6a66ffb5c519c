//! Every state of every page that the public sees. A page that is registered and stands in no list here fails a test.

mod letters;
mod ways;

use std::collections::BTreeSet;

use actix_web::introspection::IntrospectionTree;
use actix_web::test::{TestRequest, call_and_read_body, init_service};
use actix_web::{App, web};
use langnghe::web::routes;
use serde_json::{Value, json};

use crate::support::beside;
use crate::support::browser::Browser;
use crate::support::desk::Desk;
use crate::support::device::Device;
use crate::support::gallery::Gallery;
use crate::support::installation::Installation;
use crate::support::parent::Parent;

const ROUND: &str = "phu-huynh-hk1";
/// One level, and several.
const SCHOOL: &str = "THCS-BAN-MAI";
const LARGE_SCHOOL: &str = "THTHCS-DONG-SEN";
const FORM: &str = "hai-long-thcs";

const FRONT: &str = "GET /";
const TYPED: &str = "GET /k";
const START: &str = "GET /k/{code}";
const SEND: &str = "POST /k/{code}";
const WHOLE: &str = "GET /k/{code}/phieu";
const BEGIN: &str = "POST /k/{code}/phieu";
const PART: &str = "GET /k/{code}/phieu/{ticket}";
const GO: &str = "POST /k/{code}/phieu/{ticket}";
const RECEIPT: &str = "GET /k/{code}/bien-nhan/{receipt}";
const LOOK_UP: &str = "GET /tra-cuu";
const LOOKED_UP: &str = "POST /tra-cuu";

/// What the public may ask for and is no page: pictures, files, answers for programs.
const NO_PAGES: [&str; 15] = [
    // leads back to the part
    "POST /k/{code}/phieu/{ticket}/anh",
    "GET /k/{code}/phieu/{ticket}/anh/{id}",
    // redirects to the desk
    "GET /k/{code}/nhap-ho",
    "GET /k/{code}/thu",
    "GET /assets/{file}",
    "GET /healthz",
    "GET /readyz",
    "GET /k/{code}/qr.png",
    "GET /k/{code}/qr.svg",
    "GET /k/{code}/card.png",
    "GET /media/{file}",
    // redirects to the address without the stroke
    "GET /k/",
    "GET /k/{code}/",
    // redirects to the page where a withdrawal code is typed
    "GET /k/{code}/rut-lai",
    "GET /report",
];

/// Prefixes of what is not for the public, or not for people.
const NOT_PUBLIC: [&str; 6] = ["/api/", "/manage", "/analyse", "/sign-in", "/sign-out", "/link/"];

/// Method and pattern of everything that the server registers for the public.
async fn registered() -> BTreeSet<String> {
    let report = async |tree: web::Data<IntrospectionTree>| tree.report_as_json();
    let app = App::new().configure(routes::all).route("/report", web::get().to(report));
    let body = call_and_read_body(&init_service(app).await, TestRequest::get().uri("/report").to_request()).await;
    let listed: Vec<Value> = serde_json::from_slice(&body).expect("a report");
    let public = listed.iter().filter_map(|one| Some((one["full_path"].as_str()?, one["methods"].as_array()?)));
    public
        .filter(|(path, _)| !NOT_PUBLIC.iter().any(|prefix| path.starts_with(prefix)))
        .flat_map(|(path, methods)| methods.iter().filter_map(move |m| Some(format!("{} {path}", m.as_str()?))))
        .collect()
}

/// A public page in one language: what is looked at, and with what.
struct Round<'a> {
    installation: &'a Installation,
    gallery: &'a mut Gallery,
    lang: &'static str,
}

impl Round<'_> {
    async fn look(&mut self, browser: &Browser, route: &str, name: &str) {
        self.gallery.look(browser, route, &format!("{} {name}", self.lang)).await;
    }

    /// An address in this language.
    fn said(&self, address: &str) -> String {
        let joint = if address.contains('?') { '&' } else { '?' };
        format!("{address}{joint}lang={}", self.lang)
    }

    async fn open(&mut self, browser: &Browser, route: &str, name: &str, address: &str) {
        browser.open(&self.said(address)).await;
        self.look(browser, route, name).await;
    }

    /// Pages that lie behind an address.
    async fn addresses(&mut self, browser: &Browser) {
        let installation = self.installation;
        let school = installation.poster(ROUND, SCHOOL);
        let draft = format!("{school}/phieu/{}", "A".repeat(22));
        let listed = [
            (FRONT, "front page", installation.url("/")),
            (TYPED, "unknown code, typed", installation.url("/k?ma=ZZZZZZ")),
            (START, "unknown code", installation.url("/k/ZZZZZZ")),
            (START, "start", school.clone()),
            (START, "start, two levels", installation.poster(ROUND, LARGE_SCHOOL)),
            (START, "start, level not chosen", format!("{}?x=1#chon", installation.poster(ROUND, LARGE_SCHOOL))),
            (START, "closed", installation.links("gio-vao-hoc")[0][3].clone()),
            (START, "closed, late forms taken", installation.links("can-bo-nam-nay")[0][3].clone()),
            (START, "not open yet", installation.links("sang-nam")[0][3].clone()),
            (WHOLE, "form on one page", format!("{school}/phieu?phieu={FORM}")),
            (PART, "form forgotten", draft),
            (RECEIPT, "no such receipt", format!("{school}/bien-nhan/KKKK-KKKK-KKKK-KKKK-KKKK")),
            (LOOK_UP, "look-up of receipts", installation.url("/tra-cuu")),
            (FRONT, "no such page", installation.url("/nothing")),
        ];
        for (route, name, address) in listed {
            let address = match address.split_once("?x=1#") {
                Some((page, place)) => format!("{}#{place}", self.said(page)),
                None => self.said(&address),
            };
            browser.open(&address).await;
            self.look(browser, route, name).await;
        }
    }

    /// A form part by part, on the telephone that began it and on another one; ends with its receipt.
    async fn journey(&mut self, parent: &Parent, other: &Browser) {
        let school = self.installation.poster(ROUND, SCHOOL);
        let browser = &parent.browser;
        browser.open(&self.said(&school)).await;
        parent.choose(FORM).await;
        browser.arrive("/phieu/").await;
        self.look(browser, PART, "first part").await;
        let draft = browser.address().await;
        parent.answer("hoc_them", "ca_hai").await;
        browser.type_into("[name=buoi_hoc_them]", "99").await;
        browser.tap("button[name=_di][value=tiep]").await;
        browser.until("errors", "return !!document.querySelector('.errors')").await;
        self.look(browser, GO, "part with an error").await;
        browser.run("document.querySelector('[name=buoi_hoc_them]').value = 9").await;
        parent.go_on().await;
        self.look(browser, PART, "second part").await;

        browser.open(&self.said(&school)).await;
        parent.choose(FORM).await;
        self.look(browser, BEGIN, "a form is under way").await;
        parent.tap_on_to("main a.btn").await;
        self.strangers(browser, other, &draft).await;

        browser.open(&draft).await;
        self.look(browser, PART, "part after many wrong digits").await;
        parent.walk(1).await;
        self.look(browser, PART, "review").await;
        browser.tap("button[data-sending]").await;
        browser.arrive("/bien-nhan/").await;
        self.look(browser, RECEIPT, "receipt").await;
        let (address, receipt) = (browser.address().await, browser.text(".receipt").await);
        browser.open(&draft).await;
        self.look(browser, PART, "form sent already").await;
        self.look_up(browser, &receipt).await;
        browser.open(&address).await;
        self.withdrawal(browser).await;
    }

    /// The same form's address on another telephone.
    async fn strangers(&mut self, own: &Browser, other: &Browser, draft: &str) {
        other.open(draft).await;
        self.look(other, PART, "form of another telephone").await;
        own.run("document.querySelector('details').open = true").await;
        let digits = own.text(".digits").await;
        let wrong = if digits == "0000" { "0001" } else { "0000" };
        other.type_into("[name=_so]", wrong).await;
        other.tap("main form .btn").await;
        other.until("refused", "return !!document.querySelector('.error')").await;
        self.look(other, GO, "wrong digits").await;
        let tried = "const done = arguments[1]; let left = 15;
            const next = () => left-- ? fetch(location.href, { method: 'POST', body: new URLSearchParams({ _so: arguments[0] }) })
                .then(next) : done(true);
            next()";
        other.page.execute_async(tried, vec![json!(wrong)]).await.expect("fifteen tries");
        other.open(draft).await;
        self.look(other, PART, "locked after wrong digits").await;
    }

    /// Forms on one page that cannot be taken as they are.
    async fn refusals(&mut self, browser: &Browser) {
        let whole = self.said(&format!("{}/phieu?phieu={FORM}", self.installation.poster(ROUND, SCHOOL)));
        browser.open(&whole).await;
        let wrong = "const box = document.querySelector('.scale input'); box.value = '77'; box.checked = true;
            document.querySelector('form').submit()";
        browser.run(wrong).await;
        browser.until("errors", "return !!document.querySelector('.errors')").await;
        self.look(browser, SEND, "form on one page with errors").await;

        browser.open(&whole).await;
        let twice = "const [done] = arguments, form = document.querySelector('form'), boxes = form.querySelectorAll('.scale input');
            boxes[0].checked = true;
            fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)) }).then(() => {
                boxes[1].checked = true;
                done(true);
                form.submit();
            })";
        browser.page.execute_async(twice, vec![]).await.expect("sent once");
        browser.until("the question", "return !!document.querySelector('.sign.warn')").await;
        self.look(browser, SEND, "same form with other answers").await;

        self.installation.sabotage("ALTER TABLE submission RENAME TO away");
        browser.open(&whole).await;
        browser
            .run("document.querySelector('.scale input').checked = true; document.querySelector('form').submit()")
            .await;
        browser.until("told so", "return !!document.querySelector('.sign.warn')").await;
        self.look(browser, SEND, "cannot be stored now").await;
        self.installation.sabotage("ALTER TABLE away RENAME TO submission");
        browser.tap("main form button").await;
        browser.arrive("/bien-nhan/").await;

        let late = self.said(&format!("{}/phieu", self.installation.links("gio-vao-hoc")[0][3]));
        self.open(browser, WHOLE, "form after the round closed", &late).await;
    }

    async fn look_up(&mut self, browser: &Browser, receipt: &str) {
        for (typed, name) in [(receipt, "known"), ("KKKK KKKK KKKK KKKK KKKK", "unknown"), ("KKKK", "unreadable")] {
            browser.open(&self.said(&self.installation.url("/tra-cuu"))).await;
            browser.run("document.querySelector('form').setAttribute('data-here', '')").await;
            browser.type_into("[name=ma]", typed).await;
            browser.tap("form button").await;
            browser
                .until("an answer", "return !document.querySelector('[data-here]') && !!document.querySelector('h1')")
                .await;
            self.look(browser, LOOKED_UP, &format!("receipt {name}")).await;
        }
    }
}

/// A round of one school that is made and not open.
async fn made(desk: &Desk<'_>, title: &str, slug: &str) {
    let page = desk.get("/manage/rounds/new").await;
    let school = page.split("name=\"unit\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a school");
    made_with(desk, title, slug, &[("template", "phieu-gop-y"), ("unit", school)]).await;
}

/// The same with this questionnaire, for these schools.
async fn made_with(desk: &Desk<'_>, title: &str, slug: &str, asked: &[(&str, &str)]) {
    let round = [("title", title), ("slug", slug), ("contact", "Phòng Khảo thí")];
    let closes = [("day", "2099-05-31"), ("time", "22:00"), ("channel", "truong")];
    desk.post("/manage/rounds/new", &[&round[..], asked, &closes].concat()).await;
}

/// One round for next year, and one that asks for one-time codes.
async fn more_rounds(installation: &Installation, printed: &str) {
    let desk = Desk::sign_in(installation, printed).await;
    made(&desk, "Đợt sang năm", "sang-nam").await;
    made(&desk, "Đợt dùng mã một lần", "mot-lan").await;
    made(&desk, "Đợt chỉ nhận một phiếu", "mot-phieu").await;
    desk.post("/manage/rounds/mot-phieu/admission", &[("access", "open"), ("unit_most", "1")]).await;
    desk.post("/manage/rounds/mot-phieu/open", &[("sure", "1")]).await;
    desk.post("/manage/rounds/mot-lan/admission", &[("access", "codes"), ("unit_most", "")]).await;
    desk.post("/manage/rounds/mot-lan/open", &[("sure", "1")]).await;
    made_with(&desk, "Ý kiến học sinh", "hoc-sinh", &[("template", "hai-long-hoc-sinh-thpt"), ("all", "1")]).await;
    let letter = "Nhà trường sẽ hỏi ý kiến các con về trường lớp. Phiếu không ghi tên, và con có thể không trả lời.";
    desk.post("/manage/rounds/hoc-sinh/notice", &[("text", letter)]).await;
    desk.post("/manage/rounds/hoc-sinh/open", &[("sure", "1")]).await;
    made(&desk, "Đợt đang tạm dừng", "tam-dung").await;
    desk.post("/manage/rounds/tam-dung/open", &[("sure", "1")]).await;
    let pause = [("day", "2099-05-01"), ("time", "08:00"), ("reason", "Mất điện toàn tỉnh")];
    desk.post("/manage/rounds/tam-dung/pause", &pause).await;
}

#[test]
fn every_public_page_and_state_is_accessible_and_fits_a_small_phone() {
    beside(async {
        let (installation, printed) = Installation::demo(40);
        let server = installation.serve().await;
        more_rounds(&installation, &printed).await;
        installation.run(&["rounds", "close", "can-bo-nam-nay"]);
        let mut gallery = Gallery::for_fingers();
        for lang in ["vi", "en"] {
            let (parent, other) = (Parent::with(Device::DESK).await, Browser::start(Device::DESK).await);
            let mut round = Round { installation: &installation, gallery: &mut gallery, lang };
            round.addresses(&parent.browser).await;
            round.journey(&parent, &other).await;
            round.refusals(&parent.browser).await;
            round.full(&parent.browser).await;
            round.kiosk(&parent).await;
            round.one_time_codes(&parent.browser).await;
            round.letters(&parent.browser).await;
            round.by_staff(&parent, &printed).await;
        }
        let expected: BTreeSet<String> =
            registered().await.into_iter().filter(|route| !NO_PAGES.contains(&route.as_str())).collect();
        let seen = gallery.close();
        assert_eq!(seen, expected, "left: looked at, right: registered; every public page needs its states here");
        server.stop();
    });
}
