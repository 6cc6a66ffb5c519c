//! Who is asked too often this term, in words: a warning, which keeps nobody from opening.

use chrono::NaiveDateTime;

use crate::store::rounds::{self, RoundRow};
use crate::store::{Db, StoreError, contacts};
use crate::survey::campaign::Crowd;
use crate::web::words::Words;

/// So many schools are named; of the others it is said how many they are.
const NAMED: usize = 3;

/// A sentence for each audience that is asked too often, with the schools and the other rounds.
pub(super) fn sentences(
    db: &mut Db,
    round: &RoundRow,
    now: NaiveDateTime,
    words: Words,
) -> Result<Vec<String>, StoreError> {
    let crowds = contacts::of_round(db, round, now)?;
    if crowds.is_empty() {
        return Ok(Vec::new());
    }
    let (most, named) = (contacts::most(db, round.owner_id)?, rounds::units(db, round.id)?);
    let sentence = |crowd: &Crowd| {
        let own = named.iter().filter(|unit| crowd.units.contains(&unit.id)).map(|unit| unit.name.as_str());
        let own: Vec<&str> = own.collect();
        let mut schools = own.iter().take(NAMED).copied().collect::<Vec<_>>().join("; ");
        if own.len() > NAMED {
            let others = i64::try_from(own.len() - NAMED).unwrap_or(i64::MAX);
            schools = format!("{schools} {}", words.count("crowd-others", others));
        }
        let audience = words.say(&format!("audience-{}", crowd.audience));
        let rounds = crowd.rounds.iter().map(|title| words.with("approval-quoted", "text", title));
        let rounds = rounds.collect::<Vec<_>>().join(", ");
        let values = [("audience", audience), ("schools", schools), ("rounds", rounds), ("most", most.to_string())];
        words.fill("crowd", values)
    };
    Ok(crowds.iter().map(sentence).collect())
}
