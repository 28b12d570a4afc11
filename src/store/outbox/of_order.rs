//! How far the messages about an order have come.

use chrono::{DateTime, Utc};

use crate::domain::{ChatId, MessageId, OrderNumber};

use crate::store::db::{Tx, on};
use crate::store::error::StoreError;
use crate::store::outbox::messages::OutboxMessageId;

/// How far a message has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    Pending,
    /// It is this message.
    Sent(MessageId),
    /// Given up, for this reason.
    Dead(String),
    /// The reader cannot be reached; it waits for their return.
    Parked,
}

/// A message about an order, as far as the outbox has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageState {
    pub id: OutboxMessageId,
    pub chat: ChatId,
    /// What it says, as JSON.
    pub body: String,
    /// When it was posted.
    pub posted_at: DateTime<Utc>,
    /// How often it was tried.
    pub attempts: i64,
    /// How far it has come.
    pub delivery: Delivery,
}

/// Why a message does not reach its reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreached {
    /// They cannot be reached; it waits for their return.
    Parked,
    /// It was given up.
    Refused,
}

#[derive(sqlx::FromRow)]
struct StateRow {
    id: i64,
    chat_id: i64,
    body: String,
    posted_at: DateTime<Utc>,
    attempts: i64,
    delivery: String,
    message_id: Option<i64>,
    error: Option<String>,
}

impl From<StateRow> for MessageState {
    fn from(row: StateRow) -> MessageState {
        let delivery = match (row.message_id, row.error) {
            (Some(message), _) => Delivery::Sent(MessageId(message)),
            (None, Some(error)) => Delivery::Dead(error),
            (None, None) if row.delivery == "parked" => Delivery::Parked,
            (None, None) => Delivery::Pending,
        };
        MessageState {
            id: OutboxMessageId(row.id),
            chat: ChatId(row.chat_id),
            body: row.body,
            posted_at: row.posted_at,
            attempts: row.attempts,
            delivery,
        }
    }
}

impl Tx {
    /// Who was and is to be told of an order, oldest first. What was sent is pruned in time; what it became stays in
    /// `order_messages`.
    pub async fn messages_of(&mut self, order: OrderNumber) -> Result<Vec<MessageState>, StoreError> {
        let rows: Vec<StateRow> = on!(self, |db| sqlx::query_as(
            "SELECT id, chat_id, body, posted_at, attempts, delivery, message_id, error FROM outbox_messages
             WHERE order_number = $1 ORDER BY id"
        )
        .bind(order.0)
        .fetch_all(db)
        .await?);
        Ok(rows.into_iter().map(MessageState::from).collect())
    }

    /// Whom messages about an order do not reach, in the order in which they were posted: also those that wait behind a
    /// parked one.
    ///
    /// These rows are never pruned: one that waits is still to be sent, and one that was refused is a matter that staff have to
    /// settle in another way, for as long as there is the order.
    pub async fn unreached(&mut self, order: OrderNumber) -> Result<Vec<(ChatId, Unreached)>, StoreError> {
        let rows: Vec<(i64, String)> = on!(self, |db| sqlx::query_as(
            "SELECT m.chat_id, CASE WHEN m.delivery = 'dead' THEN 'dead' ELSE 'parked' END FROM outbox_messages m
             WHERE m.order_number = $1 AND (
                 m.delivery IN ('dead', 'parked')
                 OR (m.delivery = 'pending' AND EXISTS (
                     SELECT 1 FROM outbox_messages head
                     WHERE head.delivery = 'parked' AND head.chat_id = m.chat_id AND head.set_aside_at IS NULL
                         AND head.id < m.id
                 ))
             )
             ORDER BY m.id"
        )
        .bind(order.0)
        .fetch_all(db)
        .await?);
        let reason = |delivery: &str| if delivery == "parked" { Unreached::Parked } else { Unreached::Refused };
        Ok(rows.into_iter().map(|(chat, delivery)| (ChatId(chat), reason(&delivery))).collect())
    }
}
