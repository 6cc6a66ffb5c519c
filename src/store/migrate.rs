//! Bringing a database to this version's schema.

use diesel::migration::{Migration, MigrationSource};
use diesel::sqlite::Sqlite;
use diesel::{RunQueryDsl, SqliteConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::{Db, Store, StoreError};

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// The advisory lock that keeps instances which start together from migrating twice.
const LOCK: i64 = 0x6c61_6e67_6e67_6865;

impl Store {
    /// Runs the migrations that are missing and returns how many ran.
    ///
    /// # Errors
    /// [`StoreError::Migration`] with the database's own words.
    pub fn migrate(&self) -> Result<usize, StoreError> {
        let mut db = self.connect()?;
        let failed = |e: Box<dyn std::error::Error + Send + Sync>| StoreError::Migration(e.to_string());
        match &mut db {
            Db::Sqlite(connection) => sqlite(connection),
            Db::Pg(connection) => {
                diesel::sql_query("SELECT pg_advisory_lock($1)")
                    .bind::<diesel::sql_types::BigInt, _>(LOCK)
                    .execute(connection)?;
                // the lock goes with the connection, whatever happens
                Ok(connection.run_pending_migrations(POSTGRES).map_err(failed)?.len())
            }
        }
    }

    /// Refuses a database that lacks this version's schema.
    ///
    /// # Errors
    /// [`StoreError::NotMigrated`].
    pub fn require_migrated(&self) -> Result<(), StoreError> {
        self.read_now(|db| {
            let pending = match db {
                Db::Sqlite(connection) => connection.has_pending_migration(SQLITE),
                Db::Pg(connection) => connection.has_pending_migration(POSTGRES),
            };
            match pending {
                Ok(false) => Ok(()),
                Ok(true) => Err(StoreError::NotMigrated),
                Err(error) => Err(StoreError::Migration(error.to_string())),
            }
        })
    }
}

/// Runs the migrations that a SQLite database lacks and returns how many ran.
pub(super) fn sqlite(connection: &mut SqliteConnection) -> Result<usize, StoreError> {
    let ran = connection.run_pending_migrations(SQLITE).map_err(|error| StoreError::Migration(error.to_string()))?;
    Ok(ran.len())
}

/// A migration that a SQLite database has and this program has not: a newer program made it.
pub(super) fn unknown_to_us(connection: &mut SqliteConnection) -> Result<Option<String>, StoreError> {
    let failed = |error: Box<dyn std::error::Error + Send + Sync>| StoreError::Migration(error.to_string());
    let ours: Vec<Box<dyn Migration<Sqlite>>> = SQLITE.migrations().map_err(failed)?;
    let known: Vec<String> = ours.iter().map(|migration| migration.name().version().to_string()).collect();
    let applied = connection.applied_migrations().map_err(failed)?;
    Ok(applied.iter().map(ToString::to_string).filter(|version| !known.contains(version)).min())
}

#[cfg(test)]
mod tests {
    use diesel::connection::SimpleConnection;

    use super::*;
    use crate::store::roles;
    use crate::store::tests::store_with_units;

    /// Goes back to before the migration with this number.
    fn back_before(store: &Store, number: &str) {
        let back = |db: &mut Db| loop {
            let version = match db {
                Db::Sqlite(connection) => connection.revert_last_migration(SQLITE).unwrap().to_string(),
                Db::Pg(connection) => connection.revert_last_migration(POSTGRES).unwrap().to_string(),
            };
            if version == number {
                return;
            }
        };
        back(&mut store.connect().unwrap());
    }

    #[test]
    fn who_was_here_before_roles_keeps_what_followed_from_the_unit() {
        let (_database, store) = store_with_units();
        back_before(&store, "20261126000020");
        let people = "INSERT INTO unit (id, code, name, name_folded, kind, parent_id, valid_from)
                      VALUES (9, 'MT', 'Mặt trận', 'mat tran', 'mat_tran', 2, '2025-07-01');
                      INSERT INTO account (login, name, unit_id, created_at) VALUES
                      ('so', 'A', 1, '2026-01-01 00:00:00'), ('truong', 'B', 3, '2026-01-01 00:00:00'),
                      ('mt', 'C', 9, '2026-01-01 00:00:00');";
        store.connect().unwrap().batch_execute(people).unwrap();
        store.migrate().unwrap();
        let codes = |id| -> Vec<&'static str> {
            let grants = store.read_now(|db| roles::of(db, id)).unwrap();
            grants.into_iter().map(|grant| grant.role.code()).collect()
        };
        let offices = ["quan_tri", "chu_tri", "soan_phieu", "duyet", "xu_ly", "phan_tich"];
        assert_eq!((codes(1), codes(2), codes(3)), (offices.to_vec(), vec!["dau_moi"], vec!["giam_sat"]));
    }
}
