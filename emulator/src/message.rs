//! Messages, buttons, people and groups: the plain data of the emulated world.

use super::entities::Entity;
use serde_json::Value;
use std::time::SystemTime;

/// Number of a message within its chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
#[derive(Debug, Clone, PartialEq, Eq, Default)]
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    pub id: i64,
    pub title: String,
    /// Which kind of group.
    pub kind: GroupKind,
    /// What the bot sees of what people write.
    pub privacy: PrivacyMode,
}

/// Chats of several people with the bot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupKind {
    Group,
    Supergroup,
    /// What is written there comes to the bot as `channel_post`.
    Channel,
}

/// What a bot sees in a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PrivacyMode {
    /// Everything, as a bot that is an administrator.
    #[default]
    SeesAll,
    /// Commands, replies to its messages and mentions of it.
    Restricted,
}

/// Who stands on a message as its sender.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sender {
    Bot,
    /// A person, by user id.
    Person(i64),
    /// An administrator who hides behind the group.
    AnonymousAdmin,
    Channel {
        /// Chat id of the channel.
        id: i64,
        title: String,
    },
}

/// A button under a message.
#[derive(Debug, Clone, PartialEq)]
pub struct Button {
    /// What is written on it.
    pub label: String,
    pub action: ButtonAction,
}

/// What a button does.
#[derive(Debug, Clone, PartialEq)]
pub enum ButtonAction {
    /// Sends this to the bot.
    Data(String),
    Url(String),
    /// Anything else: the field and its value.
    Other(String, Value),
}

/// What a message holds besides its text or caption.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    Text,
    /// A file with a name.
    Document(Attachment),
    Photo(Attachment),
    Sticker,
    Voice,
    Contact,
    Location,
    /// The group became the supergroup of this id.
    MigratedTo(i64),
    /// The supergroup was the group of this id.
    MigratedFrom(i64),
    /// This person came into the group.
    Joined(i64),
    /// This person left the group.
    Left(i64),
}

/// A file on a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// What `getFile` takes.
    pub file_id: String,
    pub name: String,
    pub mime: String,
    /// Size in bytes.
    pub size: usize,
}

/// A message as it stands now.
#[derive(Debug, Clone, PartialEq)]
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
}

impl Message {
    /// The caption, if it is a message with a file.
    pub fn caption(&self) -> Option<&str> {
        let has_file = matches!(self.body, Body::Document(_) | Body::Photo(_));
        (has_file && !self.text.is_empty()).then_some(self.text.as_str())
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
