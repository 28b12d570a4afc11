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
    /// Updates that were given up, and dialogues that could not be read.
    pub dead_letters: TimeDelta,
}

/// Long enough to look into a complaint about the last quarter.
const SENT_MESSAGES_DAYS: u32 = 90;
/// After a week without updates Telegram begins anew at a random id (<https://core.telegram.org/bots/api#update>): until
/// then an id that comes again is the same update, and must not take effect twice.
const PROCESSED_UPDATES_DAYS: u32 = 7;
/// A release that mends the fault is out by then.
const DEAD_LETTERS_DAYS: u32 = 90;
/// A century, which the calendar of every database has room for.
const MAX_DAYS: u32 = 36_500;

const ANY: &str = "use 1 to 36500 days";
const A_WEEK: &str = "use 7 to 36500 days; Telegram repeats no update after a week";

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RetentionForm {
    sent_messages_days: Option<u32>,
    processed_updates_days: Option<u32>,
    dead_letters_days: Option<u32>,
}

impl RetentionForm {
    /// What the section asks for, or each key that is wrong with its remedy.
    pub(super) fn read(&self) -> Result<Retention, Vec<(&'static str, &'static str)>> {
        let within =
            |days: u32, least: u32| (least..=MAX_DAYS).contains(&days).then(|| TimeDelta::days(i64::from(days)));
        let sent = within(self.sent_messages_days.unwrap_or(SENT_MESSAGES_DAYS), 1);
        let processed = within(self.processed_updates_days.unwrap_or(PROCESSED_UPDATES_DAYS), PROCESSED_UPDATES_DAYS);
        let dead = within(self.dead_letters_days.unwrap_or(DEAD_LETTERS_DAYS), 1);
        match (sent, processed, dead) {
            (Some(sent_messages), Some(processed_updates), Some(dead_letters)) => {
                Ok(Retention { sent_messages, processed_updates, dead_letters })
            }
            _ => {
                let keys = [
                    (sent, "retention.sent_messages_days", ANY),
                    (processed, "retention.processed_updates_days", A_WEEK),
                    (dead, "retention.dead_letters_days", ANY),
                ];
                let wrong = keys.into_iter().filter(|(read, ..)| read.is_none());
                Err(wrong.map(|(_, key, remedy)| (key, remedy)).collect())
            }
        }
    }
}
