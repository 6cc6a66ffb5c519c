//! A letter: what the recipient sees, and how it waits in the database.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};

use super::Address;
use crate::secret::{Secret, random};
use crate::store::outbox::MailKey;

/// What somebody gets. The HTML part is made of the text, so that both always say the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// Who gets it.
    pub to: Address,
    /// The language of the text, as a code for readers aloud: `vi`.
    pub lang: String,
    /// The subject, one line.
    pub subject: String,
    /// Paragraphs between empty lines; an address that begins with http is made a link, alone in its line a button.
    pub text: String,
    /// How to get no more of this kind; none for what somebody asked for.
    pub unsubscribe: Option<Unsubscribe>,
}

/// One press in the mail program, without a page (RFC 8058).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unsubscribe {
    /// Where a POST does it, and a GET shows a page with a button.
    pub url: String,
}

/// A letter that cannot be sealed or read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("sealed with another key")]
pub struct Unreadable;

const NONCE: usize = 24;

impl Letter {
    /// As it waits in the database: whoever copies that reads neither address nor link.
    pub(super) fn seal(&self, secret: &Secret, key: &MailKey) -> Result<Vec<u8>, Unreadable> {
        let nonce: [u8; NONCE] = random();
        let text = serde_json::to_vec(self).map_err(|_| Unreadable)?;
        let sealed = cipher(secret).encrypt(&XNonce::from(nonce), Payload { msg: &text, aad: key });
        Ok([&nonce[..], &sealed.map_err(|_| Unreadable)?].concat())
    }

    /// Opens what [`Letter::seal`] made under this key.
    pub(super) fn open(secret: &Secret, key: &[u8], sealed: &[u8]) -> Result<Self, Unreadable> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>().ok_or(Unreadable)?;
        let text = cipher(secret).decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: key });
        serde_json::from_slice(&text.map_err(|_| Unreadable)?).map_err(|_| Unreadable)
    }
}

fn cipher(secret: &Secret) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&Key::from(secret.mac("mail seal", &[])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_letter_shows_nothing_and_opens_only_in_its_place() {
        let secret = Secret::parse(&"5a".repeat(32)).unwrap();
        let letter = Letter {
            to: "hoa@example.vn".parse().unwrap(),
            lang: "vi".to_owned(),
            subject: "Thư mời".to_owned(),
            text: "https://example.vn/k/ABC".to_owned(),
            unsubscribe: None,
        };
        let sealed = letter.seal(&secret, &[1; 16]).unwrap();
        assert!(!sealed.windows(4).any(|bytes| bytes == b"hoa@" || bytes == b"http"));
        assert_eq!(Letter::open(&secret, &[1; 16], &sealed), Ok(letter));
        assert_eq!(Letter::open(&secret, &[2; 16], &sealed), Err(Unreadable));
    }
}
