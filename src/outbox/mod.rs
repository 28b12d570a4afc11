//! Screens and messages out, and the files in that people sent: whatever a commit left to be shown is shown, however often that takes.
//!
//! A redraw shows the newest state, so five quick taps may end in one edit, and one that fails is simply done again.
//! A message goes out in its chat's order, at least once; one that may have arrived before says so.

mod deliver;
mod digests;
mod fetch;
mod following;
mod looks;
mod redraw;
mod refused;
mod topics;
mod work;
mod worker;

use std::fmt::Display;
use std::iter;
use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use futures_util::stream::{self, StreamExt};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tracing::Instrument;

use crate::chat::{Chat, ChatError};
use crate::metrics::SendOutcome;
use crate::outage::{Outage, Waiting};
use crate::replicas::{News, Report};
use crate::store::{FileJob, StoreError};
use crate::telegram::Client;
use crate::telegram::limits::{Holds, Room};
use looks::{Look, Looks};
pub use work::{Delivered, DeliveryError};
use work::{FILE_LEASE, FOLLOWING_LEASE, MESSAGE_LEASE, Work};
use worker::{First, Worker};

/// Calls under way at once: at a tenth of a second each they are a thousand a second.
const MAX_IN_FLIGHT: usize = 100;
/// Screens that are retired at once: nobody waits for it.
const RETIRED_AT_ONCE: usize = 10;
/// A digest or a topic is broken off before another worker may take it up.
const FOLLOWING_TIMEOUT: Duration = Duration::from_secs(9);
/// A message is broken off well before another worker may take it up.
const MESSAGE_TIMEOUT: Duration = Duration::from_secs(45);
/// A file is broken off well before another worker may take it up.
const FILE_TIMEOUT: Duration = Duration::from_secs(540);
/// How long an orderly stop waits for calls under way: their leases would hold them back at the next start.
const LAST_CALLS: Duration = Duration::from_secs(4);
/// How long it may then take to write down what is left undone.
const LAST_WORD: Duration = Duration::from_secs(2);
/// A database that says nothing for so long is asked anew, on another connection.
const STORE_TIMEOUT: Duration = Duration::from_secs(15);
/// How long to wait with recording after it failed.
const STORE_PAUSE: Duration = Duration::from_secs(1);
/// How often redraws are looked for that no update of their people recorded. A process that dies meanwhile draws them once more.
const RECORDED_EVERY: Duration = Duration::from_millis(100);
/// The same for those whose dialogues are to be drawn once more: whoever tapped twice waits for it. In a rush updates are sooner.
const OVERTAKEN_FOR: Duration = Duration::from_millis(15);
/// One claim in so many begins with messages, so that a rush of people at their screens does not hold them back.
const NOTICES_FIRST: u32 = 4;

/// Shows screens and delivers messages.
pub struct Delivery {
    worker: Arc<Worker>,
    claims: AtomicU32,
    outage: Outage,
}

type Hands = JoinSet<Result<Woken, DeliveryError>>;

/// What a claim came to.
struct Claim {
    work: Vec<Work>,
    /// When further work falls due, as far as was looked.
    next: Option<DateTime<Utc>>,
    /// The instant before which the limit over all chats has no room for a notice.
    full_until: Option<DateTime<Utc>>,
}

/// Why whoever takes work up is awake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Woken {
    /// A hand has done what was to be done, or there is a screen to draw.
    Here,
    /// The database may have work that is due.
    MayFollow,
    /// It is time to look.
    InTime,
}

impl Delivery {
    pub fn new(chat: Chat, client: Client) -> Delivery {
        Delivery {
            worker: Arc::new(Worker::new(chat, client)),
            claims: AtomicU32::new(0),
            outage: Outage::of("deliveries"),
        }
    }

    /// Where the flood limits hold something back and until when, at this moment and at each change.
    pub fn holds(&self) -> watch::Receiver<Holds> {
        self.worker.holds()
    }

    /// What other replicas are to know.
    pub fn report(&self) -> Report {
        self.worker.report()
    }

    /// Takes note of the other replicas.
    pub fn heed(&self, news: &News) {
        self.worker.heed(news);
    }

    /// What all deliveries wait for at this moment, if they do.
    pub fn outage(&self) -> Option<Waiting> {
        self.outage.waiting()
    }

    /// The same, for whoever looks at it later.
    pub fn outages(&self) -> Outage {
        self.outage.clone()
    }

    /// Delivers until `stop` is ready and what is under way then is done. What is cut off is done again after its lease.
    pub async fn run(&self, stop: impl Future<Output = ()>) {
        let (mut hands, mut file) = (JoinSet::new(), None);
        // Concurrently: claiming can block on a transaction of the recorder, and the reverse.
        tokio::select! {
            biased;
            () = self.take_up_until(stop, &mut hands, &mut file) => {}
            () = self.record() => {}
            () = self.retire() => {}
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
        let recording = async {
            self.worker.chat.record_redraws().await?;
            self.retire_all().await;
            Ok::<_, ChatError>(())
        };
        match tokio::time::timeout(LAST_WORD, recording).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!("what was shown last is shown again: {error}"),
            Err(_) => {
                tracing::warn!("what was shown last is shown again: the database did not answer in {LAST_WORD:?}")
            }
        }
    }

    async fn take_up_until(&self, stop: impl Future<Output = ()>, hands: &mut Hands, file: &mut Option<FileJob>) {
        let mut stop = pin!(stop);
        let (mut woken, mut looks) = (Woken::InTime, Looks::at(self.worker.now()));
        loop {
            self.worker.chat.metrics().deliveries_beat.moves(self.worker.now());
            // The first free hand is for whoever waits at their screen, however much else is due.
            self.take_up_redraws(hands);
            if woken == Woken::MayFollow {
                looks.hurry();
            }
            if woken == Woken::InTime || looks.are_due(self.worker.now()) {
                looks = self.take_up_work(hands, file).await;
            }
            woken = tokio::select! {
                biased;
                () = &mut stop => return,
                woken = self.rest(hands, looks.pause(self.worker.now())) => woken,
            };
        }
    }

    /// Records what became of redraws, unless updates that arrive meanwhile do.
    async fn record(&self) {
        let redraws = self.worker.chat.redraws();
        loop {
            if !redraws.has_ended() {
                redraws.ended().await;
            }
            tokio::select! {
                () = tokio::time::sleep(RECORDED_EVERY) => {}
                () = redraws.overtaken() => tokio::time::sleep(OVERTAKEN_FOR).await,
            }
            let recorded = tokio::time::timeout(STORE_TIMEOUT, self.worker.chat.record_due_redraws()).await;
            let now = self.worker.now();
            match recorded {
                Ok(Ok(())) => self.outage.over(now),
                Ok(Err(error)) => self.not_recorded(&error).await,
                Err(_) => self.not_recorded(&format!("the database did not answer in {STORE_TIMEOUT:?}")).await,
            }
        }
    }

    /// Tries again later: the screens are drawn, and a lease that ends meanwhile only draws them once more.
    async fn not_recorded(&self, cause: &impl Display) {
        self.outage.met(cause, self.worker.now());
        tokio::time::sleep(STORE_PAUSE).await;
    }

    /// Retires screens, beside whatever people wait for.
    async fn retire(&self) {
        loop {
            self.worker.chat.redraws().retired().await;
            self.retire_all().await;
        }
    }

    async fn retire_all(&self) {
        let redraws = self.worker.chat.redraws();
        let retired = stream::iter(iter::from_fn(|| redraws.next_retired()));
        retired.for_each_concurrent(RETIRED_AT_ONCE, |retired| self.worker.retire(retired)).await;
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

    /// Puts work into free hands, and notes the file among it; gives when to look for more.
    async fn take_up_work(&self, hands: &mut Hands, file: &mut Option<FileJob>) -> Looks {
        let free = MAX_IN_FLIGHT.saturating_sub(hands.len());
        let claimed = tokio::time::timeout(STORE_TIMEOUT, self.claim(free)).await;
        let now = self.worker.now();
        let look = match claimed {
            Ok(Ok(Claim { work, next, .. })) => {
                self.outage.over(now);
                let look = if work.len() < free { Look::All(next) } else { Look::Part(next) };
                for piece in work {
                    if let Work::File(job) = &piece {
                        *file = Some(job.clone());
                    }
                    hands.spawn(perform(Arc::clone(&self.worker), piece));
                }
                look
            }
            Ok(Err(error)) => {
                self.outage.met(&error, now);
                Look::Failed
            }
            Err(_) => {
                self.outage.met(&format!("the database did not answer in {STORE_TIMEOUT:?}"), now);
                Look::Failed
            }
        };
        Looks::after(look, now)
    }

    /// Puts redraws into free hands that need not be claimed.
    fn take_up_redraws(&self, hands: &mut Hands) {
        let redraws = self.worker.chat.redraws();
        while hands.len() < MAX_IN_FLIGHT
            && let Some(drawing) = redraws.next(self.worker.now())
        {
            hands.spawn(perform(Arc::clone(&self.worker), Work::Redraw(Box::new(drawing))));
        }
    }

    /// Does one piece of work, if any is due.
    pub async fn deliver_next(&self) -> Result<Delivered, DeliveryError> {
        let redraws = self.worker.chat.redraws();
        let (piece, full_until) = match redraws.next(self.worker.now()) {
            Some(drawing) => (Some(Work::Redraw(Box::new(drawing))), None),
            None => {
                let mut claim = self.claim(1).await?;
                (claim.work.pop(), claim.full_until)
            }
        };
        let Some(piece) = piece else {
            return Ok(full_until.map_or(Delivered::Idle, Delivered::Deferred));
        };
        let delivered = Box::pin(attempt(Arc::clone(&self.worker), piece)).await;
        self.worker.chat.record_redraws().await?;
        self.retire_all().await;
        delivered
    }

    /// Waits until there may be work: a hand is free again, a commit left some, or something falls due.
    async fn rest(&self, hands: &mut Hands, pause: Duration) -> Woken {
        let may_take_more = hands.len() < MAX_IN_FLIGHT;
        tokio::select! {
            Some(finished) = hands.join_next(), if !hands.is_empty() => match finished {
                Ok(Ok(finished)) => finished,
                Ok(Err(_)) => Woken::MayFollow,
                Err(error) => {
                    tracing::error!("a delivery was broken off: {error}");
                    Woken::MayFollow
                }
            },
            () = self.worker.chat.redraws().handed(), if may_take_more => Woken::Here,
            () = self.worker.chat.store().announced(), if may_take_more => Woken::MayFollow,
            () = tokio::time::sleep(pause), if may_take_more => Woken::InTime,
        }
    }

    /// Leases as much work as there are free hands, of notices no more than the limit over all chats has room for.
    async fn claim(&self, free: usize) -> Result<Claim, StoreError> {
        let (room, full_until) = match self.worker.room() {
            Room::For(room) => (room, None),
            Room::NotBefore(instant) => (0, Some(instant)),
        };
        let free = u32::try_from(free).unwrap_or(u32::MAX);
        if free == 0 {
            return Ok(Claim { work: Vec::new(), next: None, full_until });
        }
        let due = self.worker.due().await?;
        // People wait at their screens, so these go first as a rule.
        let claims = self.claims.fetch_add(1, Ordering::Relaxed);
        let first = if claims.is_multiple_of(NOTICES_FIRST) { First::Messages } else { First::Redraws };
        let work = self.worker.claim(&due, (free, room), first).await?;
        // What is due all the same is a notice.
        let next = due.earliest().map(|due| full_until.map_or(due, |instant| instant.max(due)));
        Ok(Claim { work, next, full_until })
    }
}

async fn perform(worker: Arc<Worker>, work: Work) -> Result<Woken, DeliveryError> {
    let (span, screen) = (work.span(), work.screen());
    let performing = async {
        let Ok(outcome) = AssertUnwindSafe(attempt(worker, work)).catch_unwind().await else {
            // The panic itself is a line of the log.
            let (chat, person) = screen.map(|key| (key.chat.0, key.person.0)).unzip();
            tracing::error!(chat, person, "a delivery broke off and waits for its lease to end");
            return Ok(Woken::MayFollow);
        };
        match &outcome {
            Ok(Delivered::Delivered) if screen.is_some() => return Ok(Woken::Here),
            Err(error) if screen.is_none() => tracing::warn!("a delivery waits for its lease to end: {error}"),
            _ => {}
        }
        outcome.map(|_| Woken::MayFollow)
    };
    performing.instrument(span).await
}

async fn attempt(worker: Arc<Worker>, work: Work) -> Result<Delivered, DeliveryError> {
    let (now, kind, counting) = (worker.now(), work.kind(), Arc::clone(&worker));
    // Boxed, since a future is moved, and copied whole, before it is spawned.
    let (working, patience, lease): (BoxFuture<_>, _, _) = match work {
        // It keeps an eye on its time itself.
        Work::Redraw(drawing) => (Box::pin(worker.redraw(*drawing)), None, TimeDelta::zero()),
        Work::Message(message) => (Box::pin(worker.deliver(message)), Some(MESSAGE_TIMEOUT), MESSAGE_LEASE),
        Work::Digest(digest) => (Box::pin(worker.refresh_digest(digest)), Some(FOLLOWING_TIMEOUT), FOLLOWING_LEASE),
        Work::Topic(topic) => (Box::pin(worker.follow(topic)), Some(FOLLOWING_TIMEOUT), FOLLOWING_LEASE),
        Work::File(job) => (Box::pin(worker.fetch(job)), Some(FILE_TIMEOUT), FILE_LEASE),
    };
    let outcome = match patience {
        Some(patience) => tokio::time::timeout(patience, working).await.unwrap_or(Ok(Delivered::Deferred(now + lease))),
        None => working.await,
    };
    counting.chat.metrics().count_send(kind, counted(&outcome));
    outcome
}

fn counted(outcome: &Result<Delivered, DeliveryError>) -> SendOutcome {
    match outcome {
        Ok(Delivered::Delivered) => SendOutcome::Delivered,
        Ok(Delivered::Idle | Delivered::Deferred(_)) => SendOutcome::Deferred,
        Ok(Delivered::GivenUp) => SendOutcome::GivenUp,
        Err(_) => SendOutcome::Failed,
    }
}
