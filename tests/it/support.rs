//! A server with a small cast: a Sở, its schools, a round for parents, and whoever answers.

use std::collections::BTreeMap;
use std::net::TcpListener;
use std::sync::Mutex;

use chrono::TimeDelta;
use langnghe::app::{self, Watched};
use langnghe::clock::Clock;
use langnghe::command::tokens;
use langnghe::draft::{Draft, draft};
use langnghe::password;
use langnghe::release;
use langnghe::secret::Secret;
use langnghe::state::State;
use langnghe::store::rounds::RoundRow;
use langnghe::store::{
    DatabaseUrl, Db, Store, StoreError, accounts, approval_rules, collectors, danger_words, rounds, submissions,
    tallies, units,
};
use langnghe::survey::access::Scope;
use langnghe::survey::code::Channel;
use langnghe::survey::templates;
use langnghe::survey::unit::{Preset, parse_csv};
use reqwest::{Client, Response};
use serde_json::{Value, json};
use tokio::sync::oneshot;
use uuid::Uuid;

#[path = "../support/database.rs"]
mod database;
pub use database::{Database, is_postgres};

pub const PRIMARY: &str = "TH-HOA-MAI";
pub const OTHER_PRIMARY: &str = "TH-HOA-BAN";
pub const ROUND: &str = "tieu-hoc";
pub const FORM: &str = "hai-long-tieu-hoc";
/// Of every account.
pub const PASSWORD: &str = "mot-cau-rat-dai-2026";

pub struct TestApp {
    /// Each ends one server when it is dropped.
    serving: Mutex<Vec<oneshot::Sender<()>>>,
    pub state: State,
    pub url: String,
    pub client: Client,
    pub round: RoundRow,
    /// By unit and channel.
    pub codes: BTreeMap<(String, String), String>,
    /// Dropped with the app, and gone with it.
    pub database: Database,
}

/// A browser of its own. The server ends a connection that was idle for 5 s, and tests may do something else for longer than that.
pub fn browser() -> Client {
    let none = reqwest::redirect::Policy::none();
    let idle = std::time::Duration::from_secs(2);
    Client::builder().redirect(none).cookie_store(true).pool_idle_timeout(idle).build().unwrap()
}

/// A server with an open round for parents of two primary schools, through the school and through the Front.
pub async fn app() -> TestApp {
    app_for(&[FORM], &[PRIMARY, OTHER_PRIMARY]).await
}

/// The same with other questionnaires and schools.
pub async fn app_for(forms: &[&str], schools: &[&str]) -> TestApp {
    let texts: Vec<&str> = forms.iter().map(|code| templates::find(code).unwrap().text).collect();
    app_asking(&texts, schools).await
}

/// The same with questionnaires that are no templates, as they stand in their files.
pub async fn app_asking(texts: &[&str], schools: &[&str]) -> TestApp {
    let database = Database::new();
    let store = Store::open(&DatabaseUrl::parse(&database.url).unwrap()).unwrap();
    store.migrate().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let state = State::new(store, Secret::parse(&"ab".repeat(32)).unwrap(), Clock::default(), &url).unwrap();
    let round = round_of(&state, ROUND, texts.iter().map(|text| (*text).to_owned()).collect(), schools);
    let rows = state.store.read_now(|db| collectors::of_round(db, round.id)).unwrap();
    let codes = rows.into_iter().map(|row| ((row.unit_code, row.channel), row.code)).collect();
    let client = browser();
    let app = TestApp { serving: Mutex::default(), state, url, client, round, codes, database };
    app.serve(app.state.clone(), listener, Watched::Nowhere);
    app
}

/// An open round; units are there afterwards.
pub fn make_round(state: &State, slug: &str, forms: &[&str], schools: &[&str]) -> RoundRow {
    let texts = forms.iter().map(|code| templates::find(code).unwrap().text.to_owned()).collect();
    round_of(state, slug, texts, schools)
}

/// The same with questionnaires of its own.
pub fn round_of(state: &State, slug: &str, questionnaires: Vec<String>, schools: &[&str]) -> RoundRow {
    let now = state.clock.now();
    state
        .store
        .write_now(|db| {
            if units::all(db)?.is_empty() {
                units::import(db, &parse_csv(Preset::PhuongSo.csv(), &[]).unwrap())?;
                danger_words::seed_if_empty(db, now)?;
                // one person does everything, as in a small office; `approval` asks for two
                let top = units::id_by_code(db, "SO-AN-LANH")?.unwrap();
                approval_rules::set(db, top, None, "một người", None, now)?;
            }
            let plan = Draft {
                title: "Ý kiến cha mẹ".to_owned(),
                slug: slug.to_owned(),
                owner_id: units::id_by_code(db, "SO-AN-LANH")?.unwrap(),
                contact: "Phòng Khảo thí".to_owned(),
                closes_at: now + TimeDelta::days(7),
                results_by: Some((now + TimeDelta::days(37)).date()),
                questionnaires: questionnaires.clone(),
                unit_ids: schools.iter().map(|code| units::id_by_code(db, code).unwrap().unwrap()).collect(),
                channels: vec![Channel::Truong, Channel::MatTran],
            };
            let id = draft(db, &plan, now)?.round_id;
            rounds::open(db, id, now)?;
            Ok(rounds::by_id(db, id)?.unwrap())
        })
        .unwrap()
}

pub fn key() -> Uuid {
    Uuid::new_v4()
}

impl Drop for TestApp {
    fn drop(&mut self) {
        // there only where a test asked for a file
        let _ = std::fs::remove_dir_all(&*self.state.exports);
    }
}

impl TestApp {
    /// Serves until the end of the test: a server that is left behind would go on asking for a database that is gone.
    pub fn serve(&self, state: State, listener: TcpListener, watched: Watched) {
        let (serving, ended) = oneshot::channel::<()>();
        self.serving.lock().unwrap().push(serving);
        std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async {
                tokio::select! {
                    served = app::serve(state, listener, watched) => served.unwrap(),
                    _ = ended => {}
                }
            });
        });
    }

    pub fn code(&self, unit: &str) -> &str {
        &self.codes[&(unit.to_owned(), "truong".to_owned())]
    }

    pub fn path(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }

    /// A form through the API.
    pub async fn send(&self, unit: &str, key: Uuid, answers: Value) -> Response {
        self.post(self.code(unit), json!({"key": key, "answers": answers})).await
    }

    pub async fn post(&self, code: &str, body: Value) -> Response {
        self.raw(code, body.to_string()).await
    }

    pub async fn raw(&self, code: &str, body: impl Into<reqwest::Body>) -> Response {
        let url = self.path(&format!("/api/v1/collectors/{code}/submissions"));
        self.client.post(url).header("Content-Type", "application/json").body(body).send().await.unwrap()
    }

    pub async fn get(&self, path: &str) -> Response {
        self.client.get(self.path(path)).send().await.unwrap()
    }

    /// The form in a browser without script: opened, filled in, sent.
    pub async fn fill_in(&self, unit: &str, answers: &[(&str, &str)]) -> Response {
        let begun = self.begin(unit).await;
        self.finish(unit, begun, answers).await
    }

    /// The hidden fields of a form that somebody has opened.
    pub async fn begin(&self, unit: &str) -> Vec<(&'static str, String)> {
        let form = self.get(&format!("/k/{}/phieu", self.code(unit))).await.text().await.unwrap();
        ["_key", "_begun", "_lang", "_phieu"].map(|name| (name, hidden(&form, name))).into()
    }

    /// Sends a form that was opened before.
    pub async fn finish(&self, unit: &str, begun: Vec<(&str, String)>, answers: &[(&str, &str)]) -> Response {
        let typed = answers.iter().map(|(name, value)| (*name, (*value).to_owned()));
        let fields: Vec<(&str, String)> = begun.into_iter().chain(typed).collect();
        self.client.post(self.path(&format!("/k/{}", self.code(unit)))).form(&fields).send().await.unwrap()
    }

    /// An account of this unit, signed in.
    pub async fn sign_in(&self, login: &str, unit: &str) -> Response {
        self.account(login, unit);
        self.submit("/sign-in", &[("login", login), ("password", PASSWORD)]).await
    }

    /// Somebody of this unit who can sign in.
    pub fn account(&self, login: &str, unit: &str) {
        let hash = password::hash(PASSWORD).unwrap();
        let now = self.state.clock.now();
        let add = |db: &mut Db| {
            let unit = units::id_by_code(db, unit)?.unwrap();
            let id = accounts::add(db, &login.parse().unwrap(), "Người thử", unit, now)?;
            accounts::set_password(db, id, &hash)
        };
        self.state.store.write_now(add).unwrap();
    }

    /// A page's form, sent as the browser sends it.
    pub async fn submit(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        self.client.post(self.path(path)).form(fields).send().await.unwrap()
    }

    /// The secret that every form of a desk carries.
    pub async fn csrf(&self) -> String {
        hidden(&self.get("/manage/account").await.text().await.unwrap(), "_csrf")
    }

    pub fn stored(&self) -> i64 {
        self.state.store.read_now(|db| submissions::count(db, self.round.id)).unwrap()
    }

    pub fn counted(&self) -> i64 {
        self.state.store.read_now(|db| tallies::submissions(db, self.round.id)).unwrap()
    }

    /// The stored answers, in no order that means anything.
    pub fn answers(&self) -> Vec<Value> {
        let rows = self.state.store.read_now(|db| submissions::page(db, self.round.id, &[], 10_000)).unwrap();
        rows.iter().map(|row| serde_json::from_str(&row.answers).unwrap()).collect()
    }

    pub fn token(&self, unit: &str, scope: Scope) -> String {
        tokens::add(&self.state, "test", &[scope], unit, None).unwrap()
    }

    pub async fn feed(&self, token: &str, path: &str) -> Response {
        self.client.get(self.path(path)).bearer_auth(token).send().await.unwrap()
    }

    /// What the server does by itself from time to time.
    pub async fn look(&self) {
        let state = self.state.clone();
        tokio::task::spawn_blocking(move || release::due(&state)).await.unwrap().unwrap();
        self.state.catalogue.refresh().unwrap();
    }

    /// Closes the round, freezes its figures and releases them.
    pub async fn freeze(&self) {
        self.change(|db, id| rounds::close_at(db, id, self.state.clock.now()));
        let (state, round) = (self.state.clone(), self.round.clone());
        tokio::task::spawn_blocking(move || release::freeze(&state, &round)).await.unwrap().unwrap();
    }

    /// Changes the round and lets the server notice.
    pub fn change<T>(&self, work: impl FnOnce(&mut Db, i64) -> Result<T, StoreError>) -> T {
        let done = self.state.store.write_now(|db| work(db, self.round.id)).unwrap();
        self.state.catalogue.refresh().unwrap();
        done
    }
}

/// The value of a hidden field.
pub fn hidden(page: &str, name: &str) -> String {
    let after = page.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_else(|| panic!("{name} in {page}"));
    after.split('"').next().unwrap().to_owned()
}
