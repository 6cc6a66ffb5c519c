//! `/manage/paper/{id}/close`: a bundle is compared with its cover and closed; then its forms take the ordinary way. Each has a key
//! that follows from bundle and number, so that a form that was sent before the lights went out counts once.

use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};
use uuid::{Builder, Uuid};

use super::batch::page;
use super::progress::Progress;
use super::{Batch, address, aside, change, read};
use crate::catalogue::Entrance;
use crate::intake::form::Circumstances;
use crate::secret::random;
use crate::state::State;
use crate::store::intake::Stored;
use crate::store::paper;
use crate::store::paper_asides;
use crate::store::paper_forms::{self, FormRow};
use crate::store::{Db, StoreError, collectors};
use crate::survey::audit::Action;
use crate::survey::code::Mode;
use crate::survey::collector::CollectorCode;
use crate::survey::pace::Pace;
use crate::survey::text::Lang;
use crate::vietnamese;
use crate::web::deed::Deed;
use crate::web::error::Failure;
use crate::web::manage::fields::Fields;
use crate::web::manage::said;
use crate::web::manage::trouble::Trouble;
use crate::web::session::{Assistant, Officer};
use crate::web::words::Words;

/// Letters that a note takes.
const NOTE: usize = 500;

/// `POST …/close`; a bundle that is closed already goes on sending what was not sent.
pub(super) async fn close(
    request: HttpRequest,
    officer: Assistant,
    state: web::Data<State>,
    id: web::Path<i64>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::sent(&officer, &body)?;
    let (id, words, now) = (*id, officer.words, state.clock.now());
    let (sent, assistant) = (fields.clone(), officer.0.clone());
    let done = change(&state, &officer, id, move |db, batch| shut(db, &batch, &sent, &assistant, now)).await?;
    if let Some(Err(trouble)) = done {
        return page(&request, &officer, &state, id, trouble.typed(fields)).await;
    }
    let (batch, (forms, code)) =
        read(&state, &officer, id, move |db, batch| Ok((paper_forms::of_batch(db, id)?, code(db, batch)?))).await?;
    let entrance = match code {
        Some(code) => state.catalogue.entrance(code).await?,
        None => None,
    };
    let Some(entrance) = entrance else {
        return page(&request, &officer, &state, id, Trouble::page(words.say("batch-no-way"))).await;
    };
    match send(&state, &batch, &entrance, forms).await? {
        None => Ok(said::see_other(&state, &officer, address(id), &words.say("batch-closed"))),
        Some(why) => page(&request, &officer, &state, id, Trouble::page(words.say(why))).await,
    }
}

/// Closes it, if everything fits.
fn shut(
    db: &mut Db,
    batch: &Batch,
    sent: &Fields,
    officer: &Officer,
    now: chrono::NaiveDateTime,
) -> Result<Result<(), Trouble>, StoreError> {
    let forms = paper_forms::of_batch(db, batch.row.id)?;
    let note: String = sent.one("note").chars().take(NOTE).collect();
    if let Some(trouble) = hindrance(batch, &forms, &note, sent.is_sure(), officer.words)? {
        return Ok(Err(trouble));
    }
    paper_asides::put(db, batch.row.id, &aside::counted(batch, &forms)?)?;
    paper::close(db, batch.row.id, &note, now)?;
    let deed = Deed::with(Action::PaperBatchClosed, [batch.row.number.to_string()]);
    officer.note(db, now, batch.row.unit_id, deed, &batch.row.slug)?;
    Ok(Ok(()))
}

fn hindrance(
    batch: &Batch,
    forms: &[FormRow],
    note: &str,
    is_sure: bool,
    words: Words,
) -> Result<Option<Trouble>, StoreError> {
    let progress = Progress::of(forms)?;
    Ok(if batch.is_frozen {
        Some(Trouble::page(words.say("said-frozen-already")))
    } else if progress.entered == 0 {
        Some(Trouble::page(words.say("batch-nothing-typed")))
    } else if progress.waiting > 0 {
        Some(Trouble::at("close", words.count("batch-still-waiting", progress.waiting)))
    } else if !progress.is_even(&batch.row) && note.is_empty() {
        Some(Trouble::at("note", words.say("batch-note-missing")))
    } else if !is_sure {
        Some(Trouble::at("close", words.say("batch-not-sure")))
    } else {
        None
    })
}

/// A code of the school and channel: one that was revoked leads to the same place.
fn code(db: &mut Db, batch: &Batch) -> Result<Option<CollectorCode>, StoreError> {
    let rows = collectors::of_round(db, batch.row.round_id)?;
    let own = rows.into_iter().find(|row| row.unit_id == batch.row.unit_id && row.channel == batch.row.channel);
    Ok(own.and_then(|row| row.code.parse().ok()))
}

/// Sends what was not sent, in no order; why it stopped, if it did.
async fn send(
    state: &State,
    batch: &Batch,
    entrance: &Entrance,
    forms: Vec<FormRow>,
) -> Result<Option<&'static str>, Failure> {
    let mut waiting: Vec<FormRow> = forms.into_iter().filter(|form| form.sent_at.is_none()).collect();
    waiting.sort_by_cached_key(|_| random::<8>());
    for form in waiting {
        let Some(typed) = form.first()? else { continue };
        let submission = typed
            .parse(&batch.form.questionnaire, batch.occasion())
            .map_err(|wrong| Failure::Unknown(format!("a form on paper that was taken is wrong now: {wrong:?}")))?;
        let with = Circumstances {
            key: key(state, batch, form.number),
            lang: Lang::VI,
            mode: Mode::Paper,
            // a box that was opened in time is taken as long as forms are, late or not
            begun: Some(vietnamese::utc(batch.row.collected_on.and_time(chrono::NaiveTime::MIN))),
            pace: Pace::Unknown,
            today: state.clock.today(),
            pressed: false,
            access: None,
        };
        let (stored, _) = state.take(entrance, &batch.form, &submission, with, Vec::new()).await;
        let turned_away = match stored {
            Ok(Stored::New | Stored::Repeat) => false,
            Ok(Stored::Full) => true,
            Ok(Stored::Closed) => return Ok(Some("batch-too-late")),
            Ok(Stored::Conflict | Stored::Spent) => {
                return Err(Failure::Unknown("a form on paper was sent with other answers before".to_owned()));
            }
            Err(error) => {
                tracing::warn!(%error, "a form on paper was not stored");
                return Ok(Some("batch-busy"));
            }
        };
        let (id, number, now) = (batch.row.id, form.number, state.clock.now());
        state.store.write(move |db| paper_forms::sent(db, id, number, turned_away, now)).await?;
    }
    Ok(None)
}

/// The key of a sheet: always the same, and nobody without the installation's key can tell it.
fn key(state: &State, batch: &Batch, number: i64) -> Uuid {
    let mac = state.secret.mac("paper form", &[&batch.row.id.to_be_bytes(), &number.to_be_bytes()]);
    Builder::from_random_bytes(std::array::from_fn(|i| mac[i])).into_uuid()
}
