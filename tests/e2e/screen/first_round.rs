//! The first ten minutes of a new officer: from the mailed link to a round that was answered, reminded of and closed.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use langnghe::survey::unit::Preset;
use reqwest::Client;
use rust_xlsxwriter::Workbook;

use super::builder::add;
use crate::support::beside;
use crate::support::browser::Browser;
use crate::support::device::Device;
use crate::support::installation::Installation;
use crate::support::manual::Manual;
use crate::support::parent::Parent;
use crate::support::tool;

const OFFICE: &str = "SO-AN-LANH";
const SCHOOL: &str = "TH-HOA-MAI";
const SILENT: &str = "TH-HOA-BAN";
const PASSWORD: &str = "mây trắng bay qua núi";
const ROUND: &str = "/manage/rounds/lay-y-kien-cha-me";

/// The offices of the province alone: the schools come from the officer's list.
fn offices(folder: &Path) -> String {
    let text = String::from_utf8(Preset::PhuongSo.csv().to_vec()).expect("UTF-8");
    let lines: Vec<&str> = text.lines().filter(|line| !line.contains(",truong,")).collect();
    let file = folder.join("co-quan.csv");
    fs::write(&file, lines.join("\n") + "\n").expect("written");
    file.to_string_lossy().into_owned()
}

/// The list of schools as an office keeps it in Excel; returns how many there are.
fn list_of_schools(file: &Path) -> usize {
    let mut reader = csv::Reader::from_reader(Preset::PhuongSo.csv());
    let names = reader.headers().expect("headings").clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    let schools: Vec<_> = rows.iter().filter(|row| &row[2] == "truong").collect();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, record) in std::iter::once(&names).chain(schools.iter().copied()).enumerate() {
        for (column, cell) in record.iter().enumerate() {
            let (row, column) = (u32::try_from(row).expect("few"), u16::try_from(column).expect("few"));
            match cell.parse::<f64>() {
                Ok(number) => sheet.write_number(row, column, number),
                Err(_) => sheet.write_string(row, column, cell),
            }
            .expect("a cell");
        }
    }
    book.save(file).expect("saved");
    schools.len()
}

/// The letters to this address so far, as another program reads them: whom to, subject, text.
fn letters_to(installation: &Installation, to: &str) -> Vec<String> {
    const READ: &str = "import sys, email, email.policy\n\
        m = email.message_from_binary_file(open(sys.argv[1], 'rb'), policy=email.policy.default)\n\
        print(m['To']); print(m['Subject']); print(m.get_body(('plain',)).get_content())";
    let files = fs::read_dir(installation.path().join("data/mail")).into_iter().flatten().flatten();
    let letters = files.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|end| end == "eml"));
    // a letter whose link was used is deleted: what is read is a copy
    let copy = installation.path().join("thu.eml");
    let kept = letters.filter(|path| fs::copy(path, &copy).is_ok());
    let texts = kept.map(|_| tool::run("python3", &["-c", READ, &copy.to_string_lossy()]));
    texts.filter(|text| text.lines().next().is_some_and(|line| line.contains(to))).collect()
}

/// A letter to this address with these words, as soon as it is there.
async fn letter(installation: &Installation, to: &str, words: &str) -> String {
    let since = Instant::now();
    loop {
        if let Some(found) = letters_to(installation, to).into_iter().find(|text| text.contains(words)) {
            return found;
        }
        assert!(since.elapsed() < Duration::from_secs(20), "no letter to {to} with {words}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

fn link(text: &str) -> String {
    let word = text.split_whitespace().find(|word| word.contains("/link/"));
    word.unwrap_or_else(|| panic!("no link in {text}")).to_owned()
}

/// Follows a one-time link, and is at the desk afterwards.
async fn enter(link: &str) -> Browser {
    let browser = Browser::start(Device::DESK).await;
    browser.open(link).await;
    browser.type_into("[name=password]", PASSWORD).await;
    browser.type_into("[name=again]", PASSWORD).await;
    browser.press("form .btn", "/manage").await;
    browser
}

/// Invites somebody by mail.
async fn invite(browser: &Browser, installation: &Installation, login: &str, unit: &str, roles: &[&str]) {
    browser.open(&installation.url("/manage/people/new")).await;
    browser.type_into("[name=name]", &format!("Người {login}")).await;
    for (name, text) in [("login", login), ("unit", unit), ("mail", &format!("{login}@an-lanh.example"))] {
        browser.type_into(&format!("[name={name}]"), text).await;
    }
    for role in roles {
        browser.tap(&format!("[name=role][value={role}]")).await;
    }
    browser.press("form[action='/manage/people/new'] .btn", "/manage/people").await;
}

/// The posters of all schools as one PDF, and the address on each page.
async fn posters(installation: &Installation) -> Vec<String> {
    let client = Client::builder().cookie_store(true).build().expect("a client");
    let fields = [("login", "lan.nguyen"), ("password", PASSWORD)];
    client.post(installation.url("/sign-in")).form(&fields).send().await.expect("signed in");
    let answer = client.get(installation.url(&format!("{ROUND}/kit/ap-phich-a4.pdf"))).send().await.expect("a file");
    assert_eq!(answer.status(), 200);
    let (file, pages) = (installation.path().join("ap-phich.pdf"), installation.path().join("trang"));
    fs::write(&file, answer.bytes().await.expect("bytes")).expect("written");
    tool::run("pdftoppm", &["-r", "75", "-gray", &file.to_string_lossy(), &pages.to_string_lossy()]);
    let drawn = fs::read_dir(installation.path()).expect("a folder").flatten().map(|entry| entry.path());
    let mut drawn: Vec<PathBuf> = drawn.filter(|path| path.extension().is_some_and(|end| end == "pgm")).collect();
    drawn.sort();
    drawn.iter().map(|page| tool::read_qr(page)).collect()
}

#[test]
fn a_new_officer_runs_a_round_from_the_mailed_link_to_its_end() {
    beside(async {
        let installation = Installation::new();
        installation.run(&["migrate"]);
        installation.run(&["units", "import", &offices(installation.path())]);
        let first = ["accounts", "add", "quan.tri", "--name", "Quản trị", "--unit", OFFICE, "--role", "quan_tri"];
        let printed = installation.run(&first);
        let server = installation.serve().await;
        let manual = Manual::new();

        let keeper = enter(&link(&printed)).await;
        invite(&keeper, &installation, "lan.nguyen", OFFICE, &["chu_tri", "soan_phieu"]).await;
        invite(&keeper, &installation, "duyet.le", OFFICE, &["duyet"]).await;
        let officer = enter(&link(&letter(&installation, "lan.nguyen@", "/link/").await)).await;

        officer.open(&installation.url("/manage/units/import")).await;
        let list = installation.path().join("danh-sach-truong.xlsx");
        assert_eq!(list_of_schools(&list), 44);
        officer.type_into("#file", &list.to_string_lossy()).await;
        officer.press("form[enctype] .btn", "/manage/units/import").await;
        manual.picture(&officer, "nhap-danh-sach-truong").await;
        assert_eq!(officer.text(".tiles .tile b").await, "44");
        officer.press("form:has([name=confirm]) .btn", "/manage/units?new=44").await;

        officer.open(&installation.url("/manage/questionnaires/new?from=hai-long-tieu-hoc")).await;
        officer.type_into("[name=title]", "Phiếu của Sở An Lành").await;
        officer.press("form[action='/manage/questionnaires/new'] .btn", "/manage/questionnaires/").await;
        add(&officer, "select_one", &[("label-vi", "Con có thích đến trường?"), ("label-en", "Happy at school?")])
            .await;
        officer.tap("#cau details summary").await;
        let pasted = "thich\\tCó\\tYes\\nkhong\\tKhông\\tNo";
        officer.run(&format!("document.querySelector('[name=choice-paste]').value = '{pasted}';")).await;
        officer.press("#cau .bar.end .btn", "#m-T1").await;
        add(&officer, "text", &[("label-vi", "Vì sao con chưa thích?"), ("label-en", "Why not?")]).await;
        officer.type_into("#relevant", "${T1} = 'khong'").await;
        manual.picture(&officer, "soan-phieu").await;
        officer.press("#cau .bar.end .btn", "#m-T2").await;

        officer.open(&installation.url("/manage/rounds/new")).await;
        officer.type_into("[name=title]", "Lấy ý kiến cha mẹ").await;
        officer.type_into("[name=contact]", "Phòng Khảo thí").await;
        let ticks = "document.querySelector('[name=template]').click(); document.querySelector('[name=all]').click();";
        officer.run(ticks).await;
        officer.press("form[action='/manage/rounds/new'] .bar.end .btn", ROUND).await;
        assert!(!officer.page_has("form[action$='/open']").await, "nobody has approved it");
        officer.open(&installation.url(&format!("{ROUND}/approval"))).await;
        officer.press("form[action$='/submit'] .btn", ROUND).await;

        let second = enter(&link(&letter(&installation, "duyet.le@", "/link/").await)).await;
        second.open(&installation.url(&format!("{ROUND}/approval"))).await;
        manual.picture(&second, "duyet").await;
        second.tap("form[action$='/approve'] [name=sure]").await;
        second.press("form[action$='/approve'] .btn", ROUND).await;
        drop(second);

        officer.open(&installation.url(ROUND)).await;
        manual.picture(&officer, "mo-dot").await;
        officer.tap("form[action$='/open'] [name=sure]").await;
        officer.press("form[action$='/open'] .btn", ROUND).await;
        officer.open(&installation.url(&format!("{ROUND}/kit"))).await;
        manual.picture(&officer, "in-ma-qr").await;
        let addresses = posters(&installation).await;
        let links = installation.links("lay-y-kien-cha-me");
        let expected: Vec<&String> = links.iter().map(|link| &link[3]).collect();
        assert!(!addresses.is_empty() && addresses.len() == expected.len());
        assert!(addresses.iter().all(|address| expected.contains(&address)), "{addresses:?}");

        invite(&keeper, &installation, "hieu.truong", SILENT, &["dau_moi"]).await;
        officer.open(&installation.url(&format!("{ROUND}/progress"))).await;
        assert_eq!(officer.text("#live-part .tile b").await, "0");
        let parent = Parent::with(Device::SMALL).await;
        parent.begin(&installation.poster("lay-y-kien-cha-me", SCHOOL), "phieu-cua-so-an-lanh").await;
        parent.browser.run("document.querySelector('[name=T1][value=khong]').click();").await;
        parent.browser.type_into("[name=T2]", "Con sợ muộn").await;
        parent.walk(2).await;
        parent.send().await;
        let moved = "return document.querySelector('#live-part .tile b').textContent === '1'";
        officer.until("the count moves by itself", moved).await;
        manual.picture(&officer, "theo-doi").await;

        officer.open(&installation.url(&format!("{ROUND}/remind"))).await;
        manual.picture(&officer, "nhac-truong").await;
        officer.press(&format!("form[action='{ROUND}/remind'] .btn"), ROUND).await;
        letter(&installation, "hieu.truong@", "Lấy ý kiến cha mẹ").await;

        officer.open(&installation.url(ROUND)).await;
        officer.tap("form[action$='/close'] [name=sure]").await;
        officer.type_into("#cl-reason", "Đã đủ ý kiến").await;
        officer.press("form[action$='/close'] .btn", ROUND).await;
        parent.browser.open(&installation.poster("lay-y-kien-cha-me", SCHOOL)).await;
        assert!(parent.browser.text("main").await.contains("đã kết thúc"), "the poster says that it is over");
        drop((keeper, officer, parent));
        server.stop();
    });
}
