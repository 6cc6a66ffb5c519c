//! `langnghe rounds …`

use chrono::{NaiveDateTime, TimeDelta};
use clap::{Args, Subcommand};

use crate::command::admission::Admission;
use crate::command::course::{self, Course};
use crate::command::{CommandError, note, open, output};
use crate::config::DataConfig;
use crate::release;
use crate::state::State;
use crate::store::collectors::CollectorRow;
use crate::store::rounds::RoundRow;
use crate::store::{Db, StoreError, approvals, collectors, parents_notices, questionnaires, rounds, tallies};
use crate::survey::audit::Action as Done;
use crate::survey::questionnaire::Questionnaire;
use crate::survey::round::{GRACE, Gate, Step, asks_children};
use crate::vietnamese;

/// Rounds
#[derive(Debug, Clone, Args)]
pub struct RoundsCommand {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Clone, Subcommand)]
enum Action {
    /// List all rounds: short name, state, submissions, title
    List,
    /// Open a round now
    Open {
        /// Its short name
        round: String,
        /// For so many days from now, instead of until the closing time it has
        #[arg(long, value_parser = clap::value_parser!(i64).range(1..=366))]
        days: Option<i64>,
    },
    /// Give a round a later closing time; one that has closed and is not frozen opens again
    Extend {
        /// Its short name
        round: String,
        /// So many days after its closing time, or after now if that has passed
        #[arg(long, value_parser = clap::value_parser!(i64).range(1..=366), required_unless_present = "until")]
        days: Option<i64>,
        /// Until this moment on a clock in Việt Nam, as 2026-12-01T22:00
        #[arg(long, value_parser = moment, conflicts_with = "days")]
        until: Option<NaiveDateTime>,
    },
    /// Close a round now; forms already begun are taken for 24 hours more
    Close {
        /// Its short name
        round: String,
        /// Freeze the figures at once and make the closing release
        #[arg(long)]
        freeze: bool,
        /// Why, for those who look at the round later
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// Ask for pictures in a round that has not begun, where its questionnaires do; otherwise those questions are left out
    Pictures {
        /// Its short name
        round: String,
        /// Leave them out again
        #[arg(long)]
        refuse: bool,
    },
    /// Print the codes and addresses of a round
    Links {
        /// Its short name
        round: String,
    },
    #[command(flatten)]
    Admission(Admission),
    #[command(flatten)]
    Course(Course),
}

impl RoundsCommand {
    /// Does what was asked for; lists go to stdout.
    ///
    /// # Errors
    /// One sentence that says what to do.
    pub fn run(self, config: &DataConfig) -> Result<(), CommandError> {
        let state = open(config)?;
        match self.action {
            Action::List => list(&state),
            Action::Open { round, days } => {
                change(&state, &round, Done::RoundOpened, |round, now| open_round(round, days, now))
            }
            Action::Extend { round, days, until } => {
                change(&state, &round, Done::RoundExtended, |round, now| extend(round, days, until, now))
            }
            Action::Close { round, freeze, reason } => close(&state, &round, freeze, &reason),
            Action::Pictures { round, refuse } => pictures(&state, &round, refuse),
            Action::Links { round } => links(&state, &find(&state, &round)?),
            Action::Admission(admission) => admission.run(&state),
            Action::Course(course) => course.run(&state),
        }
    }
}

/// A moment on a clock in Việt Nam, as UTC.
pub(super) fn moment(text: &str) -> Result<NaiveDateTime, String> {
    let read = |format| NaiveDateTime::parse_from_str(text, format);
    let local = read("%Y-%m-%dT%H:%M").or_else(|_| read("%Y-%m-%d %H:%M"));
    local.map(vietnamese::utc).map_err(|_| "write year-month-dayThour:minute, for example 2026-12-01T22:00".to_owned())
}

/// The round of this short name.
pub(super) fn find(state: &State, slug: &str) -> Result<RoundRow, CommandError> {
    state.store.read_now(|db| rounds::by_slug(db, slug))?.ok_or_else(|| nothing_called(slug))
}

fn nothing_called(slug: &str) -> CommandError {
    CommandError::Said(format!("there is no round {slug:?}; `langnghe rounds list` shows all"))
}

/// What shall become of a round: a new opening time, a new closing time, and what to say about it. Or why not.
type Plan = Result<(Option<NaiveDateTime>, NaiveDateTime, String), String>;

/// Changes a round as planned from what it is in the same transaction.
fn change(
    state: &State,
    slug: &str,
    done: Done,
    plan: impl FnOnce(&RoundRow, NaiveDateTime) -> Plan,
) -> Result<(), CommandError> {
    let now = state.clock.now();
    let outcome = state.store.write_now(|db| {
        let Some(round) = rounds::by_slug(db, slug)? else { return Ok(None) };
        let mut planned = plan(&round, now);
        if planned.is_ok() && matches!(done, Done::RoundOpened) && lacks_notice(db, &round)? {
            let slug = &round.slug;
            planned = Err(format!(
                "{slug} asks pupils; write what their parents are told at /manage/rounds/{slug}/notice first"
            ));
        }
        let is_unapproved = matches!(done, Done::RoundOpened) && approvals::is_missing(db, &round, now)?;
        if let Ok((opens_at, closes_at, _)) = &planned {
            rounds::close_at(db, round.id, *closes_at)?;
            if let Some(opens_at) = opens_at {
                rounds::open(db, round.id, *opens_at)?;
            }
            note(db, now, round.owner_id, done, slug)?;
        }
        Ok(Some((planned, is_unapproved)))
    })?;
    let (planned, is_unapproved) = outcome.ok_or_else(|| nothing_called(slug))?;
    let (.., said) = planned.map_err(CommandError::Said)?;
    eprintln!("{said}");
    if is_unapproved {
        eprintln!(
            "Its office asks for the approval of a second person, and nobody has given it; the log names the command line."
        );
    }
    Ok(())
}

/// Whether a round asks children whose parents are not told.
fn lacks_notice(db: &mut Db, round: &RoundRow) -> Result<bool, StoreError> {
    let rows = questionnaires::of_round(db, round.id)?;
    let asked: Vec<Questionnaire> = rows.iter().filter_map(|row| Questionnaire::parse(&row.content).ok()).collect();
    Ok(asks_children(&asked) && parents_notices::of_round(db, round.id)?.is_none())
}

fn list(state: &State) -> Result<(), CommandError> {
    let now = state.clock.now();
    let all = state.store.read_now(rounds::all)?;
    output::print(|out| {
        for round in all {
            let n = state.store.read_now(|db| tallies::submissions(db, round.id)).map_err(CommandError::from)?;
            writeln!(out, "{}\t{}\t{n}\t{}", round.slug, state_of(&round, now), round.title)?;
        }
        Ok(())
    })
}

fn state_of(round: &RoundRow, now: NaiveDateTime) -> &'static str {
    match (round.frozen_at, round.opens_at, round.window().gate(now)) {
        (Some(_), ..) => "frozen",
        (_, None, _) => "draft",
        (.., Gate::NotYet) => "planned",
        (.., Gate::Open) => "open",
        (.., Gate::Paused) => "paused",
        (.., Gate::Grace) => "grace",
        (.., Gate::Closed) => "closed",
    }
}

/// Frozen figures are published: nothing may be added to them.
fn not_frozen(round: &RoundRow) -> Result<(), String> {
    match round.frozen_at {
        Some(at) => {
            let at = vietnamese::moment(at);
            Err(format!("the figures of {} are frozen since {at}; make a new round", round.slug))
        }
        None => Ok(()),
    }
}

fn open_round(round: &RoundRow, days: Option<i64>, now: NaiveDateTime) -> Plan {
    not_frozen(round)?;
    let (slug, closes) = (&round.slug, vietnamese::moment(round.closes_at));
    match (round.window().gate(now), round.opens_at) {
        (Gate::Open, Some(since)) => {
            let since = vietnamese::moment(since);
            return Err(format!(
                "{slug} is open already, since {since} until {closes}; `langnghe rounds extend {slug}` makes that later"
            ));
        }
        (Gate::Paused, _) => {
            return Err(format!("{slug} is paused; `langnghe rounds resume {slug}` lets it go on"));
        }
        (Gate::Grace | Gate::Closed, _) => {
            return Err(format!(
                "{slug} has closed at {closes}; `langnghe rounds extend {slug} --days N` opens it again"
            ));
        }
        _ => {}
    }
    if round.contact.trim().is_empty() {
        return Err(format!(
            "{slug} names nobody whom people could ask; give it an office and a telephone at /manage/rounds/{slug}/edit"
        ));
    }
    let closes_at = days.map_or(round.closes_at, |days| now + TimeDelta::days(days));
    if closes_at <= now {
        return Err(format!("{slug} would have closed at {closes} already; add --days to open it for so many days"));
    }
    Ok((Some(now), closes_at, format!("{slug} is open until {}.", vietnamese::moment(closes_at))))
}

fn extend(round: &RoundRow, days: Option<i64>, until: Option<NaiveDateTime>, now: NaiveDateTime) -> Plan {
    not_frozen(round)?;
    let (slug, closes) = (&round.slug, vietnamese::moment(round.closes_at));
    let begins = round.opens_at.unwrap_or(now).max(round.closes_at).max(now);
    let closes_at = until.unwrap_or_else(|| begins + TimeDelta::days(days.unwrap_or(0)));
    if closes_at <= begins {
        return Err(format!(
            "{slug} closes at {closes}; name a later moment that is not past, or close it now with `langnghe rounds close`"
        ));
    }
    Ok((None, closes_at, format!("{slug} closes at {} instead of {closes}.", vietnamese::moment(closes_at))))
}

fn close(state: &State, slug: &str, freeze: bool, reason: &str) -> Result<(), CommandError> {
    let round = find(state, slug)?;
    let is_over = matches!(round.window().gate(state.clock.now()), Gate::Grace | Gate::Closed);
    if !(freeze && is_over && round.frozen_at.is_none()) {
        change(state, slug, Done::RoundClosed, |round, now| close_now(round, freeze, now))?;
        course::told(state, round.id, Step::Closed, None, reason)?;
    }
    if freeze {
        release::freeze(state, &round)?;
        let now = state.clock.now();
        state.store.write_now(|db| note(db, now, round.owner_id, Done::RoundFrozen, slug))?;
        eprintln!("{slug} is closed, its figures are frozen and released.");
    }
    Ok(())
}

fn close_now(round: &RoundRow, freeze: bool, now: NaiveDateTime) -> Plan {
    let slug = &round.slug;
    if let Some(at) = round.frozen_at {
        return Err(format!("{slug} is closed already, and its figures are frozen since {}", vietnamese::moment(at)));
    }
    let Some(opens_at) = round.opens_at else { return Err(format!("{slug} was never opened")) };
    match round.window().gate(now) {
        Gate::Open | Gate::Paused => {}
        Gate::NotYet => {
            let opens_at = vietnamese::moment(opens_at);
            return Err(format!("{slug} is not open yet, only from {opens_at}; there is nothing to close"));
        }
        Gate::Grace | Gate::Closed => {
            let closed = vietnamese::moment(round.closes_at);
            return Err(format!("{slug} is closed already, since {closed}; --freeze freezes its figures now"));
        }
    }
    let late = vietnamese::moment(now + GRACE);
    let said = if freeze {
        "No new form is taken.".to_owned()
    } else {
        format!("{slug} is closed; forms begun before are taken until {late}.")
    };
    Ok((None, now, said))
}

/// Whoever has begun a form was told what is asked: pictures are allowed before that, or not at all.
fn pictures(state: &State, slug: &str, refuse: bool) -> Result<(), CommandError> {
    let now = state.clock.now();
    let outcome = state.store.write_now(|db| {
        let Some(round) = rounds::by_slug(db, slug)? else { return Ok(None) };
        let is_draft = round.frozen_at.is_none() && round.window().gate(now) == Gate::NotYet;
        if is_draft {
            let allowed_at = round.pictures_allowed_at.unwrap_or(now);
            rounds::allow_pictures(db, round.id, (!refuse).then_some(allowed_at))?;
            note(db, now, round.owner_id, Done::RoundEdited, slug)?;
        }
        Ok(Some(is_draft))
    })?;
    if !outcome.ok_or_else(|| nothing_called(slug))? {
        return Err(CommandError::Said(format!("{slug} has begun already; what it asks for stays as it is")));
    }
    eprintln!(
        "{slug} {}.",
        if refuse { "asks for no pictures" } else { "asks for pictures where its questionnaires do" }
    );
    Ok(())
}

fn links(state: &State, round: &RoundRow) -> Result<(), CommandError> {
    let (codes, asked) =
        state.store.read_now(|db| Ok((collectors::of_round(db, round.id)?, rounds::targets(db, round.id)?)))?;
    let is_asked = |unit_id: i64| asked.iter().any(|target| target.unit_id == unit_id);
    output::print(|out| {
        let open = codes.iter().filter(|one| one.revoked_at.is_none() && is_asked(one.unit_id));
        for CollectorRow { code, unit_code, channel, unit_name, .. } in open {
            writeln!(out, "{code}\t{unit_code}\t{channel}\t{}/k/{code}\t{unit_name}", state.public_url)?;
        }
        Ok(())
    })
}
