//! What becomes of an update, wherever it came from: it takes effect, waits by itself, or is given up.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use futures_util::stream::{FuturesUnordered, StreamExt};
use serde_json::value::RawValue;
use tracing::Instrument;

use super::arrived::Arrived;
use super::failure::{Failure, Failures, Verdict};
use super::press_answers::PressAnswers;
use super::reading;
use super::receipts::Receipts;
use super::tries::{PAUSES, Tries};
use super::waiting::WaitingRoom;
use crate::chat::event::{Event, Incoming};
use crate::chat::{Chat, Handled};
use crate::domain::PersonId;
use crate::store::Writers;
use crate::telegram::{Client, Router};

/// Updates of one person that are handled at once, of those that are fetched together; nobody taps or types so fast.
const MOST_OF_ONE: usize = 20;
/// Why an update waits.
const BEHIND: &str = "an earlier update of the same person waits";
const VERY_MUCH: &str = "its person did very much at once";

/// Handles updates of every source alike.
pub(super) struct Handling {
    pub(super) tries: Tries,
    pub(super) waiting: WaitingRoom,
    router: Arc<Router>,
    answers: Arc<PressAnswers>,
    receipts: Receipts,
}

/// What is handled one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Lane {
    /// All updates, where the database has one writer.
    Everybody,
    /// One person's, or those that are nobody's.
    Of(Option<PersonId>),
}

impl Handling {
    pub(super) fn new(client: Client, router: Router, chat: Chat) -> Handling {
        let receipts = Receipts::new(client.clone(), chat.clone());
        let (router, tries) = (Arc::new(router), Tries::new(client.clone(), chat));
        let answers = Arc::new(PressAnswers::new(client));
        let waiting = WaitingRoom::new(tries.clone(), Arc::clone(&router), Arc::clone(&answers), receipts.clone());
        Handling { tries, waiting, router, answers, receipts }
    }

    pub(super) fn lane(&self, arrived: &Arrived) -> Lane {
        match self.tries.chat.store().writers() {
            Writers::One => Lane::Everybody,
            Writers::Many => Lane::Of(arrived.incoming.person()),
        }
    }

    /// Sees updates committed or kept, in order for each person. Whoever does very much at once is served beside the others and
    /// not before them: the rest of it waits, so that what came behind it can be fetched.
    pub(super) async fn accept(&self, arrived: Vec<Arrived>) {
        let (held, arrived) = self.waiting.part(arrived).await;
        let (arrived, excess) = bounded(arrived);
        tokio::join!(self.waiting.set_all_aside(&held, BEHIND), self.accept_bounded(arrived));
        // Behind those of the same people, which may have to wait themselves.
        self.waiting.set_all_aside(&excess, VERY_MUCH).await;
    }

    /// Where there are many writers, what people say in private is one transaction as long as it meets nobody else's locks: then
    /// people are served beside each other.
    async fn accept_bounded(&self, arrived: Vec<Arrived>) {
        let is_private = |one: &Arrived| one.incoming.private_speaker().is_some();
        let (private, rest): (Vec<_>, Vec<_>) = match self.tries.chat.store().writers() {
            Writers::One => (Vec::new(), arrived),
            Writers::Many => arrived.into_iter().partition(is_private),
        };
        let private = async {
            if private.len() < 2 || !self.accept_at_once(&private).await {
                self.accept_lanes(private).await;
            }
        };
        tokio::join!(private, self.accept_lanes(rest));
    }

    async fn accept_lanes(&self, arrived: Vec<Arrived>) {
        if self.tries.chat.store().writers() == Writers::One {
            // On the heap, like the lanes below: the way of an update is too long for the stack of a thread.
            return Box::pin(self.accept_together(arrived)).await;
        }
        let mut lanes: BTreeMap<Lane, Vec<Arrived>> = BTreeMap::new();
        for one in arrived {
            lanes.entry(self.lane(&one)).or_default().push(one);
        }
        let lanes: FuturesUnordered<_> =
            lanes.into_iter().map(|(lane, arrived)| self.accept_lane(lane, arrived)).collect();
        lanes.collect::<()>().await;
    }

    /// Sees the updates of one lane committed or kept, in order. Dropped at any instant, it loses nothing that was confirmed.
    pub(super) async fn accept_lane(&self, lane: Lane, arrived: Vec<Arrived>) {
        match lane {
            Lane::Everybody => self.accept_together(arrived).await,
            Lane::Of(_) => {
                for one in &arrived {
                    self.accept_one(one).await;
                }
            }
        }
    }

    /// What an update means; one that does not read, or makes the reader panic, is given up at once and means nothing.
    pub(super) async fn understand(&self, raw: Box<RawValue>) -> Option<Arrived> {
        let at = self.tries.chat.clock().now();
        let error = match reading::read(&self.router, &raw).await {
            Ok(incoming) => return Some(Arrived { incoming, raw, at }),
            Err(error) => error,
        };
        let Some(update) = Router::update_id(&raw) else {
            tracing::error!("an update without a readable update_id cannot even be confirmed: {error}");
            return None;
        };
        let span = tracing::error_span!("update", update = update.0);
        self.tries.dead_letter(update, None, raw.get(), &error).instrument(span).await;
        Some(Arrived { incoming: Incoming { update, event: Event::Nothing, group: None }, raw, at })
    }

    /// All in one transaction. Those of people about whom Telegram has to be asked first are a transaction of their own, so
    /// that nobody else waits for its answer.
    async fn accept_together(&self, arrived: Vec<Arrived>) {
        let unverified = self.tries.membership.unverified(&incoming(&arrived)).await;
        let (late, ready): (Vec<_>, Vec<_>) = arrived
            .into_iter()
            .partition(|one| unverified.iter().any(|(_, person)| one.incoming.person() == Some(*person)));
        if late.is_empty() {
            return self.accept_group(ready).await;
        }
        Box::pin(async { tokio::join!(self.accept_group(ready), self.accept_group(late)) }).await;
    }

    /// In one transaction; when that fails, each in its own.
    async fn accept_group(&self, arrived: Vec<Arrived>) {
        if arrived.is_empty() {
            return;
        }
        if !self.accept_at_once(&arrived).await {
            // Seldom, so that the way of all others is not made larger by it.
            Box::pin(async {
                for one in &arrived {
                    self.accept_one(one).await;
                }
            })
            .await;
        }
    }

    /// In one transaction; gives whether that was committed.
    async fn accept_at_once(&self, arrived: &[Arrived]) -> bool {
        let group = incoming(arrived);
        if self.waiting.holds_any(&group).await {
            return false;
        }
        match self.tries.attempt(&group, since(arrived)).await {
            Ok(handled) => {
                self.count_committed(arrived);
                self.finish(&group, handled);
                true
            }
            Err(_) => false,
        }
    }

    async fn accept_one(&self, arrived: &Arrived) {
        self.accept_alone(arrived).instrument(arrived.incoming.span()).await;
    }

    /// Sees one update committed, kept to be tried again, or given up. A proof that others would pass is one of the very
    /// moment in which it failed: they pass before its try and after it.
    async fn accept_alone(&self, arrived: &Arrived) {
        let (incoming, raw) = (&arrived.incoming, &arrived.raw);
        if self.waiting.holds_any(&[incoming]).await {
            return self.waiting.set_aside(incoming, raw, BEHIND, 0).await;
        }
        let (mut failures, mut pauses, mut before) = (Failures::default(), PAUSES, None);
        loop {
            let failure: Failure = match self.tries.attempt(&[incoming], Some(arrived.at)).await {
                Ok(handled) => {
                    self.count_committed(std::slice::from_ref(arrived));
                    return self.finish(&[incoming], handled);
                }
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
                    self.finish(&[incoming], Vec::new());
                    let (update, person) = (incoming.update, incoming.person());
                    return self.tries.dead_letter(update, person, raw.get(), &failure.to_string()).await;
                }
            }
            tokio::time::sleep(pauses.pause()).await;
            before = Some(self.tries.others_pass().await);
        }
    }

    fn count_committed(&self, arrived: &[Arrived]) {
        let (metrics, now) = (self.tries.chat.metrics(), self.tries.chat.clock().now());
        for one in arrived {
            metrics.committed(one.at, now);
        }
    }

    /// Behind the commit: answers presses and reacts to messages, whose failure is never an error.
    fn finish(&self, updates: &[&Incoming], handled: Vec<Handled>) {
        let mut handled = handled.into_iter();
        for incoming in updates {
            let Handled { answer, receipt, .. } = handled.next().unwrap_or_default();
            self.answers.send(incoming, answer);
            self.receipts.send(incoming, receipt);
        }
    }
}

/// So many of each person, and the rest of them.
fn bounded(arrived: Vec<Arrived>) -> (Vec<Arrived>, Vec<Arrived>) {
    let mut counts: BTreeMap<PersonId, usize> = BTreeMap::new();
    arrived.into_iter().partition(|one| {
        let Some(person) = one.incoming.person() else { return true };
        let count = counts.entry(person).or_default();
        *count += 1;
        *count <= MOST_OF_ONE
    })
}

fn incoming(arrived: &[Arrived]) -> Vec<&Incoming> {
    arrived.iter().map(|one| &one.incoming).collect()
}

/// Since when the first of these waits.
fn since(arrived: &[Arrived]) -> Option<DateTime<Utc>> {
    arrived.iter().map(|one| one.at).min()
}
