//! Updates that the bot asks for. Telegram forgets them when a higher offset is asked for
//! (<https://core.telegram.org/bots/api#getupdates>), so the offset moves on only behind a commit.

use std::time::Duration;

use chrono::TimeDelta;

use super::handling::Handling;
use super::precedence::after_screens;
use crate::backoff::Backoff;
use crate::store::Standing;
use crate::telegram::polling::{MOST_UPDATES, Patience, Updates};
use crate::telegram::{CallError, Client};

/// Pauses while updates cannot be fetched.
const FETCH_PAUSES: Backoff = Backoff::new(Duration::from_millis(100), Duration::from_secs(10));

pub(super) struct Polling {
    client: Client,
    position: tokio::sync::Mutex<Position>,
}

struct Position {
    /// The offset of the next `getUpdates`: one above the last update that is committed.
    offset: i64,
    /// How many it asks for: fewer after an answer that was too large.
    limit: u8,
}

impl Polling {
    pub(super) fn new(client: Client) -> Polling {
        Polling { client, position: tokio::sync::Mutex::new(Position { offset: 0, limit: MOST_UPDATES }) }
    }

    pub(super) async fn run(&self, handling: &Handling) {
        let (mut pauses, chat) = (FETCH_PAUSES, &handling.tries.chat);
        let mut standing = chat.store().watch_standing();
        loop {
            // Telegram answers one of several that ask. A replica that knows of no other waits for the database like everybody.
            let is_asking = |standing: Standing| standing.replicas == 1 || standing.leads(chat.clock().now());
            let current = *standing.borrow_and_update();
            let metrics = chat.metrics();
            if !is_asking(current) {
                metrics.updates_beat.rests();
                metrics.fetching.goes_well();
                // The store tells of each change as long as it lives, which is longer than this.
                let _ = standing.changed().await;
                continue;
            }
            metrics.updates_beat.moves(chat.clock().now());
            match self.once(handling).await {
                Ok(_) => {
                    pauses.reset();
                    after_screens().await;
                }
                // Another replica has taken the lead.
                Err(CallError::Conflict(_)) if !is_asking(chat.store().standing()) => {}
                Err(error) => {
                    tracing::warn!("updates cannot be fetched: {error}");
                    let (pause, now) = (pauses.pause(), chat.clock().now());
                    metrics.fetching.met(error.to_string(), now);
                    let pause = if let CallError::Flood(wait) = error { wait } else { pause };
                    metrics.updates_beat.moves_after(TimeDelta::from_std(pause).unwrap_or_default(), now);
                    tokio::time::sleep(pause).await;
                }
            }
        }
    }

    /// Fetches updates once, waiting for the first, and sees them committed; gives their number.
    pub(super) async fn once(&self, handling: &Handling) -> Result<usize, CallError> {
        let (mut position, chat) = (self.position.lock().await, &handling.tries.chat);
        let fetching = &chat.metrics().fetching;
        // A long poll would say only at its end that what kept updates away is over.
        let patience = if fetching.trouble().is_some() { Patience::None } else { Patience::LongPoll };
        let raws = loop {
            match self.client.updates(position.offset, position.limit, patience).await? {
                Updates::Whole(raws) => break raws,
                Updates::TooLarge if position.limit > 1 => position.limit /= 2,
                Updates::TooLarge => return Err(CallError::Ambiguous("an update is too large".to_owned())),
            }
        };
        let now = chat.clock().now();
        if let Some(trouble) = fetching.answered(now) {
            tracing::info!("updates are fetched again, after {} s", (now - trouble.since).num_seconds());
        }
        position.limit = position.limit.saturating_mul(2).min(MOST_UPDATES);
        let count = raws.len();
        let mut arrived = Vec::with_capacity(count);
        for raw in raws {
            arrived.extend(handling.understand(raw).await);
        }
        let last = arrived.iter().map(|arrived| arrived.incoming.update.0).max();
        // The whole way of an update hangs on this future: on the stack of whoever polls it would be a tenth of a megabyte.
        Box::pin(handling.accept(arrived)).await;
        match last {
            Some(last) => position.offset = last.saturating_add(1),
            None if count > 0 => return Err(CallError::Ambiguous("updates without a readable update_id".to_owned())),
            // Nothing is unconfirmed. After a quiet week the ids begin anew at random, perhaps below this offset.
            None => position.offset = 0,
        }
        Ok(count)
    }

    pub(super) async fn offset(&self) -> i64 {
        self.position.lock().await.offset
    }
}
