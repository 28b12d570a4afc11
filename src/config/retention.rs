//! Section `[retention]`.

use chrono::TimeDelta;
use serde::Deserialize;

/// How long the database keeps what has served its purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention {
    /// Messages of the outbox that were sent.
    pub sent_messages: TimeDelta,
    /// The ids of updates that took effect.
    pub processed_updates: TimeDelta,
    /// Updates that were given up.
    pub dead_letters: TimeDelta,
    /// Dialogues that could not be read.
    pub broken_dialogues: TimeDelta,
    /// What admins did beside orders; `None` for good.
    pub audit: Option<TimeDelta>,
}

/// Long enough to look into a complaint about the last quarter.
const SENT_MESSAGES_DAYS: u32 = 90;
/// After a week without updates Telegram begins anew at a random id (<https://core.telegram.org/bots/api#update>): until
/// then an id that comes again is the same update, and must not take effect twice.
const PROCESSED_UPDATES_DAYS: u32 = 7;
/// A release that mends the fault is out by then.
const DEAD_LETTERS_DAYS: u32 = 90;
/// Whoever covers tracks by a changed configuration leaves a month of them, and a slip of the finger takes no more.
const LEAST_AUDIT_DAYS: u32 = 30;
/// A century, which the calendar of every database has room for.
const MAX_DAYS: u32 = 36_500;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RetentionForm {
    sent_messages_days: Option<u32>,
    processed_updates_days: Option<u32>,
    dead_letters_days: Option<u32>,
    broken_dialogues_days: Option<u32>,
    audit_days: Option<u32>,
}

impl RetentionForm {
    pub(super) fn retention(&self) -> Retention {
        let days = |days: Option<u32>, usual: u32| TimeDelta::days(i64::from(days.unwrap_or(usual)));
        Retention {
            sent_messages: days(self.sent_messages_days, SENT_MESSAGES_DAYS),
            processed_updates: days(self.processed_updates_days, PROCESSED_UPDATES_DAYS),
            dead_letters: days(self.dead_letters_days, DEAD_LETTERS_DAYS),
            broken_dialogues: days(self.broken_dialogues_days, DEAD_LETTERS_DAYS),
            audit: self.audit_days.map(|days| TimeDelta::days(i64::from(days))),
        }
    }

    /// The keys whose numbers are out of bounds, each with the remedy.
    pub(super) fn faults(&self) -> Vec<(&'static str, &'static str)> {
        const ANY: &str = "use 1 to 36500 days";
        let keys = [
            ("retention.sent_messages_days", self.sent_messages_days, 1, ANY),
            (
                "retention.processed_updates_days",
                self.processed_updates_days,
                PROCESSED_UPDATES_DAYS,
                "use 7 to 36500 days; Telegram repeats no update after a week",
            ),
            ("retention.dead_letters_days", self.dead_letters_days, 1, ANY),
            ("retention.broken_dialogues_days", self.broken_dialogues_days, 1, ANY),
            (
                "retention.audit_days",
                self.audit_days,
                LEAST_AUDIT_DAYS,
                "use 30 to 36500 days, or take the key out to keep what admins did for good",
            ),
        ];
        let is_wrong = |days: Option<u32>, least| days.is_some_and(|days| !(least..=MAX_DAYS).contains(&days));
        let wrong = keys.into_iter().filter(|(_, days, least, _)| is_wrong(*days, *least));
        wrong.map(|(key, _, _, remedy)| (key, remedy)).collect()
    }
}
