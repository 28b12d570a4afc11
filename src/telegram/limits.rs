//! Telegram's flood limits, kept on our side so that it never has to answer 429
//! (<https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this>).
//!
//! Each limit is the generic cell rate algorithm: a send is due at a steady interval and may run ahead of it by a burst.
//! Everything is a little slower than what Telegram allows, because calls do not arrive at the pace at which they leave.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::ChatId;

#[derive(Debug, Clone, Copy)]
struct Pace {
    interval: TimeDelta,
    burst: i32,
}

/// Telegram: 30 messages a second over all chats.
const OVERALL: Pace = Pace { interval: TimeDelta::milliseconds(42), burst: 5 };
/// Telegram: about one message a second in a chat, short bursts are let through.
const CHAT: Pace = Pace { interval: TimeDelta::milliseconds(1_250), burst: 3 };
/// Telegram: 20 messages a minute in a group, beside the limit of every chat. The burst and what follows it within a
/// minute come to 19: staff who work through an order see each step at once.
const GROUP: Pace = Pace { interval: TimeDelta::milliseconds(5_200), burst: 8 };
/// Chats remembered before those at rest are forgotten.
const REMEMBERED: usize = 10_000;

/// The state of all limits.
#[derive(Debug, Default)]
pub struct Limits {
    overall: Option<DateTime<Utc>>,
    chats: HashMap<ChatId, DateTime<Utc>>,
    groups: HashMap<ChatId, DateTime<Utc>>,
    held: HashMap<ChatId, DateTime<Utc>>,
}

/// How many messages may be sent or edited now, over all chats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// At least one, and so many.
    For(u32),
    /// None before this instant.
    NotBefore(DateTime<Utc>),
}

/// Whether a message may be sent or edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permit {
    /// Now; it is counted.
    Granted,
    /// Not before this instant.
    NotBefore(DateTime<Utc>),
}

impl Limits {
    /// What the overall limit leaves at `now`, so that no more work is taken up than can be done.
    pub fn room(&self, now: DateTime<Utc>) -> Room {
        match OVERALL.earliest(self.overall, now) {
            Some(earliest) if earliest > now => Room::NotBefore(earliest),
            _ => Room::For(OVERALL.room(self.overall, now)),
        }
    }

    /// Asks to send to or edit in a chat at `now`.
    pub fn ask(&mut self, chat: ChatId, now: DateTime<Utc>) -> Permit {
        if let Some(until) = self.held.get(&chat).filter(|until| **until > now) {
            return Permit::NotBefore(*until);
        }
        let (overall, own) = (self.overall, self.chats.get(&chat).copied());
        let group = self.groups.get(&chat).copied().filter(|_| chat.0 < 0);
        let earliest = CHAT.earliest(own, now).max(GROUP.earliest(group, now)).max(OVERALL.earliest(overall, now));
        if let Some(earliest) = earliest.filter(|earliest| *earliest > now) {
            return Permit::NotBefore(earliest);
        }
        self.overall = Some(OVERALL.after(overall, now));
        self.chats.insert(chat, CHAT.after(own, now));
        if chat.0 < 0 {
            self.groups.insert(chat, GROUP.after(group, now));
        }
        if self.chats.len() > REMEMBERED {
            self.chats.retain(|_, due| *due > now);
            self.groups.retain(|_, due| *due > now);
            self.held.retain(|_, until| *until > now);
        }
        Permit::Granted
    }

    /// Telegram said 429 for this chat: nothing is sent there before `until`.
    pub fn hold(&mut self, chat: ChatId, until: DateTime<Utc>) {
        self.held.insert(chat, until);
    }
}

impl Pace {
    fn earliest(self, due: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.genuine(due, now).map(|due| due - self.interval * (self.burst - 1))
    }

    fn after(self, due: Option<DateTime<Utc>>, now: DateTime<Utc>) -> DateTime<Utc> {
        self.genuine(due, now).map_or(now, |due| due.max(now)) + self.interval
    }

    /// How many sends are allowed at once.
    fn room(self, due: Option<DateTime<Utc>>, now: DateTime<Utc>) -> u32 {
        let ahead = self.genuine(due, now).map_or(TimeDelta::zero(), |due| (due - now).max(TimeDelta::zero()));
        let taken = ahead.num_microseconds().unwrap_or(0) / self.interval.num_microseconds().unwrap_or(1).max(1);
        u32::try_from(i64::from(self.burst) - taken).unwrap_or(0).max(1)
    }

    /// A clock that was set back leaves instants further ahead than any burst can lead; they mean nothing.
    fn genuine(self, due: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        due.filter(|due| *due <= now + self.interval * (self.burst + 1))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(milliseconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(milliseconds).unwrap()
    }

    #[test]
    fn three_quick_messages_go_out_and_a_fourth_waits() {
        let mut limits = Limits::default();
        let anna = ChatId(1);
        for quick in [0, 100, 200] {
            assert_eq!(limits.ask(anna, at(quick)), Permit::Granted);
        }
        assert_eq!(limits.ask(anna, at(300)), Permit::NotBefore(at(1_250)));
        assert_eq!(limits.ask(ChatId(2), at(300)), Permit::Granted);
        assert_eq!(limits.ask(anna, at(1_250)), Permit::Granted);
    }

    #[test]
    fn a_chat_that_was_answered_429_rests_and_others_do_not() {
        let mut limits = Limits::default();
        limits.hold(ChatId(1), at(5_000));
        assert_eq!(limits.ask(ChatId(1), at(10)), Permit::NotBefore(at(5_000)));
        assert_eq!(limits.ask(ChatId(2), at(10)), Permit::Granted);
        assert_eq!(limits.ask(ChatId(1), at(5_000)), Permit::Granted);
    }

    proptest! {
        #[test]
        fn no_window_ever_holds_more_than_telegram_allows(asks in proptest::collection::vec((0..40_i64, -2..4_i64), 1..600)) {
            let mut limits = Limits::default();
            let mut now = 0;
            let mut sent: Vec<(i64, i64)> = Vec::new();
            for (pause, chat) in asks {
                now += pause * 7;
                if limits.ask(ChatId(chat), at(now)) == Permit::Granted {
                    sent.push((now, chat));
                }
            }
            for (start, _) in &sent {
                let within = |width: i64| sent.iter().filter(move |(at, _)| (*start..*start + width).contains(at));
                prop_assert!(within(1_000).count() <= 29);
                for chat in -2..4 {
                    prop_assert!(within(10_000).filter(|(_, c)| *c == chat).count() <= 12);
                    prop_assert!(chat >= 0 || within(60_000).filter(|(_, c)| *c == chat).count() <= 19);
                }
            }
        }
    }
}
