//! Since when people wait for what came of what they did, until a screen shows it.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use crate::store::DialogueKey;

/// Dialogues that are remembered: as many as wait in a bad outage. Beyond that nobody needs the time of each.
const MOST_DIALOGUES: usize = 10_000;
/// Taps of a dialogue that are remembered: more than a person makes before they look.
const MOST_TAPS: usize = 16;

/// What people did and cannot see yet.
#[derive(Debug, Default)]
pub(super) struct Taps(HashMap<DialogueKey, Vec<(i64, DateTime<Utc>)>>);

impl Taps {
    /// What somebody did then led to this version.
    pub(super) fn note(&mut self, key: DialogueKey, version: i64, since: DateTime<Utc>) {
        if self.0.len() >= MOST_DIALOGUES && !self.0.contains_key(&key) {
            return;
        }
        let taps = self.0.entry(key).or_default();
        // What was put off is leased again under the version that it had.
        if taps.len() < MOST_TAPS && taps.last().is_none_or(|(last, _)| *last < version) {
            taps.push((version, since));
        }
    }

    /// Takes what this version shows.
    pub(super) fn take(&mut self, key: DialogueKey, version: i64) -> Vec<DateTime<Utc>> {
        let Some(taps) = self.0.get_mut(&key) else { return Vec::new() };
        let shown = taps.extract_if(.., |(led_to, _)| *led_to <= version).map(|(_, since)| since).collect();
        if taps.is_empty() {
            self.0.remove(&key);
        }
        shown
    }
}
