//! Updates that wait in the database, out of the way of those that pass: they are tried again by themselves, each person's
//! in order, and what the same person does meanwhile waits behind them.

use std::collections::BTreeSet;
use std::future::ready;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use futures_util::stream::{self, StreamExt};
use serde_json::value::RawValue;
use tokio::sync::{Mutex, MutexGuard};
use tracing::Instrument;

use super::arrived::Arrived;
use super::failure::{Failure, Failures, Verdict};
use super::press_answers::PressAnswers;
use super::reading;
use super::receipts::Receipts;
use super::tries::{PAUSES, TRANSACTION_TIMEOUT, Tries, within};
use crate::backoff::Backoff;
use crate::chat::ChatError;
use crate::chat::event::Incoming;
use crate::domain::PersonId;
use crate::metrics::UpdateOutcome;
use crate::store::{WaitingUpdate, Writers};
use crate::telegram::Router;

/// How soon an update that a command wants tried again is seen.
pub(super) const POLL: Duration = Duration::from_secs(1);
/// Pauses between tries of an update that fails alone.
const ALONE: Backoff = Backoff::new(Duration::from_secs(1), Duration::from_secs(60));
/// Longest that one of these may take: it may be a large one, and on SQLite everybody waits for it.
const LONGEST: Duration = Duration::from_secs(120);
/// An update that still fails by itself after so long and so many tries, while others passed, is given up: no outage lasts
/// that leaves all others be. Tries, since the bot may have been off for most of that time.
const FAREWELL: (TimeDelta, i64) = (TimeDelta::hours(24), 20);
/// Tries beside each other, where the database takes them: a part of its connections, so that the newcomers have the rest.
const BESIDE: usize = 3;

pub(super) struct WaitingRoom {
    pub(super) tries: Tries,
    pub(super) router: Arc<Router>,
    pub(super) answers: Arc<PressAnswers>,
    receipts: Receipts,
    /// Whose updates wait; read from the database first.
    people: Mutex<Option<BTreeSet<Option<PersonId>>>>,
}

/// What trying those that were due came to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Retried {
    pub(super) due: usize,
    /// So many wait no more.
    pub(super) settled: usize,
}

/// What a try came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// It took effect, or was given up.
    Settled,
    Waits,
}

impl WaitingRoom {
    pub(super) fn new(
        tries: Tries,
        router: Arc<Router>,
        answers: Arc<PressAnswers>,
        receipts: Receipts,
    ) -> WaitingRoom {
        WaitingRoom { tries, router, answers, receipts, people: Mutex::default() }
    }

    /// Whether something that one of these did before waits still.
    pub(super) async fn holds_any(&self, updates: &[&Incoming]) -> bool {
        let people = self.people().await;
        people.as_ref().is_some_and(|people| updates.iter().any(|update| people.contains(&update.person())))
    }

    /// Those of people of whom something waits still, and the rest.
    pub(super) async fn part(&self, arrived: Vec<Arrived>) -> (Vec<Arrived>, Vec<Arrived>) {
        let people = self.people().await;
        let waits = |one: &Arrived| people.as_ref().is_some_and(|people| people.contains(&one.incoming.person()));
        arrived.into_iter().partition(waits)
    }

    async fn people(&self) -> MutexGuard<'_, Option<BTreeSet<Option<PersonId>>>> {
        let mut people = self.people.lock().await;
        if people.is_none() {
            *people = Some(self.tries.insist(async || self.read_people().await).await);
        }
        people
    }

    async fn read_people(&self) -> Result<BTreeSet<Option<PersonId>>, ChatError> {
        Ok(self.tries.chat.store().read().people_who_wait().await?)
    }

    /// Lets an update wait that failed `tries` times by itself, and whatever its person does from now on behind it.
    pub(super) async fn set_aside(&self, incoming: &Incoming, raw: &RawValue, error: &str, tries: i64) {
        let now = self.tries.chat.clock().now();
        let (update, person) = (incoming.update, incoming.person());
        let due = if tries > 0 { now + pause(tries) } else { now };
        let (raw, error) = (raw.get().to_owned(), error.to_owned());
        let failing_since = (tries > 0).then_some(now);
        let waiting = WaitingUpdate { update, person, raw, error, since: now, due, tries, failing_since };
        // Locked until it is stored, so that nobody finds the person's last one done and this one not yet there. Whoever is
        // broken off on the way may have stored it, and leaves it to be read.
        let mut people = self.people.lock().await;
        let known = people.take();
        self.tries.insist(async || self.tries.chat.set_aside(&waiting).await).await;
        self.tries.chat.metrics().count_update(UpdateOutcome::SetAside);
        *people = known.map(|mut known| {
            known.insert(person);
            known
        });
    }

    /// Lets all of these wait, in one transaction, and whatever their people do from now on behind them.
    pub(super) async fn set_all_aside(&self, arrived: &[Arrived], reason: &str) {
        if arrived.is_empty() {
            return;
        }
        let now = self.tries.chat.clock().now();
        let waiting: Vec<WaitingUpdate> = arrived.iter().map(|one| one.waits(reason, now)).collect();
        let mut people = self.people.lock().await;
        let known = people.take();
        let are_set_aside = self.tries.insist(async || self.tries.chat.set_all_aside(&waiting).await).await;
        *people = known.map(|mut known| {
            known.extend(waiting.iter().map(|waiting| waiting.person));
            known
        });
        drop(people);
        for one in arrived {
            if are_set_aside {
                self.tries.chat.metrics().count_update(UpdateOutcome::SetAside);
            } else {
                // One of them took effect before.
                self.set_aside(&one.incoming, &one.raw, reason, 0).await;
            }
        }
    }

    /// Looks again and again for updates that are due; where some pass, for those behind them at once.
    pub(super) async fn run(&self) {
        let mut pauses = PAUSES;
        loop {
            self.tries.chat.metrics().waiting_beat.moves(self.tries.chat.clock().now());
            let pause = match self.retry_due().await {
                Ok(retried) => {
                    pauses.reset();
                    if retried.settled > 0 { Duration::ZERO } else { POLL }
                }
                Err(failure) => {
                    self.tries.wait_for_all(&failure);
                    POLL.max(pauses.pause())
                }
            };
            tokio::time::sleep(pause).await;
        }
    }

    /// Tries the updates that are due, each person's oldest.
    pub(super) async fn retry_due(&self) -> Result<Retried, Failure> {
        let due = within(TRANSACTION_TIMEOUT, self.due()).await?;
        let beside = match self.tries.chat.store().writers() {
            Writers::One => 1,
            Writers::Many => BESIDE,
        };
        let due_now = due.len();
        let ends = stream::iter(due).map(|waiting| self.retry(waiting)).buffer_unordered(beside);
        let settled = ends.filter(|end| ready(*end == End::Settled)).count().await;
        if due_now > 0 {
            let mut people = self.people.lock().await;
            *people = Some(within(TRANSACTION_TIMEOUT, self.read_people()).await?);
        }
        within(TRANSACTION_TIMEOUT, self.sound_alarms()).await?;
        // Without this, nobody would notice before the next update comes that an outage is over.
        if self.tries.outage.waiting().is_some() && self.tries.others_pass().await {
            self.tries.passed();
        }
        Ok(Retried { due: due_now, settled })
    }

    async fn due(&self) -> Result<Vec<WaitingUpdate>, ChatError> {
        let chat = &self.tries.chat;
        Ok(chat.store().read().due_updates(chat.clock().now()).await?)
    }

    /// Tells the staff of people whose updates wait, and of dead letters that came a short time after others.
    async fn sound_alarms(&self) -> Result<(), ChatError> {
        let chat = &self.tries.chat;
        if chat.is_alarm_due(&mut chat.store().read()).await? {
            let mut tx = chat.store().begin().await?;
            chat.sound_alarm(&mut tx).await?;
            chat.announce_waits(&mut tx).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    async fn retry(&self, waiting: WaitingUpdate) -> End {
        let read = match RawValue::from_string(waiting.raw.clone()) {
            Ok(raw) => reading::read(&self.router, &raw).await,
            Err(error) => Err(error.to_string()),
        };
        match read {
            Ok(incoming) => {
                let span = incoming.span();
                self.retry_read(waiting, incoming).instrument(span).await
            }
            Err(error) => {
                self.tries.give_up(&waiting, &error).await;
                End::Settled
            }
        }
    }

    async fn retry_read(&self, waiting: WaitingUpdate, incoming: Incoming) -> End {
        let (update, mut failures) = (waiting.update, Failures::default());
        // What only waits behind another one mostly passes, and needs no proof beforehand.
        let mut before = if waiting.tries > 0 { Some(self.tries.others_pass().await) } else { None };
        loop {
            let failure = match self.tries.attempt_waiting(&incoming, patience(waiting.tries)).await {
                Ok(handled) => {
                    if let Some(handled) = handled {
                        tracing::info!("update {update}, which waited, took effect");
                        self.tries.chat.metrics().count_update(UpdateOutcome::Recovered);
                        self.answers.send(&incoming, handled.answer);
                        self.receipts.send(&incoming, handled.receipt);
                    }
                    return End::Settled;
                }
                Err(failure) => failure,
            };
            match failures.judge(&failure, self.tries.others(before).await) {
                Verdict::TryAgain => tokio::time::sleep(PAUSES.after(1)).await,
                Verdict::WaitForAll => {
                    self.tries.wait_for_all(&failure);
                    // It stays due.
                    return End::Waits;
                }
                Verdict::SetAside if !self.is_hopeless(&waiting) => {
                    tracing::warn!("update {update} still fails while others pass, it waits: {failure}");
                    let (error, pause) = (failure.to_string(), pause(waiting.tries + 1));
                    self.tries.insist(async || self.tries.chat.defer_update(update, &error, pause).await).await;
                    return End::Waits;
                }
                Verdict::SetAside | Verdict::GiveUp => {
                    self.tries.give_up(&waiting, &failure.to_string()).await;
                    return End::Settled;
                }
            }
            before = Some(self.tries.others_pass().await);
        }
    }

    /// Whether an update that has just failed by itself once more did so often enough, for long enough.
    fn is_hopeless(&self, waiting: &WaitingUpdate) -> bool {
        let (patience, tries) = FAREWELL;
        let now = self.tries.chat.clock().now();
        waiting.tries + 1 >= tries && waiting.failing_since.is_some_and(|since| now - since >= patience)
    }
}

fn pause(tries: i64) -> TimeDelta {
    TimeDelta::from_std(ALONE.after(tries)).unwrap_or_default()
}

fn patience(tries: i64) -> Duration {
    let doublings = u32::try_from(tries.clamp(0, 8)).unwrap_or(0);
    (TRANSACTION_TIMEOUT * 2_u32.pow(doublings)).min(LONGEST)
}
