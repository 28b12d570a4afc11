//! Messages, buttons, people and groups: the plain data of the emulated world.

use super::entities::Entity;
use super::file_kind::FileKind;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::time::SystemTime;

/// Number of a message within its chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct MessageId(pub i32);

/// Identifier of one press of a button.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CallbackId(pub String);

/// The bot's own account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bot {
    /// The number before the colon of the token.
    pub id: i64,
    pub first_name: String,
    /// Name without the at sign.
    pub username: String,
}

/// A person; the private chat with the bot has the same id.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Person {
    pub id: i64,
    pub first_name: String,
    pub last_name: Option<String>,
    /// Name without the at sign.
    pub username: Option<String>,
    /// Language of the person's app, such as `ru`.
    pub language_code: Option<String>,
}

/// A group in which the bot is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    pub id: i64,
    pub title: String,
    /// Which kind of group.
    pub kind: GroupKind,
    /// What the bot sees of what people write.
    pub privacy: PrivacyMode,
}

/// Chats of several people with the bot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum GroupKind {
    Group,
    Supergroup,
    /// What is written there comes to the bot as `channel_post`.
    Channel,
}

impl GroupKind {
    /// The Bot API's name of the kind.
    pub fn name(self) -> &'static str {
        match self {
            Self::Group => "group",
            Self::Supergroup => "supergroup",
            Self::Channel => "channel",
        }
    }
}

/// What a bot sees in a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum PrivacyMode {
    /// Everything, as a bot that is an administrator.
    #[default]
    SeesAll,
    /// Commands that are meant for it, and replies to its messages.
    Restricted,
}

/// Who stands on a message as its sender.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sender {
    Bot,
    /// A person, by user id.
    Person(i64),
    /// An administrator who hides behind the group.
    AnonymousAdmin,
    /// Another bot, by its name without the at sign.
    OtherBot(String),
    Channel {
        /// Chat id of the channel.
        id: i64,
        title: String,
    },
}

/// A button under a message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Button {
    /// What is written on it.
    pub label: String,
    pub action: ButtonAction,
    /// `danger`, `success` or `primary`.
    pub style: Option<String>,
    /// A custom emoji before the label, by its number.
    pub icon: Option<String>,
}

/// A button in place of a person's own keyboard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyButton {
    pub label: String,
    /// The people whom its reader is to choose; without that, and for whatever else it may ask for, its label is written.
    pub users: Option<RequestUsers>,
}

/// Which people a button asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestUsers {
    pub request_id: i32,
    /// Bots alone, or people alone; without it either.
    pub is_bot: Option<bool>,
    pub max_quantity: usize,
    pub names: bool,
    pub usernames: bool,
}

impl From<&str> for ReplyButton {
    fn from(label: &str) -> ReplyButton {
        ReplyButton { label: label.to_owned(), users: None }
    }
}

/// What a message does to the keyboard on which its readers type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReplyKeyboard {
    /// These buttons stand there instead.
    Shown(Vec<Vec<ReplyButton>>),
    /// Their own is back.
    Removed,
    /// They are made to answer.
    ForcedReply,
}

/// What a button does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum ButtonAction {
    /// Sends this to the bot.
    Data(String),
    Url(String),
    /// Anything else: the field and its value.
    Other(String, Value),
}

/// What a message holds besides its text or caption.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Body {
    Text,
    /// A file with a name.
    Document(Attachment),
    Photo(Attachment),
    /// A file of another kind.
    Media(FileKind, Attachment),
    Contact,
    Location,
    /// Anything else: its field and what stands in it.
    Other(String, Value),
    /// The group became the supergroup of this id.
    MigratedTo(i64),
    /// The supergroup was the group of this id.
    MigratedFrom(i64),
    Service(Service),
}

/// What Telegram says in a chat by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Service {
    TopicCreated {
        name: String,
        icon_color: i64,
    },
    TopicRenamed {
        name: String,
    },
    TopicClosed,
    TopicReopened,
    GeneralTopicHidden,
    GeneralTopicUnhidden,
    /// This message was pinned.
    Pinned(MessageId),
    /// This person came into the group.
    Joined(i64),
    /// This person left the group.
    Left(i64),
    /// The chat's person chose these people at the bot's wish.
    UsersShared(RequestUsers, Vec<i64>),
}

/// A file on a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// What `getFile` takes.
    pub file_id: String,
    pub name: String,
    pub mime: String,
    /// Size in bytes.
    pub size: usize,
}

/// A message as it stands now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Message {
    pub id: MessageId,
    pub chat: i64,
    pub from: Sender,
    /// When it was sent.
    pub date: SystemTime,
    /// When it was last edited.
    pub edited: Option<SystemTime>,
    /// What it holds besides text.
    pub body: Body,
    /// The text, or the caption of a file.
    pub text: String,
    /// Marks on the text.
    pub entities: Vec<Entity>,
    pub keyboard: Vec<Vec<Button>>,
    /// The message that it answers.
    pub reply_to: Option<MessageId>,
    /// Whether that was a message of the bot; it may be gone since.
    pub answers_bot: bool,
    /// Whether it cannot be forwarded or saved.
    pub protect_content: bool,
    /// The person whose message was forwarded.
    pub forwarded_from: Option<i64>,
    /// The other bot through which it was sent: id and name.
    pub via_bot: Option<(i64, String)>,
    /// What the messages of an album share.
    pub media_group: Option<String>,
    pub extras: Extras,
}

/// What few messages have.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Extras {
    /// In a supergroup: the message with which its topic or its thread of answers began.
    pub thread: Option<MessageId>,
    /// Whether that thread is a topic of a forum.
    pub in_topic: bool,
    /// The part of a message that it answers.
    pub quote: Option<Quote>,
    /// The message that it answers in another chat or topic.
    pub answers_elsewhere: Option<(i64, MessageId)>,
    pub reply_keyboard: Option<ReplyKeyboard>,
    pub pinned: bool,
    /// The emoji with which the bot reacted.
    pub reaction: Option<String>,
    /// Whether this bot was the last one to write in the group before it.
    pub after_this_bot: bool,
}

/// A part of a message, in its own words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Quote {
    pub text: String,
    pub entities: Vec<Entity>,
    /// Where it stands, in UTF-16 code units.
    pub position: usize,
}

impl Message {
    /// Whether nobody wrote it.
    pub fn is_service(&self) -> bool {
        matches!(self.body, Body::MigratedTo(_) | Body::MigratedFrom(_) | Body::Service(_))
    }

    /// The caption, if it is a message with a file.
    pub fn caption(&self) -> Option<&str> {
        let has_caption = match &self.body {
            Body::Document(_) | Body::Photo(_) => true,
            Body::Media(kind, _) => kind.takes_caption(),
            _ => false,
        };
        (has_caption && !self.text.is_empty()).then_some(self.text.as_str())
    }

    /// The file on it, of whatever kind.
    pub fn file(&self) -> Option<&Attachment> {
        match &self.body {
            Body::Document(file) | Body::Photo(file) | Body::Media(_, file) => Some(file),
            _ => None,
        }
    }

    /// The document on it.
    pub fn document(&self) -> Option<&Attachment> {
        match &self.body {
            Body::Document(file) => Some(file),
            _ => None,
        }
    }

    /// The labels of its buttons, row by row.
    pub fn labels(&self) -> Vec<Vec<&str>> {
        self.keyboard.iter().map(|row| row.iter().map(|button| button.label.as_str()).collect()).collect()
    }

    /// The first button with this label.
    pub fn button(&self, label: &str) -> Option<&Button> {
        self.keyboard.iter().flatten().find(|button| button.label == label)
    }

    /// The text with its marks written as HTML.
    pub fn html(&self) -> String {
        super::markup::to_html(&self.text, &self.entities)
    }
}
