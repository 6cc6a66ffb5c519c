//! What only SQLite has: files that are copied, locked and put back. A restore does everything or nothing.

use std::path::{Path, PathBuf};

use diesel::connection::SimpleConnection;
use diesel::{Connection, SqliteConnection};
use langnghe::store::outbox::{self, Failure, NewMail, Standing};
use langnghe::store::unfinished::{self, Change, UnfinishedRow};
use langnghe::store::{DatabaseUrl, Store, backup, media, questionnaires};
use langnghe::survey::audio::Recording;

use crate::commands::{run, says};
use crate::support::Database;

const KEY: &str = "abababababababababababababababababababababababababababababababab";
const OTHER_KEY: &str = "cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd";

/// An installation with a few units, and a backup of another one.
struct Two {
    here: Database,
    backup: PathBuf,
}

impl Two {
    /// The backup was made with this key, the installation with [`KEY`].
    fn new(key_of_backup: &str) -> Self {
        let (here, there) = (Database::sqlite(), Database::sqlite());
        let backup = here.folder().join("backup.db");
        let preset = ["units", "import", "--preset", "2022"];
        done(&there, &["migrate"], key_of_backup);
        done(&there, &["backup", &backup.to_string_lossy()], key_of_backup);
        done(&here, &["migrate"], KEY);
        done(&here, &preset, KEY);
        Self { here, backup }
    }

    fn database(&self) -> PathBuf {
        PathBuf::from(self.here.url.strip_prefix("sqlite:").unwrap())
    }

    fn restore(&self) -> std::process::Output {
        run(&self.here, &["restore", &self.backup.to_string_lossy()], &[("SECRET_KEY", KEY)])
    }

    /// How many units the installation has.
    fn units(&self) -> usize {
        done(&self.here, &["units", "list"], KEY).lines().count()
    }

    /// The database and what lies beside it, but for what SQLite keeps there itself.
    fn files(&self) -> Vec<String> {
        let folder = std::fs::read_dir(self.here.folder()).unwrap();
        let names = folder.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let own = ["test.db-wal", "test.db-shm", "test.lock"];
        let mut names: Vec<String> = names.filter(|n| n.starts_with("test.") && !own.contains(&&**n)).collect();
        names.sort();
        names
    }

    /// Was refused with this sentence, and changed nothing.
    fn refused(&self, why: &str) {
        says(&self.restore(), why);
        assert_eq!(self.files(), ["test.db"]);
        assert!(self.units() > 1, "the database was replaced");
    }
}

fn done(database: &Database, arguments: &[&str], key: &str) -> String {
    let done = run(database, arguments, &[("SECRET_KEY", key)]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

fn change(file: &Path, sql: &str) {
    SqliteConnection::establish(&file.to_string_lossy()).unwrap().batch_execute(sql).unwrap();
}

#[test]
fn a_backup_of_another_key_changes_nothing_and_says_which_key_is_needed() {
    let two = Two::new(OTHER_KEY);
    two.refused("made with another key. Nothing was changed; put its key into");
}

#[test]
fn a_backup_of_a_newer_version_or_of_something_else_changes_nothing() {
    let two = Two::new(KEY);
    change(&two.backup, "INSERT INTO __diesel_schema_migrations (version) VALUES ('20991231000001')");
    two.refused("newer langnghe (schema 20991231000001)");
    change(&two.backup, "DROP TABLE submission");
    two.refused("not a backup of this program");
    std::fs::write(&two.backup, "Kính gửi").unwrap();
    two.refused("not a backup of this program");
    std::fs::remove_file(&two.backup).unwrap();
    two.refused("there is no such file");
}

#[test]
fn a_backup_that_is_cut_off_changes_nothing() {
    let two = Two::new(KEY);
    let bytes = std::fs::read(&two.backup).unwrap();
    std::fs::write(&two.backup, &bytes[..bytes.len() / 2]).unwrap();
    two.refused("not a backup of this program");
}

#[test]
fn nothing_is_restored_under_a_running_server_or_any_other_program() {
    let two = Two::new(KEY);
    let store = Store::open(&DatabaseUrl::parse(&two.here.url).unwrap()).unwrap();
    says(&two.restore(), "in use by another program");
    let serving = store.serve_alone().unwrap();
    drop(store);
    says(&two.restore(), "already serves from");
    drop(serving);
    assert!(two.restore().status.success());
}

#[test]
fn a_database_in_use_is_no_backup() {
    let mut two = Two::new(KEY);
    let store = Store::open(&DatabaseUrl::Sqlite(two.backup.clone())).unwrap();
    store.write_now(|db| Ok(db.batch_execute("DELETE FROM danger_word")?)).unwrap();
    says(&two.restore(), "a database in use");
    drop(store);
    two.backup = two.database();
    two.refused("it is the database itself");
}

#[test]
fn the_database_that_was_there_is_kept_whole_and_the_message_says_where() {
    let two = Two::new(KEY);
    let before = two.units();
    let done = two.restore();
    let said = String::from_utf8(done.stderr).unwrap();
    assert!(done.status.success(), "{said}");
    // before anybody opens them again, which makes files beside them
    assert_eq!(two.files().len(), 2, "{:?}", two.files());
    assert_eq!(two.units(), 0);
    let kept = said.split("kept as ").nth(1).unwrap().trim_end().trim_end_matches('.');
    let elsewhere = format!("sqlite:{kept}");
    let listed = run(&two.here, &["units", "list"], &[("SECRET_KEY", KEY), ("DATABASE_URL", &elsewhere)]);
    assert_eq!(String::from_utf8(listed.stdout).unwrap().lines().count(), before);
}

#[test]
fn what_an_earlier_database_left_beside_is_not_played_into_the_new_one() {
    let two = Two::new(KEY);
    let (database, kept) = (two.database(), two.here.folder().join("wal"));
    let store = Store::open(&DatabaseUrl::Sqlite(database.clone())).unwrap();
    store.write_now(|db| Ok(db.batch_execute("UPDATE unit SET name = 'x'; DELETE FROM meta")?)).unwrap();
    let wal = PathBuf::from(format!("{}-wal", database.display()));
    std::fs::copy(&wal, &kept).unwrap();
    drop(store);
    std::fs::remove_file(&database).unwrap();
    for place in [wal, PathBuf::from(format!("{}.arriving-wal", database.display()))] {
        std::fs::copy(&kept, place).unwrap();
    }
    assert!(two.restore().status.success());
    assert_eq!(two.units(), 0);
    done(&two.here, &["verify"], KEY);
}

#[test]
fn a_restore_needs_a_key_and_does_not_make_one() {
    let two = Two::new(KEY);
    says(&run(&two.here, &["restore", &two.backup.to_string_lossy()], &[]), "there is no key in");
    assert_eq!((two.files(), two.here.folder().join("data/secret.key").exists()), (vec!["test.db".to_owned()], false));
}

#[test]
fn only_its_owner_reads_the_database_and_its_backups() {
    use std::os::unix::fs::PermissionsExt;
    let two = Two::new(KEY);
    let copy = two.here.folder().join("copy.db");
    let done = run(&two.here, &["backup", &copy.to_string_lossy()], &[("SECRET_KEY", KEY)]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    for file in [two.database(), copy] {
        let rights = std::fs::metadata(&file).unwrap().permissions().mode() & 0o777;
        assert_eq!(rights, 0o600, "{}", file.display());
    }
}

#[test]
fn a_mistyped_name_does_not_become_a_database() {
    let two = Two::new(KEY);
    let folder = two.here.folder().join("khong-co");
    let typed = format!("sqlite:{}", folder.join("langnge.db").display());
    let settings = [("SECRET_KEY", KEY), ("DATABASE_URL", typed.as_str()), ("DATA_DIR", folder.to_str().unwrap())];
    for command in [&["verify"][..], &["rounds", "list"], &["export", "x"]] {
        says(&run(&two.here, command, &settings), "there is no database at");
    }
    assert!(!folder.exists());
}

#[test]
fn a_form_that_somebody_is_in_the_middle_of_is_in_no_backup() {
    let database = Database::sqlite();
    done(&database, &["migrate"], KEY);
    let sealed = [0xAB_u8; 40];
    let hash = vec![7; 32];
    let at = chrono::DateTime::UNIX_EPOCH.naive_utc() + chrono::TimeDelta::days(40_000);
    let begun = UnfinishedRow {
        hash: hash.clone(),
        round_id: 1,
        collector: "H7K3QP".to_owned(),
        version_id: 1,
        begun_at: at,
        touched_at: at,
        way: "own".to_owned(),
        tries: 0,
    };
    let changes = [Change::Begin(begun), Change::Save(hash, (0, sealed.to_vec()), at)];
    let store = Store::open(&DatabaseUrl::parse(&database.url).unwrap()).unwrap();
    store.write_now(|db| unfinished::apply(db, &changes)).unwrap();
    let backup = database.folder().join("backup.db");
    done(&database, &["backup", &backup.to_string_lossy()], KEY);
    let bytes = std::fs::read(&backup).unwrap();
    assert!(!bytes.windows(sealed.len()).any(|window| window == sealed), "the bytes are gone, not only unlinked");
}

#[test]
fn a_backup_carries_the_recordings_of_questions() {
    let database = Database::new();
    let store = Store::open(&DatabaseUrl::parse(&database.url).unwrap()).unwrap();
    store.migrate().unwrap();
    let beep = Recording::parse("A1.vi.mp3", include_bytes!("../media/beep.mp3").to_vec()).unwrap();
    let now = chrono::Utc::now().naive_utc();
    store.write_now(|db| questionnaires::publish(db, "nghe", "{}", std::slice::from_ref(&beep), now)).unwrap();
    let copy = database.folder().join("copy.db");
    langnghe::store::backup::into_file(&store, &copy).unwrap();
    let copy = Store::open(&DatabaseUrl::parse(&format!("sqlite:{}", copy.display())).unwrap()).unwrap();
    let found = copy.read_now(|db| media::find(db, media::hash(&beep.bytes))).unwrap();
    assert_eq!(found, Some(("audio/mpeg".to_owned(), beep.bytes)));
}

#[test]
fn a_backup_holds_no_mail_that_it_could_send_a_second_time() {
    let (here, key) = (Database::sqlite(), [7; 16]);
    let store = Store::open(&DatabaseUrl::parse(&here.url).unwrap()).unwrap();
    store.migrate().unwrap();
    let now = chrono::DateTime::UNIX_EPOCH.naive_utc();
    let until = now + chrono::TimeDelta::days(1);
    let mail = NewMail { key: &key, round_id: None, sealed: b"a sealed letter, 7", due_at: now, until };
    store.write_now(|db| outbox::put(db, &mail, now)).unwrap().unwrap();
    let file = here.folder().join("backup.db");
    backup::into_file(&store, &file).unwrap();
    assert!(!String::from_utf8_lossy(&std::fs::read(&file).unwrap()).contains("a sealed letter, 7"));
    let copy = Store::open(&DatabaseUrl::Sqlite(file)).unwrap();
    assert_eq!(copy.read_now(|db| outbox::next_due(db, until)).unwrap(), None);
    let standing = copy.read_now(|db| outbox::standing(db, &key)).unwrap();
    assert_eq!(standing, Some(Standing::Failed(Failure::Restored, None)));
}
