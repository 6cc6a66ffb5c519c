//! `/manage/units`: the offices and schools below one's own unit, by the office that they belong to.

use std::collections::{HashMap, HashSet};

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use crate::state::State;
use crate::store::units::{self, Stored};
use crate::store::{Db, StoreError, successions, unit_kinds};
use crate::survey::unit::changes::shown;
use crate::survey::unit::{Classes, Column, Kinds, Unit, UnitCode};
use crate::vietnamese::{self, fold};
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::page;
use crate::web::session::{Officer, Registrar};
use crate::web::words::Words;

/// The units, or those that were searched for.
#[derive(Template)]
#[template(path = "web/manage/units/list.html")]
struct UnitsPage {
    desk: DeskFrame,
    query: String,
    total: String,
    groups: Vec<Group>,
    /// What was imported just before.
    done: Option<String>,
}

/// An office and what belongs to it.
struct Group {
    /// The office; none: what belongs to no office that is shown.
    head: Option<Row>,
    rows: Vec<Row>,
}

struct Row {
    name: String,
    code: String,
    kind: String,
    levels: Vec<String>,
    pupils: Option<String>,
    /// How many classes there are, where that is known.
    classes: Option<String>,
    /// What it was called before, or what it came from.
    former: Option<String>,
    /// The last day of a unit that has ended, or the first of one that is to come.
    note: Option<String>,
}

/// What is searched for, and what happened just before.
#[derive(Deserialize)]
pub(super) struct Query {
    #[serde(default)]
    q: String,
    new: Option<i64>,
    changed: Option<i64>,
}

/// `GET /manage/units?q=…`
pub(super) async fn show(
    request: HttpRequest,
    officer: Registrar,
    state: web::Data<State>,
    query: web::Query<Query>,
) -> Result<HttpResponse, Failure> {
    let reader = officer.0.clone();
    let today = state.clock.today();
    let known = state
        .store
        .read(move |db| Ok((below(db, &reader)?, successions::former_names(db, today)?, unit_kinds::all(db)?)));
    let (mine, former, kinds) = known.await?;
    let words = officer.words;
    let done = query.new.zip(query.changed).map(|(new, changed)| {
        let values = [("new", vietnamese::count(new)), ("changed", vietnamese::count(changed))];
        words.fill("units-imported", values)
    });
    page::show(&UnitsPage {
        desk: DeskFrame::new(&request, &officer, Room::Units),
        total: total(&mine, &kinds, today, words),
        groups: groups(&mine, &former, &query.q, |unit, former| Row::new(unit, former, &kinds, (words, today))),
        query: query.into_inner().q,
        done,
    })
}

/// The units that the officer looks after, by name.
fn below(db: &mut Db, officer: &Officer) -> Result<Vec<Stored>, StoreError> {
    let inside = officer.reach(db)?;
    let mut units = units::all(db)?;
    units.retain(|stored| inside.contains(&stored.id));
    Ok(units)
}

/// How many of each kind there are today; the list also shows units that have ended or are to come.
fn total(units: &[Stored], kinds: &Kinds, today: NaiveDate, words: Words) -> String {
    let valid = || units.iter().filter(|s| s.unit.is_valid_on(today));
    let count = |n: usize| vietnamese::count(n.try_into().unwrap_or(i64::MAX));
    let of_kinds = kinds.iter().filter_map(|kind| {
        let n = valid().filter(|s| s.unit.kind == kind.kind).count();
        let values = || [("kind", kind.name(words.interface()).to_owned()), ("n", count(n))];
        (n > 0).then(|| words.fill("units-total-kind", values()))
    });
    let pupils = words.with("units-total-pupils", "n", vietnamese::count(valid().map(|s| s.unit.pupils()).sum()));
    of_kinds.chain([pupils]).collect::<Vec<_>>().join(" · ")
}

/// Whether every word that was typed stands in the unit's name or code, or in what it was called before; without diacritics any
/// spelling is found.
fn matches(unit: &Unit, former: &[String], query: &str) -> bool {
    let exact = vietnamese::nfc(query).to_lowercase();
    let is_plain = fold(query) == exact;
    let names: Vec<&str> = std::iter::once(unit.name.as_str()).chain(former.iter().map(String::as_str)).collect();
    let (name, code) = (names.join(" ").to_lowercase(), unit.code.as_str().to_lowercase());
    let name = if is_plain { fold(&name) } else { name };
    exact.split_whitespace().all(|word| name.contains(word) || code.contains(word))
}

/// Schools and bodies of the Front stand under their office; an office is the head of its group.
fn groups(
    units: &[Stored],
    former: &HashMap<i64, Vec<String>>,
    query: &str,
    row: impl Fn(&Unit, &[String]) -> Row,
) -> Vec<Group> {
    let before = |stored: &Stored| former.get(&stored.id).map(Vec::as_slice).unwrap_or_default();
    let found = |stored: &&Stored| matches(&stored.unit, before(stored), query);
    let row = |stored: &Stored| row(&stored.unit, before(stored));
    let all = || units.iter();
    let mut groups: Vec<Group> = Vec::new();
    for stored in all().filter(|stored| stored.unit.is_office()) {
        let head = &stored.unit;
        let members = all().filter(|known| !known.unit.is_office() && known.unit.parent.as_ref() == Some(&head.code));
        // who searches for a ward wants to see its schools
        let whole = !query.trim().is_empty() && found(&stored);
        let rows: Vec<Row> = members.filter(|known| whole || found(known)).map(row).collect();
        if whole || !rows.is_empty() || query.trim().is_empty() {
            groups.push(Group { head: Some(row(stored)), rows });
        }
    }
    let heads: HashSet<&UnitCode> = all().filter(|s| s.unit.is_office()).map(|stored| &stored.unit.code).collect();
    let has_head = |unit: &Unit| unit.parent.as_ref().is_some_and(|parent| heads.contains(parent));
    let is_rest = |stored: &&Stored| !stored.unit.is_office() && !has_head(&stored.unit);
    let rest: Vec<Row> = all().filter(is_rest).filter(found).map(row).collect();
    if !rest.is_empty() {
        groups.push(Group { head: None, rows: rest });
    }
    groups
}

impl Row {
    fn new(unit: &Unit, former: &[String], kinds: &Kinds, (words, today): (Words, NaiveDate)) -> Self {
        let day = vietnamese::date;
        let note = match unit.valid_to {
            _ if unit.never_begins() => Some(words.say("unit-never")),
            Some(last) if last < today => Some(words.with("unit-ended", "date", day(last))),
            _ if unit.valid_from > today => Some(words.with("unit-begins", "date", day(unit.valid_from))),
            _ => None,
        };
        let run = unit.school_type.map(|school_type| words.say(&format!("school-type-{school_type}")));
        // of most schools it says enough who runs them
        let is_usual = run.is_some() && kinds.usual_school() == Some(&unit.kind);
        let kind = (!is_usual).then(|| kinds.name(&unit.kind, words.interface()));
        let kind = [kind, run].into_iter().flatten().collect::<Vec<_>>().join(" · ");
        Self {
            name: unit.name.clone(),
            code: unit.code.to_string(),
            kind,
            levels: unit.enrolment.keys().map(|level| words.say(&format!("level-short-{level}"))).collect(),
            former: (!former.is_empty()).then(|| words.with("unit-former", "names", former.join("; "))),
            classes: (!unit.classes.is_empty())
                .then(|| words.count("unit-classes-count", unit.classes.values().map(Classes::count).sum::<i64>())),
            pupils: (!unit.enrolment.is_empty()).then(|| vietnamese::count(unit.pupils())),
            note,
        }
    }
}

/// `GET /manage/units.csv`: the same units as a file that can be changed in a spreadsheet and imported again.
pub(super) async fn file(officer: Registrar, state: web::Data<State>) -> Result<HttpResponse, Failure> {
    let reader = officer.0.clone();
    let mine = state.store.read(move |db| below(db, &reader)).await?;
    let csv = csv(&mine).map_err(|error| Failure::Unknown(error.to_string()))?;
    Ok(HttpResponse::Ok()
        .insert_header(("Content-Type", "text/csv; charset=utf-8"))
        .insert_header(("Content-Disposition", "attachment; filename=\"units.csv\""))
        .insert_header(("Cache-Control", "no-store"))
        .body(csv))
}

fn csv(units: &[Stored]) -> Result<Vec<u8>, csv::Error> {
    // one that never begins has no row that could be imported
    csv_of(units.iter().map(|stored| &stored.unit).filter(|unit| !unit.never_begins()))
}

/// Units as a file that can be imported.
pub(super) fn csv_of<'a>(units: impl Iterator<Item = &'a Unit>) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(b"\xef\xbb\xbf".to_vec());
    writer.write_record(Column::ALL.iter().map(|column| column.code()))?;
    for unit in units {
        writer.write_record(Column::ALL.iter().map(|column| harmless(shown(unit, *column))))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

/// A cell that a spreadsheet would run begins with an apostrophe.
pub(in crate::web::manage) fn harmless(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@']) { format!("'{cell}") } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::unit::{Preset, parse_csv};

    fn example() -> Vec<Stored> {
        let plan = parse_csv(Preset::PhuongSo.csv(), &[]).unwrap();
        plan.units().cloned().enumerate().map(|(n, unit)| Stored { id: n as i64 + 1, unit }).collect()
    }

    fn names(query: &str) -> Vec<String> {
        let today = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        let former = HashMap::from([(1, vec!["Phòng cũ".to_owned()]), (12, vec!["Trường Kiểu Mẫu".to_owned()])]);
        let kinds = Kinds::initial();
        let row = |unit: &Unit, former: &[String]| Row::new(unit, former, &kinds, (Words::VI, today));
        let groups = groups(&example(), &former, query, row);
        groups.into_iter().flat_map(|group| group.rows).map(|row| row.name).collect()
    }

    #[test]
    fn schools_are_found_without_diacritics_and_by_code() {
        assert_eq!(names("tieu hoc hoa mai"), ["Trường Tiểu học Hoa Mai"]);
        assert_eq!(names("Họa Mi"), ["Trường Mầm non Họa Mi"]);
        assert_eq!(names("gdtx-an"), ["Trung tâm Giáo dục thường xuyên An Lành"]);
        assert_eq!(names("kieu mau").len(), 1, "by a name of before");
        assert_eq!(names("không có"), Vec::<String>::new());
        assert_eq!(names("").len(), 46);
    }

    #[test]
    fn the_file_can_be_imported_again_unchanged() {
        let units = example();
        let plan = parse_csv(&csv(&units).unwrap(), &[]).unwrap();
        let existing: Vec<Unit> = units.into_iter().map(|stored| stored.unit).collect();
        assert!(plan.against(&existing).is_empty());
    }
}
