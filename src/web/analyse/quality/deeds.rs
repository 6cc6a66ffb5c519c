//! Leaving forms out, and taking that back.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

use super::asked::{DaysAsked, named};
use super::{Subject, Typed, found_by, of_days, page, said, subject};
use crate::frame::exclusion;
use crate::state::State;
use crate::store::exclusions::{Excluded, NewExclusion, Undone};
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
        let reason = self.reason.clone();
        Typed {
            wrong: Some(said),
            forms: self.forms.clone(),
            reason,
            days: self.days(),
            status: StatusCode::UNPROCESSABLE_ENTITY,
        }
    }
}

/// Forms that shall be left out, and the unit and days if they are those.
type Wanted = (Vec<Vec<u8>>, Option<(i64, Days)>);

/// The forms that what was sent is about; the name of a sentence where there are none.
async fn wanted(
    state: &web::Data<State>,
    subject: &Subject,
    rule: Rule,
    sent: &Sent,
) -> Result<Result<Wanted, &'static str>, Failure> {
    let (forms, days) = match rule {
        Rule::ByHand => (named(&sent.forms), None),
        Rule::UnitDays => match sent.days().of(&subject.units) {
            Err(wrong) => return Ok(Err(wrong)),
            Ok(None) => return Ok(Err("quality-days-no-unit")),
            Ok(Some((unit, days))) => (of_days(state, subject, (unit.id, days)).await?, Some((unit.id, days))),
        },
        rule => (found_by(state, subject, rule).await?, None),
    };
    Ok(match forms {
        None => Err("quality-not-forms"),
        Some(forms) if forms.is_empty() => Err("quality-none"),
        Some(forms) if rule == Rule::ByHand && forms.len() > exclusion::MOST => Err("quality-too-many"),
        Some(forms) => Ok((forms, days)),
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
    let (forms, days) = match wanted(&state, &subject, rule, &sent).await? {
        Ok(wanted) => wanted,
        // one of the sentences tells how many forms are too many
        Err(wrong) => return again(words.with(wrong, "most", words.number(exclusion::MOST as i64))).await,
    };
    if let Some(seen) = sent.seen.filter(|seen| *seen != forms.len()) {
        let numbers = [("seen", seen), ("now", forms.len())].map(|(name, n)| (name, said::number(n as u64, words)));
        return again(words.fill("quality-changed", numbers)).await;
    }
    let forms = at_once(forms, subject.by_rule.get(&rule).map(Vec::as_slice).unwrap_or_default());
    let (catalogue, now, by, analyst) =
        (state.catalogue.clone(), state.clock.now(), officer.account_id, officer.0.clone());
    let excluded = state.store.write(move |db| {
        let round = &subject.round;
        let new = NewExclusion { round_id: round.id, rule, days, reason: &reason, at: now, by };
        let excluded = exclusion::exclude(db, &catalogue, round, new, &forms)?;
        if let Excluded::Forms(n) = excluded {
            let deed = Deed::with(Action::FormsExcluded, [rule.code(), &n.to_string()]).because(reason.as_str());
            analyst.note(db, now, round.owner_id, deed, &round.slug)?;
        }
        Ok(excluded)
    });
    match excluded.await? {
        Excluded::Forms(_) => Ok(see_other(format!("/analyse/{slug}/quality#excluded"))),
        Excluded::Already => again(words.say("quality-out-already")).await,
        Excluded::Unknown => again(words.say("quality-unknown-forms")).await,
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
