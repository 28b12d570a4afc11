//! What follows orders by edits: what becomes of one that was brought up to date, or could not be.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::work::{Delivered, DeliveryError};
use super::worker::Worker;
use crate::backoff::Backoff;
use crate::domain::ChatId;
use crate::store::Follower;
use crate::telegram::CallError;

/// Changes of what one follows within this are one edit.
pub(super) const FOLLOWS_AFTER: TimeDelta = TimeDelta::seconds(10);
/// Nobody waits for it.
const PAUSES: Backoff = Backoff::new(Duration::from_secs(10), Duration::from_secs(600));

impl Worker {
    pub(super) async fn up_to_date(&self, follower: &impl Follower) -> Result<Delivered, DeliveryError> {
        let mut tx = self.begin().await?;
        tx.up_to_date(follower).await?;
        tx.commit().await?;
        Ok(Delivered::Delivered)
    }

    pub(super) async fn put_off(
        &self,
        follower: &impl Follower,
        until: DateTime<Utc>,
        attempts: i64,
    ) -> Result<Delivered, DeliveryError> {
        let mut tx = self.begin().await?;
        tx.put_off(follower, until, attempts).await?;
        tx.commit().await?;
        Ok(Delivered::Deferred(until))
    }

    /// What becomes of one that Telegram did not take an edit for.
    pub(super) async fn edit_failed(
        &self,
        follower: &impl Follower,
        (chat, name): (ChatId, &str),
        error: CallError,
    ) -> Result<Delivered, DeliveryError> {
        match error {
            CallError::Flood(wait) => {
                let until = self.hold(chat, wait);
                self.put_off(follower, until, 0).await
            }
            CallError::NotSent(_) | CallError::Ambiguous(_) | CallError::Conflict(_) | CallError::Unauthorized => {
                tracing::warn!("{name} waits: {error}");
                let pause = TimeDelta::from_std(PAUSES.after(follower.attempts() + 1)).unwrap_or_default();
                self.put_off(follower, self.now() + pause, 1).await
            }
            error => {
                tracing::error!("{name} stays as it is: {error}");
                self.up_to_date(follower).await
            }
        }
    }
}
