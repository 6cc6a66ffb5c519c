//! `/manage/rounds/{slug}/settings`: everything that is settled about a round on one page, in plain words, with the page where
//! each is changed.

use actix_web::web::{self, Data};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use chrono::NaiveDateTime;

use super::asked::Asked;
use super::form::RoundForm;
use super::stage::Stage;
use super::targets::questionnaires_of;
use super::trouble::Trouble;
use super::{children, read, said};
use crate::catalogue::Catalogue;
use crate::state::State;
use crate::store::rounds::{self, RoundRow};
use crate::store::{Db, StoreError, approval_rules, approvals, campaigns, quotas};
use crate::survey::access::Right;
use crate::survey::audit::Action;
use crate::survey::campaign::LONGEST_KEPT;
use crate::survey::round::{Access, minimum_group};
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::session::{Officer, Planner, Steering};
use crate::web::words::Words;

/// A larger smallest group than this would publish nothing.
const LARGEST_MINIMUM: i64 = 200;

#[derive(Template)]
#[template(path = "web/manage/rounds/settings.html")]
struct SettingsPage {
    desk: DeskFrame,
    said: Option<String>,
    trouble: Trouble,
    round: RoundRow,
    rows: Vec<Row>,
    /// The smallest group that the program allows here.
    least: i64,
    is_draft: bool,
}

/// One thing that is settled.
struct Row {
    name: String,
    text: String,
    /// Where it is changed, below the round's address.
    link: Option<&'static str>,
}

impl Row {
    /// Whether its page has the form for it.
    fn is_changed_there(&self, is_draft: bool) -> bool {
        is_draft && matches!(self.link, Some("edit" | "forms" | "units" | "admission" | "notice"))
    }
}

/// `GET …/settings`
pub(super) async fn show(
    request: HttpRequest,
    officer: Steering,
    state: Data<State>,
    slug: web::Path<String>,
) -> Result<HttpResponse, Failure> {
    page(&request, &officer, &state, &slug, Trouble::default()).await
}

async fn page(
    request: &HttpRequest,
    officer: &Officer,
    state: &State,
    slug: &str,
    trouble: Trouble,
) -> Result<HttpResponse, Failure> {
    let (catalogue, words, now) = (state.catalogue.clone(), officer.words, state.clock.now());
    let (round, rows, least) = read(state, officer, slug, move |db, round| {
        let rows = rows(db, &catalogue, &round, now, words)?;
        let least = minimum_group(&questionnaires_of(db, round.id)?);
        Ok((round, rows, least))
    })
    .await?;
    let page = SettingsPage {
        desk: DeskFrame::new(request, officer, Room::Rounds),
        said: said::said(request, state, officer),
        is_draft: !Stage::of(&round, now).has_begun(),
        round,
        rows,
        least,
        trouble,
    };
    said::show(request, &page.trouble, &page)
}

/// Everything that is settled, in the order in which people ask about it.
fn rows(
    db: &mut Db,
    catalogue: &Catalogue,
    round: &RoundRow,
    now: NaiveDateTime,
    words: Words,
) -> Result<Vec<Row>, StoreError> {
    let row = |name: &str, text: String, link| Row { name: words.say(name), text, link };
    let is_draft = !Stage::of(round, now).has_begun();
    let edit = is_draft.then_some("edit");
    let dossier = approvals::dossier(db, round)?;
    let schools = i64::try_from(dossier.units.len()).unwrap_or(i64::MAX);
    let channels: Vec<String> = dossier.channels.iter().map(|code| words.say(&format!("channel-{code}"))).collect();
    let (stage, forms) = (Stage::of(round, now), Asked::read(db, catalogue, round.id)?.titles(words));
    let mut rows = vec![
        row("settings-when", format!("{}. {}", stage.label(words), stage.sentence(round, words)), edit),
        row("show-forms", forms.join("; "), Some(if is_draft { "forms" } else { "approval" })),
        row("approval-units", words.count("rounds-schools", schools), Some("units")),
        row("approval-channels", channels.join(", "), Some(if is_draft { "forms" } else { "links" })),
        row("settings-mode", words.say("settings-mode-text"), None),
        row("approval-access", access(round, words)?, Some("admission")),
        row("settings-most", most(db, round, words)?, Some("admission")),
        row("settings-anonymous", words.say("settings-anonymous-text"), None),
        row("settings-seen", words.with("settings-seen-text", "k", round.minimum_group), None),
        row("sealed-title", words.say(if round.sealed_at.is_some() { "sealed-yes" } else { "sealed-no" }), edit),
        row("interim-title", words.say(interim(round)), None),
        row("approval-pictures", words.say(pictures(round)), edit),
        row("campaign-kept", kept(db, round, words)?, None),
    ];
    if children::is_needed(db, round.id)? {
        rows.push(row("children-title", words.say(notice(dossier.parents_notice.is_some())), Some("notice")));
    }
    let is_needed = approval_rules::of(db, round.owner_id)?.is_in_force(now);
    let rule = if is_needed { "settings-two" } else { "settings-one" };
    rows.push(row("approval-row", words.say(rule), Some("approval")));
    Ok(rows)
}

fn access(round: &RoundRow, words: Words) -> Result<String, StoreError> {
    Ok(words.say(match round.access()? {
        Access::Open => "approval-access-open",
        Access::Codes => "approval-access-codes",
    }))
}

fn most(db: &mut Db, round: &RoundRow, words: Words) -> Result<String, StoreError> {
    let groups = i64::try_from(quotas::of_round(db, round.id)?.len()).unwrap_or(i64::MAX);
    let unit = match round.unit_most {
        Some(most) => words.with("settings-most-unit", "most", words.number(most)),
        None => words.say("settings-most-any"),
    };
    Ok(if groups > 0 { format!("{unit} {}", words.count("settings-most-groups", groups)) } else { unit })
}

fn interim(round: &RoundRow) -> &'static str {
    if round.interim_allowed_at.is_some() && !round.is_sealed() {
        "settings-interim-yes"
    } else {
        "settings-interim-no"
    }
}

fn pictures(round: &RoundRow) -> &'static str {
    if round.pictures_allowed_at.is_some() { "settings-pictures-yes" } else { "settings-pictures-no" }
}

fn notice(is_there: bool) -> &'static str {
    if is_there { "check-notice" } else { "open-no-notice" }
}

fn kept(db: &mut Db, round: &RoundRow, words: Words) -> Result<String, StoreError> {
    let months = campaigns::of_round(db, round.id)?.map_or(LONGEST_KEPT, |campaign| campaign.plan.kept_months);
    Ok(words.count("campaign-kept-for", months))
}

/// `POST …/settings`: a larger smallest group. A smaller one than the program's would tell who answered.
pub(super) async fn save(form: RoundForm<Planner>) -> Result<HttpResponse, Failure> {
    let fields = &form.fields;
    let (words, now, minimum) = (form.words(), form.now(), fields.number("minimum"));
    let done = form
        .change(Action::RoundEdited, move |db, round| {
            if Stage::of(&round, now).has_begun() {
                return Ok(Err(Trouble::page(words.say("said-too-late"))));
            }
            let least = minimum_group(&questionnaires_of(db, round.id)?);
            let Some(minimum) = minimum.filter(|minimum| (least..=LARGEST_MINIMUM).contains(minimum)) else {
                let bounds = [("least", least.to_string()), ("most", LARGEST_MINIMUM.to_string())];
                return Ok(Err(Trouble::at("minimum", words.fill("settings-minimum-wrong", bounds))));
            };
            rounds::set_minimum(db, round.id, minimum)?;
            Ok(Ok(words.with("said-minimum", "k", minimum)))
        })
        .await?;
    form.answer(done, "/settings", page).await
}
