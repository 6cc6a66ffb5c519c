//! Letters that tell somebody what was done to the own account: an officer who looks after people can do much to it, and its
//! owner would otherwise learn of it last. They hold no link, and name somebody else to ask.

use chrono::{NaiveDateTime, TimeDelta};

use crate::mail::{self, Address, Delivery, Letter};
use crate::secret::Secret;
use crate::store::roles::{self, Keeper};
use crate::store::{Db, StoreError, account_mails, people};
use crate::web::session::Officer;
use crate::web::words::Words;

/// A letter that could not be sent for so long tells nothing that is still news.
const LASTS: TimeDelta = TimeDelta::days(3);

/// What was done to an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// A link was made that sets a new password.
    LinkMade,
    /// A link set a password.
    PasswordSet,
    /// The password was changed by somebody who was signed in.
    PasswordChanged,
    /// The address was changed to which its links go.
    MailChanged,
    /// The second step of signing in was taken away.
    CodesGone,
    /// Its roles are others.
    RolesChanged,
    /// Nobody signs in with it any more.
    Stopped,
    /// It can be used again.
    Restarted,
}

impl News {
    fn code(self) -> &'static str {
        match self {
            Self::LinkMade => "link-made",
            Self::PasswordSet => "password-set",
            Self::PasswordChanged => "password-changed",
            Self::MailChanged => "mail-changed",
            Self::CodesGone => "codes-gone",
            Self::RolesChanged => "roles-changed",
            Self::Stopped => "stopped",
            Self::Restarted => "restarted",
        }
    }
}

/// Who is told, by whom it was done, and when.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// Seals the letter.
    pub secret: &'a Secret,
    /// In which language.
    pub words: Words,
    /// Who did it; none: whoever held a link or sat at the own account.
    pub by: Option<&'a Officer>,
    /// UTC.
    pub now: NaiveDateTime,
}

impl Told<'_> {
    /// Queues the letter to whoever has an address on file. Call it in the transaction of what it is about.
    ///
    /// # Errors
    /// The database failed.
    pub fn tell(&self, db: &mut Db, account_id: i64, news: News) -> Result<(), StoreError> {
        match account_mails::of(db, account_id)? {
            Some(address) => self.tell_at(db, account_id, &address, news),
            None => Ok(()),
        }
    }

    /// The same to this address, which may be the one before.
    ///
    /// # Errors
    /// The database failed.
    pub fn tell_at(&self, db: &mut Db, account_id: i64, address: &str, news: News) -> Result<(), StoreError> {
        let (Ok(to), Some(person)) = (address.parse::<Address>(), people::find(db, account_id)?) else { return Ok(()) };
        let words = self.words;
        let values = [
            ("name", person.name.clone()),
            ("login", person.login.clone()),
            ("at", words.moment(self.now)),
            ("by", self.by.map_or_else(|| words.say("news-by-holder"), |by| format!("{} ({})", by.name, by.login))),
            ("what", words.say(&format!("news-{}", news.code()))),
            ("ask", self.whom_to_ask(db, account_id, person.unit_id)?),
        ];
        let letter = Letter {
            to,
            lang: words.interface().to_string(),
            subject: words.with("news-subject", "login", &person.login),
            text: words.fill("news-text", values),
            unsubscribe: None,
        };
        let moment = self.now.and_utc().timestamp_micros().to_be_bytes();
        let about: [&[u8]; 4] = [b"account news", news.code().as_bytes(), &account_id.to_be_bytes(), &moment];
        let delivery = Delivery { about: &about, round_id: None, due_at: self.now, until: self.now + LASTS };
        mail::queue(db, self.secret, &letter, &delivery, self.now).map(|_| ())
    }

    /// Those who look after people there, but neither who did it nor whom it was done to.
    fn whom_to_ask(&self, db: &mut Db, account_id: i64, unit_id: i64) -> Result<String, StoreError> {
        let did = self.by.map(|by| by.account_id);
        let mut others = roles::keepers_of(db, unit_id)?;
        others.retain(|keeper| keeper.account_id != account_id && Some(keeper.account_id) != did);
        let named = |keeper: &Keeper| format!("{} ({})", keeper.name, keeper.unit);
        let names: Vec<String> = others.iter().take(3).map(named).collect();
        Ok(match names.is_empty() {
            true => self.words.say("news-ask-leader"),
            false => self.words.with("news-ask", "names", names.join(", ")),
        })
    }
}
