//! Behaviour from outside, against the real server in this process, on SQLite or PostgreSQL (`TEST_DATABASE`).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "in tests that is how things fail")]

mod attacker;
mod bad_input;
mod commands;
mod databases;
mod export;
mod feed;
mod intake;
mod levels;
mod staff;
mod support;
mod units_alerts;
mod verify;
mod window;
mod words;
