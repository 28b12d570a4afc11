//! Files that somebody sent: fetched and worked on outside the transaction that took note of them.

use chrono::{DateTime, Utc};

use crate::store::codes::read_count;
use crate::store::db::{Tx, on};
use crate::store::dialogues::key::{DialogueKey, read_key};
use crate::store::error::StoreError;

/// One file to be worked on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileJobId(pub i64);

/// A file on its way to be worked on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFileJob {
    /// Whose dialogue hears what came of it.
    pub key: DialogueKey,
    /// What Telegram calls the file.
    pub file_id: String,
    /// What it is for: JSON that the store does not look into.
    pub purpose: String,
}

/// A file that this worker may work on until its lease ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileJob {
    pub id: FileJobId,
    /// Whose dialogue hears what came of it.
    pub key: DialogueKey,
    /// What Telegram calls the file.
    pub file_id: String,
    /// What it is for, as JSON.
    pub purpose: String,
    /// Which attempt this is, from 1.
    pub attempts: i64,
    /// How many of the attempts, this one included, came to no end: whoever made them died.
    pub unfinished: i64,
}

/// When a file is worked on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// As soon as somebody is free.
    Next,
    /// After another one of the same dialogue.
    AfterAnother,
}

/// Whether a job was still to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finished {
    Now,
    /// By another worker: nothing of this transaction may stay.
    Before,
}

#[derive(sqlx::FromRow)]
struct JobRow {
    id: i64,
    chat_id: i64,
    person_id: i64,
    seat: String,
    file_id: String,
    purpose: String,
    attempts: i64,
    unfinished: i64,
}

impl JobRow {
    fn into_job(self) -> Result<FileJob, StoreError> {
        Ok(FileJob {
            id: FileJobId(self.id),
            key: read_key(self.chat_id, self.person_id, &self.seat)?,
            file_id: self.file_id,
            purpose: self.purpose,
            attempts: self.attempts,
            unfinished: self.unfinished,
        })
    }
}

impl Tx {
    /// Takes note of a file that is to be worked on, after those that its dialogue sent before.
    pub async fn request_file(&mut self, job: &NewFileJob, now: DateTime<Utc>) -> Result<Turn, StoreError> {
        self.announce();
        let before = self.files_waiting(job.key).await?;
        on!(self, |db| sqlx::query(
            "INSERT INTO file_jobs (chat_id, person_id, seat, file_id, purpose, due, attempts)
             VALUES ($1, $2, $3, $4, $5, $6, 0)"
        )
        .bind(job.key.chat.0)
        .bind(job.key.person.0)
        .bind(job.key.seat.code())
        .bind(&job.file_id)
        .bind(&job.purpose)
        .bind(now)
        .execute(db)
        .await?
        .rows_affected());
        Ok(if before == 0 { Turn::Next } else { Turn::AfterAnother })
    }

    /// How many files of a dialogue are still to be worked on.
    pub async fn files_waiting(&mut self, key: DialogueKey) -> Result<u64, StoreError> {
        let waiting: i64 = on!(self, |db| sqlx::query_scalar(
            "SELECT COUNT(*) FROM file_jobs WHERE chat_id = $1 AND person_id = $2 AND seat = $3"
        )
        .bind(key.chat.0)
        .bind(key.person.0)
        .bind(key.seat.code())
        .fetch_one(db)
        .await?);
        read_count(waiting)
    }

    /// Leases the file that is due longest, and counts the attempt before it is made. One at a time, since each may hold
    /// twenty megabytes: while a lease runs, no other file is given. Those of one dialogue are had in the order in which they were sent.
    pub async fn claim_file_job(
        &mut self,
        now: DateTime<Utc>,
        lease_until: DateTime<Utc>,
    ) -> Result<Option<FileJob>, StoreError> {
        // The condition stands twice: a worker that waited for another one's row lock checks the outer one again.
        let row: Option<JobRow> = on!(self, |db| sqlx::query_as(
            "WITH longest AS MATERIALIZED (
                 SELECT f.id FROM file_jobs f WHERE f.due <= $1 AND (f.leased_until IS NULL OR f.leased_until <= $1)
                     AND NOT EXISTS (SELECT 1 FROM file_jobs busy WHERE busy.leased_until > $1)
                     AND NOT EXISTS (
                         SELECT 1 FROM file_jobs older
                         WHERE older.chat_id = f.chat_id AND older.person_id = f.person_id AND older.seat = f.seat
                             AND older.id < f.id
                     )
                 ORDER BY f.due, f.id LIMIT 1
             )
             UPDATE file_jobs SET leased_until = $2, attempts = attempts + 1, unfinished = unfinished + 1
             WHERE id IN (SELECT id FROM longest)
                 AND due <= $1 AND (leased_until IS NULL OR leased_until <= $1)
             RETURNING id, chat_id, person_id, seat, file_id, purpose, attempts, unfinished"
        )
        .bind(now)
        .bind(lease_until)
        .fetch_optional(db)
        .await?);
        row.map(JobRow::into_job).transpose()
    }

    /// Puts a file off until a moment; the attempt came to an end, if not to a good one.
    pub async fn defer_file_job(&mut self, id: FileJobId, until: DateTime<Utc>) -> Result<(), StoreError> {
        on!(self, |db| sqlx::query("UPDATE file_jobs SET due = $2, leased_until = NULL, unfinished = 0 WHERE id = $1")
            .bind(id.0)
            .bind(until)
            .execute(db)
            .await?
            .rows_affected());
        Ok(())
    }

    /// Takes an attempt back that was broken off without a fault: the next worker may make it at once.
    pub async fn release_file_job(&mut self, job: &FileJob) -> Result<(), StoreError> {
        on!(self, |db| sqlx::query(
            "UPDATE file_jobs SET leased_until = NULL, attempts = attempts - 1, unfinished = unfinished - 1
             WHERE id = $1 AND attempts = $2 AND leased_until IS NOT NULL AND unfinished > 0"
        )
        .bind(job.id.0)
        .bind(job.attempts)
        .execute(db)
        .await?
        .rows_affected());
        Ok(())
    }

    /// Ends a job in the transaction of its effects. A worker beside this one waits for its end.
    pub async fn finish_file_job(&mut self, id: FileJobId) -> Result<Finished, StoreError> {
        let finished = on!(self, |db| sqlx::query("DELETE FROM file_jobs WHERE id = $1")
            .bind(id.0)
            .execute(db)
            .await?
            .rows_affected());
        Ok(if finished == 1 { Finished::Now } else { Finished::Before })
    }
}
