//! What stood in another emulator stands in this one, so that a bot's memory of its messages can outlive an emulator.

use super::Emulator;
use super::file_kind::FileKind;
use super::message::{Body, Message, Sender};
use super::people::open_chat;

impl Emulator {
    /// A message stands in its chat under its number, with the content of its file if that is still to be had. The bot is
    /// told nothing: it knows.
    pub fn recall(&self, message: Message, content: Option<Vec<u8>>) {
        self.change(|world| {
            if let Sender::Person(person) = message.from {
                open_chat(world, message.chat, person);
            }
            if let Some(bytes) = content {
                match &message.body {
                    Body::Document(file) => world.files.recall(FileKind::Document, file.clone(), bytes),
                    Body::Photo(file) => world.files.recall(FileKind::Photo, file.clone(), bytes),
                    Body::Media(kind, file) => world.files.recall(*kind, file.clone(), bytes),
                    _ => {}
                }
            }
            world.put_back(message);
        });
    }
}
