//! Everything that speaks SQL, and nothing else.
//!
//! A [`Store`] hands out connections: [`Store::read`] for questions, [`Store::write`] for changes. Each table has a module
//! whose functions take a [`Db`] and are called as verbs of that module: `rounds::by_slug`, `units::insert`.
//! On SQLite all writes share one connection and begin `IMMEDIATE`, so writers queue instead of failing; on PostgreSQL
//! they come from the pool. What differs between the two databases is in `dialect`.

mod connect;
mod dialect;
mod error;
mod migrate;
mod schema;

pub mod accounts;
pub mod alerts;
pub mod backup;
pub mod collectors;
pub mod danger_words;
pub mod failures;
pub mod intake;
pub mod links;
pub mod meta;
pub mod questionnaires;
pub mod rebuild;
pub mod releases;
pub mod rounds;
pub mod sessions;
pub mod submissions;
pub mod tallies;
pub mod tokens;
pub mod units;

pub use connect::{Backend, DatabaseUrl, Store};
pub use dialect::Db;
pub use error::StoreError;

#[cfg(test)]
pub(crate) mod tests {
    //! What the tests of several tables and pages share.

    use chrono::{NaiveDateTime, TimeDelta};
    use diesel::connection::SimpleConnection;
    use tempfile::TempDir;

    use super::{DatabaseUrl, Store, accounts};

    /// So many seconds after the beginning of the story.
    pub(crate) fn at(seconds: i64) -> NaiveDateTime {
        chrono::DateTime::UNIX_EPOCH.naive_utc() + TimeDelta::days(20_000) + TimeDelta::seconds(seconds)
    }

    /// A database with a department (1), a ward (2) and its school (3).
    pub(crate) fn store_with_units() -> (TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&DatabaseUrl::Sqlite(folder.path().join("test.db"))).unwrap();
        store.migrate().unwrap();
        let units =
            "INSERT INTO unit (id, code, name, name_folded, kind, parent_id, professional_parent_id, valid_from)
            VALUES (1, 'SO-AN-LANH', 'Sở', 'so', 'so_gddt', NULL, NULL, '1997-01-01'),
                   (2, 'P-HOA-BAN', 'Phường', 'phuong', 'phuong', 1, NULL, '2025-07-01'),
                   (3, 'TH-HOA-BAN', 'Trường', 'truong', 'truong', 2, 1, '2025-07-01');";
        store.write_now(|db| Ok(db.batch_execute(units)?)).unwrap();
        (folder, store)
    }

    /// The same with an account of the ward.
    pub(crate) fn store_with_account() -> (TempDir, Store, i64) {
        let (folder, store) = store_with_units();
        let login = "an.nguyen".parse().unwrap();
        let account = store.write_now(|db| accounts::add(db, &login, "Nguyễn Văn An", 2, at(0))).unwrap();
        (folder, store, account)
    }
}
