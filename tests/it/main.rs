//! Behaviour from outside, against the real server in this process, on SQLite or PostgreSQL (`TEST_DATABASE`).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "in tests that is how things fail")]

mod bad_input;
mod commands;
mod databases;
mod etag;
mod feed;
mod intake;
mod programs;
mod release;
mod staff;
mod support;
mod window;
mod words;
