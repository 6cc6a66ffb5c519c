//! `langnghe simulate`: plausible forms through the real intake.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use futures_util::StreamExt;
use uuid::Uuid;

use crate::catalogue::{Entrance, Published};
use crate::clock::Clock;
use crate::command::{CommandError, bar, open, output, rounds};
use crate::config::DataConfig;
use crate::intake::IntakeError;
use crate::intake::form::Circumstances;
use crate::state::State;
use crate::store::intake::Stored;
use crate::store::rounds::RoundRow;
use crate::store::{collectors, rounds as stored_rounds};
use crate::survey::code::Mode;
use crate::survey::collector::CollectorCode;
use crate::survey::imagine;
use crate::survey::pace::Pace;
use crate::survey::question::Dice;
use crate::survey::raw::{Raw, RawAnswers};
use crate::survey::route::Occasion;
use crate::survey::submission::Submission;
use crate::survey::text::Lang;
use crate::vietnamese::local;

/// Forms under way at once.
const AT_ONCE: usize = 256;
/// How long a form waits after it was told that the intake is busy; a crowd has no phone in its hand and may wait.
const PAUSE: Duration = Duration::from_millis(200);
/// How often it is sent at most: for a minute.
const PATIENCE: u32 = 300;

/// Plausible forms
#[derive(Debug, Clone, Args)]
pub struct SimulateCommand {
    /// The round's short name; it must be open
    round: String,
    /// How many forms
    #[arg(long)]
    submissions: u64,
    /// The same seed gives the same forms, which then count once however often they are sent
    #[arg(long)]
    seed: Option<u64>,
    /// Print the forms as CODE, TAB, JSON instead of storing them
    #[arg(long)]
    print: bool,
}

impl SimulateCommand {
    /// Sends, or prints, the forms.
    ///
    /// # Errors
    /// One sentence that says what to do.
    pub fn run(self, config: &DataConfig) -> Result<(), CommandError> {
        let state = open(config)?;
        let round = rounds::find(&state, &self.round)?;
        let seed = self.seed.unwrap_or_else(|| u64::from_le_bytes(crate::secret::random()));
        if self.print {
            let mut crowd = block_on(Crowd::gather(&state, &round, seed))??;
            return output::print(|out| {
                (0..self.submissions).try_for_each(|_| Ok(writeln!(out, "{}", crowd.next()?.as_line()?)?))
            });
        }
        let new = block_on(send(&state, &round, self.submissions, seed))??;
        state.intake.drain();
        eprintln!("{new} new submissions in {}.", round.slug);
        Ok(())
    }
}

/// Runs asynchronous work from a command.
pub(super) fn block_on<T>(work: impl Future<Output = T>) -> Result<T, CommandError> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    Ok(runtime.map_err(|error| CommandError::Said(format!("cannot start: {error}")))?.block_on(work))
}

/// Sends forms to a round and returns how many were new.
///
/// # Errors
/// The round is not open, or the database failed.
pub(super) async fn send(state: &State, round: &RoundRow, count: u64, seed: u64) -> Result<u64, CommandError> {
    let mut crowd = Crowd::gather(state, round, seed).await?;
    let progress = bar(count);
    let forms = futures_util::stream::iter((0..count).map(|_| crowd.next()));
    let mut fates = forms.map(|form| store(state, form)).buffer_unordered(AT_ONCE);
    let mut new = 0;
    while let Some(stored) = fates.next().await {
        match stored? {
            Stored::New => new += 1,
            Stored::Repeat | Stored::Full | Stored::Spent => {}
            Stored::Conflict => return Err(CommandError::Said("this seed was used for other forms".to_owned())),
            Stored::Closed => {
                return Err(CommandError::Said(format!(
                    "{} is not open; `langnghe rounds open {0}` opens it",
                    round.slug
                )));
            }
        }
        progress.inc(1);
    }
    progress.finish_and_clear();
    Ok(new)
}

async fn store(state: &State, form: Result<Form, CommandError>) -> Result<Stored, CommandError> {
    let form = form?;
    for _ in 0..PATIENCE {
        let with = Circumstances {
            key: form.key,
            lang: form.lang,
            mode: Mode::Web,
            begun: None,
            pace: pace(form.key),
            today: state.clock.today(),
            pressed: false,
            access: None,
        };
        match state.take(&form.entrance, &form.questionnaire, &form.submission, with, Vec::new()).await.0 {
            // nothing was stored, and the same key may be sent again
            Err(IntakeError::Busy) if !state.intake.is_stopping() => tokio::time::sleep(PAUSE).await,
            stored => return stored.map_err(|error| CommandError::Said(error.to_string())),
        }
    }
    Err(CommandError::Said(IntakeError::Busy.to_string()))
}

/// One form in fifty is clicked through, one in ten filled in fast. Told by the key, so that a seed makes the same forms as ever.
fn pace(key: Uuid) -> Pace {
    match key.as_bytes()[15] {
        0..5 => Pace::Rushed,
        5..30 => Pace::Brisk,
        _ => Pace::Ordinary,
    }
}

/// One imagined respondent's form.
struct Form {
    entrance: Arc<Entrance>,
    questionnaire: Arc<Published>,
    key: Uuid,
    lang: Lang,
    raw: RawAnswers<'static>,
    submission: Submission,
}

impl Form {
    /// `CODE<TAB>JSON`, as the API takes it.
    fn as_line(&self) -> Result<String, CommandError> {
        let mut answers = serde_json::Map::new();
        for (name, raw) in self.raw.iter() {
            let value = match raw {
                Raw::One(text) => text.to_string().into(),
                Raw::Many(list) => list.iter().map(ToString::to_string).collect::<Vec<_>>().into(),
                Raw::Null | Raw::Foreign => continue,
            };
            answers.insert(name.to_owned(), value);
        }
        let body = serde_json::json!({
            "key": self.key,
            "questionnaire": self.questionnaire.questionnaire.code,
            "lang": self.lang,
            "answers": answers,
        });
        Ok(format!("{}\t{body}", self.entrance.code))
    }
}

/// The people of a round: large schools answer more often, most in Vietnamese.
struct Crowd {
    entrances: Vec<Arc<Entrance>>,
    /// Pupils up to and including each entrance.
    weights: Vec<usize>,
    dice: Dice,
    clock: Clock,
}

impl Crowd {
    async fn gather(state: &State, round: &RoundRow, seed: u64) -> Result<Self, CommandError> {
        let id = round.id;
        let (rows, targets) =
            state.store.read(move |db| Ok((collectors::of_round(db, id)?, stored_rounds::targets(db, id)?))).await?;
        let mut pupils = HashMap::<i64, i64>::new();
        for target in targets {
            *pupils.entry(target.unit_id).or_insert(0) += target.eligible.unwrap_or(100);
        }
        let mut crowd =
            Self { entrances: Vec::new(), weights: Vec::new(), dice: Dice::new(seed), clock: state.clock.clone() };
        for row in rows.iter().filter(|row| row.revoked_at.is_none()) {
            let Ok(code) = row.code.parse::<CollectorCode>() else { continue };
            let Some(entrance) = state.catalogue.entrance(code).await? else { continue };
            if entrance.forms.is_empty() {
                continue;
            }
            let weight = usize::try_from(pupils.get(&row.unit_id).copied().unwrap_or(0)).unwrap_or(0);
            crowd.weights.push(crowd.weights.last().unwrap_or(&0) + weight.max(1));
            crowd.entrances.push(entrance);
        }
        if crowd.entrances.is_empty() {
            return Err(CommandError::Said(format!("{} has no units with a form", round.slug)));
        }
        Ok(crowd)
    }

    fn next(&mut self) -> Result<Form, CommandError> {
        let at = self.dice.below(self.weights.last().copied().unwrap_or(1));
        let entrance = self.entrances[self.weights.partition_point(|upto| *upto <= at)].clone();
        let questionnaire = entrance.forms[self.dice.below(entrance.forms.len())].clone();
        let key = Uuid::from_bytes(self.dice.key());
        let lang = if self.dice.chance(3) { Lang::EN } else { Lang::VI };
        let occasion = Occasion { now: local(self.clock.now()), lang };
        let place = entrance.unit_code.clone();
        let imagined = imagine::form(&questionnaire.questionnaire, &place, occasion, &mut self.dice);
        let Some((raw, submission)) = imagined else {
            let code = &questionnaire.questionnaire.code;
            return Err(CommandError::Said(format!(
                "chance does not fulfil the rules of {code}; simulate cannot help"
            )));
        };
        Ok(Form { entrance, questionnaire, key, lang, raw, submission })
    }
}
