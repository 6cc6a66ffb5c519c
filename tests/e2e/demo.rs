//! The demonstration as somebody meets it: a poster's code, a phone, a receipt, one more in the count.

use std::process::{Command, Stdio};

use crate::support::beside;
use crate::support::device::Device;
use crate::support::installation::Installation;
use crate::support::parent::Parent;
use crate::support::terminal::{DARK, LIGHT, Theme, draw};
use crate::support::tool::read_qr;

const ROUND: &str = "phu-huynh-hk1";

fn printed<'a>(lines: &'a str, name: &str) -> &'a str {
    let line =
        lines.lines().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("{name} is printed:\n{lines}"));
    line.split_whitespace().nth(1).expect("an address")
}

#[test]
fn a_parent_scans_the_demo_answers_on_a_phone_and_is_counted_once() {
    beside(async {
        let installation = Installation::new();
        let server = installation.start(&["demo", "--submissions", "200"]).await;
        let said = server.process.said();
        assert!(said.contains("password") && said.contains("token") && said.contains('█'), "{said}");
        let address = printed(&said, "Form:").to_owned();
        assert_eq!(read_qr_of(&installation, &address).await, address);
        assert_eq!(read_screen(&installation, &said, DARK), address, "in a log, or piped to a dark terminal");

        let token = installation.token();
        let before = installation.by_school(ROUND, &token).await;
        answer(&address).await;
        let between = installation.by_school(ROUND, &token).await;
        answer_without_script(&address).await;
        let after = installation.by_school(ROUND, &token).await;
        let sum = |counts: &std::collections::BTreeMap<String, u64>| counts.values().sum::<u64>();
        assert_eq!((sum(&between), sum(&after)), (sum(&before) + 1, sum(&before) + 2));
        let risen = after.iter().filter(|(unit, n)| before[*unit] != **n).count();
        assert_eq!(risen, 1, "only the school of the poster rises");
        server.stop();
    });
}

#[test]
fn the_code_in_the_terminal_is_readable_on_dark_and_on_light() {
    beside(async {
        let (installation, _) = Installation::demo(0);
        // util-linux's script gives the program a terminal
        let program = format!("{} demo --no-serve", env!("CARGO_BIN_EXE_langnghe"));
        let mut command = Command::new("script");
        command.args(["--quiet", "--return", "--command", &program, "/dev/null"]).stdin(Stdio::null());
        installation.environment(&mut command);
        let done = command.output().expect("script is installed");
        let said = String::from_utf8_lossy(&done.stdout).into_owned();
        assert!(done.status.success(), "{said}");
        let address = printed(&said, "Form:");
        for theme in [DARK, LIGHT] {
            assert_eq!(read_screen(&installation, &said, theme), address, "ink {}:\n{said}", theme.ink);
        }
    });
}

fn read_screen(installation: &Installation, said: &str, theme: Theme) -> String {
    let picture = installation.path().join("screen.pgm");
    draw(said, theme, &picture);
    read_qr(&picture)
}

async fn read_qr_of(installation: &Installation, address: &str) -> String {
    let picture = installation.path().join("qr.png");
    let answer = reqwest::get(format!("{address}/qr.png")).await.expect("the picture");
    std::fs::write(&picture, answer.bytes().await.expect("bytes")).expect("written");
    read_qr(&picture)
}

/// One form from the poster's address to the receipt, with a branch and a text.
async fn answer(address: &str) {
    let parent = Parent::with(Device::PHONE).await;
    parent.begin(address, "hai-long-thcs").await;
    parent.answer("khoi_lop", "lop_9").await;
    assert!(!parent.sees("#buoi_hoc_them").await, "what does not apply is put away");
    parent.answer("hoc_them", "ca_hai").await;
    assert!(parent.sees("#buoi_hoc_them").await, "what applies is asked");
    let headings = parent.walk(3).await;
    assert_eq!(headings.last().map(String::as_str), Some("Xem lại trước khi gửi"));
    assert_eq!(parent.send().await.len(), 20);
    parent.tap_on_to("main a.btn").await;
    parent.browser.arrive(address.rsplit('/').next().unwrap_or_default()).await;
    assert!(!parent.browser.address().await.contains("/bien-nhan/"));
}

/// The same without any script, on one page: links and forms alone.
async fn answer_without_script(address: &str) {
    let start = reqwest::get(address).await.expect("the start page").text().await.expect("text");
    let choice = start.split("name=\"phieu\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a form");
    let form =
        reqwest::get(format!("{address}/phieu?phieu={choice}")).await.expect("the form").text().await.expect("text");
    let hidden = form.split("<input type=\"hidden\" name=\"").skip(1).map(|rest| {
        let mut parts = rest.split('"');
        (parts.next().unwrap_or_default().to_owned(), parts.nth(1).unwrap_or_default().to_owned())
    });
    let mut fields: Vec<(String, String)> = hidden.collect();
    fields.push((rated(&form), "4".to_owned()));
    let thanks = reqwest::Client::new().post(address).form(&fields).send().await.expect("an answer");
    assert!(thanks.text().await.expect("text").contains("Đã nhận phiếu"));
}

/// The code of the first rated question that has no condition.
fn rated(form: &str) -> String {
    let mut parts = form.split("<fieldset class=\"card q\" id=\"").skip(1);
    let rated = parts
        .find(|part| part.contains("class=\"scale\"") && !part.split('>').next().unwrap_or("").contains("data-when"));
    rated.and_then(|part| part.split('"').next()).expect("a rated question").to_owned()
}
