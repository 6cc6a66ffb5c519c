//! `/manage/audit`: who did what, for those who look after people.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};
use serde::Deserialize;

use super::audit_detail::detail;
use super::units::harmless;
use crate::state::State;
use crate::store::audit::{self, Line, Search};
use crate::survey::audit::Action;
use crate::vietnamese;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::page;
use crate::web::session::Keeper;
use crate::web::words::Words;

/// Lines of one page.
const SHOWN: usize = 50;

#[derive(Template)]
#[template(path = "web/manage/audit.html")]
struct AuditPage {
    desk: DeskFrame,
    asked: Query,
    /// What can have been done, as code and sentence.
    actions: Vec<(&'static str, String)>,
    rows: Vec<Row>,
    /// Where older lines are.
    older: Option<String>,
    file: String,
}

struct Row {
    at: String,
    person: String,
    login: String,
    deed: String,
    subject: String,
    detail: String,
    unit: String,
}

/// What is looked for; dates are days in Việt Nam, both included.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Query {
    person: String,
    action: String,
    subject: String,
    from: String,
    to: String,
    /// Lines below this number.
    before: Option<i64>,
}

impl Query {
    fn search(&self) -> Search {
        let midnight = |day: NaiveDate| vietnamese::utc(day.and_time(NaiveTime::MIN));
        let day = |text: &str| text.trim().parse::<NaiveDate>().ok();
        Search {
            person: self.person.trim().to_owned(),
            action: Action::from_code(&self.action),
            subject: self.subject.trim().to_owned(),
            from: day(&self.from).map(midnight),
            until: day(&self.to).and_then(|day| day.checked_add_days(Days::new(1))).map(midnight),
            ..Search::default()
        }
    }

    /// The same as an address.
    fn address(&self, path: &str, before: Option<i64>) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let fields = [
            ("person", &self.person),
            ("action", &self.action),
            ("subject", &self.subject),
            ("from", &self.from),
            ("to", &self.to),
        ];
        fields.into_iter().filter(|(_, value)| !value.is_empty()).for_each(|(name, value)| {
            query.append_pair(name, value);
        });
        if let Some(before) = before {
            query.append_pair("before", &before.to_string());
        }
        format!("{path}?{}", query.finish())
    }
}

impl Row {
    fn new(line: Line, words: Words) -> Self {
        let (person, login) = line.person.clone().unwrap_or_else(|| (no_officer(&line, words), String::new()));
        Self {
            at: words.moment(line.at),
            person,
            login,
            deed: deed(line.action, words),
            subject: line.subject,
            detail: detail(line.action, &line.detail, words),
            unit: line.unit,
        }
    }
}

/// Who it was if it was nobody with an account.
fn no_officer(line: &Line, words: Words) -> String {
    match line.action {
        Action::RowsFetched => words.with("audit-program", "name", &line.detail),
        _ => words.say("audit-command-line"),
    }
}

fn deed(action: Action, words: Words) -> String {
    words.say(&format!("audit-{action}"))
}

/// `GET /manage/audit?person=…&action=…&subject=…&from=…&to=…&before=…`
pub async fn show(
    request: HttpRequest,
    officer: Keeper,
    state: web::Data<State>,
    query: web::Query<Query>,
) -> Result<HttpResponse, Failure> {
    let (keeper, asked, words) = (officer.0.clone(), query.into_inner(), officer.words);
    let (search, before) = (asked.search(), asked.before);
    let lines = state.store.read(move |db| {
        let search = Search { units: keeper.reach(db)?, ..search };
        audit::find(db, &search, before, SHOWN + 1)
    });
    let mut lines = lines.await?;
    let is_more = lines.len() > SHOWN;
    lines.truncate(SHOWN);
    let last = lines.last().map(|line| line.id).filter(|_| is_more);
    page::show(&AuditPage {
        desk: DeskFrame::new(&request, &officer, Room::Audit),
        actions: Action::ALL.iter().map(|action| (action.code(), deed(*action, words))).collect(),
        rows: lines.into_iter().map(|line| Row::new(line, words)).collect(),
        older: last.map(|last| asked.address("/manage/audit", Some(last))),
        file: asked.address("/manage/audit.csv", None),
        asked,
    })
}

/// `GET /manage/audit.csv`: everything that fits, as a file that Excel in Vietnamese opens.
pub async fn file(officer: Keeper, state: web::Data<State>, query: web::Query<Query>) -> Result<HttpResponse, Failure> {
    let (keeper, search, now) = (officer.0.clone(), query.search(), state.clock.now());
    let lines = state.store.write(move |db| {
        let search = Search { units: keeper.reach(db)?, ..search };
        let lines = audit::find(db, &search, None, usize::MAX)?;
        keeper.note(db, now, keeper.post(), Action::LogExported, "audit.csv")?;
        Ok(lines)
    });
    let csv = csv(&lines.await?, officer.words).map_err(|error| Failure::Unknown(error.to_string()))?;
    Ok(HttpResponse::Ok()
        .insert_header(("Content-Type", "text/csv; charset=utf-8"))
        .insert_header(("Content-Disposition", "attachment; filename=\"audit.csv\""))
        .insert_header(("Cache-Control", "no-store"))
        .body(csv))
}

/// Codes for programs; behind them the same in words.
fn csv(lines: &[Line], words: Words) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .from_writer(b"\xef\xbb\xbf".to_vec());
    writer.write_record(["at", "login", "name", "action", "subject", "detail", "unit", "deed", "details"])?;
    for line in lines {
        let (name, login) = line.person.clone().unwrap_or_default();
        let local = |utc: NaiveDateTime| vietnamese::local(utc).format("%Y-%m-%dT%H:%M:%S+07:00").to_string();
        let cells = [
            login,
            name,
            line.action.code().to_owned(),
            line.subject.clone(),
            line.detail.clone(),
            line.unit.clone(),
            deed(line.action, words),
            detail(line.action, &line.detail, words),
        ];
        writer.write_record(std::iter::once(local(line.at)).chain(cells.map(harmless)))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::text::Lang;

    #[test]
    fn every_deed_has_a_sentence_in_both_languages() {
        for lang in [Lang::VI, Lang::EN] {
            for action in Action::ALL {
                let sentence = deed(*action, Words(lang));
                assert!(!sentence.is_empty() && !sentence.contains("audit-"), "{action} in {lang}: {sentence}");
            }
        }
    }

    #[test]
    fn a_span_of_days_begins_and_ends_at_midnight_in_viet_nam() {
        let search = Query { from: "2026-11-26".into(), to: "2026-11-26".into(), ..Query::default() }.search();
        let text = |at: Option<NaiveDateTime>| at.map(|at| at.to_string());
        assert_eq!(text(search.from).as_deref(), Some("2026-11-25 17:00:00"));
        assert_eq!(text(search.until).as_deref(), Some("2026-11-26 17:00:00"));
    }
}
