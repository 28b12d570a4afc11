//! Messages on their way into the outbox.

use chrono::{DateTime, Utc};

use crate::domain::{ChatId, Lane, OrderNumber};

/// A message on its way into the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOutboxMessage {
    pub chat: ChatId,
    /// The order that it is about.
    pub order: Option<OrderNumber>,
    /// What it says: JSON that the store does not look into.
    pub body: String,
    pub lane: Lane,
}

/// A message that is to be written into the outbox.
pub(in crate::store) struct Posted<'a> {
    pub(in crate::store) message: &'a NewOutboxMessage,
    /// Where in a forum somebody asked for it.
    pub(in crate::store) topic: Option<i64>,
    pub(in crate::store) at: DateTime<Utc>,
}
