//! What the screen shows and does, whatever the database: looked at once, on SQLite. What hangs on the database stands beside
//! this folder and runs on both.

mod back;
mod builder;
mod copy;
mod first_round;
mod journey;
mod keyboard;
mod kinds;
mod kiosk;
mod pages;
mod pictures;
mod states;
mod taps;
mod weight;
