//! When there is something to deliver.

use chrono::{DateTime, Utc};

use crate::store::{StoreError, Tx, db::on};

impl Tx {
    /// When the next redraw, notice or file falls due, or a lease on one ends; `None` when there is nothing to deliver.
    pub async fn next_delivery_due(&mut self) -> Result<Option<DateTime<Utc>>, StoreError> {
        let redraw: Option<DateTime<Utc>> = on!(self, |db| sqlx::query_scalar(
            "SELECT MIN(CASE WHEN leased_until > redraw_due THEN leased_until ELSE redraw_due END)
             FROM dialogues WHERE shown_version < version"
        )
        .fetch_one(db)
        .await?);
        let notice: Option<DateTime<Utc>> = on!(self, |db| sqlx::query_scalar(
            "SELECT MIN(CASE WHEN n.leased_until > n.due THEN n.leased_until ELSE n.due END) FROM notices n
             WHERE n.delivery = 'pending' AND NOT EXISTS (
                 SELECT 1 FROM notices older
                 WHERE older.delivery = 'pending' AND older.chat_id = n.chat_id AND older.id < n.id
             )"
        )
        .fetch_one(db)
        .await?);
        let file: Option<DateTime<Utc>> = on!(self, |db| sqlx::query_scalar(
            "SELECT CASE WHEN MAX(f.leased_until) > MIN(f.due) THEN MAX(f.leased_until) ELSE MIN(f.due) END
             FROM file_jobs f WHERE NOT EXISTS (
                 SELECT 1 FROM file_jobs older
                 WHERE older.chat_id = f.chat_id AND older.person_id = f.person_id AND older.id < f.id
             )"
        )
        .fetch_one(db)
        .await?);
        Ok([redraw, notice, file].into_iter().flatten().min())
    }
}
