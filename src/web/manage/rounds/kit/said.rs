//! What posters and letters say, from the round's own data.

use super::chosen::Chosen;
use crate::catalogue::Published;
use crate::document::{Cover, Letter, Notice, Poster};
use crate::store::collectors::CollectorRow;
use crate::survey::access::is_assisted;
use crate::survey::code::Audience;
use crate::survey::questionnaire::Questionnaire;
use crate::survey::round::Access;
use crate::web::error::Failure;
use crate::web::respond::{address, letter};
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

    /// A sentence to those who are asked about this school, in the wording for them.
    fn to<const N: usize>(&self, row: &CollectorRow, name: &str, values: [(&'static str, String); N]) -> String {
        let mut values = values.to_vec();
        values.push(("whom", self.chosen.asked.whom(row.unit_id).to_owned()));
        self.words.fill(name, values)
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
            contact: help + &self.to(row, "poster-warning", []),
            foot: self.words.fill("poster-for", [("channel", self.channel(row)), ("code", row.code.clone())]),
        })
    }

    /// The letter to those who are asked about this school.
    pub(super) fn letter(&self, row: &CollectorRow) -> Result<Letter, Failure> {
        let round = &self.chosen.round;
        let audience = self.chosen.asked.audience(row.unit_id);
        let whom = audience.map_or("nobody-else", Audience::code);
        let why =
            [("owner", self.chosen.owner.clone()), ("unit", row.unit_name.clone()), ("round", round.title.clone())];
        let minutes = self.chosen.asked.minutes(row.unit_id).to_string();
        let mut paragraphs = vec![
            self.to(row, "letter-why", why),
            self.chosen.asked.headline(row.unit_id, &row.unit_name, self.words).2,
            self.to(row, "letter-anonymous", [("minutes", minutes)]),
            self.words.with("letter-until", "closes", self.closes()),
        ];
        if self.is_codes()? {
            paragraphs.push(self.to(row, "letter-codes", []));
        } else if audience.is_none_or(is_assisted) {
            paragraphs.push(self.to(row, "letter-paper", []));
        }
        if let Some(day) = round.results_by {
            paragraphs.push(self.words.with("letter-results", "day", self.words.date(day)));
        }
        if !round.contact.is_empty() {
            paragraphs.push(self.to(row, "letter-contact", [("contact", round.contact.clone())]));
        }
        Ok(Letter {
            owner: self.chosen.owner.clone(),
            dated: self.say("letter-dated"),
            title: self.to(row, "letter-title", []),
            subject: self.words.with("letter-subject", "round", round.title.clone()),
            to: self.words.with(&format!("letter-to-{whom}"), "unit", row.unit_name.clone()),
            paragraphs,
            scan: self.say("poster-scan"),
            or: self.say("letter-or"),
            url: self.url(row),
            ending: [self.to(row, "letter-ending", []), self.chosen.owner.clone()],
        })
    }

    /// The letter to the parents of this school's pupils: in Vietnamese around it, too, because that is how it was written.
    pub(super) fn notice(&self, row: &CollectorRow) -> Option<Notice> {
        let words = Words::VI;
        let round = &self.chosen.round;
        let text = self.chosen.notice.as_ref().filter(|_| self.chosen.asked.asks_children(row.unit_id))?;
        Some(Notice {
            owner: self.chosen.owner.clone(),
            dated: words.say("letter-dated"),
            title: words.say("notice-print-title"),
            unit: words.with("notice-print-unit", "unit", row.unit_name.clone()),
            text: letter(text, round.closes_at, &round.contact),
            scan: words.say("notice-print-scan"),
            or: words.say("letter-or"),
            url: format!("{}/thu-cha-me", self.url(row)),
            foot: words.fill("notice-print-foot", [("unit", row.unit_name.clone()), ("round", round.title.clone())]),
        })
    }

    /// The sheets on top of bundles of forms from this school: one for each questionnaire, so that what lies below is of one kind.
    pub(super) fn covers(&self, row: &CollectorRow) -> Vec<Cover> {
        self.typed(row).map(|form| self.cover(row, &form.questionnaire)).collect()
    }

    /// The questionnaires of this school that officers type from paper.
    pub(super) fn typed(&self, row: &CollectorRow) -> impl Iterator<Item = &Published> {
        let all = self.chosen.asked.of(row.unit_id).into_iter();
        all.filter(|form| is_assisted(form.questionnaire.audience))
    }

    fn cover(&self, row: &CollectorRow, questionnaire: &Questionnaire) -> Cover {
        let title = questionnaire.title.get(questionnaire.lang(self.words.0)).to_owned();
        let level = questionnaire.level.map(|level| self.say(&format!("level-{level}")));
        let field = |name: &str, known: Option<String>| (self.say(name), known);
        let mut fields = vec![
            field("cover-unit", Some(format!("{} ({})", row.unit_name, row.unit_code))),
            field("cover-channel", Some(self.channel(row))),
            field("cover-form", Some(title)),
        ];
        fields.extend(level.map(|level| field("cover-level", Some(level))));
        fields.extend(["cover-batch", "cover-day", "cover-seal"].map(|name| field(name, None)));
        Cover {
            owner: self.chosen.owner.clone(),
            title: self.say("cover-title"),
            round: self.chosen.round.title.clone(),
            fields,
            counts: ["cover-handed-out", "cover-returned", "cover-valid"].map(|name| self.say(name)),
            rules: ["cover-rule-count", "cover-rule-number", "cover-rule-valid", "cover-rule-enter"]
                .map(|name| self.say(name))
                .to_vec(),
            signatures: ["cover-gives", "cover-takes"].map(|name| self.say(name)),
        }
    }
}
