//! An update on its way.

use chrono::{DateTime, Utc};
use serde_json::value::RawValue;

use crate::chat::event::Incoming;
use crate::store::WaitingUpdate;

/// An update with the JSON that it came as.
pub(super) struct Arrived {
    pub(super) incoming: Incoming,
    pub(super) raw: Box<RawValue>,
    /// When it was here.
    pub(super) at: DateTime<Utc>,
}

impl Arrived {
    /// As it waits, though it has not failed.
    pub(super) fn waits(&self, reason: &str, now: DateTime<Utc>) -> WaitingUpdate {
        WaitingUpdate {
            update: self.incoming.update,
            person: self.incoming.person(),
            raw: self.raw.get().to_owned(),
            error: reason.to_owned(),
            since: now,
            due: now,
            tries: 0,
            failing_since: None,
        }
    }
}
