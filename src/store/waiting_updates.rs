//! Updates that wait in the database: they fail while others pass, or somebody asked to try them again.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sqlx::QueryBuilder;

use crate::domain::{PersonId, UpdateId};
use crate::store::db::{Tx, on};
use crate::store::error::StoreError;
use crate::store::updates::{DeadLetter, Dedup, Kept};
use crate::store::vault::{Purpose, Script};

/// An update that waits; it counts as processed, so that Telegram's redelivery of it does nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingUpdate {
    pub update: UpdateId,
    /// Who did it; what this person did later waits behind it.
    pub person: Option<PersonId>,
    /// All that Telegram sent, as JSON.
    pub raw: String,
    /// Why it failed the last time.
    pub error: String,
    /// Since when it waits.
    pub since: DateTime<Utc>,
    /// When it is tried again.
    pub due: DateTime<Utc>,
    /// How often it failed by itself, while others passed.
    pub tries: i64,
    /// When it did so for the first time; `None` while it only waits behind another one.
    pub failing_since: Option<DateTime<Utc>>,
}

/// Updates that are had at once; their texts are a few kilobytes each.
const PORTION: i64 = 100;
/// Far from either database's limit on parameters.
const WRITTEN_AT_ONCE: usize = 100;

impl Tx {
    /// Lets an update wait, unless it took effect after all.
    pub async fn set_aside_update(&mut self, waiting: &WaitingUpdate) -> Result<Kept, StoreError> {
        if self.deduplicate(waiting.update, waiting.since).await? == Dedup::Duplicate {
            return Ok(Kept::Before);
        }
        self.let_wait(waiting).await?;
        Ok(Kept::Now)
    }

    /// Lets many wait, of which none took effect; gives whether that is so.
    pub async fn set_aside_updates(
        &mut self,
        waiting: &[WaitingUpdate],
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let updates: BTreeSet<UpdateId> = waiting.iter().map(|waiting| waiting.update).collect();
        if self.deduplicate_all(&updates, now).await? < waiting.len() {
            return Ok(false);
        }
        self.let_all_wait(waiting).await?;
        Ok(true)
    }

    async fn let_wait(&mut self, waiting: &WaitingUpdate) -> Result<(), StoreError> {
        self.let_all_wait(std::slice::from_ref(waiting)).await
    }

    async fn let_all_wait(&mut self, waiting: &[WaitingUpdate]) -> Result<(), StoreError> {
        let script = self.script();
        let sealed = waiting.iter().map(|one| script.seal(&one.raw, Purpose::Update(one.update)));
        let sealed: Vec<String> = sealed.collect::<Result<_, _>>()?;
        let rows: Vec<(&WaitingUpdate, &String)> = waiting.iter().zip(&sealed).collect();
        for rows in rows.chunks(WRITTEN_AT_ONCE) {
            on!(self, |db| {
                let mut query = QueryBuilder::new(
                    "INSERT INTO waiting_updates (update_id, person_id, raw, error, since, due, tries, failing_since) ",
                );
                query.push_values(rows, |mut row, (one, raw)| {
                    row.push_bind(one.update.0).push_bind(one.person.map(|person| person.0)).push_bind(*raw);
                    row.push_bind(&one.error).push_bind(one.since).push_bind(one.due).push_bind(one.tries);
                    row.push_bind(one.failing_since);
                });
                query.push(" ON CONFLICT (update_id) DO NOTHING");
                query.build().execute(db).await?.rows_affected()
            });
        }
        Ok(())
    }

    /// The updates that wait, each person's oldest alone, those that are due at this moment.
    pub async fn due_updates(&mut self, now: DateTime<Utc>) -> Result<Vec<WaitingUpdate>, StoreError> {
        let rows: Vec<WaitingRow> = on!(self, |db| sqlx::query_as(
            "SELECT update_id, person_id, raw, error, since, due, tries, failing_since FROM waiting_updates w
             WHERE due <= $1 AND NOT EXISTS (
                 SELECT 1 FROM waiting_updates older
                 WHERE COALESCE(older.person_id, 0) = COALESCE(w.person_id, 0)
                     AND (older.since, older.update_id) < (w.since, w.update_id)
             )
             ORDER BY since, update_id LIMIT $2 + 0"
        )
        .bind(now)
        .bind(PORTION)
        .fetch_all(db)
        .await?);
        Ok(self.read_waiting(rows))
    }

    /// All updates that wait, the oldest first, at most a hundred.
    pub async fn waiting_updates(&mut self) -> Result<Vec<WaitingUpdate>, StoreError> {
        let rows: Vec<WaitingRow> = on!(self, |db| sqlx::query_as(
            "SELECT update_id, person_id, raw, error, since, due, tries, failing_since FROM waiting_updates
             ORDER BY since, update_id LIMIT $1"
        )
        .bind(PORTION)
        .fetch_all(db)
        .await?);
        Ok(self.read_waiting(rows))
    }

    fn read_waiting(&self, rows: Vec<WaitingRow>) -> Vec<WaitingUpdate> {
        let script = self.script();
        rows.into_iter().map(|row| row.waiting_update(&script)).collect()
    }

    /// Whose updates wait.
    pub async fn people_who_wait(&mut self) -> Result<BTreeSet<Option<PersonId>>, StoreError> {
        let people: Vec<Option<i64>> =
            on!(self, |db| sqlx::query_scalar("SELECT DISTINCT person_id FROM waiting_updates ORDER BY person_id")
                .fetch_all(db)
                .await?);
        Ok(people.into_iter().map(|person| person.map(PersonId)).collect())
    }

    /// Takes an update out of those that wait, so that it takes effect in this transaction; `false` when somebody else
    /// did.
    pub async fn take_waiting_update(&mut self, update: UpdateId, now: DateTime<Utc>) -> Result<bool, StoreError> {
        self.changes.now = Some(now);
        let taken = on!(self, |db| sqlx::query("DELETE FROM waiting_updates WHERE update_id = $1")
            .bind(update.0)
            .execute(db)
            .await?
            .rows_affected());
        Ok(taken == 1)
    }

    /// Notes that an update failed once more by itself, and when it is tried again.
    pub async fn defer_update(
        &mut self,
        update: UpdateId,
        error: &str,
        now: DateTime<Utc>,
        due: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        on!(self, |db| {
            sqlx::query(
            "UPDATE waiting_updates SET tries = tries + 1, failing_since = COALESCE(failing_since, $3), error = $2, due = $4
             WHERE update_id = $1"
        )
        .bind(update.0)
        .bind(error)
        .bind(now)
        .bind(due)
        .execute(db)
        .await?
        .rows_affected()
        });
        Ok(())
    }

    /// Gives an update up that waits.
    pub async fn give_up_update(&mut self, dead_letter: &DeadLetter) -> Result<Kept, StoreError> {
        if !self.take_waiting_update(dead_letter.update, dead_letter.at).await? {
            return Ok(Kept::Before);
        }
        self.keep_dead_letter(dead_letter).await?;
        Ok(Kept::Now)
    }

    /// Lets the intake try a dead letter again, or all of them, and at once whatever waits among these; gives how many.
    pub async fn retry_dead_letters(&mut self, only: Option<UpdateId>, now: DateTime<Utc>) -> Result<u64, StoreError> {
        let only = only.map(|update| update.0);
        let mut revived: Vec<(i64, Option<i64>, String, String)> = on!(self, |db| sqlx::query_as(
            "DELETE FROM dead_letters WHERE CAST($1 AS BIGINT) IS NULL OR update_id = $1
             RETURNING update_id, person_id, raw, error"
        )
        .bind(only)
        .fetch_all(db)
        .await?);
        let hastened = on!(self, |db| sqlx::query(
            "UPDATE waiting_updates SET due = $2 WHERE CAST($1 AS BIGINT) IS NULL OR update_id = $1"
        )
        .bind(only)
        .bind(now)
        .execute(db)
        .await?
        .rows_affected());
        revived.sort_by_key(|(update, ..)| *update);
        let (script, mut count) = (self.script(), hastened);
        for (update, person, raw, error) in revived {
            let (update, person) = (UpdateId(update), person.map(PersonId));
            let raw = script.open_or_leave(raw, Purpose::Update(update));
            self.let_wait(&WaitingUpdate {
                update,
                person,
                raw,
                error,
                since: now,
                due: now,
                tries: 0,
                failing_since: None,
            })
            .await?;
            count += 1;
        }
        Ok(count)
    }

    /// Writes a row as an update does and takes it away again: nothing is left of it, and the commit has to be as durable.
    pub async fn write_in_vain(&mut self, update: UpdateId, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.deduplicate(update, now).await?;
        on!(self, |db| sqlx::query("DELETE FROM processed_updates WHERE update_id = $1")
            .bind(update.0)
            .execute(db)
            .await?
            .rows_affected());
        Ok(())
    }
}

#[derive(sqlx::FromRow)]
struct WaitingRow {
    update_id: i64,
    person_id: Option<i64>,
    raw: String,
    error: String,
    since: DateTime<Utc>,
    due: DateTime<Utc>,
    tries: i64,
    failing_since: Option<DateTime<Utc>>,
}

impl WaitingRow {
    fn waiting_update(self, script: &Script) -> WaitingUpdate {
        let update = UpdateId(self.update_id);
        WaitingUpdate {
            update,
            person: self.person_id.map(PersonId),
            raw: script.open_or_leave(self.raw, Purpose::Update(update)),
            error: self.error,
            since: self.since,
            due: self.due,
            tries: self.tries,
            failing_since: self.failing_since,
        }
    }
}
