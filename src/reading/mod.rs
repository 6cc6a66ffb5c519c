//! The open answers of a round, for people who read and code them.
//!
//! ```text
//! pass     keeps the table of answers in step with the forms
//! texts    the answers in memory: numbers of syllables, and who wrote what where
//! marks    themes, and which answers have them
//! out      answers of excluded forms, which count nowhere
//! select   what a reader asked for
//! ```
//!
//! The texts themselves stay in the database; pages fetch the few that they show, so what was withdrawn is not shown although
//! it may still be counted for a moment. A pass goes through all forms, because their random ids do not tell which are new;
//! it runs beside the requests, and not more often than a twentieth of the time.

mod marks;
mod out;
mod pass;
mod select;
mod texts;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::NaiveDateTime;
use parking_lot::Mutex;

use crate::catalogue::Catalogue;
use crate::store::open_answers::{self, InStep};
use crate::store::rounds::RoundRow;
use crate::store::{Db, Store, StoreError, exclusions, retention, tallies};

pub use self::marks::{Marks, Verdict};
pub use self::out::LeftOut;
pub use self::select::{About, Filter, Found, Split};
use self::texts::MOST_ANSWERS;
pub use self::texts::{Answer, Texts};

/// How long a request waits for a pass; after that the page says that it is under way.
const PATIENCE: Duration = Duration::from_millis(1500);
/// A pass that took a second is followed by a rest of so many.
const REST: u32 = 20;
/// How many rounds are remembered; some 100 MB where 200,000 people wrote something.
const MOST_ROUNDS: usize = 3;

/// Everything that is known of a round's open answers.
#[derive(Debug, Clone)]
pub struct Reading {
    /// What was written.
    pub texts: Arc<Texts>,
    /// What it is about.
    pub marks: Arc<Marks>,
    /// What of it counts nowhere.
    pub out: Arc<LeftOut>,
}

/// What a page gets.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The answers; none while they are read for the first time.
    pub reading: Option<Reading>,
    /// Whether forms have come in since [`Texts::compared_at`], or are being read just now.
    pub is_behind: bool,
}

/// The readings of one process; cheap to clone.
#[derive(Clone)]
pub struct Readings(Arc<Inner>);

struct Inner {
    store: Store,
    catalogue: Catalogue,
    /// Answers of a round that are kept in memory.
    most: usize,
    shelf: Mutex<HashMap<i64, Arc<Place>>>,
}

/// A round on the shelf.
#[derive(Default)]
struct Place {
    known: Mutex<Known>,
    /// Held by whoever goes through the forms.
    pass: Mutex<()>,
}

#[derive(Default)]
struct Known {
    reading: Option<Reading>,
    rests_until: Option<Instant>,
    used: Option<Instant>,
}

/// What the database says now.
#[derive(Clone, Copy)]
struct Now {
    /// UTC.
    at: NaiveDateTime,
    n: i64,
    withdrawn: i64,
    in_step: Option<InStep>,
    is_forgotten: bool,
    /// Exclusions made, and taken back.
    exclusions: (i64, i64),
}

impl Now {
    fn read(db: &mut Db, round: &RoundRow, at: NaiveDateTime) -> Result<Self, StoreError> {
        Ok(Self {
            at,
            n: tallies::submissions(db, round.id)?,
            withdrawn: round.withdrawn,
            in_step: open_answers::in_step(db, round.id)?,
            is_forgotten: retention::is_forgotten(db, round.id)?,
            exclusions: exclusions::revision(db, round.id)?,
        })
    }

    fn is_in_step(&self) -> bool {
        !self.is_first() && self.in_step.is_some_and(|step| (step.n, step.withdrawn) == (self.n, self.withdrawn))
    }

    /// Whether the forms were never read, or nobody knows when.
    fn is_first(&self) -> bool {
        self.in_step.is_none_or(|step| step.compared_at.is_none())
    }
}

impl Readings {
    /// Nothing is read yet.
    pub fn new(store: &Store, catalogue: &Catalogue) -> Self {
        Self::keeping(store, catalogue, MOST_ANSWERS)
    }

    /// The same where no more answers of a round than these have room in memory; they are a random sample of all.
    pub fn keeping(store: &Store, catalogue: &Catalogue, most: usize) -> Self {
        Self(Arc::new(Inner { store: store.clone(), catalogue: catalogue.clone(), most, shelf: Mutex::default() }))
    }

    /// The open answers of a round, as they are at this moment, UTC, or as they were a moment before.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(&self, round: &RoundRow, at: NaiveDateTime) -> Result<Opened, StoreError> {
        let (inner, place, wanted) = (self.0.clone(), self.0.place(round.id), round.clone());
        let work = tokio::task::spawn_blocking({
            let place = place.clone();
            move || inner.refresh(&place, &wanted, at)
        });
        match tokio::time::timeout(PATIENCE, work).await {
            Ok(Ok(opened)) => opened,
            Ok(Err(error)) => Err(StoreError::Unavailable(error.to_string())),
            // goes on without us
            Err(_) => Ok(Opened { reading: place.known.lock().reading.clone(), is_behind: true }),
        }
    }
}

impl Inner {
    fn place(&self, round_id: i64) -> Arc<Place> {
        let mut shelf = self.shelf.lock();
        if shelf.len() >= MOST_ROUNDS && !shelf.contains_key(&round_id) {
            let oldest = shelf.iter().min_by_key(|(_, place)| place.known.lock().used).map(|(id, _)| *id);
            oldest.map(|id| shelf.remove(&id));
        }
        let place = shelf.entry(round_id).or_default().clone();
        place.known.lock().used = Some(Instant::now());
        place
    }

    fn refresh(&self, place: &Place, round: &RoundRow, at: NaiveDateTime) -> Result<Opened, StoreError> {
        // whoever comes while somebody goes through the forms gets what there is
        let Some(_alone) = place.pass.try_lock() else {
            std::thread::sleep(PATIENCE / 4);
            return Ok(Opened { reading: place.known.lock().reading.clone(), is_behind: true });
        };
        let mut now = self.store.read_now(|db| Now::read(db, round, at))?;
        if !now.is_in_step() && (now.is_forgotten || self.may_pass(place, &now)) {
            self.pass(place, round, &now)?;
            now = self.store.read_now(|db| Now::read(db, round, at))?;
        }
        let reading = self.reading(place, round, &now)?;
        Ok(Opened { reading: Some(reading), is_behind: !now.is_in_step() })
    }

    /// Whether it is time to look for new forms. What was withdrawn is gone from the database already.
    fn may_pass(&self, place: &Place, now: &Now) -> bool {
        now.is_first() || place.known.lock().rests_until.is_none_or(|until| Instant::now() >= until)
    }

    fn pass(&self, place: &Place, round: &RoundRow, now: &Now) -> Result<(), StoreError> {
        let begun = Instant::now();
        let forms = self.store.read_now(|db| self.catalogue.of_round(db, round.id))?;
        pass::compare(&self.store, round.id, &forms)?;
        self.store.write_now(|db| open_answers::settle(db, round.id, (now.n, now.withdrawn), now.at))?;
        place.known.lock().rests_until = Some(Instant::now() + begun.elapsed() * REST);
        Ok(())
    }

    fn reading(&self, place: &Place, round: &RoundRow, now: &Now) -> Result<Reading, StoreError> {
        let known = place.known.lock().reading.clone();
        let step = now.in_step.unwrap_or_default();
        let never = || StoreError::corrupt("open_state", "answers were never compared with their forms");
        let compared_at = step.compared_at.ok_or_else(never)?;
        let stamp = (step.n, step.withdrawn, round.withdrawn, now.is_forgotten);
        let texts = match &known {
            Some(known) if known.texts.stamp == stamp => known.texts.clone(),
            _ => {
                let forms = self.store.read_now(|db| self.catalogue.of_round(db, round.id))?;
                Arc::new(Texts::read(&self.store, round.id, forms, (stamp, compared_at), self.most)?)
            }
        };
        let known = known.filter(|known| Arc::ptr_eq(&known.texts, &texts));
        let out = match &known {
            Some(known) if known.out.revision == now.exclusions => known.out.clone(),
            _ => Arc::new(LeftOut::read(&self.store, round.id, &texts, now.exclusions)?),
        };
        let marks = match known {
            Some(known) if known.marks.revision == step.revision => known.marks,
            _ => Arc::new(Marks::read(&self.store, round.id, &texts, step.revision)?),
        };
        let reading = Reading { texts, marks, out };
        place.known.lock().reading = Some(reading.clone());
        Ok(reading)
    }
}
