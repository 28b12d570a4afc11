//! A piece of work, how long one has for it, and what it came to.

use chrono::{DateTime, TimeDelta, Utc};

use crate::chat::ChatError;
use crate::store::{FileJob, OutboxMessage, Redraw, StoreError};

/// How long a redraw is leased: what a person waits at most when a replica dies with it in hand.
pub(super) const REDRAW_LEASE: TimeDelta = TimeDelta::seconds(10);
/// How long a message is leased: longer than a call can take, since a second sending is a second message.
pub(super) const MESSAGE_LEASE: TimeDelta = TimeDelta::seconds(60);
/// How long a file is leased: fetching 20 MB and bringing them into the stock takes a minute at worst.
pub(super) const FILE_LEASE: TimeDelta = TimeDelta::minutes(10);

pub(super) enum Work {
    Redraw(Redraw),
    Message(OutboxMessage),
    File(FileJob),
}

/// What one piece of work came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivered {
    /// There is nothing to do now.
    Idle,
    /// Done.
    Delivered,
    /// Put off until this instant.
    Deferred(DateTime<Utc>),
    /// Not to be tried again as things are; the log says why.
    GivenUp,
}

/// What stops a delivery.
#[derive(Debug, thiserror::Error)]
pub enum DeliveryError {
    /// The token was revoked.
    #[error(transparent)]
    Revoked(#[from] crate::telegram::Revoked),
    /// The store or what it holds; the work stays leased and comes up again.
    #[error(transparent)]
    Chat(#[from] ChatError),
}

impl From<StoreError> for DeliveryError {
    fn from(error: StoreError) -> DeliveryError {
        DeliveryError::Chat(error.into())
    }
}
