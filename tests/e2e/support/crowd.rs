//! Many people who send forms at once.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
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
    let forms = read(installation, &printed);
    assert_eq!(forms.len().to_string(), count);
    forms
}

/// Forms as they were printed, one a line.
pub fn read(installation: &Installation, printed: &str) -> Vec<Form> {
    let form = |line: &str| {
        let (code, body) = line.split_once('\t').expect("CODE, TAB, JSON");
        let parsed: Value = serde_json::from_str(body).expect("JSON");
        Form {
            url: installation.url(&format!("/api/v1/collectors/{code}/submissions")),
            body: body.to_owned(),
            key: parsed["key"].as_str().expect("a key").to_owned(),
        }
    };
    printed.lines().map(form).collect()
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
pub struct Answered {
    fates: Mutex<BTreeMap<usize, Fate>>,
    in_flight: AtomicUsize,
}

impl Answered {
    pub fn len(&self) -> usize {
        self.fates.lock().len()
    }

    pub fn all(&self) -> BTreeMap<usize, Fate> {
        self.fates.lock().clone()
    }

    /// How many forms have been sent whole and wait for their answer.
    pub fn in_flight(&self) -> usize {
        self.in_flight.load(Ordering::SeqCst)
    }
}

/// Sends forms over so many connections until none is left or `stop` is set; returns how many were begun. A connection that
/// fails ends. Plain threads and sockets: in an unoptimised build a whole HTTP client would be slower than the server.
pub async fn storm(
    forms: &Arc<Vec<Form>>,
    connections: usize,
    answered: &Arc<Answered>,
    stop: &Arc<AtomicBool>,
) -> usize {
    let (forms, answered, stop) = (forms.clone(), answered.clone(), stop.clone());
    let storm = tokio::task::spawn_blocking(move || {
        let next = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..connections {
                scope.spawn(|| send_one_by_one(&forms, &next, &answered, &stop));
            }
        });
        next.load(Ordering::Relaxed).min(forms.len())
    });
    storm.await.expect("the storm")
}

fn send_one_by_one(forms: &[Form], next: &AtomicUsize, answered: &Answered, stop: &AtomicBool) {
    let Some(mut connection) = forms.first().and_then(|form| Connection::open(&form.url)) else { return };
    while !stop.load(Ordering::Relaxed) {
        let place = next.fetch_add(1, Ordering::Relaxed);
        let Some(form) = forms.get(place) else { return };
        let Some(fate) = connection.send(form, &answered.in_flight) else { return };
        answered.fates.lock().insert(place, fate);
    }
}

struct Connection(BufReader<TcpStream>);

impl Connection {
    fn open(url: &str) -> Option<Self> {
        let stream = TcpStream::connect(parts(url).0).ok()?;
        stream.set_nodelay(true).ok()?;
        Some(Self(BufReader::new(stream)))
    }

    /// As [`send`], with how many wait.
    fn send(&mut self, form: &Form, in_flight: &AtomicUsize) -> Option<Fate> {
        let ((host, path), body) = (parts(&form.url), &form.body);
        let length = body.len();
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
        );
        self.0.get_mut().write_all(request.as_bytes()).ok()?;
        in_flight.fetch_add(1, Ordering::SeqCst);
        let fate = self.read();
        in_flight.fetch_sub(1, Ordering::SeqCst);
        fate
    }

    fn read(&mut self) -> Option<Fate> {
        let mut line = String::new();
        self.0.read_line(&mut line).ok()?;
        let status = line.split(' ').nth(1)?.parse().ok()?;
        let mut length = 0;
        while line != "\r\n" {
            line.clear();
            if self.0.read_line(&mut line).ok()? == 0 {
                return None;
            }
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().ok()?;
            }
        }
        let mut body = vec![0; length];
        self.0.read_exact(&mut body).ok()?;
        let receipt = serde_json::from_slice::<Value>(&body).ok()?["receipt"].as_str().unwrap_or_default().to_owned();
        Some(Fate { status, receipt })
    }
}

/// Host and path of an address.
fn parts(url: &str) -> (&str, &str) {
    let rest = url.strip_prefix("http://").expect("http");
    rest.split_at(rest.find('/').expect("a path"))
}
