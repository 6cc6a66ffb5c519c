//! Pictures on a telephone: sent when they are chosen, again when the network is back, and taken out with one tap.

use std::path::PathBuf;

use chrono::{TimeDelta, Utc};
use fantoccini::Locator;
use fantoccini::key::Key;
use image::{Rgb, RgbImage};
use langnghe::draft::{Draft, draft};
use langnghe::store::{DatabaseUrl, Store, collectors, pictures, rounds, units};
use langnghe::survey::code::Channel;
use serde_json::{Value, json};

use crate::support::beside;
use crate::support::browser::Browser;
use crate::support::device::Device;
use crate::support::gallery::Gallery;
use crate::support::installation::Installation;

const QUESTIONNAIRE: &str = r#"{"code": "co-so-vat-chat", "instrument": "gop_y", "audience": "phu_huynh", "languages": ["vi"],
    "title": {"vi": "Cơ sở vật chất"}, "sections": [{"code": "A", "title": {"vi": "Chỗ hỏng"}, "questions": [
        {"code": "loi", "kind": "text", "label": {"vi": "Hỏng gì?"}},
        {"code": "anh", "kind": "image", "max": 3, "label": {"vi": "Ảnh chỗ hỏng"}}]}]}"#;

/// An open round that asks for pictures; its number and the code of its school.
fn round(store: &Store) -> (i64, String) {
    let now = Utc::now().naive_utc();
    let made = store.write_now(|db| {
        let plan = Draft {
            title: "Cơ sở vật chất".to_owned(),
            slug: "co-so".to_owned(),
            owner_id: units::id_by_code(db, "SO-AN-LANH")?.expect("the demonstration has it"),
            contact: String::new(),
            closes_at: now + TimeDelta::days(7),
            results_by: None,
            questionnaires: vec![QUESTIONNAIRE.to_owned()],
            unit_ids: vec![units::id_by_code(db, "TH-HOA-MAI")?.expect("the demonstration has it")],
            channels: vec![Channel::Truong],
        };
        let id = draft(db, &plan, now)?.round_id;
        rounds::allow_pictures(db, id, Some(now))?;
        rounds::open(db, id, now)?;
        Ok((id, collectors::of_round(db, id)?[0].code.clone()))
    });
    made.expect("a round")
}

fn photo(installation: &Installation, name: &str, shade: u8) -> String {
    let path: PathBuf = installation.path().join(name);
    RgbImage::from_pixel(2000, 1500, Rgb([shade, 120, 90])).save(&path).expect("a picture");
    path.display().to_string()
}

/// A picture of more than a megabyte, wider than high, that was taken with the telephone on its side: so its EXIF says.
fn lying_photo(installation: &Installation) -> String {
    let restless = |x: u32, y: u32| u8::try_from(x.wrapping_mul(2_654_435_761).rotate_left(y % 32) >> 24).unwrap_or(0);
    let picture = RgbImage::from_fn(2400, 1800, |x, y| Rgb([restless(x, y), restless(y, x), 90]));
    let mut jpeg = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut jpeg, 95).encode_image(&picture).expect("a picture");
    // one entry: 0x0112, orientation, a short: 6
    let exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let length = u16::try_from(exif.len() + 2).expect("short").to_be_bytes();
    let path = installation.path().join("nam.jpg");
    std::fs::write(&path, [&jpeg[..2], &[0xff, 0xe1], &length, exif, &jpeg[2..]].concat()).expect("it is written");
    path.display().to_string()
}

async fn network(browser: &Browser, offline: bool) {
    browser.devtools("Network.enable", json!({})).await;
    let state = json!({"offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1});
    browser.devtools("Network.emulateNetworkConditions", state).await;
}

/// Waits until so many pictures are there, and can be seen.
async fn seen(browser: &Browser, n: usize) {
    let css = format!(".pictures li:nth-child({n}):last-child img");
    browser.page.wait().for_element(Locator::Css(&css)).await.unwrap_or_else(|error| panic!("{n} pictures: {error}"));
    let script = "const done = arguments[0]; Promise.all(Array.from(document.querySelectorAll('.pictures img'),
        (one) => one.decode())).then(() => done(true), () => done(false))";
    let is_decoded = browser.page.execute_async(script, vec![]).await.expect("the pictures load");
    assert_eq!(is_decoded, Value::from(true));
}

#[test]
fn pictures_are_sent_as_they_are_chosen_and_go_out_by_themselves_after_a_dead_spot() {
    beside(async {
        let (installation, _) = Installation::demo(0);
        let store =
            Store::open(&DatabaseUrl::parse(&installation.database_url()).expect("an address")).expect("it opens");
        let (round_id, code) = round(&store);
        let server = installation.serve().await;
        let [first, second] =
            [("mot.jpg", 200), ("hai.png", 30)].map(|(name, shade)| photo(&installation, name, shade));
        let browser = Browser::start(Device::PHONE).await;
        browser.open(&installation.url(&format!("/k/{code}"))).await;
        browser.tap("form button").await;
        browser.arrive("/phieu/").await;
        browser.type_into("[name=loi]", "Vòi nước").await;
        browser.type_into("input[type=file]", &first).await;
        seen(&browser, 1).await;
        assert_eq!(browser.run("return document.querySelector('[name=loi]').value").await, "Vòi nước");

        network(&browser, true).await;
        browser.type_into("input[type=file]", &second).await;
        let sentence = Locator::XPath("//*[@role='status'][contains(., 'mất mạng')]");
        browser.page.wait().for_element(sentence).await.expect("the sentence");
        network(&browser, false).await;
        seen(&browser, 2).await;
        let mut gallery = Gallery::new();
        gallery.look(&browser, "GET /k/{code}/phieu/{ticket}", "form with pictures").await;
        gallery.close();
        browser.tap(".pictures li:nth-child(1) button").await;
        seen(&browser, 1).await;

        browser
            .run(
                "const send = XMLHttpRequest.prototype.send; XMLHttpRequest.prototype.send = function (body) {
            window.sent = body.get('_anh_anh').size; return send.call(this, body) }",
            )
            .await;
        let lying = lying_photo(&installation);
        assert!(std::fs::metadata(&lying).expect("a file").len() > 1_000_000);
        browser.type_into("input[type=file]", &lying).await;
        seen(&browser, 2).await;
        let sent = browser.run("return window.sent").await.as_u64().expect("bytes");
        assert!(sent < std::fs::metadata(&lying).expect("a file").len() / 2, "{sent} bytes are a lot in a dead spot");
        let stands =
            "const {naturalWidth: w, naturalHeight: h} = document.querySelector('li:last-child img'); return w < h";
        assert_eq!(browser.run(stands).await, Value::from(true));

        browser.tap("button[name=_di]").await;
        browser.arrive("xem-lai").await;
        assert!(browser.text(".answers").await.contains("2 ảnh"));
        browser.tap("form button").await;
        browser.arrive("/bien-nhan/").await;
        let kept = store.read_now(|db| pictures::by_unit(db, round_id)).expect("the database answers");
        assert_eq!(kept.iter().map(|(_, n)| *n).collect::<Vec<_>>(), [2]);
        drop(browser);
        server.stop();
    });
}

/// The keyboard's Enter goes on, past the buttons of the pictures, which stand first on the page.
async fn enter_goes_on(device: Device) {
    let (installation, _) = Installation::demo(0);
    let store = Store::open(&DatabaseUrl::parse(&installation.database_url()).expect("an address")).expect("it opens");
    let (_, code) = round(&store);
    let server = installation.serve().await;
    let browser = Browser::start(device).await;
    browser.open(&installation.url(&format!("/k/{code}"))).await;
    browser.tap("form button").await;
    browser.arrive("/phieu/").await;
    browser.type_into("[name=loi]", &format!("Vòi nước{}", char::from(Key::Enter))).await;
    browser.arrive("xem-lai").await;
    assert!(browser.text(".answers").await.contains("Vòi nước"));
    drop(browser);
    server.stop();
}

#[test]
fn enter_in_a_text_goes_on_and_asks_for_no_picture() {
    beside(enter_goes_on(Device::PHONE));
}

#[test]
fn enter_in_a_text_goes_on_and_asks_for_no_picture_without_script() {
    beside(enter_goes_on(Device::PHONE.without_script()));
}
