//! Behaviour from outside, against the real server in this process, on SQLite or PostgreSQL (`TEST_DATABASE`).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "in tests that is how things fail")]

mod attacker;
mod backup;
mod bad_input;
mod commands;
mod databases;
mod description;
mod desk;
mod etag;
mod export;
mod feed;
mod form;
mod intake;
mod journey;
mod levels;
mod pictures;
mod programs;
mod proxies;
mod recount;
mod release;
mod rounds;
mod sqlite_only;
mod staff;
mod support;
mod track;
mod units_alerts;
mod verify;
mod watch;
mod window;
mod words;
