//! A mail server on a socket, as the tests need it: it keeps what it takes, and misbehaves when it is told to.

use std::collections::VecDeque;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{ServerConfig, ServerConnection, StreamOwned};

/// What happens to the next mail; without one it is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quirk {
    /// This answer to the sender's address.
    AtSender(&'static str),
    /// This answer to the recipient's address.
    AtRecipient(&'static str),
    /// This answer after the last dot.
    AtDot(&'static str),
    /// Hangs up in the middle of the mail.
    GoneInTheMiddle,
    /// Hangs up after the last dot; the mail was not taken.
    GoneAfterTheDot,
    /// Tells the test when a mail is announced, and waits before it asks for it.
    StoppedBeforeTheMail,
    /// Takes the mail, tells the test, and waits before it answers.
    StoppedAfterTheDot,
    /// Takes the mail, answers, and tells the test.
    TellsOfTaking,
}

/// How others are kept from reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tls {
    None,
    Starttls,
    Whole,
}

/// A mail that was taken.
#[derive(Debug, Clone)]
pub struct Taken {
    pub to: String,
    pub text: String,
    pub encrypted: bool,
}

struct Inner {
    tls: Tls,
    config: Option<Arc<ServerConfig>>,
    password: Option<&'static str>,
    quirks: Mutex<VecDeque<Quirk>>,
    taken: Mutex<Vec<Taken>>,
    tell: Mutex<Sender<()>>,
}

pub struct MailServer {
    inner: Arc<Inner>,
    pub port: u16,
    /// The certificate that signs the server's.
    pub certificate: String,
    told: Mutex<Receiver<()>>,
}

impl MailServer {
    pub fn start(tls: Tls, password: Option<&'static str>) -> Self {
        Self::on(TcpListener::bind("127.0.0.1:0").unwrap(), tls, password)
    }

    /// On a port that was kept free for it.
    pub fn on(listener: TcpListener, tls: Tls, password: Option<&'static str>) -> Self {
        let port = listener.local_addr().unwrap().port();
        let (certificate, config) = certified();
        let (tell, told) = channel();
        let inner = Arc::new(Inner {
            tls,
            config: (tls != Tls::None).then_some(config),
            password,
            quirks: Mutex::default(),
            taken: Mutex::default(),
            tell: Mutex::new(tell),
        });
        let serving = inner.clone();
        std::thread::spawn(move || {
            for caller in listener.incoming().flatten() {
                let inner = serving.clone();
                std::thread::spawn(move || Conversation::begin(&inner, caller));
            }
        });
        Self { inner, port, certificate, told: Mutex::new(told) }
    }

    pub fn expect(&self, quirks: &[Quirk]) {
        self.inner.quirks.lock().unwrap().extend(quirks);
    }

    /// What has not yet happened.
    pub fn quirks_left(&self) -> usize {
        self.inner.quirks.lock().unwrap().len()
    }

    pub fn taken(&self) -> Vec<Taken> {
        self.inner.taken.lock().unwrap().clone()
    }

    /// Waits until so many mails were taken, and gives them back in the order of their recipients.
    pub fn wait_for(&self, many: usize) -> Vec<Taken> {
        let begun = Instant::now();
        while self.taken().len() < many {
            assert!(begun.elapsed() < Duration::from_secs(60), "{} of {many} mails", self.taken().len());
            std::thread::sleep(Duration::from_millis(20));
        }
        let mut taken = self.taken();
        taken.sort_by(|a, b| a.to.cmp(&b.to));
        taken
    }

    /// Waits until the server was told to tell.
    pub fn wait_until_told(&self) {
        self.told.lock().unwrap().recv_timeout(Duration::from_secs(60)).unwrap();
    }
}

fn certified() -> (String, Arc<ServerConfig>) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let pem = made.cert.pem();
    let key = PrivateKeyDer::from_pem_slice(made.signing_key.serialize_pem().as_bytes()).unwrap();
    let chain = vec![CertificateDer::from_pem_slice(pem.as_bytes()).unwrap()];
    let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    (pem, Arc::new(config.with_no_client_auth().with_single_cert(chain, key).unwrap()))
}

trait Stream: Read + Write {}
impl<S: Read + Write> Stream for S {}

struct Conversation<'a> {
    inner: &'a Inner,
    stream: Box<dyn Stream>,
    encrypted: bool,
    known: bool,
}

/// Why a conversation ends: the other side or a quirk.
struct Over;

impl<'a> Conversation<'a> {
    fn begin(inner: &'a Inner, tcp: TcpStream) {
        let kept = tcp.try_clone().unwrap();
        let encrypted = inner.tls == Tls::Whole;
        let stream: Box<dyn Stream> = if encrypted { encrypt(inner, tcp) } else { Box::new(tcp) };
        let mut conversation = Self { inner, stream, encrypted, known: inner.password.is_none() };
        let _ = conversation.go_on(kept);
    }

    fn say(&mut self, line: &str) -> Result<(), Over> {
        self.stream.write_all(format!("{line}\r\n").as_bytes()).map_err(|_| Over)?;
        self.stream.flush().map_err(|_| Over)
    }

    fn hear(&mut self) -> Result<String, Over> {
        let mut line = Vec::new();
        let mut byte = [0];
        while !line.ends_with(b"\r\n") {
            match self.stream.read(&mut byte) {
                Ok(1) => line.push(byte[0]),
                _ => return Err(Over),
            }
        }
        Ok(String::from_utf8_lossy(&line[..line.len() - 2]).into_owned())
    }

    fn go_on(&mut self, tcp: TcpStream) -> Result<(), Over> {
        let mut tcp = Some(tcp);
        self.say("220 localhost ready")?;
        let mut to = String::new();
        let mut quirk = None;
        loop {
            let line = self.hear()?;
            let verb = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
            match verb.as_str() {
                "EHLO" => self.greet()?,
                "STARTTLS" => {
                    self.say("220 go on")?;
                    self.stream = encrypt(self.inner, tcp.take().unwrap());
                    self.encrypted = true;
                }
                "AUTH" => self.sign_in(&line)?,
                "MAIL" if !self.known => self.say("530 5.7.0 authentication required")?,
                "MAIL" => {
                    quirk = self.inner.quirks.lock().unwrap().pop_front();
                    self.say(if let Some(Quirk::AtSender(answer)) = quirk { answer } else { "250 ok" })?;
                }
                "RCPT" => {
                    to = line.trim_start_matches("RCPT TO:<").trim_end_matches('>').to_owned();
                    self.say(if let Some(Quirk::AtRecipient(answer)) = quirk { answer } else { "250 ok" })?;
                }
                "DATA" => self.take(&to, quirk)?,
                "RSET" | "NOOP" => self.say("250 ok")?,
                "QUIT" => return self.say("221 bye"),
                _ => self.say("502 what?")?,
            }
        }
    }

    fn greet(&mut self) -> Result<(), Over> {
        let offers = [
            (self.inner.tls == Tls::Starttls && !self.encrypted).then_some("STARTTLS"),
            self.inner.password.map(|_| "AUTH PLAIN LOGIN"),
        ];
        self.say("250-localhost")?;
        for offer in offers.into_iter().flatten() {
            self.say(&format!("250-{offer}"))?;
        }
        self.say("250 8BITMIME")
    }

    fn sign_in(&mut self, line: &str) -> Result<(), Over> {
        let sent = line.rsplit(' ').next().unwrap_or_default();
        let sent = data_encoding::BASE64.decode(sent.as_bytes()).unwrap_or_default();
        self.known = self.inner.password.is_some_and(|password| sent.ends_with(format!("\0{password}").as_bytes()));
        self.say(if self.known { "235 welcome" } else { "535 5.7.8 wrong user or password" })
    }

    fn take(&mut self, to: &str, quirk: Option<Quirk>) -> Result<(), Over> {
        if quirk == Some(Quirk::StoppedBeforeTheMail) {
            return self.tell_and_wait();
        }
        self.say("354 go on")?;
        let mut text = String::new();
        loop {
            let line = self.hear()?;
            match quirk {
                Some(Quirk::GoneInTheMiddle) => return Err(Over),
                _ if line == "." => break,
                _ => text += &format!("{}\n", line.strip_prefix('.').unwrap_or(&line)),
            }
        }
        match quirk {
            Some(Quirk::GoneAfterTheDot) => return Err(Over),
            Some(Quirk::AtDot(answer)) => return self.say(answer),
            _ => {}
        }
        let taken = Taken { to: to.to_owned(), text, encrypted: self.encrypted };
        self.inner.taken.lock().unwrap().push(taken);
        match quirk {
            Some(Quirk::StoppedAfterTheDot) => self.tell_and_wait(),
            Some(Quirk::TellsOfTaking) => {
                self.say("250 taken")?;
                self.inner.tell.lock().unwrap().send(()).map_err(|_| Over)
            }
            _ => self.say("250 taken"),
        }
    }

    fn tell_and_wait(&mut self) -> Result<(), Over> {
        self.inner.tell.lock().unwrap().send(()).map_err(|_| Over)?;
        std::thread::sleep(Duration::from_secs(3));
        Err(Over)
    }
}

fn encrypt(inner: &Inner, tcp: TcpStream) -> Box<dyn Stream> {
    let connection = ServerConnection::new(inner.config.clone().unwrap()).unwrap();
    Box::new(StreamOwned::new(connection, tcp))
}
