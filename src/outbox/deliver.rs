//! Delivering a message of the outbox.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::worker::Worker;
use super::{Delivered, DeliveryError};
use crate::backoff::Backoff;
use crate::chat::Dispatch;
use crate::chat::answer::{Answer, Outgoing, ReportNotification};
use crate::chat::view::{Attachment, OutgoingMessage};
use crate::domain::{ChatId, MessageId, Stored};
use crate::store::{Attempt, MessageKind, NewOutboxMessage, OutboxMessage, Parked, StoreError, Wait};
use crate::telegram::limits::Permit;
use crate::telegram::{CallError, Revoked};

/// Nobody waits for a message at this second; an outage of Telegram may last.
const PAUSES: Backoff = Backoff::new(Duration::from_secs(1), Duration::from_secs(300));

/// After so many tries a message that cannot be worded, or a report that cannot be sent, is given up.
const TRIES: i64 = 6;

impl Worker {
    pub(super) async fn deliver(&self, message: OutboxMessage) -> Result<Delivered, DeliveryError> {
        if let Permit::NotBefore(until) = self.ask(message.chat) {
            return self.defer_message(&message, until, Attempt::NotMade).await;
        }
        if self.chat.is_open_to_all(message.chat).await? {
            let reason = "anybody could read along".to_owned();
            return self.delivery_failed(&message, CallError::Blocked(reason)).await;
        }
        let body = match Outgoing::read(&message.body) {
            Ok(body) => body,
            Err(error) => return self.message_failed(&message, &format!("its body cannot be read: {error}")).await,
        };
        if let Outgoing::Chat(Answer::Report(asked)) = &body
            && message.attempts > TRIES
        {
            return self.report_failure(&message, asked, "it cannot be made or sent in time").await;
        }
        let dispatch = match self.chat.render(message.chat, &body, message.sending).await {
            Ok(Some(dispatch)) => dispatch,
            Ok(None) => return self.message_failed(&message, "what it tells of does not exist").await,
            // It would keep back all that the chat is to be told after it.
            Err(error) if !error.is_transient() && message.attempts >= TRIES => {
                if let Outgoing::Chat(Answer::Report(asked)) = &body {
                    return self.report_failure(&message, asked, &error.to_string()).await;
                }
                return self.message_failed(&message, &error.to_string()).await;
            }
            Err(error) => {
                tracing::warn!("a message waits for chat {}: {error}", message.chat);
                return self.defer_message(&message, self.later(&message), Attempt::Failed).await;
            }
        };
        let (dispatch, further) = match dispatch {
            Dispatch::SendFirst(outgoing, further) => (Dispatch::Send(outgoing), further),
            dispatch => (dispatch, Vec::new()),
        };
        match (self.run(message.chat, dispatch).await, &body) {
            (Ok(sent), _) => self.delivered(&message, sent, body.kind(), &further).await,
            (Err(CallError::Rejected(error)), Outgoing::Chat(Answer::Report(asked))) => {
                self.report_failure(&message, asked, &error).await
            }
            (Err(error), _) => self.delivery_failed(&message, error).await,
        }
    }

    /// Records what a message became, and what is to be told after it.
    async fn delivered(
        &self,
        message: &OutboxMessage,
        sent: MessageId,
        kind: MessageKind,
        further: &[Answer],
    ) -> Result<Delivered, DeliveryError> {
        let mut tx = self.begin().await?;
        tx.message_sent(message.id, sent, kind, self.now()).await?;
        // A chat that takes one takes those that were laid aside; a group gets its rights back without an update.
        tx.requeue_messages(message.chat, self.now()).await?;
        for answer in further {
            let next = NewOutboxMessage {
                chat: message.chat,
                order: message.order,
                body: answer.encode().map_err(StoreError::from)?,
            };
            tx.post(&next, self.now()).await?;
        }
        if message.wait == Wait::Parked {
            self.chat.delivery_changed(&mut tx, message.order).await?;
        }
        tx.commit().await?;
        tracing::debug!("a message reached chat {} as message {sent}", message.chat);
        Ok(Delivered::Delivered)
    }

    /// Gives a file up that an admin asked for, and tells them so.
    async fn report_failure(
        &self,
        message: &OutboxMessage,
        asked: &ReportNotification,
        reason: &str,
    ) -> Result<Delivered, DeliveryError> {
        tracing::error!("a file for chat {} is given up: {reason}", message.chat);
        let dispatch = match self.chat.render_failure(message.chat, asked).await {
            Ok(Some(dispatch)) => dispatch,
            Ok(None) => return self.message_failed(message, reason).await,
            Err(error) => {
                tracing::warn!("a message waits for chat {}: {error}", message.chat);
                return self.defer_message(message, self.later(message), Attempt::Failed).await;
            }
        };
        match self.run(message.chat, dispatch).await {
            Ok(sent) => self.delivered(message, sent, MessageKind::Notification, &[]).await,
            Err(error) => self.delivery_failed(message, error).await,
        }
    }

    async fn run(&self, chat: ChatId, dispatch: Dispatch) -> Result<MessageId, CallError> {
        match dispatch {
            Dispatch::Send(outgoing) | Dispatch::SendFirst(outgoing, _) => {
                match self.client.send_letter(chat, &outgoing).await {
                    // A file that Telegram does not know any more, or that a group does not take, must not keep back what the
                    // message says.
                    Err(CallError::Rejected(error) | CallError::Blocked(error))
                        if matches!(outgoing.enclosed, Some(Attachment::Kept { .. })) =>
                    {
                        tracing::error!("a message to chat {chat} goes without its file: {error}");
                        self.client.send_letter(chat, &OutgoingMessage { enclosed: None, ..outgoing }).await
                    }
                    sent => sent,
                }
            }
            Dispatch::Edit(sent, screen) => match self.client.edit_screen(chat, sent, &screen).await {
                Ok(()) | Err(CallError::NotModified) => Ok(sent),
                Err(CallError::MessageGone(_)) => self.client.send_letter(chat, &OutgoingMessage::plain(screen)).await,
                Err(error) => Err(error),
            },
        }
    }

    async fn delivery_failed(&self, message: &OutboxMessage, error: CallError) -> Result<Delivered, DeliveryError> {
        let chat = message.chat;
        match error {
            CallError::Unauthorized => Err(Revoked.into()),
            CallError::Flood(wait) => {
                let until = self.hold(chat, wait);
                self.defer_message(message, until, Attempt::NotMade).await
            }
            CallError::Moved(to) => {
                let now = self.now();
                let mut tx = self.begin().await?;
                tx.chat_moved(chat, to, now).await?;
                tx.defer_message(message.id, now, Attempt::NotMade).await?;
                tx.commit().await?;
                Ok(Delivered::Deferred(now))
            }
            CallError::Blocked(_) | CallError::Deactivated(_) => {
                let mut tx = self.begin().await?;
                if tx.park_message(message, self.now()).await? == Parked::Back {
                    tracing::info!("chat {chat} is back, its message is tried again: {error}");
                    let now = self.now();
                    tx.defer_message(message.id, now, Attempt::Failed).await?;
                    tx.commit().await?;
                    return Ok(Delivered::Deferred(now));
                }
                tracing::error!("chat {chat} cannot be reached, its messages wait: {error}");
                self.note_unreachable(&mut tx, chat, &error).await?;
                self.chat.delivery_changed(&mut tx, message.order.filter(|_| chat.0 > 0)).await?;
                tx.commit().await?;
                Ok(Delivered::GivenUp)
            }
            CallError::Rejected(_) | CallError::MessageGone(_) | CallError::NotModified => {
                self.message_failed(message, &error.to_string()).await
            }
            CallError::NotSent(_) | CallError::Conflict(_) => {
                tracing::warn!("a message waits for chat {chat}: {error}");
                self.defer_message(message, self.later(message), Attempt::Failed).await
            }
            CallError::Ambiguous(_) => {
                tracing::warn!("a message to chat {chat} may or may not have arrived: {error}");
                self.defer_message(message, self.later(message), Attempt::Ambiguous).await
            }
        }
    }

    async fn defer_message(
        &self,
        message: &OutboxMessage,
        until: DateTime<Utc>,
        attempt: Attempt,
    ) -> Result<Delivered, DeliveryError> {
        let mut tx = self.begin().await?;
        tx.defer_message(message.id, until, attempt).await?;
        tx.commit().await?;
        Ok(Delivered::Deferred(until))
    }

    async fn message_failed(&self, message: &OutboxMessage, error: &str) -> Result<Delivered, DeliveryError> {
        tracing::error!("a message to chat {} is given up: {error}", message.chat);
        let mut tx = self.begin().await?;
        tx.message_failed(message.id, error, self.now()).await?;
        self.chat.delivery_changed(&mut tx, message.order.filter(|_| message.chat.0 > 0)).await?;
        tx.commit().await?;
        Ok(Delivered::GivenUp)
    }

    fn later(&self, message: &OutboxMessage) -> DateTime<Utc> {
        self.now() + TimeDelta::from_std(PAUSES.after(message.attempts)).unwrap_or_default()
    }
}
