//! The database of one test, of the kind that `TEST_DATABASE` says: `sqlite` (the default), or `postgres` on the server whose
//! superuser's address is `TEST_POSTGRES`. The tests inside the library and those in `tests/` share this file, so that no
//! test can choose for itself.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "in tests that is how things fail")]

use std::io::Write;
use std::path::Path;

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use tempfile::TempDir;
use uuid::Uuid;

/// Whether databases of tests are PostgreSQL's.
pub fn is_postgres() -> bool {
    match std::env::var("TEST_DATABASE").as_deref() {
        Ok("postgres") => true,
        Ok("" | "sqlite") | Err(_) => false,
        Ok(other) => panic!("TEST_DATABASE must be sqlite or postgres, not {other:?}"),
    }
}

/// An empty database and a folder, gone at the end of the test.
pub struct Database {
    /// As `DATABASE_URL` has it.
    pub url: String,
    folder: TempDir,
    name: Option<String>,
}

impl Database {
    /// Makes one of the kind that is asked for.
    pub fn new() -> Self {
        if !is_postgres() {
            return Self::sqlite();
        }
        let name = format!("test_{}", Uuid::new_v4().simple());
        on_server(&format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'"));
        let url = format!("{}/{name}", server().rsplit_once('/').expect("TEST_POSTGRES names a database").0);
        Self { url, folder: tempfile::tempdir().unwrap(), name: Some(name) }.written_down()
    }

    /// SQLite, for what PostgreSQL does not have: for tests in a module `sqlite_only`.
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("test.db").display());
        Self { url, folder, name: None }.written_down()
    }

    /// A folder for files of the test.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Adds a line to the file that `TEST_OPENED` names: kind, program and test. `tests/run` counts these lines, and only
    /// these, as tests of a database.
    fn written_down(self) -> Self {
        let Some(file) = std::env::var_os("TEST_OPENED") else { return self };
        let kind = self.url.split(':').next().unwrap_or_default();
        let program = std::env::current_exe().unwrap();
        let program = program.file_stem().unwrap().to_string_lossy().into_owned();
        let program = program.rsplit_once('-').map_or(program.as_str(), |(name, _hash)| name);
        // libtest gives a test's thread the test's name, unless it runs all tests on one thread
        let thread = std::thread::current();
        let test = thread.name().filter(|name| *name != "main").expect("a test's own thread makes its database");
        let mut file = std::fs::OpenOptions::new().create(true).append(true).open(file).unwrap();
        file.write_all(format!("{kind} {program}::{test}\n").as_bytes()).unwrap();
        self
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let Some(name) = &self.name else { return };
        if let Ok(mut server) = PgConnection::establish(&server()) {
            let _ = server.batch_execute(&format!("DROP DATABASE {name} WITH (FORCE)"));
        }
    }
}

fn server() -> String {
    std::env::var("TEST_POSTGRES")
        .expect("TEST_POSTGRES must be the address of a PostgreSQL superuser; tests/run sets it")
}

fn on_server(statement: &str) {
    let server = PgConnection::establish(&server());
    let mut server = server.unwrap_or_else(|error| panic!("TEST_POSTGRES does not answer: {error}"));
    server.batch_execute(statement).unwrap_or_else(|error| panic!("{statement}: {error}"));
}
