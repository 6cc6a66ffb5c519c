//! The environment, as small structs; each field names its variable.

use std::net::SocketAddr;
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
    /// The database's address, with the default filled in.
    pub fn database_url(&self) -> String {
        match &self.database_url {
            Some(url) => url.clone(),
            None => format!("sqlite:{}", self.data_dir.join("langnghe.db").display()),
        }
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
}
