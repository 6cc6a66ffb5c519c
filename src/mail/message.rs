//! A letter as the bytes that travel (RFC 5322), both parts in UTF-8.

use std::time::SystemTime;

use lettre::Message;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};

use super::{Letter, html};

/// Why a letter cannot become a message.
#[derive(Debug, thiserror::Error)]
#[error("the message cannot be written: {0}")]
pub(super) struct Unwritable(String);

/// The message. Its id follows from the mail's key, so that a mail that had to be sent again is known as a copy.
pub(super) fn write(from: &Mailbox, letter: &Letter, key: &[u8], date: SystemTime) -> Result<Message, Unwritable> {
    let failed = |error: &dyn std::fmt::Display| Unwritable(error.to_string());
    let to = letter.to.as_str().parse().map_err(|error: lettre::address::AddressError| failed(&error))?;
    let html = html::of_text(&letter.lang, &letter.subject, &letter.text).map_err(|error| failed(&error))?;
    let mut message = Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to))
        .subject(one_line(&letter.subject))
        .date(date)
        .message_id(Some(id(from, key)))
        .multipart(MultiPart::alternative_plain_html(letter.text.clone(), html))
        .map_err(|error| failed(&error))?;
    // vacation notices of robots are not wanted back
    add(&mut message, "Auto-Submitted", "auto-generated");
    add(&mut message, "Content-Language", &letter.lang);
    if let Some(unsubscribe) = &letter.unsubscribe {
        add(&mut message, "List-Unsubscribe", &format!("<{}>", unsubscribe.url));
        add(&mut message, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
    }
    Ok(message)
}

/// The Message-ID of the mail with this key.
fn id(from: &Mailbox, key: &[u8]) -> String {
    format!("<{}@{}>", data_encoding::HEXLOWER.encode(key), from.email.domain())
}

fn add(message: &mut Message, name: &'static str, value: &str) {
    message.headers_mut().insert_raw(HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned()));
}

/// A line break in a subject would begin another header.
fn one_line(subject: &str) -> String {
    subject.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::Unsubscribe;
    use proptest::prelude::*;

    fn letter(subject: &str, text: &str) -> Letter {
        Letter {
            to: "hoa@example.vn".parse().unwrap(),
            lang: "vi".to_owned(),
            subject: subject.to_owned(),
            text: text.to_owned(),
            unsubscribe: Some(Unsubscribe { url: "https://example.vn/thu/x".to_owned() }),
        }
    }

    fn written(letter: &Letter) -> String {
        let from = "Phòng Giáo dục <khaosat@example.vn>".parse().unwrap();
        let message = write(&from, letter, &[7; 16], SystemTime::UNIX_EPOCH).unwrap();
        String::from_utf8(message.formatted()).unwrap()
    }

    #[test]
    fn every_copy_has_the_same_id_and_the_headers_that_mail_programs_look_for() {
        let text = written(&letter("Mời ông/bà góp ý", "Kính gửi ông/bà"));
        let id = format!("Message-ID: <{}@example.vn>", "07".repeat(16));
        for header in [&*id, "Auto-Submitted: auto-generated", "List-Unsubscribe-Post: List-Unsubscribe=One-Click"] {
            assert!(text.contains(header), "{header} in {text}");
        }
        assert!(text.contains("List-Unsubscribe: <https://example.vn/thu/x>") && text.is_ascii(), "{text}");
    }

    proptest! {
        #[test]
        fn no_text_adds_a_header_or_ends_the_conversation(subject: String, text: String) {
            let written = written(&letter(&subject, &text));
            let head = written.split("\r\n\r\n").next().unwrap();
            let names = head.lines().filter(|line| !line.starts_with([' ', '\t'])).count();
            prop_assert!(names <= 11, "{}", head);
            prop_assert!(!written.contains("\r\n.\r\n"));
        }
    }
}
