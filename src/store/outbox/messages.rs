//! The outbox: facts that people are to be told, in order for each chat, rendered when they are delivered.

use chrono::{DateTime, Utc};

use crate::domain::{ChatId, MessageId, OrderNumber, Sending};

use crate::store::{StoreError, Tx, db::on};

/// One fact for one recipient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutboxMessageId(pub i64);

/// A fact on its way into the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOutboxMessage {
    /// Whom to tell.
    pub chat: ChatId,
    /// The order that it is about.
    pub order: Option<OrderNumber>,
    /// JSON that the store does not look into.
    pub body: String,
}

/// What became of an attempt that ended without a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attempt {
    /// No call was made.
    NotMade,
    /// The call surely did not get through.
    Failed,
    /// The call may have got through.
    Ambiguous,
}

/// A notice that this worker may deliver until its lease ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxMessage {
    /// Its id.
    pub id: OutboxMessageId,
    /// Whom to tell.
    pub chat: ChatId,
    /// The order that it is about.
    pub order: Option<OrderNumber>,
    /// The fact, as JSON.
    pub body: String,
    /// Which attempt this is, from 1.
    pub attempts: i64,
    /// Whether the reader may have seen it.
    pub sending: Sending,
    /// Whether it waited for a reader who could not be reached.
    pub wait: Wait,
}

/// Whether a notice had to wait for its reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// It did not.
    None,
    /// The reader could not be reached for a while, and staff saw that.
    Parked,
}

/// What came of laying a notice aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parked {
    /// It waits for its reader.
    Done,
    /// Its reader came back meanwhile, and it is to be tried again.
    Back,
}

#[derive(sqlx::FromRow)]
struct NoticeRow {
    id: i64,
    chat_id: i64,
    order_number: Option<i64>,
    fact: String,
    attempts: i64,
    repeat: String,
    laid_aside_at: Option<DateTime<Utc>>,
}

impl From<NoticeRow> for OutboxMessage {
    fn from(row: NoticeRow) -> OutboxMessage {
        let perhaps_seen = row.repeat == "perhaps_seen";
        OutboxMessage {
            id: OutboxMessageId(row.id),
            chat: ChatId(row.chat_id),
            order: row.order_number.map(OrderNumber),
            body: row.fact,
            attempts: row.attempts,
            sending: if perhaps_seen { Sending::PossibleDuplicate } else { Sending::First },
            wait: if row.laid_aside_at.is_some() { Wait::Parked } else { Wait::None },
        }
    }
}

impl Tx {
    /// Puts a fact into the outbox. Facts of one order keep their order when each is posted after the status change
    /// that it tells of, in the same transaction.
    pub async fn post(&mut self, notice: &NewOutboxMessage, now: DateTime<Utc>) -> Result<(), StoreError> {
        on!(self, |db| sqlx::query(
            "INSERT INTO notices (chat_id, order_number, fact, posted_at, delivery, due, attempts, repeat)
             VALUES ($1, $2, $3, $4, 'pending', $4, 0, 'first')"
        )
        .bind(notice.chat.0)
        .bind(notice.order.map(|number| number.0))
        .bind(&notice.body)
        .bind(now)
        .execute(db)
        .await?
        .rows_affected());
        Ok(())
    }

    /// Puts a fact into the outbox unless the very same one waits there already: it will be worded as things are then.
    pub async fn post_unless_waiting(
        &mut self,
        notice: &NewOutboxMessage,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        // An update and no count: it keeps the waiting one from being worded before this transaction ends.
        let waiting = on!(self, |db| sqlx::query(
            "UPDATE notices SET due = due
             WHERE delivery = 'pending' AND leased_until IS NULL AND chat_id = $1 AND fact = $2"
        )
        .bind(notice.chat.0)
        .bind(&notice.body)
        .execute(db)
        .await?
        .rows_affected());
        if waiting > 0 { Ok(()) } else { self.post(notice, now).await }
    }

    /// Leases notices that are due and counts the attempt. Of each chat only the oldest pending one is had, so one that
    /// was put off holds back those after it. A lease that ended without a word makes the notice perhaps seen.
    pub async fn claim_messages(
        &mut self,
        now: DateTime<Utc>,
        lease_until: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<OutboxMessage>, StoreError> {
        // The condition stands twice: a worker that waited for another one's row lock checks the outer one again.
        let mut rows: Vec<NoticeRow> = on!(self, |db| sqlx::query_as(
            "UPDATE notices SET
                 leased_until = $2,
                 attempts = attempts + 1,
                 repeat = CASE WHEN leased_until IS NULL THEN repeat ELSE 'perhaps_seen' END
             WHERE id IN (
                 SELECT n.id FROM notices n
                 WHERE n.delivery = 'pending' AND n.due <= $1 AND (n.leased_until IS NULL OR n.leased_until <= $1)
                     AND NOT EXISTS (
                         SELECT 1 FROM notices older
                         WHERE older.delivery = 'pending' AND older.chat_id = n.chat_id AND older.id < n.id
                     )
                 ORDER BY n.due, n.id LIMIT $3
             )
                 AND delivery = 'pending' AND due <= $1 AND (leased_until IS NULL OR leased_until <= $1)
             RETURNING id, chat_id, order_number, fact, attempts, repeat, laid_aside_at"
        )
        .bind(now)
        .bind(lease_until)
        .bind(i64::from(limit))
        .fetch_all(db)
        .await?);
        rows.sort_by_key(|row| row.id);
        Ok(rows.into_iter().map(OutboxMessage::from).collect())
    }

    /// Records the message that a notice became.
    pub async fn message_sent(
        &mut self,
        id: OutboxMessageId,
        message: MessageId,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        on!(self, |db| sqlx::query(
            "UPDATE notices SET delivery = 'sent', message_id = $2, settled_at = $3, leased_until = NULL, error = NULL
             WHERE id = $1 AND delivery <> 'sent'"
        )
        .bind(id.0)
        .bind(message.0)
        .bind(now)
        .execute(db)
        .await?
        .rows_affected());
        Ok(())
    }

    /// Puts a notice off until a moment, after this attempt.
    pub async fn defer_message(
        &mut self,
        id: OutboxMessageId,
        until: DateTime<Utc>,
        attempt: Attempt,
    ) -> Result<(), StoreError> {
        // The claim counted an attempt that perhaps was none.
        let uncounted = i64::from(attempt == Attempt::NotMade);
        let unclear = i64::from(attempt == Attempt::Ambiguous);
        on!(self, |db| sqlx::query(
            "UPDATE notices SET
                 due = $2,
                 leased_until = NULL,
                 attempts = CASE WHEN attempts > $3 THEN attempts - $3 ELSE 0 END,
                 repeat = CASE WHEN $4 = 1 THEN 'perhaps_seen' ELSE repeat END
             WHERE id = $1 AND delivery = 'pending'"
        )
        .bind(id.0)
        .bind(until)
        .bind(uncounted)
        .bind(unclear)
        .execute(db)
        .await?
        .rows_affected());
        Ok(())
    }

    /// Gives a notice up; it is kept with the reason.
    pub async fn message_failed(
        &mut self,
        id: OutboxMessageId,
        error: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        on!(self, |db| sqlx::query(
            "UPDATE notices SET delivery = 'dead', error = $2, settled_at = $3, leased_until = NULL
             WHERE id = $1 AND delivery = 'pending'"
        )
        .bind(id.0)
        .bind(error)
        .bind(now)
        .execute(db)
        .await?
        .rows_affected());
        Ok(())
    }

    /// Lays a notice aside until its reader is back, unless they came back while it was on its way.
    pub async fn park_message(&mut self, notice: &OutboxMessage, now: DateTime<Utc>) -> Result<Parked, StoreError> {
        let laid_aside = on!(self, |db| sqlx::query(
            "UPDATE notices SET delivery = 'unreachable', settled_at = $2, laid_aside_at = $2, leased_until = NULL
             WHERE id = $1 AND delivery = 'pending' AND attempts = $3"
        )
        .bind(notice.id.0)
        .bind(now)
        .bind(notice.attempts)
        .execute(db)
        .await?
        .rows_affected());
        Ok(if laid_aside == 1 { Parked::Done } else { Parked::Back })
    }

    /// Makes the notices of a reader who is back pending again. One that is on its way at this moment may still be
    /// refused for what was before: its attempts begin anew, by which [`Tx::park_message`] knows.
    pub async fn requeue_messages(&mut self, chat: ChatId, now: DateTime<Utc>) -> Result<(), StoreError> {
        on!(self, |db| sqlx::query(
            "UPDATE notices SET delivery = 'pending', due = $2, settled_at = NULL, attempts = 0
             WHERE chat_id = $1
                 AND (delivery = 'unreachable' OR (delivery = 'pending' AND leased_until IS NOT NULL))"
        )
        .bind(chat.0)
        .bind(now)
        .execute(db)
        .await?
        .rows_affected());
        Ok(())
    }

    /// Sends what staff groups were not told yet to where the staff are now: the group may have been a wrong one, or the
    /// bot may have been out of it.
    pub async fn gather_staff_messages(&mut self, staff_chat: ChatId, now: DateTime<Utc>) -> Result<(), StoreError> {
        on!(self, |db| sqlx::query(
            "UPDATE notices SET chat_id = $1, delivery = 'pending', due = $2, settled_at = NULL, leased_until = NULL
             WHERE chat_id < 0 AND (delivery = 'unreachable' OR (delivery = 'pending' AND chat_id <> $1))"
        )
        .bind(staff_chat.0)
        .bind(now)
        .execute(db)
        .await?
        .rows_affected());
        Ok(())
    }
}
