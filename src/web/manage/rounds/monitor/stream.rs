//! `…/progress/stream`: server-sent events. Every process reads a watched round once per [`TICK`], however many look on; a
//! stream holds the reader's language and what was sent last, and ends with the session or the right to see.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::{Duration, Instant};

use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};
use futures_util::stream::unfold;
use parking_lot::Mutex;
use tokio::sync::watch;
use tokio::time::{Interval, MissedTickBehavior, interval};

use super::figures::Figures;
use super::part::Part;
use crate::state::State;
use crate::store::{StoreError, rounds, sessions, units};
use crate::survey::access::Right;
use crate::web::error::Failure;
use crate::web::manage::rounds::read;
use crate::web::page::show_wait;
use crate::web::session::{Officer, Steering};

/// How often a round that is watched is read.
const TICK: Duration = Duration::from_secs(2);
/// Every so many ticks something is sent, so that whatever stands between does not take the connection for dead.
const TICKS_PER_HEARTBEAT: u64 = 10;
/// Every so many ticks it is asked whether the reader may still look.
const TICKS_PER_CHECK: u64 = 5;
/// Streams of one account in one process: a browser keeps six connections to a server, and pages need some.
const MOST_STREAMS: usize = 3;

/// One place per round, held by whoever reads it.
type Places = HashMap<i64, Arc<tokio::sync::Mutex<Option<(Instant, Arc<Figures>)>>>>;

/// What the streams of one process share.
pub struct Lookouts {
    places: Mutex<Places>,
    /// Streams by account.
    seats: Mutex<HashMap<i64, usize>>,
    ending: watch::Sender<bool>,
}

impl Default for Lookouts {
    fn default() -> Self {
        Self { places: Mutex::default(), seats: Mutex::default(), ending: watch::channel(false).0 }
    }
}

impl Lookouts {
    /// Ends all streams: the process stops, and would wait for them.
    pub fn end(&self) {
        self.ending.send_replace(true);
    }

    /// The figures of a round, at most a tick old. Whoever asks while they are being read waits for that.
    async fn figures(&self, state: &State, round_id: i64) -> Result<Option<Arc<Figures>>, StoreError> {
        let place = self.places.lock().entry(round_id).or_default().clone();
        let mut known = place.lock().await;
        if let Some((read, figures)) = &*known
            && read.elapsed() < TICK / 2
        {
            return Ok(Some(figures.clone()));
        }
        let (catalogue, now) = (state.catalogue.clone(), state.clock.now());
        let read = state.store.read(move |db| match rounds::by_id(db, round_id)? {
            Some(round) => Figures::read(db, &catalogue, round, now).map(Some),
            None => Ok(None),
        });
        let figures = read.await?.map(Arc::new);
        *known = figures.clone().map(|figures| (Instant::now(), figures));
        Ok(figures)
    }

    fn sit_down(lookouts: &web::Data<Self>, account_id: i64) -> Option<Seat> {
        let mut seats = lookouts.seats.lock();
        let taken = seats.entry(account_id).or_insert(0);
        if *taken >= MOST_STREAMS {
            return None;
        }
        *taken += 1;
        Some(Seat { lookouts: lookouts.clone(), account_id })
    }
}

/// One stream of an account; given back when the stream is dropped.
struct Seat {
    lookouts: web::Data<Lookouts>,
    account_id: i64,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut seats = self.lookouts.seats.lock();
        if let Some(taken) = seats.get_mut(&self.account_id) {
            *taken -= 1;
            if *taken == 0 {
                seats.remove(&self.account_id);
            }
        }
        if seats.is_empty() {
            self.lookouts.places.lock().clear();
        }
    }
}

/// One reader.
struct Reader {
    seat: Seat,
    state: web::Data<State>,
    officer: Officer,
    round_id: i64,
    ending: watch::Receiver<bool>,
    timer: Interval,
    ticks: u64,
    sent: String,
    is_over: bool,
}

/// `GET …/progress/stream`
pub(in crate::web::manage::rounds) async fn show(
    request: HttpRequest,
    officer: Steering,
    state: web::Data<State>,
    lookouts: web::Data<Lookouts>,
    slug: web::Path<String>,
) -> Result<HttpResponse, Failure> {
    let round_id = read(&state, &officer, &slug, |_, round| Ok(round.id)).await?;
    let Some(seat) = Lookouts::sit_down(&lookouts, officer.account_id) else {
        return Ok(show_wait(Duration::from_secs(30)));
    };
    let seen = request.headers().get("Last-Event-ID").and_then(|id| id.to_str().ok());
    let mut timer = interval(TICK);
    timer.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let reader = Reader {
        ending: lookouts.ending.subscribe(),
        seat,
        state,
        officer: officer.0,
        round_id,
        timer,
        ticks: 0,
        sent: seen.unwrap_or_default().to_owned(),
        is_over: false,
    };
    let events = unfold(reader, |mut reader| async {
        let event = reader.next().await?;
        Some((Ok::<_, Infallible>(Bytes::from(event)), reader))
    });
    Ok(HttpResponse::Ok()
        .insert_header(("Content-Type", "text/event-stream"))
        .insert_header(("Cache-Control", "no-store"))
        // nginx would wait until enough has gathered
        .insert_header(("X-Accel-Buffering", "no"))
        .streaming(events))
}

impl Reader {
    /// What is sent next; nothing: the stream ends, and the browser comes back, unless it was told that all is over.
    async fn next(&mut self) -> Option<String> {
        if self.is_over {
            return None;
        }
        loop {
            let ticks = self.ticks;
            self.ticks += 1;
            if ticks > 0 {
                tokio::select! {
                    _ = self.timer.tick() => {}
                    _ = self.ending.wait_for(|is_ending| *is_ending) => return None,
                }
            } else {
                self.timer.tick().await;
            }
            if ticks.is_multiple_of(TICKS_PER_CHECK) && !self.may_look().await? {
                self.is_over = true;
                return Some("event: end\ndata: \n\n".to_owned());
            }
            let figures = self.seat.lookouts.figures(&self.state, self.round_id).await.ok()??;
            let id = figures.id();
            if id != self.sent {
                let part = Part::new(&figures, self.officer.words).alone().ok()?;
                self.sent = id;
                return Some(event(&self.sent, &part));
            }
            if ticks.is_multiple_of(TICKS_PER_HEARTBEAT) {
                return Some(":\n\n".to_owned());
            }
        }
    }

    /// Whether the session is open and its owner may see the round. Looking on does not keep a session open.
    async fn may_look(&self) -> Option<bool> {
        let (hash, round_id, now) = (self.officer.token_hash, self.round_id, self.state.clock.now());
        let looked = self.state.store.read(move |db| {
            let Some(who) = sessions::find(db, &hash, now)? else { return Ok(false) };
            let Some(round) = rounds::by_id(db, round_id)? else { return Ok(false) };
            Ok(who.grants.may(Right::See, &units::line(db, round.owner_id)?))
        });
        looked.await.ok()
    }
}

/// An event with these lines.
fn event(id: &str, text: &str) -> String {
    let mut event = format!("id: {id}\n");
    for line in text.lines() {
        event.push_str("data: ");
        event.push_str(line);
        event.push('\n');
    }
    event.push('\n');
    event
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_carries_every_line_and_ends_with_an_empty_one() {
        assert_eq!(event("a1", "<p>\nmột</p>\n"), "id: a1\ndata: <p>\ndata: một</p>\n\n");
    }

    #[test]
    fn an_account_has_three_streams_at_most_and_gets_them_back() {
        let lookouts = web::Data::new(Lookouts::default());
        let mut taken: Vec<_> = (0..4).map(|_| Lookouts::sit_down(&lookouts, 7)).collect();
        assert_eq!(taken.iter().flatten().count(), MOST_STREAMS);
        assert!(Lookouts::sit_down(&lookouts, 8).is_some(), "another account");
        taken.remove(0);
        assert!(Lookouts::sit_down(&lookouts, 7).is_some());
    }
}
