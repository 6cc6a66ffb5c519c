//! A form that somebody is in the middle of, opened: where it stands and what was filled in.

use chrono::NaiveDateTime;

use super::notice::Turned;
use crate::catalogue::{Entrance, Published};
use crate::secret::random;
use crate::state::State;
use crate::store::unfinished::{self, Change, UnfinishedRow};
use crate::survey::code::Way;
use crate::survey::picture::PictureId;
use crate::survey::question::Question;
use crate::survey::questionnaire::Questionnaire;
use crate::survey::raw::RawAnswers;
use crate::survey::route::{Occasion, Route};
use crate::survey::text::Lang;
use crate::unfinished::{Busy, Filled, Ticket};
use crate::vietnamese::local;
use crate::web::error::Failure;

/// In the place of a part: the one-time code.
const ACCESS: i64 = -1;

/// An unfinished form.
pub(super) struct Opened<'e> {
    /// The secret in its address.
    pub ticket: Ticket,
    /// What the database knows.
    pub row: UnfinishedRow,
    /// The questionnaire it was drawn from.
    pub form: &'e Published,
    /// How it is filled in.
    pub way: Way,
    /// The one-time code that was typed at the beginning; empty where the round asks for none.
    pub access: String,
    /// Which parts were saved.
    pub saved: Vec<bool>,
    /// What was filled in, by part.
    parts: Vec<Filled>,
}

impl<'e> Opened<'e> {
    /// Finds it; none when it was sent, given up or forgotten, or belongs to another poster.
    pub(super) async fn find(state: &State, entrance: &'e Entrance, ticket: Ticket) -> Result<Option<Self>, Turned> {
        let (hash, now) = (ticket.hash(), state.clock.now());
        let found = state.store.read(move |db| unfinished::find(db, &hash, now)).await.map_err(Failure::from)?;
        let Some((row, sealed)) = found else { return Ok(None) };
        let form = entrance.forms.iter().find(|form| form.id == row.version_id);
        let Some(form) = form.filter(|_| row.collector == entrance.code.as_str()) else { return Ok(None) };
        let mut parts = vec![Filled::new(); form.questionnaire.sections.len()];
        let mut saved = vec![false; parts.len()];
        let mut access = String::new();
        for (place, sealed) in sealed {
            if place == ACCESS {
                let kept = ticket.open(&state.secret, place, &sealed).unwrap_or_default();
                access = kept.into_iter().next().map(|(_, code)| code).unwrap_or_default();
            }
            let at = usize::try_from(place).ok();
            if let Some((part, saved)) = at.and_then(|at| Some((parts.get_mut(at)?, saved.get_mut(at)?))) {
                *part = ticket.open(&state.secret, place, &sealed).unwrap_or_default();
                *saved = true;
            }
        }
        let way = row.way().map_err(Failure::from)?;
        Ok(Some(Self { ticket, row, form, way, access, saved, parts }))
    }

    /// Begins one.
    ///
    /// # Errors
    /// [`Busy`]
    pub(super) async fn begin(
        state: &State,
        entrance: &Entrance,
        form: &Published,
        way: Way,
        access: &str,
    ) -> Result<Ticket, Busy> {
        let (ticket, now) = (Ticket::new(), state.clock.now());
        let row = UnfinishedRow {
            hash: ticket.hash(),
            round_id: entrance.round.id,
            collector: entrance.code.to_string(),
            version_id: form.id,
            begun_at: now,
            touched_at: now,
            way: way.code().to_owned(),
            tries: 0,
        };
        state.unfinished.change(Change::Begin(row)).await?;
        if !access.is_empty() {
            let kept = vec![("_ma".to_owned(), access.to_owned())];
            let sealed = ticket.seal(&state.secret, ACCESS, &kept).ok_or(Busy)?;
            state.unfinished.change(Change::Save(ticket.hash(), (ACCESS, sealed), now)).await?;
        }
        Ok(ticket)
    }

    /// Takes over what was filled in of one part; the rest of the page belongs to other parts and may be older.
    ///
    /// # Errors
    /// [`Busy`]: it is in memory only.
    pub(super) async fn save(&mut self, state: &State, part: usize, sent: &[(String, String)]) -> Result<(), Busy> {
        let questionnaire = &self.form.questionnaire;
        let is_of_part = |name: &str| part_of(questionnaire, name) == Some(part);
        let filled = sent.iter().filter(|(name, value)| is_of_part(name) && !value.is_empty()).cloned().collect();
        self.write(state, part, filled).await
    }

    async fn write(&mut self, state: &State, part: usize, filled: Filled) -> Result<(), Busy> {
        let Some(kept) = self.parts.get_mut(part) else { return Ok(()) };
        *kept = filled;
        if let Some(saved) = self.saved.get_mut(part) {
            *saved = true;
        }
        let place = i64::try_from(part).map_err(|_| Busy)?;
        let sealed = self.ticket.seal(&state.secret, place, kept).ok_or(Busy)?;
        let change = Change::Save(self.ticket.hash(), (place, sealed), state.clock.now());
        state.unfinished.change(change).await
    }

    /// The pictures that answer this question so far.
    pub(super) fn pictures(&self, question: &Question) -> Vec<PictureId> {
        let of_question = self.filled().filter(|(name, _)| *name == question.code);
        of_question.filter_map(|(_, id)| PictureId::parse(id)).collect()
    }

    /// Keeps a picture, drawn anew, as one more that answers this question.
    ///
    /// # Errors
    /// [`Busy`]: it is not kept.
    pub(super) async fn add(&mut self, state: &State, question: &Question, jpeg: &[u8]) -> Result<(), Busy> {
        let id = PictureId::new(random());
        let sealed = self.ticket.seal_picture(&state.secret, id, jpeg).ok_or(Busy)?;
        state.unfinished.change(Change::Add(self.ticket.hash(), id, sealed, state.clock.now())).await?;
        let mut filled = self.parts.get(question.section).cloned().unwrap_or_default();
        filled.push((question.code.clone(), id.to_string()));
        self.write(state, question.section, filled).await
    }

    /// Takes a picture out again.
    ///
    /// # Errors
    /// [`Busy`]: it may be there still.
    pub(super) async fn remove(&mut self, state: &State, question: &Question, id: PictureId) -> Result<(), Busy> {
        let mut filled = self.parts.get(question.section).cloned().unwrap_or_default();
        filled.retain(|(name, value)| *name != question.code || PictureId::parse(value) != Some(id));
        self.write(state, question.section, filled).await?;
        state.unfinished.change(Change::Remove(self.ticket.hash(), id)).await
    }

    /// Everything filled in so far.
    pub(super) fn raw(&self) -> RawAnswers<'static> {
        RawAnswers::from_form(self.parts.iter().flatten().cloned())
    }

    /// Names and values, to be carried along in a page.
    pub(super) fn filled(&self) -> impl Iterator<Item = (&str, &str)> {
        self.parts.iter().flatten().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// What expressions go by besides the answers.
    pub(super) fn occasion(&self, lang: Lang) -> Occasion {
        Occasion { now: local(self.row.begun_at), lang }
    }

    /// Which way the form goes with what was filled in so far.
    pub(super) fn route(&self, lang: Lang) -> Route<'e> {
        Route::of(&self.form.questionnaire, &self.raw(), self.occasion(lang))
    }

    /// Whether anything was filled in.
    pub(super) fn is_begun(&self) -> bool {
        self.parts.iter().any(|part| !part.is_empty())
    }

    /// When it was begun, UTC.
    pub(super) fn begun_at(&self) -> NaiveDateTime {
        self.row.begun_at
    }
}

/// The place of the part in which this name stands.
pub(super) fn part_of(questionnaire: &Questionnaire, name: &str) -> Option<usize> {
    let place = questionnaire.place(name).or_else(|| questionnaire.place(name.strip_suffix("_other")?))?;
    questionnaire.questions.get(place).map(|question| question.section)
}
