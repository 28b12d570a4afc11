//! Messages that Telegram does not take for now: they keep their place at the head of their chat, and are tried again
//! with growing pauses, or at once when the chat shows life.

use chrono::{DateTime, Utc};

use crate::domain::{ChatId, OrderNumber};
use crate::store::db::{Tx, on};
use crate::store::error::StoreError;
use crate::store::outbox::messages::{OutboxMessage, SettledRow};

/// What came of parking a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parked {
    /// It waits for its reader.
    Done,
    /// Its reader came back meanwhile, and it is to be tried again.
    Back,
}

/// What a parked message means to those after it in its chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// They wait for it: the chat takes none.
    Head,
    /// They pass it, except at the moments at which it is tried again: perhaps it is this message that is refused.
    Aside,
}

impl Tx {
    /// Parks a message until a moment, unless its reader came back while it was on its way.
    pub async fn park_message(
        &mut self,
        message: &OutboxMessage,
        place: Place,
        until: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<Parked, StoreError> {
        // The attempts are those since the last clear answer, which this is.
        let row: Option<SettledRow> = on!(self, |db| sqlx::query_as(
            "UPDATE outbox_messages SET
                 delivery = 'parked', settled_at = $2, parked_at = COALESCE(parked_at, $2), leased_until = NULL,
                 attempts = 0, refusals = refusals + 1, due = $4, set_aside_at = $5
             WHERE id = $1 AND delivery IN ('pending', 'parked') AND attempts = $3 AND leased_until = $6
             RETURNING chat_id, order_number, parked_at"
        )
        .bind(message.id.0)
        .bind(now)
        .bind(message.attempts)
        .bind(until)
        .bind((place == Place::Aside).then_some(now))
        .bind(message.leased_until)
        .fetch_optional(db)
        .await?);
        let Some(row) = row else { return Ok(Parked::Back) };
        self.reach_changed(&row, now);
        Ok(Parked::Done)
    }

    /// The orders that messages which wait in a chat are about, each once.
    pub async fn orders_waiting_in(&mut self, chat: ChatId) -> Result<Vec<OrderNumber>, StoreError> {
        let numbers: Vec<i64> = on!(self, |db| sqlx::query_scalar(
            "SELECT DISTINCT order_number FROM outbox_messages
             WHERE delivery IN ('pending', 'parked') AND chat_id = $1 AND order_number IS NOT NULL
             ORDER BY order_number"
        )
        .bind(chat.0)
        .fetch_all(db)
        .await?);
        Ok(numbers.into_iter().map(OrderNumber).collect())
    }

    /// Makes the messages of a reader who is back pending again. One that is on its way at this moment may still be
    /// refused for what was before: its attempts begin anew, by which [`Tx::park_message`] knows.
    pub async fn requeue_messages(&mut self, chat: ChatId, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.announce();
        on!(self, |db| sqlx::query(
            "UPDATE outbox_messages SET
                 delivery = 'pending', due = $2, settled_at = NULL, set_aside_at = NULL, attempts = 0
             WHERE delivery IN ('pending', 'parked') AND chat_id = $1
                 AND (delivery = 'parked' OR leased_until IS NOT NULL)"
        )
        .bind(chat.0)
        .bind(now)
        .execute(db)
        .await?
        .rows_affected());
        Ok(())
    }

    /// Takes note that a chat shows life: what is parked there is tried again at once. Where nothing is, nothing is locked.
    pub async fn chat_shows_life(&mut self, chat: ChatId, now: DateTime<Utc>) -> Result<(), StoreError> {
        let parked: Option<i64> = on!(self, |db| sqlx::query_scalar(
            "SELECT id FROM outbox_messages WHERE delivery = 'parked' AND chat_id = $1 ORDER BY id LIMIT 1"
        )
        .bind(chat.0)
        .fetch_optional(db)
        .await?);
        if parked.is_some() { self.requeue_messages(chat, now).await } else { Ok(()) }
    }

    /// Sends what staff groups were not told yet to where the staff are now: the group may have been a wrong one, or the
    /// bot may have been out of it. What comes from elsewhere goes first, in the order in which it was posted. One that is on
    /// its way at this moment, by another replica, keeps its lease: nobody else sends it meanwhile.
    pub async fn gather_staff_messages(&mut self, staff_chat: ChatId, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.announce();
        on!(self, |db| {
            sqlx::query(
                "UPDATE outbox_messages SET
                 chat_id = $1, delivery = 'pending', due = $2, settled_at = NULL, set_aside_at = NULL,
                 turn = CASE WHEN chat_id = $1 THEN turn ELSE 0 END
             WHERE chat_id < 0 AND (delivery = 'parked' OR (delivery = 'pending' AND chat_id <> $1))",
            )
            .bind(staff_chat.0)
            .bind(now)
            .execute(db)
            .await?
            .rows_affected()
        });
        Ok(())
    }
}
