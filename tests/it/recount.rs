//! `langnghe verify` counts again as of one moment, and puts counters right where that is asked for.

use std::process::{Command, Stdio};

use diesel::connection::SimpleConnection;
use langnghe::clock::Clock;
use langnghe::secret::Secret;
use langnghe::state::State;
use langnghe::store::{DatabaseUrl, Db, Store, releases, rounds};

use crate::commands::{run, says};
use crate::support::Database;

const OPEN: &str = "phu-huynh-hk1";
const FROZEN: &str = "gio-vao-hoc";

/// The demonstration: several open rounds and a released one.
struct Demo {
    database: Database,
    store: Store,
}

impl Demo {
    fn new() -> Self {
        let database = Database::new();
        let made = run(&database, &["demo", "--submissions", "120", "--no-serve"], &[]);
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let store = Store::open(&DatabaseUrl::parse(&database.url).unwrap()).unwrap();
        Self { database, store }
    }

    /// Exit code, stdout, stderr.
    fn verify(&self, arguments: &[&str]) -> (i32, String, String) {
        let done = run(&self.database, &[&["verify"], arguments].concat(), &[]);
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (done.status.code().unwrap(), text(done.stdout), text(done.stderr))
    }

    /// Changes the rows of a round by hand.
    fn damage(&self, sql: &str, round: &str) {
        let place = format!("round_id = (SELECT id FROM round WHERE slug = '{round}')");
        self.store.write_now(|db| Ok(db.batch_execute(&format!("{sql} {place}"))?)).unwrap();
    }

    /// Cuts off every counter of a round.
    fn cut_off(&self, round: &str) {
        let bytes = self.store.write_now(|db| Ok(if matches!(db, Db::Pg(_)) { "'\\xff'" } else { "x'ff'" })).unwrap();
        self.damage(&format!("UPDATE tally SET cells = {bytes} WHERE"), round);
    }

    fn released(&self) -> Option<(i64, String)> {
        let newest = |db: &mut Db| {
            let round = rounds::by_slug(db, FROZEN)?.unwrap();
            Ok(releases::newest(db, round.id)?.map(|(number, _, document)| (number, document)))
        };
        self.store.read_now(newest).unwrap()
    }
}

#[test]
fn a_recount_while_forms_come_in_raises_no_false_alarm() {
    let demo = Demo::new();
    let mut command = Command::new(env!("CARGO_BIN_EXE_langnghe"));
    command.args(["simulate", OPEN, "--submissions", "8000"]).stderr(Stdio::piped());
    command.env("DATA_DIR", demo.database.folder().join("data")).env("DATABASE_URL", &demo.database.url);
    let mut crowd = command.spawn().unwrap();
    let mut meanwhile = 0;
    loop {
        let (code, table, said) = demo.verify(&[]);
        assert_eq!((code, table.as_str()), (0, ""), "{said}");
        match crowd.try_wait().unwrap() {
            Some(_) => break,
            None => meanwhile += 1,
        }
    }
    let sent = crowd.wait_with_output().unwrap();
    assert!(sent.status.success(), "{}", String::from_utf8_lossy(&sent.stderr));
    assert!(meanwhile >= 1, "the forms were all there before the first recount ended");
}

#[test]
fn a_damaged_counter_is_a_row_of_the_table_and_the_other_rounds_are_counted_all_the_same() {
    let demo = Demo::new();
    demo.cut_off(OPEN);
    demo.damage("UPDATE tally SET n = n + 1 WHERE", FROZEN);
    let (code, table, said) = demo.verify(&[]);
    assert_eq!(code, 1, "{said}");
    let row = table.lines().find(|line| line.starts_with("phu-huynh-hk1\tversion hai-long-")).unwrap();
    let place = row.split('\t').nth(1).unwrap();
    assert!(place.contains("/1 unit ") && place.contains(" truong \"") && row.contains("\tdamaged: "), "{row}");
    assert!(table.contains("gio-vao-hoc\tversion lay-y-kien-gio-hoc/1 unit "), "{table}");
    assert!(!table.contains("can-bo-nam-nay"), "{table}");
    assert!(said.contains("differ from the submissions") && said.contains("verify --rebuild"), "{said}");
}

#[test]
fn tallies_are_rebuilt_from_the_forms_and_a_release_stays_as_it_was() {
    let demo = Demo::new();
    let before = demo.released();
    demo.cut_off(OPEN);
    demo.damage("DELETE FROM tally WHERE unit_id % 2 = 0 AND", FROZEN);
    let (code, table, said) = demo.verify(&["--rebuild"]);
    assert_eq!(code, 0, "{said}");
    assert!(table.starts_with("round\twhat\tstored\trecounted\n") && table.contains(FROZEN), "{table}");
    assert!(said.contains("phu-huynh-hk1: rebuilt from 84 submissions.\n"), "{said}");
    assert!(said.contains("gio-vao-hoc: rebuilt from 24 submissions; its release stays as it was.\n"), "{said}");
    assert!(!said.contains("can-bo-nam-nay"), "{said}");
    assert_eq!((before.is_some(), demo.released()), (true, before));
    let (code, table, said) = demo.verify(&[]);
    assert_eq!((code, table.as_str()), (0, ""), "{said}");
    let more = run(&demo.database, &["simulate", OPEN, "--submissions", "50"], &[]);
    assert!(more.status.success() && demo.verify(&[]).0 == 0, "forms are counted on from there");
}

#[test]
fn nothing_is_rebuilt_while_forms_may_come_in() {
    let demo = Demo::new();
    demo.damage("UPDATE tally SET n = n + 1 WHERE", OPEN);
    let key = Secret::load_or_make(&demo.database.folder().join("data")).unwrap();
    let serving = demo.store.serve_alone().unwrap();
    let server = State::new(demo.store.clone(), key, Clock::default(), "http://localhost").unwrap();
    says(&run(&demo.database, &["verify", "--rebuild"], &[]), "is running");
    server.intake.drain();
    drop((server, serving));
    assert_eq!(demo.verify(&["--rebuild"]).0, 0);
}

#[test]
fn what_no_recount_can_put_right_is_named_and_left_alone() {
    let demo = Demo::new();
    demo.damage("DELETE FROM receipt WHERE", FROZEN);
    demo.damage("UPDATE submission SET answers = '{' WHERE", OPEN);
    demo.damage("UPDATE tally SET n = n + 1 WHERE", OPEN);
    let (code, table, said) = demo.verify(&["--rebuild"]);
    assert_eq!(code, 1, "{said}");
    assert!(table.contains("gio-vao-hoc\treceipts\t0\t24\n"), "{table}");
    assert!(table.contains("phu-huynh-hk1\tsubmission ") && table.contains("\tdamaged: "), "{table}");
    assert!(said.contains("phu-huynh-hk1: not rebuilt") && !said.contains("gio-vao-hoc: rebuilt"), "{said}");
    assert_eq!(demo.verify(&["--rebuild"]).1, table, "nothing was changed");
}
