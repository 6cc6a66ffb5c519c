//! Whoever was told “stored” is there: after `kill -9`, and after SIGTERM.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::support::alone;
use crate::support::crowd::{Answered, Form, forms, storm};
use crate::support::installation::{Installation, Server};
use crate::support::process::signal;

const ROUND: &str = "phu-huynh-hk1";
const CONNECTIONS: usize = 128;
/// More than are sent before the process is stopped: the load must not run dry first.
const FORMS: u64 = 16_000;
/// When the process is stopped: after so many answers, some seconds of load.
const ENOUGH: usize = 6_000;

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
    /// Returns in the middle of the load.
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
            assert!(!storm.is_finished(), "the load ended after {} answers", answered.len());
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let rate = answered.len() as f64 / since.elapsed().as_secs_f64();
        println!("load: {rate:.0} submissions/s, {} in flight", answered.in_flight());
        Self { installation, server, forms, answered, stop, storm }
    }
}

/// Sends again what was begun, and compares what was promised with what a new process finds.
async fn reckon(installation: &Installation, forms: Arc<Vec<Form>>, answered: &Answered, begun: usize) {
    let server = installation.serve().await;
    let answered = answered.all();
    let is_acknowledged = |place: &usize| answered.get(place).is_some_and(|fate| fate.status == 201);
    let acknowledged = (0..begun).filter(is_acknowledged).count();
    let stored = installation.count(ROUND);
    println!("{begun} begun, {acknowledged} acknowledged, {stored} stored");
    assert!(acknowledged >= ENOUGH - CONNECTIONS, "too little was acknowledged to show anything");
    let odd = answered.values().find(|fate| !matches!(fate.status, 201 | 503));
    assert!(odd.is_none(), "{odd:?}");
    assert!(stored >= acknowledged as u64, "{stored} stored, {acknowledged} acknowledged");
    assert!(stored <= begun as u64, "{stored} stored, {begun} begun");

    let forms =
        Arc::new(Arc::into_inner(forms).expect("the storm is over").into_iter().take(begun).collect::<Vec<_>>());
    let repeats = Arc::new(Answered::default());
    storm(&forms, CONNECTIONS, &repeats, &Arc::new(AtomicBool::new(false))).await;
    let repeats = repeats.all();
    assert_eq!(repeats.len(), begun);
    for (place, again) in &repeats {
        let key = &forms[*place].key;
        match answered.get(place).filter(|fate| fate.status == 201) {
            Some(fate) => assert_eq!((again.status, &again.receipt), (200, &fate.receipt), "key {key}"),
            // was under way: either stored whole or not at all
            None => assert!(matches!(again.status, 200 | 201), "key {key}: {again:?}"),
        }
    }
    let new = repeats.values().filter(|fate| fate.status == 201).count() as u64;
    assert_eq!(stored + new, begun as u64, "a form was lost or counted twice");
    assert_eq!(installation.count(ROUND), begun as u64, "repeats were counted");
    server.stop();
    installation.run(&["verify"]);
}

#[test]
fn kill_9_under_load_loses_nothing_that_was_acknowledged() {
    alone(async {
        let mut load = Load::start().await;
        let in_flight = load.answered.in_flight();
        load.server.process.kill();
        load.stop.store(true, Ordering::Relaxed);
        let begun = load.storm.await.expect("the storm");
        assert!(begun < load.forms.len(), "the load had run dry before the kill");
        let unanswered = begun - load.answered.len();
        println!("killed with {in_flight} in flight; {unanswered} were never answered");
        assert!(in_flight > 0 && unanswered > 0, "nobody was waiting when the process was killed");
        // before anything else touches the database: a recount agrees
        load.installation.run(&["verify"]);
        reckon(&load.installation, load.forms, &load.answered, begun).await;
    });
}

#[test]
fn sigterm_under_load_drains_and_exits_with_0() {
    alone(async {
        let mut load = Load::start().await;
        assert!(load.answered.in_flight() > 0, "nobody was waiting when the process was stopped");
        signal(load.server.process.id(), "TERM");
        let status = load.server.process.ended(Duration::from_secs(40));
        load.stop.store(true, Ordering::Relaxed);
        let begun = load.storm.await.expect("the storm");
        assert!(status.success(), "{status}: {}", load.server.process.complained());
        assert!(begun < load.forms.len(), "the load had run dry before the signal");
        load.installation.run(&["verify"]);
        reckon(&load.installation, load.forms, &load.answered, begun).await;
    });
}
