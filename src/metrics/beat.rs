//! Whether a loop still moves: it says by when it will have moved again, and whoever watches sees whether it did.

use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};

/// How long a step of any loop may take: the longest transaction that is waited for has two minutes, and what is done
/// before and after it one.
pub const STUCK_AFTER: TimeDelta = TimeDelta::seconds(180);
/// The instant by which a loop moves again that waits for nothing.
const NEVER: i64 = i64::MAX;

/// By when one loop moves again.
#[derive(Debug)]
pub struct Beat(AtomicI64);

impl Default for Beat {
    fn default() -> Beat {
        Beat(AtomicI64::new(NEVER))
    }
}

impl Beat {
    /// It moves at this moment, and will again before long.
    pub fn moves(&self, now: DateTime<Utc>) {
        self.moves_after(TimeDelta::zero(), now);
    }

    /// The same, once it has waited for so long.
    pub fn moves_after(&self, wait: TimeDelta, now: DateTime<Utc>) {
        let until = now.timestamp_micros() + (wait + STUCK_AFTER).num_microseconds().unwrap_or(0);
        self.0.store(until, Ordering::Relaxed);
    }

    /// A part of its step is done, and the next one begins. Nothing where nothing is expected of it.
    pub fn goes_on(&self, now: DateTime<Utc>) {
        if self.0.load(Ordering::Relaxed) != NEVER {
            self.moves(now);
        }
    }

    /// It waits for something that may never come.
    pub fn rests(&self) {
        self.0.store(NEVER, Ordering::Relaxed);
    }

    pub(super) fn is_late(&self, now: DateTime<Utc>) -> bool {
        self.0.load(Ordering::Relaxed) < now.timestamp_micros()
    }
}
