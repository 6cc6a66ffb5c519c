//! A telephone with a browser of its own, and the pages that it gets.

use reqwest::header::LOCATION;
use reqwest::{Client, Response};

use crate::support::{FORM, PRIMARY, TestApp, browser, hidden};

/// A browser that keeps cookies and shows where it is sent.
pub fn phone() -> Client {
    browser()
}

/// Opens a path.
pub async fn open(app: &TestApp, phone: &Client, path: &str) -> Response {
    phone.get(app.path(path)).send().await.unwrap()
}

/// Presses a button of a form with these fields.
pub async fn press(app: &TestApp, phone: &Client, path: &str, fields: &[(&str, &str)]) -> Response {
    phone.post(app.path(path)).form(fields).send().await.unwrap()
}

/// Presses *Bắt đầu* at the first school; says where the form is.
pub async fn begin(app: &TestApp, phone: &Client, fields: &[(&str, &str)]) -> String {
    open(app, phone, &format!("/k/{}", app.code(PRIMARY))).await;
    let fields = [&[("lang", "vi"), ("phieu", FORM)], fields].concat();
    location(&press(app, phone, &format!("/k/{}/phieu", app.code(PRIMARY)), &fields).await)
}

/// Presses a button of a part.
pub async fn fill_in(app: &TestApp, phone: &Client, form: &str, fields: &[(&str, &str)]) -> Response {
    press(app, phone, form, &[&[("_lang", "vi")], fields].concat()).await
}

/// The review of a form.
pub async fn review(app: &TestApp, phone: &Client, form: &str) -> String {
    open(app, phone, &format!("{form}&phan=xem-lai")).await.text().await.unwrap()
}

/// Sends what a page carries, and these fields with it.
pub async fn send(app: &TestApp, phone: &Client, page: &str, fields: &[(&str, &str)]) -> Response {
    let mut all = carried(page);
    all.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    phone.post(app.path(&format!("/k/{}", app.code(PRIMARY)))).form(&all).send().await.unwrap()
}

/// Where an answer leads.
pub fn location(answer: &Response) -> String {
    answer.headers().get(LOCATION).unwrap_or_else(|| panic!("{answer:?}")).to_str().unwrap().to_owned()
}

/// The hidden fields of a page, as the browser would send them.
pub fn carried(page: &str) -> Vec<(String, String)> {
    let fields = page.split("<input type=\"hidden\" name=\"").skip(1);
    let names = fields.map(|field| field.split('"').next().unwrap().to_owned());
    names.map(|name| (name.clone(), hidden(page, &name))).collect()
}
