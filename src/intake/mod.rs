//! Updates in: each takes effect once, and is confirmed to Telegram only after its effects are committed.
//!
//! Telegram forgets updates when a higher offset is asked for (<https://core.telegram.org/bots/api#getupdates>), so
//! the offset moves on only behind a commit.

mod failure;
mod membership;
mod press_answers;
mod reading;
mod receipts;
mod tries;
mod waiting;

use std::sync::Arc;
use std::time::Duration;

use futures_util::stream::{FuturesUnordered, StreamExt};
use serde_json::value::RawValue;
use tracing::Instrument;

use crate::backoff::Backoff;
use crate::chat::event::{Event, Incoming};
use crate::chat::{Chat, Handled};
use crate::domain::PersonId;
use crate::outage::Waiting;
use crate::store::{Standing, Writers};
use crate::telegram::polling::{MOST_UPDATES, Updates};
use crate::telegram::{CallError, Client, Router};
use failure::{Failure, Failures, Verdict};
use press_answers::PressAnswers;
use receipts::Receipts;
use tries::{PAUSES, Tries};
use waiting::WaitingRoom;

/// Pauses while updates cannot be fetched.
const FETCH_PAUSES: Backoff = Backoff::new(Duration::from_millis(100), Duration::from_secs(10));

/// Takes updates from the Bot API to the chat.
pub struct Intake {
    client: Client,
    router: Arc<Router>,
    tries: Tries,
    waiting: WaitingRoom,
    answers: Arc<PressAnswers>,
    receipts: Receipts,
    position: tokio::sync::Mutex<Position>,
}

struct Position {
    /// The offset of the next `getUpdates`: one above the last update that is committed.
    offset: i64,
    /// How many it asks for: fewer after an answer that was too large.
    limit: u8,
}

/// An update with the JSON that it came as.
struct Arrived {
    incoming: Incoming,
    raw: Box<RawValue>,
}

impl Intake {
    pub fn new(client: Client, router: Router, chat: Chat) -> Intake {
        let receipts = Receipts::new(client.clone(), chat.clone());
        let (router, tries) = (Arc::new(router), Tries::new(client.clone(), chat));
        let answers = Arc::new(PressAnswers::new(client.clone()));
        let waiting = WaitingRoom::new(tries.clone(), Arc::clone(&router), Arc::clone(&answers), receipts.clone());
        let position = tokio::sync::Mutex::new(Position { offset: 0, limit: MOST_UPDATES });
        Intake { client, router, tries, waiting, answers, receipts, position }
    }

    /// What all updates wait for at this moment, if they do.
    pub fn outage(&self) -> Option<Waiting> {
        self.tries.outage.waiting()
    }

    /// Tries the updates again that wait in the database and are due, once; gives how many there were.
    pub async fn retry_due(&self) -> usize {
        self.waiting.retry_due().await.unwrap_or_else(|failure| {
            self.tries.wait_for_all(&failure);
            0
        })
    }

    /// Polls until the future is dropped, and tries again what waits. Dropped at any instant, it loses nothing: what is not
    /// committed is not confirmed.
    pub async fn run(&self) {
        tokio::join!(self.poll(), self.waiting.run());
    }

    async fn poll(&self) {
        let mut pauses = FETCH_PAUSES;
        let store = self.tries.chat.store();
        let mut standing = store.watch_standing();
        loop {
            // Telegram answers one of several that ask. A replica that knows of no other waits for the database like everybody.
            let now = self.tries.chat.clock().now();
            let is_asking = |standing: &Standing| standing.replicas == 1 || standing.leads(now);
            if !is_asking(&standing.borrow_and_update()) {
                // The store tells of each change as long as it lives, which is longer than this.
                let _ = standing.changed().await;
                continue;
            }
            match self.poll_once().await {
                Ok(_) => pauses.reset(),
                // Another replica has taken the lead.
                Err(CallError::Conflict(_)) if !is_asking(&store.standing()) => {}
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
        let mut position = self.position.lock().await;
        let raws = loop {
            match self.client.updates(position.offset, position.limit).await? {
                Updates::Whole(raws) => break raws,
                Updates::TooLarge if position.limit > 1 => position.limit /= 2,
                Updates::TooLarge => return Err(CallError::Ambiguous("an update is too large".to_owned())),
            }
        };
        position.limit = position.limit.saturating_mul(2).min(MOST_UPDATES);
        let count = raws.len();
        // The whole way of an update hangs on this future: on the stack of whoever polls it would be a tenth of a megabyte.
        match Box::pin(self.accept(raws)).await {
            Some(last) => position.offset = last.saturating_add(1),
            None if count > 0 => return Err(CallError::Ambiguous("updates without a readable update_id".to_owned())),
            // Nothing is unconfirmed. After a quiet week the ids begin anew at random, perhaps below this offset.
            None => position.offset = 0,
        }
        Ok(count)
    }

    /// The offset of the next fetch: everything below it is committed.
    pub async fn offset(&self) -> i64 {
        self.position.lock().await.offset
    }

    /// Sees updates committed or kept, in order for each person; gives the highest `update_id`.
    async fn accept(&self, raws: Vec<Box<RawValue>>) -> Option<i64> {
        let mut arrived = Vec::with_capacity(raws.len());
        for raw in raws {
            if let Some(incoming) = self.understand(&raw).await {
                arrived.push(Arrived { incoming, raw });
            }
        }
        let last = arrived.iter().map(|arrived| arrived.incoming.update.0).max();
        match self.tries.chat.store().writers() {
            Writers::One => self.accept_together(arrived).await,
            Writers::Many => self.accept_beside(arrived).await,
        }
        last
    }

    /// What an update means; one that does not read, or makes the reader panic, is given up at once and means nothing.
    async fn understand(&self, raw: &RawValue) -> Option<Incoming> {
        let error = match reading::read(&self.router, raw).await {
            Ok(incoming) => return Some(incoming),
            Err(error) => error,
        };
        let Some(update) = Router::update_id(raw) else {
            tracing::error!("an update without a readable update_id cannot even be confirmed: {error}");
            return None;
        };
        let span = tracing::error_span!("update", update = update.0);
        self.tries.dead_letter(update, None, raw.get(), &error).instrument(span).await;
        Some(Incoming { update, event: Event::Nothing, group: None })
    }

    /// All in one transaction. Those of people about whom Telegram has to be asked first are a transaction of their own, so
    /// that nobody else waits for its answer.
    async fn accept_together(&self, arrived: Vec<Arrived>) {
        let all: Vec<Incoming> = arrived.iter().map(|arrived| arrived.incoming.clone()).collect();
        let unverified = self.tries.membership.unverified(&all).await;
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
        if !self.waiting.holds_any(&group).await
            && let Ok(handled) = self.tries.attempt(&group).await
        {
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
        self.accept_alone(arrived).instrument(arrived.incoming.span()).await;
    }

    /// Sees one update committed, kept to be tried again, or given up. A proof that others would pass is one of the very
    /// moment in which it failed: they pass before its try and after it.
    async fn accept_alone(&self, arrived: &Arrived) {
        let (incoming, raw) = (&arrived.incoming, &arrived.raw);
        if self.waiting.holds_any(std::slice::from_ref(incoming)).await {
            return self.waiting.set_aside(incoming, raw, "an earlier update of the same person waits", 0).await;
        }
        let (mut failures, mut pauses, mut before) = (Failures::default(), PAUSES, None);
        loop {
            let failure: Failure = match self.tries.attempt(std::slice::from_ref(incoming)).await {
                Ok(handled) => return self.finish(std::slice::from_ref(incoming), handled),
                Err(failure) => failure,
            };
            match failures.judge(&failure, self.tries.others(before).await) {
                Verdict::TryAgain => tracing::debug!("an update is tried again: {failure}"),
                Verdict::WaitForAll => self.tries.wait_for_all(&failure),
                Verdict::SetAside => {
                    tracing::warn!("update {} fails while others pass, it waits: {failure}", incoming.update);
                    return self.waiting.set_aside(incoming, raw, &failure.to_string(), 1).await;
                }
                Verdict::GiveUp => {
                    self.finish(std::slice::from_ref(incoming), Vec::new());
                    let (update, person) = (incoming.update, incoming.person());
                    return self.tries.dead_letter(update, person, raw.get(), &failure.to_string()).await;
                }
            }
            tokio::time::sleep(pauses.pause()).await;
            before = Some(self.tries.others_pass().await);
        }
    }

    /// Behind the commit: answers presses and reacts to messages, whose failure is never an error.
    fn finish(&self, updates: &[Incoming], handled: Vec<Handled>) {
        let mut handled = handled.into_iter();
        for incoming in updates {
            let Handled { answer, receipt, .. } = handled.next().unwrap_or_default();
            self.answers.send(incoming, answer);
            self.receipts.send(incoming, receipt);
        }
    }
}
