//! What the environment says about mail, read once.

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use lettre::message::Mailbox;
use percent_encoding::percent_decode_str;
use url::{Host, Url};

use super::Address;
use crate::config::{DataConfig, MailConfig};

/// Mail cannot leave as the environment says. Never repeats the password.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// Not an address of a mail server.
    #[error(
        "SMTP_URL must look like smtps://user:password@mail.example.vn or smtp://user:password@mail.example.vn:587, with \
         %40 for @ and %2F for / in user and password: {0}"
    )]
    Url(&'static str),
    /// Not a sender.
    #[error("MAIL_FROM must look like khaosat@example.vn or \"Phòng Giáo dục <khaosat@example.vn>\", not {0:?}")]
    From(String),
    /// No sender at all.
    #[error("MAIL_FROM is missing: say from which address mails come, because the user in SMTP_URL is none")]
    NoFrom,
    /// Certificates that cannot be read.
    #[error("SMTP_CA: {path}: {reason}")]
    Certificates {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
}

/// How mail leaves.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Who mails come from.
    pub(super) from: Mailbox,
    /// By SMTP, or none: into this folder.
    pub(super) way: Way,
    /// At least so long between two mails.
    pub(super) pace: Duration,
}

/// Where mails go.
#[derive(Debug, Clone)]
pub(super) enum Way {
    Smtp(Server),
    Files(PathBuf),
}

/// A mail server.
#[derive(Clone)]
pub(super) struct Server {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) tls: Tls,
    pub(super) login: Option<(String, String)>,
    /// Certificates in PEM that are trusted besides those of the machine.
    pub(super) trusted: Option<Vec<u8>>,
}

/// Never the password: what is printed for programmers ends up in logs.
impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Server({}:{}, {:?})", self.host, self.port, self.tls)
    }
}

/// How the conversation is kept from being read by others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tls {
    /// From the first byte: `smtps://`.
    Whole,
    /// By STARTTLS, or not at all: `smtp://`.
    Required,
    /// By STARTTLS if the server can: `smtp://` on this machine, or with `?tls=opportunistic`.
    Offered,
    /// In the clear: `?tls=none`.
    None,
}

impl Settings {
    /// Reads the environment.
    ///
    /// # Errors
    /// A sentence that says what to change.
    pub fn read(config: &MailConfig, data: &DataConfig) -> Result<Self, MailError> {
        let url = config.smtp_url.as_deref().map(str::trim).filter(|url| !url.is_empty());
        let server = url.map(|url| Server::parse(url, config.smtp_ca.as_deref())).transpose()?;
        let from = from(config.mail_from.as_deref(), server.as_ref())?;
        let way = server.map_or_else(|| Way::Files(data.data_dir.join("mail")), Way::Smtp);
        Ok(Self { from, way, pace: Duration::from_secs(60) / config.mail_per_minute.get() })
    }
}

fn from(named: Option<&str>, server: Option<&Server>) -> Result<Mailbox, MailError> {
    if let Some(named) = named.map(str::trim).filter(|named| !named.is_empty()) {
        return named.parse().map_err(|_| MailError::From(named.to_owned()));
    }
    match server {
        None => "khong-tra-loi@localhost.invalid".parse().map_err(|_| MailError::NoFrom),
        Some(server) => {
            let user = server.login.as_ref().and_then(|(user, _)| user.parse::<Address>().ok());
            user.and_then(|user| user.as_str().parse().ok()).ok_or(MailError::NoFrom)
        }
    }
}

impl Server {
    fn parse(text: &str, ca: Option<&Path>) -> Result<Self, MailError> {
        let url = Url::parse(text).map_err(|_| MailError::Url("it is no address"))?;
        let host = url.host().ok_or(MailError::Url("the server is missing"))?;
        let is_here = is_this_machine(&host);
        let asked = url.query_pairs().find(|(name, _)| name == "tls").map(|(_, value)| value.into_owned());
        let tls = match (url.scheme(), asked.as_deref()) {
            ("smtps", None) => Tls::Whole,
            ("smtp", None) if is_here => Tls::Offered,
            ("smtp", None | Some("required")) => Tls::Required,
            ("smtp", Some("opportunistic")) => Tls::Offered,
            ("smtp", Some("none")) => Tls::None,
            ("smtp", Some(_)) => return Err(MailError::Url("tls is required, opportunistic or none")),
            _ => return Err(MailError::Url("it begins with smtp:// or smtps://")),
        };
        if !matches!(url.path(), "" | "/") {
            return Err(MailError::Url("nothing stands behind the server and its port"));
        }
        let port = url.port().unwrap_or(match tls {
            Tls::Whole => 465,
            _ if url.username().is_empty() => 25,
            _ => 587,
        });
        let name = host.to_string();
        let host = name.trim_start_matches('[').trim_end_matches(']').to_owned();
        let trusted = ca.map(certificates).transpose()?;
        Ok(Self { host, port, tls, login: login(&url)?, trusted })
    }
}

fn is_this_machine(host: &Host<&str>) -> bool {
    match host {
        // the parser knows numbers as addresses only in URLs of the web
        Host::Domain(name) => *name == "localhost" || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback()),
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

fn login(url: &Url) -> Result<Option<(String, String)>, MailError> {
    let decoded = |text: &str| {
        let text = percent_decode_str(text).decode_utf8().map_err(|_| MailError::Url("% stands before two digits"))?;
        Ok(text.into_owned())
    };
    match (url.username(), url.password()) {
        ("", None) => Ok(None),
        (user, Some(password)) => Ok(Some((decoded(user)?, decoded(password)?))),
        (_, None) => Err(MailError::Url("the password is missing")),
    }
}

fn certificates(path: &Path) -> Result<Vec<u8>, MailError> {
    let failed = |reason: String| MailError::Certificates { path: path.to_owned(), reason };
    let pem = std::fs::read(path).map_err(|error| failed(error.to_string()))?;
    match lettre::transport::smtp::client::Certificate::from_pem(&pem) {
        Ok(_) if pem.windows(11).any(|bytes| bytes == b"CERTIFICATE") => Ok(pem),
        _ => Err(failed("this file holds no certificate in PEM".to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server(text: &str) -> Result<Server, MailError> {
        Server::parse(text, None)
    }

    #[test]
    fn a_server_is_a_scheme_a_name_and_a_login_that_may_be_written_with_percents() {
        let found = server("smtp://khaosat%40example.vn:m%3At%2F%25@mail.example.vn").unwrap();
        assert_eq!((found.host.as_str(), found.port, found.tls), ("mail.example.vn", 587, Tls::Required));
        assert_eq!(found.login, Some(("khaosat@example.vn".to_owned(), "m:t/%".to_owned())));
        assert!(!format!("{found:?}").contains("m:t"));
        let of = |text| server(text).map(|s| (s.host, s.port, s.tls)).unwrap();
        assert_eq!(of("smtps://a:b@mail.example.vn/"), ("mail.example.vn".to_owned(), 465, Tls::Whole));
        assert_eq!(of("smtp://localhost:2525"), ("localhost".to_owned(), 2525, Tls::Offered));
        assert_eq!(of("smtp://127.0.0.1:2525"), ("127.0.0.1".to_owned(), 2525, Tls::Offered));
        assert_eq!(of("smtp://[::1]"), ("::1".to_owned(), 25, Tls::Offered));
        assert_eq!(of("smtp://relay.lan?tls=none"), ("relay.lan".to_owned(), 25, Tls::None));
    }

    #[test]
    fn a_wrong_address_is_refused_and_its_password_is_not_repeated() {
        for wrong in [
            "mail.example.vn",
            "http://mail.example.vn",
            "smtp://",
            "smtp://an@mail.example.vn",
            "smtp://an:bimat@mail.example.vn/x",
            "smtp://an:bimat@mail.example.vn?tls=maybe",
            "smtp://an:bi%FFmat@mail.example.vn",
        ] {
            let said = server(wrong).unwrap_err().to_string();
            assert!(!said.contains("bimat"), "{said}");
        }
    }

    #[test]
    fn the_sender_is_named_or_is_the_user() {
        let user = server("smtp://khaosat%40example.vn:x@mail.example.vn").unwrap();
        assert_eq!(from(None, Some(&user)).unwrap().email.to_string(), "khaosat@example.vn");
        assert!(matches!(from(None, Some(&server("smtp://an:x@mail.example.vn").unwrap())), Err(MailError::NoFrom)));
        let named = from(Some("Phòng Giáo dục <khaosat@example.vn>"), None).unwrap();
        assert_eq!(named.name.as_deref(), Some("Phòng Giáo dục"));
        assert!(from(Some("Phòng Giáo dục"), None).is_err());
    }
}
