//! When the store is asked for work.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

/// How often the store is asked for work that another replica left or that nobody announced.
const POLL: TimeDelta = TimeDelta::seconds(1);
/// What is claimed at this moment looks due until it is.
const SHORTEST_PAUSE: TimeDelta = TimeDelta::milliseconds(5);
/// How long the store is not asked again that had no more work than there were hands for. What commits leave meanwhile is taken
/// up together: a rush of orders is a few questions and one message to staff, not one of each for every order.
const GATHERING: TimeDelta = TimeDelta::milliseconds(50);

/// How a look at the store ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// It gave all that was due; more falls due then, as far as is known.
    All(Option<DateTime<Utc>>),
    /// Every free hand has work, and there may be more.
    Part(Option<DateTime<Utc>>),
    Failed,
}

/// When to look next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Looks {
    next: DateTime<Utc>,
    /// Not before this, whatever commits leave.
    earliest: DateTime<Utc>,
}

impl Looks {
    pub(super) fn at(now: DateTime<Utc>) -> Looks {
        Looks { next: now, earliest: now }
    }

    pub(super) fn after(look: Look, now: DateTime<Utc>) -> Looks {
        let (due, gathering) = match look {
            Look::All(due) => (due, GATHERING),
            Look::Part(due) => (due, TimeDelta::zero()),
            Look::Failed => (None, GATHERING),
        };
        let (earliest, later) = (now + gathering, now + POLL);
        let next = due.map_or(later, |due| due.clamp(now + SHORTEST_PAUSE, later));
        Looks { next: next.max(earliest), earliest }
    }

    /// As soon as may be, since there may be work.
    pub(super) fn hurry(&mut self) {
        self.next = self.next.min(self.earliest);
    }

    pub(super) fn are_due(&self, now: DateTime<Utc>) -> bool {
        self.next <= now
    }

    /// How long to wait for the next one: never longer than between two looks, though the clock be set back.
    pub(super) fn pause(&self, now: DateTime<Utc>) -> Duration {
        (self.next - now).min(POLL).to_std().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;

    #[test]
    fn what_commits_leave_is_gathered_unless_hands_wait_for_it() {
        let mut looks = Looks::after(Look::All(None), NOW);
        assert_eq!(looks.next, NOW + POLL);
        looks.hurry();
        assert_eq!(looks.next, NOW + GATHERING);
        let mut looks = Looks::after(Look::Part(None), NOW);
        looks.hurry();
        assert_eq!(looks.next, NOW);
    }

    #[test]
    fn what_falls_due_is_looked_for_then() {
        let at = |look: fn(Option<DateTime<Utc>>) -> Look, milliseconds| {
            let due = Some(NOW + TimeDelta::milliseconds(milliseconds));
            (Looks::after(look(due), NOW).next - NOW).num_milliseconds()
        };
        assert_eq!([at(Look::All, -9), at(Look::All, 300), at(Look::All, 5_000)], [50, 300, 1_000]);
        assert_eq!([at(Look::Part, -9), at(Look::Part, 300), at(Look::Part, 5_000)], [5, 300, 1_000]);
    }

    #[test]
    fn a_clock_that_is_set_back_keeps_nothing_waiting() {
        let mut looks = Looks::after(Look::All(None), NOW);
        looks.hurry();
        assert_eq!(looks.pause(NOW), Duration::from_millis(50));
        assert_eq!(looks.pause(NOW - TimeDelta::hours(1)), Duration::from_secs(1));
        assert_eq!(looks.pause(NOW + TimeDelta::hours(1)), Duration::ZERO);
    }

    #[test]
    fn a_store_that_fails_is_not_asked_without_a_pause() {
        let mut looks = Looks::after(Look::Failed, NOW);
        looks.hurry();
        assert_eq!(looks.next, NOW + GATHERING);
    }
}
