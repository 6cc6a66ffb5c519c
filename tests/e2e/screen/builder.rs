//! An officer writes a questionnaire: a template copied, one question and one branch added, looked at as a phone shows it, asked
//! in a round, answered by a parent.

use crate::support::beside;
use crate::support::browser::Browser;
use crate::support::device::Device;
use crate::support::gallery::Gallery;
use crate::support::installation::Installation;
use crate::support::parent::Parent;

const SCHOOL: &str = "TH-HOA-MAI";

/// Signs in and copies the template for parents of primary schools; the path of the copy.
async fn copied(browser: &Browser, installation: &Installation, password: &str) -> String {
    browser.open(&installation.url("/sign-in")).await;
    browser.type_into("[name=login]", "chuyenvien").await;
    browser.type_into("[name=password]", password).await;
    browser.press("form button", "/manage").await;
    browser.open(&installation.url("/manage/questionnaires")).await;
    browser.press("a[href='/manage/questionnaires/new?from=hai-long-tieu-hoc']", "/new").await;
    browser.type_into("[name=title]", "Phiếu của Sở An Lành").await;
    browser.press("form[action='/manage/questionnaires/new'] .btn", "/manage/questionnaires/").await;
    browser.run("return location.pathname;").await.as_str().expect("a path").to_owned()
}

/// Adds a question of this kind to the first section and fills in what is asked about it.
pub async fn add(browser: &Browser, kind: &str, fields: &[(&str, &str)]) {
    browser.run(&format!("document.querySelector('.outline > form.bar [name=kind]').value = '{kind}';")).await;
    browser.press(".outline button[value='add T']", "cau=").await;
    for (name, text) in fields {
        browser.type_into(&format!("#cau [name='{name}']"), text).await;
    }
}

#[test]
fn an_officer_adds_a_question_and_a_branch_and_a_parent_answers_them() {
    beside(async {
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
        browser.press("#cau .bar.end .btn", "#m-T1").await;
        add(&browser, "text", &[("label-vi", "Vì sao con chưa thích?"), ("label-en", "Why not?")]).await;
        browser.type_into("#relevant", "${T1} = 'sai'").await;
        browser
            .until("the mistake is said", "return document.getElementById('loi-relevant').textContent !== '';")
            .await;
        browser.run("document.getElementById('relevant').value = '';").await;
        browser.type_into("#relevant", "${T1} = 'khong'").await;
        browser.until("it is right", "return document.getElementById('loi-relevant').textContent === '';").await;
        browser.press("#cau .bar.end .btn", "#m-T2").await;

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
        browser.press("form[action='/manage/rounds/new'] .bar.end .btn", "/manage/rounds/dot-cua-phieu-rieng").await;
        browser.run("document.querySelector('[name=sure]').click();").await;
        browser.press("form[action$='/open'] .btn", "/manage/rounds/dot-cua-phieu-rieng").await;

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

const TAB: &str = "\u{e004}";
const SHIFT_TAB: &str = "\u{e008}\u{e004}\u{e000}";
const ENTER: &str = "\u{e007}";
const ALT_UP: &str = "\u{e00a}\u{e013}\u{e000}";

/// Presses keys where the focus is.
async fn press_keys(browser: &Browser, keys: &str) {
    let element = browser.page.active_element().await.expect("something has the focus");
    element.send_keys(keys).await.unwrap_or_else(|error| panic!("{keys:?}: {error}"));
}

/// Goes on by Tab until this has the focus.
async fn tab_to(browser: &Browser, css: &str) {
    go_to(browser, css, TAB).await;
}

/// Goes there by this key.
async fn go_to(browser: &Browser, css: &str, key: &str) {
    for _ in 0..400 {
        if browser.run(&format!("return document.activeElement.matches(\"{css}\")")).await == true {
            return;
        }
        press_keys(browser, key).await;
    }
    panic!("{css} is not to be reached by Tab");
}

/// Enter, and the page that it leads to.
async fn enter(browser: &Browser, leads_to: &str) {
    browser.run("window.before = true;").await;
    press_keys(browser, ENTER).await;
    browser.until(leads_to, "return !window.before && document.readyState === 'complete';").await;
    browser.arrive(leads_to).await;
}

async fn is_saved(browser: &Browser) {
    let saved = "const told = document.getElementById('da-luu').textContent; return told.startsWith('Đã lưu');";
    browser.until("it is saved", saved).await;
}

/// What the page says to whoever listens.
async fn hears(browser: &Browser, part: &str) {
    let script = format!("return document.getElementById('noi').textContent.includes(\"{part}\")");
    browser.until(part, &script).await;
}

/// Takes a question by its grip and lets it go over another.
async fn drag(browser: &Browser, code: &str, onto: &str) {
    let middle = |css: &str| {
        format!(
            "const box = document.querySelector('{css}').getBoundingClientRect();
            return {{x: box.left + box.width / 2, y: box.top + box.height * 0.8}}"
        )
    };
    let from = browser.run(&middle(&format!("#m-{code} .grip"))).await;
    let to = browser.run(&middle(&format!("#m-{onto}"))).await;
    for (kind, place) in [("mousePressed", &from), ("mouseMoved", &to), ("mouseMoved", &to), ("mouseReleased", &to)] {
        let event = serde_json::json!({"type": kind, "x": place["x"], "y": place["y"], "button": "left", "buttons": 1, "clickCount": 1});
        browser.devtools("Input.dispatchMouseEvent", event).await;
    }
}

#[test]
fn the_whole_builder_is_worked_by_keyboard_alone_and_a_question_is_dragged() {
    beside(async {
        let (installation, printed) = Installation::demo(0);
        let password =
            printed.split("password ").nth(1).and_then(|rest| rest.split_whitespace().next()).expect("a password");
        let server = installation.serve().await;
        let browser = Browser::start(Device::DESK).await;
        browser.open(&installation.url("/sign-in")).await;
        browser.type_into("[name=login]", "chuyenvien").await;
        browser.type_into("[name=password]", password).await;
        enter(&browser, "/manage").await;

        // from a template
        browser.open(&installation.url("/manage/questionnaires")).await;
        tab_to(&browser, "a[href='/manage/questionnaires/new?from=hai-long-tieu-hoc']").await;
        enter(&browser, "/new").await;
        tab_to(&browser, "[name=title]").await;
        press_keys(&browser, "Phiếu gõ bằng phím").await;
        enter(&browser, "/manage/questionnaires/").await;

        // a question, saved while it is typed, with a branch that is completed
        tab_to(&browser, "button[value='add T']").await;
        enter(&browser, "cau=T1").await;
        tab_to(&browser, "[name=label-vi]").await;
        press_keys(&browser, "Bữa trưa con ăn có ngon không?").await;
        tab_to(&browser, "[name=label-en]").await;
        press_keys(&browser, "Is lunch good?").await;
        is_saved(&browser).await;
        tab_to(&browser, "#relevant").await;
        press_keys(&browser, "${ban").await;
        let offered = |code: &str| {
            format!(
                "const first = document.querySelector('#goi-relevant [aria-selected=true] b'); return !!first && first.textContent === '{code}'"
            )
        };
        browser.until("the question is offered", &offered("ban_tru")).await;
        let mut gallery = Gallery::new();
        gallery.look(&browser, "GET /manage/questionnaires/{id}", "completion").await;
        browser.resize(1366).await;
        press_keys(&browser, ENTER).await;
        press_keys(&browser, " = ").await;
        browser.until("its choices are offered", &offered("co")).await;
        press_keys(&browser, ENTER).await;
        assert_eq!(browser.run("return document.getElementById('relevant').value").await, "${ban_tru} = 'co'");
        let drawn = "const page = document.querySelector('.screen iframe').contentDocument;
            return !!page && !!page.getElementById('T1') && page.body.textContent.includes('chỉ hiện khi');";
        browser.until("the phone beside it shows the branch", drawn).await;

        // its place, by keyboard and by hand; the focus stays
        go_to(&browser, "#m-T1 .grip", SHIFT_TAB).await;
        press_keys(&browser, ALT_UP).await;
        hears(&browser, "Câu T1 nay đứng thứ 4 trong 5 câu").await;
        let stays = "return document.activeElement.matches('#m-T1 .grip')";
        browser.until("the focus stays", stays).await;
        let order = "return Array.from(document.getElementById('m-T1').parentElement.children, (item) => item.id).indexOf('m-T1') === 3";
        browser.until("the page is drawn in the new order", order).await;
        browser.run("document.getElementById('m-A1').scrollIntoView({block: 'center', behavior: 'instant'})").await;
        drag(&browser, "A1", "A2").await;
        hears(&browser, "Câu A1 nay đứng thứ 2").await;

        // what somebody else writes meanwhile stands beside it
        let own = browser.run("return location.pathname").await.as_str().expect("a path").to_owned();
        let theirs = format!(
            "const done = arguments[arguments.length - 1]; const form = new URLSearchParams(new FormData(document.getElementById('cau')));
            form.set('label-vi', 'Của người khác');
            fetch('{own}/question', {{method: 'POST', body: form}}).then(() => done(true))"
        );
        browser.page.execute_async(&theirs, vec![]).await.expect("saved by somebody else");
        browser.type_into("[name=label-en]", " Really?").await;
        browser.until("both are shown", "return !!document.querySelector('.both mark')").await;
        // what the bar at the top covers just now counts as too small
        browser.run("window.scrollTo({top: 0, behavior: 'instant'})").await;
        gallery.look(&browser, "GET /manage/questionnaires/{id}", "both").await;
        for (path, name) in [("/scales", "scales"), ("/translate?sang=en", "translate")] {
            browser.open(&installation.url(&format!("{own}{path}"))).await;
            gallery.look(&browser, "GET /manage/questionnaires", name).await;
        }
        gallery.close();

        // the tab was left with a choice that is still to be made
        browser.open(&installation.url(&own)).await;
        browser.until("it is asked again", "return !!document.querySelector('#chua-luu .both form')").await;
        browser.press("#chua-luu .both form .btn", "cau=T1").await;
        let english = browser.run("return document.querySelector('[name=label-en]').value").await;
        assert_eq!(english, "Is lunch good? Really?");

        browser.open(&installation.url(&format!("{own}/xem"))).await;
        browser.until("the branch is closed", "return !document.querySelector('[name=T1]').offsetParent;").await;
        tab_to(&browser, "[name=ban_tru]").await;
        press_keys(&browser, " ").await;
        browser.until("the branch opens", "return !!document.querySelector('[name=T1]').offsetParent;").await;
        drop(browser);
        server.stop();
    });
}
