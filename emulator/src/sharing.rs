//! What people take out of a chat: messages that they forward, files that they save.

use super::Emulator;
use super::membership::announce;
use super::message::{Message, MessageId, Sender};
use super::people::open_chat;

/// The app offers neither to forward nor to save it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("message {message} in chat {chat} is protected or gone: no app forwards or saves it")]
pub struct Protected {
    pub chat: i64,
    pub message: i32,
}

impl Emulator {
    /// A person forwards a message that stands in one chat to another one.
    pub fn forward_message(&self, person: i64, from: i64, id: MessageId, to: i64) -> Result<MessageId, Protected> {
        let original = self.shareable(from, id)?;
        Ok(self.change(|world| {
            open_chat(world, to, person);
            let author = original.forwarded_from.unwrap_or_else(|| world.author_of(&original));
            let message = Message {
                body: original.body,
                text: original.text,
                entities: original.entities,
                forwarded_from: Some(author),
                ..world.draft(to, Sender::Person(person))
            };
            let message = world.store(message);
            announce(world, "message", &message);
            message.id
        }))
    }

    /// A person saves the file on a message: its name and content.
    pub fn save_file(&self, chat: i64, id: MessageId) -> Result<Option<(String, Vec<u8>)>, Protected> {
        let message = self.shareable(chat, id)?;
        Ok(message.file().and_then(|file| self.file(&file.file_id)))
    }

    fn shareable(&self, chat: i64, id: MessageId) -> Result<Message, Protected> {
        let message = self.message(chat, id).filter(|message| !message.protect_content);
        message.ok_or(Protected { chat, message: id.0 })
    }
}
