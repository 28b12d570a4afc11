//! Delivering a notice of the outbox.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::worker::Worker;
use super::{Delivered, DeliveryError};
use crate::backoff::Backoff;
use crate::desk::fact::{DeskFact, Fact};
use crate::desk::letters::Errand;
use crate::domain::{ChatId, MessageId};
use crate::store::{Attempt, LaidAside, NewNotice, Notice, Wait};
use crate::telegram::limits::Permit;
use crate::telegram::{CallError, Revoked};
use crate::view::{Enclosure, Letter};

/// Nobody waits for a notice at this second; an outage of Telegram may last.
const PAUSES: Backoff = Backoff::new(Duration::from_secs(1), Duration::from_secs(300));

/// After so many tries a notice that cannot be worded, or a report that cannot be sent, is given up.
const TRIES: i64 = 6;

impl Worker {
    pub(super) async fn tell(&self, notice: Notice) -> Result<Delivered, DeliveryError> {
        if let Permit::NotBefore(until) = self.ask(notice.chat) {
            return self.defer_notice(&notice, until, Attempt::NotMade).await;
        }
        let fact = match Fact::read(&notice.fact) {
            Ok(fact) => fact,
            Err(error) => return self.notice_failed(&notice, &format!("the fact cannot be read: {error}")).await,
        };
        if let Fact::Desk(asked) = &fact
            && notice.attempts > TRIES
        {
            return self.apologise(&notice, asked, "it cannot be made or sent in time").await;
        }
        let errand = match self.desk.word(notice.chat, &fact, notice.sending).await {
            Ok(Some(errand)) => errand,
            Ok(None) => return self.notice_failed(&notice, "what it tells of does not exist").await,
            // It would keep back all that the chat is to be told after it.
            Err(error) if !error.is_transient() && notice.attempts >= TRIES => {
                if let Fact::Desk(asked) = &fact {
                    return self.apologise(&notice, asked, &error.to_string()).await;
                }
                return self.notice_failed(&notice, &error.to_string()).await;
            }
            Err(error) => {
                tracing::warn!(chat = notice.chat.0, "a notice waits for chat {}: {error}", notice.chat);
                return self.defer_notice(&notice, self.later(&notice), Attempt::Failed).await;
            }
        };
        let (errand, further) = match errand {
            Errand::SendFirst(letter, further) => (Errand::Send(letter), further),
            errand => (errand, Vec::new()),
        };
        match (self.run(notice.chat, errand).await, &fact) {
            (Ok(message), _) => self.told(&notice, message, &further).await,
            (Err(CallError::Rejected(error)), Fact::Desk(asked)) => self.apologise(&notice, asked, &error).await,
            (Err(error), _) => self.telling_failed(&notice, error).await,
        }
    }

    /// Records the message that a notice became, and what is to be told after it.
    async fn told(&self, notice: &Notice, message: MessageId, further: &[Fact]) -> Result<Delivered, DeliveryError> {
        let mut tx = self.begin().await?;
        tx.notice_sent(notice.id, message, self.now()).await?;
        // A chat that takes one takes those that were laid aside; a group gets its rights back without an update.
        tx.rearm_notices(notice.chat, self.now()).await?;
        for fact in further {
            let next = NewNotice { chat: notice.chat, order: notice.order, fact: fact.store() };
            tx.post(&next, self.now()).await?;
        }
        if notice.wait == Wait::LaidAside {
            self.desk.delivery_changed(&mut tx, notice.order).await?;
        }
        tx.commit().await?;
        Ok(Delivered::Delivered)
    }

    /// Gives a file up that an admin asked for, and tells them so.
    async fn apologise(&self, notice: &Notice, asked: &DeskFact, reason: &str) -> Result<Delivered, DeliveryError> {
        tracing::error!(chat = notice.chat.0, "a file for chat {} is given up: {reason}", notice.chat);
        let errand = match self.desk.word_failure(notice.chat, asked).await {
            Ok(Some(errand)) => errand,
            Ok(None) => return self.notice_failed(notice, reason).await,
            Err(error) => {
                tracing::warn!(chat = notice.chat.0, "a notice waits for chat {}: {error}", notice.chat);
                return self.defer_notice(notice, self.later(notice), Attempt::Failed).await;
            }
        };
        match self.run(notice.chat, errand).await {
            Ok(message) => self.told(notice, message, &[]).await,
            Err(error) => self.telling_failed(notice, error).await,
        }
    }

    async fn run(&self, chat: ChatId, errand: Errand) -> Result<MessageId, CallError> {
        match errand {
            Errand::Send(letter) | Errand::SendFirst(letter, _) => match self.client.send_letter(chat, &letter).await {
                // A file that Telegram does not know any more, or that a group does not take, must not keep back what the
                // letter says.
                Err(CallError::Rejected(error) | CallError::Blocked(error))
                    if matches!(letter.enclosed, Some(Enclosure::Kept { .. })) =>
                {
                    tracing::error!(chat = chat.0, "a letter to chat {chat} goes without its file: {error}");
                    self.client.send_letter(chat, &Letter { enclosed: None, ..letter }).await
                }
                sent => sent,
            },
            Errand::Edit(message, screen) => match self.client.edit_screen(chat, message, &screen).await {
                Ok(()) | Err(CallError::NotModified) => Ok(message),
                Err(CallError::MessageGone(_)) => self.client.send_letter(chat, &Letter::plain(screen)).await,
                Err(error) => Err(error),
            },
        }
    }

    async fn telling_failed(&self, notice: &Notice, error: CallError) -> Result<Delivered, DeliveryError> {
        let chat = notice.chat;
        match error {
            CallError::Unauthorized => Err(Revoked.into()),
            CallError::Flood(wait) => {
                let until = self.hold(chat, wait);
                self.defer_notice(notice, until, Attempt::NotMade).await
            }
            CallError::Moved(to) => {
                let now = self.now();
                let mut tx = self.begin().await?;
                tx.chat_moved(chat, to, now).await?;
                tx.defer_notice(notice.id, now, Attempt::NotMade).await?;
                tx.commit().await?;
                Ok(Delivered::Deferred(now))
            }
            CallError::Blocked(_) | CallError::Deactivated(_) => {
                let mut tx = self.begin().await?;
                if tx.notice_unreachable(notice, self.now()).await? == LaidAside::Back {
                    tracing::info!(chat = chat.0, "chat {chat} is back, its notice is tried again: {error}");
                    let now = self.now();
                    tx.defer_notice(notice.id, now, Attempt::Failed).await?;
                    tx.commit().await?;
                    return Ok(Delivered::Deferred(now));
                }
                tracing::error!(chat = chat.0, "chat {chat} cannot be reached, its notices wait: {error}");
                self.note_unreachable(&mut tx, chat, &error).await?;
                self.desk.delivery_changed(&mut tx, notice.order.filter(|_| chat.0 > 0)).await?;
                tx.commit().await?;
                Ok(Delivered::GivenUp)
            }
            CallError::Rejected(_) | CallError::MessageGone(_) | CallError::NotModified => {
                self.notice_failed(notice, &error.to_string()).await
            }
            CallError::NotSent(_) | CallError::Conflict(_) => {
                tracing::warn!(chat = chat.0, "a notice waits for chat {chat}: {error}");
                self.defer_notice(notice, self.later(notice), Attempt::Failed).await
            }
            CallError::Ambiguous(_) => {
                tracing::warn!(chat = chat.0, "a notice to chat {chat} may or may not have arrived: {error}");
                self.defer_notice(notice, self.later(notice), Attempt::Unclear).await
            }
        }
    }

    async fn defer_notice(
        &self,
        notice: &Notice,
        until: DateTime<Utc>,
        attempt: Attempt,
    ) -> Result<Delivered, DeliveryError> {
        let mut tx = self.begin().await?;
        tx.defer_notice(notice.id, until, attempt).await?;
        tx.commit().await?;
        Ok(Delivered::Deferred(until))
    }

    async fn notice_failed(&self, notice: &Notice, error: &str) -> Result<Delivered, DeliveryError> {
        tracing::error!(chat = notice.chat.0, "a notice to chat {} is given up: {error}", notice.chat);
        let mut tx = self.begin().await?;
        tx.notice_failed(notice.id, error, self.now()).await?;
        self.desk.delivery_changed(&mut tx, notice.order.filter(|_| notice.chat.0 > 0)).await?;
        tx.commit().await?;
        Ok(Delivered::GivenUp)
    }

    fn later(&self, notice: &Notice) -> DateTime<Utc> {
        self.now() + TimeDelta::from_std(PAUSES.after(notice.attempts)).unwrap_or_default()
    }
}
