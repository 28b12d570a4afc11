//! People whom somebody chooses from their contacts, at the wish of a button in place of their keyboard.

use super::Emulator;
use super::membership::announce;
use super::message::{Body, Message, MessageId, ReplyButton, ReplyKeyboard, RequestUsers, Sender, Service};
use super::people::open_chat;
use super::world::World;

/// Why nobody could be chosen so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotChosen {
    #[error("no button «{label}» that asks for people stands in place of the keyboard of {person}")]
    NoSuchButton { person: i64, label: String },
    #[error("the app lets {person} choose 1 to {most} people")]
    TooMany { person: i64, most: usize },
    #[error("nobody has the id {0}, so it is in no list to choose from")]
    Nobody(i64),
}

impl Emulator {
    /// The buttons in place of a person's own keyboard, as the newest message about it left them.
    pub fn reply_keyboard(&self, person: i64) -> Vec<Vec<ReplyButton>> {
        self.look(|world| shown(world, person))
    }

    /// A person presses such a button and chooses these people.
    pub fn choose_people(&self, person: i64, label: &str, chosen: &[i64]) -> Result<MessageId, NotChosen> {
        self.change(|world| {
            let buttons = shown(world, person);
            let asked = buttons.iter().flatten().find(|button| button.label == label).and_then(|button| button.users);
            let asked = asked.ok_or_else(|| NotChosen::NoSuchButton { person, label: label.to_owned() })?;
            check(world, person, &asked, chosen)?;
            open_chat(world, person, person);
            let body = Body::Service(Service::UsersShared(asked, chosen.to_vec()));
            let message = world.store(Message { body, ..world.draft(person, Sender::Person(person)) });
            announce(world, "message", &message);
            Ok(message.id)
        })
    }
}

fn check(world: &World, person: i64, asked: &RequestUsers, chosen: &[i64]) -> Result<(), NotChosen> {
    if chosen.is_empty() || chosen.len() > asked.max_quantity {
        return Err(NotChosen::TooMany { person, most: asked.max_quantity });
    }
    // Only people are known here, and no app lists a person where bots are asked for.
    let is_listed = |id: &i64| world.people.contains_key(id) && asked.is_bot != Some(true);
    chosen.iter().find(|id| !is_listed(id)).map_or(Ok(()), |id| Err(NotChosen::Nobody(*id)))
}

fn shown(world: &World, person: i64) -> Vec<Vec<ReplyButton>> {
    let newest = world.messages(person).rev().find_map(|message| message.extras.reply_keyboard.clone());
    match newest {
        Some(ReplyKeyboard::Shown(rows)) => rows,
        Some(ReplyKeyboard::Removed | ReplyKeyboard::ForcedReply) | None => Vec::new(),
    }
}
