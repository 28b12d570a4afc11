//! What can happen in a chat, in the dialogues' own words.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::command::Command;
use crate::chat::action::Action;
use crate::domain::{Answered, ChatId, InvalidBody, KeptFile, MessageBody, MessageId, OrderNumber, PersonId, Source};

/// One thing that somebody did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Pressed a button; `None` when its data mean nothing (forged, or of another release).
    Press(Option<Action>),
    Command(Command),
    /// Wrote or sent something else.
    Message(Message),
    /// Passed on, in private, what somebody else wrote, wrote through another bot, or answered what stands in another chat: it
    /// answers nothing. A file that somebody else sent them can still be meant for the vendor.
    SecondHand(Option<Message>),
    /// Changed a message that they had sent; it says this now.
    Edited(Message),
    /// Picked somebody from their contacts, as the bot had asked.
    Picked(Picked),
}

/// What somebody is picked from the contacts for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Picking {
    /// To be an admin.
    Admin,
    /// To share the account of whoever picks.
    Colleague,
}

/// Somebody who was picked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picked {
    pub for_what: Picking,
    pub id: PersonId,
    /// What whoever picked them calls them.
    pub name: String,
}

impl Picking {
    /// By this number Telegram says which button was pressed.
    pub fn request_id(self) -> i32 {
        match self {
            Picking::Admin => 1,
            Picking::Colleague => 2,
        }
    }

    /// Reads [`Picking::request_id`].
    pub fn of_request(id: i64) -> Option<Picking> {
        [Picking::Admin, Picking::Colleague].into_iter().find(|picking| i64::from(picking.request_id()) == id)
    }
}

/// A message that is no command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its id within its chat.
    pub id: MessageId,
    /// A text or a caption; may be empty.
    pub text: String,
    /// What came with it.
    pub upload: Upload,
    /// The album that it is a part of; each part comes as an update of its own.
    pub album: Option<String>,
    /// The message of the bot that it answers, in private also one of their own.
    pub reply_to: Option<MessageId>,
    /// In a group: the message of a person that it answers.
    pub answers_person: Option<MessageId>,
    /// The part of the answered message that its author chose to quote.
    pub quote: Option<String>,
    /// Whose words it answers; the chat looks it up.
    pub answers: Option<Answered>,
    /// When it was sent, by Telegram's clock.
    pub sent_at: DateTime<Utc>,
}

/// What came with a message's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Upload {
    /// The text stands alone.
    Nothing,
    /// A photo or a document.
    File(KeptFile),
    /// A file that somebody else sent elsewhere: it never is an answer.
    Forwarded(KeptFile),
    /// A voice message, a video, a sticker: part of a conversation, and never an answer to a prompt.
    Media(KeptFile),
    /// A contact or a place, which the text says: part of a conversation, and nothing that was typed.
    Described,
    /// Something that is passed on to nobody: a poll, a checklist.
    Unusable,
}

/// An input of one of the vendor's people, with what it answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VendorInput {
    /// Pressed a button; `None` when its data mean nothing.
    Press(Option<Action>),
    Command(Command),
    /// Wrote or sent something else.
    Message(Message, Reply),
    /// Passed on what somebody else wrote.
    SecondHand,
    /// Changed a message that answers this.
    Edited(Reply, Message),
    /// Changed a message that was passed on about this order.
    Corrected(OrderNumber, Message),
    /// Picked somebody from their contacts.
    Picked(Picked),
}

impl VendorInput {
    /// The order that whoever did it spoke of.
    pub fn order(&self) -> Option<OrderNumber> {
        match self {
            VendorInput::Message(_, reply) | VendorInput::Edited(reply, _) => reply.order(),
            VendorInput::Corrected(number, _) => Some(*number),
            VendorInput::Press(_) | VendorInput::Command(_) | VendorInput::SecondHand | VendorInput::Picked(_) => None,
        }
    }

    /// Whether a file came for the bot, and none beside it.
    pub fn brings_a_file(&self) -> bool {
        matches!(self, VendorInput::Message(message, _) if message.file().is_some() && !message.is_of_album())
    }
}

/// What a message answers, seen by one of the vendor's people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// No message of the bot.
    Nothing,
    /// The prompt of this person.
    Prompt,
    /// A prompt of somebody else.
    SomebodyElses,
    /// A message of the bot that asks nothing, or nothing any more.
    Closed,
    /// What the bot wrote about an order.
    Order(OrderNumber),
    /// A customer's words about an order, or one's own to them.
    Customer(OrderNumber),
    /// What a colleague told the customer of this order, or nothing, soon after one told them something oneself: it may be
    /// meant for the customer, and it may be talk.
    Perhaps(OrderNumber),
}

impl Reply {
    fn order(self) -> Option<OrderNumber> {
        match self {
            Reply::Order(number) | Reply::Customer(number) | Reply::Perhaps(number) => Some(number),
            Reply::Nothing | Reply::Prompt | Reply::SomebodyElses | Reply::Closed => None,
        }
    }
}

impl Message {
    pub fn text(id: MessageId, text: &str) -> Message {
        let sent_at = DateTime::UNIX_EPOCH;
        Message {
            id,
            text: text.to_owned(),
            upload: Upload::Nothing,
            album: None,
            reply_to: None,
            answers_person: None,
            quote: None,
            answers: None,
            sent_at,
        }
    }

    /// What it says to the other side of a conversation about an order; whoever wrote it there may also pass on somebody
    /// else's file.
    pub fn body(&self, chat: ChatId) -> Result<MessageBody, InvalidBody> {
        // The caption alone would tell of something that nobody sees.
        if self.upload == Upload::Unusable {
            return Err(InvalidBody::Empty);
        }
        let body = MessageBody::new(&self.text, self.any_file().cloned())?;
        let body = MessageBody { answers: self.answers.clone(), album: self.album.clone(), ..body };
        Ok(body.written_in(Source { chat, message: self.id }))
    }

    /// The file that is meant for the bot.
    pub fn file(&self) -> Option<&KeptFile> {
        match &self.upload {
            Upload::File(file) => Some(file),
            Upload::Nothing | Upload::Forwarded(_) | Upload::Media(_) | Upload::Described | Upload::Unusable => None,
        }
    }

    /// The file, of whatever kind and whoever sent it first.
    pub fn any_file(&self) -> Option<&KeptFile> {
        match &self.upload {
            Upload::File(file) | Upload::Forwarded(file) | Upload::Media(file) => Some(file),
            Upload::Nothing | Upload::Described | Upload::Unusable => None,
        }
    }

    /// Whether it is one file of several that came at once.
    pub fn is_of_album(&self) -> bool {
        self.album.is_some() && self.file().is_some()
    }
}
