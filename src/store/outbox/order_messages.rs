//! What delivered messages about orders became: people answer them, and they are edited when the order changes.

use chrono::{DateTime, Utc};
use sqlx::QueryBuilder;

use crate::domain::{ChatId, MessageId, OrderNumber};
use crate::store::db::{Tx, on};
use crate::store::error::StoreError;
use crate::store::portions::{padded, portions};

/// What a message is to whoever answers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessageKind {
    /// The order itself, edited when it changes: the alert in the staff chat, a card that stays in a customer's.
    Alert,
    /// What a customer asks or tells the vendor's people.
    Question,
    /// What somebody is told once, and cannot answer.
    Notification,
}

/// A message about an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrderMessage {
    pub chat: ChatId,
    pub message: MessageId,
    pub order: OrderNumber,
    pub kind: MessageKind,
}

/// Far from either database's limit on parameters.
const MESSAGES_AT_ONCE: usize = 500;

impl MessageKind {
    const ALL: [MessageKind; 3] = [MessageKind::Alert, MessageKind::Question, MessageKind::Notification];

    fn code(self) -> &'static str {
        match self {
            MessageKind::Alert => "alert",
            MessageKind::Question => "question",
            MessageKind::Notification => "notification",
        }
    }

    fn parse(code: &str) -> Result<MessageKind, StoreError> {
        let kind = MessageKind::ALL.into_iter().find(|kind| kind.code() == code);
        kind.ok_or_else(|| StoreError::unreadable("message kind"))
    }
}

impl Tx {
    /// Keeps that a message is about an order, for as long as there is the order. One that was edited is as new as its edit.
    pub async fn record_order_message(
        &mut self,
        chat: ChatId,
        message: MessageId,
        order: OrderNumber,
        kind: MessageKind,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.record_order_messages(&[OrderMessage { chat, message, order, kind }], now).await
    }

    /// The same of several, each once.
    pub async fn record_order_messages(
        &mut self,
        messages: &[OrderMessage],
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        for messages in portions(messages) {
            on!(self, |db| {
                let mut query =
                    QueryBuilder::new("INSERT INTO order_messages (chat_id, message_id, order_number, kind, sent_at) ");
                query.push_values(messages, |mut row, OrderMessage { chat, message, order, kind }| {
                    row.push_bind(chat.0).push_bind(message.0).push_bind(order.0).push_bind(kind.code()).push_bind(now);
                });
                query.push(
                    " ON CONFLICT (chat_id, message_id) DO UPDATE SET
                         order_number = excluded.order_number, kind = excluded.kind, sent_at = excluded.sent_at",
                );
                query.build().execute(db).await?.rows_affected()
            });
        }
        Ok(())
    }

    /// The message in a chat that shows an order to the vendor's people: the newest, if there are several.
    pub async fn alert_message(&mut self, order: OrderNumber, chat: ChatId) -> Result<Option<MessageId>, StoreError> {
        let message: Option<i64> = on!(self, |db| sqlx::query_scalar(
            "SELECT message_id FROM order_messages WHERE order_number = $1 AND chat_id = $2 AND kind = $3
             ORDER BY sent_at DESC, message_id DESC LIMIT 1"
        )
        .bind(order.0)
        .bind(chat.0)
        .bind(MessageKind::Alert.code())
        .fetch_optional(db)
        .await?);
        Ok(message.map(MessageId))
    }

    /// Forgets a message that is gone.
    pub async fn forget_order_message(&mut self, chat: ChatId, message: MessageId) -> Result<(), StoreError> {
        on!(self, |db| sqlx::query("DELETE FROM order_messages WHERE chat_id = $1 AND message_id = $2")
            .bind(chat.0)
            .bind(message.0)
            .execute(db)
            .await?
            .rows_affected());
        Ok(())
    }

    /// The cards of an order that stay in customers' chats.
    pub async fn cards_of(&mut self, order: OrderNumber) -> Result<Vec<(ChatId, MessageId)>, StoreError> {
        let rows: Vec<(i64, i64)> = on!(self, |db| sqlx::query_as(
            "SELECT chat_id, message_id FROM order_messages WHERE order_number = $1 AND chat_id > 0 AND kind = $2
             ORDER BY chat_id, message_id"
        )
        .bind(order.0)
        .bind(MessageKind::Alert.code())
        .fetch_all(db)
        .await?);
        Ok(rows.into_iter().map(|(chat, message)| (ChatId(chat), MessageId(message))).collect())
    }

    /// Keeps which invoice of its order a message brought, counted from 1.
    pub async fn record_invoice(&mut self, chat: ChatId, message: MessageId, invoice: usize) -> Result<(), StoreError> {
        on!(self, |db| sqlx::query("UPDATE order_messages SET invoice = $3 WHERE chat_id = $1 AND message_id = $2")
            .bind(chat.0)
            .bind(message.0)
            .bind(i64::try_from(invoice).unwrap_or(i64::MAX))
            .execute(db)
            .await?
            .rows_affected());
        Ok(())
    }

    /// The messages that brought invoices of an order before this one, each with its invoice.
    pub async fn invoices_before(
        &mut self,
        order: OrderNumber,
        invoice: usize,
    ) -> Result<Vec<(ChatId, MessageId, usize)>, StoreError> {
        let rows: Vec<(i64, i64, i64)> = on!(self, |db| sqlx::query_as(
            "SELECT chat_id, message_id, invoice FROM order_messages WHERE order_number = $1 AND invoice < $2
             ORDER BY chat_id, message_id"
        )
        .bind(order.0)
        .bind(i64::try_from(invoice).unwrap_or(i64::MAX))
        .fetch_all(db)
        .await?);
        let brought =
            |(chat, message, invoice)| (ChatId(chat), MessageId(message), usize::try_from(invoice).unwrap_or_default());
        Ok(rows.into_iter().map(brought).collect())
    }

    /// Which order a message is about, and what it is.
    pub async fn find_by_message(
        &mut self,
        chat: ChatId,
        message: MessageId,
    ) -> Result<Option<(OrderNumber, MessageKind)>, StoreError> {
        let found = self.find_by_messages(&[(chat, message)]).await?.pop();
        Ok(found.map(|found| (found.order, found.kind)))
    }

    /// Those of these messages that are about an order.
    pub async fn find_by_messages(
        &mut self,
        messages: &[(ChatId, MessageId)],
    ) -> Result<Vec<OrderMessage>, StoreError> {
        let mut found = Vec::with_capacity(messages.len());
        for messages in messages.chunks(MESSAGES_AT_ONCE) {
            let rows: Vec<(i64, i64, i64, String)> = on!(self, |db| {
                let mut query = QueryBuilder::new(
                    "SELECT chat_id, message_id, order_number, kind FROM order_messages WHERE (chat_id, message_id) IN (VALUES ",
                );
                let mut wanted = query.separated(", ");
                for (chat, message) in padded(messages) {
                    wanted.push("(").push_bind_unseparated(chat.0);
                    wanted.push_unseparated(", ").push_bind_unseparated(message.0).push_unseparated(")");
                }
                query.push(") ORDER BY chat_id, message_id");
                query.build_query_as().fetch_all(db).await?
            });
            for (chat, message, order, kind) in rows {
                let kind = MessageKind::parse(&kind)?;
                found.push(OrderMessage {
                    chat: ChatId(chat),
                    message: MessageId(message),
                    order: OrderNumber(order),
                    kind,
                });
            }
        }
        Ok(found)
    }
}
