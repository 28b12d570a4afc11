//! Fetching a file that somebody sent, and handing it to the chat.

use std::time::Duration;

use chrono::TimeDelta;

use super::work::{Delivered, DeliveryError};
use super::worker::Worker;
use crate::backoff::Backoff;
use crate::chat::Fetched;
use crate::store::FileJob;
use crate::telegram::{CallError, Download};

/// Somebody waits for what comes of the file.
const PAUSES: Backoff = Backoff::new(Duration::from_secs(2), Duration::from_secs(60));
/// Largest file that bots can fetch (<https://core.telegram.org/bots/api#getfile>).
const LARGEST: usize = 20 * 1024 * 1024;
/// After so many tries whoever sent the file is asked to send it again.
const TRIES: i64 = 6;

impl Worker {
    pub(super) async fn fetch(&self, job: FileJob) -> Result<Delivered, DeliveryError> {
        let fetched = match self.client.download(&job.file_id, LARGEST).await {
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
        let worked = match self.chat.file_fetched(&job, &fetched).await {
            Err(error) if job.attempts >= TRIES => {
                tracing::error!("the file of job {} is given up: {error}", job.id.0);
                self.chat.file_fetched(&job, &Fetched::NotThere).await
            }
            worked => worked,
        };
        match worked {
            Ok(()) => Ok(Delivered::Delivered),
            Err(error) => {
                tracing::warn!("the file of job {} waits: {error}", job.id.0);
                self.defer_file(&job).await
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
