//! A cross-tab as a file, with the conditions of its figures.

use actix_web::{HttpRequest, HttpResponse, web};
use chrono::NaiveDate;

use super::asked::{Asked, Plan};
use super::{Found, Subject, about, is_hidden, names, read};
use crate::analysis::crosstab::Table;
use crate::chart::{Breadth, Stacked};
use crate::frame::{Key, Variable};
use crate::state::State;
use crate::web::analyse::conditions::Conditions;
use crate::web::analyse::file::{self, Ending};
use crate::web::error::Failure;
use crate::web::session::Insider;
use crate::web::words::Words;

/// `GET …/crosstab.{ending}`
pub(in crate::web::analyse) async fn file(
    request: HttpRequest,
    officer: Insider,
    state: web::Data<State>,
    path: web::Path<(String, Ending)>,
) -> Result<HttpResponse, Failure> {
    let (slug, ending) = path.into_inner();
    let (subject, looked) = read(&request, &state, &officer, &slug).await?;
    let Found::Counted { variables, table, .. } = &looked.found else { return Err(Failure::NotFound) };
    let Ok(table) = table.as_ref() else { return Err(Failure::NotFound) };
    let Ok(plan) = looked.asked.plan(variables) else { return Err(Failure::NotFound) };
    if is_hidden(&subject, about(table)) {
        return Err(Failure::NotFound);
    }
    let words = officer.words;
    let printer = subject.printer(&looked.asked, &plan, table, words);
    let conditions = conditions(&subject, table, &state, words);
    let name = format!("{slug}-crosstab");
    let is_of_means = form_urlencoded::parse(request.query_string().as_bytes()).any(|(name, _)| name == "means");
    match (ending, printer.view().chart) {
        (Ending::Csv, _) if is_of_means => {
            file::table(&format!("{name}-means"), &conditions.for_programs(printer.mean_lines()))
        }
        (Ending::Csv, _) => file::table(&name, &conditions.for_programs(printer.lines())),
        (ending, Some(chart)) => {
            let kept = kept(&looked.asked, &plan, words);
            let title = file::titled([&chart.title, &subject.round.title, &kept]);
            let drawing = Stacked { title, ..chart }.draw(Breadth::Desk).footed(conditions.foot());
            file::drawing(&name, ending, drawing).await
        }
        (_, None) => Err(Failure::NotFound),
    }
}

fn conditions<'s>(subject: &'s Subject, table: &Table, state: &State, words: Words) -> Conditions<'s> {
    let (excluded, method, now) = (&subject.excluded.by_rule, subject.method, state.clock.now());
    Conditions { forms: about(table), excluded, method, now, words }
}

/// Which forms are kept, in words; empty: all of them.
fn kept(asked: &Asked, plan: &Plan<'_>, words: Words) -> String {
    let classes = |(variable, wanted): &(&Variable, Vec<bool>)| {
        let classes = variable.classes.iter().zip(wanted).filter(|(_, is_wanted)| **is_wanted);
        let classes: Vec<String> = classes.map(|(class, _)| names::class(variable, class, words)).collect();
        format!("{}: {}", names::variable(variable, words), classes.join(", "))
    };
    let day = |(name, day): (&str, &str)| {
        let day = day.parse::<NaiveDate>().ok()?;
        Some(format!("{}: {}", words.say(name), words.date(day)))
    };
    // a stretch of days is told by its ends
    let filters = plan.filters.iter().filter(|(variable, _)| variable.key != Key::Day).map(classes);
    let days = [("export-filter-from", &*asked.from), ("export-filter-to", &*asked.to)].into_iter().filter_map(day);
    filters.chain(days).collect::<Vec<_>>().join("; ")
}
