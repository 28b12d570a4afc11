//! Telegram's flood limits: all that the bot keeps of them stands here, so that Telegram hardly ever has to answer 429.
//!
//! What is known of them comes from <https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this> and
//! from the maintainers of Telegram's own libraries (tdlib/td#2592, tdlib/td#3034, tdlib/telegram-bot-api#648):
//!
//! | where | Telegram | the bot |
//! | --- | --- | --- |
//! | one chat | about one message a second; short bursts pass; an edit is a message | one each 1.1 s; at once ten for people's own taps, four for notices, two for bulk |
//! | one group | 20 messages a minute beside that | 19 in 61 s, of which notices and bulk take 14 at most |
//! | all chats | 30 messages a second when broadcasting, and no limit for answers to people | 24 a second for notices and bulk, none for people's own taps |
//! | a topic made in a forum | is a message | is one |
//! | `answerCallbackQuery` | is not limited | is not limited |
//! | after a 429 | the chat rests as long as the answer says | so it does; then its bursts are halved and its pace is slower, and with every five quiet minutes one 429 is forgotten |
//!
//! Several replicas share all of this: one of them writes to groups, and what people in private and all chats together may be
//! sent is divided among them evenly, so that no message has to be counted in the database. A 429 counts for all of them.
//!
//! Telegram names no figure for the short bursts, and counts long messages as more: hence what follows a 429. Everything is
//! a little slower than what Telegram allows, because calls do not arrive at the pace at which they leave.

mod pace;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap, VecDeque};

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::watch;

use self::pace::Pace;
use crate::config::FloodLimits;
use crate::domain::{ChatId, Lane};
use crate::replicas::End;

/// One chat, whichever it is.
const CHAT: Pace = Pace { interval: TimeDelta::milliseconds(1_100), bursts: [10, 4, 2] };
/// What a group takes beside what people do there themselves: 14 in a minute, so that there is always room for these.
const NOTICES_IN_GROUP: Pace = Pace { interval: TimeDelta::milliseconds(6_000), bursts: [4, 4, 2] };
/// All chats together, but for answers to people.
const BROADCAST: Pace = Pace { interval: TimeDelta::milliseconds(42), bursts: [5, 5, 2] };
/// A group's minute, and what it takes within one by how often Telegram had to answer 429 lately.
const GROUP_MINUTE: TimeDelta = TimeDelta::seconds(61);
const IN_GROUP_MINUTE: [usize; 1 + WORST] = [19, 14, 9, 4];
/// More 429 than this slow a chat down no further.
const WORST: usize = 3;
/// After so long without a 429, one of them is forgotten.
const FORGIVEN_AFTER: TimeDelta = TimeDelta::minutes(5);
/// Chats remembered before those at rest are forgotten.
const REMEMBERED: usize = 10_000;

/// What a replica may have sent to a group between its last word and the end of its lead: a burst, and five seconds' worth.
const UNSEEN: usize = 14;

/// What groups, by their ids, were sent within their minute.
pub type GroupSends = BTreeMap<i64, Vec<DateTime<Utc>>>;

/// Chats in which the limits hold something back, and until when.
pub type Holds = BTreeMap<ChatId, DateTime<Utc>>;

/// The state of all limits.
#[derive(Debug)]
pub struct Limits {
    kept: FloodLimits,
    /// Among how many they are divided.
    replicas: i32,
    broadcast: Option<DateTime<Utc>>,
    chats: HashMap<ChatId, ChatState>,
    holds: watch::Sender<Holds>,
    /// When this replica took over groups that somebody else may have written to unseen.
    succeeded: Option<DateTime<Utc>>,
    /// When this replica came to others, who may have written to people with its share until then.
    joined: Option<DateTime<Utc>>,
}

/// What one chat was sent, and how it took it.
#[derive(Debug, Default)]
struct ChatState {
    /// When it would be at rest by [`CHAT`].
    due: Option<DateTime<Utc>>,
    /// A group, by [`NOTICES_IN_GROUP`].
    notices_due: Option<DateTime<Utc>>,
    /// A group's last minute.
    sent: VecDeque<DateTime<Utc>>,
    /// Until when it rests after a 429.
    rests: Option<DateTime<Utc>>,
    /// How many 429 count, and since when.
    strain: Option<(usize, DateTime<Utc>)>,
}

/// How many notices may be sent now, over all chats.
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

/// There is no room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Denied {
    until: DateTime<Utc>,
    /// Until when by the chat's own limits.
    of_chat: Option<DateTime<Utc>>,
}

impl Limits {
    pub fn new(kept: FloodLimits) -> Limits {
        Limits {
            kept,
            replicas: 1,
            broadcast: None,
            chats: HashMap::new(),
            holds: watch::Sender::default(),
            succeeded: None,
            joined: None,
        }
    }

    /// What the limit over all chats leaves at `now`, so that no more notices are taken up than can be sent.
    pub fn room(&self, now: DateTime<Utc>) -> Room {
        if self.kept == FloodLimits::Off {
            return Room::For(u32::MAX);
        }
        let pace = BROADCAST.shared(self.replicas);
        match pace.earliest(self.broadcast, Lane::Notice, 0, now) {
            Some(earliest) if earliest > now => Room::NotBefore(earliest),
            _ => Room::For(pace.room(self.broadcast, Lane::Notice, now)),
        }
    }

    /// Asks to send to or edit in a chat at `now`.
    pub fn ask(&mut self, chat: ChatId, lane: Lane, now: DateTime<Utc>) -> Permit {
        let denied = match self.take(chat, lane, now) {
            Ok(()) => return Permit::Granted,
            Err(denied) => denied,
        };
        if let Some(until) = denied.of_chat {
            self.holds_back(chat, until, now);
        }
        Permit::NotBefore(denied.until)
    }

    /// Takes room in a chat at `now`, if there is any; nothing is noted to wait for it otherwise.
    pub fn take(&mut self, chat: ChatId, lane: Lane, now: DateTime<Utc>) -> Result<(), Denied> {
        let (pace, broadcast) = (self.pace(chat), BROADCAST.shared(self.replicas));
        let (unseen, joined) = (self.succeeded, self.joined);
        let state =
            self.chats.entry(chat).or_insert_with(|| ChatState::after(chat, unseen, joined.map(|at| pace.spent(at))));
        let own = match self.kept {
            FloodLimits::Telegram => state.earliest(chat, lane, pace, now).max(state.rests),
            FloodLimits::Off => state.rests,
        };
        let own = own.filter(|earliest| *earliest > now);
        let is_broadcast = lane > Lane::Tap && self.kept == FloodLimits::Telegram;
        let overall = broadcast.earliest(self.broadcast.filter(|_| is_broadcast), lane, 0, now);
        if let Some(until) = own.max(overall).filter(|earliest| *earliest > now) {
            return Err(Denied { until, of_chat: own });
        }
        state.count(chat, lane, pace, now);
        if is_broadcast {
            self.broadcast = Some(broadcast.after(self.broadcast, 0, now));
        }
        self.holds.send_if_modified(|holds| holds.remove(&chat).is_some());
        if self.chats.len() > REMEMBERED {
            self.chats.retain(|_, state| !state.is_at_rest(now));
        }
        Ok(())
    }

    /// Telegram said 429 for this chat: nothing is sent there before `until`, and less at once afterwards.
    pub fn hold(&mut self, chat: ChatId, until: DateTime<Utc>, now: DateTime<Utc>) {
        let state = self.chats.entry(chat).or_default();
        // Several calls may have been under way: they are one 429.
        if state.rests.is_none_or(|rests| rests <= now) {
            state.strain = Some(((state.strain(now) + 1).min(WORST), now));
        }
        state.rests = Some(until);
        self.holds_back(chat, until, now);
    }

    /// Divides the limits among so many replicas.
    pub fn divide(&mut self, replicas: u32) {
        self.replicas = i32::try_from(replicas).unwrap_or(i32::MAX);
    }

    /// Begins among others that have written to people with this replica's share as well: no burst is left, nor room for notices.
    pub fn join(&mut self, now: DateTime<Utc>) {
        self.joined = Some(now);
        self.chats.retain(|chat, _| chat.0 < 0);
        self.broadcast = Some(BROADCAST.shared(self.replicas).spent(now));
    }

    /// Lets chats rest that another replica met a 429 in.
    pub fn let_rest(&mut self, resting: &Holds, now: DateTime<Utc>) {
        for (chat, until) in resting {
            if self.chats.get(chat).and_then(|state| state.rests).is_none_or(|rests| rests < *until) {
                self.hold(*chat, *until, now);
            }
        }
    }

    /// The chats that rest after a 429, and until when.
    pub fn resting(&self, now: DateTime<Utc>) -> Holds {
        let rests = |(chat, state): (&ChatId, &ChatState)| Some((*chat, state.rests.filter(|until| *until > now)?));
        self.chats.iter().filter_map(rests).collect()
    }

    /// What each group was sent within its minute.
    pub fn sent_to_groups(&self, now: DateTime<Utc>) -> GroupSends {
        let sends = |state: &ChatState| -> Vec<_> {
            state.sent.iter().copied().filter(|sent| *sent > now - GROUP_MINUTE).collect()
        };
        let groups = self.chats.iter().map(|(chat, state)| (chat.0, sends(state)));
        groups.filter(|(_, sends)| !sends.is_empty()).collect()
    }

    /// Goes on where another replica stopped. One that died may have sent more than it told of.
    pub fn succeed(&mut self, sends: &GroupSends, end: End, now: DateTime<Utc>) {
        self.succeeded = (end == End::Died).then_some(now);
        self.chats.retain(|chat, _| chat.0 > 0);
        for (chat, sends) in sends {
            let chat = ChatId(*chat);
            let mut state = ChatState::after(chat, self.succeeded, None);
            state.sent.extend(sends.iter().map(|sent| (*sent).min(now)));
            state.sent.make_contiguous().sort_unstable();
            state.due = state.sent.back().map(|_| now + CHAT.interval);
            self.chats.insert(chat, state);
        }
    }

    /// Private chats are written to by every replica, groups by the one that leads.
    fn pace(&self, chat: ChatId) -> Pace {
        if chat.0 > 0 { CHAT.shared(self.replicas) } else { CHAT }
    }

    /// What is held back, now and at each change. What is past its instant is about to go out, or is not wanted any more.
    pub fn holds(&self) -> watch::Receiver<Holds> {
        self.holds.subscribe()
    }

    fn holds_back(&self, chat: ChatId, until: DateTime<Utc>, now: DateTime<Utc>) {
        self.holds.send_if_modified(|holds| {
            holds.retain(|held, until| *held == chat || *until > now);
            holds.insert(chat, until) != Some(until)
        });
    }
}

impl ChatState {
    /// A chat that nothing is known of, after somebody may have written to it unseen.
    fn after(chat: ChatId, unseen: Option<DateTime<Utc>>, spent: Option<DateTime<Utc>>) -> ChatState {
        let sent = unseen.filter(|_| chat.0 < 0).map_or_else(VecDeque::new, |at| VecDeque::from([at; UNSEEN]));
        ChatState { sent, due: spent.filter(|_| chat.0 > 0), ..ChatState::default() }
    }

    /// When the chat takes the next message of this kind.
    fn earliest(&self, chat: ChatId, lane: Lane, pace: Pace, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let strain = self.strain(now);
        let earliest = pace.earliest(self.due, lane, strain, now);
        if chat.0 > 0 {
            return earliest;
        }
        // A clock that was set back leaves instants ahead; they mean nothing.
        let within = self.sent.iter().filter(|sent| (now - GROUP_MINUTE..=now).contains(sent));
        let room = within.rev().nth(IN_GROUP_MINUTE.get(strain).map_or(0, |most| most - 1));
        let notices = self.notices_due.filter(|_| lane > Lane::Tap);
        earliest.max(room.map(|sent| *sent + GROUP_MINUTE)).max(NOTICES_IN_GROUP.earliest(notices, lane, strain, now))
    }

    fn count(&mut self, chat: ChatId, lane: Lane, pace: Pace, now: DateTime<Utc>) {
        let strain = self.strain(now);
        self.due = Some(pace.after(self.due, strain, now));
        if chat.0 > 0 {
            return;
        }
        self.sent.retain(|sent| *sent > now - GROUP_MINUTE);
        self.sent.push_back(now);
        if lane > Lane::Tap {
            self.notices_due = Some(NOTICES_IN_GROUP.after(self.notices_due, strain, now));
        }
    }

    /// How many 429 count at `now`.
    fn strain(&self, now: DateTime<Utc>) -> usize {
        let Some((count, since)) = self.strain else { return 0 };
        let forgiven = (now - since).num_seconds() / FORGIVEN_AFTER.num_seconds();
        count.saturating_sub(usize::try_from(forgiven).unwrap_or(0))
    }

    fn is_at_rest(&self, now: DateTime<Utc>) -> bool {
        let ends = [self.due, self.notices_due, self.rests, self.sent.back().map(|sent| *sent + GROUP_MINUTE)];
        self.strain(now) == 0 && ends.into_iter().flatten().all(|end| end <= now)
    }
}
