//! Topics of a forum: where people of the staff chat talk to the bot, and the topic that an order has of its own.

use chrono::{DateTime, Utc};

use crate::domain::{ChatId, OrderNumber, PersonId, Status, TopicId};
use crate::store::codes;
use crate::store::db::{Tx, on};
use crate::store::dialogues::key::DialogueKey;
use crate::store::error::StoreError;
use crate::store::outbox::following::Follower;

/// A topic that an order has of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrderTopic {
    pub topic: TopicId,
    /// The status that its name says.
    pub named: Status,
    pub door: Door,
    /// Somebody's words opened it again: until then it is not closed.
    pub open_until: Option<DateTime<Utc>>,
}

/// Whether people can write in a topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    Open,
    Closed,
}

/// A topic that is to follow its order, and that this worker may change until its lease ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StaleTopic {
    pub chat: ChatId,
    pub order: OrderNumber,
    pub topic: OrderTopic,
    attempts: i64,
    due: DateTime<Utc>,
    leased_until: DateTime<Utc>,
}

impl Follower for StaleTopic {
    const FOLLOW: &'static str = "UPDATE order_topics SET
             follow_due = CASE WHEN follow_due > $3 AND follow_due < $4 THEN follow_due ELSE $4 END
         WHERE order_number = $1 AND chat_id = $2";
    const UP_TO_DATE: &'static str = "UPDATE order_topics SET
             follow_due = CASE WHEN follow_due > $3 THEN follow_due END, leased_until = NULL, attempts = 0
         WHERE order_number = $1 AND chat_id = $2 AND leased_until = $4";
    const PUT_OFF: &'static str = "UPDATE order_topics SET
             follow_due = $3, leased_until = NULL, attempts = attempts + $4
         WHERE order_number = $1 AND chat_id = $2 AND leased_until = $5";

    fn key(&self) -> (i64, i64) {
        (self.order.0, self.chat.0)
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
struct TopicRow {
    topic_id: i64,
    named_status: String,
    is_closed: i64,
    open_until: Option<DateTime<Utc>>,
}

#[derive(sqlx::FromRow)]
struct StaleRow {
    chat_id: i64,
    order_number: i64,
    #[sqlx(flatten)]
    topic: TopicRow,
    attempts: i64,
    follow_due: DateTime<Utc>,
}

impl TopicRow {
    fn into_topic(self) -> Result<OrderTopic, StoreError> {
        let door = if self.is_closed == 0 { Door::Open } else { Door::Closed };
        let named = codes::status(&self.named_status)?;
        Ok(OrderTopic { topic: TopicId(self.topic_id), named, door, open_until: self.open_until })
    }
}

impl Tx {
    /// From now on this transaction serves this person, who spoke there and is answered in that topic.
    pub fn answers_in(&mut self, place: Option<(ChatId, PersonId, TopicId)>) {
        self.changes.spoken_in = place;
    }

    /// In which topic somebody last spoke to the bot, if they ever did so in a forum.
    pub async fn topic_of_dialogue(&mut self, key: DialogueKey) -> Result<Option<TopicId>, StoreError> {
        Ok(self.row(key).await?.and_then(|row| row.topic_id).map(TopicId))
    }

    /// The topic that an order has of its own in a chat.
    pub async fn order_topic(&mut self, order: OrderNumber, chat: ChatId) -> Result<Option<OrderTopic>, StoreError> {
        let row: Option<TopicRow> = on!(self, |db| sqlx::query_as(
            "SELECT topic_id, named_status, is_closed, open_until FROM order_topics
             WHERE order_number = $1 AND chat_id = $2"
        )
        .bind(order.0)
        .bind(chat.0)
        .fetch_optional(db)
        .await?);
        row.map(TopicRow::into_topic).transpose()
    }

    /// Keeps that a topic was made for an order, or what was done to it.
    pub async fn record_order_topic(
        &mut self,
        order: OrderNumber,
        chat: ChatId,
        topic: &OrderTopic,
    ) -> Result<(), StoreError> {
        on!(self, |db| sqlx::query(
            "INSERT INTO order_topics (order_number, chat_id, topic_id, named_status, is_closed, open_until)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (order_number, chat_id) DO UPDATE SET
                 topic_id = excluded.topic_id, named_status = excluded.named_status, is_closed = excluded.is_closed,
                 open_until = excluded.open_until"
        )
        .bind(order.0)
        .bind(chat.0)
        .bind(topic.topic.0)
        .bind(topic.named.code())
        .bind(i64::from(topic.door == Door::Closed))
        .bind(topic.open_until)
        .execute(db)
        .await?
        .rows_affected());
        Ok(())
    }

    /// Forgets an order's topic that is gone, with the messages about the order that went with it.
    pub async fn forget_order_topic(&mut self, order: OrderNumber, chat: ChatId) -> Result<(), StoreError> {
        let topic: Option<i64> = on!(self, |db| sqlx::query_scalar(
            "DELETE FROM order_topics WHERE order_number = $1 AND chat_id = $2 RETURNING topic_id"
        )
        .bind(order.0)
        .bind(chat.0)
        .fetch_optional(db)
        .await?);
        // A topic has the id of the message that opened it: what is older stands elsewhere in the chat. For a plain condition
        // SQLite may go through all of the chat's messages.
        on!(self, |db| sqlx::query(
            "DELETE FROM order_messages WHERE message_id > $3 AND (chat_id, message_id) IN (
                 SELECT chat_id, message_id FROM order_messages WHERE order_number = $1 AND chat_id = $2
             )"
        )
        .bind(order.0)
        .bind(chat.0)
        .bind(topic.unwrap_or_default())
        .execute(db)
        .await?
        .rows_affected());
        Ok(())
    }

    /// Has an order's topic follow it by `due`, if it has one. What waits already does not wait longer.
    pub async fn topic_follows(
        &mut self,
        order: OrderNumber,
        chat: ChatId,
        now: DateTime<Utc>,
        due: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.follow::<StaleTopic>((order.0, chat.0), now, due).await
    }

    /// Leases the topic that has been due longest.
    pub async fn claim_topic(
        &mut self,
        now: DateTime<Utc>,
        lease_until: DateTime<Utc>,
    ) -> Result<Option<StaleTopic>, StoreError> {
        // The condition stands twice: a worker that waited for another one's row lock checks the outer one again.
        let row: Option<StaleRow> = on!(self, |db| sqlx::query_as(
            "WITH stalest AS MATERIALIZED (
                 SELECT order_number, chat_id FROM order_topics
                 WHERE follow_due IS NOT NULL AND follow_due <= $1 AND (leased_until IS NULL OR leased_until <= $1)
                 ORDER BY follow_due, order_number, chat_id LIMIT 1
             )
             UPDATE order_topics SET leased_until = $2
             WHERE (order_number, chat_id) IN (SELECT order_number, chat_id FROM stalest)
                 AND follow_due <= $1 AND (leased_until IS NULL OR leased_until <= $1)
             RETURNING chat_id, order_number, topic_id, named_status, is_closed, open_until, attempts, follow_due"
        )
        .bind(now)
        .bind(lease_until)
        .fetch_optional(db)
        .await?);
        row.map(|row| {
            Ok(StaleTopic {
                chat: ChatId(row.chat_id),
                order: OrderNumber(row.order_number),
                topic: row.topic.into_topic()?,
                attempts: row.attempts,
                due: row.follow_due,
                leased_until: lease_until,
            })
        })
        .transpose()
    }
}
