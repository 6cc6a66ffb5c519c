//! Start-up and orderly shutdown: builds what the rooms below need, and serves.

use std::net::TcpListener;
use std::time::Duration;

use actix_web::dev::Server;
use actix_web::middleware::from_fn;
use actix_web::web::{self, Data, PayloadConfig};
use actix_web::{App, HttpServer};
use tokio::signal::unix::{SignalKind, signal};
use tokio::time::MissedTickBehavior;

use crate::frame;
use crate::invitation;
use crate::jobs;
use crate::release;
use crate::state::State;
use crate::store::{StoreError, arrivals, retention, successions, unfinished};
use crate::survey::round::KEPT;
use crate::web::manage::rounds::Lookouts;
use crate::web::respond::{Cards, StartPages, lead_back};
use crate::web::words::Words;
use crate::web::{guard, head, headers, routes, watch};

/// The largest body anywhere but in imports: a form of a thousand words is far below it.
const LARGEST_BODY: usize = 256 * 1024;
/// How long requests under way may take when the process is asked to stop.
const PATIENCE_SECONDS: u64 = 20;

/// Where `/metrics` answers.
#[derive(Debug, Default)]
pub enum Watched {
    /// Nowhere.
    #[default]
    Nowhere,
    /// Beside the pages, because the operator said so.
    InPublic,
    /// At an address of its own.
    Apart(TcpListener),
}

/// The server on a socket that is already bound.
///
/// # Errors
/// The socket cannot be used.
pub fn server(state: State, listener: TcpListener, watched: &Watched) -> std::io::Result<Server> {
    let in_public = matches!(watched, Watched::InPublic);
    let data = Data::new(state);
    let pages = Data::new(StartPages::default());
    let cards = Data::new(Cards::default());
    let lookouts = Data::new(Lookouts::default());
    tokio::spawn(end_streams(lookouts.clone()));
    let server = HttpServer::new(move || {
        App::new()
            .app_data(data.clone())
            .app_data(pages.clone())
            .app_data(cards.clone())
            .app_data(lookouts.clone())
            .app_data(PayloadConfig::new(LARGEST_BODY))
            .wrap(from_fn(lead_back))
            .wrap(from_fn(guard::check))
            .wrap(from_fn(headers::security))
            .wrap(from_fn(watch::requests))
            .wrap(from_fn(head::as_get))
            .configure(routes::all)
            .configure(|config| {
                if in_public {
                    watch::routes(config)
                }
            })
            .default_service(web::to(routes::nothing_here))
    })
    .shutdown_timeout(PATIENCE_SECONDS)
    .listen(listener)?;
    Ok(server.run())
}

/// An orderly stop waits for what is under way; streams never end by themselves.
async fn end_streams(lookouts: Data<Lookouts>) {
    let Ok(mut terminate) = signal(SignalKind::terminate()) else { return };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
    lookouts.end();
}

/// The server of `/metrics` at its own address; it goes on while the other one stops.
fn apart(state: State, listener: TcpListener) -> std::io::Result<Server> {
    let data = Data::new(state);
    let server = HttpServer::new(move || App::new().app_data(data.clone()).configure(watch::routes));
    Ok(server.workers(1).disable_signals().listen(listener)?.run())
}

/// Serves until SIGTERM or Ctrl-C, then commits what was accepted.
///
/// # Errors
/// The socket failed.
pub async fn serve(state: State, listener: TcpListener, watched: Watched) -> std::io::Result<()> {
    let (catalogue, now) = (state.catalogue.clone(), state.clock.now());
    match tokio::task::spawn_blocking(move || catalogue.prepare(now)).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::warn!(%error, "the open rounds could not be loaded; they are when somebody asks"),
        Err(error) => tracing::error!(%error, "loading the open rounds ended in a panic"),
    }
    let server = server(state.clone(), listener, &watched)?;
    let watching = match watched {
        Watched::Apart(listener) => Some(apart(state.clone(), listener)?),
        Watched::Nowhere | Watched::InPublic => None,
    };
    let watching = watching.map(|server| (server.handle(), actix_web::rt::spawn(server)));
    let keeper = tokio::spawn(keep(state.clone()));
    let framing = tokio::spawn(keep_frames(state.clone()));
    let sending = state.mail.start();
    let working = jobs::start(&state, |lang| Box::new(Words(lang)))?;
    let result = server.await;
    keeper.abort();
    framing.abort();
    if let Err(error) = tokio::task::spawn_blocking(move || working.stop()).await {
        tracing::error!(%error, "the jobs did not end in order");
    }
    if let Err(error) = tokio::task::spawn_blocking(move || sending.stop()).await {
        tracing::error!(%error, "the mail under way did not end in order");
    }
    let intake = state.intake.clone();
    if let Err(error) = tokio::task::spawn_blocking(move || intake.drain()).await {
        tracing::error!(%error, "the intake did not end in order");
    }
    if let Some((handle, _)) = watching {
        handle.stop(false).await;
    }
    result
}

/// How often caches are compared with the database.
const TICK: Duration = Duration::from_secs(1);
/// Every so many ticks, rounds are looked at.
const TICKS_PER_ROUND_CHECK: u64 = 15;

/// What happens by itself: caches notice changes, figures freeze, releases are made.
async fn keep(state: State) {
    let mut ticks: u64 = 0;
    let mut timer = tokio::time::interval(TICK);
    // after an outage of the database there is nothing to catch up with
    timer.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        timer.tick().await;
        let state = state.clone();
        let look_at_rounds = ticks.is_multiple_of(TICKS_PER_ROUND_CHECK);
        ticks += 1;
        let work = tokio::task::spawn_blocking(move || {
            state.catalogue.refresh()?;
            if look_at_rounds {
                state.budgets.tidy();
                release::due(&state)?;
                invitation::due(&state)?;
                let now = state.clock.now();
                state.store.write_now(|db| unfinished::forget(db, now))?;
                if state.store.read_now(|db| arrivals::is_due(db, now))? {
                    state.store.write_now(|db| arrivals::settle(db, now))?;
                }
                let today = state.clock.today();
                if state.store.read_now(|db| successions::is_due(db, today))? {
                    state.store.write_now(|db| successions::come_into_force(db, now, today))?;
                }
                let closed_by = now.checked_sub_months(KEPT).unwrap_or(now);
                while state.store.write_now(|db| retention::forget_some(db, closed_by, now))? {}
            }
            Ok::<(), StoreError>(())
        });
        match work.await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "the regular look at the database failed; it is repeated"),
            Err(error) => tracing::error!(%error, "the regular look at the database ended in a panic"),
        }
    }
}

/// How often is looked which frames are out of date.
const FRAMES: Duration = Duration::from_secs(20);

/// Beside everything else that happens by itself, because a frame of millions of forms takes minutes.
async fn keep_frames(state: State) {
    let mut timer = tokio::time::interval(FRAMES);
    timer.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        timer.tick().await;
        let state = state.clone();
        match tokio::task::spawn_blocking(move || frame::due(&state)).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "the frames could not be looked at; it is repeated"),
            Err(error) => tracing::error!(%error, "making frames ended in a panic"),
        }
    }
}

/// As [`serve`], on a thread that runs nothing else.
///
/// # Errors
/// A socket failed.
pub fn run(state: State, listener: TcpListener, watched: Watched) -> std::io::Result<()> {
    actix_web::rt::System::new().block_on(serve(state, listener, watched))
}
