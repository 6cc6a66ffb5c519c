//! Two databases, one schema, and the durability that a 201 promises.

use std::collections::BTreeSet;

use diesel::prelude::*;
use diesel::sql_types::Text;
use langnghe::store::{DatabaseUrl, Db, Store};

use crate::support::Database;

fn names(folder: &str) -> BTreeSet<String> {
    let path = format!("{}/migrations/{folder}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    name: String,
}

fn opened() -> (Database, Store) {
    let database = Database::new();
    let store = Store::open(&DatabaseUrl::parse(&database.url).unwrap()).unwrap();
    store.migrate().unwrap();
    (database, store)
}

fn said(store: &Store, sqlite: &str, postgres: &str) -> Vec<String> {
    let rows: Vec<Column> = store
        .write_now(|db| match db {
            Db::Sqlite(connection) => Ok(diesel::sql_query(sqlite).load(connection)?),
            Db::Pg(connection) => Ok(diesel::sql_query(postgres).load(connection)?),
        })
        .unwrap();
    rows.into_iter().map(|row| row.name).collect()
}

#[test]
fn both_databases_have_the_same_migrations() {
    assert_eq!(names("sqlite"), names("postgres"));
}

#[test]
fn the_migrations_make_the_tables_and_columns_that_the_program_knows() {
    let (_database, store) = opened();
    let made = said(
        &store,
        "SELECT m.name || '.' || p.name || CASE WHEN p.\"notnull\" OR p.pk THEN '' ELSE '?' END AS name
         FROM sqlite_master m JOIN pragma_table_info(m.name) p
         WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name NOT LIKE '\\_\\_%' ESCAPE '\\'",
        "SELECT table_name || '.' || column_name || CASE is_nullable WHEN 'YES' THEN '?' ELSE '' END AS name
         FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE '\\_\\_%'",
    );
    let schema = include_str!("../../src/store/schema.rs");
    let mut known = BTreeSet::new();
    let mut table = "";
    for line in schema.lines().map(str::trim).filter(|line| !line.starts_with("joinable!")) {
        if let Some((name, _)) = line.split_once(" (").filter(|_| line.ends_with(") {")) {
            table = name;
        } else if let Some((column, kind)) = line.split_once(" -> ") {
            known.insert(format!("{table}.{column}{}", if kind.starts_with("Nullable") { "?" } else { "" }));
        }
    }
    assert!(known.len() > 60);
    assert_eq!(made.into_iter().collect::<BTreeSet<_>>(), known);
}

#[test]
fn a_commit_waits_for_the_disk() {
    let (_database, store) = opened();
    let setting = said(
        &store,
        "SELECT CAST(synchronous AS TEXT) || ' ' || (SELECT journal_mode FROM pragma_journal_mode) AS name
         FROM pragma_synchronous",
        "SELECT current_setting('synchronous_commit') AS name",
    );
    let expected = if crate::support::is_postgres() { "on" } else { "2 wal" };
    assert_eq!(setting, [expected]);
}
