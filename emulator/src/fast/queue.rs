//! Updates that wait until the bot has taken them.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

/// The most updates that one `getUpdates` gives.
const MOST_UPDATES: usize = 100;
/// Telegram begins anywhere.
const FIRST: i64 = 1_000;

/// Has one reader at a time: either `getUpdates` or a webhook.
#[derive(Default)]
pub(super) struct Queue {
    updates: Mutex<Updates>,
    arrived: Notify,
}

#[derive(Default)]
struct Updates {
    /// How many have left.
    gone: i64,
    waiting: VecDeque<String>,
    /// On their way to the webhook.
    posted: usize,
}

impl Queue {
    /// Puts an update in: JSON without its braces and its `update_id`.
    pub(super) fn put(&self, update: &str) {
        let mut updates = self.updates();
        let id = FIRST + updates.gone + i64::try_from(updates.waiting.len()).unwrap_or_default();
        updates.waiting.push_back(format!(r#"{{"update_id":{id},{update}}}"#));
        drop(updates);
        self.arrived.notify_one();
    }

    /// Updates that are not confirmed.
    pub(super) fn waiting(&self) -> usize {
        let updates = self.updates();
        updates.waiting.len() + updates.posted
    }

    /// What `getUpdates` gives from this offset on, which confirms all before it; waits until there is something.
    pub(super) async fn batch(&self, offset: i64) -> String {
        loop {
            let arrived = self.arrived.notified();
            if let Some(batch) = self.batch_now(offset) {
                return batch;
            }
            arrived.await;
        }
    }

    fn batch_now(&self, offset: i64) -> Option<String> {
        let mut updates = self.updates();
        while FIRST + updates.gone < offset && updates.waiting.pop_front().is_some() {
            updates.gone += 1;
        }
        if updates.waiting.is_empty() {
            return None;
        }
        let mut batch = String::from("[");
        for (place, update) in updates.waiting.iter().take(MOST_UPDATES).enumerate() {
            if place > 0 {
                batch.push(',');
            }
            batch.push_str(update);
        }
        batch.push(']');
        Some(batch)
    }

    /// The next update to post, which is then confirmed by itself; waits until there is one.
    pub(super) async fn next(&self) -> String {
        loop {
            let arrived = self.arrived.notified();
            if let Some(update) = self.next_now() {
                return update;
            }
            arrived.await;
        }
    }

    fn next_now(&self) -> Option<String> {
        let mut updates = self.updates();
        let update = updates.waiting.pop_front()?;
        updates.gone += 1;
        updates.posted += 1;
        Some(update)
    }

    /// The bot has taken an update that was posted.
    pub(super) fn confirm_posted(&self) {
        self.updates().posted -= 1;
    }

    fn updates(&self) -> MutexGuard<'_, Updates> {
        self.updates.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
