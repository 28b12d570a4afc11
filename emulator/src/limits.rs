//! Flood control: how often a bot may send.

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, SystemTime};

/// How much a bot may send; an edit counts as a send, and so does what it does to a topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FloodLimits {
    pub chat: Rate,
    /// Any one group, on top of `chat`.
    pub group: Quota,
    /// All chats together, but for answers to people.
    pub broadcast: Rate,
    /// For so long after somebody's word or press in private, what the bot sends them is an answer.
    pub answer_time: Duration,
}

/// So many messages at once, and one more after each period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// How many may come at once.
    pub burst: u32,
    /// How long it takes to be allowed one more.
    pub refill: Duration,
}

/// So many messages within any period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    pub messages: usize,
    pub within: Duration,
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
    groups: HashMap<i64, VecDeque<SystemTime>>,
    broadcast: Bucket,
    /// When people last said or pressed something in private.
    heard: HashMap<i64, SystemTime>,
    closed: HashMap<i64, SystemTime>,
    broadcast_closed: Option<SystemTime>,
}

impl Default for FloodLimits {
    /// About what Telegram allows: one a second in a chat with short bursts, 20 a minute in a group, 30 a second when
    /// broadcasting. Telegram names no figure for the bursts; a bot that sends no more than ten at once stays below these.
    fn default() -> Self {
        Self {
            chat: Rate { burst: 12, refill: Duration::from_secs(1) },
            group: Quota { messages: 20, within: Duration::from_secs(60) },
            broadcast: Rate { burst: 30, refill: Duration::from_nanos(33_333_333) },
            answer_time: Duration::from_secs(60),
        }
    }
}

impl FloodGate {
    /// A gate at which nothing has passed yet.
    pub fn new(limits: FloodLimits) -> Self {
        Self {
            broadcast: Bucket::default(),
            chats: HashMap::new(),
            groups: HashMap::new(),
            heard: HashMap::new(),
            closed: HashMap::new(),
            broadcast_closed: None,
            limits,
        }
    }

    /// Somebody said or pressed something in their private chat.
    pub fn hear(&mut self, chat: i64, now: SystemTime) {
        self.heard.insert(chat, now);
    }

    /// Lets one message through, or says after how many seconds to try again. A refusal closes the chat for that long, or,
    /// when it is for broadcasting, all chats but those in which people wait for an answer.
    pub fn pass(&mut self, chat: i64, audience: Audience, now: SystemTime) -> Result<(), u64> {
        self.forget(now);
        let is_answer = self.heard.contains_key(&chat);
        let closed = self.broadcast_closed.filter(|_| !is_answer).max(self.closed.get(&chat).copied());
        if let Some(until) = closed.filter(|until| *until > now) {
            return Err(whole_seconds(until, now));
        }
        let in_chat = self.chats.entry(chat).or_default();
        let in_group = self.groups.entry(chat).or_default();
        let group_wait = match in_group.len().checked_sub(self.limits.group.messages) {
            Some(over) if audience == Audience::Group => {
                in_group.get(over).map(|sent| *sent + self.limits.group.within)
            }
            _ => None,
        };
        if let Some(until) = in_chat.wait(self.limits.chat, now).max(group_wait) {
            let seconds = whole_seconds(until, now);
            self.closed.insert(chat, now + Duration::from_secs(seconds));
            return Err(seconds);
        }
        if !is_answer {
            if let Some(until) = self.broadcast.wait(self.limits.broadcast, now) {
                let seconds = whole_seconds(until, now);
                self.broadcast_closed = Some(now + Duration::from_secs(seconds));
                return Err(seconds);
            }
            self.broadcast.take(self.limits.broadcast, now);
        }
        in_chat.take(self.limits.chat, now);
        if audience == Audience::Group {
            in_group.push_back(now);
        }
        Ok(())
    }

    /// Forgets what makes no difference any more; a demo may run for days.
    fn forget(&mut self, now: SystemTime) {
        let (group, answer_time) = (self.limits.group, self.limits.answer_time);
        self.chats.retain(|_, bucket| bucket.full_at > Some(now));
        self.groups.retain(|_, sent| {
            sent.retain(|sent| *sent + group.within > now);
            !sent.is_empty()
        });
        self.heard.retain(|_, heard| *heard + answer_time > now);
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
    fn a_chat_takes_a_burst_of_twelve_and_then_one_a_second() {
        let mut gate = gate();
        for _ in 0..12 {
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
        for _ in 0..12 {
            assert_eq!(gate.pass(1, Audience::Private, at(0)), Ok(()));
        }
        assert_eq!(gate.pass(1, Audience::Private, at(600)), Err(1));
        assert_eq!(gate.pass(1, Audience::Private, at(1200)), Err(1));
        assert_eq!(gate.pass(1, Audience::Private, at(1600)), Ok(()));
    }

    #[test]
    fn a_group_takes_twenty_in_any_minute() {
        let mut gate = gate();
        let mut pass = |second: u64| gate.pass(-1, Audience::Group, at(second * 1000));
        assert!((0..20).all(|second| pass(second).is_ok()));
        assert_eq!(pass(20), Err(40));
        assert_eq!(pass(59), Err(1));
        assert!((60..80).all(|second| pass(second).is_ok()));
        assert_eq!(pass(80), Err(40));
    }

    #[test]
    fn thirty_a_second_pass_when_broadcasting() {
        let mut gate = gate();
        for chat in 0..30 {
            assert_eq!(gate.pass(chat, Audience::Private, at(0)), Ok(()));
        }
        assert_eq!(gate.pass(99, Audience::Private, at(0)), Err(1));
        assert_eq!(gate.pass(98, Audience::Private, at(999)), Err(1));
        assert_eq!(gate.pass(98, Audience::Private, at(1000)), Ok(()));
    }

    #[test]
    fn any_number_of_people_is_answered() {
        let mut gate = gate();
        for chat in 1..=200 {
            gate.hear(chat, at(0));
            assert_eq!(gate.pass(chat, Audience::Private, at(100)), Ok(()));
        }
        // After a while it is no answer any more.
        let passed = (1..=200).filter(|chat| gate.pass(*chat, Audience::Private, at(60_000)).is_ok()).count();
        assert_eq!(passed, 30);
    }
}
