//! Start-up and orderly shutdown: builds what the rooms below need, and serves.

use std::net::TcpListener;
use std::time::Duration;

use actix_web::dev::Server;
use actix_web::middleware::from_fn;
use actix_web::web::{self, Data, PayloadConfig};
use actix_web::{App, HttpServer};

use crate::release;
use crate::state::State;
use crate::web::respond::StartPages;
use crate::web::{guard, head, headers, routes};

/// The largest body anywhere but in imports: a form of a thousand words is far below it.
const LARGEST_BODY: usize = 256 * 1024;
/// How long requests under way may take when the process is asked to stop.
const PATIENCE_SECONDS: u64 = 20;

/// The server on a socket that is already bound.
///
/// # Errors
/// The socket cannot be used.
pub fn server(state: State, listener: TcpListener) -> std::io::Result<Server> {
    let data = Data::new(state);
    let pages = Data::new(StartPages::default());
    let server = HttpServer::new(move || {
        App::new()
            .app_data(data.clone())
            .app_data(pages.clone())
            .app_data(PayloadConfig::new(LARGEST_BODY))
            .wrap(from_fn(guard::check))
            .wrap(from_fn(headers::security))
            .wrap(from_fn(head::as_get))
            .configure(routes::all)
            .default_service(web::to(routes::nothing_here))
    })
    .shutdown_timeout(PATIENCE_SECONDS)
    .listen(listener)?;
    Ok(server.run())
}

/// Serves until SIGTERM or Ctrl-C, then commits what was accepted.
///
/// # Errors
/// The socket failed.
pub async fn serve(state: State, listener: TcpListener) -> std::io::Result<()> {
    let keeper = tokio::spawn(keep(state.clone()));
    let result = server(state.clone(), listener)?.await;
    keeper.abort();
    let intake = state.intake.clone();
    if let Err(error) = tokio::task::spawn_blocking(move || intake.drain()).await {
        tracing::error!(%error, "the intake did not end in order");
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
    loop {
        timer.tick().await;
        let state = state.clone();
        let look_at_rounds = ticks.is_multiple_of(TICKS_PER_ROUND_CHECK);
        ticks += 1;
        let work = tokio::task::spawn_blocking(move || {
            state.catalogue.refresh()?;
            if look_at_rounds { release::due(&state) } else { Ok(()) }
        });
        match work.await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "the regular look at the database failed; it is repeated"),
            Err(error) => tracing::error!(%error, "the regular look at the database ended in a panic"),
        }
    }
}

/// As [`serve`], on a thread that runs nothing else.
///
/// # Errors
/// The socket failed.
pub fn run(state: State, listener: TcpListener) -> std::io::Result<()> {
    actix_web::rt::System::new().block_on(serve(state, listener))
}
