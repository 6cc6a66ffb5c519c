//! Whoever stands outside a unit's subtree learns nothing about what belongs to it, not even that it exists.

use langnghe::command::tokens as programs;
use langnghe::store::alerts::{self, NewAlert};
use langnghe::store::paper::{self, NewBatch};
use langnghe::store::questionnaire_drafts::{self, NewDraft};
use langnghe::store::{Db, campaigns, questionnaires, tokens, units};
use langnghe::survey::access::{Right, Role, Scope};
use langnghe::survey::batch::Counts;
use langnghe::survey::campaign::Plan;
use langnghe::survey::code::{Channel, UnitNature};
use langnghe::survey::templates;

use crate::people::{Desk, account};
use crate::rights::{FIELDS, TABLE};
use crate::support::{FORM, PRIMARY, ROUND, TestApp, app};

const OFFICE: &str = "SO-AN-LANH";
/// Neither its parent nor any of its schools asks anything.
const NEIGHBOUR: &str = "P-BEN-SEN";

/// One of each thing that an address can name, all of the office.
struct Belongings {
    person: i64,
    alert: i64,
    draft: i64,
    token: i64,
    campaign: i64,
    batch: i64,
    /// A school's code of the round.
    code: String,
}

impl Belongings {
    fn of(app: &TestApp) -> Self {
        let person = account(app, "ai-do", OFFICE, &[]);
        programs::add(&app.state, "của Sở", &[Scope::Aggregates], OFFICE, None).unwrap();
        let now = app.state.clock.now();
        let work = |db: &mut Db| {
            let school = units::id_by_code(db, PRIMARY)?.unwrap();
            let words = ["tự tử"];
            let found = NewAlert {
                round_id: app.round.id,
                unit_id: school,
                submission_id: &[7; 16],
                question: "gop_y",
                words: &words,
                raised_on: now.date(),
            };
            alerts::insert(db, &[found])?;
            let owners = [app.round.owner_id].into();
            let alert = alerts::open(db, &owners, alerts::Part { offset: 0, limit: 1 })?[0].id;
            let new = NewDraft {
                owner_id: app.round.owner_id,
                code: "cua-so".to_owned(),
                title: "Của Sở".to_owned(),
                based_on: None,
                content: templates::find(FORM).unwrap().text.to_owned(),
            };
            let draft = questionnaire_drafts::insert(db, &new, person, now)?;
            let token = tokens::list(db)?[0].id;
            let campaign = campaigns::insert(db, app.round.owner_id, &plan(), None, person, now)?;
            let bundle = NewBatch {
                round_id: app.round.id,
                unit_id: school,
                channel: Channel::Truong,
                version_id: questionnaires::of_round(db, app.round.id)?[0].id,
                collected_on: now.date(),
                counts: Counts::new(3, 2, 1).unwrap(),
                seal: String::new(),
                twice: true,
                made_by: person,
            };
            let batch = paper::make(db, &bundle, now)?;
            Ok(Self { person, alert, draft, token, campaign, batch, code: app.code(PRIMARY).to_owned() })
        };
        app.state.store.write_now(work).unwrap()
    }

    fn are_untouched(&self, app: &TestApp) -> bool {
        let owners = [app.round.owner_id].into();
        let work = |db: &mut Db| {
            let alerts = alerts::open(db, &owners, alerts::Part { offset: 0, limit: 9 })?.len();
            let draft = questionnaire_drafts::find(db, self.draft)?.unwrap();
            let token = &tokens::list(db)?[0];
            Ok(alerts == 1 && draft.revision == 1 && draft.archived_at.is_none() && token.revoked_at.is_none())
        };
        app.state.store.read_now(work).unwrap()
    }

    /// The address of the office's own thing, and of one that is not there. A new kind of address needs a new line here.
    fn addresses(&self, path: &str) -> (String, String) {
        let kinds = [
            ("/manage/people/", self.person),
            ("/manage/alerts/", self.alert),
            ("/manage/questionnaires/", self.draft),
            ("/manage/tokens/", self.token),
            ("/manage/campaigns/", self.campaign),
            ("/manage/paper/", self.batch),
        ];
        let known = kinds.iter().find(|(start, _)| path.starts_with(start)).map(|(_, id)| *id);
        let by_name = ["/manage/rounds/", "/manage/units/", "/analyse/", "/manage/released/"]
            .iter()
            .any(|start| path.starts_with(start));
        let id = known.or(by_name.then_some(1));
        let id = id.unwrap_or_else(|| panic!("what is {path} about?"));
        let (code, no_code) = match path.split("{code}").collect::<Vec<_>>()[..] {
            ["/manage/units/", ..] => (OFFICE, "KHONG-CO"),
            ["/analyse/{slug}/units/", ..] => (PRIMARY, "KHONG-CO"),
            [_, ".png"] => (self.code.as_str(), "KHONGCO"),
            _ => (FORM, "khong-co"),
        };
        let path = path
            .replace("{paper}.{ending}", "ap-phich-a4.pdf")
            .replace("{number}", "1")
            .replace("{ending}", "csv")
            .replace("{key}", &"07".repeat(16));
        let with = |slug: &str, code: &str, id: i64| {
            path.replace("{slug}", slug).replace("{code}", code).replace("{id}", &id.to_string())
        };
        (with(ROUND, code, id), with("khong-co", no_code, 999_999))
    }
}

fn plan() -> Plan {
    Plan {
        title: "Năm học 2026–2027".to_owned(),
        number: String::new(),
        date: None,
        legal_basis: String::new(),
        partners: String::new(),
        purpose: String::new(),
        kept_months: 12,
        contact: "Phòng Khảo thí".to_owned(),
    }
}

/// The pages of the table that are about one thing.
fn pages() -> impl Iterator<Item = &'static (&'static str, &'static str, Option<Right>)> {
    TABLE.iter().filter(|(_, path, _)| path.contains('{'))
}

async fn status(desk: &Desk<'_>, method: &str, address: &str) -> u16 {
    let answer = match method {
        "GET" => desk.get(address).await,
        // the file as text may be longer than a form
        _ if address.ends_with("/json") => desk.post_parts(address, &FIELDS[1..]).await,
        _ => desk.post(address, &FIELDS[1..]).await,
    };
    answer.status().as_u16()
}

#[tokio::test]
async fn whoever_stands_outside_cannot_tell_what_is_there_from_what_is_not() {
    let app = app().await;
    let belongings = Belongings::of(&app);
    let mut told = Vec::new();
    for role in Role::ALL {
        let nature = UnitNature::ALL.iter().copied().find(|nature| role.fits(*nature)).unwrap();
        let unit = match nature {
            UnitNature::Truong => PRIMARY,
            UnitNature::MatTran => "MT-BEN-SEN",
            _ => NEIGHBOUR,
        };
        let desk = Desk::of(&app, &role.code().replace('_', "-"), unit, &[*role]).await;
        for (method, path, _) in pages() {
            let (there, nowhere) = belongings.addresses(path);
            let (met, unmet) = (status(&desk, method, &there).await, status(&desk, method, &nowhere).await);
            // an alert that is handled leads back to the list, whether it was there or not
            let leads_back = met == 303 && path.ends_with("/handled");
            if met != unmet || !(leads_back || matches!(met, 403 | 404)) {
                told.push(format!("{role}: {method} {there}: {met}, {nowhere}: {unmet}"));
            }
        }
    }
    assert!(told.is_empty(), "{}", told.join("\n"));
    assert!(belongings.are_untouched(&app));
}

#[tokio::test]
async fn whoever_stands_inside_sees_each_of_those_things() {
    let app = app().await;
    let belongings = Belongings::of(&app);
    let roles: Vec<Role> = Role::of(UnitNature::CoQuan).collect();
    let desk = Desk::of(&app, "du-quyen", OFFICE, &roles).await;
    // no picture was sent, no file was asked for, nothing is published, and there is no form of which something could be drawn
    let is_there = |path: &str| {
        let is_drawn = path.starts_with("/analyse/") && path.ends_with(".{ending}");
        !(is_drawn
            || path.ends_with("/pictures/{id}")
            || path.ends_with("/released/{slug}")
            || path.ends_with("/exports/{key}"))
    };
    for (method, path, _) in pages().filter(|(_, path, _)| is_there(path)) {
        let (there, nowhere) = belongings.addresses(path);
        if *method == "GET" {
            // a round that is open is no longer edited, and its page says so
            let met = status(&desk, method, &there).await;
            assert!(matches!(met, 200 | 303), "{there}: {met}");
        }
        if !path.ends_with("/handled") {
            assert_eq!(status(&desk, method, &nowhere).await, 404, "{method} {nowhere}");
        }
    }
}
