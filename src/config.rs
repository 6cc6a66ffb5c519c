//! The environment, as small structs; each field names its variable.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use ipnet::IpNet;

/// Where data lives.
#[derive(Debug, Clone, Args)]
pub struct DataConfig {
    /// The SQLite file, the generated secret, mail written without SMTP
    #[arg(long, env = "DATA_DIR", default_value = "data", global = true)]
    pub data_dir: PathBuf,
    /// sqlite:PATH or postgres://…; default sqlite:$DATA_DIR/langnghe.db
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, global = true)]
    pub database_url: Option<String>,
    /// 32 or more random bytes, hex; made once in $DATA_DIR/secret.key when unset
    #[arg(long, env = "SECRET_KEY", hide_env_values = true, global = true)]
    pub secret_key: Option<String>,
    /// What QR codes point to
    #[arg(long, env = "PUBLIC_URL", default_value = "http://localhost:8080", global = true)]
    pub public_url: String,
}

impl DataConfig {
    /// What QR codes point to, checked, without a slash at the end.
    ///
    /// # Errors
    /// [`NotAnAddress`].
    pub fn public_url(&self) -> Result<String, NotAnAddress> {
        public_url(&self.public_url)
    }

    /// The database's address, with the default filled in.
    pub fn database_url(&self) -> String {
        match &self.database_url {
            Some(url) => url.clone(),
            None => format!("sqlite:{}", self.data_dir.join("langnghe.db").display()),
        }
    }
}

/// `PUBLIC_URL` is nothing that a telephone could open.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "PUBLIC_URL must look like https://khaosat.example.vn or http://192.0.2.1:8080, with nothing behind the host and port, not {0:?}"
)]
pub struct NotAnAddress(String);

/// A scheme that browsers open, a host, and a port at most: codes are appended to it, and its scheme decides about cookies.
fn public_url(text: &str) -> Result<String, NotAnAddress> {
    let wrong = || NotAnAddress(text.to_owned());
    let (scheme, rest) = text.split_once("://").ok_or_else(wrong)?;
    let scheme = scheme.to_ascii_lowercase();
    let address = rest.strip_suffix('/').unwrap_or(rest);
    let (host, port) = match address.rsplit_once(':') {
        // the colons of an IPv6 address stand inside its brackets
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (address, None),
    };
    let port_is_fine = port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0));
    let host_is_fine = match host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        Some(inside) => inside.parse::<Ipv6Addr>().is_ok(),
        None => host.split('.').all(|label| {
            !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
        }),
    };
    if matches!(&*scheme, "http" | "https") && host_is_fine && port_is_fine {
        Ok(format!("{scheme}://{}", address.to_ascii_lowercase()))
    } else {
        Err(wrong())
    }
}

/// Where the server listens.
#[derive(Debug, Clone, Args)]
pub struct ListenConfig {
    /// Address and port
    #[arg(long, env = "LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Where /metrics answers, for Prometheus; nowhere when unset, on the public address only if it is the same
    #[arg(long, env = "METRICS_LISTEN")]
    pub metrics_listen: Option<SocketAddr>,
    /// Proxies whose X-Forwarded-For and X-Forwarded-Proto count: addresses or networks, separated by commas
    #[arg(long, env = "TRUSTED_PROXIES", default_value = "", hide_default_value = true)]
    pub trusted_proxies: String,
    /// Who runs this installation for the offices that ask, as the notice to parents names it; unset: they do it themselves
    #[arg(long, env = "OPERATOR", default_value = "", hide_default_value = true)]
    pub operator: String,
}

/// How mail leaves.
#[derive(Debug, Clone, Args)]
pub struct MailConfig {
    /// The mail server: smtps://user:password@host or smtp://user:password@host:587; unset: mails become files in $DATA_DIR/mail
    #[arg(long, env = "SMTP_URL", hide_env_values = true)]
    pub smtp_url: Option<String>,
    /// Whose certificates the mail server's must be signed by, besides those that this machine trusts: a PEM file
    #[arg(long, env = "SMTP_CA")]
    pub smtp_ca: Option<PathBuf>,
    /// Who mails come from: "Phòng Giáo dục <khaosat@example.vn>"; unset: the user in SMTP_URL
    #[arg(long, env = "MAIL_FROM")]
    pub mail_from: Option<String>,
    /// So many mails a minute at most
    #[arg(long, env = "MAIL_PER_MINUTE", default_value = "60")]
    pub mail_per_minute: NonZeroU32,
}

/// Peers that are believed when they say for whom they ask.
#[derive(Debug, Clone, Default)]
pub struct TrustedProxies(Arc<[IpNet]>);

/// Neither an address nor a network.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "TRUSTED_PROXIES must be addresses or networks such as 10.0.0.5 or 10.0.0.0/8, separated by commas; {0:?} is neither"
)]
pub struct NotAProxy(String);

impl TrustedProxies {
    /// Reads a list; an empty one trusts nobody.
    ///
    /// # Errors
    /// One entry is neither an address nor a network.
    pub fn parse(text: &str) -> Result<Self, NotAProxy> {
        let entry = |entry: &str| {
            let address = || entry.parse().ok().map(|address: IpAddr| IpNet::from(address));
            entry.parse().ok().or_else(address).ok_or_else(|| NotAProxy(entry.to_owned()))
        };
        text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(entry).collect::<Result<_, _>>().map(Self)
    }

    /// Whether this peer is one of them. An IPv4 address is the same when a socket for both kinds shows it as IPv6.
    pub fn contain(&self, peer: IpAddr) -> bool {
        let peer = peer.to_canonical();
        self.0.iter().any(|network| network.contains(&peer))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_proxies_is_read_whole_or_not_at_all() {
        let trusted = TrustedProxies::parse(" 10.0.0.5, 192.168.0.0/16 ,2001:db8::/32,").unwrap();
        let contains = |peer: &str| trusted.contain(peer.parse().unwrap());
        assert!(contains("10.0.0.5") && contains("::ffff:192.168.3.4") && contains("2001:db8::1"));
        assert!(!contains("10.0.0.6") && !contains("::1"));
        assert!(!TrustedProxies::parse("").unwrap().contain("127.0.0.1".parse().unwrap()));
        assert_eq!(TrustedProxies::parse("10.0.0.5, proxy").unwrap_err(), NotAProxy("proxy".to_owned()));
        assert!(TrustedProxies::parse("10.0.0.0/40").is_err());
    }

    #[test]
    fn a_public_address_is_a_scheme_a_host_and_a_port_at_most() {
        for (typed, kept) in [
            ("http://localhost:8080", "http://localhost:8080"),
            ("HTTPS://Khao-Sat.So-GDDT.vn/", "https://khao-sat.so-gddt.vn"),
            ("http://[2001:db8::1]:80", "http://[2001:db8::1]:80"),
            ("http://192.168.1.20:8080", "http://192.168.1.20:8080"),
        ] {
            assert_eq!(public_url(typed).as_deref(), Ok(kept));
        }
        for wrong in [
            "",
            "nonsense",
            "khaosat.vn",
            "ftp://a.vn",
            "https://",
            "https:///",
            "https://a.vn/k",
            "https://a.vn//",
            "https://a.vn?x=1",
            "https://a.vn#x",
            "https://an@a.vn",
            "https://a..vn",
            "http://a b",
            "http://a:",
            "http://a:0",
            "http://a:65536",
            "http://[::1",
            "http://::1",
            "https://đà-nẵng.vn",
        ] {
            assert_eq!(public_url(wrong), Err(NotAnAddress(wrong.to_owned())));
        }
    }
}
