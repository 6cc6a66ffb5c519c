//! The conversation with a mail server, one mail after the other over one connection.

use std::cell::Cell;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use lettre::address::Envelope;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::{Code, Severity};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use super::line::{Cut, Line};
use super::settings::{Server, Tls};
use crate::store::outbox::Trouble;

/// A server that does not answer a knock for so long is away.
const KNOCK: Duration = Duration::from_secs(30);
/// RFC 5321, 4.5.3.2, gives commands five minutes; no server that people rely on needs one.
const COMMAND: Duration = Duration::from_secs(60);
/// RFC 5321, 4.5.3.2.6: after the last dot a server may look at the mail for ten minutes.
const LAST_DOT: Duration = Duration::from_secs(600);

/// What came of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Handed {
    /// The server took it.
    Taken,
    /// It refused this mail, for good or for now.
    Refused { for_good: bool, reply: String },
    /// It takes no mail of ours at all.
    Stopped(Trouble, String),
    /// The line broke before the last dot went out.
    Broken(String),
    /// The last dot went out, and no answer came.
    Unanswered(String),
    /// The last dot was not allowed.
    NotAllowed,
}

/// A conversation under way.
pub(super) struct Session {
    connection: AsyncSmtpConnection,
    cut: Cut,
    /// The same socket, to look whether the server is still there.
    probe: std::net::TcpStream,
}

impl Session {
    /// Connects, encrypts and signs in.
    pub(super) async fn open(server: &Server, hello: &str) -> Result<Self, (Trouble, String)> {
        let Connected { mut connection, cut, probe } = in_time(KNOCK, connect(server, hello)).await?;
        if matches!(server.tls, Tls::Required | Tls::Offered) {
            match connection.can_starttls() {
                true => in_time(KNOCK, start_tls(&mut connection, server, hello)).await?,
                false if server.tls == Tls::Required => {
                    return Err((Trouble::NoTls, String::new()));
                }
                false => {}
            }
        }
        if let Some((user, password)) = &server.login {
            in_time(COMMAND, sign_in(&mut connection, user, password)).await?;
        }
        Ok(Self { connection, cut, probe })
    }

    /// Hands one mail over. `may_finish` is asked after the whole mail and before the last dot.
    pub(super) async fn hand_over(
        &mut self,
        envelope: &Envelope,
        message: &[u8],
        may_finish: impl FnOnce() -> bool,
    ) -> Handed {
        if let Err(handed) = self.announce(envelope).await {
            return handed;
        }
        let stage = Cell::new(Stage::Body);
        let mut may_finish = Some(may_finish);
        let (cut, probe, mut body) = (self.cut.clone(), &self.probe, Some(message));
        let parts = std::iter::from_fn(|| {
            if let Some(body) = body.take() {
                return Some(body);
            }
            // everything is on its way but the last dot
            stage.set(match may_finish.take().is_some_and(|ask| ask()) {
                true if is_gone(probe) => Stage::Gone,
                true => Stage::Dot,
                false => Stage::Forbidden,
            });
            if stage.get() != Stage::Dot {
                cut.now();
            }
            None
        });
        let answer = tokio::time::timeout(LAST_DOT, self.connection.message_iter(parts)).await;
        match (answer, stage.get()) {
            (_, Stage::Forbidden) => Handed::NotAllowed,
            (_, Stage::Gone) => Handed::Broken("connection closed".to_owned()),
            (Ok(Ok(_)), _) => Handed::Taken,
            (Ok(Err(error)), stage) => refusal(&error, stage),
            (Err(_), Stage::Dot) => Handed::Unanswered("timeout".to_owned()),
            (Err(_), _) => Handed::Broken("timeout".to_owned()),
        }
    }

    /// Sender, recipient, and that a mail comes.
    async fn announce(&mut self, envelope: &Envelope) -> Result<(), Handed> {
        let sender = Mail::new(envelope.from().cloned(), vec![]);
        if let Err(error) = command(&mut self.connection, sender).await? {
            return Err(match error.status() {
                Some(code) if is_permanent(code) => Handed::Stopped(Trouble::Sender, said(&error)),
                Some(_) => Handed::Stopped(Trouble::Busy, said(&error)),
                None => Handed::Broken(said(&error)),
            });
        }
        for to in envelope.to() {
            if let Err(error) = command(&mut self.connection, Rcpt::new(to.clone(), vec![])).await? {
                return Err(refusal(&error, Stage::Body));
            }
        }
        match command(&mut self.connection, Data).await? {
            Ok(()) => Ok(()),
            Err(error) => Err(refusal(&error, Stage::Body)),
        }
    }

    /// Makes the server forget a mail that it refused; false: the line is of no use any more.
    pub(super) async fn begin_again(&mut self) -> bool {
        !self.cut.is_made() && matches!(command(&mut self.connection, Rset).await, Ok(Ok(())))
    }

    /// Says goodbye, without waiting long.
    pub(super) async fn close(mut self) {
        let _ = tokio::time::timeout(Duration::from_secs(2), self.connection.quit()).await;
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Body,
    Dot,
    Forbidden,
    Gone,
}

/// Whether the server has hung up: what was written last then waits in our own machine, and the server will not see a last dot.
fn is_gone(probe: &std::net::TcpStream) -> bool {
    match probe.peek(&mut [0]) {
        Ok(bytes) => bytes == 0,
        Err(error) => error.kind() != std::io::ErrorKind::WouldBlock,
    }
}

struct Connected {
    connection: AsyncSmtpConnection,
    cut: Cut,
    probe: std::net::TcpStream,
}

async fn in_time<T>(
    limit: Duration,
    work: impl Future<Output = Result<T, (Trouble, String)>>,
) -> Result<T, (Trouble, String)> {
    tokio::time::timeout(limit, work).await.unwrap_or_else(|_| Err((Trouble::Unreachable, "timeout".to_owned())))
}

async fn command(
    connection: &mut AsyncSmtpConnection,
    command: impl std::fmt::Display,
) -> Result<Result<(), Error>, Handed> {
    match tokio::time::timeout(COMMAND, connection.command(command)).await {
        Ok(answer) => Ok(answer.map(|_| ())),
        Err(_) => Err(Handed::Broken("timeout".to_owned())),
    }
}

async fn connect(server: &Server, hello: &str) -> Result<Connected, (Trouble, String)> {
    let away = |error: std::io::Error| (Trouble::Unreachable, error.to_string());
    let tcp = TcpStream::connect((server.host.as_str(), server.port)).await.map_err(away)?;
    let peer = tcp.peer_addr().map_err(away)?;
    // stays as it is for the runtime: never blocking
    let tcp = tcp.into_std().map_err(away)?;
    let probe = tcp.try_clone().map_err(away)?;
    let tcp = TcpStream::from_std(tcp).map_err(away)?;
    let cut = Cut::default();
    let hello = ClientId::Domain(hello.to_owned());
    let connected = match server.tls {
        Tls::Whole => {
            let stream = encrypt(server, tcp).await?;
            AsyncSmtpConnection::connect_with_transport(Box::new(Line { stream, peer, cut: cut.clone() }), &hello).await
        }
        Tls::Required | Tls::Offered | Tls::None => {
            let line = Line { stream: tcp, peer, cut: cut.clone() };
            AsyncSmtpConnection::connect_with_transport(Box::new(line), &hello).await
        }
    };
    connected.map(|connection| Connected { connection, cut, probe }).map_err(|error| match error.status() {
        Some(_) => (Trouble::Busy, said(&error)),
        None => (Trouble::Unreachable, said(&error)),
    })
}

async fn encrypt(
    server: &Server,
    tcp: TcpStream,
) -> Result<tokio_rustls::client::TlsStream<TcpStream>, (Trouble, String)> {
    let failed = |reason: String| (Trouble::Tls, reason);
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if let Some(pem) = &server.trusted {
        roots.add_parsable_certificates(CertificateDer::pem_slice_iter(pem).flatten());
    }
    let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| failed(error.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from(server.host.clone()).map_err(|error| failed(error.to_string()))?;
    TlsConnector::from(Arc::new(config)).connect(name, tcp).await.map_err(|error| failed(error.to_string()))
}

async fn start_tls(
    connection: &mut AsyncSmtpConnection,
    server: &Server,
    hello: &str,
) -> Result<(), (Trouble, String)> {
    let failed = |error: Error| (Trouble::Tls, said(&error));
    let mut parameters = TlsParameters::builder(server.host.clone());
    if let Some(pem) = &server.trusted {
        parameters = parameters.add_root_certificate(Certificate::from_pem(pem).map_err(failed)?);
    }
    let parameters = parameters.build_rustls().map_err(failed)?;
    connection.starttls(parameters, &ClientId::Domain(hello.to_owned())).await.map_err(failed)
}

async fn sign_in(connection: &mut AsyncSmtpConnection, user: &str, password: &str) -> Result<(), (Trouble, String)> {
    let login = Credentials::new(user.to_owned(), password.to_owned());
    let answer = connection.auth(&[Mechanism::Plain, Mechanism::Login], &login).await;
    answer.map(|_| ()).map_err(|error| match error.status() {
        Some(code) if !is_permanent(code) => (Trouble::Busy, said(&error)),
        Some(_) => (Trouble::Password, said(&error)),
        // the server offers no way to sign in
        None if error.is_client() => (Trouble::Password, said(&error)),
        None => (Trouble::Unreachable, said(&error)),
    })
}

fn is_permanent(code: Code) -> bool {
    code.severity == Severity::PermanentNegativeCompletion
}

/// What a refusal after the sender's address means.
fn refusal(error: &Error, stage: Stage) -> Handed {
    let reply = said(error);
    match error.status().map(u16::from) {
        None if stage == Stage::Dot => Handed::Unanswered(reply),
        None => Handed::Broken(reply),
        Some(421) => Handed::Stopped(Trouble::Busy, reply),
        Some(530 | 535) => Handed::Stopped(Trouble::Password, reply),
        // 5.7.x is about policies: mostly about us, not about the recipient, and may be put right
        Some(code) => Handed::Refused { for_good: code >= 500 && !reply.contains("5.7."), reply },
    }
}

/// What the server said, in one line and without addresses.
fn said(error: &Error) -> String {
    let code = error.status().map(|code| code.to_string());
    let words = std::error::Error::source(error).map_or_else(|| error.to_string(), ToString::to_string);
    let words = words.split_whitespace().map(|word| if word.contains('@') { "…" } else { word });
    code.iter().map(String::as_str).chain(words).collect::<Vec<_>>().join(" ").chars().take(200).collect()
}
