//! For programs: JSON and CSV.

pub mod bearer;
pub mod problem;
