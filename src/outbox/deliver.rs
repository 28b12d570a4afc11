//! Delivering a message of the outbox.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::topics::Settled;
use super::worker::Worker;
use super::{Delivered, DeliveryError};
use crate::backoff::Backoff;
use crate::chat::answer::{Answer, Outgoing, ReportNotification};
use crate::chat::view::{Attachment, OutgoingMessage};
use crate::chat::{Dispatch, FileTrouble, Wording};
use crate::domain::{ChatId, MessageId, Notification};
use crate::store::{Attempt, MessageKind, OutboxMessage, StoreError, Wait};
use crate::telegram::CallError;
use crate::telegram::limits::Permit;
use crate::telegram::outgoing::Posted;

/// Nobody waits for a message at this second; an outage of Telegram may last.
const PAUSES: Backoff = Backoff::new(Duration::from_secs(1), Duration::from_secs(300));

/// After so many tries a message that cannot be worded, or a report that cannot be sent, is given up.
const TRIES: i64 = 6;

/// What a message became.
struct Sent {
    posted: Posted,
    /// The file that should have gone with it, and that Telegram does not give out any more.
    lost: Option<String>,
}

impl Worker {
    pub(super) async fn deliver(&self, message: OutboxMessage) -> Result<Delivered, DeliveryError> {
        let body = match Outgoing::read(&message.body) {
            Ok(body) => body,
            Err(error) => return self.give_up(&message, None, &format!("its body cannot be read: {error}")).await,
        };
        if let Some(digest) = self.chat.covering_digest(message.chat, &body).await? {
            return self.covered(&message, digest).await;
        }
        if let Permit::NotBefore(until) = self.ask(message.chat, message.lane) {
            return self.defer_message(&message, until, Attempt::NotMade).await;
        }
        if self.chat.is_open_to_all(message.chat).await? {
            let reason = "anyone can read it".to_owned();
            return self.delivery_failed(&message, &body, CallError::Blocked(reason)).await;
        }
        if let Some(delivered) = self.deliver_together(&message, &body).await? {
            return Ok(delivered);
        }
        if let Outgoing::Chat(Answer::Report(asked)) = &body
            && message.attempts > TRIES
        {
            return self.report_failure(&message, asked, "it cannot be made or sent in time").await;
        }
        let rendered = match &body {
            Outgoing::Chat(Answer::LookUpFile(file)) => match self.fetched_for(&message, file).await {
                Some(fetched) => self.chat.render_look_up(message.chat, &fetched).await,
                None => return self.defer_message(&message, self.later(&message), Attempt::Failed).await,
            },
            body => self.chat.render(message.chat, body, message.sending).await,
        };
        let dispatch = match rendered {
            Ok(Some(dispatch)) => dispatch,
            Ok(None) => return self.drop_message(&message, "what it tells of does not exist").await,
            // It would keep back all that the chat is to be told after it.
            Err(error) if !error.is_transient() && message.attempts >= TRIES => {
                if let Outgoing::Chat(Answer::Report(asked)) = &body {
                    return self.report_failure(&message, asked, &error.to_string()).await;
                }
                return self.give_up(&message, Some(&body), &error.to_string()).await;
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
        let (dispatch, own_topic) = match dispatch {
            Dispatch::Send(outgoing) => match self.settle_place(&message, &body).await? {
                Settled::At(topic) => (Dispatch::Send(outgoing.in_topic(topic)), None),
                Settled::WithOrder(order, topic) => (Dispatch::Send(outgoing.in_topic(Some(topic))), Some(order)),
                Settled::Instead(delivered) => return Ok(delivered),
            },
            dispatch => (dispatch, None),
        };
        if !self.may_still_send(message.chat, message.leased_until) {
            return self.defer_message(&message, self.now(), Attempt::NotMade).await;
        }
        let edited = if let Dispatch::Edit(edited, _) = &dispatch { Some(*edited) } else { None };
        match (self.run(&message, dispatch).await?, &body) {
            (Ok(sent), _) if !body.is_kept() => self.marked(&message, &sent).await,
            (Ok(sent), _) => self.delivered(&message, &sent, Some(&body), &further).await,
            (
                Err(CallError::Rejected(error) | CallError::FileRefused(error) | CallError::FileForbidden(error)),
                Outgoing::Chat(Answer::Report(asked)),
            ) => self.report_failure(&message, asked, &error).await,
            (Err(error), _) => match (own_topic, edited) {
                (Some(order), _) if error.is_topic_gone() => self.topic_gone(&message, order, &error).await,
                // It is sent anew, wherever it belongs by now.
                (_, Some(edited)) if matches!(error, CallError::MessageGone(_)) => {
                    self.alert_gone(&message, edited).await
                }
                _ => self.delivery_failed(&message, &body, error).await,
            },
        }
    }

    /// Records what a message became, and what is to be told after it.
    async fn delivered(
        &self,
        message: &OutboxMessage,
        sent: &Sent,
        body: Option<&Outgoing>,
        further: &[Answer],
    ) -> Result<Delivered, DeliveryError> {
        let Posted { message: became, openness } = sent.posted;
        let mut tx = self.begin().await?;
        self.note_openness(&mut tx, message.chat, openness).await?;
        let kind = body.map_or(MessageKind::Notification, Outgoing::kind);
        tx.message_sent(message.id, became, kind, self.now()).await?;
        if let Some(source) = body.and_then(Outgoing::source) {
            tx.record_source(message.chat, became, source).await?;
        }
        if let (Some(invoiced), Some(number)) = (body.and_then(Outgoing::invoice), message.order)
            && let Some(order) = tx.order(number).await?
            && let Some(invoice) = invoiced.ordinal(&order)
        {
            tx.record_invoice(message.chat, became, invoice).await?;
        }
        if let Some(Outgoing::Shop(Notification::OrderChanged(_))) = body {
            self.digest_follows(&mut tx, message).await?;
            self.topic_follows(&mut tx, message).await?;
        }
        for answer in further {
            let next = answer.addressed(message.chat, message.order).map_err(StoreError::from)?;
            tx.post(&next, self.now()).await?;
        }
        if message.wait == Wait::Parked {
            // A chat that takes one takes those that were parked after it; a group gets its rights back without an update.
            tx.requeue_messages(message.chat, self.now()).await?;
            self.reach_changed(&mut tx, message).await?;
        }
        if let (Some(file_id), Some(order)) = (&sent.lost, message.order) {
            self.chat.file_lost(&mut tx, order, file_id).await?;
        }
        tx.commit().await?;
        tracing::debug!("a message reached chat {} as message {became}", message.chat);
        Ok(Delivered::Delivered)
    }

    /// Records that a message shows what became of what it told of; what it is stays as it was.
    async fn marked(&self, message: &OutboxMessage, sent: &Sent) -> Result<Delivered, DeliveryError> {
        let Posted { message: marked, openness } = sent.posted;
        let mut tx = self.begin().await?;
        self.note_openness(&mut tx, message.chat, openness).await?;
        tx.told_by(message.id, marked, self.now()).await?;
        tx.commit().await?;
        Ok(Delivered::Delivered)
    }

    /// The message that showed an order is gone: what waits to be shown is sent anew.
    async fn alert_gone(&self, message: &OutboxMessage, gone: MessageId) -> Result<Delivered, DeliveryError> {
        let now = self.now();
        let mut tx = self.begin().await?;
        tx.forget_order_message(message.chat, gone).await?;
        tx.defer_message(message, now, Attempt::NotMade).await?;
        tx.commit().await?;
        Ok(Delivered::Deferred(now))
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
            Ok(None) => return self.drop_message(message, reason).await,
            Err(error) => {
                tracing::warn!("a message waits for chat {}: {error}", message.chat);
                return self.defer_message(message, self.later(message), Attempt::Failed).await;
            }
        };
        let body = Outgoing::Chat(Answer::Report(asked.clone()));
        let dispatch = match (dispatch, self.settle_place(message, &body).await?) {
            (Dispatch::Send(outgoing), Settled::At(topic)) => Dispatch::Send(outgoing.in_topic(topic)),
            (dispatch, _) => dispatch,
        };
        match self.run(message, dispatch).await? {
            Ok(sent) => self.delivered(message, &sent, None, &[]).await,
            Err(error) => self.delivery_failed(message, &body, error).await,
        }
    }

    async fn run(&self, message: &OutboxMessage, dispatch: Dispatch) -> Result<Result<Sent, CallError>, DeliveryError> {
        let chat = message.chat;
        let (edited, screen) = match dispatch {
            Dispatch::Send(outgoing) | Dispatch::SendFirst(outgoing, _) => return self.send(chat, outgoing).await,
            Dispatch::Edit(edited, screen) => (edited, screen),
            Dispatch::Mark(message, screen, wording) => {
                let marked = match wording {
                    Wording::Text => self.client.edit_screen(chat, message, &screen).await,
                    Wording::Caption => self.client.edit_caption(chat, message, &screen).await,
                };
                let as_it_is = Sent { posted: Posted { message, openness: None }, lost: None };
                return Ok(match marked {
                    Err(
                        error @ (CallError::Rejected(_)
                        | CallError::Unexplained(_)
                        | CallError::FileRefused(_)
                        | CallError::FileForbidden(_)),
                    ) => {
                        // Nothing new goes unsaid by that.
                        tracing::warn!("message {message} of chat {chat} stays as it is: {error}");
                        Ok(as_it_is)
                    }
                    Err(CallError::MessageGone(_)) => Ok(as_it_is),
                    Ok(posted) => Ok(Sent { posted, lost: None }),
                    Err(error) => Err(error),
                });
            }
        };
        match self.client.edit_screen(chat, edited, &screen).await {
            Ok(posted) => Ok(Ok(Sent { posted, lost: None })),
            Err(CallError::MessageGone(_)) if message.order.is_none() => {
                self.send(chat, OutgoingMessage::plain(screen).in_topic(self.chat.shared_topic())).await
            }
            Err(error) => Ok(Err(error)),
        }
    }

    /// Sends a message. What it answers, and a file that Telegram keeps, must not hold back what it says.
    async fn send(
        &self,
        chat: ChatId,
        mut outgoing: OutgoingMessage,
    ) -> Result<Result<Sent, CallError>, DeliveryError> {
        let mut lost = None;
        loop {
            let trouble = match self.client.send_message(chat, &outgoing).await {
                Ok(posted) => return Ok(Ok(Sent { posted, lost })),
                // What is quoted may read otherwise by now.
                Err(CallError::MessageGone(_)) if outgoing.quote.take().is_some() => continue,
                Err(CallError::MessageGone(_)) if outgoing.reply_to.take().is_some() => continue,
                Err(CallError::FileRefused(error)) => (FileTrouble::Lost, error),
                Err(CallError::FileForbidden(error)) => (FileTrouble::Forbidden, error),
                Err(error) => return Ok(Err(error)),
            };
            match (&outgoing.attachment, trouble) {
                (Some(Attachment::Kept { file_id, .. }), (trouble, error)) => {
                    tracing::error!("a message to chat {chat} goes without its file: {error}");
                    lost = (trouble == FileTrouble::Lost).then(|| file_id.clone());
                    outgoing = self.chat.without_file(chat, outgoing, trouble).await?;
                }
                (_, (FileTrouble::Lost, error)) => return Ok(Err(CallError::FileRefused(error))),
                (_, (FileTrouble::Forbidden, error)) => return Ok(Err(CallError::FileForbidden(error))),
            }
        }
    }

    pub(super) async fn delivery_failed(
        &self,
        message: &OutboxMessage,
        body: &Outgoing,
        error: CallError,
    ) -> Result<Delivered, DeliveryError> {
        let chat = message.chat;
        match error {
            CallError::Flood(wait) => {
                let until = self.hold(chat, wait);
                self.defer_message(message, until, Attempt::NotMade).await
            }
            CallError::Moved(to) => {
                let now = self.now();
                let mut tx = self.begin().await?;
                tx.chat_moved(chat, to, now).await?;
                tx.defer_message(message, now, Attempt::NotMade).await?;
                tx.commit().await?;
                Ok(Delivered::Deferred(now))
            }
            CallError::Rejected(_) => self.give_up(message, Some(body), &error.to_string()).await,
            CallError::Blocked(_)
            | CallError::Deactivated(_)
            | CallError::FileForbidden(_)
            | CallError::FileRefused(_)
            | CallError::Unexplained(_)
            | CallError::MessageGone(_)
            | CallError::NotModified => self.park(message, &error).await,
            CallError::NotSent(_) | CallError::Conflict(_) | CallError::Unauthorized => {
                tracing::warn!("a message waits for chat {chat}: {error}");
                self.defer_message(message, self.later(message), Attempt::Failed).await
            }
            CallError::Ambiguous(_) => {
                tracing::warn!("a message to chat {chat} may or may not have arrived: {error}");
                self.defer_message(message, self.later(message), Attempt::Ambiguous).await
            }
        }
    }

    pub(super) async fn defer_message(
        &self,
        message: &OutboxMessage,
        until: DateTime<Utc>,
        attempt: Attempt,
    ) -> Result<Delivered, DeliveryError> {
        let mut tx = self.begin().await?;
        tx.defer_message(message, until, attempt).await?;
        tx.commit().await?;
        Ok(Delivered::Deferred(until))
    }

    fn later(&self, message: &OutboxMessage) -> DateTime<Utc> {
        self.now() + TimeDelta::from_std(PAUSES.after(message.attempts)).unwrap_or_default()
    }
}
