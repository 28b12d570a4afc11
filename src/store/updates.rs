//! Which updates took effect, and those that never could.

use chrono::{DateTime, Utc};

use crate::domain::UpdateId;

use crate::store::db::{Tx, on};
use crate::store::error::StoreError;

/// Whether an update is seen for the first time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dedup {
    /// It is; its effects belong into this transaction.
    First,
    /// Its effects are stored already.
    Duplicate,
}

/// An update that failed again and again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadLetter {
    pub update: UpdateId,
    /// All that Telegram sent, as JSON.
    pub raw: String,
    /// Why it failed the last time.
    pub error: String,
    /// When it was given up.
    pub at: DateTime<Utc>,
}

/// More than a person reads.
const MOST_DEAD_LETTERS: i64 = 100;

impl Tx {
    /// Notes that the update takes effect in this transaction. A redelivery that runs beside it waits for its end.
    pub async fn deduplicate(&mut self, update: UpdateId, now: DateTime<Utc>) -> Result<Dedup, StoreError> {
        self.changes.now = Some(now);
        let inserted = on!(self, |db| {
            sqlx::query(
            "INSERT INTO processed_updates (update_id, processed_at) VALUES ($1, $2) ON CONFLICT (update_id) DO NOTHING"
        )
        .bind(update.0)
        .bind(now)
        .execute(db)
        .await?
        .rows_affected()
        });
        Ok(if inserted == 1 { Dedup::First } else { Dedup::Duplicate })
    }

    /// Gives an update up: it is kept, and counts as processed. Idempotent: the first reason stays.
    pub async fn dead_letter(&mut self, letter: &DeadLetter) -> Result<(), StoreError> {
        self.deduplicate(letter.update, letter.at).await?;
        on!(self, |db| sqlx::query(
            "INSERT INTO dead_letters (update_id, raw, error, dead_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (update_id) DO NOTHING"
        )
        .bind(letter.update.0)
        .bind(&letter.raw)
        .bind(&letter.error)
        .bind(letter.at)
        .execute(db)
        .await?
        .rows_affected());
        Ok(())
    }

    /// The updates that were given up, newest first, at most a hundred.
    pub async fn dead_letters(&mut self) -> Result<Vec<DeadLetter>, StoreError> {
        let rows: Vec<(i64, String, String, DateTime<Utc>)> = on!(self, |db| sqlx::query_as(
            "SELECT update_id, raw, error, dead_at FROM dead_letters
             ORDER BY dead_at DESC, update_id DESC LIMIT $1"
        )
        .bind(MOST_DEAD_LETTERS)
        .fetch_all(db)
        .await?);
        let letter = |(update, raw, error, at)| DeadLetter { update: UpdateId(update), raw, error, at };
        Ok(rows.into_iter().map(letter).collect())
    }
}
