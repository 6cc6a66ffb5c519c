//! `POST /manage/units/{code}/cancel`: what was to become of a unit will not, as long as its day has not come.

use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};

use super::unit;
use crate::state::State;
use crate::store::successions::{self, Cancelled, NotCancelled};
use crate::store::units::Stored;
use crate::store::{Db, StoreError, units};
use crate::survey::audit::Action;
use crate::web::deed::Deed;
use crate::web::error::Failure;
use crate::web::manage::fields::Fields;
use crate::web::manage::said;
use crate::web::manage::trouble::Trouble;
use crate::web::page::see_other;
use crate::web::session::{Officer, Registrar};
use crate::web::words::Words;

/// The longest reason, in characters.
const LONGEST: usize = 300;

/// `POST /manage/units/{code}/cancel`, with the number of the change and why.
pub(super) async fn cancel(
    request: HttpRequest,
    officer: Registrar,
    state: web::Data<State>,
    code: web::Path<String>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::sent(&officer, &body)?;
    let (own, wanted, sent) = (officer.0.clone(), code.clone(), fields.clone());
    let (now, today) = (state.clock.now(), state.clock.today());
    let done = state.store.write(move |db| {
        let Some(stored) = unit::mine(db, &own, &wanted)? else { return Ok(None) };
        let (id, reason) = match asked(db, &own, &stored, &sent)? {
            Ok(asked) => asked,
            Err(trouble) => return Ok(Some(Err(trouble))),
        };
        Ok(Some(match successions::cancel(db, id, today)? {
            Ok(done) => {
                let deed = Deed::with(Action::SuccessionCancelled, [done.kind.code(), &done.day.to_string()]);
                own.note(db, now, stored.id, deed.because(&reason), stored.unit.code.as_str())?;
                Ok((done, units::by_id(db, stored.id)?.is_some()))
            }
            Err(stands) => Err(Trouble::page(sentence(stands, own.words))),
        }))
    });
    match done.await?.ok_or(Failure::NotFound)? {
        Ok((done, is_there)) => {
            let to = if is_there { format!("/manage/units/{}", code.as_str()) } else { "/manage/units".to_owned() };
            Ok(said::see_other(&state, &officer, to, &told(&done, officer.words)))
        }
        Err(trouble) => unit::page(&request, &officer, &state, &code, trouble.typed(fields)).await,
    }
}

/// Which change, and why; if it happens to this unit and to none that the officer does not look after.
fn asked(
    db: &mut Db,
    officer: &Officer,
    stored: &Stored,
    fields: &Fields,
) -> Result<Result<(i64, String), Trouble>, StoreError> {
    let words = officer.words;
    let stories = successions::of_unit(db, stored.id)?;
    let Some(story) = stories.into_iter().find(|story| Some(story.id) == fields.number("change")) else {
        return Ok(Err(Trouble::page(sentence(NotCancelled::Gone, words))));
    };
    let reach = officer.reach(db)?;
    let is_mine = |code: &String| units::id_by_code(db, code).map(|id| id.is_some_and(|id| reach.contains(&id)));
    let codes = story.parts.iter().flat_map(|part| [&part.old, &part.new]);
    if !codes.map(is_mine).collect::<Result<Vec<bool>, _>>()?.into_iter().all(|is_mine| is_mine) {
        return Ok(Err(Trouble::page(words.say("cancel-not-yours"))));
    }
    let reason = fields.one("reason");
    let is_said = (3..=LONGEST).contains(&reason.chars().count());
    let place = format!("reason-{}", story.id);
    Ok(if is_said {
        Ok((story.id, reason.to_owned()))
    } else {
        Err(Trouble::at(place, words.say("cancel-reason-wrong")))
    })
}

fn told(done: &Cancelled, words: Words) -> String {
    let kept = (!done.kept.is_empty()).then(|| words.with("cancel-kept", "names", done.kept.join("; ")));
    [Some(words.say("cancel-done")), kept].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn sentence(stands: NotCancelled, words: Words) -> String {
    match stands {
        NotCancelled::Gone => words.say("cancel-gone"),
        NotCancelled::Due => words.say("cancel-due"),
        NotCancelled::BuiltUpon(name) => words.with("cancel-built-upon", "name", name),
    }
}

/// `GET /manage/units/{code}/cancel`: the page after it, in another language or loaded again.
pub(super) async fn to_the_unit(code: web::Path<String>) -> HttpResponse {
    see_other(format!("/manage/units/{code}"))
}
