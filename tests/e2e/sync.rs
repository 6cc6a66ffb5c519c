//! Seen from outside the program: the disk (or the database) has the form before the sender is told so.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::support::alone;
use crate::support::crowd::{forms, send};
use crate::support::installation::Installation;
use crate::support::process::{Process, signal};

const ROUND: &str = "phu-huynh-hk1";
const CALLS: &str = "trace=fsync,fdatasync,pwrite64,sendto,sendmsg,write,writev,recvfrom,read";

#[test]
fn the_commit_is_durable_before_the_201_is_written() {
    alone(async {
        let (installation, _) = Installation::demo(0);
        let form = forms(&installation, ROUND, 1, 3).remove(0);
        let trace = installation.path().join("trace");
        let mut command = Command::new("strace");
        command.args(["-f", "-y", "-s", "256", "-e", CALLS, "-o"]).arg(&trace);
        command.arg(env!("CARGO_BIN_EXE_langnghe")).arg("serve");
        installation.environment(&mut command);
        let mut strace = Process::start(&mut command, "strace", installation.path());
        installation.ready(&mut strace).await;
        // what start-up wrote is not ours
        tokio::time::sleep(Duration::from_millis(500)).await;
        let start = read(&trace).len();
        let fate = send(&reqwest::Client::new(), &form).await.expect("an answer");
        assert_eq!(fate.status, 201);
        signal(child_of(strace.id()), "TERM");
        assert!(strace.ended(Duration::from_secs(40)).success());
        let calls = Calls(read(&trace)[start..].lines().map(str::to_owned).collect());
        let told = calls.first(|line| line.contains("HTTP/1.1 201"));
        let told = told.unwrap_or_else(|| panic!("the trace has no 201:\n{}", calls.0.join("\n")));
        if installation.is_sqlite() {
            calls.assert_log_synced_before(told);
        } else {
            calls.assert_committed_before(told);
        }
    });
}

fn read(path: &Path) -> String {
    String::from_utf8_lossy(&std::fs::read(path).unwrap_or_default()).into_owned()
}

fn child_of(id: u32) -> u32 {
    let children = std::fs::read_to_string(format!("/proc/{id}/task/{id}/children")).expect("children");
    children.split_whitespace().next().and_then(|child| child.parse().ok()).expect("strace has a child")
}

/// Lines of strace after the form was sent.
struct Calls(Vec<String>);

impl Calls {
    fn first(&self, wanted: impl Fn(&str) -> bool) -> Option<usize> {
        self.0.iter().position(|line| wanted(line))
    }

    /// Where the call that begins at a line has returned: the line itself, or the thread's “resumed”.
    fn returned(&self, begun: usize) -> usize {
        let line = &self.0[begun];
        if !line.contains("<unfinished") {
            return begun;
        }
        let thread = line.split_whitespace().next().unwrap_or_default();
        let resumed = |line: &String| line.split_whitespace().next() == Some(thread) && line.contains("resumed>");
        let after = self.0[begun + 1..].iter().position(resumed);
        after.map_or(usize::MAX, |after| begun + 1 + after)
    }

    /// The last bytes of the write-ahead log before the answer are followed by a sync that returned before the answer.
    fn assert_log_synced_before(&self, told: usize) {
        let before = &self.0[..told];
        let written = before.iter().rposition(|line| line.contains("pwrite64(") && line.contains("-wal"));
        let written = written.expect("the form was written to the -wal file before the 201");
        let is_sync = |line: &String| (line.contains("fdatasync(") || line.contains("fsync(")) && line.contains("-wal");
        let synced = before[written..].iter().position(is_sync).map(|at| written + at);
        let synced = synced.unwrap_or_else(|| panic!("no sync between the log and the 201:\n{}", self.0.join("\n")));
        assert!(self.returned(synced) < told, "the 201 did not wait for the sync:\n{}", self.0.join("\n"));
    }

    /// PostgreSQL said `COMMIT` before the answer; that it syncs first is its own promise, as long as
    /// `synchronous_commit` is on, which the tests of the store assert.
    fn assert_committed_before(&self, told: usize) {
        let committed = self.0[..told].iter().any(|line| line.contains("COMMIT\\0"));
        assert!(committed, "the 201 did not wait for COMMIT:\n{}", self.0.join("\n"));
    }
}
