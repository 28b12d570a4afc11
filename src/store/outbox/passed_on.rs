//! Words about orders on their way from one side to the other: where they were written, and which messages brought them.

use chrono::{DateTime, Utc};

use crate::domain::{AccountId, ChatId, MessageId, OrderNumber, Source};
use crate::store::db::{Tx, on};
use crate::store::error::StoreError;

impl Tx {
    /// Keeps that what was written there is about an order.
    pub async fn record_passed_on(
        &mut self,
        source: Source,
        order: OrderNumber,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        on!(self, |db| sqlx::query(
            "INSERT INTO passed_on (chat_id, message_id, order_number, passed_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (chat_id, message_id) DO UPDATE SET
                 order_number = excluded.order_number, passed_at = excluded.passed_at"
        )
        .bind(source.chat.0)
        .bind(source.message.0)
        .bind(order.0)
        .bind(now)
        .execute(db)
        .await?
        .rows_affected());
        Ok(())
    }

    /// The order that words which were written there are about.
    pub async fn find_by_words(&mut self, source: Source) -> Result<Option<OrderNumber>, StoreError> {
        let number: Option<i64> = on!(self, |db| sqlx::query_scalar(
            "SELECT order_number FROM passed_on WHERE chat_id = $1 AND message_id = $2"
        )
        .bind(source.chat.0)
        .bind(source.message.0)
        .fetch_optional(db)
        .await?);
        Ok(number.map(OrderNumber))
    }

    /// Keeps whose words a message about an order brought.
    pub async fn record_source(&mut self, chat: ChatId, message: MessageId, source: Source) -> Result<(), StoreError> {
        on!(self, |db| sqlx::query(
            "UPDATE order_messages SET source_chat = $3, source_message = $4 WHERE chat_id = $1 AND message_id = $2"
        )
        .bind(chat.0)
        .bind(message.0)
        .bind(source.chat.0)
        .bind(source.message.0)
        .execute(db)
        .await?
        .rows_affected());
        Ok(())
    }

    /// The message that brought what was written there to a chat: the newest, if it was mended.
    pub async fn brought_by(&mut self, source: Source, chat: ChatId) -> Result<Option<MessageId>, StoreError> {
        let message: Option<i64> = on!(self, |db| sqlx::query_scalar(
            "SELECT message_id FROM order_messages WHERE source_chat = $1 AND source_message = $2 AND chat_id = $3
             ORDER BY sent_at DESC, message_id DESC LIMIT 1"
        )
        .bind(source.chat.0)
        .bind(source.message.0)
        .bind(chat.0)
        .fetch_optional(db)
        .await?);
        Ok(message.map(MessageId))
    }

    /// The order of an account that was talked about last, or else its newest one.
    pub async fn order_talked_about(&mut self, account: AccountId) -> Result<Option<OrderNumber>, StoreError> {
        let number: Option<i64> = on!(self, |db| sqlx::query_scalar(
            "SELECT o.number FROM orders o WHERE o.account_id = $1
             ORDER BY COALESCE((
                 SELECT MAX(e.id) FROM order_events e
                 WHERE e.order_number = o.number AND e.kind IN ('asked', 'answered')
             ), 0) DESC, o.number DESC LIMIT 1"
        )
        .bind(account.0)
        .fetch_optional(db)
        .await?);
        Ok(number.map(OrderNumber))
    }
}
