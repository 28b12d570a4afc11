//! Words about orders on their way from one side to the other: where they were written, and which messages brought them.

use chrono::{DateTime, Utc};

use crate::domain::{AccountId, ChatId, MessageBody, MessageId, OrderNumber, PersonId, Source};
use crate::store::db::{Tx, on};
use crate::store::error::StoreError;

/// Words that were passed on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassedOn {
    pub order: OrderNumber,
    /// Who wrote them, where it is known.
    pub by: Option<PersonId>,
    /// The album that they were a part of.
    pub album: Option<String>,
}

#[derive(sqlx::FromRow)]
struct PassedOnRow {
    order_number: i64,
    person_id: Option<i64>,
    album: Option<String>,
}

impl From<PassedOnRow> for PassedOn {
    fn from(row: PassedOnRow) -> PassedOn {
        PassedOn { order: OrderNumber(row.order_number), by: row.person_id.map(PersonId), album: row.album }
    }
}

impl Tx {
    /// Keeps that somebody's words are about an order, if they were written anywhere.
    pub async fn record_passed_on(
        &mut self,
        words: &MessageBody,
        order: OrderNumber,
        by: Option<PersonId>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let Some(source) = words.source else { return Ok(()) };
        on!(self, |db| sqlx::query(
            "INSERT INTO passed_on (chat_id, message_id, order_number, person_id, album, passed_at)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (chat_id, message_id) DO UPDATE SET
                 order_number = excluded.order_number, person_id = excluded.person_id, album = excluded.album,
                 passed_at = excluded.passed_at"
        )
        .bind(source.chat.0)
        .bind(source.message.0)
        .bind(order.0)
        .bind(by.map(|person| person.0))
        .bind(words.album.as_deref())
        .bind(now)
        .execute(db)
        .await?
        .rows_affected());
        Ok(())
    }

    /// What was passed on of what was written there.
    pub async fn passed_on(&mut self, source: Source) -> Result<Option<PassedOn>, StoreError> {
        let row: Option<PassedOnRow> = on!(self, |db| sqlx::query_as(
            "SELECT order_number, person_id, album FROM passed_on WHERE chat_id = $1 AND message_id = $2"
        )
        .bind(source.chat.0)
        .bind(source.message.0)
        .fetch_optional(db)
        .await?);
        Ok(row.map(PassedOn::from))
    }

    /// What was passed on last of what somebody wrote in a chat, if that was since this moment.
    pub async fn last_passed_on(
        &mut self,
        chat: ChatId,
        by: PersonId,
        since: DateTime<Utc>,
    ) -> Result<Option<PassedOn>, StoreError> {
        let row: Option<PassedOnRow> = on!(self, |db| sqlx::query_as(
            "SELECT order_number, person_id, album FROM passed_on
             WHERE chat_id = $1 AND person_id = $2 AND passed_at >= $3
             ORDER BY passed_at DESC, message_id DESC LIMIT 1"
        )
        .bind(chat.0)
        .bind(by.0)
        .bind(since)
        .fetch_optional(db)
        .await?);
        Ok(row.map(PassedOn::from))
    }

    /// The order that words which were written there are about.
    pub async fn find_by_words(&mut self, source: Source) -> Result<Option<OrderNumber>, StoreError> {
        Ok(self.passed_on(source).await?.map(|words| words.order))
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

    /// Whose words a message is or brought, where they were written.
    pub async fn words_of(&mut self, chat: ChatId, message: MessageId) -> Result<Option<Source>, StoreError> {
        let brought: Option<(i64, i64)> = on!(self, |db| sqlx::query_as(
            "SELECT source_chat, source_message FROM order_messages
             WHERE chat_id = $1 AND message_id = $2 AND source_chat IS NOT NULL AND source_message IS NOT NULL"
        )
        .bind(chat.0)
        .bind(message.0)
        .fetch_optional(db)
        .await?);
        if let Some((chat, message)) = brought {
            return Ok(Some(Source { chat: ChatId(chat), message: MessageId(message) }));
        }
        let source = Source { chat, message };
        Ok(self.passed_on(source).await?.map(|_| source))
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

    /// Whether a chat refused a reaction of the bot since this moment.
    pub async fn refused_reactions(&mut self, chat: ChatId, since: DateTime<Utc>) -> Result<bool, StoreError> {
        Ok(on!(self, |db| sqlx::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM reactions_refused WHERE chat_id = $1 AND refused_at >= $2)"
        )
        .bind(chat.0)
        .bind(since)
        .fetch_one(db)
        .await?))
    }

    /// Keeps that a chat refuses reactions of the bot.
    pub async fn refuse_reactions(&mut self, chat: ChatId, now: DateTime<Utc>) -> Result<(), StoreError> {
        on!(self, |db| sqlx::query(
            "INSERT INTO reactions_refused (chat_id, refused_at) VALUES ($1, $2)
             ON CONFLICT (chat_id) DO UPDATE SET refused_at = excluded.refused_at"
        )
        .bind(chat.0)
        .bind(now)
        .execute(db)
        .await?
        .rows_affected());
        Ok(())
    }

    /// The orders of an account that words may be about: the one that was talked about last, or else the newest, and then
    /// those that are open, newest first.
    pub async fn orders_perhaps_meant(
        &mut self,
        account: AccountId,
        limit: u32,
    ) -> Result<Vec<OrderNumber>, StoreError> {
        let numbers: Vec<i64> = on!(self, |db| sqlx::query_scalar(
            "WITH talked AS (
                 SELECT number, talked_at FROM orders WHERE account_id = $1 AND talked_at IS NOT NULL
                 ORDER BY talked_at DESC, number DESC LIMIT 1
             ), newest AS (
                 SELECT number, talked_at FROM orders WHERE account_id = $1 ORDER BY number DESC LIMIT 1
             )
             SELECT number FROM (
                 SELECT number, talked_at FROM talked
                 UNION SELECT number, talked_at FROM newest WHERE NOT EXISTS (SELECT 1 FROM talked)
                 UNION SELECT number, talked_at FROM orders WHERE account_id = $1 AND status IN ('placed', 'invoiced')
             ) AS likely
             ORDER BY talked_at DESC NULLS LAST, number DESC LIMIT $2"
        )
        .bind(account.0)
        .bind(i64::from(limit))
        .fetch_all(db)
        .await?);
        Ok(numbers.into_iter().map(OrderNumber).collect())
    }
}
