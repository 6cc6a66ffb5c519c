//! `/manage/rounds/{slug}/export.csv`: the rows, for the steering unit.

use actix_web::{HttpRequest, HttpResponse, web};

use super::read;
use crate::export::{Kind, Mistake, Refused, TooMany, Wanted};
use crate::state::State;
use crate::store::rounds::owner_name;
use crate::survey::audit::Action;
use crate::survey::round::GRACE;
use crate::web::analyse::mistake::sentence;
use crate::web::attachment::Attachment;
use crate::web::error::Failure;
use crate::web::rows::{AT_ONCE, Maker, prepared, stream, whole};
use crate::web::session::Analyst;
use crate::web::words::Words;

/// `GET …/export.csv`
pub(super) async fn csv(
    officer: Analyst,
    state: web::Data<State>,
    slug: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Failure> {
    let (round, asks) =
        read(&state, &officer, &slug, |db, round| Ok((round.clone(), owner_name(db, round.owner_id)?))).await?;
    if round.is_sealed() {
        // until the figures are frozen it could be extended, and opened again
        let from = officer.words.moment(round.closes_at + GRACE);
        return Err(Failure::Sealed(officer.words.with("sealed-not-yet", "from", from)));
    }
    // `lang` is the language of the page here
    let sent = form_urlencoded::parse(request.query_string().as_bytes()).filter(|(name, _)| name != "lang");
    let words = officer.words;
    let wanted = Wanted::read(sent).map_err(|mistakes| unfit(&mistakes, words))?;
    let wanted = Wanted { kind: Kind::Csv, ..wanted };
    let found = prepared(&state, (round.clone(), wanted), words, AT_ONCE).await;
    let (rows, at_most) = found.map_err(|refused| match refused {
        Refused::Mistakes(mistakes) => unfit(&mistakes, words),
        Refused::Store(error) => error.into(),
    })?;
    let turn = match at_most > AT_ONCE {
        true => Some(state.turns.rows().map_err(|TooMany| Failure::Busy(words.say("exports-too-many")))?),
        false => None,
    };
    let (analyst, now, owner, subject) = (officer.0.clone(), state.clock.now(), round.owner_id, round.slug.clone());
    // nothing leaves before it is written down that it leaves
    state.store.write(move |db| analyst.note(db, now, owner, Action::RowsExported, &subject)).await?;
    let maker = Maker { name: officer.name.clone(), owner: asks, words: officer.words };
    if let Some(turn) = turn {
        return Ok(stream(&state, rows, maker, turn));
    }
    let turn = state.turns.person().await;
    let whole = whole(&state, rows, maker, turn).await.map_err(|error| match error.is_full_disk() {
        true => Failure::Busy(words.say("exports-failed-full")),
        false => Failure::Unknown(error.to_string()),
    });
    whole.map(|(file, rows)| Attachment::of(file, &rows).answer(request.headers()))
}

/// What in the address does not fit.
fn unfit(mistakes: &[Mistake], words: Words) -> Failure {
    let sentences: Vec<String> = mistakes.iter().map(|mistake| sentence(mistake, words)).collect();
    Failure::Bad(sentences.join(" "))
}
