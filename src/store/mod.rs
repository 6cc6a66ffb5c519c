//! Everything that speaks SQL, and nothing else.
//!
//! A [`Store`] hands out connections: [`Store::read`] for questions, [`Store::write`] for changes. Each table has a module
//! whose functions take a [`Db`] and are called as verbs of that module: `rounds::by_slug`, `units::insert`.
//! On SQLite all writes share one connection and begin `IMMEDIATE`, so writers queue instead of failing; on PostgreSQL
//! they come from the pool. What differs between the two databases is in [`dialect`].

mod connect;
mod dialect;
mod error;
mod migrate;
mod schema;

pub mod meta;
pub mod sessions;

pub use connect::{Backend, DatabaseUrl, Store};
pub use dialect::Db;
pub use error::StoreError;
