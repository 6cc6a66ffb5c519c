//! The address of the page on which somebody asks for no more mail. It proves by itself whose it is, so that nothing is kept for
//! it, and anybody to whom a letter was passed on can only stop letters.

use data_encoding::BASE64URL_NOPAD;

use crate::secret::{Secret, same};

/// Whose letters are to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leaving {
    /// The invitee.
    pub invitee_id: i64,
}

const PROOF: usize = 12;

fn proof(secret: &Secret, invitee_id: i64) -> [u8; PROOF] {
    let whole = secret.mac("no more mail", &[&invitee_id.to_be_bytes()]);
    std::array::from_fn(|i| whole[i])
}

impl Leaving {
    /// The last part of the address.
    pub fn token(self, secret: &Secret) -> String {
        let bytes = [&self.invitee_id.to_be_bytes()[..], &proof(secret, self.invitee_id)].concat();
        BASE64URL_NOPAD.encode(&bytes)
    }

    /// Reads it back; none: not one of ours.
    pub fn parse(secret: &Secret, token: &str) -> Option<Self> {
        let bytes = BASE64URL_NOPAD.decode(token.as_bytes()).ok()?;
        let (id, shown) = bytes.split_first_chunk::<8>()?;
        let invitee_id = i64::from_be_bytes(*id);
        same(&proof(secret, invitee_id), shown).then_some(Self { invitee_id })
    }
}

/// The whole address.
pub fn address_of(public_url: &str, secret: &Secret, invitee_id: i64) -> String {
    format!("{public_url}/thu/{}", Leaving { invitee_id }.token(secret))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_stops_its_own_letters_and_cannot_be_made_up() {
        let secret = Secret::parse(&"5a".repeat(32)).unwrap();
        let token = Leaving { invitee_id: 7 }.token(&secret);
        assert_eq!(Leaving::parse(&secret, &token), Some(Leaving { invitee_id: 7 }));
        let other = Leaving { invitee_id: 8 }.token(&secret);
        let forged = format!("{}{}", &token[..10], &other[10..]);
        assert_eq!((Leaving::parse(&secret, &forged), Leaving::parse(&secret, "")), (None, None));
    }
}
