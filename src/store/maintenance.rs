//! Whether the shop is under maintenance, for all replicas.

use chrono::{DateTime, Utc};

use crate::domain::Maintenance;
use crate::store::db::{Tx, on};
use crate::store::error::StoreError;

impl Tx {
    /// Why customers are not served, if they are not.
    pub async fn maintenance(&mut self) -> Result<Option<Maintenance>, StoreError> {
        let row: Option<(String, DateTime<Utc>, Option<DateTime<Utc>>)> =
            on!(self, |db| sqlx::query_as("SELECT reason, since, until_about FROM maintenance ORDER BY id")
                .fetch_optional(db)
                .await?);
        Ok(row.map(|(reason, since, until)| Maintenance { reason, since, until }))
    }

    /// Begins it, or says something else of one that has begun.
    pub async fn begin_maintenance(&mut self, maintenance: &Maintenance) -> Result<(), StoreError> {
        self.facts.is_maintained = None;
        on!(self, |db| sqlx::query(
            "INSERT INTO maintenance (id, reason, since, until_about) VALUES (1, $1, $2, $3)
             ON CONFLICT (id) DO UPDATE SET reason = excluded.reason, until_about = excluded.until_about"
        )
        .bind(&maintenance.reason)
        .bind(maintenance.since)
        .bind(maintenance.until)
        .execute(db)
        .await?
        .rows_affected());
        Ok(())
    }

    /// Ends it; gives whether there was any.
    pub async fn end_maintenance(&mut self) -> Result<bool, StoreError> {
        self.facts.is_maintained = None;
        let ended = on!(self, |db| sqlx::query("DELETE FROM maintenance").execute(db).await?.rows_affected());
        Ok(ended > 0)
    }
}
