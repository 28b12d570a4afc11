//! A message that Telegram refuses: it waits while that may be for now, and is given up when it is for good.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::work::{Delivered, DeliveryError};
use super::worker::Worker;
use crate::backoff::Backoff;
use crate::chat::answer::Outgoing;
use crate::domain::ChatId;
use crate::store::{Attempt, OutboxMessage, Parked, Place, Tx, Wait};
use crate::telegram::CallError;

/// A group opens again without a word, and alerts wait.
const GROUP_PAUSES: Backoff = Backoff::new(Duration::from_secs(30), Duration::from_secs(900));
/// Somebody who comes back says so as a rule; asking in vain costs a call.
const PERSON_PAUSES: Backoff = Backoff::new(Duration::from_secs(300), Duration::from_secs(86_400));
/// After so many refusals that nobody can explain it may be this very message, and those after it pass.
const PATIENCE: i64 = 3;
/// Seconds between the moments at which messages are tried that were set aside. All are due at the same moments, so that
/// the oldest goes first when it was the chat after all.
const ASIDE_SECONDS: i64 = 3_600;
/// After so many refusals, a minute and a half, the admins hear that the staff chat takes nothing.
const CLOSED: i64 = 3;

impl Worker {
    /// Keeps a message that may be taken later.
    pub(super) async fn park(&self, message: &OutboxMessage, error: &CallError) -> Result<Delivered, DeliveryError> {
        let (chat, now, refusals) = (message.chat, self.now(), message.refusals + 1);
        let is_unexplained =
            !matches!(error, CallError::Blocked(_) | CallError::Deactivated(_) | CallError::FileForbidden(_));
        let (place, until) = if is_unexplained && refusals >= PATIENCE {
            (Place::Aside, next_moment(now))
        } else {
            (Place::Head, now + pause(chat, refusals))
        };
        let mut tx = self.begin().await?;
        if tx.park_message(message, place, until, now).await? == Parked::Back {
            tracing::info!("chat {chat} is back, its message is tried again: {error}");
            tx.defer_message(message, now, Attempt::Failed).await?;
            tx.commit().await?;
            return Ok(Delivered::Deferred(now));
        }
        tracing::error!("chat {chat} takes no messages at the moment, refusal {refusals}, again at {until}: {error}");
        if matches!(error, CallError::Blocked(_) | CallError::Deactivated(_)) {
            self.note_unreachable(&mut tx, chat, error).await?;
        }
        if message.wait == Wait::None {
            self.reach_changed(&mut tx, message).await?;
        }
        // What is set aside may be this one message, and those after it pass.
        if refusals == CLOSED && place == Place::Head {
            self.chat.chat_takes_nothing(&mut tx, chat, error.description()).await?;
        }
        tx.commit().await?;
        Ok(Delivered::GivenUp)
    }

    /// Lets staff see of each order whom messages about it reach, those included that wait behind this message.
    pub(super) async fn reach_changed(&self, tx: &mut Tx, message: &OutboxMessage) -> Result<(), DeliveryError> {
        if message.chat.0 < 0 {
            return Ok(());
        }
        let mut orders = tx.orders_waiting_in(message.chat).await?;
        orders.extend(message.order.filter(|order| !orders.contains(order)));
        for order in orders {
            self.chat.delivery_changed(tx, Some(order)).await?;
        }
        Ok(())
    }

    /// Gives a message up for good, and tells staff so.
    pub(super) async fn give_up(
        &self,
        message: &OutboxMessage,
        body: Option<&Outgoing>,
        error: &str,
    ) -> Result<Delivered, DeliveryError> {
        let mut tx = self.begin().await?;
        self.message_failed(&mut tx, message, error).await?;
        self.chat.given_up(&mut tx, message.chat, message.order, body).await?;
        tx.commit().await?;
        Ok(Delivered::GivenUp)
    }

    /// Gives a message up that nobody misses.
    pub(super) async fn drop_message(&self, message: &OutboxMessage, error: &str) -> Result<Delivered, DeliveryError> {
        let mut tx = self.begin().await?;
        self.message_failed(&mut tx, message, error).await?;
        tx.commit().await?;
        Ok(Delivered::GivenUp)
    }

    async fn message_failed(&self, tx: &mut Tx, message: &OutboxMessage, error: &str) -> Result<(), DeliveryError> {
        tracing::error!("a message to chat {} is given up: {error}", message.chat);
        tx.message_failed(message, error, self.now()).await?;
        Ok(self.chat.delivery_changed(tx, message.order.filter(|_| message.chat.0 > 0)).await?)
    }
}

fn pause(chat: ChatId, refusals: i64) -> TimeDelta {
    let pauses = if chat.0 < 0 { GROUP_PAUSES } else { PERSON_PAUSES };
    TimeDelta::from_std(pauses.after(refusals)).unwrap_or_default()
}

fn next_moment(now: DateTime<Utc>) -> DateTime<Utc> {
    let moment = (now.timestamp().div_euclid(ASIDE_SECONDS) + 1) * ASIDE_SECONDS;
    DateTime::from_timestamp(moment, 0).unwrap_or(now + TimeDelta::seconds(ASIDE_SECONDS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_what_was_set_aside_is_due_at_the_same_moment() {
        let [group, person] =
            [-1, 1].map(|chat| [1, 2, 3, 99].map(|refusals| pause(ChatId(chat), refusals).num_seconds()));
        assert_eq!(group, [30, 60, 120, 900]);
        assert_eq!(person, [300, 600, 1_200, 86_400]);
        let at = |time: &str| time.parse::<DateTime<Utc>>().unwrap();
        assert_eq!(next_moment(at("2015-04-01T09:30:00Z")), at("2015-04-01T10:00:00Z"));
        assert_eq!(next_moment(at("2015-04-01T09:59:59.9Z")), at("2015-04-01T10:00:00Z"));
        assert_eq!(next_moment(at("2015-04-01T10:00:00Z")), at("2015-04-01T11:00:00Z"));
    }
}
