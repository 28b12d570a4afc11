//! The queue of updates: kept until confirmed, handed out again until then.

use super::json::Fields;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::time::{Duration, SystemTime};

/// Unconfirmed messages wait this long for the bot.
const KEPT: Duration = Duration::from_secs(24 * 60 * 60);
/// A press waits this long only: nobody waits longer before a button.
const PRESS_KEPT: Duration = Duration::from_secs(150);
/// How many past updates can be delivered again.
const HISTORY: usize = 2000;
/// What a bot gets only when it asks for it by name.
const ONLY_ON_REQUEST: [&str; 3] = ["chat_member", "message_reaction", "message_reaction_count"];

/// The lanes, from here on, of updates that wait for no other.
const LONELY: i64 = 1 << 60;

/// The lane of one kind of updates about a chat or a person, as Telegram's server counts them: what somebody writes and what
/// they press are apart, and may overtake each other.
pub(super) fn lane(kind: i64, of: i64) -> i64 {
    of + (kind << 33)
}

/// One update as the bot gets it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Update {
    pub id: i64,
    /// The whole object, `update_id` included.
    pub body: Value,
    /// What comes one after another when a webhook takes several at once: the messages of a chat, the presses of a person.
    pub lane: i64,
    /// When Telegram stops keeping it.
    pub expires: SystemTime,
}

/// Updates that wait for the bot, and those that it had.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct UpdateQueue {
    next_id: i64,
    waiting: VecDeque<Update>,
    #[serde(skip)]
    again: VecDeque<Update>,
    #[serde(skip)]
    history: VecDeque<Update>,
    /// The bot says it again when it starts.
    #[serde(skip)]
    allowed: Option<Vec<String>>,
}

impl UpdateQueue {
    /// An empty queue whose first update gets this number.
    pub fn starting_at(first_id: i64) -> Self {
        Self {
            next_id: first_id,
            waiting: VecDeque::new(),
            again: VecDeque::new(),
            history: VecDeque::new(),
            allowed: None,
        }
    }

    /// Adds an update of this kind, unless the bot said that it does not want the kind.
    pub fn push(&mut self, kind: &str, content: Value, lane: i64, now: SystemTime) -> Option<i64> {
        let wanted = match &self.allowed {
            Some(kinds) => kinds.iter().any(|wanted| wanted == kind),
            None => !ONLY_ON_REQUEST.contains(&kind),
        };
        if !wanted {
            return None;
        }
        let kept = if kind == "callback_query" { PRESS_KEPT } else { KEPT };
        let mut body = json!({});
        body.set(kind, content);
        Some(self.add(body, lane, now + kept))
    }

    /// Adds any object as an update; it gets the next number, unless it has one.
    pub fn push_raw(&mut self, body: Value, now: SystemTime) -> i64 {
        if let Some(id) = body.get("update_id").and_then(Value::as_i64) {
            self.next_id = self.next_id.max(id);
        }
        self.add(body, LONELY + self.next_id, now + KEPT)
    }

    fn add(&mut self, mut body: Value, lane: i64, expires: SystemTime) -> i64 {
        let id = self.next_id;
        self.next_id += 1;
        body.set("update_id", id);
        let update = Update { id, body, lane, expires };
        self.history.push_back(update.clone());
        if self.history.len() > HISTORY {
            self.history.pop_front();
        }
        self.waiting.push_back(update);
        id
    }

    /// Remembers which kinds the bot wants; an empty list means the usual ones.
    pub fn allow(&mut self, kinds: Vec<String>) {
        self.allowed = (!kinds.is_empty()).then_some(kinds);
    }

    /// The kinds that the bot asked for, if it named any.
    pub fn allowed(&self) -> Option<&[String]> {
        self.allowed.as_deref()
    }

    /// What `getUpdates` answers: a positive offset confirms everything before it, a negative one everything but the
    /// last so many.
    pub fn get(&mut self, offset: i64, limit: usize, now: SystemTime) -> Vec<Update> {
        self.confirm_before(offset, now);
        if offset < 0 {
            let kept = usize::try_from(offset.unsigned_abs()).unwrap_or(usize::MAX);
            let forgotten = self.waiting.len().saturating_sub(kept);
            self.waiting.drain(..forgotten);
        }
        let mut batch: Vec<Update> = self.again.drain(..).collect();
        let room = limit.saturating_sub(batch.len());
        batch.extend(self.waiting.iter().take(room).cloned());
        batch
    }

    /// Forgets what waits below this offset, if it is positive.
    pub fn confirm_before(&mut self, offset: i64, now: SystemTime) {
        self.expire(now);
        if offset > 0 {
            self.waiting.retain(|update| update.id >= offset);
        }
    }

    /// Puts a past or waiting update into the next answer once more, whatever the bot confirmed.
    pub fn redeliver(&mut self, id: i64) -> bool {
        let Some(update) = self.history.iter().find(|update| update.id == id) else {
            return false;
        };
        self.again.push_back(update.clone());
        true
    }

    /// Everything that waits, the oldest first.
    pub fn waiting(&mut self, now: SystemTime) -> impl Iterator<Item = &Update> {
        self.expire(now);
        self.again.iter().chain(&self.waiting)
    }

    /// A webhook took this update.
    pub fn confirm(&mut self, id: i64) {
        if let Some(at) = self.again.iter().position(|update| update.id == id) {
            self.again.remove(at);
            return;
        }
        self.waiting.retain(|update| update.id != id);
    }

    /// Forgets all that waits.
    pub fn clear(&mut self) {
        self.waiting.clear();
        self.again.clear();
    }

    pub fn pending(&self) -> usize {
        self.waiting.len() + self.again.len()
    }

    /// How many updates [`Self::get`] would give for a positive offset or none.
    pub fn count_from(&self, offset: i64, now: SystemTime) -> usize {
        let waits = |update: &&Update| update.id >= offset && update.expires > now;
        self.again.len() + self.waiting.iter().filter(waits).count()
    }

    /// The number of the newest update.
    pub fn last_id(&self) -> i64 {
        self.next_id - 1
    }

    fn expire(&mut self, now: SystemTime) {
        self.waiting.retain(|update| update.expires > now);
    }
}

#[cfg(test)]
mod tests {
    use super::UpdateQueue;
    use serde_json::json;
    use std::time::{Duration, SystemTime};

    const NOW: SystemTime = SystemTime::UNIX_EPOCH;

    fn queue_of(count: usize) -> UpdateQueue {
        let mut queue = UpdateQueue::starting_at(100);
        for n in 0..count {
            queue.push("message", json!({ "n": n }), 1, NOW);
        }
        queue
    }

    fn ids(queue: &mut UpdateQueue, offset: i64, limit: usize) -> Vec<i64> {
        let batch = queue.get(offset, limit, NOW);
        batch.iter().map(|update| update.id).collect()
    }

    #[test]
    fn the_same_offset_gives_the_same_updates() {
        let mut queue = queue_of(3);
        assert_eq!(ids(&mut queue, 0, 100), [100, 101, 102]);
        assert_eq!(ids(&mut queue, 0, 100), [100, 101, 102]);
        assert_eq!(ids(&mut queue, 101, 100), [101, 102]);
        assert_eq!(ids(&mut queue, 101, 1), [101]);
    }

    #[test]
    fn a_higher_offset_confirms_and_a_lower_one_brings_nothing_back() {
        let mut queue = queue_of(3);
        assert_eq!(ids(&mut queue, 103, 100), [] as [i64; 0]);
        assert_eq!(ids(&mut queue, 0, 100), [] as [i64; 0]);
        assert_eq!(queue.pending(), 0);
    }

    #[test]
    fn a_negative_offset_keeps_only_the_last_ones() {
        let mut queue = queue_of(5);
        assert_eq!(ids(&mut queue, -2, 100), [103, 104]);
        assert_eq!(ids(&mut queue, 0, 100), [103, 104]);
    }

    #[test]
    fn a_redelivered_update_comes_once_more_with_its_number() {
        let mut queue = queue_of(2);
        assert_eq!(ids(&mut queue, 102, 100), [] as [i64; 0]);
        assert!(queue.redeliver(100));
        assert!(!queue.redeliver(7));
        assert_eq!(ids(&mut queue, 102, 100), [100]);
        assert_eq!(ids(&mut queue, 102, 100), [] as [i64; 0]);
    }

    #[test]
    fn kinds_that_were_not_asked_for_make_no_update() {
        let mut queue = queue_of(0);
        assert_eq!(queue.push("chat_member", json!({}), 1, NOW), None);
        queue.allow(vec!["message".into()]);
        assert_eq!(queue.push("callback_query", json!({}), 1, NOW), None);
        assert_eq!(queue.push("message", json!({}), 1, NOW), Some(100));
        queue.allow(Vec::new());
        assert_eq!(queue.push("callback_query", json!({}), 1, NOW), Some(101));
    }

    #[test]
    fn a_press_is_kept_for_150_seconds_and_a_message_for_a_day() {
        let mut queue = queue_of(1);
        queue.push("callback_query", json!({}), 1, NOW);
        let later = NOW + Duration::from_secs(151);
        let kept: Vec<i64> = queue.get(0, 100, later).iter().map(|update| update.id).collect();
        assert_eq!(kept, [100]);
        let tomorrow = NOW + Duration::from_secs(24 * 60 * 60);
        assert_eq!(queue.get(0, 100, tomorrow), []);
    }
}
