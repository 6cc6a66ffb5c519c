//! Who may do what: names to sign in with, passwords, scopes of programs, and the roles that carry rights.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use chrono::TimeDelta;
use unicode_segmentation::UnicodeSegmentation;

use crate::survey::code::{Audience, UnitNature, UnknownCode, codes};
use crate::vietnamese;

pub mod brake;
mod role;

pub use role::{Grant, Grants, Right, Role};

/// The name that a member of staff signs in with: small letters, digits and `. _ - @`, so that it reads the same on every
/// keyboard.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Login(String);

/// Not a name to sign in with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a login: use 3 to 64 of the characters a–z 0–9 . _ - @")]
pub struct NotALogin(String);

impl Login {
    /// As it is stored and compared.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Login {
    type Err = NotALogin;

    /// Spaces around it and capitals are forgiven: phones put them there.
    fn from_str(typed: &str) -> Result<Self, NotALogin> {
        let text = typed.trim().to_lowercase();
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "._-@".contains(c);
        if (3..=64).contains(&text.len()) && text.chars().all(allowed) {
            Ok(Self(text))
        } else {
            Err(NotALogin(typed.to_owned()))
        }
    }
}

impl fmt::Display for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

codes! {
    /// What a program may read with its token.
    Scope {
        /// Releases: the same figures that the Front and the public read.
        Aggregates = "aggregates",
        /// Row exports, for analysts of the steering unit.
        Submissions = "submissions",
    }
}

/// The scopes of one token; written as codes separated by a space.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scopes(BTreeSet<Scope>);

impl Scopes {
    /// Whether this scope is among them.
    pub fn allow(&self, scope: Scope) -> bool {
        self.0.contains(&scope)
    }

    /// Whether there is none: a token that could do nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each of them, in the order of [`Scope::ALL`].
    pub fn iter(&self) -> impl Iterator<Item = Scope> {
        self.0.iter().copied()
    }
}

impl FromIterator<Scope> for Scopes {
    fn from_iter<T: IntoIterator<Item = Scope>>(scopes: T) -> Self {
        Self(scopes.into_iter().collect())
    }
}

impl FromStr for Scopes {
    type Err = UnknownCode;

    fn from_str(text: &str) -> Result<Self, UnknownCode> {
        text.split([' ', ',']).filter(|code| !code.is_empty()).map(str::parse).collect()
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let codes: Vec<_> = self.iter().map(Scope::code).collect();
        f.write_str(&codes.join(" "))
    }
}

/// The unit below which an officer may at most enter forms for people who cannot, given the officer's unit and all units above
/// it: officers of the Front, of mass organisations and of the offices above the school may, never the school that is being
/// judged, and no other school. The Front of a ward stands below the ward, beside its schools.
pub fn assists_below(nature: UnitNature, own_line: &[i64]) -> Option<i64> {
    match nature {
        UnitNature::Truong => None,
        UnitNature::MatTran | UnitNature::DoanThe => own_line.get(1).or(own_line.first()).copied(),
        UnitNature::CoQuan => own_line.first().copied(),
    }
}

/// Whether officers enter forms for people of this audience: staff fill in their own, and nobody of an office sits beside them.
pub fn is_assisted(audience: Audience) -> bool {
    audience != Audience::CanBo
}

/// Why a password is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WeakPassword {
    /// Fewer than [`PASSWORD_LENGTH`] characters.
    Short,
    /// The login, or the login with little around it.
    Login,
    /// One of those that everybody tries first.
    Common,
}

/// How many characters a password has at least, as people count them.
pub const PASSWORD_LENGTH: usize = 10;

/// The passwords of at least ten characters that guessing starts with, in the form of [`plain`].
const COMMON: &[&str] = &[
    "0123456789",
    "1234567890",
    "12345678910",
    "123456789a",
    "123456789abc",
    "0987654321",
    "1122334455",
    "1234512345",
    "1q2w3e4r5t",
    "abc123456789",
    "abcdefghij",
    "adminadmin",
    "administrator",
    "anhyeuem123",
    "anhyeuemnhieu",
    "emyeuanh123",
    "giaoduc123",
    "giaoduc2025",
    "giaoduc2026",
    "hanoi12345",
    "langnghe123",
    "langnghe2025",
    "langnghe2026",
    "matkhau123",
    "matkhau1234",
    "matkhau123456",
    "password12",
    "password123",
    "password1234",
    "passwordpassword",
    "qwerty12345",
    "qwerty123456",
    "qwertyuiop",
    "tieuhoc123",
    "vietnam123",
    "vietnam1234",
    "vietnam2025",
    "vietnam2026",
    "xinchao123",
    "xinchao123456",
    "yeuem12345",
];

/// Letters and digits alone, without marks and capitals: `Mật khẩu 123!` is no better than `matkhau123`.
fn plain(text: &str) -> String {
    vietnamese::fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The rule for new passwords: long, not the login, not among the most common. No rule about kinds of characters, which
/// only makes people write passwords down.
///
/// # Errors
/// What is wrong with it.
pub fn check_password(password: &str, login: &str) -> Result<(), WeakPassword> {
    let password = vietnamese::nfc(password);
    if password.graphemes(true).count() < PASSWORD_LENGTH {
        return Err(WeakPassword::Short);
    }
    let (bare, own) = (plain(&password), plain(login));
    // a short login inside a long password tells nothing; most of the password being the login does
    if bare == own || (own.len() >= 4 && bare.contains(&own) && bare.len() < own.len() + 6) {
        return Err(WeakPassword::Login);
    }
    let mut characters = bare.chars();
    let repeated = characters.next().is_none_or(|first| characters.all(|c| c == first));
    if repeated || COMMON.contains(&bare.as_str()) {
        return Err(WeakPassword::Common);
    }
    Ok(())
}

/// How many wrong passwords in a row are ordinary mistyping.
const FREE_FAILURES: i64 = 5;

/// How long the next try must wait after so many failures in a row: nothing for the first few, then 15 seconds doubling
/// up to 15 minutes.
pub fn delay_after(failures: i64) -> TimeDelta {
    if failures < FREE_FAILURES {
        return TimeDelta::zero();
    }
    let doublings = (failures - FREE_FAILURES).min(6);
    TimeDelta::seconds((15 << doublings).min(900))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_forgives_capitals_and_spaces_but_not_other_letters() {
        assert_eq!(" An.Nguyen@P-Hoa-Ban ".parse::<Login>().unwrap().as_str(), "an.nguyen@p-hoa-ban");
        for wrong in ["", "ab", "đức", "an nguyen", &"a".repeat(65)] {
            assert!(wrong.parse::<Login>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn scopes_read_as_they_are_written() {
        let scopes: Scopes = "submissions aggregates".parse().unwrap();
        assert_eq!(scopes.to_string(), "aggregates submissions");
        assert!(scopes.allow(Scope::Submissions));
        assert!(!"aggregates".parse::<Scopes>().unwrap().allow(Scope::Submissions));
        assert!("everything".parse::<Scopes>().is_err());
        assert!("".parse::<Scopes>().unwrap().is_empty());
    }

    #[test]
    fn a_password_is_long_and_neither_the_login_nor_common() {
        assert_eq!(check_password("ngắn quá", "an"), Err(WeakPassword::Short));
        // ten code points, but eight characters as people count them
        assert_eq!(check_password("e\u{302}\u{301}abcdefg", "an"), Err(WeakPassword::Short));
        assert_eq!(check_password("nguyen.van.an", "nguyen.van.an"), Err(WeakPassword::Login));
        assert_eq!(check_password("Nguyễn Văn An 1", "nguyenvanan"), Err(WeakPassword::Login));
        assert_eq!(check_password("Mật khẩu 123!", "an.nguyen"), Err(WeakPassword::Common));
        assert_eq!(check_password("aaaaaaaaaaaa", "an.nguyen"), Err(WeakPassword::Common));
        assert_eq!(check_password("..............", "an.nguyen"), Err(WeakPassword::Common));
        assert_eq!(check_password("mưa rơi trên mái ngói", "an.nguyen"), Ok(()));
    }

    #[test]
    fn guessing_slows_down_but_never_longer_than_a_quarter_of_an_hour() {
        let seconds = |n| delay_after(n).num_seconds();
        assert_eq!([seconds(0), seconds(4), seconds(5), seconds(6), seconds(7)], [0, 0, 15, 30, 60]);
        assert_eq!([seconds(11), seconds(12), seconds(1_000_000)], [900, 900, 900]);
    }
}
