//! Making a dialogue's message show its newest state.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::work::{Delivered, DeliveryError};
use super::worker::Worker;
use crate::backoff::Backoff;
use crate::chat::view::OutgoingMessage;
use crate::domain::{ChatId, MessageId, OrderNumber, SeenOpenness};
use crate::store::{Attempt, DialogueKey, Drawn, Fresh, Lasting, LiveScreen, MessageKind, Redraw};
use crate::telegram::CallError;
use crate::telegram::limits::Permit;
use crate::telegram::outgoing::Posted;

/// Somebody waits at this screen, so it is tried again soon.
const PAUSES: Backoff = Backoff::new(Duration::from_secs(1), Duration::from_secs(10));
/// After so many refusals that nobody can explain, the screen waits for the next press.
const TRIES: i64 = 6;

impl Worker {
    pub(super) async fn redraw(&self, redraw: Redraw) -> Result<Delivered, DeliveryError> {
        let chat = redraw.key.chat;
        if let Permit::NotBefore(until) = self.ask(chat, redraw.lane) {
            return self.defer_redraw(redraw.key, until, Attempt::NotMade).await;
        }
        if self.chat.is_open_to_all(chat).await? {
            return self.give_up_redraw(&redraw).await;
        }
        let Some(drawing) = self.chat.draw(redraw.key, &redraw.state).await? else {
            return self.give_up_redraw(&redraw).await;
        };
        let in_place = redraw.screen.filter(|_| redraw.fresh == Fresh::EditInPlace);
        let shown = match in_place {
            Some(live) => {
                if (live.lasting, drawing.lasting) == (Lasting::Transient, Lasting::Kept) {
                    self.keep(redraw.key, live.message).await?;
                }
                let posted = self.client.edit_screen(chat, live.message, &drawing.screen).await;
                posted.map(|posted| (posted, live.since))
            }
            None => {
                let screen = OutgoingMessage::plain(drawing.screen).in_topic(redraw.topic);
                self.client.send_message(chat, &screen).await.map(|posted| (posted, redraw.version))
            }
        };
        match shown {
            Ok((Posted { message, openness }, since)) => {
                let shown = LiveScreen { message, since, lasting: drawing.lasting };
                self.redrawn(&redraw, shown, (drawing.card, openness)).await
            }
            Err(error) => self.redraw_failed(&redraw, error).await,
        }
    }

    /// Called before the edit: if we crash after it, the next screen must not delete the card together with the form that it
    /// replaced.
    async fn keep(&self, key: DialogueKey, message: MessageId) -> Result<(), DeliveryError> {
        let mut tx = self.begin().await?;
        tx.keep_message(key, message).await?;
        Ok(tx.commit().await?)
    }

    pub(super) async fn redraw_timed_out(&self, key: DialogueKey, attempts: i64) -> Result<Delivered, DeliveryError> {
        tracing::warn!("a screen took too long to show in chat {}", key.chat);
        self.defer_redraw(key, self.after(attempts), Attempt::Ambiguous).await
    }

    async fn redrawn(
        &self,
        redraw: &Redraw,
        shown: LiveScreen,
        (card, openness): (Option<OrderNumber>, Option<SeenOpenness>),
    ) -> Result<Delivered, DeliveryError> {
        let mut tx = self.begin().await?;
        self.note_openness(&mut tx, redraw.key.chat, openness).await?;
        let drawn = tx.drawn(redraw, shown).await?;
        if let (Some(order), Drawn::Recorded) = (card, drawn) {
            tx.record_order_message(redraw.key.chat, shown.message, order, MessageKind::Alert, self.now()).await?;
        }
        tx.commit().await?;
        let former = redraw.screen.filter(|live| live.message != shown.message && live.lasting == Lasting::Transient);
        let gone = match (drawn, redraw.fresh) {
            (Drawn::Recorded, _) => [former.map(|live| live.message), redraw.retiring],
            (Drawn::Superseded, Fresh::SendBelow) => [Some(shown.message), None],
            (Drawn::Superseded, Fresh::EditInPlace) => [None, None],
        };
        for message in gone.into_iter().flatten() {
            self.take_away(redraw.key.chat, message).await;
        }
        Ok(Delivered::Delivered)
    }

    /// A screen that stays although another took its place is no harm: its buttons say that it is outdated.
    async fn take_away(&self, chat: ChatId, message: MessageId) {
        if let Err(error) = self.client.delete(chat, message).await {
            tracing::debug!("an old screen stays in the chat: {error}");
        }
    }

    async fn redraw_failed(&self, redraw: &Redraw, error: CallError) -> Result<Delivered, DeliveryError> {
        let chat = redraw.key.chat;
        match error {
            CallError::Flood(wait) => {
                let until = self.hold(chat, wait);
                self.defer_redraw(redraw.key, until, Attempt::NotMade).await
            }
            CallError::MessageGone(_) if redraw.fresh == Fresh::EditInPlace && chat.0 < 0 => self.let_go(redraw).await,
            CallError::MessageGone(_) if redraw.fresh == Fresh::EditInPlace => self.send_afresh(redraw).await,
            CallError::Blocked(_) | CallError::Deactivated(_) => {
                let mut tx = self.begin().await?;
                self.note_unreachable(&mut tx, chat, &error).await?;
                tx.give_up_redraw(redraw.key, redraw.version).await?;
                tx.commit().await?;
                Ok(Delivered::GivenUp)
            }
            CallError::Unexplained(_) if redraw.attempts < TRIES => {
                tracing::warn!("a screen waits to be shown in chat {chat}: {error}");
                self.defer_redraw(redraw.key, self.after(redraw.attempts + 1), Attempt::Failed).await
            }
            CallError::Rejected(_)
            | CallError::Unexplained(_)
            | CallError::FileForbidden(_)
            | CallError::FileRefused(_)
            | CallError::MessageGone(_)
            | CallError::Moved(_)
            | CallError::NotModified => {
                tracing::error!("a screen cannot be shown in chat {chat}: {error}");
                self.give_up_redraw(redraw).await
            }
            CallError::NotSent(_) | CallError::Ambiguous(_) | CallError::Conflict(_) | CallError::Unauthorized => {
                tracing::warn!("a screen waits to be shown in chat {chat}: {error}");
                self.defer_redraw(redraw.key, self.after(redraw.attempts + 1), Attempt::Failed).await
            }
        }
    }

    /// In a group only a press on the message itself or a change of what it shows leads to an edit. Whoever removed it
    /// from there is not to find it anew at each change of an order.
    async fn let_go(&self, redraw: &Redraw) -> Result<Delivered, DeliveryError> {
        let mut tx = self.begin().await?;
        if let Some(live) = redraw.screen {
            tx.lose_message(redraw.key, live.message).await?;
        }
        tx.give_up_redraw(redraw.key, redraw.version).await?;
        tx.commit().await?;
        Ok(Delivered::GivenUp)
    }

    async fn send_afresh(&self, redraw: &Redraw) -> Result<Delivered, DeliveryError> {
        let mut tx = self.begin().await?;
        if let Some(live) = redraw.screen {
            tx.lose_message(redraw.key, live.message).await?;
        }
        tx.commit().await?;
        Ok(Delivered::Deferred(self.now()))
    }

    async fn defer_redraw(
        &self,
        key: DialogueKey,
        until: DateTime<Utc>,
        attempt: Attempt,
    ) -> Result<Delivered, DeliveryError> {
        let mut tx = self.begin().await?;
        tx.defer_redraw(key, until, attempt).await?;
        tx.commit().await?;
        Ok(Delivered::Deferred(until))
    }

    async fn give_up_redraw(&self, redraw: &Redraw) -> Result<Delivered, DeliveryError> {
        let mut tx = self.begin().await?;
        tx.give_up_redraw(redraw.key, redraw.version).await?;
        tx.commit().await?;
        Ok(Delivered::GivenUp)
    }

    fn after(&self, failures: i64) -> DateTime<Utc> {
        self.now() + TimeDelta::from_std(PAUSES.after(failures)).unwrap_or_default()
    }
}
