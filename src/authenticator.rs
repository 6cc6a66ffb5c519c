//! The second step of signing in: six digits from an app on somebody's telephone (RFC 6238), and codes on paper for the day
//! on which the telephone is gone.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use totp_rs::{Builder, Totp};

use crate::secret::{Secret, random};

/// How many codes on paper there are.
pub const RECOVERY_CODES: usize = 8;

/// What the telephone and this installation share. It lies in the database sealed with the installation's key.
#[derive(Clone, PartialEq, Eq)]
pub struct Shared([u8; 20]);

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Shared(…)")
    }
}

impl Default for Shared {
    fn default() -> Self {
        Self::new()
    }
}

impl Shared {
    /// A new one.
    pub fn new() -> Self {
        Self(random())
    }

    /// As it is stored: it opens for this account alone. None where there is no memory for it.
    pub fn seal(&self, secret: &Secret, account_id: i64) -> Option<Vec<u8>> {
        let (nonce, place): ([u8; 24], _) = (random(), account_id.to_be_bytes());
        let sealed = cipher(secret).encrypt(&XNonce::from(nonce), Payload { msg: &self.0, aad: &place });
        Some([&nonce[..], &sealed.ok()?].concat())
    }

    /// What [`Shared::seal`] made.
    pub fn open(secret: &Secret, account_id: i64, sealed: &[u8]) -> Option<Self> {
        let (nonce, sealed) = sealed.split_first_chunk::<24>()?;
        let payload = Payload { msg: sealed, aad: &account_id.to_be_bytes() };
        let opened = cipher(secret).decrypt(&XNonce::from(*nonce), payload).ok()?;
        opened.try_into().ok().map(Self)
    }

    /// To be typed into the app where nothing can be scanned: groups of four.
    pub fn text(&self) -> String {
        let text = data_encoding::BASE32_NOPAD.encode(&self.0);
        let groups: Vec<String> = text.as_bytes().chunks(4).map(|g| String::from_utf8_lossy(g).into_owned()).collect();
        groups.join(" ")
    }

    /// What the app scans. A login has only characters that an address may have.
    pub fn address(&self, login: &str) -> String {
        let text = data_encoding::BASE32_NOPAD.encode(&self.0);
        format!("otpauth://totp/LangNghe:{login}?secret={text}&issuer=LangNghe")
    }

    /// The step to which these digits belong, half a minute each: the present one, the one before or the next, because
    /// telephones go wrong. `seconds` are those since 1970. Whoever takes digits takes no earlier step afterwards.
    pub fn step_of(&self, digits: &str, seconds: i64) -> Option<i64> {
        let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
        let step = self.totp()?.check(&digits, u64::try_from(seconds).ok()?)?;
        i64::try_from(step).ok()
    }

    /// The digits of this moment.
    pub fn digits(&self, seconds: i64) -> Option<String> {
        Some(self.totp()?.generate(u64::try_from(seconds).ok()?).to_string())
    }

    fn totp(&self) -> Option<Totp> {
        Builder::new().with_secret(self.0).build().ok()
    }
}

fn cipher(secret: &Secret) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&Key::from(secret.mac("authenticator seal", &[])))
}

/// New codes for paper: fifty random bits each, in letters and digits that are not mistaken for each other.
pub fn recovery_codes() -> Vec<String> {
    let code = || {
        let text = data_encoding::BASE32_NOPAD.encode(&random::<7>());
        format!("{}-{}", &text[..5], &text[5..10])
    };
    (0..RECOVERY_CODES).map(|_| code()).collect()
}

/// As a code on paper is stored. Small letters, spaces and dashes are forgiven.
pub fn recovery_hash(secret: &Secret, account_id: i64, typed: &str) -> [u8; 32] {
    let plain: String = typed.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
    secret.mac("recovery code", &[&account_id.to_be_bytes(), plain.as_bytes()])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret() -> Secret {
        Secret::parse(&"5a".repeat(32)).unwrap()
    }

    #[test]
    fn digits_are_those_of_the_standard() {
        // RFC 6238, appendix B: the last six of eight digits
        let shared = Shared(*b"12345678901234567890");
        let of = |seconds| shared.digits(seconds).unwrap();
        assert_eq!([of(59), of(1_111_111_109), of(2_000_000_000)], ["287082", "081804", "279037"]);
    }

    #[test]
    fn digits_of_the_step_before_and_after_are_taken_and_tell_which_step() {
        let shared = Shared::new();
        let digits = shared.digits(300).unwrap();
        assert_eq!(shared.step_of(&digits, 300), Some(10));
        assert_eq!(shared.step_of(&format!(" {} {}", &digits[..3], &digits[3..]), 330), Some(10));
        assert_eq!((shared.step_of(&digits, 390), shared.step_of("", 300)), (None, None));
    }

    #[test]
    fn what_is_shared_opens_for_its_account_and_with_the_installations_key_alone() {
        let shared = Shared::new();
        let sealed = shared.seal(&secret(), 7).unwrap();
        assert_eq!(Shared::open(&secret(), 7, &sealed), Some(shared));
        assert_eq!(Shared::open(&secret(), 8, &sealed), None);
        assert_eq!(Shared::open(&Secret::parse(&"5b".repeat(32)).unwrap(), 7, &sealed), None);
    }

    #[test]
    fn a_code_on_paper_is_read_as_people_type_it() {
        let codes = recovery_codes();
        assert_eq!((codes.len(), codes[0].len()), (RECOVERY_CODES, 11));
        let hash = |typed: &str| recovery_hash(&secret(), 7, typed);
        assert_eq!(hash(&codes[0]), hash(&format!(" {} ", codes[0].to_lowercase().replace('-', " "))));
        assert_ne!(hash(&codes[0]), hash(&codes[1]));
        assert_ne!(hash(&codes[0]), recovery_hash(&secret(), 8, &codes[0]));
    }
}
