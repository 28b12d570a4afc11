//! Alerts that are told together, and what becomes of their orders.

use super::following::FOLLOWS_AFTER;
use super::work::{Delivered, DeliveryError};
use super::worker::Worker;
use crate::chat::answer::Outgoing;
use crate::chat::view::OutgoingMessage;
use crate::domain::{Lane, MessageId, Notification, OrderNumber};
use crate::store::{Attempt, Follower, OutboxMessage, OutboxMessageId, StaleDigest, Tx, Wait};
use crate::telegram::CallError;
use crate::telegram::limits::Permit;
use crate::telegram::outgoing::Posted;

impl Worker {
    /// Tells this alert together with those that wait behind it; `None` while they are few, or when Telegram does not take
    /// them together.
    pub(super) async fn deliver_together(
        &self,
        message: &OutboxMessage,
        body: &Outgoing,
    ) -> Result<Option<Delivered>, DeliveryError> {
        if !matches!(body, Outgoing::Shop(Notification::OrderPlaced(_))) || message.lane != Lane::Notice {
            return Ok(None);
        }
        let Some(digest) = self.chat.digest_of_waiting(message).await? else { return Ok(None) };
        if !self.may_still_send(message.chat, message.leased_until) {
            return self.defer_message(message, self.now(), Attempt::NotMade).await.map(Some);
        }
        let together = OutgoingMessage::plain(digest.screen).in_topic(self.chat.shared_topic());
        match self.client.send_message(message.chat, &together).await {
            Ok(sent) => self.told_together(message, sent, &digest.told).await.map(Some),
            Err(error @ (CallError::Rejected(_) | CallError::Unexplained(_))) => {
                tracing::error!("{} alerts are not taken together: {error}", digest.told.len());
                Ok(None)
            }
            Err(error) => self.delivery_failed(message, body, error).await.map(Some),
        }
    }

    async fn told_together(
        &self,
        message: &OutboxMessage,
        Posted { message: sent, openness }: Posted,
        told: &[(OutboxMessageId, OrderNumber)],
    ) -> Result<Delivered, DeliveryError> {
        let mut tx = self.begin().await?;
        self.note_openness(&mut tx, message.chat, openness).await?;
        tx.digest_sent(message.chat, sent, told, self.now()).await?;
        if message.wait == Wait::Parked {
            tx.requeue_messages(message.chat, self.now()).await?;
        }
        tx.commit().await?;
        tracing::debug!("{} alerts reached chat {} as message {sent}", told.len(), message.chat);
        Ok(Delivered::Delivered)
    }

    /// Records that a digest shows what a message would tell, as soon as it follows.
    pub(super) async fn covered(&self, message: &OutboxMessage, digest: MessageId) -> Result<Delivered, DeliveryError> {
        let mut tx = self.begin().await?;
        tx.told_by(message.id, digest, self.now()).await?;
        self.digest_follows(&mut tx, message).await?;
        tx.commit().await?;
        Ok(Delivered::Delivered)
    }

    /// Has the digest that names a message's order follow, if there is one.
    pub(super) async fn digest_follows(&self, tx: &mut Tx, message: &OutboxMessage) -> Result<(), DeliveryError> {
        let Some(order) = message.order else { return Ok(()) };
        if let Some(digest) = tx.digest_of(order, message.chat).await? {
            let now = self.now();
            tx.refresh_digest(message.chat, digest, now, now + FOLLOWS_AFTER).await?;
        }
        Ok(())
    }

    /// Makes a digest show its orders as they stand.
    pub(super) async fn refresh_digest(&self, digest: StaleDigest) -> Result<Delivered, DeliveryError> {
        let StaleDigest { chat, message, .. } = digest;
        if let Permit::NotBefore(until) = self.ask(chat, Lane::Bulk) {
            return self.put_off(&digest, until, 0).await;
        }
        let screen = if self.chat.is_open_to_all(chat).await? { None } else { self.chat.digest(chat, message).await? };
        let Some(screen) = screen else { return self.up_to_date(&digest).await };
        if !self.may_still_send(chat, digest.leased_until()) {
            return self.put_off(&digest, self.now(), 0).await;
        }
        match self.client.edit_screen(chat, message, &screen).await {
            Ok(Posted { openness, .. }) => {
                let mut tx = self.begin().await?;
                self.note_openness(&mut tx, chat, openness).await?;
                tx.up_to_date(&digest).await?;
                tx.commit().await?;
                Ok(Delivered::Delivered)
            }
            Err(CallError::Moved(to)) => {
                let mut tx = self.begin().await?;
                tx.chat_moved(chat, to, self.now()).await?;
                tx.forget_digest(chat, message).await?;
                tx.commit().await?;
                Ok(Delivered::GivenUp)
            }
            Err(CallError::MessageGone(_)) => {
                let mut tx = self.begin().await?;
                tx.forget_digest(chat, message).await?;
                tx.commit().await?;
                Ok(Delivered::GivenUp)
            }
            Err(error) => self.edit_failed(&digest, (chat, &format!("a digest in chat {chat}")), error).await,
        }
    }
}
