//! What a telephone loads from the scan to the last question, in bytes of bodies as they came over the network.

use reqwest::{Client, redirect};
use serde_json::Value;

use crate::support::beside;
use crate::support::device::Device;
use crate::support::installation::Installation;
use crate::support::parent::Parent;

/// One TCP window: what a server may send before it has to wait for the telephone.
const WINDOW: usize = 14 * 1024;
const SCHOOL: &str = "THCS-BAN-MAI";
const QUESTIONS: usize = 25;

/// What one page or file may weigh: start page, form, stylesheet, script.
const LIMITS: [(&str, usize); 4] = [("start", 2800), ("form", 5100), (".css", 3600), (".js", 5200)];

/// The form of parents of trung học cơ sở with so many questions: the last ratings of each part are left out.
fn form_of(questions: usize) -> String {
    let text = include_str!("../../../survey-templates/hai-long-thcs.json");
    let mut form: Value = serde_json::from_str(text).expect("JSON");
    // indices are for whoever evaluates; no page shows them
    form.as_object_mut().expect("an object").remove("indices");
    let sections = form["sections"].as_array_mut().expect("sections");
    let count = |sections: &[Value]| -> usize { sections.iter().map(|part| asked(part).count()).sum() };
    while count(sections) > questions {
        let longest = sections.iter_mut().max_by_key(|part| asked(part).filter(|one| is_plain(one)).count());
        let part = longest.expect("a part")["questions"].as_array_mut().expect("questions");
        let last = part.iter().rposition(is_plain).expect("a rating");
        part.remove(last);
    }
    form.to_string()
}

fn asked(part: &Value) -> impl Iterator<Item = &Value> {
    part["questions"].as_array().into_iter().flatten().filter(|one| one["kind"] != "note")
}

/// A rating on which nothing else depends.
fn is_plain(question: &Value) -> bool {
    question["kind"] == "rating" && question["relevant"].is_null()
}

/// Names and weights, printed and held against the limits: the form by itself must fit the window in every encoding, everything
/// from the scan on with brotli, which every browser takes that is newer than 2017.
fn judge(encoding: &str, loaded: &[(String, usize)]) {
    let sum: usize = loaded.iter().map(|(_, bytes)| bytes).sum();
    let form = sum - loaded[0].1;
    println!(
        "{encoding}: {form} bytes for a form of {QUESTIONS} questions, {sum} from the scan on, of {WINDOW}: {loaded:?}"
    );
    for (part, limit) in LIMITS {
        let weight: usize = loaded.iter().filter(|(name, _)| name.ends_with(part)).map(|(_, bytes)| bytes).sum();
        assert!(weight > 0 && weight <= limit, "{encoding}: {part} weighs {weight}, at most {limit}: {loaded:?}");
    }
    assert!(form <= WINDOW && (encoding == "gzip" || sum <= WINDOW), "{encoding}: {form}, {sum}: {loaded:?}");
}

/// As Chromium counted: brotli, which it takes over HTTPS and from its own machine.
async fn counted_by_chromium(poster: &str) -> Vec<(String, usize)> {
    let parent = Parent::with(Device::PHONE).await;
    let script = "return ['navigation', 'resource'].flatMap(kind => performance.getEntriesByType(kind)).map(
        entry => [new URL(entry.name).pathname, entry.encodedBodySize])";
    parent.browser.open(poster).await;
    let start = parent.browser.run(script).await;
    parent.choose("").await;
    let form = parent.browser.run(script).await;
    let [start, form] =
        [start, form].map(|told| -> Vec<(String, usize)> { serde_json::from_value(told).expect("sizes") });
    let mut loaded = vec![("start".to_owned(), start[0].1), ("form".to_owned(), form[0].1)];
    // the stylesheet of the form is the one that came with the start page
    loaded.extend(form.into_iter().skip(1));
    loaded
}

/// The same pages for a client that takes nothing but this encoding.
async fn counted_by_client(installation: &Installation, poster: &str, encoding: &str) -> Vec<(String, usize)> {
    let client = Client::builder().cookie_store(true).redirect(redirect::Policy::none()).build().expect("a client");
    let weight = async |url: String| {
        let answer = client.get(&url).header("Accept-Encoding", encoding).send().await.expect("an answer");
        assert_eq!(answer.headers()["content-encoding"], encoding, "{url}");
        answer.bytes().await.expect("bytes").len()
    };
    let start = weight(poster.to_owned()).await;
    let begun = client.post(format!("{poster}/phieu")).form(&[("lang", "vi")]).send().await.expect("an answer");
    let form = installation.url(begun.headers()["location"].to_str().expect("an address"));
    let page = client.get(&form).send().await.expect("an answer").text().await.expect("text");
    let mut loaded = vec![("start".to_owned(), start), ("form".to_owned(), weight(form).await)];
    // what is only fetched on a tap stands in no such place
    let links = [" src=\"/assets/", " href=\"/assets/public."].into_iter().flat_map(|start| page.split(start).skip(1));
    for place in links.filter_map(|rest| rest.split('"').next()).filter(|file| !file.ends_with(".svg")) {
        let css = if place.ends_with(".css") { "public." } else { "" };
        let file = format!("/assets/{css}{place}");
        let bytes = weight(installation.url(&file)).await;
        loaded.push((file, bytes));
    }
    loaded
}

#[test]
fn a_form_of_25_questions_fits_one_tcp_window_from_the_scan_to_the_last_question() {
    beside(async {
        let (installation, _) = Installation::demo(0);
        installation.ask("nhe", &form_of(QUESTIONS), SCHOOL);
        let server = installation.serve().await;
        let poster = installation.poster("nhe", SCHOOL);
        judge("Chromium", &counted_by_chromium(&poster).await);
        for encoding in ["br", "gzip"] {
            judge(encoding, &counted_by_client(&installation, &poster, encoding).await);
        }
        server.stop();
    });
}
