//! The bare ceiling that the product is measured against: the same server, the same group commit, the same tables and
//! indexes on the same database, but a fixed row instead of a submission. Nothing is parsed, validated or tallied.
//!
//! `POST /ceiling` takes any body and answers 201 once a row is durable. `GET /page` serves one file, already compressed.
//! `benches/run` starts it; see `benches/README.md`.

use std::cell::Cell;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, RETRY_AFTER, VARY};
use actix_web::web::{self, Bytes, Data};
use actix_web::{App, HttpResponse, HttpServer};
use clap::Parser;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sql_types::{Array, BigInt, Binary, Text};
use langnghe::store::{Backend, DatabaseUrl, Db, Store, StoreError};
use tokio::sync::{mpsc, oneshot};

use self::tables::{receipt, submission};

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// As the product's writer takes them.
const BATCH: usize = 512;
const QUEUE: usize = 4096;
const ROUND: i64 = 1;
const UNITS: u64 = 44;
const CHANNEL: &str = "zalo";
const LANG: &str = "vi";
const MODE: &str = "web";
const DATE: &str = "2026-11-24";
/// With the columns beside it (two 8-byte numbers, a 16-byte id, the texts above, version, lateness) a row of 600 bytes.
const ANSWERS: [u8; 541] = [b'5'; 541];
/// As long as the product's reply.
const RECEIPT: &str = r#"{"receipt":"0123456789ABCDEFGHJKMNPQRS"}"#;

#[derive(Parser)]
struct Options {
    /// Address and port
    #[arg(long)]
    listen: Option<SocketAddr>,
    /// An empty database: sqlite:PATH or postgres://…
    #[arg(long, required_unless_present = "bench")]
    database: Option<String>,
    /// A brotli-compressed page to serve at /page
    #[arg(long)]
    page: Option<PathBuf>,
    /// What `cargo bench` says to every benchmark
    #[arg(long, hide = true)]
    bench: bool,
}

#[derive(Clone, Copy)]
struct Row {
    id: [u8; 16],
    hash: [u8; 16],
    unit: i64,
}

impl Row {
    fn random() -> Self {
        let (mut id, mut hash) = ([0; 16], [0; 16]);
        for eight in id.chunks_exact_mut(8).chain(hash.chunks_exact_mut(8)) {
            eight.copy_from_slice(&next_random().to_ne_bytes());
        }
        Self { id, hash, unit: i64::try_from(next_random() % UNITS).unwrap_or_default() + 1 }
    }
}

/// SplitMix64, seeded once per thread: randomness must cost the ceiling nothing.
fn next_random() -> u64 {
    thread_local! {
        static STATE: Cell<u64> = Cell::new(uuid::Uuid::new_v4().as_u64_pair().0);
    }
    STATE.with(|state| {
        let seed = state.get().wrapping_add(0x9e37_79b9_7f4a_7c15);
        state.set(seed);
        let a = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let b = (a ^ (a >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        b ^ (b >> 31)
    })
}

type Waiting = (Row, oneshot::Sender<bool>);

struct Writers {
    queues: Vec<mpsc::Sender<Waiting>>,
    next: AtomicUsize,
}

impl Writers {
    async fn store(&self, row: Row) -> Option<bool> {
        let turn = self.next.fetch_add(1, Ordering::Relaxed);
        let queue = self.queues.get(turn % self.queues.len())?;
        let (done, durable) = oneshot::channel();
        queue.try_send((row, done)).ok()?;
        durable.await.ok()
    }
}

/// Commits whatever waits, up to a batch, and only then tells the waiters.
fn write(mut place: Place, mut queue: mpsc::Receiver<Waiting>) {
    let mut gathered: Vec<Waiting> = Vec::with_capacity(BATCH);
    while let Some(first) = queue.blocking_recv() {
        gathered.push(first);
        while gathered.len() < BATCH
            && let Ok(next) = queue.try_recv()
        {
            gathered.push(next);
        }
        // in the order of the index, as the product does it
        gathered.sort_by_key(|(row, _)| row.hash);
        let (batch, waiters): (Vec<Row>, Vec<_>) = gathered.drain(..).unzip();
        let stored = match &mut place {
            Place::Sqlite(store) => store.alone(|db| insert(db, &batch)),
            Place::Postgres(db) => insert(db, &batch),
        };
        if let Err(error) = &stored {
            eprintln!("the ceiling could not store a batch: {error}");
        }
        for waiter in waiters {
            // a client that hung up needs no answer
            let _ = waiter.send(stored.is_ok());
        }
    }
}

/// Where a writer writes: through the product's own only writer of SQLite, or a connection of PostgreSQL.
enum Place {
    Sqlite(Store),
    Postgres(Db),
}

fn insert(db: &mut Db, batch: &[Row]) -> Result<(), StoreError> {
    match db {
        Db::Sqlite(connection) => insert_sqlite(connection, batch)?,
        Db::Pg(connection) => insert_postgres(connection, batch)?,
    }
    Ok(())
}

mod tables {
    diesel::table! {
        submission (round_id, id) {
            round_id -> BigInt,
            id -> Binary,
            unit_id -> BigInt,
            channel -> Text,
            version_id -> BigInt,
            lang -> Text,
            mode -> Text,
            late -> Bool,
            submitted_on -> Text,
            answers -> Text,
        }
    }

    diesel::table! {
        receipt (round_id, hash) {
            round_id -> BigInt,
            hash -> Binary,
        }
    }
}

fn insert_sqlite(connection: &mut SqliteConnection, batch: &[Row]) -> QueryResult<()> {
    let answers = answers();
    connection.immediate_transaction(|connection| {
        for row in batch {
            diesel::insert_into(receipt::table)
                .values((receipt::round_id.eq(ROUND), receipt::hash.eq(&row.hash[..])))
                .execute(connection)?;
            diesel::insert_into(submission::table)
                .values((
                    submission::round_id.eq(ROUND),
                    submission::id.eq(&row.id[..]),
                    submission::unit_id.eq(row.unit),
                    submission::channel.eq(CHANNEL),
                    submission::version_id.eq(1),
                    submission::lang.eq(LANG),
                    submission::mode.eq(MODE),
                    submission::late.eq(false),
                    submission::submitted_on.eq(DATE),
                    submission::answers.eq(answers),
                ))
                .execute(connection)?;
        }
        Ok(())
    })
}

fn answers() -> &'static str {
    std::str::from_utf8(&ANSWERS).unwrap_or_default()
}

/// Both inserts of a batch as one statement, which PostgreSQL parses once per connection and runs as one transaction.
struct InsertBatch<'a> {
    ids: Vec<&'a [u8]>,
    hashes: Vec<&'a [u8]>,
    units: Vec<i64>,
    answers: Vec<&'a str>,
}

impl QueryId for InsertBatch<'_> {
    type QueryId = InsertBatch<'static>;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl QueryFragment<Pg> for InsertBatch<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("WITH r AS (INSERT INTO receipt (round_id, hash) SELECT ");
        out.push_bind_param::<BigInt, _>(&ROUND)?;
        out.push_sql(", hash FROM unnest(");
        out.push_bind_param::<Array<Binary>, _>(&self.hashes)?;
        out.push_sql(
            ") AS batch (hash)) INSERT INTO submission \
             (round_id, id, unit_id, channel, version_id, lang, mode, late, submitted_on, answers) SELECT ",
        );
        out.push_bind_param::<BigInt, _>(&ROUND)?;
        out.push_sql(", id, unit, ");
        out.push_bind_param::<Text, _>(CHANNEL)?;
        out.push_sql(", 1, ");
        out.push_bind_param::<Text, _>(LANG)?;
        out.push_sql(", ");
        out.push_bind_param::<Text, _>(MODE)?;
        out.push_sql(", false, DATE '2026-11-24', answers FROM unnest(");
        out.push_bind_param::<Array<Binary>, _>(&self.ids)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<BigInt>, _>(&self.units)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Text>, _>(&self.answers)?;
        out.push_sql(") AS batch (id, unit, answers)");
        Ok(())
    }
}

impl RunQueryDsl<PgConnection> for InsertBatch<'_> {}

fn insert_postgres(connection: &mut PgConnection, batch: &[Row]) -> QueryResult<()> {
    let insert = InsertBatch {
        ids: batch.iter().map(|row| &row.id[..]).collect(),
        hashes: batch.iter().map(|row| &row.hash[..]).collect(),
        units: batch.iter().map(|row| row.unit).collect(),
        answers: vec![answers(); batch.len()],
    };
    insert.execute(connection).map(|_| ())
}

async fn accept(_body: Bytes, writers: Data<Writers>) -> HttpResponse {
    match writers.store(Row::random()).await {
        Some(true) => HttpResponse::Created().content_type("application/json").body(RECEIPT),
        Some(false) => HttpResponse::InternalServerError().finish(),
        None => HttpResponse::ServiceUnavailable().insert_header((RETRY_AFTER, "1")).finish(),
    }
}

async fn page(page: Data<Bytes>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header((CONTENT_ENCODING, "br"))
        .insert_header((CACHE_CONTROL, "no-cache"))
        .insert_header((VARY, "accept-encoding"))
        .body(page.as_ref().clone())
}

/// Opens the database as the product does (same settings, same tables), then one writer on SQLite, two on PostgreSQL.
fn start_writers(database: &str) -> Result<(Writers, Vec<thread::JoinHandle<()>>), Failure> {
    let store = Store::open(&DatabaseUrl::parse(database)?)?;
    store.migrate()?;
    let places = match store.backend() {
        Backend::Sqlite => vec![Place::Sqlite(store)],
        Backend::Postgres => vec![Place::Postgres(store.connect()?), Place::Postgres(store.connect()?)],
    };
    let (mut queues, mut threads) = (Vec::new(), Vec::new());
    for place in places {
        let (queue, waiting) = mpsc::channel(QUEUE);
        queues.push(queue);
        threads.push(thread::Builder::new().name("writer".into()).spawn(move || write(place, waiting))?);
    }
    Ok((Writers { queues, next: AtomicUsize::new(0) }, threads))
}

#[actix_web::main]
async fn main() -> Result<(), Failure> {
    let options = Options::parse();
    let (Some(listen), Some(database)) = (options.listen, options.database) else {
        println!("the ceiling is a server; benches/run starts it and measures");
        return Ok(());
    };
    let (writers, threads) = start_writers(&database)?;
    let writers = Data::new(writers);
    let bytes = Data::new(match options.page {
        Some(path) => Bytes::from(std::fs::read(path)?),
        None => Bytes::new(),
    });
    HttpServer::new(move || {
        App::new()
            .app_data(writers.clone())
            .app_data(bytes.clone())
            .route("/ceiling", web::post().to(accept))
            .route("/page", web::get().to(page))
    })
    .bind(listen)?
    .run()
    .await?;
    for thread in threads {
        // a writer ends when the last queue is gone; whatever it panicked with was printed
        let _ = thread.join();
    }
    Ok(())
}
