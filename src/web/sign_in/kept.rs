//! A form that was sent after the session had ended: it travels, sealed, through the sign-in page, and is sent again when its
//! owner says so. Nothing is stored, and nothing changes before that second press, which carries the new session's proof.

use actix_web::HttpResponse;
use askama::Template;
use chrono::{DateTime, NaiveDateTime, TimeDelta};

use crate::secret::same;
use crate::state::State;
use crate::web::error::Failure;
use crate::web::page;
use crate::web::way_back;
use crate::web::words::Words;

/// A longer form is not kept; one with every school of a province ticked is shorter.
const LARGEST: usize = 32 * 1024;
/// Who does not sign in within this time has gone home.
const GOOD_FOR: TimeDelta = TimeDelta::hours(1);
/// A form with one of these fields is about a password, which nobody keeps.
const SECRET: [&str; 3] = ["current", "password", "again"];

/// A form that waits for its owner.
#[derive(Debug, PartialEq, Eq)]
pub struct Kept {
    /// Where it was sent.
    pub action: String,
    /// What it said, without the proof of the session that has ended.
    pub fields: Vec<(String, String)>,
}

/// The form as the sign-in page carries it; empty where it is too long, about a password or not a plain form.
pub fn seal(state: &State, action: &str, body: &[u8]) -> String {
    let fields: Vec<(String, String)> = form_urlencoded::parse(body).into_owned().collect();
    let is_secret = fields.iter().any(|(name, _)| SECRET.contains(&name.as_str()));
    if fields.is_empty() || is_secret || body.len() > LARGEST {
        return String::new();
    }
    let fields = fields.iter().filter(|(name, _)| name != "_csrf");
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let text = format!("{}\n{action}\n{body}", state.clock.now().and_utc().timestamp());
    let mut sealed = state.secret.mac("kept form", &[text.as_bytes()]).to_vec();
    sealed.extend_from_slice(text.as_bytes());
    data_encoding::BASE64URL_NOPAD.encode(&sealed)
}

/// What [`seal`] made, unless it is too old or was changed on the way.
pub fn open(state: &State, sealed: &str) -> Option<Kept> {
    let bytes = data_encoding::BASE64URL_NOPAD.decode(sealed.as_bytes()).ok()?;
    let (mac, text) = bytes.split_at_checked(32)?;
    if !same(mac, &state.secret.mac("kept form", &[text])) {
        return None;
    }
    let mut lines = std::str::from_utf8(text).ok()?.splitn(3, '\n');
    let sealed_at: NaiveDateTime = DateTime::from_timestamp(lines.next()?.parse().ok()?, 0)?.naive_utc();
    let action = lines.next().filter(|path| way_back::is_local(path))?.to_owned();
    let fields = form_urlencoded::parse(lines.next()?.as_bytes()).into_owned().collect();
    (state.clock.now() - sealed_at < GOOD_FOR).then_some(Kept { action, fields })
}

/// Asks whether to send it now.
#[derive(Template)]
#[template(path = "web/sign_in/kept.html")]
struct KeptPage<'a> {
    words: Words,
    other_language: Option<String>,
    kept: &'a Kept,
    csrf: &'a str,
    back: &'a str,
}

/// The page after sign-in, for a session whose forms carry this proof.
///
/// # Errors
/// The template failed.
pub fn ask(kept: &Kept, csrf: &str, back: &str, words: Words) -> Result<HttpResponse, Failure> {
    page::show(&KeptPage { words, other_language: None, kept, csrf, back })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::secret::Secret;
    use crate::store::tests::store_with_units;

    #[test]
    fn a_kept_form_comes_back_whole_unchanged_and_not_for_long() {
        let (_folder, store) = store_with_units();
        let secret = Secret::parse(&"ab".repeat(32)).unwrap();
        let state = State::new(store, secret, Clock::default(), "http://localhost:8080").unwrap();
        let sealed = seal(&state, "/manage/rounds/new", b"_csrf=x&title=%C4%90%E1%BB%A3t+1&unit=A&unit=B");
        let kept = open(&state, &sealed).unwrap();
        let fields = [("title", "Đợt 1"), ("unit", "A"), ("unit", "B")];
        assert_eq!(kept.action, "/manage/rounds/new");
        assert_eq!(kept.fields, fields.map(|(name, value)| (name.to_owned(), value.to_owned())));
        let other = seal(&state, "/manage/units", b"q=x");
        let forged = format!("{}{}", if other.starts_with('A') { "B" } else { "A" }, &other[1..]);
        assert_eq!((open(&state, &forged), open(&state, ""), open(&state, "AAAA")), (None, None, None));
        state.clock.advance(3601);
        assert_eq!(open(&state, &sealed), None);
    }

    #[test]
    fn passwords_are_never_kept() {
        let (_folder, store) = store_with_units();
        let secret = Secret::parse(&"ab".repeat(32)).unwrap();
        let state = State::new(store, secret, Clock::default(), "http://localhost:8080").unwrap();
        assert_eq!(seal(&state, "/manage/account", b"_csrf=x&current=a&password=b&again=b"), "");
        assert_eq!(seal(&state, "/manage/rounds/new", &b"x=".repeat(20_000)), "");
    }
}
