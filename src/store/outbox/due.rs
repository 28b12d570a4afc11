//! When there is something to deliver.

use chrono::{DateTime, Utc};

use crate::store::db::{Tx, on};
use crate::store::error::StoreError;

/// When the next piece of work of each kind falls due, or a lease on one ends; `None` when there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct Due {
    pub redraw: Option<DateTime<Utc>>,
    pub message: Option<DateTime<Utc>>,
    /// When a chat that has a message on its way can have the next one: its last lease has ended, and the message whose turn it is
    /// is due.
    pub lease: Option<DateTime<Utc>>,
    /// A parked message waits for life in its chat, or for whoever looks for work anyway.
    pub parked: Option<DateTime<Utc>>,
    pub file: Option<DateTime<Utc>>,
    pub digest: Option<DateTime<Utc>>,
    pub topic: Option<DateTime<Utc>>,
}

impl Due {
    /// Parked messages aside.
    pub fn earliest(self) -> Option<DateTime<Utc>> {
        [self.redraw, self.message, self.lease, self.file, self.digest, self.topic].into_iter().flatten().min()
    }
}

/// SQLite uses a partial index only if the query repeats its predicate. `+ 0` keeps it from walking through all chats, or all
/// people's dialogues, by their ids: what is due is mostly the first by time, and few are leased.
const DUE: &str = "SELECT
     (SELECT MIN(CASE WHEN leased_until > redraw_due THEN leased_until ELSE redraw_due END)
      FROM dialogues WHERE shown_version < version AND chat_id + 0 > $1) AS redraw,
     (SELECT m.due FROM outbox_messages m
      WHERE m.delivery = 'pending' AND m.delivery IN ('pending', 'parked') AND m.chat_id + 0 > $1
          AND NOT EXISTS (
          SELECT 1 FROM outbox_messages earlier
          WHERE earlier.delivery IN ('pending', 'parked') AND earlier.chat_id = m.chat_id
              AND (earlier.lane, earlier.turn, earlier.id) < (m.lane, m.turn, m.id)
              AND earlier.set_aside_at IS NULL
      ) AND NOT EXISTS (
          SELECT 1 FROM outbox_messages flying
          WHERE flying.delivery IN ('pending', 'parked') AND flying.chat_id = m.chat_id
              AND flying.leased_until IS NOT NULL
      )
      ORDER BY m.due LIMIT 1) AS message,
     (SELECT MIN(CASE WHEN head_due > free_from THEN head_due ELSE free_from END) FROM (
          SELECT MAX(f.leased_until) AS free_from, (
              SELECT head.due FROM outbox_messages head
              WHERE head.delivery IN ('pending', 'parked') AND head.chat_id = f.chat_id
                  AND head.set_aside_at IS NULL
              ORDER BY head.lane, head.turn, head.id LIMIT 1
          ) AS head_due
          FROM (
              SELECT chat_id + 0 AS chat_id, leased_until FROM outbox_messages
              WHERE delivery IN ('pending', 'parked') AND leased_until IS NOT NULL
          ) AS f
          WHERE f.chat_id > $1
          GROUP BY f.chat_id
      ) AS flying) AS lease,
     (SELECT MIN(due) FROM outbox_messages
      WHERE delivery = 'parked' AND chat_id + 0 > $1) AS parked,
     (SELECT CASE WHEN MAX(f.leased_until) > MIN(f.due) THEN MAX(f.leased_until) ELSE MIN(f.due) END
      FROM file_jobs f WHERE NOT EXISTS (
          SELECT 1 FROM file_jobs older
          WHERE older.chat_id = f.chat_id AND older.person_id = f.person_id AND older.seat = f.seat
              AND older.id < f.id
      )) AS file,
     (SELECT MIN(CASE WHEN leased_until > refresh_due THEN leased_until ELSE refresh_due END)
      FROM digests WHERE refresh_due IS NOT NULL AND chat_id + 0 > $1) AS digest,
     (SELECT MIN(CASE WHEN leased_until > follow_due THEN leased_until ELSE follow_due END)
      FROM order_topics WHERE follow_due IS NOT NULL AND chat_id + 0 > $1) AS topic";

impl Tx {
    /// Of the chats that this replica writes to at that moment.
    pub async fn due(&mut self, now: DateTime<Utc>) -> Result<Due, StoreError> {
        self.write_back().await?;
        let above = self.standing().writes_above(now);
        Ok(on!(self, |db| sqlx::query_as(DUE).bind(above).fetch_one(db).await?))
    }

    /// When there is something to deliver; `None` when there is nothing.
    pub async fn next_delivery_due(&mut self) -> Result<Option<DateTime<Utc>>, StoreError> {
        Ok(self.due(DateTime::<Utc>::MIN_UTC).await?.earliest())
    }
}

#[cfg(test)]
mod tests {
    use sqlx::{AssertSqlSafe, Connection, SqliteConnection};

    use super::*;
    use crate::store::open::SQLITE_MIGRATIONS;

    #[tokio::test]
    async fn whoever_looks_for_work_does_not_walk_through_everybody() {
        let mut database = SqliteConnection::connect("sqlite::memory:").await.unwrap();
        SQLITE_MIGRATIONS.run_direct(None, &mut database, false).await.unwrap();
        let explained = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {DUE}"));
        let plan: Vec<(i64, i64, i64, String)> = sqlx::query_as(explained).fetch_all(&mut database).await.unwrap();
        let read = plan.iter().filter(|(.., step)| step.starts_with("SCAN ") || step.starts_with("SEARCH "));
        let read: Vec<&str> = read.filter_map(|(.., step)| step.split(" (").next()).collect();
        let wanted = [
            "SCAN CONSTANT ROW",
            "SEARCH dialogues USING INDEX dialogues_to_redraw",
            "SCAN m USING INDEX outbox_messages_waiting_by_due",
            "SEARCH earlier USING INDEX outbox_messages_waiting_by_chat",
            "SEARCH flying USING INDEX outbox_messages_flying",
            "SEARCH outbox_messages USING INDEX outbox_messages_leased",
            "SEARCH head USING INDEX outbox_messages_waiting_by_chat",
            "SEARCH flying",
            "SEARCH outbox_messages USING INDEX outbox_messages_parked_by_due",
            // File jobs are few.
            "SCAN f",
            "SEARCH older USING INTEGER PRIMARY KEY",
            "SEARCH digests USING INDEX digests_to_refresh",
            "SEARCH order_topics USING INDEX order_topics_to_follow",
        ];
        assert_eq!(read, wanted);
    }
}
