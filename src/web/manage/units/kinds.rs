//! `/manage/units/kinds`: which kinds of units there are. Whoever looks after the units at the top says so for everybody below.

use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use chrono::NaiveDateTime;

use crate::state::State;
use crate::store::{Db, StoreError, unit_kinds, units};
use crate::survey::audit::Action;
use crate::survey::code::UnitNature;
use crate::survey::unit::kind::{KindDraft, KindWrong};
use crate::survey::unit::{Kind, Kinds};
use crate::vietnamese;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::manage::fields::Fields;
use crate::web::manage::said;
use crate::web::manage::trouble::Trouble;
use crate::web::session::{Officer, Registrar};
use crate::web::words::Words;

/// The list, and for whoever may change it a form.
#[derive(Template)]
#[template(path = "web/manage/units/kinds.html")]
struct KindsPage {
    desk: DeskFrame,
    said: Option<String>,
    trouble: Trouble,
    rows: Vec<Row>,
    may_change: bool,
    form: Form,
}

struct Row {
    code: String,
    name: String,
    nature: String,
    place: String,
    units: String,
}

/// A new kind, or one that there is.
struct Form {
    /// The kind that is changed: its code and name.
    kind: Option<(String, String)>,
    name_vi: String,
    name_en: String,
    code: String,
    at_top: bool,
    /// Natures: code, name, what that means, whether it is that.
    natures: Vec<(&'static str, String, String, bool)>,
    /// Kinds that can stand above: code, name, whether chosen.
    above: Vec<(String, String, bool)>,
    /// Why it cannot be taken away.
    stays: Option<String>,
}

/// `GET /manage/units/kinds?kind=…`
pub(super) async fn show(
    request: HttpRequest,
    officer: Registrar,
    state: web::Data<State>,
) -> Result<HttpResponse, Failure> {
    let asked = Fields::read(request.query_string().as_bytes());
    page(&request, &officer, &state, asked.one("kind"), Trouble::default()).await
}

async fn page(
    request: &HttpRequest,
    officer: &Officer,
    state: &State,
    chosen: &str,
    trouble: Trouble,
) -> Result<HttpResponse, Failure> {
    let (own, words) = (officer.clone(), officer.words);
    let known = state.store.read(move |db| Ok((unit_kinds::all(db)?, unit_kinds::counts(db)?, may_change(db, &own)?)));
    let (kinds, counts, may_change) = known.await?;
    let count = |kind: &Kind| counts.get(kind.kind.code.as_str()).copied().unwrap_or(0);
    let chosen = kinds.find(chosen);
    let page = KindsPage {
        desk: DeskFrame::new(request, officer, Room::Units),
        said: said::said(request, state, officer),
        rows: kinds.iter().map(|kind| Row::new(kind, &kinds, count(kind), words)).collect(),
        form: Form::new(&kinds, chosen, &trouble, chosen.map_or(0, count), words),
        may_change,
        trouble,
    };
    said::show(request, &page.trouble, &page)
}

/// Whether this officer looks after a unit that has nothing above it.
fn may_change(db: &mut Db, officer: &Officer) -> Result<bool, StoreError> {
    let reach = officer.reach(db)?;
    Ok(units::all(db)?.iter().any(|known| reach.contains(&known.id) && known.unit.parents().next().is_none()))
}

impl Row {
    fn new(kind: &Kind, kinds: &Kinds, units: i64, words: Words) -> Self {
        let below = kinds.iter().filter(|known| kind.below.contains(&known.kind.code));
        let below: Vec<&str> = below.map(|known| known.name(words.interface())).collect();
        let place = match (below.is_empty(), kind.at_top) {
            (true, true) => words.say("kinds-place-any"),
            (true, false) => words.say("kinds-place-below-any"),
            (false, true) => words.with("kinds-place-top-or-below", "kinds", below.join("; ")),
            (false, false) => words.with("kinds-place-below", "kinds", below.join("; ")),
        };
        Self {
            code: kind.kind.to_string(),
            name: kind.name(words.interface()).to_owned(),
            nature: words.say(&format!("unit-nature-{}", kind.kind.nature)),
            place,
            units: vietnamese::count(units),
        }
    }
}

impl Form {
    fn new(kinds: &Kinds, chosen: Option<&Kind>, trouble: &Trouble, units: i64, words: Words) -> Self {
        let known = |value: fn(&Kind) -> &str| chosen.map_or("", value);
        let nature = chosen.map_or("", |kind| kind.kind.nature.code());
        let nature = trouble.value("nature", nature);
        let is_above = |kind: &Kind| match trouble.fields().is_empty() {
            true => chosen.is_some_and(|chosen| chosen.below.contains(&kind.kind.code)),
            false => trouble.fields().has("below", kind.kind.code.as_str()),
        };
        let stays = chosen.and_then(|kind| kinds.check_removal(kind, units).err());
        Self {
            kind: chosen.map(|kind| (kind.kind.to_string(), kind.name(words.interface()).to_owned())),
            name_vi: trouble.value("name_vi", known(|kind| &kind.name_vi)).to_owned(),
            name_en: trouble.value("name_en", known(|kind| &kind.name_en)).to_owned(),
            code: trouble.value("code", "").to_owned(),
            at_top: trouble.is_ticked("at_top", chosen.is_some_and(|kind| kind.at_top)),
            natures: UnitNature::ALL
                .iter()
                .map(|known| {
                    let say = |what: &str| words.say(&format!("{what}-{known}"));
                    (known.code(), say("unit-nature"), say("kinds-nature-text"), known.code() == nature)
                })
                .collect(),
            above: kinds
                .iter()
                .filter(|kind| !kind.kind.nature.is_school())
                .map(|kind| (kind.kind.to_string(), kind.name(words.interface()).to_owned(), is_above(kind)))
                .collect(),
            stays: stays.map(|wrong| sentence(wrong, words)),
        }
    }
}

/// `POST /manage/units/kinds`: a new kind (`do` is `add`), one that changes (`change`) or goes (`remove`).
pub(super) async fn save(
    request: HttpRequest,
    officer: Registrar,
    state: web::Data<State>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let fields = Fields::sent(&officer, &body)?;
    let (own, sent, now) = (officer.0.clone(), fields.clone(), state.clock.now());
    let done = state.store.write(move |db| {
        if !may_change(db, &own)? {
            return Ok(None);
        }
        put(db, &own, &sent, now).map(Some)
    });
    match done.await?.ok_or(Failure::Forbidden)? {
        Ok(said) => Ok(said::see_other(&state, &officer, "/manage/units/kinds".to_owned(), &said)),
        Err(trouble) => page(&request, &officer, &state, fields.one("kind"), trouble.typed(fields.clone())).await,
    }
}

/// Does what was sent and says so.
fn put(
    db: &mut Db,
    officer: &Officer,
    fields: &Fields,
    now: NaiveDateTime,
) -> Result<Result<String, Trouble>, StoreError> {
    unit_kinds::change_alone(db)?;
    let (kinds, words) = (unit_kinds::all(db)?, officer.words);
    let old = kinds.find(fields.one("kind"));
    let (action, kind) = match (fields.one("do"), old) {
        ("remove", Some(old)) => match remove(db, &kinds, old)? {
            Ok(()) => (Action::KindRemoved, old.clone()),
            Err(wrong) => return Ok(Err(Trouble::page(sentence(wrong, words)))),
        },
        ("change", Some(old)) => match kinds.corrected(old, &draft(fields)) {
            Ok(kind) => (Action::KindChanged, kind),
            Err(wrong) => return Ok(Err(trouble(wrong, words))),
        },
        ("add", _) => {
            let Some(nature) = UnitNature::from_code(fields.one("nature")) else {
                return Ok(Err(Trouble::at("nature", words.say("kinds-wrong-nature"))));
            };
            match kinds.added(&draft(fields), nature) {
                Ok(kind) => (Action::KindAdded, kind),
                Err(wrong) => return Ok(Err(trouble(wrong, words))),
            }
        }
        // somebody else took it away meanwhile
        _ => return Ok(Err(Trouble::page(words.say("kinds-wrong-gone")))),
    };
    match action {
        Action::KindAdded => unit_kinds::add(db, &kind)?,
        Action::KindChanged => unit_kinds::change(db, &kind)?,
        _ => {}
    }
    officer.note(db, now, officer.post(), action, kind.kind.code.as_str())?;
    Ok(Ok(words.with(&format!("kinds-done-{action}"), "name", kind.name(words.interface()))))
}

fn remove(db: &mut Db, kinds: &Kinds, old: &Kind) -> Result<Result<(), KindWrong>, StoreError> {
    let units = unit_kinds::counts(db)?.get(old.kind.code.as_str()).copied().unwrap_or(0);
    match kinds.check_removal(old, units) {
        Ok(()) => unit_kinds::remove(db, &old.kind.code).map(Ok),
        Err(wrong) => Ok(Err(wrong)),
    }
}

fn draft(fields: &Fields) -> KindDraft {
    KindDraft {
        code: fields.one("code").to_owned(),
        name_vi: fields.one("name_vi").to_owned(),
        name_en: fields.one("name_en").to_owned(),
        at_top: fields.has("at_top", "1"),
        below: fields.all("below").map(str::to_owned).collect(),
    }
}

/// What is wrong, beside the field that it is about.
fn trouble(wrong: KindWrong, words: Words) -> Trouble {
    let place = match wrong {
        KindWrong::Code => "code",
        KindWrong::Name | KindWrong::Taken => "name_vi",
        KindWrong::Nowhere => "at_top",
        KindWrong::InUse | KindWrong::Named | KindWrong::Last => "",
    };
    Trouble::at(place, sentence(wrong, words))
}

fn sentence(wrong: KindWrong, words: Words) -> String {
    words.say(match wrong {
        KindWrong::Code => "kinds-wrong-code",
        KindWrong::Name => "kinds-wrong-name",
        KindWrong::Taken => "kinds-wrong-taken",
        KindWrong::Nowhere => "kinds-wrong-nowhere",
        KindWrong::InUse => "kinds-wrong-in-use",
        KindWrong::Named => "kinds-wrong-named",
        KindWrong::Last => "kinds-wrong-last",
    })
}
