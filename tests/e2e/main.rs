//! The real program, real browsers, real crashes. Every test starts `langnghe` as a process of its own.
//!
//! | variable | default | |
//! |---|---|---|
//! | `TEST_DATABASE` | `sqlite` | or `postgres` |
//! | `TEST_POSTGRES` | – | `postgres://…` of a superuser, who makes a database for each test |
//! | `CHROMEDRIVER` | `/usr/bin/chromedriver` | |
//! | `AXE_JS` | `target/test-tools/node_modules/axe-core/axe.min.js` | |
//!
//! A tool that is missing is a failure that names it, never a test left out.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "in tests that is how things fail")]

mod crash;
mod dead_spot;
mod demo;
mod pages;
mod pictures;
mod real_size;
mod support;
mod sync;
