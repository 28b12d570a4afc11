//! How it goes with the source of updates: when it was heard last, and what keeps it away.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};

/// Nothing was heard yet.
const NEVER: i64 = i64::MIN;

/// What is known of the source of updates.
#[derive(Debug)]
pub struct Fetching {
    heard: AtomicI64,
    trouble: Mutex<Option<Trouble>>,
}

/// Why no updates come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    pub since: DateTime<Utc>,
    /// The newest reason.
    pub cause: String,
}

impl Default for Fetching {
    fn default() -> Fetching {
        Fetching { heard: AtomicI64::new(NEVER), trouble: Mutex::default() }
    }
}

impl Fetching {
    /// An update was posted, and is stored.
    pub fn posted(&self, now: DateTime<Utc>) {
        self.heard.store(now.timestamp_micros(), Ordering::Relaxed);
    }

    /// The source answered, with updates or without; gives what had kept them away until then.
    pub fn answered(&self, now: DateTime<Utc>) -> Option<Trouble> {
        self.posted(now);
        self.state().take()
    }

    /// Nothing keeps updates away, as far as anybody knows.
    pub fn goes_well(&self) {
        *self.state() = None;
    }

    /// Updates do not come for this reason.
    pub fn met(&self, cause: String, now: DateTime<Utc>) {
        let mut state = self.state();
        let since = state.as_ref().map_or(now, |trouble| trouble.since);
        *state = Some(Trouble { since, cause });
    }

    /// When it was heard last.
    pub fn heard(&self) -> Option<DateTime<Utc>> {
        Some(self.heard.load(Ordering::Relaxed)).filter(|at| *at != NEVER).and_then(DateTime::from_timestamp_micros)
    }

    /// What keeps updates away.
    pub fn trouble(&self) -> Option<Trouble> {
        self.state().clone()
    }

    fn state(&self) -> MutexGuard<'_, Option<Trouble>> {
        self.trouble.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
