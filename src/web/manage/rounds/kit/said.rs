//! What posters and letters say, from the round's own data.

use super::chosen::Chosen;
use crate::document::{Cover, Letter, Poster};
use crate::store::collectors::CollectorRow;
use crate::survey::access::is_assisted;
use crate::survey::code::Audience;
use crate::survey::round::Access;
use crate::web::error::Failure;
use crate::web::respond::address;
use crate::web::words::Words;

/// Says it in one language.
pub(super) struct Speaker<'a> {
    pub(super) chosen: &'a Chosen,
    pub(super) words: Words,
    pub(super) public_url: &'a str,
}

impl Speaker<'_> {
    fn say(&self, name: &str) -> String {
        self.words.say(name)
    }

    /// The address on a poster.
    pub(super) fn url(&self, row: &CollectorRow) -> String {
        row.code.parse().map_or_else(|_| String::new(), |code| address(self.public_url, code))
    }

    pub(super) fn closes(&self) -> String {
        self.words.moment(self.chosen.round.closes_at)
    }

    fn channel(&self, row: &CollectorRow) -> String {
        self.say(&format!("channel-{}", row.channel))
    }

    fn is_codes(&self) -> Result<bool, Failure> {
        Ok(self.chosen.round.access()? == Access::Codes)
    }

    /// The poster of one code.
    pub(super) fn poster(&self, row: &CollectorRow) -> Result<Poster, Failure> {
        let round = &self.chosen.round;
        let (title, unit, lead) = self.chosen.asked.headline(row.unit_id, &row.unit_name, self.words);
        let minutes = self.chosen.asked.minutes(row.unit_id);
        let help = if round.contact.is_empty() {
            String::new()
        } else {
            format!("{} {}. ", self.say("poster-help"), round.contact)
        };
        Ok(Poster {
            owner: self.chosen.owner.clone(),
            title,
            unit,
            lead,
            url: self.url(row),
            code: row.code.clone(),
            scan: self.say("poster-scan"),
            or: self.say("poster-or"),
            slip: self.is_codes()?.then(|| self.say("poster-slip-short")),
            promises: [
                (self.words.with("poster-minutes", "minutes", minutes), self.say("poster-minutes-text")),
                (self.say("poster-names"), self.say("poster-names-text")),
                (self.say("poster-free"), self.say("poster-free-text")),
            ],
            until: (self.say("poster-until"), self.closes()),
            contact: help + &self.say("poster-warning"),
            foot: self.words.fill("poster-for", [("channel", self.channel(row)), ("code", row.code.clone())]),
        })
    }

    /// The letter to those who are asked about this school.
    pub(super) fn letter(&self, row: &CollectorRow) -> Result<Letter, Failure> {
        let round = &self.chosen.round;
        let audience = self.chosen.asked.audience(row.unit_id);
        let whom = audience.map_or("nobody-else", Audience::code);
        let mut paragraphs = vec![
            self.words.fill(
                "letter-why",
                [("owner", self.chosen.owner.clone()), ("unit", row.unit_name.clone()), ("round", round.title.clone())],
            ),
            self.chosen.asked.headline(row.unit_id, &row.unit_name, self.words).2,
            self.words.with("letter-anonymous", "minutes", self.chosen.asked.minutes(row.unit_id)),
            self.words.with("letter-until", "closes", self.closes()),
        ];
        if self.is_codes()? {
            paragraphs.push(self.say("letter-codes"));
        } else if audience.is_none_or(is_assisted) {
            paragraphs.push(self.say("letter-paper"));
        }
        if let Some(day) = round.results_by {
            paragraphs.push(self.words.with("letter-results", "day", self.words.date(day)));
        }
        if !round.contact.is_empty() {
            paragraphs.push(self.words.with("letter-contact", "contact", round.contact.clone()));
        }
        Ok(Letter {
            owner: self.chosen.owner.clone(),
            dated: self.say("letter-dated"),
            title: self.say(if audience == Some(Audience::PhuHuynh) { "letter-title-parents" } else { "letter-title" }),
            subject: self.words.with("letter-subject", "round", round.title.clone()),
            to: self.words.with(&format!("letter-to-{whom}"), "unit", row.unit_name.clone()),
            paragraphs,
            scan: self.say("poster-scan"),
            or: self.say("letter-or"),
            url: self.url(row),
            ending: [self.say("letter-ending"), self.chosen.owner.clone()],
        })
    }

    /// The sheet on top of a bundle of forms from this school.
    pub(super) fn cover(&self, row: &CollectorRow) -> Cover {
        let questionnaires = self.chosen.asked.of(row.unit_id);
        let only = match questionnaires[..] {
            [only] => Some(only.questionnaire.title.get(self.words.0).to_owned()),
            _ => None,
        };
        let field = |name: &str, known: Option<String>| (self.say(name), known);
        Cover {
            owner: self.chosen.owner.clone(),
            title: self.say("cover-title"),
            round: self.chosen.round.title.clone(),
            fields: vec![
                field("cover-unit", Some(format!("{} ({})", row.unit_name, row.unit_code))),
                field("cover-channel", Some(self.channel(row))),
                field("cover-form", only),
                field("cover-batch", None),
                field("cover-day", None),
                field("cover-seal", None),
            ],
            counts: ["cover-handed-out", "cover-returned", "cover-valid"].map(|name| self.say(name)),
            rules: ["cover-rule-count", "cover-rule-number", "cover-rule-valid", "cover-rule-enter"]
                .map(|name| self.say(name))
                .to_vec(),
            signatures: ["cover-gives", "cover-takes"].map(|name| self.say(name)),
        }
    }
}
