//! What is printed: posters, letters, notices to parents, slips with one-time codes, and questionnaires on paper.
//!
//! A document is laid out as [`Sheet`]s, plain lists of what stands where; [`pdf::write`] makes a PDF of them and
//! [`picture::png`] a picture. Lengths are in points (1/72 inch), from the upper left corner.

mod archive;
mod block;
mod cover;
mod form;
mod grid;
mod letter;
mod notice;
mod path;
pub mod pdf;
pub mod picture;
mod poster;
pub mod qr;
mod questions;
mod rules;
mod sheet;
mod slips;
#[cfg(test)]
mod tests;

pub use archive::{Archive, file_name};
pub use cover::{Cover, cover};
pub use form::{PaperForm, form};
pub use letter::{Letter, letter};
pub use notice::{Notice, notice};
pub use poster::{Poster, a4, two_on_a4};
pub use sheet::{A4, Sheet};
pub use slips::{Slip, slips};

/// Why something could not be printed.
#[derive(Debug, thiserror::Error)]
#[error("printing: {0}")]
pub struct NotPrinted(pub String);
