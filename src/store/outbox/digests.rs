//! Digests: alerts that waited together are one message that names their orders, and follows them.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sqlx::QueryBuilder;

use crate::domain::{ChatId, Lane, MessageId, OrderNumber};
use crate::store::codes::lane_code;
use crate::store::db::{Tx, on};
use crate::store::error::StoreError;
use crate::store::outbox::following::Follower;
use crate::store::outbox::messages::OutboxMessageId;
use crate::store::portions::portions;

/// Far from either database's limit on parameters.
const TOLD_AT_ONCE: usize = 500;

/// A notice about an order that waits for its chat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingNotice {
    pub id: OutboxMessageId,
    pub order: OrderNumber,
    /// What it says, as JSON.
    pub body: String,
}

/// A digest that this worker may bring up to date until its lease ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StaleDigest {
    pub chat: ChatId,
    pub message: MessageId,
    attempts: i64,
    due: DateTime<Utc>,
    leased_until: DateTime<Utc>,
}

impl Follower for StaleDigest {
    const FOLLOW: &'static str = "UPDATE digests SET
             refresh_due = CASE WHEN refresh_due > $3 AND refresh_due < $4 THEN refresh_due ELSE $4 END
         WHERE chat_id = $1 AND message_id = $2";
    const UP_TO_DATE: &'static str = "UPDATE digests SET
             refresh_due = CASE WHEN refresh_due > $3 THEN refresh_due END, leased_until = NULL, attempts = 0
         WHERE chat_id = $1 AND message_id = $2 AND leased_until = $4";
    const PUT_OFF: &'static str = "UPDATE digests SET
             refresh_due = $3, leased_until = NULL, attempts = attempts + $4
         WHERE chat_id = $1 AND message_id = $2 AND leased_until = $5";

    fn key(&self) -> (i64, i64) {
        (self.chat.0, self.message.0)
    }

    fn due(&self) -> DateTime<Utc> {
        self.due
    }

    fn leased_until(&self) -> DateTime<Utc> {
        self.leased_until
    }

    fn attempts(&self) -> i64 {
        self.attempts
    }
}

#[derive(sqlx::FromRow)]
struct StaleRow {
    chat_id: i64,
    message_id: i64,
    attempts: i64,
    refresh_due: DateTime<Utc>,
}

impl Tx {
    /// The notices about orders that wait for a chat, in the order in which it is told.
    pub async fn waiting_notices(&mut self, chat: ChatId, most: u32) -> Result<Vec<WaitingNotice>, StoreError> {
        let rows: Vec<(i64, i64, String)> = on!(self, |db| sqlx::query_as(
            "SELECT id, order_number, body FROM outbox_messages
             WHERE delivery IN ('pending', 'parked') AND chat_id = $1 AND lane = $2 AND set_aside_at IS NULL
                 AND order_number IS NOT NULL
             ORDER BY turn, id LIMIT $3 + 0"
        )
        .bind(chat.0)
        .bind(lane_code(Lane::Notice))
        .bind(i64::from(most))
        .fetch_all(db)
        .await?);
        let notice = |(id, order, body)| WaitingNotice { id: OutboxMessageId(id), order: OrderNumber(order), body };
        Ok(rows.into_iter().map(notice).collect())
    }

    /// Records that a message told several notices at once, and names their orders from now on.
    pub async fn digest_sent(
        &mut self,
        chat: ChatId,
        message: MessageId,
        told: &[(OutboxMessageId, OrderNumber)],
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        on!(self, |db| sqlx::query(
            "INSERT INTO digests (chat_id, message_id, sent_at) VALUES ($1, $2, $3)
             ON CONFLICT (chat_id, message_id) DO NOTHING"
        )
        .bind(chat.0)
        .bind(message.0)
        .bind(now)
        .execute(db)
        .await?
        .rows_affected());
        for told in told.chunks(TOLD_AT_ONCE) {
            let ids: Vec<OutboxMessageId> = told.iter().map(|(id, _)| *id).collect();
            self.settle_sent(&ids, message, now).await?;
        }
        // An order once in a statement: PostgreSQL changes no row twice.
        let orders: BTreeSet<OrderNumber> = told.iter().map(|(_, order)| *order).collect();
        for orders in portions(&orders.into_iter().collect::<Vec<_>>()) {
            on!(self, |db| {
                let mut query = QueryBuilder::new("INSERT INTO digest_lines (order_number, chat_id, message_id) ");
                query.push_values(orders, |mut row, order| {
                    row.push_bind(order.0).push_bind(chat.0).push_bind(message.0);
                });
                query.push(" ON CONFLICT (order_number, chat_id) DO UPDATE SET message_id = excluded.message_id");
                query.build().execute(db).await?.rows_affected()
            });
        }
        Ok(())
    }

    /// The digest in a chat that names an order.
    pub async fn digest_of(&mut self, order: OrderNumber, chat: ChatId) -> Result<Option<MessageId>, StoreError> {
        let message: Option<i64> = on!(self, |db| sqlx::query_scalar(
            "SELECT message_id FROM digest_lines WHERE order_number = $1 AND chat_id = $2"
        )
        .bind(order.0)
        .bind(chat.0)
        .fetch_optional(db)
        .await?);
        Ok(message.map(MessageId))
    }

    /// The message in a chat that shows an order to the vendor's people, alone or among others.
    pub async fn message_showing(&mut self, order: OrderNumber, chat: ChatId) -> Result<Option<MessageId>, StoreError> {
        match self.alert_message(order, chat).await? {
            Some(alert) => Ok(Some(alert)),
            None => self.digest_of(order, chat).await,
        }
    }

    pub async fn is_digest(&mut self, chat: ChatId, message: MessageId) -> Result<bool, StoreError> {
        let found: Option<i64> =
            on!(self, |db| sqlx::query_scalar("SELECT message_id FROM digests WHERE chat_id = $1 AND message_id = $2")
                .bind(chat.0)
                .bind(message.0)
                .fetch_optional(db)
                .await?);
        Ok(found.is_some())
    }

    /// The orders that a digest names.
    pub async fn orders_of_digest(&mut self, chat: ChatId, message: MessageId) -> Result<Vec<OrderNumber>, StoreError> {
        let numbers: Vec<i64> = on!(self, |db| sqlx::query_scalar(
            "SELECT order_number FROM digest_lines WHERE chat_id = $1 AND message_id = $2 ORDER BY order_number"
        )
        .bind(chat.0)
        .bind(message.0)
        .fetch_all(db)
        .await?);
        Ok(numbers.into_iter().map(OrderNumber).collect())
    }

    /// Has a digest show what became of its orders by `due`. What waits to be shown does not wait longer.
    pub async fn refresh_digest(
        &mut self,
        chat: ChatId,
        message: MessageId,
        now: DateTime<Utc>,
        due: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.follow::<StaleDigest>((chat.0, message.0), now, due).await
    }

    /// Leases the digest that is stale longest.
    pub async fn claim_digest(
        &mut self,
        now: DateTime<Utc>,
        lease_until: DateTime<Utc>,
    ) -> Result<Option<StaleDigest>, StoreError> {
        // The condition stands twice: a worker that waited for another one's row lock checks the outer one again.
        let row: Option<StaleRow> = on!(self, |db| sqlx::query_as(
            "WITH stalest AS MATERIALIZED (
                 SELECT chat_id, message_id FROM digests
                 WHERE refresh_due IS NOT NULL AND refresh_due <= $1 AND (leased_until IS NULL OR leased_until <= $1)
                 ORDER BY refresh_due, chat_id, message_id LIMIT 1
             )
             UPDATE digests SET leased_until = $2
             WHERE (chat_id, message_id) IN (SELECT chat_id, message_id FROM stalest)
                 AND refresh_due <= $1 AND (leased_until IS NULL OR leased_until <= $1)
             RETURNING chat_id, message_id, attempts, refresh_due"
        )
        .bind(now)
        .bind(lease_until)
        .fetch_optional(db)
        .await?);
        Ok(row.map(|row| StaleDigest {
            chat: ChatId(row.chat_id),
            message: MessageId(row.message_id),
            attempts: row.attempts,
            due: row.refresh_due,
            leased_until: lease_until,
        }))
    }

    /// Forgets a digest whose message is gone: its orders have no message from now on.
    pub async fn forget_digest(&mut self, chat: ChatId, message: MessageId) -> Result<(), StoreError> {
        on!(self, |db| sqlx::query("DELETE FROM digest_lines WHERE chat_id = $1 AND message_id = $2")
            .bind(chat.0)
            .bind(message.0)
            .execute(db)
            .await?
            .rows_affected());
        on!(self, |db| sqlx::query("DELETE FROM digests WHERE chat_id = $1 AND message_id = $2")
            .bind(chat.0)
            .bind(message.0)
            .execute(db)
            .await?
            .rows_affected());
        Ok(())
    }
}
