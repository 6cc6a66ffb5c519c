//! What a handler may reach.

use std::path::Path;
use std::sync::Arc;

use parking_lot::Mutex;

use crate::budget::Budgets;
use crate::catalogue::{Catalogue, Entrance, Published};
use crate::clock::Clock;
use crate::config::TrustedProxies;
use crate::export;
use crate::intake::form::{self, Circumstances};
use crate::intake::receipt::Receipt;
use crate::intake::withdrawal::{self, WithdrawalCode};
use crate::intake::{Intake, IntakeError};
use crate::mail::Mailer;
use crate::meters::Meters;
use crate::picture::Turns;
use crate::reading::Readings;
use crate::secret::Secret;
use crate::store::intake::Stored;
use crate::store::pictures::NewPicture;
use crate::store::{Store, StoreError, withdrawals};
use crate::survey::submission::Submission;
use crate::tabulation::Tabulations;
use crate::tabulation::excluded::Exclusions;
use crate::unfinished::Unfinished;

/// Everything shared between requests; cheap to clone.
#[derive(Clone)]
pub struct State {
    /// The database.
    pub store: Store,
    /// What is open, in memory.
    pub catalogue: Catalogue,
    /// Where forms go.
    pub intake: Intake,
    /// How many pictures are in the works at once.
    pub pictures: Arc<Turns>,
    /// Held by whoever makes a frame: one at a time, because each reads a round from end to end.
    pub framing: Arc<Mutex<()>>,
    /// Where forms are kept that somebody is in the middle of.
    pub unfinished: Unfinished,
    /// The installation's key.
    pub secret: Secret,
    /// Figures that were read, for pages.
    pub tabulations: Tabulations,
    /// Which forms are excluded, for pages.
    pub exclusions: Exclusions,
    /// Open answers that were read, for pages.
    pub readings: Readings,
    /// The time.
    pub clock: Clock,
    /// What an operator watches.
    pub meters: Meters,
    /// What one address may cost.
    pub budgets: Arc<Budgets>,
    /// Who is believed about addresses; nobody, until told otherwise.
    pub proxies: TrustedProxies,
    /// Who runs this installation for the offices that ask; empty: they do it themselves.
    pub operator: Arc<str>,
    /// How mail leaves; into memory, until told otherwise.
    pub mail: Mailer,
    /// How many files are made at a time.
    pub turns: export::Turns,
    /// Where files lie that were asked for; a folder of its own, until told otherwise.
    pub exports: Arc<Path>,
    /// What QR codes point to, without a slash at the end.
    pub public_url: Arc<str>,
}

impl State {
    /// Opens what stands on a database.
    ///
    /// # Errors
    /// The database cannot be opened once more.
    pub fn new(store: Store, secret: Secret, clock: Clock, public_url: &str) -> Result<Self, StoreError> {
        let meters = Meters::default();
        let catalogue = Catalogue::new(&store);
        Ok(Self {
            readings: Readings::new(&store, &catalogue),
            catalogue,
            intake: Intake::start(&store, &clock, &meters.intake)?,
            pictures: Arc::default(),
            framing: Arc::default(),
            tabulations: Tabulations::default(),
            exclusions: Exclusions::default(),
            unfinished: Unfinished::start(&store)?,
            meters,
            budgets: Arc::new(Budgets::new(&clock)),
            proxies: TrustedProxies::default(),
            operator: Arc::from(""),
            turns: export::Turns::default(),
            exports: own_folder().into(),
            mail: Mailer::memory(&store, &secret, &clock),
            public_url: Arc::from(public_url.trim_end_matches('/')),
            store,
            secret,
            clock,
        })
    }

    /// Stores a form that fulfils its questionnaire, and makes the receipt of its key.
    pub async fn take(
        &self,
        entrance: &Entrance,
        form: &Published,
        submission: &Submission,
        with: Circumstances,
        pictures: Vec<NewPicture>,
    ) -> (Result<Stored, IntakeError>, Receipt) {
        let alerts = match self.alerts(form, submission).await {
            Ok(alerts) => alerts,
            Err(error) => {
                let receipt = Receipt::of(&self.secret, entrance.round.id, with.key);
                return (Err(IntakeError::Store(Arc::new(error))), receipt);
            }
        };
        let (mut entry, receipt) = form::entry(&self.secret, entrance, form, submission, with, alerts);
        entry.pictures = pictures;
        (self.intake.accept(entry).await, receipt)
    }

    /// Takes the form of this secret back, with its numbers; says whether there was one.
    ///
    /// # Errors
    /// As [`Intake::withdraw`].
    pub async fn withdraw(&self, code: &WithdrawalCode) -> Result<bool, IntakeError> {
        let (hash, catalogue) = (code.hash(&self.secret), self.catalogue.clone());
        let found = self.store.read(move |db| {
            let Some(found) = withdrawals::find(db, hash)? else { return Ok(None) };
            let forms = catalogue.of_round(db, found.round_id)?;
            withdrawal::leaving(found, hash, &forms).map(Some)
        });
        match found.await.map_err(|error| IntakeError::Store(Arc::new(error)))? {
            Some(form) => self.intake.withdraw(form).await,
            None => Ok(false),
        }
    }

    /// Words of danger in what was written freely, by question.
    async fn alerts(
        &self,
        form: &Published,
        submission: &Submission,
    ) -> Result<Vec<(String, Vec<String>)>, StoreError> {
        let mut alerts = Vec::new();
        for (question, text) in submission.free_texts(&form.questionnaire) {
            let matcher = self.catalogue.danger().await?;
            let words: Vec<String> = matcher.find(text).into_iter().map(str::to_owned).collect();
            if !words.is_empty() {
                alerts.push((question.to_owned(), words));
            }
        }
        Ok(alerts)
    }

    /// Whether people reach this installation by https.
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

/// Made when it is used.
fn own_folder() -> std::path::PathBuf {
    let name = data_encoding::HEXLOWER.encode(&crate::secret::random::<8>());
    std::env::temp_dir().join(format!("langnghe-exports-{name}"))
}
