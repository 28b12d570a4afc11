//! Flood control: how often a bot may send.

use std::collections::HashMap;
use std::time::{Duration, SystemTime};

/// How much a bot may send; an edit counts as a send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FloodLimits {
    pub chat: Rate,
    /// Any one group, on top of `chat`.
    pub group: Rate,
    pub overall: Rate,
}

/// So many messages at once, and one more after each period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// How many may come at once.
    pub burst: u32,
    /// How long it takes to be allowed one more.
    pub refill: Duration,
}

/// Which kind of chat a message goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    Private,
    /// A group or supergroup.
    Group,
}

/// The state of the limits at one moment.
#[derive(Debug, Clone)]
pub struct FloodGate {
    limits: FloodLimits,
    chats: HashMap<i64, Bucket>,
    groups: HashMap<i64, Bucket>,
    overall: Bucket,
    closed: HashMap<i64, SystemTime>,
    all_closed: Option<SystemTime>,
}

impl Default for FloodLimits {
    /// About what Telegram allows: one a second in a chat with short bursts, 20 a minute in a group, 30 a second overall.
    fn default() -> Self {
        Self {
            chat: Rate { burst: 3, refill: Duration::from_secs(1) },
            group: Rate { burst: 20, refill: Duration::from_secs(3) },
            overall: Rate { burst: 30, refill: Duration::from_nanos(33_333_333) },
        }
    }
}

impl FloodGate {
    /// A gate at which nothing has passed yet.
    pub fn new(limits: FloodLimits) -> Self {
        Self {
            overall: Bucket::default(),
            chats: HashMap::new(),
            groups: HashMap::new(),
            closed: HashMap::new(),
            all_closed: None,
            limits,
        }
    }

    /// Lets one message through, or says after how many seconds to try again. A refusal closes the chat (or, when the
    /// overall limit is hit, all chats) for that long.
    pub fn pass(&mut self, chat: i64, audience: Audience, now: SystemTime) -> Result<(), u64> {
        self.forget_full(now);
        let until = self.closed.get(&chat).copied().max(self.all_closed);
        if let Some(until) = until.filter(|until| *until > now) {
            return Err(whole_seconds(until, now));
        }
        let in_chat = self.chats.entry(chat).or_default();
        let in_group = self.groups.entry(chat).or_default();
        let chat_wait = in_chat.wait(self.limits.chat, now);
        let group_wait = match audience {
            Audience::Group => in_group.wait(self.limits.group, now),
            Audience::Private => None,
        };
        if let Some(until) = chat_wait.max(group_wait) {
            let seconds = whole_seconds(until, now);
            self.closed.insert(chat, now + Duration::from_secs(seconds));
            return Err(seconds);
        }
        if let Some(until) = self.overall.wait(self.limits.overall, now) {
            let seconds = whole_seconds(until, now);
            self.all_closed = Some(now + Duration::from_secs(seconds));
            return Err(seconds);
        }
        in_chat.take(self.limits.chat, now);
        self.overall.take(self.limits.overall, now);
        if audience == Audience::Group {
            in_group.take(self.limits.group, now);
        }
        Ok(())
    }

    fn forget_full(&mut self, now: SystemTime) {
        // A bucket that filled up again is the same as one that never was; a demo may run for days.
        self.chats.retain(|_, bucket| bucket.full_at > Some(now));
        self.groups.retain(|_, bucket| bucket.full_at > Some(now));
        self.closed.retain(|_, until| *until > now);
    }
}

/// Counts by the moment at which the bucket would be full again.
#[derive(Debug, Clone, Copy, Default)]
struct Bucket {
    full_at: Option<SystemTime>,
}

impl Bucket {
    /// Until when there is no room, if there is none now.
    fn wait(&self, rate: Rate, now: SystemTime) -> Option<SystemTime> {
        let full_at = self.full_at?;
        let room = full_at + rate.refill;
        let latest = now + rate.refill * rate.burst;
        let behind = room.duration_since(latest).ok()?;
        (!behind.is_zero()).then(|| now + behind)
    }

    fn take(&mut self, rate: Rate, now: SystemTime) {
        let from = self.full_at.filter(|until| *until > now).unwrap_or(now);
        self.full_at = Some(from + rate.refill);
    }
}

/// Whole seconds from `now` to `until`, rounded up, at least one.
fn whole_seconds(until: SystemTime, now: SystemTime) -> u64 {
    let wait = until.duration_since(now).unwrap_or_default();
    let more = u64::from(wait.subsec_nanos() > 0);
    (wait.as_secs() + more).max(1)
}

#[cfg(test)]
mod tests {
    use super::{Audience, FloodGate, FloodLimits};
    use std::time::{Duration, SystemTime};

    fn at(millis: u64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_millis(1_000_000 + millis)
    }

    fn gate() -> FloodGate {
        FloodGate::new(FloodLimits::default())
    }

    #[test]
    fn a_chat_takes_a_burst_of_three_and_then_one_a_second() {
        let mut gate = gate();
        for _ in 0..3 {
            assert_eq!(gate.pass(1, Audience::Private, at(0)), Ok(()));
        }
        assert_eq!(gate.pass(1, Audience::Private, at(0)), Err(1));
        assert_eq!(gate.pass(2, Audience::Private, at(0)), Ok(()));
        assert_eq!(gate.pass(1, Audience::Private, at(1000)), Ok(()));
        assert_eq!(gate.pass(1, Audience::Private, at(1000)), Err(1));
    }

    #[test]
    fn a_refused_chat_stays_closed_until_the_time_that_was_named() {
        let mut gate = gate();
        for _ in 0..3 {
            assert_eq!(gate.pass(1, Audience::Private, at(0)), Ok(()));
        }
        assert_eq!(gate.pass(1, Audience::Private, at(600)), Err(1));
        assert_eq!(gate.pass(1, Audience::Private, at(1200)), Err(1));
        assert_eq!(gate.pass(1, Audience::Private, at(1600)), Ok(()));
    }

    #[test]
    fn a_group_takes_twenty_a_minute() {
        let mut gate = gate();
        let passed = (0..60).filter(|second| gate.pass(-1, Audience::Group, at(second * 1000)).is_ok()).count();
        assert!((20..=40).contains(&passed), "{passed}");
        let mut slow = self::gate();
        assert!((0..60).all(|n| slow.pass(-1, Audience::Group, at(n * 3000)).is_ok()));
    }

    #[test]
    fn thirty_a_second_pass_overall() {
        let mut gate = gate();
        for chat in 0..30 {
            assert_eq!(gate.pass(chat, Audience::Private, at(0)), Ok(()));
        }
        assert_eq!(gate.pass(99, Audience::Private, at(0)), Err(1));
        assert_eq!(gate.pass(98, Audience::Private, at(999)), Err(1));
        assert_eq!(gate.pass(98, Audience::Private, at(1000)), Ok(()));
    }
}
