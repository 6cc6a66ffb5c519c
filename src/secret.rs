//! The installation's key, and what is derived from it.

use std::io::Write;
use std::path::Path;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// The root key. Every use has a label of its own, so that no two uses share a key.
#[derive(Clone)]
pub struct Secret(Hmac<Sha256>);

/// The key is missing, too short or not hex.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// Not hex, or fewer than 32 bytes.
    #[error(
        "SECRET_KEY must be at least 32 random bytes written as hex (64 digits); make one with `openssl rand -hex 32`"
    )]
    Malformed,
    /// The key file cannot be read or written.
    #[error("cannot use {path}: {source}. Check that DATA_DIR exists and that this user may write to it")]
    File {
        /// The file.
        path: String,
        /// Why.
        source: std::io::Error,
    },
}

impl Secret {
    /// Reads the key from hex.
    ///
    /// # Errors
    /// [`SecretError::Malformed`].
    pub fn parse(hex: &str) -> Result<Self, SecretError> {
        let bytes =
            data_encoding::HEXLOWER_PERMISSIVE.decode(hex.trim().as_bytes()).map_err(|_| SecretError::Malformed)?;
        if bytes.len() < 32 {
            return Err(SecretError::Malformed);
        }
        Hmac::new_from_slice(&bytes).map(Self).map_err(|_| SecretError::Malformed)
    }

    /// The key in `secret.key` of this folder; made, readable by its owner alone, when there is none.
    ///
    /// # Errors
    /// [`SecretError`] when the folder cannot be written or the file is not a key.
    pub fn load_or_make(folder: &Path) -> Result<Self, SecretError> {
        let path = folder.join("secret.key");
        let failed = |source| SecretError::File { path: path.display().to_string(), source };
        match std::fs::read_to_string(&path) {
            Ok(hex) => Self::parse(&hex),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let hex = data_encoding::HEXLOWER.encode(&random::<32>());
                use std::os::unix::fs::OpenOptionsExt;
                let mut file =
                    std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path).map_err(failed)?;
                file.write_all(hex.as_bytes()).and_then(|()| file.sync_all()).map_err(failed)?;
                Self::parse(&hex)
            }
            Err(error) => Err(failed(error)),
        }
    }

    /// HMAC-SHA-256 over a label and parts; parts are length-prefixed, so that no two lists of parts are the same message.
    pub fn mac(&self, label: &str, parts: &[&[u8]]) -> [u8; 32] {
        let mut mac = self.0.clone();
        mac.update(label.as_bytes());
        for part in parts {
            mac.update(&(part.len() as u64).to_le_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }

    /// The token for the API that belongs to these parts, at least one of which is random; as [`new_api_token`].
    pub fn api_token(&self, parts: &[&[u8]]) -> (String, [u8; 32]) {
        api_token(&self.mac("api token", parts))
    }

    /// A short public fingerprint, kept in the database so that a wrong key refuses to start.
    pub fn fingerprint(&self) -> String {
        data_encoding::HEXLOWER.encode(&self.mac("fingerprint", &[])[..8])
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// SHA-256, for storing what only its bearer may know.
pub fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// Random bytes from the operating system.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    // Without randomness no token is safe: stopping is the only right answer.
    if let Err(error) = getrandom::fill(&mut bytes) {
        eprintln!("the operating system gives no random bytes: {error}");
        std::process::abort();
    }
    bytes
}

/// 256 random bits as text for a URL or cookie.
pub fn random_token() -> String {
    data_encoding::BASE64URL_NOPAD.encode(&random::<32>())
}

/// A new token for the API: the program gets the first, the database the second. It begins with `ln_`, so that programs
/// that look for leaked secrets know one when they see it.
pub fn new_api_token() -> (String, [u8; 32]) {
    api_token(&random())
}

fn api_token(bytes: &[u8; 32]) -> (String, [u8; 32]) {
    let token = format!("ln_{}", data_encoding::BASE64URL_NOPAD.encode(bytes));
    let hash = digest(token.as_bytes());
    (token, hash)
}

/// Comparison in constant time.
pub fn same(a: &[u8], b: &[u8]) -> bool {
    use subtle::ConstantTimeEq;
    a.ct_eq(b).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_cannot_be_shifted_into_each_other() {
        let secret = Secret::parse(&"ab".repeat(32)).unwrap();
        assert_ne!(secret.mac("x", &[b"ab", b"c"]), secret.mac("x", &[b"a", b"bc"]));
        assert_ne!(secret.mac("x", &[b"a"]), secret.mac("y", &[b"a"]));
    }

    #[test]
    fn a_short_key_is_refused() {
        assert!(Secret::parse("00ff").is_err());
        assert!(Secret::parse(&"zz".repeat(32)).is_err());
    }
}
