//! A telephone line that can be cut: it stands between a browser and the server.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What becomes of what is said on the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Condition {
    /// Everything arrives.
    Good,
    /// Nothing arrives.
    Dead,
    /// The server hears everything; its answers get lost, and the connection with them.
    LosesAnswers,
    /// Pages come three seconds late, as they were when they were asked for; everything else arrives.
    SlowPages,
}

/// How late that is.
const LATE: Duration = Duration::from_secs(3);

pub struct Line {
    port: u16,
    condition: Arc<AtomicU8>,
}

impl Line {
    /// A good line to this address.
    pub async fn to(address: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let condition = Arc::new(AtomicU8::new(Condition::Good as u8));
        let now = condition.clone();
        tokio::spawn(async move {
            while let Ok((caller, _)) = listener.accept().await {
                tokio::spawn(carry(caller, address.clone(), now.clone()));
            }
        });
        Self { port, condition }
    }

    pub fn becomes(&self, condition: Condition) {
        self.condition.store(condition as u8, Ordering::SeqCst);
    }

    /// The same address over this line.
    pub fn url(&self, direct: &str) -> String {
        let path = direct.splitn(4, '/').nth(3).unwrap_or_default();
        format!("http://127.0.0.1:{}/{path}", self.port)
    }
}

/// Carries what both sides say until one of them ends or the line fails.
async fn carry(mut caller: TcpStream, address: String, condition: Arc<AtomicU8>) {
    let is = |wanted: Condition| condition.load(Ordering::SeqCst) == wanted as u8;
    let Ok(mut server) = TcpStream::connect(&address).await else { return };
    let (mut asked, mut answered) = (vec![0; 65536], vec![0; 65536]);
    let mut is_page = false;
    loop {
        tokio::select! {
            read = caller.read(&mut asked) => {
                let Some(length) = read.ok().filter(|length| *length > 0 && !is(Condition::Dead)) else { return };
                is_page = asked.starts_with(b"GET ");
                if server.write_all(&asked[..length]).await.is_err() {
                    return;
                }
            }
            read = server.read(&mut answered) => {
                let arrives = is(Condition::Good) || is(Condition::SlowPages);
                let Some(length) = read.ok().filter(|length| *length > 0 && arrives) else { return };
                if is_page && is(Condition::SlowPages) {
                    tokio::time::sleep(LATE).await;
                    is_page = false;
                }
                if caller.write_all(&answered[..length]).await.is_err() {
                    return;
                }
            }
        }
    }
}
