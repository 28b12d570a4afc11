//! Forgetting what nobody needs any more, in portions, so that nobody waits for it.

use chrono::{DateTime, Utc};

use crate::store::db::{Tx, on};
use crate::store::error::StoreError;

impl Tx {
    /// Forgets messages of the outbox that were sent before this moment, and those about no order that were given up; gives
    /// how many, up to `limit`. Those about an order that did not reach their reader stay ([`Tx::unreached`]).
    pub async fn prune_sent_messages(&mut self, before: DateTime<Utc>, limit: u32) -> Result<u64, StoreError> {
        Ok(on!(self, |db| sqlx::query(
            "WITH oldest AS MATERIALIZED (
                 SELECT id FROM outbox_messages
                 WHERE settled_at < $1 AND (delivery = 'sent' OR (delivery = 'dead' AND order_number IS NULL))
                 ORDER BY settled_at LIMIT $2
             )
             DELETE FROM outbox_messages WHERE id IN (SELECT id FROM oldest)"
        )
        .bind(before)
        .bind(i64::from(limit))
        .execute(db)
        .await?
        .rows_affected()))
    }

    /// Forgets updates that were processed before this moment; gives how many, up to `limit`.
    pub async fn prune_processed_updates(&mut self, before: DateTime<Utc>, limit: u32) -> Result<u64, StoreError> {
        Ok(on!(self, |db| sqlx::query(
            "WITH oldest AS MATERIALIZED (
                 SELECT update_id FROM processed_updates WHERE processed_at < $1 ORDER BY processed_at LIMIT $2
             )
             DELETE FROM processed_updates WHERE update_id IN (SELECT update_id FROM oldest)"
        )
        .bind(before)
        .bind(i64::from(limit))
        .execute(db)
        .await?
        .rows_affected()))
    }

    /// Forgets updates that were given up before this moment; gives how many, up to `limit`.
    pub async fn prune_dead_letters(&mut self, before: DateTime<Utc>, limit: u32) -> Result<u64, StoreError> {
        Ok(on!(self, |db| sqlx::query(
            "WITH oldest AS MATERIALIZED (
                 SELECT update_id FROM dead_letters WHERE dead_at < $1 ORDER BY dead_at LIMIT $2
             )
             DELETE FROM dead_letters WHERE update_id IN (SELECT update_id FROM oldest)"
        )
        .bind(before)
        .bind(i64::from(limit))
        .execute(db)
        .await?
        .rows_affected()))
    }

    /// Forgets dialogue states that could not be read and were set aside before this moment; gives how many, up to `limit`.
    pub async fn prune_broken_dialogues(&mut self, before: DateTime<Utc>, limit: u32) -> Result<u64, StoreError> {
        Ok(on!(self, |db| sqlx::query(
            "WITH oldest AS MATERIALIZED (
                 SELECT id FROM broken_dialogues WHERE set_aside_at < $1 ORDER BY set_aside_at LIMIT $2
             )
             DELETE FROM broken_dialogues WHERE id IN (SELECT id FROM oldest)"
        )
        .bind(before)
        .bind(i64::from(limit))
        .execute(db)
        .await?
        .rows_affected()))
    }

    /// Forgets what admins did before this moment; gives how many rows, up to `limit`. The schema lets no row go but the oldest, up
    /// to the one that is noted here.
    pub async fn prune_audit(&mut self, before: DateTime<Utc>, limit: u32) -> Result<u64, StoreError> {
        let last: Option<i64> = on!(self, |db| {
            sqlx::query_scalar(
            "SELECT MAX(id) FROM (SELECT id, happened_at FROM audit ORDER BY id LIMIT $2) AS oldest WHERE happened_at < $1"
        )
        .bind(before)
        .bind(i64::from(limit))
        .fetch_one(db)
        .await?
        });
        let Some(last) = last else { return Ok(0) };
        on!(self, |db| sqlx::query("UPDATE counters SET value = $1 WHERE name = 'audit_pruned' AND value < $1")
            .bind(last)
            .execute(db)
            .await
            .map(drop)?);
        Ok(on!(self, |db| sqlx::query("DELETE FROM audit WHERE id <= $1 AND happened_at < $2")
            .bind(last)
            .bind(before)
            .execute(db)
            .await?
            .rows_affected()))
    }
}
