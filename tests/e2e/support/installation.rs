//! An installation of its own for each test: data folder, database, port.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::Text;
use langnghe::draft::{Draft, draft};
use langnghe::store::DatabaseUrl;
use langnghe::store::{Store, rounds, units};
use langnghe::survey::code::Channel;
use langnghe::survey::round::Access;
use serde_json::Value;

use super::database::{Database, is_postgres};
use super::process::{Process, signal};

pub struct Installation {
    database: Database,
    port: u16,
}

impl Installation {
    pub fn new() -> Self {
        let socket = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = socket.local_addr().expect("an address").port();
        Self { database: Database::new(), port }
    }

    /// As [`Self::new`], with the demonstration and so many forms in it; also returns what was printed.
    pub fn demo(submissions: u64) -> (Self, String) {
        let installation = Self::new();
        let printed = installation.run(&["demo", "--submissions", &submissions.to_string(), "--no-serve"]);
        (installation, printed)
    }

    pub fn is_sqlite(&self) -> bool {
        !is_postgres()
    }

    /// The process of PostgreSQL's server, which must run on this machine.
    pub fn postgres_id(&self) -> Option<String> {
        #[derive(QueryableByName)]
        struct Answer {
            #[diesel(sql_type = Text)]
            file: String,
        }
        let mut db = PgConnection::establish(&self.database.url).ok().filter(|_| is_postgres())?;
        let asked = sql_query("SELECT pg_read_file('postmaster.pid') AS file").get_result::<Answer>(&mut db);
        let id = asked.expect("TEST_POSTGRES is a superuser").file.lines().next().unwrap_or_default().to_owned();
        let name = std::fs::read_to_string(format!("/proc/{id}/comm")).unwrap_or_default();
        assert_eq!(name.trim(), "postgres", "the server of TEST_POSTGRES is not on this machine");
        Some(id)
    }

    pub fn path(&self) -> &Path {
        self.database.folder()
    }

    /// Where the program that [`Self::run`] starts has its database.
    pub fn database_url(&self) -> String {
        let file = self.path().join("data/langnghe.db");
        if self.is_sqlite() { format!("sqlite:{}", file.display()) } else { self.database.url.clone() }
    }

    pub fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address())
    }

    /// The environment of every command.
    pub fn environment(&self, command: &mut Command) {
        command
            .env_remove("SECRET_KEY")
            .env("DATA_DIR", self.path().join("data"))
            .env("DATABASE_URL", &self.database.url)
            .env("LISTEN", self.address())
            .env("PUBLIC_URL", self.url(""))
            .env("RUST_LOG", "warn");
        if self.is_sqlite() {
            // the default is what most installations run with
            command.env_remove("DATABASE_URL");
        }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_langnghe"));
        command.args(arguments).stdin(Stdio::null());
        self.environment(&mut command);
        command
    }

    /// Runs a command that must succeed and returns its stdout.
    pub fn run(&self, arguments: &[&str]) -> String {
        let done = self.command(arguments).output().expect("langnghe starts");
        let said = String::from_utf8(done.stdout).expect("UTF-8");
        let complained = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "langnghe {arguments:?}: {}\n{said}{complained}", done.status);
        said
    }

    /// The server; returns when it is ready.
    pub async fn serve(&self) -> Server {
        self.start(&["serve"]).await
    }

    /// The server, none of whose files may be longer than this: as if the disk were full there.
    pub async fn serve_within(&self, kilobytes: u64) -> Server {
        let script = "trap '' XFSZ; ulimit -f \"$1\"; exec \"$2\" serve";
        let mut command = Command::new("bash");
        command.args(["-c", script, "bash", &kilobytes.to_string(), env!("CARGO_BIN_EXE_langnghe")]);
        self.environment(&mut command);
        let mut server = Server { process: Process::start(&mut command, "serve", self.path()) };
        self.ready(&mut server.process).await;
        server
    }

    /// A command that serves.
    pub async fn start(&self, arguments: &[&str]) -> Server {
        let process = Process::start(&mut self.command(arguments), arguments[0], self.path());
        let mut server = Server { process };
        self.ready(&mut server.process).await;
        server
    }

    /// Waits until `/readyz` answers.
    pub async fn ready(&self, process: &mut Process) {
        let since = Instant::now();
        let client = reqwest::Client::new();
        loop {
            let answer = client.get(self.url("/readyz")).send().await;
            if answer.is_ok_and(|answer| answer.status() == 200) {
                return;
            }
            assert!(process.is_running(), "the server ended: {}", process.complained());
            assert!(since.elapsed() < Duration::from_secs(90), "the server is not ready: {}", process.complained());
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Codes, units and addresses of a round.
    pub fn links(&self, round: &str) -> Vec<[String; 5]> {
        let listed = self.run(&["rounds", "links", round]);
        let line = |line: &str| {
            let cells: Vec<String> = line.split('\t').map(str::to_owned).collect();
            cells.try_into().expect("five cells")
        };
        listed.lines().map(line).collect()
    }

    fn store(&self) -> Store {
        let url = if self.is_sqlite() {
            format!("sqlite:{}", self.path().join("data/langnghe.db").display())
        } else {
            self.database.url.clone()
        };
        Store::open(&DatabaseUrl::parse(&url).expect("an address")).expect("the database")
    }

    /// Changes the database behind the server's back.
    pub fn sabotage(&self, statement: &str) {
        let mut db = self.store().connect().expect("a connection");
        sql_query(statement).execute(&mut db).unwrap_or_else(|error| panic!("{statement}: {error}"));
    }

    /// Opens a round that asks with this questionnaire at this school; to be called before anything is served.
    pub fn ask(&self, slug: &str, questionnaire: &str, school: &str) {
        self.ask_with(slug, questionnaire, &[school], Access::Open);
    }

    /// The same at several schools.
    pub fn ask_all(&self, slug: &str, questionnaire: &str, schools: &[&str]) {
        self.ask_with(slug, questionnaire, schools, Access::Open);
    }

    /// The same for a round with one-time codes; returns the addresses on two slips of the school.
    pub fn ask_by_code(&self, slug: &str, questionnaire: &str, school: &str) -> [String; 2] {
        self.ask_with(slug, questionnaire, &[school], Access::Codes);
        let slips = self.run(&["rounds", "codes", slug, "--count", "2", "--unit", school]);
        let mut addresses = slips.lines().map(|slip| slip.split('\t').nth(2).expect("an address").to_owned());
        std::array::from_fn(|_| addresses.next().expect("two slips"))
    }

    fn ask_with(&self, slug: &str, questionnaire: &str, schools: &[&str], access: Access) {
        let store = self.store();
        let now = chrono::Utc::now().naive_utc();
        let plan = |owner_id, unit_ids| Draft {
            title: slug.to_owned(),
            slug: slug.to_owned(),
            owner_id,
            contact: "Phòng Khảo thí".to_owned(),
            closes_at: now + chrono::TimeDelta::days(7),
            results_by: None,
            questionnaires: vec![questionnaire.to_owned()],
            unit_ids,
            channels: vec![Channel::Truong],
        };
        let made = store.write_now(|db| {
            let mut unit = |code: &str| units::id_by_code(db, code).map(|id| id.expect("a unit"));
            let (owner, units) =
                (unit("SO-AN-LANH")?, schools.iter().map(|code| unit(code)).collect::<Result<_, _>>()?);
            let id = draft(db, &plan(owner, units), now)?.round_id;
            rounds::set_access(db, id, access)?;
            rounds::open(db, id, now)
        });
        made.expect("a round");
    }

    /// The address on the poster of a unit.
    pub fn poster(&self, round: &str, unit: &str) -> String {
        let found = self.links(round).into_iter().find(|link| link[1] == unit);
        found.unwrap_or_else(|| panic!("{unit} has no code in {round}"))[3].clone()
    }

    /// Under which number the database keeps a unit.
    pub fn id_of(&self, unit: &str) -> i64 {
        self.store().read_now(|db| units::id_by_code(db, unit)).expect("the database").expect("a unit")
    }

    /// Submissions of a round, as `rounds list` has them.
    pub fn count(&self, round: &str) -> u64 {
        let listed = self.run(&["rounds", "list"]);
        let line = listed.lines().find(|line| line.split('\t').next() == Some(round)).expect("the round is listed");
        line.split('\t').nth(2).and_then(|n| n.parse().ok()).expect("a number")
    }

    /// A token that reads aggregates of everything.
    pub fn token(&self) -> String {
        let made = self.run(&["tokens", "add", "e2e", "--scope", "aggregates", "--unit", "SO-AN-LANH"]);
        made.trim().to_owned()
    }

    pub async fn read(&self, path: &str, token: &str) -> Value {
        let answer = reqwest::Client::new().get(self.url(path)).bearer_auth(token).send().await.expect("an answer");
        assert_eq!(answer.status(), 200, "{path}");
        answer.json().await.expect("JSON")
    }

    /// Submissions by school.
    pub async fn by_school(&self, round: &str, token: &str) -> std::collections::BTreeMap<String, u64> {
        let told = self.read(&format!("/api/v1/rounds/{round}"), token).await;
        let units = told["units"].as_array().expect("units");
        let unit = |unit: &Value| (unit["unit"].as_str().unwrap().to_owned(), unit["n"].as_u64().unwrap());
        units.iter().map(unit).collect()
    }
}

/// A process that serves.
pub struct Server {
    pub process: Process,
}

impl Server {
    /// SIGTERM, and the end with exit code 0.
    pub fn stop(mut self) {
        signal(self.process.id(), "TERM");
        let status = self.process.ended(Duration::from_secs(30));
        assert!(status.success(), "{status}: {}", self.process.complained());
    }
}
