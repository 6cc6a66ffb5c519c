//! What the tests stand on: an installation, a browser, programs that look at the product from outside.

pub mod browser;
pub mod crowd;
#[path = "../../support/database.rs"]
pub mod database;
pub mod desk;
pub mod device;
pub mod fill;
pub mod gallery;
pub mod installation;
pub mod line;
pub mod manual;
pub mod parent;
pub mod process;
pub mod terminal;
pub mod tool;

use std::future::Future;
use std::sync::Mutex;

/// One test at a time: each brings its own server, browser or load.
static TURN: Mutex<()> = Mutex::new(());

/// Runs a test by itself.
pub fn alone(test: impl Future<Output = ()>) {
    let _turn = TURN.lock().unwrap_or_else(|broken| broken.into_inner());
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("a runtime").block_on(test);
}
