//! States of other ways to a form than the open poster: a device for everybody, staff, one-time codes; and of taking one back.

use super::{BEGIN, FORM, LARGE_SCHOOL, PART, RECEIPT, ROUND, Round, SCHOOL, SEND, START, WHOLE};
use crate::support::browser::Browser;
use crate::support::parent::{Parent, SEND as SEND_BUTTON};

const KIOSK: &str = "GET /k/{code}/may-chung";
const TURN: &str = "POST /k/{code}/may-chung";
const ASSIST: &str = "POST /k/{code}/nhap-ho";
const TRY: &str = "POST /k/{code}/thu";
const SECRET: &str = "POST /k/{code}/rut-lai";
const WITHDRAW: &str = "GET /rut-lai";
const WITHDRAWN: &str = "POST /rut-lai";

impl Round<'_> {
    pub(super) async fn kiosk(&mut self, parent: &Parent) {
        let browser = &parent.browser;
        let start = self.said(&format!("{}/may-chung", self.installation.poster(ROUND, SCHOOL)));
        browser.open(&start).await;
        self.look(browser, KIOSK, "a device for everybody?").await;
        browser.tap("main .btn").await;
        browser.until("its start page", "return !!document.querySelector('[name=\"may-chung\"]')").await;
        self.look(browser, TURN, "device for everybody").await;
        parent.choose(FORM).await;
        browser.run("document.getElementById('may-chung').hidden = false").await;
        self.look(browser, PART, "is somebody still there").await;
        browser.open(&start).await;
        parent.choose(FORM).await;
        parent.fill_in(1).await;
        while parent.has("button[name=_di]").await {
            parent.go_on().await;
        }
        browser.tap(SEND_BUTTON).await;
        browser.arrive("/bien-nhan/").await;
        self.look(browser, RECEIPT, "receipt on a device for everybody").await;
        browser.page.delete_all_cookies().await.expect("an ordinary device again");
    }

    /// From the receipt that is open to the form taken back.
    pub(super) async fn withdrawal(&mut self, browser: &Browser) {
        let receipt = browser.text(".receipt").await;
        browser.tap("form[action$='/rut-lai'] button").await;
        browser
            .until("the code", "return !document.querySelector('.next') && !!document.querySelector('.receipt')")
            .await;
        self.look(browser, SECRET, "withdrawal code").await;
        let code = browser.text(".receipt").await;
        let page = self.said(&self.installation.url("/rut-lai"));
        self.open(browser, WITHDRAW, "withdrawal", &page).await;
        for (typed, name) in [(receipt.as_str(), "with a receipt"), ("KKKK", "unreadable")] {
            self.type_withdrawal(browser, &page, typed).await;
            self.look(browser, WITHDRAWN, &format!("withdrawal {name}")).await;
        }
        self.type_withdrawal(browser, &page, &code).await;
        self.look(browser, WITHDRAWN, "withdrawal, is it meant").await;
        browser.tap("main form button").await;
        browser.until("withdrawn", "return !!document.querySelector('.call')").await;
        self.look(browser, WITHDRAWN, "withdrawn").await;
        self.type_withdrawal(browser, &page, &code).await;
        browser.tap("main form button").await;
        browser.until("no such form", "return !!document.querySelector('#cach-go')").await;
        self.look(browser, WITHDRAWN, "withdrawn before").await;
    }

    async fn type_withdrawal(&self, browser: &Browser, page: &str, typed: &str) {
        browser.open(page).await;
        browser.type_into("[name=ma]", typed).await;
        browser.tap("main form button").await;
        browser.until("an answer", "return location.search === '' && !!document.querySelector('.sign')").await;
    }

    /// Forms that staff begin: for somebody, and to try one.
    pub(super) async fn by_staff(&mut self, parent: &Parent, printed: &str) {
        let browser = &parent.browser;
        self.sign_in(browser, "mattran", printed).await;
        self.press(browser, "/manage/assist", "nhap-ho", Some(LARGE_SCHOOL)).await;
        browser.until("refused", "return !!document.querySelector('h1')").await;
        self.look(browser, ASSIST, "form for somebody at a school elsewhere").await;
        self.press(browser, "/manage/assist", "nhap-ho", None).await;
        browser.until("refused", "return !!document.querySelector('h1')").await;
        self.look(browser, ASSIST, "form for somebody in a round that is full").await;
        self.press(browser, "/manage/assist", "nhap-ho", Some("TH-BEN-SEN")).await;
        browser.arrive("/phieu/").await;
        self.look(browser, PART, "first part, for somebody").await;

        self.sign_in(browser, "chuyenvien", printed).await;
        self.press(browser, "/manage/rounds/phu-huynh-hk1/links", "thu", Some(LARGE_SCHOOL)).await;
        browser.until("the question", "return !!document.querySelector('button[name=phieu]')").await;
        self.look(browser, TRY, "which form is tried").await;
        browser.tap("button[name=phieu]").await;
        browser.arrive("/phieu/").await;
        self.look(browser, PART, "first part, to try it").await;
        parent.fill_in(1).await;
        while parent.has("button[name=_di]").await {
            parent.go_on().await;
        }
        parent.tap_on_to(SEND_BUTTON).await;
        self.look(browser, SEND, "trial").await;
    }

    async fn sign_in(&self, browser: &Browser, login: &str, printed: &str) {
        browser.page.delete_all_cookies().await.expect("a browser of somebody else");
        browser.open(&self.said(&self.installation.url("/sign-in"))).await;
        browser.type_into("[name=login]", login).await;
        browser.type_into("[name=password]", &password(printed, login)).await;
        browser.tap("main form .btn").await;
        browser.arrive("/manage").await;
    }

    /// Presses the first button of this step on a page of staff, as if it were this school's.
    async fn press(&self, browser: &Browser, page: &str, step: &str, school: Option<&str>) {
        browser.open(&self.installation.url(page)).await;
        let poster = school.map(|school| self.installation.poster(ROUND, school));
        let code = poster.as_deref().and_then(|poster| poster.rsplit('/').next()).unwrap_or_default();
        let press = format!(
            "const form = document.querySelector(\"form[action$='/{step}']\");
            if ('{code}') form.action = '/k/{code}/{step}';
            form.submit()"
        );
        browser.run(&press).await;
        browser.until("another page", "return !location.pathname.startsWith('/manage')").await;
    }

    /// A round that has as many forms as shall count.
    pub(super) async fn full(&mut self, browser: &Browser) {
        let poster = self.said(&self.installation.links("mot-phieu")[0][3]);
        let send = "const form = document.querySelector('form');
            for (const set of form.querySelectorAll('fieldset')) (set.querySelector('[type=radio]') || {}).checked = true;
            for (const box of form.querySelectorAll('textarea')) box.value = 'Cảm ơn';
            form.submit()";
        let whole = poster.replace("?lang", "/phieu?lang");
        if self.installation.count("mot-phieu") == 0 {
            browser.open(&whole).await;
            browser.run(send).await;
            browser.arrive("/bien-nhan/").await;
        }
        self.open(browser, START, "full", &poster).await;
        self.open(browser, WHOLE, "form of a round that is full", &whole).await;
    }

    /// A round that asks for a code of its own for each form.
    pub(super) async fn one_time_codes(&mut self, browser: &Browser) {
        let poster = self.said(&self.installation.links("mot-lan")[0][3]);
        self.open(browser, START, "start with a one-time code", &poster).await;
        browser.type_into("[name=ma]", "KKKK").await;
        browser.tap("main form .btn").await;
        browser.until("refused", "return !!document.querySelector('.sign.warn')").await;
        self.look(browser, BEGIN, "one-time code unknown").await;
    }
}

/// What the demonstration printed for an account.
fn password(printed: &str, login: &str) -> String {
    let line = printed.lines().find(|line| line.contains(&format!("account {login} "))).expect("an account");
    line.split("password ").nth(1).and_then(|rest| rest.split_whitespace().next()).expect("a password").to_owned()
}
