//! Lắng Nghe: survey forms, suggestion slips and opinion polls for Vietnamese education.
//!
//! The rooms, each using only what stands below it:

pub mod app;
pub mod command;

pub mod web;

pub mod frame;
pub mod invitation;
pub mod jobs;
pub mod release;

pub mod state;

pub mod document;
pub mod draft;
pub mod export;
pub mod intake;
pub mod reading;
pub mod tabulation;
pub mod unfinished;

pub mod catalogue;
pub mod mail;

pub mod store;

pub mod analysis;
pub mod survey;

pub mod budget;

pub mod authenticator;
pub mod clock;
pub mod meters;
pub mod password;

pub mod chart;

pub mod typeface;

pub mod picture;
pub mod vietnamese;

pub mod config;
pub mod secret;
