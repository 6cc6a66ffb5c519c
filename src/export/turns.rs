//! How many files are made at a time: each has connections to the database, and its reader may be slow.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// As many files are under way as the server makes at once.
#[derive(Debug, PartialEq, Eq)]
pub struct TooMany;

/// Leave to make one file, until it is dropped.
#[derive(Debug)]
pub struct Turn {
    _permit: Option<OwnedSemaphorePermit>,
}

/// Whose turn it is. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Turns {
    /// Rows that are written while they are sent.
    rows: Arc<Semaphore>,
    /// Open answers that are written while they are sent: files that are small beside those of rows.
    answers: Arc<Semaphore>,
    /// Whole files for people, who wait a second or two.
    people: Arc<Semaphore>,
    /// Whole files for programs: ten times as large, so they keep no person waiting.
    programs: Arc<Semaphore>,
}

impl Default for Turns {
    fn default() -> Self {
        let so_many = |n| Arc::new(Semaphore::new(n));
        Self { rows: so_many(3), answers: so_many(3), people: so_many(2), programs: so_many(1) }
    }
}

impl Turns {
    /// To send rows.
    ///
    /// # Errors
    /// [`TooMany`]
    pub fn rows(&self) -> Result<Turn, TooMany> {
        now(&self.rows)
    }

    /// To send open answers.
    ///
    /// # Errors
    /// [`TooMany`]
    pub fn answers(&self) -> Result<Turn, TooMany> {
        now(&self.answers)
    }

    /// To make a whole file for a person, as soon as there is one.
    pub async fn person(&self) -> Turn {
        soon(&self.people).await
    }

    /// To make a whole file for a program, as soon as there is one.
    pub async fn program(&self) -> Turn {
        soon(&self.programs).await
    }
}

fn now(turns: &Arc<Semaphore>) -> Result<Turn, TooMany> {
    turns.clone().try_acquire_owned().map(|permit| Turn { _permit: Some(permit) }).map_err(|_| TooMany)
}

async fn soon(turns: &Arc<Semaphore>) -> Turn {
    // it is never closed
    Turn { _permit: turns.clone().acquire_owned().await.ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_comes_back_when_its_file_is_made() {
        let turns = Turns::default();
        let taken: Vec<Turn> = (0..3).filter_map(|_| turns.rows().ok()).collect();
        assert_eq!(taken.len(), 3);
        assert_eq!(turns.rows().err(), Some(TooMany));
        assert!(turns.answers().is_ok());
        drop(taken);
        assert!(turns.rows().is_ok());
    }
}
