//! Which updates took effect, and those that never could.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sqlx::QueryBuilder;

use crate::domain::{PersonId, UpdateId};

use crate::store::db::{Tx, on};
use crate::store::error::StoreError;
use crate::store::portions::padded;
use crate::store::vault::{Purpose, Script};

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
    /// Who did it, as far as that could be read.
    pub person: Option<PersonId>,
    /// All that Telegram sent, as JSON.
    pub raw: String,
    /// Why it failed the last time.
    pub error: String,
    /// When it was given up.
    pub at: DateTime<Utc>,
}

/// Whether an update that did not take effect had to be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// It is kept.
    Now,
    /// It took effect after all, or is kept already.
    Before,
}

/// Far from either database's limit on parameters.
const UPDATES_AT_ONCE: usize = 500;
/// More than a person reads.
const MOST_DEAD_LETTERS: i64 = 1_000;

impl Tx {
    /// Notes that the update takes effect in this transaction. A redelivery that runs beside it waits for its end.
    pub async fn deduplicate(&mut self, update: UpdateId, now: DateTime<Utc>) -> Result<Dedup, StoreError> {
        let first = self.deduplicate_all(&[update].into(), now).await?;
        Ok(if first == 1 { Dedup::First } else { Dedup::Duplicate })
    }

    /// The same for many; gives how many of them are seen for the first time. Which these are tells
    /// [`Tx::processed`] of another transaction, since a row for each would cost all the others whose updates are new.
    pub async fn deduplicate_all(
        &mut self,
        updates: &BTreeSet<UpdateId>,
        now: DateTime<Utc>,
    ) -> Result<usize, StoreError> {
        self.changes.now = Some(now);
        let updates: Vec<UpdateId> = updates.iter().copied().collect();
        let mut first = 0;
        for updates in updates.chunks(UPDATES_AT_ONCE) {
            first += on!(self, |db| {
                let mut query = QueryBuilder::new("INSERT INTO processed_updates (update_id, processed_at) ");
                query.push_values(padded(updates), |mut row, update| {
                    row.push_bind(update.0).push_bind(now);
                });
                query.push(" ON CONFLICT (update_id) DO NOTHING");
                query.build().execute(db).await?.rows_affected()
            });
        }
        Ok(usize::try_from(first).unwrap_or(usize::MAX))
    }

    /// Which of these updates took effect.
    pub async fn processed(&mut self, updates: &BTreeSet<UpdateId>) -> Result<BTreeSet<UpdateId>, StoreError> {
        let updates: Vec<UpdateId> = updates.iter().copied().collect();
        let mut processed = BTreeSet::new();
        for updates in updates.chunks(UPDATES_AT_ONCE) {
            let rows: Vec<i64> = on!(self, |db| {
                let mut query = QueryBuilder::new("SELECT update_id FROM processed_updates WHERE update_id IN (");
                let mut wanted = query.separated(", ");
                for update in padded(updates) {
                    wanted.push_bind(update.0);
                }
                query.push(") ORDER BY update_id");
                query.build_query_scalar().fetch_all(db).await?
            });
            processed.extend(rows.into_iter().map(UpdateId));
        }
        Ok(processed)
    }

    /// Gives an update up: it is kept, and counts as processed. One that took effect after all, although its commit seemed
    /// to fail, is not kept: trying it again would do it twice.
    pub async fn dead_letter(&mut self, dead_letter: &DeadLetter) -> Result<Kept, StoreError> {
        if self.deduplicate(dead_letter.update, dead_letter.at).await? == Dedup::Duplicate {
            return Ok(Kept::Before);
        }
        self.keep_dead_letter(dead_letter).await?;
        Ok(Kept::Now)
    }

    pub(in crate::store) async fn keep_dead_letter(&mut self, dead_letter: &DeadLetter) -> Result<(), StoreError> {
        // Somebody may have typed serial numbers.
        let raw = self.script().seal(&dead_letter.raw, Purpose::Update(dead_letter.update))?;
        on!(self, |db| sqlx::query(
            "INSERT INTO dead_letters (update_id, person_id, raw, error, dead_at) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (update_id) DO NOTHING"
        )
        .bind(dead_letter.update.0)
        .bind(dead_letter.person.map(|person| person.0))
        .bind(&raw)
        .bind(&dead_letter.error)
        .bind(dead_letter.at)
        .execute(db)
        .await?
        .rows_affected());
        Ok(())
    }

    /// The updates that were given up, newest first, at most a thousand.
    pub async fn dead_letters(&mut self) -> Result<Vec<DeadLetter>, StoreError> {
        let rows: Vec<DeadLetterRow> = on!(self, |db| sqlx::query_as(
            "SELECT update_id, person_id, raw, error, dead_at FROM dead_letters
             ORDER BY dead_at DESC, update_id DESC LIMIT $1"
        )
        .bind(MOST_DEAD_LETTERS)
        .fetch_all(db)
        .await?);
        let script = self.script();
        Ok(rows.into_iter().map(|row| row.dead_letter(&script)).collect())
    }

    /// Whether there are dead letters of which the vendor was not told, and none was told of since `quiet_since`.
    pub async fn has_dead_letters_to_announce(&mut self, quiet_since: DateTime<Utc>) -> Result<bool, StoreError> {
        let (untold, lately): (i64, i64) = on!(self, |db| sqlx::query_as(
            "SELECT COUNT(*) - COUNT(announced_at), COUNT(CASE WHEN announced_at > $1 THEN 1 END) FROM dead_letters"
        )
        .bind(quiet_since)
        .fetch_one(db)
        .await?);
        Ok(untold > 0 && lately == 0)
    }

    /// Marks dead letters as told to the vendor, unless some were told since `quiet_since`; gives how many they are.
    pub async fn announce_dead_letters(
        &mut self,
        now: DateTime<Utc>,
        quiet_since: DateTime<Utc>,
    ) -> Result<u64, StoreError> {
        Ok(on!(self, |db| sqlx::query(
            "UPDATE dead_letters SET announced_at = $1
             WHERE announced_at IS NULL AND NOT EXISTS (SELECT 1 FROM dead_letters WHERE announced_at > $2)"
        )
        .bind(now)
        .bind(quiet_since)
        .execute(db)
        .await?
        .rows_affected()))
    }
}

#[derive(sqlx::FromRow)]
struct DeadLetterRow {
    update_id: i64,
    person_id: Option<i64>,
    raw: String,
    error: String,
    dead_at: DateTime<Utc>,
}

impl DeadLetterRow {
    fn dead_letter(self, script: &Script) -> DeadLetter {
        let update = UpdateId(self.update_id);
        DeadLetter {
            update,
            person: self.person_id.map(PersonId),
            raw: script.open_or_leave(self.raw, Purpose::Update(update)),
            error: self.error,
            at: self.dead_at,
        }
    }
}
