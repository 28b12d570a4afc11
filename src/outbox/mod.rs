//! Screens and messages out, and the files in that people sent: whatever a commit left to be shown is shown, however often that takes.
//!
//! A redraw shows the newest state, so five quick taps may end in one edit, and one that fails is simply done again.
//! A message goes out in its chat's order, at least once; one that may have arrived before says so.

mod deliver;
mod digests;
mod fetch;
mod redraw;
mod refused;
mod topics;
mod work;
mod worker;

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;
use tracing::Instrument;

use crate::chat::Chat;
use crate::outage::{Outage, Waiting};
use crate::store::{FileJob, StoreError};
use crate::telegram::Client;
use crate::telegram::limits::{Holds, Room};
pub use work::{Delivered, DeliveryError};
use work::{FILE_LEASE, MESSAGE_LEASE, REDRAW_LEASE, Work};
use worker::{First, Worker};

/// Calls under way at once; Telegram takes 30 a second and answers within a fraction of one.
const MAX_IN_FLIGHT: usize = 24;
/// A redraw is broken off before another worker may take it up; an edit that was under way is simply done again.
const REDRAW_TIMEOUT: Duration = Duration::from_secs(9);
/// A message is broken off well before another worker may take it up.
const MESSAGE_TIMEOUT: Duration = Duration::from_secs(45);
/// A file is broken off well before another worker may take it up.
const FILE_TIMEOUT: Duration = Duration::from_secs(540);
/// How long an orderly stop waits for calls under way: their leases would hold them back at the next start.
const LAST_CALLS: Duration = Duration::from_secs(4);
/// How long it may then take to write down what is left undone.
const LAST_WORD: Duration = Duration::from_secs(2);
/// How often the store is asked for work that another replica left or that nobody announced.
const POLL: Duration = Duration::from_secs(1);
/// A database that says nothing for so long is asked anew, on another connection.
const STORE_TIMEOUT: Duration = Duration::from_secs(15);
/// One claim in so many begins with messages, so that a rush of people at their screens does not hold them back.
const NOTICES_FIRST: u32 = 4;

/// Shows screens and delivers messages.
pub struct Delivery {
    worker: Worker,
    wake: Arc<Notify>,
    claims: AtomicU32,
    outage: Outage,
}

type Hands = JoinSet<Result<Delivered, DeliveryError>>;

/// What a claim came to.
struct Claim {
    work: Vec<Work>,
    /// The instant before which the limit over all chats has no room for a notice.
    full_until: Option<DateTime<Utc>>,
}

impl Delivery {
    /// A delivery that looks for work when `wake` is notified.
    pub fn new(chat: Chat, client: Client, wake: Arc<Notify>) -> Delivery {
        Delivery {
            worker: Worker::new(chat, client),
            wake,
            claims: AtomicU32::new(0),
            outage: Outage::of("deliveries"),
        }
    }

    /// Where the flood limits hold something back and until when, at this moment and at each change.
    pub fn holds(&self) -> watch::Receiver<Holds> {
        self.worker.holds()
    }

    /// What all deliveries wait for at this moment, if they do.
    pub fn outage(&self) -> Option<Waiting> {
        self.outage.waiting()
    }

    /// Delivers until `stop` is ready and what is under way then is done. What is cut off is done again after its lease.
    pub async fn run(&self, stop: impl Future<Output = ()>) {
        let mut stop = pin!(stop);
        let (mut hands, mut file) = (JoinSet::new(), None);
        loop {
            let full_until = self.take_up_work(&mut hands, &mut file).await;
            tokio::select! {
                biased;
                () = &mut stop => break,
                () = self.rest(&mut hands, full_until) => {}
            }
        }
        let finishing = async { while hands.join_next().await.is_some() {} };
        if tokio::time::timeout(LAST_CALLS, finishing).await.is_err() {
            tracing::warn!("calls under way did not end in {LAST_CALLS:?}; what they were to show is shown again");
            hands.shutdown().await;
            if let Some(job) = file
                && let Err(error) = self.give_back(&job).await
            {
                tracing::warn!("the file of job {} waits for its lease to end: {error}", job.id.0);
            }
        }
    }

    /// Gives back a file that work was broken off on: an orderly stop is not its fault, however often one comes.
    async fn give_back(&self, job: &FileJob) -> Result<(), StoreError> {
        let giving_back = async {
            let mut tx = self.worker.begin().await?;
            tx.release_file_job(job).await?;
            tx.commit().await
        };
        tokio::time::timeout(LAST_WORD, giving_back).await.unwrap_or(Ok(()))
    }

    /// Puts work into free hands, and notes the file among it; gives the instant before which the limit over all chats
    /// has no room for a notice.
    async fn take_up_work(&self, hands: &mut Hands, file: &mut Option<FileJob>) -> Option<DateTime<Utc>> {
        let free = MAX_IN_FLIGHT.saturating_sub(hands.len());
        let claimed = tokio::time::timeout(STORE_TIMEOUT, self.claim(free)).await;
        let now = self.worker.now();
        match claimed {
            Ok(Ok(claim)) => {
                self.outage.over(now);
                for piece in claim.work {
                    if let Work::File(job) = &piece {
                        *file = Some(job.clone());
                    }
                    let worker = self.worker.clone();
                    hands.spawn(async move { perform(worker, piece).await });
                }
                return claim.full_until;
            }
            Ok(Err(error)) => self.outage.met(&error, now),
            Err(_) => self.outage.met(&format!("the database did not answer in {STORE_TIMEOUT:?}"), now),
        }
        None
    }

    /// Does one piece of work, if any is due.
    pub async fn deliver_next(&self) -> Result<Delivered, DeliveryError> {
        let mut claim = self.claim(1).await?;
        match (claim.work.pop(), claim.full_until) {
            (Some(piece), _) => Box::pin(perform(self.worker.clone(), piece)).await,
            (None, Some(instant)) => Ok(Delivered::Deferred(instant)),
            (None, None) => Ok(Delivered::Idle),
        }
    }

    /// Waits until there may be work: a hand is free again, a commit was announced, or something falls due.
    async fn rest(&self, hands: &mut Hands, full_until: Option<DateTime<Utc>>) {
        let pause = self.pause(full_until).await;
        let may_take_more = hands.len() < MAX_IN_FLIGHT;
        tokio::select! {
            Some(finished) = hands.join_next(), if !hands.is_empty() => {
                if let Err(error) = finished {
                    tracing::error!("a delivery broke off and waits for its lease to end: {error}");
                }
            }
            () = self.wake.notified(), if may_take_more => {}
            () = tokio::time::sleep(pause), if may_take_more => {}
        }
    }

    async fn pause(&self, full_until: Option<DateTime<Utc>>) -> Duration {
        let due = tokio::time::timeout(STORE_TIMEOUT, self.worker.next_due()).await.ok().and_then(Result::ok).flatten();
        // What is due all the same is a notice.
        let due = due.map(|due| full_until.map_or(due, |instant| instant.max(due)));
        let wait = due.map(|due| due - self.worker.now());
        wait.map_or(POLL, |wait| wait.to_std().unwrap_or_default().clamp(Duration::from_millis(5), POLL))
    }

    /// Leases as much work as there are free hands, of notices no more than the limit over all chats has room for.
    async fn claim(&self, free: usize) -> Result<Claim, StoreError> {
        let (room, full_until) = match self.worker.room() {
            Room::For(room) => (room, None),
            Room::NotBefore(instant) => (0, Some(instant)),
        };
        let free = u32::try_from(free).unwrap_or(u32::MAX);
        if free == 0 {
            return Ok(Claim { work: Vec::new(), full_until });
        }
        // People wait at their screens, so these go first as a rule.
        let claims = self.claims.fetch_add(1, Ordering::Relaxed);
        let first = if claims.is_multiple_of(NOTICES_FIRST) { First::Messages } else { First::Redraws };
        Ok(Claim { work: self.worker.claim(free, room, first).await?, full_until })
    }
}

async fn perform(worker: Worker, work: Work) -> Result<Delivered, DeliveryError> {
    let span = work.span();
    let performing = async {
        let outcome = attempt(worker, work).await;
        if let Err(error) = &outcome {
            tracing::warn!("a delivery waits for its lease to end: {error}");
        }
        outcome
    };
    performing.instrument(span).await
}

async fn attempt(worker: Worker, work: Work) -> Result<Delivered, DeliveryError> {
    match work {
        Work::Redraw(redraw) => {
            let (key, attempts) = (redraw.key, redraw.attempts);
            match tokio::time::timeout(REDRAW_TIMEOUT, worker.redraw(redraw)).await {
                Ok(outcome) => outcome,
                Err(_) => worker.redraw_timed_out(key, attempts).await,
            }
        }
        Work::Message(message) => {
            let lease_end = worker.now() + MESSAGE_LEASE;
            let told = tokio::time::timeout(MESSAGE_TIMEOUT, worker.deliver(message)).await;
            told.unwrap_or(Ok(Delivered::Deferred(lease_end)))
        }
        Work::Digest(digest) => {
            let lease_end = worker.now() + REDRAW_LEASE;
            let shown = tokio::time::timeout(REDRAW_TIMEOUT, worker.refresh_digest(digest)).await;
            shown.unwrap_or(Ok(Delivered::Deferred(lease_end)))
        }
        Work::Topic(topic) => {
            let lease_end = worker.now() + REDRAW_LEASE;
            let followed = tokio::time::timeout(REDRAW_TIMEOUT, worker.follow(topic)).await;
            followed.unwrap_or(Ok(Delivered::Deferred(lease_end)))
        }
        Work::File(job) => {
            let lease_end = worker.now() + FILE_LEASE;
            let fetched = tokio::time::timeout(FILE_TIMEOUT, worker.fetch(job)).await;
            fetched.unwrap_or(Ok(Delivered::Deferred(lease_end)))
        }
    }
}
