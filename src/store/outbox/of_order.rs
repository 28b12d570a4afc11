//! How far the notices of an order have come, as staff see it.

use chrono::{DateTime, Utc};

use crate::domain::{ChatId, MessageId, OrderNumber};

use crate::store::{OutboxMessageId, StoreError, Tx, db::on};

/// How far a notice has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// Not delivered yet.
    Pending,
    /// It is this message.
    Sent(MessageId),
    /// Given up, for this reason.
    Dead(String),
    /// The reader cannot be reached; it waits for their return.
    Unreachable,
}

/// A notice as staff see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageState {
    /// Its id.
    pub id: OutboxMessageId,
    /// Whom to tell.
    pub chat: ChatId,
    /// The fact, as JSON.
    pub fact: String,
    /// When it was posted.
    pub posted_at: DateTime<Utc>,
    /// How often it was tried.
    pub attempts: i64,
    /// How far it has come.
    pub delivery: Delivery,
}

#[derive(sqlx::FromRow)]
struct StateRow {
    id: i64,
    chat_id: i64,
    fact: String,
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
            (None, None) if row.delivery == "unreachable" => Delivery::Unreachable,
            (None, None) => Delivery::Pending,
        };
        MessageState {
            id: OutboxMessageId(row.id),
            chat: ChatId(row.chat_id),
            fact: row.fact,
            posted_at: row.posted_at,
            attempts: row.attempts,
            delivery,
        }
    }
}

impl Tx {
    /// Who was and is to be told of an order, oldest first.
    pub async fn messages_of(&mut self, order: OrderNumber) -> Result<Vec<MessageState>, StoreError> {
        let rows: Vec<StateRow> = on!(self, |db| sqlx::query_as(
            "SELECT id, chat_id, fact, posted_at, attempts, delivery, message_id, error FROM notices
             WHERE order_number = $1 ORDER BY id"
        )
        .bind(order.0)
        .fetch_all(db)
        .await?);
        Ok(rows.into_iter().map(MessageState::from).collect())
    }

    /// What the bot told of by this message: the order and the fact.
    pub async fn find_by_message(
        &mut self,
        chat: ChatId,
        message: MessageId,
    ) -> Result<Option<(OrderNumber, crate::store::MessageKind)>, StoreError> {
        let row: Option<(Option<i64>, String)> = on!(self, |db| sqlx::query_as(
            "SELECT order_number, fact FROM notices WHERE chat_id = $1 AND message_id = $2 ORDER BY id DESC LIMIT 1"
        )
        .bind(chat.0)
        .bind(message.0)
        .fetch_optional(db)
        .await?);
        Ok(row.map(|(order, _)| (OrderNumber(order.unwrap_or(0)), crate::store::MessageKind::Alert)))
    }
}
