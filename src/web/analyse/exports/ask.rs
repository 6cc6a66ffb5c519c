//! Asking for a file: a small one is the answer, whatever the round has; a large one is begun.

use actix_web::http::StatusCode;
use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};

use super::{Notice, shown};
use crate::export::{ExportError, Mistake, Refused, Rows, Wanted};
use crate::secret::random;
use crate::state::State;
use crate::store::export_jobs::{self, NewJob};
use crate::store::rounds::RoundRow;
use crate::store::{Db, StoreError, rounds, tallies};
use crate::survey::audit::Action;
use crate::web::analyse::mistake::sentence;
use crate::web::attachment::Attachment;
use crate::web::deed::Deed;
use crate::web::error::Failure;
use crate::web::page;
use crate::web::rows::{AT_ONCE, Maker, prepared, whole};
use crate::web::session::Analyst;
use crate::web::words::Words;

/// `POST …/exports`
pub(in crate::web::analyse) async fn ask(
    request: HttpRequest,
    officer: Analyst,
    state: web::Data<State>,
    slug: web::Path<String>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let sent: Vec<(String, String)> =
        form_urlencoded::parse(&body).into_owned().filter(|(name, _)| name != "lang").collect();
    let proof = sent.iter().find(|(name, _)| name == "_csrf").map_or("", |(_, value)| value);
    officer.check_csrf(proof)?;
    let (n, owner, round) = crate::web::analyse::read(&state, &officer, &slug, about).await?;
    let asking = Asking { request: &request, officer: &officer, state: &state, slug: &slug };
    let wanted = match Wanted::read(sent.iter().map(|(name, value)| (name, value))) {
        Ok(wanted) => wanted,
        Err(mistakes) => return asking.mistaken(&mistakes, sent).await,
    };
    let (rows, at_most) = match prepared(&state, (round, wanted), officer.words, AT_ONCE).await {
        Ok(found) => found,
        Err(Refused::Mistakes(mistakes)) => return asking.mistaken(&mistakes, sent).await,
        Err(Refused::Store(error)) => return Err(error.into()),
    };
    match at_most > AT_ONCE {
        true => asking.begun(&rows, at_most).await,
        false => asking.at_once(rows, owner, n, sent).await,
    }
}

/// Forms of a round, excluded ones with them, and who asked.
fn about(db: &mut Db, round: RoundRow) -> Result<(i64, String, RoundRow), StoreError> {
    Ok((tallies::submissions(db, round.id)?, rounds::owner_name(db, round.owner_id)?, round))
}

/// Somebody who asks for a file.
struct Asking<'a> {
    request: &'a HttpRequest,
    officer: &'a Analyst,
    state: &'a web::Data<State>,
    slug: &'a str,
}

impl Asking<'_> {
    /// The worker will make it, with so many rows at most.
    async fn begun(&self, rows: &Rows, total: i64) -> Result<HttpResponse, Failure> {
        let (analyst, now, round, query) =
            (self.officer.0.clone(), self.state.clock.now(), rows.round.clone(), rows.wanted.query());
        let deed = Deed::with(Action::RowsExported, [rows.wanted.kind.code()]);
        let work = move |db: &mut Db| {
            let (round_id, account_id, lang) = (round.id, analyst.account_id, analyst.words.interface());
            let new = NewJob { key: random(), round_id, account_id, wanted: &query, lang: lang.code(), total };
            export_jobs::ask(db, &new, now)?;
            // nothing leaves before it is written down that it leaves
            analyst.note(db, now, round.owner_id, deed, &round.slug)
        };
        self.state.store.write(work).await?;
        Ok(page::see_other(format!("/analyse/{}/exports?asked=1#files", self.slug)))
    }

    /// It is the answer; or why it would be empty, until somebody wants it although it is.
    async fn at_once(
        &self,
        rows: Rows,
        owner: String,
        n: i64,
        sent: Vec<(String, String)>,
    ) -> Result<HttpResponse, Failure> {
        let (analyst, now, words) = (self.officer.0.clone(), self.state.clock.now(), self.officer.words);
        let maker = Maker { name: analyst.name.clone(), owner, words };
        let (file, rows) = match whole(self.state, rows, maker, self.state.turns.person().await).await {
            Ok(made) => made,
            Err(error) if error.is_full_disk() => {
                tracing::error!(round = self.slug, "the disk is full: a file that somebody asked for was not written");
                let mistakes = vec![words.say("exports-failed-full")];
                let notice = Notice { mistakes, ..Notice::default() };
                return self.shown(StatusCode::INSUFFICIENT_STORAGE, notice, sent).await;
            }
            Err(ExportError::Store(error)) => return Err(error.into()),
            Err(error) => return Err(Failure::Unknown(error.to_string())),
        };
        let is_known = sent.iter().any(|(name, _)| name == "empty");
        if rows.wanted.kind.has_rows() && file.written == 0 && !is_known {
            let notice = Notice { empty: empty(&rows, n, words), ..Notice::default() };
            return self.shown(StatusCode::UNPROCESSABLE_ENTITY, notice, sent).await;
        }
        if rows.wanted.kind.has_rows() {
            let deed = Deed::with(Action::RowsExported, [rows.wanted.kind.code()]);
            let (owner, slug) = (rows.round.owner_id, rows.round.slug.clone());
            self.state.store.write(move |db| analyst.note(db, now, owner, deed, &slug)).await?;
        }
        Ok(Attachment::of(file, &rows).answer(self.request.headers()))
    }

    /// The form again, with what is wrong in words.
    async fn mistaken(&self, mistakes: &[Mistake], sent: Vec<(String, String)>) -> Result<HttpResponse, Failure> {
        let mistakes = mistakes.iter().map(|mistake| sentence(mistake, self.officer.words)).collect();
        self.shown(StatusCode::UNPROCESSABLE_ENTITY, Notice { mistakes, ..Notice::default() }, sent).await
    }

    async fn shown(
        &self,
        status: StatusCode,
        notice: Notice,
        sent: Vec<(String, String)>,
    ) -> Result<HttpResponse, Failure> {
        let page = shown(self.request, self.officer, self.state, self.slug, notice, sent).await?;
        page::show_as(status, &page)
    }
}

/// Why nothing fits.
fn empty(rows: &Rows, n: i64, words: Words) -> Vec<String> {
    let why = match n {
        0 => words.say("exports-empty-round"),
        n => words.fill("exports-empty-selection", [("n", words.number(n)), ("selection", rows.selection.clone())]),
    };
    [Some(why), rows.excluded.in_words(&words)].into_iter().flatten().collect()
}
