//! Rows for analysts, streaming at constant memory.

mod columns;
pub mod csv;
