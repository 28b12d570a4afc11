//! A piece of work, how long one has for it, and what it came to.

use chrono::{DateTime, TimeDelta, Utc};
use tracing::Span;

use crate::chat::ChatError;
use crate::chat::redraws::Drawing;
use crate::metrics::SendKind;
use crate::store::{DialogueKey, FileJob, OutboxMessage, StaleDigest, StaleTopic, StoreError};

/// How long a digest or a topic is leased.
pub(super) const FOLLOWING_LEASE: TimeDelta = TimeDelta::seconds(10);
/// How long a message is leased: longer than a call can take, since a second sending is a second message.
pub(super) const MESSAGE_LEASE: TimeDelta = TimeDelta::seconds(60);
/// How long a file is leased: fetching 20 MB and bringing them into the stock takes a minute at worst.
pub(super) const FILE_LEASE: TimeDelta = TimeDelta::minutes(10);

pub(super) enum Work {
    Redraw(Box<Drawing>),
    Message(OutboxMessage),
    Digest(StaleDigest),
    Topic(StaleTopic),
    File(FileJob),
}

impl Work {
    pub(super) fn kind(&self) -> SendKind {
        match self {
            Work::Redraw(_) => SendKind::Screen,
            Work::Message(_) => SendKind::Message,
            Work::Digest(_) => SendKind::Digest,
            Work::Topic(_) => SendKind::Topic,
            Work::File(_) => SendKind::File,
        }
    }

    /// Whose screen it is, if it is one.
    pub(super) fn screen(&self) -> Option<DialogueKey> {
        if let Work::Redraw(drawing) = self { Some(drawing.key()) } else { None }
    }

    /// Gives every line that is logged about this work its ids, whatever the level of the line. Screens are by far the most, and
    /// what is logged of one says itself whose it is.
    pub(super) fn span(&self) -> Span {
        match self {
            Work::Redraw(drawing) => {
                let key = drawing.key();
                tracing::debug_span!("screen", chat = key.chat.0, person = key.person.0)
            }
            Work::Message(message) => {
                let order = message.order.map(|order| order.0);
                tracing::error_span!("message", chat = message.chat.0, order, attempt = message.attempts)
            }
            Work::Digest(digest) => {
                tracing::error_span!("digest", chat = digest.chat.0, message = digest.message.0)
            }
            Work::Topic(topic) => tracing::error_span!("topic", chat = topic.chat.0, order = topic.order.0),
            Work::File(job) => {
                tracing::error_span!("file", job = job.id.0, chat = job.key.chat.0, person = job.key.person.0)
            }
        }
    }
}

/// What one piece of work came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivered {
    /// There is nothing to do now.
    Idle,
    Delivered,
    /// Put off until this instant.
    Deferred(DateTime<Utc>),
    /// Not to be tried again as things are; the log says why.
    GivenUp,
}

/// Why a piece of work came to nothing: the store or what it holds. The work stays leased and comes up again.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct DeliveryError(#[from] ChatError);

impl From<StoreError> for DeliveryError {
    fn from(error: StoreError) -> DeliveryError {
        DeliveryError(error.into())
    }
}
