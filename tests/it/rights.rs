//! Every page of staff and every role: who is let in stands in a table, and a new page without a row fails.

use std::collections::BTreeSet;

use actix_web::introspection::IntrospectionTree;
use actix_web::test::{TestRequest, call_and_read_body, init_service};
use actix_web::{App, web};
use langnghe::survey::access::{Right, Role};
use langnghe::survey::code::UnitNature;
use langnghe::web::routes;

use crate::people::{Desk, account};
use crate::support::{PRIMARY, ROUND, app};

/// What it takes: a right, or only to be signed in. Addresses that lead back to a page after a form take nothing.
pub const TABLE: &[(&str, &str, Option<Right>)] = &[
    ("GET", "/manage", Some(Right::See)),
    ("GET", "/manage/rounds/new", Some(Right::Plan)),
    ("POST", "/manage/rounds/new", Some(Right::Plan)),
    ("GET", "/manage/rounds/{slug}", Some(Right::See)),
    ("GET", "/manage/rounds/{slug}/edit", Some(Right::Plan)),
    ("POST", "/manage/rounds/{slug}/edit", Some(Right::Plan)),
    ("GET", "/manage/rounds/{slug}/forms", Some(Right::Plan)),
    ("POST", "/manage/rounds/{slug}/forms", Some(Right::Plan)),
    ("POST", "/manage/rounds/{slug}/delete", Some(Right::Plan)),
    ("POST", "/manage/rounds/{slug}/open", Some(Right::Open)),
    ("POST", "/manage/rounds/{slug}/plan", Some(Right::Open)),
    ("POST", "/manage/rounds/{slug}/extend", Some(Right::Open)),
    ("POST", "/manage/rounds/{slug}/close", Some(Right::Open)),
    ("POST", "/manage/rounds/{slug}/pause", Some(Right::Open)),
    ("POST", "/manage/rounds/{slug}/resume", Some(Right::Open)),
    ("POST", "/manage/rounds/{slug}/freeze", Some(Right::Open)),
    ("POST", "/manage/rounds/{slug}/interim", Some(Right::Open)),
    ("GET", "/manage/rounds/{slug}/approval", Some(Right::See)),
    ("POST", "/manage/rounds/{slug}/approval/submit", Some(Right::Open)),
    ("POST", "/manage/rounds/{slug}/approval/approve", Some(Right::Approve)),
    ("POST", "/manage/rounds/{slug}/approval/return", Some(Right::Approve)),
    ("POST", "/manage/rounds/{slug}/approval/renew", Some(Right::Plan)),
    ("GET", "/manage/rounds/{slug}/xem/{code}", Some(Right::See)),
    ("GET", "/manage/rounds/{slug}/units", Some(Right::See)),
    ("GET", "/manage/rounds/{slug}/units/choice", Some(Right::See)),
    ("POST", "/manage/rounds/{slug}/units/choice", Some(Right::Plan)),
    ("GET", "/manage/rounds/{slug}/notice", Some(Right::See)),
    ("POST", "/manage/rounds/{slug}/notice", Some(Right::Plan)),
    ("GET", "/manage/rounds/{slug}/settings", Some(Right::See)),
    ("POST", "/manage/rounds/{slug}/settings", Some(Right::Plan)),
    ("POST", "/manage/rounds/{slug}/units/correct", Some(Right::Plan)),
    ("POST", "/manage/rounds/{slug}/units/remove", Some(Right::Plan)),
    ("POST", "/manage/rounds/{slug}/units/return", Some(Right::Plan)),
    ("POST", "/manage/rounds/{slug}/units/add", Some(Right::Plan)),
    ("GET", "/manage/rounds/{slug}/admission", Some(Right::See)),
    ("POST", "/manage/rounds/{slug}/admission", Some(Right::Plan)),
    ("POST", "/manage/rounds/{slug}/admission/codes", Some(Right::Plan)),
    ("GET", "/manage/rounds/{slug}/invitations", Some(Right::Plan)),
    ("POST", "/manage/rounds/{slug}/invitations/addresses", Some(Right::Plan)),
    ("GET", "/manage/rounds/{slug}/invitations/write", Some(Right::Plan)),
    ("POST", "/manage/rounds/{slug}/invitations/write", Some(Right::Plan)),
    ("POST", "/manage/rounds/{slug}/invitations/stop", Some(Right::Plan)),
    ("GET", "/manage/rounds/{slug}/links", Some(Right::See)),
    ("POST", "/manage/rounds/{slug}/links/revoke", Some(Right::Plan)),
    ("POST", "/manage/rounds/{slug}/links/add", Some(Right::Plan)),
    ("GET", "/manage/rounds/{slug}/export.csv", Some(Right::Rows)),
    ("GET", "/manage/rounds/{slug}/pictures", Some(Right::Rows)),
    ("GET", "/manage/rounds/{slug}/pictures/{id}", Some(Right::Rows)),
    ("GET", "/manage/rounds/{slug}/print", Some(Right::See)),
    ("GET", "/manage/rounds/{slug}/progress", Some(Right::See)),
    ("GET", "/manage/rounds/{slug}/progress/part", Some(Right::See)),
    ("GET", "/manage/rounds/{slug}/progress/stream", Some(Right::See)),
    ("POST", "/manage/rounds/{slug}/progress/goal", Some(Right::Plan)),
    ("GET", "/manage/rounds/{slug}/remind", Some(Right::Plan)),
    ("POST", "/manage/rounds/{slug}/remind", Some(Right::Plan)),
    ("GET", "/manage/rounds/{slug}/signs", Some(Right::See)),
    ("GET", "/manage/school", Some(Right::Releases)),
    ("GET", "/manage/released", Some(Right::Releases)),
    ("GET", "/manage/released/{slug}", Some(Right::Releases)),
    ("GET", "/manage/rounds/{slug}/kit", Some(Right::See)),
    ("GET", "/manage/rounds/{slug}/kit/{code}.png", Some(Right::See)),
    ("GET", "/manage/rounds/{slug}/kit/{paper}.{ending}", Some(Right::See)),
    ("GET", "/manage/assist", Some(Right::Assist)),
    ("GET", "/manage/paper", Some(Right::Assist)),
    ("GET", "/manage/paper/new", Some(Right::Assist)),
    ("POST", "/manage/paper/new", Some(Right::Assist)),
    ("GET", "/manage/paper/{id}", Some(Right::Assist)),
    ("POST", "/manage/paper/{id}", Some(Right::Assist)),
    ("POST", "/manage/paper/{id}/close", Some(Right::Assist)),
    ("GET", "/manage/paper/{id}/forms/{number}", Some(Right::Assist)),
    ("POST", "/manage/paper/{id}/forms/{number}", Some(Right::Assist)),
    ("POST", "/manage/paper/{id}/forms/{number}/remove", Some(Right::Assist)),
    ("GET", "/manage/paper/{id}/forms/{number}/compare", Some(Right::Assist)),
    ("POST", "/manage/paper/{id}/forms/{number}/compare", Some(Right::Assist)),
    ("GET", "/manage/alerts", Some(Right::Opinions)),
    ("POST", "/manage/alerts/words", Some(Right::Opinions)),
    ("POST", "/manage/alerts/words/remove", Some(Right::Opinions)),
    ("POST", "/manage/alerts/{id}/handled", Some(Right::Opinions)),
    ("GET", "/manage/questionnaires", Some(Right::Write)),
    ("GET", "/manage/questionnaires/new", Some(Right::Write)),
    ("POST", "/manage/questionnaires/new", Some(Right::Write)),
    ("GET", "/manage/questionnaires/upload", Some(Right::Write)),
    ("GET", "/manage/questionnaires/{id}", Some(Right::Write)),
    ("POST", "/manage/questionnaires/{id}/outline", Some(Right::Write)),
    ("POST", "/manage/questionnaires/{id}/question", Some(Right::Write)),
    ("POST", "/manage/questionnaires/{id}/section", Some(Right::Write)),
    ("GET", "/manage/questionnaires/{id}/cover", Some(Right::Write)),
    ("POST", "/manage/questionnaires/{id}/cover", Some(Right::Write)),
    ("GET", "/manage/questionnaires/{id}/scales", Some(Right::Write)),
    ("POST", "/manage/questionnaires/{id}/scales", Some(Right::Write)),
    ("GET", "/manage/questionnaires/{id}/translate", Some(Right::Write)),
    ("POST", "/manage/questionnaires/{id}/translate", Some(Right::Write)),
    ("POST", "/manage/questionnaires/{id}/recordings/remove", Some(Right::Write)),
    ("GET", "/manage/questionnaires/{id}/names", Some(Right::Write)),
    ("GET", "/manage/questionnaires/{id}/json", Some(Right::Write)),
    ("POST", "/manage/questionnaires/{id}/json", Some(Right::Write)),
    ("GET", "/manage/questionnaires/{id}/library", Some(Right::Write)),
    ("POST", "/manage/questionnaires/{id}/library", Some(Right::Write)),
    ("GET", "/manage/questionnaires/{id}/history", Some(Right::Write)),
    ("POST", "/manage/questionnaires/{id}/history", Some(Right::Write)),
    ("POST", "/manage/questionnaires/{id}/check", Some(Right::Write)),
    ("GET", "/manage/questionnaires/{id}/xem", Some(Right::Write)),
    ("GET", "/manage/questionnaires/{id}/file.json", Some(Right::Write)),
    ("POST", "/manage/questionnaires/{id}/archive", Some(Right::Write)),
    ("GET", "/manage/units", Some(Right::Units)),
    ("GET", "/manage/units.csv", Some(Right::Units)),
    ("GET", "/manage/units/import", Some(Right::Units)),
    ("POST", "/manage/units/import/undo", Some(Right::Units)),
    ("GET", "/manage/units/new", Some(Right::Units)),
    ("POST", "/manage/units/new", Some(Right::Units)),
    ("GET", "/manage/units/kinds", Some(Right::Units)),
    ("POST", "/manage/units/kinds", Some(Right::Units)),
    ("GET", "/manage/units/{code}", Some(Right::Units)),
    ("POST", "/manage/units/{code}", Some(Right::Units)),
    ("GET", "/manage/units/{code}/change", Some(Right::Units)),
    ("POST", "/manage/units/{code}/change", Some(Right::Units)),
    ("POST", "/manage/units/{code}/cancel", Some(Right::Units)),
    ("GET", "/manage/tokens", Some(Right::Tokens)),
    ("POST", "/manage/tokens", Some(Right::Tokens)),
    ("POST", "/manage/tokens/{id}/revoke", Some(Right::Tokens)),
    ("GET", "/manage/people", Some(Right::People)),
    ("GET", "/manage/people/new", Some(Right::People)),
    ("POST", "/manage/people/new", Some(Right::People)),
    ("GET", "/manage/people/{id}", Some(Right::People)),
    ("POST", "/manage/people/{id}/roles", Some(Right::People)),
    ("POST", "/manage/people/{id}/link", Some(Right::People)),
    ("POST", "/manage/people/{id}/mail", Some(Right::People)),
    ("POST", "/manage/people/{id}/stop", Some(Right::People)),
    ("POST", "/manage/people/{id}/restart", Some(Right::People)),
    ("POST", "/manage/people/{id}/codes", Some(Right::People)),
    ("POST", "/manage/people/{id}/hand-over", Some(Right::People)),
    ("GET", "/manage/campaigns", Some(Right::See)),
    ("GET", "/manage/campaigns/new", Some(Right::Plan)),
    ("POST", "/manage/campaigns/new", Some(Right::Plan)),
    ("GET", "/manage/campaigns/{id}", Some(Right::See)),
    ("GET", "/manage/campaigns/{id}/edit", Some(Right::Plan)),
    ("POST", "/manage/campaigns/{id}/edit", Some(Right::Plan)),
    ("POST", "/manage/campaigns/{id}/delete", Some(Right::Plan)),
    ("POST", "/manage/campaigns/{id}/rounds", Some(Right::Plan)),
    ("POST", "/manage/campaigns/{id}/clone", Some(Right::Plan)),
    ("POST", "/manage/rules/contacts", Some(Right::People)),
    ("GET", "/manage/rules", Some(Right::People)),
    ("POST", "/manage/rules", Some(Right::People)),
    ("GET", "/manage/audit", Some(Right::People)),
    ("GET", "/manage/audit.csv", Some(Right::People)),
    ("GET", "/analyse", Some(Right::Figures)),
    ("GET", "/analyse/sample-size", Some(Right::Figures)),
    ("GET", "/analyse/{slug}/trend", Some(Right::Figures)),
    ("GET", "/analyse/{slug}/trend.{ending}", Some(Right::Figures)),
    ("GET", "/analyse/{slug}/trend-rounds.csv", Some(Right::Figures)),
    ("GET", "/analyse/{slug}/weights", Some(Right::Figures)),
    ("GET", "/analyse/{slug}/weights.csv", Some(Right::Figures)),
    ("GET", "/analyse/{slug}/figures.json", Some(Right::Figures)),
    ("GET", "/analyse/{slug}/method", Some(Right::Figures)),
    ("POST", "/analyse/{slug}/method", Some(Right::Plan)),
    ("GET", "/analyse/{slug}/releases", Some(Right::Figures)),
    ("POST", "/analyse/{slug}/releases", Some(Right::Plan)),
    ("POST", "/analyse/{slug}/releases/remove", Some(Right::Plan)),
    ("GET", "/analyse/{slug}", Some(Right::Figures)),
    ("GET", "/analyse/{slug}/lowest.{ending}", Some(Right::Figures)),
    ("GET", "/analyse/{slug}/items", Some(Right::Figures)),
    ("GET", "/analyse/{slug}/items.{ending}", Some(Right::Figures)),
    ("GET", "/analyse/{slug}/open", Some(Right::Rows)),
    ("GET", "/analyse/{slug}/open.csv", Some(Right::Rows)),
    ("GET", "/analyse/{slug}/open.xlsx", Some(Right::Rows)),
    ("POST", "/analyse/{slug}/open/mark", Some(Right::Rows)),
    ("POST", "/analyse/{slug}/open/undo", Some(Right::Rows)),
    ("GET", "/analyse/{slug}/open/themes", Some(Right::Rows)),
    ("POST", "/analyse/{slug}/open/themes", Some(Right::Rows)),
    ("POST", "/analyse/{slug}/open/themes/end", Some(Right::Rows)),
    ("POST", "/analyse/{slug}/open/themes/copy", Some(Right::Rows)),
    ("POST", "/analyse/{slug}/open/rules", Some(Right::Rows)),
    ("GET", "/analyse/{slug}/open/summary", Some(Right::Rows)),
    ("POST", "/analyse/{slug}/open/summary", Some(Right::Rows)),
    ("GET", "/analyse/{slug}/units", Some(Right::Figures)),
    ("GET", "/analyse/{slug}/units.{ending}", Some(Right::Figures)),
    ("GET", "/analyse/{slug}/units/{code}", Some(Right::Figures)),
    ("GET", "/analyse/{slug}/units/{code}/lowest.{ending}", Some(Right::Figures)),
    ("GET", "/analyse/{slug}/levels", Some(Right::Figures)),
    ("GET", "/analyse/{slug}/levels.csv", Some(Right::Figures)),
    ("GET", "/analyse/{slug}/crosstab", Some(Right::Figures)),
    ("GET", "/analyse/{slug}/crosstab.{ending}", Some(Right::Figures)),
    ("GET", "/analyse/{slug}/quality", Some(Right::Rows)),
    ("POST", "/analyse/{slug}/quality", Some(Right::Rows)),
    ("POST", "/analyse/{slug}/quality/{id}/undo", Some(Right::Rows)),
    ("GET", "/analyse/{slug}/exports", Some(Right::Rows)),
    ("POST", "/analyse/{slug}/exports", Some(Right::Rows)),
    ("GET", "/analyse/{slug}/exports/{key}", Some(Right::Rows)),
    ("POST", "/analyse/{slug}/exports/{key}/again", Some(Right::Rows)),
    ("GET", "/manage/account", None),
    ("POST", "/manage/account", None),
    ("POST", "/manage/account/sign-out-everywhere", None),
    ("POST", "/manage/account/sessions/end", None),
    ("POST", "/manage/account/codes", None),
    ("POST", "/manage/account/codes/confirm", None),
    ("POST", "/manage/account/codes/off", None),
];

/// A file is sent here, by a form of another kind; `units_alerts` and `questionnaires` send some.
const FILES: [(&str, &str); 4] = [
    ("POST", "/manage/units/import"),
    ("POST", "/manage/questionnaires/upload"),
    ("POST", "/manage/questionnaires/{id}/recordings"),
    ("POST", "/manage/rounds/{slug}/invitations/list"),
];

/// What only leads back to a page.
fn leads_back(method: &str, path: &str) -> bool {
    let steps = ["/manage/account/sessions/end", "/manage/account/codes", "/manage/account/codes/confirm"];
    let more = ["/manage/account/codes/off", "/manage/rounds", "/manage/units/import/undo", "/manage/rules/contacts"];
    method == "GET" && (path.contains("{_:") || steps.contains(&path) || more.contains(&path))
}

async fn routes_of_staff() -> BTreeSet<(String, String)> {
    let report = async |tree: web::Data<IntrospectionTree>| tree.report_as_json();
    let app = App::new().configure(routes::all).route("/report", web::get().to(report));
    let body = call_and_read_body(&init_service(app).await, TestRequest::get().uri("/report").to_request()).await;
    let known: Vec<serde_json::Value> = serde_json::from_slice(&body).unwrap();
    let mut found = BTreeSet::new();
    for route in known {
        let path = route["full_path"].as_str().unwrap().to_owned();
        for method in route["methods"].as_array().unwrap().iter().filter_map(|method| method.as_str()) {
            if path.starts_with("/manage") || path.starts_with("/analyse") {
                found.insert((method.to_owned(), path.clone()));
            }
        }
    }
    found
}

#[actix_web::test]
async fn every_page_of_staff_stands_in_the_table() {
    let known: BTreeSet<(String, String)> =
        TABLE.iter().map(|(method, path, _)| ((*method).to_owned(), (*path).to_owned())).collect();
    let mut routes = routes_of_staff().await;
    routes.retain(|(method, path)| !leads_back(method, path) && !FILES.contains(&(method.as_str(), path.as_str())));
    assert_eq!(routes, known);
}

/// All fields that any form of the desk has.
pub const FIELDS: [(&str, &str); 18] = [
    ("_csrf", "no"),
    ("name", "x"),
    ("nonce", "x"),
    ("unit", "x"),
    ("expires", "x"),
    ("verdict", "passed-on"),
    ("word", "x"),
    ("current", "x"),
    ("password", "x"),
    ("again", "x"),
    ("digits", "x"),
    ("session", "x"),
    ("at", "x"),
    ("property", "x"),
    ("text", "x"),
    ("id", "1"),
    ("revision", "1"),
    ("kind", "invitation"),
];

#[tokio::test]
async fn each_role_is_let_in_where_its_rights_say_so_and_nowhere_else() {
    let app = app().await;
    let person = account(&app, "ai-do", "SO-AN-LANH", &[]);
    for role in Role::ALL {
        let nature = UnitNature::ALL.iter().copied().find(|nature| role.fits(*nature)).unwrap();
        let unit = match nature {
            UnitNature::Truong => PRIMARY,
            UnitNature::MatTran => "MT-BEN-SEN",
            _ => "SO-AN-LANH",
        };
        let desk = Desk::of(&app, &role.code().replace('_', "-"), unit, &[*role]).await;
        for (method, path, right) in TABLE {
            let id = if path.contains("people") { person.to_string() } else { "999999".to_owned() };
            let address = path
                .replace("{slug}", ROUND)
                .replace("{id}", &id)
                .replace("{code}", "khong-co")
                .replace("{number}", "1")
                .replace("{ending}", "csv");
            let answer = match *method {
                "GET" => desk.get(&address).await,
                _ => desk.send(&address, &FIELDS).await,
            };
            let is_refused = answer.status() == 403;
            assert_eq!(
                is_refused,
                right.is_some_and(|right| !role.allows(right)),
                "{role}: {method} {path}: {}",
                answer.status()
            );
        }
    }
}
