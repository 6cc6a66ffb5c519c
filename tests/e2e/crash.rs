//! Whoever was told “stored” is there: after `kill -9`, and after SIGTERM.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::support::alone;
use crate::support::crowd::{Answered, Form, forms, send, storm};
use crate::support::installation::{Installation, Server};
use crate::support::process::signal;

const ROUND: &str = "phu-huynh-hk1";
const CONNECTIONS: usize = 64;
/// More than are sent before the process is stopped: the load must not run dry first.
const FORMS: u64 = 12_000;
/// When the process is stopped: after so many answers.
const ENOUGH: usize = 2_500;

/// An installation under load whose server is about to be stopped.
struct Load {
    installation: Installation,
    server: Server,
    forms: Arc<Vec<Form>>,
    answered: Arc<Answered>,
    stop: Arc<AtomicBool>,
    storm: tokio::task::JoinHandle<usize>,
}

impl Load {
    async fn start() -> Self {
        let (installation, _) = Installation::demo(0);
        let forms = Arc::new(forms(&installation, ROUND, FORMS, 7));
        let server = installation.serve().await;
        let (answered, stop) = (Arc::new(Answered::default()), Arc::new(AtomicBool::new(false)));
        let storm = tokio::spawn({
            let (forms, answered, stop) = (forms.clone(), answered.clone(), stop.clone());
            async move { storm(&forms, CONNECTIONS, &answered, &stop).await }
        });
        let since = Instant::now();
        while answered.len() < ENOUGH {
            assert!(since.elapsed() < Duration::from_secs(60), "only {} answers in a minute", answered.len());
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        println!("load: {:.0} forms/s", answered.len() as f64 / since.elapsed().as_secs_f64());
        Self { installation, server, forms, answered, stop, storm }
    }
}

/// Compares what was promised with what a new process finds.
async fn reckon(installation: &Installation, forms: &[Form], answered: &Answered, begun: usize) {
    let server = installation.serve().await;
    let answered = answered.all();
    let acknowledged: Vec<_> = answered.iter().filter(|(_, fate)| fate.status == 201).collect();
    let stored = installation.count(ROUND);
    println!("{begun} begun, {} acknowledged, {stored} stored", acknowledged.len());
    assert!(acknowledged.len() >= ENOUGH - CONNECTIONS, "too little was acknowledged to show anything");
    assert!(
        answered.values().all(|fate| matches!(fate.status, 201 | 503)),
        "{:?}",
        answered.values().find(|f| f.status != 201)
    );
    assert!(stored >= acknowledged.len() as u64, "{stored} stored, {} acknowledged", acknowledged.len());
    assert!(stored <= begun as u64, "{stored} stored, {begun} begun");
    let client = reqwest::Client::new();
    for (place, fate) in &acknowledged {
        let again = send(&client, &forms[**place]).await.expect("an answer");
        assert_eq!((again.status, &again.receipt), (200, &fate.receipt), "key {}", forms[**place].key);
    }
    assert_eq!(installation.count(ROUND), stored, "repeats were counted");
    // what was under way: either stored whole or not at all
    let mut new = 0;
    for (place, form) in forms.iter().enumerate().take(begun) {
        if answered.get(&place).is_none_or(|fate| fate.status != 201) {
            let again = send(&client, form).await.expect("an answer");
            assert!(matches!(again.status, 200 | 201), "{again:?}");
            new += u64::from(again.status == 201);
        }
    }
    assert_eq!(stored + new, begun as u64, "a form was lost or counted twice");
    assert_eq!(installation.count(ROUND), begun as u64);
    server.stop();
    installation.run(&["verify"]);
}

#[test]
fn kill_9_under_load_loses_nothing_that_was_acknowledged() {
    alone(async {
        let mut load = Load::start().await;
        load.server.process.kill();
        load.stop.store(true, Ordering::Relaxed);
        let begun = load.storm.await.expect("the storm");
        assert!(begun < load.forms.len(), "the load had run dry before the kill");
        // before anything else touches the database: a recount agrees
        load.installation.run(&["verify"]);
        reckon(&load.installation, &load.forms, &load.answered, begun).await;
    });
}

#[test]
fn sigterm_under_load_drains_and_exits_with_0() {
    alone(async {
        let mut load = Load::start().await;
        signal(load.server.process.id(), "TERM");
        let status = load.server.process.ended(Duration::from_secs(40));
        load.stop.store(true, Ordering::Relaxed);
        let begun = load.storm.await.expect("the storm");
        assert!(status.success(), "{status}: {}", load.server.process.complained());
        assert!(begun < load.forms.len(), "the load had run dry before the signal");
        load.installation.run(&["verify"]);
        reckon(&load.installation, &load.forms, &load.answered, begun).await;
    });
}
