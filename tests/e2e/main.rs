//! The real program, real browsers, real crashes. Every test starts `langnghe` as a process of its own.
//!
//! | variable | default | |
//! |---|---|---|
//! | `TEST_DATABASE` | `sqlite` | or `postgres` |
//! | `TEST_POSTGRES` | – | `postgres://…` of a superuser, who makes a database for each test |
//! | `CHROMEDRIVER` | `/usr/bin/chromedriver` | |
//! | `AXE_JS` | `target/test-tools/node_modules/axe-core/axe.min.js` | |
//! | `E2E_PICTURES` | – | a folder for pictures of every page and state, 360 wide, light and dark |
//!
//! A tool that is missing is a failure that names it, never a test left out.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "in tests that is how things fail")]

mod codes;
mod crash;
mod demo;
mod family;
mod figures;
mod files;
mod offline;
mod real_size;
mod saving;
mod screen;
mod support;
mod sync;
