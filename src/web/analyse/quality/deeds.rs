//! Leaving forms out, and taking that back.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use data_encoding::HEXLOWER;
use serde::Deserialize;

use super::asked::{DaysAsked, named};
use super::{Subject, Typed, found_by, page, said, subject};
use crate::frame::exclusion;
use crate::state::State;
use crate::store::exclusions::{Excluded, NewExclusion, Undone};
use crate::store::{Db, StoreError};
use crate::survey::audit::Action;
use crate::survey::exclusion::{Days, Reason, Rule, Unreasoned};
use crate::web::deed::Deed;
use crate::web::error::Failure;
use crate::web::page::see_other;
use crate::web::session::Analyst;
use crate::web::words::Words;

/// What an exclusion is sent with.
#[derive(Deserialize)]
pub(in crate::web::analyse) struct Sent {
    #[serde(rename = "_csrf")]
    csrf: String,
    #[serde(default)]
    rule: String,
    #[serde(default)]
    forms: String,
    #[serde(default)]
    reason: String,
    /// How many forms the rule had found when the page was made.
    seen: Option<usize>,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
}

impl Sent {
    fn days(&self) -> DaysAsked {
        DaysAsked { unit: self.unit.clone(), from: self.from.clone(), to: self.to.clone() }
    }

    fn typed(&self, said: String) -> Typed {
        let (wrong, forms, reason) = (Some(said), self.forms.clone(), self.reason.clone());
        Typed { wrong, forms, reason, days: self.days(), status: StatusCode::UNPROCESSABLE_ENTITY, ..Typed::default() }
    }
}

/// What shall be left out.
enum Wanted {
    /// These forms.
    Forms(Vec<Vec<u8>>),
    /// Whatever a unit has on these days when it is left out.
    Days(i64, Days),
}

impl Wanted {
    fn days(&self) -> Option<(i64, Days)> {
        match self {
            Self::Forms(_) => None,
            Self::Days(unit, days) => Some((*unit, *days)),
        }
    }

    fn forms(self, db: &mut Db, round_id: i64) -> Result<Vec<Vec<u8>>, StoreError> {
        match self {
            Self::Forms(forms) => Ok(forms),
            Self::Days(unit, days) => exclusion::of_days(db, round_id, (unit, days)),
        }
    }
}

/// What became of it.
enum Outcome {
    /// So many forms are found now; whoever sent this had seen another number.
    Changed(usize),
    Done(Excluded),
}

/// What was sent is about these forms; a sentence where there are none.
async fn wanted(
    state: &web::Data<State>,
    subject: &Subject,
    rule: Rule,
    sent: &Sent,
    words: Words,
) -> Result<Result<Wanted, String>, Failure> {
    let forms = match rule {
        Rule::ByHand => match named(&sent.forms) {
            Ok(forms) => forms,
            Err(others) => return Ok(Err(said::listed("quality-not-forms", &others, words))),
        },
        Rule::UnitDays => {
            return Ok(match sent.days().of(&subject.units) {
                Ok(Some((unit, days))) => Ok(Wanted::Days(unit.id, days)),
                Ok(None) => Err(words.say("quality-days-no-unit")),
                Err(wrong) => Err(words.say(wrong)),
            });
        }
        rule => match found_by(state, subject, rule).await? {
            Some(forms) => forms,
            None => return Ok(Err(words.say("crosstab-awaited"))),
        },
    };
    Ok(match forms.len() {
        0 => Err(words.say("quality-none")),
        n if rule == Rule::ByHand && n > exclusion::MOST => {
            Err(words.with("quality-too-many", "most", words.number(exclusion::MOST as i64)))
        }
        _ => Ok(Wanted::Forms(forms)),
    })
}

/// What is left out now: [`exclusion::MOST`] forms at most, for the intake waits meanwhile. Those that the rule leaves out already do not
/// take the place of others.
fn at_once(forms: Vec<Vec<u8>>, already: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let all_out = forms.iter().all(|form| already.binary_search(form).is_ok());
    let is_new = |form: &Vec<u8>| all_out || already.binary_search(form).is_err();
    forms.into_iter().filter(is_new).take(exclusion::MOST).collect()
}

fn unreasoned(why: Unreasoned, words: Words) -> String {
    match why {
        Unreasoned::Short => words.say("quality-no-reason"),
        Unreasoned::Long => words.with("quality-long-reason", "most", Reason::MOST),
    }
}

/// `POST …/quality`: leaves out what a rule finds, a school's forms of some days, or the forms that are named.
pub(in crate::web::analyse) async fn exclude(
    request: HttpRequest,
    officer: Analyst,
    state: web::Data<State>,
    slug: web::Path<String>,
    sent: web::Form<Sent>,
) -> Result<HttpResponse, Failure> {
    officer.check_csrf(&sent.csrf)?;
    let words = officer.words;
    let subject = subject(&state, &officer, &slug).await?;
    let rule: Rule = sent.rule.parse().map_err(|_| Failure::Bad(words.say("quality-no-rule")))?;
    let again = |said: String| page(&request, &officer, &state, &slug, sent.typed(said));
    let reason = match Reason::parse(&sent.reason) {
        Ok(reason) => reason,
        Err(why) => return again(unreasoned(why, words)).await,
    };
    let wanted = match wanted(&state, &subject, rule, &sent, words).await? {
        Ok(wanted) => wanted,
        Err(wrong) => return again(wrong).await,
    };
    let (catalogue, now, by, analyst, seen) =
        (state.catalogue.clone(), state.clock.now(), officer.account_id, officer.0.clone(), sent.seen);
    let outcome = state.store.write(move |db| {
        let (round, days) = (&subject.round, wanted.days());
        let mut forms = wanted.forms(db, round.id)?;
        // what came in after somebody looked is not left out unseen
        if seen.is_some_and(|seen| seen != forms.len()) {
            return Ok(Outcome::Changed(forms.len()));
        }
        if rule != Rule::ByHand {
            forms = at_once(forms, subject.by_rule.get(&rule).map(Vec::as_slice).unwrap_or_default());
        }
        let new = NewExclusion { round_id: round.id, rule, days, reason: &reason, at: now, by };
        let excluded = exclusion::exclude(db, &catalogue, round, new, &forms)?;
        if let Excluded::Forms { now: n, .. } = excluded {
            let deed = Deed::with(Action::FormsExcluded, [rule.code(), &n.to_string()]).because(reason.as_str());
            analyst.note(db, now, round.owner_id, deed, &round.slug)?;
        }
        Ok(Outcome::Done(excluded))
    });
    match outcome.await? {
        Outcome::Changed(now) => again(said::changed(rule, (sent.seen.unwrap_or(0), now), words)).await,
        Outcome::Done(Excluded::Forms { already, .. }) if already > 0 => {
            Ok(see_other(format!("/analyse/{slug}/quality?already={already}#excluded")))
        }
        Outcome::Done(Excluded::Forms { .. }) => Ok(see_other(format!("/analyse/{slug}/quality#excluded"))),
        Outcome::Done(Excluded::Already) => again(words.say("quality-out-already")).await,
        Outcome::Done(Excluded::Nothing) => again(words.say("quality-none")).await,
        Outcome::Done(Excluded::Unknown(forms)) => {
            let ids: Vec<String> = forms.iter().map(|id| HEXLOWER.encode(id)).collect();
            let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
            again(said::listed("quality-unknown-forms", &ids, words)).await
        }
    }
}

/// `POST …/quality/{id}/undo`
pub(in crate::web::analyse) async fn include(
    request: HttpRequest,
    officer: Analyst,
    state: web::Data<State>,
    path: web::Path<(String, i64)>,
    sent: web::Form<Sent>,
) -> Result<HttpResponse, Failure> {
    officer.check_csrf(&sent.csrf)?;
    let ((slug, id), words) = (path.into_inner(), officer.words);
    let subject = subject(&state, &officer, &slug).await?;
    let said = |status, said| Typed { wrong: Some(said), status, ..Typed::default() };
    let reason = match Reason::if_any(&sent.reason) {
        Ok(reason) => reason,
        Err(why) => {
            let typed = said(StatusCode::UNPROCESSABLE_ENTITY, unreasoned(why, words));
            return page(&request, &officer, &state, &slug, typed).await;
        }
    };
    let (catalogue, now, by, analyst) =
        (state.catalogue.clone(), state.clock.now(), officer.account_id, officer.0.clone());
    let undone = state.store.write(move |db| {
        let round = &subject.round;
        let undone = exclusion::include(db, &catalogue, round, id, (now, by, reason.as_ref()))?;
        if undone == Undone::Now {
            let why = reason.as_ref().map_or("", Reason::as_str);
            let deed = Deed::with(Action::FormsIncluded, [id.to_string()]).because(why);
            analyst.note(db, now, round.owner_id, deed, &round.slug)?;
        }
        Ok(undone)
    });
    match undone.await? {
        Undone::Now => Ok(see_other(format!("/analyse/{slug}/quality#excluded"))),
        Undone::Before => {
            let typed = said(StatusCode::CONFLICT, words.say("quality-undone-before"));
            page(&request, &officer, &state, &slug, typed).await
        }
        Undone::Unknown => Err(Failure::NotFound),
    }
}
