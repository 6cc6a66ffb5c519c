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

pub mod access_codes;
pub mod account_mails;
pub mod accounts;
pub mod alerts;
pub mod approval_rules;
pub mod approvals;
pub mod arrivals;
pub mod audit;
pub mod authenticators;
pub mod backup;
pub mod campaigns;
pub mod collectors;
pub mod contacts;
pub mod danger_words;
pub mod exclusions;
pub mod export_jobs;
pub mod failures;
pub mod frames;
pub mod goals;
pub mod head_reminders;
pub mod intake;
pub mod invitations;
pub mod left_out;
pub mod links;
pub mod mail_trouble;
pub mod mailings;
pub mod media;
pub mod meta;
pub mod open_answers;
pub mod outbox;
pub mod paper;
pub mod paper_asides;
pub mod paper_forms;
pub mod parents_notices;
pub mod people;
pub mod pictures;
pub mod pressure;
pub mod questionnaire_drafts;
pub mod questionnaires;
pub mod quotas;
pub mod rebuild;
pub mod recordings;
pub mod release_tables;
pub mod releases;
pub mod retention;
pub mod roles;
pub mod round_methods;
pub mod round_steps;
pub mod rounds;
pub mod sessions;
pub mod strangers;
pub mod submissions;
pub mod successions;
pub mod superiors;
pub mod tallies;
pub mod theme_examples;
pub mod themes;
pub mod tokens;
pub mod unfinished;
pub mod unit_choices;
pub mod unit_imports;
pub mod unit_kinds;
pub mod units;
pub mod withdrawals;

pub use connect::{Backend, DatabaseUrl, Store};
pub use dialect::Db;
pub use error::StoreError;

#[cfg(test)]
#[path = "../../tests/support/database.rs"]
pub(crate) mod test_database;

#[cfg(test)]
pub(crate) mod tests {
    //! What the tests of several tables and pages share.

    use chrono::{NaiveDateTime, TimeDelta};
    use diesel::connection::SimpleConnection;

    pub(crate) use super::test_database::Database;
    use super::{DatabaseUrl, Store, accounts};

    /// So many seconds after the beginning of the story.
    pub(crate) fn at(seconds: i64) -> NaiveDateTime {
        chrono::DateTime::UNIX_EPOCH.naive_utc() + TimeDelta::days(20_000) + TimeDelta::seconds(seconds)
    }

    /// A database with this version's tables and nothing in them.
    pub(crate) fn empty_store() -> (Database, Store) {
        let database = Database::new();
        let store = Store::open(&DatabaseUrl::parse(&database.url).unwrap()).unwrap();
        store.migrate().unwrap();
        (database, store)
    }

    /// The same with a department (1), a ward (2) and its school (3).
    pub(crate) fn store_with_units() -> (Database, Store) {
        let (database, store) = empty_store();
        let units =
            "INSERT INTO unit (id, code, name, name_folded, kind, parent_id, professional_parent_id, valid_from)
            VALUES (1, 'SO-AN-LANH', 'Sở', 'so', 'so_gddt', NULL, NULL, '1997-01-01'),
                   (2, 'P-HOA-BAN', 'Phường', 'phuong', 'phuong', 1, NULL, '2025-07-01'),
                   (3, 'TH-HOA-BAN', 'Trường', 'truong', 'truong', 2, 1, '2025-07-01');";
        store.write_now(|db| Ok(db.batch_execute(units)?)).unwrap();
        (database, store)
    }

    /// The same with an account of the ward.
    pub(crate) fn store_with_account() -> (Database, Store, i64) {
        let (database, store) = store_with_units();
        let login = "an.nguyen".parse().unwrap();
        let account = store.write_now(|db| accounts::add(db, &login, "Nguyễn Văn An", 2, at(0))).unwrap();
        (database, store, account)
    }
}
