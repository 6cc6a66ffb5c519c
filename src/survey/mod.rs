//! The subject itself: what is asked, of whom, where and when, and what counts as an answer. Knows no database, no web, no clock.

pub mod access;
pub mod answer;
pub mod approval;
pub mod audio;
pub mod audit;
pub mod campaign;
pub mod code;
pub mod collector;
pub mod danger;
pub mod expression;
pub mod imagine;
pub mod layout;
pub mod manuscript;
pub mod picture;
pub mod pipe;
pub mod question;
pub mod questionnaire;
pub mod raw;
pub mod round;
pub mod route;
pub mod script;
mod sent;
pub mod submission;
pub mod templates;
pub mod text;
pub mod unit;
pub mod violation;
