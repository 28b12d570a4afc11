//! One worker of the delivery: what redraws and messages have in common.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::watch;

use super::work::{DeliveryError, FILE_LEASE, FOLLOWING_LEASE, MESSAGE_LEASE, Work};
use crate::chat::Chat;
use crate::chat::redraws::REDRAW_LEASE;
use crate::domain::{ChatId, Lane, PersonId, SeenOpenness};
use crate::replicas::{End, News, Place, Report};
use crate::store::{Due, Reachability, StoreError, Tx};
use crate::telegram::limits::{GroupSends, Holds, Permit, Room};
use crate::telegram::{CallError, Client, Limits};

/// When a replica asks again that the others have not heard of lately: it tells them every second.
const UNCOUNTED: TimeDelta = TimeDelta::seconds(1);

/// Does pieces of work.
pub(super) struct Worker {
    pub(super) chat: Chat,
    pub(super) client: Client,
    limits: Mutex<Limits>,
    no_topics_until: Mutex<Option<DateTime<Utc>>>,
}

/// Which kind of work a claim begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum First {
    Redraws,
    Messages,
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Redraws,
    Answers,
    Messages,
    Digests,
    Topics,
    Files,
}

impl Kind {
    fn of(self, due: &Due) -> Option<DateTime<Utc>> {
        match self {
            Kind::Redraws => due.redraw,
            Kind::Answers | Kind::Messages => due.message.into_iter().chain(due.lease).chain(due.parked).min(),
            Kind::Digests => due.digest,
            Kind::Topics => due.topic,
            Kind::Files => due.file,
        }
    }
}

impl Worker {
    pub(super) fn new(chat: Chat, client: Client) -> Worker {
        let limits = Limits::new(chat.config().telegram.limits);
        Worker { chat, client, limits: Mutex::new(limits), no_topics_until: Mutex::default() }
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        self.chat.clock().now()
    }

    pub(super) async fn begin(&self) -> Result<Tx, StoreError> {
        self.chat.store().begin().await
    }

    /// When there is work of which kind.
    pub(super) async fn due(&self) -> Result<Due, StoreError> {
        self.chat.store().read().due(self.now()).await
    }

    /// Leases as much of what is due as there are free hands, of notices no more than the limit over all chats has `room` for.
    pub(super) async fn claim(
        &self,
        due: &Due,
        (free, room): (u32, u32),
        first: First,
    ) -> Result<Vec<Work>, StoreError> {
        let order = match first {
            First::Redraws => [Kind::Redraws, Kind::Answers, Kind::Messages, Kind::Digests, Kind::Topics, Kind::Files],
            First::Messages => [Kind::Messages, Kind::Redraws, Kind::Answers, Kind::Digests, Kind::Topics, Kind::Files],
        };
        let mut work: Vec<Work> = Vec::new();
        let now = self.now();
        for kind in order.into_iter().filter(|kind| kind.of(due).is_some_and(|due| due <= now)) {
            let left = free.saturating_sub(u32::try_from(work.len()).unwrap_or(u32::MAX));
            let left = if let Kind::Messages = kind { left.min(room) } else { left };
            if left == 0 {
                continue;
            }
            match self.claim_of(kind, left).await {
                Ok(claimed) => work.extend(claimed),
                // What was claimed before it is leased and is to be done.
                Err(error) if work.is_empty() => return Err(error),
                Err(error) => tracing::warn!("the store gives no more work: {error}"),
            }
        }
        Ok(work)
    }

    /// Each kind in a transaction of its own: a use case locks messages and dialogues in its own order.
    async fn claim_of(&self, kind: Kind, limit: u32) -> Result<Vec<Work>, StoreError> {
        let now = self.now();
        let mut tx = self.begin().await?;
        let work = match kind {
            Kind::Redraws => {
                let redraws = tx.claim_redraws(now, now + REDRAW_LEASE, limit).await?;
                redraws.into_iter().map(|redraw| Work::Redraw(Box::new(self.chat.redraws().claimed(redraw)))).collect()
            }
            Kind::Answers | Kind::Messages => {
                let last = if let Kind::Answers = kind { Lane::Tap } else { Lane::Bulk };
                let messages = tx.claim_up_to(last, now, now + MESSAGE_LEASE, limit).await?;
                messages.into_iter().map(Work::Message).collect()
            }
            Kind::Digests => tx.claim_digest(now, now + FOLLOWING_LEASE).await?.into_iter().map(Work::Digest).collect(),
            Kind::Topics => tx.claim_topic(now, now + FOLLOWING_LEASE).await?.into_iter().map(Work::Topic).collect(),
            Kind::Files => tx.claim_file_job(now, now + FILE_LEASE).await?.into_iter().map(Work::File).collect(),
        };
        tx.commit().await?;
        Ok(work)
    }

    pub(super) fn room(&self) -> Room {
        self.limits().room(self.now())
    }

    pub(super) fn ask(&self, chat: ChatId, lane: Lane) -> Permit {
        let now = self.now();
        match self.chat.store().standing().counts(now) {
            true => self.limits().ask(chat, lane, now),
            false => Permit::NotBefore(now + UNCOUNTED),
        }
    }

    /// Takes room for an edit that is left undone where there is none.
    pub(super) fn has_room_for_edit(&self, chat: ChatId) -> bool {
        let now = self.now();
        self.chat.store().standing().counts(now) && self.limits().take(chat, Lane::Tap, now).is_ok()
    }

    /// Telegram said 429: the chat rests until the instant that this gives.
    pub(super) fn hold(&self, chat: ChatId, wait: Duration) -> DateTime<Utc> {
        tracing::warn!("Telegram asks to wait {wait:?} with chat {chat}");
        let wait = TimeDelta::from_std(wait).unwrap_or(TimeDelta::hours(1)).min(TimeDelta::hours(1));
        let (now, until) = (self.now(), self.now() + wait);
        self.limits().hold(chat, until, now);
        until
    }

    /// Whether what was leased may still be sent to a chat: whoever was frozen past the lease must not do what somebody else does by
    /// now, and whoever was frozen for so long that others write there must not write beside them.
    pub(super) fn may_still_send(&self, chat: ChatId, leased_until: DateTime<Utc>) -> bool {
        let now = self.now();
        now < leased_until && self.chat.store().standing().may_write_to(chat, now)
    }

    /// What the limits hold back, at this moment and at each change.
    pub(super) fn holds(&self) -> watch::Receiver<Holds> {
        self.limits().holds()
    }

    pub(super) fn report(&self) -> Report {
        let (limits, now) = (self.limits(), self.now());
        let groups = serde_json::to_string(&limits.sent_to_groups(now)).unwrap_or_else(|_| "{}".to_owned());
        Report { resting: limits.resting(now), groups }
    }

    pub(super) fn heed(&self, news: &News) {
        let (mut limits, now) = (self.limits(), self.now());
        limits.divide(news.standing.replicas);
        if news.place == Place::New && news.standing.replicas > 1 {
            limits.join(now);
        }
        limits.let_rest(&news.resting, now);
        if let Some((groups, end)) = &news.succession {
            // Another release may tell it otherwise: then nothing is known of what was sent.
            let (sends, end) =
                serde_json::from_str(groups).map_or((GroupSends::new(), End::Died), |sends| (sends, *end));
            limits.succeed(&sends, end, now);
        }
    }

    /// A person who cannot be reached is known as such; a group is not a person.
    pub(super) async fn note_unreachable(
        &self,
        tx: &mut Tx,
        chat: ChatId,
        error: &CallError,
    ) -> Result<(), StoreError> {
        if chat.0 > 0 {
            tx.set_reachability(PersonId(chat.0), reachability(error), self.now()).await?;
        }
        Ok(())
    }

    /// Telegram says with each message how its group is to be entered by then, so the first one that strangers could read is
    /// the last one. To be called first in a transaction, as updates do: each may wait for the other's rows.
    pub(super) async fn note_openness(
        &self,
        tx: &mut Tx,
        chat: ChatId,
        openness: Option<SeenOpenness>,
    ) -> Result<(), DeliveryError> {
        match openness {
            Some(seen) => Ok(self.chat.openness_seen(tx, chat, seen).await?),
            None => Ok(()),
        }
    }

    /// Until when no topic is made, after the group did not let the bot make one.
    pub(super) fn no_topics_until(&self) -> MutexGuard<'_, Option<DateTime<Utc>>> {
        self.no_topics_until.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn limits(&self) -> MutexGuard<'_, Limits> {
        // A poisoned lock still holds sound limits: nothing in them panics between two changes that belong together.
        self.limits.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a refusal says of a person.
pub(super) fn reachability(error: &CallError) -> Reachability {
    match error {
        CallError::Deactivated(_) => Reachability::Deactivated,
        _ => Reachability::Blocked,
    }
}
