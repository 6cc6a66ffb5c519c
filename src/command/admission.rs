//! `langnghe rounds access | codes | quota`: how one gets into a round, and how many forms count.

use chrono::NaiveDateTime;
use clap::Subcommand;

use crate::catalogue::Published;
use crate::command::rounds::find;
use crate::command::{CommandError, note, output};
use crate::intake::access::{MOST, NotMade, make_sheets};
use crate::state::State;
use crate::store::quotas::StratumQuota;
use crate::store::rounds::RoundRow;
use crate::store::{Db, StoreError, quotas, rounds, units};
use crate::survey::audit::Action as Done;
use crate::survey::round::{Access, Gate};

/// What can be settled about who gets in.
#[derive(Debug, Clone, Subcommand)]
pub(super) enum Admission {
    /// Say how one gets into a round that has not begun: `open`, or `codes`, a one-time code per household
    Access {
        /// Its short name
        round: String,
        /// open or codes
        access: Access,
    },
    /// Make one-time codes and print them: school, address, code. They are shown once; only hashes are kept
    Codes {
        /// Its short name
        round: String,
        /// How many for each school
        #[arg(long)]
        count: i64,
        /// Only for the school with this code
        #[arg(long)]
        unit: Option<String>,
    },
    /// Say how many forms count at most in a round that has not begun; what is not named has no limit
    Quota {
        /// Its short name
        round: String,
        /// From each school
        #[arg(long, value_parser = clap::value_parser!(i64).range(1..))]
        each_unit: Option<i64>,
        /// Of one stratum over all schools, as questionnaire:stratum=number, for example hai-long-thcs:lop_6=200
        #[arg(long, value_parser = stratum)]
        stratum: Vec<Stratum>,
    },
}

/// The limit of a stratum as it was typed.
#[derive(Debug, Clone)]
pub(super) struct Stratum {
    questionnaire: String,
    stratum: String,
    most: i64,
}

fn stratum(text: &str) -> Result<Stratum, String> {
    let how = || "write questionnaire:stratum=number, for example hai-long-thcs:lop_6=200".to_owned();
    let (place, most) = text.rsplit_once('=').ok_or_else(how)?;
    let (questionnaire, stratum) = place.split_once(':').ok_or_else(how)?;
    let most = most.parse().ok().filter(|most| *most > 0).ok_or_else(how)?;
    Ok(Stratum { questionnaire: questionnaire.to_owned(), stratum: stratum.to_owned(), most })
}

impl Admission {
    /// Does what was asked for; codes go to stdout.
    ///
    /// # Errors
    /// One sentence that says what to do.
    pub(super) fn run(self, state: &State) -> Result<(), CommandError> {
        match self {
            Self::Access { round, access } => {
                settle(state, &round, |db, round| rounds::set_access(db, round.id, access).map(Ok))?;
                eprintln!("{round}: access is {}.", access.code());
            }
            Self::Codes { round, count, unit } => codes(state, &round, count, unit.as_deref())?,
            Self::Quota { round, each_unit, stratum } => {
                settle(state, &round, |db, round| set_quotas(db, state, round, each_unit, &stratum))?;
                eprintln!("{round}: the quotas are set.");
            }
        }
        Ok(())
    }
}

/// Changes a round that has not begun: otherwise some would have met other rules than others.
fn settle(
    state: &State,
    slug: &str,
    work: impl FnOnce(&mut Db, &RoundRow) -> Result<Result<(), String>, StoreError>,
) -> Result<(), CommandError> {
    let (now, id): (NaiveDateTime, i64) = (state.clock.now(), find(state, slug)?.id);
    let done = state.store.write_now(|db| {
        let Some(round) = rounds::by_id(db, id)? else {
            return Ok(Err(format!("there is no round {slug:?} any more")));
        };
        if round.window().gate(now) != Gate::NotYet {
            return Ok(Err(format!("{slug} has opened; its way in and its quotas can no longer be changed")));
        }
        let done = work(db, &round)?;
        if done.is_ok() {
            note(db, now, round.owner_id, Done::RoundEdited, slug)?;
        }
        Ok(done)
    })?;
    done.map_err(CommandError::Said)
}

fn set_quotas(
    db: &mut Db,
    state: &State,
    round: &RoundRow,
    each_unit: Option<i64>,
    strata: &[Stratum],
) -> Result<Result<(), String>, StoreError> {
    let forms = state.catalogue.of_round(db, round.id)?;
    let mut limits = Vec::<StratumQuota>::with_capacity(strata.len());
    for typed in strata {
        let form = forms.iter().find(|form| form.questionnaire.code == typed.questionnaire);
        let Some(form) = form else {
            return Ok(Err(format!("{} does not ask with the questionnaire {:?}", round.slug, typed.questionnaire)));
        };
        if let Err(why) = is_stratum(form, &typed.stratum) {
            return Ok(Err(why));
        }
        if limits.iter().any(|known| known.version_id == form.id && known.stratum == typed.stratum) {
            return Ok(Err(format!("{}:{} is given twice; give it once", typed.questionnaire, typed.stratum)));
        }
        limits.push(StratumQuota { version_id: form.id, stratum: typed.stratum.clone(), most: typed.most });
    }
    quotas::replace(db, round.id, each_unit, &limits).map(Ok)
}

/// Whether forms of this stratum can come in; if not, which can.
fn is_stratum(form: &Published, stratum: &str) -> Result<(), String> {
    let code = &form.questionnaire.code;
    let lists: Vec<&[String]> = form.questionnaire.strata.iter().map(|place| form.layout.listed(*place)).collect();
    if lists.is_empty() {
        return Err(format!("{code} has no strata; --each-unit limits the forms of a school"));
    }
    let parts: Vec<&str> = stratum.split('|').collect();
    let fits = parts.iter().zip(&lists).all(|(part, list)| list.iter().any(|known| known == part));
    if fits && parts.len() == lists.len() {
        return Ok(());
    }
    let known: Vec<String> = lists.iter().map(|list| list.join(", ")).collect();
    Err(format!("{stratum:?} is no stratum of {code}; it has {}", known.join(" | ")))
}

fn codes(state: &State, slug: &str, count: i64, unit: Option<&str>) -> Result<(), CommandError> {
    let round = find(state, slug)?;
    if round.frozen_at.is_some() {
        return Err(CommandError::Said(format!("the figures of {slug} are frozen; no code could be used any more")));
    }
    let made = state.store.write_now(|db| {
        let unit_id = match unit {
            Some(code) => match units::id_by_code(db, code)? {
                Some(id) => Some(id),
                None => return Ok(Err(NotMade::School)),
            },
            None => None,
        };
        let made = make_sheets(db, &state.secret, &round, unit_id, count)?;
        if made.is_ok() {
            note(db, state.clock.now(), round.owner_id, Done::CodesMade, slug)?;
        }
        Ok(made)
    })?;
    let made = made.map_err(|why| {
        CommandError::Said(match why {
            NotMade::Open if round.window().gate(state.clock.now()) != Gate::NotYet => {
                format!("{slug} was opened to all without codes, which can no longer be changed")
            }
            NotMade::Open => format!("{slug} is open to all; `langnghe rounds access {slug} codes` asks for codes"),
            NotMade::Number => format!("make from 1 to {MOST} codes at a time, all schools together"),
            NotMade::School => format!("{slug} does not ask this school, or has no link for it"),
        })
    })?;
    output::print(|out| {
        for school in made {
            for code in school.codes {
                let address = format!("{}/k/{}?ma={}", state.public_url, school.poster, code.as_str());
                writeln!(out, "{}\t{}\t{address}", school.name, code.groups().join("-"))?;
            }
        }
        Ok(())
    })?;
    eprintln!("Keep these where only you can read them: they cannot be shown again.");
    Ok(())
}
