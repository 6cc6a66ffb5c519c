//! Addresses of mail.

use std::fmt;
use std::str::FromStr;

/// An address that a mail server will understand: ASCII, with a domain that has a dot.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Address(String);

/// Not an address, or one that few servers take.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a mail address")]
pub struct NotAnAddress(String);

/// RFC 5321, 4.5.3.1.3, without the brackets.
const LONGEST: usize = 254;

impl Address {
    /// As it is written: small letters, because almost nobody tells capitals apart and two spellings would be two mails.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// With only its first letter and its domain, for lists that others may see over a shoulder.
    pub fn shortened(&self) -> String {
        let (name, domain) = self.0.split_once('@').unwrap_or((&self.0, ""));
        format!("{}…@{domain}", name.chars().next().unwrap_or('…'))
    }
}

impl FromStr for Address {
    type Err = NotAnAddress;

    /// Spaces around it, brackets and a leading `mailto:` are forgiven.
    fn from_str(typed: &str) -> Result<Self, NotAnAddress> {
        let text = typed.trim().trim_start_matches("mailto:").trim_start_matches('<').trim_end_matches('>');
        let text = text.trim().to_lowercase();
        let domain = text.rsplit_once('@').map_or("", |(_, domain)| domain);
        let has_dot = domain.split('.').filter(|label| !label.is_empty()).count() > 1;
        let fine = text.is_ascii()
            && !text.contains('"')
            && text.len() <= LONGEST
            && has_dot
            && text.parse::<lettre::Address>().is_ok();
        if fine { Ok(Self(text)) } else { Err(NotAnAddress(typed.chars().take(80).collect())) }
    }
}

impl TryFrom<String> for Address {
    type Error = NotAnAddress;

    fn try_from(text: String) -> Result<Self, NotAnAddress> {
        text.parse()
    }
}

impl From<Address> for String {
    fn from(address: Address) -> Self {
        address.0
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_people_paste_is_read_and_what_no_server_takes_is_refused() {
        for typed in ["Hoa.Nguyen@Example.VN", " <hoa.nguyen@example.vn> ", "mailto:hoa.nguyen@example.vn"] {
            assert_eq!(typed.parse::<Address>().unwrap().as_str(), "hoa.nguyen@example.vn");
        }
        for typed in ["", "hoa", "hoa@", "@example.vn", "hoa@localhost", "hòa@example.vn", "a b@example.vn", "a@b@c.vn"]
        {
            assert!(typed.parse::<Address>().is_err(), "{typed}");
        }
        assert!(format!("{}@example.vn", "a".repeat(250)).parse::<Address>().is_err());
        assert_eq!("hoa@example.vn".parse::<Address>().unwrap().shortened(), "h…@example.vn");
    }

    proptest! {
        #[test]
        fn no_address_carries_a_line_break_or_a_second_recipient(typed: String) {
            if let Ok(address) = typed.parse::<Address>() {
                prop_assert!(!address.as_str().contains(['\r', '\n', ',', ' ']));
            }
        }
    }
}
