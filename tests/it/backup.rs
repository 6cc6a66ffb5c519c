//! A backup is the whole database.

use crate::commands::{run, says};
use crate::support::{Database, is_postgres};

#[test]
fn a_backup_restored_elsewhere_is_the_same_database() {
    let database = Database::new();
    let copy = database.folder().join("copy.db").display().to_string();
    let demo = run(&database, &["demo", "--submissions", "60", "--no-serve"], &[]);
    assert!(demo.status.success(), "{}", String::from_utf8_lossy(&demo.stderr));
    let done = run(&database, &["backup", &copy], &[]);
    if is_postgres() {
        return says(&done, "pg_dump");
    }
    assert!(done.status.success());
    says(&run(&database, &["backup", &copy], &[]), "exists already");
    let elsewhere = [("DATABASE_URL", format!("sqlite:{}", database.folder().join("new/other.db").display()))];
    let elsewhere: Vec<(&str, &str)> = elsewhere.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let restored = run(&database, &["restore", &copy], &elsewhere);
    assert!(restored.status.success(), "{}", String::from_utf8_lossy(&restored.stderr));
    assert!(run(&database, &["verify"], &elsewhere).status.success());
    let [old, new] = [&[][..], &elsewhere[..]].map(|settings| run(&database, &["rounds", "list"], settings).stdout);
    assert_eq!(old, new);
    says(&run(&database, &["restore", "/etc/hostname"], &elsewhere), "not a backup");
}
