//! The state of the emulated Telegram: people, groups, messages, updates and what the bot set.

use super::faults::Faults;
use super::files::Files;
use super::forum::Forum;
use super::limits::{FloodGate, FloodLimits};
use super::members::MemberStatus;
use super::message::{Body, Bot, Extras, Group, GroupKind, Message, MessageId, Person, Sender};
use super::profile::Profile;
use super::records::{Answer, Call, Press};
use super::rights::Rights;
use super::updates::UpdateQueue;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::{Instant, SystemTime};
use url::Url;

/// How many messages a chat keeps; the oldest go first.
const KEPT_MESSAGES: usize = 2000;
/// How many calls and answers are remembered.
const KEPT_RECORDS: usize = 10_000;

pub type Clock = Arc<dyn Fn() -> SystemTime + Send + Sync>;

/// Everything that the emulator knows.
pub struct World {
    pub(super) bot: Bot,
    pub(super) clock: Clock,
    pub(super) people: BTreeMap<i64, Acquaintance>,
    pub(super) groups: BTreeMap<i64, GroupState>,
    pub(super) updates: UpdateQueue,
    pub(super) presses: VecDeque<Press>,
    pub(super) answers: VecDeque<Answer>,
    pub(super) calls: VecDeque<Call>,
    /// Those that are forgotten among them.
    pub(super) calls_made: u64,
    pub(super) files: Files,
    pub(super) faults: Faults,
    pub(super) profile: Profile,
    pub(super) webhook: Option<Webhook>,
    pub(super) webhook_rules: WebhookRules,
    pub(super) posts: u64,
    /// When a webhook may be set again.
    pub(super) next_webhook: Instant,
    pub(super) newest_poll: u64,
    pub(super) history: BTreeMap<i64, VecDeque<Message>>,
    pub(super) gate: Option<FloodGate>,
    pub(super) last_message: i32,
    pub(super) last_ticket: u64,
}

/// A person, and whether the bot may write.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Acquaintance {
    pub(super) person: Person,
    pub(super) reach: Reach,
}

/// Whether the bot may write to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Reach {
    NeverWrote,
    Open,
    Blocked,
    Deactivated,
}

/// A group, and who is in it.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct GroupState {
    pub(super) group: Group,
    /// Those who are or were in it, the owner first.
    pub(super) members: Vec<(i64, MemberStatus)>,
    /// By which anybody finds a public one.
    pub(super) username: Option<String>,
    pub(super) bot: Membership,
    pub(super) last_message: i32,
    pub(super) rights: Rights,
    /// The emoji with which one may react in it; `None` for all.
    pub(super) reactions: Option<Vec<String>>,
    /// The topics, if it has any.
    pub(super) forum: Option<Forum>,
    /// Whether this bot was the last one to write.
    pub(super) is_bot_last: bool,
}

impl GroupState {
    /// A group with the bot in it.
    pub(super) fn new(group: Group, members: Vec<(i64, MemberStatus)>) -> Self {
        Self {
            group,
            members,
            username: None,
            bot: Membership::Member,
            last_message: 0,
            rights: Rights::default(),
            reactions: None,
            forum: None,
            is_bot_last: false,
        }
    }

    /// How a person stands in the group; who never was in it has left it.
    pub(super) fn status_of(&self, person: i64) -> MemberStatus {
        let known = self.members.iter().find(|(member, _)| *member == person);
        known.map_or(MemberStatus::Left, |(_, status)| *status)
    }
}

/// Whether the bot is in a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Membership {
    Member,
    Left,
    Kicked,
    Migrated {
        to: i64,
    },
    /// The whole group is gone.
    Deleted,
}

/// Which webhooks may be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WebhookRules {
    /// Telegram's own server: https, on four ports, at no address of a private network.
    Telegram,
    /// A server that runs with `--local`: any address.
    Local,
}

#[derive(Debug, Clone)]
pub(super) struct Webhook {
    /// As the bot wrote it.
    pub(super) address: String,
    pub(super) url: Url,
    pub(super) secret: Option<String>,
    pub(super) max_connections: usize,
    pub(super) last_error: Option<(SystemTime, String)>,
}

impl World {
    pub(super) fn new(bot: Bot, limits: Option<FloodLimits>, clock: Clock, first_update: i64) -> Self {
        Self {
            profile: Profile::new(&bot.first_name),
            bot,
            clock,
            people: BTreeMap::new(),
            groups: BTreeMap::new(),
            updates: UpdateQueue::starting_at(first_update),
            presses: VecDeque::new(),
            answers: VecDeque::new(),
            calls: VecDeque::new(),
            calls_made: 0,
            files: Files::default(),
            faults: Faults::default(),
            webhook: None,
            webhook_rules: WebhookRules::Local,
            posts: 0,
            next_webhook: Instant::now(),
            newest_poll: 0,
            history: BTreeMap::new(),
            gate: limits.map(FloodGate::new),
            last_message: 0,
            last_ticket: 0,
        }
    }

    pub(super) fn now(&self) -> SystemTime {
        (self.clock)()
    }

    /// A number that no other ticket has: ids of presses, albums.
    pub(super) fn ticket(&mut self) -> u64 {
        self.last_ticket += 1;
        self.last_ticket
    }

    /// What the messages of a new album share.
    pub(super) fn album(&mut self) -> String {
        format!("{}", 13_000_000_000_000_000 + self.ticket())
    }

    /// The person, made up if nobody introduced one.
    pub(super) fn acquaintance(&mut self, id: i64) -> &mut Acquaintance {
        self.people.entry(id).or_insert_with(|| Acquaintance {
            person: Person { id, first_name: format!("User {id}"), ..Person::default() },
            reach: Reach::NeverWrote,
        })
    }

    /// An unsent message of this sender.
    pub(super) fn draft(&self, chat: i64, from: Sender) -> Message {
        Message {
            id: MessageId(0),
            chat,
            from,
            date: self.now(),
            edited: None,
            body: Body::Text,
            text: String::new(),
            entities: Vec::new(),
            keyboard: Vec::new(),
            reply_to: None,
            answers_bot: false,
            protect_content: false,
            forwarded_from: None,
            via_bot: None,
            media_group: None,
            extras: Extras::default(),
        }
    }

    /// Puts a message into its chat and numbers it. Supergroups count for themselves; all other chats share the
    /// bot's count, as with Telegram.
    pub(super) fn store(&mut self, mut message: Message) -> Message {
        let counter = match self.groups.get_mut(&message.chat) {
            Some(state) if state.group.kind != GroupKind::Group => &mut state.last_message,
            _ => &mut self.last_message,
        };
        *counter += 1;
        message.id = MessageId(*counter);
        let answered = message.reply_to.and_then(|id| self.message(message.chat, id));
        message.answers_bot = answered.is_some_and(|answered| answered.from == Sender::Bot);
        if message.extras.thread.is_none() {
            (message.extras.thread, message.extras.in_topic) = self.thread_of_answer(message.chat, message.reply_to);
        }
        if let Some(state) = self.groups.get_mut(&message.chat) {
            message.extras.after_this_bot = state.is_bot_last;
            match message.from {
                Sender::Bot => state.is_bot_last = true,
                Sender::OtherBot(_) => state.is_bot_last = false,
                _ => {}
            }
        }
        let history = self.history.entry(message.chat).or_default();
        history.push_back(message.clone());
        if history.len() > KEPT_MESSAGES {
            history.pop_front();
        }
        message
    }

    /// The thread of a supergroup to which an answer belongs, and whether that is a topic.
    pub(super) fn thread_of_answer(&self, chat: i64, answered: Option<MessageId>) -> (Option<MessageId>, bool) {
        let is_supergroup = self.groups.get(&chat).is_some_and(|state| state.group.kind == GroupKind::Supergroup);
        match answered.and_then(|id| self.message(chat, id)).filter(|_| is_supergroup) {
            None => (None, false),
            Some(answered) if answered.extras.in_topic => (answered.extras.thread, true),
            Some(answered) => (Some(answered.extras.thread.unwrap_or(answered.id)), false),
        }
    }

    /// Puts a numbered message into its place; those that come are numbered above it.
    pub(super) fn put_back(&mut self, message: Message) {
        let counter = match self.groups.get_mut(&message.chat) {
            Some(state) if state.group.kind != GroupKind::Group => &mut state.last_message,
            _ => &mut self.last_message,
        };
        *counter = (*counter).max(message.id.0);
        let history = self.history.entry(message.chat).or_default();
        let at = history.partition_point(|other| other.id < message.id);
        history.insert(at, message);
    }

    /// A message that still stands.
    pub fn message(&self, chat: i64, id: MessageId) -> Option<&Message> {
        let history = self.history.get(&chat)?;
        let at = history.binary_search_by_key(&id, |message| message.id).ok()?;
        history.get(at)
    }

    pub(super) fn message_mut(&mut self, chat: i64, id: MessageId) -> Option<&mut Message> {
        let history = self.history.get_mut(&chat)?;
        let at = history.binary_search_by_key(&id, |message| message.id).ok()?;
        history.get_mut(at)
    }

    /// A message stands as it is now.
    pub(super) fn keep_as(&mut self, message: &Message) {
        if let Some(stored) = self.message_mut(message.chat, message.id) {
            stored.clone_from(message);
        }
    }

    pub(super) fn remove_messages(&mut self, chat: i64, goes: impl Fn(&Message) -> bool) {
        if let Some(history) = self.history.get_mut(&chat) {
            history.retain(|message| !goes(message));
        }
    }

    pub(super) fn remove_message(&mut self, chat: i64, id: MessageId) -> Option<Message> {
        let history = self.history.get_mut(&chat)?;
        let at = history.binary_search_by_key(&id, |message| message.id).ok()?;
        history.remove(at)
    }

    /// All messages of a chat that still stand, the oldest first.
    pub fn messages(&self, chat: i64) -> impl DoubleEndedIterator<Item = &Message> {
        self.history.get(&chat).into_iter().flatten()
    }

    pub(super) fn record_call(&mut self, call: Call) {
        self.calls_made += 1;
        self.calls.push_back(call);
        if self.calls.len() > KEPT_RECORDS {
            self.calls.pop_front();
        }
    }

    pub(super) fn record_answer(&mut self, answer: Answer) {
        self.answers.push_back(answer);
        if self.answers.len() > KEPT_RECORDS {
            self.answers.pop_front();
        }
    }

    pub(super) fn record_press(&mut self, press: Press) {
        self.presses.push_back(press);
        if self.presses.len() > KEPT_RECORDS {
            self.presses.pop_front();
        }
    }
}
