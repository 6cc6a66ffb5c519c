//! Files of rows from the real server: a reader who leaves, and a disk that is full.

use std::fs;
use std::time::{Duration, Instant};

use crate::support::alone;
use crate::support::desk::Desk;
use crate::support::installation::{Installation, Server};

const ROUND: &str = "phu-huynh-hk1";
/// Of all rounds; some megabytes of rows.
const FORMS: u64 = 6_000;

/// A demonstration whose rounds look as large as those whose files are sent while they are written, or made by a job.
fn large() -> (Installation, String) {
    let (installation, printed) = Installation::demo(FORMS);
    installation.sabotage("UPDATE tally SET n = n * 1000");
    (installation, printed)
}

/// Threads that read rows, and files and connections that are open.
fn held(server: &Server) -> (usize, usize) {
    let process = format!("/proc/{}", server.process.id());
    let named = |task: fs::DirEntry| fs::read_to_string(task.path().join("comm")).unwrap_or_default();
    let tasks = fs::read_dir(format!("{process}/task")).unwrap().flatten();
    let readers = tasks.filter(|task| fs::read_to_string(task.path().join("comm")).is_ok()).map(named);
    let open = fs::read_dir(format!("{process}/fd")).unwrap().count();
    (readers.filter(|name| name.trim() == "export").count(), open)
}

/// Memory of the process, in MB.
fn memory(server: &Server) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", server.process.id())).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
}

async fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let since = Instant::now();
    while !is_so() {
        assert!(since.elapsed() < Duration::from_secs(60), "{what}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Fetches a file, or so many of its bytes and then leaves.
async fn fetch(installation: &Installation, token: &str, most: usize) -> Vec<u8> {
    let path = format!("/api/v1/rounds/{ROUND}/submissions?format=jsonl&labels=1");
    let client = reqwest::Client::new();
    let mut answer = client.get(installation.url(&path)).bearer_auth(token).send().await.expect("an answer");
    assert_eq!((answer.status().as_u16(), answer.content_length()), (200, None), "it is sent while it is written");
    let mut bytes = Vec::new();
    while bytes.len() < most
        && let Some(chunk) = answer.chunk().await.expect("a chunk")
    {
        bytes.extend_from_slice(&chunk);
    }
    bytes
}

#[test]
fn readers_who_leave_in_the_middle_cost_nothing_and_may_come_again() {
    alone(async {
        let (installation, _) = large();
        let made = installation.run(&["tokens", "add", "e2e", "--scope", "submissions", "--unit", "SO-AN-LANH"]);
        let (server, token) = (installation.serve().await, made.trim().to_owned());
        let whole = fetch(&installation, &token, usize::MAX).await;
        until("readers stay", || held(&server).0 == 0).await;
        let (open, before) = (held(&server).1, memory(&server));
        for share in [10, 50, 90, 90, 90, 90] {
            let part = fetch(&installation, &token, whole.len() / 100 * share).await;
            assert!(part.len() < whole.len() && whole.starts_with(&part), "{share} %");
            until("what a reader had is not given back", || held(&server).0 == 0 && held(&server).1 <= open + 2).await;
        }
        assert!(memory(&server) < before + 40, "{} MB before, {} MB after", before, memory(&server));
        assert_eq!(fetch(&installation, &token, usize::MAX).await, whole, "fetched again it is the same");
        server.stop();
    });
}

/// What stands on the page of files when nothing is being made.
async fn made(desk: &Desk<'_>) -> String {
    let since = Instant::now();
    loop {
        let page = desk.get(&format!("/analyse/{ROUND}/exports")).await;
        if !page.contains("data-busy") {
            return page;
        }
        assert!(since.elapsed() < Duration::from_secs(120), "a file is not made: {page}");
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
}

#[test]
fn a_full_disk_ends_a_job_in_plain_words_leaves_nothing_and_later_jobs_work() {
    alone(async {
        let (installation, printed) = large();
        let school = installation.links(ROUND).remove(0)[1].clone();
        // a name stands once in the database and in every row of the file
        installation.sabotage(&format!("UPDATE unit SET name = name || '{}'", "·".repeat(1500)));
        let database = fs::metadata(installation.path().join("data/langnghe.db")).map_or(0, |found| found.len());
        // whatever is written may be little longer than the database is, which is much less than all rows are
        let server = installation.serve_within(database / 1024 + 1500).await;
        let desk = Desk::sign_in(&installation, &printed).await;
        let exports = format!("/analyse/{ROUND}/exports");
        desk.post(&exports, &[("format", "jsonl")]).await;
        let page = made(&desk).await;
        assert!(page.contains("Ổ đĩa của máy chủ đã đầy") && page.contains("Làm lại"), "{page}");
        let folder = installation.path().join("data/exports");
        let left: Vec<_> = fs::read_dir(&folder).unwrap().flatten().map(|entry| entry.file_name()).collect();
        assert!(left.is_empty(), "{left:?}");
        desk.post(&exports, &[("format", "csv"), ("unit", &school)]).await;
        let page = made(&desk).await;
        assert!(page.contains("SHA-256") && page.contains("Ổ đĩa của máy chủ đã đầy"), "{page}");
        server.stop();
    });
}

#[test]
fn a_server_that_is_to_stop_does_not_wait_for_a_file_and_the_next_one_makes_it() {
    alone(async {
        let (installation, printed) = large();
        // rows long enough that the file takes seconds
        installation.sabotage(&format!("UPDATE unit SET name = name || '{}'", "·".repeat(1500)));
        let (server, exports) = (installation.serve().await, format!("/analyse/{ROUND}/exports"));
        let desk = Desk::sign_in(&installation, &printed).await;
        desk.post(&exports, &[("format", "jsonl")]).await;
        let folder = installation.path().join("data/exports");
        let begun = || fs::read_dir(&folder).is_ok_and(|mut found| found.next().is_some());
        until("no file is begun", begun).await;
        let since = Instant::now();
        server.stop();
        assert!(since.elapsed() < Duration::from_secs(20), "it took {:?} to stop", since.elapsed());
        let server = installation.serve().await;
        assert!(made(&desk).await.contains("SHA-256"), "the file is made after all");
        server.stop();
    });
}
