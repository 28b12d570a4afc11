//! The outbox: what people are to be told, in order for each chat, rendered when it is delivered.
//!
//! In a group the accounts take turns, so that one account's many orders do not delay another's. A message's `turn` is that
//! of the message at the head of its chat, or one more than that of its account's last which waits there: it stands behind
//! one message at most of each other account, and never before one of its own. What somebody waits for goes before all turns,
//! and what nobody waits for after them.

use chrono::{DateTime, Utc};
use sqlx::QueryBuilder;

use crate::domain::{ChatId, Lane, MessageId, OrderNumber, Sending, TopicId};
use crate::store::codes::{lane, lane_code};
use crate::store::db::{Tx, on, on_stored};
use crate::store::error::StoreError;
use crate::store::outbox::attempt::{Attempt, Wait};
use crate::store::outbox::order_messages::MessageKind;
use crate::store::outbox::posted::{NewOutboxMessage, Posted};
use crate::store::portions::padded;

/// One message for one recipient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutboxMessageId(pub i64);

/// A message that this worker may deliver until its lease ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxMessage {
    pub id: OutboxMessageId,
    pub chat: ChatId,
    /// The order that it is about.
    pub order: Option<OrderNumber>,
    /// What it says, as JSON.
    pub body: String,
    pub lane: Lane,
    /// Where in a forum somebody asked for it.
    pub topic: Option<TopicId>,
    /// Which attempt this is, from 1.
    pub attempts: i64,
    /// Whether the reader may have seen it.
    pub sending: Sending,
    /// Whether it waited for a reader who could not be reached.
    pub wait: Wait,
    /// How often Telegram refused it for now.
    pub refusals: i64,
    /// Until when it is this worker's. No two leases of a message end at the same instant, so this tells them apart.
    pub leased_until: DateTime<Utc>,
}

#[derive(sqlx::FromRow)]
struct MessageRow {
    id: i64,
    chat_id: i64,
    order_number: Option<i64>,
    body: String,
    lane: i64,
    topic_id: Option<i64>,
    attempts: i64,
    sending: String,
    parked_at: Option<DateTime<Utc>>,
    refusals: i64,
    leased_until: DateTime<Utc>,
}

#[derive(sqlx::FromRow)]
pub(super) struct SettledRow {
    chat_id: i64,
    order_number: Option<i64>,
    parked_at: Option<DateTime<Utc>>,
}

impl From<MessageRow> for OutboxMessage {
    fn from(row: MessageRow) -> OutboxMessage {
        OutboxMessage {
            id: OutboxMessageId(row.id),
            chat: ChatId(row.chat_id),
            order: row.order_number.map(OrderNumber),
            body: row.body,
            lane: lane(row.lane),
            topic: row.topic_id.map(TopicId),
            attempts: row.attempts,
            sending: Sending::of(row.sending == "possible_duplicate"),
            wait: if row.parked_at.is_some() { Wait::Parked } else { Wait::None },
            refusals: row.refusals,
            leased_until: row.leased_until,
        }
    }
}

impl Tx {
    /// Puts a message into the outbox. Those of one order keep their order when each is posted after the change that it
    /// tells of, in the same transaction.
    pub async fn post(&mut self, message: &NewOutboxMessage, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.announce();
        if self.placed.keep(message, now) {
            return Ok(());
        }
        self.write_first().await?;
        let topic = self.changes.topic_in(message.chat).filter(|_| message.lane == Lane::Tap);
        self.insert_messages(&[Posted { message, topic, at: now }]).await
    }

    /// Messages about different accounts, or a single one: each takes its account's turn as those that wait already leave it.
    pub(in crate::store) async fn insert_messages(&mut self, posted: &[Posted<'_>]) -> Result<(), StoreError> {
        if posted.is_empty() {
            return Ok(());
        }
        on_stored!(self, |db| {
            let mut query =
                QueryBuilder::new("WITH posted (place, chat_id, order_number, body, posted_at, lane, topic_id) AS (");
            query.push_values((0_i64..).zip(posted), |mut row, (place, Posted { message, topic, at })| {
                row.push_bind(place).push_bind(message.chat.0).push_bind(message.order.map(|number| number.0));
                row.push_bind(&message.body).push_bind(*at).push_bind(lane_code(message.lane)).push_bind(*topic);
            });
            query.push(
                "), addressed AS (
                     SELECT p.*, COALESCE(
                         (SELECT o.account_id FROM orders o WHERE o.number = p.order_number AND p.chat_id < 0), 0
                     ) AS turn_of
                     FROM posted p
                 )
                 INSERT INTO outbox_messages
                     (chat_id, order_number, body, posted_at, delivery, due, attempts, sending, lane, topic_id, turn_of,
                      turn)
                 SELECT a.chat_id, a.order_number, a.body, a.posted_at, 'pending', a.posted_at, 0, 'first', a.lane,
                     a.topic_id, a.turn_of, (
                         SELECT COALESCE(MAX(taken.turn), 0) FROM (
                             SELECT MIN(head.turn) AS turn FROM outbox_messages head
                             WHERE head.delivery IN ('pending', 'parked') AND head.chat_id = a.chat_id
                                 AND head.lane = a.lane AND head.set_aside_at IS NULL
                             UNION ALL
                             SELECT MAX(own.turn) + 1 AS turn FROM outbox_messages own
                             WHERE own.delivery IN ('pending', 'parked') AND own.chat_id = a.chat_id
                                 AND own.turn_of = a.turn_of
                         ) taken
                     )
                 FROM addressed a ORDER BY a.place",
            );
            query.build().execute(db).await?.rows_affected()
        });
        Ok(())
    }

    /// Puts a message into the outbox unless the very same one waits there already: it is rendered as things are then.
    pub async fn post_unless_waiting(
        &mut self,
        message: &NewOutboxMessage,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        // An update and no count: it keeps the waiting one from being rendered before this transaction ends. Somebody may
        // wait for it from now on.
        let lane = lane_code(message.lane);
        let waiting = on!(self, |db| {
            let mut query = QueryBuilder::new("UPDATE outbox_messages SET lane = CASE WHEN lane > ");
            query.push_bind(lane).push(" THEN ").push_bind(lane).push(" ELSE lane END WHERE chat_id = ");
            query.push_bind(message.chat.0).push(" AND body = ").push_bind(&message.body);
            query.push(" AND delivery IN ('pending', 'parked') AND leased_until IS NULL AND order_number ");
            match message.order {
                // The index of what is about an order, however much waits for the chat.
                Some(order) => query.push("= ").push_bind(order.0),
                None => query.push("IS NULL"),
            };
            query.build().execute(db).await?.rows_affected()
        });
        if waiting > 0 { Ok(()) } else { self.post(message, now).await }
    }

    /// Whether the reader may have seen a message about an order that still waits: its lease is not over, or ended without a word.
    pub async fn sending_of(&mut self, chat: ChatId, order: OrderNumber, body: &str) -> Result<Sending, StoreError> {
        let may_be_known: bool = on!(self, |db| sqlx::query_scalar(
            "SELECT EXISTS (
                 SELECT 1 FROM outbox_messages
                 WHERE order_number = $1 AND chat_id = $2 AND body = $3 AND delivery IN ('pending', 'parked')
                     AND (sending = 'possible_duplicate' OR leased_until IS NOT NULL)
             )"
        )
        .bind(order.0)
        .bind(chat.0)
        .bind(body)
        .fetch_one(db)
        .await?);
        Ok(Sending::of(may_be_known))
    }

    /// Leases messages that are due and counts the attempt, those of former lanes first. Of each chat only the one whose
    /// turn it is, is had, so one that was put off or parked holds back those after it; one that was set aside does so only
    /// when it is due. While one is on its way, none overtakes it. A lease that ended without a word makes it a possible
    /// duplicate.
    pub async fn claim_messages(
        &mut self,
        now: DateTime<Utc>,
        lease_until: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<OutboxMessage>, StoreError> {
        self.claim_up_to(Lane::Bulk, now, lease_until, limit).await
    }

    /// The same, of none but the lanes up to this one.
    pub async fn claim_up_to(
        &mut self,
        last: Lane,
        now: DateTime<Utc>,
        lease_until: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<OutboxMessage>, StoreError> {
        // The condition stands twice: a worker that waited for another one's row lock checks the outer one again.
        let above = self.standing().writes_above(now);
        let mut rows: Vec<MessageRow> = on!(self, |db| sqlx::query_as(
            "WITH turns AS MATERIALIZED (
                 SELECT m.id FROM outbox_messages m
                 WHERE m.delivery IN ('pending', 'parked') AND m.due <= $1 AND m.lane <= $4 AND m.chat_id > $5
                     AND (m.leased_until IS NULL OR m.leased_until <= $1)
                     AND NOT EXISTS (
                         SELECT 1 FROM outbox_messages earlier
                         WHERE earlier.delivery IN ('pending', 'parked') AND earlier.chat_id = m.chat_id
                             AND (earlier.lane, earlier.turn, earlier.id) < (m.lane, m.turn, m.id)
                             AND (earlier.set_aside_at IS NULL OR earlier.due <= $1)
                     )
                     AND NOT EXISTS (
                         SELECT 1 FROM outbox_messages flying
                         WHERE flying.delivery IN ('pending', 'parked') AND flying.chat_id = m.chat_id
                             AND flying.leased_until IS NOT NULL AND flying.leased_until > $1
                     )
                 ORDER BY m.lane, m.due, m.id LIMIT $3 + 0
             )
             UPDATE outbox_messages SET
                 leased_until = $2,
                 attempts = attempts + 1,
                 sending = CASE WHEN leased_until IS NULL THEN sending ELSE 'possible_duplicate' END
             WHERE id IN (SELECT id FROM turns)
                 AND delivery IN ('pending', 'parked') AND due <= $1 AND (leased_until IS NULL OR leased_until <= $1)
             RETURNING id, chat_id, order_number, body, lane, topic_id, attempts, sending, parked_at, refusals,
                 leased_until"
        )
        .bind(now)
        .bind(lease_until)
        .bind(i64::from(limit))
        .bind(lane_code(last))
        .bind(above)
        .fetch_all(db)
        .await?);
        rows.sort_by_key(|row| (row.lane, row.id));
        Ok(rows.into_iter().map(OutboxMessage::from).collect())
    }

    /// Records what became of a message, for replies and edits too if it is about an order.
    pub async fn message_sent(
        &mut self,
        id: OutboxMessageId,
        message: MessageId,
        kind: MessageKind,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        for (chat, order) in self.settle_sent(&[id], message, now).await? {
            self.record_order_message(chat, message, order, kind, now).await?;
        }
        Ok(())
    }

    /// Records that a message which stands in the chat tells what this one would; what that is to whoever answers it stays as
    /// it was.
    pub async fn told_by(
        &mut self,
        id: OutboxMessageId,
        message: MessageId,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.settle_sent(&[id], message, now).await?;
        Ok(())
    }

    /// Gives the orders that messages are about which were not sent before.
    pub(super) async fn settle_sent(
        &mut self,
        ids: &[OutboxMessageId],
        message: MessageId,
        now: DateTime<Utc>,
    ) -> Result<Vec<(ChatId, OrderNumber)>, StoreError> {
        let rows: Vec<SettledRow> = on!(self, |db| {
            let mut query = QueryBuilder::new(
                "UPDATE outbox_messages SET delivery = 'sent', leased_until = NULL, error = NULL, message_id = ",
            );
            query.push_bind(message.0).push(", settled_at = ").push_bind(now).push(" WHERE id IN (");
            let mut settled = query.separated(", ");
            for id in padded(ids) {
                settled.push_bind(id.0);
            }
            query.push(") AND delivery <> 'sent' RETURNING chat_id, order_number, parked_at");
            query.build_query_as().fetch_all(db).await?
        });
        for row in rows.iter().filter(|row| row.parked_at.is_some()) {
            self.reach_changed(row, now);
        }
        Ok(rows.into_iter().filter_map(|row| Some((ChatId(row.chat_id), OrderNumber(row.order_number?)))).collect())
    }

    /// Puts a message off until a moment, after this attempt, unless its lease has passed to somebody else.
    pub async fn defer_message(
        &mut self,
        message: &OutboxMessage,
        until: DateTime<Utc>,
        attempt: Attempt,
    ) -> Result<(), StoreError> {
        // The claim counted an attempt that perhaps was none.
        let uncounted = i64::from(attempt == Attempt::NotMade);
        let unclear = i64::from(attempt == Attempt::Ambiguous);
        on!(self, |db| sqlx::query(
            "UPDATE outbox_messages SET
                 due = $2,
                 leased_until = NULL,
                 attempts = CASE WHEN attempts > $3 THEN attempts - $3 ELSE 0 END,
                 sending = CASE WHEN $4 = 1 THEN 'possible_duplicate' ELSE sending END
             WHERE id = $1 AND delivery IN ('pending', 'parked') AND leased_until = $5"
        )
        .bind(message.id.0)
        .bind(until)
        .bind(uncounted)
        .bind(unclear)
        .bind(message.leased_until)
        .execute(db)
        .await?
        .rows_affected());
        Ok(())
    }

    /// Gives a message up, unless its lease has passed to somebody else; it is kept with the reason.
    pub async fn message_failed(
        &mut self,
        message: &OutboxMessage,
        error: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let row: Option<SettledRow> = on!(self, |db| sqlx::query_as(
            "UPDATE outbox_messages SET delivery = 'dead', error = $2, settled_at = $3, leased_until = NULL
             WHERE id = $1 AND delivery IN ('pending', 'parked') AND leased_until = $4
             RETURNING chat_id, order_number, parked_at"
        )
        .bind(message.id.0)
        .bind(error)
        .bind(now)
        .bind(message.leased_until)
        .fetch_optional(db)
        .await?);
        if let Some(row) = row {
            self.reach_changed(&row, now);
        }
        Ok(())
    }

    /// The vendor's people see of each order which of its customers were not reached, so that is a change of the order.
    pub(super) fn reach_changed(&mut self, row: &SettledRow, now: DateTime<Utc>) {
        if let Some(order) = row.order_number.filter(|_| row.chat_id > 0) {
            self.order_changed(OrderNumber(order), now);
        }
    }
}
