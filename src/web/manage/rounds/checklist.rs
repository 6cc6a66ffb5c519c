//! What there is to see to before a round opens: what is needed, what was seen to, and what would be wise, each with the page
//! where it is mended.

use chrono::NaiveDateTime;

use super::children;
use crate::store::rounds::{self, RoundRow};
use crate::store::{
    Db, StoreError, access_codes, approval_rules, approvals, campaigns, collectors, contacts, parents_notices,
};
use crate::survey::round::Access;
use crate::web::words::Words;

/// Where something on the list stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Done,
    Missing,
    /// The round can open without it.
    Advice,
}

/// One thing on the list.
#[derive(Debug, Clone)]
pub(super) struct Item {
    state: State,
    /// What it is, and what is missing of it.
    pub text: String,
    /// Where it is mended, below the round's address; none where there is nothing to mend.
    pub link: Option<&'static str>,
}

impl Item {
    fn new(is_done: bool, words: Words, done: &str, missing: &str, link: &'static str) -> Self {
        let (state, name) = if is_done { (State::Done, done) } else { (State::Missing, missing) };
        Self { state, text: words.say(name), link: (!is_done).then_some(link) }
    }

    fn advice(text: String, link: &'static str) -> Self {
        Self { state: State::Advice, text, link: Some(link) }
    }

    pub(super) fn is_done(&self) -> bool {
        self.state == State::Done
    }

    /// Its class on the page.
    pub(super) fn class(&self) -> &'static str {
        match self.state {
            State::Done => "done",
            State::Missing => "missing",
            State::Advice => "advice",
        }
    }

    /// The name of what its link says.
    pub(super) fn verb(&self) -> &'static str {
        match (self.state, self.link) {
            (_, Some("approval")) => "approval-go",
            (State::Advice, _) => "settings-see",
            _ => "check-mend",
        }
    }

    /// The name of the word that says where it stands.
    pub(super) fn state(&self) -> &'static str {
        match self.state {
            State::Done => "check-done",
            State::Missing => "check-missing",
            State::Advice => "check-advice",
        }
    }
}

/// What a round cannot open without, in the order in which one sees to it; its approval comes after all of it.
pub(super) fn needed(db: &mut Db, round: &RoundRow, now: NaiveDateTime, words: Words) -> Result<Vec<Item>, StoreError> {
    let targets = rounds::targets(db, round.id)?;
    let is_asked = |unit_id: i64| targets.iter().any(|target| target.unit_id == unit_id);
    let codes = collectors::of_round(db, round.id)?;
    let has_link = codes.iter().any(|row| row.revoked_at.is_none() && is_asked(row.unit_id));
    let has_contact = !round.contact.trim().is_empty();
    let mut items = vec![
        Item::new(round.closes_at > now, words, "check-closing", "open-past-closing", "edit"),
        Item::new(has_contact, words, "check-contact", "open-no-contact", "edit"),
        Item::new(!targets.is_empty(), words, "check-schools", "open-no-school", "units"),
        Item::new(has_link || targets.is_empty(), words, "check-links", "open-no-link", "links"),
    ];
    if children::is_needed(db, round.id)? {
        let is_told = parents_notices::of_round(db, round.id)?.is_some();
        items.push(Item::new(is_told, words, "check-notice", "open-no-notice", "notice"));
    }
    Ok(items)
}

/// Everything there is to see to.
pub(super) fn all(db: &mut Db, round: &RoundRow, now: NaiveDateTime, words: Words) -> Result<Vec<Item>, StoreError> {
    let mut items = needed(db, round, now, words)?;
    if approval_rules::of(db, round.owner_id)?.is_in_force(now) {
        let is_approved = !approvals::is_missing(db, round, now)?;
        items.push(Item::new(is_approved, words, "check-approved", "approval-open-first", "approval"));
    }
    items.extend(advice(db, round, now, words)?);
    Ok(items)
}

/// What would be wise.
fn advice(db: &mut Db, round: &RoundRow, now: NaiveDateTime, words: Words) -> Result<Vec<Item>, StoreError> {
    let mut items = Vec::new();
    if round.access()? == Access::Codes && access_codes::sheets(db, round.id)?.is_empty() {
        items.push(Item::advice(words.say("check-no-codes"), "admission"));
    }
    if round.results_by.is_none() {
        items.push(Item::advice(words.say("check-no-results"), "edit"));
    }
    if campaigns::of_round(db, round.id)?.is_some_and(|campaign| campaign.plan.number.is_empty()) {
        items.push(Item { link: None, ..Item::advice(words.say("check-no-number"), "") });
    }
    if !contacts::of_round(db, round, now)?.is_empty() {
        items.push(Item::advice(words.say("check-crowd"), "units"));
    }
    items.push(Item::advice(words.say("check-try"), "links"));
    Ok(items)
}
