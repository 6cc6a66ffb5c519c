//! `/manage/rounds/{slug}/invitations/write`: a letter is written, looked at, sent to oneself, and planned.

use actix_web::web;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use chrono::{NaiveDateTime, TimeDelta};
use serde::Deserialize;

use super::entries;
use super::fields::day_and_time;
use crate::invitation::{self, Placeholder, Values, Wrong, check};
use crate::mail::{self, Address, Delivery, Letter};
use crate::secret::random;
use crate::state::State;
use crate::store::account_mails;
use crate::store::mailings::{self, Mailing, MailingKind, NewMailing};
use crate::store::rounds::{self, RoundRow};
use crate::survey::audit::Action;
use crate::survey::round::GRACE;
use crate::vietnamese;
use crate::web::deed::Deed;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::manage::rounds::form::RoundForm;
use crate::web::manage::rounds::stage::Stage;
use crate::web::manage::rounds::trouble::Trouble;
use crate::web::manage::rounds::{read, said};
use crate::web::session::{Officer, Planner};
use crate::web::words::Words;

/// A trial letter is of no use after that.
const TRIAL: TimeDelta = TimeDelta::days(1);

#[derive(Template)]
#[template(path = "web/manage/rounds/invitations/write.html")]
struct WritePage {
    desk: DeskFrame,
    said: Option<String>,
    trouble: Trouble,
    round: RoundRow,
    kind: MailingKind,
    title: String,
    subject: String,
    text: String,
    notice: String,
    day: String,
    time: String,
    test_to: String,
    from: String,
    places: Vec<(&'static str, String)>,
    seen: Option<Letter>,
}

/// What came before the page.
#[derive(Default)]
struct Look {
    trouble: Trouble,
    /// The letter is shown as somebody would get it.
    is_looked_at: bool,
    told: Option<String>,
}

impl Look {
    fn refused(trouble: Trouble) -> Self {
        Self { trouble, ..Self::default() }
    }
}

#[derive(Deserialize)]
pub(super) struct Kind {
    kind: Option<MailingKind>,
}

/// What the page needs to know.
struct Scene {
    round: RoundRow,
    owner: String,
    school: String,
    poster: String,
    own: String,
}

impl Scene {
    /// A letter as somebody would get it; its link carries no code.
    fn letter(&self, state: &State, draft: &Draft<'_>, to: Address) -> Letter {
        let values = Values {
            link: format!("{}/k/{}?ma=XXXX-XXXX-XXXX", state.public_url, self.poster),
            name: draft.words.say("invitations-nameless"),
            school: self.school.clone(),
            closes: vietnamese::moment(self.round.closes_at),
            leave: format!("{}/thu/xxxx", state.public_url),
        };
        invitation::letter(&draft.mailing(&self.round), &values, to)
    }
}

/// A letter that is being written.
struct Draft<'a> {
    words: Words,
    kind: MailingKind,
    subject: &'a str,
    text: &'a str,
    notice: String,
}

impl Draft<'_> {
    fn mailing(&self, round: &RoundRow) -> Mailing {
        Mailing {
            id: 0,
            round_id: round.id,
            kind: self.kind.to_string(),
            subject: self.subject.to_owned(),
            text: self.text.to_owned(),
            notice: self.notice.clone(),
            nameless: String::new(),
            lang: self.words.interface().to_string(),
            due_at: round.closes_at,
            upto: 0,
            queued: 0,
            stopped_at: None,
            done_at: None,
        }
    }
}

/// `GET …/invitations/write?kind=…`
pub(super) async fn show(
    request: HttpRequest,
    officer: Planner,
    state: web::Data<State>,
    slug: web::Path<String>,
    query: web::Query<Kind>,
) -> Result<HttpResponse, Failure> {
    let kind = query.kind.unwrap_or(MailingKind::Invitation);
    page(&request, &officer, &state, &slug, kind, Look::default()).await
}

async fn page(
    request: &HttpRequest,
    officer: &Officer,
    state: &State,
    slug: &str,
    kind: MailingKind,
    look: Look,
) -> Result<HttpResponse, Failure> {
    let Look { trouble, is_looked_at, told } = look;
    let (words, now) = (officer.words, state.clock.now());
    let scene = scene(officer, state, slug).await?;
    let usual = (words.say(&format!("mailing-{kind}-subject")), words.say(&format!("mailing-{kind}-text")));
    let (subject, text) = (trouble.value("subject", &usual.0).to_owned(), trouble.value("text", &usual.1).to_owned());
    let notice = notice(&scene, words);
    let draft = Draft { words, kind, subject: &subject, text: &text, notice: notice.clone() };
    let nobody: Option<Address> = "hoa.nguyen@example.vn".parse().ok();
    let seen = nobody.filter(|_| is_looked_at).map(|to| scene.letter(state, &draft, to));
    let (day, time) = day_and_time(scene.round.opens_at.filter(|opens| *opens > now).unwrap_or(now));
    let place =
        |place: &Placeholder| (place.code(), words.say(&format!("placeholder-{}", place.code().replace('_', "-"))));
    let page = WritePage {
        desk: DeskFrame::new(request, officer, Room::Rounds),
        said: told.or_else(|| said::said(request, state, officer)),
        kind,
        title: words.say(&format!("mailing-{kind}-title")),
        day: trouble.value("day", &day).to_owned(),
        time: trouble.value("time", &time).to_owned(),
        test_to: trouble.value("test_to", &scene.own).to_owned(),
        from: state.mail.from(),
        places: Placeholder::ALL.iter().filter(|place| **place != Placeholder::Leave).map(place).collect(),
        seen,
        trouble,
        subject,
        text,
        notice,
        round: scene.round,
    };
    said::show(request, &page.trouble, &page)
}

async fn scene(officer: &Officer, state: &State, slug: &str) -> Result<Scene, Failure> {
    let account = officer.account_id;
    read(state, officer, slug, move |db, round| {
        let schools = entries(db, round.id)?;
        let first = schools.first();
        let live = crate::store::collectors::of_round(db, round.id)?;
        let poster = live.into_iter().find(|row| first.is_some_and(|school| school.unit_id == row.unit_id));
        Ok(Scene {
            owner: rounds::owner_name(db, round.owner_id)?,
            school: first.map(|school| school.name.clone()).unwrap_or_default(),
            poster: poster.map(|row| row.code).unwrap_or_default(),
            own: account_mails::of(db, account)?.unwrap_or_default(),
            round,
        })
    })
    .await
}

/// What stands under every letter: who knows what, and how to get no more.
fn notice(scene: &Scene, words: Words) -> String {
    let until = vietnamese::local(scene.round.closes_at + GRACE).date();
    let values = [
        ("owner", scene.owner.clone()),
        ("contact", scene.round.contact.clone()),
        ("until", words.date(until)),
        ("leave", format!("{{{}}}", Placeholder::Leave)),
    ];
    words.fill("mailing-notice", values)
}

/// `POST …/invitations/write`: `do` is `look`, `test` or `plan`.
pub(super) async fn send(form: RoundForm<Planner>) -> Result<HttpResponse, Failure> {
    let (words, fields) = (form.words(), &form.fields);
    let Some(kind) = MailingKind::from_code(fields.one("kind")) else {
        return Err(Failure::Bad(words.say("staff-form-broken")));
    };
    let mut trouble = Trouble::default();
    for (field, is_text) in [("subject", false), ("text", true)] {
        check(fields.one(field), is_text)
            .first()
            .into_iter()
            .for_each(|wrong| trouble.add(field, said_of(wrong, words)));
    }
    let wish = fields.one("do").to_owned();
    let due = match fields.moment() {
        Ok(due) => Some(due),
        Err(field) if wish == "plan" => {
            trouble.add(field, words.say("invitations-moment-wrong"));
            None
        }
        Err(_) => None,
    };
    let test_to = fields.one("test_to").parse::<Address>().ok();
    if wish == "test" && test_to.is_none() {
        trouble.add("test_to", words.say("mail-address-wrong"));
    }
    if !trouble.is_none() {
        return again(form, kind, Look::refused(trouble)).await;
    }
    match (wish.as_str(), due, test_to) {
        ("plan", Some(due), _) => plan(form, kind, due).await,
        ("test", _, Some(to)) => test(form, kind, to).await,
        _ => again(form, kind, Look { is_looked_at: true, ..Look::default() }).await,
    }
}

fn said_of(wrong: &Wrong, words: Words) -> String {
    match wrong {
        Wrong::Empty => words.say("letter-error-empty"),
        Wrong::Long(most) => words.with("letter-error-long", "most", most),
        Wrong::Unknown(name) => words.with("letter-error-unknown", "name", format!("{{{name}}}")),
        Wrong::Open => words.say("letter-error-open"),
        Wrong::NoLink => words.say("letter-error-no-link"),
        Wrong::Link => words.say("letter-error-link"),
    }
}

/// The page with what was typed.
async fn again(form: RoundForm<Planner>, kind: MailingKind, look: Look) -> Result<HttpResponse, Failure> {
    let look = Look { trouble: look.trouble.typed(form.fields), ..look };
    page(&form.request, &form.officer, &form.state, &form.slug, kind, look).await
}

async fn plan(form: RoundForm<Planner>, kind: MailingKind, due_at: NaiveDateTime) -> Result<HttpResponse, Failure> {
    let (words, now, sent, account) = (form.words(), form.now(), form.fields.clone(), form.officer.account_id);
    let notice = notice(&scene(&form.officer, &form.state, &form.slug).await?, words);
    let deed = Deed::at(Action::MailingPlanned, Some(due_at));
    let done = form
        .change(deed, move |db, round| {
            if Stage::of(&round, now).is_over() || due_at >= round.closes_at {
                return Ok(Err(Trouble::at("day", words.say("invitations-too-late"))));
            }
            let earlier = mailings::of_round(db, round.id)?;
            let is_repeated = earlier.iter().any(|mailing| {
                mailing.stopped_at.is_none()
                    && mailing.kind == kind.code()
                    && (kind == MailingKind::Invitation || mailing.due_at == due_at)
            });
            if is_repeated {
                return Ok(Err(Trouble::page(words.say("invitations-repeated"))));
            }
            let lang = words.interface().to_string();
            let new = NewMailing {
                kind,
                subject: sent.one("subject"),
                text: sent.one("text"),
                notice: &notice,
                nameless: &words.say("invitations-nameless"),
                lang: &lang,
                due_at,
                made_by: account,
            };
            mailings::plan(db, round.id, &new, now)?;
            Ok(Ok(words.with("invitations-planned-for", "due", words.moment(due_at.max(now)))))
        })
        .await?;
    match done {
        Ok(sentence) => Ok(form.said(&sentence, "/invitations")),
        Err(trouble) => again(form, kind, Look::refused(trouble)).await,
    }
}

/// Sends the letter to one address, with a link that carries no code.
async fn test(form: RoundForm<Planner>, kind: MailingKind, to: Address) -> Result<HttpResponse, Failure> {
    let (words, now, secret, fields) = (form.words(), form.now(), form.state.secret.clone(), &form.fields);
    let scene = scene(&form.officer, &form.state, &form.slug).await?;
    let notice = notice(&scene, words);
    let draft = Draft { words, kind, subject: fields.one("subject"), text: fields.one("text"), notice };
    let mut letter = scene.letter(&form.state, &draft, to.clone());
    letter.subject = words.with("invitations-test-subject", "subject", &letter.subject);
    let queued = form.state.store.write(move |db| {
        let about: [&[u8]; 2] = [b"trial", &random::<16>()];
        let delivery = Delivery { about: &about, round_id: None, due_at: now, until: now + TRIAL };
        mail::queue(db, &secret, &letter, &delivery, now)
    });
    queued.await?;
    let told = Some(words.with("invitations-test-sent", "address", to));
    again(form, kind, Look { is_looked_at: true, told, ..Look::default() }).await
}

/// `POST …/invitations/stop`: what waits of a letter does not go out.
pub(super) async fn stop(form: RoundForm<Planner>) -> Result<HttpResponse, Failure> {
    let (words, now, id) = (form.words(), form.now(), form.fields.number("letter").unwrap_or(0));
    let done = form.change(Action::MailingStopped, move |db, round| {
        let is_stopped = mailings::stop(db, round.id, id, now)?;
        Ok(if is_stopped { Ok(words.say("invitations-said-stopped")) } else { Err(Trouble::page(String::new())) })
    });
    let sentence = done.await?.unwrap_or_else(|_| words.say("invitations-nothing-to-stop"));
    Ok(form.said(&sentence, "/invitations"))
}
