//! What keeps all mails from leaving, while it does: for the pages of those who wait.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::dialect::both;
use super::schema::mail_trouble;
use super::{Db, StoreError};
use crate::survey::code::codes;

codes! {
    /// What keeps all mails from leaving.
    Trouble {
        /// The server does not answer.
        Unreachable = "unreachable",
        /// No connection that others cannot read: no certificate that is trusted.
        Tls = "tls",
        /// The server offers no such connection at all.
        NoTls = "no_tls",
        /// The server refuses the password.
        Password = "password",
        /// The server refuses the sender's address.
        Sender = "sender",
        /// The server asks to come back later.
        Busy = "busy",
        /// The folder for mails cannot be written.
        Folder = "folder",
    }
}

/// What keeps all mails from leaving, since when, and what the server said; none: nothing does.
///
/// # Errors
/// The database failed.
pub fn now_in(db: &mut Db) -> Result<Option<(Trouble, NaiveDateTime, String)>, StoreError> {
    let row: Option<(String, NaiveDateTime, String)> =
        mail_trouble::table.order(mail_trouble::since.desc()).first(db).optional()?;
    let Some((kind, since, reply)) = row else { return Ok(None) };
    let kind = kind.parse().map_err(|error| StoreError::corrupt("mail trouble", error))?;
    Ok(Some((kind, since, reply)))
}

/// Writes down what keeps all mails from leaving, or that nothing does any more.
///
/// # Errors
/// The database failed.
pub fn set(db: &mut Db, trouble: Option<(Trouble, &str)>, now: NaiveDateTime) -> Result<(), StoreError> {
    let Some((kind, reply)) = trouble else {
        diesel::delete(mail_trouble::table).execute(db)?;
        return Ok(());
    };
    diesel::delete(mail_trouble::table.filter(mail_trouble::kind.ne(kind.code()))).execute(db)?;
    let row = (mail_trouble::kind.eq(kind.code()), mail_trouble::since.eq(now), mail_trouble::reply.eq(reply));
    both!(db, |c| diesel::insert_into(mail_trouble::table)
        .values(row)
        .on_conflict(mail_trouble::kind)
        .do_update()
        .set(mail_trouble::reply.eq(reply))
        .execute(c))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::{at, empty_store};

    #[test]
    fn a_trouble_keeps_its_beginning_and_gives_way_to_another() {
        let (_database, store) = empty_store();
        let set = |trouble, now| store.write_now(|db| super::set(db, trouble, at(now))).unwrap();
        let found = || store.read_now(now_in).unwrap().map(|(kind, since, _)| (kind, since));
        set(Some((Trouble::Unreachable, "")), 1);
        set(Some((Trouble::Unreachable, "")), 2);
        assert_eq!(found(), Some((Trouble::Unreachable, at(1))));
        set(Some((Trouble::Password, "535")), 3);
        assert_eq!(found(), Some((Trouble::Password, at(3))));
        set(None, 4);
        assert_eq!(found(), None);
    }
}
