//! How many pictures are in the works at once: they are large, the machine is small, and forms come first.

use tokio::sync::{Semaphore, SemaphorePermit};

use super::{Refused, renew};

/// Files that are being received: each may take 12 MB of memory.
const UPLOADS: usize = 16;
/// Pictures that are being drawn anew: each may take several hundred MB and a whole core.
const DECODING: usize = 1;
/// Forms with pictures that wait for the intake: each may carry 5 MB.
const CARRIED: usize = 8;

/// The turns of one process.
#[derive(Debug)]
pub struct Turns {
    uploads: Semaphore,
    decoding: Semaphore,
    carried: Semaphore,
}

impl Default for Turns {
    fn default() -> Self {
        let [uploads, decoding, carried] = [UPLOADS, DECODING, CARRIED].map(Semaphore::new);
        Self { uploads, decoding, carried }
    }
}

impl Turns {
    /// The right to receive a file; none when too many are under way.
    pub fn upload(&self) -> Option<SemaphorePermit<'_>> {
        self.uploads.try_acquire().ok()
    }

    /// The right to bring a form with pictures to the intake.
    pub async fn carry(&self) -> Option<SemaphorePermit<'_>> {
        // it fails only once it is closed, and nobody closes it
        self.carried.acquire().await.ok()
    }

    /// Draws a picture anew when its turn comes, on a thread that may be busy for long.
    ///
    /// # Errors
    /// [`Refused`]
    pub async fn renew(&self, file: Vec<u8>) -> Result<Vec<u8>, Refused> {
        let _turn = self.decoding.acquire().await;
        match tokio::task::spawn_blocking(move || renew(&file)).await {
            Ok(renewed) => renewed,
            Err(error) => {
                tracing::warn!(%error, "decoding a picture ended in a panic; it was refused");
                Err(Refused::Broken)
            }
        }
    }
}
