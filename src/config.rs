//! The environment, as small structs; each field names its variable.

use std::net::{Ipv6Addr, SocketAddr};
use std::path::PathBuf;

use clap::Args;

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
}

#[cfg(test)]
mod tests {
    use super::*;

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
