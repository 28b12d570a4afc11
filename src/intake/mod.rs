//! Updates in: each takes effect once, and is confirmed to Telegram only after its effects are committed.
//!
//! Telegram forgets updates when a higher offset is asked for (<https://core.telegram.org/bots/api#getupdates>), so
//! the offset moves on only behind a commit.

mod membership;

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::FutureExt;
use futures_util::stream::{FuturesUnordered, StreamExt};
use serde_json::value::RawValue;
use tokio::sync::Notify;
use tracing::Instrument;

use crate::backoff::Backoff;
use crate::chat::event::{Event, Incoming};
use crate::chat::{Chat, ChatError, Handled};
use crate::domain::{PersonId, UpdateId};
use crate::shop::ShopError;
use crate::store::Writers;
use crate::telegram::incoming::Unreadable;
use crate::telegram::{CallError, Client, Revoked, Router};
use membership::MembershipLookup;

/// How often an update that fails for a reason of its own is tried before it becomes a dead letter.
const TRIES: u32 = 3;
/// Pauses after a fault of the database or the network.
const PAUSES: Backoff = Backoff::new(Duration::from_millis(100), Duration::from_secs(10));
/// A transaction that takes so long hangs on a connection that is dead.
const TRANSACTION_TIMEOUT: Duration = Duration::from_secs(15);
/// How long one update may be in the way of all others while the database serves everybody else.
const PATIENCE: TimeDelta = TimeDelta::seconds(60);

/// Takes updates from the Bot API to the chat.
pub struct Intake {
    client: Client,
    router: Router,
    chat: Chat,
    membership: MembershipLookup,
    /// Told after each commit that there may be something to deliver.
    wake: Arc<Notify>,
    /// The offset of the next `getUpdates`: one above the last update that is committed.
    offset: tokio::sync::Mutex<i64>,
}

/// An update with the JSON that it came as.
struct Arrived {
    incoming: Incoming,
    raw: Box<RawValue>,
}

/// Why an update did not take effect.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Chat(ChatError),
    #[error("the database did not answer in {TRANSACTION_TIMEOUT:?}")]
    TimedOut,
    #[error("panic: {0}")]
    Panic(String),
}

impl Failure {
    fn of_panic(panic: &(dyn std::any::Any + Send)) -> Failure {
        let text = panic.downcast_ref::<&str>().copied().map(str::to_owned);
        let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
        Failure::Panic(text.unwrap_or_else(|| "a panic without a text".to_owned()))
    }

    fn is_transient(&self) -> bool {
        match self {
            Failure::Chat(error) => error.is_transient(),
            Failure::TimedOut => true,
            Failure::Panic(_) => false,
        }
    }
}

impl Intake {
    /// An intake that wakes the delivery through `wake`.
    pub fn new(client: Client, router: Router, chat: Chat, wake: Arc<Notify>) -> Intake {
        let membership = MembershipLookup::new(client.clone(), chat.clone());
        Intake { client, router, chat, membership, wake, offset: tokio::sync::Mutex::new(0) }
    }

    /// Polls until the future is dropped. Dropped at any instant, it loses nothing: what is not committed is not
    /// confirmed.
    pub async fn run(&self) -> Revoked {
        let mut pauses = PAUSES;
        loop {
            match self.poll_once().await {
                Ok(_) => pauses.reset(),
                Err(CallError::Unauthorized) => return Revoked,
                Err(error) => {
                    tracing::warn!("updates cannot be fetched: {error}");
                    let pause = pauses.pause();
                    tokio::time::sleep(if let CallError::Flood(wait) = error { wait } else { pause }).await;
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
            Some(last) => *offset = last.saturating_add(1),
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
    async fn accept(&self, raws: Vec<Box<RawValue>>) -> Option<i64> {
        let mut arrived = Vec::with_capacity(raws.len());
        for raw in raws {
            if let Some(incoming) = self.understand(&raw).await {
                arrived.push(Arrived { incoming, raw });
            }
        }
        let last = arrived.iter().map(|arrived| arrived.incoming.update.0).max();
        match self.chat.store().writers() {
            Writers::One => self.accept_together(arrived).await,
            Writers::Many => self.accept_beside(arrived).await,
        }
        last
    }

    /// What an update means; one that does not read, or makes the reader panic, is buried at once and means nothing.
    async fn understand(&self, raw: &RawValue) -> Option<Incoming> {
        let span = tracing::error_span!("update", update = Router::update_id(raw).map(|update| update.0));
        let routing = AssertUnwindSafe(self.router.route(raw).instrument(span.clone())).catch_unwind();
        let error = match routing.await {
            Ok(Ok(incoming)) => return Some(incoming),
            Ok(Err(Unreadable(reason))) => reason,
            Err(panic) => Failure::of_panic(panic.as_ref()).to_string(),
        };
        let Some(update) = Router::update_id(raw) else {
            tracing::error!("an update without a readable update_id cannot even be confirmed: {error}");
            return None;
        };
        self.dead_letter(update, raw, &error).instrument(span).await;
        Some(Incoming { update, event: Event::Nothing })
    }

    /// All in one transaction. Those of people about whom Telegram has to be asked first are a transaction of their own, so
    /// that nobody else waits for its answer.
    async fn accept_together(&self, arrived: Vec<Arrived>) {
        let all: Vec<Incoming> = arrived.iter().map(|arrived| arrived.incoming.clone()).collect();
        let unverified = self.membership.unverified(&all).await;
        let (late, ready): (Vec<_>, Vec<_>) = arrived
            .into_iter()
            .partition(|one| unverified.iter().any(|(_, person)| one.incoming.person() == Some(*person)));
        tokio::join!(self.accept_group(ready), self.accept_group(late));
    }

    /// In one transaction; when that fails, each in its own.
    async fn accept_group(&self, arrived: Vec<Arrived>) {
        if arrived.is_empty() {
            return;
        }
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
        let (update, span) = (arrived.incoming.update, arrived.incoming.span());
        let (mut tries, mut pauses, begun) = (0, PAUSES, self.chat.clock().now());
        let error = loop {
            match self.attempt(std::slice::from_ref(&arrived.incoming)).await {
                Ok(handled) => return self.finish(std::slice::from_ref(&arrived.incoming), handled),
                Err(failure) if failure.is_transient() && !self.is_stuck_alone(&failure, begun).await => {
                    span.in_scope(|| tracing::warn!("update {update} waits: {failure}"));
                    tokio::time::sleep(pauses.pause()).await;
                }
                Err(failure) if failure.is_transient() || tries + 1 >= TRIES => break failure.to_string(),
                Err(_) => tries += 1,
            }
        };
        self.finish(std::slice::from_ref(&arrived.incoming), Vec::new());
        self.dead_letter(update, &arrived.raw, &error).instrument(span).await;
    }

    /// Whether this update waits for long, for something that is in nobody else's way.
    async fn is_stuck_alone(&self, failure: &Failure, begun: DateTime<Utc>) -> bool {
        let of_the_store = !matches!(failure, Failure::Chat(ChatError::Shop(ShopError::NoPrices(_))));
        of_the_store && self.chat.clock().now() - begun > PATIENCE && self.chat.store().check().await.is_ok()
    }

    async fn dead_letter(&self, update: UpdateId, raw: &RawValue, error: &str) {
        tracing::error!("update {update} cannot be handled and is kept as a dead letter: {error}");
        let mut pauses = PAUSES;
        while let Err(fault) = self.chat.dead_letter(update, raw.get(), error).await {
            tracing::error!("the dead letter of update {update} cannot be written: {fault}");
            tokio::time::sleep(pauses.pause()).await;
        }
    }

    /// Handles updates in one transaction; a panic on the way counts as a failure and rolls back.
    async fn attempt(&self, updates: &[Incoming]) -> Result<Vec<Handled>, Failure> {
        self.membership.verify(updates).await;
        let handling = AssertUnwindSafe(self.chat.handle(updates)).catch_unwind();
        match tokio::time::timeout(TRANSACTION_TIMEOUT, handling).await {
            Ok(Ok(result)) => result.map_err(Failure::Chat),
            Ok(Err(panic)) => Err(Failure::of_panic(panic.as_ref())),
            Err(_) => Err(Failure::TimedOut),
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
            let answering = async move {
                if let Err(error) = client.answer_press(&query, answer.as_deref()).await {
                    tracing::debug!("an answer to a press did not arrive: {error}");
                }
            };
            tokio::spawn(answering.instrument(incoming.span()));
        }
    }
}
