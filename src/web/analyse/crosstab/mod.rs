//! `/analyse/{slug}/crosstab`: any question by any other, or by where, when and how forms came. What is crossed and which forms are
//! kept stands in the address.
//!
//! With filters a table can be about a handful of forms, and so about somebody. Whoever may not read single forms is shown no
//! table below the round's smallest group.

mod asked;
mod file;
mod form;
mod names;
mod said;
mod samples;
mod view;

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

pub(super) use file::file;

use self::asked::{Asked, Plan, Trouble};
use self::form::Form;
use self::samples::Samples;
use self::view::{Printer, Sign, View};
use super::drawn::Drawn;
use super::frame::{Frame, Tab};
use super::quality;
use crate::analysis::crosstab::Table;
use crate::analysis::method::{Method, Reach};
use crate::catalogue::Published;
use crate::frame::{self, Content, Standing, Variables, Wanted};
use crate::state::State;
use crate::store::exclusions::{self, ExclusionRow};
use crate::store::frames::Head;
use crate::store::rounds::{NamedUnit, RoundRow};
use crate::store::{StoreError, round_methods, rounds, units};
use crate::survey::access::Right;
use crate::tabulation::Tabulation;
use crate::tabulation::excluded::ExcludedForms;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::method::reach_sentence;
use crate::web::page;
use crate::web::session::{Insider, Officer};
use crate::web::words::Words;

#[derive(Template)]
#[template(path = "web/analyse/crosstab/page.html")]
struct CrosstabPage {
    desk: DeskFrame,
    frame: Frame,
    shown: Shown,
    form: Option<Form>,
    /// When the forms were counted, and how many came since.
    taken: String,
    /// How many forms are left out, and by which rules; none: none are.
    excluded: Option<String>,
    /// For whom the figures speak.
    reach: String,
    query: String,
    turned: String,
    unfiltered: String,
    /// Whoever wanted answered.
    is_open: bool,
}

/// What the page is about.
enum Shown {
    Table(Box<View>, Option<Drawn>),
    /// The table is about fewer forms than this officer may see together.
    TooFew(String),
    /// The filter leaves no form, or nobody answered both.
    Nothing,
    /// The address names what there is not: the sentences, and what can be chosen instead.
    Trouble(Vec<(String, Vec<(String, String)>)>),
    /// Forms are put into columns just now.
    Awaited,
    /// There are no forms yet.
    NoForms,
    /// Forms were deleted when their time was over.
    Forgotten,
}

/// A round as this page needs it.
struct Subject {
    round: RoundRow,
    forms: Vec<Arc<Published>>,
    units: Vec<NamedUnit>,
    may_read_rows: bool,
    excluded: Arc<ExcludedForms>,
    history: Vec<ExclusionRow>,
    method: Method,
    tabulation: Arc<Tabulation>,
}

async fn subject(state: &web::Data<State>, officer: &Officer, slug: &str) -> Result<Subject, Failure> {
    let (catalogue, known, reader) = (state.catalogue.clone(), state.exclusions.clone(), officer.clone());
    let (tabulations, now) = (state.tabulations.clone(), state.clock.now());
    super::read(state, officer, slug, move |db, round| {
        let may_read_rows = reader.may_at(Right::Rows, &units::line(db, round.owner_id)?);
        let (forms, units) = (catalogue.of_round(db, round.id)?, rounds::units(db, round.id)?);
        let (excluded, history) = (known.of(db, &round)?, exclusions::history(db, round.id)?);
        let method = round_methods::of_round(db, round.id)?;
        let tabulation = tabulations.of(db, &catalogue, &round, now)?;
        Ok(Subject { round, forms, units, may_read_rows, excluded, history, method, tabulation })
    })
    .await
}

/// A frame that was looked at, with what was counted in it.
struct Looked {
    asked: Asked,
    found: Found,
}

enum Found {
    Counted { head: Box<Head>, since: i64, variables: Variables, table: Box<Result<Table, Vec<Trouble>>> },
    Not(Standing),
}

/// Looks and counts; not for the threads of requests.
fn look(state: &State, subject: &Subject, asked: &Asked) -> Result<Looked, StoreError> {
    loop {
        let (head, content, since) = match frame::look(state, &subject.round)? {
            Standing::Ready { head, content, since } => (head, content, since),
            other => return Ok(Looked { asked: asked.clone(), found: Found::Not(other) }),
        };
        let variables = Variables::of(&subject.forms, &subject.units, &content);
        let overall = subject.forms.iter().find_map(|form| {
            let questionnaire = &form.questionnaire;
            questionnaire.overall.map(|place| questionnaire.questions[place].code.as_str())
        });
        let asked = asked.clone().with_defaults(&variables, overall);
        // a newer frame may have taken its place while it was read
        if let Some(table) = count(state, &asked, (&variables, &subject.excluded.ids), &head, &content)? {
            return Ok(Looked { asked, found: Found::Counted { head, since, variables, table: Box::new(table) } });
        }
    }
}

fn count(
    state: &State,
    asked: &Asked,
    (variables, excluded): (&Variables, &[Vec<u8>]),
    head: &Head,
    content: &Content,
) -> Result<Option<Result<Table, Vec<Trouble>>>, StoreError> {
    let plan = match asked.plan(variables) {
        Ok(plan) => plan,
        Err(troubles) => return Ok(Some(Err(troubles))),
    };
    let (rows, columns) = (&plan.row.axis, &plan.column.axis);
    let wanted = Wanted { rows, columns, filters: plan.filters(), excluded };
    let crossed = state.store.read_now(|db| frame::cross(db, head, content, &wanted))?;
    Ok(crossed.ok().map(|crossed| Ok(Table::of(&crossed))))
}

/// The round and what was counted of it, as the address asks.
async fn read(
    request: &HttpRequest,
    state: &web::Data<State>,
    officer: &Officer,
    slug: &str,
) -> Result<(Subject, Looked), Failure> {
    let subject = subject(state, officer, slug).await?;
    let (state, asked) = (state.clone(), Asked::read(request.query_string()));
    let looked = web::block(move || look(&state, &subject, &asked).map(|looked| (subject, looked))).await;
    Ok(looked.map_err(|error| Failure::Unknown(error.to_string()))??)
}

/// `GET …/crosstab`
pub(super) async fn show(
    request: HttpRequest,
    officer: Insider,
    state: web::Data<State>,
    slug: web::Path<String>,
) -> Result<HttpResponse, Failure> {
    let (subject, looked) = read(&request, &state, &officer, &slug).await?;
    let (words, asked) = (officer.words, &looked.asked);
    let (status, shown) = shown(&subject, &looked, words);
    let (form, taken) = match &looked.found {
        Found::Counted { head, since, variables, .. } => {
            (Some(Form::of(asked, variables, words)), taken(head, *since, words))
        }
        Found::Not(_) => (None, String::new()),
    };
    page::show_as(
        status,
        &CrosstabPage {
            desk: DeskFrame::new(&request, &officer, Room::Results),
            frame: Frame::new(&officer, &subject.round, Tab::Crosstab, state.clock.now()),
            form,
            taken,
            excluded: (!subject.excluded.ids.is_empty())
                .then(|| quality::said::excluded(&subject.excluded.ids, &subject.history, words)),
            reach: reach_sentence(words, subject.method.reach),
            query: asked.query(),
            turned: asked.turned().query(),
            unfiltered: asked.unfiltered().query(),
            is_open: subject.method.reach == Reach::OpenLink,
            shown,
        },
    )
}

fn taken(head: &Head, since: i64, words: Words) -> String {
    let at = words.moment(head.taken_at);
    match since {
        0 => words.with("crosstab-taken", "at", at),
        since => words.fill("crosstab-taken-since", [("at", at), ("n", words.number(since))]),
    }
}

fn shown(subject: &Subject, looked: &Looked, words: Words) -> (StatusCode, Shown) {
    let (variables, table) = match &looked.found {
        Found::Not(Standing::Forgotten) => return (StatusCode::OK, Shown::Forgotten),
        Found::Not(_) => return (StatusCode::OK, Shown::Awaited),
        Found::Counted { head, .. } if head.forms == 0 => return (StatusCode::OK, Shown::NoForms),
        Found::Counted { variables, table, .. } => (variables, table.as_ref()),
    };
    let table = match table {
        Ok(table) => table,
        Err(troubles) => return (StatusCode::NOT_FOUND, in_trouble(&looked.asked, variables, troubles, words)),
    };
    let Ok(plan) = looked.asked.plan(variables) else { return (StatusCode::OK, Shown::Nothing) };
    let shown = match about(table) {
        0 => Shown::Nothing,
        forms if is_hidden(subject, forms) => Shown::TooFew(words.number(subject.round.minimum_group)),
        _ => {
            let view = subject.printer(&looked.asked, &plan, table, words).view();
            let drawn = view.chart.as_ref().map(|chart| Drawn::by(|breadth| chart.draw(breadth)));
            Shown::Table(Box::new(view), drawn)
        }
    };
    (StatusCode::OK, shown)
}

impl Subject {
    fn printer<'a>(&self, asked: &'a Asked, plan: &'a Plan<'a>, table: &'a Table, words: Words) -> Printer<'a> {
        Printer { asked, plan, table, words, samples: Samples::of(&self.tabulation, self.method.reach, asked, plan) }
    }
}

/// How many forms a table is about: those in its cells, or where numbers have no classes, in its means.
fn about(table: &Table) -> u64 {
    table.base.max(table.means(1).all.n)
}

/// Whether this table is about fewer forms than whoever may not read single ones is shown together.
fn is_hidden(subject: &Subject, forms: u64) -> bool {
    !subject.may_read_rows && i64::try_from(forms).is_ok_and(|forms| forms < subject.round.minimum_group)
}

fn in_trouble(asked: &Asked, variables: &Variables, troubles: &[Trouble], words: Words) -> Shown {
    let instead = |trouble: &Trouble| match trouble {
        Trouble::Several(code, several) => {
            let link = |name: &String| {
                let label = variables.find(name).map_or_else(|| name.clone(), |one| names::variable(one, words));
                (label, asked.renamed(code, name).query())
            };
            several.iter().map(link).collect()
        }
        _ => Vec::new(),
    };
    Shown::Trouble(troubles.iter().map(|one| (names::trouble(one, variables, words), instead(one))).collect())
}
