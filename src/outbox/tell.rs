//! Delivering a notice of the outbox.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::worker::Worker;
use super::{Delivered, DeliveryError};
use crate::backoff::Backoff;
use crate::chat::answer::{Answer, Outgoing, ReportNotification};
use crate::chat::desk::letters::Dispatch;
use crate::chat::view::{Attachment, OutgoingMessage};
use crate::domain::{ChatId, MessageId};
use crate::store::{Attempt, NewOutboxMessage, OutboxMessage, Parked, Wait};
use crate::telegram::limits::Permit;
use crate::telegram::{CallError, Revoked};

/// Nobody waits for a notice at this second; an outage of Telegram may last.
const PAUSES: Backoff = Backoff::new(Duration::from_secs(1), Duration::from_secs(300));

/// After so many tries a notice that cannot be worded, or a report that cannot be sent, is given up.
const TRIES: i64 = 6;

impl Worker {
    pub(super) async fn tell(&self, notice: OutboxMessage) -> Result<Delivered, DeliveryError> {
        if let Permit::NotBefore(until) = self.ask(notice.chat) {
            return self.defer_message(&notice, until, Attempt::NotMade).await;
        }
        let fact = match Outgoing::read(&notice.fact) {
            Ok(fact) => fact,
            Err(error) => return self.message_failed(&notice, &format!("the fact cannot be read: {error}")).await,
        };
        if let Outgoing::Chat(Answer::Desk(asked)) = &fact
            && notice.attempts > TRIES
        {
            return self.report_failure(&notice, asked, "it cannot be made or sent in time").await;
        }
        let errand = match self.desk.render(notice.chat, &fact, notice.sending).await {
            Ok(Some(errand)) => errand,
            Ok(None) => return self.message_failed(&notice, "what it tells of does not exist").await,
            // It would keep back all that the chat is to be told after it.
            Err(error) if !error.is_transient() && notice.attempts >= TRIES => {
                if let Outgoing::Chat(Answer::Desk(asked)) = &fact {
                    return self.report_failure(&notice, asked, &error.to_string()).await;
                }
                return self.message_failed(&notice, &error.to_string()).await;
            }
            Err(error) => {
                tracing::warn!("a notice waits for chat {}: {error}", notice.chat);
                return self.defer_message(&notice, self.later(&notice), Attempt::Failed).await;
            }
        };
        let (errand, further) = match errand {
            Dispatch::SendFirst(letter, further) => (Dispatch::Send(letter), further),
            errand => (errand, Vec::new()),
        };
        match (self.run(notice.chat, errand).await, &fact) {
            (Ok(message), _) => self.told(&notice, message, &further).await,
            (Err(CallError::Rejected(error)), Outgoing::Chat(Answer::Desk(asked))) => {
                self.report_failure(&notice, asked, &error).await
            }
            (Err(error), _) => self.telling_failed(&notice, error).await,
        }
    }

    /// Records the message that a notice became, and what is to be told after it.
    async fn told(
        &self,
        notice: &OutboxMessage,
        message: MessageId,
        further: &[Answer],
    ) -> Result<Delivered, DeliveryError> {
        let mut tx = self.begin().await?;
        tx.message_sent(notice.id, message, self.now()).await?;
        // A chat that takes one takes those that were laid aside; a group gets its rights back without an update.
        tx.requeue_messages(notice.chat, self.now()).await?;
        for fact in further {
            let next = NewOutboxMessage { chat: notice.chat, order: notice.order, fact: fact.store() };
            tx.post(&next, self.now()).await?;
        }
        if notice.wait == Wait::Parked {
            self.desk.delivery_changed(&mut tx, notice.order).await?;
        }
        tx.commit().await?;
        tracing::debug!("a notice reached chat {} as message {message}", notice.chat);
        Ok(Delivered::Delivered)
    }

    /// Gives a file up that an admin asked for, and tells them so.
    async fn report_failure(
        &self,
        notice: &OutboxMessage,
        asked: &ReportNotification,
        reason: &str,
    ) -> Result<Delivered, DeliveryError> {
        tracing::error!("a file for chat {} is given up: {reason}", notice.chat);
        let errand = match self.desk.render_failure(notice.chat, asked).await {
            Ok(Some(errand)) => errand,
            Ok(None) => return self.message_failed(notice, reason).await,
            Err(error) => {
                tracing::warn!("a notice waits for chat {}: {error}", notice.chat);
                return self.defer_message(notice, self.later(notice), Attempt::Failed).await;
            }
        };
        match self.run(notice.chat, errand).await {
            Ok(message) => self.told(notice, message, &[]).await,
            Err(error) => self.telling_failed(notice, error).await,
        }
    }

    async fn run(&self, chat: ChatId, errand: Dispatch) -> Result<MessageId, CallError> {
        match errand {
            Dispatch::Send(letter) | Dispatch::SendFirst(letter, _) => {
                match self.client.send_letter(chat, &letter).await {
                    // A file that Telegram does not know any more, or that a group does not take, must not keep back what the
                    // letter says.
                    Err(CallError::Rejected(error) | CallError::Blocked(error))
                        if matches!(letter.enclosed, Some(Attachment::Kept { .. })) =>
                    {
                        tracing::error!("a letter to chat {chat} goes without its file: {error}");
                        self.client.send_letter(chat, &OutgoingMessage { enclosed: None, ..letter }).await
                    }
                    sent => sent,
                }
            }
            Dispatch::Edit(message, screen) => match self.client.edit_screen(chat, message, &screen).await {
                Ok(()) | Err(CallError::NotModified) => Ok(message),
                Err(CallError::MessageGone(_)) => self.client.send_letter(chat, &OutgoingMessage::plain(screen)).await,
                Err(error) => Err(error),
            },
        }
    }

    async fn telling_failed(&self, notice: &OutboxMessage, error: CallError) -> Result<Delivered, DeliveryError> {
        let chat = notice.chat;
        match error {
            CallError::Unauthorized => Err(Revoked.into()),
            CallError::Flood(wait) => {
                let until = self.hold(chat, wait);
                self.defer_message(notice, until, Attempt::NotMade).await
            }
            CallError::Moved(to) => {
                let now = self.now();
                let mut tx = self.begin().await?;
                tx.chat_moved(chat, to, now).await?;
                tx.defer_message(notice.id, now, Attempt::NotMade).await?;
                tx.commit().await?;
                Ok(Delivered::Deferred(now))
            }
            CallError::Blocked(_) | CallError::Deactivated(_) => {
                let mut tx = self.begin().await?;
                if tx.park_message(notice, self.now()).await? == Parked::Back {
                    tracing::info!("chat {chat} is back, its notice is tried again: {error}");
                    let now = self.now();
                    tx.defer_message(notice.id, now, Attempt::Failed).await?;
                    tx.commit().await?;
                    return Ok(Delivered::Deferred(now));
                }
                tracing::error!("chat {chat} cannot be reached, its notices wait: {error}");
                self.note_unreachable(&mut tx, chat, &error).await?;
                self.desk.delivery_changed(&mut tx, notice.order.filter(|_| chat.0 > 0)).await?;
                tx.commit().await?;
                Ok(Delivered::GivenUp)
            }
            CallError::Rejected(_) | CallError::MessageGone(_) | CallError::NotModified => {
                self.message_failed(notice, &error.to_string()).await
            }
            CallError::NotSent(_) | CallError::Conflict(_) => {
                tracing::warn!("a notice waits for chat {chat}: {error}");
                self.defer_message(notice, self.later(notice), Attempt::Failed).await
            }
            CallError::Ambiguous(_) => {
                tracing::warn!("a notice to chat {chat} may or may not have arrived: {error}");
                self.defer_message(notice, self.later(notice), Attempt::Ambiguous).await
            }
        }
    }

    async fn defer_message(
        &self,
        notice: &OutboxMessage,
        until: DateTime<Utc>,
        attempt: Attempt,
    ) -> Result<Delivered, DeliveryError> {
        let mut tx = self.begin().await?;
        tx.defer_message(notice.id, until, attempt).await?;
        tx.commit().await?;
        Ok(Delivered::Deferred(until))
    }

    async fn message_failed(&self, notice: &OutboxMessage, error: &str) -> Result<Delivered, DeliveryError> {
        tracing::error!("a notice to chat {} is given up: {error}", notice.chat);
        let mut tx = self.begin().await?;
        tx.message_failed(notice.id, error, self.now()).await?;
        self.desk.delivery_changed(&mut tx, notice.order.filter(|_| notice.chat.0 > 0)).await?;
        tx.commit().await?;
        Ok(Delivered::GivenUp)
    }

    fn later(&self, notice: &OutboxMessage) -> DateTime<Utc> {
        self.now() + TimeDelta::from_std(PAUSES.after(notice.attempts)).unwrap_or_default()
    }
}
