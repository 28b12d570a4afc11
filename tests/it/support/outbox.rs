//! How far messages about an order have come.

use chrono::{DateTime, Utc};
use keydesk::domain::{ChatId, MessageId, OrderNumber};
use keydesk::store::{Driver, Tx};

const OF_ORDER: &str = "SELECT chat_id, body, posted_at, attempts, delivery, message_id, error FROM outbox_messages
                        WHERE order_number = $1 ORDER BY id";

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    Pending,
    /// It is this message.
    Sent(MessageId),
    /// Given up, for this reason.
    Dead(String),
    Parked,
}

/// A message about an order, as the outbox has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageState {
    pub chat: ChatId,
    pub body: String,
    pub posted_at: DateTime<Utc>,
    pub attempts: i64,
    pub delivery: Delivery,
}

#[derive(sqlx::FromRow)]
struct Row {
    chat_id: i64,
    body: String,
    posted_at: DateTime<Utc>,
    attempts: i64,
    delivery: String,
    message_id: Option<i64>,
    error: Option<String>,
}

/// Who was and is to be told of an order, oldest first.
pub async fn messages_of(tx: &mut Tx, order: OrderNumber) -> Vec<MessageState> {
    let rows: Vec<Row> = match tx.driver().await.unwrap() {
        Driver::Sqlite(tx) => sqlx::query_as(OF_ORDER).bind(order.0).fetch_all(&mut **tx).await.unwrap(),
        Driver::Postgres(tx) => sqlx::query_as(OF_ORDER).bind(order.0).fetch_all(&mut **tx).await.unwrap(),
    };
    rows.into_iter().map(MessageState::from).collect()
}

impl From<Row> for MessageState {
    fn from(row: Row) -> MessageState {
        let Row { chat_id, body, posted_at, attempts, .. } = row;
        let delivery = match (row.message_id, row.error) {
            (Some(message), _) => Delivery::Sent(MessageId(message)),
            (None, Some(error)) => Delivery::Dead(error),
            (None, None) if row.delivery == "parked" => Delivery::Parked,
            (None, None) => Delivery::Pending,
        };
        MessageState { chat: ChatId(chat_id), body, posted_at, attempts, delivery }
    }
}
