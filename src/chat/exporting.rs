//! Few exports at once: each reads the database for as long as it is written, and whoever wanted to see an order would wait until
//! one of them is made.

use tokio::sync::{Semaphore, SemaphorePermit};

/// Half of the connections that SQLite is read with; the others wait, and hold none meanwhile.
const AT_ONCE: usize = 2;

static PLACES: Semaphore = Semaphore::const_new(AT_ONCE);

/// Waits for a place, which whoever makes an export keeps until it is made. Nobody waits for one within a transaction.
pub(super) async fn place() -> Option<SemaphorePermit<'static>> {
    // It is never closed.
    PLACES.acquire().await.ok()
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    #[tokio::test]
    async fn a_place_is_kept_until_an_export_is_made_or_given_up() {
        let mut taken: Vec<_> = (0..AT_ONCE).map(|_| place().now_or_never().unwrap()).collect();
        assert!(place().now_or_never().is_none());
        taken.pop();
        assert!(place().now_or_never().is_some());
    }
}
