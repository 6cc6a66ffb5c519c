//! Mail against a real conversation on a socket: nobody gets two, nobody gets none.

use std::io::Write;
use std::net::TcpListener;
use std::num::NonZeroU32;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use langnghe::clock::Clock;
use langnghe::config::{DataConfig, MailConfig};
use langnghe::mail::{self, Delivery, Letter, Mailer, Sending, Settings, Unsubscribe};
use langnghe::secret::Secret;
use langnghe::store::outbox::{self, Counts, Failure, Standing, Trouble};
use langnghe::store::{DatabaseUrl, Store};

use crate::mail_server::{MailServer, Quirk, Tls};
use crate::support::Database;

const KEY: &str = "abababababababababababababababababababababababababababababababab";

/// An installation that has mails to send.
struct Office {
    store: Store,
    secret: Secret,
    clock: Clock,
    sending: Option<Sending>,
    database: Database,
}

impl Office {
    fn new() -> Self {
        let database = Database::new();
        let store = Store::open(&DatabaseUrl::parse(&database.url).unwrap()).unwrap();
        store.migrate().unwrap();
        Self { store, secret: Secret::parse(KEY).unwrap(), clock: Clock::default(), sending: None, database }
    }

    /// Sends from now on, as these settings say.
    fn send_by(&mut self, url: Option<String>, server: Option<&MailServer>) {
        let certificate = self.database.folder().join("ca.pem");
        if let Some(server) = server {
            std::fs::write(&certificate, &server.certificate).unwrap();
        }
        let mail = MailConfig {
            smtp_url: url,
            smtp_ca: server.map(|_| certificate),
            mail_from: Some("Phòng Giáo dục <khaosat@example.vn>".to_owned()),
            mail_per_minute: NonZeroU32::new(60_000).unwrap(),
        };
        let data_dir = self.database.folder().to_owned();
        let data = DataConfig { data_dir, database_url: None, secret_key: None, public_url: String::new() };
        let settings = Settings::read(&mail, &data).unwrap();
        self.sending = Some(Mailer::new(&self.store, &self.secret, &self.clock, &settings).start());
    }

    fn write_to(&self, name: &str) -> bool {
        let letter = Letter {
            to: format!("{name}@example.vn").parse().unwrap(),
            lang: "vi".to_owned(),
            subject: "Mời ông/bà góp ý về nhà trường – đợt học kỳ 1, năm học 2026–2027, của phường Hoa Ban".to_owned(),
            text: format!("Kính gửi phụ huynh {name},\n\nhttps://example.vn/k/ABC?ma={name}\n\n.\nTrân trọng."),
            unsubscribe: Some(Unsubscribe { url: format!("https://example.vn/thu/{name}") }),
        };
        let now = self.clock.now();
        let about = about(name);
        let delivery = Delivery { about: &about, round_id: Some(1), due_at: now, until: now + TimeDelta::days(7) };
        self.store.write_now(|db| mail::queue(db, &self.secret, &letter, &delivery, now)).unwrap().is_some()
    }

    fn standing(&self, name: &str) -> Standing {
        let key = mail::key(&self.secret, &about(name));
        self.store.read_now(|db| outbox::standing(db, &key)).unwrap().unwrap()
    }

    fn counts(&self) -> Counts {
        self.store.read_now(|db| outbox::counts(db, 1)).unwrap()
    }

    fn trouble(&self) -> Option<Trouble> {
        self.store.read_now(outbox::trouble).unwrap().map(|(trouble, ..)| trouble)
    }
}

fn about(name: &str) -> [&[u8]; 2] {
    [b"test", name.as_bytes()]
}

fn until(what: &str, mut is_true: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_true() {
        assert!(begun.elapsed() < Duration::from_secs(20), "{what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_mail_is_queued_once_and_read_by_another_program_as_it_was_written() {
    let server = MailServer::start(Tls::None, None);
    let mut office = Office::new();
    assert!(office.write_to("hoa") && !office.write_to("hoa"));
    office.send_by(Some(format!("smtp://127.0.0.1:{}", server.port)), None);
    let taken = server.wait_for(1);
    until("it is written down", || matches!(office.standing("hoa"), Standing::Sent(_)));
    let read = read_by_python(&taken[0].text);
    let expected = [
        "Mời ông/bà góp ý về nhà trường – đợt học kỳ 1, năm học 2026–2027, của phường Hoa Ban",
        "Phòng Giáo dục <khaosat@example.vn>",
        "hoa@example.vn",
        "<https://example.vn/thu/hoa>",
        "List-Unsubscribe=One-Click",
        "Kính gửi phụ huynh hoa,\n\nhttps://example.vn/k/ABC?ma=hoa\n\n.\nTrân trọng.",
    ];
    assert_eq!(&read[..6], &expected, "{read:?}");
    assert!(read[6].contains("<a href=\"https://example.vn/k/ABC?ma=hoa\""), "{}", read[6]);
}

/// What Python's own reader finds: subject, sender, recipient, both headers, the text and the HTML.
fn read_by_python(message: &str) -> Vec<String> {
    let script = "import email, email.policy, json, sys\n\
        m = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)\n\
        assert not m.defects and m['Date'].datetime and m['Message-ID'], m.defects\n\
        part = lambda kind: m.get_body((kind,)).get_content()\n\
        names = ['Subject', 'From', 'To', 'List-Unsubscribe', 'List-Unsubscribe-Post']\n\
        found = [str(m[name]) for name in names] + [part('plain').rstrip('\\n'), part('html')]\n\
        print(json.dumps(found))";
    let mut python = Command::new("python3");
    let mut running = python.args(["-c", script]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    running.stdin.take().unwrap().write_all(message.as_bytes()).unwrap();
    let done = running.wait_with_output().unwrap();
    assert!(done.status.success(), "{message}");
    serde_json::from_slice(&done.stdout).unwrap()
}

#[test]
fn mail_is_encrypted_from_the_first_byte_or_by_starttls() {
    for (tls, scheme) in [(Tls::Whole, "smtps"), (Tls::Starttls, "smtp")] {
        let server = MailServer::start(tls, Some("m:t khẩu"));
        let mut office = Office::new();
        office.write_to("hoa");
        let url = format!("{scheme}://khaosat:m%3At%20kh%E1%BA%A9u@localhost:{}", server.port);
        office.send_by(Some(url), Some(&server));
        assert!(server.wait_for(1)[0].encrypted);
    }
}

#[test]
fn a_server_nobody_vouches_for_gets_no_mail_and_no_password() {
    let server = MailServer::start(Tls::Whole, Some("matkhau"));
    let mut office = Office::new();
    office.write_to("hoa");
    office.send_by(Some(format!("smtps://khaosat:matkhau@localhost:{}", server.port)), None);
    until("the trouble is told", || office.trouble() == Some(Trouble::Tls));
    let plain = MailServer::start(Tls::None, Some("matkhau"));
    let mut careful = Office::new();
    careful.write_to("hoa");
    careful.send_by(Some(format!("smtp://khaosat:matkhau@localhost:{}?tls=required", plain.port)), None);
    until("the trouble is told", || careful.trouble() == Some(Trouble::NoTls));
    assert!(server.taken().is_empty() && plain.taken().is_empty());
}

#[test]
fn mail_waits_while_the_server_is_down_and_goes_when_it_is_up() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let mut office = Office::new();
    office.write_to("hoa");
    office.write_to("lan");
    office.send_by(Some(format!("smtp://127.0.0.1:{port}")), None);
    until("the trouble is told", || office.trouble() == Some(Trouble::Unreachable));
    let server = MailServer::on(TcpListener::bind(("127.0.0.1", port)).unwrap(), Tls::None, None);
    office.clock.advance(600);
    assert_eq!(server.wait_for(2).len(), 2);
    until("the trouble is over", || office.trouble().is_none() && office.counts().sent == 2);
}

#[test]
fn a_sender_or_a_moment_that_does_not_suit_the_server_refuses_nobody() {
    let server = MailServer::start(Tls::None, None);
    server.expect(&[Quirk::AtSender("553 5.7.1 not your address"), Quirk::AtSender("421 4.3.2 too many")]);
    let mut office = Office::new();
    office.write_to("hoa");
    office.send_by(Some(format!("smtp://127.0.0.1:{}", server.port)), None);
    until("the trouble is told", || office.trouble() == Some(Trouble::Sender));
    office.clock.advance(600);
    until("the trouble is told", || office.trouble() == Some(Trouble::Busy));
    office.clock.advance(600);
    until("it is sent", || office.counts().sent == 1 && office.trouble().is_none());
}

#[test]
fn a_wrong_password_stops_all_mail_and_refuses_nobody() {
    let server = MailServer::start(Tls::None, Some("right"));
    let mut office = Office::new();
    office.write_to("hoa");
    office.send_by(Some(format!("smtp://khaosat:wrong@127.0.0.1:{}", server.port)), None);
    until("the trouble is told", || office.trouble() == Some(Trouble::Password));
    assert_eq!(office.counts(), Counts { waiting: 1, ..Counts::default() });
    drop(office.sending.take());
    office.send_by(Some(format!("smtp://khaosat:right@127.0.0.1:{}", server.port)), None);
    office.clock.advance(600);
    server.wait_for(1);
    until("the trouble is over", || office.trouble().is_none());
}

#[test]
fn who_is_put_off_gets_the_mail_later_and_who_is_not_known_is_told_of() {
    let server = MailServer::start(Tls::None, None);
    server.expect(&[
        Quirk::AtRecipient("451 4.7.1 greylisted, come back"),
        Quirk::AtRecipient("550 5.1.1 <lan@example.vn> no such user"),
        Quirk::AtRecipient("550 5.7.1 relaying denied"),
        Quirk::AtDot("554 5.6.0 not this text"),
    ]);
    let mut office = Office::new();
    ["hoa", "lan", "mai", "tam"].iter().for_each(|name| assert!(office.write_to(name)));
    office.send_by(Some(format!("smtp://127.0.0.1:{}", server.port)), None);
    until("all were tried", || office.counts().refused == 2);
    assert_eq!(office.standing("lan"), Standing::Failed(Failure::Refused, Some("550 5.1.1 … no such user".to_owned())));
    assert!(server.taken().is_empty());
    office.clock.advance(301);
    let names: Vec<_> = server.wait_for(2).into_iter().map(|mail| mail.to).collect();
    assert_eq!(names, ["hoa@example.vn", "mai@example.vn"]);
    until("it is written down", || office.counts() == Counts { sent: 2, refused: 2, ..Counts::default() });
}

#[test]
fn a_server_that_is_gone_in_the_middle_gets_the_same_mail_again() {
    for quirk in [Quirk::GoneInTheMiddle, Quirk::GoneAfterTheDot] {
        let server = MailServer::start(Tls::None, None);
        server.expect(&[quirk]);
        let mut office = Office::new();
        office.write_to("hoa");
        office.send_by(Some(format!("smtp://127.0.0.1:{}", server.port)), None);
        until("it is told", || office.trouble() == Some(Trouble::Unreachable));
        office.clock.advance(600);
        until("it is sent", || office.counts().sent == 1);
        assert_eq!(server.taken().len(), 1);
    }
}

#[test]
fn a_server_that_never_answers_the_last_dot_is_not_given_a_third_copy() {
    let server = MailServer::start(Tls::None, None);
    server.expect(&[Quirk::GoneAfterTheDot; 9]);
    let mut office = Office::new();
    office.write_to("hoa");
    office.send_by(Some(format!("smtp://127.0.0.1:{}", server.port)), None);
    until("it is given up", || {
        office.clock.advance(60);
        let row = office.counts();
        row.unconfirmed == 1 && office.standing("hoa") == Standing::Unconfirmed && server.quirks_left() == 7
    });
    office.clock.advance(3600);
    std::thread::sleep(Duration::from_millis(1200));
    assert_eq!(server.quirks_left(), 7);
}

#[test]
fn a_round_is_stopped_before_its_mails_go() {
    let server = MailServer::start(Tls::None, None);
    let mut office = Office::new();
    office.write_to("hoa");
    office.store.write_now(|db| outbox::stop_round(db, 1, office.clock.now())).unwrap();
    office.send_by(Some(format!("smtp://127.0.0.1:{}", server.port)), None);
    std::thread::sleep(Duration::from_millis(800));
    assert!(server.taken().is_empty());
    assert_eq!(office.standing("hoa"), Standing::Failed(Failure::Stopped, None));
}

#[test]
fn without_a_server_mails_are_files_that_go_when_their_links_are_dead() {
    let mut office = Office::new();
    office.write_to("hoa");
    office.send_by(None, None);
    let folder = office.database.folder().join("mail");
    let files = || std::fs::read_dir(&folder).map(|files| files.count()).unwrap_or(0);
    until("it is written", || files() == 1 && office.counts().sent == 1);
    office.clock.advance(7 * 24 * 3600 + 61);
    until("it is gone", || files() == 0);
}

/// The real program, until it is killed.
struct Program(Child);

impl Program {
    fn start(office: &Office, server: &MailServer) -> Self {
        let mut program = Command::new(env!("CARGO_BIN_EXE_langnghe"));
        program.arg("serve").env("DATA_DIR", office.database.folder()).env("DATABASE_URL", &office.database.url);
        program.env("SECRET_KEY", KEY).env("LISTEN", "127.0.0.1:0").env("RUST_LOG", "off").stderr(Stdio::null());
        program.env("SMTP_URL", format!("smtp://127.0.0.1:{}", server.port)).env("MAIL_PER_MINUTE", "60000");
        Self(program.env("MAIL_FROM", "khaosat@example.vn").spawn().unwrap())
    }

    /// SIGKILL: nothing is put in order.
    fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn a_program_killed_in_between_or_in_the_middle_sends_to_everybody_once() {
    let server = MailServer::start(Tls::None, None);
    let office = Office::new();
    let names: Vec<String> = (0..8).map(|n| format!("phu.huynh.{n}")).collect();
    names.iter().for_each(|name| assert!(office.write_to(name)));
    for moment in [Quirk::TellsOfTaking, Quirk::StoppedInTheMiddle, Quirk::StoppedAfterTheDot] {
        server.expect(&[moment]);
        let program = Program::start(&office, &server);
        server.wait_until_told();
        program.kill();
    }
    let _program = Program::start(&office, &server);
    until("the queue is empty", || office.counts().waiting == 0);
    let recipients: Vec<_> = server.wait_for(8).into_iter().map(|mail| mail.to).collect();
    let expected: Vec<_> = names.iter().map(|name| format!("{name}@example.vn")).collect();
    assert_eq!(recipients, expected);
    assert!(office.counts().sent >= 6 && office.counts().unconfirmed <= 2);
}
