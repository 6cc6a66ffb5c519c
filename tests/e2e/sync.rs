//! Seen from outside the program: the form is on the disk before its sender is told so.
//!
//! strace watches the program, and with PostgreSQL the whole server too, so that one file has the calls of both in their
//! order. A mark in an answer shows which write carries the form.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::alone;
use crate::support::crowd::{Form, forms, send};
use crate::support::installation::Installation;
use crate::support::process::{Process, signal};

const ROUND: &str = "phu-huynh-hk1";
const CALLS: &str = "trace=fsync,fdatasync,pwrite64,sendto,sendmsg,write,writev,recvfrom,read";
const MARK: &str = "dau-vet-cua-phieu";

#[test]
fn the_commit_is_durable_before_the_201_is_written() {
    alone(async {
        let (installation, _) = Installation::demo(0);
        let form = marked(forms(&installation, ROUND, 40, 3));
        let trace = installation.path().join("trace");
        let mut command = Command::new("strace");
        command.args(["-f", "-y", "-I", "2", "-s", "1000000", "-e", CALLS, "-o"]).arg(&trace);
        if let Some(server) = installation.postgres_id() {
            command.args(["-p", &server]);
        }
        command.arg(env!("CARGO_BIN_EXE_langnghe")).arg("serve");
        installation.environment(&mut command);
        let mut strace = Process::start(&mut command, "strace", installation.path());
        installation.ready(&mut strace).await;
        // what start-up wrote is not ours
        tokio::time::sleep(Duration::from_millis(500)).await;
        let start = read(&trace).len();
        let fate = send(&reqwest::Client::new(), &form).await.expect("an answer");
        assert_eq!(fate.status, 201);
        let program = child_of(strace.id());
        signal(program, "TERM");
        gone(program).await;
        if strace.is_running() {
            // it would go on watching PostgreSQL
            signal(strace.id(), "TERM");
        }
        strace.ended(Duration::from_secs(20));
        let calls = Calls(read(&trace)[start..].lines().map(str::to_owned).collect());
        if installation.is_sqlite() {
            calls.assert_synced_before_told();
        } else {
            calls.assert_committed_before_told();
        }
    });
}

/// The first form with a text, and the mark in it; often, because a page of the database may end in the middle of one.
fn marked(forms: Vec<Form>) -> Form {
    let with_text = |mut form: Form| {
        let mut body: Value = serde_json::from_str(&form.body).expect("JSON");
        let text = body["answers"].get_mut("G2").filter(|text| text.is_string())?;
        *text = Value::from([MARK; 4].join(" "));
        form.body = body.to_string();
        Some(form)
    };
    forms.into_iter().find_map(with_text).expect("somebody wrote a text")
}

fn read(path: &Path) -> String {
    String::from_utf8_lossy(&std::fs::read(path).unwrap_or_default()).into_owned()
}

fn child_of(id: u32) -> u32 {
    let children = std::fs::read_to_string(format!("/proc/{id}/task/{id}/children")).expect("children");
    children.split_whitespace().next().and_then(|child| child.parse().ok()).expect("strace has a child")
}

/// Waits for the end of a process that is not our child.
async fn gone(id: u32) {
    let since = Instant::now();
    while Path::new(&format!("/proc/{id}")).exists() {
        assert!(since.elapsed() < Duration::from_secs(40), "the program did not end");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Lines of strace since the form was sent.
struct Calls(Vec<String>);

impl Calls {
    /// The first line after this one that is wanted.
    fn after(&self, line: usize, what: &str, wanted: impl Fn(&str) -> bool) -> usize {
        let found = self.0.iter().skip(line + 1).position(|line| wanted(line)).map(|found| line + 1 + found);
        found.unwrap_or_else(|| panic!("not in the trace after line {line}: {what}\n{}", self.shown()))
    }

    /// Where the answer to the sender begins.
    fn told(&self) -> usize {
        self.after(0, "the 201", |line| line.contains("HTTP/1.1 201"))
    }

    /// Whether a log was synced between two lines, after the form and then something else had been written to it: a write with
    /// the mark, a write after `since`, a sync that begins after both and returns before `until`.
    fn synced(&self, log: &str, since: usize, until: usize) -> bool {
        let writes = |line: &&String| line.contains("pwrite64(") && line.contains(log);
        let syncs = |line: &str| (line.contains("fdatasync(") || line.contains("fsync(")) && line.contains(log);
        let form = self.0[..until].iter().position(|line| writes(&line) && line.contains(MARK));
        let last = self.0[..until].iter().skip(since).position(|line| writes(&line)).map(|at| since + at);
        let Some((form, last)) = form.zip(last) else { return false };
        let begun = form.max(last) + 1;
        (begun..until).any(|at| syncs(&self.0[at]) && self.returned(at) < until)
    }

    /// Where the call that begins at a line has returned: the line itself, or the thread's “resumed”.
    fn returned(&self, begun: usize) -> usize {
        let line = &self.0[begun];
        if !line.contains("<unfinished") {
            return begun;
        }
        let resumed = |line: &String| thread(line) == thread(&self.0[begun]) && line.contains("resumed>");
        let after = self.0[begun + 1..].iter().position(resumed);
        after.map_or(usize::MAX, |after| begun + 1 + after)
    }

    /// SQLite: the last bytes of the write-ahead log before the answer are synced before it.
    fn assert_synced_before_told(&self) {
        let told = self.told();
        let is_log = |line: &String| line.contains("pwrite64(") && line.contains("-wal");
        let last = self.0[..told].iter().rposition(is_log).unwrap_or_default();
        assert!(self.synced("-wal", last, told), "the 201 did not wait for the disk:\n{}", self.shown());
    }

    /// PostgreSQL: a backend reads the form, is asked to commit, writes and syncs the write-ahead log, and says `COMMIT`, which
    /// the program has read when it answers. The outgoing query has no such tag.
    fn assert_committed_before_told(&self) {
        const TAG: &str = "C\\0\\0\\0\\vCOMMIT\\0";
        let says = |line: &str, tag: &str| line.contains("sendto(") && line.contains(tag);
        // the program reads the mark too, but never says so
        let reads = |line: &str| {
            let commits = |other: &String| thread(other) == thread(line) && says(other, TAG);
            line.contains("recvfrom") && line.contains(MARK) && self.0.iter().any(commits)
        };
        let form = self.after(0, "a backend that reads the form", reads);
        let backend = thread(&self.0[form]).to_owned();
        let of_backend = |line: &str| thread(line) == backend;
        let asked = self.after(form, "COMMIT, asked", |line| {
            of_backend(line) && line.contains("recvfrom") && line.contains("COMMIT\\0")
        });
        let said = self
            .after(asked, "COMMIT, said", |line| of_backend(line) && line.contains("sendto(") && line.contains(TAG));
        assert!(self.synced("/pg_wal/", asked, said), "PostgreSQL did not wait for the disk:\n{}", self.shown());
        let heard = self
            .after(said, "COMMIT, heard", |line| !of_backend(line) && line.contains("recvfrom") && line.contains(TAG));
        assert!(heard < self.told(), "the 201 did not wait for COMMIT:\n{}", self.shown());
    }

    /// The trace with its long buffers cut.
    fn shown(&self) -> String {
        let lines = self.0.iter().map(|line| line.chars().take(240).collect::<String>());
        lines.collect::<Vec<_>>().join("\n")
    }
}

fn thread(line: &str) -> &str {
    line.split_whitespace().next().unwrap_or_default()
}
