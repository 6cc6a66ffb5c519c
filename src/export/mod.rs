//! Rows for analysts, streaming at constant memory.

pub mod csv;
