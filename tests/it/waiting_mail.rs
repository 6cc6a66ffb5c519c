//! Letters that waited: what was true when they were written may have passed when their turn comes.

use chrono::{NaiveDateTime, TimeDelta};
use diesel::RunQueryDsl;
use langnghe::mail::{self, Delivery, Letter};
use langnghe::store::invitations::{self, NewInvitee, Purpose};
use langnghe::store::mail_trouble::{self, Trouble};
use langnghe::store::mailings::{self, MailingKind, NewMailing};
use langnghe::store::outbox::{self, Failure, MailKey, Standing};
use langnghe::store::{Db, StoreError, access_codes, round_steps, rounds, units};
use langnghe::survey::access::Role;
use langnghe::survey::round::Pause;

use crate::people::{Desk, account};
use crate::staff_mail::letters;
use crate::support::{PRIMARY, TestApp, app};

const ABOUT: [&[u8]; 2] = [b"a letter", b"to Hoa"];

/// Queues a letter of the round, in the transaction that is under way.
fn queue(db: &mut Db, app: &TestApp, due_at: NaiveDateTime) -> Result<i64, StoreError> {
    let letter = Letter {
        to: "hoa@example.vn".parse().unwrap(),
        lang: "vi".into(),
        subject: "Nhắc".into(),
        text: "Xin trả lời.".into(),
        unsubscribe: None,
    };
    let until = due_at + TimeDelta::days(3);
    let delivery = Delivery { about: &ABOUT, round_id: Some(app.round.id), due_at, until };
    Ok(mail::queue(db, &app.state.secret, &letter, &delivery, app.state.clock.now())?.unwrap())
}

fn standing(app: &TestApp) -> Option<Standing> {
    let key: MailKey = mail::key(&app.state.secret, &ABOUT);
    app.state.store.read_now(|db| outbox::standing(db, &key)).unwrap()
}

/// Long enough for the thread that sends to look several times.
async fn a_while() {
    tokio::time::sleep(std::time::Duration::from_millis(1600)).await;
}

#[tokio::test]
async fn a_letter_of_a_round_that_pauses_waits_until_it_goes_on() {
    let app = app().await;
    let now = app.state.clock.now();
    app.change(|db, id| {
        round_steps::pause(db, id, Some(Pause { since: now, until: now + TimeDelta::hours(2) }))?;
        queue(db, &app, now)
    });
    a_while().await;
    assert_eq!(standing(&app), Some(Standing::Waiting(None)));
    assert!(app.state.mail.carrier().kept().is_empty());
    app.change(|db, id| round_steps::pause(db, id, None));
    app.state.clock.advance(360);
    letters(&app, 1).await;
}

#[tokio::test]
async fn a_letter_of_a_round_that_closed_is_not_sent() {
    let app = app().await;
    let now = app.state.clock.now();
    app.change(|db, id| {
        rounds::close_at(db, id, now)?;
        queue(db, &app, now)
    });
    a_while().await;
    assert_eq!(standing(&app), Some(Standing::Failed(Failure::Stopped, None)));
    assert!(app.state.mail.carrier().kept().is_empty());
}

#[tokio::test]
async fn a_reminder_to_somebody_who_answered_while_it_waited_is_not_sent() {
    let app = app().await;
    let (now, made_by) = (app.state.clock.now(), account(&app, "chu.tri", "SO-AN-LANH", &[]));
    let later = now + TimeDelta::hours(1);
    let hash = [7; 16];
    let mail_id = app.change(|db, id| {
        let unit_id = units::id_by_code(db, PRIMARY)?.unwrap();
        access_codes::insert(db, id, unit_id, &[hash])?;
        invitations::add(db, id, &NewInvitee { unit_id, mark: [1; 16], code_hash: hash, sealed: vec![0] })?;
        let new = NewMailing {
            kind: MailingKind::Reminder,
            subject: "Nhắc",
            text: "",
            notice: "",
            nameless: "",
            lang: "vi",
            due_at: now,
            made_by,
        };
        let (mailing, invitee) = (mailings::plan(db, id, &new, now)?, invitations::all(db, id)?.remove(0));
        let mail_id = queue(db, &app, later)?;
        mailings::queued(db, mailing, invitee.id, mail_id)?;
        Ok(mail_id)
    });
    let purpose = || app.state.store.read_now(|db| invitations::purpose(db, mail_id, now)).unwrap();
    assert_eq!(purpose(), Purpose::Stands);
    // the code's row goes when it is spent
    app.change(|db, _| Ok(diesel::sql_query("DELETE FROM access_code").execute(db)?));
    assert_eq!(purpose(), Purpose::Gone);
    app.state.clock.advance(3700);
    a_while().await;
    assert_eq!(standing(&app), Some(Standing::Failed(Failure::Stopped, None)));
}

#[tokio::test]
async fn whoever_plans_rounds_is_told_on_the_first_page_that_mail_does_not_leave() {
    let app = app().await;
    let now = app.state.clock.now();
    app.change(|db, _| mail_trouble::set(db, Some((Trouble::Password, "535")), now));
    let planner = Desk::of(&app, "chu.tri", "SO-AN-LANH", &[Role::ChuTri]).await;
    assert!(planner.page("/manage").await.contains("máy chủ thư từ chối tên đăng nhập"));
    let analyst = Desk::of(&app, "phan.tich", "SO-AN-LANH", &[Role::PhanTich]).await;
    assert!(!analyst.page("/manage").await.contains("máy chủ thư"));
}
