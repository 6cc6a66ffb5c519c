//! Passwords at rest: Argon2id, a few at a time.
//!
//! One hash takes 19 MiB and some 50 ms on purpose. A flood of sign-ins would take the machine away from the parents who
//! are answering, so only two are worked on at once and the others wait, or are told to come back.

use std::sync::LazyLock;
use std::time::Duration;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::vietnamese::nfc;

/// Why a password could not be worked on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// Too many people sign in at this moment.
    #[error("too many passwords are being checked")]
    Busy,
    /// The hash could not be made.
    #[error("a password could not be hashed")]
    Hash,
}

static TURNS: Semaphore = Semaphore::const_new(2);

/// How long a sign-in waits for its turn.
const PATIENCE: Duration = Duration::from_secs(8);

/// The right to hash or verify one password now. Take it before counting the attempt: who is turned away has not failed.
#[derive(Debug)]
pub struct Turn(#[allow(dead_code, reason = "held until dropped")] SemaphorePermit<'static>);

/// Waits for a turn.
///
/// # Errors
/// [`PasswordError::Busy`] after some seconds.
pub async fn turn() -> Result<Turn, PasswordError> {
    match tokio::time::timeout(PATIENCE, TURNS.acquire()).await {
        Ok(Ok(permit)) => Ok(Turn(permit)),
        _ => Err(PasswordError::Busy),
    }
}

impl Turn {
    /// The text to store for this password.
    ///
    /// # Errors
    /// [`PasswordError::Hash`].
    pub async fn hash(self, password: String) -> Result<String, PasswordError> {
        self.work(move || hash(&password)).await?
    }

    /// Whether this is the password. Without a stored hash it takes as long and says no, so that the time does not tell
    /// which accounts exist.
    ///
    /// # Errors
    /// The worker was stopped.
    pub async fn verify(self, password: String, stored: Option<String>) -> Result<bool, PasswordError> {
        self.work(move || verify(&password, stored.as_deref())).await
    }

    async fn work<T: Send + 'static>(self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, PasswordError> {
        // the turn moves along: a visitor who leaves does not free the place while the work still runs
        tokio::task::spawn_blocking(move || {
            let _turn = self;
            work()
        })
        .await
        .map_err(|_| PasswordError::Hash)
    }
}

fn argon2() -> Result<Argon2<'static>, PasswordError> {
    let params = Params::new(19_456, 2, 1, None).map_err(|_| PasswordError::Hash)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Hashes on the calling thread: for commands.
///
/// # Errors
/// [`PasswordError::Hash`].
pub fn hash(password: &str) -> Result<String, PasswordError> {
    let salt = crate::secret::random::<16>();
    let hash: PasswordHash =
        argon2()?.hash_password_with_salt(nfc(password).as_bytes(), &salt).map_err(|_| PasswordError::Hash)?;
    Ok(hash.to_string())
}

/// Verified against when there is no account.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash(&crate::secret::random_token()).unwrap_or_default());

fn verify(password: &str, stored: Option<&str>) -> bool {
    let text = stored.unwrap_or(&NOBODY);
    let (Ok(hash), Ok(argon2)) = (PasswordHash::new(text), argon2()) else { return false };
    let same = argon2.verify_password(nfc(password).as_bytes(), &hash).is_ok();
    same && stored.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_typed_in_another_unicode_form_is_the_same_password() {
        let stored = hash("mưa rơi tr\u{ea}n mái").unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(verify("mưa rơi tre\u{302}n mái", Some(&stored)));
        assert!(!verify("mưa rơi trên mai", Some(&stored)));
    }

    #[test]
    fn nobody_has_no_password() {
        assert!(!verify("", None));
        assert!(!verify("anything", None));
        assert!(!verify("anything", Some("not a hash")));
    }

    #[tokio::test]
    async fn two_take_their_turn_and_give_it_back() {
        let (one, two) = (turn().await.unwrap(), turn().await.unwrap());
        assert_eq!(TURNS.available_permits(), 0);
        drop((one, two));
        assert_eq!(TURNS.available_permits(), 2);
    }
}
