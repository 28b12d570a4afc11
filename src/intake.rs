//! Updates in: each takes effect once, and is confirmed to Telegram only after its effects are committed.
//!
//! Telegram forgets updates when a higher offset is asked for (<https://core.telegram.org/bots/api#getupdates>), so
//! the offset moves on only behind a commit. A webhook calls [`Intake::accept`] and answers 2xx behind the same commit.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::stream::{FuturesUnordered, StreamExt};
use serde_json::value::RawValue;
use tokio::sync::Notify;

use crate::desk::event::Incoming;
use crate::desk::{Desk, DeskError, Handled};
use crate::domain::PersonId;
use crate::store::Writers;
use crate::telegram::{CallError, Client, Router};

/// How often an update that fails for a reason of its own is tried before it becomes a dead letter.
const TRIES: u32 = 3;
/// The first pause after a fault of the database or the network; it doubles up to [`LONGEST_PAUSE`].
const FIRST_PAUSE: Duration = Duration::from_millis(100);
/// The longest pause between two tries.
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// Takes updates from the Bot API to the desk.
pub struct Intake {
    client: Client,
    router: Router,
    desk: Desk,
    /// Told after each commit that there may be something to deliver.
    wake: Arc<Notify>,
    /// The offset of the next `getUpdates`: one above the last update that is committed.
    offset: tokio::sync::Mutex<i64>,
}

/// What stops the intake for good.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// The token was revoked or never was one.
    #[error("the Bot API does not accept the token; put the token from @BotFather into TELOXIDE_TOKEN")]
    Unauthorized,
}

/// An update with the JSON that it came as.
struct Arrived {
    incoming: Incoming,
    raw: Box<RawValue>,
}

impl Intake {
    /// An intake that wakes the delivery through `wake`.
    pub fn new(client: Client, router: Router, desk: Desk, wake: Arc<Notify>) -> Intake {
        Intake { client, router, desk, wake, offset: tokio::sync::Mutex::new(0) }
    }

    /// Polls until the future is dropped. Dropped at any instant, it loses nothing: what is not committed is not
    /// confirmed.
    pub async fn run(&self) -> IntakeError {
        let mut pause = FIRST_PAUSE;
        loop {
            match self.poll_once().await {
                Ok(_) => pause = FIRST_PAUSE,
                Err(CallError::Unauthorized) => return IntakeError::Unauthorized,
                Err(error) => {
                    tracing::warn!("updates cannot be fetched: {error}");
                    let wait = if let CallError::Flood(wait) = error { wait } else { pause };
                    tokio::time::sleep(wait).await;
                    pause = (pause * 2).min(LONGEST_PAUSE);
                }
            }
        }
    }

    /// Fetches updates once, waiting for the first, and sees them committed; gives their number.
    pub async fn poll_once(&self) -> Result<usize, CallError> {
        let mut offset = self.offset.lock().await;
        let raws = self.client.updates(*offset).await?;
        let count = raws.len();
        match self.accept(raws).await {
            Some(last) => *offset = last + 1,
            None if count > 0 => return Err(CallError::Ambiguous("updates without a readable update_id".to_owned())),
            // Nothing is unconfirmed. After a quiet week the ids begin anew at random, perhaps below this offset.
            None => *offset = 0,
        }
        Ok(count)
    }

    /// The offset of the next fetch: everything below it is committed.
    pub async fn offset(&self) -> i64 {
        *self.offset.lock().await
    }

    /// Sees updates committed or buried, in order for each person; gives the highest `update_id`.
    pub async fn accept(&self, raws: Vec<Box<RawValue>>) -> Option<i64> {
        let mut arrived = Vec::with_capacity(raws.len());
        for raw in raws {
            match self.router.route(&raw).await {
                Ok(incoming) => arrived.push(Arrived { incoming, raw }),
                Err(error) => tracing::error!("{error}"),
            }
        }
        let last = arrived.iter().map(|arrived| arrived.incoming.update.0).max();
        match self.desk.store().writers() {
            Writers::One => self.accept_together(arrived).await,
            Writers::Many => self.accept_beside(arrived).await,
        }
        last
    }

    /// All in one transaction; when that fails, each in its own.
    async fn accept_together(&self, arrived: Vec<Arrived>) {
        let group: Vec<Incoming> = arrived.iter().map(|arrived| arrived.incoming.clone()).collect();
        if let Ok(handled) = self.attempt(&group).await {
            self.finish(&group, handled);
            return;
        }
        for one in &arrived {
            self.accept_one(one).await;
        }
    }

    /// Each in its own transaction, those of different people beside each other.
    async fn accept_beside(&self, arrived: Vec<Arrived>) {
        let mut lanes: Vec<(Option<PersonId>, Vec<Arrived>)> = Vec::new();
        for one in arrived {
            let person = one.incoming.person();
            match lanes.iter_mut().find(|(of, _)| *of == person) {
                Some((_, lane)) => lane.push(one),
                None => lanes.push((person, vec![one])),
            }
        }
        let lanes: FuturesUnordered<_> = lanes
            .into_iter()
            .map(|(_, lane)| async move {
                for one in &lane {
                    self.accept_one(one).await;
                }
            })
            .collect();
        lanes.collect::<()>().await;
    }

    async fn accept_one(&self, arrived: &Arrived) {
        let update = arrived.incoming.update;
        let (mut tries, mut pause) = (0, FIRST_PAUSE);
        let error = loop {
            match self.attempt(std::slice::from_ref(&arrived.incoming)).await {
                Ok(handled) => return self.finish(std::slice::from_ref(&arrived.incoming), handled),
                Err(Failure::Desk(error)) if error.is_transient() => {
                    tracing::warn!(update = update.0, "update {update} waits: {error}");
                    tokio::time::sleep(pause).await;
                    pause = (pause * 2).min(LONGEST_PAUSE);
                    continue;
                }
                Err(error) if tries + 1 >= TRIES => break error.to_string(),
                Err(_) => tries += 1,
            }
        };
        self.finish(std::slice::from_ref(&arrived.incoming), Vec::new());
        tracing::error!(
            update = update.0,
            "update {update} failed {TRIES} times and is kept as a dead letter: {error}"
        );
        let mut pause = FIRST_PAUSE;
        while let Err(error) = self.desk.bury(update, arrived.raw.get(), &error).await {
            tracing::error!(update = update.0, "the dead letter of update {update} cannot be written: {error}");
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    /// Handles updates in one transaction; a panic on the way counts as a failure and rolls back.
    async fn attempt(&self, updates: &[Incoming]) -> Result<Vec<Handled>, Failure> {
        match AssertUnwindSafe(self.desk.handle(updates)).catch_unwind().await {
            Ok(result) => result.map_err(Failure::Desk),
            Err(panic) => {
                let text = panic.downcast_ref::<&str>().copied().map(str::to_owned);
                let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
                Err(Failure::Panic(text.unwrap_or_else(|| "a panic without a text".to_owned())))
            }
        }
    }

    /// Behind the commit: wakes the delivery and answers presses, whose failure is never an error.
    fn finish(&self, updates: &[Incoming], handled: Vec<Handled>) {
        self.wake.notify_one();
        let mut answers = handled.into_iter().map(|handled| handled.answer);
        for incoming in updates {
            let answer = answers.next().flatten();
            let Some(query) = incoming.query().map(str::to_owned) else { continue };
            let client = self.client.clone();
            tokio::spawn(async move {
                if let Err(error) = client.answer_press(&query, answer.as_deref()).await {
                    tracing::debug!("an answer to a press did not arrive: {error}");
                }
            });
        }
    }
}

#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Desk(DeskError),
    #[error("panic: {0}")]
    Panic(String),
}
