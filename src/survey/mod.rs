//! The subject itself: what is asked, of whom, where and when, and what counts as an answer. Knows no database, no web, no clock.

pub mod access;
pub mod code;
pub mod danger;
pub mod text;
pub mod unit;
