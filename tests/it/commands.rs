//! The command line: what goes wrong is one sentence that says what to do, and exit code 1.

use std::process::{Command, Output, Stdio};

use chrono::TimeDelta;
use langnghe::store::{DatabaseUrl, Store, audit, rounds};
use langnghe::survey::audit::Action;

use crate::support::{Database, app};

pub fn run(database: &Database, arguments: &[&str], settings: &[(&str, &str)]) -> Output {
    command(database, arguments, settings).output().unwrap()
}

fn command(database: &Database, arguments: &[&str], settings: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_langnghe"));
    command.args(arguments).env("DATA_DIR", database.folder().join("data")).env("DATABASE_URL", &database.url);
    command.env("LISTEN", "127.0.0.1:0").env("RUST_LOG", "off").env_remove("SECRET_KEY");
    command.envs(settings.iter().copied());
    command
}

/// One line on stderr, exit code 1, no panic.
pub fn says(done: &Output, part: &str) {
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert_eq!(done.status.code(), Some(1), "{said}");
    assert!(said.contains(part) && !said.contains("panicked"), "{said}");
    assert_eq!(said.trim_end().lines().count(), 1, "{said}");
}

#[test]
fn what_is_missing_is_said_in_one_sentence() {
    let database = Database::new();
    says(&run(&database, &["rounds", "list"], &[]), "langnghe migrate");
    let nowhere = [("DATABASE_URL", "postgres://nobody@127.0.0.1:1/none")];
    says(&run(&database, &["migrate"], &nowhere), "cannot open the database");
    says(&run(&database, &["migrate"], &[("DATABASE_URL", "postgre://x")]), "DATABASE_URL must look like");
    says(&run(&database, &["migrate"], &[("SECRET_KEY", "short")]), "SECRET_KEY must be");
    let file = database.folder().join("a-file");
    std::fs::write(&file, "x").unwrap();
    let inside = file.join("data").display().to_string();
    says(&run(&database, &["migrate"], &[("DATA_DIR", &inside)]), "DATA_DIR");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().to_string();
    says(&run(&database, &["serve"], &[("LISTEN", &port)]), "LISTEN");
}

#[test]
fn an_address_that_no_poster_could_carry_is_refused_at_the_start() {
    let database = Database::new();
    for wrong in ["nonsense", "ftp://a.vn", "https://", "https://a.vn/k", "https://a.vn?x", "http://a b", "http://a:0x"]
    {
        says(&run(&database, &["migrate"], &[("PUBLIC_URL", wrong)]), "PUBLIC_URL must look like https://");
    }
    for right in ["https://khaosat.vn", "http://localhost:8080/", "http://[::1]:80", "HTTPS://Khao-Sat.vn"] {
        let done = run(&database, &["migrate"], &[("PUBLIC_URL", right)]);
        assert!(done.status.success(), "{right}: {}", String::from_utf8_lossy(&done.stderr));
    }
}

#[test]
fn another_key_than_the_first_is_refused() {
    let database = Database::new();
    assert!(run(&database, &["migrate"], &[("SECRET_KEY", &"ab".repeat(32))]).status.success());
    says(&run(&database, &["migrate"], &[("SECRET_KEY", &"cd".repeat(32))]), "not the key");
}

#[test]
fn wrong_usage_exits_with_2() {
    let database = Database::new();
    assert_eq!(run(&database, &["serv"], &[]).status.code(), Some(2));
    assert_eq!(run(&database, &["simulate"], &[]).status.code(), Some(2));
}

#[test]
fn check_names_every_mistake_with_its_line_and_path() {
    let database = Database::new();
    let file = database.folder().join("broken.json");
    let text = r#"{
  "code": "Thu", "instrument": "khao_sat", "audience": "phu_huynh", "languages": ["vi"],
  "title": {"en": "x"},
  "sections": [{"code": "A", "title": {"vi": "A"}, "questions": [
    {"code": "A1", "kind": "rating", "scale": "none", "label": {"vi": "a"}},
    {"code": "A2", "kind": "select_one", "label": {"vi": "a"}, "choices": [{"code": "x", "label": {"vi": "x"}}]},
    {"code": "A3", "kind": "range", "min": 5, "max": 1, "label": {"vi": "a"}},
    {"code": "A4", "kind": "text", "min": 5, "label": {"vi": "a"}, "relevant": "${Z9} = 'a'"},
    {"code": "A5", "kind": "text", "label": {"vi": "a"}, "colour": "red", "required": "yes"},
    {"code": "A5", "kind": "text", "label": {"vi": "a"}, "label": {"vi": "b"}, "constraint": ". >="}
  ]}],
  "expectation": "A9"
}"#;
    std::fs::write(&file, text).unwrap();
    let done = run(&database, &["check", &file.to_string_lossy()], &[]);
    assert_eq!(done.status.code(), Some(1));
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    let expected = [
        "line 2: $.code",
        "line 3: $.title",
        "line 5: $.sections[0].questions[0].scale",
        "line 6: $.sections[0].questions[1].choices",
        "line 7: $.sections[0].questions[2]",
        "line 8: $.sections[0].questions[3].min",
        "line 8: $.sections[0].questions[3].relevant",
        "line 9: $.sections[0].questions[4].colour",
        "line 9: $.sections[0].questions[4].required",
        "line 10: $.sections[0].questions[5].code",
        "line 10: $.sections[0].questions[5].label: this name stands twice",
        "line 10: $.sections[0].questions[5].constraint",
        "line 12: $.expectation",
    ];
    for wanted in expected {
        assert!(said.contains(wanted), "{wanted} is missing:\n{said}");
    }
}

#[test]
fn check_goes_on_after_a_file_that_cannot_be_read() {
    let database = Database::new();
    let place = |name: &str| database.folder().join(name).display().to_string();
    std::fs::write(place("broken.json"), "{").unwrap();
    std::fs::write(place("latin.json"), [0xe9]).unwrap();
    let files = [place("missing.json"), place("broken.json"), place("latin.json"), place("missing-too.json")];
    let done = run(&database, &["check", &files[0], &files[1], &files[2], &files[3]], &[]);
    let table = String::from_utf8(done.stdout).unwrap();
    for file in &files {
        assert!(table.lines().any(|line| line.starts_with(&format!("{file}: "))), "{file} is missing: {table}");
    }
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!((done.status.code(), said.contains("4 files")), (Some(1), true), "{said}");
}

#[test]
fn the_schema_beside_the_templates_is_the_one_the_program_prints() {
    let database = Database::new();
    let printed = run(&database, &["schema"], &[]);
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/survey-templates/questionnaire.schema.json");
    assert_eq!(String::from_utf8_lossy(&printed.stdout), std::fs::read_to_string(path).unwrap());
    let templates = concat!(env!("CARGO_MANIFEST_DIR"), "/survey-templates");
    let files: Vec<String> = std::fs::read_dir(templates)
        .unwrap()
        .map(|entry| entry.unwrap().path().display().to_string())
        .filter(|path| path.ends_with(".json") && !path.ends_with(".schema.json"))
        .collect();
    let arguments: Vec<&str> = std::iter::once("check").chain(files.iter().map(String::as_str)).collect();
    assert!(files.len() == 9 && run(&database, &arguments, &[]).status.success());
}

#[test]
fn an_export_replaces_files_but_never_links_or_devices_and_a_full_disk_is_a_failure() {
    let database = Database::new();
    assert!(run(&database, &["demo", "--submissions", "60", "--no-serve"], &[]).status.success());
    let folder = database.folder().join("out");
    std::fs::create_dir(&folder).unwrap();
    let place = |name: &str| folder.join(name);
    for (name, target) in [("full", "/dev/full"), ("null", "/dev/null"), ("link", "file"), ("new-link", "new-file")] {
        std::os::unix::fs::symlink(target, place(name)).unwrap();
    }
    std::fs::write(place("file"), "before").unwrap();
    let export =
        |name: &str| run(&database, &["export", "phu-huynh-hk1", "--output", &place(name).to_string_lossy()], &[]);
    says(&export("full"), "No space left on device");
    for name in ["null", "link", "new-link", "plain"] {
        let done = export(name);
        assert!(done.status.success(), "{name}: {}", String::from_utf8_lossy(&done.stderr));
    }
    for name in ["full", "null", "link", "new-link"] {
        assert!(place(name).is_symlink(), "{name} was replaced");
    }
    for name in ["file", "new-file", "plain"] {
        assert_eq!(std::fs::read_to_string(place(name)).unwrap().lines().count(), 43, "{name}");
    }
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 7, "unfinished files stayed");
    says(&export("plain/below"), "Not a directory");
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let done = command(&database, &["export", "phu-huynh-hk1"], &[]).stdout(full).output().unwrap();
    says(&done, "No space left on device");
}

#[test]
fn a_round_is_opened_once_extended_closed_once_and_frozen_once() {
    let database = Database::new();
    assert!(run(&database, &["demo", "--submissions", "60", "--no-serve"], &[]).status.success());
    let store = Store::open(&DatabaseUrl::parse(&database.url).unwrap()).unwrap();
    let round = || store.read_now(|db| rounds::by_slug(db, "gop-y")).unwrap().unwrap();
    let state = || {
        let listed = String::from_utf8(run(&database, &["rounds", "list"], &[]).stdout).unwrap();
        listed.lines().find_map(|line| line.strip_prefix("gop-y\t")).unwrap().split('\t').next().unwrap().to_owned()
    };
    let rounds = |arguments: &[&str]| run(&database, &[&["rounds"], arguments].concat(), &[]);
    let fine = |arguments: &[&str]| {
        let done = rounds(arguments);
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    let set = |opens_at| {
        let id = round().id;
        store.write_now(|db| rounds::open(db, id, opens_at)).unwrap();
    };
    let begun = round();
    says(&rounds(&["open", "gop-y"]), "open already, since");
    says(&rounds(&["open", "gop-y", "--days", "3"]), "rounds extend gop-y");
    assert_eq!((round().opens_at, round().closes_at), (begun.opens_at, begun.closes_at));
    fine(&["extend", "gop-y", "--days", "3"]);
    assert_eq!((round().opens_at, round().closes_at), (begun.opens_at, begun.closes_at + TimeDelta::days(3)));
    says(&rounds(&["extend", "gop-y", "--until", "2020-01-01T10:00"]), "name a later moment");
    fine(&["extend", "gop-y", "--until", "2099-12-01T22:00"]);
    assert_eq!(round().closes_at.to_string(), "2099-12-01 15:00:00");
    assert_eq!(rounds(&["extend", "gop-y"]).status.code(), Some(2));
    assert_eq!(rounds(&["extend", "gop-y", "--until", "tomorrow"]).status.code(), Some(2));

    fine(&["close", "gop-y"]);
    let closed = round();
    assert_eq!(state(), "grace");
    says(&rounds(&["close", "gop-y"]), "closed already, since");
    says(&rounds(&["open", "gop-y", "--days", "3"]), "has closed at");
    assert_eq!((round().opens_at, round().closes_at), (begun.opens_at, closed.closes_at));
    fine(&["extend", "gop-y", "--days", "1"]);
    assert_eq!((state(), round().opens_at), ("open".to_owned(), begun.opens_at));

    set(round().closes_at - TimeDelta::hours(1));
    assert_eq!(state(), "planned");
    says(&rounds(&["close", "gop-y"]), "not open yet");
    fine(&["open", "gop-y"]);
    assert_eq!(state(), "open");

    fine(&["close", "gop-y", "--freeze"]);
    assert_eq!(state(), "frozen");
    for again in [&["close", "gop-y"][..], &["close", "gop-y", "--freeze"], &["open", "gop-y", "--days", "1"]] {
        says(&rounds(again), "frozen since");
    }
    says(&rounds(&["extend", "gop-y", "--days", "1"]), "frozen since");
    says(&rounds(&["extend", "nothing", "--days", "1"]), "there is no round");
    fine(&["links", "gop-y"]);
}

#[tokio::test]
async fn what_the_command_line_reads_and_changes_stands_in_the_log_by_nobody_with_an_account() {
    let app = app().await;
    let slug = app.round.slug.clone();
    let key = "ab".repeat(32);
    let settings = [("SECRET_KEY", key.as_str())];
    for arguments in [&["export", &slug][..], &["rounds", "close", &slug, "--freeze"]] {
        let done = run(&app.database, arguments, &settings);
        assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    }
    let search = audit::Search { units: (1..1000).collect(), ..audit::Search::default() };
    let lines = app.state.store.read_now(|db| audit::find(db, &search, None, 100)).unwrap();
    for deed in [Action::RowsExported, Action::RoundClosed, Action::RoundFrozen] {
        let line = lines.iter().find(|line| line.action == deed && line.subject == slug);
        assert!(line.is_some_and(|line| line.person.is_none()), "{deed:?}: {lines:?}");
    }
}

#[tokio::test]
async fn a_list_whose_reader_has_seen_enough_ends_without_a_word() {
    let app = app().await;
    let key = "ab".repeat(32);
    let settings = [("SECRET_KEY", key.as_str())];
    let slug = app.round.slug.clone();
    for arguments in
        [&["rounds", "links", &slug][..], &["rounds", "list"], &["units", "list"], &["tokens", "list"], &["schema"]]
    {
        let mut list = command(&app.database, arguments, &settings);
        let mut running = list.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(running.stdout.take());
        let done = running.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success() && said.is_empty(), "{arguments:?}: {said}");
    }
}
