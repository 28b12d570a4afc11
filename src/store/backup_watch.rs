//! What is known of the backups that the bot takes by itself, for all replicas.

use chrono::{DateTime, Utc};

use crate::store::db::{Tx, on};
use crate::store::error::StoreError;

/// How it stands with the backups.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct BackupWatch {
    /// When the bot was first to take any.
    pub since: DateTime<Utc>,
    /// When the last good one was taken.
    pub taken_at: Option<DateTime<Utc>>,
    /// When the staff were told that there is none, if they were and it has not changed.
    pub announced_at: Option<DateTime<Utc>>,
}

impl Tx {
    /// How it stands; `None` where the bot was never to take a backup.
    pub async fn backup_watch(&mut self) -> Result<Option<BackupWatch>, StoreError> {
        Ok(on!(self, |db| sqlx::query_as("SELECT since, taken_at, announced_at FROM backup_watch ORDER BY id")
            .fetch_optional(db)
            .await?))
    }

    /// Notes since when the bot takes backups, and when the last good one was taken.
    pub async fn note_backups(
        &mut self,
        since: DateTime<Utc>,
        taken_at: Option<DateTime<Utc>>,
    ) -> Result<(), StoreError> {
        on!(self, |db| sqlx::query(
            "INSERT INTO backup_watch (id, since, taken_at) VALUES (1, $1, $2)
             ON CONFLICT (id) DO UPDATE SET since = excluded.since, taken_at = excluded.taken_at"
        )
        .bind(since)
        .bind(taken_at)
        .execute(db)
        .await?
        .rows_affected());
        Ok(())
    }

    /// Notes that the staff are told that there is no backup; gives whether nobody told them before.
    pub async fn announce_missing_backup(&mut self, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let noted = on!(self, |db| sqlx::query("UPDATE backup_watch SET announced_at = $1 WHERE announced_at IS NULL")
            .bind(now)
            .execute(db)
            .await?
            .rows_affected());
        Ok(noted > 0)
    }

    /// Notes that there is one again; gives whether the staff were told that there was none.
    pub async fn end_missing_backup(&mut self) -> Result<bool, StoreError> {
        let noted =
            on!(self, |db| sqlx::query("UPDATE backup_watch SET announced_at = NULL WHERE announced_at IS NOT NULL")
                .execute(db)
                .await?
                .rows_affected());
        Ok(noted > 0)
    }
}
