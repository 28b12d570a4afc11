//! When there is something to deliver.

use chrono::{DateTime, Utc};

use crate::store::db::{Tx, on};
use crate::store::error::StoreError;

impl Tx {
    /// When the next redraw, message, file, digest or topic falls due, or a lease on one ends; `None` when there is nothing to deliver.
    /// Parked messages wait for life in their chat, or for whoever looks for work anyway.
    pub async fn next_delivery_due(&mut self) -> Result<Option<DateTime<Utc>>, StoreError> {
        let redraw: Option<DateTime<Utc>> = on!(self, |db| sqlx::query_scalar(
            "SELECT MIN(CASE WHEN leased_until > redraw_due THEN leased_until ELSE redraw_due END)
             FROM dialogues WHERE shown_version < version"
        )
        .fetch_one(db)
        .await?);
        // A pending one is either, but only the second condition is that of the index.
        let message: Option<DateTime<Utc>> = on!(self, |db| sqlx::query_scalar(
            "SELECT MIN(CASE WHEN head.leased_until > head.due THEN head.leased_until ELSE head.due END) FROM (
                 SELECT m.due, (
                     SELECT MAX(flying.leased_until) FROM outbox_messages flying
                     WHERE flying.delivery IN ('pending', 'parked') AND flying.chat_id = m.chat_id
                         AND flying.leased_until IS NOT NULL
                 ) AS leased_until
                 FROM outbox_messages m
                 WHERE m.delivery = 'pending' AND m.delivery IN ('pending', 'parked') AND NOT EXISTS (
                     SELECT 1 FROM outbox_messages earlier
                     WHERE earlier.delivery IN ('pending', 'parked') AND earlier.chat_id = m.chat_id
                         AND (earlier.lane, earlier.turn, earlier.id) < (m.lane, m.turn, m.id)
                         AND earlier.set_aside_at IS NULL
                 )
             ) head"
        )
        .fetch_one(db)
        .await?);
        let file: Option<DateTime<Utc>> = on!(self, |db| sqlx::query_scalar(
            "SELECT CASE WHEN MAX(f.leased_until) > MIN(f.due) THEN MAX(f.leased_until) ELSE MIN(f.due) END
             FROM file_jobs f WHERE NOT EXISTS (
                 SELECT 1 FROM file_jobs older
                 WHERE older.chat_id = f.chat_id AND older.person_id = f.person_id AND older.seat = f.seat
                     AND older.id < f.id
             )"
        )
        .fetch_one(db)
        .await?);
        let digest: Option<DateTime<Utc>> = on!(self, |db| sqlx::query_scalar(
            "SELECT MIN(CASE WHEN leased_until > refresh_due THEN leased_until ELSE refresh_due END)
             FROM digests WHERE refresh_due IS NOT NULL"
        )
        .fetch_one(db)
        .await?);
        let topic: Option<DateTime<Utc>> = on!(self, |db| sqlx::query_scalar(
            "SELECT MIN(CASE WHEN leased_until > follow_due THEN leased_until ELSE follow_due END)
             FROM order_topics WHERE follow_due IS NOT NULL"
        )
        .fetch_one(db)
        .await?);
        Ok([redraw, message, file, digest, topic].into_iter().flatten().min())
    }
}
