//! `/manage/rounds/{slug}/remind`: one press reminds the contacts of schools from which nothing comes. Who has no mail gets a
//! text to be copied. A school is reminded once a day at most.

use std::collections::{BTreeMap, HashSet};

use actix_web::web::{self};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use chrono::{NaiveDate, NaiveDateTime};

use super::form::RoundForm;
use super::monitor::{Figures, Standing};
use super::stage::Stage;
use super::trouble::Trouble;
use super::{Outcome, monitor, said};
use crate::mail::{self, Delivery, Letter};
use crate::secret::Secret;
use crate::state::State;
use crate::store::head_reminders::{self, Head};
use crate::store::rounds::RoundRow;
use crate::store::{Db, StoreError};
use crate::survey::audit::Action;
use crate::web::deed::Deed;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::session::{Officer, Planner};
use crate::web::words::Words;

/// Whom to remind, and what they read.
#[derive(Template)]
#[template(path = "web/manage/rounds/remind.html")]
struct RemindPage {
    desk: DeskFrame,
    said: Option<String>,
    trouble: Trouble,
    round: RoundRow,
    is_open: bool,
    schools: Vec<School>,
    /// What the first of them would read.
    example: Option<(String, String)>,
}

struct School {
    unit_id: i64,
    name: String,
    why: String,
    /// Who gets a mail.
    mailed: Vec<String>,
    was_reminded: bool,
    is_ticked: bool,
    /// For those who get none.
    text: String,
}

/// Schools from which nothing comes, with why.
type Silent = Vec<(i64, String, Standing)>;

fn silent(figures: &Figures) -> Silent {
    figures.silent().into_iter().map(|(unit, standing)| (unit.id, unit.name.clone(), standing)).collect()
}

/// `GET …/remind`
pub(super) async fn show(
    request: HttpRequest,
    officer: Planner,
    state: web::Data<State>,
    slug: web::Path<String>,
) -> Result<HttpResponse, Failure> {
    page(&request, &officer, &state, &slug, Trouble::default()).await
}

async fn page(
    request: &HttpRequest,
    officer: &Officer,
    state: &State,
    slug: &str,
    trouble: Trouble,
) -> Result<HttpResponse, Failure> {
    let figures = monitor::figures(state, officer, slug).await?;
    let silent = silent(&figures);
    let (ids, round_id, today) =
        (silent.iter().map(|(id, ..)| *id).collect::<Vec<_>>(), figures.round.id, figures.today);
    let (heads, reminded) = state
        .store
        .read(move |db| Ok((head_reminders::heads(db, &ids)?, head_reminders::on(db, round_id, today)?)))
        .await?;
    let example = silent.first().map(|(_, name, _)| letter_of(&figures.round, name, state));
    let school = |(unit_id, name, standing): (i64, String, Standing)| {
        let own = heads.get(&unit_id).map(Vec::as_slice).unwrap_or_default();
        let mailed: Vec<String> = own.iter().filter(|h| h.address.is_some()).map(|head| head.name.clone()).collect();
        let was_reminded = reminded.contains(&unit_id);
        let id = unit_id.to_string();
        School {
            why: why(standing, figures.today, officer.words),
            text: letter_of(&figures.round, &name, state).1,
            is_ticked: !was_reminded
                && !mailed.is_empty()
                && (trouble.fields().is_empty() || trouble.fields().has("unit", &id)),
            unit_id,
            name,
            mailed,
            was_reminded,
        }
    };
    let page = RemindPage {
        desk: DeskFrame::new(request, officer, Room::Rounds),
        said: said::said(request, state, officer),
        is_open: figures.stage == Stage::Open,
        schools: silent.into_iter().map(school).collect(),
        round: figures.round.clone(),
        example,
        trouble,
    };
    said::show(request, &page.trouble, &page)
}

impl RemindPage {
    /// Whether anybody would get a mail now.
    fn can_send(&self) -> bool {
        self.is_open && self.schools.iter().any(|school| !school.was_reminded && !school.mailed.is_empty())
    }
}

fn why(standing: Standing, today: NaiveDate, words: Words) -> String {
    match standing {
        Standing::Quiet(last) => words.count("monitor-quiet", (today - last).num_days()),
        _ => words.say("row-silent"),
    }
}

/// Subject and text, in Vietnamese: heads of schools read that, whatever the officer's pages are in. Neither a number nor a day is
/// in it: a school that knows when its last form came knows who sent it.
fn letter_of(round: &RoundRow, school: &str, state: &State) -> (String, String) {
    let words = Words::VI;
    let values = [
        ("school", school.to_owned()),
        ("round", round.title.clone()),
        ("closes", words.moment(round.closes_at)),
        ("contact", round.contact.clone()),
        ("url", format!("{}/manage/school", state.public_url)),
    ];
    (words.fill("remind-mail-subject", values.clone()), words.fill("remind-mail-text", values))
}

/// A reminder that is to be sent.
struct Reminder {
    unit_id: i64,
    subject: String,
    text: String,
}

/// `POST …/remind`
pub(super) async fn send(form: RoundForm<Planner>) -> Result<HttpResponse, Failure> {
    let RoundForm { officer, state, slug, fields, .. } = &form;
    let figures = monitor::figures(state, officer, slug).await?;
    let wanted: HashSet<i64> = fields.all("unit").filter_map(|id| id.parse().ok()).collect();
    let is_open = figures.stage == Stage::Open;
    // what is chosen is looked up among schools from which nothing comes now: a form of yesterday reminds nobody else
    let chosen: Vec<Reminder> = silent(&figures)
        .into_iter()
        .filter(|(unit_id, ..)| wanted.contains(unit_id))
        .map(|(unit_id, name, _)| {
            let (subject, text) = letter_of(&figures.round, &name, state);
            Reminder { unit_id, subject, text }
        })
        .collect();
    let (words, secret, now, today) = (form.words(), state.secret.clone(), form.now(), figures.today);
    let deed = Deed::with(Action::HeadsReminded, [format!("schools={}", chosen.len())]);
    let done: Outcome<String> = form
        .change(deed, move |db, round| {
            if !is_open {
                return Ok(Err(Trouble::page(words.say("remind-not-open"))));
            }
            let (schools, mails) = queue(db, &secret, &round, &chosen, now, today)?;
            if mails == 0 {
                return Ok(Err(Trouble::page(words.say("remind-nobody"))));
            }
            Ok(Ok(words.fill("remind-done", [("schools", words.number(schools)), ("mails", words.number(mails))])))
        })
        .await?;
    form.answer(done, "/remind", page).await
}

/// Queues a letter for each contact with an address; returns how many schools and letters those are.
fn queue(
    db: &mut Db,
    secret: &Secret,
    round: &RoundRow,
    chosen: &[Reminder],
    now: NaiveDateTime,
    today: NaiveDate,
) -> Result<(i64, i64), StoreError> {
    let units: Vec<i64> = chosen.iter().map(|reminder| reminder.unit_id).collect();
    let heads: BTreeMap<i64, Vec<Head>> = head_reminders::heads(db, &units)?;
    let (mut schools, mut mails) = (0, 0);
    for reminder in chosen {
        let reached: Vec<(i64, mail::Address)> = heads
            .get(&reminder.unit_id)
            .into_iter()
            .flatten()
            .filter_map(|head| Some((head.account_id, head.address.as_deref()?.parse().ok()?)))
            .collect();
        if reached.is_empty() || !head_reminders::note(db, round.id, reminder.unit_id, today)? {
            continue;
        }
        schools += 1;
        for (account_id, to) in reached {
            let letter = Letter {
                to,
                lang: Words::VI.interface().to_string(),
                subject: reminder.subject.clone(),
                text: reminder.text.clone(),
                unsubscribe: None,
            };
            let ids = [round.id, account_id].map(i64::to_be_bytes);
            let day = today.to_string();
            let about: [&[u8]; 4] = [b"head reminder", &ids[0], &ids[1], day.as_bytes()];
            let delivery = Delivery { about: &about, round_id: None, due_at: now, until: round.closes_at };
            mails += i64::from(mail::queue(db, secret, &letter, &delivery, now)?.is_some());
        }
    }
    Ok((schools, mails))
}
