//! What people do: each action shows in the world and, if the bot may see it, makes an update.

use super::Emulator;
use super::entities::automatic;
use super::file_kind::FileKind;
use super::members::MemberStatus;
use super::membership::{announce, unblock};
use super::message::{Body, ButtonAction, CallbackId, Group, Message, MessageId, Person, Quote, Sender};
use super::records::Press;
use super::text::typed;
use super::updates::lane;
use super::world::{Acquaintance, GroupState, Reach, World};
use serde_json::{Value, json};

/// The first bytes of a JPEG: all that is ever looked at of an album.
const ALBUM_PICTURE: [u8; 4] = [0xff, 0xd8, 0xff, 0xe0];

/// What people send besides text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    Sticker,
    Voice,
    Photo {
        bytes: Vec<u8>,
        caption: Option<String>,
    },
    Document {
        name: String,
        mime: String,
        bytes: Vec<u8>,
        caption: Option<String>,
    },
    /// A file of another kind, with what stands below it.
    Media {
        kind: FileKind,
        caption: Option<String>,
    },
    /// So many pictures at once.
    Album(usize),
    /// These at once.
    Together(Vec<Content>),
    Contact,
    Location,
    /// Anything else: the field of its message, such as `poll`, and what stands in it.
    Other(String, Value),
}

/// Where in a chat something is sent.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place {
    Chat,
    Topic(MessageId),
    /// Below what it answers.
    Answer(MessageId),
}

impl Place {
    pub(super) fn take(self, message: &mut Message) {
        match self {
            Place::Chat => {}
            Place::Topic(topic) => {
                message.extras.thread = Some(topic);
                message.extras.in_topic = true;
            }
            Place::Answer(to) => message.reply_to = Some(to),
        }
    }
}

/// The message has no such button.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("message {message} in chat {chat} has no button «{label}» that sends data; it has {present:?}")]
pub struct NoSuchButton {
    pub chat: i64,
    pub message: i32,
    /// What was looked for.
    pub label: String,
    /// The labels that are there, row by row; empty also when the message is gone.
    pub present: Vec<Vec<String>>,
}

impl Emulator {
    /// Introduces a person, who has not written to the bot yet; known ones get the new names.
    pub fn add_person(&self, person: Person) {
        self.change(|world| {
            let reach = world.people.get(&person.id).map_or(Reach::NeverWrote, |known| known.reach);
            world.people.insert(person.id, Acquaintance { person, reach });
        });
    }

    /// Makes a group with the bot in it; the first member is its owner.
    pub fn add_group(&self, group: Group, members: &[i64]) {
        self.change(|world| {
            for member in members {
                world.acquaintance(*member);
            }
            let status = |place: usize| if place == 0 { MemberStatus::Creator } else { MemberStatus::Member };
            let members = members.iter().enumerate().map(|(place, member)| (*member, status(place))).collect();
            world.groups.insert(group.id, GroupState::new(group, members));
        });
    }

    pub fn say(&self, chat: i64, person: i64, text: &str) -> MessageId {
        self.deliver(chat, Sender::Person(person), |_, message| set_text(message, text))
    }

    /// A person answers a message.
    pub fn reply(&self, chat: i64, person: i64, to: MessageId, text: &str) -> MessageId {
        self.deliver(chat, Sender::Person(person), |_, message| {
            message.reply_to = Some(to);
            set_text(message, text);
        })
    }

    /// A person answers, in one chat, a message of another.
    pub fn reply_elsewhere(&self, chat: i64, person: i64, to: (i64, MessageId), text: &str) -> MessageId {
        self.deliver(chat, Sender::Person(person), |_, message| {
            message.extras.answers_elsewhere = Some(to);
            set_text(message, text);
        })
    }

    /// A person sends something else than text; of an album, the first message is named.
    pub fn send(&self, chat: i64, person: i64, content: Content) -> MessageId {
        self.send_at(chat, person, Place::Chat, content)
    }

    /// A person answers a message with something else than text.
    pub fn reply_with(&self, chat: i64, person: i64, to: MessageId, content: Content) -> MessageId {
        self.send_at(chat, person, Place::Answer(to), content)
    }

    pub(super) fn send_at(&self, chat: i64, person: i64, place: Place, content: Content) -> MessageId {
        let parts = match content {
            Content::Album(count) => {
                vec![Content::Photo { bytes: ALBUM_PICTURE.to_vec(), caption: None }; count.max(1)]
            }
            Content::Together(parts) => parts,
            content => {
                return self.deliver(chat, Sender::Person(person), |world, message| {
                    place.take(message);
                    fill(world, message, content);
                });
            }
        };
        let album = self.change(World::album);
        let mut ids = parts.into_iter().map(|part| {
            self.deliver(chat, Sender::Person(person), |world, message| {
                place.take(message);
                message.media_group = Some(album.clone());
                fill(world, message, part);
            })
        });
        let first = ids.next();
        ids.for_each(drop);
        first.unwrap_or(MessageId(0))
    }

    /// A person changes a message of their own; false if there is no such message.
    pub fn edit(&self, chat: i64, person: i64, id: MessageId, text: &str) -> bool {
        self.change(|world| {
            let now = world.now();
            let own = world.message_mut(chat, id).filter(|message| message.from == Sender::Person(person));
            let Some(message) = own else {
                return false;
            };
            message.edited = Some(now);
            set_text(message, text);
            let message = message.clone();
            announce(world, "edited_message", &message);
            true
        })
    }

    /// A person answers a part of a message that they quote.
    pub fn reply_quoting(&self, chat: i64, person: i64, to: MessageId, quote: &str, text: &str) -> MessageId {
        self.deliver(chat, Sender::Person(person), |world, message| {
            let answered = world.message(chat, to).map(|message| message.text.clone()).unwrap_or_default();
            let before = answered.split(quote).next().unwrap_or_default();
            let position = before.encode_utf16().count();
            message.reply_to = Some(to);
            message.extras.quote = Some(Quote { text: quote.to_owned(), entities: Vec::new(), position });
            set_text(message, text);
        })
    }

    /// A person forwards a message of somebody else.
    pub fn forward(&self, chat: i64, person: i64, author: i64, text: &str) -> MessageId {
        self.deliver(chat, Sender::Person(person), |_, message| {
            message.forwarded_from = Some(author);
            set_text(message, text);
        })
    }

    /// A person forwards something else than text that somebody else sent.
    pub fn forward_content(&self, chat: i64, person: i64, author: i64, content: Content) -> MessageId {
        self.deliver(chat, Sender::Person(person), |world, message| {
            message.forwarded_from = Some(author);
            fill(world, message, content);
        })
    }

    /// A person sends a text through another bot.
    pub fn say_via_bot(&self, chat: i64, person: i64, bot: &str, text: &str) -> MessageId {
        self.deliver(chat, Sender::Person(person), |_, message| {
            message.via_bot = Some((93_372_553, bot.to_owned()));
            set_text(message, text);
        })
    }

    /// An administrator writes as the group.
    pub fn say_as_anonymous_admin(&self, chat: i64, text: &str) -> MessageId {
        self.deliver(chat, Sender::AnonymousAdmin, |_, message| set_text(message, text))
    }

    /// Another bot writes in a group. No bot sees that, but a bare command is meant for that bot from then on.
    pub fn say_as_other_bot(&self, chat: i64, bot: &str, text: &str) -> MessageId {
        self.deliver(chat, Sender::OtherBot(bot.to_owned()), |_, message| set_text(message, text))
    }

    /// Somebody writes in a group as a channel.
    pub fn say_as_channel(&self, chat: i64, text: &str) -> MessageId {
        let channel = Sender::Channel { id: -1_001_999_999_999, title: "Channel".to_owned() };
        self.deliver(chat, channel, |_, message| set_text(message, text))
    }

    /// A person presses a button that stands on a message now.
    pub fn tap(&self, chat: i64, person: i64, id: MessageId, label: &str) -> Result<CallbackId, NoSuchButton> {
        let data = self.look(|world| {
            let message = world.message(chat, id);
            match message.and_then(|message| message.button(label)).map(|button| &button.action) {
                Some(ButtonAction::Data(data)) => Ok(data.clone()),
                _ => Err(NoSuchButton {
                    chat,
                    message: id.0,
                    label: label.to_owned(),
                    present: message.map(owned_labels).unwrap_or_default(),
                }),
            }
        })?;
        Ok(self.press(chat, person, id, &data))
    }

    /// Sends callback data as if a button were pressed: forged, replayed, or on a message that is gone.
    pub fn press(&self, chat: i64, person: i64, id: MessageId, data: &str) -> CallbackId {
        self.change(|world| {
            world.acquaintance(person);
            press(world, chat, &Sender::Person(person), id, data)
        })
    }

    /// A message is deleted by people; Telegram tells bots nothing about it.
    pub fn delete_message(&self, chat: i64, id: MessageId) {
        self.change(|world| world.remove_message(chat, id));
    }

    pub(super) fn deliver(&self, chat: i64, from: Sender, fill: impl FnOnce(&mut World, &mut Message)) -> MessageId {
        self.change(|world| {
            if let Sender::Person(person) = from {
                open_chat(world, chat, person);
                world.hear(chat, person);
            }
            let mut message = world.draft(chat, from);
            fill(world, &mut message);
            let message = world.store(message);
            announce(world, "message", &message);
            message.id
        })
    }
}

/// Makes the update of a press.
pub(super) fn press(world: &mut World, chat: i64, by: &Sender, id: MessageId, data: &str) -> CallbackId {
    let callback = CallbackId(format!("{}", 4_300_000_000_000_000_000 + world.ticket()));
    let message = match world.message(chat, id) {
        Some(message) => world.message_json(message),
        None => json!({ "chat": world.chat_json(chat), "message_id": id.0, "date": 0 }),
    };
    let now = world.now();
    let from = world.sender_json(by);
    let person = from.get("id").and_then(serde_json::Value::as_i64).unwrap_or_default();
    world.hear(chat, person);
    world.record_press(Press { id: callback.clone(), person, chat, message: id, at: now });
    let query = json!({
        "id": callback.0,
        "from": from,
        "message": message,
        "chat_instance": format!("{}", chat.unsigned_abs().wrapping_mul(2_654_435_761)),
        "data": data,
    });
    world.updates.push("callback_query", query, lane(3, person), now);
    callback
}

/// Who writes to the bot lets it write back; an app first unblocks the bot.
pub(super) fn open_chat(world: &mut World, chat: i64, person: i64) {
    let reach = world.acquaintance(person).reach;
    match reach {
        Reach::NeverWrote if chat == person => world.acquaintance(person).reach = Reach::Open,
        Reach::Blocked if chat == person => unblock(world, person),
        _ => {}
    }
}

pub(super) fn set_text(message: &mut Message, text: &str) {
    message.text = typed(text);
    message.entities = automatic(&message.text);
}

fn fill(world: &mut World, message: &mut Message, content: Content) {
    match content {
        Content::Sticker => message.body = media(world, FileKind::Sticker),
        Content::Voice => message.body = media(world, FileKind::Voice),
        Content::Media { kind, caption } => {
            message.body = media(world, kind);
            set_text(message, caption.as_deref().unwrap_or_default());
        }
        Content::Contact => message.body = Body::Contact,
        Content::Location => message.body = Body::Location,
        Content::Other(field, value) => message.body = Body::Other(field, value),
        Content::Album(_) | Content::Together(_) => {}
        Content::Photo { bytes, caption } => {
            message.body = Body::Photo(world.files.keep(FileKind::Photo, "photo.jpg", "image/jpeg", bytes));
            set_text(message, caption.as_deref().unwrap_or_default());
        }
        Content::Document { name, mime, bytes, caption } => {
            message.body = Body::Document(world.files.keep(FileKind::Document, &name, &mime, bytes));
            set_text(message, caption.as_deref().unwrap_or_default());
        }
    }
}

/// A file of this kind, at whose bytes nobody looks.
fn media(world: &mut World, kind: FileKind) -> Body {
    let (name, mime) = match kind {
        FileKind::Video | FileKind::VideoNote | FileKind::Animation => ("video.mp4", "video/mp4"),
        FileKind::Audio => ("track.mp3", "audio/mpeg"),
        FileKind::Voice => ("voice.ogg", "audio/ogg"),
        FileKind::Sticker => ("sticker.webp", "image/webp"),
        FileKind::Document | FileKind::Photo => ("file", "application/octet-stream"),
    };
    Body::Media(kind, world.files.keep(kind, name, mime, vec![0]))
}

fn owned_labels(message: &Message) -> Vec<Vec<String>> {
    let own = |row: Vec<&str>| row.into_iter().map(str::to_owned).collect();
    message.labels().into_iter().map(own).collect()
}
