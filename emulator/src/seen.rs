//! What can be seen of the world from outside, and how it can be disturbed.

use super::Emulator;
use super::faults::{Fault, HangEnd};
use super::message::{Bot, Message, MessageId, Person};
use super::profile::{BotCommand, CommandScope, text_for};
use super::records::{Answer, Call, Press};
use super::world::{Reach, World};
use serde_json::Value;

impl World {
    /// The bot that is tried.
    pub fn bot(&self) -> &Bot {
        &self.bot
    }

    /// Somebody who was introduced, or wrote or came by themselves.
    pub fn person(&self, id: i64) -> Option<&Person> {
        self.people.get(&id).map(|known| &known.person)
    }

    /// Whether this person has blocked the bot.
    pub fn has_blocked(&self, person: i64) -> bool {
        self.people.get(&person).is_some_and(|known| known.reach == Reach::Blocked)
    }

    /// How many updates the bot has not confirmed.
    pub fn pending_updates(&self) -> usize {
        self.updates.pending()
    }

    /// The number of the newest update.
    pub fn last_update_id(&self) -> i64 {
        self.updates.last_id()
    }

    /// How many updates a bot would get that asked with this offset now.
    pub fn updates_from(&self, offset: i64) -> usize {
        self.updates.count_from(offset, self.now())
    }

    /// How many calls have begun to hang so far; the newest has this number.
    pub fn hung(&self) -> u64 {
        self.faults.hung()
    }

    /// How many times the bot asked for updates.
    pub fn polls(&self) -> u64 {
        self.newest_poll
    }

    /// How many times an update was posted to a webhook.
    pub fn posts(&self) -> u64 {
        self.posts
    }

    /// The newest message of a chat.
    pub fn last_message(&self, chat: i64) -> Option<&Message> {
        self.messages(chat).next_back()
    }

    /// The answers to presses, the oldest first.
    pub fn answers(&self) -> impl DoubleEndedIterator<Item = &Answer> {
        self.answers.iter()
    }

    /// The presses, the oldest first.
    pub fn presses(&self) -> impl DoubleEndedIterator<Item = &Press> {
        self.presses.iter()
    }

    /// The bot's calls, the oldest first.
    pub fn calls(&self) -> impl DoubleEndedIterator<Item = &Call> {
        self.calls.iter()
    }

    /// How many calls the bot made, those included that are not remembered any more.
    pub fn calls_made(&self) -> u64 {
        self.calls_made
    }
}

impl Emulator {
    /// The messages that stand in a chat now, the oldest first.
    pub fn messages(&self, chat: i64) -> Vec<Message> {
        self.look(|world| world.messages(chat).cloned().collect())
    }

    /// One message, if it still stands.
    pub fn message(&self, chat: i64, id: MessageId) -> Option<Message> {
        self.look(|world| world.message(chat, id).cloned())
    }

    /// The newest message of a chat.
    pub fn last_message(&self, chat: i64) -> Option<Message> {
        self.look(|world| world.last_message(chat).cloned())
    }

    /// The bot's answers to presses, the oldest first.
    pub fn answers(&self) -> Vec<Answer> {
        self.look(|world| world.answers.iter().cloned().collect())
    }

    /// The bot's calls, the oldest first.
    pub fn calls(&self) -> Vec<Call> {
        self.look(|world| world.calls.iter().cloned().collect())
    }

    /// How many updates the bot has not confirmed.
    pub fn pending_updates(&self) -> usize {
        self.look(World::pending_updates)
    }

    /// The number of the newest update.
    pub fn last_update_id(&self) -> i64 {
        self.look(World::last_update_id)
    }

    /// Name and content of a file.
    pub fn file(&self, file_id: &str) -> Option<(String, Vec<u8>)> {
        self.look(|world| {
            let file = world.files.by_id(file_id)?;
            Some((file.attachment.name.clone(), file.bytes.clone()))
        })
    }

    /// The commands that were set for exactly this scope and language.
    pub fn commands(&self, scope: &CommandScope, language: &str) -> Vec<BotCommand> {
        let key = (scope.clone(), language.to_owned());
        self.look(|world| world.profile.commands.get(&key).cloned().unwrap_or_default())
    }

    /// The bot's name in a language.
    pub fn my_name(&self, language: &str) -> String {
        self.look(|world| text_for(&world.profile.names, language).to_owned())
    }

    /// The bot's description in a language.
    pub fn my_description(&self, language: &str) -> String {
        self.look(|world| text_for(&world.profile.descriptions, language).to_owned())
    }

    /// The menu button of a chat as the bot set it; without a chat, the usual one.
    pub fn menu_button(&self, chat: Option<i64>) -> Option<Value> {
        self.look(|world| world.profile.menu_buttons.get(&chat).cloned())
    }

    /// Delivers a recent update once more under the same number, even if it was confirmed; false if it is not known.
    pub fn redeliver(&self, update_id: i64) -> bool {
        self.change(|world| world.updates.redeliver(update_id))
    }

    /// Forgets the updates before this one, as when a bot fetches those from it on.
    pub fn confirm_before(&self, update_id: i64) {
        self.change(|world| {
            let now = world.now();
            world.updates.confirm_before(update_id, now);
        });
    }

    /// Queues any object as an update, under the next number or a higher one that it names.
    pub fn push_raw_update(&self, body: Value) -> i64 {
        self.change(|world| {
            let now = world.now();
            world.updates.push_raw(body, now)
        })
    }

    /// Lets the next matching calls meet a fault.
    pub fn inject(&self, fault: Fault) {
        self.change(|world| world.faults.add(fault));
    }

    /// Lets a call that hangs, by its number, come to this end.
    pub fn let_go(&self, call: u64, end: HangEnd) {
        self.change(|world| world.faults.let_go(call, end));
    }

    /// Takes back all faults that were not met yet.
    pub fn clear_faults(&self) {
        self.change(|world| world.faults.clear());
    }
}
