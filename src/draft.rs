//! Making a round: questionnaires published, units put in with the number of people asked, and a code for each unit and
//! channel. Pages and commands call it inside a transaction ([`crate::store::Store::write`]), so that a round is made whole
//! or not at all.

mod again;
mod forms;
mod renew;

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::{NaiveDate, NaiveDateTime};

use crate::store::rounds::{Cover, NewRound, TargetRow};
use crate::store::{Db, StoreError, collectors, questionnaires, recordings, rounds, units};
use crate::survey::code::Channel;
use crate::survey::questionnaire::{Mistake, Questionnaire};
use crate::survey::round::{levels_asked, minimum_group};
use crate::survey::templates;

pub use self::again::{Again, again};
pub use self::forms::{Wanted, ask_with};
pub use self::renew::renew;

/// A round to be made.
#[derive(Debug, Clone)]
pub struct Draft {
    /// What it is called.
    pub title: String,
    /// Its name in URLs.
    pub slug: String,
    /// The steering unit.
    pub owner_id: i64,
    /// Whom to ask about it.
    pub contact: String,
    /// When it closes, UTC.
    pub closes_at: NaiveDateTime,
    /// The last day by which those who answered are told the result, in Việt Nam.
    pub results_by: Option<NaiveDate>,
    /// The texts of its questionnaires; see [`crate::survey::templates`].
    pub questionnaires: Vec<String>,
    /// The units to ask; those without a level of the questionnaires are left out.
    pub unit_ids: Vec<i64>,
    /// Through whom each unit's people are asked: one code each.
    pub channels: Vec<Channel>,
}

/// A round that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drafted {
    /// Its number.
    pub round_id: i64,
    /// The names of units that were chosen and are not asked, because they have no level of the questionnaires.
    pub left_out: Vec<String>,
}

/// Makes a round that is not open yet.
///
/// # Errors
/// [`StoreError::Exists`] when the slug is taken; [`StoreError::NobodyAsked`] when all units would be left out; a
/// questionnaire that does not read; the database failed.
pub fn draft(db: &mut Db, draft: &Draft, now: NaiveDateTime) -> Result<Drafted, StoreError> {
    let mut own = HashMap::new();
    for text in &draft.questionnaires {
        let questionnaire = parse(text)?;
        let files = own_recordings(db, &questionnaire)?;
        own.insert(questionnaire.code, files);
    }
    let none = Recordings::new();
    draft_with(db, draft, |code, name| recording(own.get(code).unwrap_or(&none), code, name), now)
}

/// Recordings of an office's own questionnaire, by the file's name.
type Recordings = HashMap<String, Vec<u8>>;

fn own_recordings(db: &mut Db, questionnaire: &Questionnaire) -> Result<Recordings, StoreError> {
    match questionnaire.questions.iter().any(|question| !question.audio.is_empty()) {
        true => recordings::of_code(db, &questionnaire.code),
        false => Ok(Recordings::new()),
    }
}

/// The office's own recording, otherwise the template's.
fn recording(own: &Recordings, code: &str, name: &str) -> Option<Vec<u8>> {
    own.get(name).cloned().or_else(|| templates::recording(code, name))
}

/// As [`draft`], with recordings of questions from elsewhere: by the questionnaire's code and the file's name.
///
/// # Errors
/// As [`draft`]; or a recording is missing or unusable.
pub fn draft_with(
    db: &mut Db,
    draft: &Draft,
    recording: impl Fn(&str, &str) -> Option<Vec<u8>>,
    now: NaiveDateTime,
) -> Result<Drafted, StoreError> {
    // the same box ticked twice asks once
    let texts: Vec<&String> = {
        let mut seen = HashSet::new();
        draft.questionnaires.iter().filter(|text| seen.insert(*text)).collect()
    };
    let parsed: Vec<Questionnaire> = texts.iter().map(|text| parse(text)).collect::<Result<_, _>>()?;
    let mut versions = Vec::new();
    for (at, (questionnaire, text)) in parsed.iter().zip(texts).enumerate() {
        let code = &questionnaire.code;
        if parsed[..at].iter().any(|earlier| earlier.code == *code) {
            return Err(StoreError::corrupt("questionnaire", format!("{code} stands twice in one round")));
        }
        let recordings =
            questionnaire.recordings(text, |name| recording(code, name)).map_err(|found| mistaken(&found))?;
        versions.push(questionnaires::publish(db, code, text, &recordings, now)?);
    }
    let cover = Cover {
        title: &draft.title,
        contact: &draft.contact,
        closes_at: draft.closes_at,
        results_by: draft.results_by,
    };
    let new = NewRound {
        slug: &draft.slug,
        cover,
        owner_id: draft.owner_id,
        minimum_group: minimum_group(&parsed),
        versions: &versions,
    };
    let round_id = rounds::insert(db, &new, now)?;
    let left_out = put_units(db, round_id, &parsed, &draft.unit_ids, &draft.channels, now)?;
    if rounds::targets(db, round_id)?.is_empty() {
        return Err(StoreError::NobodyAsked);
    }
    Ok(Drafted { round_id, left_out })
}

/// Adds units to a round, with codes for the channels that the round has already. Units that were removed come back.
///
/// # Errors
/// The database failed.
pub fn add_units(db: &mut Db, round_id: i64, unit_ids: &[i64], now: NaiveDateTime) -> Result<(), StoreError> {
    let versions = questionnaires::of_round(db, round_id)?;
    let parsed: Vec<Questionnaire> = versions.iter().map(|row| parse(&row.content)).collect::<Result<_, _>>()?;
    let channels = channels(db, round_id)?;
    put_units(db, round_id, &parsed, unit_ids, &channels, now)?;
    Ok(())
}

/// Through whom a round asks; through the school where it has no codes that work.
///
/// # Errors
/// The database failed.
pub fn channels(db: &mut Db, round_id: i64) -> Result<Vec<Channel>, StoreError> {
    let live = collectors::of_round(db, round_id)?.into_iter().filter(|row| row.revoked_at.is_none());
    let channels: BTreeSet<Channel> = live.map(|row| row.channel()).collect::<Result<_, _>>()?;
    Ok(if channels.is_empty() { vec![Channel::Truong] } else { channels.into_iter().collect() })
}

fn parse(text: &str) -> Result<Questionnaire, StoreError> {
    Questionnaire::parse(text).map_err(|found| mistaken(&found))
}

fn mistaken(found: &[Mistake]) -> StoreError {
    StoreError::corrupt("questionnaire", found.first().map(ToString::to_string).unwrap_or_default())
}

/// Puts units into a round and returns the names of those that have none of its levels.
fn put_units(
    db: &mut Db,
    round_id: i64,
    questionnaires: &[Questionnaire],
    unit_ids: &[i64],
    channels: &[Channel],
    now: NaiveDateTime,
) -> Result<Vec<String>, StoreError> {
    let mut left_out = Vec::new();
    let wanted: HashSet<i64> = unit_ids.iter().copied().collect();
    let live: HashSet<(i64, String)> = collectors::of_round(db, round_id)?
        .into_iter()
        .filter(|row| row.revoked_at.is_none())
        .map(|row| (row.unit_id, row.channel))
        .collect();
    for stored in units::all(db)?.into_iter().filter(|stored| wanted.contains(&stored.id)) {
        let levels = levels_asked(&stored.unit, questionnaires);
        if levels.is_empty() {
            left_out.push(stored.unit.name);
            continue;
        }
        for (level, eligible) in levels {
            rounds::put_target(db, round_id, &TargetRow { unit_id: stored.id, level: level.to_owned(), eligible })?;
        }
        for channel in channels {
            if !live.contains(&(stored.id, channel.code().to_owned())) {
                collectors::insert(db, round_id, stored.id, *channel, now)?;
            }
        }
    }
    Ok(left_out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;
    use crate::store::tests::{Database, at, empty_store};
    use crate::survey::unit::{Preset, parse_csv};

    fn office() -> (Database, Store) {
        let (database, store) = empty_store();
        let plan = parse_csv(Preset::PhuongSo.csv(), &[]).unwrap();
        store.write_now(|db| units::import(db, &plan)).unwrap();
        (database, store)
    }

    fn of(store: &Store, code: &str) -> i64 {
        store.read_now(|db| units::id_by_code(db, code)).unwrap().unwrap()
    }

    fn story(store: &Store, unit_ids: Vec<i64>) -> Draft {
        Draft {
            title: "Phụ huynh tiểu học".into(),
            slug: "tieu-hoc".into(),
            owner_id: of(store, "SO-AN-LANH"),
            contact: "Phòng Khảo thí".into(),
            closes_at: at(86_400),
            results_by: None,
            questionnaires: vec![templates::find("hai-long-tieu-hoc").unwrap().text.to_owned()],
            unit_ids,
            channels: vec![Channel::Truong, Channel::MatTran],
        }
    }

    #[test]
    fn a_round_asks_the_schools_that_have_its_level_with_a_code_for_each_channel() {
        let (_database, store) = office();
        let (primary, nursery) = (of(&store, "TH-HOA-MAI"), of(&store, "MN-SON-CA"));
        let id = store.write_now(|db| draft(db, &story(&store, vec![primary, nursery]), at(0))).unwrap().round_id;
        let targets = store.read_now(|db| rounds::targets(db, id)).unwrap();
        assert_eq!(targets, [TargetRow { unit_id: primary, level: "tieu_hoc".into(), eligible: Some(1640) }]);
        let codes = store.read_now(|db| collectors::of_round(db, id)).unwrap();
        assert_eq!(codes.iter().map(|c| c.channel.as_str()).collect::<Vec<_>>(), ["truong", "mat_tran"]);
    }

    #[test]
    fn a_questionnaire_that_was_sent_twice_is_asked_once_and_two_texts_of_one_code_are_refused() {
        let (_folder, store) = office();
        let mut round = story(&store, vec![of(&store, "TH-HOA-MAI")]);
        round.questionnaires.push(round.questionnaires[0].clone());
        let id = store.write_now(|db| draft(db, &round, at(0))).unwrap().round_id;
        assert_eq!(store.read_now(|db| questionnaires::of_round(db, id)).unwrap().len(), 1);
        round.slug = "lan-hai".into();
        round.questionnaires[1].push('\n');
        let error = store.write_now(|db| draft(db, &round, at(0))).unwrap_err().to_string();
        assert!(error.contains("hai-long-tieu-hoc stands twice"), "{error}");
    }

    #[test]
    fn a_round_that_nobody_could_answer_is_refused_and_units_without_a_level_are_named() {
        let (_folder, store) = office();
        let (primary, nursery) = (of(&store, "TH-HOA-MAI"), of(&store, "MN-SON-CA"));
        let nobody = store.write_now(|db| draft(db, &story(&store, vec![nursery]), at(0)));
        assert!(matches!(nobody, Err(StoreError::NobodyAsked)), "{nobody:?}");
        assert_eq!(store.read_now(rounds::all).unwrap().len(), 0);
        let made = store.write_now(|db| draft(db, &story(&store, vec![primary, nursery]), at(0))).unwrap();
        assert_eq!(made.left_out, ["Trường Mầm non Sơn Ca"]);
    }

    #[test]
    fn a_unit_that_comes_back_keeps_its_codes_and_a_taken_slug_makes_nothing() {
        let (_database, store) = office();
        let primary = of(&store, "TH-HOA-MAI");
        let round = story(&store, vec![primary]);
        let id = store.write_now(|db| draft(db, &round, at(0))).unwrap().round_id;
        store.write_now(|db| rounds::remove_unit(db, id, primary, at(1))).unwrap();
        store.write_now(|db| add_units(db, id, &[primary, of(&store, "TH-HOA-BAN")], at(2))).unwrap();
        assert_eq!(store.read_now(|db| rounds::targets(db, id)).unwrap().len(), 2);
        assert_eq!(store.read_now(|db| collectors::of_round(db, id)).unwrap().len(), 4);
        let again = store.write_now(|db| draft(db, &round, at(3)));
        assert!(matches!(again, Err(StoreError::Exists(_))), "{again:?}");
    }
}
