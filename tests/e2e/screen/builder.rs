//! An officer writes a questionnaire: a template copied, one question and one branch added, looked at as a phone shows it, asked
//! in a round, answered by a parent.

use crate::support::alone;
use crate::support::browser::Browser;
use crate::support::device::Device;
use crate::support::gallery::Gallery;
use crate::support::installation::Installation;
use crate::support::parent::Parent;

const SCHOOL: &str = "TH-HOA-MAI";

/// Presses a button or follows a link, and waits for the page that it leads to.
async fn press(browser: &Browser, css: &str, leads_to: &str) {
    browser.run("window.before = true;").await;
    browser.tap(css).await;
    browser.until(leads_to, "return !window.before && document.readyState === 'complete';").await;
    browser.arrive(leads_to).await;
}

/// Signs in and copies the template for parents of primary schools; the path of the copy.
async fn copied(browser: &Browser, installation: &Installation, password: &str) -> String {
    browser.open(&installation.url("/sign-in")).await;
    browser.type_into("[name=login]", "chuyenvien").await;
    browser.type_into("[name=password]", password).await;
    press(browser, "form button", "/manage").await;
    browser.open(&installation.url("/manage/questionnaires")).await;
    press(browser, "a[href='/manage/questionnaires/new?from=hai-long-tieu-hoc']", "/new").await;
    browser.type_into("[name=title]", "Phiếu của Sở An Lành").await;
    press(browser, "form[action='/manage/questionnaires/new'] .btn", "/manage/questionnaires/").await;
    browser.run("return location.pathname;").await.as_str().expect("a path").to_owned()
}

/// Adds a question of this kind to the first section and fills in what is asked about it.
async fn add(browser: &Browser, kind: &str, fields: &[(&str, &str)]) {
    browser.run(&format!("document.querySelector('.outline > form.bar [name=kind]').value = '{kind}';")).await;
    press(browser, ".outline button[value='add T']", "cau=").await;
    for (name, text) in fields {
        browser.type_into(&format!("#cau [name='{name}']"), text).await;
    }
}

#[test]
fn an_officer_adds_a_question_and_a_branch_and_a_parent_answers_them() {
    alone(async {
        let (installation, printed) = Installation::demo(0);
        let password =
            printed.split("password ").nth(1).and_then(|rest| rest.split_whitespace().next()).expect("a password");
        let server = installation.serve().await;
        let browser = Browser::start(Device::DESK).await;
        let own = copied(&browser, &installation, password).await;

        let pasted = [("label-vi", "Con có thích đến trường?"), ("label-en", "Happy at school?")];
        add(&browser, "select_one", &pasted).await;
        browser.tap("#cau details summary").await;
        browser
            .run("document.querySelector('[name=choice-paste]').value = 'thich\\tCó\\tYes\\nkhong\\tKhông\\tNo';")
            .await;
        press(&browser, "#cau .bar.end .btn", "#m-T1").await;
        add(&browser, "text", &[("label-vi", "Vì sao con chưa thích?"), ("label-en", "Why not?")]).await;
        browser.type_into("#relevant", "${T1} = 'sai'").await;
        browser
            .until("the mistake is said", "return document.getElementById('loi-relevant').textContent !== '';")
            .await;
        browser.run("document.getElementById('relevant').value = '';").await;
        browser.type_into("#relevant", "${T1} = 'khong'").await;
        browser.until("it is right", "return document.getElementById('loi-relevant').textContent === '';").await;
        press(&browser, "#cau .bar.end .btn", "#m-T2").await;

        browser.open(&installation.url(&format!("{own}/xem"))).await;
        let hidden = "return !document.querySelector('[name=T2]').offsetParent;";
        browser.until("the branch is closed", hidden).await;
        browser.run("document.querySelector('[name=T1][value=khong]').click();").await;
        browser.until("the branch opens", "return !!document.querySelector('[name=T2]').offsetParent;").await;

        let mut gallery = Gallery::new();
        for (path, name) in [
            ("/manage/questionnaires".to_owned(), "questionnaires"),
            ("/manage/questionnaires/new".to_owned(), "new"),
            (own.clone(), "editor"),
            (format!("{own}?cau=T1"), "editor-own"),
            (format!("{own}?cau=A1"), "editor-core"),
            (format!("{own}?phan=T"), "editor-section"),
            (format!("{own}/cover"), "cover"),
            (format!("{own}/json"), "json"),
            (format!("{own}/history?from=1&to=3"), "history"),
        ] {
            browser.open(&installation.url(&path)).await;
            gallery.look(&browser, "GET /manage/questionnaires", name).await;
        }
        gallery.close();

        browser.open(&installation.url("/manage/rounds/new")).await;
        browser.type_into("[name=title]", "Đợt của phiếu riêng").await;
        browser.type_into("[name=contact]", "Phòng Khảo thí").await;
        browser
            .run("document.querySelector('[name=template]').click(); document.querySelector('[name=all]').click();")
            .await;
        press(&browser, "form[action='/manage/rounds/new'] .bar.end .btn", "/manage/rounds/dot-cua-phieu-rieng").await;
        browser.run("document.querySelector('[name=sure]').click();").await;
        press(&browser, "form[action$='/open'] .btn", "/manage/rounds/dot-cua-phieu-rieng").await;

        let parent = Parent::with(Device::SMALL).await;
        parent.begin(&installation.poster("dot-cua-phieu-rieng", SCHOOL), "phieu-cua-so-an-lanh").await;
        parent.browser.run("document.querySelector('[name=T1][value=khong]').click();").await;
        parent.browser.type_into("[name=T2]", "Con sợ muộn").await;
        parent.walk(2).await;
        parent.send().await;
        assert_eq!(installation.count("dot-cua-phieu-rieng"), 1);
        drop((browser, parent));
        server.stop();
    });
}
