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
use std::sync::{Condvar, Mutex};

/// How many tests run beside each other: each brings its own server and browser, and mostly waits for them.
const BESIDE: usize = 3;
static FREE: (Mutex<usize>, Condvar) = (Mutex::new(BESIDE), Condvar::new());

/// So many places, given back when it is dropped.
struct Places(usize);

impl Places {
    fn take(number: usize) -> Self {
        let free = FREE.0.lock().unwrap_or_else(|broken| broken.into_inner());
        let mut free = FREE.1.wait_while(free, |free| *free < number).unwrap_or_else(|broken| broken.into_inner());
        *free -= number;
        Self(number)
    }
}

impl Drop for Places {
    fn drop(&mut self) {
        *FREE.0.lock().unwrap_or_else(|broken| broken.into_inner()) += self.0;
        FREE.1.notify_all();
    }
}

/// Runs a test by itself, for what is measured or brings load.
pub fn alone(test: impl Future<Output = ()>) {
    run(BESIDE, test);
}

/// Runs a test of what a browser does, beside another one.
pub fn beside(test: impl Future<Output = ()>) {
    run(1, test);
}

fn run(places: usize, test: impl Future<Output = ()>) {
    let _places = Places::take(places);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("a runtime").block_on(test);
}
