//! `/manage/paper/new`: a bundle begins with what its cover says.

use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use crate::catalogue::Published;
use crate::state::State;
use crate::store::collectors::{self, CollectorRow};
use crate::store::paper::{self, NewBatch};
use crate::store::rounds::{self, RoundRow};
use crate::store::{Db, StoreError};
use crate::survey::access::is_assisted;
use crate::survey::audit::Action;
use crate::survey::batch::{Counts, WrongCounts};
use crate::survey::code::EVERY_LEVEL;
use crate::survey::round::{Access, Gate};
use crate::survey::text::Lang;
use crate::vietnamese::{compare, local};
use crate::web::deed::Deed;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::manage::fields::{Fields, pupils};
use crate::web::manage::said;
use crate::web::manage::trouble::Trouble;
use crate::web::session::{Assistant, Officer};
use crate::web::words::Words;

#[derive(Template)]
#[template(path = "web/manage/paper/begin.html")]
struct BeginPage {
    desk: DeskFrame,
    said: Option<String>,
    trouble: Trouble,
    /// Rounds in which paper can be typed, to choose from.
    rounds: Vec<RoundRow>,
    chosen: Option<Open>,
    today: NaiveDate,
}

impl BeginPage {
    fn counts(&self) -> [(&'static str, String); 3] {
        counted(self.desk.words)
    }

    fn count(&self, _: &str) -> String {
        String::new()
    }

    fn seal(&self) -> &'static str {
        ""
    }
}

/// The numbers of a cover: the names of their fields, and what they are called.
pub(super) fn counted(words: Words) -> [(&'static str, String); 3] {
    [("handed_out", "cover-handed-out"), ("returned", "cover-returned"), ("valid", "cover-valid")]
        .map(|(field, name)| (field, words.say(name)))
}

/// A round in which paper can be typed.
pub(super) struct Open {
    round: RoundRow,
    rows: Vec<CollectorRow>,
    forms: Vec<std::sync::Arc<Published>>,
    /// At which levels each school is asked.
    levels: Vec<(i64, String)>,
}

impl Open {
    /// Whether a school is asked with this questionnaire.
    fn asks(&self, unit_id: i64, form: &Published) -> bool {
        let level = form.questionnaire.level_code();
        let mut own = self.levels.iter().filter(|(unit, _)| *unit == unit_id);
        own.any(|(_, own)| level == EVERY_LEVEL || own == level)
    }
}

#[derive(Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    round: String,
}

/// Letters that a seal takes.
const SEAL: usize = 120;

/// Whether forms on paper can still be typed into a round: it has begun, its figures are not frozen, and nobody needs a code to
/// get in – a sheet has none, and two ways of counting households would be none.
fn takes_paper(round: &RoundRow, state: &State) -> Result<bool, StoreError> {
    let gate = round.window().gate(state.clock.now());
    Ok(matches!(gate, Gate::Open | Gate::Grace) && round.access()? == Access::Open)
}

fn open_rounds(db: &mut Db, state: &State, officer: &Officer) -> Result<Vec<Open>, StoreError> {
    let below = officer.assists(db)?;
    let mut open = Vec::new();
    for round in rounds::all(db)? {
        if !takes_paper(&round, state)? {
            continue;
        }
        let mut forms = state.catalogue.of_round(db, round.id)?;
        forms.retain(|form| is_assisted(form.questionnaire.audience));
        let mut rows = collectors::of_round(db, round.id)?;
        rows.retain(|row| row.revoked_at.is_none() && below.contains(&row.unit_id));
        rows.sort_by(|a, b| compare(&a.unit_name, &b.unit_name));
        let levels = rounds::targets(db, round.id)?.into_iter().map(|target| (target.unit_id, target.level)).collect();
        if !forms.is_empty() && !rows.is_empty() {
            open.push(Open { round, rows, forms, levels });
        }
    }
    Ok(open)
}

/// `GET /manage/paper/new?round=…`
pub(super) async fn show(
    request: HttpRequest,
    officer: Assistant,
    state: web::Data<State>,
    wanted: web::Query<Wanted>,
) -> Result<HttpResponse, Failure> {
    page(&request, &officer, &state, &wanted.round, Trouble::default()).await
}

async fn page(
    request: &HttpRequest,
    officer: &Officer,
    state: &web::Data<State>,
    slug: &str,
    trouble: Trouble,
) -> Result<HttpResponse, Failure> {
    let (held, assistant) = (state.clone(), officer.clone());
    let open = state.store.read(move |db| open_rounds(db, &held, &assistant)).await?;
    let rounds: Vec<RoundRow> = open.iter().map(|open| open.round.clone()).collect();
    let is_only = open.len() == 1;
    let page = BeginPage {
        desk: DeskFrame::new(request, officer, Room::Paper),
        said: said::said(request, state, officer),
        trouble,
        rounds,
        chosen: open.into_iter().find(|open| is_only || open.round.slug == slug),
        today: state.clock.today(),
    };
    said::show(request, &page.trouble, &page)
}

/// `POST /manage/paper/new`
pub(super) async fn make(
    request: HttpRequest,
    officer: Assistant,
    state: web::Data<State>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::sent(&officer, &body)?;
    let (held, assistant, sent) = (state.clone(), officer.0.clone(), fields.clone());
    let made = state
        .store
        .write(move |db| {
            let open = open_rounds(db, &held, &assistant)?;
            let Some(open) = open.into_iter().find(|open| open.round.slug == sent.one("round")) else {
                return Ok(Err(Trouble::page(assistant.words.say("batch-no-round"))));
            };
            let new = match typed(&open, &sent, &held, &assistant) {
                Ok(new) => new,
                Err(trouble) => return Ok(Err(trouble)),
            };
            let now = held.clock.now();
            let id = paper::make(db, &new, now)?;
            let number = paper::find(db, id)?.map_or(0, |batch| batch.number).to_string();
            assistant.note(
                db,
                now,
                open.round.owner_id,
                Deed::with(Action::PaperBatchMade, [number]),
                &open.round.slug,
            )?;
            Ok(Ok(id))
        })
        .await?;
    match made {
        Ok(id) => Ok(said::see_other(&state, &officer, super::address(id), &officer.words.say("batch-made"))),
        Err(trouble) => page(&request, &officer, &state, fields.one("round"), trouble.typed(fields.clone())).await,
    }
}

/// The numbers of a cover.
pub(super) fn counts(fields: &Fields, words: Words) -> Result<Counts, Trouble> {
    let number = |name: &str| pupils(fields.one(name)).unwrap_or(0);
    Counts::new(number("handed_out"), number("returned"), number("valid")).map_err(|wrong| match wrong {
        WrongCounts::Number => {
            let first = ["handed_out", "returned", "valid"].into_iter().find(|name| number(name) < 1);
            Trouble::at(
                first.unwrap_or("handed_out"),
                words.with("batch-wrong-number", "most", crate::survey::batch::MOST),
            )
        }
        WrongCounts::Returned => Trouble::at("returned", words.say("batch-wrong-returned")),
        WrongCounts::Valid => Trouble::at("valid", words.say("batch-wrong-valid")),
    })
}

/// What is written about the seal.
pub(super) fn seal(fields: &Fields) -> String {
    fields.one("seal").chars().take(SEAL).collect()
}

/// The questionnaire of the bundle: the one that was chosen, or the only one of this school.
fn chosen_form<'a>(open: &'a Open, unit: i64, fields: &Fields, words: Words) -> Result<&'a Published, Trouble> {
    let own: Vec<&Published> = open.forms.iter().map(AsRef::as_ref).filter(|form| open.asks(unit, form)).collect();
    let titles: Vec<&str> = own.iter().map(|form| form.questionnaire.title.get(Lang::VI)).collect();
    let wrong = |name: &str| Trouble::at("form", words.with(name, "forms", titles.join("; ")));
    match (fields.number("form"), &own[..]) {
        (None, [only]) => Ok(only),
        (None, _) => Err(wrong("batch-which-form")),
        (Some(wanted), _) => {
            own.iter().find(|form| form.id == wanted).copied().ok_or_else(|| wrong("batch-wrong-form"))
        }
    }
}

fn typed(open: &Open, fields: &Fields, state: &State, officer: &Officer) -> Result<NewBatch, Trouble> {
    let words = officer.words;
    let Some(row) = open.rows.iter().find(|row| row.code == fields.one("code")) else {
        return Err(Trouble::at("code", words.say("batch-wrong-school")));
    };
    let channel = row.channel().map_err(|error| Trouble::page(error.to_string()))?;
    let form = chosen_form(open, row.unit_id, fields, words)?;
    let opened = open.round.opens_at.map(|at| local(at).date());
    let closes = local(open.round.closes_at).date();
    let day = fields.day("day").ok().flatten();
    let is_fine =
        |day: &NaiveDate| *day <= state.clock.today() && opened.is_none_or(|opened| *day >= opened) && *day <= closes;
    let Some(collected_on) = day.filter(is_fine) else {
        return Err(Trouble::at("day", words.say("batch-wrong-day")));
    };
    Ok(NewBatch {
        round_id: open.round.id,
        unit_id: row.unit_id,
        channel,
        version_id: form.id,
        collected_on,
        counts: counts(fields, words)?,
        seal: seal(fields),
        twice: fields.one("twice") == "1",
        made_by: officer.account_id,
    })
}
