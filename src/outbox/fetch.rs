//! Fetching a file that somebody sent, and handing it to the chat.

use std::time::Duration;

use chrono::TimeDelta;

use super::work::{Delivered, DeliveryError};
use super::worker::Worker;
use crate::backoff::Backoff;
use crate::chat::{Fetched, LARGEST_LOOK_UP};
use crate::domain::KeptFile;
use crate::store::{FileJob, OutboxMessage};
use crate::telegram::{CallError, Download};

/// Somebody waits for what comes of the file.
const PAUSES: Backoff = Backoff::new(Duration::from_secs(2), Duration::from_secs(60));
/// After so many tries whoever sent the file is asked to send it again.
const TRIES: i64 = 6;
/// A file is not tried again that so many tries came to no end with: it may be what ends them.
const UNFINISHED: i64 = 3;

impl Worker {
    pub(super) async fn fetch(&self, job: FileJob) -> Result<Delivered, DeliveryError> {
        if job.unfinished > UNFINISHED {
            tracing::error!("the file of job {} is given up: work on it broke off {UNFINISHED} times", job.id.0);
            return self.work_on(&job, &Fetched::GivenUp).await;
        }
        tracing::info!(job = job.id.0, "fetching the file of job {}, attempt {}", job.id.0, job.attempts);
        let fetched = match self.client.download(&job.file_id, self.chat.largest_file(&job)).await {
            Ok(Download::Whole(bytes)) => Fetched::Whole(bytes),
            Ok(Download::TooLarge) => Fetched::TooLarge,
            Ok(Download::OutOfReach(why)) => {
                tracing::error!("the file of job {} cannot be had: {why}", job.id.0);
                Fetched::OutOfReach
            }
            // A token in doubt says nothing about the file.
            Err(CallError::Unauthorized) => return self.defer_file(&job).await,
            Err(CallError::Flood(_) | CallError::NotSent(_) | CallError::Ambiguous(_) | CallError::Conflict(_))
                if job.attempts < TRIES =>
            {
                return self.defer_file(&job).await;
            }
            Err(error) => {
                tracing::warn!("the file of job {} cannot be had: {error}", job.id.0);
                Fetched::NotThere
            }
        };
        self.work_on(&job, &fetched).await
    }

    /// A file that a message tells of; `None` when it is to be tried again.
    pub(super) async fn fetched_for(&self, message: &OutboxMessage, file: &KeptFile) -> Option<Fetched> {
        if message.attempts > TRIES {
            tracing::error!(
                "the file that chat {} is told of is given up: it may be what ends the attempts",
                message.chat
            );
            return Some(Fetched::GivenUp);
        }
        Some(match self.client.download(&file.file_id, LARGEST_LOOK_UP).await {
            Ok(Download::Whole(bytes)) => Fetched::Whole(bytes),
            Ok(Download::TooLarge) => Fetched::TooLarge,
            Ok(Download::OutOfReach(_)) => Fetched::OutOfReach,
            Err(error) if message.attempts < TRIES => {
                tracing::warn!("a file that chat {} is told of cannot be had yet: {error}", message.chat);
                return None;
            }
            Err(_) => Fetched::NotThere,
        })
    }

    async fn work_on(&self, job: &FileJob, fetched: &Fetched) -> Result<Delivered, DeliveryError> {
        let worked = match self.chat.file_fetched(job, fetched).await {
            Err(error) if job.attempts >= TRIES => {
                tracing::error!("the file of job {} is given up: {error}", job.id.0);
                self.chat.file_fetched(job, &Fetched::GivenUp).await
            }
            worked => worked,
        };
        match worked {
            Ok(()) => Ok(Delivered::Delivered),
            Err(error) => {
                tracing::warn!("the file of job {} waits: {error}", job.id.0);
                self.defer_file(job).await
            }
        }
    }

    async fn defer_file(&self, job: &FileJob) -> Result<Delivered, DeliveryError> {
        let until = self.now() + TimeDelta::from_std(PAUSES.after(job.attempts)).unwrap_or_default();
        let mut tx = self.begin().await?;
        tx.defer_file_job(job.id, until).await?;
        tx.commit().await?;
        Ok(Delivered::Deferred(until))
    }
}
