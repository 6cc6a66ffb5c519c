//! `/manage`: the rounds of the officer's unit and of those below it.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::progress::{Count, Progress};
use super::said;
use super::stage::{Stage, span};
use super::trouble::Trouble;
use crate::state::State;
use crate::store::{Db, StoreError, approvals, mail_trouble, rounds, units};
use crate::survey::access::Right;
use crate::web::desk::{DeskFrame, Room};
use crate::web::error::Failure;
use crate::web::page::see_other;
use crate::web::session::{Officer, Steering};
use crate::web::words::Words;

/// The first page after signing in.
#[derive(Template)]
#[template(path = "web/manage/rounds/list.html")]
struct ListPage {
    desk: DeskFrame,
    said: Option<String>,
    trouble: Trouble,
    total: String,
    rows: Vec<Row>,
    /// Rounds that wait for this officer's approval: slug and title.
    queue: Vec<(String, String)>,
    /// Schools that could be asked.
    schools: i64,
    /// Why mails wait, for whoever plans rounds.
    mail_trouble: Option<String>,
}

struct Row {
    slug: String,
    title: String,
    about: String,
    span: String,
    stage: Stage,
    label: String,
    sentence: String,
    n: String,
    count: Count,
    share: Option<String>,
}

/// `GET /manage/rounds`: the list stands one floor up.
pub(super) async fn home() -> HttpResponse {
    see_other("/manage")
}

/// `GET /manage`
pub(super) async fn show(
    request: HttpRequest,
    officer: Steering,
    state: web::Data<State>,
) -> Result<HttpResponse, Failure> {
    let (reader, catalogue) = (officer.0.clone(), state.catalogue.clone());
    let (today, now, words) = (state.clock.today(), state.clock.now(), officer.words);
    let (found, queue, schools, mail) = state
        .store
        .read(move |db| {
            let below = reader.reach(db)?;
            let mut found = Vec::new();
            for round in rounds::all(db)?.into_iter().filter(|round| below.contains(&round.owner_id)) {
                let owner = rounds::owner_name(db, round.owner_id)?;
                let progress = Progress::load(db, &catalogue, &round)?;
                found.push((round, owner, progress));
            }
            let queue = queue(db, &reader)?;
            let all = units::valid_on(db, today)?;
            let schools = all.iter().filter(|s| s.unit.is_school() && below.contains(&s.id)).count();
            Ok((found, queue, schools, mail_trouble::now_in(db)?))
        })
        .await?;
    let rows: Vec<Row> = found
        .into_iter()
        .map(|(round, owner, progress)| {
            let stage = Stage::of(&round, now);
            let own = round.owner_id == officer.unit_id;
            Row {
                about: about(&progress, (!own).then_some(owner), words),
                span: span(&round, words),
                label: stage.label(words),
                sentence: stage.sentence(&round, words),
                n: if progress.counted.n == progress.n { progress.counted.of(words) } else { words.number(progress.n) },
                count: progress.counted,
                share: progress.counted.share(words),
                slug: round.slug,
                title: round.title,
                stage,
            }
        })
        .collect();
    let open = rows.iter().filter(|row| row.stage == Stage::Open).count();
    let values = [("rounds", rows.len().to_string()), ("open", open.to_string())];
    let page = ListPage {
        desk: DeskFrame::new(&request, &officer, Room::Rounds),
        said: said::said(&request, &state, &officer),
        trouble: Trouble::default(),
        total: words.fill("rounds-total", values),
        rows,
        queue,
        mail_trouble: mail
            .filter(|_| officer.may(Right::Plan))
            .map(|(kind, ..)| words.say(&format!("mail-trouble-{}", kind))),
        schools: i64::try_from(schools).unwrap_or(i64::MAX),
    };
    said::show(&request, &page.trouble, &page)
}

/// Rounds that wait for this officer's approval: slug and title.
fn queue(db: &mut Db, officer: &Officer) -> Result<Vec<(String, String)>, StoreError> {
    let mut queue = Vec::new();
    for round in approvals::waiting(db)? {
        if officer.may_at(Right::Approve, &units::line(db, round.owner_id)?) {
            queue.push((round.slug, round.title));
        }
    }
    Ok(queue)
}

/// How many schools are asked, at which levels, and by whom where it is another unit.
fn about(progress: &Progress, owner: Option<String>, words: Words) -> String {
    let schools = i64::try_from(progress.asked().count()).unwrap_or(i64::MAX);
    let levels: std::collections::BTreeSet<_> =
        progress.asked().flat_map(|unit| &unit.levels).map(|(level, _)| level.as_str()).collect();
    let in_order = crate::survey::code::Level::ALL.iter().filter(|level| levels.contains(level.code()));
    let names: Vec<String> = in_order.map(|level| words.say(&format!("level-short-{level}"))).collect();
    let mut parts = vec![words.count("rounds-schools", schools)];
    parts.extend((!names.is_empty()).then(|| names.join(", ")));
    parts.extend(owner);
    parts.join(" · ")
}
