//! What is open, in memory: collectors with their rounds and compiled questionnaires. Every instance notices a change within
//! two seconds, by the revision that each change raises.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use chrono::{Months, NaiveDateTime, TimeDelta};
use data_encoding::HEXLOWER;
use parking_lot::RwLock;
use serde_json::value::RawValue;

use crate::store::intake::Limits;
use crate::store::quotas::StratumQuota;
use crate::store::rounds::RoundRow;
use crate::store::{
    Db, Store, StoreError, campaigns, collectors, danger_words, media, meta, parents_notices, questionnaires, quotas,
    rounds,
};
use crate::survey::campaign::Plan;
use crate::survey::code::{Audience, Channel, EVERY_LEVEL};
use crate::survey::collector::CollectorCode;
use crate::survey::danger::Matcher;
use crate::survey::layout::Layout;
use crate::survey::question::Question;
use crate::survey::questionnaire::Questionnaire;
use crate::survey::round::{Access, Gate, KEPT};
use crate::survey::text::Lang;

/// A published questionnaire version, compiled.
#[derive(Debug)]
pub struct Published {
    /// The version's id.
    pub id: i64,
    /// 1, 2, 3, …
    pub version: i64,
    /// What it asks.
    pub questionnaire: Questionnaire,
    /// How it is counted.
    pub layout: Layout,
    /// The file as it was published.
    pub source: Box<RawValue>,
    /// The addresses of its files by their names.
    media: HashMap<String, String>,
}

impl Published {
    /// Compiles a stored version.
    ///
    /// # Errors
    /// The stored text is not a questionnaire that this program reads.
    pub fn read(row: &questionnaires::VersionRow) -> Result<Self, StoreError> {
        let questionnaire = Questionnaire::parse(&row.content).map_err(|mistakes| {
            let first = mistakes.first().map(ToString::to_string).unwrap_or_default();
            StoreError::corrupt("questionnaire", format!("{} version {}: {first}", row.code, row.version))
        })?;
        let layout = Layout::of(&questionnaire);
        let source = RawValue::from_string(row.content.clone()).map_err(|e| StoreError::corrupt("questionnaire", e))?;
        Ok(Self { id: row.id, version: row.version, questionnaire, layout, source, media: HashMap::new() })
    }

    /// As [`Self::read`], with its files.
    ///
    /// # Errors
    /// As [`Self::read`]; or the database failed.
    fn whole(db: &mut Db, row: &questionnaires::VersionRow) -> Result<Self, StoreError> {
        let files = media::of_version(db, row.id)?;
        Ok(Self::read(row)?.with_files(files))
    }

    /// With these files: names and hashes.
    #[must_use]
    pub fn with_files(self, files: Vec<(String, Vec<u8>)>) -> Self {
        let address = |(name, hash): (String, Vec<u8>)| {
            let address = media_address(&name, &hash);
            (name, address)
        };
        Self { media: files.into_iter().map(address).collect(), ..self }
    }

    /// Whether a question was recorded in this language.
    pub fn has_audio(&self, lang: impl std::borrow::Borrow<Lang>) -> bool {
        self.questionnaire.questions.iter().any(|question| self.audio(question, *lang.borrow()).is_some())
    }

    /// Where the recording of a question in this language is, if there is one.
    pub fn audio(&self, question: &Question, lang: Lang) -> Option<&str> {
        self.media.get(question.audio.get(&lang)?).map(String::as_str)
    }
}

/// Where a file of this name is to be had.
pub fn media_address(name: &str, hash: &[u8]) -> String {
    let ending = name.rsplit('.').next().unwrap_or("");
    format!("/media/{}.{ending}", HEXLOWER.encode(hash))
}

/// Everything behind one code on a poster.
#[derive(Debug)]
pub struct Entrance {
    /// The code.
    pub code: CollectorCode,
    /// When it stopped: the code was revoked, or the unit taken out of the round.
    pub stopped_at: Option<NaiveDateTime>,
    /// The round.
    pub round: RoundRow,
    /// The steering unit's name: who asks.
    pub owner_name: String,
    /// The unit.
    pub unit_id: i64,
    /// The unit's code.
    pub unit_code: String,
    /// The unit's name.
    pub unit_name: String,
    /// The channel.
    pub channel: Channel,
    /// The questionnaires that this unit has in this round: one per level or audience.
    pub forms: Vec<Arc<Published>>,
    /// How one gets in.
    pub access: Access,
    /// The plan that the round carries out.
    pub plan: Option<Arc<Plan>>,
    /// What parents are told before their children are asked.
    pub parents_notice: Option<Arc<str>>,
    /// The round's limits per stratum.
    pub quotas: Arc<[StratumQuota]>,
}

/// Forms begun before a code stopped are taken for so long after it: nobody loses what was half filled in, and whoever had
/// the code stopped because of abuse need not wait for a day.
const LAST_FORMS: TimeDelta = TimeDelta::hours(1);

impl Entrance {
    /// Whether forms may be begun here, as far as this code is concerned; the round has its own window.
    pub fn is_live(&self) -> bool {
        self.stopped_at.is_none() && !self.forms.is_empty()
    }

    /// Whether a form may be sent here now, given when it was begun, if that is proven.
    pub fn takes(&self, now: NaiveDateTime, begun: Option<NaiveDateTime>) -> bool {
        let still = |stopped| begun.is_some_and(|begun| begun < stopped) && now < stopped + LAST_FORMS;
        self.stopped_at.is_none_or(still) && self.round.window().takes(now, begun).is_some()
    }

    /// How many forms may count where a form of this stratum would.
    pub fn limits(&self, form: &Published, stratum: &str) -> Limits {
        let own = |quota: &&StratumQuota| quota.version_id == form.id && quota.stratum == stratum;
        Limits { unit: self.round.unit_most, stratum: self.quotas.iter().find(own).map(|quota| quota.most) }
    }

    /// For how long after closing the forms are kept.
    pub fn kept(&self) -> Months {
        let months = self.plan.as_ref().and_then(|plan| u32::try_from(plan.kept_months).ok());
        months.map_or(KEPT, Months::new)
    }

    /// Whom all questionnaires here ask; none, when they ask different people.
    pub fn audience(&self) -> Option<Audience> {
        let mut audiences = self.forms.iter().map(|form| form.questionnaire.audience);
        let first = audiences.next()?;
        audiences.all(|audience| audience == first).then_some(first)
    }

    /// How many minutes the longest of the questionnaires here takes.
    pub fn minutes(&self) -> u32 {
        self.forms.iter().map(|form| form.questionnaire.minutes).max().unwrap_or(5)
    }

    /// The languages of the questionnaires here, Vietnamese first.
    pub fn languages(&self) -> Vec<Lang> {
        let mut languages = vec![Lang::VI];
        for lang in self.forms.iter().flat_map(|form| &form.questionnaire.languages) {
            if !languages.contains(lang) {
                languages.push(*lang);
            }
        }
        languages
    }

    /// The questionnaire of this code; without a code, the only one.
    pub fn form(&self, code: Option<&str>) -> Option<&Arc<Published>> {
        match code {
            Some(code) => self.forms.iter().find(|form| form.questionnaire.code == code),
            None if self.forms.len() == 1 => self.forms.first(),
            None => None,
        }
    }
}

/// The catalogue of one process; cheap to clone.
#[derive(Clone)]
pub struct Catalogue(Arc<Inner>);

struct Inner {
    store: Store,
    shelf: RwLock<Shelf>,
    /// Held by whoever loads a round.
    loading: tokio::sync::Mutex<()>,
}

/// By code.
type Entrances = HashMap<CollectorCode, Arc<Entrance>>;

#[derive(Default)]
struct Shelf {
    revision: i64,
    danger: Option<Arc<Matcher>>,
    entrances: Entrances,
    /// By id, and whether the round asks for pictures.
    versions: HashMap<(i64, bool), Arc<Published>>,
}

impl Catalogue {
    /// An empty catalogue over a database.
    pub fn new(store: &Store) -> Self {
        Self(Arc::new(Inner { store: store.clone(), shelf: RwLock::default(), loading: tokio::sync::Mutex::default() }))
    }

    /// What is behind a code, if it was ever given out. The first who asks for a code of a round loads all codes of it, and
    /// whoever asks meanwhile waits for that: in the evening hundreds scan at once, each at another school.
    ///
    /// # Errors
    /// The database failed.
    pub async fn entrance(&self, code: CollectorCode) -> Result<Option<Arc<Entrance>>, StoreError> {
        if let Some(known) = self.known(code) {
            return Ok(Some(known));
        }
        // codes that were only guessed end here and keep nobody waiting
        let Some(row) = self.0.store.read(move |db| collectors::by_code(db, code)).await? else { return Ok(None) };
        let _turn = self.0.loading.lock().await;
        if let Some(known) = self.known(code) {
            return Ok(Some(known));
        }
        let (catalogue, revision) = (self.clone(), self.revision());
        let loaded = self.0.store.read(move |db| catalogue.load(db, row.round_id)).await?;
        let found = loaded.get(&code).cloned();
        let mut shelf = self.0.shelf.write();
        // what was loaded while something changed may be stale already
        if shelf.revision == revision {
            shelf.entrances.extend(loaded);
        }
        Ok(found)
    }

    fn known(&self, code: CollectorCode) -> Option<Arc<Entrance>> {
        self.0.shelf.read().entrances.get(&code).cloned()
    }

    /// Loads the rounds that take forms now, so that nobody waits for it.
    ///
    /// # Errors
    /// The database failed.
    pub fn prepare(&self, now: NaiveDateTime) -> Result<(), StoreError> {
        self.refresh()?;
        let revision = self.revision();
        let loaded = self.0.store.read_now(|db| {
            let open = rounds::all(db)?
                .into_iter()
                .filter(|round| matches!(round.window().gate(now), Gate::Open | Gate::Paused));
            self.load_all(db, open.map(|round| round.id))
        })?;
        let mut shelf = self.0.shelf.write();
        // what was loaded while something changed may be stale already, and is loaded again when somebody asks
        if shelf.revision == revision {
            shelf.entrances.extend(loaded);
        }
        Ok(())
    }

    /// The list of words of danger, compiled.
    ///
    /// # Errors
    /// The database failed, or the list cannot be used.
    pub async fn danger(&self) -> Result<Arc<Matcher>, StoreError> {
        if let Some(known) = self.0.shelf.read().danger.clone() {
            return Ok(known);
        }
        // a crowd that comes first waits for one reading: each reading for itself would use up the connections
        let _turn = self.0.loading.lock().await;
        if let Some(known) = self.0.shelf.read().danger.clone() {
            return Ok(known);
        }
        let matcher = self.0.store.read(matcher).await?;
        self.0.shelf.write().danger = Some(matcher.clone());
        Ok(matcher)
    }

    /// The questionnaires of a round, compiled.
    ///
    /// # Errors
    /// The database failed.
    pub fn of_round(&self, db: &mut Db, round_id: i64) -> Result<Vec<Arc<Published>>, StoreError> {
        let asks_for_pictures = rounds::by_id(db, round_id)?.is_some_and(|round| round.pictures_allowed_at.is_some());
        let rows = questionnaires::of_round(db, round_id)?;
        rows.iter().map(|row| self.compiled(db, row, asks_for_pictures)).collect()
    }

    /// Compares the revision with the database's, and replaces what may have changed.
    ///
    /// # Errors
    /// The database failed.
    pub fn refresh(&self) -> Result<(), StoreError> {
        let revision = self.0.store.read_now(meta::revision)?;
        if self.revision() == revision {
            return Ok(());
        }
        let rounds: BTreeSet<i64> = self.0.shelf.read().entrances.values().map(|entrance| entrance.round.id).collect();
        // a list of words that cannot be used is told to whoever needs it, and keeps nothing else waiting
        let (entrances, danger) = self.0.store.read_now(|db| Ok((self.load_all(db, rounds)?, matcher(db).ok())))?;
        let mut shelf = self.0.shelf.write();
        // somebody who began later may be done already: what is older never takes the place of what is newer
        if shelf.revision > revision {
            return Ok(());
        }
        *shelf = Shelf { revision, danger, entrances, versions: std::mem::take(&mut shelf.versions) };
        Ok(())
    }

    fn revision(&self) -> i64 {
        self.0.shelf.read().revision
    }

    fn load_all(&self, db: &mut Db, rounds: impl IntoIterator<Item = i64>) -> Result<Entrances, StoreError> {
        let mut entrances = Entrances::new();
        for round_id in rounds {
            entrances.extend(self.load(db, round_id)?);
        }
        Ok(entrances)
    }

    /// Everything behind the codes of a round.
    fn load(&self, db: &mut Db, round_id: i64) -> Result<Entrances, StoreError> {
        let Some(round) = rounds::by_id(db, round_id)? else { return Ok(Entrances::new()) };
        let owner_name = rounds::owner_name(db, round.owner_id)?;
        let forms = self.of_round(db, round_id)?;
        let mut asked = HashMap::<i64, Vec<(String, Option<NaiveDateTime>)>>::new();
        for (unit_id, level, removed_at) in rounds::levels(db, round_id)? {
            asked.entry(unit_id).or_default().push((level, removed_at));
        }
        let (access, quotas) = (round.access()?, Arc::from(quotas::of_round(db, round_id)?));
        let plan = campaigns::of_round(db, round_id)?.map(|campaign| Arc::new(campaign.plan));
        let parents_notice = parents_notices::of_round(db, round_id)?.map(Arc::<str>::from);
        let mut entrances = Entrances::new();
        for row in collectors::of_round(db, round_id)? {
            let code: CollectorCode = row.code.parse().map_err(|error| StoreError::corrupt("code", error))?;
            let levels = asked.get(&row.unit_id).map(Vec::as_slice).unwrap_or_default();
            let (levels, removed_at) = still_asked(levels);
            entrances.insert(
                code,
                Arc::new(Entrance {
                    code,
                    stopped_at: [row.revoked_at, removed_at].into_iter().flatten().min(),
                    owner_name: owner_name.clone(),
                    round: round.clone(),
                    unit_id: row.unit_id,
                    channel: row.channel()?,
                    unit_code: row.unit_code,
                    unit_name: row.unit_name,
                    access,
                    plan: plan.clone(),
                    parents_notice: parents_notice.clone(),
                    quotas: Arc::clone(&quotas),
                    forms: forms
                        .iter()
                        .filter(|form| !levels.is_empty() && fits(form.questionnaire.level_code(), &levels))
                        .cloned()
                        .collect(),
                }),
            );
        }
        Ok(entrances)
    }

    /// Versions never change: they are compiled once and kept, for rounds with pictures and for those without.
    fn compiled(
        &self,
        db: &mut Db,
        row: &questionnaires::VersionRow,
        asks_for_pictures: bool,
    ) -> Result<Arc<Published>, StoreError> {
        let key = (row.id, asks_for_pictures);
        if let Some(known) = self.0.shelf.read().versions.get(&key) {
            return Ok(known.clone());
        }
        let mut compiled = Published::whole(db, row)?;
        if !asks_for_pictures {
            compiled.questionnaire.withhold_pictures();
        }
        let compiled = Arc::new(compiled);
        self.0.shelf.write().versions.insert(key, compiled.clone());
        Ok(compiled)
    }
}

fn matcher(db: &mut Db) -> Result<Arc<Matcher>, StoreError> {
    let words = danger_words::all(db)?;
    Matcher::new(words).map(Arc::new).map_err(|error| StoreError::corrupt("list of words of danger", error))
}

/// The levels at which a unit is asked, or was before it was taken out, and when that was.
fn still_asked(levels: &[(String, Option<NaiveDateTime>)]) -> (Vec<&str>, Option<NaiveDateTime>) {
    let is_out = levels.iter().all(|(_, removed_at)| removed_at.is_some());
    let removed_at = levels.iter().filter_map(|(_, removed_at)| *removed_at).max().filter(|_| is_out);
    let asked = levels.iter().filter(|(_, removed_at)| is_out || removed_at.is_none());
    (asked.map(|(level, _)| level.as_str()).collect(), removed_at)
}

fn fits(questionnaire: &str, unit: &[&str]) -> bool {
    questionnaire == EVERY_LEVEL || unit.contains(&questionnaire)
}
