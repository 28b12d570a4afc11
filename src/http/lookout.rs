//! A look at the database that however many ask for is had once: nobody who asks sets off a second one, and nobody waits
//! longer for it than they would believe in it.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::{Semaphore, watch};
use tokio::time::timeout;

use crate::clock::Clock;

/// A scraper gives up after ten seconds, an orchestrator's probe mostly after less.
const PATIENCE: Duration = Duration::from_secs(2);
/// A database that says nothing for so long is given up, as deliveries do.
const LONGEST: Duration = Duration::from_secs(15);
/// Why nothing was seen, where nobody knows more.
const SILENT: &str = "it does not answer";

/// Longest that the database is left alone.
const LONGEST_REST: TimeDelta = TimeDelta::seconds(60);

/// What came of a look, or why nothing did.
pub(super) type Look<T> = Result<T, String>;

/// Looks one at a time, and keeps what was seen last.
#[derive(Debug)]
pub(super) struct Lookout<T> {
    clock: Clock,
    /// For how long what was seen is taken for what is.
    fresh: TimeDelta,
    /// How many times as long as a look took the database is then left alone.
    rest: i32,
    /// How long somebody waits who asks.
    patience: Duration,
    seen: watch::Sender<Option<Seen<T>>>,
    looking: Arc<Semaphore>,
}

#[derive(Debug, Clone)]
struct Seen<T> {
    what: Look<T>,
    at: DateTime<Utc>,
    until: DateTime<Utc>,
}

impl<T: Clone + Send + Sync + 'static> Lookout<T> {
    pub(super) fn new(clock: Clock, fresh: TimeDelta, rest: i32) -> Lookout<T> {
        Lookout {
            clock,
            fresh,
            rest,
            patience: PATIENCE,
            seen: watch::Sender::new(None),
            looking: Arc::new(Semaphore::new(1)),
        }
    }

    /// What there is to see at this moment, or was a short while ago.
    pub(super) async fn look(&self, at: impl Future<Output = Look<T>> + Send + 'static) -> Look<T> {
        let (mut seen, now) = (self.seen.subscribe(), self.clock.now());
        let last = seen.borrow_and_update().clone();
        if let Some(last) = last.as_ref().filter(|seen| (seen.at..seen.until).contains(&now)) {
            return last.what.clone();
        }
        if let Ok(place) = Arc::clone(&self.looking).try_acquire_owned() {
            let (clock, fresh, rest, told) = (self.clock.clone(), self.fresh, self.rest, self.seen.clone());
            // By itself: whoever asked may be gone before it ends.
            tokio::spawn(async move {
                let what = timeout(LONGEST, at).await.unwrap_or_else(|_| Err(SILENT.to_owned()));
                let done = clock.now();
                // What failed is looked at soon again: somebody waits for the end of that.
                let rest = if what.is_ok() { (done - now) * rest } else { TimeDelta::zero() };
                told.send_replace(Some(Seen { what, at: done, until: done + fresh.max(rest.min(LONGEST_REST)) }));
                drop(place);
            });
        }
        if matches!(timeout(self.patience, seen.changed()).await, Ok(Ok(()))) {
            return seen.borrow().as_ref().map_or_else(|| Err(SILENT.to_owned()), |seen| seen.what.clone());
        }
        // What failed and is looked at again mostly fails for the same reason.
        last.and_then(|last| last.what.err()).map_or_else(|| Err(SILENT.to_owned()), Err)
    }
}

#[cfg(test)]
mod tests {
    use std::future::pending;
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[tokio::test]
    async fn many_who_ask_at_once_are_one_look_and_nobody_waits_for_one_that_hangs() {
        let (clock, looks) = (Clock::manual(DateTime::UNIX_EPOCH), Arc::new(AtomicU32::new(0)));
        let lookout =
            Lookout { patience: Duration::from_millis(20), ..Lookout::new(clock.clone(), TimeDelta::seconds(1), 0) };
        let look = || {
            let looks = Arc::clone(&looks);
            lookout.look(async move { Ok(looks.fetch_add(1, Ordering::SeqCst)) })
        };
        assert_eq!(tokio::join!(look(), look(), look()), (Ok(0), Ok(0), Ok(0)));
        assert_eq!(look().await, Ok(0));
        clock.advance(TimeDelta::seconds(2));
        assert_eq!(look().await, Ok(1));
        clock.advance(TimeDelta::seconds(2));
        let silent = || Err(SILENT.to_owned());
        assert_eq!(tokio::join!(lookout.look(pending()), look()), (silent(), silent()));
    }
}
