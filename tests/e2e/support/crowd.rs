//! Many people who send forms at once.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use parking_lot::Mutex;
use serde_json::Value;

use super::installation::Installation;

/// One form as it is sent.
pub struct Form {
    pub url: String,
    pub body: String,
    pub key: String,
}

/// What became of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fate {
    pub status: u16,
    pub receipt: String,
}

/// Forms of a round, made by the program itself.
pub fn forms(installation: &Installation, round: &str, count: u64, seed: u64) -> Vec<Form> {
    let (count, seed) = (count.to_string(), seed.to_string());
    let printed = installation.run(&["simulate", round, "--submissions", &count, "--seed", &seed, "--print"]);
    let form = |line: &str| {
        let (code, body) = line.split_once('\t').expect("CODE, TAB, JSON");
        let parsed: Value = serde_json::from_str(body).expect("JSON");
        Form {
            url: installation.url(&format!("/api/v1/collectors/{code}/submissions")),
            body: body.to_owned(),
            key: parsed["key"].as_str().expect("a key").to_owned(),
        }
    };
    let forms: Vec<Form> = printed.lines().map(form).collect();
    assert_eq!(forms.len().to_string(), count);
    forms
}

/// Sends one form; nothing when there was no whole answer.
pub async fn send(client: &reqwest::Client, form: &Form) -> Option<Fate> {
    let request = client.post(&form.url).header("Content-Type", "application/json").body(form.body.clone());
    let answer = request.send().await.ok()?;
    let status = answer.status().as_u16();
    let text = answer.text().await.ok()?;
    let receipt = serde_json::from_str::<Value>(&text).ok()?["receipt"].as_str().unwrap_or_default().to_owned();
    Some(Fate { status, receipt })
}

/// What has been answered so far, by the form's place.
#[derive(Default)]
pub struct Answered(Mutex<BTreeMap<usize, Fate>>);

impl Answered {
    pub fn len(&self) -> usize {
        self.0.lock().len()
    }

    pub fn all(&self) -> BTreeMap<usize, Fate> {
        self.0.lock().clone()
    }
}

/// Sends forms over so many connections until none is left or `stop` is set; returns how many were begun. A connection that
/// fails ends.
pub async fn storm(
    forms: &Arc<Vec<Form>>,
    connections: usize,
    answered: &Arc<Answered>,
    stop: &Arc<AtomicBool>,
) -> usize {
    let next = Arc::new(AtomicUsize::new(0));
    let client = reqwest::Client::builder().pool_max_idle_per_host(connections).no_proxy().build().expect("a client");
    let mut workers = Vec::new();
    for _ in 0..connections {
        let (forms, answered, stop, next) = (forms.clone(), answered.clone(), stop.clone(), next.clone());
        let client = client.clone();
        workers.push(tokio::spawn(async move {
            while !stop.load(Ordering::Relaxed) {
                let place = next.fetch_add(1, Ordering::Relaxed);
                let Some(form) = forms.get(place) else { return };
                let Some(fate) = send(&client, form).await else { return };
                answered.0.lock().insert(place, fate);
            }
        }));
    }
    for worker in workers {
        worker.await.expect("a worker");
    }
    next.load(Ordering::Relaxed).min(forms.len())
}
